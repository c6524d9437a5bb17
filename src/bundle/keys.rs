//! Reading mappings whose keys are known: unknown keys, missing keys and wrong shapes are reported, all of them.

use super::written::{Formula, Written};
use crate::text::nearest::{ask, nearest};
use crate::text::{Code, Diagnostic, Diagnostics, Entry, Node, NodeKind, Place, Source};
use crate::value::Date;

/// A mapping being read, in one source.
pub(crate) struct Keys<'a> {
    pub(crate) source: &'a Source,
    pub(crate) what: &'static str,
    entries: &'a [Entry],
    node: &'a Node,
    /// Keys that were probably meant by unknown ones.
    meant: Vec<String>,
}

impl<'a> Keys<'a> {
    /// Opens a mapping; every key that is not `known` is reported.
    pub(crate) fn open(
        node: &'a Node,
        source: &'a Source,
        what: &'static str,
        known: &[&str],
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let Some(entries) = node.as_map() else {
            let message = format!("{what} is a mapping, found {}", node.describe());
            let help = format!("its keys are {}", listed(known));
            out.push(Diagnostic::error(Code::BadValue, source, node.span, message).help(help));
            return None;
        };
        let mut meant = Vec::new();
        for entry in entries {
            let key = entry.key.text.as_str();
            if !known.contains(&key) {
                let near = nearest(key, known.iter().copied());
                let help = near.map_or_else(|| format!("its keys are {}", listed(known)), ask);
                let message = format!("{what} has no key `{key}`");
                out.push(Diagnostic::error(Code::UnknownKey, source, entry.key.span, message).help(help));
                meant.extend(near.map(str::to_owned));
            }
        }
        Some(Self { source, what, entries, node, meant })
    }

    /// Was this key probably meant by an unknown one? Then nothing more is said of its absence.
    pub(crate) fn is_mistyped(&self, key: &str) -> bool {
        self.meant.iter().any(|meant| meant == key)
    }

