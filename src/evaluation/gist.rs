//! What a decided case comes to in a few words and figures, for those who count many cases: no reason, no text and no digest is made.
//!
//! It says the same as the whole decision, which `decision::assembly` puts together; tests hold the two together.

use super::quick::{Hit, Run, Taken};
use super::ran::Ran;
use super::results::Ended;
use super::whole::{Evaluation, Record};
use super::{clocks, finals};
use crate::case::{FactSpec, registry};
use crate::decision::assembly::{BREACH_LEVEL, BREACH_TARGET};
use crate::decision::{CaseStatus, OnBreach, Part, PartStatus, double_counting};
use crate::policy::compiled::{Decision, Verb};
use crate::policy::{Policy, Program};
use crate::rule::Judgement;
use crate::value::{Given, Money, Value, View};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// What a decided case comes to in a few words and figures. Names are those of the whole decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gist<'e> {
    /// How the case ended.
    pub status: CaseStatus,
    /// The outcome; none when facts are missing.
    pub outcome: Option<Cow<'e, str>>,
    /// Every amount.
    pub amounts: Amounts,
    /// The guardrail that cut the goodwill.
    pub goodwill_capped_by: Option<Cow<'e, str>>,
    /// The role that must approve.
    pub approval: Option<Cow<'e, str>>,
    /// Others who must approve as well.
    pub also: Vec<Cow<'e, str>>,
    /// Must somebody other than the requester approve?
    pub second_person: bool,
    /// How far up it goes: 0 is not at all.
    pub escalation_level: i64,
    /// To whom it goes up.
    pub escalation_target: Option<Cow<'e, str>>,
    /// What is proposed for the relationship.
    pub relationship: Option<Cow<'e, str>>,
    /// Clocks that were missed, by their number among the obligations of the policy ([`GistReader::clock`]).
    pub missed: Vec<usize>,
    /// Part and kind of every fault.
    pub faults: Vec<(Cow<'e, str>, &'static str)>,
    /// Decisions without a rule for this case.
    pub without_rule: Vec<Cow<'e, str>>,
    /// Every rule that hit, as often as it did, by its number ([`GistReader::rules`]).
    pub hits: Vec<u32>,
}

/// Every amount of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amounts {
    /// What was billed wrongly.
    pub correction: Option<Money>,
    /// Charges billed because of it.
    pub related_charges: Option<Money>,
    /// What a law adds.
    pub statutory_redress: Option<Money>,
    /// Interest.
    pub interest: Option<Money>,
    /// Penalties that are covered.
    pub penalties: Option<Money>,
    /// Goodwill.
    pub goodwill: Option<Money>,
    /// A credit that can be taken back; none where it is zero.
    pub provisional_credit: Option<Money>,
}

impl Amounts {
    /// What is owed: all but goodwill and the provisional credit.
    pub fn owed(&self) -> impl Iterator<Item = Money> {
        let owed = [self.correction, self.related_charges, self.statutory_redress, self.interest, self.penalties];
        owed.into_iter().flatten()
    }

    /// Invariant 8, accounted total: the sum of the parts but the provisional credit, in one currency, else none.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        let mut parts = self.owed().chain(self.goodwill);
        let first = parts.next()?;
        parts.try_fold(first, |sum, part| sum.plus(part).ok())
    }
}

/// A rule by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleName {
    /// The decision.
    pub decision: Arc<str>,
    /// The rule as explanations name it: its id, `otherwise`, `value` or `script`.
    pub rule: Arc<str>,
    /// Is it written as a rule? Otherwise it is what decides without any, and does so in every case.
    pub written: bool,
}

/// An output of a decision: both by their numbers.
type OutputAt = (usize, usize);

