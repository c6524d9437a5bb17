//! Rules: the cells that conditions are written in, tables as text, the matcher that finds the rows of a case, and hit
//! policies.
//!
//! Order of the files, each using only those before it: `hit`, `cell` (inside it: `read_error`, `truth`, `operator`,
//! `description`, `coverage`, `scale`, `check`, `literal`, `item`, `node`), `table` (inside it: `layout`, `pipe`, `csv`),
//! `matcher` (inside it: `few`, `sets`, `rows`, `doubts`, `segments`, `index`, `definition`), `space`.

pub mod cell;
mod hit;
pub mod matcher;
pub(crate) mod space;
mod table;

pub use cell::{
    Bound, Bounds, Cell, CellError, CellNames, Comparison, Condition, Dialect, Interval, Judgement, NoBounds, NoNames,
};
#[cfg(feature = "schema")]
pub(crate) use cell::{CELL_STATES, comparison_words};
pub use hit::HitPolicy;
pub(crate) use matcher::{FirstRow, Inputs, LoneCell};
pub use matcher::{Matcher, NearMiss, Row, RowDates, Rows};
#[cfg(feature = "schema")]
pub(crate) use table::HEADING_WORDS;
pub use table::{CellText, Heading, HeadingKind, TableText};
