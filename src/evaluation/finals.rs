//! Guardrails that look at the finished draft: who else approves, what stops, who looks at it.

use super::definition::Frame;
use super::quick::{self, State};
use super::results::Results;
use super::situation::Situation;
use crate::decision::FaultNote;
use crate::policy::compiled::{Guardrail, Verb};
use crate::rule::Judgement;
use crate::script::Stop;

/// What guardrails add to the finished draft.
#[derive(Default)]
pub(super) struct Finals {
    pub(super) approvals: Vec<String>,
    pub(super) second_person: bool,
    pub(super) holds: Vec<(String, String)>,
    pub(super) referrals: Vec<(String, String, String)>,
}

/// What they add, by the definition.
pub(super) fn by_definition(situation: &Situation<'_>, results: &Results<'_>, faults: &mut Vec<FaultNote>) -> Finals {
    let mut added = Finals::default();
    // Conditions are read in the frame of a decision that does not exist: only facts and finished outputs are in reach.
    let mut frame = Frame::new((situation, results), &situation.program.nobody, usize::MAX, None);
    let day = situation.policy_date;
    for guardrail in situation.program.final_guardrails.iter().filter(|guardrail| guardrail.in_force(day)) {
        match frame.judge(&guardrail.when) {
            Ok(Judgement::No) | Err(Stop::NotDecided(_)) => {}
            // What depends on something missing or unknown applies (invariant 4).
            Ok(Judgement::Yes | Judgement::Open) | Err(Stop::Needs(_)) => add(guardrail, &mut frame, &mut added),
            Err(Stop::Fault(fault)) => {
                add(guardrail, &mut frame, &mut added);
                faults.push(FaultNote::new(&guardrail.id, "guardrail", fault.message, Some(&guardrail.place)));
            }
        }
    }
    added
}

fn add(guardrail: &Guardrail, frame: &mut Frame<'_>, added: &mut Finals) {
    match &guardrail.verb {
        Verb::RequireApproval { roles, second_person } => {
            added.approvals.extend(roles.iter().cloned());
            added.second_person |= *second_person;
        }
        Verb::Hold { holds } => added.holds.extend(holds.iter().map(|hold| (hold.clone(), guardrail.id.clone()))),
        Verb::Refer { target } => {
            let because = frame.because(guardrail.because.for_language(frame.situation.language()));
            added.referrals.push((target.clone(), guardrail.id.clone(), because.to_string()));
        }
        Verb::Cap { .. } | Verb::Floor { .. } | Verb::Forbid { .. } => {}
    }
}

/// The final guardrails that apply; nothing where only the definition can tell.
pub(super) fn quickly<'a>(situation: &Situation<'a>, state: &mut State<'a>) -> Option<Vec<usize>> {
    let program = situation.program;
    let mut frame: quick::Frame<'_, 'a, false> = quick::Frame::new(situation, state, &program.nobody, usize::MAX);
    let day = situation.policy_date;
    let mut apply = Vec::new();
    for (number, guardrail) in program.final_guardrails.iter().enumerate() {
        if guardrail.in_force(day) && frame.judge(&guardrail.when).ok()? != Judgement::No {
            apply.push(number);
        }
    }
    Some(apply)
}

/// What those add that apply.
pub(super) fn told(situation: &Situation<'_>, results: &Results<'_>, apply: &[usize]) -> Finals {
    let mut added = Finals::default();
    let mut frame = Frame::new((situation, results), &situation.program.nobody, usize::MAX, None);
    for guardrail in apply.iter().filter_map(|number| situation.program.final_guardrails.get(*number)) {
        add(guardrail, &mut frame, &mut added);
    }
    added
}