/// Where a policy has what a gist tells. It is made once for many cases.
#[derive(Debug)]
pub struct GistReader {
    outcome: Option<OutputAt>,
    correction: Option<OutputAt>,
    related_charges: Option<OutputAt>,
    redress: Option<OutputAt>,
    multiple: Option<OutputAt>,
    interest: Option<OutputAt>,
    penalties: Option<OutputAt>,
    goodwill: Option<OutputAt>,
    provisional: Option<OutputAt>,
    role: Option<OutputAt>,
    second_person: Option<OutputAt>,
    level: Option<OutputAt>,
    target: Option<OutputAt>,
    action: Option<OutputAt>,
    required: Vec<&'static FactSpec>,
    rules: Vec<RuleName>,
    /// The number of the first rule of each decision.
    first_rule: Vec<u32>,
    clocks: Vec<Arc<str>>,
}

impl GistReader {
    /// Looks up where a policy has what a gist tells.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let program = &policy.program;
        let find = |decision: &str, output: &str| -> Option<OutputAt> {
            let number = program.decisions.iter().position(|each| *each.name == *decision)?;
            let found = program.decisions.get(number)?;
            Some((number, found.outputs.iter().position(|each| *each.name == *output)?))
        };
        let amount = |decision: &str| find(decision, "amount");
        let mut first_rule = vec![0; program.decisions.len()];
        let mut rules = Vec::new();
        for number in &program.order {
            let Some(decision) = program.decisions.get(*number) else { continue };
            if let Some(first) = first_rule.get_mut(*number) {
                *first = u32::try_from(rules.len()).unwrap_or(u32::MAX);
            }
            rules.extend(rules_of(decision));
        }
        Self {
            outcome: find("outcome", "value"),
            correction: amount("correction"),
            related_charges: amount("related_charges"),
            redress: amount("statutory_redress"),
            multiple: find("statutory_redress", "multiple"),
            interest: amount("interest"),
            penalties: find("penalties", "approved"),
            goodwill: amount("goodwill"),
            provisional: amount("provisional_credit"),
            role: find("approval", "required_role"),
            second_person: find("approval", "second_person"),
            level: find("escalation", "level"),
            target: find("escalation", "target"),
            action: find("relationship", "action"),
            required: registry().iter().map(|(_, spec)| spec).filter(|spec| spec.required && program.disputes).collect(),
            rules,
            first_rule,
            clocks: program.obligations.list.iter().map(|each| each.id.clone()).collect(),
        }
    }

    /// Every rule by its number, in the order of evaluation and as written. What holds when none matches stands behind the rules of its
    /// decision, what decides without any behind that.
    #[must_use]
    pub fn rules(&self) -> &[RuleName] {
        &self.rules
    }

    /// The clock of that number.
    #[must_use]
    pub fn clock(&self, number: usize) -> &str {
        self.clocks.get(number).map_or("", |name| name)
    }

    /// How many clocks there are.
    #[must_use]
    pub fn clocks(&self) -> usize {
        self.clocks.len()
    }

    /// The number of what decided.
    fn rule(&self, decision: usize, rules: usize, hit: Hit) -> u32 {
        let first = self.first_rule.get(decision).copied().unwrap_or(u32::MAX);
        let inside = match hit {
            Hit::Row(row) => row,
            Hit::Otherwise => rules,
            Hit::Values | Hit::Script => rules + 1,
        };
        first.saturating_add(u32::try_from(inside).unwrap_or(u32::MAX))
    }
}

