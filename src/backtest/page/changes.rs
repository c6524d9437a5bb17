//! What changes: outcomes, money, and the rules that bring it about.

use super::html::{Cell, Html, figure, text};
use super::sides::{NamedSums, Sides};
use super::words::{self, Currencies};
use crate::backtest::chart::{BarOf, Row, Tint, bars, size};
use crate::backtest::comparison::{Cause, Change, Comparison, CountInterval, Interval, Intervals, Move};
use crate::value::Currency;

/// The causes that have a bar; a table has all.
const CAUSES_DRAWN_MAX: usize = 10;
/// The causes that the table tells.
const CAUSES_TOLD_MAX: usize = 40;

const PARTS: &[NamedSums] = &[
    ("correction", |summary| &summary.money.correction),
    ("related charges", |summary| &summary.money.related_charges),
    ("redress by law", |summary| &summary.money.statutory_redress),
    ("interest", |summary| &summary.money.interest),
    ("penalties covered", |summary| &summary.money.penalties),
    ("goodwill", |summary| &summary.money.goodwill),
];
const SUMS: &[NamedSums] = &[("in all", |summary| &summary.money.total), ("owed", |summary| &summary.money.owed)];
const BESIDE: &[NamedSums] = &[("provisional credit", |summary| &summary.money.provisional_credit)];

/// Outcomes and money of one policy, or of both.
pub(super) fn outcomes_and_money(sides: &Sides<'_>, html: &mut Html) {
    html.section("outcomes", "Outcomes and money");
    let rows = sides.counts(|summary| summary.outcomes.iter().map(|(name, count)| (name.as_str(), *count)).collect());
    let mut charts = vec![("Cases by outcome".to_owned(), bars("Cases by outcome", &sides.bars(&rows)))];
    let currencies = &sides.currencies.0;
    if let Some(main) = currencies.first() {
        let title = format!("What it costs, in {}", main.code());
        let rows = sides.money_bars(*main, PARTS);
        if !rows.is_empty() {
            charts.push((title.clone(), bars(&title, &rows)));
        }
    }
    html.charts(&charts);
    if currencies.len() > 1 {
        html.paragraph(
            "Each currency stands for itself, and no sum mixes them. Charts show the one in which most cases get goodwill.",
        );
    }
    if !sides.is_pair() {
        html.table("Cases by outcome", &sides.head("outcome", "cases"), &Sides::cells(&rows));
    }
    let statuses = sides.counts(|summary| summary.statuses.iter().map(|(name, count)| (name.as_str(), *count)).collect());
    html.table("Cases by how they ended", &sides.head("ended", "cases"), &Sides::cells(&statuses));
    if let Some(main) = currencies.first() {
        let caption = format!("What it costs, in {}", main.code());
        html.table(&caption, &sides.head("", "paid"), &costs(sides, *main));
    }
    others(sides, html);
}

/// What the last of the policies costs in the other currencies, a line each.
fn others(sides: &Sides<'_>, html: &mut Html) {
    let Some((name, _, side)) = sides.sides.last() else { return };
    let parts: Vec<_> = SUMS.iter().chain(PARTS).filter(|(_, of)| !of(&side.summary).is_empty()).collect();
    let row = |currency: &Currency| {
        let amounts = parts.iter().map(|(_, of)| figure(words::amount(of(&side.summary).of(*currency))));
        std::iter::once(text(currency.code())).chain(amounts).collect()
    };
    let rows: Vec<Vec<Cell>> = sides.currencies.0.iter().skip(1).map(row).collect();
    let head: Vec<&str> = std::iter::once("currency").chain(parts.iter().map(|(name, _)| *name)).collect();
    let caption = if name.is_empty() { String::new() } else { format!(", {name}") };
    html.table(&format!("What it costs in other currencies{caption}"), &head, &rows);
}

fn costs(sides: &Sides<'_>, currency: Currency) -> Vec<Vec<Cell>> {
    let all = SUMS.iter().chain(PARTS).chain(BESIDE);
    let rows = all.map(|(name, of)| (*name, sides.summaries().map(|summary| of(summary).of(currency)).collect::<Vec<_>>()));
    let some = rows.filter(|(_, amounts)| amounts.iter().any(|amount| !amount.amount().is_zero()));
    some.map(|(name, amounts)| {
        std::iter::once(text(name)).chain(amounts.into_iter().map(|it| figure(words::money(it)))).collect()
    })
    .collect()
}

/// What a candidate changes, and which rule caused it.
pub(super) fn write(comparison: &Comparison, sides: &Sides<'_>, html: &mut Html) {
    let currencies = &sides.currencies;
    html.section("changes", "What changes");
    matrix("Outcomes before and after", &comparison.outcomes, comparison.cases, html);
    let mut money: Vec<_> = comparison.money.iter().collect();
    money.sort_by_key(|change| currencies.rank(change.total.delta.currency()));
    let rows = |of_main: bool| -> Vec<Vec<Cell>> {
        let main = currencies.main();
        let some = money.iter().filter(|change| (main == Some(change.total.delta.currency())) == of_main);
        some.flat_map(|change| {
            [
                ("in all", &change.total),
                ("owed", &change.owed),
                ("penalties covered", &change.penalties),
                ("goodwill", &change.goodwill),
            ]
            .into_iter()
            .filter(|(name, sums)| *name == "in all" || told(sums, currencies))
            .map(|(name, sums)| changed(format!("{name}, {}", change.currency), sums))
        })
        .collect()
    };
    let head = ["", "before", "after", "difference", ""];
    html.table("Money before and after", &head, &rows(true));
    html.folded(&currencies.others("Money before and after"), |html| {
        html.table("Money before and after, other currencies", &head, &rows(false));
    });
    let moves: Vec<Vec<Cell>> = comparison.approvals.iter().map(moved).collect();
    html.table("Who signs, where that changes", &["before", "after", "cases"], &moves);
    causes(comparison, currencies, html);
    if let Some(intervals) = &comparison.intervals {
        sampled(intervals, html);
    }
}

