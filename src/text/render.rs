//! Findings as text for people and as JSON for programs.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::fix::{Edit, Fix};
use super::source::{Place, Source, Span};

/// How wide a marked line of text is shown, in columns.
const LINE_COLUMNS_MAX: usize = 120;
/// A line longer than this, in bytes, is cut around its mark before it is looked at any closer.
const LINE_BYTES_MAX: usize = 2_000;
/// How much of a cut line stays on each side of its mark, in bytes.
const CONTEXT_BYTES_MAX: usize = 400;
/// A mark over more lines than this only shows its first one.
const MARKED_LINES_MAX: usize = 8;
/// A label at most this many lines away is shown in one picture with the place of the finding.
const LABEL_LINES_MAX: usize = 40;

/// All findings as a person reads them, each with its place marked in the text, and a line that sums them up.
///
/// In the order given; [`Diagnostics::sort`] orders by place. Empty when nothing was found. With `colour`, ANSI escape codes
/// are added; control characters in what the author wrote never reach the terminal.
#[must_use]
pub fn render_all(diagnostics: &Diagnostics, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(LINE_COLUMNS_MAX);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&render(&renderer, diagnostic));
        text.push_str("\n\n");
    }
    text.push_str(&summary(diagnostics));
    text.push('\n');
    text
}

/// The picture of a finding alone, as lines: the marked text and the help, without what is said about it.
pub(crate) fn picture(diagnostic: &Diagnostic) -> Vec<String> {
    let renderer = Renderer::plain().term_width(LINE_COLUMNS_MAX);
    render(&renderer, diagnostic).lines().skip(1).map(str::to_owned).collect()
}

/// All findings as a JSON array, in the order given.
///
/// Each is `{code, severity, message, help, file, line, column, end_line, end_column, path, labels}`; `labels` are
/// `{text, file, line, column, end_line, end_column}`. Lines and columns count from 1, columns in characters, the end is
/// the first place behind the mark. What a finding does not have is `null`. A finding that was weighed has a `weight` of
/// `{cases, of, disputed}`, and the same in words as `weight_told`. A finding that a program can mend has `fixes`, each
/// `{title, safe, edits}`; an edit is `{file, line, column, end_line, end_column, text}`: the text that is to stand there instead.
#[must_use]
pub fn to_json(diagnostics: &Diagnostics) -> Value {
    diagnostics.iter().map(one_to_json).collect()
}

fn one_to_json(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    };
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let place = Position::of(Some(&label.place));
            json!({
                "text": label.text,
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "end_line": place.end_line,
                "end_column": place.end_column,
            })
        })
        .collect();
    let place = Position::of(diagnostic.place.as_ref());
    let mut finding = json!({
        "code": diagnostic.code.to_string(),
        "severity": severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "path": Some(&diagnostic.path).filter(|path| !path.is_empty()),
        "labels": labels,
    });
    if let (Some(weight), Some(finding)) = (&diagnostic.weight, finding.as_object_mut()) {
        finding.insert("weight".to_owned(), json!({"cases": weight.cases, "of": weight.of, "disputed": weight.disputed}));
        finding.insert("weight_told".to_owned(), json!(weight.told()));
    }
    let fixes: Vec<Value> = diagnostic.fixes.iter().map(fix_to_json).collect();
    if let (false, Some(finding)) = (fixes.is_empty(), finding.as_object_mut()) {
        finding.insert("fixes".to_owned(), fixes.into());
    }
    finding
}

fn fix_to_json(fix: &Fix) -> Value {
    let edit = |edit: &Edit| {
        let place = Position::of(Some(&edit.place));
        json!({
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
            "text": edit.text,
        })
    };
    json!({"title": fix.title, "safe": fix.is_safe, "edits": fix.edits.iter().map(edit).collect::<Vec<_>>()})
}

/// A place in numbers, or nothing.
#[derive(Default)]
struct Position<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

impl<'a> Position<'a> {
    fn of(place: Option<&'a Place>) -> Self {
        let Some(place) = place else { return Self::default() };
        let (line, column) = place.line_column();
        let (end_line, end_column) = place.source.line_column(place.span.end);
        Self {
            file: Some(place.source.name()),
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
        }
    }
}

fn summary(diagnostics: &Diagnostics) -> String {
    let count = |severity, one: &str, many: &str| match diagnostics.iter().filter(|each| each.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Advice, "note", "notes"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn render(renderer: &Renderer, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.to_string());
    let mut group = Group::with_title(title);
    let help = diagnostic.help.as_deref().map(visible);
    let weight = diagnostic.weight.as_ref().map(|weight| visible(&weight.told()));
    let Some(place) = &diagnostic.place else {
        let mut text = renderer.render(&[group]);
        for (word, line) in [("help", help), ("note", weight)] {
            text.extend(line.map(|line| format!("\n  = {word}: {line}")));
        }
        return text;
    };
    let pictures = pictures(place, diagnostic);
    for picture in &pictures {
        group = group.element(picture.snippet());
    }
    if let Some(help) = help {
        group = group.element(Level::HELP.message(help));
    }
    if let Some(weight) = weight {
        group = group.element(Level::NOTE.message(weight));
    }
    let mut text = renderer.render(&[group]);
    for picture in &pictures {
        picture.correct_column(&mut text);
    }
    text
}

/// A part of a source that is shown, with marks in it.
struct Picture<'a> {
    source: &'a Source,
    /// The part of the source, whole lines unless it is cut.
    window: Span,
    /// Its line began before it.
    is_cut: bool,
    marks: Vec<Mark<'a>>,
}

