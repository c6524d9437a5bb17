//! What is measured, apart from how: the benches time it with criterion, and the package of the peers within one interleaved run.
//!
//! Each user takes the parts that it needs. What touches the interface of the library stands in small functions of its own.
#![allow(dead_code, reason = "each bench takes its part")]

pub(crate) mod analysis;
pub(crate) mod bundle;
pub(crate) mod diff;
pub(crate) mod generated;
pub(crate) mod json;
pub(crate) mod load;
#[cfg(feature = "watch")]
pub(crate) mod reload;
pub(crate) mod scripts;
pub(crate) mod table;
pub(crate) mod threads;
