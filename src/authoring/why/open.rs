//! What could still change a decision: the rules that came close and lack nothing but what somebody can still bring about, each with the
//! decision that it really gives.

use super::answer::{FactChange, WayThere};
use super::ground::Ground;
use super::lever::{Act, Choice, Domain, Lever, changed};
use super::{WhyError, changes, decided, what_turned};
use crate::authoring::finder::Document;
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::Evaluation;
use crate::policy::Policy;
use crate::policy::compiled::Decision as Declared;
use crate::rule::{Cell, Judgement, NearMiss};
use crate::text::Diagnostics;
use crate::value::{DateTime, Fact, Value, arithmetic};
use serde_json::{Value as Json, json};
use std::cmp::Ordering;

/// What could still change a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StillOpen {
    /// The decision as it stands, with its near misses.
    pub decision: Decision,
    /// The rules that nearly decided, those that lack the fewest facts first.
    pub ways: Vec<OpenWay>,
}

/// A rule that nearly decided, and what comes of it once it does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenWay {
    /// The rule: `goodwill/small-claim`.
    pub rule: String,
    /// What is changed, and what is decided then.
    pub way: WayThere,
}

impl StillOpen {
    /// As data.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let ways = self.ways.iter().map(|open| {
            json!({
                "rule": open.rule,
                "changes": open.way.changes,
                "turned": open.way.turned,
                "decided": open.way.decided,
                "decision_id": open.way.decision.decision_id,
                "status": open.way.decision.status,
            })
        });
        json!({
            "case_id": self.decision.case_id,
            "policy": self.decision.policy,
            "at": self.decision.at,
            "ways": ways.collect::<Vec<_>>(),
        })
    }

    /// The changes of each way that turns what a customer sees (the outcome, the money, what becomes of the relationship) and leaves the
    /// customer with no less. An investigation that would be less far than it is brings nobody anything.
    pub(super) fn seen_by_customer(&self) -> impl Iterator<Item = &[FactChange]> {
        let is_seen = |open: &&OpenWay| {
            let is_back = |change: &FactChange| change.fact == "finding.status" && change.to != "complete";
            open.way.turned.iter().any(|turned| ["outcome", "total", "relationship"].contains(&turned.what.as_str()))
                && !open.way.changes.iter().any(is_back)
                && !self.is_less(&open.way.decision)
        };
        self.ways.iter().filter(is_seen).map(|open| open.way.changes.as_slice())
    }

    /// Would the customer have less by another decision? What cannot be compared is taken for less.
    fn is_less(&self, after: &Decision) -> bool {
        match (self.decision.money.total_cost, after.money.total_cost) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(after)) => {
                let order = arithmetic::compare(&Value::Money(after), &Value::Money(before));
                order.map_or(true, |order| order == Ordering::Less)
            }
        }
    }
}

/// What could still change the decision of a case: of the rules that came close (`nearest` in an explanation) those that lack nothing but
/// facts that somebody can still bring about. Each is decided, and told only if something comes out differently.
///
/// # Errors
/// When a named fact cannot be changed, or when the case cannot be decided as it stands.
pub fn still_open(policy: &Policy, case: &Case, at: DateTime, only: &[String]) -> Result<StillOpen, WhyError> {
    let mut out = Diagnostics::new();
    super::check_only(policy, only, &mut out);
    if out.has_errors() {
        return Err(WhyError::Question(out));
    }
    let decision = policy.explain(case, at)?;
    let document = Document::new(case, at);
    let stands = document.case().unwrap_or_else(|| case.clone());
    let selection = policy.everything().without_trace();
    let base = selection.evaluate(&stands, at)?;
    let mut ground = Ground::of(&policy.program, &base, &document, &policy.program.order);
    ground.keep_only(only);
    let mut ways: Vec<OpenWay> = Vec::new();
    let mut tried: Vec<Vec<Choice>> = Vec::new();
    for number in &policy.program.order {
        let Some(declared) = policy.program.decisions.get(*number) else { continue };
        for (item, miss) in base.near_rows(*number) {
            let Some(choices) = bring_about(&ground, declared, item, &miss) else { continue };
            let Some(rule) = declared.rules.get(miss.row).filter(|_| !tried.contains(&choices)) else { continue };
            let Some(there) = changed(&document, &ground.levers, &choices).case() else { continue };
            // What cannot be decided at all is no way out.
            let Ok(after) = policy.decide(&there, at) else { continue };
            let names = [&*declared.name];
            let turned = what_turned(&decision, &after, &names);
            if turned.is_empty() {
                continue;
            }
            let changes = changes(&ground.levers, &choices);
            tried.push(choices);
            ways.push(OpenWay {
                rule: format!("{}/{}", declared.name, rule.id),
                way: WayThere { changes, turned, decided: decided(&after, &names), decision: after },
            });
        }
    }
    ways.sort_by_key(|open| open.way.changes.len());
    Ok(StillOpen { decision, ways })
}

/// What has to be chosen so that every condition holds that failed; nothing where one of them is about something that nobody can change.
fn bring_about(ground: &Ground<'_>, decision: &Declared, item: Option<usize>, miss: &NearMiss) -> Option<Vec<Choice>> {
    let mut choices = vec![Choice::Kept; ground.levers.len()];
    for column in &miss.failed {
        let path = decision.columns.get(*column)?;
        let fact = ground.program.actionable(decision, path)?;
        let is_of = |lever: &Lever| match lever.act {
            Act::ItemBecomes(number) => item == Some(number + 1),
            Act::Becomes | Act::TakenBack => item.is_none() || path.is_whole(),
            Act::Taken => false,
        };
        let at = ground.levers.iter().position(|lever| *lever.fact == *fact && is_of(lever))?;
        let choice = nearest_that_holds(ground.levers.get(at)?, decision.matcher.cell(miss.row, *column), ground.base)?;
        let slot = choices.get_mut(at)?;
        if *slot != Choice::Kept && *slot != choice {
            // Two conditions on one fact, of which no value was found that meets both.
            return None;
        }
        *slot = choice;
    }
    Some(choices)
}

/// The smallest step of a fact with which a cell holds.
fn nearest_that_holds(lever: &Lever, cell: &Cell, base: &Evaluation<'_>) -> Option<Choice> {
    let holds = |to: &Fact<Value>| matches!(cell.judge(to.view(), base.bounds()), Ok(Judgement::Yes));
    let (stops, grid) = match &lever.domain {
        Domain::Stops { stops, .. } => (stops, None),
        Domain::Numbers { grid, marks, .. } => (marks, Some(*grid)),
    };
    let (at, stop) = stops.iter().enumerate().filter(|(_, stop)| holds(&stop.to)).min_by_key(|(at, stop)| (stop.steps, *at))?;
    match grid {
        None => u32::try_from(at).ok().map(Choice::Stop),
        Some(grid) => grid.steps(stop.to.known()?).filter(|(_, is_whole)| *is_whole).map(|(steps, _)| Choice::Number(steps)),
    }
}
