//! Policy tests that are missing: for every rule and guardrail that no test reaches, and for every bound of a cell, a case that reaches
//! it, with the decision that it gets today. Whether that decision is right is for the author to say.

use super::coverage::{Coverage, Sort};
use super::finder::{Finder, Goal, NotFound, guardrails, rules};
use crate::bundle::Bundle;
use crate::case::Case;
use crate::decision::Decision;
use crate::limits::{SUGGESTION_EVALUATIONS_MAX, SUGGESTIONS_MAX};
use crate::policy::{Policy, Program};
use crate::rule::{Bound, Cell, Comparison, Condition};
use crate::testing::{CaseFiles, prepare};
use crate::value::{DateTime, Decimal, Duration, EnumValue, Fact, Kind, Money, Value};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Tests that are missing, as a file of policy tests, and what no case was found for.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Suggestions {
    /// The file; empty where nothing is missing.
    pub file: String,
    /// How many tests it holds.
    pub tests: usize,
    /// What was not reached, and why.
    pub not_reached: Vec<String>,
}

/// A case that is wanted.
struct Wanted {
    name: String,
    goal: Goal,
    decision: Option<usize>,
}

/// Suggests the tests that a bundle lacks, given what its tests reach.
#[must_use]
pub fn suggest(policy: &Policy, bundle: &Bundle, case_files: &CaseFiles<'_>, coverage: &Coverage) -> Suggestions {
    let tests = prepare(bundle, case_files, None);
    let starts: Vec<(Case, DateTime)> = tests.iter().filter_map(|test| test.case.as_ref().ok()).take(6).cloned().collect();
    let program = &policy.program;
    let finder = Finder::new(policy, &starts).within(SUGGESTION_EVALUATIONS_MAX);
    let mut wanted = unreached(program, coverage);
    wanted.extend(boundaries(policy, &tests));
    let mut found = Suggestions::default();
    for Wanted { name, goal, decision } in wanted {
        if found.tests >= SUGGESTIONS_MAX {
            found.not_reached.push(format!("{name}: more than {SUGGESTIONS_MAX} tests are missing; add these first"));
            break;
        }
        match finder.find(&goal) {
            Ok(case) => match policy.decide(&case.case, case.at) {
                Ok(decided) => {
                    found.tests += 1;
                    write_test(&mut found.file, &name, &case.case, case.at, &expected(program, &decided, decision));
                }
                Err(error) => found.not_reached.push(format!("{name}: {error}")),
            },
            Err(NotFound::NoWay { .. }) => found.not_reached.push(format!("{name}: no fact of a case leads there")),
            Err(NotFound::Budget { evaluations }) => {
                found.not_reached.push(format!("{name}: not found within {evaluations} cases that were tried"));
            }
        }
    }
    if !found.file.is_empty() {
        let head = "# Suggested tests: each says what this policy decides today. Confirm each one, or mend the policy; then give it a better name.\n\
                    tests:\n";
        found.file.insert_str(0, head);
    }
    found
}

/// Rules and guardrails that no test reaches.
fn unreached(program: &Program, coverage: &Coverage) -> Vec<Wanted> {
    let missed: BTreeSet<&str> =
        coverage.missed().filter(|item| item.sort == Sort::Rule).map(|item| item.name.as_str()).collect();
    let of_rules = rules(program).filter_map(|goal| {
        let name = goal.name(program);
        let Goal::Rule { decision, .. } = &goal else { return None };
        let decision = Some(*decision);
        missed.contains(name.as_str()).then(|| Wanted { name: format!("{name} decides"), goal, decision })
    });
    let missed: BTreeSet<&str> = coverage
        .missed()
        .filter(|item| item.sort == Sort::Guardrail)
        .filter_map(|item| item.name.split_once(" (").map(|(id, _)| id))
        .collect();
    let of_guardrails = guardrails(program).filter_map(|goal| {
        let name = goal.name(program);
        let decision = if let Goal::Bound { decision, .. } = &goal { Some(*decision) } else { None };
        missed.contains(name.as_str()).then(|| Wanted { name: format!("the guardrail {name} applies"), goal, decision })
    });
    of_rules.chain(of_guardrails).collect()
}

