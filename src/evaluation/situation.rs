//! What a decision is made from: the policy, the case, the time.

use super::circumstances::{Circumstances, PluginLog};
use super::ran::Ran;
use super::results::Results;
use crate::bundle::{ExtraFactDoc, MoneyMeaning};
use crate::case::{Case, ExtraFact, read_value};
use crate::decision::Due;
use crate::policy::Program;
use crate::policy::compiled::{Condition, Hooked};
use crate::policy::literal::Literal;
use crate::policy::obligation::Obligation;
use crate::policy::slots::{Slot, SlotEntry};
use crate::rule::{Bounds, Judgement};
use crate::script::{Absent, CallContext, Fault, FaultKind, Outcome, Stop, coerce};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{Brief, Currency, Date, DateTime, Decimal, Fact, Given, Money, Trouble, Value, Zone};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

/// Everything that stands still while a case is decided.
pub(crate) struct Situation<'a> {
    pub(crate) program: &'a Program,
    pub(crate) case: &'a Case,
    pub(crate) at: DateTime,
    pub(crate) policy_date: Date,
    pub(crate) zone: Cow<'static, Zone>,
    /// The currency that a bare amount means.
    pub(crate) bare: Option<Currency>,
    /// Its mark, zero where there is none.
    pub(crate) bare_mark: u32,
    /// The currency of the case: that of its amounts, else that of a bare amount.
    pub(crate) currency: Option<Currency>,
    /// The facts that the bundle declares, checked.
    pub(crate) extras: Vec<Given<'a>>,
    /// Which packs apply, as far as that was asked.
    packs: Vec<OnceCell<Fact<Value>>>,
    /// How the clocks ran, as far as they have, by number of the obligation.
    pub(crate) clocks: Vec<OnceCell<Ran>>,
    /// The obligation whose breach decides the case, once the clocks that may have run.
    pub(crate) conceded: Cell<Option<usize>>,
    /// The days of the instants that were asked for last: mostly that of the receipt, and today.
    days: Cell<[Option<(DateTime, Date)>; 2]>,
    circumstances: Circumstances,
    log: RefCell<PluginLog>,
}

/// The currency that a bare amount means, and that of the case: that of its amounts, else that of a bare amount.
pub(crate) fn bare_of(program: &Program, case: &Case) -> (Option<Currency>, Option<Currency>) {
    let bundle = match program.money {
        MoneyMeaning::In(currency) => Some(currency),
        MoneyMeaning::OfCase => None,
    };
    let currency = case.currency().or(bundle);
    (bundle.or(currency), currency)
}

impl<'a> Situation<'a> {
    /// Sets out to decide a case.
    ///
    /// # Errors
    /// Facts of the bundle that the case gives wrongly.
    #[inline]
    pub(crate) fn new(
        program: &'a Program,
        case: &'a Case,
        at: DateTime,
        circumstances: Circumstances,
    ) -> Result<Self, Diagnostics> {
        let zone = case.zone_of_it();
        let policy_date = case.policy_date_in(&zone).unwrap_or_else(|| at.day_in(&zone));
        let (bare, currency) = bare_of(program, case);
        let extras = if program.extras.is_empty() && case.attributes.is_empty() && case.input.is_empty() {
            Vec::new()
        } else {
            read_extras(program, case, &zone)?.into_iter().map(Given::from).collect()
        };
        let log = RefCell::default();
        let bare_mark = bare.map_or(0, Currency::mark);
        let packs = program.packs.iter().map(|_| OnceCell::new()).collect();
        let clocks = program.obligations.list.iter().map(|_| OnceCell::new()).collect();
        Ok(Self {
            program,
            case,
            at,
            policy_date,
            zone,
            bare,
            bare_mark,
            currency,
            extras,
            packs,
            clocks,
            conceded: Cell::new(None),
            days: Cell::new([None; 2]),
            circumstances,
            log,
        })
    }

