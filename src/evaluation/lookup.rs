//! One table alone: which of its rules a case satisfies.

use super::situation::bare_of;
use crate::case::{Case, FactSpec};
use crate::policy::compiled::Decision;
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::policy::{Policy, Program};
use crate::rule::{Bounds, FirstRow, Inputs, NearMiss};
use crate::script::{CallContext, FactPath};
use crate::value::{Brief, Currency, Date, Decimal, Fact, Given, Money, Trouble, Value, View};
use std::fmt;

/// The table of a decision whose columns are facts of the case: it can be asked which rules hit without deciding anything else.
pub struct Table<'p> {
    program: &'p Program,
    decision: &'p Decision,
    columns: Vec<(&'static FactSpec, Option<&'p Literal>)>,
}

impl Policy {
    /// The table of a decision, if there is a decision of that name and its columns are facts of the case.
    #[must_use]
    pub fn table(&self, decision: &str) -> Option<Table<'_>> {
        let program = &self.program;
        let decision = program.decisions.iter().find(|each| *each.name == *decision)?;
        if program.params.any_replaced() || decision.columns.is_empty() || decision.for_each.is_some() {
            return None;
        }
        let column = |path: &FactPath| {
            let entry = program.slots.get(path.slot).filter(|entry| matches!(entry.slot, Slot::Fact(_)) && path.is_whole())?;
            Some((entry.fact?, entry.assumed.as_ref()))
        };
        let columns = decision.columns.iter().map(column).collect::<Option<Vec<_>>>()?;
        Some(Table { program, decision, columns })
    }
}

impl Table<'_> {
    /// How many rules it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.decision.matcher.len()
    }

    /// Has it no rules?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decision.matcher.is_empty()
    }

    /// The id of a rule.
    #[must_use]
    pub fn rule(&self, row: usize) -> Option<&str> {
        self.decision.rules.get(row).map(|rule| &*rule.id)
    }

    /// The memory that its index takes, in bytes.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.decision.matcher.index_bytes()
    }

    /// The number of the first rule that a case satisfies, from 0, of those in force on that day.
    ///
    /// # Errors
    /// A condition that cannot be judged: two currencies, a parameter without a value.
    #[inline]
    pub fn first_hit(&self, case: &Case, policy_date: Date) -> Result<Option<usize>, Trouble> {
        let bounds = TableBounds { program: self.program, case, policy_date };
        if let Some(FirstRow(row)) =
            self.decision.matcher.quick_first(&mut Reading { table: self, bounds: &bounds }, policy_date, &bounds)
        {
            return Ok(row);
        }
        let inputs = self.inputs(&bounds)?;
        let views: Vec<Fact<View<'_>>> = inputs.iter().map(Given::view).collect();
        self.decision.matcher.matches(&views, policy_date, &bounds).map(|rows| rows.first())
    }

    /// The rules that come closest, at most so many, each with the columns whose conditions fail.
    ///
    /// # Errors
    /// As for [`Table::first_hit`].
    pub fn near_misses(&self, case: &Case, policy_date: Date, rows_max: usize) -> Result<Vec<NearMiss>, Trouble> {
        let bounds = TableBounds { program: self.program, case, policy_date };
        let inputs = self.inputs(&bounds)?;
        let views: Vec<Fact<View<'_>>> = inputs.iter().map(Given::view).collect();
        self.decision.matcher.near_misses(&views, policy_date, &bounds, rows_max)
    }

    fn inputs<'a>(&'a self, bounds: &TableBounds<'a>) -> Result<Vec<Given<'a>>, Trouble> {
        self.columns.iter().map(|column| bounds.read(*column)).collect()
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Table({}, {} rules)", self.decision.name, self.len())
    }
}

/// The columns of a table, read from a case.
struct Reading<'r, 'a> {
    table: &'a Table<'a>,
    bounds: &'r TableBounds<'a>,
}

impl<'a> Inputs<'a> for Reading<'_, 'a> {
    #[inline]
    fn brief(&mut self, column: usize) -> Brief {
        match self.table.columns.get(column) {
            Some((fact, assumed)) => match fact.brief(self.bounds.case) {
                told if told.is_missing() && assumed.is_some() => Brief::LONG,
                told => told,
            },
            None => Brief::LONG,
        }
    }

    fn given(&mut self, column: usize) -> Option<Given<'a>> {
        self.table.columns.get(column).and_then(|column| self.bounds.read(*column).ok())
    }
}

/// What bounds in cells mean, worked out only where one is asked for.
struct TableBounds<'a> {
    program: &'a Program,
    case: &'a Case,
    policy_date: Date,
}

impl<'a> TableBounds<'a> {
    #[inline]
    fn read(&self, (fact, assumed): (&'static FactSpec, Option<&'a Literal>)) -> Result<Given<'a>, Trouble> {
        match (fact.given(self.case), assumed) {
            (Given::Missing, Some(assumed)) => {
                let (bare, of_case) = bare_of(self.program, self.case);
                let message = || format!("neither the case nor the bundle says in which currency `{}` is assumed", fact.path);
                assumed.give(bare, of_case).ok_or_else(|| Trouble::Text(message()))
            }
            (given, _) => Ok(given),
        }
    }
}

impl Bounds for TableBounds<'_> {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        self.program.param(slot, self.policy_date, bare_of(self.program, self.case).1)
    }

    #[inline]
    fn bare_currency(&self) -> Option<Currency> {
        bare_of(self.program, self.case).0
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        let context = CallContext::new(self.bare_currency(), &self.program.calendar);
        context.bare_currency().map(|currency| Money::new(amount, currency))
    }
}
