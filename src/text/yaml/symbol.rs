//! Symbols of the table notation in YAML, where the word form is wanted, and how they are put right.

use std::collections::BTreeMap;

use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::fix::{Edit, Fix};
use crate::text::source::{Source, Span};

use super::finding::{Repair, brief};

/// A bare `> 30` or `>= 100`: YAML reads the `>` as the beginning of a block of text.
pub(super) fn comparison(source: &Source, at: usize, in_flow: bool) -> Repair {
    let span = Span::new(at, at + plain_length(source.text(), at, in_flow));
    let written = source.slice(span);
    let operand = written.trim_start_matches(['>', '=', '-', '+']).trim_start();
    let is_comparison = written.starts_with(">=") || operand.starts_with(|c: char| c.is_ascii_digit() || c == '$');
    let words = word_form(written).unwrap_or_else(|| written.to_owned());
    let message = format!("YAML reads the `>` of `{}` as the beginning of a block of text", brief(written));
    let help = if is_comparison {
        format!("write `{}`", brief(&words))
    } else {
        format!("for a comparison write `{}`; a block of text begins on the line below its `>`", brief(&words))
    };
    Repair {
        problem: Diagnostic::error(Code::SymbolInYaml, source, span, message)
            .help(help)
            .fix(in_words(source, span, &words).filter(|_| is_comparison)),
        replace: vec![(at, "_")],
        reading: Some((at, words)),
    }
}

/// A bare `>5` on its own, which YAML takes for the header of an empty block: the span is that of the header.
pub(super) fn empty_block(source: &Source, header: Span) -> Option<(Diagnostic, String)> {
    let written = source.slice(header);
    if !written.starts_with('>') || !written.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words = word_form(written)?;
    let message = format!("YAML reads `{written}` as the beginning of a block of text");
    let problem = Diagnostic::error(Code::SymbolInYaml, source, header, message).help(format!("write `{words}`"));
    Some((problem.fix(in_words(source, header, &words)), words))
}

/// The words in the place of a symbol, where they need no quotes.
fn in_words(source: &Source, span: Span, words: &str) -> Option<Fix> {
    Fix::plain(&source.place(span), words).map(Fix::safe)
}

/// A text put into quotes, where it stands on one line.
pub(super) fn in_quotes(source: &Source, span: Span) -> Option<Fix> {
    let written = source.slice(span);
    let quoted =
        if written.contains(['"', '\\']) { format!("'{}'", written.replace('\'', "''")) } else { format!("\"{written}\"") };
    let is_line = !written.contains(char::is_control) && !written.is_empty();
    is_line.then(|| Fix::new("put it in quotes", vec![Edit::at(source, span, quoted)]).safe())
}

