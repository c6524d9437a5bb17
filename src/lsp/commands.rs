//! The commands that code lenses and code actions run: `redress.decide`, `redress.test`, `redress.explain`.

use super::cases;
use super::lenses::{DECIDE, EXPLAIN, TEST};
use super::refusal::Refusal;
use super::trials::try_some;
use super::workspace::Workspace;
use crate::authoring::code_pages::{code_page, find_code};
use lsp_types::{ExecuteCommandParams, MessageType, Uri};
use serde_json::{Value as Json, json};
use std::path::PathBuf;
use std::str::FromStr;

/// What a command came to.
#[derive(Debug)]
pub(super) struct Ran {
    /// The answer: the same as is shown, as data.
    pub(super) result: Json,
    /// A line for the client to show.
    pub(super) line: String,
    pub(super) kind: MessageType,
    /// A page for the client to open: its name and its text.
    pub(super) page: Option<(String, String)>,
    /// The bundle whose tests were asked for.
    pub(super) tested: Option<PathBuf>,
}

/// Runs a command.
///
/// # Errors
/// When there is no such command, or when it does not understand its arguments, or when there is nothing to do it to.
pub(super) fn run(workspace: &Workspace, params: &ExecuteCommandParams) -> Result<Ran, Refusal> {
    match params.command.as_str() {
        DECIDE => decide(workspace, &address(params)?),
        TEST => test(workspace, &address(params)?, params.arguments.get(1).and_then(Json::as_str)),
        EXPLAIN => explain(params.arguments.first().and_then(Json::as_str).unwrap_or_default()),
        other => Err(Refusal::argument(format!("there is no command `{other}`"))),
    }
}

fn address(params: &ExecuteCommandParams) -> Result<Uri, Refusal> {
    let written = params.arguments.first().and_then(Json::as_str);
    let uri = written.and_then(|text| Uri::from_str(text).ok());
    uri.ok_or_else(|| Refusal::argument(format!("`{}` wants the address of a document", params.command)))
}

fn decide(workspace: &Workspace, uri: &Uri) -> Result<Ran, Refusal> {
    let told = cases::decide(workspace, uri).map_err(Refusal::failed)?;
    let name = uri.as_str().rsplit('/').next().unwrap_or("case");
    let page = format!("# {name}\n\n```text\n{}\n```\n", told.page.trim_end());
    Ok(Ran {
        result: json!({"line": told.line, "text": told.page}),
        line: told.line,
        kind: MessageType::INFO,
        page: Some((format!("decision-{name}.md"), page)),
        tested: None,
    })
}

fn test(workspace: &Workspace, uri: &Uri, name: Option<&str>) -> Result<Ran, Refusal> {
    let outcome = try_some(workspace, uri, name).map_err(Refusal::failed)?;
    let page = format!("# {}\n\n```text\n{}\n```\n", outcome.line, outcome.page.trim_end());
    Ok(Ran {
        result: json!({"line": outcome.line, "passed": outcome.passed, "text": outcome.page}),
        line: outcome.line,
        kind: if outcome.passed { MessageType::INFO } else { MessageType::WARNING },
        // That everything is as it should be needs no page.
        page: (!outcome.passed).then_some(("tests.md".to_owned(), page)),
        tested: Some(outcome.root),
    })
}

fn explain(word: &str) -> Result<Ran, Refusal> {
    let code = find_code(word).map_err(|_| Refusal::argument(format!("there is no code `{word}`")))?;
    let page = code_page(code);
    Ok(Ran {
        result: json!({"line": code.title(), "text": page}),
        line: format!("{code}: {}", code.title()),
        kind: MessageType::INFO,
        page: Some((format!("{code}.md"), page)),
        tested: None,
    })
}
