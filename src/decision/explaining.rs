//! Why: the rules that decided and what was held back, a line each.

use super::clock::Clock;
use super::law::Law;
use super::part::{Inputs, Outputs, Part};
use super::section::{Explanation, RejectedAlternative};
use crate::value::{Fact, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// In an explanation, what stands before the id of a guardrail that belongs to no decision: `guardrails/press`.
pub(crate) const GUARDRAILS: &str = "guardrails";

/// In an explanation, what stands before the id of an obligation whose clock was missed: `clocks/CO-PQR-15`.
pub(crate) const CLOCKS: &str = "clocks";

/// Where rules of law come from, by `decision/rule`.
pub type Laws = BTreeMap<String, Arc<Law>>;

/// Every rule that decided and every change by a guardrail or a plugin, with its reason.
pub(super) fn explanation(
    parts: &[Part],
    referrals: &[(String, String, String)],
    clocks: &[Clock],
    laws: &Laws,
) -> Vec<Explanation> {
    let count = parts.iter().map(|part| part.rules.len() + part.changes.len()).sum::<usize>() + referrals.len();
    let mut lines = Vec::with_capacity(count);
    for part in parts {
        let inputs = Inputs::new(part.reads.clone());
        let assumed: Vec<Arc<str>> = part.reads.iter().filter(|read| read.assumed).map(|read| read.name.clone()).collect();
        for (at, rule) in part.rules.iter().enumerate() {
            let result = match (part.listed, rule.item) {
                (true, Some(item)) => part.results.get(item - 1),
                (true, None) => part.results.get(at),
                (false, _) => part.results.first(),
            };
            lines.push(Explanation {
                rule: [&*part.name, "/", &*rule.rule].concat(),
                because: rule.because.clone(),
                source: rule.source.clone(),
                place: rule.place.clone(),
                inputs: inputs.clone(),
                assumed: assumed.clone(),
                law: None,
                effect: result.map_or_else(|| part.status.word().to_owned(), effect),
            });
        }
        for change in &part.changes {
            lines.push(Explanation {
                rule: format!("{}/{}", part.name, change.id),
                because: change.because.as_str().into(),
                source: change.source.as_deref().map(Arc::from),
                place: "".into(),
                inputs: Inputs::default(),
                assumed: Vec::new(),
                law: None,
                effect: format!("{} from {} to {}", change.output, shown(&change.before), shown(&change.after)),
            });
        }
    }
    for (target, guardrail, because) in referrals {
        lines.push(Explanation {
            rule: format!("{GUARDRAILS}/{guardrail}"),
            because: because.as_str().into(),
            source: None,
            place: "".into(),
            inputs: Inputs::default(),
            assumed: Vec::new(),
            law: None,
            effect: format!("referred to {target}"),
        });
    }
    for clock in clocks.iter().filter(|clock| clock.breached) {
        let due = clock.due.map_or_else(String::new, |due| due.to_string());
        lines.push(Explanation {
            rule: format!("{CLOCKS}/{}", clock.id),
            because: clock.because.as_str().into(),
            source: clock.source.as_deref().map(Arc::from),
            place: "".into(),
            inputs: Inputs::default(),
            assumed: Vec::new(),
            law: None,
            effect: format!("{} was due on {due} and was missed", clock.step.as_deref().unwrap_or("a step")),
        });
    }
    for line in lines.iter_mut().filter(|_| !laws.is_empty()) {
        line.law = laws.get(&line.rule).cloned();
    }
    lines
}

/// As many bytes as an effect mostly takes.
const EFFECT_BYTES: usize = 96;

fn effect(outputs: &Outputs) -> String {
    let mut text = String::with_capacity(EFFECT_BYTES);
    for (name, value) in outputs.iter() {
        let Fact::Known(value) = value else { continue };
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name);
        text.push(' ');
        // Writing to a text never fails.
        let _ = write!(text, "{value}");
    }
    text
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
