//! The parts of a document as lines.

use super::comments::{Comment, line_start};
use super::lines::Lines;
use super::parts::{Part, Shape};
use super::records::Kind;
use super::{scalars, table};
use crate::limits::FORMAT_COLUMNS_MAX;
use crate::text::{NodeKind, Scalar, Source};
use unicode_width::UnicodeWidthStr;

/// Levels are set in by so many columns.
const STEP: usize = 2;

pub(super) struct Writer<'a> {
    pub(super) source: &'a Source,
    pub(super) kind: Kind,
    pub(super) lines: Lines,
}

impl<'a> Writer<'a> {
    /// The whole document.
    pub(super) fn document(&mut self, root: &Part<'a>) {
        self.part(root, 0, &mut Vec::new(), true);
    }

    /// One part: its comments, its blank line, itself. The first part of a collection has no blank line above it.
    fn part(&mut self, part: &Part<'a>, indent: usize, path: &mut Vec<&'a str>, is_first: bool) {
        let mut may_be_blank = !is_first;
        for comment in part.leading.iter().chain(early(part)) {
            if comment.after_blank && comment.has_line && may_be_blank {
                self.lines.blank();
            }
            may_be_blank = true;
            self.lines.comment(indent, &comment.text);
        }
        if part.after_blank && may_be_blank {
            self.lines.blank();
        }
        let key = part.key.map(|key| format!("{}:", scalars::key(&key.text, self.source.slice(key.span), false)));
        match &part.shape {
            Shape::Parts(parts, tail) => self.collection(part, key, (parts, tail), indent, path),
            Shape::Text => self.text(part, key, indent, path),
            Shape::Inline => self.value(part, key, indent, path),
        }
    }

    fn behind(&mut self, part: &Part<'a>) {
        if let Some(comment) = part.behind.last() {
            self.lines.behind(comment);
        }
    }

    /// What stands on one line, or would if there were room.
    fn value(&mut self, part: &Part<'a>, key: Option<String>, indent: usize, path: &mut Vec<&'a str>) {
        let value = scalars::inline(part.node, self.source.text(), false);
        let line = match &key {
            Some(key) if value.is_empty() => key.clone(),
            Some(key) => format!("{key} {value}"),
            None => value,
        };
        if line.split('\n').any(|line| indent + line.width() > FORMAT_COLUMNS_MAX) {
            match &part.node.kind {
                NodeKind::List(items) if !items.is_empty() => {
                    let parts: Vec<Part<'a>> = items.iter().map(|item| bare(None, item)).collect();
                    return self.collection(part, key, (&parts, &[]), indent, path);
                }
                NodeKind::Map(entries) if !entries.is_empty() => {
                    let mut parts: Vec<Part<'a>> = entries.iter().map(|entry| bare(Some(&entry.key), &entry.value)).collect();
                    if let Some(order) = self.kind.order(path) {
                        let place = |part: &Part<'_>| part.key.and_then(|key| order.iter().position(|known| *known == key.text));
                        if parts.iter().all(|part| place(part).is_some()) {
                            parts.sort_by_key(|part| place(part));
                        }
                    }
                    return self.collection(part, key, (&parts, &[]), indent, path);
                }
                NodeKind::Scalar(scalar) if self.source.slice(part.node.span).contains('\n') && !self.kind.is_table(path) => {
                    let width = FORMAT_COLUMNS_MAX.saturating_sub(indent + STEP);
                    if let (Some(key), Some(lines)) = (&key, scalars::folded(&scalar.text, width)) {
                        self.lines.line(indent, &format!("{key} >-"));
                        self.behind(part);
                        for line in lines {
                            self.lines.content(indent + STEP, &line);
                        }
                        return;
                    }
                }
                _ => {}
            }
        }
        let mut lines = line.split('\n');
        self.lines.line(indent, lines.next().unwrap_or_default());
        for line in lines {
            self.lines.content(indent, "");
            if !line.is_empty() {
                self.lines.content(indent + STEP, line);
            }
        }
        self.behind(part);
    }

