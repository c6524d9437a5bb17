//! Names in the templates of letters: what they print, and the items of lists that they walk.

use super::collecting::Collecting;
use super::name::{Name, NameKind, Role};
use super::tokens::{Sort, Token, chains, tokens};
use crate::bundle::LetterDoc;
use crate::letter::{Shape, VARIABLES, Variable};
use crate::text::Span;
use std::collections::BTreeMap;

/// The names in a template.
pub(super) fn letter(doc: &LetterDoc, found: &mut Collecting<'_>) {
    let text = doc.source.text();
    let mut items = Items::new();
    for (start, inside) in tags(text) {
        for (span, name) in names_in(inside, &mut items) {
            let span = Span::new(start + span.start, start + span.end);
            found.note(&doc.source, span, Name::alone(NameKind::LetterFact, name), Role::Reads);
        }
    }
}

/// What stands between `{{ }}` and `{% %}`, and where it begins.
pub(super) fn tags(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{").into_iter().chain(rest.find("{%")).min()) {
        let start = at + open + 2;
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find("}}").into_iter().chain(rest.find("%}")).min().unwrap_or(rest.len());
        found.push((start, rest.get(..length).unwrap_or("")));
        at = start + length;
    }
    found
}

/// What the names of loops stand for: the list, and the fields of an item.
pub(super) type Items<'t> = BTreeMap<&'t str, &'static Variable>;

/// The variables in a tag, each by its path: `lines`, and `lines.billed` for a field of an item of it.
pub(super) fn names_in<'t>(inside: &'t str, items: &mut Items<'t>) -> Vec<(Span, String)> {
    let tokens = tokens(inside);
    let mut found = Vec::new();
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token: &Token<'_>| token.is(word));
    let walks = is(0, "for") && is(2, "in");
    for chain in chains(&tokens) {
        let at = chain.tokens.start;
        let is_filter = at.checked_sub(1).is_some_and(|before| is(before, "|"));
        let is_word = at == 0 && matches!(chain.first(), "if" | "elif" | "else" | "endif" | "for" | "endfor");
        if is_filter || is_word || (walks && at == 1) {
            continue;
        }
        let Some((first, place)) = chain.segments.first() else { continue };
        let span = |range: &std::ops::Range<usize>| Span::new(range.start, range.end);
        if let (Some(list), Some((field, place))) = (items.get(first), chain.segments.get(1)) {
            found.push((span(place), format!("{}.{field}", list.name)));
        } else if let Some(variable) = VARIABLES.iter().find(|variable| variable.name == *first) {
            found.push((span(place), variable.name.to_owned()));
        }
    }
    if walks
        && let (Some(item), Some(list)) = (tokens.get(1).filter(|item| item.sort == Sort::Word), tokens.get(3))
        && let Some(list) = VARIABLES.iter().find(|variable| variable.name == list.text)
        && matches!(list.shape, Shape::Items(_))
    {
        items.insert(item.text, list);
    }
    found
}
