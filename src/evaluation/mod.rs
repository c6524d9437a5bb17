//! `(policy, case, at) -> decision`: a pure function. No clock, file, environment, network or randomness is in reach.
//!
//! Order of the files, each using only those before it: `situation`, `frame`, `draft`, `table`, `bounds`, `plugins`, `part`,
//! `digest`, `decide`.

mod bounds;
mod decide;
mod digest;
mod draft;
mod frame;
mod part;
mod plugins;
mod situation;
mod table;

pub use decide::DecideError;
