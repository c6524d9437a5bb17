//! What people who write and read policies work with: decisions explained as text, the list of functions, schemas for editors.
//!
//! Order of the files, each using only those before it: `page`, `explain`, `policy_tests`, `reference`, `schema`.

pub mod explain;
mod page;
mod policy_tests;
pub mod reference;
#[cfg(feature = "schema")]
pub mod schema;
