//! What the heads and the cells of tables may say, in a pipe table and in a CSV file.

use super::proposals::{Proposals, in_path, readable};
use super::{Completion, CompletionKind, Here, cell, expression};
use crate::authoring::names::meaning::Within;
use crate::rule::HEADING_WORDS;
use crate::text::Span;

/// Proposals in a pipe table whose block begins at an offset.
pub(super) fn propose(here: &Here<'_>, begin: usize, within: Within) -> Vec<Completion> {
    let block = here.text.get(begin..).unwrap_or("");
    let head = block.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let line_start = here.before().rfind('\n').map_or(0, |at| at + 1);
    let before = here.text.get(line_start..here.offset).unwrap_or("");
    let is_head = here.text.get(begin..line_start).unwrap_or("").trim().is_empty();
    let bars = |text: &str| text.replace("\\|", "  ");
    let shown = bars(before);
    // Before the first bar there is no cell.
    let Some(bar) = shown.rfind('|') else { return Vec::new() };
    let column = shown.matches('|').count() - 1;
    let start = line_start + bar + 1;
    if is_head {
        return heading(here, start, within);
    }
    let heads = bars(head);
    let Some(name) = heads.trim().trim_start_matches('|').split('|').nth(column) else { return Vec::new() };
    in_column(here, name.trim(), start, within)
}

/// Proposals in a CSV file, for the decision that names it.
pub(super) fn propose_csv(here: &Here<'_>) -> Vec<Completion> {
    let name = here.path.rsplit('/').next().unwrap_or(here.path);
    let decisions = here.meanings.outline.decisions.iter().enumerate();
    let reads =
        |doc: &crate::bundle::DecisionDoc| matches!(&doc.table, Some(crate::bundle::TableDoc::File(file)) if file.value == name);
    let Some((number, _)) = decisions.into_iter().find(|(_, doc)| reads(doc)) else { return Vec::new() };
    let within = Within::decision(Some(number));
    let head = here.text.lines().next().unwrap_or("");
    let separator = if head.contains(';') { ';' } else { ',' };
    let line_start = here.before().rfind('\n').map_or(0, |at| at + 1);
    let before = here.text.get(line_start..here.offset).unwrap_or("");
    let (column, start) = column_of(before, separator);
    let start = line_start + start;
    if line_start == 0 {
        return heading(here, start, within);
    }
    let Some(name) = head.split(separator).nth(column) else { return Vec::new() };
    in_column(here, name.trim().trim_matches('"'), start, within)
}

/// In which column a line breaks off, and where the cell begins: a separator in quotes is none.
fn column_of(before: &str, separator: char) -> (usize, usize) {
    let (mut column, mut start, mut quoted) = (0, 0, false);
    for (at, c) in before.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            column += 1;
            start = at + c.len_utf8();
        }
    }
    let is_quoted = before.get(start..).is_some_and(|cell| cell.starts_with('"'));
    (column, start + usize::from(is_quoted))
}

fn heading(here: &Here<'_>, start: usize, within: Within) -> Vec<Completion> {
    let begun = here.text.get(start..here.offset).unwrap_or("");
    let arrow = begun.find("=>").map(|at| start + at + 2);
    let mut list = Proposals::of(here, here.word(arrow.unwrap_or(start), in_path));
    let outputs = within.decision.and_then(|decision| here.meanings.document(decision)).map_or(&[][..], |doc| &doc.outputs);
    if arrow.is_some() {
        for output in outputs {
            list.add(CompletionKind::Output, &output.name.value, output.kind.to_string(), output.about.as_str());
        }
        return list.finish();
    }
    for word in HEADING_WORDS {
        list.add(CompletionKind::Key, word, "a column of every table", "");
    }
    for output in outputs {
        let label = format!("=> {}", output.name.value);
        list.add(CompletionKind::Output, &label, output.kind.to_string(), output.about.as_str());
    }
    readable(here, within, &mut list);
    list.finish()
}

fn in_column(here: &Here<'_>, name: &str, start: usize, within: Within) -> Vec<Completion> {
    let begun = here.text.get(start..here.offset).unwrap_or("");
    let start = start + (begun.len() - begun.trim_start().len());
    if let Some(output) = name.strip_prefix("=>") {
        let doc = within.decision.and_then(|decision| here.meanings.document(decision));
        let kind =
            doc.and_then(|doc| doc.outputs.iter().find(|each| each.name.value == output.trim())).map(|output| &output.kind);
        return expression::formula(here, start, kind, within);
    }
    if name == "because" {
        return expression::reason(here, start, within);
    }
    if HEADING_WORDS.contains(&name) {
        return Vec::new();
    }
    let path: Vec<&str> = name.split('.').collect();
    match here.meanings.kind(&path, within) {
        Some(kind) => {
            let mut found = cell::propose(here, start, &kind);
            if here.typed(Span::new(start, here.offset)).is_empty() {
                found.extend(any(here));
            }
            found
        }
        None => Vec::new(),
    }
}

/// In a table every value is written `-`.
fn any(here: &Here<'_>) -> Vec<Completion> {
    let mut list = Proposals::of(here, Span::new(here.offset, here.offset));
    list.add(CompletionKind::Value, "-", "every value will do", "");
    list.finish()
}
