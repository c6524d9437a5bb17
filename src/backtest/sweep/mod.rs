//! Sweeps: the same history over a grid of parameters, read once.
//!
//! Order of the files, each using only those before it: `grid`, `setting`, `point`, `running`, `shown`.

mod grid;
mod point;
mod running;
mod setting;
mod shown;

pub use grid::{Setting, Swept, grid};
pub use point::{Sweep, SweepPoint};
pub use running::Sweeper;
pub use setting::{SettingError, packs_that_set, with_setting};
pub use shown::{sweep_csv, sweep_text};
