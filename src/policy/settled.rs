//! A table whose bounds hold still: what every cell asks for on the days of one span, for cases in one currency.
//!
//! A bound may be a parameter that changes over time or has an amount for each currency, or an amount in the currency of the case.
//! What is said about a table is therefore said for each [`Setting`]: a span of days in which none of its parameters changes, and a
//! currency in which all of them have an amount. A case outside of all settings meets a parameter without a value and is referred to a
//! person, whatever the rules say.

use super::compiled::Decision;
use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::bundle::{ExtraFactDoc, MoneyMeaning};
use crate::limits::{ANALYSIS_SETTINGS_MAX, ANALYSIS_TABLE_CELLS_MAX};
use crate::rule::cell::scale::sample::Range;
use crate::rule::space::{AxisSpec, Region, Space};
use crate::rule::{Bound, Cell, Condition, RowDates};
use crate::script::FactPath;
use crate::value::{Currency, Date, Decimal, Kind, Money, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the meaning of a cell depends on beside the case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grounds<'a> {
    pub(crate) params: &'a Params,
    pub(crate) slots: &'a SlotTable,
    pub(crate) extras: &'a [ExtraFactDoc],
    pub(crate) money: MoneyMeaning,
    /// The days for which the policy is made.
    pub(crate) effective: RowDates,
    /// Does it decide disputes, which always have certain facts?
    pub(crate) disputes: bool,
}

/// Days on which no parameter changes, and a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The days; both ends open where nothing changes over time.
    pub(crate) days: RowDates,
    /// The currency of the case.
    pub(crate) currency: Currency,
    /// Does another currency mean something else?
    names_currency: bool,
    /// Do other days?
    names_days: bool,
}

/// A table under one setting.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) setting: Setting,
    pub(crate) space: Space,
    /// The cases of every rule.
    pub(crate) rules: Vec<Region>,
    /// Is that exactly known? Otherwise a rule holds at most these.
    pub(crate) exact: bool,
    /// The axis of the policy date, if the rules ask for it.
    pub(crate) date_axis: Option<usize>,
}

/// How an axis of days is called.
pub(crate) const POLICY_DATE: &str = "policy_date";

impl Setting {
    /// A day of it.
    fn day(self) -> Option<Date> {
        self.days.from.or(self.days.until).or_else(|| Date::new(2026, 1, 1).ok())
    }

    /// For which cases something holds that holds under this setting: ` in USD from 2026-03-01`; empty where it is all of them.
    pub(crate) fn told(self) -> String {
        let currency = if self.names_currency { format!(" in {}", self.currency) } else { String::new() };
        let day = |word: &str, day: Option<Date>| match day.filter(|_| self.names_days) {
            Some(day) => format!(" {word} {day}"),
            None => String::new(),
        };
        let (from, until) = (day("from", self.days.from), day("until", self.days.until));
        format!("{currency}{from}{until}")
    }
}

