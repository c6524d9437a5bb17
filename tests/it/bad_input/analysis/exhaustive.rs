//! Small generated tables, every case of them decided: every finding is real and none is missing.

use super::super::{BUNDLE, load};
use proptest::prelude::*;
use redress::authoring::analysis::analyse;
use redress::case::vocabulary::Tier;
use redress::text::{Code, render_all};
use redress::value::{Date, DateTime, Fact};
use redress::{Case, Diagnostics, Policy};
use std::collections::BTreeSet;

/// Cells of the three columns, as a table has them.
const TIERS: [&str; 8] =
    ["-", "gold", "not gold", "at least silver", "standard, missing", "present", "unknown", "not (gold, silver)"];
const MONTHS: [&str; 9] = ["-", "<= 3", "> 3", "4 to 9", "[3..10)", "not 4", ">= 10", "< 0", "missing"];
const VULNERABLE: [&str; 4] = ["-", "true", "false, unknown", "present"];
/// The greatest number in a cell, and one more.
const MONTHS_MAX: i64 = 11;

/// A rule: a cell of each column, and what it gives.
type Rule = (usize, usize, usize, u8);

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let rule = (0..TIERS.len(), 0..MONTHS.len(), 0..VULNERABLE.len(), 0_u8..2);
    prop::collection::vec(rule, 1..6)
}