/// A mark in a picture.
struct Mark<'a> {
    span: Span,
    /// Absent for the place of the finding itself.
    label: Option<&'a str>,
}

/// Stands for the part of a line that is cut off.
const CUT: &str = "...";

/// The place of a finding with the labels near it, then the labels elsewhere.
fn pictures<'a>(place: &'a Place, diagnostic: &'a Diagnostic) -> Vec<Picture<'a>> {
    let (line, _) = place.line_column();
    let mut first = vec![Mark { span: place.span, label: None }];
    let mut others = Vec::new();
    for label in &diagnostic.labels {
        let mark = Mark { span: label.place.span, label: Some(&label.text) };
        let distance = label.place.line_column().0.abs_diff(line);
        let near = label.place.source == place.source && distance <= LABEL_LINES_MAX;
        let around = place.span.to(label.place.span);
        if near && around.end - around.start <= LINE_BYTES_MAX {
            first.push(mark);
        } else {
            others.push(Picture::new(&label.place.source, vec![mark]));
        }
    }
    let mut all = vec![Picture::new(&place.source, first)];
    all.extend(others);
    all
}

impl<'a> Picture<'a> {
    fn new(source: &'a Source, mut marks: Vec<Mark<'a>>) -> Self {
        let text = source.text();
        for mark in &mut marks {
            mark.span = fitting(text, mark.span);
        }
        let marked = marks.iter().map(|mark| mark.span).reduce(Span::to).unwrap_or_default();
        let start = line_start(text, marked.start);
        let end = line_end(text, marked.end);
        let is_one_line = line_end(text, marked.start) >= marked.end;
        let (from, to) = if is_one_line && end - start > LINE_BYTES_MAX {
            let from = floor(text, marked.start.saturating_sub(CONTEXT_BYTES_MAX)).max(start);
            let to = floor(text, (marked.end + CONTEXT_BYTES_MAX).min(from + LINE_BYTES_MAX)).min(end);
            (from, to)
        } else {
            (start, end)
        };
        let window = Span::new(from, from + source.slice(Span::new(from, to)).trim_end_matches('\r').len());
        for mark in &mut marks {
            mark.span = Span::new(mark.span.start.min(window.end), mark.span.end.min(window.end));
        }
        Self { source, window, is_cut: from > start, marks }
    }

    fn snippet(&self) -> Snippet<'a, Annotation<'a>> {
        let shift = self.shift();
        let text = plain(self.source.slice(self.window));
        let text = if self.is_cut { format!("{CUT}{text}") } else { text };
        let (line, _) = self.source.line_column(self.window.start);
        Snippet::source(text).path(self.name()).line_start(line).annotations(self.marks.iter().map(|mark| {
            let span = mark.span.start - self.window.start + shift..mark.span.end - self.window.start + shift;
            match mark.label {
                None => AnnotationKind::Primary.span(span),
                Some(label) => AnnotationKind::Context.span(span).label(visible(label).replace('\n', " ")),
            }
        }))
    }

    fn shift(&self) -> usize {
        if self.is_cut { CUT.len() } else { 0 }
    }

    fn name(&self) -> String {
        if self.source.name().is_empty() { "(text)".to_owned() } else { visible(self.source.name()) }
    }

    /// The renderer counts columns from the beginning of what it is shown, which in a cut line is not column 1.
    fn correct_column(&self, text: &mut String) {
        let Some(mark) = self.marks.first().filter(|_| self.is_cut) else { return };
        let (line, column) = self.source.line_column(mark.span.start);
        let shown = self.source.slice(Span::new(self.window.start, mark.span.start)).chars().count() + self.shift() + 1;
        let name = self.name();
        *text = text.replacen(&format!("{name}:{line}:{shown}"), &format!("{name}:{line}:{column}"), 1);
    }
}

/// The span within the text, on character boundaries, and not over too many lines.
fn fitting(text: &str, span: Span) -> Span {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let is_long = text.get(start..end).is_some_and(|marked| marked.lines().nth(MARKED_LINES_MAX).is_some());
    Span::new(start, if is_long { line_end(text, start) } else { end })
}

/// The last character boundary that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline)
}

/// Without characters that a terminal would obey.
fn visible(text: &str) -> String {
    text.chars().map(|c| if steers(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The same for a text with marks, whose bytes stay where they are. The renderer itself leaves in what has two bytes.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c.len_utf8() == '\u{bf}'.len_utf8() { '\u{bf}' } else { c }).collect()
}

/// Would a terminal obey this character, or turn the direction of what follows it?
pub(crate) fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
