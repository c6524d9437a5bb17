//! A report as one HTML file: it needs nothing beside it, runs nothing and asks for nothing.
//!
//! Order of the files, each using only those before it: `words`, `html`, `sides`, `changes`, `headline`, `touched`, `goodwill`, `people`,
//! `pools`, `reality`, `trouble`, `run`, `swept`.

mod changes;
mod goodwill;
mod headline;
mod html;
mod people;
mod pools;
mod reality;
mod run;
mod sides;
mod swept;
mod touched;
mod trouble;
mod words;

use super::report::Report;
use crate::authoring::markup::in_html;
use html::Html;
use sides::Sides;
use std::fmt::Write as _;
pub use swept::{sweep_chart, sweep_page};

/// What every page of ours looks like, and what a report adds to it.
const STYLES: [&str; 2] = [include_str!("../../authoring/render/style.css"), include_str!("style.css")];

/// The report as one HTML file; `command` is what somebody enters to get it again.
#[must_use]
pub fn page(report: &Report, command: &str) -> String {
    let mut top = Html::default();
    headline::banners(report, &mut top);
    let sides = Sides::of(report);
    let mut html = Html::default();
    headline::write(report, &sides, &mut html);
    if let Some(comparison) = &report.comparison {
        changes::write(comparison, &sides, &mut html);
        touched::fairness(comparison, &sides.currencies, &mut html);
        touched::dearest(comparison, &sides.currencies, &mut html);
    }
    changes::outcomes_and_money(&sides, &mut html);
    goodwill::write(&sides, &mut html);
    people::write(&sides, &mut html);
    pools::write(&sides, &mut html);
    reality::write(&sides, &mut html);
    trouble::write(report, &sides, &mut html);
    run::write(report, &sides, command, &mut html);
    html.end_section();
    whole(report, &top.text, &html)
}

fn whole(report: &Report, banners: &str, html: &Html) -> String {
    let title = match &report.candidate {
        Some(candidate) => format!("What {} would change", sides::name(candidate)),
        None => format!("What {} comes to", sides::name(&report.policy)),
    };
    let subtitle = match &report.candidate {
        Some(_) => format!("Beside {}, over {}", sides::name(&report.policy), history(report)),
        None => format!("Over {}", history(report)),
    };
    frame(&title, &subtitle, banners, html)
}

/// A page around what was written: its style is inside, and it asks for nothing else.
fn frame(title: &str, subtitle: &str, banners: &str, html: &Html) -> String {
    let (title, subtitle) = (in_html(title), in_html(subtitle));
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing is fetched and nothing runs, whatever a history says.
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
    out.push_str("<link rel=\"icon\" href=\"data:,\">\n");
    let _ = write!(out, "<title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n", STYLES.concat());
    out.push_str("<a class=\"skip\" href=\"#main\">To the report</a>\n<header>\n");
    let _ = write!(out, "<h1>{title}</h1>\n<p class=\"subtitle\">{subtitle}</p>\n{banners}</header>\n");
    out.push_str("<nav aria-label=\"Contents\">\n<p class=\"nav-title\">Contents</p>\n<ol>\n");
    for (anchor, name) in &html.sections {
        let _ = writeln!(out, "<li><a href=\"#{anchor}\">{}</a></li>", in_html(name));
    }
    let _ = write!(out, "</ol>\n</nav>\n<main id=\"main\">\n{}</main>\n</body>\n</html>\n", html.text);
    out
}

fn history(report: &Report) -> String {
    let history = &report.history;
    format!("{} of {}, decided as of {}", words::counted(history.cases, "case"), history.files.join(", "), history.as_of)
}
