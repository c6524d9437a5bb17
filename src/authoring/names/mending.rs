//! Files as far as they can be read: lines that break a document are blanked out, so that the rest keeps its meaning and its places.

use crate::bundle::{Bundle, BundleFiles};
use crate::text::{Diagnostics, Node, Severity, Source, yaml};
use std::collections::BTreeSet;

/// So many lines are blanked out in one file before the rest of it is given up.
const BLANKED_LINES_MAX: usize = 24;

/// The bundle, as far as its files can be read; their names are their paths in it.
pub(super) fn read(files: &BundleFiles) -> Option<Bundle> {
    let mut whole = BundleFiles::new();
    files.iter().for_each(|(path, source)| whole.insert(path, source.text()));
    let (bundle, out) = Bundle::read(&whole);
    let mistakes = out.iter().filter(|problem| problem.severity == Severity::Error).filter_map(|problem| problem.place.as_ref());
    let broken: BTreeSet<&str> = mistakes.map(|place| place.source.name()).filter(|path| is_yaml(path)).collect();
    if broken.is_empty() {
        return bundle;
    }
    let mut mended = whole.clone();
    for (path, source) in whole.iter().filter(|(path, _)| broken.contains(path)) {
        mended.insert(path, mend(source.text()));
    }
    Bundle::read(&mended).0
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
