//! Generated documents: comments at every place, indentation, brackets, quotes, line ends, letters of other scripts.

use super::{tree, wrong};
use proptest::prelude::*;
use proptest::sample::select;
use redress::authoring::format::format;
use std::cell::Cell;

/// A value, with how it is written.
#[derive(Clone, Debug)]
enum Written {
    /// As it stands.
    Plain(&'static str),
    Single(String),
    Double(String),
    /// Lines below `|`, `>`, with indicators.
    Block(&'static str, Vec<&'static str>),
    /// Over two lines.
    Long(&'static str, &'static str),
    List(bool, Vec<Entry>),
    Map(bool, Vec<Entry>),
}

/// An entry of a mapping or an item of a list, with what surrounds it. The key of an item is not written.
#[derive(Clone, Debug)]
struct Entry {
    key: &'static str,
    value: Written,
    /// Blank lines before it.
    blank: usize,
    /// Comments on lines of their own before it.
    before: usize,
    /// A comment behind it, and how far.
    behind: Option<usize>,
}

const PLAIN: [&str; 22] = [
    "word",
    "12",
    "0.50",
    "true",
    "null",
    "~",
    "2026-03-05",
    "at least 100",
    "= min(a, b)",
    "params.x.y",
    "ñandú",
    "漢字 と",
    "it's",
    "a 'b' c",
    "unknown",
    "25.00 USD",
    "not gold",
    "a-b",
    "x#y",
    "",
    "C:\\x",
    "e\u{301}",
];
const TEXTS: [&str; 16] = [
    "word",
    "12",
    "true",
    "",
    " led",
    "a: b",
    "x #y",
    "{name}",
    "a, b",
    "ends:",
    "it's",
    "say \"so\"",
    "= f(x)",
    "- x",
    "漢字",
    "null",
];
const KEYS: [&str; 12] =
    ["id", "when", "then", "because", "customer.tier", "a", "b", "año", "source", "'quoted'", "\"true\"", "from"];
const LINES: [&str; 7] = ["text", "  set in", "", "# no comment", "a: b", "ends  ", "漢"];

fn value() -> impl Strategy<Value = Written> {
    let leaf = prop_oneof![
        4 => select(&PLAIN[..]).prop_map(Written::Plain),
        1 => select(&TEXTS[..]).prop_map(|text| Written::Single(text.replace('\'', "''"))),
        1 => select(&TEXTS[..]).prop_map(|text| Written::Double(text.replace('"', "\\\""))),
        1 => (select(&["|", "|-", "|+", ">", ">-", ">+", "|2", ">2-"][..]), prop::collection::vec(select(&LINES[..]), 1..4))
            .prop_map(|(header, lines)| Written::Block(header, lines)),
        1 => (select(&["one two", "= f(a,"][..]), select(&["three", "b) + c"][..])).prop_map(|(one, two)| Written::Long(one, two)),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            (prop::bool::weighted(0.4), prop::collection::vec(entry(inner.clone()), 0..4))
                .prop_map(|(flow, entries)| Written::List(flow || entries.is_empty(), entries)),
            (prop::bool::weighted(0.4), prop::collection::vec(entry(inner), 0..4))
                .prop_map(|(flow, entries)| Written::Map(flow || entries.is_empty(), unique(entries))),
        ]
    })
}

fn unique(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen = Vec::new();
    entries.retain(|entry| {
        let name = entry.key.trim_matches(['"', '\'']);
        let is_new = !seen.contains(&name);
        seen.push(name);
        is_new
    });
    entries
}

fn entry(value: impl Strategy<Value = Written>) -> impl Strategy<Value = Entry> {
    let surrounds =
        (select(vec![0_usize, 0, 0, 1, 3]), select(vec![0_usize, 0, 0, 1, 2]), prop::option::weighted(0.3, 1_usize..5));
    (select(&KEYS[..]), value, surrounds).prop_map(|(key, value, (blank, before, behind))| Entry {
        key,
        value,
        blank,
        before,
        behind,
    })
}

/// A text under construction.
struct Page {
    text: String,
    step: usize,
    /// How many comments there are.
    comments: Cell<usize>,
}

impl Page {
    fn comment(&self) -> String {
        self.comments.set(self.comments.get() + 1);
        // Ends so that no comment is part of another.
        format!("# c{}.", self.comments.get())
    }

    fn entries(&mut self, entries: &[Entry], indent: usize, is_list: bool) {
        for entry in entries {
            self.text.push_str(&"\n".repeat(entry.blank));
            for _ in 0..entry.before {
                let comment = self.comment();
                self.text.push_str(&format!("{:indent$}{comment}\n", ""));
            }
            let lead = if is_list { "-".to_owned() } else { format!("{}:", entry.key) };
            self.text.push_str(&format!("{:indent$}{lead}", ""));
            let behind = entry.behind.map(|gap| format!("{:gap$}{}", "", self.comment())).unwrap_or_default();
            match &entry.value {
                Written::List(false, inner) | Written::Map(false, inner) => {
                    self.text.push_str(&format!("{behind}\n"));
                    self.entries(inner, indent + self.step, matches!(entry.value, Written::List(..)));
                }
                Written::Block(header, lines) => {
                    // The indicator counts from where the key stands.
                    let set_in = if header.contains('2') { 2 } else { self.step };
                    self.text.push_str(&format!(" {header}{behind}\n"));
                    for line in lines {
                        let line = if lines.first().is_some_and(|first| first.starts_with(' ')) && !header.contains('2') {
                            line.trim_start()
                        } else {
                            line
                        };
                        self.text.push_str(&if line.is_empty() {
                            "\n".to_owned()
                        } else {
                            format!("{:1$}{line}\n", "", indent + set_in)
                        });
                    }
                }
                Written::Long(one, two) => {
                    self.text.push_str(&format!(" {one}\n{:1$}{two}{behind}\n", "", indent + self.step));
                }
                other => {
                    let value = self.inline(other, indent + self.step);
                    self.text.push_str(&format!(" {value}{behind}\n"));
                }
            }
        }
    }

