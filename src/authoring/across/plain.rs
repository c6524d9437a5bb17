//! Conditions and possible values in words.

use crate::decision::Found;
use crate::rule::Cell;
use crate::value::{Fact, Known, Possible, Range, Value};

/// So many values are listed.
const VALUES_SHOWN: usize = 6;

/// What a cell asks for.
pub(super) fn cell_text(cell: &Cell) -> String {
    format!("`{}`", cell.describe())
}

/// What a value can be.
pub(super) fn possible_text(possible: &Possible) -> String {
    let mut words: Vec<String> = match &possible.known {
        Known::Any => vec!["anything".to_owned()],
        Known::Among(values) => {
            let mut listed: Vec<String> = values.iter().take(VALUES_SHOWN).map(value_text).collect();
            if values.len() > VALUES_SHOWN {
                listed.push("others".to_owned());
            }
            listed
        }
        Known::Between(range) => vec![range_text(range)],
    };
    for (may_be, word) in [(possible.missing, "missing"), (possible.unknown, "unknown")] {
        if may_be {
            words.push(word.to_owned());
        }
    }
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn value_text(value: &Value) -> String {
    Found(&Fact::Known(value.clone())).to_string()
}

fn range_text(range: &Range) -> String {
    let end = |number: crate::value::Decimal| match range.currency {
        Some(currency) => crate::value::Money::new(number, currency).to_string(),
        None => number.to_string(),
    };
    match (range.low, range.high) {
        (Some(low), Some(high)) => format!("{} to {}", end(low), end(high)),
        (Some(low), None) => format!("at least {}", end(low)),
        (None, Some(high)) => format!("at most {}", end(high)),
        (None, None) => "any amount".to_owned(),
    }
}
