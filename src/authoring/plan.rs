//! The plan of a case as a timeline: what was said, what is due and when, and who does it; as text, as data, as a calendar file.
//!
//! Order of the files, each using only those before it: `timeline`, `page`, `calendar_file`.

mod calendar_file;
mod page;
mod timeline;

pub use calendar_file::calendar_file;
pub use page::plan_page;
pub use timeline::{Entry, State, Timeline};
