//! What a value can turn out to be, told before a case is there: rather too much than too little.

use super::{Currency, Decimal, Fact, Value};

/// More values than this are told by their range, or not at all.
const VALUES_MAX: usize = 64;

/// What a value can turn out to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Possible {
    pub(crate) missing: bool,
    pub(crate) unknown: bool,
    pub(crate) known: Known,
}

/// The values among which it is, if it is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    /// It may be any.
    Any,
    /// It is one of these; there is none where nothing can come of it.
    Among(Vec<Value>),
    /// It is a number or an amount in this range.
    Between(Range),
}

/// Numbers, or amounts in one currency; no end where it is not bounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub(crate) low: Option<Decimal>,
    pub(crate) high: Option<Decimal>,
    pub(crate) currency: Option<Currency>,
}

impl Range {
    /// The range of one value, if it is a number or an amount.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let (number, currency) = match value {
            Value::Money(money) => (money.amount(), Some(money.currency())),
            other => (other.as_decimal()?, None),
        };
        Some(Self { low: Some(number), high: Some(number), currency })
    }

    fn or(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then(|| Self {
            low: self.low.zip(other.low).map(|(one, other)| one.min(other)),
            high: self.high.zip(other.high).map(|(one, other)| one.max(other)),
            currency: self.currency,
        })
    }
}

impl Possible {
    /// Anything at all.
    pub(crate) fn anything() -> Self {
        Self { missing: true, unknown: true, known: Known::Any }
    }

    /// Nothing: what would give it fails.
    pub(crate) fn nothing() -> Self {
        Self::among(Vec::new())
    }

    /// One of these values.
    pub(crate) fn among(values: Vec<Value>) -> Self {
        Self { missing: false, unknown: false, known: Known::Among(values) }
    }

    /// This and no other.
    pub(crate) fn exactly(fact: Fact<Value>) -> Self {
        match fact {
            Fact::Known(value) => Self::among(vec![value]),
            Fact::Missing => Self { missing: true, ..Self::nothing() },
            Fact::Unknown => Self { unknown: true, ..Self::nothing() },
        }
    }

    /// In that range.
    pub(crate) fn between(range: Range) -> Self {
        Self { missing: false, unknown: false, known: Known::Between(range) }
    }

    /// One or the other.
    pub(crate) fn or(self, other: Self) -> Self {
        let (missing, unknown) = (self.missing || other.missing, self.unknown || other.unknown);
        let is_none = |possible: &Self| matches!(&possible.known, Known::Among(values) if values.is_empty());
        let known = if is_none(&self) {
            other.known
        } else if is_none(&other) {
            self.known
        } else if let (Known::Among(one), Known::Among(two)) = (&self.known, &other.known) {
            let mut all = one.clone();
            all.extend(two.iter().filter(|value| !one.contains(value)).cloned());
            if all.len() <= VALUES_MAX { Known::Among(all) } else { joined(&self, &other) }
        } else {
            joined(&self, &other)
        };
        Self { missing, unknown, known }
    }

    /// As this, but it may be absent as the other may.
    pub(crate) fn absent_as(mut self, other: &Self) -> Self {
        self.missing |= other.missing;
        self.unknown |= other.unknown;
        self
    }

    /// Is it always there?
    pub(crate) fn is_given(&self) -> bool {
        !self.missing && !self.unknown
    }

    /// Is it missing or unknown, and never a value?
    pub(crate) fn is_never_known(&self) -> bool {
        matches!(&self.known, Known::Among(values) if values.is_empty())
    }

    /// Can nothing come of it?
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_given() && matches!(&self.known, Known::Among(values) if values.is_empty())
    }

    /// The smallest range that holds all of its known values, if they are numbers, or amounts in one currency.
    pub(crate) fn range(&self) -> Option<Range> {
        match &self.known {
            Known::Any => None,
            Known::Between(range) => Some(*range),
            Known::Among(values) => {
                let mut ranges = values.iter().map(Range::of);
                let first = ranges.next()??;
                ranges.try_fold(first, |all, each| all.or(each?))
            }
        }
    }
}

fn joined(one: &Possible, other: &Possible) -> Known {
    one.range().zip(other.range()).and_then(|(one, other)| one.or(other)).map_or(Known::Any, Known::Between)
}

/// Every choice of one value from each, if they are few.
pub(crate) fn choices(parts: &[Possible]) -> Option<Vec<Vec<Value>>> {
    let mut all: Vec<Vec<Value>> = vec![Vec::new()];
    for part in parts {
        let Known::Among(values) = &part.known else { return None };
        if all.len().saturating_mul(values.len()) > VALUES_MAX {
            return None;
        }
        all = all
            .iter()
            .flat_map(|chosen| values.iter().map(|value| [chosen.as_slice(), std::slice::from_ref(value)].concat()))
            .collect();
    }
    Some(all)
}
