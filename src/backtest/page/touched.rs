//! Who is touched: groups of customers, and the cases that change most, told both ways.

use super::html::{Cell, Html, figure, text};
use super::words::{self, Currencies};
use crate::authoring::markup::in_html;
use crate::backtest::chart::{BarOf, Row, Tint, bars, size};
use crate::backtest::comparison::{ChangedCase, Comparison, Fairness, GroupMoney, Reason, Told};
use crate::value::Currency;
use std::fmt::Write as _;

/// The changed cases of the currency with most cases that are told.
const CASES_OF_MAIN_MAX: usize = 10;
/// Those of each other currency.
const CASES_OF_OTHERS_MAX: usize = 1;

/// What the groups are by, with the words for it.
const BY: [(&str, &str); 4] = [
    ("segment", "By kind of customer"),
    ("language", "By language"),
    ("vulnerable", "By vulnerability"),
    ("vulnerability_flags", "By what makes a customer vulnerable"),
];

pub(super) fn fairness(comparison: &Comparison, currencies: &Currencies, html: &mut Html) {
    if comparison.fairness.is_empty() {
        return;
    }
    html.section("touched", "Who is touched");
    html.paragraph(
        "The same change, seen from groups of customers. A group that loses while others gain is a reason to look again, and no proof of \
         anything: groups differ in what they dispute.",
    );
    if let Some(main) = currencies.main() {
        let charts: Vec<(String, String)> = BY.iter().filter_map(|(by, title)| chart(comparison, by, title, main)).collect();
        html.charts(&charts);
    }
    for (by, title) in BY {
        let groups: Vec<&Fairness> = comparison.fairness.iter().filter(|group| group.by == by).collect();
        let rows: Vec<Vec<Cell>> = groups.iter().map(|group| row(group, currencies)).collect();
        html.table(
            title,
            &["group", "cases", "change", "get more", "get less", "upheld before", "after", "difference for a case"],
            &rows,
        );
    }
}

fn of_currency(group: &Fairness, currency: Currency) -> Option<&GroupMoney> {
    group.money.iter().find(|money| money.mean_delta.currency() == currency)
}

/// Where any group gets something else on average.
fn chart(comparison: &Comparison, by: &str, title: &str, main: Currency) -> Option<(String, String)> {
    let groups = comparison.fairness.iter().filter(|group| group.by == by);
    let found: Vec<(&Fairness, &GroupMoney)> =
        groups.filter_map(|group| of_currency(group, main).map(|money| (group, money))).collect();
    if found.iter().all(|(_, money)| money.mean_delta.amount().is_zero()) {
        return None;
    }
    let row = |(group, money): &(&Fairness, &GroupMoney)| {
        let delta = money.mean_delta;
        let tint = if delta.amount().is_negative() { Tint::More } else { Tint::After };
        let name = format!("{} ({})", words::plain(&group.group), words::counted(money.cases, "case"));
        Row { name, bars: vec![BarOf { tint, size: size(&delta.amount()), told: words::difference(delta) }] }
    };
    let title = format!("{title}: difference for a case, in {}", main.code());
    let rows: Vec<Row> = found.iter().map(row).collect();
    Some((title.clone(), bars(&title, &rows)))
}

fn row(group: &Fairness, currencies: &Currencies) -> Vec<Cell> {
    let deltas: crate::backtest::sums::Sums = group.money.iter().map(|money| money.mean_delta).collect();
    vec![
        text(&words::plain(&group.group)),
        figure(words::count(group.cases)),
        figure(words::of(group.changed, group.cases)),
        figure(words::count(group.better)),
        figure(words::count(group.worse)),
        figure(words::of(group.upheld_before, group.cases)),
        figure(words::of(group.upheld_after, group.cases)),
        text(&currencies.differences(&deltas)),
    ]
}

