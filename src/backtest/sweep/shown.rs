//! A sweep as a table: for a terminal, or with commas for a spreadsheet.

use super::point::{Sweep, SweepPoint};
use crate::backtest::shown::figures::{amount, count, many, not_summed, signed};
use crate::backtest::sums::Sums;
use std::fmt::Write as _;

/// The values of a point, in the order of the parameters; `as it is` for the policy of today.
fn values(sweep: &Sweep, point: &SweepPoint) -> Vec<String> {
    let params = sweep.points.first().map_or(0, |first| first.setting.assigned().len());
    if point.setting.assigned().is_empty() {
        return (0..params).map(|_| "as it is".to_owned()).collect();
    }
    point.setting.assigned().iter().map(|each| each.value.clone()).collect()
}

fn params(sweep: &Sweep) -> Vec<String> {
    sweep.points.first().map_or_else(Vec::new, |first| first.setting.assigned().iter().map(|each| each.param.clone()).collect())
}

/// A table for a person: a block for each currency, then what is counted in cases.
#[must_use]
pub fn sweep_text(sweep: &Sweep) -> String {
    let mut out = String::new();
    let history = &sweep.history;
    let (files, cases) = (history.files.join(", "), many(history.cases, "case", "cases"));
    let _ = writeln!(out, "{} {}, {}; {cases} of {files}", sweep.policy.bundle, sweep.policy.version, sweep.origin);
    let _ = writeln!(out, "as of {}", history.as_of);
    if !history.complete {
        let _ = writeln!(out, "PARTIAL: {}", history.stopped.as_deref().unwrap_or("the run was stopped"));
    }
    if history.not_summed > 0 {
        let _ = writeln!(out, "NOT IN THE SUMS: {}", not_summed(history.not_summed));
    }
    if sweep.rejects.rows > 0 {
        let _ = writeln!(out, "{} could not be read, counted nowhere", many(sweep.rejects.rows, "row", "rows"));
    }
    let all: Vec<&SweepPoint> = std::iter::once(&sweep.today).chain(&sweep.points).collect();
    for currency in sweep.currencies() {
        let head = ["cost", "difference", "goodwill"].map(|name| format!("{name} {}", currency.code()));
        let rows = all.iter().map(|point| {
            let sums: [&Sums; 3] = [&point.cost, &point.cost_delta, &point.goodwill];
            let [cost, delta, goodwill] = sums.map(|sums| sums.of(currency));
            vec![amount(cost), signed(delta), amount(goodwill)]
        });
        block(sweep, &all, &head, rows.collect(), &mut out);
    }
    let head =
        ["goodwill cases", "change", "get more", "get less", "upheld", "signed", "by two", "go up", "faults"].map(str::to_owned);
    let rows = all.iter().map(|point| {
        let counts = [
            point.goodwill_cases,
            point.changed,
            point.better,
            point.worse,
            point.upheld,
            point.signed,
            point.second_person,
            point.escalated,
            point.faults,
        ];
        counts.map(count).to_vec()
    });
    block(sweep, &all, &head, rows.collect(), &mut out);
    out
}

fn block(sweep: &Sweep, points: &[&SweepPoint], head: &[String], rows: Vec<Vec<String>>, out: &mut String) {
    let named = params(sweep);
    let head: Vec<String> = named.iter().cloned().chain(head.iter().cloned()).collect();
    let rows: Vec<Vec<String>> = points.iter().zip(rows).map(|(point, row)| [values(sweep, point), row].concat()).collect();
    let width = |at: usize| {
        let cells = std::iter::once(&head).chain(&rows).filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    out.push('\n');
    for row in std::iter::once(&head).chain(&rows) {
        // Values to the left, figures to the right.
        let cell = |(at, cell): (usize, &String)| {
            let width = width(at);
            if at < named.len() { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        let _ = writeln!(out, "  {}", cells.join("  "));
    }
}

/// A line for each combination of values and currency.
#[must_use]
pub fn sweep_csv(sweep: &Sweep) -> String {
    let mut head = params(sweep);
    head.extend(
        [
            "currency",
            "cost",
            "cost_delta",
            "goodwill",
            "cases",
            "goodwill_cases",
            "changed",
            "better",
            "worse",
            "upheld",
            "signed",
        ]
        .map(str::to_owned),
    );
    head.extend(["second_person", "hours", "escalated", "faults"].map(str::to_owned));
    let mut out = line(&head);
    for point in std::iter::once(&sweep.today).chain(&sweep.points) {
        for currency in sweep.currencies() {
            let mut cells = values(sweep, point);
            cells.push(currency.code().to_owned());
            cells.extend([&point.cost, &point.cost_delta, &point.goodwill].map(|sums| sums.of(currency).amount_text()));
            let counts =
                [point.cases, point.goodwill_cases, point.changed, point.better, point.worse, point.upheld, point.signed];
            cells.extend(counts.map(|count| count.to_string()));
            cells.push(point.second_person.to_string());
            cells.push(point.hours.map_or_else(String::new, |hours| hours.to_string()));
            cells.extend([point.escalated, point.faults].map(|count| count.to_string()));
            out.push_str(&line(&cells));
        }
    }
    out
}

fn line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    format!("{}\n", cells.iter().map(quoted).collect::<Vec<_>>().join(","))
}
