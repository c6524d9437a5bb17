//! The case finder: given a policy and a goal (a rule hits, an output has a value, a guardrail binds, some cells hold), one whole
//! concrete case that meets it.
//!
//! It begins with plausible cases (those that the caller gives, and a plain one), goes backward from the goal over rules, derived
//! inputs and the decisions that they read to the facts that would have to change, and searches among these changes, best first,
//! within a stated budget. Whatever it finds was decided: no case is given that does not meet its goal. The same policy, starts and
//! goal give the same case.
//!
//! Order of the files, each using only those before it: `document`, `candidates`, `goal`, `reach` with `turns`, `ways` and `drafts`, `search`, and this one.

mod candidates;
mod document;
mod drafts;
mod goal;
mod reach;
mod search;
#[cfg(test)]
mod tests;
mod turns;
mod ways;

pub(crate) use candidates::{beside, json_of};
pub(crate) use document::{Change, Document};
pub(crate) use goal::{Goal, guardrails, rules};

use self::search::{Ground, Search, some_day};
use crate::bundle::MoneyMeaning;
use crate::case::Case;
use crate::case::vocabulary::{FindingStatus, Liability, ReasonCode};
use crate::limits::FINDER_EVALUATIONS_MAX;
use crate::policy::compiled::Verb;
use crate::policy::{Policy, Program};
use crate::rule::{Bound, Cell};
use crate::value::{Currency, Date, DateTime, Decimal, Money, Place, Value, Zone};
use std::collections::BTreeMap;

/// A case that meets a goal.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The case.
    pub(crate) case: Case,
    /// As of when it was decided.
    pub(crate) at: DateTime,
    /// How many cases were decided on the way.
    pub(crate) evaluations: usize,
}

/// Why no case was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotFound {
    /// Something has to hold that no case can bring about, as far as the finder sees.
    NoWay {
        /// How many cases were decided.
        evaluations: usize,
    },
    /// The budget ran out.
    Budget {
        /// How many cases were decided.
        evaluations: usize,
    },
}

/// Finds cases for one policy.
pub(crate) struct Finder<'p> {
    ground: Ground<'p>,
    starts: Vec<Document>,
    evaluations_max: usize,
}

impl<'p> Finder<'p> {
    /// A finder that begins with these cases, and with a plain one.
    pub(crate) fn new(policy: &'p Policy, starts: &[(Case, DateTime)]) -> Self {
        let mut documents: Vec<Document> = starts.iter().map(|(case, at)| Document::new(case, *at)).collect();
        documents.extend(plain(&policy.program));
        let ground = Ground { policy, cells: cells_by_slot(&policy.program), places: places(&policy.program) };
        Self { ground, starts: documents, evaluations_max: FINDER_EVALUATIONS_MAX }
    }

    /// The same with another budget, in cases decided for one goal.
    #[must_use]
    pub(crate) fn within(mut self, evaluations_max: usize) -> Self {
        self.evaluations_max = evaluations_max.min(FINDER_EVALUATIONS_MAX);
        self
    }

    /// A case that meets a goal.
    ///
    /// # Errors
    /// When none was found, and whether that is for want of a way or of budget.
    pub(crate) fn find(&self, goal: &Goal) -> Result<Found, NotFound> {
        self.search(goal, &self.starts, self.evaluations_max)
    }

    /// The plain case.
    pub(crate) fn plain(&self) -> Option<(Case, DateTime)> {
        self.starts.last().and_then(|plain| Some((plain.case()?, plain.at)))
    }

    /// The same from some of the given cases, by their numbers, and from the plain one, within a budget of its own.
    ///
    /// # Errors
    /// As for [`Finder::find`].
    pub(crate) fn find_from(&self, goal: &Goal, numbers: &[usize], evaluations_max: usize) -> Result<Found, NotFound> {
        let given = numbers.iter().filter_map(|number| self.starts.get(*number));
        let starts: Vec<Document> = given.chain(self.starts.last()).cloned().collect();
        self.search(goal, &starts, evaluations_max.min(self.evaluations_max))
    }

