//! How a decision is decided: by rules, by values of its outputs, by a script or by a native plugin, and what its hit policy asks of its outputs.

use super::compiled::{Better, Rule};
use crate::bundle::DecisionDoc;
use crate::rule::HitPolicy;
use crate::text::{Code, Diagnostic, Diagnostics, Fix};
use crate::value::Kind;
use std::sync::Arc;

/// A decision is decided in exactly one way.
pub(crate) fn check(doc: &DecisionDoc, hit: HitPolicy, rules: &[Rule], out: &mut Diagnostics) {
    let with_value = doc.outputs.iter().filter(|output| output.value.is_some()).count();
    // Where nothing is collected there is an empty list, which is an answer.
    let collects = matches!(hit, HitPolicy::Collect | HitPolicy::CollectRanked | HitPolicy::CollectCount);
    let ways = [
        !rules.is_empty() || (collects && doc.lists_rules) || doc.table.is_some() || doc.otherwise.is_some(),
        with_value > 0,
        doc.script.is_some(),
        doc.native.is_some(),
    ];
    let name = &doc.name;
    match ways.iter().filter(|way| **way).count() {
        1 => {}
        0 if doc.unread.iter().any(|unread| unread == "*") => {}
        0 => {
            let message = format!("`{}` decides nothing: it has no rules, no values and no script", name.value);
            let help = "add `rules:`, a `table:`, a `script:`, or a `value:` to each output";
            out.push(Diagnostic::at(Code::EmptyDecision, &name.place, message).help(help));
        }
        _ => {
            let message = format!("`{}` is decided in more than one way", name.value);
            let help = "rules, values of outputs, a script and a native plugin exclude each other";
            out.push(Diagnostic::at(Code::EmptyDecision, &name.place, message).help(help));
        }
    }
    if doc.outputs.is_empty() && doc.unread.is_empty() {
        let help = "add `outputs: {amount: {type: money}}`: the names and types of what it decides";
        out.push(Diagnostic::at(Code::EmptyDecision, &name.place, format!("`{}` declares no `outputs`", name.value)).help(help));
    }
    if with_value > 0 && with_value < doc.outputs.len() {
        for output in doc.outputs.iter().filter(|output| output.value.is_none()) {
            let message = format!("`{}` has no `value`, while other outputs of `{}` have one", output.name.value, name.value);
            let help = "give each output a `value`, or none of them";
            out.push(Diagnostic::at(Code::OutputLeftOut, &output.place, message).help(help));
        }
    }
    if hit.is_aggregate() {
        let numeric = |kind: &Kind| {
            matches!(kind, Kind::Money | Kind::Integer | Kind::Decimal)
                || (matches!(hit, HitPolicy::CollectMin | HitPolicy::CollectMax) && kind.is_ordered())
        };
        match doc.outputs.as_slice() {
            [only] if hit == HitPolicy::CollectCount && only.kind == Kind::Integer => {}
            [only] if hit != HitPolicy::CollectCount && numeric(&only.kind) => {}
            _ => {
                let wanted = if hit == HitPolicy::CollectCount { "an integer" } else { "a number or money" };
                let message = format!("`{}` needs exactly one output, {wanted}", hit.words());
                let help = "declare one output: `outputs: {amount: {type: money}}`";
                out.push(Diagnostic::at(Code::BadValue, &name.place, message).help(help));
            }
        }
    }
    if doc.for_each.is_some() && (hit.is_aggregate() || hit.is_list()) {
        let message = format!("`for_each` gives one result an item and cannot be joined with `hit: {}`", hit.words());
        let help = "write `hit: first`, and add the results up in a decision of their own: `= total(fees.covered)`";
        out.push(Diagnostic::at(Code::BadValue, &name.place, message).help(help));
    }
}

/// In `priority`, what stands for *the more, the better*.
const MOST: &str = "most";

/// The declared order of output values, best first.
pub(crate) fn priority(doc: &DecisionDoc, hit: HitPolicy, out: &mut Diagnostics) -> Vec<(usize, Better)> {
    if hit.is_ranked() && doc.priority.is_empty() {
        let message = format!("`hit: {}` needs the order of output values", hit.words());
        let help = "write `priority: {role: [director, manager, agent]}`, best first";
        out.push(Diagnostic::at(Code::MissingKey, &doc.name.place, message).help(help));
    }
    let mut order = Vec::new();
    for (name, values) in &doc.priority {
        let Some(at) = doc.outputs.iter().position(|output| output.name.value == name.value) else {
            let message = format!("`{}` has no output `{}`", doc.name.value, name.value);
            out.push(Diagnostic::at(Code::UnknownOutput, &name.place, message));
            continue;
        };
        let kind = doc.outputs.get(at).map(|output| &output.kind);
        if let (Some(Kind::Money | Kind::Integer | Kind::Decimal), [word]) = (kind, values.as_slice())
            && word.value == MOST
        {
            if hit != HitPolicy::Priority {
                let message = format!("`{MOST}` finds one rule, and `hit: {}` lists them all", hit.words());
                out.push(Diagnostic::at(Code::BadValue, &word.place, message).help("write `hit: priority`").fix(Fix::with_key(
                    &word.place.source,
                    "hit",
                    "priority",
                )));
            }
            order.push((at, Better::More));
            continue;
        }
        if let Some(Kind::Enum(names)) = doc.outputs.get(at).map(|output| &output.kind) {
            for value in values.iter().filter(|value| names.position(&value.value).is_none()) {
                let message = format!("`{}` is not {}", value.value, Kind::Enum(Arc::clone(names)));
                let help = crate::text::nearest::did_you_mean(&value.value, names.names.iter().map(|name| &**name));
                out.push(Diagnostic::at(Code::UnknownMember, &value.place, message).help_opt(help));
            }
        }
        order.push((at, Better::Named(values.iter().map(|value| value.value.clone()).collect())));
    }
    order
}
