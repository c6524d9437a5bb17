//! Names in expressions, scripts and templates: a dotted path becomes a slot and the fields below it, once, at load.

use super::outcome::{Absent, Outcome};
use crate::value::{Fact, Given, Kind, Value, View};
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A slot that can be read while a case is decided.
    Found {
        /// The number under which it is read.
        slot: usize,
        /// What it holds.
        kind: Kind,
        /// How many segments of the path it takes; the others are fields of a record.
        used: usize,
    },
    /// Nothing of that name.
    Unknown {
        /// How to mend it: the nearest known name.
        help: Option<String>,
    },
    /// Something whose own text could not be read: that was reported where it stands, and nothing is said here.
    Reported,
    /// Something that may not be read here.
    Refused {
        /// Why.
        message: String,
        /// How to mend it.
        help: Option<String>,
    },
}

/// Who knows the names: facts, parameters, outputs of decisions, `let` names.
pub trait Names {
    /// What the whole dotted path stands for.
    fn resolve(&mut self, path: &[&str]) -> Resolution;
}

impl<F: FnMut(&[&str]) -> Resolution> Names for F {
    fn resolve(&mut self, path: &[&str]) -> Resolution {
        self(path)
    }
}

/// Why a path stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// One sentence; empty where the reason was reported already.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// One step below a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// A field of a record, by position.
    Field(usize),
    /// A field of every record of a list: the list of those that have it.
    Each(usize),
    /// The number of an amount of money.
    Amount,
    /// The currency code of an amount of money.
    Currency,
}

/// A path resolved: a slot, and the fields below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactPath {
    /// The number under which the value is read.
    pub slot: usize,
    /// What the whole path holds.
    pub kind: Kind,
    /// The path as written.
    pub written: Arc<str>,
    steps: Vec<Step>,
}

impl FactPath {
    /// Resolves a dotted path: the longest known name, then fields of records, of every record of a list (a list of what they
    /// hold), and `amount` and `currency` of money.
    ///
    /// # Errors
    /// When nothing has that name, or a field does not exist.
    pub fn resolve(path: &[&str], names: &mut dyn Names) -> Result<Self, PathError> {
        let written = path.join(".");
        match names.resolve(path) {
            Resolution::Found { slot, kind, used } => {
                let (steps, kind) = steps(&kind, path, used)?;
                Ok(Self { slot, kind, written: written.into(), steps })
            }
            Resolution::Unknown { help } => Err(PathError { message: format!("nothing is called `{written}`"), help }),
            Resolution::Reported => Err(PathError { message: String::new(), help: None }),
            Resolution::Refused { message, help } => Err(PathError { message, help }),
        }
    }

    /// A slot as it is, for those who only want to read it.
    pub(crate) fn of_slot(slot: usize, written: Arc<str>) -> Self {
        Self { slot, kind: Kind::Text, written, steps: Vec::new() }
    }

    /// What the path gives, from what its slot gives.
    #[must_use]
    pub fn read(&self, slot: Outcome) -> Outcome {
        follow(&self.steps, slot, &self.written)
    }

    /// The same of what is borrowed.
    #[inline]
    pub(crate) fn give<'a>(&self, slot: Given<'a>) -> Given<'a> {
        if self.steps.is_empty() { slot } else { descend(&self.steps, slot) }
    }

    /// What it reads, as text; `name` says what the slot stands for.
    pub(crate) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        let fields: Vec<&str> = self.written.rsplit('.').take(self.steps.len()).collect();
        fields.iter().rev().fold(name(self.slot), |path, field| format!("{path}.{field}"))
    }

    /// Is it the slot itself?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.steps.is_empty()
    }
}

/// Fields below a value that is not a slot: `params.base[finding.severity].amount`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    steps: Vec<Step>,
    written: String,
}

impl Fields {
    pub(crate) fn below(kind: &Kind, path: &[&str]) -> Result<(Self, Kind), PathError> {
        let (steps, kind) = steps(kind, path, 0)?;
        Ok((Self { steps, written: path.join(".") }, kind))
    }

    /// The fields, as text.
    pub(crate) fn normal(&self) -> String {
        format!(".{}", self.written)
    }

    pub(crate) fn read(&self, value: Value) -> Outcome {
        follow(&self.steps, Outcome::Known(value), &self.written)
    }

    /// The same of what is borrowed.
    pub(crate) fn give<'a>(&self, value: Given<'a>) -> Given<'a> {
        descend(&self.steps, value)
    }
}

