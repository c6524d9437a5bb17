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

pub(crate) use facts::STATUTORY_SENTENCES;
pub use letters::{Letter, LetterError, Letters};
pub use vocabulary::{Shape, VARIABLES, Variable};
