//! Where a name is defined and who names it, across documents, tables, expressions and scripts.

use super::workspace::{Inside, Workspace};
use crate::authoring::names::{Location as Found, NameIndex, Role};
use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse, Location,
    ReferenceParams, TextDocumentPositionParams,
};
use std::sync::Arc;

/// A place in a file of a bundle, and the names of that bundle.
pub(super) struct Spot<'w> {
    pub(super) file: Inside<'w>,
    /// The byte.
    pub(super) offset: usize,
    pub(super) names: Arc<NameIndex>,
}

impl<'w> Spot<'w> {
    pub(super) fn of(workspace: &'w Workspace, at: &TextDocumentPositionParams) -> Option<Self> {
        let file = workspace.inside(&at.text_document.uri)?;
        let offset = workspace.ruler(file.source).offset(at.position);
        Some(Self { file, offset, names: file.home.names() })
    }

    /// Where something is, for the client.
    pub(super) fn location(&self, workspace: &Workspace, found: &Found) -> Option<Location> {
        let source = self.file.home.files.get(&found.path)?;
        workspace.location(&source.place(found.span))
    }
}

/// `textDocument/definition`
pub(super) fn definition(workspace: &Workspace, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let spot = Spot::of(workspace, &params.text_document_position_params)?;
    let found = spot.names.definition(spot.file.path, spot.offset)?;
    spot.location(workspace, &found).map(GotoDefinitionResponse::Scalar)
}

/// `textDocument/references`
pub(super) fn references(workspace: &Workspace, params: &ReferenceParams) -> Option<Vec<Location>> {
    let spot = Spot::of(workspace, &params.text_document_position)?;
    let found = spot.names.references(spot.file.path, spot.offset, params.context.include_declaration);
    Some(found.iter().filter_map(|found| spot.location(workspace, found)).collect())
}

/// `textDocument/documentHighlight`: the places in the same file.
pub(super) fn highlights(workspace: &Workspace, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let spot = Spot::of(workspace, &params.text_document_position_params)?;
    let name = &spot.names.at(spot.file.path, spot.offset)?.name;
    let ruler = workspace.ruler(spot.file.source);
    let same = spot.names.occurrences(spot.file.path).iter().filter(|each| each.name == *name);
    let kind = |role: Role| if role == Role::Reads { DocumentHighlightKind::READ } else { DocumentHighlightKind::WRITE };
    Some(same.map(|each| DocumentHighlight { range: ruler.range(each.span), kind: Some(kind(each.role)) }).collect())
}
