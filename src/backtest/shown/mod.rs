//! A report laid out for people: the same headings, sentences and tables as text for a terminal and as Markdown for a pull request.
//!
//! Order of the files: `figures`, `block`, `sides` (what each policy comes to), `changes` (what a candidate changes), `beside` (what really
//! happened, pools, bounds), `text`, `markdown`.

mod beside;
mod block;
mod changes;
pub(crate) mod figures;
mod markdown;
mod sides;
mod text;

pub use markdown::to_markdown;
pub use text::to_text;

use self::block::Block;
use super::report::Report;

/// Everything that is shown of a report, in order.
fn blocks(report: &Report) -> Vec<Block> {
    let mut blocks = beside::head(report);
    blocks.extend(changes::verdict(report));
    blocks.extend(beside::bounds(report));
    blocks.extend(sides::blocks(report));
    blocks.extend(changes::blocks(report));
    blocks.extend(beside::agreement(report));
    blocks.extend(beside::budgets(report));
    blocks
}
