//! Files as far as they can be read: lines that break a document are blanked out, so that the rest keeps its meaning and its places.

use crate::bundle::BundleFiles;
use crate::text::{Diagnostics, Node, Severity, Source, yaml};

/// So many lines are blanked out in one file before the rest of it is given up.
const BLANKED_LINES_MAX: usize = 24;

/// The files of a bundle, those that cannot be read mended.
pub(super) fn mended(files: &BundleFiles) -> BundleFiles {
    let mut whole = BundleFiles::new();
    for (path, source) in files.iter() {
        let text = source.text();
        whole.insert(path, if is_yaml(path) { mend(text) } else { text.to_owned() });
    }
    whole
}

/// The tree of a file, if it is a YAML document that can be read.
pub(super) fn tree(files: &BundleFiles, path: &str) -> Option<Node> {
    files.get(path).and_then(|source| yaml::parse(source, &mut Diagnostics::new()))
}

pub(super) fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

/// The text, or the longest that can be read after lines with mistakes are blanked out. Offsets stay what they are.
fn mend(text: &str) -> String {
    let mut mended = text.to_owned();
    for _ in 0..BLANKED_LINES_MAX {
        let source = Source::new("", mended.as_str());
        let mut out = Diagnostics::new();
        if yaml::parse(&source, &mut out).is_some() {
            return mended;
        }
        let places =
            out.iter().filter(|problem| problem.severity == Severity::Error).filter_map(|problem| problem.place.as_ref());
        let at = places.map(|place| place.span.start).next().unwrap_or(mended.len());
        if !blank_line(&mut mended, at) {
            return mended;
        }
    }
    mended
}

/// Blanks out the line at an offset, or the nearest one before it that says something; false if there is none.
fn blank_line(text: &mut String, at: usize) -> bool {
    let mut end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline);
    loop {
        let start = text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let line = text.get(start..end).unwrap_or("");
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            let blank: String = line.bytes().map(|_| ' ').collect();
            text.replace_range(start..end, &blank);
            return true;
        }
        if start == 0 {
            return false;
        }
        end = start - 1;
    }
}
