//! What an expression, a reason or a literal value may say.

use super::proposals::{Proposals, functions, in_expression, readable};
use super::{Completion, CompletionKind, Here, cell};
use crate::authoring::names::meaning::Within;
use crate::text::Span;
use crate::value::Kind;

/// Proposals inside an expression that begins at an offset, behind its `=`.
pub(super) fn propose(here: &Here<'_>, start: usize, within: Within) -> Vec<Completion> {
    let word = here.word(start, in_expression);
    // What follows a bracket or a call is a field of something without a name.
    let before = here.text.get(start..word.start).unwrap_or("").trim_end();
    if here.typed(word).starts_with('.') || before.ends_with(')') || before.ends_with(']') && here.typed(word).starts_with('.') {
        return Vec::new();
    }
    let mut list = Proposals::of(here, word);
    readable(here, within, &mut list);
    for (moment, about) in [("at", "What time it is"), ("policy_date", "The day whose policy applies")] {
        list.add(CompletionKind::Clock, moment, "", about);
    }
    functions(here, false, &mut list);
    let mut found = list.finish();
    // An expression cannot hold `-` in a name.
    for each in found.iter_mut().filter(|each| each.kind == CompletionKind::Clock) {
        each.label = each.label.replace('-', "_");
        each.insert = each.insert.replace('-', "_");
    }
    found.retain(|each| each.kind != CompletionKind::Pack || !each.insert.contains('-'));
    found
}

/// Proposals for the value of an output or a `let`: a literal of its kind, or an expression.
pub(super) fn formula(here: &Here<'_>, start: usize, kind: Option<&Kind>, within: Within) -> Vec<Completion> {
    let written = here.text.get(start..here.offset).unwrap_or("");
    let unquoted = written.trim_start().trim_start_matches(['"', '\'']).trim_start();
    if let Some(expression) = unquoted.strip_prefix('=') {
        return propose(here, here.offset - expression.len(), within);
    }
    let mut list = Proposals::of(here, here.word(start, in_expression));
    if let Some(kind) = kind {
        cell::values(kind, &mut list);
        list.add(CompletionKind::Value, "missing", "no value", "");
    }
    super::proposals::params(here, &mut list, |param| kind.is_none_or(|kind| kind.takes(param)));
    list.finish()
}

/// Proposals inside the braces of a reason.
pub(super) fn reason(here: &Here<'_>, start: usize, within: Within) -> Vec<Completion> {
    let written = here.text.get(start..here.offset).unwrap_or("");
    let Some(open) = written.rfind('{').filter(|open| !written.get(*open..).unwrap_or("").contains('}')) else {
        return Vec::new();
    };
    let braces = written.get(..=open).map_or(0, |before| before.len() - before.trim_end_matches('{').len());
    if braces % 2 == 0 {
        return Vec::new();
    }
    let inside = start + open + 1;
    let mut list = Proposals::of(here, Span::new(here.word(inside, in_expression).start, here.word(inside, in_expression).end));
    readable(here, within.own_outputs(), &mut list);
    list.followed_by("}", here)
}
