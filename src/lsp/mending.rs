//! Code actions: every way to mend a finding that a program can carry out, and what a code means.

use super::checking::check;
use super::edits;
use super::finding::{Finding, Mend};
use super::lenses::EXPLAIN;
use super::workspace::Workspace;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, NumberOrString, Position, Range, TextEdit, Uri,
};
use serde_json::json;

/// Mends all at once that nobody has to look at.
const ALL: &str = "source.fixAll.redress";

/// The kinds of actions that there are.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    vec![CodeActionKind::QUICKFIX, CodeActionKind::new(ALL)]
}

/// `textDocument/codeAction`
pub(super) fn of_range(workspace: &Workspace, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let uri = &params.text_document.uri;
    let home = workspace.inside(uri)?.home;
    let known = workspace.checked(&home.root).filter(|checked| checked.age == home.age).cloned();
    // What was typed in since it was checked is looked at anew: an action for another text would do harm.
    let checked = known.or_else(|| check(workspace, home))?;
    let own = || checked.findings.iter().filter(|finding| finding.uri == *uri);
    let is_wanted = |kind: &str| {
        let wanted = params.context.only.as_deref();
        wanted.is_none_or(|only| {
            only.iter()
                .any(|only| kind == only.as_str() || kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.starts_with('.')))
        })
    };
    let met: Vec<&Finding> = own().filter(|finding| meet(finding.shown.range, params.range)).collect();
    let mut actions = Vec::new();
    if workspace.abilities.code_actions && is_wanted(CodeActionKind::QUICKFIX.as_str()) {
        for finding in &met {
            actions.extend(finding.mends.iter().map(|mend| action(workspace, finding, mend)));
        }
    }
    // It changes more than what the cursor stands on, so that nobody gets it who does not ask.
    if workspace.abilities.code_actions && params.context.only.is_some() && is_wanted(ALL) {
        let safe = own().flat_map(|finding| &finding.mends).filter(|mend| mend.is_safe);
        let together = compatible(safe);
        if !together.is_empty() {
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: "mend all that only one thing can mend".to_owned(),
                kind: Some(CodeActionKind::new(ALL)),
                edit: Some(edits::of_workspace(workspace, together)),
                ..CodeAction::default()
            }));
        }
    }
    if params.context.only.is_none() {
        actions.extend(met.iter().filter_map(|finding| explain(finding)));
        actions.dedup();
    }
    Some(actions)
}

fn action(workspace: &Workspace, finding: &Finding, mend: &Mend) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: mend.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![finding.shown.clone()]),
        edit: Some(edits::of_workspace(workspace, mend.edits.iter().cloned())),
        is_preferred: Some(mend.is_safe),
        ..CodeAction::default()
    })
}

fn explain(finding: &Finding) -> Option<CodeActionOrCommand> {
    let Some(NumberOrString::String(code)) = &finding.shown.code else { return None };
    Some(CodeActionOrCommand::Command(Command {
        title: format!("explain {code}"),
        command: EXPLAIN.to_owned(),
        arguments: Some(vec![json!(code)]),
    }))
}

/// Do two ranges share a line? A finding often marks no more than the first word of what it is about.
fn meet(one: Range, other: Range) -> bool {
    one.start.line <= other.end.line && other.start.line <= one.end.line
}

/// The edits of those mends that can be carried out together: each that meets none before it.
fn compatible<'m>(mends: impl Iterator<Item = &'m Mend>) -> Vec<(Uri, TextEdit)> {
    let mut taken: Vec<(Uri, TextEdit)> = Vec::new();
    let is_apart = |one: Range, other: Range| {
        let place = |range: Range| -> (Position, Position) { (range.start, range.end) };
        place(one) != place(other) && (one.end <= other.start || other.end <= one.start)
    };
    for mend in mends {
        let is_free =
            |(uri, edit): &(Uri, TextEdit)| taken.iter().all(|(other, kept)| other != uri || is_apart(edit.range, kept.range));
        if mend.edits.iter().all(is_free) {
            taken.extend(mend.edits.iter().cloned());
        }
    }
    taken
}
