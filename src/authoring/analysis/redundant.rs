//! Rules without which every case would be decided the same, for the same reason.
//!
//! A rule that gives what others give, but for another reason, is not redundant: the reason is what the customer reads.

use super::table::{Report, Table};
use crate::rule::HitPolicy;
use crate::rule::space::{Budget, Exhausted, Ranked, Region, difference, hidden_by};
use crate::text::{Code, Diagnostic, Fix};
use std::collections::BTreeMap;

/// Looks for rules that add nothing, as the hit policy of the decision has it.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    if !table.is_exact() {
        return;
    }
    report.ask(|report, budget| match table.decision.hit {
        HitPolicy::First => in_order(table, report, budget),
        HitPolicy::Any => by_others(table, report, budget),
        hit if hit.is_list() || hit.is_aggregate() => {
            repeated(table, report);
            Ok(())
        }
        _ => Ok(()),
    });
}

/// Where the first that matches decides: what would decide without the rule says the same.
fn in_order(table: &Table<'_>, report: &mut Report, budget: &mut Budget) -> Result<(), Exhausted> {
    let rows = table.decision.rules.len();
    // Only a rule behind which the same is said again can be redundant.
    let mut last_with: BTreeMap<usize, usize> = BTreeMap::new();
    table.meanings.iter().enumerate().for_each(|(row, meaning)| {
        last_with.insert(*meaning, row);
    });
    for row in 0..rows {
        let Some(meaning) = table.meanings.get(row) else { continue };
        let is_repeated = *meaning == table.otherwise || last_with.get(meaning).is_some_and(|last| *last > row);
        if report.explained.contains(&row) || !is_repeated {
            continue;
        }
        let mut adds = false;
        for settled in &table.settled {
            let Some(own) = settled.rules.get(row) else { continue };
            let regions: Vec<&Region> = settled.rules.iter().collect();
            let (mut others, mut classes) = (regions.clone(), table.meanings.clone());
            others.remove(row);
            classes.remove(row);
            let with = Ranked { regions: &regions, classes: &table.meanings, otherwise: table.otherwise };
            let without = Ranked { regions: &others, classes: &classes, otherwise: table.otherwise };
            adds |= difference(with, without, own, budget)?.is_some();
        }
        if !adds && let Some(rule) = table.rule(row) {
            let others = (row + 1..rows).filter(|other| table.meanings.get(*other) == Some(meaning)).map(|other| table.id(other));
            let by = others.chain((*meaning == table.otherwise).then_some("otherwise")).next().unwrap_or("otherwise");
            let message =
                format!("`{}` changes nothing: without it `{by}` decides its cases the same, for the same reason", rule.id);
            let finding = Diagnostic::at(Code::RedundantRule, &rule.place, message).warning();
            report.explain(
                row,
                finding.help("delete it, or give it a reason of its own").fix(Fix::without_item(&rule.place, &rule.id)),
            );
        }
    }
    Ok(())
}

/// Where all that match agree: others that say the same hold all of its cases.
fn by_others(table: &Table<'_>, report: &mut Report, budget: &mut Budget) -> Result<(), Exhausted> {
    for row in 0..table.decision.rules.len() {
        if report.explained.contains(&row) {
            continue;
        }
        // Of two that hold the same cases the first stays.
        let others: Vec<usize> = (0..table.decision.rules.len())
            .filter(|other| *other != row && !report.explained.contains(other))
            .filter(|other| table.meanings.get(*other) == table.meanings.get(row))
            .filter(|other| {
                *other < row || !table.settled.iter().all(|settled| settled.rules.get(*other) == settled.rules.get(row))
            })
            .collect();
        let mut needed = None;
        for settled in &table.settled {
            let regions: Vec<&Region> = others.iter().filter_map(|other| settled.rules.get(*other)).collect();
            let Some(own) = settled.rules.get(row).filter(|_| !others.is_empty()) else { continue };
            needed = hidden_by(own, &regions, budget)?;
            if needed.is_none() {
                break;
            }
        }
        if let (Some(needed), Some(rule)) = (needed, table.rule(row)) {
            let names: Vec<&str> = needed.iter().filter_map(|at| others.get(*at)).map(|other| table.id(*other)).collect();
            let message =
                format!("`{}` changes nothing: {} say the same of all of its cases", rule.id, super::table::listed(&names));
            report.explain(
                row,
                Diagnostic::at(Code::RedundantRule, &rule.place, message)
                    .warning()
                    .help("delete it")
                    .fix(Fix::without_item(&rule.place, &rule.id)),
            );
        }
    }
    Ok(())
}

/// Where all that match count: the same conditions, the same outputs and the same reason a second time.
fn repeated(table: &Table<'_>, report: &mut Report) {
    let mut seen: BTreeMap<(Vec<&Region>, usize), usize> = BTreeMap::new();
    for (row, rule) in table.decision.rules.iter().enumerate() {
        let regions: Vec<&Region> = table.settled.iter().filter_map(|settled| settled.rules.get(row)).collect();
        let Some(meaning) = table.meanings.get(row) else { continue };
        if report.explained.contains(&row) {
            continue;
        }
        let Some(first) = seen.get(&(regions.clone(), *meaning)).copied() else {
            seen.insert((regions, *meaning), row);
            continue;
        };
        let Some(first) = table.rule(first) else { continue };
        let message = format!("`{}` repeats `{}`: the same conditions, outputs and reason", rule.id, first.id);
        let finding = Diagnostic::at(Code::RepeatedRule, &rule.place, message).warning().label(&first.place, "the first one");
        report.explain(
            row,
            finding.help("delete one of the two: both count where they match").fix(Fix::without_item(&rule.place, &rule.id)),
        );
    }
}