    fn collection(
        &mut self,
        part: &Part<'a>,
        key: Option<String>,
        (parts, tail): (&[Part<'a>], &[&Comment]),
        indent: usize,
        path: &mut Vec<&'a str>,
    ) {
        let mut inside = indent;
        if let Some(key) = key {
            self.lines.line(indent, &key);
            self.behind(part);
            inside += STEP;
        } else if let Some(comment) = part.behind.last() {
            self.lines.comment(indent, &comment.text);
        }
        let is_list = matches!(part.node.kind, NodeKind::List(_));
        for (number, each) in parts.iter().enumerate() {
            path.push(each.key.map_or("*", |key| key.text.as_str()));
            if is_list {
                self.item(each, inside, path, number == 0);
            } else {
                self.part(each, inside, path, number == 0);
            }
            path.pop();
        }
        for comment in tail {
            if comment.after_blank {
                self.lines.blank();
            }
            self.lines.comment(inside, &comment.text);
        }
    }

    fn item(&mut self, part: &Part<'a>, indent: usize, path: &mut Vec<&'a str>, is_first: bool) {
        let mut may_be_blank = !is_first;
        for comment in part.leading.iter().chain(early(part)) {
            if comment.after_blank && comment.has_line && may_be_blank {
                self.lines.blank();
            }
            may_be_blank = true;
            self.lines.comment(indent, &comment.text);
        }
        if part.after_blank && may_be_blank {
            self.lines.blank();
        }
        self.lines.dash(indent);
        let rest = Part {
            key: part.key,
            node: part.node,
            leading: Vec::new(),
            after_blank: false,
            behind: part.behind.clone(),
            shape: Shape::Inline,
        };
        match &part.shape {
            Shape::Parts(parts, tail) => self.collection(&rest, None, (parts, tail), indent + STEP, path),
            Shape::Text => self.text(&rest, None, indent, path),
            Shape::Inline => self.value(&rest, None, indent + STEP, path),
        }
    }

    /// A block of text, line for line as it was written.
    fn text(&mut self, part: &Part<'a>, key: Option<String>, indent: usize, path: &[&str]) {
        let NodeKind::Scalar(scalar) = &part.node.kind else { return };
        let header = header(self.source.text(), part, scalar);
        let line = key.map_or_else(|| header.clone(), |key| format!("{key} {header}"));
        self.lines.line(indent, &line);
        self.behind(part);
        let lines = if self.kind.is_table(path) { table::aligned(scalar, self.source, part.node.span) } else { None };
        for line in lines.unwrap_or_else(|| content(self.source.text(), part, scalar, header.starts_with('>'))) {
            self.lines.content(indent + STEP, &line);
        }
        if header.ends_with('+') {
            self.lines.keep_blanks();
        }
    }
}

/// Of several comments behind one line all but the last, which have to go before it.
fn early<'p, 'a>(part: &'p Part<'a>) -> &'p [&'a Comment] {
    part.behind.split_last().map_or(&[], |(_, early)| early)
}

/// A part without comments.
fn bare<'a>(key: Option<&'a crate::text::Key>, node: &'a crate::text::Node) -> Part<'a> {
    Part { key, node, leading: Vec::new(), after_blank: false, behind: Vec::new(), shape: Shape::Inline }
}

/// The `|` or `>` that begins a block, with its indicators.
fn header(text: &str, part: &Part<'_>, scalar: &Scalar) -> String {
    if !scalar.text.is_empty() && scalar.text.trim_matches('\n').is_empty() {
        // Nothing but blank lines: only so are they kept.
        return "|+".to_owned();
    }
    let written = if scalar.text.is_empty() {
        text.get(part.node.span.start..part.node.span.end).unwrap_or("|").to_owned()
    } else {
        let above = text.get(..line_start(text, part.node.span.start)).unwrap_or("").trim_end();
        let line = above.get(line_start(above, above.len())..).unwrap_or("");
        let code = line.find(" #").map_or(line, |at| line.get(..at).unwrap_or(line)).trim_end();
        code.rsplit([' ', '\t', ':']).next().unwrap_or("|").to_owned()
    };
    let style = if written.starts_with('>') { ">" } else { "|" };
    let step = if written.contains(|c: char| c.is_ascii_digit()) { "2" } else { "" };
    let ends = scalar.text.ends_with('\n');
    // A text that ends with the file has no line end of its own; the file gets one.
    let chomping = if written.contains('+') && ends {
        "+"
    } else if written.contains('-') || !ends {
        "-"
    } else {
        ""
    };
    format!("{style}{step}{chomping}")
}

/// The lines of a block, without its own indentation.
fn content(text: &str, part: &Part<'_>, scalar: &Scalar, is_folded: bool) -> Vec<String> {
    if !is_folded || scalar.text.trim_matches('\n').is_empty() {
        let lines = scalar.text.strip_suffix('\n').unwrap_or(&scalar.text);
        return if scalar.text.is_empty() { Vec::new() } else { lines.split('\n').map(str::to_owned).collect() };
    }
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let start = line_start(text, part.node.span.start);
    let own = scalar.text.lines().find(|line| !line.trim().is_empty()).map_or(0, spaces);
    let indent = spaces(text.get(start..).unwrap_or("")).saturating_sub(own);
    let before = text.get(..start).unwrap_or("");
    let mut lines = vec![String::new(); before.lines().rev().take_while(|line| line.trim().is_empty()).count()];
    // Where the block ends, and where its last line with anything in it does: blanks that are set in further are part of the text.
    let mut kept = lines.len();
    let mut at = start;
    for line in text.get(start..).unwrap_or("").split('\n') {
        if at > part.node.span.end && !line.trim().is_empty() {
            break;
        }
        at += line.len() + 1;
        lines.push(line.get(indent..).unwrap_or("").to_owned());
        if line.len() > indent {
            kept = lines.len();
        }
    }
    lines.truncate(kept);
    let ends = scalar.text.len() - scalar.text.trim_end_matches('\n').len();
    lines.extend(std::iter::repeat_n(String::new(), ends.saturating_sub(1)));
    lines
}