    pub(crate) fn context(&self) -> CallContext<'_> {
        CallContext::new(self.bare, &self.program.calendar).in_zone(&self.zone).cancelled_by(self.circumstances.cancel())
    }

    pub(crate) fn circumstances(&self) -> &Circumstances {
        &self.circumstances
    }

    /// Is it in quarantine?
    pub(crate) fn is_quarantined(&self, hooked: &Hooked) -> bool {
        self.circumstances.is_quarantined(&hooked.id)
    }

    /// Notes that something was reached that is in quarantine.
    pub(crate) fn note_quarantine(&self, hooked: &Hooked) {
        let quarantined = &mut self.log.borrow_mut().quarantined;
        if !quarantined.contains(&hooked.number) {
            quarantined.push(hooked.number);
        }
    }

    /// Notes how a call ended.
    pub(crate) fn note_call<T>(&self, hooked: &Hooked, result: &Result<T, Stop>) {
        let failed = match result {
            Ok(_) => false,
            Err(Stop::Fault(fault)) if fault.kind != FaultKind::Cancelled => true,
            // Somebody may bring the facts, and whoever cancelled does not blame the plugin.
            Err(_) => return,
        };
        self.log.borrow_mut().calls.note(hooked.number, failed);
    }

    /// How many plugins were called so far.
    pub(crate) fn calls(&self) -> usize {
        self.log.borrow().calls.len()
    }

    /// Forgets all calls but the first.
    pub(crate) fn forget_calls(&self, keep: usize) {
        self.log.borrow_mut().calls.truncate(keep);
    }

    /// What was noted of plugins; nothing is left behind.
    pub(crate) fn take_log(&self) -> PluginLog {
        self.log.take()
    }

    /// The customer's language.
    pub(crate) fn language(&self) -> Option<&str> {
        self.case.complaint.language.known().map(String::as_str)
    }

    /// A fact of the case, without what the bundle assumes.
    pub(crate) fn bare_fact(&self, number: usize) -> Fact<Value> {
        match self.program.slots.get(number) {
            Some(SlotEntry { fact: Some(fact), .. }) => fact.read(self.case),
            Some(SlotEntry { slot: Slot::Extra(at), .. }) => {
                self.extras.get(*at).cloned().map_or(Fact::Missing, Given::into_fact)
            }
            _ => Fact::Missing,
        }
    }

    /// The same, borrowed.
    pub(crate) fn bare_given(&self, number: usize) -> Given<'_> {
        match self.program.slots.get(number) {
            Some(SlotEntry { fact: Some(fact), .. }) => fact.given(self.case),
            Some(SlotEntry { slot: Slot::Extra(at), .. }) => self.extras.get(*at).cloned().unwrap_or(Given::Missing),
            _ => Given::Missing,
        }
    }

    /// The day of an instant in the time zone of the case.
    pub(crate) fn day_of(&self, at: DateTime) -> Date {
        let [last, before] = self.days.get();
        if let Some((_, day)) = [last, before].into_iter().flatten().find(|(known, _)| *known == at) {
            return day;
        }
        let day = at.day_in(&self.zone);
        self.days.set([Some((at, day)), last]);
        day
    }

    /// A fact, a parameter or the output of another decision: everything that is the same for all readers.
    pub(crate) fn read<'x>(&'x self, results: &'x Results<'x>, number: usize) -> Result<Outcome, Stop> {
        let Some(entry) = self.program.slots.get(number) else {
            return Err(Stop::Fault(Fault::runtime("something is read that does not exist", None)));
        };
        let of = |fact: Fact<Value>| Ok(Outcome::of(fact, &entry.name));
        match entry.slot {
            Slot::Fact(_) | Slot::Extra(_) => of(self.bare_fact(number)),
            Slot::Param(param) => {
                let value = self.program.params.value(self.param_standing(param), self.policy_date, self.currency);
                value.map(Outcome::Known).map_err(|trouble| Stop::Fault(Fault::runtime(trouble.to_string(), None)))
            }
            Slot::ParamGroup(group) => {
                let key = (self.policy_date, self.currency);
                let group = self.program.params.group_value(group, key, &|pack| self.pack_applies(pack));
                Ok(group.map_or_else(
                    || Outcome::Absent(Absent::missing(entry.name.as_ref())),
                    |record| Outcome::Known(Value::Record(record)),
                ))
            }
            Slot::Output { decision, output } => self.output(results, decision, output, &entry.name),
            Slot::Pack(pack) => of(self.pack(pack)),
            Slot::Clock { clock, passed } => of(self.clock(clock, passed)),
            Slot::At => Ok(Outcome::Known(Value::DateTime(self.at))),
            Slot::PolicyDate => Ok(Outcome::Known(Value::Date(self.policy_date))),
            Slot::Let { .. } | Slot::Item { .. } | Slot::Own { .. } => {
                Err(Stop::Fault(Fault::runtime(format!("`{}` is read outside of its decision", entry.name), None)))
            }
        }
    }

    /// Does a pack apply? By its dates and its conditions; unknown where these depend on what is missing or unknown.
    pub(crate) fn pack(&self, number: usize) -> Fact<Value> {
        let (Some(pack), Some(cell)) = (self.program.packs.get(number), self.packs.get(number)) else { return Fact::Missing };
        let judge = || {
            let day = self.policy_date;
            if pack.from.is_some_and(|from| day < from) || pack.until.is_some_and(|until| until < day) {
                return Fact::Known(Value::Boolean(false));
            }
            let mut whole = Fact::Known(Value::Boolean(true));
            for condition in &pack.when {
                match self.judge_bare(condition) {
                    Judgement::Yes => {}
                    Judgement::No => return Fact::Known(Value::Boolean(false)),
                    Judgement::Open => whole = Fact::Unknown,
                }
            }
            whole
        };
        cell.get_or_init(judge).clone()
    }

    /// Does a fact of the case satisfy a condition? What cannot be compared leaves it open.
    fn judge_bare(&self, condition: &Condition) -> Judgement {
        if let Some((judgement, _)) = self.judge_in_brief(condition) {
            return judgement;
        }
        let given = condition.path.give(self.bare_given(condition.path.slot));
        condition.cell.judge(given.view(), self).unwrap_or(Judgement::Open)
    }

    /// What a condition says of a fact that the case tells in brief, or of a pack, and whether it is missing; nothing where only the
    /// whole fact tells.
    #[inline]
    pub(crate) fn judge_in_brief(&self, condition: &Condition) -> Option<(Judgement, bool)> {
        if !condition.path.is_whole() {
            return None;
        }
        let entry = self.program.slots.get(condition.path.slot)?;
        let brief = match entry {
            SlotEntry { fact: Some(fact), .. } => fact.brief(self.case),
            SlotEntry { slot: Slot::Pack(pack), .. } => self.pack(*pack).view().into(),
            _ => return None,
        };
        Some((condition.quick.judge(brief, self.bare_mark)?, brief.is_missing()))
    }

    /// The facts that leave open whether a pack applies.
    pub(crate) fn pack_hangs_on(&self, number: usize) -> Vec<String> {
        let conditions = self.program.packs.get(number).into_iter().flat_map(|pack| &pack.when);
        let open = conditions.filter(|condition| self.judge_bare(condition) == Judgement::Open);
        open.map(|condition| condition.path.written.to_string()).collect()
    }

    /// Does a pack apply for certain?
    pub(crate) fn pack_applies(&self, number: usize) -> bool {
        self.pack(number) == Fact::Known(Value::Boolean(true))
    }

    /// The parameter that stands for another, as packs apply.
    #[inline]
    pub(crate) fn param_standing(&self, param: usize) -> usize {
        self.program.params.standing(param, |pack| self.pack_applies(pack))
    }

    /// The obligation that was missed and whose breach decides the case for the customer.
    #[inline]
    pub(crate) fn conceding(&self) -> Option<&'a Obligation> {
        self.program.obligations.list.get(self.conceded.get()?)
    }

    /// What a clock came to. The day is missing where the clock does not apply, or where no day can be told; that it passed is not
    /// known then, nor where the step may have been done by then.
    pub(crate) fn clock(&self, clock: usize, passed: bool) -> Fact<Value> {
        let ran = self.clocks.get(clock).and_then(OnceCell::get);
        match (passed, ran) {
            (true, Some(ran)) if ran.applies != Judgement::No && (ran.due.is_none() || ran.perhaps_done) => Fact::Unknown,
            (true, ran) => Fact::Known(Value::Boolean(ran.is_some_and(|ran| ran.passed))),
            (false, ran) => match ran.and_then(|ran| ran.due) {
                Some(Due::Day(day)) => Fact::Known(Value::Date(day)),
                Some(Due::Instant(instant)) => Fact::Known(Value::DateTime(instant)),
                None => Fact::Missing,
            },
        }
    }

    fn output<'x>(&'x self, results: &'x Results<'x>, number: usize, output: usize, name: &str) -> Result<Outcome, Stop> {
        let decision = self.program.decisions.get(number);
        match decision.and_then(|decision| results.output(decision, number, output)) {
            Some(given) => Ok(Outcome::of(given.into_fact(), name)),
            None => Err(Stop::NotDecided(decision.map_or_else(|| name.to_owned(), |decision| decision.name.to_string()))),
        }
    }

    /// A literal, borrowed; nothing where its currency is not known.
    #[inline]
    pub(crate) fn give(&self, literal: &'a Literal) -> Option<Given<'a>> {
        literal.give(self.bare, self.currency)
    }

    /// The same in brief.
    #[inline]
    pub(crate) fn brief(&self, literal: &Literal) -> Brief {
        literal.brief(self.bare_mark, self.currency)
    }

    /// A literal, now that the currency of the case is known.
    pub(crate) fn literal(&self, literal: &Literal) -> Result<Fact<Value>, Stop> {
        let message = "neither the case nor the bundle says in which currency an amount is";
        let given = literal.give(self.bare, self.currency).ok_or_else(|| Stop::Fault(Fault::runtime(message, None)))?;
        Ok(given.into_fact())
    }
}