    /// The value of a key, unless it is left out or null.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entries.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value).filter(|node| !node.is_null())
    }

    /// The value of a key that has to be there.
    pub(crate) fn need(&self, key: &str, out: &mut Diagnostics) -> Option<&'a Node> {
        let found = self.get(key);
        if found.is_none() && !self.is_mistyped(key) {
            let message = format!("{} has no `{key}`", self.what);
            out.push(Diagnostic::error(Code::MissingKey, self.source, self.head(), message).help(format!("add `{key}: ...`")));
        }
        found
    }

    /// The first entry, which stands for the mapping when something is missing in it.
    pub(crate) fn head(&self) -> crate::text::Span {
        self.entries.first().map_or(self.node.span, |entry| entry.key.span.to(entry.key.span))
    }

    pub(crate) fn place(&self) -> Place {
        self.source.place(self.head())
    }

    /// A text.
    pub(crate) fn text(&self, key: &str, out: &mut Diagnostics) -> Option<Written<String>> {
        text(self.get(key)?, self.source, key, out)
    }

    /// A text that has to be there.
    pub(crate) fn need_text(&self, key: &str, out: &mut Diagnostics) -> Option<Written<String>> {
        text(self.need(key, out)?, self.source, key, out)
    }

    /// A day.
    pub(crate) fn date(&self, key: &str, out: &mut Diagnostics) -> Option<Date> {
        let written = self.text(key, out)?;
        match Date::parse(&written.value) {
            Ok(date) => Some(date),
            Err(trouble) => {
                // A text that is no date says how one is written; of a day that does not exist there is more to say.
                let is_day = written.value.len() == "2026-02-28".len() && trouble.to_string().starts_with("there is no day");
                let help = is_day.then(|| format!("write a day that the calendar has: `{key}: 2026-02-28`"));
                let message = format!("`{key}`: {trouble}");
                out.push(Diagnostic::at(Code::BadValue, &written.place, message).help_opt(help));
                None
            }
        }
    }

    /// From when until when something holds, under the keys `from` and `until`; `place` stands for the two.
    pub(crate) fn period(&self, what: &str, place: &Place, out: &mut Diagnostics) -> (Option<Date>, Option<Date>) {
        let period = (self.date("from", out), self.date("until", out));
        in_order(what, period, place, out);
        period
    }

    /// True or false.
    pub(crate) fn flag(&self, key: &str, out: &mut Diagnostics) -> Option<bool> {
        let written = self.text(key, out)?;
        match written.value.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("`{key}` is `true` or `false`, found `{other}`");
                let help = format!("write `{key}: true` or `{key}: false`");
                out.push(Diagnostic::at(Code::BadValue, &written.place, message).help(help));
                None
            }
        }
    }

    /// A list of texts; one text stands for a list of one.
    pub(crate) fn texts(&self, key: &str, out: &mut Diagnostics) -> Vec<Written<String>> {
        self.get(key).map_or_else(Vec::new, |node| texts(node, self.source, key, out))
    }

    /// The entries of a mapping below a key.
    pub(crate) fn map(&self, key: &str, out: &mut Diagnostics) -> &'a [Entry] {
        let Some(node) = self.get(key) else { return &[] };
        match node.as_map() {
            Some(entries) => entries,
            None => {
                let message = format!("`{key}` is a mapping, found {}", node.describe());
                let help = format!("write `{key}: {{name: value}}`, or each pair on a line of its own below `{key}:`");
                out.push(Diagnostic::error(Code::BadValue, self.source, node.span, message).help(help));
                &[]
            }
        }
    }

    /// The items of a list below a key.
    pub(crate) fn list(&self, key: &str, out: &mut Diagnostics) -> &'a [Node] {
        let Some(node) = self.get(key) else { return &[] };
        match node.as_list() {
            Some(items) => items,
            None => {
                let message = format!("`{key}` is a list, found {}", node.describe());
                out.push(Diagnostic::error(Code::BadValue, self.source, node.span, message).help("begin each item with `- `"));
                &[]
            }
        }
    }

    /// A mapping of names to formulas below a key.
    pub(crate) fn formulas(&self, key: &str, out: &mut Diagnostics) -> Vec<(Written<String>, Written<Formula>)> {
        formulas(self.map(key, out), self.source)
    }

    /// A mapping of names to nodes below a key.
    pub(crate) fn nodes(&self, key: &str, out: &mut Diagnostics) -> Vec<(Written<String>, Node)> {
        self.map(key, out)
            .iter()
            .map(|entry| (Written::new(entry.key.text.clone(), self.source.place(entry.key.span)), entry.value.clone()))
            .collect()
    }
}

/// Reports what ends before it begins.
pub(crate) fn in_order(what: &str, period: (Option<Date>, Option<Date>), place: &Place, out: &mut Diagnostics) {
    if let (Some(from), Some(until)) = period
        && until < from
    {
        out.push(Diagnostic::at(Code::EmptyRange, place, format!("{what} ends on {until}, before it begins on {from}")));
    }
}

pub(crate) fn formulas(entries: &[Entry], source: &Source) -> Vec<(Written<String>, Written<Formula>)> {
    let key = |entry: &Entry| Written::new(entry.key.text.clone(), source.place(entry.key.span));
    entries.iter().map(|entry| (key(entry), Written::new(Formula::of(&entry.value), source.place(entry.value.span)))).collect()
}

pub(crate) fn text(node: &Node, source: &Source, key: &str, out: &mut Diagnostics) -> Option<Written<String>> {
    if let NodeKind::Scalar(scalar) = &node.kind {
        return Some(Written::new(scalar.text.clone(), source.place(node.span)));
    }
    let message = format!("`{key}` is a text, found {}", node.describe());
    let help = format!("write one text: `{key}: \"...\"`");
    out.push(Diagnostic::error(Code::BadValue, source, node.span, message).help(help));
    None
}

pub(crate) fn texts(node: &Node, source: &Source, key: &str, out: &mut Diagnostics) -> Vec<Written<String>> {
    match node.as_list() {
        Some(items) => items.iter().filter_map(|item| text(item, source, key, out)).collect(),
        None => text(node, source, key, out).into_iter().collect(),
    }
}

fn listed(known: &[&str]) -> String {
    known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
