//! Tests of the whole library, as its users see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

#[cfg(feature = "cli")]
mod backtest;
mod bad_input;
mod case_reader;
#[cfg(feature = "cli")]
mod command;
#[cfg(feature = "cli")]
mod corpus;
#[cfg(feature = "cli")]
mod diagnostics;
mod examples;
#[cfg(feature = "cli")]
mod fixes;
mod format_guide;
mod formatting;
#[cfg(all(feature = "history", feature = "journal"))]
mod fuzz;
mod generated_bundles;
#[cfg(feature = "history")]
mod generated_cases;
mod gists;
mod hostile;
mod invariants;
#[cfg(feature = "journal")]
mod journal;
#[cfg(feature = "cli")]
mod json_schema;
mod laws;
mod letters;
#[cfg(feature = "cli")]
mod lsp;
mod money;
#[cfg(feature = "cli")]
mod names;
mod oracle;
mod packs;
mod policies;
mod readme;
mod registry;
mod reload;
mod rendering;
#[cfg(feature = "cli")]
mod schemas;
mod semantics;
#[cfg(feature = "signing")]
mod signing;
mod store;
mod tidy;
#[cfg(all(feature = "cli", unix))]
mod watch;
