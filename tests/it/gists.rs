//! A gist says what the whole decision says. Every case that `oracle` decides passes through here: examples, scenarios, generated ones.

use redress::decision::{Decision, PartStatus};
use redress::evaluation::{Amounts, Evaluation, GistReader};
use redress::policy::Policy;
use std::borrow::Cow;

/// Holds a gist against the whole decision.
pub(crate) fn same(policy: &Policy, evaluation: &Evaluation<'_>, decision: &Decision) {
    let reader = GistReader::of(policy);
    let gist = evaluation.gist(&reader);
    assert_eq!(gist.status, decision.status);
    assert_eq!(gist.outcome.as_deref(), decision.outcome.as_deref());
    let Amounts { correction, related_charges, statutory_redress, interest, penalties, goodwill, provisional_credit, .. } =
        gist.amounts;
    let money = &decision.money;
    assert_eq!(correction, money.correction.as_ref().map(|each| each.amount));
    assert_eq!(related_charges, money.related_charges_reversed);
    assert_eq!(statutory_redress, money.statutory_redress.as_ref().map(|each| each.amount));
    assert_eq!(interest, money.interest.as_ref().map(|each| each.amount));
    assert_eq!(penalties, money.penalty_reimbursement.as_ref().map(|each| each.amount));
    assert_eq!(goodwill, money.goodwill.as_ref().map(|each| each.amount));
    assert_eq!(provisional_credit, money.provisional_credit.as_ref().map(|each| each.amount));
    assert_eq!(gist.amounts.total(), money.total_cost);
    let capped_by = money.goodwill.as_ref().and_then(|each| each.capped_by.as_deref());
    assert_eq!(gist.goodwill_capped_by.as_deref(), capped_by);
    assert_eq!(gist.approval.as_deref(), decision.approval.required_role.as_deref());
    assert_eq!(gist.also, decision.approval.also);
    assert_eq!(gist.second_person, decision.approval.second_person);
    assert_eq!(gist.escalation_level, decision.escalation.level);
    assert_eq!(gist.escalation_target.as_deref(), decision.escalation.target.as_deref());
    assert_eq!(gist.relationship.as_deref(), decision.relationship.action.as_deref());
    let mut missed: Vec<&str> = gist.missed.iter().map(|number| reader.clock(*number)).collect();
    let mut told: Vec<&str> = decision.clocks.iter().filter(|clock| clock.breached).map(|clock| &*clock.id).collect();
    missed.sort_unstable();
    told.sort_unstable();
    assert_eq!(missed, told);
    let faults: Vec<(Cow<'_, str>, &str)> =
        decision.faults.iter().map(|fault| (Cow::Borrowed(fault.part.as_str()), fault.kind)).collect();
    assert_eq!(gist.faults, faults);
    let without: Vec<&str> =
        decision.parts.iter().filter(|part| part.status == PartStatus::NoRule).map(|part| &*part.name).collect();
    assert_eq!(gist.without_rule, without);
    let hits: Vec<(&str, &str)> =
        gist.hits.iter().map(|number| &reader.rules()[*number as usize]).map(|rule| (&*rule.decision, &*rule.rule)).collect();
    // A clock that concedes is no rule of a decision.
    let is_rule =
        |decision: &str, name: &str| reader.rules().iter().any(|rule| &*rule.decision == decision && &*rule.rule == name);
    let told: Vec<(&str, &str)> = decision
        .parts
        .iter()
        .flat_map(|part| part.rules.iter().map(|rule| (&*part.name, rule.rule())))
        .filter(|(decision, rule)| is_rule(decision, rule))
        .collect();
    assert_eq!(hits, told);
}
