//! What comes in: the dispute case as typed groups, the registry of its facts, and the reader that checks what was written.
//!
//! Order of the files, each using only those before it: `reading`, `leaf`, `vocabulary`, `record`, `groups`, `extra`, `dispute_case`,
//! `facts`, `reader`.

mod dispute_case;
mod extra;
pub mod facts;
pub mod groups;
mod leaf;
mod reader;
mod reading;
mod record;
pub mod vocabulary;

pub use dispute_case::Case;
pub use extra::{Extra, ExtraFact};
pub use facts::{FactId, FactSpec, Registry, registry};
pub(crate) use reader::read_node;
pub use reader::{CaseFormat, read_case, read_text};
pub use reading::read_value;
