//! A bundle while somebody edits it: what is seen at one look, and what differs between two.
//!
//! Order of the files, each using only those before it: `look`, `tested`, `changes`, `session`, `lines`.

mod changes;
mod lines;
mod look;
mod session;
mod tested;
#[cfg(test)]
#[cfg(feature = "cli")]
mod tests;

pub use changes::{CaseChange, Changes, Reason};
#[cfg(feature = "cli")]
pub(crate) use lines::{counted, rules, short, word};
pub use lines::{tests_to_json, tests_to_lines, to_json, to_lines};
pub use look::{DecidedCase, Look, WatchedCase};
pub use session::Session;
pub use tested::{FailedTest, Tested};
