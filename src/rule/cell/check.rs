//! Cells that can never hold, and cells that always do: both are mistakes that would turn into silent decisions.

use super::coverage::Coverage;
use super::scale::Scale;
use super::{Bound, CellError, Comparison, Condition, Dialect, Interval};
use crate::text::{Code, Span};
use crate::value::{Currency, Kind, Value};

/// Finds a condition that no value satisfies.
pub(super) fn condition(condition: &Condition, kind: &Kind, text: &str, span: Span) -> Result<(), CellError> {
    one_currency(std::slice::from_ref(condition), span)?;
    let item = match (kind, condition) {
        // Every negation holds for a list without items.
        (Kind::List(_), Condition::Not(_)) => return Ok(()),
        (Kind::List(item), _) => item,
        _ => kind,
    };
    if matches!(condition, Condition::Missing | Condition::Unknown | Condition::Present | Condition::Empty) {
        return Ok(());
    }
    let conditions = std::slice::from_ref(condition);
    let Some(scale) = scale(conditions, item) else { return Ok(()) };
    let coverage = scale.coverage(condition);
    if !coverage.exact || (0..scale.len()).any(|segment| coverage.holds(segment) && scale.has_values(segment)) {
        return Ok(());
    }
    Err(never(condition, item, text, span))
}

/// A scale on which all the conditions can be placed, if there is one: not where parameters stand, whose values vary, nor
/// where bare amounts meet a currency.
fn scale(conditions: &[Condition], kind: &Kind) -> Option<Scale> {
    let mut bounds = Vec::new();
    for each in conditions {
        each.each_bound(&mut |bound, _| bounds.push(bound));
    }
    let is_bare = |bound: &&Bound| matches!(bound, Bound::Amount(_));
    let is_param = |bound: &&Bound| matches!(bound, Bound::Param { .. });
    let is_mixed = bounds.iter().any(is_bare) && !bounds.iter().all(is_bare);
    (!is_mixed && !bounds.iter().any(is_param)).then(|| Scale::new(kind, &bounds, usize::MAX))
}

fn never(condition: &Condition, kind: &Kind, text: &str, span: Span) -> CellError {
    let error = |why: &str| CellError::new(Code::CellNever, span, format!("`{text}` never holds: {why}"));
    match condition {
        Condition::Within(interval) => {
            let swapped = Condition::Within(Interval {
                from: interval.to.clone(),
                to: interval.from.clone(),
                from_included: interval.from_included,
                to_included: interval.to_included,
            });
            let holds_swapped = scale(std::slice::from_ref(&swapped), kind).is_some_and(|scale| {
                let coverage = scale.coverage(&swapped);
                (0..scale.len()).any(|segment| coverage.holds(segment) && scale.has_values(segment))
            });
            if holds_swapped && interval.from != interval.to {
                error("its ends are the wrong way round").instead(swapped.to_string())
            } else {
                error("no value lies between its ends")
            }
        }
        Condition::Not(_) => error("it leaves no value"),
        Condition::Compare(_, bound) => error(&format!("no value lies beyond `{bound}`")),
        Condition::Equal(_) | Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => {
            error("there is no such value")
        }
    }
}

/// `any` beside other alternatives.
pub(super) fn any_among_others(span: Span) -> CellError {
    CellError::new(Code::CellAlways, span, "`any` among others: the cell always holds").help("write `any` alone, or leave it out")
}

/// What may stand behind a `not`.
pub(super) fn negation(conditions: Vec<Condition>, span: Span) -> Result<Vec<Condition>, CellError> {
    if conditions.iter().all(|each| *each == Condition::Missing) {
        return Err(CellError::new(Code::BadCell, span, "`not missing` may mean two things")
            .help("write `present` for a fact that is given, also as unknown, or `not unknown` for one whose value is known"));
    }
    Ok(conditions)
}

