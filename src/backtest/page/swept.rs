//! A sweep as a page and as a picture: what each combination of values costs, and what comes of it.

use super::frame;
use super::html::{Cell, Html, figure, text};
use super::words;
use crate::authoring::markup::in_html;
use crate::backtest::chart::{Dot, Tint, curve, size};
use crate::backtest::sums::Sums;
use crate::backtest::sweep::{Sweep, SweepPoint};
use crate::value::{Currency, Money};

/// The colours of a picture that stands alone: those of the page's style.
const COLOURS: &str = "<style>svg{--ink:#1d2125;--soft:#55606a;--line:#d9dad3;--before:#8593a0;--after:#1f6f8b;--more:#b3541e;--less:#2e7d4f;\
                       background:#fdfdfb;font-family:system-ui,sans-serif}\
                       @media(prefers-color-scheme:dark){svg{--ink:#e6e8ea;--soft:#a5afb8;--line:#363d43;--before:#7d8994;--after:#6cc0dc;\
                       --more:#f0a06a;--less:#86d3a4;background:#16191c}}</style>";

/// What a chart shows upward: its name, and how it is counted.
type Outcome = (&'static str, fn(&SweepPoint) -> u64);

const OUTCOMES: [Outcome; 5] = [
    ("cases with goodwill", |point| point.goodwill_cases),
    ("customers who get more than today", |point| point.better),
    ("customers who get less than today", |point| point.worse),
    ("cases upheld", |point| point.upheld),
    ("cases that two sign", |point| point.second_person),
];

fn points(sweep: &Sweep) -> impl Iterator<Item = &SweepPoint> {
    std::iter::once(&sweep.today).chain(&sweep.points)
}

/// How a point is named in a chart: its values alone.
fn name(point: &SweepPoint) -> String {
    let values: Vec<&str> = point.setting.assigned().iter().map(|each| each.value.as_str()).collect();
    if values.is_empty() { "as it is".to_owned() } else { values.join(" · ") }
}

fn chart(sweep: &Sweep, main: Currency, (outcome, of): Outcome) -> String {
    let dot = |point: &SweepPoint| Dot {
        name: name(point),
        across: size(&point.cost.of(main).amount()),
        up: size(&of(point)),
        tint: if point.setting.assigned().is_empty() { Tint::More } else { Tint::After },
    };
    let dots: Vec<Dot> = points(sweep).map(dot).collect();
    // Values of one parameter follow each other; those of several have no one order.
    let joined = sweep.points.iter().all(|point| point.setting.assigned().len() == 1);
    let (across, up) = (format!("cost, {} →", main.code()), format!("↑ {outcome}"));
    curve(&format!("Cost against {outcome}"), (&across, &up), &dots, joined)
}

fn varies(sweep: &Sweep, of: fn(&SweepPoint) -> u64) -> bool {
    points(sweep).any(|point| of(point) != of(&sweep.today))
}

/// The one outcome that a picture alone shows: the first that the values change.
#[must_use]
pub fn sweep_chart(sweep: &Sweep) -> String {
    let Some(main) = sweep.currencies().first().copied() else { return String::new() };
    let [first, ..] = OUTCOMES;
    let outcome = OUTCOMES.into_iter().find(|(_, of)| varies(sweep, *of)).unwrap_or(first);
    let svg = chart(sweep, main, outcome);
    match svg.split_once(">\n") {
        Some((head, rest)) => format!("{head}>\n{COLOURS}\n{rest}"),
        None => svg,
    }
}

/// A sweep as one HTML file.
#[must_use]
pub fn sweep_page(sweep: &Sweep, command: &str) -> String {
    let mut top = Html::default();
    if !sweep.history.complete {
        let why = sweep.history.stopped.as_deref().unwrap_or("the run was stopped");
        top.banner(
            "attention",
            "Partial run.",
            &format!("Only {} were decided: {why}.", words::counted(sweep.history.cases, "case")),
        );
    }
    let mut html = Html::default();
    html.section("short", "Cost against outcomes");
    html.paragraph(
        "Each point is the same history under other values; the point of another colour is the policy as it is. What lies to the left costs \
         less.",
    );
    let main = sweep.currencies().first().copied();
    if let Some(main) = main {
        let charts: Vec<(String, String)> = OUTCOMES
            .into_iter()
            .filter(|(_, of)| varies(sweep, *of))
            .map(|outcome| (format!("Cost and {}", outcome.0), chart(sweep, main, outcome)))
            .collect();
        if charts.is_empty() {
            html.paragraph("No outcome changes with these values, in any case of the history.");
        }
        html.charts(&charts);
    }
    tables(sweep, &mut html);
    html.section("again", "How to get these figures again");
    html.raw(&format!("<pre>{}</pre>\n", in_html(command)));
    let rejects = match sweep.rejects.rows {
        0 => "none".to_owned(),
        rows => format!("{}; they count nowhere", words::count(rows)),
    };
    let rows: Vec<Vec<Cell>> = [
        ("history", sweep.history.files.join(", ")),
        ("cases decided", words::count(sweep.history.cases)),
        ("rows that could not be read", rejects),
        ("cases whose amounts count in no sum", words::count(sweep.history.not_summed)),
        ("decided as of", sweep.history.as_of.clone()),
        ("policy", format!("{} {}, {}", sweep.policy.bundle, sweep.policy.version, sweep.origin)),
        ("policy, digest", sweep.policy.digest.clone()),
        ("redress", env!("CARGO_PKG_VERSION").to_owned()),
    ]
    .into_iter()
    .map(|(name, told)| vec![text(name), text(&told)])
    .collect();
    html.table("The run", &["", ""], &rows);
    html.end_section();
    let swept: Vec<&str> = sweep
        .points
        .first()
        .map_or_else(Vec::new, |point| point.setting.assigned().iter().map(|each| each.param.as_str()).collect());
    let title = format!("What {} of {} costs and brings", swept.join(" and "), sweep.policy.bundle);
    let subtitle = format!(
        "{} over {} of {}",
        sweep.policy.version,
        words::counted(sweep.history.cases, "case"),
        sweep.history.files.join(", ")
    );
    frame(&title, &subtitle, &top.text, &html)
}

fn tables(sweep: &Sweep, html: &mut Html) {
    html.section("points", "Every combination");
    let params: Vec<&str> = sweep
        .points
        .first()
        .map_or_else(Vec::new, |point| point.setting.assigned().iter().map(|each| each.param.as_str()).collect());
    let begin = |point: &SweepPoint| -> Vec<Cell> {
        if point.setting.assigned().is_empty() {
            return params.iter().map(|_| text("as it is")).collect();
        }
        point.setting.assigned().iter().map(|each| text(&each.value)).collect()
    };
    let head = |rest: &[&'static str]| -> Vec<&str> { params.iter().copied().chain(rest.iter().copied()).collect() };
    let counts: Vec<Vec<Cell>> = points(sweep)
        .map(|point| {
            let counts = [point.goodwill_cases, point.changed, point.better, point.worse, point.upheld, point.signed];
            let more = [point.second_person, point.escalated, point.faults];
            begin(point).into_iter().chain(counts.into_iter().chain(more).map(|it| figure(words::count(it)))).collect()
        })
        .collect();
    let rest = ["with goodwill", "change", "get more", "get less", "upheld", "somebody signs", "two sign", "go up", "faults"];
    html.table("Cases", &head(&rest), &counts);
    for currency in sweep.currencies() {
        let rows: Vec<Vec<Cell>> = points(sweep)
            .map(|point| {
                let of = |sums: &Sums| sums.of(currency);
                let [cost, delta, goodwill] = [&point.cost, &point.cost_delta, &point.goodwill].map(of);
                let told: [fn(Money) -> String; 3] = [words::money, words::difference, words::money];
                let cells = [cost, delta, goodwill].into_iter().zip(told).map(|(amount, told)| figure(told(amount)));
                begin(point).into_iter().chain(cells).collect()
            })
            .collect();
        html.table(&format!("Money, in {}", currency.code()), &head(&["cost", "difference", "goodwill"]), &rows);
    }
}
