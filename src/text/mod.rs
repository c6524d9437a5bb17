//! Text with places: sources and spans, the spanned document tree (YAML and JSON), coded diagnostics and their rendering; values as one line of JSON.
//!
//! Order of the files, each using only those before it: `source`, `alignment`, `codes`, `rewrites`, `nearest`, `fix`, `diagnostic`, `hunks`, `node`, `removal`,
//! `yaml`, `json`, `outline`, `render`, `json_line`.

#[cfg(feature = "schema")]
mod alignment;
mod codes;
mod diagnostic;
pub mod fix;
mod hunks;
pub mod json;
mod json_line;
pub mod nearest;
mod node;
mod outline;
mod removal;
mod render;
mod rewrites;
mod source;
pub mod yaml;

#[cfg(feature = "schema")]
pub(crate) use alignment::Alignment;
pub use codes::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label, Severity, Weight};
pub use fix::{Edit, Fix};
pub use hunks::Hunk;
pub(crate) use json_line::json_line;
pub use node::{Entry, Key, Node, NodeKind, Scalar, Style};
pub(crate) use render::{picture, steers};
pub use render::{render_all, to_json};
pub use source::{Place, Source, Span};
