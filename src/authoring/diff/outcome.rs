//! What came of one case under both policies.

use crate::case::Case;
use crate::decision::{Decision, Outputs, Part, RuleNote};
use crate::policy::Policy;
use crate::value::{DateTime, Fact, Money, Value};
use serde::Serialize;

/// One thing that came out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Turned {
    /// What: `goodwill.amount`, `approval.required_role`, `outcome`.
    pub what: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

impl Turned {
    fn new(what: impl Into<String>, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { what: what.into(), before: before.into(), after: after.into() }
    }
}

/// A case under both policies.
pub(crate) struct Both {
    pub(crate) old: Result<Decision, String>,
    pub(crate) new: Result<Decision, String>,
}

impl Both {
    pub(super) fn decide(old: &Policy, new: &Policy, case: &Case, at: DateTime) -> Self {
        let decide = |policy: &Policy| policy.decide(case, at).map_err(|error| error.to_string());
        Self { old: decide(old), new: decide(new) }
    }

    /// What differs in one part; its name may have been another one before.
    pub(crate) fn part(&self, old_name: &str, name: &str) -> Vec<Turned> {
        match (&self.old, &self.new) {
            (Ok(old), Ok(new)) => part(name, old.part(old_name), new.part(name)),
            _ => self.refusal(),
        }
    }

    /// What differs of what a person reads first: the outcome, money, who signs, what is proposed.
    pub(crate) fn headline(&self) -> Vec<Turned> {
        let (Ok(old), Ok(new)) = (&self.old, &self.new) else { return self.refusal() };
        let mut list = Vec::new();
        let mut add = |what: &str, before: String, after: String| {
            if before != after {
                list.push(Turned::new(what, before, after));
            }
        };
        let text = |value: Option<&str>| value.unwrap_or("none").to_owned();
        add("status", old.status.word().to_owned(), new.status.word().to_owned());
        add("outcome", text(old.outcome.as_deref()), text(new.outcome.as_deref()));
        let money = |amount: Option<Money>| amount.map_or_else(|| "none".to_owned(), |amount| amount.to_string());
        add("total", money(old.money.total_cost), money(new.money.total_cost));
        add("approval", approval(old), approval(new));
        add("escalation", plain(&old.escalation), plain(&new.escalation));
        add("relationship", text(old.relationship.action.as_deref()), text(new.relationship.action.as_deref()));
        add("holds", plain(&old.holds), plain(&new.holds));
        list
    }

    fn refusal(&self) -> Vec<Turned> {
        let told = |side: &Result<Decision, String>| match side {
            Ok(_) => "decided".to_owned(),
            Err(reason) => reason.clone(),
        };
        let (before, after) = (told(&self.old), told(&self.new));
        if before == after { Vec::new() } else { vec![Turned::new("case", before, after)] }
    }

    /// Does anything come out differently, reasons and names of rules apart?
    pub(super) fn differs(&self) -> bool {
        let (Ok(old), Ok(new)) = (&self.old, &self.new) else { return !self.refusal().is_empty() };
        !self.headline().is_empty()
            || old.parts.len() != new.parts.len()
            || new.parts.iter().any(|each| !part(&each.name, old.part(&each.name), Some(each)).is_empty())
    }

    /// What the case costs: before and after.
    pub(super) fn cost(&self) -> (Option<Money>, Option<Money>) {
        let cost = |side: &Result<Decision, String>| side.as_ref().ok().and_then(|decision| decision.money.total_cost);
        (cost(&self.old), cost(&self.new))
    }

    /// The rules of a part that decided, before and after.
    pub(crate) fn rules(&self, old_name: &str, name: &str) -> (String, String) {
        let rules = |side: &Result<Decision, String>, name: &str| {
            side.as_ref().map_or_else(|_| String::new(), |it| rules_of(it.part(name)))
        };
        (rules(&self.old, old_name), rules(&self.new, name))
    }
}

/// What differs between two decisions of what a person reads first, and of some parts.
pub(crate) fn turned(old: &Decision, new: &Decision, parts: &[&str]) -> Vec<Turned> {
    let both = Both { old: Ok(old.clone()), new: Ok(new.clone()) };
    let mut list: Vec<Turned> = parts.iter().flat_map(|part| both.part(part, part)).collect();
    list.extend(both.headline());
    list
}

/// The rules of a part, and what changed its draft: `our-error, then goodwill-per-case`.
pub(crate) fn rules_of(part: Option<&Part>) -> String {
    let Some(part) = part else { return String::new() };
    let mut rules: Vec<&str> = part.rules.iter().map(RuleNote::rule).collect();
    rules.dedup();
    let list = rules.join(", ");
    let mut by: Vec<&str> = part.changes.iter().filter(|it| it.by != "rounding").map(|change| change.id.as_str()).collect();
    by.dedup();
    if by.is_empty() { list } else { format!("{list}, then {}", by.join(", ")) }
}

fn approval(decision: &Decision) -> String {
    let second = decision.approval.second_person.then_some("second person");
    let role = decision.approval.required_role.as_deref();
    let all: Vec<&str> = role.into_iter().chain(decision.approval.also.iter().map(String::as_str)).chain(second).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

/// A section in one line, as it is written in JSON; what is not set is left out.
fn plain(section: &impl Serialize) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(section) else { return "none".to_owned() };
    let told = |value: &serde_json::Value| match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => None,
        serde_json::Value::Array(items) if items.is_empty() => None,
        serde_json::Value::Bool(true) => Some(String::new()),
        serde_json::Value::String(text) => Some(format!(" {text}")),
        other => Some(format!(" {other}")),
    };
    let all: Vec<String> = fields.iter().filter_map(|(name, value)| Some(format!("{name}{}", told(value)?))).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn part(name: &str, old: Option<&Part>, new: Option<&Part>) -> Vec<Turned> {
    let (Some(old), Some(new)) = (old, new) else {
        let there = |part: Option<&Part>| if part.is_some() { "decided" } else { "not there" };
        return vec![Turned::new(name, there(old), there(new))];
    };
    if old.status != new.status {
        return vec![Turned::new(name, old.status.word(), new.status.word())];
    }
    if old.listed || new.listed || old.results.len() != 1 || new.results.len() != 1 {
        let told = |part: &Part| {
            let all: Vec<String> = part.results.iter().map(result).collect();
            if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
        };
        let (before, after) = (told(old), told(new));
        return if before == after { Vec::new() } else { vec![Turned::new(name, before, after)] };
    }
    let (Some(was), Some(is)) = (old.results.first(), new.results.first()) else { return Vec::new() };
    let mut names: Vec<&str> = is.iter().map(|(output, _)| output).collect();
    names.extend(was.iter().map(|(output, _)| output).filter(|output| !is.iter().any(|(each, _)| each == *output)));
    let pairs = names.into_iter().map(|output| (output, shown(&was.get(output)), shown(&is.get(output))));
    pairs
        .filter(|(_, before, after)| before != after)
        .map(|(output, before, after)| Turned::new(format!("{name}.{output}"), before, after))
        .collect()
}

fn result(outputs: &Outputs) -> String {
    outputs.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect::<Vec<_>>().join(", ")
}

fn shown(value: &Fact<Value>) -> String {
    match value {
        Fact::Missing => "missing".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => value.to_string(),
    }
}
