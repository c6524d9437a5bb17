//! What an expression can give, told before a case is there: rather too much than too little.

use super::evaluate::evaluate;
use super::tree::{Call, Tree};
use crate::script::context::CallContext;
use crate::script::operator::Operator;
use crate::script::outcome::{Absent, Outcome};
use crate::value::{Decimal, Fact, Known, Possible, Range, Value, choices};

/// What a slot can give.
pub(super) type Read<'a> = &'a dyn Fn(usize) -> Possible;

pub(super) fn possible(tree: &Tree, read: Read<'_>, context: &CallContext<'_>) -> Possible {
    match tree {
        Tree::Constant(value, _) => Possible::exactly(Fact::Known(value.clone())),
        Tree::Read(path) if path.is_whole() => read(path.slot),
        Tree::Read(path) => below(&read(path.slot), |value| path.read(Outcome::Known(value.clone()))),
        Tree::Below(of, fields) => below(&possible(of, read, context), |value| fields.read(value.clone())),
        Tree::Index(parts, place) => {
            let [of, by] = [possible(&parts.0, read, context), possible(&parts.1, read, context)];
            let tried = each_choice(&[of.clone(), by.clone()], context, |values| {
                let [of, by] = values else { return None };
                let constant = |value: &Value| Tree::Constant(value.clone(), place.clone());
                Some(Tree::Index(Box::new((constant(of), constant(by))), place.clone()))
            });
            tried.unwrap_or_else(|| index(&of, &by))
        }
        Tree::Negate(of, place) => {
            let of = possible(of, read, context);
            let tried = each_choice(std::slice::from_ref(&of), context, |values| {
                Some(Tree::Negate(Box::new(Tree::Constant(values.first()?.clone(), place.clone())), place.clone()))
            });
            tried.unwrap_or_else(|| {
                let negated = of.range().map(|range| Range {
                    low: range.high.map(Decimal::negated),
                    high: range.low.map(Decimal::negated),
                    currency: range.currency,
                });
                told(negated, &[of])
            })
        }
        Tree::Binary(operator, parts, place) => {
            let sides = [possible(&parts.0, read, context), possible(&parts.1, read, context)];
            let tried = each_choice(&sides, context, |values| {
                let [left, right] = values else { return None };
                let constant = |value: &Value| Tree::Constant(value.clone(), place.clone());
                Some(Tree::Binary(*operator, Box::new((constant(left), constant(right))), place.clone()))
            });
            tried.or_else(|| compared(*operator, &sides)).unwrap_or_else(|| told(calculated(*operator, &sides), &sides))
        }
        Tree::Not(of, _) => {
            let of = possible(of, read, context);
            let turned = [true, false].into_iter().filter(|value| may_be(&of, !value)).map(Value::Boolean).collect();
            Possible::among(turned).absent_as(&of)
        }
        Tree::Every(parts, _) => logic(parts, false, read, context),
        Tree::Either(parts, _) => logic(parts, true, read, context),
        Tree::Looks(state, of) => {
            let of = possible(of, read, context);
            let (is_it, is_another) = match state {
                Fact::Missing => (of.missing, of.unknown || !of.is_never_known()),
                Fact::Unknown => (of.unknown, of.missing || !of.is_never_known()),
                Fact::Known(()) => (!of.is_never_known(), of.missing || of.unknown),
            };
            let told = [(is_it, true), (is_another, false)].into_iter().filter(|(may, _)| *may);
            Possible::among(told.map(|(_, value)| Value::Boolean(value)).collect())
        }
        Tree::Coalesce(parts) => coalesced(parts, read, context),
        Tree::If(parts, _) => {
            let test = possible(&parts.0, read, context);
            let branch = |wanted: bool, branch: &Tree| match &test.known {
                Known::Among(values) if !values.contains(&Value::Boolean(wanted)) => Possible::nothing(),
                _ => possible(branch, read, context),
            };
            branch(true, &parts.1).or(branch(false, &parts.2)).absent_as(&test)
        }
        Tree::Call(call) => called(call, read, context),
        Tree::Text(..) | Tree::List(..) => Possible::anything(),
    }
}

/// Can it be that truth value? What is not told may be any.
fn may_be(of: &Possible, wanted: bool) -> bool {
    match &of.known {
        Known::Among(values) => values.contains(&Value::Boolean(wanted)),
        Known::Any | Known::Between(_) => true,
    }
}

