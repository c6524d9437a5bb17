//! What really became of a case: for comparison only, no decision reads it.

use crate::case::read_value;
use crate::decision::sections::OUTCOMES;
use crate::text::{Diagnostics, Node, Source};
use crate::value::{Date, EnumKind, EnumValue, Fact, Kind, Money, Value, Zone};
use std::sync::{Arc, LazyLock};

/// What really became of a case, as a history tells it. A decision never sees it; a comparison does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Actual {
    /// What was decided, in the words of a decision's outcome.
    pub outcome: Fact<EnumValue>,
    /// What the customer received in all.
    pub paid: Fact<Money>,
    /// What of it was given without being owed.
    pub goodwill: Fact<Money>,
    /// The day on which the case was closed.
    pub closed_on: Fact<Date>,
    /// Was the customer satisfied?
    pub satisfied: Fact<bool>,
}

/// What can be told of what really happened, by name.
pub(super) fn actuals() -> &'static [(&'static str, Kind)] {
    static ACTUALS: LazyLock<Vec<(&str, Kind)>> = LazyLock::new(|| {
        vec![
            ("outcome", Kind::Enum(Arc::new(EnumKind::new(OUTCOMES, false)))),
            ("paid", Kind::Money),
            ("goodwill", Kind::Money),
            ("closed_on", Kind::Date),
            ("satisfied", Kind::Boolean),
        ]
    });
    &ACTUALS
}

/// Reads one of them: nothing for null, the text `unknown` as such.
pub(super) fn read_actual(name: &str, node: &Node, source: &Source, out: &mut Diagnostics) -> Fact<Value> {
    if node.is_null() {
        return Fact::Missing;
    }
    if node.as_text() == Some("unknown") {
        return Fact::Unknown;
    }
    let Some((_, kind)) = actuals().iter().find(|(known, _)| *known == name) else { return Fact::Missing };
    let path = format!("actual.{name}");
    read_value(node, kind, &path, source, &Zone::utc(), out).map_or(Fact::Missing, Fact::Known)
}

impl Actual {
    /// The reader of values has checked that the value is of the kind that the name has.
    pub(super) fn set(&mut self, name: &str, fact: Fact<Value>) {
        match (name, fact) {
            ("outcome", Fact::Known(Value::Enum(outcome))) => self.outcome = Fact::Known(outcome),
            ("outcome", Fact::Unknown) => self.outcome = Fact::Unknown,
            ("paid", Fact::Known(Value::Money(paid))) => self.paid = Fact::Known(paid),
            ("paid", Fact::Unknown) => self.paid = Fact::Unknown,
            ("goodwill", Fact::Known(Value::Money(goodwill))) => self.goodwill = Fact::Known(goodwill),
            ("goodwill", Fact::Unknown) => self.goodwill = Fact::Unknown,
            ("closed_on", Fact::Known(Value::Date(day))) => self.closed_on = Fact::Known(day),
            ("closed_on", Fact::Unknown) => self.closed_on = Fact::Unknown,
            ("satisfied", Fact::Known(Value::Boolean(satisfied))) => self.satisfied = Fact::Known(satisfied),
            ("satisfied", Fact::Unknown) => self.satisfied = Fact::Unknown,
            _ => {}
        }
    }
}
