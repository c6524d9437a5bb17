//! The whole decision of a case.

use super::digest;
use super::frame::Frame;
use super::part;
use super::situation::{Situation, read_extras};
use crate::case::{Case, registry};
use crate::decision::{Assembly, Decision, FaultNote, Safeguard, assemble};
use crate::policy::compiled::{Decision as Compiled, Guardrail, Verb};
use crate::policy::{Policy, Program};
use crate::rule::Judgement;
use crate::script::Stop;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{Date, DateTime};
use thiserror::Error;

/// Why a case cannot be decided at all.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum DecideError {
    /// The case is wrong.
    #[error("the case is not valid: {}", first_message(.0))]
    InvalidCase(Diagnostics),
    /// The policy does not hold on the day of the case.
    #[error("the bundle `{bundle}` is not in force on {date}{}", range(*.from, *.until))]
    NotInForce {
        /// Name of the bundle.
        bundle: String,
        /// The policy date of the case.
        date: Date,
        /// First day of the bundle.
        from: Option<Date>,
        /// Last day of the bundle.
        until: Option<Date>,
    },
    /// A plugin or a script that may not fail has failed.
    #[error("`{by}` refused to decide: {message}")]
    Refused {
        /// The plugin or the decision.
        by: String,
        /// Why.
        message: String,
    },
}

fn first_message(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().next().map_or_else(String::new, |first| first.message.clone())
}

fn range(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!(": it holds from {from} until {until}"),
        (Some(from), None) => format!(": it holds from {from}"),
        (None, Some(until)) => format!(": it holds until {until}"),
        (None, None) => String::new(),
    }
}

impl Policy {
    /// Decides a case as of an instant.
    ///
    /// # Errors
    /// When the case is wrong, when the policy does not hold on its day, or when a plugin refuses.
    pub fn decide(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        decide(&self.program, case, at)
    }

    /// What is wrong with a case for this policy: what [`Case::check`] finds, and the facts that the bundle declares.
    #[must_use]
    pub fn check_case(&self, case: &Case) -> Diagnostics {
        let mut out = case.check();
        if let Err(found) = read_extras(&self.program, case, &case.zone()) {
            out.extend(found);
        }
        if self.program.disputes && case.complaint.case_id.known().is_none() {
            out.push(no_case_id(case));
        }
        out
    }
}

fn no_case_id(case: &Case) -> Diagnostic {
    let message = "the case has no `complaint.case_id`";
    let help = "add `complaint: {case_id: ...}`, so that the decision can be told from others";
    let finding = match &case.place {
        Some(place) => {
            let start = place.span.start;
            Diagnostic::error(Code::MissingFact, &place.source, crate::text::Span::new(start, start), message)
        }
        None => Diagnostic::global(Code::MissingFact, message),
    };
    finding.path("complaint.case_id").help(help)
}

fn decide(program: &Program, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
    if program.disputes && case.complaint.case_id.known().is_none() {
        return Err(DecideError::InvalidCase([no_case_id(case)].into_iter().collect()));
    }
    let wrong = case.check();
    if wrong.has_errors() {
        return Err(DecideError::InvalidCase(wrong));
    }
    let mut situation = Situation::new(program, case, at).map_err(DecideError::InvalidCase)?;
    let date = situation.policy_date;
    let (from, until) = program.effective;
    // Invariant 9, in force: a policy outside its dates never decides.
    if from.is_some_and(|from| date < from) || until.is_some_and(|until| until < date) {
        return Err(DecideError::NotInForce { bundle: program.name.bundle.clone(), date, from, until });
    }
    let (mut faults, mut safeguards): (Vec<FaultNote>, Vec<Safeguard>) = (Vec::new(), Vec::new());
    for number in &program.order {
        let finished = part::decide(&situation, *number)
            .map_err(|refusal| DecideError::Refused { by: refusal.by, message: refusal.message })?;
        faults.extend(finished.faults);
        if finished.part.name == "relationship" {
            safeguards.extend(finished.safeguards);
        }
        if let Some(slot) = situation.parts.get_mut(*number) {
            *slot = Some(finished.part);
        }
    }
    let finals = finals(&situation, &mut faults);
    let input_hash = digest::of_case(case);
    let decision_id = digest::of_decision(&input_hash, &program.name.digest, at);
    let mut parts = std::mem::take(&mut situation.parts);
    let parts = program.order.iter().filter_map(|number| parts.get_mut(*number).and_then(Option::take)).collect();
    Ok(assemble(Assembly {
        case_id: case.id().to_owned(),
        language: situation.language().map(str::to_owned),
        policy: program.name.clone(),
        at: at.in_utc(),
        policy_date: date,
        currency: situation.currency,
        parts,
        penalty_kinds: penalty_kinds(case),
        missing_facts: missing(program, &situation),
        faults,
        approvals: finals.approvals,
        second_person: finals.second_person,
        holds: finals.holds,
        referrals: finals.referrals,
        safeguards,
        input_hash,
        decision_id,
    }))
}

/// Required facts that the case does not give.
fn missing(program: &Program, situation: &Situation<'_>) -> Vec<String> {
    let mut list = Vec::new();
    if program.disputes {
        let required = registry().iter().filter(|(_, spec)| spec.required);
        list.extend(required.filter(|(_, spec)| !spec.read(situation.case).is_known()).map(|(_, spec)| spec.path.clone()));
    }
    for (extra, value) in program.extras.iter().zip(&situation.extras) {
        if extra.required && !value.is_known() {
            list.push(extra.path.value.clone());
        }
    }
    list
}

fn penalty_kinds(case: &Case) -> Vec<Option<String>> {
    let charges = case.dispute.consequential_charges.known();
    charges.map_or_else(Vec::new, |charges| {
        charges.iter().map(|charge| charge.kind.known().map(|kind| kind.name().to_owned())).collect()
    })
}

/// What guardrails add to the finished draft.
#[derive(Default)]
struct Finals {
    approvals: Vec<String>,
    second_person: bool,
    holds: Vec<(String, String)>,
    referrals: Vec<(String, String, String)>,
}

fn finals(situation: &Situation<'_>, faults: &mut Vec<FaultNote>) -> Finals {
    let mut added = Finals::default();
    // Conditions are read in the frame of a decision that does not exist: only facts and finished outputs are in reach.
    let nobody = Compiled::nobody();
    let mut frame = Frame::new(situation, &nobody, usize::MAX, None);
    let day = situation.policy_date;
    for guardrail in &situation.program.final_guardrails {
        if guardrail.from.is_some_and(|from| day < from) || guardrail.until.is_some_and(|until| until < day) {
            continue;
        }
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
            added.referrals.push((target.clone(), guardrail.id.clone(), because));
        }
        Verb::Cap { .. } | Verb::Floor { .. } | Verb::Forbid { .. } => {}
    }
}
