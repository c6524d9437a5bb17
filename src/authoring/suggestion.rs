//! Policy tests that are missing: for every rule and guardrail that no test reaches, and for every bound of a cell, a case that reaches
//! it, with the decision that it gets today. Whether that decision is right is for the author to say.

use super::coverage::{Coverage, Sort};
use super::finder::{Finder, Goal, NotFound, guardrails, rules};
use crate::bundle::{Bundle, MoneyMeaning};
use crate::case::Case;
use crate::decision::Decision;
use crate::limits::{
    SUGGESTION_BOUND_EVALUATIONS_MAX, SUGGESTION_EVALUATIONS_MAX, SUGGESTION_RUN_EVALUATIONS_MAX, SUGGESTION_STARTS_MAX,
    SUGGESTIONS_MAX,
};
use crate::policy::{Policy, Program};
use crate::rule::{Bound, Cell, Condition};
use crate::testing::{CaseFiles, prepare};
use crate::value::{Currency, Date, DateTime, Decimal, Duration, EnumValue, Fact, Kind, Money, Trouble, Value};
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
    /// The column and the value there that it is wanted for, where it is one at a bound.
    at: Option<(usize, String)>,
}

/// The values that cases have, by decision and column, and the numbers of some of these cases.
#[derive(Default)]
struct Seen {
    values: BTreeMap<(usize, usize), (BTreeSet<String>, Vec<usize>)>,
}

/// Suggests the tests that a bundle lacks, given what its tests reach. What a case reaches that was found for something else is not
/// looked for again.
#[must_use]
pub fn suggest(policy: &Policy, bundle: &Bundle, case_files: &CaseFiles<'_>, coverage: &Coverage) -> Suggestions {
    let tests = prepare(bundle, case_files, None);
    let cases: Vec<(Case, DateTime)> = tests.iter().filter_map(|test| test.case.as_ref().ok()).cloned().collect();
    let program = &policy.program;
    let finder = Finder::new(policy, &cases).within(SUGGESTION_EVALUATIONS_MAX);
    let mut seen = Seen::default();
    for (number, (case, at)) in cases.iter().enumerate() {
        seen.add(policy, case, *at, Some(number));
    }
    let first: Vec<usize> = (0..cases.len().min(SUGGESTION_STARTS_MAX)).collect();
    let mut wanted = unreached(program, coverage);
    let mut found = Suggestions::default();
    if let Some(setting) = Setting::of(policy, cases.iter().cloned().chain(finder.plain())) {
        wanted.extend(boundaries(policy, &setting, &mut found.not_reached));
    }
    let (mut left, mut untried) = (SUGGESTION_RUN_EVALUATIONS_MAX, 0);
    for Wanted { name, goal, decision, at } in wanted {
        let column = decision.zip(at.as_ref());
        if column.is_some_and(|(decision, (column, value))| seen.has((decision, *column), value)) {
            continue;
        }
        if left == 0 || found.tests >= SUGGESTIONS_MAX {
            untried += 1;
            continue;
        }
        let sought = match column {
            Some((decision, (column, _))) => {
                finder.find_from(&goal, seen.cases((decision, *column)), left.min(SUGGESTION_BOUND_EVALUATIONS_MAX))
            }
            None => finder.find_from(&goal, &first, left.min(SUGGESTION_EVALUATIONS_MAX)),
        };
        let spent = match &sought {
            Ok(case) => case.evaluations,
            Err(NotFound::NoWay { evaluations } | NotFound::Budget { evaluations }) => *evaluations,
        };
        left = left.saturating_sub(spent);
        match sought {
            Ok(case) => match policy.decide(&case.case, case.at) {
                Ok(decided) => {
                    found.tests += 1;
                    write_test(&mut found.file, &name, &case.case, case.at, &expected(program, &decided, decision));
                    seen.add(policy, &case.case, case.at, None);
                }
                Err(error) => found.not_reached.push(format!("{name}: {error}")),
            },
            Err(NotFound::NoWay { .. }) => found.not_reached.push(format!("{name}: no fact of a case leads there")),
            Err(NotFound::Budget { evaluations }) => {
                found.not_reached.push(format!("{name}: not found within {evaluations} cases that were tried"));
            }
        }
    }
    if untried > 0 {
        found.not_reached.push(format!("{untried} more, which were not looked for in this run; confirm these first"));
    }
    if !found.file.is_empty() {
        let head = "# Suggested tests: each says what this policy decides today. Confirm each one, or mend the policy; then give it a better name.\n\
                    tests:\n";
        found.file.insert_str(0, head);
    }
    found
}

/// What a bound may depend on: the currency of a case, and the day whose policy applies to it.
struct Setting {
    currency: Currency,
    day: Date,
}

impl Setting {
    /// That of the first case that can be decided.
    fn of(policy: &Policy, mut cases: impl Iterator<Item = (Case, DateTime)>) -> Option<Self> {
        let own = match policy.program.money {
            MoneyMeaning::In(currency) => Some(currency),
            MoneyMeaning::OfCase => Currency::parse("USD").ok(),
        };
        let selection = policy.everything().without_trace();
        cases.find_map(|(case, at)| {
            let evaluation = selection.evaluate(&case, at).ok()?;
            Some(Self { currency: evaluation.currency().or(own)?, day: evaluation.policy_date() })
        })
    }
}

