//! Where a fact in brief stands on a scale, told in the fewest steps: what a table asks of every column of every case.

use super::Scale;
use super::place::Shelves;
use super::steps::Ranges;
use crate::value::{Brief, BriefKind, Currency, EnumMark};

/// What there is to know of a scale for most facts, apart from it, so that it lies close together.
#[derive(Clone, Debug)]
pub(crate) enum Probe {
    Boolean,
    Enum(EnumMark),
    Integer(Ranges),
    /// Decimals, or amounts in one currency, as whole numbers of `10^-digits`.
    Number {
        kind: BriefKind,
        digits: u32,
        ranges: Ranges,
    },
    Place(Shelves),
    Day(Ranges),
    /// The scale has to be asked.
    Untold,
}

impl Probe {
    /// The probe of a scale whose amounts are all in that currency, if there is one.
    pub(crate) fn new(scale: &Scale, currency: Option<Currency>) -> Self {
        match (scale, currency) {
            (Scale::Boolean, _) => Self::Boolean,
            (Scale::Enum(kind), _) => Self::Enum(EnumMark::of(kind)),
            (Scale::Integer(steps), _) if !steps.ranges().is_empty() => Self::Integer(steps.ranges().clone()),
            (Scale::Decimal(numbers), _) => Self::number(BriefKind::decimal(), numbers.ranges()),
            (Scale::Money(numbers), Some(currency)) => Self::number(BriefKind::amount(currency), numbers.ranges()),
            (Scale::Date(days), _) => match Ranges::new(&days.iter().map(|day| day.to_number()).collect::<Vec<i64>>()) {
                ranges if ranges.is_empty() => Self::Untold,
                ranges => Self::Day(ranges),
            },
            (Scale::Place(places), _) => Self::Place(places.shelves().clone()),
            _ => Self::Untold,
        }
    }

    fn number(kind: BriefKind, ranges: Option<(u32, &Ranges)>) -> Self {
        match ranges {
            Some((digits, ranges)) => Self::Number { kind, digits, ranges: ranges.clone() },
            None => Self::Untold,
        }
    }

    /// The segment of a known fact on its scale; none where the scale has to be asked.
    #[inline]
    pub(crate) fn segment(&self, brief: Brief) -> Option<usize> {
        match self {
            Self::Enum(mark) => brief.position_of(*mark),
            Self::Integer(ranges) => brief.integer().map(|number| ranges.segment(number)),
            Self::Number { kind, digits, ranges } => {
                brief.units_of(*kind).and_then(|units| units.at_scale(*digits)).map(|number| ranges.segment(number))
            }
            Self::Place(shelves) => brief.place().map(|code| shelves.segment(code)),
            Self::Day(ranges) => brief.day().map(|day| ranges.segment(day)),
            Self::Boolean => brief.boolean().map(usize::from),
            Self::Untold => None,
        }
    }
}
