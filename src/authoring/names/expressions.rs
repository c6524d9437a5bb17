//! Names in expressions, in reasons, and in conditions.

use super::collecting::{Collecting, segments};
use super::meaning::{Meanings, Within};
use super::name::{Name, NameKind, Role};
use super::tokens::{chains, locals, tokens};
use super::values::{Closed, values};
use crate::bundle::{BecauseDoc, Formula, Written};
use crate::script::Functions;
use crate::text::{Alignment, Node, NodeKind, Place, Source, Span};

/// What stands in `let`, `then`, `otherwise`, `value`, `at` or `instead`.
pub(super) fn formula(written: &Written<Formula>, within: Within, found: &mut Collecting<'_>) {
    if let Formula::Expression(text) = &written.value {
        expression(text, &written.place, within, found);
    }
}

/// An expression: what follows a `=`, or a parameter alone.
fn expression(text: &str, place: &Place, within: Within, found: &mut Collecting<'_>) {
    // The `=` was taken off, and stands in the file.
    let behind_sign = format!("={text}");
    let aligned = Alignment::of(&behind_sign, place).map(|alignment| (alignment, 1));
    let aligned = aligned.or_else(|| Alignment::of(text, place).map(|alignment| (alignment, 0)));
    // In a CSV file the name of a `let` stands in braces.
    let aligned = aligned.or_else(|| Alignment::of(&format!("{{{text}}}"), place).map(|alignment| (alignment, 1)));
    let Some((alignment, before)) = aligned else { return };
    for (span, name) in names_in(text, within, found.meanings) {
        if let Some(span) = alignment.span(Span::new(span.start + before, span.end + before)) {
            found.note(&place.source, span, name, Role::Reads);
        }
    }
}

/// The names in the text of an expression, and where they stand in it.
pub(super) fn names_in(text: &str, within: Within, meanings: &Meanings) -> Vec<(Span, Name)> {
    let tokens = tokens(text);
    let locals = locals(&tokens);
    let mut found = Vec::new();
    for chain in chains(&tokens) {
        if let Some((name, at)) = chain.call()
            && let Some(function) = function(name, &meanings.functions)
        {
            found.push((Span::new(at.start, at.end), function));
        }
        if locals.contains(&chain.first()) {
            continue;
        }
        let path: Vec<&str> = chain.path().iter().map(|(text, _)| *text).collect();
        for (name, used) in meanings.spell(&path, within) {
            let ends = chain.segments.get(used.start).zip(chain.segments.get(used.end.saturating_sub(1)));
            if let Some(((_, first), (_, last))) = ends {
                found.push((Span::new(first.start, last.end), name));
            }
        }
    }
    found
}

/// A function that the engine has.
pub(super) fn function(name: &str, functions: &Functions) -> Option<Name> {
    let known = functions.get(name).is_some() || Functions::script_only().iter().any(|each| each.name == name);
    known.then(|| Name::alone(NameKind::Function, name))
}

/// A reason, in each of its languages.
pub(super) fn because(doc: Option<&BecauseDoc>, within: Within, found: &mut Collecting<'_>) {
    for (_, text) in doc.map_or(&[][..], |doc| &doc.texts) {
        template(&text.value, &text.place, within, found);
    }
}

/// A text in which `{name}` stands for a value, and `{{` for a brace.
pub(super) fn template(text: &str, place: &Place, within: Within, found: &mut Collecting<'_>) {
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let inside = text.get(open + 1..).unwrap_or("");
        if inside.starts_with('{') {
            at = open + 2;
            continue;
        }
        let Some(end) = inside.find('}') else { return };
        let name = inside.get(..end).unwrap_or("");
        let spelled = found.meanings.spell(&segments(name), within.own_outputs());
        // The alignment is that of the whole text up to here, so that white space is counted as it stands.
        let upto = text.get(..open + 1 + end).unwrap_or("");
        found.spelled(upto, open + 1, place, &spelled, Role::Reads);
        at = open + 1 + end + 1;
    }
}

/// Conditions: what they look at, and the parameters that bound them.
pub(super) fn conditions(when: &[(Written<String>, Node)], within: Within, found: &mut Collecting<'_>) {
    for (name, cell) in when {
        found.path(name, within, Role::Reads);
        bounds(cell, &name.place.source, found);
        let closed = Closed::behind(&name.value, within, found);
        values(cell, &name.place.source, closed.as_ref(), Role::Reads, found);
    }
}

/// The parameters in a cell.
pub(super) fn bounds(cell: &Node, source: &Source, found: &mut Collecting<'_>) {
    match &cell.kind {
        NodeKind::Scalar(scalar) => bounds_in(&scalar.text, &source.place(cell.span), found),
        NodeKind::List(items) => items.iter().for_each(|item| bounds(item, source, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| bounds(&entry.value, source, found)),
        NodeKind::Null => {}
    }
}

/// The parameters in the text of a cell.
pub(super) fn bounds_in(text: &str, place: &Place, found: &mut Collecting<'_>) {
    for chain in chains(&tokens(text)).into_iter().filter(|chain| chain.first() == "params") {
        let path: Vec<&str> = chain.segments.iter().map(|(text, _)| *text).collect();
        let spelled = found.meanings.spell(&path, Within::default());
        let (Some((_, first)), Some((_, last))) = (chain.segments.first(), chain.segments.last()) else { continue };
        found.spelled(text.get(..last.end).unwrap_or(text), first.start, place, &spelled, Role::Reads);
    }
}
