//! Rules that follow each other, say the same for the same reason and differ in one column only: they could be one.

use super::table::{Report, Table, in_yaml, listed};
use crate::rule::space::Region;
use crate::text::{Code, Diagnostic, Edit, Fix};

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
            let cell = settled.space.axes.get(axis).and_then(|axis| axis.cell(&joined));
            let written = cell.as_ref().map(in_yaml);
            let cell = cell.map(|cell| cell.to_string());
            let message = format!("{} differ in `{name}` only: they could be one rule", listed(&names));
            let help = match cell {
                Some(cell) if cell == "any" => format!("keep `{}` and leave `{name}` out", first.id),
                Some(cell) => format!("keep `{}` with `{name}: {cell}`", first.id),
                None => format!("keep `{}` with all values of `{name}`", first.id),
            };
            let finding = Diagnostic::at(Code::Mergeable, &first.place, message).advice().help(help);
            report.out.push(finding.fix(joined_up(table, (row, end), axis, written.as_deref())));
        }
        row = end;
    }
}

/// Keeps the first of the rules for the cases of all.
fn joined_up(table: &Table<'_>, (row, end): (usize, usize), axis: usize, cell: Option<&str>) -> Option<Fix> {
    let first = table.rule(row).filter(|_| axis < table.decision.columns.len())?;
    let place = first.cell_place(axis);
    let kept = match cell? {
        "any" => Edit::without_entry(&place)?,
        cell => Edit::cell(&place, cell)?,
    };
    let others = (row + 1..end).map(|row| Edit::without_item(&table.rule(row)?.place));
    let edits: Option<Vec<Edit>> = std::iter::once(Some(kept)).chain(others).collect();
    Some(Fix::new(format!("let `{}` hold the cases of all", first.id), edits?))
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
