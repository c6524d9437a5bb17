//! What each policy comes to: with a candidate, both in the columns of one table.

use super::block::{Block, ROWS_MAX, Table, heading};
use super::figures::{amount, count, many, percent, signed, signed_count};
use crate::backtest::parts::share;
use crate::backtest::report::Report;
use crate::backtest::summary::{Costs, Goodwill, GoodwillOf, RuleHits, Summary};
use crate::backtest::sums::Sums;
use crate::value::{Currency, Decimal, Money};
use std::collections::{BTreeMap, BTreeSet};

/// Groups of goodwill that are shown of each kind.
const GROUPS_SHOWN: usize = 5;

type OfCosts = fn(&Costs) -> &Sums;
type OfSummary = fn(&Summary) -> u64;

pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let (own, other) = (&report.policy.summary, report.candidate.as_ref().map(|side| &side.summary));
    let mut blocks = Vec::new();
    blocks.extend(outcomes(own, other));
    let mut others = currencies(own, other);
    if let Some(main) = main_currency(own, &others) {
        others.remove(&main);
        blocks.extend(money(main, own, other));
        blocks.extend(other_money(&others, own, other));
    }
    blocks.extend(own.goodwill.first().into_iter().flat_map(|goodwill| goodwill_of(goodwill, &own.goodwill)));
    blocks.extend(work(own, other));
    blocks.extend(attention(own, other));
    blocks.extend(rules(own, other));
    blocks
}

/// A table with a column of counts for each policy.
fn counts(title: &str, what: &str, own: &BTreeMap<String, u64>, other: Option<&BTreeMap<String, u64>>, of: u64) -> Vec<Block> {
    let mut table = match other {
        Some(_) => Table::new(&[what, "policy", "candidate", "change"], 1),
        None => Table::new(&[what, "cases", "share"], 1),
    };
    let names: BTreeSet<&String> = own.keys().chain(other.into_iter().flat_map(BTreeMap::keys)).collect();
    let get = |map: &BTreeMap<String, u64>, name: &String| map.get(name).copied().unwrap_or(0);
    for name in names {
        let cases = get(own, name);
        table.row(match other {
            Some(other) => {
                let after = get(other, name);
                vec![name.clone(), count(cases), count(after), signed_count(cases, after)]
            }
            None => vec![name.clone(), count(cases), percent(share(cases, of))],
        });
    }
    table.cut(ROWS_MAX).block().map(|table| vec![heading(title), table]).unwrap_or_default()
}

fn outcomes(own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let all = |summary: &Summary| {
        let refused = summary.refused.iter().map(|(why, cases)| (format!("not decided ({why})"), *cases));
        let mut outcomes = summary.outcomes.clone();
        // What has no outcome is told by how it ended.
        if let Some(none) = outcomes.remove("none") {
            outcomes.insert("none yet".to_owned(), none);
        }
        outcomes.extend(refused);
        outcomes
    };
    let (before, after) = (all(own), other.map(all));
    let mut blocks = counts("Outcomes", "outcome", &before, after.as_ref(), own.cases);
    blocks.extend(counts("How cases end", "status", &own.statuses, other.map(|other| &other.statuses), own.cases));
    blocks
}

fn currencies(own: &Summary, other: Option<&Summary>) -> BTreeSet<Currency> {
    own.money.total.currencies().chain(other.into_iter().flat_map(|other| other.money.total.currencies())).collect()
}

/// The currency of the most cases with goodwill, which is told in full; the documents of a run tell all of them.
fn main_currency(own: &Summary, all: &BTreeSet<Currency>) -> Option<Currency> {
    let main = own.goodwill.first().and_then(|goodwill| all.iter().find(|currency| currency.code() == goodwill.currency));
    main.or(all.first()).copied()
}

/// A line for each of the other currencies.
fn other_money(currencies: &BTreeSet<Currency>, own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let mut table = match other {
        Some(_) => Table::new(&["currency", "policy", "candidate", "change", "goodwill", "change"], 1),
        None => Table::new(&["currency", "owed", "goodwill", "everything"], 1),
    };
    let difference = |before: Money, after: Money| signed(after.minus(before).unwrap_or_else(|_| Money::zero(before.currency())));
    for currency in currencies {
        let of = |sums: &Sums| sums.of(*currency);
        let (total, goodwill) = (of(&own.money.total), of(&own.money.goodwill));
        let mut row = vec![currency.to_string()];
        row.extend(match other {
            Some(other) => {
                let (after, gives) = (of(&other.money.total), of(&other.money.goodwill));
                vec![amount(total), amount(after), difference(total, after), amount(gives), difference(goodwill, gives)]
            }
            None => vec![amount(of(&own.money.owed)), amount(goodwill), amount(total)],
        });
        table.row(row);
    }
    table.block().map(|table| vec![heading("Money, the other currencies"), table]).unwrap_or_default()
}

