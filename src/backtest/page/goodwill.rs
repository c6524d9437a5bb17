//! What is given without being owed: how much, how it is spread, and to whom.

use super::html::{Cell, Html, figure, text};
use super::sides::Sides;
use super::words;
use crate::backtest::chart::{Column, Size, columns, size};
use crate::backtest::spread::{Bar, SpreadNote};
use crate::backtest::summary::{Goodwill, GoodwillOf, Summary};
use crate::backtest::sums::Sums;
use crate::value::{Currency, Money};

/// The columns into which amounts are put together.
const COLUMNS_MAX: usize = 24;
/// The groups that a table tells.
const GROUPS_TOLD_MAX: usize = 20;

type Groups = fn(&Goodwill) -> &Vec<GoodwillOf>;

const BY: [(&str, Groups); 4] = [
    ("by segment", |of| &of.by_segment),
    ("by tier", |of| &of.by_tier),
    ("by reason", |of| &of.by_reason),
    ("by jurisdiction", |of| &of.by_jurisdiction),
];

fn of(summary: &Summary, currency: Currency) -> Option<&Goodwill> {
    summary.goodwill.iter().find(|goodwill| goodwill.currency == currency.code())
}

pub(super) fn write(sides: &Sides<'_>, html: &mut Html) {
    let currencies: Vec<Currency> =
        sides.currencies.0.iter().copied().filter(|currency| sides.summaries().any(|it| of(it, *currency).is_some())).collect();
    let Some(main) = currencies.first() else { return };
    html.section("goodwill", "Goodwill");
    let mut charts = vec![histogram(sides, *main)];
    charts.extend(months(sides, *main));
    html.charts(&charts);
    let tell = |currency: Currency, html: &mut Html| {
        let rows: Vec<Vec<Cell>> = sides
            .sides
            .iter()
            .filter_map(|(name, _, side)| Some((name, of(&side.summary, currency)?)))
            .map(|(name, goodwill)| spread(if name.is_empty() { "goodwill" } else { name }, None, &goodwill.spread))
            .collect();
        html.table(&format!("Cases with goodwill, in {}", currency.code()), &SPREAD, &rows);
    };
    tell(*main, html);
    html.folded(&sides.currencies.others("Cases with goodwill"), |html| {
        currencies.iter().skip(1).for_each(|currency| tell(*currency, html));
    });
    cuts(sides, *main, html);
    for (by, groups) in BY {
        let caption = format!("Goodwill {by}, in {}", main.code());
        let last = sides.sides.last().and_then(|(_, _, side)| of(&side.summary, *main));
        let rows: Vec<Vec<Cell>> = last.map_or_else(Vec::new, |goodwill| {
            let some = groups(goodwill).iter().take(GROUPS_TOLD_MAX);
            some.map(|group| spread(&words::plain(&group.group), Some(group.cases), &group.spread)).collect()
        });
        let caption = if sides.is_pair() { format!("{caption}, after") } else { caption };
        html.table(&caption, &GROUPED, &rows);
    }
}

const SPREAD: [&str; 7] = ["", "cases", "in all", "mean", "half get at most", "nine in ten at most", "most"];
const GROUPED: [&str; 8] = ["", "cases", "with goodwill", "in all", "mean", "half get at most", "nine in ten at most", "most"];

fn spread(name: &str, all: Option<u64>, of: &SpreadNote) -> Vec<Cell> {
    let amounts = [of.total, of.mean, of.median, of.p90, of.most].map(|amount| figure(words::money(amount)));
    let counts = all.into_iter().chain([of.cases]).map(|count| figure(words::count(count)));
    std::iter::once(text(name)).chain(counts).chain(amounts).collect()
}

fn cuts(sides: &Sides<'_>, main: Currency, html: &mut Html) {
    let rows = sides.counts(|summary| {
        of(summary, main).map_or_else(Vec::new, |it| it.cut_by.iter().map(|(name, count)| (name.as_str(), *count)).collect())
    });
    html.table(&format!("Gestures that a limit cut, in {}", main.code()), &sides.head("limit", "cases"), &Sides::cells(&rows));
}

/// How many cases get how much. Amounts are put together in steps that are round figures.
fn histogram(sides: &Sides<'_>, main: Currency) -> (String, String) {
    let bars = |summary| of(summary, main).map_or(&[][..], |goodwill: &Goodwill| goodwill.amounts.as_slice());
    let most = sides.summaries().flat_map(bars).map(|bar| size(&bar.amount.amount())).fold(0.0, Size::max);
    let step = step(most);
    let place = |bar: &Bar| place(size(&bar.amount.amount()), step);
    let count = sides.summaries().flat_map(bars).map(place).max().map_or(0, |last| last + 1);
    let columns_: Vec<Column> = (0..count)
        .map(|at| {
            let cases = |summary| bars(summary).iter().filter(|bar| place(bar) == at).map(|bar| bar.cases).sum::<u64>();
            let sizes = sides.sides.iter().map(|(_, tint, side)| (*tint, size(&cases(&side.summary))));
            Column { name: step_name(at, step), sizes: sizes.collect() }
        })
        .collect();
    let title = format!("Cases by amount of goodwill, in steps of {step} {}", main.code());
    (title.clone(), columns(&title, &columns_, None))
}

/// A round step of which so many reach the largest amount.
#[expect(clippy::float_arithmetic, reason = "how wide a column is drawn")]
fn step(most: Size) -> u64 {
    let rounds = (0..15_u32).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    rounds.into_iter().find(|step| most / size(step) < size(&COLUMNS_MAX)).unwrap_or(u64::MAX)
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "which column an amount belongs to; amounts are not below zero, and the columns are few"
)]
fn place(amount: Size, step: u64) -> usize {
    (amount / size(&step)) as usize
}

fn step_name(at: usize, step: u64) -> String {
    words::count(u64::try_from(at).unwrap_or(0).saturating_mul(step))
}

/// Goodwill and cost by month of receipt.
fn months(sides: &Sides<'_>, main: Currency) -> Vec<(String, String)> {
    let mut names: Vec<&str> = sides.summaries().flat_map(|summary| &summary.months).map(|month| month.month.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return Vec::new();
    }
    let chart = |title: &str, sums: fn(&crate::backtest::summary::Month) -> &Sums| {
        let columns_: Vec<Column> = names
            .iter()
            .map(|name| {
                let amount = |summary: &Summary| -> Money {
                    let month = summary.months.iter().find(|month| month.month == **name);
                    month.map_or_else(|| Money::zero(main), |month| sums(month).of(main))
                };
                let sizes = sides.sides.iter().map(|(_, tint, side)| (*tint, size(&amount(&side.summary).amount())));
                Column { name: (*name).to_owned(), sizes: sizes.collect() }
            })
            .collect();
        let title = format!("{title}, in {}", main.code());
        (title.clone(), columns(&title, &columns_, None))
    };
    vec![
        chart("Goodwill by month of receipt", |month| &month.goodwill),
        chart("All cost by month of receipt", |month| &month.cost),
    ]
}
