//! Edits of several documents, in the form that the client takes.

use super::workspace::Workspace;
use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::BTreeMap;

/// Edits that belong together. With versions where the client takes them, so that nothing is changed that was typed in meanwhile.
pub(super) fn of_workspace(workspace: &Workspace, edits: impl IntoIterator<Item = (Uri, TextEdit)>) -> WorkspaceEdit {
    let mut by_document: BTreeMap<String, (Uri, Vec<TextEdit>)> = BTreeMap::new();
    for (uri, edit) in edits {
        by_document.entry(uri.as_str().to_owned()).or_insert_with(|| (uri, Vec::new())).1.push(edit);
    }
    if !workspace.abilities.versioned_edits {
        return WorkspaceEdit { changes: Some(by_document.into_values().collect()), ..WorkspaceEdit::default() };
    }
    let of_document = |(uri, edits): (Uri, Vec<TextEdit>)| {
        let version = workspace.version(&uri);
        TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }
    };
    let changes = DocumentChanges::Edits(by_document.into_values().map(of_document).collect());
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}
