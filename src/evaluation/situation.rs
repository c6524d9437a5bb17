//! What a decision is made from: the policy, the case, the time, and the parts decided so far.

use crate::bundle::MoneyMeaning;
use crate::case::{Case, ExtraFact, read_value, registry};
use crate::decision::Part;
use crate::policy::Program;
use crate::policy::compiled::{Literal, extra_fact};
use crate::policy::slots::Slot;
use crate::rule::Bounds;
use crate::script::{Absent, CallContext, Fault, Outcome, Stop, coerce};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{Currency, Date, DateTime, Decimal, Fact, Money, Trouble, Value, Zone};

/// Everything that stands still while a case is decided, and the parts decided so far.
pub(crate) struct Situation<'a> {
    pub(crate) program: &'a Program,
    pub(crate) case: &'a Case,
    pub(crate) at: DateTime,
    pub(crate) policy_date: Date,
    pub(crate) zone: Zone,
    /// The currency that a bare amount means.
    pub(crate) bare: Option<Currency>,
    /// The currency of the case: that of its amounts, else that of a bare amount.
    pub(crate) currency: Option<Currency>,
    /// The facts that the bundle declares, checked.
    pub(crate) extras: Vec<Fact<Value>>,
    /// By number of the decision.
    pub(crate) parts: Vec<Option<Part>>,
}

impl<'a> Situation<'a> {
    /// Sets out to decide a case.
    ///
    /// # Errors
    /// Facts of the bundle that the case gives wrongly.
    pub(crate) fn new(program: &'a Program, case: &'a Case, at: DateTime) -> Result<Self, Diagnostics> {
        let zone = case.zone();
        let policy_date = case.policy_date().unwrap_or_else(|| at.day_in(&zone));
        let bundle_currency = match program.money {
            MoneyMeaning::In(currency) => Some(currency),
            MoneyMeaning::OfCase => None,
        };
        let currency = case.currency().or(bundle_currency);
        let bare = bundle_currency.or(currency);
        let extras = read_extras(program, case, &zone)?;
        let parts = program.decisions.iter().map(|_| None).collect();
        Ok(Self { program, case, at, policy_date, zone, bare, currency, extras, parts })
    }

    pub(crate) fn context(&self) -> CallContext<'_> {
        CallContext::new(self.bare, &self.program.calendar).in_zone(&self.zone)
    }

    /// The customer's language.
    pub(crate) fn language(&self) -> Option<&str> {
        self.case.complaint.language.known().map(String::as_str)
    }

    /// A fact, a parameter or the output of another decision: everything that is the same for all readers.
    pub(crate) fn read(&self, number: usize) -> Result<Outcome, Stop> {
        let Some(entry) = self.program.slots.get(number) else {
            return Err(Stop::Fault(Fault::runtime("something is read that does not exist", None)));
        };
        let of = |fact: Fact<Value>| Ok(Outcome::of(fact, &entry.name));
        match entry.slot {
            Slot::Fact(id) => of(registry().spec(id).map_or(Fact::Missing, |spec| spec.read(self.case))),
            Slot::Extra(at) => of(self.extras.get(at).cloned().unwrap_or(Fact::Missing)),
            Slot::Param(param) => {
                let value = self.program.params.value(param, self.policy_date, self.currency);
                value.map(Outcome::Known).map_err(|trouble| Stop::Fault(Fault::runtime(trouble.to_string(), None)))
            }
            Slot::ParamGroup(group) => {
                let group = self.program.params.group_value(group, self.policy_date, self.currency);
                Ok(group.map_or_else(
                    || Outcome::Absent(Absent::missing(entry.name.as_ref())),
                    |record| Outcome::Known(Value::Record(record)),
                ))
            }
            Slot::Output { decision, output } => self.output(decision, output, &entry.name),
            Slot::At => Ok(Outcome::Known(Value::DateTime(self.at))),
            Slot::PolicyDate => Ok(Outcome::Known(Value::Date(self.policy_date))),
            Slot::Let { .. } | Slot::Item { .. } | Slot::Own { .. } => {
                Err(Stop::Fault(Fault::runtime(format!("`{}` is read outside of its decision", entry.name), None)))
            }
        }
    }

    fn output(&self, decision: usize, output: usize, name: &str) -> Result<Outcome, Stop> {
        let compiled = self.program.decisions.get(decision);
        let Some(part) = self.parts.get(decision).and_then(Option::as_ref).filter(|part| part.is_decided()) else {
            let decision = compiled.map_or_else(|| name.to_owned(), |decision| decision.name.to_string());
            return Err(Stop::NotDecided(decision));
        };
        if part.listed {
            let known = part.results.iter().filter_map(|outputs| outputs.at(output).known().cloned());
            return Ok(Outcome::Known(Value::list(known)));
        }
        let fact = part.results.first().map_or(Fact::Missing, |outputs| outputs.at(output));
        Ok(Outcome::of(fact, name))
    }

    /// A literal, now that the currency of the case is known.
    pub(crate) fn literal(&self, literal: &Literal) -> Result<Fact<Value>, Stop> {
        let money = |amount: Decimal, currency: Option<Currency>| match currency {
            Some(currency) => Ok(Fact::Known(Value::Money(Money::new(amount, currency)))),
            None => Err(Stop::Fault(Fault::runtime("neither the case nor the bundle says in which currency an amount is", None))),
        };
        match literal {
            Literal::Plain(fact) => Ok(fact.clone()),
            Literal::Bare(amount) => money(*amount, self.bare),
            Literal::OfCase(amount) => money(*amount, self.currency),
        }
    }
}

