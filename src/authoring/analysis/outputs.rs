//! Values of an output that no rule ever gives.

use super::table::{Report, Table};
use crate::decision::sections::section;
use crate::policy::compiled::{Formula, Verb};
use crate::policy::literal::Literal;
use crate::text::{Code, Diagnostic};
use crate::value::{Fact, Kind, Value};
use std::collections::BTreeSet;

/// Looks at outputs that have a closed list of values, where all that can give one is written as a value.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    let decision = table.decision;
    // What a section of the decision document may hold is not this bundle's choice.
    let is_section = section(&decision.name).is_some();
    if is_section || !decision.plugins.is_empty() || decision.hit.is_aggregate() {
        return;
    }
    for (at, output) in decision.outputs.iter().enumerate() {
        let Kind::Enum(names) = &output.kind else { continue };
        let is_set_elsewhere = decision.bounds.iter().any(|guardrail| match &guardrail.verb {
            Verb::Forbid { instead, .. } => instead.iter().any(|(of, _)| *of == at),
            _ => false,
        });
        let mut given: BTreeSet<&str> = BTreeSet::new();
        let mut is_told = !is_set_elsewhere;
        for rule in decision.rules.iter().chain(&decision.otherwise) {
            match (rule.then.get(at), &output.default) {
                (Some(Some(Formula::Literal(Literal::Plain(fact, _)))), _) | (_, Some(Literal::Plain(fact, _)))
                    if !matches!(rule.then.get(at), Some(Some(Formula::Expression(_)))) =>
                {
                    if let Fact::Known(Value::Enum(value)) = fact {
                        given.insert(value.name());
                    }
                }
                _ => is_told = false,
            }
        }
        let left: Vec<&str> = names.names.iter().map(|name| &**name).filter(|name| !given.contains(name)).collect();
        if is_told && !left.is_empty() {
            let message = format!("no rule of `{}` gives {} as `{}`", decision.name, super::table::listed(&left), output.name);
            let help = "leave what is never given out of `values`, unless other bundles or programs know it";
            report.out.push(Diagnostic::at(Code::NeverGiven, &output.place, message).advice().help(help));
        }
    }
}
