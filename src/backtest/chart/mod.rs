//! Charts as SVG, for a page that is read in the light, in the dark, on a phone and on paper: the only room that names plotters.
//!
//! A chart is narrow, so that its letters stay readable on a phone; a wide page puts several beside each other. Its colours are the
//! variables of the page's style.
//!
//! Order of the files, each using only those before it: `ink`, `scale`, `bars`, `columns`, `curve`.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "coordinates of a picture, out of which nothing is counted"
)]

mod bars;
mod columns;
mod curve;
mod ink;
mod scale;

pub(super) use bars::{Bar as BarOf, Row, bars};
pub(super) use columns::{Column, columns};
pub(super) use curve::{Dot, curve};
pub(super) use ink::Tint;
pub(super) use scale::{Size, size};