/// What bounds in cells mean for this case.
impl Bounds for Situation<'_> {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        match self.program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Param(param)) => self.program.params.value(param, self.policy_date, self.currency),
            _ => Err(Trouble::Text("a bound is not a parameter".to_owned())),
        }
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        self.bare
            .map(|currency| Money::new(amount, currency))
            .ok_or_else(|| Trouble::Text("neither the case nor the bundle says in which currency a bare amount is".to_owned()))
    }
}

/// Reads the facts that the bundle declares; every mistake is reported.
pub(crate) fn read_extras(program: &Program, case: &Case, zone: &Zone) -> Result<Vec<Fact<Value>>, Diagnostics> {
    let mut out = Diagnostics::new();
    let mut values = Vec::with_capacity(program.extras.len());
    for extra in &program.extras {
        let path = extra.path.value.as_str();
        values.push(match extra_fact(case, path) {
            None => Fact::Missing,
            Some(ExtraFact::Written(node, _)) if node.is_null() => Fact::Missing,
            Some(ExtraFact::Written(node, _)) if node.as_text() == Some("unknown") => Fact::Unknown,
            Some(ExtraFact::Written(node, place)) => {
                read_value(node, &extra.kind, path, &place.source, zone, &mut out).map_or(Fact::Missing, Fact::Known)
            }
            Some(ExtraFact::Given(value)) => match coerce(value.clone(), &extra.kind) {
                Ok(value) => Fact::Known(value),
                Err(trouble) => {
                    out.push(Diagnostic::global(Code::WrongType, format!("`{path}`: {trouble}")).path(path));
                    Fact::Missing
                }
            },
        });
    }
    report_undeclared(program, case, &mut out);
    out.sort();
    if out.has_errors() { Err(out) } else { Ok(values) }
}

fn report_undeclared(program: &Program, case: &Case, out: &mut Diagnostics) {
    for (group, facts) in [("attributes", &case.attributes), ("input", &case.input)] {
        for (name, fact) in facts.iter() {
            let path = format!("{group}.{name}");
            if program.extras.iter().any(|extra| extra.path.value == path) {
                continue;
            }
            let message = format!("there is no fact `{path}`: the bundle `{}` does not declare it", program.name.bundle);
            let known = program.extras.iter().map(|extra| extra.path.value.as_str());
            let help = did_you_mean(&path, known)
                .unwrap_or_else(|| format!("declare it in bundle.yaml: `facts: {{{path}: {{type: ...}}}}`"));
            let finding = match fact {
                ExtraFact::Written(_, place) => Diagnostic::at(Code::UnknownFact, place, message),
                ExtraFact::Given(_) => Diagnostic::global(Code::UnknownFact, message),
            };
            out.push(finding.path(path).help(help));
        }
    }
}
