//! What a condition may say, by the kind of what it looks at.

use super::proposals::{Proposals, in_path, params};
use super::{Completion, CompletionKind, Here};
use crate::rule::{CELL_STATES, comparison_words};
use crate::text::Span;
use crate::value::Kind;

/// Proposals for a cell that begins at an offset, for a column of a kind.
pub(super) fn propose(here: &Here<'_>, start: usize, kind: &Kind) -> Vec<Completion> {
    let begun = here.text.get(start..here.offset).unwrap_or("");
    // Behind a comma of a table an alternative begins anew.
    let (start, begun) = begun.rfind(',').map_or((start, begun), |at| (start + at + 1, begun.get(at + 1..).unwrap_or("")));
    let spaces = begun.len() - begun.trim_start().len();
    let (start, begun) = (start + spaces, begun.trim_start());
    let is_time = matches!(kind, Kind::Date | Kind::DateTime);
    let behind_word = comparison_words(is_time).find(|word| begun.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    let behind_word = behind_word.or_else(|| begun.starts_with("not ").then_some("not"));
    match behind_word {
        Some(word) => {
            let mut list = Proposals::of(here, here.word(start + word.len(), in_path));
            values(kind, &mut list);
            params(here, &mut list, |param| fits(kind, param));
            list.finish()
        }
        None => {
            // A comparison has several words, and is replaced as a whole.
            let word = Span::new(start, here.word(start, in_path).end);
            let mut list = Proposals::of(here, word);
            values(kind, &mut list);
            if is_ordered(kind) {
                let compared = list_of(kind);
                for word in comparison_words(is_time) {
                    list.add_as(CompletionKind::Value, word, &format!("{word} "), format!("a condition on {compared}"), "");
                }
            }
            list.add_as(CompletionKind::Value, "not", "not ", "known and something else", "");
            for (state, about) in CELL_STATES {
                if state != "empty" || matches!(kind, Kind::List(_)) {
                    list.add(CompletionKind::Value, state, about, "");
                }
            }
            list.finish()
        }
    }
}

/// The values of a kind that has a closed list of them.
pub(super) fn values(kind: &Kind, list: &mut Proposals<'_>) {
    match kind {
        Kind::Enum(names) => {
            let count = names.names.len();
            for (at, name) in names.names.iter().enumerate() {
                let detail =
                    if names.ordered { format!("{} of {count}, from the least to the most", at + 1) } else { String::new() };
                list.add(CompletionKind::Value, name, detail, "");
            }
        }
        Kind::Boolean => ["true", "false"].into_iter().for_each(|word| list.add(CompletionKind::Value, word, "", "")),
        Kind::List(item) => values(item, list),
        _ => {}
    }
}

fn list_of(kind: &Kind) -> &Kind {
    if let Kind::List(item) = kind { item } else { kind }
}

fn is_ordered(kind: &Kind) -> bool {
    list_of(kind).is_ordered()
}

/// May a parameter of this kind bound a column of that kind?
fn fits(column: &Kind, param: &Kind) -> bool {
    let column = list_of(column);
    column == param || (column.is_number() && param.is_number()) || (matches!(column, Kind::Enum(_)) && *param == Kind::Text)
}
