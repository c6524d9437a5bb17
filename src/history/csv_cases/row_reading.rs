//! One row on its way to a case: findings are put where the value came from.

use super::super::actual::{Actual, read_actual};
use super::super::csv_rows::Row;
use super::super::mapping::Contents;
use super::super::mapping::columns::{Cells, ColumnId};
use super::super::mapping::condition::Conditions;
use super::super::mapping::entry::MappingEntry;
use super::super::mapping::origin::{Context, Refusal};
use super::super::mapping::target::{Home, Step, entry};
use crate::case::{Case, read_node};
use crate::text::nearest::nearest;
use crate::text::{Code, Diagnostic, Diagnostics, Node, NodeKind, Place, Span};

/// One row on its way to a case.
pub(super) struct RowReading<'a> {
    contents: &'a Contents,
    row: &'a Row,
    cells: &'a Cells<'a>,
    pub(super) out: Diagnostics,
}

impl<'a> RowReading<'a> {
    pub(super) fn new(contents: &'a Contents, row: &'a Row, cells: &'a Cells<'a>) -> Self {
        Self { contents, row, cells, out: Diagnostics::new() }
    }

    /// Where the places of the mapping begin, as seen from the row.
    fn behind(&self) -> usize {
        self.row.source.text().len() + 1
    }

    /// Does the mapping take this row?
    pub(super) fn is_wanted(&mut self, context: &Context<'_>) -> bool {
        let contents = self.contents;
        let only = contents.only.as_ref().is_none_or(|any| self.any(any, context));
        let skip = contents.skip.as_ref().is_some_and(|any| self.any(any, context));
        only && !skip
    }

    fn any(&mut self, any: &'a [Conditions], context: &Context<'_>) -> bool {
        any.iter().any(|all| match all.hold(context.cells, context.forms) {
            Ok(held) => held,
            Err(misread) => {
                self.refuse(None, &Refusal::Misread(misread));
                false
            }
        })
    }

    /// The case, or findings.
    pub(super) fn case(&mut self, context: &Context<'_>) -> Option<Case> {
        let contents = self.contents;
        let mut tree = Node { span: self.row.whole(), kind: NodeKind::Map(Vec::new()) };
        let mut extras = Vec::new();
        for each in &contents.facts {
            let Some(node) = self.value(each, context) else { continue };
            match each.target.home {
                Home::Extra => extras.push((each, node)),
                Home::Fact | Home::Actual => insert(&mut tree, &each.target.steps, node),
            }
        }
        let mut case = match read_node(&tree, &self.row.source, Diagnostics::new()) {
            Ok(case) => case,
            Err(found) => {
                for finding in found.into_vec() {
                    let finding = self.placed(finding);
                    self.out.push(finding);
                }
                return None;
            }
        };
        for (each, node) in extras {
            if let [Step::Key(group), Step::Key(name)] = each.target.steps.as_slice() {
                let (node, place) = self.own_place(node);
                let slot = if group == "input" { &mut case.input } else { &mut case.attributes };
                slot.write(name.clone(), node, place);
            }
        }
        Some(case)
    }

    /// What really became of it.
    pub(super) fn actual(&mut self, context: &Context<'_>) -> Actual {
        let contents = self.contents;
        let mut actual = Actual::default();
        for each in &contents.actual {
            let Some(node) = self.value(each, context) else { continue };
            if let [Step::Key(name)] = each.target.steps.as_slice() {
                let mut found = Diagnostics::new();
                actual.set(name, read_actual(name, &node, &self.row.source, &mut found));
                for finding in found.into_vec() {
                    let finding = self.placed(finding);
                    self.out.push(finding);
                }
            }
        }
        actual
    }

    fn value(&mut self, each: &'a MappingEntry, context: &Context<'_>) -> Option<Node> {
        match each.value(context, self.behind()) {
            Ok(node) => node,
            Err(refusal) => {
                self.refuse(Some(each), &refusal);
                None
            }
        }
    }

