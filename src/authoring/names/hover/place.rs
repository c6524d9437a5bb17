//! What stands where there is no name: a key of the format, a cell, the code of a diagnostic.

use super::Hover;
use super::wording::Told;
use crate::authoring::code_pages::{find_code, meaning};
use crate::authoring::names::format::Document;
use crate::authoring::names::lookup::NameIndex;
use crate::authoring::names::meaning::{Meanings, Within};
use crate::authoring::names::mending::tree;
use crate::authoring::names::spot::{Step, word};
use crate::bundle::{Bundle, DecisionDoc};
use crate::policy::rows::raw_table;
use crate::rule::{Cell, CellNames, Dialect, HeadingKind};
use crate::text::{Diagnostics, Node, NodeKind, Source, Span};
use crate::value::Kind;

/// What stands at an offset, if something is known of it.
pub(super) fn tell(index: &NameIndex, path: &str, offset: usize) -> Option<Hover> {
    let text = index.files.get(path)?.text();
    code(text, offset).or_else(|| {
        let (bundle, meanings) = (index.bundle.as_ref()?, index.meanings.as_ref()?);
        let source = bundle.files.get(path)?;
        let doc = super::documents(bundle).find(|doc| doc.path == path);
        if let Some(found) = table_cell(bundle, meanings, (path, offset)) {
            return Some(found);
        }
        let root = tree(&bundle.files, path)?;
        let mut steps = Vec::new();
        let found = find(&root, offset, &mut steps)?;
        match found {
            At::Key(span) => key(path, source, &steps, span),
            At::Cell(node) => {
                let decision = doc.and_then(|doc| meanings.decision(&doc.name.value));
                cell(meanings, source, &steps, node, Within::decision(decision))
            }
        }
    })
}

/// The code of a diagnostic, as comments and notes name it.
fn code(text: &str, offset: usize) -> Option<Hover> {
    if !text.is_char_boundary(offset) {
        return None;
    }
    let span = word(text, offset, 0, |c| c.is_ascii_alphanumeric());
    let written = text.get(span.start..span.end)?;
    let digits = written.strip_prefix('R').filter(|digits| digits.len() == 4)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let code = find_code(written).ok()?;
    let mut told = Told::of(written, code.title());
    told.text(&meaning(code));
    Some(Hover { markdown: told.finish(), span })
}

enum At<'n> {
    /// A key; the steps lead to it, itself the last.
    Key(Span),
    /// A value below the steps: of a cell, the whole of it.
    Cell(&'n Node),
}

/// Walks down to what stands at an offset.
fn find<'n>(node: &'n Node, offset: usize, steps: &mut Vec<Step>) -> Option<At<'n>> {
    match &node.kind {
        NodeKind::Map(entries) => {
            for entry in entries {
                let on_key = entry.key.span.start <= offset && offset < entry.key.span.end;
                let inside = entry.value.span.start <= offset && offset < entry.value.span.end;
                if on_key || inside {
                    steps.push(Step::Key(entry.key.text.clone()));
                    if on_key {
                        return Some(At::Key(entry.key.span));
                    }
                    let is_cell = steps.iter().rev().nth(1).is_some_and(is_conditions);
                    return if is_cell { Some(At::Cell(&entry.value)) } else { find(&entry.value, offset, steps) };
                }
            }
            None
        }
        NodeKind::List(items) => {
            let item = items.iter().find(|item| item.span.start <= offset && offset < item.span.end)?;
            steps.push(Step::Item);
            find(item, offset, steps)
        }
        NodeKind::Scalar(_) | NodeKind::Null => None,
    }
}

fn is_conditions(step: &Step) -> bool {
    matches!(step, Step::Key(key) if matches!(key.as_str(), "when" | "unless" | "forbid"))
}

fn key(path: &str, source: &Source, steps: &[Step], span: Span) -> Option<Hover> {
    let (Step::Key(name), above) = steps.split_last()? else { return None };
    let about = Document::of(path).key(above, name)?;
    let what = if name == "hit" { hit_policies() } else { about };
    let mut told = Told::of(source.slice(span).trim_matches(['"', '\'']), "a key of the format");
    told.text(&what);
    Some(Hover { markdown: told.finish(), span })
}

/// What the hit policies are; the format has no more to say of `hit`.
fn hit_policies() -> String {
    let words: Vec<String> = crate::rule::HitPolicy::ALL.iter().map(|policy| format!("`{policy}`")).collect();
    format!("What happens when several rules match, or none: {}", words.join(", "))
}

fn cell(meanings: &Meanings, source: &Source, steps: &[Step], node: &Node, within: Within) -> Option<Hover> {
    let Some(Step::Key(column)) = steps.last() else { return None };
    let kind = meanings.kind(&column.split('.').collect::<Vec<_>>(), within)?;
    let cell = Cell::parse_node(node, source, &kind, meanings, &mut Diagnostics::new())?;
    Some(Hover { markdown: in_words(column, &cell, &kind), span: node.span })
}

/// A cell of a table, be it in the decision or in a file beside it.
fn table_cell(bundle: &Bundle, meanings: &Meanings, (path, offset): (&str, usize)) -> Option<Hover> {
    let tables = |doc: &&DecisionDoc| doc.table.is_some() && (doc.path == path || path.ends_with(".csv"));
    for doc in super::documents(bundle).filter(tables) {
        let Some(table) = raw_table(doc, &bundle.files, &mut Diagnostics::new()) else { continue };
        let within = Within::decision(meanings.decision(&doc.name.value));
        for row in &table.text.rows {
            for (heading, cell) in table.text.columns.iter().zip(row) {
                let span = cell.place.span;
                let is_here = cell.place.source.name() == path && span.start <= offset && offset < span.end;
                if !is_here || heading.kind != HeadingKind::Input {
                    continue;
                }
                let kind = meanings.kind(&heading.text.split('.').collect::<Vec<_>>(), within)?;
                let read = Cell::parse_text(&cell.text, &kind, Dialect::Table, meanings).ok()?;
                return Some(Hover { markdown: in_words(&heading.text, &read, &kind), span });
            }
        }
    }
    None
}

fn in_words(column: &str, cell: &Cell, kind: &Kind) -> String {
    let mut told = Told::of(column, &kind.to_string());
    told.text(&match cell {
        Cell::Any => "Holds for every value, also a missing or unknown one.".to_owned(),
        Cell::OneOf(_) => format!("Holds when it is: {}.", cell.describe()),
    });
    told.finish()
}

/// Bounds in cells, to be told and not to be asked.
impl CellNames for Meanings {
    fn param(&self, path: &str) -> Option<(usize, Kind)> {
        let params = &self.outline.catalog.params;
        let number = params.find(path)?;
        params.list.get(number).map(|param| (number, param.kind.clone()))
    }
}
