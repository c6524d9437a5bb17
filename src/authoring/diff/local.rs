//! A decision as a function of what it reads, as one text: where two texts are equal, the two decide alike.

use super::meaning::Meaning;
use crate::policy::compiled::Decision;
use crate::rule::HitPolicy;

/// Does the order of the rules matter to what comes out?
pub(super) fn order_matters(hit: HitPolicy) -> bool {
    matches!(hit, HitPolicy::First | HitPolicy::Priority | HitPolicy::Collect | HitPolicy::CollectRanked)
}

/// The function that a decision is, without its name, its reasons and the names of its rules.
pub(super) fn text(meaning: &Meaning<'_>, decision: &Decision) -> String {
    let mut out = frame(meaning, decision);
    let mut rows: Vec<String> = decision
        .rules
        .iter()
        .enumerate()
        .map(|(row, rule)| {
            let dates = decision.matcher.dates(row);
            let (when, then) = (meaning.row(decision, row), meaning.outputs(decision, rule));
            format!("{when:?} {:?} {:?} -> {then:?}", dates.from, dates.until)
        })
        .collect();
    if !order_matters(decision.hit) {
        rows.sort();
    }
    out.push(columns(meaning, decision));
    out.extend(rows);
    out.extend(decision.otherwise.iter().map(|rule| format!("otherwise {:?}", meaning.outputs(decision, rule))));
    out.extend(decision.outputs.iter().filter_map(|output| {
        let value = output.formula.as_ref()?;
        let default = output.default.as_ref().map(Meaning::literal);
        Some(format!("{} {} else {default:?}", output.name, meaning.formula(value)))
    }));
    out.extend(decision.script.iter().map(|script| meaning.hooked(script)));
    out.extend(decision.plugins.iter().map(|plugin| format!("{} {}", plugin.id, meaning.hooked(plugin))));
    out.extend(decision.bounds.iter().map(|guardrail| meaning.guardrail(guardrail, Some(decision))));
    out.join("\n")
}

/// What has to be equal before two decisions can be compared rule by rule.
pub(super) fn frame(meaning: &Meaning<'_>, decision: &Decision) -> Vec<String> {
    let mut out = vec![format!("hit {} {:?}", decision.hit, decision.priority)];
    out.extend(decision.required.iter().map(|path| format!("required {}", meaning.path(path, false))));
    out.extend(decision.for_each.iter().map(|path| format!("for each of {}", meaning.path(path, false))));
    out.extend(decision.outputs.iter().map(|output| format!("{} {:?} {:?}", output.name, output.kind, output.round)));
    out
}

/// What it looks at although no rule asks for it: reading it may fail all the same.
fn columns(meaning: &Meaning<'_>, decision: &Decision) -> String {
    let mut paths: Vec<String> = decision.columns.iter().map(|path| meaning.path(path, false)).collect();
    paths.sort();
    paths.join(", ")
}
