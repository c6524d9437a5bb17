//! What an evaluation comes to.

use super::hits::{taken_hits, told_hits};
use super::reader::{GistReader, OutputAt};
use super::{Amounts, Gist};
use crate::decision::assembly::{BREACH_LEVEL, BREACH_TARGET};
use crate::decision::{CaseStatus, OnBreach, PartStatus, double_counting};
use crate::evaluation::quick::Taken;
use crate::evaluation::ran::Ran;
use crate::evaluation::results::Ended;
use crate::evaluation::whole::{Evaluation, Record};
use crate::evaluation::{clocks, finals};
use crate::policy::Program;
use crate::policy::compiled::Verb;
use crate::rule::Judgement;
use crate::value::{Given, Money, Value, View};
use std::borrow::Cow;
use std::cell::OnceCell;

impl<'a> Evaluation<'a> {
    /// What the case comes to. `reader` is that of the policy which decided it.
    #[must_use]
    pub fn gist(&self, reader: &GistReader) -> Gist<'_> {
        let situation = &self.situation;
        let program = situation.program;
        clocks::run_rest(situation, &self.state.borrow().results);
        let mut gist = Gist {
            status: CaseStatus::Decided,
            outcome: None,
            amounts: self.amounts(reader),
            goodwill_capped_by: reader.goodwill.and_then(|at| self.capped_by(at)),
            approval: self.name(reader.role),
            also: Vec::new(),
            second_person: self.flag(reader.second_person),
            escalation_level: self.integer(reader.level),
            escalation_target: self.name(reader.target).filter(|target| target != "none"),
            relationship: self.name(reader.action),
            missed: self.ran().filter(|(_, ran)| ran.breached).map(|(number, _)| number).collect(),
            faults: Vec::new(),
            without_rule: Vec::new(),
            hits: Vec::with_capacity(self.order.len() + 8),
        };
        let mut needs_facts = self.lacks_facts(reader);
        let mut all_decided = true;
        for number in self.order {
            let Some(decision) = program.decisions.get(*number) else { continue };
            match self.records.get(*number) {
                Some(Record::Quick(taken)) => taken_hits(reader, *number, decision, taken, &mut gist.hits),
                Some(Record::Told(finished)) => {
                    let part = &finished.part;
                    all_decided &= part.is_decided();
                    needs_facts |= part.status == PartStatus::NeedsFacts;
                    if part.status == PartStatus::NoRule {
                        gist.without_rule.push(Cow::Borrowed(&part.name));
                    }
                    gist.faults.extend(finished.faults.iter().map(|fault| (Cow::Borrowed(&*fault.part), fault.kind)));
                    told_hits(reader, *number, decision, part, &mut gist.hits);
                }
                Some(Record::Open) | None => {}
            }
        }
        let referred = self.take_finals(&mut gist);
        if self.is_paid_twice(reader) {
            gist.faults.push((Cow::Borrowed("statutory_redress"), double_counting::KIND));
        }
        self.escalate(&mut gist, referred.as_ref());
        gist.status = if needs_facts {
            CaseStatus::NeedsFacts
        } else if all_decided && referred.is_none() && gist.faults.is_empty() {
            CaseStatus::Decided
        } else {
            CaseStatus::Referred
        };
        if gist.status != CaseStatus::NeedsFacts {
            gist.outcome = self.name(reader.outcome);
        }
        gist
    }

    fn amounts(&self, reader: &GistReader) -> Amounts {
        Amounts {
            correction: self.money(reader.correction),
            related_charges: self.money(reader.related_charges),
            statutory_redress: self.money(reader.redress),
            interest: self.money(reader.interest),
            penalties: reader.penalties.and_then(|at| self.penalties(at)),
            goodwill: self.money(reader.goodwill),
            provisional_credit: self.money(reader.provisional).filter(|amount| !amount.amount().is_zero()),
        }
    }

    fn given(&self, at: Option<OutputAt>) -> Option<Given<'a>> {
        let (number, output) = at?;
        let decision = self.situation.program.decisions.get(number)?;
        self.state.borrow().results.output(decision, number, output)
    }

    fn money(&self, at: Option<OutputAt>) -> Option<Money> {
        as_money(&self.given(at)?)
    }

    fn integer(&self, at: Option<OutputAt>) -> i64 {
        match self.given(at) {
            Some(Given::Known(View::Integer(number)) | Given::Own(Value::Integer(number))) => number,
            _ => 0,
        }
    }

    fn flag(&self, at: Option<OutputAt>) -> bool {
        matches!(self.given(at), Some(Given::Known(View::Boolean(true)) | Given::Own(Value::Boolean(true))))
    }

    fn name(&self, at: Option<OutputAt>) -> Option<Cow<'a, str>> {
        match self.given(at)? {
            Given::Known(view) => Some(view.as_name().map_or_else(|| Cow::Owned(view.to_value().to_string()), Cow::Borrowed)),
            Given::Own(value) => Some(Cow::Owned(value.as_name().map_or_else(|| value.to_string(), str::to_owned))),
            Given::Missing | Given::Unknown => None,
        }
    }

    fn penalties(&self, (number, output): OutputAt) -> Option<Money> {
        let decision = self.situation.program.decisions.get(number)?;
        let state = self.state.borrow();
        let zero = || self.situation.currency.map(Money::zero);
        match state.results.ended.get(number)? {
            Ended::Open => None,
            Ended::Single => {
                let given = state.results.output(decision, number, output)?;
                as_money(&given).map_or_else(zero, |amount| zero()?.plus(amount).ok())
            }
            Ended::Listed(results) => {
                let kind = &decision.outputs.get(output)?.kind;
                let approved = results.iter().skip(output).step_by(decision.outputs.len());
                let given = approved.filter_map(|brief| state.results.given(*brief, kind));
                given.filter_map(|given| as_money(&given)).try_fold(zero()?, |sum, amount| sum.plus(amount).ok())
            }
        }
    }

    /// The guardrail that cut an output.
    fn capped_by(&self, (number, output): OutputAt) -> Option<Cow<'_, str>> {
        match self.records.get(number)? {
            Record::Quick(Taken::Single(run)) => {
                let told = run.told()?.capped_by.iter().rev();
                told.filter(|(at, _)| *at == output).map(|(_, guardrail)| Cow::Borrowed(guardrail.as_str())).next()
            }
            Record::Told(finished) if finished.part.is_decided() => {
                let name = &self.situation.program.decisions.get(number)?.outputs.get(output)?.name;
                finished.part.capped_by.get(&**name).map(|guardrail| Cow::Borrowed(guardrail.as_str()))
            }
            _ => None,
        }
    }

    fn ran(&self) -> impl Iterator<Item = (usize, &Ran)> {
        let cells = self.situation.clocks.iter().map(OnceCell::get).enumerate();
        cells.filter_map(|(number, ran)| ran.filter(|ran| ran.applies != Judgement::No).map(|ran| (number, ran)))
    }

    /// Is a fact not given that every case needs?
    fn lacks_facts(&self, reader: &GistReader) -> bool {
        let Self { situation, .. } = self;
        let extras = situation.program.extras.iter().zip(&situation.extras);
        reader.required.iter().any(|spec| !spec.given(situation.case).is_known())
            || extras.into_iter().any(|(extra, given)| extra.required && !given.is_known())
    }

    /// What guardrails over the finished draft add; where the first of them refers the case to.
    fn take_finals(&self, gist: &mut Gist<'_>) -> Option<Cow<'_, str>> {
        let program: &Program = self.situation.program;
        let mut target = None;
        match &self.finals {
            Some(apply) => {
                for guardrail in apply.iter().filter_map(|number| program.final_guardrails.get(*number)) {
                    match &guardrail.verb {
                        Verb::RequireApproval { roles, second_person } => {
                            for role in roles {
                                sign(gist, role);
                            }
                            gist.second_person |= *second_person;
                        }
                        Verb::Refer { target: to } => target = target.or(Some(Cow::Borrowed(to.as_str()))),
                        Verb::Hold { .. } | Verb::Cap { .. } | Verb::Floor { .. } | Verb::Forbid { .. } => {}
                    }
                }
            }
            None => {
                let mut faults = Vec::new();
                let added = finals::by_definition(&self.situation, &self.state.borrow().results, &mut faults);
                added.approvals.iter().for_each(|role| sign(gist, role));
                gist.second_person |= added.second_person;
                gist.faults.extend(faults.into_iter().map(|fault| (Cow::Owned(fault.part), fault.kind)));
                target = added.referrals.into_iter().next().map(|(to, ..)| Cow::Owned(to));
            }
        }
        target
    }

    fn is_paid_twice(&self, reader: &GistReader) -> bool {
        let Some(Given::Known(View::Decimal(multiple)) | Given::Own(Value::Decimal(multiple))) = self.given(reader.multiple)
        else {
            return false;
        };
        let (Some(paid), Some(corrected)) = (self.money(reader.redress), self.money(reader.correction)) else { return false };
        double_counting::is_beyond(multiple, paid, corrected) && !self.is_redress_changed(reader)
    }

    /// Did anything change the redress that the rules gave?
    fn is_redress_changed(&self, reader: &GistReader) -> bool {
        let record = reader.redress.and_then(|(number, _)| self.records.get(number));
        let changes = match record {
            Some(Record::Quick(Taken::Single(run))) => run.told().map_or(&[][..], |told| &told.changes),
            Some(Record::Told(finished)) => &finished.part.changes,
            _ => &[],
        };
        changes.iter().any(|change| &*change.output == "amount")
    }

    /// What a missed clock and a referral make of the escalation.
    fn escalate<'g>(&'g self, gist: &mut Gist<'g>, referred: Option<&Cow<'g, str>>) {
        let obligations = &self.situation.program.obligations.list;
        let is_incident = |number: &usize| {
            let clock = obligations.get(*number);
            clock.is_some_and(|clock| clock.brings(OnBreach::Escalate) || clock.brings(OnBreach::Concede))
        };
        if gist.escalation_level < BREACH_LEVEL && gist.missed.iter().any(is_incident) {
            gist.escalation_level = BREACH_LEVEL;
            gist.escalation_target = Some(Cow::Borrowed(BREACH_TARGET));
        }
        if let Some(target) = referred {
            gist.escalation_level = gist.escalation_level.max(1);
            gist.escalation_target = gist.escalation_target.take().or_else(|| Some(target.clone()));
        }
    }
}

/// Somebody else signs, unless they do already.
fn sign(gist: &mut Gist<'_>, role: &str) {
    if gist.approval.as_deref() != Some(role) && gist.also.iter().all(|each| each != role) {
        gist.also.push(Cow::Owned(role.to_owned()));
    }
}

fn as_money(given: &Given<'_>) -> Option<Money> {
    match given {
        Given::Known(View::Money(amount)) | Given::Own(Value::Money(amount)) => Some(*amount),
        _ => None,
    }
}
