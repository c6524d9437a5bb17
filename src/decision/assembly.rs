//! Puts the sections of a decision together from the parts that bear their names.

use super::citation::Laws;
use super::clock::{Clock, Due, OnBreach};
use super::double_counting;
use super::explaining::{explanation, rejected};
use super::law::PackNote;
use super::part::{FaultNote, Part, PartStatus};
use super::section::{
    Approval, Audit, ConsequentialLine, CorrectionMoney, CorrectiveAction, Escalation, GoodwillMoney, Holds, LetterItem,
    LookBack, MoneySection, PaymentPlan, PenaltyMoney, PlanStep, Prevention, ProvisionalMoney, Relationship, Safeguard,
    StatutoryMoney, Terms,
};
use super::sections::HOLDS;
use super::verdict::{CaseStatus, Decision, PolicyName};
use crate::value::{Currency, Date, DateTime, Fact, Money, Value, Zone};
use std::sync::Arc;

/// What a finished evaluation hands over.
#[derive(Debug)]
pub struct Assembly {
    /// The number of the case.
    pub case_id: String,
    /// The customer's language.
    pub language: Option<String>,
    /// Which policy decided.
    pub policy: PolicyName,
    /// What time it was taken to be.
    pub at: DateTime,
    /// The day whose policy applied.
    pub policy_date: Date,
    /// The time zone of the case.
    pub zone: Zone,
    /// The currency of the case.
    pub currency: Option<Currency>,
    /// Every part, in the order of evaluation.
    pub parts: Vec<Part>,
    /// The kinds of the items of a `for_each`, for the lines of penalties.
    pub penalty_kinds: Vec<Option<Arc<str>>>,
    /// Required facts that are missing.
    pub missing_facts: Vec<String>,
    /// Faults.
    pub faults: Vec<FaultNote>,
    /// Approvals that guardrails add.
    pub approvals: Vec<String>,
    /// Does a guardrail ask for a second person?
    pub second_person: bool,
    /// Holds that guardrails add: name and guardrail.
    pub holds: Vec<(String, String)>,
    /// Where guardrails refer the case: target, guardrail and reason.
    pub referrals: Vec<(String, String, String)>,
    /// The packs that apply or may apply.
    pub packs: Vec<PackNote>,
    /// Where rules of law come from, by `decision/rule`.
    pub laws: Arc<Laws>,
    /// Every obligation that applies.
    pub clocks: Vec<Clock>,
    /// Safeguards that looked at the relationship.
    pub safeguards: Vec<Safeguard>,
    /// Plugins that were not called because they were in quarantine.
    pub quarantined: Vec<String>,
    /// Digest of the case.
    pub input_hash: String,
    /// The number of the decision.
    pub decision_id: String,
}

/// Puts a decision together.
#[must_use]
pub fn assemble(mut from: Assembly) -> Decision {
    from.faults.extend(double_counting::find(&from.parts));
    let find = |name: &str| from.parts.iter().find(|part| *part.name == *name && part.is_decided());
    let missing_facts = missing_facts(&from);
    let status = status(&from, &missing_facts);
    let outcome = match status {
        CaseStatus::NeedsFacts => None,
        _ => find("outcome").and_then(|part| name(&part.output("value"))),
    };
    Decision {
        format: 1,
        outcome,
        money: money(&from),
        terms: find("terms").map_or_else(Terms::default, terms),
        holds: holds(&from),
        approval: approval(&from),
        escalation: escalation(&from),
        relationship: relationship(&from),
        plan: find("plan").map_or_else(Vec::new, |part| plan(part, &from.clocks, &from.zone)),
        letters: find("letters").map_or_else(Vec::new, |part| letters(part, from.language.as_deref())),
        prevention: find("prevention").map_or_else(Prevention::default, prevention),
        missing_facts,
        explanation: explanation(&from.parts, &from.referrals, &from.clocks, &from.laws),
        rejected_alternatives: rejected(&from.parts),
        audit: Audit {
            input_hash: from.input_hash,
            policy_hash: from.policy.digest.clone(),
            quarantined: from.quarantined,
            overrides: Vec::new(),
        },
        decision_id: from.decision_id,
        case_id: from.case_id,
        status,
        policy: from.policy,
        at: from.at,
        policy_date: from.policy_date,
        packs: from.packs,
        clocks: from.clocks,
        parts: from.parts,
        faults: from.faults,
    }
}