/// The values at a bound and on its other side, that no test has yet in the column.
fn boundaries(policy: &Policy, tests: &[crate::testing::Prepared<'_>]) -> Vec<Wanted> {
    let program = &policy.program;
    let seen = values_seen(policy, tests);
    let mut wanted = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (number, decision) in program.decisions.iter().enumerate() {
        for (column, path) in decision.columns.iter().enumerate() {
            for row in 0..decision.matcher.len() {
                for condition in decision.matcher.cell(row, column).conditions() {
                    for bound in bounds_of(condition) {
                        for (side, value) in sides(policy, &bound, &path.kind) {
                            let text = value.to_string();
                            let name = format!("{}: {} is {text}, {side}", decision.name, path.written);
                            let is_seen = seen.get(&(number, column)).is_some_and(|values| values.contains(&text));
                            if is_seen || !known.insert(format!("{number} {column} {text}")) {
                                continue;
                            }
                            let cell = Cell::OneOf(vec![Condition::Equal(Bound::Value(value))]);
                            let goal = Goal::Region { decision: Some(number), cells: vec![(path.clone(), cell)] };
                            wanted.push(Wanted { name, goal, decision: Some(number) });
                        }
                    }
                }
            }
        }
    }
    wanted
}

/// By decision and column, the values that tests have there.
fn values_seen(policy: &Policy, tests: &[crate::testing::Prepared<'_>]) -> BTreeMap<(usize, usize), BTreeSet<String>> {
    let mut seen: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
    let selection = policy.everything();
    for (case, at) in tests.iter().filter_map(|test| test.case.as_ref().ok()) {
        let Ok(evaluation) = selection.evaluate(case, *at) else { continue };
        for (number, decision) in policy.program.decisions.iter().enumerate() {
            let items = evaluation.items(number);
            let runs: Vec<Option<&Value>> =
                if decision.for_each.is_some() { items.iter().map(Some).collect() } else { vec![None] };
            for item in runs {
                for (column, fact) in evaluation.read(Some(number), item, &decision.columns).into_iter().enumerate() {
                    if let Some(Fact::Known(value)) = fact {
                        seen.entry((number, column)).or_default().insert(value.to_string());
                    }
                }
            }
        }
    }
    seen
}

/// The bounds of a condition that are compared by order.
fn bounds_of(condition: &Condition) -> Vec<(Option<Comparison>, Bound)> {
    match condition {
        Condition::Compare(comparison, bound) => vec![(Some(*comparison), bound.clone())],
        Condition::Within(interval) => vec![(None, interval.from.clone()), (None, interval.to.clone())],
        _ => Vec::new(),
    }
}

/// The value at a bound, and those next to it, as far as the bound is the same in every case of the policy's currency.
fn sides(policy: &Policy, (_, bound): &(Option<Comparison>, Bound), kind: &Kind) -> Vec<(&'static str, Value)> {
    let Ok(currency) = crate::value::Currency::parse("USD") else { return Vec::new() };
    let value = match bound {
        Bound::Value(value) => Some(value.clone()),
        Bound::Amount(amount) => Some(Value::Money(Money::new(*amount, currency))),
        Bound::Param { slot, .. } => {
            let day = crate::value::Date::new(2026, 3, 2).ok();
            day.and_then(|day| policy.program.param(*slot, day, Some(currency)).ok())
        }
    };
    let Some(value) = value else { return Vec::new() };
    if let (Value::Enum(name), Kind::Enum(names)) = (&value, kind) {
        let near = |position: Option<u16>| position.and_then(|position| EnumValue::at(names, position)).map(Value::Enum);
        let below = near(name.position().checked_sub(1)).map(|value| ("just below the bound", value));
        let above = near(name.position().checked_add(1)).map(|value| ("just above the bound", value));
        return below.into_iter().chain([("at the bound", value)]).chain(above).collect();
    }
    let (below, above) = match (&value, kind) {
        (Value::Integer(number), _) => (Value::Integer(number.saturating_sub(1)), Value::Integer(number.saturating_add(1))),
        (Value::Decimal(number), _) => {
            let unit = Decimal::new(1, 2);
            let (Ok(below), Ok(above)) = (number.minus(unit), number.plus(unit)) else { return Vec::new() };
            (Value::Decimal(below), Value::Decimal(above))
        }
        (Value::Money(money), _) => {
            let unit = Decimal::new(1, money.currency().digits());
            let (Ok(below), Ok(above)) = (money.amount().minus(unit), money.amount().plus(unit)) else { return Vec::new() };
            (Value::Money(Money::new(below, money.currency())), Value::Money(Money::new(above, money.currency())))
        }
        (Value::Date(day), _) => {
            let (Ok(below), Ok(above)) = (day.plus_days(-1), day.plus_days(1)) else { return Vec::new() };
            (Value::Date(below), Value::Date(above))
        }
        (Value::DateTime(time), _) => {
            let second = |seconds| time.plus(Duration::from_seconds(seconds));
            let (Ok(below), Ok(above)) = (second(-1), second(1)) else { return Vec::new() };
            (Value::DateTime(below), Value::DateTime(above))
        }
        _ => return Vec::new(),
    };
    vec![("just below the bound", below), ("at the bound", value), ("just above the bound", above)]
}

/// What a decision came to, as far as a test of one part wants it: its outputs and its rule.
fn expected(program: &Program, decided: &Decision, number: Option<usize>) -> Vec<(String, String)> {
    let mut expect = vec![("status".to_owned(), decided.status.word().to_owned())];
    let part = number.and_then(|number| program.decisions.get(number)).and_then(|found| decided.part(&found.name));
    let Some(part) = part else {
        let outcome = decided.outcome.iter().map(|outcome| ("outcome".to_owned(), outcome.clone()));
        let also = &decided.approval.also;
        expect.extend(outcome);
        if !also.is_empty() {
            expect.push(("approval.also".to_owned(), format!("[{}]", also.join(", "))));
        }
        return expect;
    };
    if let (false, Some(outputs)) = (part.listed, part.results.first()) {
        for (name, value) in outputs.iter() {
            let text = match value {
                Fact::Known(
                    value @ (Value::Money(_) | Value::Enum(_) | Value::Boolean(_) | Value::Integer(_) | Value::Date(_)),
                ) => value.to_string(),
                _ => continue,
            };
            expect.push((format!("parts.{}.outputs.{name}", part.name), text));
        }
    }
    let known: BTreeSet<String> = part.rules.iter().map(|note| format!("{}/{}", part.name, note.rule)).collect();
    if !known.is_empty() {
        expect.push(("rules".to_owned(), format!("[{}]", known.into_iter().collect::<Vec<_>>().join(", "))));
    }
    expect
}

fn write_test(file: &mut String, name: &str, case: &Case, at: DateTime, expect: &[(String, String)]) {
    // Writing to a text never fails.
    let _ = writeln!(file, "  - name: {}", quoted(name));
    let _ = writeln!(file, "    about: What the policy decides today. Is it right?\n    given:");
    if let Json::Object(groups) = case.to_json() {
        for (group, facts) in &groups {
            let _ = writeln!(file, "      {group}: {}", flow(facts));
        }
    }
    let _ = writeln!(file, "    at: {at}\n    expect:");
    for (path, value) in expect {
        let _ = writeln!(file, "      {path}: {value}");
    }
}

/// A value in the flow form of YAML: amounts as people write them, texts in quotes where YAML would read something else.
fn flow(json: &Json) -> String {
    match json {
        Json::Object(map) => {
            if let (Some(Json::String(amount)), Some(Json::String(currency)), 2) =
                (map.get("amount"), map.get("currency"), map.len())
            {
                return format!("{amount} {currency}");
            }
            let each: Vec<String> = map.iter().map(|(name, value)| format!("{name}: {}", flow(value))).collect();
            format!("{{{}}}", each.join(", "))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | ':' | '/');
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain) && !text.ends_with(':');
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
