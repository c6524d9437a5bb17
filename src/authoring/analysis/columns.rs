//! Columns that make no difference: with all of their cells left out, every case would be decided the same.

use super::table::{Report, Table};
use crate::rule::space::{Budget, Exhausted, Ranked, Region, difference};
use crate::text::{Code, Diagnostic, Edit, Fix};

/// Tries every column.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    // What a rule that never decides asks for makes no difference either, and was said there.
    if !table.is_exact() || !table.is_ordered() || !report.explained.is_empty() || table.decision.rules.is_empty() {
        return;
    }
    report.ask(|report, budget| {
        for column in 0..table.decision.columns.len() {
            if !makes_difference(table, column, budget)? {
                say(table, column, report);
            }
        }
        Ok(())
    });
}

fn makes_difference(table: &Table<'_>, column: usize, budget: &mut Budget) -> Result<bool, Exhausted> {
    let hit = table.decision.hit;
    let meanings = table.meanings_in_order();
    for settled in &table.settled {
        let Some(axis) = settled.space.axes.get(column) else { continue };
        let whole = axis.whole();
        if settled.rules.iter().all(|region| region.set(column) == Some(&whole)) {
            continue;
        }
        if hit.is_list() || hit.is_aggregate() {
            return Ok(true);
        }
        let regions = table.in_order(settled);
        let wide: Vec<Region> = regions.iter().map(|region| region.with(column, whole.clone())).collect();
        let wide: Vec<&Region> = wide.iter().collect();
        let ranked = |regions| Ranked { regions, classes: &meanings, otherwise: table.otherwise };
        // Only a case that meets a rule without the column, and not with it, can be decided otherwise.
        for region in &regions {
            let left_out = region.set(column).map(|set| whole.minus(set)).unwrap_or_default();
            let within = region.with(column, left_out);
            if !within.is_empty() && difference(ranked(&regions), ranked(&wide), &within, budget)?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn say(table: &Table<'_>, column: usize, report: &mut Report) {
    let decision = table.decision;
    let Some(path) = decision.columns.get(column) else { return };
    let message =
        format!("`{}` makes no difference to `{}`: without it every case is decided the same", path.written, decision.name);
    let finding = Diagnostic::at(Code::ColumnWithoutEffect, &decision.place, message).warning();
    let asking = decision.rules.iter().filter(|rule| rule.cells.iter().any(|(asked, _)| *asked == column));
    let edits: Option<Vec<Edit>> = asking.map(|rule| Edit::without_entry(&rule.cell_place(column))).collect();
    let edits = edits.filter(|edits| !edits.is_empty());
    let fix = edits.map(|edits| Fix::new(format!("leave `{}` out of the rules", path.written), edits));
    report.out.push(finding.help("leave it out of the rules, or ask for what was meant").fix(fix));
}
