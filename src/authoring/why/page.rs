//! An answer in internal wording: with the names of rules, guardrails and facts.

use super::answer::{Answer, Decided, FactChange, WayThere};
use super::customer::CustomerAnswer;
use super::hindrance::Hindrance;
use super::open::StillOpen;
use crate::authoring::page::{Ink, Page};

const HANG: &str = "              ";
const NOW: &str = "Now           ";
const NONE: &str = "No way        ";
const IN_THE_WAY: &str = "In the way    ";
const SEARCH: &str = "Looked at     ";

/// An answer as text.
#[must_use]
pub fn why_page(answer: &Answer, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let id = if answer.decision.case_id.is_empty() { "Case without a number" } else { &answer.decision.case_id };
    let wanted = answer.wanted.join(" and ");
    let (ink, told) = match (answer.is_so, answer.ways.len()) {
        (true, _) => (Ink::Good, "is so already".to_owned()),
        (false, 0) if answer.proven => (Ink::Bad, "cannot be brought about".to_owned()),
        (false, 0) => (Ink::Attention, "no way to it was found".to_owned()),
        (false, 1) => (Ink::Attention, "one way to it".to_owned()),
        (false, count) => (Ink::Attention, format!("{count} ways to it")),
    };
    page.flow("", "  ", &[(Ink::Bold, id), (Ink::Bold, ": "), (Ink::Bold, &wanted), (Ink::Plain, ": "), (ink, &told)]);
    page.block(|page| now(answer, page));
    for (at, way) in answer.ways.iter().enumerate() {
        page.block(|page| one(at, way, page));
    }
    if !answer.is_so {
        page.block(|page| hindrances(answer, page));
        page.block(|page| search(answer, page));
    }
    page.into_text()
}

/// What could still change a decision, as text.
#[must_use]
pub fn open_page(open: &StillOpen, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let decision = &open.decision;
    let id = if decision.case_id.is_empty() { "Case without a number" } else { &decision.case_id };
    let (ink, told) = match open.ways.len() {
        0 => (Ink::Good, "no near miss that somebody could still bring about".to_owned()),
        1 => (Ink::Attention, "one near miss that somebody could still bring about".to_owned()),
        count => (Ink::Attention, format!("{count} near misses that somebody could still bring about")),
    };
    page.flow("", "  ", &[(Ink::Bold, id), (Ink::Bold, ": "), (ink, &told)]);
    for (at, open) in open.ways.iter().enumerate() {
        page.block(|page| {
            one(at, &open.way, page);
            page.flow(
                &format!("{HANG}  "),
                &format!("{HANG}    "),
                &[(Ink::Dim, "nearly, as things stand: "), (Ink::Dim, &open.rule)],
            );
        });
    }
    page.into_text()
}

fn now(answer: &Answer, page: &mut Page) {
    let mut lead = NOW;
    for (what, is) in &answer.now {
        page.flow(lead, HANG, &[(Ink::Bold, what), (Ink::Plain, " is "), (Ink::Plain, is)]);
        lead = HANG;
    }
    for each in &answer.decided {
        by(lead, each, page);
        lead = HANG;
    }
}

fn by(lead: &str, decided: &Decided, page: &mut Page) {
    let because = if decided.because.is_empty() { String::new() } else { format!(": {}", decided.because) };
    let hang = format!("{}  ", " ".repeat(lead.chars().count().max(HANG.len())));
    page.flow(lead, &hang, &[(Ink::Dim, &decided.by), (Ink::Dim, &because)]);
}

/// A change in words: `finding.liability becomes our_error, it is no_error`.
fn told(change: &FactChange) -> String {
    let item = change.item.map_or_else(String::new, |item| format!(" of item {item}"));
    match change.how {
        "taken" => format!("the step {} is taken", change.to),
        "taken_back" => format!("{} is taken back", change.fact),
        _ => format!("{}{item} becomes {}, it is {}", change.fact, change.to, change.from),
    }
}

fn one(at: usize, way: &WayThere, page: &mut Page) {
    let number = format!("{:<HEAD$}", format!("Way {}", at + 1), HEAD = HANG.len());
    let mut lead = number.as_str();
    for change in &way.changes {
        let about = if change.about.is_empty() { String::new() } else { format!(" ({})", change.about) };
        page.flow(lead, &format!("{HANG}  "), &[(Ink::Good, &told(change)), (Ink::Dim, &about)]);
        lead = HANG;
    }
    let named = way.turned.iter().map(|turned| turned.what.chars().count()).max().unwrap_or(0);
    for turned in &way.turned {
        let lead = format!("{HANG}  {:<named$}  ", turned.what);
        let hang = " ".repeat(lead.chars().count().min(40));
        page.flow(&lead, &hang, &[(Ink::Plain, &turned.before), (Ink::Plain, " -> "), (Ink::Bold, &turned.after)]);
    }
    for each in &way.decided {
        by(&format!("{HANG}  "), each, page);
    }
}

fn hindrances(answer: &Answer, page: &mut Page) {
    if !answer.ways.is_empty() {
        return;
    }
    let text =
        if answer.proven { "nothing that somebody can still bring about gives it, and that is proved" } else { "none was found" };
    page.flow(NONE, HANG, &[(Ink::Bold, text)]);
    let mut lead = IN_THE_WAY;
    for hindrance in &answer.hindrances {
        let text = match hindrance {
            Hindrance::Rule { rule, .. } => format!("{rule} comes nearest, and asks for"),
            Hindrance::NoRule { decision } => format!("no rule of {decision} gives it"),
            Hindrance::Before { rule } => format!("{rule} comes first, and holds whatever is changed"),
            Hindrance::Guardrail { guardrail, does } => format!("the guardrail {guardrail} {}", does.replace('`', "")),
            Hindrance::Together { of } => format!("{}: never all at once", of.replace('`', "")),
        };
        page.flow(lead, &format!("{HANG}  "), &[(Ink::Plain, &text)]);
        if let Hindrance::Rule { asks, .. } = hindrance {
            for ask in asks {
                let text = format!("{} {}, it is {}", ask.fact, ask.wanted, ask.is);
                let why = format!(": {}", ask.why);
                page.flow(&format!("{HANG}  "), &format!("{HANG}    "), &[(Ink::Attention, &text), (Ink::Plain, &why)]);
            }
        }
        lead = HANG;
    }
}

fn search(answer: &Answer, page: &mut Page) {
    let cases = match answer.cases {
        1 => "1 case decided".to_owned(),
        count => format!("{count} cases decided"),
    };
    let facts = match answer.facts.len() {
        0 => "no fact that somebody could bring about leads to it".to_owned(),
        1 => "1 fact".to_owned(),
        count => format!("{count} facts"),
    };
    let proven = if answer.proven { "proven: no nearer way was left out" } else { "not proven" };
    page.flow(SEARCH, HANG, &[(Ink::Dim, &format!("{facts}, {cases}; {proven}"))]);
    for reason in &answer.between {
        page.flow(HANG, HANG, &[(Ink::Dim, &reason.replace('`', ""))]);
    }
}

/// What a customer is told, as text.
#[must_use]
pub fn customer_page(told: &CustomerAnswer, width: usize) -> String {
    let mut page = Page::new(width, false);
    for line in told.text.lines() {
        match line.strip_prefix("- ") {
            Some(item) => page.flow("- ", "  ", &[(Ink::Plain, item)]),
            None if line.is_empty() => page.blank(),
            None => page.flow("", "", &[(Ink::Plain, line)]),
        }
    }
    page.into_text()
}