fn rules_of(decision: &Decision) -> impl Iterator<Item = RuleName> {
    let name = |rule: Arc<str>, written| RuleName { decision: decision.name.clone(), rule, written };
    let otherwise = name("otherwise".into(), decision.otherwise.is_some());
    let word = decision.script.as_ref().map_or("value", |script| script.body.word());
    let written = decision.rules.iter().map(move |rule| name(rule.id.clone(), true));
    written.chain([otherwise, RuleName { decision: decision.name.clone(), rule: word.into(), written: false }])
}

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
                let approved = results.iter().skip(output).step_by(decision.outputs.len().max(1));
                approved.filter_map(as_money).try_fold(zero()?, |sum, amount| sum.plus(amount).ok())
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
                            roles.iter().for_each(|role| sign(gist, role));
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
        let multiple = match self.given(reader.multiple) {
            Some(Given::Known(View::Decimal(multiple)) | Given::Own(Value::Decimal(multiple))) => multiple,
            _ => return false,
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
        changes.iter().any(|change| change.output == "amount")
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

fn taken_hits(reader: &GistReader, number: usize, decision: &Decision, taken: &Taken<'_>, hits: &mut Vec<u32>) {
    let rules = decision.rules.len();
    let mut take = |run: &Run| {
        hits.push(reader.rule(number, rules, run.hit));
        let beside = run.told().map_or(&[][..], |told| &told.beside);
        hits.extend(beside.iter().map(|rival| reader.rule(number, rules, Hit::Row(rival.row))));
    };
    match taken {
        Taken::Single(run) => take(run),
        Taken::Each(items) => items.iter().for_each(|item| take(&item.run)),
        Taken::Listed(rows) => hits.extend(rows.iter().map(|each| reader.rule(number, rules, Hit::Row(each.row)))),
    }
}

/// The rules of a part that was told; what is no rule, such as the clock that concedes, has no number.
fn told_hits(reader: &GistReader, number: usize, decision: &Decision, part: &Part, hits: &mut Vec<u32>) {
    let rules = decision.rules.len();
    for note in &part.rules {
        let hit = match decision.rules.iter().position(|rule| rule.id == note.rule) {
            Some(row) => Hit::Row(row),
            None if &*note.rule == "otherwise" => Hit::Otherwise,
            None if reader
                .rules
                .get(reader.rule(number, rules, Hit::Values) as usize)
                .is_some_and(|own| own.rule == note.rule) =>
            {
                Hit::Values
            }
            None => continue,
        };
        hits.push(reader.rule(number, rules, hit));
    }
}

impl Evaluation<'_> {
    /// What decided, in words: the rules that hit, and the plugins and guardrails that changed what they gave; how it ended where it was
    /// not decided.
    pub(crate) fn decided_by(&self, reader: &GistReader, number: usize) -> String {
        let Some(decision) = self.situation.program.decisions.get(number) else { return String::new() };
        let mut hits = Vec::new();
        let mut changed: Vec<&str> = Vec::new();
        match self.records.get(number) {
            Some(Record::Quick(taken)) => {
                taken_hits(reader, number, decision, taken, &mut hits);
                match taken {
                    Taken::Single(run) => changed.extend(changes(run)),
                    Taken::Each(items) => changed.extend(items.iter().flat_map(|item| changes(&item.run))),
                    Taken::Listed(rows) => {
                        changed.extend(rows.iter().flat_map(|row| &row.changes).map(|change| change.id.as_str()))
                    }
                }
            }
            Some(Record::Told(finished)) if !finished.part.is_decided() => return finished.part.status.word().to_owned(),
            Some(Record::Told(finished)) => {
                told_hits(reader, number, decision, &finished.part, &mut hits);
                changed.extend(finished.part.changes.iter().map(|change| change.id.as_str()));
            }
            Some(Record::Open) | None => {}
        }
        let mut names: Vec<&str> = Vec::new();
        for rule in hits.iter().filter_map(|hit| reader.rules.get(*hit as usize)) {
            if !names.contains(&&*rule.rule) {
                names.push(&rule.rule);
            }
        }
        let mut text = names.join(" and ");
        changed.dedup();
        if !changed.is_empty() {
            text.push_str(&format!(", then {}", changed.join(" and ")));
        }
        text
    }
}

fn changes(run: &Run) -> impl Iterator<Item = &str> {
    run.told().into_iter().flat_map(|told| &told.changes).map(|change| change.id.as_str())
}