impl Seen {
    /// What stands in the columns of all decisions in a case.
    fn add(&mut self, policy: &Policy, case: &Case, at: DateTime, number: Option<usize>) {
        let selection = policy.everything().without_trace();
        let Ok(evaluation) = selection.evaluate(case, at) else { return };
        for (decision, found) in policy.program.decisions.iter().enumerate() {
            let items = evaluation.items(decision);
            let runs: Vec<Option<&Value>> = if found.for_each.is_some() { items.iter().map(Some).collect() } else { vec![None] };
            for item in runs {
                for (column, fact) in evaluation.read(Some(decision), item, &found.columns).into_iter().enumerate() {
                    let Some(Fact::Known(value)) = fact else { continue };
                    let (values, cases) = self.values.entry((decision, column)).or_default();
                    values.insert(value.to_string());
                    if let Some(number) = number.filter(|number| cases.len() < SUGGESTION_STARTS_MAX && !cases.contains(number)) {
                        cases.push(number);
                    }
                }
            }
        }
    }

    fn has(&self, place: (usize, usize), value: &str) -> bool {
        self.values.get(&place).is_some_and(|(values, _)| values.contains(value))
    }

    fn cases(&self, place: (usize, usize)) -> &[usize] {
        self.values.get(&place).map_or(&[], |(_, cases)| cases)
    }
}

/// Rules and guardrails that no test reaches.
fn unreached(program: &Program, coverage: &Coverage) -> Vec<Wanted> {
    let missed: BTreeSet<&str> =
        coverage.missed().filter(|item| item.sort == Sort::Rule).map(|item| item.name.as_str()).collect();
    let of_rules = rules(program).filter_map(|goal| {
        let name = goal.name(program);
        let Goal::Rule { decision, .. } = &goal else { return None };
        let decision = Some(*decision);
        missed.contains(name.as_str()).then(|| Wanted { name: format!("{name} decides"), goal, decision, at: None })
    });
    let missed: BTreeSet<&str> = coverage
        .missed()
        .filter(|item| item.sort == Sort::Guardrail)
        .filter_map(|item| item.name.split_once(" (").map(|(id, _)| id))
        .collect();
    let of_guardrails = guardrails(program).filter_map(|goal| {
        let name = goal.name(program);
        let decision = if let Goal::Bound { decision, .. } = &goal { Some(*decision) } else { None };
        missed.contains(name.as_str()).then(|| Wanted { name: format!("the guardrail {name} applies"), goal, decision, at: None })
    });
    of_rules.chain(of_guardrails).collect()
}

/// The values at every bound and on either side of it. Bounds that have no value are told.
fn boundaries(policy: &Policy, setting: &Setting, untold: &mut Vec<String>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let mut known: BTreeSet<(usize, usize, String)> = BTreeSet::new();
    for (number, decision) in policy.program.decisions.iter().enumerate() {
        for (column, path) in decision.columns.iter().enumerate() {
            for row in 0..decision.matcher.len() {
                let conditions = decision.matcher.cell(row, column).conditions().iter();
                let bounds = conditions.flat_map(bounds_of);
                for (side, value) in bounds.flat_map(|bound| {
                    sides(policy, setting, &bound, &path.kind).unwrap_or_else(|trouble| {
                        let told = format!("{}: {} at its bound: {trouble}", decision.name, path.written);
                        if !untold.contains(&told) {
                            untold.push(told);
                        }
                        Vec::new()
                    })
                }) {
                    let text = value.to_string();
                    if !known.insert((number, column, text.clone())) {
                        continue;
                    }
                    let name = format!("{}: {} is {text}, {side}", decision.name, path.written);
                    let cell = Cell::OneOf(vec![Condition::Equal(Bound::Value(value))]);
                    let goal = Goal::Region { decision: Some(number), cells: vec![(path.clone(), cell)] };
                    wanted.push(Wanted { name, goal, decision: Some(number), at: Some((column, text)) });
                }
            }
        }
    }
    wanted
}

/// The bounds of a condition that are compared by order.
fn bounds_of(condition: &Condition) -> Vec<Bound> {
    match condition {
        Condition::Compare(_, bound) => vec![bound.clone()],
        Condition::Within(interval) => vec![interval.from.clone(), interval.to.clone()],
        _ => Vec::new(),
    }
}

/// The value at a bound, and those next to it.
fn sides(policy: &Policy, setting: &Setting, bound: &Bound, kind: &Kind) -> Result<Vec<(&'static str, Value)>, Trouble> {
    let value = match bound {
        Bound::Value(value) => value.clone(),
        Bound::Amount(amount) => Value::Money(Money::new(*amount, setting.currency)),
        Bound::Param { slot, .. } => policy.program.param(*slot, setting.day, Some(setting.currency))?,
    };
    Ok(beside(value, kind))
}

/// A value of a kind and its neighbours.
fn beside(value: Value, kind: &Kind) -> Vec<(&'static str, Value)> {
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
        let outcome = decided.outcome.iter().map(|outcome| ("outcome".to_owned(), outcome.to_string()));
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
    let known: BTreeSet<String> = part.rules.iter().map(|note| format!("{}/{}", part.name, note.rule())).collect();
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
