//! The clocks of a case: what is due when, by which law, how long there is left, what stands still, what was missed; as text, as data.
//!
//! Order of the files, each using only those before it: `deadlines`, `page`.

mod deadlines;
mod page;

pub use deadlines::{Asking, Deadline, Deadlines, Disputed, MissedClock, StandingHold, StepClocks};
pub use page::deadlines_page;
