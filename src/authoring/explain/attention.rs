//! What keeps a case from being decided as a whole, in plain words, with what to do about it.

use super::words::{enumeration, meaning, plain};
use crate::authoring::page::{Ink, Page};
use crate::decision::{CaseStatus, Decision, GUARDRAILS, Part, PartStatus};

/// Missing facts first, then every part that goes to a person, then who asks for a person to look.
pub(super) fn write(decision: &Decision, page: &mut Page, lead: &str, hang: &str) {
    let mut lead = lead;
    for path in &decision.missing_facts {
        missing(decision, path, page, lead, hang);
        lead = hang;
    }
    let (faults, parts) = (&decision.faults, &decision.parts);
    for part in parts.iter().filter(|part| !matches!(part.status, PartStatus::Decided | PartStatus::NeedsFacts)) {
        undecided(decision, part, page, lead, hang);
        lead = hang;
    }
    for fault in faults.iter().filter(|fault| decision.part(&fault.part).is_none_or(Part::is_decided)) {
        page.flow(lead, hang, &[(Ink::Bad, &fault.part), (Ink::Plain, ": "), (Ink::Plain, &fault.message)]);
        at_place(fault.place.as_deref(), page, hang);
        lead = hang;
    }
    let is_referred_by_rule = decision.status == CaseStatus::Referred && parts.iter().all(Part::is_decided) && faults.is_empty();
    if is_referred_by_rule {
        let target = decision.escalation.target.as_deref().map_or_else(|| "a person".to_owned(), plain);
        let by = decision.escalation.trigger.as_deref().unwrap_or("a guardrail");
        page.flow(lead, hang, &[(Ink::Attention, &target), (Ink::Plain, " has to look at it: asked for by "), (Ink::Plain, by)]);
        let indent = format!("{hang}  ");
        let is_guardrail = |rule: &str| rule.split_once('/').is_some_and(|(room, _)| room == GUARDRAILS);
        // A bundle may call a decision by that word; then its lines cannot be told from these.
        let lines = decision.explanation.iter().filter(|line| is_guardrail(line.rule()));
        for line in lines.filter(|_| decision.part(GUARDRAILS).is_none()) {
            page.flow(&indent, &indent, &[(Ink::Plain, &line.because)]);
        }
    }
}

fn missing(decision: &Decision, path: &str, page: &mut Page, lead: &str, hang: &str) {
    let indent = format!("{hang}  ");
    match meaning(path) {
        Some(meaning) => page.flow(lead, &indent, &[(Ink::Attention, path), (Ink::Plain, ": "), (Ink::Plain, &meaning)]),
        None => page.flow(lead, hang, &[(Ink::Attention, path)]),
    }
    let readers: Vec<String> = decision
        .parts
        .iter()
        .filter(|part| part.missing.iter().any(|each| each == path))
        .map(|part| part.name.to_string())
        .collect();
    let wanted =
        if readers.is_empty() { String::new() } else { format!("; {} cannot be decided without it", enumeration(&readers)) };
    let help = match path.split_once('.') {
        Some((group, fact)) => format!("find it out and write `{group}: {{{fact}: ...}}`{wanted}"),
        None => format!("find it out and write `{path}: ...`{wanted}"),
    };
    page.flow(&indent, &indent, &[(Ink::Dim, &help)]);
}

fn undecided(decision: &Decision, part: &Part, page: &mut Page, lead: &str, hang: &str) {
    let indent = format!("{hang}  ");
    let title = match part.status {
        PartStatus::NoRule => "no rule applies".to_owned(),
        PartStatus::Conflict => "rules contradict each other".to_owned(),
        PartStatus::Skipped => format!("waits for {}", enumeration(&part.waits_for)),
        _ => "could not be decided".to_owned(),
    };
    page.flow(lead, hang, &[(Ink::Bad, &part.name), (Ink::Plain, ": "), (Ink::Plain, &title)]);
    // That no rule applies is said already; every other fault has more to say.
    let faults = decision.faults.iter().filter(|fault| *fault.part == *part.name && part.status != PartStatus::NoRule);
    for fault in faults {
        page.flow(&indent, &indent, &[(Ink::Plain, &fault.message)]);
        at_place(fault.place.as_deref(), page, &indent);
    }
    for missed in &part.nearest {
        let text = format!("nearest rule `{}`: {}", missed.rule, missed.why());
        page.flow(&indent, &format!("{indent}  "), &[(Ink::Plain, &text)]);
    }
    let help = match part.status {
        PartStatus::NoRule => "decide it by hand; whoever owns the policy adds a rule or an `otherwise`",
        PartStatus::Conflict => "decide it by hand; whoever owns the policy makes the conditions exclude each other",
        PartStatus::Fault => "decide it by hand; whoever owns the policy mends what is named here",
        _ => return,
    };
    page.flow(&indent, &indent, &[(Ink::Dim, help)]);
}

fn at_place(place: Option<&str>, page: &mut Page, indent: &str) {
    if let Some(place) = place {
        page.flow(indent, indent, &[(Ink::Dim, place)]);
    }
}