/// `&&` ends at the first part that is false, `||` at the first that is true; what is absent before that makes the whole absent.
fn logic(parts: &[Tree], ends_at: bool, read: Read<'_>, context: &CallContext<'_>) -> Possible {
    let mut all = Possible::nothing();
    for part in parts {
        let part = possible(part, read, context);
        all = all.absent_as(&part);
        if may_be(&part, ends_at) {
            all = all.or(Possible::among(vec![Value::Boolean(ends_at)]));
        }
        if !may_be(&part, !ends_at) {
            return all;
        }
    }
    all.or(Possible::among(vec![Value::Boolean(!ends_at)]))
}

/// What a comparison of two ranges gives: one truth value where they lie apart.
fn compared(operator: Operator, sides: &[Possible; 2]) -> Option<Possible> {
    let [left, right] = sides.each_ref().map(Possible::range);
    let (left, right) = left.zip(right).filter(|(left, right)| left.currency == right.currency)?;
    let below = |one: Option<Decimal>, other: Option<Decimal>| one.zip(other).is_some_and(|(one, other)| one < other);
    let at_most = |one: Option<Decimal>, other: Option<Decimal>| one.zip(other).is_some_and(|(one, other)| one <= other);
    // Is it so for every choice, or for none?
    let (always, never) = match operator {
        Operator::Less => (below(left.high, right.low), at_most(right.high, left.low)),
        Operator::AtMost => (at_most(left.high, right.low), below(right.high, left.low)),
        Operator::More => (below(right.high, left.low), at_most(left.high, right.low)),
        Operator::AtLeast => (at_most(right.high, left.low), below(left.high, right.low)),
        Operator::Equal => (false, below(left.high, right.low) || below(right.high, left.low)),
        Operator::NotEqual => (below(left.high, right.low) || below(right.high, left.low), false),
        _ => return None,
    };
    let told = [(!never, true), (!always, false)].into_iter().filter(|(may, _)| *may);
    let told = Possible::among(told.map(|(_, value)| Value::Boolean(value)).collect());
    Some(sides.iter().fold(told, Possible::absent_as))
}

/// In the range that is told, absent where a part is; no value where a part has none.
fn told(range: Option<Range>, parts: &[Possible]) -> Possible {
    if parts.iter().any(Possible::is_never_known) {
        return parts.iter().fold(Possible::nothing(), Possible::absent_as);
    }
    let told = range.map_or_else(|| Possible { known: Known::Any, ..Possible::nothing() }, Possible::between);
    parts.iter().fold(told, Possible::absent_as)
}

/// What stands below each of its values.
fn below(of: &Possible, field: impl Fn(&Value) -> Outcome) -> Possible {
    let Known::Among(values) = &of.known else { return Possible::anything() };
    let all = values.iter().map(|value| outcome(field(value))).fold(Possible::nothing(), Possible::or);
    all.absent_as(of)
}

fn outcome(found: Outcome) -> Possible {
    match found {
        Outcome::Known(value) => Possible::among(vec![value]),
        Outcome::Absent(Absent { unknown: true, .. }) => Possible::exactly(Fact::Unknown),
        Outcome::Absent(_) => Possible::exactly(Fact::Missing),
    }
}

/// Any entry of the records among which it is.
fn index(of: &Possible, by: &Possible) -> Possible {
    let Known::Among(values) = &of.known else { return Possible::anything() };
    let mut all = Possible::nothing();
    for value in values {
        let Value::Record(record) = value else { return Possible::anything() };
        for at in 0..record.kind().fields.len() {
            all = all.or(Possible::exactly(record.at(at)));
        }
    }
    // A name that the record does not have gives nothing.
    Possible { missing: true, ..all }.absent_as(of).absent_as(by)
}

fn coalesced(parts: &[Tree], read: Read<'_>, context: &CallContext<'_>) -> Possible {
    let mut all = Possible::nothing();
    let mut goes_on = true;
    for part in parts {
        if goes_on {
            let next = possible(part, read, context);
            goes_on = next.missing;
            all = all.or(Possible { missing: false, ..next });
        }
    }
    Possible { missing: goes_on, ..all }
}

/// The values that come of every choice of values of the parts, if these are few; a choice that fails gives none.
fn each_choice(parts: &[Possible], context: &CallContext<'_>, tree: impl Fn(&[Value]) -> Option<Tree>) -> Option<Possible> {
    let mut all = Possible::nothing();
    for values in choices(parts)? {
        let nothing = &mut |_| Ok(Outcome::Absent(Absent::default()));
        if let Ok(found) = evaluate(&tree(&values)?, nothing, context) {
            all = all.or(outcome(found));
        }
    }
    Some(parts.iter().fold(all, Possible::absent_as))
}

