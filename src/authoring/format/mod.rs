//! The canonical form of the documents of a bundle: key order, indentation, quotes, tables whose bars stand below each other,
//! comments kept beside what they speak of.
//!
//! What a document says never changes: every text is read again once it is formatted, and one that says anything else is
//! thrown away ([`NotFormatted::Differs`]).
//!
//! Order of the files, each using only those before it: `comments`, `records`, `scalars`, `lines`, `cells`, `table`, `parts`, `writer`, `sameness`,
//! `line_diff`.

mod cells;
mod comments;
mod line_diff;
mod lines;
mod parts;
mod records;
mod sameness;
mod scalars;
mod table;
#[cfg(test)]
mod tests;
mod writer;

pub use self::line_diff::line_diff;
use self::lines::Lines;
use self::parts::Cutter;
use self::records::Kind;
use self::writer::Writer;
use crate::text::{Diagnostics, Node, Source, yaml};
use std::fmt;

/// Why a text was not formatted.
#[derive(Debug)]
pub enum NotFormatted {
    /// It cannot be read: what is wrong with it.
    Unreadable(Diagnostics),
    /// The formatted text would say something else, and was thrown away. This is a mistake of the formatter.
    Differs {
        /// The file.
        path: String,
        /// What would be different.
        what: String,
    },
}

impl fmt::Display for NotFormatted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(found) => match found.len() {
                1 => out.write_str("it cannot be read: 1 mistake keeps it from being formatted"),
                count => write!(out, "it cannot be read: {count} mistakes keep it from being formatted"),
            },
            Self::Differs { path, what } => write!(out, "`{path}` is left as it is: {what}; this is a mistake of the formatter"),
        }
    }
}

/// Formats one document. `path` says what it is: the folder of a bundle that it lies in (`decisions/goodwill.yaml`), wherever the
/// bundle lies; where it says nothing, the first key of the document does. What is no YAML (letters, scripts, CSV tables, JSON) comes back as it is.
///
/// Formatting what is formatted changes nothing.
///
/// # Errors
/// A text that cannot be read, with everything that is wrong with it; or one that would not say the same any more.
pub fn format(path: &str, text: &str) -> Result<String, NotFormatted> {
    if !path.ends_with(".yaml") && !path.ends_with(".yml") {
        return Ok(text.to_owned());
    }
    let given = Source::new(path, text);
    let mut out = Diagnostics::new();
    let Some(node) = yaml::parse(&given, &mut out).filter(|_| !out.has_errors()) else {
        return Err(NotFormatted::Unreadable(out));
    };
    let kind = Kind::of(path, &node);
    // Every reader of YAML takes the three kinds of line ends for one.
    let lines = Source::new(path, text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"));
    let mut again = Diagnostics::new();
    let Some(tree) = yaml::parse(&lines, &mut again).filter(|_| !again.has_errors()) else {
        return Err(NotFormatted::Unreadable(again));
    };
    let comments = comments::comments(lines.text(), &tree);
    let document = Cutter { text: lines.text(), kind, comments: &comments }.document(&tree);
    let mut writer = Writer { source: &lines, kind, lines: Lines::default() };
    writer.document(&document);
    let formatted = writer.lines.finish();
    accept(kind, (&given, &node), (lines.text(), &tree), formatted)
}

/// The formatted text, if it says what the given one says. `lines` is the given one with line ends of one kind: comments end there.
fn accept(kind: Kind, given: (&Source, &Node), lines: (&str, &Node), formatted: String) -> Result<String, NotFormatted> {
    let formatted = Source::new(given.0.name(), formatted);
    match sameness::difference(kind, given, lines, &formatted) {
        None => Ok(formatted.text().to_owned()),
        Some(what) => Err(NotFormatted::Differs { path: given.0.name().to_owned(), what }),
    }
}