fn money(currency: Currency, own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let lines: [(&str, OfCosts); 9] = [
        ("correction", |costs| &costs.correction),
        ("related charges", |costs| &costs.related_charges),
        ("statutory redress", |costs| &costs.statutory_redress),
        ("interest", |costs| &costs.interest),
        ("penalties covered", |costs| &costs.penalties),
        ("owed", |costs| &costs.owed),
        ("goodwill", |costs| &costs.goodwill),
        ("everything", |costs| &costs.total),
        ("provisional credit, no cost", |costs| &costs.provisional_credit),
    ];
    let mut table = match other {
        Some(_) => Table::new(&["paid for", "policy", "candidate", "change"], 1),
        None => Table::new(&["paid for", "amount"], 1),
    };
    for (name, of) in lines {
        let before = of(&own.money).of(currency);
        let after = other.map(|other| of(&other.money).of(currency));
        if before.amount().is_zero() && after.is_none_or(|after| after.amount().is_zero()) {
            continue;
        }
        table.row(match after {
            Some(after) => {
                let delta = after.minus(before).unwrap_or_else(|_| Money::zero(currency));
                vec![name.to_owned(), amount(before), amount(after), signed(delta)]
            }
            None => vec![name.to_owned(), amount(before)],
        });
    }
    table.block().map(|table| vec![heading(&format!("Money, {currency}")), table]).unwrap_or_default()
}

/// Goodwill of the policy in one currency; the currency is named where there are several.
fn goodwill_of(goodwill: &Goodwill, all: &[Goodwill]) -> Vec<Block> {
    let title = if all.len() > 1 {
        format!("Goodwill of the policy, {}", goodwill.currency)
    } else {
        "Goodwill of the policy".to_owned()
    };
    let mut table = Table::new(&["", "", "cases", "total", "mean", "median", "p90"], 2);
    let row = |by: &str, group: &str, spread: &crate::backtest::SpreadNote| {
        let figures = [spread.total, spread.mean, spread.median, spread.p90].map(amount);
        [vec![by.to_owned(), group.to_owned(), count(spread.cases)], figures.to_vec()].concat()
    };
    table.row(row("all", "", &goodwill.spread));
    let groups: [(&str, &[GoodwillOf]); 4] = [
        ("segment", &goodwill.by_segment),
        ("tier", &goodwill.by_tier),
        ("reason", &goodwill.by_reason),
        ("jurisdiction", &goodwill.by_jurisdiction),
    ];
    for (by, groups) in groups {
        for (at, group) in groups.iter().take(GROUPS_SHOWN).enumerate() {
            table.row(row(if at == 0 { by } else { "" }, &group.group, &group.spread));
        }
        if let Some(more) = groups.len().checked_sub(GROUPS_SHOWN).filter(|more| *more > 0) {
            table.row(vec![String::new(), format!("({more} more)")]);
        }
    }
    let mut blocks: Vec<Block> = table.block().map(|table| vec![heading(&title), table]).unwrap_or_default();
    if !goodwill.cut_by.is_empty() {
        let mut cuts: Vec<(&String, &u64)> = goodwill.cut_by.iter().collect();
        cuts.sort_by_key(|(_, cases)| std::cmp::Reverse(**cases));
        let told: Vec<String> = cuts.iter().map(|(guardrail, cases)| format!("{guardrail} {}", count(**cases))).collect();
        blocks.push(Block::Sentence(format!("Cut by a guardrail: {}.", told.join(", "))));
    }
    blocks
}