/// What bounds in cells mean for this case.
impl Bounds for Situation<'_> {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        match self.program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Param(param)) => self.program.params.value(self.param_standing(param), self.policy_date, self.currency),
            _ => Err(Trouble::Text("a bound is not a parameter".to_owned())),
        }
    }

    #[inline]
    fn bare_currency(&self) -> Option<Currency> {
        self.bare
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        self.context().bare_currency().map(|currency| Money::new(amount, currency))
    }
}

/// Reads the facts that the bundle declares; every mistake is reported.
pub(crate) fn read_extras(program: &Program, case: &Case, zone: &Zone) -> Result<Vec<Fact<Value>>, Diagnostics> {
    let mut out = Diagnostics::new();
    // A case gives few of what a bundle may declare.
    let mut values = vec![Fact::Missing; program.extras.len()];
    for (group, facts) in [("attributes", &case.attributes), ("input", &case.input)] {
        for (name, fact) in facts.iter() {
            let is_it = |path: &str| path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.')) == Some(name);
            let declared = program.extras.iter().zip(&mut values).find(|(extra, _)| is_it(&extra.path.value));
            match declared {
                Some((extra, value)) => *value = read_extra(extra, fact, zone, &mut out),
                None => out.push(undeclared(program, &format!("{group}.{name}"), fact)),
            }
        }
    }
    out.sort();
    if out.has_errors() { Err(out) } else { Ok(values) }
}

