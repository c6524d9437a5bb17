//! The host functions that every bundle has. One file a subject: `numbers`, `amounts`, `days`, `lists`; `arguments` reads what
//! they are given.

mod amounts;
mod arguments;
mod days;
mod lists;
mod numbers;

use super::function::HostFunction;

/// All of them, in the order in which they are listed.
pub(super) fn all() -> Vec<HostFunction> {
    [numbers::functions(), amounts::functions(), lists::functions(), days::functions()].concat()
}
