//! What somebody could change about a case: one actionable fact each, with everything that it could become.
//!
//! A fact that only conditions look at is cut into segments that none of them tells apart; one value of each stands for all of them. Of
//! truth values and names each is a segment. A number that formulas calculate with is looked at in whole steps: cents of an amount, units,
//! ten-thousandths. What a script reads is tried with samples, which prove nothing.
//!
//! Nobody is told to forget: a fact that is known never becomes missing, save a request, which can be taken back.

use crate::authoring::finder::{Change, Document, json_of};
use crate::limits::WHY_STEPS_MAX;
use crate::value::{Currency, Decimal, Fact, Kind, Money, Possible, Range, Value};
use serde_json::{Value as Json, json};

/// One thing that somebody could change.
#[derive(Clone, Debug)]
pub(super) struct Lever {
    /// Where it stands in a case: `dispute.consequential_charges.0.evidence`.
    pub(super) path: String,
    /// The fact: `dispute.consequential_charges.evidence`.
    pub(super) fact: String,
    /// What the fact means.
    pub(super) about: String,
    /// What it is now, as the case says.
    pub(super) now: Fact<Value>,
    pub(super) act: Act,
    pub(super) domain: Domain,
}

/// What is done to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It becomes something else.
    Becomes,
    /// It is a field of an item of a list, by number, that becomes something else.
    ItemBecomes(usize),
    /// A request is taken back.
    TakenBack,
    /// A step is taken.
    Taken,
}

/// What it can become, beside what it is.
#[derive(Clone, Debug)]
pub(super) enum Domain {
    /// One of these.
    Stops {
        stops: Vec<Stop>,
        /// Do they stand for everything that it could become?
        whole: bool,
    },
    /// A number of whole steps, between two ends.
    Numbers {
        grid: Grid,
        low: i64,
        high: i64,
        /// One value of each segment that conditions tell apart, to be tried where formulas cannot be analysed.
        marks: Vec<Stop>,
    },
}

/// One thing that a fact can become.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub(super) to: Fact<Value>,
    /// How many segments it lies away.
    pub(super) steps: u32,
}

/// Numbers in whole steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    Integer,
    /// In units of ten to the minus that.
    Decimal(u32),
    Money(Currency),
}

impl Grid {
    pub(super) fn of(kind: &Kind, currency: Option<Currency>) -> Option<Self> {
        /// As fine as a share of one is looked at.
        const SHARE_DIGITS: u32 = 4;
        match kind {
            Kind::Integer => Some(Self::Integer),
            Kind::Decimal => Some(Self::Decimal(SHARE_DIGITS)),
            Kind::Money => currency.map(Self::Money),
            _ => None,
        }
    }

    pub(super) fn value(self, steps: i64) -> Value {
        match self {
            Self::Integer => Value::Integer(steps),
            Self::Decimal(digits) => Value::Decimal(Decimal::new(steps, digits)),
            Self::Money(currency) => Value::Money(Money::new(Decimal::new(steps, currency.digits()), currency)),
        }
    }

    /// The number of whole steps below a value, and whether it is no more than these.
    pub(super) fn steps(self, value: &Value) -> Option<(i64, bool)> {
        let (number, digits) = match (self, value) {
            (Self::Integer, Value::Integer(number)) => return Some((*number, true)),
            (Self::Decimal(digits), value) => (value.as_decimal()?, digits),
            (Self::Money(currency), Value::Money(money)) if money.currency() == currency => (money.amount(), currency.digits()),
            _ => return None,
        };
        let factor = Decimal::new(10_i64.checked_pow(digits)?, 0);
        let steps = number.times(factor).ok()?;
        let whole = crate::value::Rounding { mode: crate::value::Mode::Down, step: None }.apply(steps, 0).ok()?;
        Some((whole.to_integer()?, whole == steps))
    }

    /// What one step is.
    pub(super) fn whole_of_one(self) -> i64 {
        match self {
            Self::Decimal(digits) => 10_i64.checked_pow(digits).unwrap_or(WHY_STEPS_MAX),
            Self::Integer | Self::Money(_) => WHY_STEPS_MAX,
        }
    }
}

/// What is chosen for a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Choice {
    Kept,
    /// The number of a stop.
    Stop(u32),
    /// So many steps.
    Number(i64),
}

/// What may be chosen for a lever in a group of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// May it stay as it is?
    pub(super) kept: bool,
    pub(super) rest: Rest,
}

/// What else it may become there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// One of these stops, in their order.
    Stops(Vec<u32>),
    /// A number of one of these spans, both ends included.
    Numbers(Vec<(i64, i64)>),
}

impl Rest {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Stops(stops) => stops.is_empty(),
            Self::Numbers(spans) => spans.is_empty(),
        }
    }
}

impl Part {
    pub(super) fn kept() -> Self {
        Self { kept: true, rest: Rest::Stops(Vec::new()) }
    }

    /// May it be something else than it is?
    pub(super) fn is_active(&self) -> bool {
        !self.kept || !self.rest.is_empty()
    }

    /// Is nothing left to choose?
    pub(super) fn is_one(&self) -> bool {
        let rest = match &self.rest {
            Rest::Stops(stops) => stops.len(),
            Rest::Numbers(spans) => match spans.as_slice() {
                [] => 0,
                [(low, high)] if low == high => 1,
                _ => 2,
            },
        };
        usize::from(self.kept) + rest == 1
    }
}

