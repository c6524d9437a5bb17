//! What the client says at the beginning: what it can do, and what it wants.

use super::address::{path_of, plain};
use super::position::Encoding;
use crate::bundle::Moment;
use lsp_types::{ClientCapabilities, InitializeParams};
use serde::Deserialize;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// What the client can do beyond what every client can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that a client can or cannot do")]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// It shows second places of a finding by themselves.
    pub(super) related: bool,
    /// It makes a link of a code.
    pub(super) code_links: bool,
    /// It fades what is unnecessary.
    pub(super) tags: bool,
    /// It opens a document when asked to.
    pub(super) shows_documents: bool,
    /// It tells of files that change on the disk, once it is asked to.
    pub(super) watches_files: bool,
    /// It takes edits that name the version of a document.
    pub(super) versioned_edits: bool,
    /// It fills in placeholders.
    pub(super) snippets: bool,
    /// It takes symbols within symbols.
    pub(super) nested_symbols: bool,
    /// It knows code actions that are no commands.
    pub(super) code_actions: bool,
    /// It asks for code lenses anew when it is told to.
    pub(super) refreshes_lenses: bool,
}

impl Abilities {
    pub(super) fn of(client: &ClientCapabilities) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let published = document.and_then(|document| document.publish_diagnostics.as_ref());
        let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let completion = document.and_then(|document| document.completion.as_ref());
        let item = completion.and_then(|completion| completion.completion_item.as_ref());
        Self {
            encoding: Encoding::agree(encodings),
            related: published.and_then(|published| published.related_information) == Some(true),
            code_links: published.and_then(|published| published.code_description_support) == Some(true),
            tags: published.is_some_and(|published| published.tag_support.is_some()),
            shows_documents: client
                .window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|files| files.dynamic_registration)
                == Some(true),
            versioned_edits: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref())
                .and_then(|edit| edit.document_changes)
                == Some(true),
            snippets: item.and_then(|item| item.snippet_support) == Some(true),
            nested_symbols: document
                .and_then(|document| document.document_symbol.as_ref())
                .and_then(|symbol| symbol.hierarchical_document_symbol_support)
                == Some(true),
            code_actions: document
                .and_then(|document| document.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            refreshes_lenses: workspace.and_then(|workspace| workspace.code_lens.as_ref()).and_then(|lens| lens.refresh_support)
                == Some(true),
        }
    }
}

/// What `initializationOptions` may hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct Written {
    cases: Vec<PathBuf>,
    mapping: Option<PathBuf>,
    at: Option<String>,
    notes: bool,
}

/// What the client wants.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// A history: files of cases.
    pub(super) cases: Vec<PathBuf>,
    /// What the columns of its CSV files mean.
    pub(super) mapping: Option<PathBuf>,
    /// What time it is taken to be where a case is decided; else now.
    pub(super) at: Option<Moment>,
    /// Notes are shown too: what may well be meant.
    pub(super) notes: bool,
}

impl Options {
    /// Reads them; paths are meant from the first folder.
    ///
    /// # Errors
    /// What cannot be understood, in a sentence.
    pub(super) fn read(written: Option<&Json>, folder: Option<&Path>) -> Result<Self, String> {
        let Some(written) = written.filter(|written| !written.is_null()) else { return Ok(Self::default()) };
        let written = Written::deserialize(written).map_err(|error| {
            format!(
                "the `initializationOptions` cannot be read: {error}; they may hold `cases`, `mapping`, `at` and `notes`, as `{}`",
                r#"{"cases": ["history.jsonl"], "at": "2026-03-05"}"#
            )
        })?;
        let from = |path: &PathBuf| folder.map_or_else(|| path.clone(), |folder| plain(&folder.join(path)));
        let at = written.at.as_deref().map(Moment::parse).transpose();
        Ok(Self {
            cases: written.cases.iter().map(from).collect(),
            mapping: written.mapping.as_ref().map(from),
            at: at.map_err(|trouble| format!("`at` in the `initializationOptions`: {trouble}"))?,
            notes: written.notes,
        })
    }
}

/// The folders that the client has open: the old way of one folder counts where there is no list.
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = &params.workspace_folders {
        return folders.iter().filter_map(|folder| path_of(&folder.uri)).collect();
    }
    #[expect(deprecated, reason = "older clients say it no other way")]
    let root = params.root_uri.as_ref().and_then(path_of);
    root.into_iter().collect()
}