    fn search(&self, goal: &Goal, starts: &[Document], evaluations_max: usize) -> Result<Found, NotFound> {
        let mut search = Search::new(&self.ground, goal, evaluations_max);
        let document = search.run(starts);
        let evaluations = search.evaluations;
        let Some((document, case)) = document.and_then(|document| document.case().map(|case| (document, case))) else {
            let out_of_budget = evaluations >= evaluations_max;
            return Err(if out_of_budget { NotFound::Budget { evaluations } } else { NotFound::NoWay { evaluations } });
        };
        Ok(Found { case, at: document.at, evaluations })
    }
}

/// Every cell that reads a slot, wherever it stands.
fn cells_by_slot(program: &Program) -> BTreeMap<usize, Vec<&Cell>> {
    let mut cells: BTreeMap<usize, Vec<&Cell>> = BTreeMap::new();
    let mut add = |slot: usize, cell| {
        let known: &mut Vec<&Cell> = cells.entry(slot).or_default();
        if !known.contains(&cell) {
            known.push(cell);
        }
    };
    for decision in &program.decisions {
        for (column, path) in decision.columns.iter().enumerate() {
            (0..decision.matcher.len()).for_each(|row| add(path.slot, decision.matcher.cell(row, column)));
        }
        let plugins = decision.plugins.iter().flat_map(|plugin| &plugin.when);
        plugins.for_each(|condition| add(condition.path.slot, &condition.cell));
    }
    let bounds = program.decisions.iter().flat_map(|decision| &decision.bounds);
    for guardrail in bounds.chain(&program.final_guardrails) {
        let unless = if let Verb::Forbid { unless, .. } = &guardrail.verb { unless.as_slice() } else { &[] };
        guardrail.when.iter().chain(unless).for_each(|condition| add(condition.path.slot, &condition.cell));
    }
    cells
}

/// The places that a policy speaks of, and a few others.
fn places(program: &Program) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for cell in cells_by_slot(program).into_values().flatten() {
        cell.each_bound(&mut |bound, _| {
            if let Bound::Value(Value::Place(place)) = bound
                && !places.contains(place)
            {
                places.push(*place);
            }
        });
    }
    let others = ["US-NY", "CA-ON", "BR-SP", "MX", "DE", "GB", "JP"].into_iter().filter_map(|code| Place::parse(code).ok());
    places.extend(others.filter(|place| !places.contains(place)).collect::<Vec<_>>());
    // A union of states is no place where somebody lives.
    places.retain(|place| place.code() != "EU");
    places
}

/// A plain case: a finding in the customer's favour for a dispute, nothing for a table engine.
fn plain(program: &Program) -> Option<Document> {
    let day: Date = some_day(program.effective)?;
    let received = day.begins_in(&Zone::utc()).ok()?;
    let mut case = Case::new();
    if program.disputes {
        case.complaint.case_id = "SAMPLE".to_owned().into();
        case.complaint.received_at = received.into();
        case.complaint.language = "en".to_owned().into();
        case.complaint.jurisdiction = Place::parse("US-NY").ok()?.into();
        case.customer.customer_id = "CUSTOMER".to_owned().into();
        case.dispute.reason_code = ReasonCode::Duplicate.into();
        let currency = match program.money {
            MoneyMeaning::In(currency) => currency,
            MoneyMeaning::OfCase => Currency::parse("USD").ok()?,
        };
        case.dispute.disputed_amount = Money::new(Decimal::new(100, 0), currency).into();
        case.finding.status = FindingStatus::Complete.into();
        case.finding.liability = Liability::OurError.into();
        case.finding.correct_amount = Money::new(Decimal::new(0, 0), currency).into();
    }
    let at = day.plus_days(3).ok()?.begins_in(&Zone::utc()).ok()?;
    Some(Document::new(&case, at))
}
