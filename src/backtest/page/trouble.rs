//! What could not be decided or read, and what no case reached.

use super::html::{Cell, Html, figure, text};
use super::sides::Sides;
use super::words;
use crate::backtest::comparison::FaultChange;
use crate::backtest::report::Report;
use crate::backtest::summary::RuleHits;
use std::collections::BTreeMap;

/// The rules that the table tells: those with the most hits.
const RULES_TOLD_MAX: usize = 40;
/// The rules without a hit that are named.
const UNHIT_TOLD_MAX: usize = 300;

pub(super) fn write(report: &Report, sides: &Sides<'_>, html: &mut Html) {
    html.section("trouble", "What could not be decided");
    let faults = sides.counts(|summary| summary.faults.by_kind.iter().map(|fault| (fault.name.as_str(), fault.cases)).collect());
    let refused = sides.counts(|summary| summary.refused.iter().map(|(name, count)| (name.as_str(), *count)).collect());
    let cases: Vec<String> = sides.summaries().map(|summary| words::count(summary.faults.cases)).collect();
    if faults.is_empty() && refused.is_empty() {
        html.paragraph("Every case was decided without a fault.");
    } else {
        html.paragraph(&format!("Cases with a fault, or without a rule: {}.", cases.join(" before, ")));
    }
    html.table("Faults, by decision and kind", &sides.head("fault", "cases"), &Sides::cells(&faults));
    html.table("Cases that are not decided at all", &sides.head("why", "cases"), &Sides::cells(&refused));
    if let Some(comparison) = &report.comparison {
        brought("Faults that the candidate brings", &comparison.new_faults, html);
        brought("Faults that it ends", &comparison.mended_faults, html);
        brought("Cases newly without a rule", &comparison.newly_without_rule, html);
    }
    rejects(report, html);
    rules(sides, html);
}

fn brought(caption: &str, change: &FaultChange, html: &mut Html) {
    let rows: Vec<Vec<Cell>> = change.by.iter().map(|fault| vec![text(&fault.name), figure(words::count(fault.cases))]).collect();
    let first = if change.first.is_empty() { String::new() } else { format!("; the first: {}", change.first.join(", ")) };
    html.table(&format!("{caption}, {}{first}", words::counted(change.cases, "case")), &["fault", "cases"], &rows);
}

fn rejects(report: &Report, html: &mut Html) {
    let rejects = &report.rejects;
    html.heading("Rows that could not be read");
    if rejects.rows == 0 {
        html.paragraph("Every row of the history could be read.");
        return;
    }
    let rows = words::counted(rejects.rows, "row");
    html.paragraph(&format!("{rows} of the history could not be read as a case; they count nowhere above."));
    let rows: Vec<Vec<Cell>> = rejects
        .by_code
        .iter()
        .map(|(code, by)| vec![text(code), figure(words::count(by.rows)), text(&by.first), text(&by.message)])
        .collect();
    html.table("Rows by their first mistake", &["code", "rows", "the first", "what is wrong with it"], &rows);
}

/// Every rule of every side, with the hits of each.
fn rules(sides: &Sides<'_>, html: &mut Html) {
    html.section("rules", "Rules");
    let key = |rule: &RuleHits| format!("{}/{}", rule.decision, rule.rule);
    let hits: Vec<BTreeMap<String, u64>> =
        sides.summaries().map(|summary| summary.rules.iter().map(|rule| (key(rule), rule.hits)).collect()).collect();
    let Some(last) = hits.last() else { return };
    let mut most: Vec<(&String, u64)> = last.iter().map(|(name, count)| (name, *count)).filter(|(_, count)| *count > 0).collect();
    most.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let row = |(name, _): &(&String, u64)| {
        let counts = hits.iter().map(|of| of.get(*name).map_or_else(|| figure("—"), |count| figure(words::count(*count))));
        std::iter::once(text(name)).chain(counts).collect()
    };
    let rows: Vec<Vec<Cell>> = most.iter().take(RULES_TOLD_MAX).map(row).collect();
    html.table("The rules that decide most", &sides.head("rule", "hits"), &rows);
    let unhit: Vec<&str> = last.iter().filter(|(_, count)| **count == 0).map(|(name, _)| name.as_str()).collect();
    if unhit.is_empty() {
        return;
    }
    let told = unhit.iter().take(UNHIT_TOLD_MAX).copied().collect::<Vec<_>>().join(", ");
    let more = unhit.len().saturating_sub(UNHIT_TOLD_MAX);
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    html.heading(&format!("Never reached: {} of {} rules", unhit.len(), last.len()));
    html.paragraph("A rule that no case reached may be for what is rare, or may be in the way of nothing. These are:");
    html.paragraph(&format!("{told}{more}."));
}