fn read_extra(extra: &ExtraFactDoc, fact: &ExtraFact, zone: &Zone, out: &mut Diagnostics) -> Fact<Value> {
    let path = extra.path.value.as_str();
    match fact {
        ExtraFact::Written(node, _) if node.is_null() => Fact::Missing,
        ExtraFact::Written(node, _) if node.as_text() == Some("unknown") => Fact::Unknown,
        ExtraFact::Written(node, place) => {
            read_value(node, &extra.kind, path, &place.source, zone, out).map_or(Fact::Missing, Fact::Known)
        }
        ExtraFact::Given(value) => match coerce(value.clone(), &extra.kind) {
            Ok(value) => Fact::Known(value),
            Err(trouble) => {
                out.push(Diagnostic::global(Code::WrongType, format!("`{path}`: {trouble}")).path(path));
                Fact::Missing
            }
        },
    }
}

fn undeclared(program: &Program, path: &str, fact: &ExtraFact) -> Diagnostic {
    let message = format!("there is no fact `{path}`: the bundle `{}` does not declare it", program.name.bundle);
    let known = program.extras.iter().map(|extra| extra.path.value.as_str());
    let help =
        did_you_mean(path, known).unwrap_or_else(|| format!("declare it in bundle.yaml: `facts: {{{path}: {{type: ...}}}}`"));
    let finding = match fact {
        ExtraFact::Written(_, place) => Diagnostic::at(Code::UnknownFact, place, message),
        ExtraFact::Given(_) => Diagnostic::global(Code::UnknownFact, message),
    };
    finding.path(path).help(help)
}