    fn refuse(&mut self, entry: Option<&MappingEntry>, refusal: &Refusal<'_>) {
        let (code, column, message, help) = match refusal {
            Refusal::Misread(misread) => (Code::BadRow, misread.column, misread.message.clone(), None),
            Refusal::IsEmpty(column) => {
                let help = "no row may leave it out, as the mapping has it".to_owned();
                (Code::BadRow, *column, "the cell is empty".to_owned(), Some(help))
            }
            Refusal::Unmapped { column, word, table } => {
                let help = nearest(word, table.meanings.keys().map(String::as_str)).map_or_else(
                    || "add it to the table of `values`, or say what every other word means: `otherwise: ...`".to_owned(),
                    |near| format!("did you mean `{near}`? if not, add the word to the table of `values`"),
                );
                (Code::UnmappedValue, *column, format!("the mapping does not know the word `{word}`"), Some(help))
            }
        };
        let message = format!("column `{}`: {message}", self.contents.columns.name(column));
        if self.out.iter().any(|known| known.message == message) {
            return;
        }
        let mut finding = Diagnostic::error(code, &self.row.source, self.span_of(column), message).help_opt(help);
        if let Some(entry) = entry {
            let label = if code == Code::UnmappedValue { "in the table of this fact" } else { "read for this fact" };
            finding = finding.path(entry.target.path.as_str()).label(&self.contents.source.place(entry.span), label);
        }
        self.out.push(finding);
    }

    /// The cell, or the whole row when the cell is empty and there is nothing to mark.
    fn span_of(&self, column: ColumnId) -> Span {
        let span = self.cells.get(column).span;
        if span.start == span.end { self.row.whole() } else { span }
    }

    /// A finding of the reader of cases, with its places where they belong and the column named.
    fn placed(&self, mut finding: Diagnostic) -> Diagnostic {
        let Some(place) = finding.place.take() else { return finding };
        if place.span.start >= self.behind() {
            finding.place = Some(self.in_mapping(place.span));
            return finding.label(&self.row.source.place(self.row.whole()), "in this row");
        }
        if let Some(column) = self.cells.column_at(place.span.start) {
            finding.message = format!("column `{}`: {}", self.contents.columns.name(column), finding.message);
        }
        finding.place = Some(place);
        finding
    }

    fn in_mapping(&self, span: Span) -> Place {
        let behind = self.behind();
        self.contents.source.place(Span::new(span.start.saturating_sub(behind), span.end.saturating_sub(behind)))
    }

    /// A fact that the bundle will check keeps the text that it stands in.
    fn own_place(&self, node: Node) -> (Node, Place) {
        if node.span.start < self.behind() {
            let place = self.row.source.place(node.span);
            return (node, place);
        }
        let place = self.in_mapping(node.span);
        (back(node, self.behind()), place)
    }
}

/// A node with its places moved back into the mapping.
fn back(node: Node, behind: usize) -> Node {
    let span = Span::new(node.span.start.saturating_sub(behind), node.span.end.saturating_sub(behind));
    let kind = match node.kind {
        NodeKind::List(items) => NodeKind::List(items.into_iter().map(|item| back(item, behind)).collect()),
        NodeKind::Map(entries) => {
            NodeKind::Map(entries.into_iter().map(|each| entry(&each.key.text, back(each.value, behind))).collect())
        }
        kind => kind,
    };
    Node { span, kind }
}

/// Puts a value where its path leads, making the groups on the way.
fn insert(tree: &mut Node, steps: &[Step], value: Node) {
    let Some((Step::Key(name), rest)) = steps.split_first() else {
        *tree = value;
        return;
    };
    let span = tree.span;
    let NodeKind::Map(entries) = &mut tree.kind else { return };
    if !entries.iter().any(|each| each.key.text == *name) {
        entries.push(entry(name, Node { span, kind: NodeKind::Map(Vec::new()) }));
    }
    if let Some(slot) = entries.iter_mut().find(|each| each.key.text == *name) {
        insert(&mut slot.value, rest, value);
    }
}