impl Lever {
    /// Everything that it could become.
    pub(super) fn whole(&self) -> Part {
        let rest = match &self.domain {
            Domain::Stops { stops, .. } => Rest::Stops((0..u32::try_from(stops.len()).unwrap_or(u32::MAX)).collect()),
            Domain::Numbers { grid, low, high, .. } => {
                let now = self.now.known().and_then(|now| grid.steps(now));
                let spans = match now {
                    Some((now, true)) => vec![(*low, now.saturating_sub(1)), (now.saturating_add(1), *high)],
                    _ => vec![(*low, *high)],
                };
                Rest::Numbers(spans.into_iter().filter(|(low, high)| low <= high).collect())
            }
        };
        Part { kept: true, rest }
    }

    /// Do the things that it is taken to become stand for all of them?
    pub(super) fn is_whole(&self) -> bool {
        match &self.domain {
            Domain::Stops { whole, .. } => *whole,
            Domain::Numbers { .. } => true,
        }
    }

    /// What it becomes by a choice.
    pub(super) fn to(&self, choice: Choice) -> Fact<Value> {
        match (choice, &self.domain) {
            (Choice::Stop(at), Domain::Stops { stops, .. }) => {
                stops.get(at as usize).map_or_else(|| self.now.clone(), |stop| stop.to.clone())
            }
            (Choice::Number(steps), Domain::Numbers { grid, .. }) => Fact::Known(grid.value(steps)),
            _ => self.now.clone(),
        }
    }

    /// How far a choice lies away: in segments, and for a number how many steps there are between.
    pub(super) fn distance(&self, choice: Choice) -> (u32, u64) {
        match (choice, &self.domain) {
            (Choice::Stop(at), Domain::Stops { stops, .. }) => (stops.get(at as usize).map_or(1, |stop| stop.steps), 0),
            (Choice::Number(steps), Domain::Numbers { grid, .. }) => {
                let away = steps.abs_diff(self.anchor(*grid));
                (1, away)
            }
            _ => (0, 0),
        }
    }

    /// From where distances of numbers are counted: what it is, else nothing.
    pub(super) fn anchor(&self, grid: Grid) -> i64 {
        self.now.known().and_then(|now| grid.steps(now)).map_or(0, |(steps, _)| steps)
    }

    /// The nearest choice of a part; nothing for one that has none.
    pub(super) fn nearest(&self, part: &Part) -> Option<Choice> {
        if part.kept {
            return Some(Choice::Kept);
        }
        match (&part.rest, &self.domain) {
            (Rest::Stops(stops), _) => {
                stops.iter().copied().map(Choice::Stop).min_by_key(|choice| (self.distance(*choice), *choice))
            }
            (Rest::Numbers(spans), Domain::Numbers { grid, .. }) => {
                let anchor = self.anchor(*grid);
                let within = spans.iter().map(|(low, high)| anchor.clamp(*low, *high));
                within.map(Choice::Number).min_by_key(|choice| (self.distance(*choice), *choice))
            }
            (Rest::Numbers(_), Domain::Stops { .. }) => None,
        }
    }

    /// All that the fact can be, if `kept` is what is read where it stays as it is.
    pub(super) fn possible(&self, part: &Part, kept: &Possible) -> Possible {
        let all = if part.kept { kept.clone() } else { Possible::nothing() };
        match (&part.rest, &self.domain) {
            // Samples do not stand for everything that it can be.
            (Rest::Stops(stops), _) if !stops.is_empty() && !self.is_whole() => {
                all.or(Possible { missing: false, unknown: false, ..Possible::anything() })
            }
            (Rest::Stops(stops), _) => {
                let of = |at: &u32| Possible::exactly(self.to(Choice::Stop(*at)));
                stops.iter().map(of).fold(all, Possible::or)
            }
            (Rest::Numbers(spans), Domain::Numbers { grid, .. }) => spans.iter().fold(all, |all, (low, high)| {
                let (from, to) = (grid.value(*low), grid.value(*high));
                if low == high {
                    return all.or(Possible::among(vec![from]));
                }
                let ends = Range::of(&from).zip(Range::of(&to));
                all.or(ends.map_or_else(Possible::anything, |(from, to)| Possible::between(Range { high: to.high, ..from })))
            }),
            (Rest::Numbers(_), Domain::Stops { .. }) => all,
        }
    }

    /// What a choice does to a case.
    fn change(&self, choice: Choice, document: &Document) -> Option<Change> {
        if choice == Choice::Kept {
            return None;
        }
        let to = self.to(choice);
        if self.act == Act::Taken {
            let number = document.get("steps_done").and_then(Json::as_array).map_or(0, Vec::len);
            let step = to.known().map_or(Json::Null, json_of);
            let to = Some(json!({"step": step, "at": document.at.to_string()}));
            return Some(Change::Fact { path: format!("steps_done.{number}"), to });
        }
        Some(Change::Fact { path: self.path.clone(), to: to.known().map(json_of) })
    }
}

/// A case with everything changed that is chosen.
pub(super) fn changed(document: &Document, levers: &[Lever], choices: &[Choice]) -> Document {
    levers.iter().zip(choices).fold(document.clone(), |document, (lever, choice)| match lever.change(*choice, &document) {
        Some(change) => document.with(&[change]),
        None => document,
    })
}
