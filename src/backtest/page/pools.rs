//! The pools of money that were declared, and when each would have run dry.

use super::html::{Cell, Html, figure, text};
use super::sides::Sides;
use super::words;
use crate::backtest::budget::{Budget, PoolPeriod};
use crate::backtest::chart::{Column, Tint, columns, size};

/// The periods that a table tells.
const PERIODS_TOLD_MAX: usize = 60;

pub(super) fn write(sides: &Sides<'_>, html: &mut Html) {
    let any = sides.sides.iter().any(|(_, _, side)| !side.budgets.is_empty());
    if !any {
        return;
    }
    html.section("pools", "Pools of money");
    let all = || sides.sides.iter().flat_map(|(name, tint, side)| side.budgets.iter().map(move |budget| (*name, *tint, budget)));
    // A pool that holds in each currency for itself is told in the first of them that draws on it.
    let first = |declared: &str| {
        let of_pool = all().filter(|(.., budget)| budget.declared == declared).map(|(.., budget)| budget.amount.currency());
        of_pool.min_by_key(|currency| sides.currencies.rank(*currency))
    };
    let is_first = |budget: &Budget| first(&budget.declared) == Some(budget.amount.currency());
    all().filter(|(.., budget)| is_first(budget)).for_each(|(name, tint, budget)| pool(name, tint, budget, html));
    html.folded("The same pools in other currencies", |html| {
        let mut others: Vec<_> = all().filter(|(.., budget)| !is_first(budget)).collect();
        others.sort_by_key(|(.., budget)| sides.currencies.rank(budget.amount.currency()));
        for (name, tint, budget) in others {
            pool(name, tint, budget, html);
        }
    });
}

fn pool(name: &str, tint: Tint, budget: &Budget, html: &mut Html) {
    let of = if name.is_empty() { String::new() } else { format!(", {name}") };
    html.heading(&format!("{}{of}, in {}", budget.declared, budget.amount.currency().code()));
    html.paragraph(&in_words(budget));
    let columns_: Vec<Column> = budget.periods.iter().map(|period| column(period, tint)).collect();
    if !columns_.is_empty() {
        let title =
            format!("Asked for, period by period; the line is what the pool holds, in {}", budget.amount.currency().code());
        html.charts(&[(title.clone(), columns(&title, &columns_, Some(size(&budget.amount.amount()))))]);
    }
    table(budget, html);
}

fn in_words(budget: &Budget) -> String {
    let periods = words::counted(u64::try_from(budget.periods.len()).unwrap_or(u64::MAX), "period");
    let dry = match budget.dry {
        0 => format!("Of {periods} none would have run dry."),
        dry => format!(
            "Of {periods}, {} would have run dry; {} were asked for beyond the pool.",
            words::count(dry),
            words::money(budget.beyond)
        ),
    };
    match (budget.dry_with_steps, budget.spared) {
        (Some(still), Some(spared)) => format!(
            "{dry} With the steps that were declared, {} still would; they would have spared {}.",
            if still == 0 { "none".to_owned() } else { words::count(still) },
            words::money(spared)
        ),
        _ => dry,
    }
}

fn column(period: &PoolPeriod, tint: Tint) -> Column {
    Column { name: period.period.clone(), sizes: vec![(tint, size(&period.asked.amount()))] }
}

fn table(budget: &Budget, html: &mut Html) {
    let has_steps = budget.periods.iter().any(|period| period.steps.is_some());
    let row = |period: &PoolPeriod| {
        let dry = period.ran_dry_on.map_or_else(|| figure("—"), |day| Cell::Marked(day.to_string()));
        let used = period.used.map_or_else(String::new, words::share);
        let mut cells = vec![
            text(&period.period),
            figure(words::money(period.asked)),
            figure(used),
            dry,
            figure(words::money(period.beyond)),
            figure(words::count(period.cases_after)),
        ];
        if has_steps {
            let steps = period.steps.as_ref();
            let from = steps.and_then(|it| it.from).map_or_else(|| "—".to_owned(), |day| day.to_string());
            let still = steps.and_then(|it| it.ran_dry_on).map_or_else(|| "—".to_owned(), |day| day.to_string());
            cells.push(figure(from));
            cells.push(figure(steps.map_or_else(String::new, |it| words::count(it.cases))));
            cells.push(figure(steps.map_or_else(String::new, |it| words::money(it.spared))));
            cells.push(figure(still));
        }
        cells
    };
    let rows: Vec<Vec<Cell>> = budget.periods.iter().take(PERIODS_TOLD_MAX).map(row).collect();
    let mut head = vec!["period", "asked for", "of the pool", "ran dry on", "beyond", "cases after"];
    if has_steps {
        head.extend(["steps from", "cases that get less", "spared", "still dry on"]);
    }
    html.table(&budget.declared, &head, &rows);
    if budget.periods.len() > PERIODS_TOLD_MAX {
        html.paragraph(&format!("{} later periods are left out here.", budget.periods.len() - PERIODS_TOLD_MAX));
    }
}
