//! What a candidate changes.

use super::block::{Block, ROWS_MAX, Table, heading};
use super::figures::{amount, count, many, money, percent, signed, signed_percent};
use crate::backtest::comparison::{ChangedCase, Comparison, Fairness, FaultChange, Intervals, Reason, Told};
use crate::backtest::parts::share;
use crate::backtest::report::Report;

/// Cases that are told both ways.
const CASES_SHOWN: usize = 3;
/// Reasons of one of them that are told.
const REASONS_SHOWN: usize = 6;

/// What a reader wants to know first.
pub(super) fn verdict(report: &Report) -> Vec<Block> {
    let Some(found) = &report.comparison else { return Vec::new() };
    let share = percent(share(found.changed, found.cases));
    let mut text = format!("{} of {} come out differently ({share}).", count(found.changed), many(found.cases, "case", "cases"));
    for change in found.money.iter().map(|change| change.total) {
        let more = if change.delta.amount().is_negative() { "less" } else { "more" };
        let delta = crate::value::Money::new(change.delta.amount().absolute(), change.delta.currency());
        if change.delta.amount().is_zero() {
            text.push_str(&format!(" In {} they cost the same.", change.delta.currency()));
        } else {
            text.push_str(&format!(" They cost {} {more} ({}).", money(delta), signed_percent(change.share)));
        }
    }
    vec![if found.changed == 0 { Block::Sentence(text) } else { Block::Attention(text) }]
}

pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let Some(found) = &report.comparison else { return Vec::new() };
    let mut blocks = moves("Outcomes that change", &found.outcomes);
    blocks.extend(moves("Who signs instead", &found.approvals));
    blocks.extend(causes(found));
    blocks.extend(found.intervals.iter().flat_map(intervals));
    blocks.extend(dearest(found));
    blocks.extend(faults("New faults", &found.new_faults));
    blocks.extend(faults("Faults that end", &found.mended_faults));
    blocks.extend(faults("Newly without a rule", &found.newly_without_rule));
    blocks.extend(fairness(found));
    blocks
}

fn moves(title: &str, moves: &[crate::backtest::Move]) -> Vec<Block> {
    let mut list: Vec<&crate::backtest::Move> = moves.iter().filter(|each| each.before != each.after).collect();
    list.sort_by_key(|each| std::cmp::Reverse(each.cases));
    let mut table = Table::new(&["before", "after", "cases"], 2);
    for each in list {
        table.row(vec![each.before.clone(), each.after.clone(), count(each.cases)]);
    }
    table.cut(ROWS_MAX).block().map(|table| vec![heading(title), table]).unwrap_or_default()
}

fn causes(found: &Comparison) -> Vec<Block> {
    let mut table = Table::new(&["paid for", "decision", "before", "after", "cases", "change"], 4).with_lists();
    for cause in &found.causes {
        let delta: Vec<String> = cause.delta.iter().map(|delta| format!("{} {}", signed(delta), delta.currency())).collect();
        table.row(vec![
            cause.paid_for.clone(),
            cause.decision.clone(),
            cause.before.clone(),
            cause.after.clone(),
            count(cause.cases),
            delta.join(", "),
        ]);
    }
    table
        .cut(ROWS_MAX)
        .block()
        .map(|table| vec![heading("The difference in money, by the rule that brings it about"), table])
        .unwrap_or_default()
}

