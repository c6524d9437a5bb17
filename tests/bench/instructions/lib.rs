//! Nothing by itself: what is counted stands in `counts.rs`.
