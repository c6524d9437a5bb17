//! What deciding means: one decision at a time, every name kept, every fault told. Slow and obvious.
//!
//! `quick` gives the same results sooner and asks here whenever something has to be told. Order of the files: `frame`, `draft`, `table`,
//! `bounds`, `plugins`, `concession`, `part`.

mod bounds;
mod concession;
mod draft;
mod frame;
mod part;
mod plugins;
mod table;

pub(crate) use bounds::{in_minor_units, rounded};
pub(crate) use frame::Frame;
pub(crate) use part::{Finished, decide};
pub(crate) use plugins::checked;
pub(crate) use table::{beside, listed, missed_rules, near, nearest};
