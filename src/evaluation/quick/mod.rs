//! Deciding quickly: the same results as `definition`, read from where values lie and kept as what they are, not as texts.
//!
//! A run leaves behind which rule hit, what was read and what was changed; `telling` makes the explanation of it when one is
//! asked for. Whatever has something to tell by itself (a fault, a conflict, a missing fact, a safeguard that looks) is
//! `Unsettled` here, and `definition` decides. Order of the files: `trace`, `frame`, `table`, `bounds`, `plugins`, `part`.

mod bounds;
mod frame;
mod part;
mod plugins;
mod table;
mod trace;

pub(crate) use frame::Frame;
pub(crate) use part::decide;
pub(crate) use trace::{Hit, ItemRun, ListedRun, Run, State, Taken};