/// What takes a text away, with the blanks behind it.
pub(super) fn removed(source: &Source, span: Span) -> Fix {
    let blanks = source.text().get(span.end..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
    Fix::new("remove it", vec![Edit::at(source, Span::new(span.start, span.end + blanks), "")])
}

/// A value that begins with a character that YAML keeps for itself.
pub(super) fn reserved(source: &Source, at: usize, c: char, in_flow: bool) -> Repair {
    let length = plain_length(source.text(), at, in_flow);
    let written = source.slice(Span::new(at, at + length));
    let written = written.split(": ").next().unwrap_or(written);
    let span = Span::new(at, at + written.len());
    let message = if c == '`' {
        "a text may not begin with a backtick in YAML".to_owned()
    } else {
        format!("a text may not begin with `{c}` in YAML")
    };
    let help = format!("put it in quotes: `{}`", quoted(written));
    Repair {
        problem: Diagnostic::error(Code::SymbolInYaml, source, span, message).help(help).fix(in_quotes(source, span)),
        replace: vec![(at, "_")],
        reading: Some((at, written.to_owned())),
    }
}

/// A control character in the value that begins at `at`: one finding for all that are like it.
pub(super) fn control(source: &Source, at: usize, c: char) -> Repair {
    let found = at + source.text().get(at..).and_then(|rest| rest.find(c)).unwrap_or(0);
    let span = Span::new(found, found + c.len_utf8());
    let message = format!("an invisible control character (U+{:04X}) stands in the text", u32::from(c));
    let all = source.text().match_indices(c).map(|(at, _)| Edit::at(source, Span::new(at, at + c.len_utf8()), ""));
    let fix = Fix::new("remove it everywhere", all.collect()).safe();
    Repair {
        problem: Diagnostic::error(Code::Syntax, source, span, message).help("remove it").fix(fix),
        replace: masks(source, Span::new(0, source.text().len()), c, "_"),
        reading: None,
    }
}

/// A `!` that the parser cannot even read as a tag.
pub(super) fn bad_tag(source: &Source, at: usize, in_flow: bool) -> Repair {
    let line = Span::new(at, at + plain_length(source.text(), at, false));
    let mut span = Span::new(at, at + plain_length(source.text(), at, in_flow));
    let mut replace = vec![(at, "_")];
    // `!(gold, silver)` between brackets: its commas would cut it.
    if let Some(close) = source.slice(line).find(')').filter(|_| source.slice(span).contains('(')) {
        span = span.to(Span::new(at, at + close + 1));
        replace.extend(masks(source, span, ',', ";"));
    }
    let written = source.slice(span);
    let words = word_form(written).unwrap_or_else(|| written.to_owned());
    Repair { problem: tag(source, span, &words), replace, reading: Some((at, words)) }
}

/// Replacements for all places of a character in a span.
pub(super) fn masks(source: &Source, span: Span, c: char, with: &'static str) -> Vec<(usize, &'static str)> {
    source.slice(span).match_indices(c).map(|(found, _)| (span.start + found, with)).collect()
}

/// The finding about a tag that stands for a negation.
pub(super) fn tag(source: &Source, span: Span, words: &str) -> Diagnostic {
    let message = format!("YAML reads the `!` of `{}` as a tag, not as a negation", brief(source.slice(span)));
    Diagnostic::error(Code::SymbolInYaml, source, span, message)
        .help(format!("write `{}`", brief(words)))
        .fix(in_words(source, span, words).filter(|_| !words.contains("...")))
}

/// The finding about a tag that stands for nothing.
pub(super) fn refused_tag(source: &Source, tag: Span) -> Diagnostic {
    let message = format!("`{}` is a YAML tag, and tags are refused", brief(source.slice(tag)));
    Diagnostic::error(Code::YamlFeature, source, tag, message)
        .help("remove it; a negation is written with the word `not`, a text that begins with `!` wants quotes")
        .fix(removed(source, tag))
}

/// An interval that begins with the square bracket at `at`: `[10..50)`, also `[10..50]` between numbers.
pub(super) fn interval(source: &Source, at: usize) -> Option<Repair> {
    let inside = source.text().get(at + 1..)?;
    let length = inside.find([',', '[', ']', '{', '}', '(', ')', '\n', '"', '\''])?;
    let close = inside.get(length..length + 1)?;
    let (low, high) = inside.get(..length)?.split_once("..")?;
    let is_interval = match close {
        ")" => is_bound(low) || is_bound(high),
        "]" => is_bound(low) && is_bound(high),
        _ => false,
    };
    is_interval.then(|| {
        let end = at + 1 + length;
        interval_repair(source, Span::new(at, end + 1), (low, high), vec![(at, "("), (end, ")")])
    })
}

/// An interval `(10..50]` inside brackets, where its own bracket closes theirs: the span is that of `(10..50`.
pub(super) fn interval_open_left(source: &Source, span: Span) -> Option<Repair> {
    let rest = source.text().get(span.end..)?;
    let (low, high) = source.slice(span).strip_prefix('(')?.split_once("..")?;
    let is_interval = rest.starts_with(']') && is_bound(low) && is_bound(high);
    is_interval.then(|| interval_repair(source, Span::new(span.start, span.end + 1), (low, high), vec![(span.end, ")")]))
}

/// An interval in a span where the brackets do not fit, which may be why; not one that is repaired already.
pub(super) fn missed_interval(source: &Source, within: Span, repaired: &BTreeMap<usize, String>) -> Option<Repair> {
    let brackets = source.slice(within).match_indices('[').map(|(found, _)| within.start + found);
    brackets.filter(|at| !repaired.contains_key(at)).find_map(|at| interval(source, at))
}

fn interval_repair(source: &Source, span: Span, (low, high): (&str, &str), replace: Vec<(usize, &'static str)>) -> Repair {
    let written = source.slice(span);
    let (low, high) = (low.trim(), high.trim());
    let words = match (written.starts_with('['), written.ends_with(']')) {
        (true, true) => format!("{low} to {high}"),
        (from_included, to_included) => {
            let from = if from_included { "at least" } else { "over" };
            let to = if to_included { "at most" } else { "under" };
            format!("{from} {low} and {to} {high}")
        }
    };
    let message = format!("YAML reads the brackets of the interval `{}` as a list", brief(written));
    let help = format!("write `{words}`");
    Repair {
        problem: Diagnostic::error(Code::SymbolInYaml, source, span, message).help(help).fix(in_words(source, span, &words)),
        replace,
        reading: Some((span.start, words)),
    }
}

fn is_bound(text: &str) -> bool {
    let text = text.trim();
    text.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with("params.")
        || text.is_empty()
}

/// The words for a cell that begins with a symbol.
pub(super) fn word_form(written: &str) -> Option<String> {
    const FORMS: [(&str, &str); 7] =
        [(">=", "at least"), ("<=", "at most"), ("!=", "not"), (">", "over"), ("<", "under"), ("!", "not"), ("==", "")];
    let (symbol, words) = FORMS.iter().find(|(symbol, _)| written.starts_with(symbol))?;
    let operand = written.get(symbol.len()..)?.trim();
    (!operand.is_empty()).then(|| format!("{words} {operand}").trim_start().to_owned())
}

/// A text in the quotes that need no escapes in it, if there are such.
pub(super) fn quoted(text: &str) -> String {
    let shown = brief(text);
    if shown.contains('"') || shown.contains('\\') { format!("'{}'", shown.replace('\'', "''")) } else { format!("\"{shown}\"") }
}

/// How many bytes from `at` a value without quotes takes on its line.
pub(super) fn plain_length(text: &str, at: usize, in_flow: bool) -> usize {
    let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let line = line.split(" #").next().unwrap_or("");
    let line = if in_flow { line.split([',', '[', ']', '{', '}']).next().unwrap_or("") } else { line };
    let length = line.trim_end().len();
    if length > 0 { length } else { text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8) }
}