/// The cases whose cost changes most: many of the first currency, the first few of every other.
pub(super) fn dearest(comparison: &Comparison, currencies: &Currencies, html: &mut Html) {
    if comparison.dearest.is_empty() {
        return;
    }
    html.section("cases", "The cases that change most");
    html.paragraph("Each is told both ways, by the reasons that differ. The others, and the whole explanation, open below them.");
    let mut cases: Vec<&ChangedCase> = comparison.dearest.iter().collect();
    cases.sort_by_key(|case| currencies.rank(case.delta.currency()));
    let mut told = 0;
    let mut tell = |currency: Currency, most: usize, html: &mut Html| {
        let some = cases.iter().filter(|case| case.delta.currency() == currency).take(most);
        some.for_each(|case| {
            changed_case(case, html);
            told += 1;
        });
    };
    let mut all = currencies.0.iter().copied();
    all.by_ref().take(1).for_each(|main| tell(main, CASES_OF_MAIN_MAX, html));
    html.folded(&currencies.others("The case that changes most"), |html| {
        all.for_each(|currency| tell(currency, CASES_OF_OTHERS_MAX, html));
    });
    if told < cases.len() {
        html.paragraph(&format!("{} more stand in summary.json.", words::counted((cases.len() - told) as u64, "case")));
    }
}

fn changed_case(case: &ChangedCase, html: &mut Html) {
    let mut out = String::new();
    let _ = write!(
        out,
        "<article class=\"case\">\n<h3>{} <span class=\"delta{}\">{}</span></h3>\n<p class=\"place\">{}</p>\n<div class=\"pair\">\n",
        in_html(&case.case_id),
        if case.delta.amount().is_negative() { " less" } else { "" },
        in_html(&words::difference(case.delta)),
        in_html(&case.place)
    );
    told("Before", &case.before, &mut out);
    told("After", &case.after, &mut out);
    out.push_str("</div>\n</article>\n");
    html.raw(&out);
}

fn reason(reason: &Reason, out: &mut String) {
    let class = if reason.differs { " class=\"differs\"" } else { "" };
    let effect = match reason.effect.as_str() {
        "" => String::new(),
        effect => format!(" <span class=\"effect\">{}</span>", in_html(effect)),
    };
    let _ = writeln!(out, "<li{class}><code>{}</code> {}{effect}</li>", in_html(&reason.rule), in_html(&reason.because));
}

/// One decision: what it comes to, its reasons, and the whole explanation behind a fold.
pub(super) fn told(title: &str, told: &Told, out: &mut String) {
    let cost = told.cost.map_or_else(|| "no cost".to_owned(), words::money);
    let goodwill = told.goodwill.map_or_else(String::new, |it| format!(", of it {} goodwill", words::money(it)));
    let signs = told.approval.as_deref().filter(|role| *role != "none");
    let signs = signs.map_or_else(String::new, |role| format!("; signed by {}", words::plain(role)));
    let _ = write!(
        out,
        "<div class=\"side\">\n<h4>{}</h4>\n<p><b>{}</b>: {}</p>\n<ul class=\"reasons\">\n",
        in_html(title),
        in_html(&words::plain(&told.outcome)),
        in_html(&format!("{cost}{goodwill}{signs}"))
    );
    told.reasons.iter().filter(|reason| reason.differs).for_each(|it| reason(it, out));
    out.push_str("</ul>\n");
    let same = told.reasons.iter().filter(|reason| !reason.differs);
    let count = same.clone().count();
    if count > 0 {
        let _ = write!(out, "<details><summary>{count} reasons that are the same</summary>\n<ul class=\"reasons\">\n");
        same.for_each(|it| reason(it, out));
        out.push_str("</ul>\n</details>\n");
    }
    if !told.explanation.is_empty() {
        let _ = write!(
            out,
            "<details><summary>The whole explanation</summary>\n<pre>{}</pre>\n</details>\n",
            in_html(&told.explanation)
        );
    }
    out.push_str("</div>\n");
}
