//! Columns that make no difference: with all of their cells left out, every case would be decided the same.

use super::table::{Report, Table};
use crate::limits::ANALYSIS_CELLS_MAX;
use crate::rule::space::{Budget, Exhausted, Ranked, Region, difference};
use crate::text::{Code, Diagnostic};

/// Tries every column.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    // What a rule that never decides asks for makes no difference either, and was said there.
    if !table.is_exact() || !report.explained.is_empty() || table.decision.rules.is_empty() {
        return;
    }
    let mut budget = Budget::new(ANALYSIS_CELLS_MAX);
    for column in 0..table.decision.columns.len() {
        match makes_difference(table, column, &mut budget) {
            Ok(true) => {}
            Ok(false) => say(table, column, report),
            Err(Exhausted) => {
                report.unproven = true;
                return;
            }
        }
    }
}

fn makes_difference(table: &Table<'_>, column: usize, budget: &mut Budget) -> Result<bool, Exhausted> {
    let hit = table.decision.hit;
    for settled in &table.settled {
        let Some(axis) = settled.space.axes.get(column) else { continue };
        let whole = axis.whole();
        if settled.rules.iter().all(|region| region.set(column) == Some(&whole)) {
            continue;
        }
        if hit.is_list() || hit.is_aggregate() {
            return Ok(true);
        }
        let regions: Vec<&Region> = settled.rules.iter().collect();
        let wide: Vec<Region> = settled.rules.iter().map(|region| region.with(column, whole.clone())).collect();
        let wide: Vec<&Region> = wide.iter().collect();
        let ranked = |regions| Ranked { regions, classes: &table.meanings, otherwise: table.otherwise };
        if difference(ranked(&regions), ranked(&wide), &settled.space.whole(), budget)?.is_some() {
            return Ok(true);
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
    report.out.push(finding.help("leave it out of the rules, or ask for what was meant"));
}