fn missing_facts(from: &Assembly) -> Vec<String> {
    let mut names = from.missing_facts.clone();
    for part in &from.parts {
        if part.status == PartStatus::NeedsFacts {
            names.extend(part.missing.iter().cloned());
        }
    }
    names.sort();
    names.dedup();
    names
}

fn status(from: &Assembly, missing: &[String]) -> CaseStatus {
    if !missing.is_empty() || from.parts.iter().any(|part| part.status == PartStatus::NeedsFacts) {
        return CaseStatus::NeedsFacts;
    }
    let all_decided = from.parts.iter().all(Part::is_decided);
    if all_decided && from.referrals.is_empty() && from.faults.is_empty() { CaseStatus::Decided } else { CaseStatus::Referred }
}

fn name(fact: &Fact<Value>) -> Option<Arc<str>> {
    fact.known().map(|value| value.to_name().unwrap_or_else(|| value.to_string().into()))
}

fn amount(fact: &Fact<Value>) -> Option<Money> {
    match fact {
        Fact::Known(Value::Money(money)) => Some(*money),
        _ => None,
    }
}

fn integer(fact: &Fact<Value>) -> Option<i64> {
    match fact {
        Fact::Known(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

fn flag(fact: &Fact<Value>) -> Option<bool> {
    match fact {
        Fact::Known(Value::Boolean(flag)) => Some(*flag),
        _ => None,
    }
}

fn day(fact: &Fact<Value>) -> Option<Date> {
    match fact {
        Fact::Known(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

fn money(from: &Assembly) -> MoneySection {
    let find = |name: &str| from.parts.iter().find(|part| *part.name == *name && part.is_decided());
    let amount_of = |part: &Part| amount(&part.output("amount"));
    let statutory = |part: &Part| amount_of(part).map(|amount| StatutoryMoney { amount, basis: name(&part.output("basis")) });
    let mut section = MoneySection {
        correction: find("correction").and_then(|part| {
            amount_of(part).map(|amount| CorrectionMoney { amount, instrument: name(&part.output("instrument")) })
        }),
        related_charges_reversed: find("related_charges").and_then(amount_of),
        statutory_redress: find("statutory_redress").and_then(statutory),
        interest: find("interest").and_then(statutory),
        penalty_reimbursement: find("penalties").and_then(|part| penalties(part, from)),
        goodwill: find("goodwill").and_then(|part| {
            amount_of(part).map(|amount| GoodwillMoney {
                amount,
                kind: name(&part.output("kind")),
                instrument: name(&part.output("instrument")),
                capped_by: part.capped_by.get("amount").cloned(),
            })
        }),
        provisional_credit: find("provisional_credit").and_then(|part| {
            amount_of(part)
                .filter(|amount| !amount.amount().is_zero())
                .map(|amount| ProvisionalMoney { amount, reversible: true })
        }),
        total_cost: None,
    };
    section.total_cost = total(&section);
    section
}

/// Invariant 8, accounted total: the sum of the parts, in one currency, else none.
fn total(section: &MoneySection) -> Option<Money> {
    let parts = [
        section.correction.as_ref().map(|part| part.amount),
        section.related_charges_reversed,
        section.statutory_redress.as_ref().map(|part| part.amount),
        section.interest.as_ref().map(|part| part.amount),
        section.penalty_reimbursement.as_ref().map(|part| part.amount),
        section.goodwill.as_ref().map(|part| part.amount),
    ];
    let mut parts = parts.into_iter().flatten();
    let first = parts.next()?;
    parts.try_fold(first, |sum, part| sum.plus(part).ok())
}

fn penalties(part: &Part, from: &Assembly) -> Option<PenaltyMoney> {
    let mut section = PenaltyMoney { amount: Money::zero(from.currency?), approved_lines: Vec::new(), refused_lines: Vec::new() };
    for (at, outputs) in part.results.iter().enumerate() {
        let kind = from.penalty_kinds.get(at).cloned().flatten();
        let rules = part.rules.iter().filter(|rule| rule.item == Some(at + 1));
        let because = rules.map(|rule| &*rule.because).collect::<Vec<_>>().join(" ");
        let line = |amount| ConsequentialLine { kind: kind.clone(), amount, because: because.clone() };
        if let Some(approved) = amount(&outputs.get("approved")) {
            section.amount = section.amount.plus(approved).ok()?;
            if !approved.amount().is_zero() {
                section.approved_lines.push(line(approved));
            }
        }
        if let Some(refused) = amount(&outputs.get("refused")).filter(|refused| !refused.amount().is_zero()) {
            section.refused_lines.push(line(refused));
        }
    }
    Some(section)
}

fn terms(part: &Part) -> Terms {
    let instalments: Vec<Money> = match part.output("payment_plan") {
        Fact::Known(Value::List(items)) => items.iter().filter_map(|item| amount(&Fact::Known(item.clone()))).collect(),
        _ => Vec::new(),
    };
    let total =
        instalments.split_first().and_then(|(first, rest)| rest.iter().try_fold(*first, |sum, each| sum.plus(*each).ok()));
    let plan = PaymentPlan { total, instalments, fees_waived: flag(&part.output("fees_waived")) };
    Terms {
        payment_plan: (!plan.instalments.is_empty()).then_some(plan),
        due_date_extension_days: integer(&part.output("due_date_extension_days")).filter(|days| *days != 0),
    }
}

fn holds(from: &Assembly) -> Holds {
    let mut holds = Holds::default();
    if let Some(part) = from.parts.iter().find(|part| *part.name == *"holds" && part.is_decided()) {
        for hold in HOLDS {
            if flag(&part.output(hold)) == Some(true) {
                let by = part.rules.first().map_or("holds", |rule| rule.citation.path());
                holds.set(hold, &by.into());
            }
        }
    }
    for clock in &from.clocks {
        for hold in &clock.holds {
            holds.set(hold, &clock.id);
        }
    }
    for (hold, by) in &from.holds {
        holds.set(hold, &by.as_str().into());
    }
    holds
}

fn approval(from: &Assembly) -> Approval {
    let part = from.parts.iter().find(|part| *part.name == *"approval" && part.is_decided());
    let required_role = part.and_then(|part| name(&part.output("required_role")));
    let mut also: Vec<String> = Vec::new();
    for role in &from.approvals {
        if !also.contains(role) && required_role.as_deref() != Some(role) {
            also.push(role.clone());
        }
    }
    Approval {
        also,
        second_person: from.second_person || part.and_then(|part| flag(&part.output("second_person"))) == Some(true),
        reason: part.map(Part::because),
        required_role,
    }
}

/// How far up a missed clock goes, and to whom.
pub(crate) const BREACH_LEVEL: i64 = 3;
pub(crate) const BREACH_TARGET: &str = "regulatory_breach_review";

fn escalation(from: &Assembly) -> Escalation {
    let part = from.parts.iter().find(|part| *part.name == *"escalation" && part.is_decided());
    let mut section = part.map_or_else(Escalation::default, |part| Escalation {
        level: integer(&part.output("level")).unwrap_or(0),
        target: name(&part.output("target")).filter(|target| **target != *"none"),
        trigger: name(&part.output("trigger")).filter(|trigger| **trigger != *"none"),
    });
    // A clock that was missed is an incident, whatever else the policy sends up.
    let incident = |clock: &&Clock| clock.breached && (clock.brings(OnBreach::Escalate) || clock.brings(OnBreach::Concede));
    if let Some(clock) = from.clocks.iter().find(incident).filter(|_| section.level < BREACH_LEVEL) {
        section.level = BREACH_LEVEL;
        section.target = Some(BREACH_TARGET.into());
        section.trigger = Some(clock.id.clone());
    }
    if let Some((target, id, _)) = from.referrals.first() {
        section.level = section.level.max(1);
        section.target = section.target.or_else(|| Some(target.as_str().into()));
        section.trigger = section.trigger.or_else(|| Some(id.as_str().into()));
    }
    section
}

fn relationship(from: &Assembly) -> Relationship {
    let part = from.parts.iter().find(|part| *part.name == *"relationship" && part.is_decided());
    Relationship {
        action: part.and_then(|part| name(&part.output("action"))),
        safeguards: from
            .safeguards
            .iter()
            .cloned()
            .map(|mut safeguard| {
                safeguard.law = from.laws.get(&format!("relationship/{}", safeguard.check)).cloned();
                safeguard
            })
            .collect(),
        earliest_exit_on: part.and_then(|part| day(&part.output("earliest_exit_on"))),
    }
}

/// The steps of the plan. A step with a clock is due when the earliest of its clocks says, unless the policy itself wants it sooner.
fn plan(part: &Part, clocks: &[Clock], zone: &Zone) -> Vec<PlanStep> {
    let mut steps = Vec::new();
    for (outputs, rule) in part.results.iter().zip(&part.rules) {
        let step = name(&outputs.get("step")).unwrap_or_default();
        let clock = clocks.iter().find(|clock| clock.binding && clock.step.as_ref() == Some(&step));
        let own = match outputs.get("due_at") {
            Fact::Known(Value::Date(day)) => Some(Due::Day(day)),
            Fact::Known(Value::DateTime(instant)) => Some(Due::Instant(instant)),
            _ => None,
        };
        let by_clock = clock.and_then(|clock| clock.due).filter(|due| own.is_none_or(|own| due.compare(own, zone).is_lt()));
        steps.push(PlanStep {
            step,
            owner: name(&outputs.get("owner")),
            due_at: by_clock.or(own).map(|due| due.to_string()),
            clock: clock.filter(|_| by_clock.is_some()).map(|clock| clock.id.clone()),
            done_when: name(&outputs.get("done_when")),
            because: rule.because.clone(),
        });
    }
    steps
}

fn letters(part: &Part, language: Option<&str>) -> Vec<LetterItem> {
    let mut letters: Vec<LetterItem> = Vec::new();
    for (outputs, rule) in part.results.iter().zip(&part.rules) {
        let Some(kind) = name(&outputs.get("kind")) else { continue };
        if letters.iter().all(|letter| letter.kind != kind) {
            letters.push(LetterItem { kind, language: language.map(str::to_owned), because: rule.because.clone() });
        }
    }
    letters
}

fn prevention(part: &Part) -> Prevention {
    let some_name = |output: &str| name(&part.output(output)).filter(|name| **name != *"none" && !name.is_empty());
    let action = CorrectiveAction {
        action: some_name("corrective_action"),
        owner: some_name("owner"),
        due_on: day(&part.output("due_on")),
        verify_on: day(&part.output("verify_on")),
    };
    let look_back = LookBack {
        accounts: integer(&part.output("look_back_accounts")).filter(|accounts| *accounts > 0),
        total: amount(&part.output("look_back_total")).filter(|total| !total.amount().is_zero()),
        action: some_name("look_back_action"),
    };
    Prevention {
        root_cause: some_name("root_cause"),
        corrective_action: action.action.is_some().then_some(action),
        look_back: look_back.accounts.is_some().then_some(look_back),
    }
}
