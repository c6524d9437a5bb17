//! What stands below the pointer.

use super::navigation::Spot;
use super::workspace::Workspace;
use crate::authoring::names::NameKind;
use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use std::collections::BTreeMap;

/// `textDocument/hover`
pub(super) fn of_place(workspace: &Workspace, params: &HoverParams) -> Option<Hover> {
    let spot = Spot::of(workspace, &params.text_document_position_params)?;
    let told = spot.names.hover(spot.file.path, spot.offset, &BTreeMap::new())?;
    let value = match history(workspace, &spot) {
        Some(line) => format!("{}\n\n{line}", told.markdown.trim_end()),
        None => told.markdown,
    };
    let range = workspace.ruler(spot.file.source).range(told.span);
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }), range: Some(range) })
}

/// What the history did with the rule that stands there, if it is a rule.
fn history(workspace: &Workspace, spot: &Spot<'_>) -> Option<String> {
    let name = &spot.names.at(spot.file.path, spot.offset)?.name;
    let hits = workspace.hits(&spot.file.home.root).filter(|_| name.kind == NameKind::Rule)?;
    let as_saved = if hits.digest == spot.file.home.files.digest() { "" } else { ", by the bundle as it was saved last" };
    let undecided = match hits.undecided {
        0 => String::new(),
        1 => " 1 more case could not be decided.".to_owned(),
        count => format!(" {count} more cases could not be decided."),
    };
    Some(format!("It {}{as_saved}.{undecided}", hits.told(&name.within, &name.text)))
}
