//! The index over a small bundle with a cursor in it, and over the whole default bundle.

mod completion;
mod half_typed;
mod hover;
mod lookup;
mod rename;
mod sweep;

use super::*;
use crate::bundle::BundleFiles;
use crate::engine::default_bundle;
use crate::policy::Extensions;

/// A bundle with one of everything.
const SAMPLE: &str = include_str!("sample.txt");

/// The default bundle, by the paths in it.
fn default_files() -> BundleFiles {
    let mut files = BundleFiles::new();
    for (path, source) in default_bundle().iter() {
        files.insert(path, source.text());
    }
    files
}

fn index(files: &BundleFiles) -> NameIndex {
    NameIndex::read(files, &Extensions::new())
}

/// Files out of one text, each below a line `=== PATH`.
fn files_of(text: &str) -> BundleFiles {
    let mut files = BundleFiles::new();
    for part in text.split("=== ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        files.insert(path.trim(), text);
    }
    files
}

/// A cursor in the sample: at the `$0` of a text that stands once in a file, which reads the same without it.
struct Cursor {
    index: NameIndex,
    path: String,
    offset: usize,
}

/// The sample with a cursor in it.
fn at(path: &str, marked: &str) -> Cursor {
    let files = files_of(SAMPLE);
    let plain = marked.replace("$0", "");
    let text = files.get(path).unwrap_or_else(|| panic!("no file {path}")).text();
    let found: Vec<usize> = text.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(found.len(), 1, "`{plain}` stands {} times in {path}", found.len());
    Cursor { index: index(&files), path: path.to_owned(), offset: found[0] + marked.find("$0").expect("a cursor `$0`") }
}

/// The sample with one file in place of its own (or beside them), which holds a cursor.
fn with(path: &str, text: &str) -> Cursor {
    let mut files = files_of(SAMPLE);
    let offset = text.find("$0").expect("a cursor `$0`");
    files.insert(path, text.replace("$0", ""));
    Cursor { index: index(&files), path: path.to_owned(), offset }
}

/// Places as `path:line: the line, with the span in [brackets]`.
fn shown(index: &NameIndex, places: &[Location]) -> String {
    let line = |at: &Location| {
        let source = index.files.get(&at.path).unwrap();
        let text = source.text();
        let start = text[..at.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at.span.end..].find('\n').map_or(text.len(), |newline| at.span.end + newline);
        let (number, _) = source.line_column(at.span.start);
        let marked = format!("{}[{}]{}", &text[start..at.span.start], source.slice(at.span), &text[at.span.end..end]);
        format!("{}:{number}: {}", at.path, marked.trim())
    };
    places.iter().map(line).collect::<Vec<_>>().join("\n")
}
