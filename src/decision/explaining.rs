//! Why: the rules that decided and what was held back, a line each.

use super::part::{Outputs, Part};
use super::section::{Explanation, RejectedAlternative};
use crate::value::{Fact, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// In an explanation, what stands before the id of a guardrail that belongs to no decision: `guardrails/press`.
pub(crate) const GUARDRAILS: &str = "guardrails";

/// Every rule that decided and every change by a guardrail or a plugin, with its reason.
pub(super) fn explanation(parts: &[Part], referrals: &[(String, String, String)]) -> Vec<Explanation> {
    let mut lines = Vec::new();
    for part in parts {
        let inputs: Arc<BTreeMap<Arc<str>, Fact<Value>>> =
            Arc::new(part.reads.iter().map(|read| (read.name.clone(), read.value.clone())).collect());
        let assumed: Vec<Arc<str>> = part.reads.iter().filter(|read| read.assumed).map(|read| read.name.clone()).collect();
        for (at, rule) in part.rules.iter().enumerate() {
            let result = match (part.listed, rule.item) {
                (true, Some(item)) => part.results.get(item - 1),
                (true, None) => part.results.get(at),
                (false, _) => part.results.first(),
            };
            lines.push(Explanation {
                rule: format!("{}/{}", part.name, rule.rule),
                because: rule.because.clone(),
                source: rule.source.clone(),
                place: rule.place.clone(),
                inputs: inputs.clone(),
                assumed: assumed.clone(),
                effect: result.map_or_else(|| part.status.word().to_owned(), effect),
            });
        }
        for change in &part.changes {
            lines.push(Explanation {
                rule: format!("{}/{}", part.name, change.id),
                because: change.because.as_str().into(),
                source: change.source.as_deref().map(Arc::from),
                place: "".into(),
                inputs: Arc::default(),
                assumed: Vec::new(),
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
            inputs: Arc::default(),
            assumed: Vec::new(),
            effect: format!("referred to {target}"),
        });
    }
    lines
}

fn effect(outputs: &Outputs) -> String {
    let parts: Vec<String> =
        outputs.iter().filter(|(_, value)| value.is_known()).map(|(name, value)| format!("{name} {}", shown(value))).collect();
    parts.join(", ")
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
