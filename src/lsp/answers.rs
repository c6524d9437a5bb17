//! Requests and their answers: which feature answers what.

use super::refusal::Refusal;
use super::workspace::Workspace;
use super::{completing, folding, formatting, hovering, lenses, mending, navigation, renaming, symbols};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Answers a request. It looks at a picture of the workspace and changes nothing.
///
/// # Errors
/// When there is no such request, when its parameters cannot be read, or when there is a reason that the client should show.
pub(super) fn answer(workspace: &Workspace, method: &str, params: Json) -> Result<Json, Refusal> {
    let request = Request { method, params };
    match method {
        "textDocument/documentSymbol" => request.with(|params| Ok(symbols::of_document(workspace, &params))),
        "workspace/symbol" => request.with(|params| Ok(symbols::of_workspace(workspace, &params))),
        "textDocument/foldingRange" => request.with(|params| Ok(folding::of_document(workspace, &params))),
        "textDocument/codeLens" => request.with(|params| Ok(lenses::of_document(workspace, &params))),
        "textDocument/definition" => request.with(|params| Ok(navigation::definition(workspace, &params))),
        "textDocument/references" => request.with(|params| Ok(navigation::references(workspace, &params))),
        "textDocument/documentHighlight" => request.with(|params| Ok(navigation::highlights(workspace, &params))),
        "textDocument/formatting" => request.with(|params| formatting::of_document(workspace, &params)),
        "textDocument/hover" => request.with(|params| Ok(hovering::of_place(workspace, &params))),
        "textDocument/completion" => request.with(|params| Ok(completing::of_place(workspace, &params))),
        "textDocument/codeAction" => request.with(|params| Ok(mending::of_range(workspace, &params))),
        "textDocument/prepareRename" => request.with(|params| renaming::prepare(workspace, &params)),
        "textDocument/rename" => request.with(|params| renaming::rename(workspace, &params)),
        other => Err(Refusal::unknown_method(other)),
    }
}

struct Request<'m> {
    method: &'m str,
    params: Json,
}

impl Request<'_> {
    fn with<P: DeserializeOwned, A: Serialize>(self, answer: impl FnOnce(P) -> Result<A, Refusal>) -> Result<Json, Refusal> {
        let params = serde_json::from_value(self.params).map_err(|error| Refusal::parameters(self.method, &error))?;
        serde_json::to_value(answer(params)?).map_err(|_| Refusal::internal(self.method))
    }
}