/// Of the first currency everything is told, of the others what changes.
fn told(sums: &Change, currencies: &Currencies) -> bool {
    let is_main = currencies.main() == Some(sums.delta.currency());
    !sums.delta.amount().is_zero() || (is_main && !sums.before.amount().is_zero())
}

fn changed(name: String, change: &Change) -> Vec<Cell> {
    let share = change.share.map_or_else(String::new, words::change);
    vec![
        Cell::Text(name),
        figure(words::money(change.before)),
        figure(words::money(change.after)),
        figure(words::difference(change.delta)),
        figure(share),
    ]
}

fn moved(each: &Move) -> Vec<Cell> {
    vec![text(&words::plain(&each.before)), text(&words::plain(&each.after)), figure(words::count(each.cases))]
}

/// Counts of what was one thing and became another: a row for each before, a column for each after. What changes is marked.
pub(super) fn matrix(caption: &str, moves: &[Move], cases: u64, html: &mut Html) {
    let mut names: Vec<&str> = moves.iter().flat_map(|each| [each.before.as_str(), each.after.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    let at = |before: &str, after: &str| moves.iter().find(|each| each.before == before && each.after == after);
    let row = |before: &&str| {
        let cells = names.iter().map(|after| match at(before, after) {
            Some(each) if each.cases > 0 && before != after => Cell::Marked(words::count(each.cases)),
            Some(each) => figure(words::count(each.cases)),
            None => figure("·"),
        });
        std::iter::once(text(&words::plain(before))).chain(cells).collect()
    };
    let heads: Vec<String> = names.iter().map(|name| words::plain(name)).collect();
    let head: Vec<&str> = std::iter::once("before ↓ after →").chain(heads.iter().map(String::as_str)).collect();
    let rows: Vec<Vec<Cell>> = names.iter().map(row).collect();
    html.table(&format!("{caption}, {}", words::counted(cases, "case")), &head, &rows);
}

fn causes(comparison: &Comparison, currencies: &Currencies, html: &mut Html) {
    if comparison.causes.is_empty() {
        return;
    }
    html.heading("Which rule caused it");
    html.paragraph(
        "The difference of all costs, split by where the two policies part ways first. The lines add up to the whole difference.",
    );
    if let Some(main) = currencies.main() {
        let amount = |cause: &Cause| cause.delta.of(main);
        let drawn = comparison.causes.iter().filter(|cause| !amount(cause).amount().is_zero()).take(CAUSES_DRAWN_MAX);
        let rows: Vec<Row> = drawn
            .map(|cause| {
                let delta = amount(cause);
                let tint = if delta.amount().is_negative() { Tint::Less } else { Tint::More };
                let name = format!("{}: {}", words::plain(&cause.paid_for), of_cause(cause));
                Row { name, bars: vec![BarOf { tint, size: size(&delta.amount()), told: words::difference(delta) }] }
            })
            .collect();
        if !rows.is_empty() {
            let title = format!("Difference by cause, in {}", main.code());
            html.charts(&[(title.clone(), bars(&title, &rows))]);
        }
    }
    let row = |cause: &Cause| {
        vec![
            text(&words::plain(&cause.paid_for)),
            text(&of_cause(cause)),
            figure(words::count(cause.cases)),
            text(&currencies.differences(&cause.delta)),
            text(&cause.first),
        ]
    };
    let rows: Vec<Vec<Cell>> = comparison.causes.iter().take(CAUSES_TOLD_MAX).map(row).collect();
    html.table("Difference by cause", &["paid for", "what decides", "cases", "difference", "the first"], &rows);
    if comparison.causes.len() > CAUSES_TOLD_MAX {
        html.paragraph(&format!("{} more causes are left out here.", comparison.causes.len() - CAUSES_TOLD_MAX));
    }
}

/// What decided before, and what decides after.
pub(super) fn of_cause(cause: &Cause) -> String {
    if cause.before == cause.after {
        format!("{}/{}, other figures", cause.decision, cause.after)
    } else {
        format!("{}/{} → {}", cause.decision, cause.before, cause.after)
    }
}

fn sampled(intervals: &Intervals, html: &mut Html) {
    html.heading("How sure this is");
    html.paragraph(&format!(
        "Only a sample was decided. Drawn again {} times, the whole history lies between these ends in {} of the draws.",
        words::count(u64::from(intervals.draws)),
        words::share(intervals.confidence)
    ));
    let money = |name: &str, of: &Interval| {
        vec![text(name), figure(words::money(of.estimate)), figure(words::money(of.low)), figure(words::money(of.high))]
    };
    let CountInterval { estimate, low, high } = intervals.changed;
    let mut rows = vec![vec![
        text("cases that change"),
        figure(words::count(estimate)),
        figure(words::count(low)),
        figure(words::count(high)),
    ]];
    for of in &intervals.money {
        rows.push(money("cost before", &of.cost_before));
        rows.push(money("cost after", &of.cost_after));
        rows.push(money("difference in cost", &of.cost_delta));
        rows.push(money("difference in goodwill", &of.goodwill_delta));
    }
    html.table("The whole history, estimated", &["", "estimate", "lower end", "upper end"], &rows);
}
