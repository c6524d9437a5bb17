//! Text that comes from the case, such as the number of a line: quoted as it is, and told apart from what we say.
//!
//! Whoever wrote it, it was not us. So a phrase that no letter of ours may hold does no harm in it, and keeps no customer from getting
//! their letter; a name of ours is left out of it all the same.

use super::locale::Language;
use super::names::Names;
use super::prose::Prose;
use crate::text::Span;

/// Stand around a quotation until the letter is finished. No text of a case and no template can hold them.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';
/// Stands for a name that is left out.
const LEFT_OUT: &str = "…";

/// Is it a mark that only the writing of letters may set?
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, OPEN | CLOSE)
}

/// A text of the case without the names; nothing where nothing else is left.
pub(crate) fn without_names(text: &str, names: &Names) -> Option<String> {
    let mut text = text.to_owned();
    let mut all: Vec<(&String, bool)> = names.people.iter().map(|name| (name, true)).collect();
    all.extend(names.teams.iter().map(|name| (name, false)));
    // A whole name before its parts.
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, with_case) in all {
        // From the end, so that the places before stay where they are.
        for span in Prose::of(&text, 0).places_of(name, with_case).into_iter().rev() {
            if text.is_char_boundary(span.start) && text.is_char_boundary(span.end) {
                text.replace_range(span.start..span.end, LEFT_OUT);
            }
        }
    }
    text.contains(char::is_alphanumeric).then_some(text)
}

/// A text as it is quoted: what is more than one word stands in quotation marks.
pub(crate) fn quoted(text: &str, language: Language) -> String {
    let (before, after) = match language {
        _ if !text.contains(char::is_whitespace) => ("", ""),
        Language::Spanish => ("«", "»"),
        Language::English | Language::Portuguese => ("“", "”"),
    };
    format!("{OPEN}{before}{text}{after}{CLOSE}")
}

/// A finished text without the marks, and where its quotations stand.
pub(crate) fn unmarked(text: &str) -> (String, Vec<Span>) {
    let mut clean = String::with_capacity(text.len());
    let mut quotations: Vec<Span> = Vec::new();
    let mut open = None;
    for c in text.chars() {
        match c {
            OPEN => open = Some(clean.len()),
            CLOSE => quotations.extend(open.take().map(|start| Span::new(start, clean.len()))),
            c => clean.push(c),
        }
    }
    (clean, quotations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_quotation_is_marked_and_found_again() {
        let text = format!("line {} and {}.", quoted("17", Language::English), quoted("any inconvenience", Language::Spanish));
        let (clean, spans) = unmarked(&text);
        assert_eq!(clean, "line 17 and «any inconvenience».");
        let found: Vec<&str> = spans.iter().map(|span| &clean[span.start..span.end]).collect();
        assert_eq!(found, ["17", "«any inconvenience»"]);
    }

    #[test]
    fn names_are_left_out() {
        let names = Names { people: BTreeSet::from(["Maria".to_owned()]), teams: BTreeSet::from(["billing desk".to_owned()]) };
        let told = |text: &str| without_names(text, &names);
        assert_eq!(told("Maria, of the Billing Desk: call with Maria").unwrap(), "…, of the …: call with …");
        assert_eq!(told("maria and Mariana").unwrap(), "maria and Mariana");
        assert_eq!(told("Maria"), None);
        let names = Names { people: ["Maria", "Maria Silva", "Silva"].map(str::to_owned).into(), teams: BTreeSet::new() };
        assert_eq!(without_names("call with Maria Silva, and Silva again", &names).unwrap(), "call with …, and … again");
    }
}