/// Finds alternatives that hold together for every value, and others that cannot mean what they say.
pub(super) fn together(conditions: &[Condition], kind: &Kind, dialect: Dialect, span: Span) -> Result<(), CellError> {
    one_currency(conditions, span)?;
    every_state(conditions, kind, span)?;
    let item = if let Kind::List(item) = kind { item } else { kind };
    let on_values: Vec<&Condition> = conditions.iter().filter(|each| speaks_of_values(each, kind)).collect();
    let Some(scale) = scale(conditions, item) else { return Ok(()) };
    let coverages: Vec<Coverage> = on_values.iter().map(|each| scale.coverage(each)).collect();
    let all = coverages.iter().fold(Coverage::none(), Coverage::or);
    if !all.exact {
        return Ok(());
    }
    if (0..scale.len()).all(|segment| all.holds(segment) || !scale.has_values(segment)) && !on_values.is_empty() {
        let message = "the cell holds for every known value";
        return Err(always(CellError::new(Code::CellAlways, span, message), &on_values, item, dialect));
    }
    for (negation, excluded) in on_values.iter().zip(&coverages).filter(|(each, _)| matches!(each, Condition::Not(_))) {
        for (other, coverage) in on_values.iter().zip(&coverages) {
            if !matches!(other, Condition::Not(_)) && coverage.and(&excluded.complement(scale.len())).ranges().is_empty() {
                let message = format!("`{other}` adds nothing beside `{negation}`: alternatives are joined by *or*");
                let inside = negation.to_string();
                let inside = inside.trim_start_matches("not ").trim_start_matches('(').trim_end_matches(')');
                return Err(CellError::new(Code::BadCell, span, message)
                    .help(format!("for none of them write `not ({inside}, {other})`")));
            }
        }
    }
    Ok(())
}

/// Does a condition speak of known values, other than that there is one?
fn speaks_of_values(condition: &Condition, kind: &Kind) -> bool {
    match condition {
        Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => false,
        // For a list every negation also speaks of the list without items.
        Condition::Not(_) if matches!(kind, Kind::List(_)) => false,
        Condition::Not(conditions) => conditions.iter().any(|each| speaks_of_values(each, kind)),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) => true,
    }
}

fn every_state(conditions: &[Condition], kind: &Kind, span: Span) -> Result<(), CellError> {
    let has = |condition| conditions.contains(&condition);
    let is_list = matches!(kind, Kind::List(_));
    if has(Condition::Missing) && has(Condition::Present) && (!is_list || has(Condition::Empty)) {
        return Err(CellError::new(Code::CellAlways, span, "the cell always holds").instead("any"));
    }
    Ok(())
}

fn one_currency(conditions: &[Condition], span: Span) -> Result<(), CellError> {
    let mut currencies: Vec<Currency> = Vec::new();
    for each in conditions {
        each.each_bound(&mut |bound, _| {
            if let Bound::Value(Value::Money(money)) = bound
                && !currencies.contains(&money.currency())
            {
                currencies.push(money.currency());
            }
        });
    }
    match currencies.as_slice() {
        [first, second, ..] => {
            let message = format!("one cell names two currencies, {first} and {second}; money never changes currency silently");
            Err(CellError::new(Code::TypeMismatch, span, message)
                .help("make it a parameter with an amount for each currency, and name that"))
        }
        _ => Ok(()),
    }
}

/// With what may have been meant.
fn always(error: CellError, conditions: &[&Condition], kind: &Kind, dialect: Dialect) -> CellError {
    let general = "write `any`, or `not unknown` where the value must be known";
    let [Condition::Compare(one, one_bound), Condition::Compare(two, two_bound)] = conditions else { return error.help(general) };
    if one.is_lower() == two.is_lower() {
        return error.help(general);
    }
    let ((lower, from), (upper, to)) =
        if one.is_lower() { ((*one, one_bound), (*two, two_bound)) } else { ((*two, two_bound), (*one, one_bound)) };
    let meant = Condition::Within(Interval {
        from: from.clone(),
        from_included: lower == Comparison::AtLeast,
        to: to.clone(),
        to_included: upper == Comparison::AtMost,
    });
    if condition(&meant, kind, "", Span::default()).is_err() {
        return error.help(general);
    }
    let written = closed(&meant).unwrap_or_else(|| match dialect {
        Dialect::Yaml => meant.to_string(),
        Dialect::Table => {
            let open = if lower == Comparison::AtLeast { '[' } else { '(' };
            let close = if upper == Comparison::AtMost { ']' } else { ')' };
            format!("{open}{from}..{to}{close}")
        }
    });
    let help = format!("alternatives are joined by *or*; for the interval write `{written}`");
    error.instead(written).help(help)
}

/// The same interval with its ends, where the next value is known: over 30 is at least 31.
fn closed(meant: &Condition) -> Option<String> {
    let Condition::Within(Interval { from, from_included, to, to_included }) = meant else { return None };
    let moved = |bound: &Bound, included: bool, by: i64| match bound {
        Bound::Value(_) if included => Some(bound.clone()),
        Bound::Value(Value::Integer(number)) => number.checked_add(by).map(|next| Bound::Value(Value::Integer(next))),
        Bound::Value(Value::Date(day)) => day.plus_days(by).ok().map(|next| Bound::Value(Value::Date(next))),
        Bound::Value(_) | Bound::Amount(_) | Bound::Param { .. } => None,
    };
    Some(format!("{} to {}", moved(from, *from_included, 1)?, moved(to, *to_included, -1)?))
}
