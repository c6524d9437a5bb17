//! What a letter may say between its braces.

use super::proposals::{Proposals, in_expression};
use super::{Completion, CompletionKind, Here};
use crate::authoring::names::letters::{Items, names_in, tags};
use crate::letter::{FILTERS, Shape, VARIABLES};

/// Proposals in a template.
pub(super) fn propose(here: &Here<'_>) -> Vec<Completion> {
    let before = here.before();
    let open = before.rfind("{{").into_iter().chain(before.rfind("{%")).max();
    let Some(open) = open.filter(|open| {
        let inside = before.get(*open..).unwrap_or("");
        !inside.contains("}}") && !inside.contains("%}")
    }) else {
        return Vec::new();
    };
    let mut items = Items::new();
    for (_, inside) in tags(before) {
        names_in(inside, &mut items);
    }
    let word = here.word(open + 2, in_expression);
    let behind = before.get(open + 2..word.start).unwrap_or("").trim_end();
    let mut list = Proposals::of(here, word);
    if behind.ends_with('|') {
        for filter in FILTERS {
            list.add(CompletionKind::Function, filter, "a filter", "");
        }
        return list.finish();
    }
    if before.get(open..).is_some_and(|tag| tag.starts_with("{%")) && behind.is_empty() {
        for word in ["if", "elif", "else", "endif", "for", "endfor"] {
            list.add(CompletionKind::Key, word, "", "");
        }
        return list.finish();
    }
    for (item, of) in &items {
        list.add(CompletionKind::Variable, item, format!("one of `{}`", of.name), of.about);
        if let Shape::Items(fields) = of.shape {
            for field in fields {
                list.add(CompletionKind::Variable, &format!("{item}.{}", field.name), field.shape.describe(), field.about);
            }
        }
    }
    for variable in VARIABLES {
        let always = if variable.always { "" } else { ", not in every case" };
        list.add(CompletionKind::Variable, variable.name, format!("{}{always}", variable.shape.describe()), variable.about);
    }
    list.finish()
}
