//! Deciding quickly: the same results as `definition`, read from where values lie and kept as what they are, not as texts.
//!
//! What is decided with is made when the bundle is loaded:
//!
//! | as written | as it runs | where |
//! |---|---|---|
//! | a fact, a parameter, an output, a `let` | a register of two words (`Brief`) | `policy::registers` |
//! | an expression | a small tree over registers, its constants and functions in brief | `script::expression::short` |
//! | a column of a table | a search for its segment, and a set of rows for each segment | `rule::matcher` |
//! | a condition of a guardrail or a plugin | the same for one cell | `rule::matcher::lone_cell` |
//! | a literal | its brief | `policy::literal` |
//!
//! Two words hold the state of a fact and all of most values: numbers and amounts of up to 18 digits, names of an enum, days, places,
//! `true` and `false`, an empty list. They are copied without a reference count and compared without looking at kinds. What is longer
//! (texts, lists with items, instants, numbers of many digits) is kept beside the registers and read as a whole: each step has a way for
//! it, that of one `Given` after the other, which is slower and the same. A new construct needs no brief form: without one it goes that
//! way.
//!
//! A run leaves behind which rule hit, what was read and what was changed; `telling` makes the explanation of it when one is
//! asked for. Whatever has something to tell by itself (a fault, a conflict, a missing fact, a safeguard that looks) is
//! `Unsettled` here, and `definition` decides. Order of the files: `trace`, `frame`, `reading`, `table`, `bounds`, `plugins`, `part`.

mod bounds;
mod frame;
mod part;
mod plugins;
mod reading;
mod table;
mod trace;

pub(crate) use frame::Frame;
pub(crate) use part::decide;
pub(crate) use table::Columns;
pub(crate) use trace::{Hit, ItemRun, ListedRun, Run, State, Taken, Told};
