//! What people who write and read policies work with: what is wrong with a policy that loads, decisions explained
//! as text, findings for other tools, the list of functions, schemas for editors.
//!
//! Order of the files, each using only those before it: `analysis`, `across`, `page`, `explain`, `letters`, `code_pages`, `findings`,
//! `baseline`, `finder`, `policy_tests`, `reference`, `schema`.

pub mod across;
pub mod analysis;
pub mod baseline;
pub mod code_pages;
pub mod explain;
#[cfg_attr(
    not(test),
    allow(
        dead_code,
        unused_imports,
        reason = "the case finder is there for the analysis, the comparison of policies and the suggested tests"
    )
)]
pub(crate) mod finder;
pub mod findings;
pub mod letters;
mod page;
mod policy_tests;
pub mod reference;
#[cfg(feature = "schema")]
pub mod schema;
