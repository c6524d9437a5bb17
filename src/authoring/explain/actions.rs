//! Who signs, what becomes of the relationship, what happens next and when, what is sent, what stops, what is mended.

use super::words::{enumeration, plain};
use super::{HANG, Label};
use crate::authoring::page::{Ink, Page};
use crate::decision::{Decision, SafeguardResult};

/// Who must approve, and why.
pub(super) fn approval(decision: &Decision, page: &mut Page) {
    let approval = &decision.approval;
    if decision.part("approval").is_none() && approval.also.is_empty() && !approval.second_person {
        return;
    }
    let role = approval.required_role.as_deref().filter(|role| *role != "none");
    let also: Vec<String> = approval.also.iter().map(|role| plain(role)).collect();
    let mut text = match (role, also.is_empty()) {
        (Some(role), true) => plain(role),
        (Some(role), false) => format!("{}, and also {}", plain(role), enumeration(&also)),
        (None, false) => enumeration(&also),
        (None, true) if decision.part("approval").is_some_and(|part| !part.is_decided()) => "not decided".to_owned(),
        (None, true) => "nobody has to sign".to_owned(),
    };
    if approval.second_person {
        text.push_str("; whoever asks may not be the only one to sign");
    }
    page.flow(Label::APPROVAL, HANG, &[(Ink::Bold, &text)]);
    if let Some(reason) = &approval.reason {
        page.flow(HANG, HANG, &[(Ink::Plain, reason)]);
    }
}

/// Whether and where it goes up.
pub(super) fn escalation(decision: &Decision, page: &mut Page) {
    let escalation = &decision.escalation;
    if escalation.level == 0 && escalation.target.is_none() {
        return;
    }
    let target = escalation.target.as_deref().map_or_else(|| "a person".to_owned(), plain);
    let trigger = escalation.trigger.as_deref().map_or_else(String::new, |trigger| format!(": {}", plain(trigger)));
    let level = format!(" (level {})", escalation.level);
    page.flow(Label::ESCALATION, HANG, &[(Ink::Attention, &target), (Ink::Plain, &level), (Ink::Plain, &trigger)]);
    because(decision, "escalation", page);
}

/// What is proposed for the relationship, and every safeguard that looked at it.
pub(super) fn relationship(decision: &Decision, page: &mut Page) {
    let relationship = &decision.relationship;
    let Some(action) = &relationship.action else { return };
    // Invariant 3, human exit: a decision only ever proposes an end.
    let proposed = if &**action == "managed_exit" { ", as a proposal: a person decides" } else { "" };
    page.flow(Label::RELATIONSHIP, HANG, &[(Ink::Bold, &plain(action)), (Ink::Plain, proposed)]);
    because(decision, "relationship", page);
    if let Some(day) = relationship.earliest_exit_on {
        page.flow(HANG, HANG, &[(Ink::Plain, &format!("not before {day}"))]);
    }
    for safeguard in &relationship.safeguards {
        let (ink, word) = match safeguard.result {
            SafeguardResult::Pass => (Ink::Good, "passed"),
            SafeguardResult::Block => (Ink::Bad, "blocked"),
            SafeguardResult::Review => (Ink::Attention, "to be looked at"),
        };
        let citation = safeguard.citation.as_deref().map_or_else(String::new, |citation| format!(" ({citation})"));
        let text = format!(" by {}: {}{citation}", safeguard.check, safeguard.because);
        let text = if word == "blocked" { text } else { text.replacen(" by ", ", ", 1) };
        page.flow(HANG, &format!("{HANG}  "), &[(ink, word), (Ink::Plain, &text)]);
    }
}

fn because(decision: &Decision, part: &str, page: &mut Page) {
    if let Some(part) = decision.part(part) {
        let text = part.because();
        if !text.is_empty() {
            page.flow(HANG, HANG, &[(Ink::Plain, &text)]);
        }
    }
}

