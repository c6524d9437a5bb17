//! Guardrails against what rules give: rules whose amount is always cut, and guardrails that never change anything.

use super::EverySetting;
use super::outcomes::Outcomes;
use super::plain::{cell_text, possible_text};
use crate::policy::Program;
use crate::policy::compiled::{Condition, Decision, Formula, Guardrail, Verb};
use crate::text::{Code, Diagnostic, Diagnostics, Fix};
use crate::value::{Currency, Decimal, Mode, Money, Range, Rounding};

pub(super) fn check(program: &Program, outcomes: &[Outcomes<'_>], found: &mut Diagnostics) {
    for (number, decision) in program.decisions.iter().enumerate() {
        always_cut(number, decision, outcomes, found);
        let mut every = EverySetting::new();
        for outcomes in outcomes {
            for (at, guardrail) in in_force(decision, outcomes) {
                every.tell(at, idle(number, decision, guardrail, outcomes));
            }
        }
        every.report(found);
    }
    let mut every = EverySetting::new();
    for outcomes in outcomes {
        let finals = program.final_guardrails.iter().enumerate();
        for (at, guardrail) in finals.filter(|(_, guardrail)| guardrail.in_force(outcomes.setting.day)) {
            every.tell(at, out_of_reach(&guardrail.when, outcomes).map(|why| never(guardrail, &why)));
        }
    }
    every.report(found);
}

fn in_force<'d>(decision: &'d Decision, outcomes: &Outcomes<'_>) -> Vec<(usize, &'d Guardrail)> {
    let day = outcomes.setting.day;
    decision.bounds.iter().enumerate().filter(|(_, guardrail)| guardrail.in_force(day)).collect()
}

/// Does anything but its rules say what a decision gives?
fn is_ruled(decision: &Decision) -> bool {
    decision.script.is_none() && decision.plugins.is_empty() && !decision.hit.is_aggregate()
}

fn always_cut(number: usize, decision: &Decision, outcomes: &[Outcomes<'_>], found: &mut Diagnostics) {
    if !is_ruled(decision) {
        return;
    }
    let mut every = EverySetting::new();
    for outcomes in outcomes {
        let Some(given) = outcomes.given(number) else { continue };
        for rule in outcomes.living(decision, &given.dead) {
            for (at, output) in decision.outputs.iter().enumerate() {
                let possible = outcomes.rule_gives(rule, at, output);
                // What gives nothing fails, and no cap is asked.
                if possible.is_nothing() {
                    continue;
                }
                let least = possible.range().filter(|_| possible.is_given());
                let cut = least.and_then(|least| {
                    let (guardrail, cap) = tightest(decision, at, outcomes)?;
                    let is_cut = cap.currency == least.currency && least.low? > cap.high?;
                    is_cut.then(|| {
                        let amount = told(cap.high?, cap.currency);
                        let message = format!(
                            "what the rule `{}` gives for `{}` is always cut: it is {}, and `{}` allows no more than {amount}",
                            rule.id,
                            output.name,
                            possible_text(&possible),
                            guardrail.id,
                        );
                        let help = format!("write `{}: {amount}`, which is what comes of it, or raise the cap", output.name);
                        let finding =
                            Diagnostic::at(Code::AlwaysCut, &rule.place, message).help(help).label(&guardrail.place, "the cap");
                        Some(finding.fix(Fix::value_in_item(&rule.place, &["then", &output.name], &amount)))
                    })?
                });
                every.tell((rule.place.span.start, at), cut);
            }
        }
    }
    every.report(found);
}

/// The cap that holds for every case and allows least, with what it allows at most.
fn tightest<'d>(decision: &'d Decision, output: usize, outcomes: &Outcomes<'_>) -> Option<(&'d Guardrail, Range)> {
    let caps = in_force(decision, outcomes).into_iter().filter_map(|(_, guardrail)| match &guardrail.verb {
        Verb::Cap { output: capped, at } if *capped == output && guardrail.when.is_empty() => {
            let range = cap(at, outcomes)?;
            Some((guardrail, range, range.high?))
        }
        _ => None,
    });
    caps.min_by_key(|(_, _, high)| *high).map(|(guardrail, range, _)| (guardrail, range))
}

/// What a cap allows: nothing below zero, and nothing where it is absent.
fn cap(at: &Formula, outcomes: &Outcomes<'_>) -> Option<Range> {
    let possible = outcomes.setting.formula(at, &|slot| outcomes.slot(slot));
    let range = possible.range()?;
    let low = if possible.is_given() { range.low } else { Some(Decimal::ZERO) };
    let allowed = |end: Decimal| in_minor_units(end.max(Decimal::ZERO), range.currency, Mode::Down);
    Some(Range { low: low.and_then(allowed), high: range.high.and_then(allowed), ..range })
}

fn in_minor_units(amount: Decimal, currency: Option<Currency>, mode: Mode) -> Option<Decimal> {
    let Some(currency) = currency else { return Some(amount) };
    Money::new(amount, currency).rounded(Rounding { mode, step: None }).ok().map(Money::amount)
}

fn told(amount: Decimal, currency: Option<Currency>) -> String {
    currency.map_or_else(|| amount.to_string(), |currency| Money::new(amount, currency).to_string())
}