fn called(call: &Call, read: Read<'_>, context: &CallContext<'_>) -> Possible {
    // It may look at what is absent, or know more than its arguments: the time zone of the case.
    let is_plain = |value: &Value| matches!(value, Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_) | Value::Money(_));
    let given: Vec<Possible> = call.arguments.iter().map(|argument| possible(argument, read, context)).collect();
    let all_plain = given.iter().all(|each| matches!(&each.known, Known::Among(values) if values.iter().all(is_plain)));
    if all_plain && call.function.looks_at.is_none() {
        let constant = |value: &Value| Tree::Constant(value.clone(), call.place.clone());
        let tried = each_choice(&given, context, |values| {
            Some(Tree::Call(Box::new(Call { arguments: values.iter().map(constant).collect(), ..call.clone() })))
        });
        if let Some(tried) = tried {
            return tried;
        }
    }
    let range = match call.function.name {
        "min" if given.len() > 1 => extreme(&given, true),
        "max" if given.len() > 1 => extreme(&given, false),
        _ => return Possible::anything(),
    };
    told(range, &given)
}

/// The least of several is no more than any of them, the greatest no less.
fn extreme(given: &[Possible], least: bool) -> Option<Range> {
    let ranges: Vec<Option<Range>> = given.iter().map(Possible::range).collect();
    let known: Vec<Range> = ranges.iter().flatten().copied().collect();
    let currency = known.first()?.currency;
    if known.iter().any(|range| range.currency != currency) {
        return None;
    }
    let (lows, highs) = (known.iter().map(|range| range.low), known.iter().map(|range| range.high));
    // An end that all have bounds the result; an end that one has bounds it from the side of the extreme.
    let (low, high) = if least {
        (all_have(&ranges, |range| range.low).then(|| lows.flatten().min()).flatten(), highs.flatten().min())
    } else {
        (lows.flatten().max(), all_have(&ranges, |range| range.high).then(|| highs.flatten().max()).flatten())
    };
    Some(Range { low, high, currency })
}

fn all_have(ranges: &[Option<Range>], end: impl Fn(&Range) -> Option<Decimal>) -> bool {
    ranges.iter().all(|range| range.as_ref().is_some_and(|range| end(range).is_some()))
}

fn calculated(operator: Operator, sides: &[Possible; 2]) -> Option<Range> {
    let [left, right] = sides.each_ref().map(Possible::range);
    let (left, right) = left.zip(right)?;
    let both = |one: Option<Decimal>, other: Option<Decimal>, apply: fn(Decimal, Decimal) -> Option<Decimal>| {
        one.zip(other).and_then(|(one, other)| apply(one, other))
    };
    match operator {
        Operator::Add if left.currency == right.currency => Some(Range {
            low: both(left.low, right.low, |one, other| one.plus(other).ok()),
            high: both(left.high, right.high, |one, other| one.plus(other).ok()),
            currency: left.currency,
        }),
        Operator::Subtract if left.currency == right.currency => Some(Range {
            low: both(left.low, right.high, |one, other| one.minus(other).ok()),
            high: both(left.high, right.low, |one, other| one.minus(other).ok()),
            currency: left.currency,
        }),
        Operator::Multiply if left.currency.is_none() || right.currency.is_none() => {
            let positive = |range: &Range| range.low.is_some_and(|low| !low.is_negative());
            let times = |one: Decimal, other: Decimal| one.times(other).ok();
            let ends = [(left.low, right.low), (left.low, right.high), (left.high, right.low), (left.high, right.high)];
            let corners: Option<Vec<Decimal>> = ends.into_iter().map(|(one, other)| both(one, other, times)).collect();
            if let Some(corners) = corners {
                // Signs that change turn a range round: the ends of the product are among the products of the ends.
                let (low, high) = (corners.iter().min().copied(), corners.iter().max().copied());
                return Some(Range { low, high, currency: left.currency.or(right.currency) });
            }
            let above = positive(&left) && positive(&right);
            Some(Range {
                low: if above { both(left.low, right.low, times) } else { None },
                high: if above { both(left.high, right.high, times) } else { None },
                currency: left.currency.or(right.currency),
            })
        }
        // Of what is not negative by what is above zero: more is made by more, and by less of the divisor.
        Operator::Divide if right.currency.is_none() || right.currency == left.currency => {
            let above_zero = right.low.is_some_and(|low| !low.is_negative() && !low.is_zero());
            let not_negative = left.low.is_some_and(|low| !low.is_negative());
            let by = |one: Decimal, other: Decimal| one.divided_by(other).ok();
            let currency = if right.currency.is_none() { left.currency } else { None };
            (above_zero && not_negative).then(|| Range {
                low: both(left.low, right.high, by).or(Some(Decimal::ZERO)),
                high: both(left.high, right.low, by),
                currency,
            })
        }
        _ => None,
    }
}
