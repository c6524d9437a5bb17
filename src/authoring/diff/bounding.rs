//! What plugins, guardrails and rounding make of what the rules gave.

use super::amount::Amount;
use super::meaning::Meaning;
use super::outcomes::{Given, Giving, Outcome, Told};
use super::words;
use crate::policy::compiled::{Formula, Guardrail, Verb};
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::rule::{Cell, NoBounds};
use crate::value::{Decimal, Fact};
use std::cmp::Ordering;

impl Giving<'_> {
    /// Plugins, guardrails and rounding after what the rules gave.
    pub(super) fn bounded(&self, mut outputs: Vec<Given>, by: Vec<String>, bounds: &[usize]) -> Outcome {
        for plugin in &self.decision.plugins {
            if self.passes_by(plugin, &outputs) {
                continue;
            }
            let all: Vec<&str> = outputs.iter().map(|given| given.text.as_str()).collect();
            let text = format!("{} of {all:?}", self.meaning.hooked(plugin));
            for (given, output) in outputs.iter_mut().zip(&self.decision.outputs) {
                let by = [given.by.clone(), vec![(plugin.id.clone(), "as it is changed".to_owned())]].concat();
                *given = Given { by, caveats: given.caveats.clone(), ..Self::opaque(&output.name, &text, &given.shown) };
            }
        }
        let guardrails = || bounds.iter().filter_map(|at| self.decision.bounds.get(*at));
        for guardrail in guardrails() {
            match &guardrail.verb {
                Verb::Forbid { .. } => self.forbid(guardrail, &mut outputs),
                Verb::Floor { output, at } => self.bound(guardrail, (*output, at, Ordering::Less), &mut outputs),
                Verb::Cap { output, at } => self.bound(guardrail, (*output, at, Ordering::Greater), &mut outputs),
                Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => {}
            }
        }
        let mut outcome = Outcome { texts: Vec::new(), literal: Vec::new(), shown: Vec::new(), by, caveats: Vec::new() };
        for (given, output) in outputs.into_iter().zip(&self.decision.outputs) {
            let round = output.round.map_or_else(String::new, |round| format!(" rounded {round}"));
            outcome.texts.push(format!("{} {}{round}", output.name, given.text));
            outcome.literal.push(given.literal.is_some() && round.is_empty());
            outcome.shown.push(Told { output: output.name.to_string(), text: format!("{}{round}", given.shown), by: given.by });
            outcome.caveats.extend(given.caveats);
        }
        outcome
    }

    /// Does a plugin not run on this draft, as far as is written down?
    fn passes_by(&self, plugin: &crate::policy::compiled::Hooked, outputs: &[Given]) -> bool {
        plugin.when.iter().any(|condition| {
            let slot = self.meaning.program.slots.get(condition.path.slot).map(|entry| entry.slot);
            let Some(Slot::Own { output, .. }) = slot.filter(|_| condition.path.is_whole()) else { return false };
            Self::fails(outputs.get(output), &condition.cell)
        })
    }

    /// Is it certain that an output does not satisfy a cell?
    fn fails(given: Option<&Given>, cell: &Cell) -> bool {
        let Some(Literal::Plain(fact, _)) = given.and_then(|given| given.literal.as_ref()) else { return false };
        cell.holds(fact, &NoBounds) == Ok(false)
    }

    fn forbid(&self, guardrail: &Guardrail, outputs: &mut [Given]) {
        let Verb::Forbid { values, instead, .. } = &guardrail.verb else { return };
        if values.iter().any(|(output, cell)| Self::fails(outputs.get(*output), cell)) {
            return;
        }
        let what = self.meaning.guardrail(guardrail, Some(self.decision));
        let all: Vec<String> = outputs.iter().map(|given| given.text.clone()).collect();
        for (output, _) in instead {
            let Some(given) = outputs.get_mut(*output) else { continue };
            given.text = format!("{} unless {what} of {all:?}", given.text);
            given.literal = None;
            given.by.push((guardrail.id.clone(), "unless it is forbidden".to_owned()));
        }
    }

    fn bound(&self, guardrail: &Guardrail, (output, at, over): (usize, &Formula, Ordering), outputs: &mut [Given]) {
        let Some(given) = outputs.get_mut(output) else { return };
        // What is missing is bounded by nothing.
        if matches!(given.literal, Some(Literal::Plain(Fact::Missing | Fact::Unknown, _))) {
            return;
        }
        let limit = self.given(Some(at), None);
        let amounts = (given.literal.as_ref().and_then(Amount::of), limit.literal.as_ref().and_then(Amount::of));
        let word = if over == Ordering::Greater { "at most" } else { "at least" };
        match amounts {
            (Some(value), Some(limit)) if value.lane == limit.lane => {
                let limit = if over == Ordering::Greater && limit.number.is_negative() {
                    Amount { number: Decimal::ZERO, ..limit }
                } else {
                    limit
                };
                if value.number.cmp(&limit.number) == over {
                    let literal = limit.literal();
                    given.text = Meaning::literal(&literal);
                    given.by.push((guardrail.id.clone(), format!("{word} {}", words::literal(&literal))));
                    given.literal = Some(literal);
                }
            }
            // A cap never goes below zero, so that nothing stays nothing, where the cap can be worked out at all.
            (Some(value), _) if over == Ordering::Greater && value.number.is_zero() => {
                given.caveats.push(format!("{} {}", guardrail.id, limit.text));
            }
            _ => {
                given.text =
                    format!("{} {word} {} ({})", given.text, limit.text, self.meaning.guardrail(guardrail, Some(self.decision)));
                given.literal = None;
                given.by.push((guardrail.id.clone(), format!("{word} {}", limit.shown.trim_start_matches("= "))));
            }
        }
    }

    /// What guardrails over the finished draft add.
    pub(super) fn added(&self, guardrails: &[usize]) -> Outcome {
        let all: Vec<&Guardrail> = guardrails.iter().filter_map(|at| self.meaning.program.final_guardrails.get(*at)).collect();
        let mut texts: Vec<String> = all.iter().map(|each| self.meaning.verb(each, None)).collect();
        texts.sort();
        texts.dedup();
        let shown: Vec<String> = all.iter().map(|each| words::verb(each, None)).collect();
        let shown = if shown.is_empty() { "nothing is added".to_owned() } else { shown.join("; ") };
        let by = all.iter().map(|each| each.id.clone()).collect();
        Outcome { texts: vec![texts.join("\n")], literal: vec![true], shown: vec![Told::plain(shown)], by, caveats: Vec::new() }
    }
}
