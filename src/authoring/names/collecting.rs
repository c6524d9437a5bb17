//! Gathers the occurrences of names, file by file.

use super::meaning::{Meanings, Spelled, Within};
use super::name::{Name, NameKind, Occurrence, Role};
use crate::bundle::Written;
use crate::text::{Alignment, Place, Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What is found, and what it is found with.
pub(super) struct Collecting<'m> {
    pub(super) meanings: &'m Meanings,
    found: BTreeMap<String, Vec<Occurrence>>,
    defined: BTreeSet<Name>,
    /// Where something stands already: a function that several plugins use is read for each of them.
    taken: BTreeSet<(String, Span)>,
}

impl<'m> Collecting<'m> {
    pub(super) fn with(meanings: &'m Meanings) -> Self {
        Self { meanings, found: BTreeMap::new(), defined: BTreeSet::new(), taken: BTreeSet::new() }
    }

    /// The occurrences of every file, in the order of their places.
    pub(super) fn finish(mut self) -> BTreeMap<String, Vec<Occurrence>> {
        for list in self.found.values_mut() {
            list.sort();
        }
        self.found
    }

    /// The names that are defined so far.
    pub(super) fn defined(&self) -> impl Iterator<Item = &Name> {
        self.defined.iter()
    }

    /// Notes a name at a span. The first that defines it does; what says it again adds to it.
    pub(super) fn note(&mut self, source: &Source, span: Span, name: Name, role: Role) {
        let path = source.name();
        if span.start >= span.end || !name.is_written(source.slice(span)) || !self.taken.insert((path.to_owned(), span)) {
            return;
        }
        // Several obligations may ask for one step, and none of them more than the others.
        let first = role != Role::Defines || name.kind == NameKind::Step || self.defined.insert(name.clone());
        let role = if first { role } else { Role::Writes };
        self.found.entry(path.to_owned()).or_default().push(Occurrence { span, name, role });
    }

    /// Notes a name that is a whole text.
    pub(super) fn whole(&mut self, written: &Written<String>, name: Name, role: Role) {
        self.part(&written.value, &written.place, Span::new(0, written.value.len()), name, role);
    }

    /// Notes a name that is a part of a text.
    pub(super) fn part(&mut self, text: &str, place: &Place, part: Span, name: Name, role: Role) {
        let trimmed = trimmed(text, part);
        if let Some(span) = Alignment::of(text, place).and_then(|alignment| alignment.span(trimmed)) {
            self.note(&place.source, span, name, role);
        }
    }

    /// Notes what a dotted path means.
    pub(super) fn path(&mut self, written: &Written<String>, within: Within, role: Role) {
        let spelled = self.meanings.spell(&segments(&written.value), within);
        self.spelled(&written.value, 0, &written.place, &spelled, role);
    }

    /// Notes what a path is made of; it begins at a byte of the text that stands at the place.
    pub(super) fn spelled(&mut self, text: &str, from: usize, place: &Place, spelled: &Spelled, role: Role) {
        if spelled.is_empty() {
            return;
        }
        let Some(alignment) = Alignment::of(text, place) else { return };
        let parts = parts(text.get(from..).unwrap_or(""), from);
        let last = spelled.len() - 1;
        for (at, (name, used)) in spelled.iter().enumerate() {
            let (Some(first), Some(end)) = (parts.get(used.start), parts.get(used.end.saturating_sub(1))) else { continue };
            // Of `goodwill.amount: 0.00` it is the output that is written; the decision is only named.
            let role = if at == last { role } else { Role::Reads };
            if let Some(span) = alignment.span(Span::new(first.start, end.end)) {
                self.note(&place.source, span, name.clone(), role);
            }
        }
    }
}

/// The segments of a dotted path.
pub(super) fn segments(path: &str) -> Vec<&str> {
    path.trim().split('.').collect()
}

/// Where the segments of a dotted path stand in a text, which goes on from `from`.
fn parts(path: &str, from: usize) -> Vec<Span> {
    let mut start = from + (path.len() - path.trim_start().len());
    let mut found = Vec::new();
    for segment in path.trim().split('.') {
        found.push(Span::new(start, start + segment.len()));
        start += segment.len() + 1;
    }
    found
}

/// A part without the white space around it.
fn trimmed(text: &str, part: Span) -> Span {
    let inside = text.get(part.start..part.end).unwrap_or("");
    let start = part.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}
