//! A name given anew in every file of a bundle.

use super::edits;
use super::navigation::Spot;
use super::refusal::Refusal;
use super::workspace::Workspace;
use crate::text::Diagnostic;
use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, TextEdit, WorkspaceEdit};

/// `textDocument/prepareRename`
///
/// # Errors
/// Why what stands there is not renamed.
pub(super) fn prepare(
    workspace: &Workspace,
    params: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    let Some(spot) = Spot::of(workspace, params) else { return Ok(None) };
    let span = spot.names.renamed_at(spot.file.path, spot.offset).map_err(|why| refused(&why))?;
    let range = workspace.ruler(spot.file.source).range(span);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: spot.file.source.slice(span).to_owned() }))
}

/// `textDocument/rename`
///
/// # Errors
/// Why it cannot bear the new name.
pub(super) fn rename(workspace: &Workspace, params: &RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
    let Some(spot) = Spot::of(workspace, &params.text_document_position) else { return Ok(None) };
    let found = spot.names.rename(spot.file.path, spot.offset, &params.new_name).map_err(|why| refused(&why))?;
    let home = spot.file.home;
    let mut all = Vec::new();
    for (path, list) in &found {
        let (Some(source), Some(uri)) = (home.files.get(path), workspace.uri(&home.root, path)) else { continue };
        let ruler = workspace.ruler(source);
        all.extend(
            list.iter().map(|edit| (uri.clone(), TextEdit { range: ruler.range(edit.span), new_text: edit.text.clone() })),
        );
    }
    Ok(Some(edits::of_workspace(workspace, all)))
}

fn refused(why: &Diagnostic) -> Refusal {
    let help = why.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    Refusal::failed(format!("{}{help}", why.message))
}
