//! What an expression, a script or a plugin may end in.

use crate::text::Place;
use crate::value::{Fact, Value};
use std::fmt;

/// Why there is no value: a fact that it needs is missing or unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absent {
    /// Is one of the facts given as unknown? `??` replaces what is missing, never what is unknown.
    pub unknown: bool,
    /// Paths of the facts, in the order in which they were read, each once. Empty where no fact is to blame: the rate of
    /// something to zero.
    pub facts: Vec<String>,
}

impl Absent {
    /// One fact that the case does not speak of.
    pub fn missing(fact: impl Into<String>) -> Self {
        Self { unknown: false, facts: vec![fact.into()] }
    }

    /// One fact that is given as unknown.
    pub fn unknown(fact: impl Into<String>) -> Self {
        Self { unknown: true, facts: vec![fact.into()] }
    }

    /// Both reasons together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.unknown |= other.unknown;
        for fact in other.facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        self
    }
}

/// A value, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The value.
    Known(Value),
    /// A fact is missing or unknown.
    Absent(Absent),
}

impl Outcome {
    /// What a fact of that name gives.
    #[must_use]
    pub fn of(fact: Fact<Value>, name: &str) -> Self {
        match fact {
            Fact::Known(value) => Self::Known(value),
            Fact::Missing => Self::Absent(Absent::missing(name)),
            Fact::Unknown => Self::Absent(Absent::unknown(name)),
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn known(&self) -> Option<&Value> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent(_) => None,
        }
    }

    /// The three states of a fact, without the names.
    #[must_use]
    pub fn to_fact(&self) -> Fact<Value> {
        match self {
            Self::Known(value) => Fact::Known(value.clone()),
            Self::Absent(absent) if absent.unknown => Fact::Unknown,
            Self::Absent(_) => Fact::Missing,
        }
    }
}

impl From<Value> for Outcome {
    fn from(value: Value) -> Self {
        Self::Known(value)
    }
}

/// Why an evaluation ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Something went wrong.
    Fault(Fault),
    /// A script used a fact that is missing or unknown (an expression that does is itself absent: [`Outcome::Absent`]).
    Needs(Absent),
    /// It reads a decision, named here, that is not decided.
    NotDecided(String),
}

/// What went wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault.
    pub kind: FaultKind,
    /// One sentence in domain words.
    pub message: String,
    /// Where, in the bundle's file.
    pub place: Option<Place>,
    /// How a script got there, the innermost call first.
    pub calls: Vec<CallSite>,
}

/// A call of a function of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSite {
    /// The function; none where a closure is called.
    pub function: Option<String>,
    /// Where it is called.
    pub place: Place,
}

/// The sorts of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// Values that cannot be combined, an index out of range, what a script throws.
    Runtime,
    /// The limit of operations.
    Operations,
    /// The wall-clock backstop: the machine is to blame, not the policy.
    WallClock,
    /// The program that embeds the engine ended it.
    Cancelled,
    /// A limit of size or depth.
    Size,
    /// A script or plugin returned something that is not a draft.
    WrongReturn,
    /// A plugin refused to go on.
    Refused,
    /// A panic, contained.
    Panic,
    /// It failed too often in a row and is not called for a while.
    Quarantine,
}

impl Fault {
    /// A fault at a place.
    pub fn new(kind: FaultKind, message: impl Into<String>, place: Option<Place>) -> Self {
        Self { kind, message: message.into(), place, calls: Vec::new() }
    }

    /// A fault of values, at a place.
    pub fn runtime(message: impl Into<String>, place: Option<Place>) -> Self {
        Self::new(FaultKind::Runtime, message, place)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Runtime => "runtime",
            Self::Operations => "operation limit",
            Self::WallClock => "time limit",
            Self::Cancelled => "cancelled",
            Self::Size => "size limit",
            Self::WrongReturn => "wrong return",
            Self::Refused => "refused",
            Self::Panic => "panic",
            Self::Quarantine => "quarantine",
        })
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => {
                if let Some(place) = &fault.place {
                    write!(out, "{place}: ")?;
                }
                out.write_str(&fault.message)
            }
            Self::Needs(absent) => {
                let state = if absent.unknown { "unknown" } else { "missing" };
                write!(out, "{state}: {}", absent.facts.join(", "))
            }
            Self::NotDecided(part) => write!(out, "`{part}` is not decided"),
        }
    }
}
