//! How the figures came about, so that somebody else can get them again.

use super::html::{Cell, Html, text};
use super::sides::Sides;
use super::words;
use crate::authoring::markup::in_html;
use crate::backtest::report::Report;

pub(super) fn write(report: &Report, sides: &Sides<'_>, command: &str, html: &mut Html) {
    html.section("again", "How to get these figures again");
    html.paragraph("The same history, the same policies and the same time give the same figures, on every machine.");
    html.raw(&format!("<pre>{}</pre>\n", in_html(command)));
    let history = &report.history;
    let mut rows: Vec<Vec<Cell>> = vec![
        vec![text("history"), text(&history.files.join(", "))],
        vec![text("cases decided"), text(&words::count(history.cases))],
        vec![text("decided as of"), text(&history.as_of)],
    ];
    if history.skipped > 0 {
        rows.push(vec![text("rows that the mapping leaves out"), text(&words::count(history.skipped))]);
    }
    if let Some(sample) = &history.sample {
        let told = format!("{}, seed {}; {} left out", words::share(sample.share), sample.seed, words::count(history.left_out));
        rows.push(vec![text("sample"), text(&told)]);
    }
    rows.push(vec![text("whole history read"), text(if history.complete { "yes" } else { "no" })]);
    for (name, _, side) in &sides.sides {
        let policy = if name.is_empty() { "policy".to_owned() } else { format!("policy {name}") };
        rows.push(vec![text(&policy), text(&format!("{} {}, {}", side.name.bundle, side.name.version, side.origin))]);
        rows.push(vec![text(&format!("{policy}, digest")), text(&side.name.digest)]);
    }
    rows.push(vec![text("redress"), text(env!("CARGO_PKG_VERSION"))]);
    html.table("The run", &["", ""], &rows);
}