/// A policy of these rules, each by its number in the whole table.
fn policy(rules: &[(usize, Rule)]) -> Policy {
    let mut text = "decision: fee\nhit: first\noutputs:\n  amount: {type: integer}\ntable: |\n".to_owned();
    text.push_str("  | id | customer.tier | customer.tenure_months | customer.vulnerable | => amount | because |\n");
    for (at, (tier, months, vulnerable, amount)) in rules {
        let cells = [TIERS[*tier], MONTHS[*months], VULNERABLE[*vulnerable]].join(" | ");
        text.push_str(&format!("  | r{at} | {cells} | {amount} | It is {amount}. |\n"));
    }
    load(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", &text)])
        .unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

/// A case as the message of a gap tells it: of each fact its text.
fn told(case: &Case) -> [String; 3] {
    fn text<T>(fact: &Fact<T>, known: impl Fn(&T) -> String) -> String {
        match fact {
            Fact::Known(value) => known(value),
            Fact::Missing => "missing".to_owned(),
            Fact::Unknown => "unknown".to_owned(),
        }
    }
    let customer = &case.customer;
    [
        text(&customer.tier, |tier| format!("{tier:?}").to_lowercase()),
        text(&customer.tenure_months, ToString::to_string),
        text(&customer.vulnerable, ToString::to_string),
    ]
}

fn cases() -> Vec<Case> {
    let tiers = [Tier::Standard, Tier::Silver, Tier::Gold, Tier::Strategic].map(Fact::Known);
    let tiers: Vec<Fact<Tier>> = tiers.into_iter().chain([Fact::Missing, Fact::Unknown]).collect();
    let months: Vec<Fact<i64>> = (0..=MONTHS_MAX).map(Fact::Known).chain([Fact::Missing, Fact::Unknown]).collect();
    let vulnerable = [Fact::Known(true), Fact::Known(false), Fact::Missing, Fact::Unknown];
    let mut all = Vec::new();
    for tier in &tiers {
        for month in &months {
            for is_vulnerable in &vulnerable {
                let mut case = Case::new();
                case.customer.tier = *tier;
                case.customer.tenure_months = *month;
                case.customer.vulnerable = *is_vulnerable;
                all.push(case);
            }
        }
    }
    all
}

/// Which rule of a policy decides each case.
fn hits(rules: &[(usize, Rule)], cases: &[Case]) -> Vec<Option<usize>> {
    if rules.is_empty() {
        return vec![None; cases.len()];
    }
    let policy = policy(rules);
    let table = policy.table("fee").unwrap();
    let day = Date::parse("2026-03-02").unwrap();
    let hit = |case: &Case| table.first_hit(case, day).unwrap().and_then(|row| rules.get(row)).map(|(number, _)| *number);
    cases.iter().map(hit).collect()
}

/// The rules that findings of a code are about.
fn named(found: &Diagnostics, code: Code) -> BTreeSet<usize> {
    let of_code = found.iter().filter(|finding| finding.code == code);
    of_code.map(|finding| finding.message.split('`').nth(1).unwrap().trim_start_matches('r').parse().unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_finding_is_real_and_none_is_missing(rules in rules()) {
        let rules: Vec<(usize, Rule)> = rules.into_iter().enumerate().collect();
        let cases = cases();
        let policy = policy(&rules);
        let found = analyse(&policy);
        let shown = render_all(&found, false);
        let decided = hits(&rules, &cases);
        let gives = |row: Option<usize>| row.and_then(|row| rules.get(row)).map(|(_, rule)| rule.3);

        let applies = |rule: &(usize, Rule)| hits(&[*rule], &cases).iter().any(Option::is_some);
        let never: BTreeSet<usize> = rules.iter().filter(|rule| !applies(rule)).map(|(row, _)| *row).collect();
        prop_assert_eq!(named(&found, Code::CellOutOfReach), never.clone(), "{}", shown);

        let deciding: BTreeSet<usize> = decided.iter().flatten().copied().collect();
        let hidden: BTreeSet<usize> = (0..rules.len()).filter(|row| !deciding.contains(row) && !never.contains(row)).collect();
        prop_assert_eq!(named(&found, Code::NeverDecides), hidden.clone(), "{}", shown);

        let same_without = |row: usize| {
            let rest: Vec<(usize, Rule)> = rules.iter().filter(|(other, _)| *other != row).copied().collect();
            hits(&rest, &cases).iter().zip(&decided).all(|(without, with)| gives(*without) == gives(*with))
        };
        let redundant: BTreeSet<usize> = deciding.iter().copied().filter(|row| same_without(*row)).collect();
        prop_assert_eq!(named(&found, Code::RedundantRule), redundant, "{}", shown);

        // A gap with everything known is said as one; else one in which something is absent is.
        let is_known = |case: &Case| told(case).iter().all(|text| text != "missing" && text != "unknown");
        let free: Vec<[String; 3]> = cases.iter().zip(&decided).filter(|(_, hit)| hit.is_none()).map(|(case, _)| told(case)).collect();
        let known_free = cases.iter().zip(&decided).any(|(case, hit)| hit.is_none() && is_known(case));
        prop_assert_eq!(found.iter().any(|finding| finding.code == Code::Gap), known_free, "{}", shown);
        let absent_free = !known_free && !free.is_empty();
        prop_assert_eq!(found.iter().any(|finding| finding.code == Code::GapWhenMissing), absent_free, "{}", shown);
        for gap in found.iter().filter(|finding| finding.code == Code::Gap) {
            let facts = gap.message.split_once(" with ").map_or("", |(_, facts)| facts);
            let names = ["customer.tier", "customer.tenure_months", "customer.vulnerable"];
            let asked: Vec<Option<&str>> = names
                .iter()
                .map(|name| facts.split(", ").filter_map(|fact| fact.split_once(" = ")).find(|(each, _)| each == name).map(|(_, value)| value))
                .collect();
            let told_so = |case: &&Case| is_known(case) && told(case).iter().zip(&asked).all(|(is, asked)| asked.is_none_or(|asked| asked == is));
            let matching: Vec<&Case> = cases.iter().filter(told_so).collect();
            prop_assert!(!matching.is_empty(), "{}", gap.message);
            prop_assert!(matching.iter().all(|case| free.contains(&told(case))), "{}\n{}", gap.message, shown);
        }
    }
}

/// What the rules of a `priority` decision may give, the best first.
const RANKS: [&str; 3] = ["high", "middle", "low"];

/// The same rules where what is given decides which of them goes first.
fn by_priority(rules: &[(usize, Rule)]) -> Policy {
    let mut text = "decision: fee\nhit: priority\npriority: {level: [high, middle]}\n\
         outputs:\n  level: {type: enum, values: [low, middle, high]}\ntable: |\n"
        .to_owned();
    text.push_str("  | id | customer.tier | customer.tenure_months | customer.vulnerable | => level | because |\n");
    for (at, (tier, months, vulnerable, rank)) in rules {
        let cells = [TIERS[*tier], MONTHS[*months], VULNERABLE[*vulnerable]].join(" | ");
        let level = RANKS[usize::from(*rank) % RANKS.len()];
        text.push_str(&format!("  | r{at} | {cells} | {level} | It is {level}. |\n"));
    }
    load(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", &text)])
        .unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    /// A rule is dead under `priority` where every case of it meets one that gives more, or as much and is written before.
    #[test]
    fn under_priority_a_rule_is_dead_where_better_ones_take_its_cases(rules in ranked_rules()) {
        let rules: Vec<(usize, Rule)> = rules.into_iter().enumerate().collect();
        let cases = cases();
        let policy = by_priority(&rules);
        let found = analyse(&policy);
        let shown = render_all(&found, false);
        let meets: Vec<Vec<bool>> =
            rules.iter().map(|rule| hits(&[*rule], &cases).iter().map(Option::is_some).collect()).collect();
        let best = |at: usize| {
            let matching = rules.iter().filter(|(row, _)| meets[*row][at]);
            matching.min_by_key(|(row, rule)| (rule.3, *row)).map(|(row, _)| *row)
        };
        let deciding: BTreeSet<usize> = (0..cases.len()).filter_map(best).collect();
        let never: BTreeSet<usize> = (0..rules.len()).filter(|row| !meets[*row].contains(&true)).collect();
        let dead: BTreeSet<usize> = (0..rules.len()).filter(|row| !deciding.contains(row) && !never.contains(row)).collect();
        prop_assert_eq!(named(&found, Code::NeverDecides), dead, "{}", shown);
        // The engine agrees on who decides: a few of the cases, since deciding whole ones takes its time.
        for (at, case) in cases.iter().enumerate().step_by(37) {
            let decision = policy.decide(case, DateTime::parse("2026-03-05T00:00:00Z").unwrap()).unwrap();
            let rule = decision.part("fee").and_then(|part| part.rules.first()).map(|note| note.rule().to_owned());
            prop_assert_eq!(rule, best(at).map(|row| format!("r{row}")), "{}", shown);
        }
    }
}

fn ranked_rules() -> impl Strategy<Value = Vec<Rule>> {
    let rule = (0..TIERS.len(), 0..MONTHS.len(), 0..VULNERABLE.len(), 0_u8..3);
    prop::collection::vec(rule, 1..7)
}
