//! A cell as a YAML node: a scalar, a list of alternatives, or `{not: [...]}`.

use super::item::{Item, Reader};
use super::{Cell, CellError, CellNames, Condition, Dialect, check};
use crate::text::{Code, Diagnostic, Diagnostics, Entry, Node, NodeKind, Source, Span, Style, nearest};
use crate::value::Kind;

impl Cell {
    /// Reads a YAML node as a cell under the kind of its column. Every mistake goes to `out`; none is returned then.
    ///
    /// The quotes of YAML never change a meaning; what must be taken as it stands is quoted inside the text: `'"at least 5"'`.
    pub fn parse_node(node: &Node, source: &Source, kind: &Kind, names: &dyn CellNames, out: &mut Diagnostics) -> Option<Self> {
        let reader = NodeReader { source, kind, names };
        let mut problems = Vec::new();
        let cell = reader.cell(node, &mut problems);
        let is_sound = problems.is_empty();
        for problem in problems {
            out.push(problem);
        }
        cell.filter(|_| is_sound)
    }
}

struct NodeReader<'a> {
    source: &'a Source,
    kind: &'a Kind,
    names: &'a dyn CellNames,
}

impl NodeReader<'_> {
    fn cell(&self, node: &Node, out: &mut Vec<Diagnostic>) -> Option<Cell> {
        let conditions = match &node.kind {
            NodeKind::Null => {
                let problem = self.error(Code::BadCell, node, "nothing stands behind the key");
                out.push(problem.help("write `any` where every value will do, or leave the key out"));
                return None;
            }
            NodeKind::Scalar(scalar) => {
                return match Cell::parse_text(&scalar.text, self.kind, Dialect::Yaml, self.names) {
                    Ok(cell) => Some(cell),
                    Err(error) => {
                        out.push(self.placed(node, error));
                        None
                    }
                };
            }
            NodeKind::List(items) => self.alternatives(node, items, out)?,
            NodeKind::Map(entries) => vec![self.negation(node, entries, out)?],
        };
        if !out.is_empty() {
            return None;
        }
        if let Err(error) = check::together(&conditions, self.kind, Dialect::Yaml, Span::default()) {
            out.push(self.placed_whole(node, error));
        }
        Some(Cell::OneOf(conditions))
    }

    fn alternatives(&self, node: &Node, items: &[Node], out: &mut Vec<Diagnostic>) -> Option<Vec<Condition>> {
        if items.is_empty() {
            let problem = self.error(Code::CellNever, node, "a list without alternatives never holds");
            let is_list = matches!(self.kind, Kind::List(_));
            out.push(problem.help(if is_list {
                "for a list without items write `empty`"
            } else {
                "name the values, or write `any`"
            }));
            return None;
        }
        let mut conditions = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                NodeKind::Map(entries) => conditions.extend(self.negation(item, entries, out)),
                _ => match self.item(item, Reader::item) {
                    Ok(Item::Condition(condition)) => conditions.push(condition),
                    Ok(Item::Any) if items.len() == 1 => {
                        out.push(
                            self.error(Code::CellAlways, item, "a list with `any` alone").help("write `any` without brackets"),
                        );
                    }
                    Ok(Item::Any) => out.push(self.placed(item, check::any_among_others(Span::default()))),
                    Err(problem) => out.push(*problem),
                },
            }
        }
        Some(conditions)
    }

    fn negation(&self, node: &Node, entries: &[Entry], out: &mut Vec<Diagnostic>) -> Option<Condition> {
        let [Entry { key, value }] = entries else {
            out.push(self.error(Code::BadCell, node, "a cell is a text, a list or `{not: [...]}`, not a mapping"));
            return None;
        };
        if key.text != "not" {
            let problem =
                Diagnostic::error(Code::UnknownKey, self.source, key.span, format!("unknown key `{}` in a cell", key.text));
            let meant = nearest::did_you_mean(&key.text, ["not"]);
            out.push(problem.help("a cell is a text, a list or `{not: [...]}`").help_opt(meant));
            return None;
        }
        let items = if let NodeKind::List(items) = &value.kind { items.as_slice() } else { std::slice::from_ref(value) };
        if items.is_empty() {
            out.push(self.error(Code::CellAlways, value, "a `not` of nothing holds for every known value"));
            return None;
        }
        let mut conditions = Vec::with_capacity(items.len());
        for item in items {
            match self.item(item, Reader::negated) {
                Ok(condition) => conditions.push(condition),
                Err(problem) => out.push(*problem),
            }
        }
        if conditions.len() < items.len() {
            return None;
        }
        let whole = check::negation(conditions, Span::default()).map(Condition::Not).and_then(|condition| {
            let text = condition.to_string();
            check::condition(&condition, self.kind, &text, Span::default()).map(|()| condition)
        });
        whole.map_err(|error| out.push(self.placed_whole(node, error))).ok()
    }

    /// One scalar of a list, read by `read`.
    fn item<'n, T>(
        &'n self,
        node: &'n Node,
        read: impl FnOnce(&Reader<'n>, Span) -> Result<T, CellError>,
    ) -> Result<T, Box<Diagnostic>> {
        let Some(text) = node.as_text() else {
            let message = format!("{} inside the list of a cell", node.describe());
            let help = "each item of the list is a text: a value, `at least 5`, `missing`";
            return Err(Box::new(self.error(Code::BadCell, node, message).help(help)));
        };
        let reader = Reader { text, kind: self.kind, dialect: Dialect::Yaml, names: self.names };
        let span = reader.trimmed(Span::new(0, text.len()));
        if span.start == span.end {
            return Err(Box::new(self.error(Code::BadCell, node, "an empty item").help("for an empty text write `'\"\"'`")));
        }
        let one = reader.alternatives(span).and_then(|_| read(&reader, span));
        one.map_err(|error| Box::new(self.placed(node, error)))
    }

    fn error(&self, code: Code, node: &Node, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.source, node.span, message)
    }

    /// The mistake at its place inside the scalar, where the scalar stands in the source as it reads.
    fn placed(&self, node: &Node, mut error: CellError) -> Diagnostic {
        let written = self.source.slice(node.span);
        let start = match &node.kind {
            NodeKind::Scalar(scalar) if error.span.start < error.span.end => match scalar.style {
                Style::Plain | Style::Bare if written == scalar.text => Some(node.span.start),
                Style::Quoted if written.get(1..written.len().saturating_sub(1)) == Some(&scalar.text) => {
                    Some(node.span.start + 1)
                }
                _ => None,
            },
            _ => None,
        };
        if start.is_none() {
            error.instead = None;
        }
        let span = start.map_or(node.span, |start| Span::new(start + error.span.start, start + error.span.end));
        error.at(&self.source.place(span))
    }

    fn placed_whole(&self, node: &Node, error: CellError) -> Diagnostic {
        error.at(&self.source.place(node.span))
    }
}
