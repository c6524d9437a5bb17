//! Letters by kind and language: the lines of a template that were changed. What is decided does not hang on them.

use super::change::{Change, Note, Subject, beside, kind_of};
use super::words::one_line;
use crate::policy::Program;

/// So many lines of a template are told; more are counted.
const LINES_SHOWN_MAX: usize = 6;

/// Templates.
pub(super) fn letters(old: &Program, new: &Program, out: &mut Vec<Change>) {
    let list = |program: &Program| program.letters.texts().collect::<Vec<_>>();
    let (before, after) = (list(old), list(new));
    for (name, was, is) in beside(&before, &after).into_iter().filter(|(_, was, is)| was != is) {
        let mut change = Change::new(kind_of(was, is), Subject::Letter, name).of_wording(true);
        if let (Some(was), Some(is)) = (was, is) {
            change = change.notes(lines(was, is));
        }
        out.push(change);
    }
}

/// The lines that only one side has.
fn lines(was: &str, is: &str) -> Vec<Note> {
    let only = |one: &str, other: &str| -> Vec<String> {
        let others: Vec<&str> = other.lines().map(str::trim).collect();
        let own = one.lines().map(str::trim).filter(|line| !line.is_empty() && !others.contains(line));
        own.map(one_line).collect()
    };
    let (gone, come) = (only(was, is), only(is, was));
    let count = gone.len().max(come.len());
    let mut notes: Vec<Note> =
        (0..count.min(LINES_SHOWN_MAX)).map(|at| Note::new("text", gone.get(at).cloned(), come.get(at).cloned())).collect();
    if count > LINES_SHOWN_MAX {
        notes.push(Note::new("text", None, Some(format!("{} more lines", count - LINES_SHOWN_MAX))));
    }
    if count == 0 {
        notes.push(Note::new("text", None, Some("the same lines in another order, or other spaces".to_owned())));
    }
    notes
}
