//! Why: the rules that decided and what was held back, a line each.

use super::citation::{Citation, Laws};
use super::clock::Clock;
use super::explanation::{Effect, Explanation};
use super::inputs::Inputs;
use super::part::Part;
use super::section::RejectedAlternative;
use crate::value::{Fact, Value};
use std::sync::Arc;

/// In an explanation, what stands before the id of a guardrail that belongs to no decision: `guardrails/press`.
pub(crate) const GUARDRAILS: &str = "guardrails";

/// In an explanation, what stands before the id of an obligation whose clock was missed: `clocks/CO-PQR-15`.
pub(crate) const CLOCKS: &str = "clocks";

/// Every rule that decided and every change by a guardrail or a plugin, with its reason.
pub(super) fn explanation(
    parts: &[Part],
    referrals: &[(String, String, String)],
    clocks: &[Clock],
    laws: &Laws,
) -> Vec<Explanation> {
    let missed = clocks.iter().filter(|clock| clock.breached);
    let count = parts.iter().map(|part| part.rules.len() + part.changes.len()).sum::<usize>() + referrals.len();
    let mut lines = Vec::with_capacity(count + missed.clone().count());
    for part in parts {
        for (at, rule) in part.rules.iter().enumerate() {
            let result = match (part.listed, rule.item) {
                (true, Some(item)) => part.results.get(item - 1),
                (true, None) => part.results.get(at),
                (false, _) => part.results.first(),
            };
            lines.push(Explanation {
                citation: rule.citation.clone(),
                because: rule.because.clone(),
                inputs: part.reads.clone(),
                effect: result
                    .map_or_else(|| Effect::Words(part.status.word().to_owned()), |result| Effect::Outputs(result.clone())),
            });
        }
        for change in &part.changes {
            let citation = Citation::new(&part.name, &change.id, laws).resting_on(change.source.as_deref().map(Arc::from));
            let effect = format!("{} from {} to {}", change.output, shown(&change.before), shown(&change.after));
            lines.push(of_its_own(citation, &change.because, effect));
        }
    }
    for (target, guardrail, because) in referrals {
        lines.push(of_its_own(Citation::new(GUARDRAILS, guardrail, laws), because, format!("referred to {target}")));
    }
    for clock in missed {
        let citation = Citation::new(CLOCKS, &clock.id, laws).resting_on(clock.source.as_deref().map(Arc::from));
        let due = clock.due.map_or_else(String::new, |due| due.to_string());
        let effect = format!("{} was due on {due} and was missed", clock.step.as_deref().unwrap_or("a step"));
        lines.push(of_its_own(citation, &clock.because, effect));
    }
    lines
}

/// A line of something that is no rule, and read nothing that would be told.
fn of_its_own(citation: Citation, because: &str, effect: String) -> Explanation {
    Explanation { citation: citation.into(), because: because.into(), inputs: Inputs::default(), effect: Effect::Words(effect) }
}

fn shown(value: &Fact<Value>) -> String {
    match value {
        Fact::Missing => "nothing".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => value.to_string(),
    }
}

/// What somebody would have had, and the guardrail that forbids it.
pub(super) fn rejected(parts: &[Part]) -> Vec<RejectedAlternative> {
    let mut list = Vec::new();
    for part in parts {
        for change in part.changes.iter().filter(|change| matches!(change.by, "cap" | "forbid")) {
            list.push(RejectedAlternative {
                option: format!("{}.{} {}", part.name, change.output, shown(&change.before)),
                why_not: format!("{} ({})", change.because, change.id),
            });
        }
    }
    list
}
