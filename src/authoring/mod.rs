//! What people who write and read policies work with: what is wrong with a policy that loads, decisions explained
//! as text, findings for other tools, the list of functions, schemas for editors.
//!
//! Order of the files, each using only those before it: `analysis`, `across`, `format`, `markup`, `page`, `explain`, `letters`, `plan`, `clocks`, `code_pages`, `findings`,
//! `baseline`, `weights`, `finder`, `diff`, `why`, `policy_tests`, `coverage`, `mutation`, `suggestion`, `render`, `watch`, `reference`, `schema`, `names`.

pub mod across;
pub mod analysis;
pub mod baseline;
pub mod clocks;
pub mod code_pages;
pub mod coverage;
pub mod diff;
pub mod explain;
pub(crate) mod finder;
pub mod findings;
pub mod format;
pub mod letters;
pub(crate) mod markup;
pub mod mutation;
#[cfg(feature = "schema")]
pub mod names;
pub(crate) mod page;
pub mod plan;
mod policy_tests;
pub mod reference;
pub mod render;
#[cfg(feature = "schema")]
pub mod schema;
pub mod suggestion;
pub mod watch;
pub mod weights;
pub mod why;