fn steps(kind: &Kind, path: &[&str], used: usize) -> Result<(Vec<Step>, Kind), PathError> {
    let mut kind = kind.clone();
    let mut steps = Vec::new();
    for (at, name) in path.iter().enumerate().skip(used) {
        let step;
        (step, kind) = below(&kind, name).map_err(|help| {
            let parent = path.get(..at).unwrap_or_default().join(".");
            let message = match &kind {
                Kind::Record(record) => format!("a {} has no `{name}`", record.name),
                Kind::List(item) if matches!(**item, Kind::Record(_)) => format!("the items of `{parent}` have no `{name}`"),
                _ if parent.is_empty() => format!("{kind} has no `{name}`"),
                _ => format!("`{parent}` is {kind} and has no `{name}`"),
            };
            PathError { message, help }
        })?;
        steps.push(step);
    }
    Ok((steps, kind))
}

/// One step down, or a help text.
fn below(kind: &Kind, name: &str) -> Result<(Step, Kind), Option<String>> {
    match kind {
        Kind::Record(record) => match record.position(name).and_then(|at| Some((at, record.fields.get(at)?))) {
            Some((at, field)) => Ok((Step::Field(at), field.kind.clone())),
            None => Err(crate::text::nearest::did_you_mean(name, record.fields.iter().map(|field| &*field.name))),
        },
        Kind::List(item) => match below(item, name)? {
            (Step::Field(at), Kind::List(inner)) => Ok((Step::Each(at), Kind::List(inner))),
            (Step::Field(at), field) => Ok((Step::Each(at), Kind::List(Box::new(field)))),
            _ => Err(None),
        },
        Kind::Money if name == "amount" => Ok((Step::Amount, Kind::Decimal)),
        Kind::Money if name == "currency" => Ok((Step::Currency, Kind::Text)),
        Kind::Money => Err(Some("an amount of money has `amount` and `currency`".to_owned())),
        _ => Err(None),
    }
}

fn follow(steps: &[Step], from: Outcome, written: &str) -> Outcome {
    let mut here = from;
    for step in steps {
        let Outcome::Known(value) = here else { return here };
        here = match (step, value) {
            (Step::Field(at), Value::Record(record)) => Outcome::of(record.at(*at), written),
            (Step::Each(at), Value::List(items)) => project(&items, written, |record| Some(record.at(*at))),
            (Step::Amount, Value::Money(money)) => Outcome::Known(Value::Decimal(money.amount())),
            (Step::Currency, Value::Money(money)) => Outcome::Known(Value::text(money.currency().code())),
            // A slot that holds another kind than it declared: treated as not given rather than as a wrong value.
            _ => Outcome::Absent(Absent::missing(written)),
        };
    }
    here
}

/// As [`follow`], without the names of what is missing.
fn descend<'a>(steps: &[Step], from: Given<'a>) -> Given<'a> {
    let mut here = from;
    for step in steps {
        here = match (step, here) {
            (_, absent @ (Given::Missing | Given::Unknown)) => return absent,
            (Step::Field(at), Given::Known(View::Record(record))) => Given::of(record.field(*at)),
            (Step::Field(at), Given::Own(Value::Record(record))) => record.field(*at).clone().into(),
            (Step::Each(at), Given::Known(View::List(items))) => {
                project(items, "", |record| Some(record.at(*at))).to_fact().into()
            }
            (Step::Each(at), Given::Own(Value::List(items))) => {
                project(&items, "", |record| Some(record.at(*at))).to_fact().into()
            }
            (Step::Amount, Given::Known(View::Money(money))) => Given::Known(View::Decimal(money.amount())),
            (Step::Currency, Given::Known(View::Money(money))) => Given::Own(Value::text(money.currency().code())),
            _ => Given::Missing,
        };
    }
    here
}

/// One field of every record of a list. Items that lack it are left out; one that is unknown makes the whole unknown, so that
/// no sum is ever taken over a part (unknown is not no).
pub(crate) fn project(items: &[Value], written: &str, field: impl Fn(&crate::value::Record) -> Option<Fact<Value>>) -> Outcome {
    let mut found = Vec::new();
    for item in items {
        let Value::Record(record) = item else { continue };
        match field(record) {
            None | Some(Fact::Missing) => {}
            Some(Fact::Unknown) => return Outcome::Absent(Absent::unknown(written)),
            Some(Fact::Known(Value::List(inner))) => found.extend(inner.iter().cloned()),
            Some(Fact::Known(value)) => found.push(value),
        }
    }
    Outcome::Known(Value::list(found))
}
