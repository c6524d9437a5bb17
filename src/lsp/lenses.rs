//! What can be run from within a text: the case of a case document, the tests of a file of policy tests.

use super::cases::is_case;
use super::outline::outline;
use super::workspace::Workspace;
use crate::text::Span;
use lsp_types::{CodeLens, CodeLensParams, Command, SymbolKind, Uri};
use serde_json::{Value as Json, json};

/// Decides the case of a document.
pub(super) const DECIDE: &str = "redress.decide";
/// Runs the tests of a file, or one of them.
pub(super) const TEST: &str = "redress.test";
/// Shows the page of a code.
pub(super) const EXPLAIN: &str = "redress.explain";

/// Every command.
pub(super) const COMMANDS: [&str; 3] = [DECIDE, EXPLAIN, TEST];

/// `textDocument/codeLens`
pub(super) fn of_document(workspace: &Workspace, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    let uri = &params.text_document.uri;
    let source = workspace.text(uri)?;
    let ruler = workspace.ruler(&source);
    let lens = |span: Span, title: &str, name: &str, arguments: Vec<Json>| CodeLens {
        range: ruler.range(span),
        command: Some(Command { title: title.to_owned(), command: name.to_owned(), arguments: Some(arguments) }),
        data: None,
    };
    if is_test_file(workspace, uri) {
        let tests: Vec<_> = outline(&source).into_iter().flat_map(methods).collect();
        if tests.is_empty() {
            return Some(Vec::new());
        }
        let mut lenses = vec![lens(Span::default(), "run all tests", TEST, vec![json!(uri)])];
        lenses.extend(tests.iter().map(|(name, at)| lens(*at, "run this test", TEST, vec![json!(uri), json!(name)])));
        return Some(lenses);
    }
    let is_case = workspace.inside(uri).is_none() && is_case(&source);
    Some(if is_case { vec![lens(Span::default(), "decide this case", DECIDE, vec![json!(uri)])] } else { Vec::new() })
}

/// The tests among what a file holds.
fn methods(named: super::outline::Named) -> Vec<(String, Span)> {
    let own = (named.kind == SymbolKind::METHOD).then(|| (named.name.clone(), named.at));
    own.into_iter().chain(named.inside.into_iter().flat_map(methods)).collect()
}

/// Is it one of the files of policy tests of a bundle or of its packs?
pub(super) fn is_test_file(workspace: &Workspace, uri: &Uri) -> bool {
    workspace.inside(uri).is_some_and(|file| {
        let of_pack = file.path.strip_prefix("packs/").and_then(|rest| rest.split_once('/')).map(|(_, inside)| inside);
        of_pack.unwrap_or(file.path).starts_with("tests/")
    })
}
