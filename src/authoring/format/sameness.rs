//! Whether two texts say the same.
//!
//! A document is read out of its tree and nothing else, so two texts with the same tree are the same document. Three things may
//! differ: the order of known keys, the quotes of a text that is one either way, and in a pipe table the blanks, and
//! symbols for words where they are proved to be the same condition.

use super::cells::is_same;
use super::comments::comments;
use super::records::Kind;
use super::scalars::is_words;
use crate::rule::{HeadingKind, TableText};
use crate::text::{Diagnostics, Entry, Node, NodeKind, Scalar, Source, Style, yaml};

/// Where a formatted text says something else than the text that was given, if it does anywhere. The comments are looked for in `lines`,
/// which is the given text with line ends of one kind.
pub(super) fn difference(kind: Kind, given: (&Source, &Node), lines: (&str, &Node), formatted: &Source) -> Option<String> {
    let mut out = Diagnostics::new();
    let Some(node) = yaml::parse(formatted, &mut out).filter(|_| !out.has_errors()) else {
        return Some("the formatted text cannot be read".to_owned());
    };
    let mut path = Vec::new();
    let comparison = Comparison { kind, given: given.0, formatted };
    if !comparison.same(given.1, &node, &mut path) {
        return Some(format!("`{}` would say something else", path.join(".")));
    }
    let texts = |text: &str, root: &Node| {
        let mut texts: Vec<String> = comments(text, root).into_iter().map(|comment| comment.text).collect();
        texts.sort_unstable();
        texts
    };
    let same = texts(lines.0, lines.1) == texts(formatted.text(), &node);
    (!same).then(|| "a comment would be lost or doubled".to_owned())
}

struct Comparison<'a> {
    kind: Kind,
    given: &'a Source,
    formatted: &'a Source,
}

impl Comparison<'_> {
    /// Leaves `path` at the place of the first difference.
    fn same<'n>(&self, one: &'n Node, other: &'n Node, path: &mut Vec<&'n str>) -> bool {
        match (&one.kind, &other.kind) {
            (NodeKind::Null, NodeKind::Null) => true,
            (NodeKind::Scalar(one_text), NodeKind::Scalar(other_text)) if self.kind.is_table(path) => {
                one_text.style == other_text.style
                    && (one_text.text == other_text.text || self.same_table((one, one_text), (other, other_text)))
            }
            (NodeKind::Scalar(one), NodeKind::Scalar(other)) => same_scalar(one, other),
            (NodeKind::List(one), NodeKind::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.same_below("*", one, other, path))
            }
            (NodeKind::Map(one), NodeKind::Map(other)) if one.len() == other.len() => {
                let by_name =
                    self.kind.order(path).is_some_and(|order| one.iter().all(|entry| order.contains(&entry.key.text.as_str())));
                let partner = |at: usize, key: &str| -> Option<&'n Entry> {
                    if by_name { other.iter().find(|entry| entry.key.text == key) } else { other.get(at) }
                };
                one.iter().enumerate().all(|(at, entry)| {
                    let partner = partner(at, &entry.key.text).filter(|other| other.key.text == entry.key.text);
                    partner.is_some_and(|other| self.same_below(&entry.key.text, &entry.value, &other.value, path))
                })
            }
            _ => false,
        }
    }

    fn same_below<'n>(&self, step: &'n str, one: &'n Node, other: &'n Node, path: &mut Vec<&'n str>) -> bool {
        path.push(step);
        let same = self.same(one, other, path);
        if same {
            path.pop();
        }
        same
    }

    /// Do two pipe tables hold the same cells?
    fn same_table(&self, one: (&Node, &Scalar), other: (&Node, &Scalar)) -> bool {
        let read = |(node, scalar): (&Node, &Scalar), source: &Source| {
            let mut out = Diagnostics::new();
            let table = TableText::parse_pipes(&scalar.text, source, node.span, &mut out);
            table.filter(|_| !out.has_errors()).map(|table| {
                let columns: Vec<(String, HeadingKind)> =
                    table.columns.iter().map(|heading| (heading.text.clone(), heading.kind)).collect();
                let rows: Vec<Vec<String>> =
                    table.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect();
                (columns, rows)
            })
        };
        let (Some((columns, rows)), Some((other_columns, other_rows))) = (read(one, self.given), read(other, self.formatted))
        else {
            return false;
        };
        let same_cell = |(heading, kind): &(String, HeadingKind), one: &str, other: &str| {
            one == other || (*kind == HeadingKind::Input && is_same(heading, one, other))
        };
        columns == other_columns
            && rows.len() == other_rows.len()
            && rows.iter().zip(&other_rows).all(|(one, other)| {
                columns.iter().zip(one.iter().zip(other)).all(|(column, (one, other))| same_cell(column, one, other))
            })
    }
}

fn same_scalar(one: &Scalar, other: &Scalar) -> bool {
    one.text == other.text
        && (one.style == other.style || is_words(&one.text) || (one.style, other.style) == (Style::Bare, Style::Plain))
}
