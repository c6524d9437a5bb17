//! What comes in: the dispute case as typed groups, the registry of its facts, and the reader that checks what was written.
//!
//! Order of the files, each using only those before it: `reading`, `leaf`, `canonical`, `cursor`, `typed`, `vocabulary`, `record`, `groups`, `extra`,
//! `dispute_case`, `facts`, `typed_case`, `writing`, `reader`.

mod canonical;
mod cursor;
mod dispute_case;
mod extra;
pub mod facts;
pub mod groups;
mod leaf;
mod reader;
mod reading;
mod record;
mod typed;
mod typed_case;
pub mod vocabulary;
mod writing;

pub use dispute_case::Case;
pub use extra::{Extra, ExtraFact};
pub use facts::{FactId, FactSpec, Registry, registry};
#[cfg(feature = "history")]
pub(crate) use reader::read_into;
pub(crate) use reader::read_node;
pub use reader::{CaseFormat, read_case, read_text};
#[doc(hidden)]
pub use reader::{read_quickly, read_tree};
pub use reading::read_value;
