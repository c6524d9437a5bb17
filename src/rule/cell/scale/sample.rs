//! One value out of each segment, to be shown: the one that stands next to the lower end of its segment.

use super::Scale;
use crate::value::{Currency, DateTime, Decimal, Duration, EnumValue, Money, Place, Value};
use std::sync::Arc;

/// Which values can occur at all, and what an amount without a currency is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    /// The least number.
    pub(crate) least: Option<Decimal>,
    /// The greatest number.
    pub(crate) most: Option<Decimal>,
    /// The currency of amounts; without one there is no amount to show.
    pub(crate) currency: Option<Currency>,
}

/// How far from the end of a segment a number or a time is shown, where there is room.
const CENT: (i64, u32) = (1, 2);
const SECOND: i64 = 1;
const DAY_SECONDS: i64 = 86_400;

impl Scale {
    /// A value of this segment that can occur; none where no value stands in it.
    ///
    /// All segments of text between two constants hold the texts that no constant names: only the last of them is given one.
    pub(crate) fn sample(&self, segment: usize, range: Range) -> Option<Value> {
        let at = Position::of(segment);
        match self {
            Self::Boolean => Some(Value::Boolean(segment == 1)),
            Self::Enum(kind) => EnumValue::at(kind, u16::try_from(segment).ok()?).map(Value::Enum),
            Self::Integer(steps) => {
                let (least, most) = (range.least.and_then(Decimal::to_integer), range.most.and_then(Decimal::to_integer));
                let next = |number: i64| number.checked_add(1);
                let back = |number: i64| number.checked_sub(1);
                at.pick(steps.as_slice(), &next, &back, least, most, 0).map(Value::Integer)
            }
            Self::Decimal(numbers) => number(at, numbers.as_slice(), range).map(Value::Decimal),
            Self::Money(numbers) => {
                let currency = range.currency?;
                number(at, numbers.as_slice(), range).map(|amount| Value::Money(Money::new(amount, currency)))
            }
            Self::Text(points) => match at {
                Position::At(point) => points.get(point).cloned().map(Value::Text),
                Position::Behind(count) => (count == points.len()).then(|| Value::Text(other_text(points))),
            },
            Self::Date(points) => {
                let next = |day: crate::value::Date| day.plus_days(1).ok();
                let back = |day: crate::value::Date| day.plus_days(-1).ok();
                let any = crate::value::Date::new(2026, 1, 1).ok()?;
                at.pick(points, &next, &back, None, None, any).map(Value::Date)
            }
            Self::DateTime(points) => {
                let next = |time: DateTime| time.plus(Duration::from_seconds(SECOND)).ok();
                let back = |time: DateTime| time.plus(Duration::from_seconds(-SECOND)).ok();
                let any = DateTime::from_unix_seconds(0)?;
                at.pick(points, &next, &back, None, None, any).map(Value::DateTime)
            }
            Self::Duration(points) => {
                let moved = |by: i64| move |each: Duration| each.seconds().checked_add(by).map(Duration::from_seconds);
                let (next, back, any) = (moved(SECOND), moved(-SECOND), Duration::from_seconds(DAY_SECONDS));
                let day = at.pick(points, &moved(DAY_SECONDS), &moved(-DAY_SECONDS), None, None, any);
                let fits = day.filter(|day| at.holds(points, day));
                fits.or_else(|| at.pick(points, &next, &back, None, None, any)).map(Value::Duration)
            }
            Self::Place(places) => places.sample(segment).map(Value::Place),
            Self::Whole(_) => None,
        }
    }
}

/// A segment of a scale that is cut at points.
#[derive(Clone, Copy)]
enum Position {
    /// On the point of that number.
    At(usize),
    /// Behind so many points.
    Behind(usize),
}

impl Position {
    fn of(segment: usize) -> Self {
        if segment.is_multiple_of(2) { Self::Behind(segment / 2) } else { Self::At(segment / 2) }
    }

    /// The points before and after a segment that is none itself.
    fn ends<T: Copy>(self, points: &[T]) -> (Option<T>, Option<T>) {
        let Self::Behind(count) = self else { return (None, None) };
        (count.checked_sub(1).and_then(|at| points.get(at)).copied(), points.get(count).copied())
    }

    fn holds<T: Copy + Ord>(self, points: &[T], value: &T) -> bool {
        let (before, after) = self.ends(points);
        before.is_none_or(|before| before < *value) && after.is_none_or(|after| *value < after)
    }

    /// The point itself, or the value next to the end of the segment.
    fn pick<T: Copy + Ord>(
        self,
        points: &[T],
        next: &dyn Fn(T) -> Option<T>,
        back: &dyn Fn(T) -> Option<T>,
        least: Option<T>,
        most: Option<T>,
        any: T,
    ) -> Option<T> {
        let in_range = |value: &T| least.is_none_or(|least| least <= *value) && most.is_none_or(|most| *value <= most);
        if let Self::At(point) = self {
            return points.get(point).copied().filter(in_range);
        }
        let from_below = |value: T| if least.is_some_and(|least| value < least) { least } else { Some(value) };
        let from_above = |value: T| if most.is_some_and(|most| value > most) { most } else { Some(value) };
        let value = match self.ends(points) {
            (Some(before), _) => from_below(next(before)?)?,
            (None, Some(after)) => from_above(back(after)?)?,
            (None, None) => from_above(from_below(any)?)?,
        };
        Some(value).filter(|value| self.holds(points, value) && in_range(value))
    }
}