impl Grounds<'_> {
    fn param(&self, slot: usize) -> Option<usize> {
        match self.slots.get(slot)?.slot {
            Slot::Param(param) => Some(param),
            _ => None,
        }
    }

    /// The settings under which these cells, and columns that are parameters themselves, each mean one thing; none where no currency
    /// has an amount in all of them.
    pub(crate) fn settings<'c>(&self, cells: impl Iterator<Item = &'c Cell>, columns: &[FactPath]) -> Vec<Setting> {
        let mut params: BTreeSet<usize> = columns.iter().filter_map(|path| self.param(path.slot)).collect();
        let mut fixed: Option<Currency> = None;
        for cell in cells {
            cell.each_bound(&mut |bound, _| match bound {
                Bound::Param { slot, .. } => params.extend(self.param(*slot)),
                Bound::Value(Value::Money(money)) => fixed = fixed.or(Some(money.currency())),
                Bound::Value(_) | Bound::Amount(_) => {}
            });
        }
        let turns: BTreeSet<Date> = params.iter().flat_map(|param| self.params.turns(*param)).collect();
        let by_currency = params.iter().filter_map(|param| self.params.currencies(*param)).reduce(|all, each| &all & &each);
        let names_currency = by_currency.is_some();
        let plain = match self.money {
            MoneyMeaning::In(currency) => Some(currency),
            MoneyMeaning::OfCase => fixed.or_else(|| Currency::parse("USD").ok()),
        };
        let currencies = by_currency.unwrap_or_else(|| plain.into_iter().collect());
        let spans = spans(&turns, self.effective);
        let settings = spans.iter().flat_map(|days| {
            let names_days = spans.len() > 1;
            currencies.iter().map(move |currency| Setting { days: *days, currency: *currency, names_currency, names_days })
        });
        let told = |setting: &Setting| {
            let day = setting.day();
            params.iter().all(|param| day.is_some_and(|day| self.params.value(*param, day, Some(setting.currency)).is_ok()))
        };
        settings.filter(told).collect()
    }

    /// A cell with its bounds written out.
    pub(crate) fn cell(&self, cell: &Cell, setting: Setting) -> Cell {
        cell.with_constants(&|bound| match bound {
            Bound::Value(_) => None,
            Bound::Amount(amount) => {
                let currency = if let MoneyMeaning::In(currency) = self.money { currency } else { setting.currency };
                Some(Bound::Value(Money::new(*amount, currency).into()))
            }
            Bound::Param { slot, .. } => self.value(*slot, setting).map(Bound::Value),
        })
    }

    fn value(&self, slot: usize, setting: Setting) -> Option<Value> {
        let param = self.param(slot).filter(|param| !self.params.is_replaced(*param))?;
        self.params.value(param, setting.day()?, Some(setting.currency)).ok()
    }

    /// The axis of a column, cut at these cells. `required` are the facts without which a decision is not reached.
    pub(crate) fn axis<'c>(
        &self,
        path: &FactPath,
        setting: Setting,
        required: &[FactPath],
        cells: Vec<&'c Cell>,
    ) -> AxisSpec<'c> {
        let entry = self.slots.get(path.slot);
        let is_given = required.iter().any(|each| each == path);
        let is_assumed = entry.is_some_and(|entry| entry.assumed.is_some());
        let slot = entry.map(|entry| entry.slot);
        let spec = entry.and_then(|entry| entry.fact).filter(|_| path.is_whole());
        let (missing, unknown) = match (slot, spec) {
            (Some(Slot::Fact(_)), Some(spec)) => (!(is_assumed || spec.required && self.disputes), spec.knowable),
            (Some(Slot::Extra(number)), _) if path.is_whole() => {
                (!(is_assumed || self.extras.get(number).is_some_and(|extra| extra.required)), true)
            }
            (Some(Slot::Param(_) | Slot::At | Slot::PolicyDate), _) => (false, false),
            _ => (true, true),
        };
        let is_share = spec.is_some_and(|spec| spec.share);
        let mut currency = None;
        for cell in &cells {
            cell.each_bound(&mut |bound, _| {
                if let Bound::Value(Value::Money(money)) = bound {
                    currency = currency.or(Some(money.currency()));
                }
            });
        }
        let within = if path.is_whole() && matches!(slot, Some(Slot::Param(_))) {
            self.value(path.slot, setting).map(|value| Cell::OneOf(vec![Condition::Equal(Bound::Value(value))]))
        } else {
            None
        };
        AxisSpec {
            name: path.written.clone(),
            kind: path.kind.clone(),
            range: Range {
                least: spec.filter(|spec| spec.share || spec.not_negative).map(|_| Decimal::ZERO),
                most: is_share.then_some(Decimal::ONE),
                currency: currency.or(Some(setting.currency)),
            },
            missing: missing && !is_given,
            unknown: unknown && !is_given,
            within,
            cells,
        }
    }

    /// The axis of the policy date, cut at these cells.
    pub(crate) fn dates(setting: Setting, cells: Vec<&Cell>) -> AxisSpec<'_> {
        let within = Some(setting.days.as_cell()).filter(|cell| !cell.is_any());
        let name: Arc<str> = POLICY_DATE.into();
        AxisSpec { name, kind: Kind::Date, range: Range::default(), missing: false, unknown: false, within, cells }
    }

    /// Can every combination of values of these columns occur? Derived inputs and the outputs of other decisions hang together with
    /// the facts that they are made from, parameters that a pack sets anew with those by which it applies, fields of one record with each
    /// other, and lists of fields with the list itself.
    pub(crate) fn is_free(&self, columns: &[FactPath]) -> bool {
        let mut seen = BTreeSet::new();
        columns.iter().all(|path| {
            let Some(entry) = self.slots.get(path.slot) else { return false };
            match entry.slot {
                Slot::Fact(_) => seen.insert(path.slot) && path.is_whole() && entry.fact.is_none_or(|fact| !fact.projection),
                Slot::Extra(_) => seen.insert(path.slot) && path.is_whole(),
                Slot::Item { .. } | Slot::PolicyDate => true,
                // What a pack sets anew hangs together with the facts by which the pack applies.
                Slot::Param(param) => !self.params.is_replaced(param),
                // A clock hangs together with the facts that it runs from.
                Slot::Pack(_)
                | Slot::ParamGroup(_)
                | Slot::Output { .. }
                | Slot::Let { .. }
                | Slot::Own { .. }
                | Slot::At
                | Slot::Clock { .. } => false,
            }
        })
    }

    /// The rules of a decision under each of its settings; none where the table is too large or has too many settings to be analysed.
    pub(crate) fn settle(&self, decision: &Decision) -> Option<Vec<Settled>> {
        let (rows, columns) = (decision.matcher.len(), decision.columns.len());
        if rows * columns > ANALYSIS_TABLE_CELLS_MAX {
            return None;
        }
        let cells = (0..columns).flat_map(|column| (0..rows).map(move |row| decision.matcher.cell(row, column)));
        let settings = self.settings(cells, &decision.columns);
        if settings.is_empty() || settings.len() > ANALYSIS_SETTINGS_MAX {
            return None;
        }
        Some(settings.into_iter().map(|setting| self.settled(decision, setting)).collect())
    }

    fn settled(&self, decision: &Decision, setting: Setting) -> Settled {
        let (rows, columns) = (decision.matcher.len(), decision.columns.len());
        let column_cells = |column: usize| (0..rows).map(move |row| self.cell(decision.matcher.cell(row, column), setting));
        let cells: Vec<Vec<Cell>> = (0..columns).map(|column| column_cells(column).collect()).collect();
        let mut exact = cells.iter().all(|cells| names_one_currency(cells));
        let has_dates = (0..rows).any(|row| decision.matcher.dates(row) != RowDates::default());
        let dates: Vec<Cell> = (0..rows).map(|row| decision.matcher.dates(row).as_cell()).collect();
        let is_policy_date =
            |path: &FactPath| matches!(self.slots.get(path.slot).map(|entry| entry.slot), Some(Slot::PolicyDate));
        let column_of_dates = decision.columns.iter().position(is_policy_date);
        let mut specs: Vec<AxisSpec<'_>> = Vec::new();
        for (at, (path, cells)) in decision.columns.iter().zip(&cells).enumerate() {
            if column_of_dates == Some(at) {
                specs.push(Self::dates(setting, cells.iter().chain(&dates).collect()));
            } else {
                specs.push(self.axis(path, setting, &decision.required, cells.iter().collect()));
            }
        }
        if has_dates && column_of_dates.is_none() {
            specs.push(Self::dates(setting, dates.iter().collect()));
        }
        let space = Space::new(&specs);
        let date_axis = column_of_dates.or(has_dates.then_some(columns));
        let rules = (0..rows).map(|row| {
            let of_row =
                cells.iter().filter_map(|cells| cells.get(row)).chain(dates.get(row).filter(|_| column_of_dates.is_none()));
            let (mut region, is_exact) = space.region(of_row);
            exact &= is_exact;
            if let (Some(axis), Some(cell)) = (column_of_dates, dates.get(row))
                && let (Some(days), Some(set)) = (space.axes.get(axis).map(|axis| axis.set(cell).0), region.set(axis))
            {
                region = region.with(axis, set.and(&days));
            }
            region
        });
        let rules = rules.collect();
        Settled { setting, space, rules, exact, date_axis }
    }
}

/// Do the amounts of a column have one currency? Comparing two is refused while a case is decided.
fn names_one_currency(cells: &[Cell]) -> bool {
    let mut named: BTreeSet<Currency> = BTreeSet::new();
    for cell in cells {
        cell.each_bound(&mut |bound, _| {
            if let Bound::Value(Value::Money(money)) = bound {
                named.insert(money.currency());
            }
        });
    }
    named.len() <= 1
}

/// The spans of days between the days on which something changes, as far as the policy is made for them.
fn spans(turns: &BTreeSet<Date>, effective: RowDates) -> Vec<RowDates> {
    let is_inside =
        |day: &Date| effective.from.is_none_or(|from| from < *day) && effective.until.is_none_or(|until| *day <= until);
    let mut starts: Vec<Option<Date>> = vec![effective.from];
    starts.extend(turns.iter().copied().filter(is_inside).map(Some));
    let ends = starts.iter().skip(1).map(|next| next.and_then(|next| next.plus_days(-1).ok())).chain([effective.until]);
    starts.iter().zip(ends).map(|(from, until)| RowDates { from: *from, until }).collect()
}
