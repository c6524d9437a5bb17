//! The one policy of a report, or the two of them, side by side.

use super::html::{Cell, figure, text};
use super::words::{self, Currencies};
use crate::backtest::chart::{BarOf, Row, Tint, size};
use crate::backtest::report::{Report, Side};
use crate::backtest::summary::Summary;
use crate::backtest::sums::Sums;
use crate::value::Currency;
use std::collections::BTreeSet;

/// Which sums of a summary are meant, and what they are called.
pub(super) type NamedSums = (&'static str, fn(&Summary) -> &Sums);

/// The policies that are told, the one that is looked at last.
pub(super) struct Sides<'r> {
    pub(super) sides: Vec<(&'static str, Tint, &'r Side)>,
    pub(super) currencies: Currencies,
}

/// How a policy is called: `default 2026.11.1`.
pub(super) fn name(side: &Side) -> String {
    format!("{} {}", side.name.bundle, side.name.version)
}

impl<'r> Sides<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        let sides = match &report.candidate {
            Some(candidate) => vec![("before", Tint::Before, &report.policy), ("after", Tint::After, candidate)],
            None => vec![("", Tint::After, &report.policy)],
        };
        let currencies = currencies(&sides);
        Self { sides, currencies }
    }

    pub(super) fn is_pair(&self) -> bool {
        self.sides.len() > 1
    }

    pub(super) fn summaries(&self) -> impl Iterator<Item = &'r Summary> {
        self.sides.iter().map(|(_, _, side)| &side.summary)
    }

    /// The head of a table with a column for each side: `before`, `after`, else the one word.
    pub(super) fn head(&self, first: &'static str, alone: &'static str) -> Vec<&'static str> {
        let names = self.sides.iter().map(|(name, ..)| if name.is_empty() { alone } else { *name });
        std::iter::once(first).chain(names).collect()
    }

    /// Rows of counts: every name that any side has, those of the first side in its order.
    pub(super) fn counts<'a>(&self, of: impl Fn(&'r Summary) -> Vec<(&'a str, u64)>) -> Vec<(String, Vec<u64>)>
    where
        'r: 'a,
    {
        let lists: Vec<Vec<(&str, u64)>> = self.summaries().map(of).collect();
        let mut seen = BTreeSet::new();
        let names = lists.iter().flatten().map(|(name, _)| *name).filter(|name| seen.insert(*name));
        let count =
            |list: &[(&str, u64)], name: &str| list.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
        names.map(|name| (name.to_owned(), lists.iter().map(|list| count(list, name)).collect())).collect()
    }

    /// The same as rows of a table.
    pub(super) fn cells(rows: &[(String, Vec<u64>)]) -> Vec<Vec<Cell>> {
        let cells = |(name, counts): &(String, Vec<u64>)| {
            std::iter::once(text(&words::plain(name))).chain(counts.iter().map(|count| figure(words::count(*count)))).collect()
        };
        rows.iter().map(cells).collect()
    }

    /// The same as bars.
    pub(super) fn bars(&self, rows: &[(String, Vec<u64>)]) -> Vec<Row> {
        let row = |(name, counts): &(String, Vec<u64>)| {
            let bars = counts.iter().zip(&self.sides);
            let bars = bars.map(|(count, (_, tint, _))| BarOf { tint: *tint, size: size(count), told: words::count(*count) });
            Row { name: words::plain(name), bars: bars.collect() }
        };
        rows.iter().map(row).collect()
    }

    /// Amounts of one currency as bars, a row for each name; names without any amount are left out.
    pub(super) fn money_bars(&self, currency: Currency, rows: &[NamedSums]) -> Vec<Row> {
        let row = |(name, of): &NamedSums| {
            let bars = self.sides.iter().map(|(_, tint, side)| {
                let amount = of(&side.summary).of(currency);
                BarOf { tint: *tint, size: size(&amount.amount()), told: words::money(amount) }
            });
            Row { name: (*name).to_owned(), bars: bars.collect() }
        };
        let is_something = |(_, of): &&NamedSums| self.summaries().any(|summary| !of(summary).of(currency).amount().is_zero());
        rows.iter().filter(is_something).map(row).collect()
    }
}

/// The currencies of all sides; those of most cases first, where that is known.
fn currencies(sides: &[(&'static str, Tint, &Side)]) -> Currencies {
    let summaries = || sides.iter().map(|(_, _, side)| &side.summary);
    let mut list: Vec<Currency> = Vec::new();
    let by_goodwill = summaries().flat_map(|summary| &summary.goodwill).map(|of| of.spread.total.currency());
    let others = summaries().flat_map(|summary| summary.money.total.currencies());
    for currency in by_goodwill.chain(others) {
        if !list.contains(&currency) {
            list.push(currency);
        }
    }
    Currencies(list)
}
