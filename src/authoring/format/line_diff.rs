//! What formatting changes, line by line, as a unified diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// So many lines are shown around a change.
const CONTEXT: usize = 3;

/// The lines that differ, with those around them; empty where none does.
#[must_use]
pub fn line_diff(path: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let mut changes = Vec::new();
    compare((&old, 0..old.len()), (&new, 0..new.len()), &mut changes);
    let mut out = String::new();
    if !changes.is_empty() {
        let _ = write!(out, "--- {path}\n+++ {path}\n");
    }
    // Changes whose surroundings touch are shown together.
    for hunk in changes.chunk_by(|one, next| next.old.start <= one.old.end + 2 * CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let lead = first.old.start.min(CONTEXT);
        let tail = (old.len() - last.old.end).min(CONTEXT);
        let old_lines = first.old.start - lead..last.old.end + tail;
        let new_lines = first.new.start - lead..last.new.end + tail;
        let _ = writeln!(out, "@@ -{} +{} @@", place(&old_lines), place(&new_lines));
        let mut at = old_lines.start;
        for change in hunk {
            print(&mut out, ' ', old.get(at..change.old.start));
            print(&mut out, '-', old.get(change.old.clone()));
            print(&mut out, '+', new.get(change.new.clone()));
            at = change.old.end;
        }
        print(&mut out, ' ', old.get(at..old_lines.end));
    }
    out
}

fn place(lines: &Range<usize>) -> String {
    let first = if lines.is_empty() { lines.start } else { lines.start + 1 };
    if lines.len() == 1 { first.to_string() } else { format!("{first},{}", lines.len()) }
}

fn print(out: &mut String, sign: char, lines: Option<&[&str]>) {
    for line in lines.unwrap_or_default() {
        // A carriage return would not be seen, and is what may have changed.
        let shown = line.trim_end_matches('\n').replace('\r', "\\r");
        let _ = writeln!(out, "{sign}{shown}");
        if !line.ends_with('\n') {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

/// Lines of the one text in place of lines of the other.
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// Finds the changes between two ranges of lines: what both begin and end with stays, and so do lines that stand once in each.
fn compare((old, old_range): (&[&str], Range<usize>), (new, new_range): (&[&str], Range<usize>), out: &mut Vec<Change>) {
    let (mut old_range, mut new_range) = (old_range, new_range);
    let same = |one: usize, other: usize| old.get(one) == new.get(other);
    while !old_range.is_empty() && !new_range.is_empty() && same(old_range.start, new_range.start) {
        (old_range.start, new_range.start) = (old_range.start + 1, new_range.start + 1);
    }
    while !old_range.is_empty() && !new_range.is_empty() && same(old_range.end - 1, new_range.end - 1) {
        (old_range.end, new_range.end) = (old_range.end - 1, new_range.end - 1);
    }
    let kept = kept((old, old_range.clone()), (new, new_range.clone()));
    if kept.is_empty() {
        if !old_range.is_empty() || !new_range.is_empty() {
            out.push(Change { old: old_range, new: new_range });
        }
        return;
    }
    let (mut at_old, mut at_new) = (old_range.start, new_range.start);
    for (kept_old, kept_new) in kept.into_iter().chain([(old_range.end, new_range.end)]) {
        compare((old, at_old..kept_old), (new, at_new..kept_new), out);
        (at_old, at_new) = (kept_old + 1, kept_new + 1);
    }
}

/// The longest row of lines that stand once in each range, in the same order in both.
fn kept((old, old_range): (&[&str], Range<usize>), (new, new_range): (&[&str], Range<usize>)) -> Vec<(usize, usize)> {
    let old_lines = once(old, old_range);
    let mut pairs: Vec<(usize, usize)> =
        once(new, new_range).into_iter().filter_map(|(line, at)| Some((*old_lines.get(line)?, at))).collect();
    pairs.sort_unstable();
    // For each length, the row of that length that ends earliest: the place of its last pair, and of the pair before each one.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let new_of = |pair: usize| pairs.get(pair).map(|(_, at)| *at);
    for pair in 0..pairs.len() {
        let length = ends.partition_point(|end| new_of(*end) < new_of(pair));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = pair,
            None => ends.push(pair),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        row.extend(pairs.get(pair).copied());
        at = before.get(pair).copied().flatten();
    }
    row.reverse();
    row
}

/// The lines that stand once in a range, and where.
fn once<'l>(lines: &[&'l str], range: Range<usize>) -> BTreeMap<&'l str, usize> {
    let mut places: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for at in range {
        if let Some(line) = lines.get(at) {
            places.entry(line).and_modify(|place| *place = None).or_insert(Some(at));
        }
    }
    places.into_iter().filter_map(|(line, at)| Some((line, at?))).collect()
}
