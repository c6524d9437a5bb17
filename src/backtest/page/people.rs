//! The work that it makes: who signs, what goes up, what becomes of relationships, and which clocks are missed.

use super::html::{Cell, Html, figure, text};
use super::sides::Sides;
use super::words;
use crate::backtest::chart::{Column, bars, columns, size};
use crate::backtest::summary::{DayStretch, Escalations, RoleLoad, Summary};
use crate::value::Decimal;

/// The days that are told.
const DAYS_TOLD_MAX: usize = 5;

pub(super) fn write(sides: &Sides<'_>, html: &mut Html) {
    html.section("work", "The work that it makes");
    let roles = sides.counts(|summary| signing(summary).map(|load| (load.role.as_str(), load.cases)).collect());
    let levels =
        sides.counts(|summary| summary.escalations.by_target.iter().map(|(name, count)| (name.as_str(), *count)).collect());
    let mut charts = Vec::new();
    if !roles.is_empty() {
        charts.push(("Cases that a role signs".to_owned(), bars("Cases that a role signs", &sides.bars(&roles))));
    }
    let upward: Vec<(String, Vec<u64>)> = levels.iter().filter(|(name, _)| name != "none").cloned().collect();
    if !upward.is_empty() {
        charts
            .push(("Escalations, by whom they go to".to_owned(), bars("Escalations, by whom they go to", &sides.bars(&upward))));
    }
    charts.extend(by_day(sides));
    html.charts(&charts);
    signatures(sides, html);
    escalations(sides, html);
    let actions =
        sides.counts(|summary| summary.relationships.actions.iter().map(|(name, count)| (name.as_str(), *count)).collect());
    html.table("What becomes of relationships", &sides.head("", "cases"), &Sides::cells(&actions));
    let exits: Vec<Vec<Cell>> = [
        ("endings proposed, for a person to decide", (|it| it.relationships.exits_proposed) as fn(&Summary) -> u64),
        ("endings that a safeguard blocks", |it| it.relationships.exits_blocked),
        ("cases with a clock missed", |it| it.clocks.cases),
    ]
    .iter()
    .map(|(name, of)| std::iter::once(text(name)).chain(sides.summaries().map(|it| figure(words::count(of(it))))).collect())
    .collect();
    html.table("Endings and clocks", &sides.head("", "cases"), &exits);
    let clocks = sides.counts(|summary| summary.clocks.by_clock.iter().map(|clock| (clock.name.as_str(), clock.cases)).collect());
    html.table("Clocks missed, by obligation", &sides.head("obligation", "cases"), &Sides::cells(&clocks));
}

/// Escalations over the days of the history, beside what a day can take.
fn by_day(sides: &Sides<'_>) -> Option<(String, String)> {
    let stretches: Vec<&[DayStretch]> = sides.summaries().map(|summary| &*summary.escalations.stretches).collect();
    let first = stretches.first()?;
    if first.len() < 2 || stretches.iter().all(|side| side.iter().all(|stretch| stretch.cases == 0)) {
        return None;
    }
    let column = |(at, stretch): (usize, &DayStretch)| {
        let of_sides = sides.sides.iter().zip(&stretches);
        let most = |side: &[DayStretch]| side.get(at).map_or(0, |stretch| stretch.most_a_day);
        let sizes = of_sides.map(|((_, tint, _), side)| (*tint, size(&most(side)))).collect();
        Column { name: stretch.from.to_string(), sizes }
    };
    let drawn: Vec<Column> = first.iter().enumerate().map(column).collect();
    let capacity = sides.summaries().next().and_then(|summary| summary.escalations.capacity_a_day);
    let width = first.first().map_or(1, |stretch| stretch.days);
    let what = match width {
        1 => "Escalations, day by day".to_owned(),
        days => format!("Escalations on the busiest of each {days} days"),
    };
    let title = match capacity {
        Some(capacity) => format!("{what}; the line is what a day can take ({})", words::count(capacity)),
        None => what,
    };
    Some((title.clone(), columns(&title, &drawn, capacity.map(|capacity| size(&capacity)))))
}

fn signing(summary: &Summary) -> impl Iterator<Item = &RoleLoad> {
    summary.approvals.by_role.iter().filter(|load| load.role != "none")
}

fn hours(hours: Option<Decimal>) -> Cell {
    hours.map_or_else(|| figure("—"), |hours| figure(words::fixed(hours, 1)))
}

fn signatures(sides: &Sides<'_>, html: &mut Html) {
    for (name, _, side) in &sides.sides {
        let approvals = &side.summary.approvals;
        let mut rows: Vec<Vec<Cell>> = signing(&side.summary)
            .map(|load| {
                let minutes = load.minutes_each.map_or_else(|| figure("—"), |minutes| figure(words::fixed(minutes, 0)));
                vec![text(&words::plain(&load.role)), figure(words::count(load.cases)), minutes, hours(load.hours)]
            })
            .collect();
        rows.push(vec![text("a second person as well"), figure(words::count(approvals.second_person)), figure(""), figure("")]);
        if approvals.hours.is_some() {
            rows.push(vec![text("all hours that are known"), figure(""), figure(""), hours(approvals.hours)]);
        }
        let caption = if name.is_empty() { "Who signs".to_owned() } else { format!("Who signs, {name}") };
        html.table(&caption, &["role", "cases", "minutes each", "hours"], &rows);
    }
}

fn escalations(sides: &Sides<'_>, html: &mut Html) {
    let rows: Vec<Vec<Cell>> = [
        ("cases that go up", (|it| words::count(it.cases)) as fn(&Escalations) -> String),
        ("on a mean day", |it| it.mean_a_day.to_string()),
        ("days of the history", |it| words::count(it.days)),
        ("capacity a day", |it| it.capacity_a_day.map_or_else(|| "not stated".to_owned(), words::count)),
        ("days with more", |it| it.capacity_a_day.map_or_else(|| "—".to_owned(), |_| words::count(it.days_over))),
        ("cases beyond it", |it| it.capacity_a_day.map_or_else(|| "—".to_owned(), |_| words::count(it.cases_over))),
    ]
    .iter()
    .map(|(name, of)| std::iter::once(text(name)).chain(sides.summaries().map(|it| figure(of(&it.escalations)))).collect())
    .collect();
    html.table("Escalations", &sides.head("", ""), &rows);
    let Some((_, _, last)) = sides.sides.last() else { return };
    let busiest = last.summary.escalations.busiest.iter().take(DAYS_TOLD_MAX);
    let days: Vec<Vec<Cell>> = busiest.map(|day| vec![text(&day.day.to_string()), figure(words::count(day.cases))]).collect();
    html.table("Days with the most escalations", &["day of receipt", "escalations"], &days);
}