fn intervals(found: &Intervals) -> Vec<Block> {
    let mut table = Table::new(&["of the whole history", "estimate", "from", "to"], 1);
    let changed = found.changed;
    table.row(vec!["cases that change".to_owned(), count(changed.estimate), count(changed.low), count(changed.high)]);
    for money in &found.money {
        let currency = money.cost_before.estimate.currency();
        let lines = [
            ("cost before", money.cost_before, false),
            ("cost after", money.cost_after, false),
            ("difference in cost", money.cost_delta, true),
            ("difference in goodwill", money.goodwill_delta, true),
        ];
        for (name, interval, is_difference) in lines {
            let figure = |money| if is_difference { signed(money) } else { amount(money) };
            let figures = [interval.estimate, interval.low, interval.high].map(figure);
            table.row([vec![format!("{name}, {currency}")], figures.to_vec()].concat());
        }
    }
    let sure = percent(Some(found.confidence));
    let text = format!(
        "Only a sample was decided. In {sure} of samples like it the whole history lies between `from` and `to`, as {} draws of the \
         sample from itself tell.",
        count(u64::from(found.draws))
    );
    vec![heading("How sure these figures are"), Block::Sentence(text), Block::Table(table)]
}

fn dearest(found: &Comparison) -> Vec<Block> {
    let mut table = Table::new(&["case", "before", "after", "cost before", "cost after", "change"], 3);
    for case in &found.dearest {
        let cost = |told: &Told| told.cost.map_or_else(|| "-".to_owned(), amount);
        let delta = format!("{} {}", signed(case.delta), case.delta.currency());
        let outcome = |told: &Told| told.outcome.clone();
        table.row(vec![
            case.case_id.clone(),
            outcome(&case.before),
            outcome(&case.after),
            cost(&case.before),
            cost(&case.after),
            delta,
        ]);
    }
    let Some(table) = table.cut(ROWS_MAX).block() else { return Vec::new() };
    let mut blocks = vec![heading("The cases whose cost changes most"), table];
    blocks.extend(found.dearest.iter().take(CASES_SHOWN).map(why));
    blocks
}

/// What each side says of a case and the other does not.
fn why(case: &ChangedCase) -> Block {
    let reasons = |told: &Told| {
        let differing: Vec<&Reason> = told.reasons.iter().filter(|reason| reason.differs && !reason.effect.is_empty()).collect();
        let shown: Vec<String> =
            differing.iter().take(REASONS_SHOWN).map(|reason| format!("{}: {}", reason.rule, reason.effect)).collect();
        let more = differing.len().saturating_sub(REASONS_SHOWN);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        if shown.is_empty() { "nothing else".to_owned() } else { format!("{}{more}", shown.join("; ")) }
    };
    Block::Facts(vec![
        (case.case_id.clone(), case.place.clone()),
        ("  before".to_owned(), reasons(&case.before)),
        ("  after".to_owned(), reasons(&case.after)),
    ])
}

fn faults(title: &str, change: &FaultChange) -> Vec<Block> {
    if change.cases == 0 {
        return Vec::new();
    }
    let mut table = Table::new(&["part", "cases"], 1);
    change.by.iter().for_each(|named| table.row(vec![named.name.clone(), count(named.cases)]));
    let those = if change.cases > change.first.len() as u64 { ", first in " } else { ": " };
    let first = format!("In {}{those}{}.", many(change.cases, "case", "cases"), change.first.join(", "));
    let mut blocks = vec![heading(title)];
    blocks.extend(table.cut(ROWS_MAX).block());
    blocks.push(Block::Sentence(first));
    blocks
}

fn fairness(found: &Comparison) -> Vec<Block> {
    if found.changed == 0 {
        return Vec::new();
    }
    let mut table = Table::new(&["by", "group", "cases", "changed", "more", "less", "a case gets"], 2).with_lists();
    let mut last = "";
    for group in &found.fairness {
        let Fairness { by, group, cases, changed, better, worse, money, .. } = group;
        let shown = if by == last { "" } else { by };
        last = by;
        let means: Vec<String> =
            money.iter().map(|money| format!("{} {}", signed(money.mean_delta), money.mean_delta.currency())).collect();
        table.row(vec![
            shown.to_owned(),
            group.clone(),
            count(*cases),
            percent(share(*changed, *cases)),
            percent(share(*better, *cases)),
            percent(share(*worse, *cases)),
            means.join(", "),
        ]);
    }
    table.block().map(|table| vec![heading("Whom it touches"), table]).unwrap_or_default()
}
