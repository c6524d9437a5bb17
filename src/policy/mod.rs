//! The policy: a bundle with every name resolved, immutable, with a digest. It decides nothing by itself; `evaluation` does.
//!
//! Order of the files, each using only those before it: `literal`, `slots`, `params`, `reserved`, `catalog`, `compiled`,
//! `obligation`, `formula`, `lets`, `personal`, `rows`, `scripts`, `hooked`, `body`, `decisions`, `guardrails`, `packs`, `plugins`, `graph`, `obligations`, `outline`, `registers`, `owed`, `owed_once`, `section_check`,
//! `settled`, `overlap`, `extensions`, `engine_version`, `letter_kinds`, `program`, `load`.

mod body;
pub(crate) mod catalog;
pub(crate) mod compiled;
pub(crate) mod decisions;
mod engine_version;
mod extensions;
pub(crate) mod formula;
pub(crate) mod graph;
mod guardrails;
mod hooked;
mod lets;
mod letter_kinds;
pub(crate) mod literal;
mod load;
pub(crate) mod obligation;
mod obligations;
pub(crate) mod outline;
pub(crate) mod overlap;
mod owed;
mod owed_once;
pub(crate) mod packs;
pub(crate) mod params;
mod personal;
mod plugins;
mod program;
pub(crate) mod registers;
pub(crate) mod reserved;
pub(crate) mod rows;
mod scripts;
mod section_check;
pub(crate) mod settled;
pub(crate) mod slots;

pub use compiled::QuarantineRule;
pub use extensions::Extensions;
pub use program::Policy;
pub(crate) use program::Program;

use crate::bundle::Written;
use crate::text::{Code, Diagnostic, Diagnostics};

/// Reports a name that a bundle may not give.
pub(crate) fn check_name(name: &Written<String>, what: &str, out: &mut Diagnostics) {
    if let Some(why) = reserved::reserved(&name.value) {
        let message = format!("{what} cannot be called `{}`: {why}", name.value);
        out.push(Diagnostic::at(Code::ReservedName, &name.place, message).help("choose another name"));
    }
}
