//! The host functions that every bundle has. One file a subject: `numbers`, `amounts`, `days`, `lists`; `arguments` reads what
//! they are given.

mod amounts;
mod arguments;
mod days;
mod lists;
mod numbers;

use super::function::HostFunction;

/// By subject, in the order in which they are listed.
pub(super) fn by_subject() -> [(&'static str, Vec<HostFunction>); 4] {
    [
        ("Numbers", numbers::functions()),
        ("Money", amounts::functions()),
        ("Lists and missing facts", lists::functions()),
        ("Days", days::functions()),
    ]
}

/// All of them, in the order in which they are listed.
pub(super) fn all() -> Vec<HostFunction> {
    by_subject().into_iter().flat_map(|(_, functions)| functions).collect()
}
