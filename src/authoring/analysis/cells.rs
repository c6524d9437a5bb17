//! Cells that no value of their fact can satisfy, and cells that every known value does.
//!
//! What a kind of value cannot hold is found when a cell is read; here the fact itself is looked at: a share lies between 0 and 1, so
//! that `at least 80` never holds of it.

use super::table::{Report, Table, speaks_of_values};
use crate::case::FactSpec;
use crate::policy::slots::Slot;
use crate::rule::Cell;
use crate::text::{Code, Diagnostic, Fix};

/// Looks at every cell.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    let decision = table.decision;
    for row in 0..decision.matcher.len() {
        for (column, path) in decision.columns.iter().enumerate() {
            let cell = decision.matcher.cell(row, column);
            let Cell::OneOf(conditions) = cell else { continue };
            let Some(rule) = table.rule(row) else { continue };
            let set_is = |wanted: fn(&crate::rule::space::Axis, &crate::rule::space::SegmentSet) -> bool| {
                table.always(
                    |settled, region| {
                        settled.space.axes.get(column).zip(region.set(column)).is_some_and(|(axis, set)| wanted(axis, set))
                    },
                    row,
                )
            };
            let why = why(table, column).map(|why| format!(": `{}` {why}", path.written)).unwrap_or_default();
            if set_is(|_, set| set.is_empty()) {
                let message = format!("`{}` never applies, since no case satisfies `{}: {cell}`{why}", rule.id, path.written);
                let help = "change the cell, or delete the rule";
                let finding = Diagnostic::at(Code::CellOutOfReach, &rule.cell_place(column), message);
                report.explain(row, finding.warning().help(help).fix(Fix::without_item(&rule.place, &rule.id)));
                break;
            }
            if conditions.iter().any(speaks_of_values) && table.is_exact() && set_is(|axis, set| set.contains(&axis.known())) {
                let message = format!("every known value satisfies `{}: {cell}` of `{}`{why}", path.written, rule.id);
                let help = "leave the condition out, or write `not unknown` where the value must be known";
                let finding = Diagnostic::at(Code::CellWithoutEffect, &rule.cell_place(column), message);
                let place = rule.cell_place(column);
                let (out, known) = (Fix::without_entry(&place, &path.written), Fix::plain(&place, "not unknown"));
                report.out.push(finding.warning().help(help).fix(out).fix(known));
            }
        }
    }
}

/// What is known of the fact of a column.
fn why(table: &Table<'_>, column: usize) -> Option<&'static str> {
    let path = table.decision.columns.get(column)?;
    let entry = table.program.slots.get(path.slot)?;
    match (entry.slot, entry.fact.filter(|_| path.is_whole())) {
        (_, Some(FactSpec { share: true, .. })) => Some("lies between 0 and 1"),
        (_, Some(FactSpec { not_negative: true, .. })) => Some("is never below zero"),
        (Slot::Param(_), _) => Some("is a figure of this bundle"),
        (_, Some(FactSpec { required: true, knowable: false, .. })) => Some("is always given and known"),
        _ => None,
    }
}