/// Instalments and longer terms.
pub(super) fn terms(decision: &Decision, page: &mut Page) {
    let terms = &decision.terms;
    let mut lead = Label::TERMS;
    if let Some(plan) = &terms.payment_plan {
        let amounts: Vec<String> = plan.instalments.iter().map(ToString::to_string).collect();
        let total = plan.total.map_or_else(String::new, |total| format!(", together {total}"));
        let fees = if plan.fees_waived == Some(true) { "; no fee and no interest for it" } else { "" };
        let count = match amounts.len() {
            1 => "1 instalment".to_owned(),
            count => format!("{count} instalments"),
        };
        let text = format!("{count}: {}{total}{fees}", amounts.join(", "));
        page.flow(lead, HANG, &[(Ink::Plain, &text)]);
        lead = HANG;
    }
    if let Some(days) = terms.due_date_extension_days {
        page.flow(lead, HANG, &[(Ink::Plain, &format!("due {days} days later"))]);
    }
}

/// The steps in their order: by when, what, by whom, why.
pub(super) fn plan(decision: &Decision, page: &mut Page) {
    for (at, step) in decision.plan.iter().enumerate() {
        let number = format!("{}. ", at + 1);
        let by = step.due_at.as_deref().map_or_else(String::new, |due| format!(", by {due}"));
        let owner = step.owner.as_deref().map_or_else(String::new, |owner| format!(" ({})", plain(owner)));
        let lead = if at == 0 { Label::NEXT } else { HANG };
        let hang = format!("{HANG}{}", " ".repeat(number.len()));
        page.flow(
            &format!("{lead}{number}"),
            &hang,
            &[(Ink::Bold, &plain(&step.step)), (Ink::Plain, &owner), (Ink::Attention, &by)],
        );
        page.flow(&hang, &hang, &[(Ink::Plain, &step.because)]);
        if let Some(done_when) = &step.done_when {
            page.flow(&hang, &hang, &[(Ink::Dim, &format!("done when {}", plain(done_when)))]);
        }
    }
}

/// The letters.
pub(super) fn letters(decision: &Decision, page: &mut Page) {
    for (at, letter) in decision.letters.iter().enumerate() {
        let language = letter.language.as_deref().map_or_else(String::new, |language| format!(" ({language})"));
        let lead = if at == 0 { Label::LETTERS } else { HANG };
        let text = format!("{language}: {}", letter.because);
        page.flow(lead, &format!("{HANG}  "), &[(Ink::Bold, &plain(&letter.kind)), (Ink::Plain, &text)]);
    }
}

/// What stops while the case is open, and who asks for it.
pub(super) fn holds(decision: &Decision, page: &mut Page) {
    for (at, name) in decision.holds.names().into_iter().enumerate() {
        let by =
            decision.holds.because.get(name).map_or_else(String::new, |by| format!(", asked for by {}", enumeration(&by[..])));
        let lead = if at == 0 { Label::HOLDS } else { HANG };
        page.flow(lead, &format!("{HANG}  "), &[(Ink::Bold, &plain(name)), (Ink::Plain, &by)]);
    }
}

/// What keeps it from happening again.
pub(super) fn prevention(decision: &Decision, page: &mut Page) {
    let prevention = &decision.prevention;
    let mut lines: Vec<String> = Vec::new();
    if let Some(cause) = &prevention.root_cause {
        lines.push(format!("cause: {}", plain(cause)));
    }
    if let Some(action) = &prevention.corrective_action {
        let what = action.action.as_deref().map_or_else(String::new, plain);
        let owner = action.owner.as_deref().map_or_else(String::new, |owner| format!(" ({})", plain(owner)));
        let due = action.due_on.map_or_else(String::new, |day| format!(", by {day}"));
        let check = action.verify_on.map_or_else(String::new, |day| format!(", looked at again on {day}"));
        lines.push(format!("corrective action: {what}{owner}{due}{check}"));
    }
    if let Some(look_back) = &prevention.look_back {
        let accounts = look_back.accounts.map_or_else(String::new, |accounts| format!("{accounts} accounts"));
        let total = look_back.total.map_or_else(String::new, |total| format!(", together {total}"));
        let action = look_back.action.as_deref().map_or_else(String::new, |action| format!(", {}", plain(action)));
        lines.push(format!("others it reached: {accounts}{total}{action}"));
    }
    for (at, line) in lines.iter().enumerate() {
        page.flow(if at == 0 { Label::PREVENTION } else { HANG }, &format!("{HANG}  "), &[(Ink::Plain, line)]);
    }
}
