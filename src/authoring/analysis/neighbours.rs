//! Rules that follow each other, say the same for the same reason and differ in one column only: they could be one.

use super::table::{Report, Table, listed};
use crate::rule::space::Region;
use crate::text::{Code, Diagnostic};

/// Looks for runs of neighbours.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    // Under several settings one cell would have to say several things.
    let [settled] = table.settled.as_slice() else { return };
    if table.decision.hit.is_list() || table.decision.hit.is_aggregate() || !settled.exact {
        return;
    }
    let mut row = 0;
    while row < settled.rules.len() {
        let mut end = row + 1;
        let mut axis = None;
        while let Some(next) = follows(table, report, &settled.rules, end).filter(|next| axis.is_none_or(|axis| axis == *next)) {
            if Some(next) == settled.date_axis {
                break;
            }
            axis = Some(next);
            end += 1;
        }
        if let (Some(axis), Some(first)) = (axis, table.rule(row)) {
            let names: Vec<&str> = (row..end).map(|row| table.id(row)).collect();
            let sets = settled.rules.iter().skip(row).take(end - row).filter_map(|region| region.set(axis));
            let joined = sets.fold(crate::rule::space::SegmentSet::none(), |all, set| all.or(set));
            let name = table.axis_name(axis);
            let cell = settled.space.axes.get(axis).and_then(|axis| axis.cell(&joined)).map(|cell| cell.to_string());
            let message = format!("{} differ in `{name}` only: they could be one rule", listed(&names));
            let help = match cell {
                Some(cell) if cell == "any" => format!("keep `{}` and leave `{name}` out", first.id),
                Some(cell) => format!("keep `{}` with `{name}: {cell}`", first.id),
                None => format!("keep `{}` with all values of `{name}`", first.id),
            };
            report.out.push(Diagnostic::at(Code::Mergeable, &first.place, message).advice().help(help));
        }
        row = end;
    }
}

/// The one axis on which a rule differs from the one before it, if both say the same.
fn follows(table: &Table<'_>, report: &Report, rules: &[Region], row: usize) -> Option<usize> {
    let before = row.checked_sub(1)?;
    let is_explained = report.explained.contains(&row) || report.explained.contains(&before);
    if is_explained || table.meanings.get(row)? != table.meanings.get(before)? {
        return None;
    }
    let sets = rules.get(row)?.sets().iter().zip(rules.get(before)?.sets()).enumerate();
    let mut differing = sets.filter(|(_, (one, other))| one != other).map(|(axis, _)| axis);
    differing.next().filter(|_| differing.next().is_none())
}
