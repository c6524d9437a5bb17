//! The settings in which a bundle is looked at: a day and a currency, between which no figure and no rule changes.

use crate::bundle::{BundleFiles, MoneyMeaning};
use crate::policy::Program;
use crate::policy::compiled::Formula;
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::rule::Bounds;
use crate::script::CallContext;
use crate::value::{Currency, Date, Decimal, Fact, Money, Possible, Trouble, Value};
use std::collections::BTreeSet;

/// More settings than this are not looked at, and nothing is said.
const SETTINGS_MAX: usize = 256;

/// A day, and the currency of the case.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    pub(super) program: &'a Program,
    pub(super) day: Date,
    currency: Currency,
}

/// All settings of a policy; nothing where there are too many.
pub(super) fn settings<'a>(program: &'a Program, files: &BundleFiles) -> Option<Vec<Setting<'a>>> {
    let days = days(program)?;
    let currencies = currencies(files);
    if days.len().saturating_mul(currencies.len()) > SETTINGS_MAX {
        return None;
    }
    let of_day = |day: Date| currencies.iter().map(move |currency| Setting { program, day, currency: *currency });
    Some(days.into_iter().flat_map(of_day).collect())
}

/// A day of each span in which the same figures, rules and guardrails are in force. A bundle decides only while it is in force itself.
fn days(program: &Program) -> Option<BTreeSet<Date>> {
    let (first, last) = program.effective;
    let mut begins: BTreeSet<Date> = BTreeSet::new();
    let mut span = |from: Option<Date>, until: Option<Date>| {
        begins.extend(from);
        begins.extend(until.and_then(|until| until.plus_days(1).ok()));
    };
    for period in program.params.list.iter().flat_map(|param| &param.periods) {
        span(period.from, period.until);
    }
    for decision in &program.decisions {
        for row in 0..decision.matcher.len() {
            let dates = decision.matcher.dates(row);
            span(dates.from, dates.until);
        }
        for guardrail in &decision.bounds {
            span(guardrail.from, guardrail.until);
        }
    }
    for guardrail in &program.final_guardrails {
        span(guardrail.from, guardrail.until);
    }
    // Before the first change, or on the first day of the bundle.
    let before = begins.first().and_then(|begin| begin.plus_days(-1).ok());
    let start = first.or(before).or_else(|| Date::new(2026, 1, 1).ok())?;
    let mut days = BTreeSet::from([start]);
    days.extend(begins.into_iter().filter(|begin| *begin > start && last.is_none_or(|last| *begin <= last)));
    Some(days)
}

/// Every currency that the bundle names, in whatever place, and at last one that it does not.
fn currencies(files: &BundleFiles) -> Vec<Currency> {
    let words = files.iter().flat_map(|(_, source)| source.text().split(|c: char| !c.is_ascii_uppercase()));
    let named: BTreeSet<Currency> = words.filter(|word| word.len() == 3).filter_map(|word| Currency::parse(word).ok()).collect();
    let other = ["CHF", "JPY", "SEK", "NOK"].into_iter().filter_map(|code| Currency::parse(code).ok());
    let unnamed = other.into_iter().find(|currency| !named.contains(currency));
    named.into_iter().chain(unnamed).collect()
}

impl Setting<'_> {
    fn bare(&self) -> Currency {
        match self.program.money {
            MoneyMeaning::In(currency) => currency,
            MoneyMeaning::OfCase => self.currency,
        }
    }

    /// What functions may know; they are called with plain values only, so the zone of a case does not matter.
    fn context(&self) -> CallContext<'_> {
        CallContext::new(Some(self.bare()), &self.program.calendar)
    }

    /// What a formula can give where slots give what `read` says.
    pub(super) fn formula(&self, formula: &Formula, read: &dyn Fn(usize) -> Possible) -> Possible {
        match formula {
            Formula::Literal(literal) => self.literal(literal),
            Formula::Expression(expression) => expression.possible(read, &self.context()),
        }
    }

    pub(super) fn literal(&self, literal: &Literal) -> Possible {
        let given = literal.give(Some(self.bare()), Some(self.currency));
        given.map_or_else(Possible::nothing, |given| Possible::exactly(given.into_fact()))
    }

    /// What a slot can give that no decision gives.
    pub(super) fn slot(&self, slot: usize) -> Possible {
        let params = &self.program.params;
        match self.program.slots.get(slot).map(|entry| entry.slot) {
            // A parameter without a value is a fault, and nothing comes of it.
            // A pack may set it anew, for some cases.
            Some(Slot::Param(param)) if params.is_replaced(param) => Possible::anything(),
            Some(Slot::ParamGroup(_)) if params.any_replaced() => Possible::anything(),
            Some(Slot::Param(param)) => params
                .value(param, self.day, Some(self.currency))
                .map_or_else(|_| Possible::nothing(), |value| Possible::among(vec![value])),
            Some(Slot::ParamGroup(group)) => params
                .group_value(group, (self.day, Some(self.currency)), &|_| false)
                .map_or_else(Possible::anything, |record| Possible::exactly(Fact::Known(Value::Record(record)))),
            _ => Possible::anything(),
        }
    }
}

impl Bounds for Setting<'_> {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        self.program.param(slot, self.day, Some(self.currency))
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        Ok(Money::new(amount, Setting::bare(self)))
    }
}
