//! The names of a bundle: where each stands, what defines it and who reads it, across decisions, tables, expressions, scripts and letters.
//!
//! A [`NameIndex`] is read from the files of a bundle and never fails: what cannot be read is left out, and lines that break a file
//! are passed over, since names are asked for just while a file is being written.
//!
//! Order of the files, each using only those before it: `name`, `mending`, `tokens`, `meaning`, `collecting`, `values`, `expressions`, `decisions`,
//! `law`, `manifest`, `policy_tests`, `scripts`, `letters`, `lookup`, `new_name`, `rename`, `spot`, `format`, `hover`, `completion`.

mod collecting;
mod completion;
mod decisions;
mod expressions;
mod format;
mod hover;
mod law;
mod letters;
mod lookup;
mod manifest;
mod meaning;
mod mending;
mod name;
mod new_name;
mod policy_tests;
mod rename;
mod scripts;
mod spot;
#[cfg(test)]
mod tests;
mod tokens;
mod values;

pub use completion::{Completion, CompletionKind};
pub use hover::Hover;
pub use lookup::NameIndex;
pub use name::{Location, Name, NameKind, Occurrence, Role};
pub use rename::{Edit, Edits, apply};