fn never(guardrail: &Guardrail, why: &str) -> Diagnostic {
    let message = format!("the guardrail `{}` can never change anything: {why}", guardrail.id);
    let help = "correct what it looks at, or take it out: whoever reads it believes that it protects somebody";
    Diagnostic::at(Code::IdleGuardrail, &guardrail.place, message)
        .help(help)
        .fix(Fix::without_item(&guardrail.place, &guardrail.id))
}

/// Why a guardrail of a decision never changes anything in a setting.
fn idle(number: usize, decision: &Decision, guardrail: &Guardrail, outcomes: &Outcomes<'_>) -> Option<Diagnostic> {
    if let Some(why) = out_of_reach(&guardrail.when, outcomes) {
        return Some(never(guardrail, &why));
    }
    if !is_ruled(decision) {
        return None;
    }
    let why = match &guardrail.verb {
        Verb::Cap { output, at } => idle_cap(number, decision, guardrail, (*output, at), outcomes)?,
        Verb::Floor { output, at } => idle_floor(number, decision, (*output, at), outcomes)?,
        Verb::Forbid { values, .. } => {
            // What another guardrail puts in place may be forbidden as well.
            let others = in_force(decision, outcomes).into_iter().filter(|(_, other)| !std::ptr::eq(*other, guardrail));
            let mut puts = others.filter_map(|(_, other)| match &other.verb {
                Verb::Forbid { instead, .. } => Some(instead),
                _ => None,
            });
            if puts.any(|instead| instead.iter().any(|(output, _)| values.iter().any(|(value, _)| value == output))) {
                return None;
            }
            let given = outcomes.given(number)?;
            values.iter().find_map(|(output, cell)| {
                let (possible, name) = (given.drafts.get(*output)?, &decision.outputs.get(*output)?.name);
                let is_out = !possible.is_nothing() && !outcomes.may_hold(cell, possible);
                is_out.then(|| format!("`{}.{name}` is {}, never {}", decision.name, possible_text(possible), cell_text(cell)))
            })?
        }
        _ => return None,
    };
    Some(never(guardrail, &why))
}

fn idle_cap(
    number: usize,
    decision: &Decision,
    guardrail: &Guardrail,
    (output, at): (usize, &Formula),
    outcomes: &Outcomes<'_>,
) -> Option<String> {
    let own = cap(at, outcomes)?;
    if let Some((other, range)) = tightest(decision, output, outcomes)
        && !std::ptr::eq(other, guardrail)
        && range.currency == own.currency
        && range.high? < own.low?
    {
        return Some(format!("`{}` always allows less", other.id));
    }
    let (draft, declared) = (outcomes.given(number)?.drafts.get(output)?, decision.outputs.get(output)?);
    let mut most = draft.range()?;
    for (_, other) in in_force(decision, outcomes) {
        if let Verb::Floor { output: lifted, at } = &other.verb
            && *lifted == output
        {
            let floor = outcomes.setting.formula(at, &|slot| outcomes.slot(slot)).range()?;
            let lifted = in_minor_units(floor.high?, floor.currency, Mode::Up)?;
            most.high = Some(most.high?.max(lifted));
        }
    }
    // Rounding comes after the cap and is brought back to it.
    let mode = if declared.round.is_some() { return None } else { Mode::Up };
    let high = in_minor_units(most.high?, most.currency, mode)?;
    (most.currency == own.currency && high <= own.low?)
        .then(|| format!("`{}.{}` is never more than {}", decision.name, declared.name, told(high, most.currency)))
}

fn idle_floor(number: usize, decision: &Decision, (output, at): (usize, &Formula), outcomes: &Outcomes<'_>) -> Option<String> {
    let floor = outcomes.setting.formula(at, &|slot| outcomes.slot(slot)).range()?;
    let (draft, declared) = (outcomes.given(number)?.drafts.get(output)?, decision.outputs.get(output)?);
    // A floor also lifts what is missing, and what another guardrail puts in place.
    let changes =
        |other: &Guardrail| matches!(&other.verb, Verb::Forbid { instead, .. } if instead.iter().any(|(put, _)| *put == output));
    if !draft.is_given() || declared.round.is_some() || in_force(decision, outcomes).into_iter().any(|(_, other)| changes(other))
    {
        return None;
    }
    let least = draft.range()?;
    let (low, high) =
        (in_minor_units(least.low?, least.currency, Mode::Down)?, in_minor_units(floor.high?, floor.currency, Mode::Up)?);
    (floor.currency == least.currency && low >= high)
        .then(|| format!("`{}.{}` is never less than {}", decision.name, declared.name, told(low, least.currency)))
}

/// A condition that no decision ever meets. What is absent counts as met, so it has to be given.
pub(super) fn out_of_reach(when: &[Condition], outcomes: &Outcomes<'_>) -> Option<String> {
    when.iter().find_map(|condition| {
        let possible = outcomes.asked(&condition.path)?;
        let is_out = possible.is_given() && !possible.is_nothing() && !outcomes.may_hold(&condition.cell, &possible);
        is_out.then(|| {
            format!("`{}` is {}, never {}", condition.path.written, possible_text(&possible), cell_text(&condition.cell))
        })
    })
}