fn work(own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let load = |summary: &Summary, role: &str| -> (u64, Option<Decimal>) {
        let found = summary.approvals.by_role.iter().find(|load| load.role == role);
        found.map_or((0, None), |load| (load.cases, load.hours))
    };
    let hours = |hours: Option<Decimal>| hours.map_or_else(|| "-".to_owned(), |hours| hours.to_fixed(1));
    let roles: BTreeSet<&str> = own
        .approvals
        .by_role
        .iter()
        .chain(other.into_iter().flat_map(|other| &other.approvals.by_role))
        .map(|load| &*load.role)
        .collect();
    let mut table = match other {
        Some(_) => Table::new(&["role", "policy", "hours", "candidate", "hours", "change"], 1),
        None => Table::new(&["role", "cases", "hours"], 1),
    };
    for role in roles {
        let (cases, took) = load(own, role);
        let mut row = vec![role.to_owned(), count(cases), hours(took)];
        if let Some(other) = other {
            let (after, takes) = load(other, role);
            row.extend([count(after), hours(takes), signed_count(cases, after)]);
        }
        table.row(row);
    }
    if let Some(table) = table.block() {
        blocks.extend([heading("Who signs"), table]);
    }
    let escalations = |summary: &Summary| {
        let up = &summary.escalations;
        let busiest = up.busiest.first().map_or_else(String::new, |day| format!(", most on {} ({})", day.day, count(day.cases)));
        let over = up.capacity_a_day.map_or_else(String::new, |most| {
            let days = many(up.days_over, "day", "days");
            format!("; {days} with more than the {} that can be taken, {} beyond it in all", count(most), count(up.cases_over))
        });
        format!(
            "{}, {} a day over {}{busiest}{over}",
            many(up.cases, "case", "cases"),
            up.mean_a_day,
            many(up.days, "day", "days")
        )
    };
    let mut facts = vec![(if other.is_some() { "policy" } else { "escalated" }.to_owned(), escalations(own))];
    facts.extend(other.map(|other| ("candidate".to_owned(), escalations(other))));
    blocks.extend([heading("Escalations"), Block::Facts(facts)]);
    blocks
}

fn attention(own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let mut table = match other {
        Some(_) => Table::new(&["", "policy", "candidate", "change"], 1),
        None => Table::new(&["", "cases"], 1),
    };
    let lines: [(&str, OfSummary); 6] = [
        ("endings proposed", |summary| summary.relationships.exits_proposed),
        ("endings blocked", |summary| summary.relationships.exits_blocked),
        ("signed by two", |summary| summary.approvals.second_person),
        ("with a missed clock", |summary| summary.clocks.cases),
        ("with a fault", |summary| summary.faults.cases),
        ("without a rule somewhere", |summary| summary.faults.without_rule),
    ];
    for (name, of) in lines {
        let before = of(own);
        let mut row = vec![name.to_owned(), count(before)];
        if let Some(other) = other {
            row.extend([count(of(other)), signed_count(before, of(other))]);
        }
        table.row(row);
    }
    let mut blocks = vec![heading("To look at"), Block::Table(table)];
    let named = |list: &[crate::backtest::Named]| {
        list.iter().map(|named| (named.name.clone(), named.cases)).collect::<BTreeMap<String, u64>>()
    };
    let missed = (named(&own.clocks.by_clock), other.map(|other| named(&other.clocks.by_clock)));
    blocks.extend(counts("Clocks missed", "clock", &missed.0, missed.1.as_ref(), own.cases));
    let faults = (named(&own.faults.by_kind), other.map(|other| named(&other.faults.by_kind)));
    blocks.extend(counts("Faults", "part", &faults.0, faults.1.as_ref(), own.cases));
    blocks
}

fn rules(own: &Summary, other: Option<&Summary>) -> Vec<Block> {
    let told = |summary: &Summary| {
        let mut by: Vec<(&str, Vec<&str>)> = Vec::new();
        for RuleHits { decision, rule, .. } in summary.never_hit() {
            match by.last_mut() {
                Some((last, rules)) if *last == decision => rules.push(rule),
                _ => by.push((decision, vec![rule])),
            }
        }
        let listed: Vec<String> = by.iter().map(|(decision, rules)| format!("{decision} ({})", rules.join(", "))).collect();
        let never = summary.never_hit().count() as u64;
        let all = summary.rules.len() as u64;
        if never == 0 {
            return format!("all {} rules hit at least once", count(all));
        }
        format!("{} of {} rules never hit: {}", count(never), count(all), listed.join("; "))
    };
    let mut facts = vec![("policy".to_owned(), told(own))];
    facts.extend(other.map(|other| ("candidate".to_owned(), told(other))));
    vec![heading("Rules that never hit"), Block::Facts(facts)]
}
