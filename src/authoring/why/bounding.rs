//! What guardrails and rounding leave of what a decision may give.

use super::prospects::Prospects;
use super::values::{extreme, limit, rounded};
use crate::policy::compiled::{Decision, Guardrail, Verb};
use crate::value::{Fact, Known, Possible};

impl Prospects<'_, '_> {
    /// What guardrails and rounding leave of the drafts.
    pub(super) fn bounded(&self, decision: &Decision) -> Vec<Possible> {
        let mut finals = self.drafts.clone();
        let day = self.ground.base.policy_date();
        let in_force: Vec<&Guardrail> = decision.bounds.iter().filter(|guardrail| guardrail.in_force(day)).collect();
        for guardrail in &in_force {
            if let Verb::Forbid { instead, .. } = &guardrail.verb
                && self.applies(&guardrail.when).0
            {
                for (output, formula) in instead {
                    let Some(declared) = decision.outputs.get(*output) else { continue };
                    widen(&mut finals, *output, self.formula(formula, &declared.kind, false));
                }
            }
        }
        // In the end none is left that is forbidden.
        for guardrail in &in_force {
            if let Verb::Forbid { values, unless, .. } = &guardrail.verb
                && let [(output, cell)] = values.as_slice()
                && self.applies(&guardrail.when).1
                && !self.met(unless).0
                && let Some(Possible { known: Known::Among(left), .. }) = finals.get_mut(*output)
            {
                left.retain(|value| cell.holds(&Fact::Known(value.clone()), self.ground.base.bounds()) != Ok(true));
            }
        }
        let mut limits: Vec<(usize, Possible)> = Vec::new();
        for is_floor in [true, false] {
            for guardrail in &in_force {
                let (output, at) = match &guardrail.verb {
                    Verb::Floor { output, at } if is_floor => (*output, at),
                    Verb::Cap { output, at } if !is_floor => (*output, at),
                    _ => continue,
                };
                let Some(declared) = decision.outputs.get(output) else { continue };
                let (may, must) = self.applies(&guardrail.when);
                if !may {
                    continue;
                }
                let limit = limit(&self.formula(at, &declared.kind, false), is_floor, declared, self.ground.base.currency());
                if let Some(given) = finals.get_mut(output) {
                    let cut = extreme(given, &limit, is_floor);
                    *given = if must { cut } else { given.clone().or(cut) };
                }
                limits.push((output, limit));
            }
        }
        let mut rounded_finals: Vec<Possible> =
            finals.iter().zip(&decision.outputs).map(|(given, output)| rounded(given, output)).collect();
        // What rounding takes past a limit is brought back to it.
        for (output, limit) in limits {
            if finals.get(output) != rounded_finals.get(output) {
                widen(&mut rounded_finals, output, limit);
            }
        }
        rounded_finals
    }
}

fn widen(finals: &mut [Possible], output: usize, by: Possible) {
    if let Some(given) = finals.get_mut(output) {
        *given = given.clone().or(by);
    }
}
