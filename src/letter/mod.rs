//! Letters to the customer: templates by kind and language, written from facts of the case and its decision alone, and guarded.
//!
//! Order of the files, each using only those before it: `locale`, `vocabulary`, `prose`, `phrases`, `names`, `quotes`, `guard`, `layout`,
//! `lines`, `syntax`, `template`, `words`, `dates`, `facts`, `letters`.

mod dates;
mod facts;
mod guard;
mod layout;
mod letters;
mod lines;
mod locale;
mod names;
mod phrases;
mod prose;
mod quotes;
mod syntax;
mod template;
mod vocabulary;
mod words;

#[cfg(feature = "schema")]
pub(crate) use facts::EXTERNAL_ROUTE;
pub(crate) use facts::STATUTORY_SENTENCES;
#[cfg(feature = "schema")]
pub(crate) use letters::is_sender;
pub(crate) use letters::note;
pub use letters::{Letter, LetterError, Letters};
pub(crate) use locale::Language;
#[cfg(feature = "schema")]
pub(crate) use syntax::FILTERS;
pub use vocabulary::{Shape, VARIABLES, Variable};
