//! `(policy, case, at) -> decision`: a pure function. No clock, file, environment, network or randomness is in reach.
//!
//! What deciding means stands in `definition`, with every name and every fault; `quick` comes to the same results sooner and asks the
//! definition whenever something has to be told; `telling` makes the explanation of a quick run when one is asked for. Tests hold the
//! two ways together, byte by byte. Order of the files, each using only those before it: `circumstances`, `results`, `ran`, `situation`,
//! `clocks`, `clock_notes`, `definition`, `quick`, `reads`, `telling`, `digest`, `error`, `finals`, `whole`, `gist`, `probe`,
//! `explained`, `decide`, `lookup`.

mod circumstances;
mod clock_notes;
mod clocks;
mod decide;
mod definition;
mod digest;
mod error;
mod explained;
mod finals;
mod gist;
mod lookup;
mod probe;
mod quick;
mod ran;
mod reads;
mod results;
mod situation;
mod telling;
#[cfg(test)]
mod tests;
mod whole;

pub use circumstances::{Circumstances, PluginCalls, PluginUse};
pub use decide::Selection;
pub use error::{DecideError, UnknownDecision};
pub use gist::{Amounts, Gist, GistReader, RuleName};
pub use lookup::Table;
pub use whole::Evaluation;
