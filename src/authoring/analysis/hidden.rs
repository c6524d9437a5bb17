//! Rules that can never decide: where one rule decides, others that go before them take all of their cases, one alone or several
//! together; or they are never in force. Under `first` those go before that are written before, under `priority` those that give more.

use super::table::{Report, Table, listed};
use crate::policy::settled::Settled;
use crate::rule::HitPolicy;
use crate::rule::space::{Budget, Exhausted, Region, first_hits, hidden_by};
use crate::text::{Code, Diagnostic, Fix};

/// The most rules that are pointed at in one finding; all are named.
const LABELS_MAX: usize = 6;

/// Looks for rules that never decide.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    never_in_force(table, report);
    if matches!(table.decision.hit, HitPolicy::First | HitPolicy::Priority) && table.is_exact() {
        report.ask(|report, budget| find(table, report, budget));
    }
}

fn never_in_force(table: &Table<'_>, report: &mut Report) {
    let Some(axis) = table.settled.first().and_then(|settled| settled.date_axis) else { return };
    for (row, rule) in table.decision.rules.iter().enumerate() {
        let is_empty = table.always(|_, region| region.set(axis).is_some_and(crate::rule::space::SegmentSet::is_empty), row);
        if is_empty && !report.explained.contains(&row) {
            let message = format!("`{}` is never in force: its dates lie outside of those of the bundle", rule.id);
            let help = "change its `from` or `until`, or `effective` in bundle.yaml";
            report.explain(row, Diagnostic::at(Code::NeverInForce, &rule.place, message).warning().help(help));
        }
    }
}

fn find(table: &Table<'_>, report: &mut Report, budget: &mut Budget) -> Result<(), Exhausted> {
    let order = table.order.as_slice();
    let mut decides = vec![false; order.len()];
    for settled in &table.settled {
        let regions = table.in_order(settled);
        let hits = first_hits(&regions, &settled.space.whole(), 0, budget);
        if !hits.is_whole {
            return Err(Exhausted);
        }
        decides.iter_mut().zip(hits.decides).for_each(|(any, here)| *any |= here);
    }
    for (at, row) in order.iter().copied().enumerate() {
        if decides.get(at) == Some(&true) || report.explained.contains(&row) {
            continue;
        }
        let has_cases = |settled: &&Settled| settled.rules.get(row).is_some_and(|region| !region.is_empty());
        let Some(settled) = table.settled.iter().find(has_cases) else { continue };
        let Some(region) = settled.rules.get(row) else { continue };
        // What a rule before it would take that never decides itself is taken by others.
        let before = order.iter().zip(&decides).take(at).filter(|(_, decides)| **decides);
        let before: Vec<usize> = before.map(|(other, _)| *other).collect();
        let regions: Vec<&Region> = before.iter().filter_map(|other| settled.rules.get(*other)).collect();
        let Some(hiding) = hidden_by(region, &regions, budget)? else { continue };
        let hiding: Vec<usize> = hiding.iter().filter_map(|at| before.get(*at).copied()).collect();
        let is_repeated = matches!(hiding.as_slice(), [only] if settled.rules.get(*only) == Some(region));
        say(table, row, &hiding, is_repeated, report);
    }
    Ok(())
}

fn say(table: &Table<'_>, row: usize, hiding: &[usize], is_repeated: bool, report: &mut Report) {
    let Some(rule) = table.rule(row) else { return };
    let names: Vec<&str> = hiding.iter().map(|other| table.id(*other)).collect();
    let named = listed(&names);
    if table.decision.hit == HitPolicy::Priority {
        let (take, both) = if hiding.len() == 1 { ("takes", "") } else { ("take", " between them") };
        let message =
            format!("`{}` never decides: {named} {take} all of its cases{both}, and what is given there goes first", rule.id);
        let help = format!("narrow {named}, give its output a better place under `priority`, or delete the rule");
        return tell(table, row, hiding, (message, help), report);
    }
    let (message, help) = match hiding {
        [_] if is_repeated => (
            format!("`{}` never decides: {named} before it has the same conditions", rule.id),
            "delete one of the two".to_owned(),
        ),
        [_] => (
            format!("`{}` never decides: {named} before it takes all of its cases", rule.id),
            format!("move it before {named}, narrow {named}, or delete it"),
        ),
        _ => (
            format!("`{}` never decides: {named} before it take all of its cases between them", rule.id),
            "narrow one of them, move the rule before them, or delete it".to_owned(),
        ),
    };
    tell(table, row, hiding, (message, help), report);
}

fn tell(table: &Table<'_>, row: usize, hiding: &[usize], (message, help): (String, String), report: &mut Report) {
    let Some(rule) = table.rule(row) else { return };
    let mut finding = Diagnostic::at(Code::NeverDecides, &rule.place, message)
        .warning()
        .help(help)
        .fix(Fix::without_item(&rule.place, &rule.id));
    for other in hiding.iter().take(LABELS_MAX).filter_map(|other| table.rule(*other)) {
        finding = finding.label(&other.place, "takes its cases");
    }
    report.explain(row, finding);
}