    /// Between brackets; comments inside them end their lines.
    fn inline(&mut self, value: &Written, indent: usize) -> String {
        match value {
            Written::Plain(text) => (*text).to_owned(),
            Written::Single(text) => format!("'{text}'"),
            Written::Double(text) => format!("\"{text}\""),
            Written::Block(_, lines) => format!("\"{}\"", lines.first().unwrap_or(&"")),
            Written::Long(one, _) => format!("'{one}'"),
            Written::List(_, entries) => format!("[{}]", self.between(entries, indent, true)),
            Written::Map(_, entries) => format!("{{ {} }}", self.between(entries, indent, false)),
        }
    }

    fn between(&mut self, entries: &[Entry], indent: usize, is_list: bool) -> String {
        let mut out = String::new();
        for (number, entry) in entries.iter().enumerate() {
            let value = match &entry.value {
                // What a bracket, a comma or nothing would mean there.
                Written::Plain(text) if text.is_empty() || text.contains([',', '(']) => "x".to_owned(),
                value => self.inline(value, indent),
            };
            out.push_str(&if is_list { value } else { format!("{}: {value}", entry.key) });
            if number + 1 < entries.len() {
                out.push(',');
            }
            match entry.behind {
                Some(gap) => out.push_str(&format!("{:gap$}{}\n{:indent$}", "", self.comment(), "")),
                None => out.push(' '),
            }
        }
        out
    }
}

fn page(entries: &[Entry], step: usize, tail: bool) -> (String, usize) {
    let mut page = Page { text: String::new(), step, comments: Cell::new(0) };
    page.entries(entries, 0, false);
    if tail {
        let comment = page.comment();
        page.text.push_str(&format!("\n{comment}\n\n\n"));
    }
    (page.text, page.comments.get())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    /// Read, format, read is the same document; formatting twice is formatting once; each comment stands there as often as before.
    #[test]
    fn what_is_generated_says_the_same_and_keeps_its_comments(
        entries in prop::collection::vec(entry(value()), 1..5).prop_map(unique),
        step in 1_usize..6,
        path in select(&["decisions/x.yaml", "guardrails/x.yaml", "tests/x.yaml", "cases/x.yaml", "bundle.yaml"][..]),
        is_crlf in any::<bool>(),
        tail in any::<bool>(),
    ) {
        let (text, comments) = page(&entries, step, tail);
        let text = if is_crlf { text.replace('\n', "\r\n") } else { text };
        // A plain text that brackets or a comma cut is a mistake of the generated text, and told as such.
        prop_assume!(tree(&text).is_some());
        prop_assert_eq!(wrong(path, &text), None);
        let formatted = format(path, &text).unwrap();
        for number in 1..=comments {
            let comment = format!("# c{number}.");
            prop_assert_eq!(formatted.matches(&comment).count(), 1, "{}\n--- formatted\n{}", text, formatted);
        }
        prop_assert!(formatted.ends_with('\n') && !formatted.contains('\r'), "{}", formatted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Tables keep their cells, with bars below each other.
    #[test]
    fn tables_keep_their_cells(
        rows in prop::collection::vec(
            (select(&["<= 100", "-", "any", "10 to 50", "gold, silver", "\"a \\| b\""][..]), select(&["x", "漢字", "a \\| b", "12.50", ""][..])),
            1..6,
        ),
        gaps in prop::collection::vec((0_usize..4, 0_usize..4), 8),
        dashes in any::<bool>(),
        set_in in 1_usize..5,
    ) {
        let mut lines = vec!["|id|customer.tier|=>kind|because|".to_owned()];
        if dashes {
            lines.push("|--|:---|---:|---|".to_owned());
        }
        for (number, ((cell, value), (left, right))) in rows.iter().zip(&gaps).enumerate() {
            let (left, right) = (" ".repeat(*left), " ".repeat(*right));
            lines.push(format!("|{left}r{number}{right}|{right}{cell}{left}|{value}|{left}why|"));
        }
        let lines: String = lines.iter().map(|line| format!("{:set_in$}{line}\n", "")).collect();
        let text = format!("decision: x\noutputs: {{kind: {{type: text}}}}\ntable: |\n{lines}");
        prop_assert_eq!(wrong("decisions/x.yaml", &text), None);
        let formatted = format("decisions/x.yaml", &text).unwrap();
        let widths: std::collections::BTreeSet<usize> = formatted
            .lines()
            .filter(|line| line.starts_with("  |"))
            .map(|line| line.chars().map(|c| if ('\u{4e00}'..'\u{9fff}').contains(&c) { 2 } else { 1 }).sum())
            .collect();
        prop_assert_eq!(widths.len(), 1, "{}", formatted);
    }
}