/// As [`Position::pick`] for numbers that are as fine as one likes.
fn number(at: Position, points: &[Decimal], range: Range) -> Option<Decimal> {
    let cent = Decimal::new(CENT.0, CENT.1);
    let next = |number: Decimal| number.plus(cent).ok();
    let back = |number: Decimal| number.minus(cent).ok();
    let picked = at.pick(points, &next, &back, range.least, range.most, Decimal::ZERO);
    if picked.is_some() || matches!(at, Position::At(_)) {
        return picked;
    }
    // Less than a cent between the ends, or between an end and the limit of what can occur.
    let (before, after) = at.ends(points);
    let (open_below, open_above) = (before >= range.least, after.is_some() && (range.most.is_none() || after <= range.most));
    let low = before.max(range.least)?;
    let high = match (after, range.most) {
        (Some(after), Some(most)) => after.min(most),
        (after, most) => after.or(most)?,
    };
    let middle = low.plus(high).ok()?.divided_by(Decimal::new(2, 0)).ok()?;
    let inside = |value: Decimal| {
        let above = if open_below && before.is_some() { low < value } else { low <= value };
        let below = if open_above { value < high } else { value <= high };
        above && below
    };
    [low, middle].into_iter().find(|value| inside(*value))
}

/// A text that no constant names.
fn other_text(points: &[Arc<str>]) -> Arc<str> {
    let mut text = "something else".to_owned();
    while points.iter().any(|point| **point == *text) {
        text.push('!');
    }
    text.into()
}

impl super::place::Places {
    fn sample(&self, segment: usize) -> Option<Place> {
        let stands = |code: &str| Place::parse(code).ok().filter(|place| self.segment_of(place.packed()) == segment);
        if let Some(code) = self.constant(segment) {
            return Some(*code);
        }
        if let Some(country) = self.country(segment) {
            let parts = ('A'..='Z').map(|letter| format!("{}-{letter}", country.code()));
            return std::iter::once(country.code().to_owned()).chain(parts).find_map(|code| stands(&code));
        }
        let letters = || ('A'..='Z').flat_map(|first| ('A'..='Z').map(move |second| format!("{first}{second}")));
        ["GB", "BR", "US", "MX", "JP", "FR"].into_iter().map(str::to_owned).chain(letters()).find_map(|code| stands(&code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::cell::Bound;
    use crate::value::{Date, Kind};

    fn shown(scale: &Scale, range: Range) -> String {
        let samples = (0..scale.len()).map(|segment| scale.sample(segment, range));
        samples.map(|value| value.map_or("none".to_owned(), |value| value.to_string())).collect::<Vec<_>>().join(" | ")
    }

    fn scale(kind: &Kind, values: Vec<Value>) -> Scale {
        let bounds: Vec<Bound> = values.into_iter().map(Bound::Value).collect();
        Scale::new(kind, &bounds.iter().collect::<Vec<_>>(), usize::MAX)
    }

    #[test]
    fn values_next_to_the_ends() {
        let decimal = |text: &str| Decimal::parse(text).unwrap();
        let share = Range { least: Some(Decimal::ZERO), most: Some(Decimal::ONE), currency: None };
        let numbers = |texts: &[&str]| scale(&Kind::Decimal, texts.iter().map(|text| Value::Decimal(decimal(text))).collect());
        let integers = scale(&Kind::Integer, [3, 4, 9].map(Value::Integer).to_vec());
        let usd = Range { currency: Currency::parse("USD").ok(), ..Range::default() };
        let not_negative = Range { least: Some(Decimal::ZERO), ..usd };
        let money = scale(&Kind::Money, vec![Money::parse("0 USD").unwrap().into(), Money::parse("100.00 USD").unwrap().into()]);
        let day = |text: &str| Value::Date(Date::parse(text).unwrap());
        let days = scale(&Kind::Date, vec![day("2026-03-01"), day("2026-03-02"), day("2026-12-31")]);
        let places =
            |codes: &[&str]| scale(&Kind::Place, codes.iter().map(|code| Value::Place(Place::parse(code).unwrap())).collect());
        let text = scale(&Kind::Text, vec![Value::text("a"), Value::text("something else")]);
        let lines = [
            shown(&integers, Range::default()),
            shown(&integers, Range { least: Some(decimal("4")), ..Range::default() }),
            shown(&numbers(&["0.6", "0.605"]), share),
            shown(&numbers(&["0", "1"]), share),
            shown(&numbers(&["80"]), share),
            shown(&numbers(&["0.005"]), share),
            shown(&numbers(&["0.995"]), share),
            shown(&numbers(&[]), share),
            shown(&money, usd),
            shown(&money, not_negative),
            shown(&days, Range::default()),
            shown(&places(&["US", "ES-MD", "EU"]), Range::default()),
            shown(&text, Range::default()),
        ];
        insta::assert_snapshot!(lines.join("\n"), @r"
        2 | 3 | none | 4 | 5 | 9 | 10
        none | none | none | 4 | 5 | 9 | 10
        0.59 | 0.6 | 0.6025 | 0.605 | 0.615
        none | 0 | 0.01 | 1 | none
        1 | none | none
        0 | 0.005 | 0.015
        0.985 | 0.995 | 0.9975
        0
        -0.01 USD | 0.00 USD | 0.01 USD | 100.00 USD | 100.01 USD
        none | 0.00 USD | 0.01 USD | 100.00 USD | 100.01 USD
        2026-02-28 | 2026-03-01 | none | 2026-03-02 | 2026-03-03 | 2026-12-31 | 2027-01-01
        ES-MD | EU | US | ES | none | US-A | FR | GB
        none | a | none | something else | something else!
        ");
    }
}
