//! The table of money: what is owed apart from what is given, each with its sub-total.

use super::words::plain;
use crate::authoring::page::{Ink, Page, right};
use crate::decision::{ConsequentialLine, Decision};
use crate::value::Money;
use unicode_width::UnicodeWidthStr;

/// Where the amounts of single rows end, and where sub-totals end, in columns behind the label.
const AMOUNT_ENDS: usize = 51;
const TOTAL_ENDS: usize = 66;

/// The parts that decide an amount, and what their rows are called.
const MONEY_PARTS: [(&str, &str); 6] = [
    ("correction", "correction"),
    ("related_charges", "related charges taken back"),
    ("statutory_redress", "statutory redress"),
    ("interest", "interest"),
    ("penalties", "costs our error caused"),
    ("goodwill", "goodwill"),
];

/// What a sum of amounts came to.
enum Sum {
    Nothing,
    Amount(Money),
    /// Amounts in several currencies, or beyond what a number holds.
    None,
}

impl Sum {
    fn of(amounts: &[Money]) -> Self {
        let Some((first, rest)) = amounts.split_first() else { return Self::Nothing };
        rest.iter().try_fold(*first, |sum, each| sum.plus(*each)).map_or(Self::None, Self::Amount)
    }

    fn shown(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Amount(money) => money.to_string(),
            Self::None => "not one sum".to_owned(),
        }
    }
}

/// One row: an amount, and what belongs to it.
struct Row {
    name: String,
    amount: Option<Money>,
    notes: Vec<String>,
}

impl Row {
    fn new(name: &str, amount: Money, detail: Option<&str>) -> Self {
        let detail = detail.filter(|detail| *detail != "none");
        let name = detail.map_or_else(|| name.to_owned(), |detail| format!("{name}: {}", plain(detail)));
        Self { name, amount: Some(amount), notes: Vec::new() }
    }
}

/// The table, under the label `Money`.
pub(super) fn write(decision: &Decision, page: &mut Page, lead: &str, hang: &str) {
    if !MONEY_PARTS.iter().any(|(part, _)| decision.part(part).is_some()) {
        return;
    }
    let money = &decision.money;
    let owed = owed(decision);
    let given = given(decision);
    subtotal(page, lead, "owed", &owed);
    rows(page, hang, &owed);
    subtotal(page, hang, "at our discretion", &given);
    rows(page, hang, &given);
    let all: Vec<Row> = owed.into_iter().chain(given).collect();
    subtotal(page, hang, "total", &all);
    if let Some(penalties) = &money.penalty_reimbursement {
        for line in &penalties.refused_lines {
            refused(page, hang, line);
        }
    }
    if let Some(credit) = &money.provisional_credit {
        total_line(page, hang, "provisional credit", &credit.amount.to_string(), Ink::Plain);
        let until = if credit.reversible { "until the investigation ends; it can be taken back then" } else { "stays" };
        note(page, hang, until);
    }
}

fn owed(decision: &Decision) -> Vec<Row> {
    let money = &decision.money;
    let mut rows = Vec::new();
    if let Some(correction) = &money.correction {
        rows.push(Row::new("correction", correction.amount, correction.instrument.as_deref()));
    }
    if let Some(charges) = money.related_charges_reversed {
        rows.push(Row::new("related charges taken back", charges, None));
    }
    for (name, part) in [("statutory redress", &money.statutory_redress), ("interest", &money.interest)] {
        if let Some(part) = part {
            let mut row = Row::new(name, part.amount, None);
            row.notes.extend(part.basis.as_deref().filter(|basis| *basis != "none").map(str::to_owned));
            rows.push(row);
        }
    }
    if let Some(penalties) = &money.penalty_reimbursement {
        let mut row = Row::new("costs our error caused", penalties.amount, None);
        for line in &penalties.approved_lines {
            row.notes.push(format!("{}, {}: {}", line_name(line), line.amount, line.because));
        }
        rows.push(row);
    }
    rows.retain(|row| row.amount.is_some_and(|amount| !amount.amount().is_zero()));
    for (part, name) in MONEY_PARTS.iter().filter(|(part, _)| *part != "goodwill") {
        undecided(decision, part, name, &mut rows);
    }
    rows
}

fn given(decision: &Decision) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(goodwill) = &decision.money.goodwill {
        let instrument = goodwill.instrument.as_deref().filter(|instrument| *instrument != "none");
        let detail: Vec<String> = goodwill.kind.as_deref().into_iter().chain(instrument).map(plain).collect();
        let mut row = Row::new("goodwill", goodwill.amount, Some(detail.join(", ").as_str()).filter(|detail| !detail.is_empty()));
        if let Some(cap) = &goodwill.capped_by {
            row.notes.push(format!("limited by {cap}"));
        }
        if !goodwill.amount.amount().is_zero() || goodwill.capped_by.is_some() {
            rows.push(row);
        }
    }
    undecided(decision, "goodwill", "goodwill", &mut rows);
    rows
}

fn undecided(decision: &Decision, part: &str, name: &str, rows: &mut Vec<Row>) {
    if decision.part(part).is_some_and(|part| !part.is_decided()) {
        rows.push(Row { name: name.to_owned(), amount: None, notes: Vec::new() });
    }
}

fn subtotal(page: &mut Page, lead: &str, name: &str, rows: &[Row]) {
    let amounts: Vec<Money> = rows.iter().filter_map(|row| row.amount).collect();
    let is_open = rows.iter().any(|row| row.amount.is_none());
    match Sum::of(&amounts) {
        Sum::Nothing if is_open => total_line(page, lead, name, "not decided", Ink::Attention),
        sum if is_open => total_line(page, lead, &format!("{name}, as far as it is decided"), &sum.shown(), Ink::Bold),
        sum => total_line(page, lead, name, &sum.shown(), Ink::Bold),
    }
}

fn total_line(page: &mut Page, lead: &str, name: &str, amount: &str, ink: Ink) {
    amount_line(page, lead, name, amount, TOTAL_ENDS, ink);
}

/// A name, and an amount that ends at a column; a long name pushes it further.
fn amount_line(page: &mut Page, lead: &str, name: &str, amount: &str, ends: usize, ink: Ink) {
    let amount = right(amount, ends.saturating_sub(name.width() + 1));
    page.line(&[(Ink::Dim, lead), (Ink::Plain, name), (Ink::Plain, " "), (ink, &amount)]);
}

fn rows(page: &mut Page, lead: &str, rows: &[Row]) {
    for row in rows {
        let amount = row.amount.map_or_else(|| "not decided".to_owned(), |amount| amount.to_string());
        let ink = if row.amount.is_none() { Ink::Attention } else { Ink::Plain };
        amount_line(page, lead, &format!("  {}", row.name), &amount, AMOUNT_ENDS, ink);
        for text in &row.notes {
            note(page, lead, text);
        }
    }
}

fn note(page: &mut Page, lead: &str, text: &str) {
    let lead = format!("{lead}    ");
    page.flow(&lead, &lead, &[(Ink::Dim, text)]);
}

fn refused(page: &mut Page, lead: &str, line: &ConsequentialLine) {
    let name = format!("not covered: {}", line_name(line));
    amount_line(page, lead, &name, &line.amount.to_string(), AMOUNT_ENDS, Ink::Plain);
    note(page, lead, &line.because);
}

fn line_name(line: &ConsequentialLine) -> String {
    line.kind.as_deref().map_or_else(|| "a charge".to_owned(), plain)
}
