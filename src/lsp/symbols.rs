//! The symbols of a document, and of all bundles.

use super::outline::{Named, outline};
use super::workspace::Workspace;
use crate::limits::LSP_SYMBOLS_MAX;
use crate::text::Source;
use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, Uri, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};

/// `textDocument/documentSymbol`
pub(super) fn of_document(workspace: &Workspace, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let source = workspace.text(uri)?;
    let named = outline(&source);
    Some(if workspace.abilities.nested_symbols {
        DocumentSymbolResponse::Nested(named.iter().map(|named| nested(workspace, &source, named)).collect())
    } else {
        let mut flat = Vec::new();
        flatten(workspace, (&source, uri), &named, None, &mut flat);
        DocumentSymbolResponse::Flat(flat)
    })
}

/// `workspace/symbol`: what holds the letters of the query in their order.
pub(super) fn of_workspace(workspace: &Workspace, params: &WorkspaceSymbolParams) -> WorkspaceSymbolResponse {
    let mut found = Vec::new();
    for home in workspace.homes() {
        for (path, source) in home.files.iter() {
            let Some(uri) = workspace.uri(&home.root, path) else { continue };
            let mut all = Vec::new();
            flatten(workspace, (source, &uri), &outline(source), None, &mut all);
            found.extend(all.into_iter().filter(|symbol| is_meant(symbol, &params.query)));
            if found.len() >= LSP_SYMBOLS_MAX {
                found.truncate(LSP_SYMBOLS_MAX);
                return WorkspaceSymbolResponse::Flat(found);
            }
        }
    }
    WorkspaceSymbolResponse::Flat(found)
}

/// Is it what somebody looks for? A dot asks for what something belongs to as well: `gesture.amount`.
fn is_meant(symbol: &SymbolInformation, query: &str) -> bool {
    match (query.contains('.'), &symbol.container_name) {
        (true, Some(around)) => holds(&format!("{around}.{}", symbol.name), query),
        _ => holds(&symbol.name, query),
    }
}

/// Does a name hold these letters, in this order?
fn holds(name: &str, query: &str) -> bool {
    let mut rest = name.chars().flat_map(char::to_lowercase);
    query.chars().flat_map(char::to_lowercase).filter(|char| !char.is_whitespace()).all(|wanted| rest.any(|char| char == wanted))
}

#[expect(deprecated, reason = "the field has to be named to be left empty")]
fn nested(workspace: &Workspace, source: &Source, named: &Named) -> DocumentSymbol {
    let ruler = workspace.ruler(source);
    DocumentSymbol {
        name: named.name.clone(),
        detail: named.detail.clone(),
        kind: named.kind,
        tags: None,
        deprecated: None,
        range: ruler.range(named.whole),
        selection_range: ruler.range(named.at),
        children: (!named.inside.is_empty()).then(|| named.inside.iter().map(|each| nested(workspace, source, each)).collect()),
    }
}

#[expect(deprecated, reason = "the field has to be named to be left empty")]
fn flatten(
    workspace: &Workspace,
    file: (&Source, &Uri),
    named: &[Named],
    around: Option<&str>,
    flat: &mut Vec<SymbolInformation>,
) {
    let ruler = workspace.ruler(file.0);
    for each in named {
        flat.push(SymbolInformation {
            name: each.name.clone(),
            kind: each.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: file.1.clone(), range: ruler.range(each.at) },
            container_name: around.map(str::to_owned),
        });
        flatten(workspace, file, &each.inside, Some(&each.name), flat);
    }
}
