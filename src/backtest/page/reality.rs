//! A policy beside what really happened.

use super::changes::matrix;
use super::html::{Cell, Html, figure, text};
use super::sides::Sides;
use super::touched::told;
use super::words;
use crate::authoring::markup::in_html;
use crate::backtest::agreement::{Agreement, Disagreement, Paid};
use crate::backtest::chart::{BarOf, Row, Tint, bars, size};
use std::fmt::Write as _;

pub(super) fn write(sides: &Sides<'_>, html: &mut Html) {
    let told: Vec<(&str, &Agreement)> =
        sides.sides.iter().filter_map(|(name, _, side)| Some((*name, side.agreement.as_ref()?))).collect();
    if told.is_empty() {
        return;
    }
    html.section("reality", "Beside what really happened");
    html.paragraph(
        "What goes together here is an association, never a cause: a case that was paid more was not paid more because of what this policy \
         would have said.",
    );
    for (name, agreement) in told {
        if !name.is_empty() {
            html.heading(&format!("The policy {name}"));
        }
        one(agreement, html);
    }
}

fn one(agreement: &Agreement, html: &mut Html) {
    let share = agreement.outcomes_share.map_or_else(String::new, |share| format!(" ({})", words::share(share)));
    html.paragraph(&format!(
        "Of {} the history tells anything; of {} it tells the outcome. {} of these the policy decides alike{share}.",
        words::counted(agreement.cases, "case"),
        words::counted(agreement.outcomes_known, "case"),
        words::count(agreement.outcomes_agree)
    ));
    let paid: Vec<Row> = agreement.paid.iter().map(paid_bars).collect();
    if !paid.is_empty() {
        html.charts(&[(
            "Paid in all, really and by the policy".to_owned(),
            bars("Paid in all, really and by the policy", &paid),
        )]);
    }
    matrix("Outcomes, really (before) and as decided (after)", &agreement.outcomes, agreement.outcomes_known, html);
    let rows: Vec<Vec<Cell>> = agreement
        .paid
        .iter()
        .map(|paid| money("paid in all", paid))
        .chain(agreement.goodwill.iter().map(|paid| money("goodwill", paid)))
        .collect();
    html.table(
        "Money, really and by the policy",
        &["", "cases", "the same", "policy pays more", "less", "really", "policy", "difference", "a case differs by"],
        &rows,
    );
    let rows: Vec<Vec<Cell>> = agreement
        .satisfaction
        .iter()
        .map(|group| {
            let agree = words::of(group.outcomes_agree, group.cases);
            vec![
                text(&group.customers),
                figure(words::count(group.cases)),
                figure(words::count(group.outcomes_agree)),
                figure(agree),
            ]
        })
        .collect();
    html.table("Customers, by whether they were satisfied", &["customers", "cases", "decided alike", ""], &rows);
    if agreement.largest.is_empty() {
        return;
    }
    html.heading("Where they differ most");
    agreement.largest.iter().for_each(|each| disagreement(each, html));
}

fn paid_bars(paid: &Paid) -> Row {
    let bar = |tint, amount: crate::value::Money| BarOf { tint, size: size(&amount.amount()), told: words::money(amount) };
    let name = format!("really, then by the policy: {}", words::counted(paid.cases, "case"));
    Row { name, bars: vec![bar(Tint::Before, paid.actual), bar(Tint::After, paid.decided)] }
}

fn money(name: &str, paid: &Paid) -> Vec<Cell> {
    vec![
        text(&format!("{name}, {}", paid.actual.currency().code())),
        figure(words::count(paid.cases)),
        figure(words::count(paid.same)),
        figure(words::count(paid.more)),
        figure(words::count(paid.less)),
        figure(words::money(paid.actual)),
        figure(words::money(paid.decided)),
        figure(words::difference(paid.difference)),
        figure(words::money(paid.mean_distance)),
    ]
}

fn disagreement(each: &Disagreement, html: &mut Html) {
    let mut out = String::new();
    let outcome = each.actual_outcome.as_deref().map_or_else(|| "an outcome that is not told".to_owned(), words::plain);
    let _ = write!(
        out,
        "<article class=\"case\">\n<h3>{} <span class=\"delta\">{}</span></h3>\n<p class=\"place\">{}</p>\n<div class=\"pair\">\n\
         <div class=\"side\">\n<h4>Really</h4>\n<p><b>{}</b>: {}</p>\n</div>\n",
        in_html(&each.case_id),
        in_html(&words::difference(each.difference)),
        in_html(&each.place),
        in_html(&outcome),
        in_html(&words::money(each.actual_paid))
    );
    told("By the policy", &each.decided, &mut out);
    out.push_str("</div>\n</article>\n");
    html.raw(&out);
}
