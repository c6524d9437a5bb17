//! Values inside a cell, read under the kind of its column.

use super::description::KEYWORDS;
use super::{Bound, CellError, operator};
use crate::text::{Code, Span, nearest};
use crate::value::{Date, DateTime, Decimal, Duration, EnumValue, Kind, Money, Place, Trouble, Value};

/// The bound that a text without quotes means.
pub(super) fn bound(text: &str, kind: &Kind, span: Span) -> Result<Bound, CellError> {
    if let (Kind::Money, Ok(amount)) = (kind, Decimal::parse(text)) {
        return Ok(Bound::Amount(amount));
    }
    value(text, kind, span).map(Bound::Value)
}

/// The value that a text means.
pub(super) fn value(text: &str, kind: &Kind, span: Span) -> Result<Value, CellError> {
    match kind {
        Kind::Boolean => match text {
            // The three spellings of YAML 1.2; spreadsheets save the last.
            "true" | "True" | "TRUE" => Ok(Value::Boolean(true)),
            "false" | "False" | "FALSE" => Ok(Value::Boolean(false)),
            _ => {
                let meant = match text.to_lowercase().as_str() {
                    "yes" | "y" | "on" => Some("true"),
                    "no" | "n" | "off" => Some("false"),
                    _ => None,
                };
                let error = wrong(text, kind, span);
                Err(match meant {
                    Some(meant) => error.instead(meant),
                    None => advised(error, text, &["true", "false"]),
                })
            }
        },
        Kind::Integer => match Decimal::parse(text) {
            Ok(number) => number.to_integer().map(Value::Integer).ok_or_else(|| wrong(text, kind, span)),
            Err(trouble) => Err(number_trouble(text, kind, span, &trouble)),
        },
        Kind::Decimal => Decimal::parse(text).map(Value::Decimal).map_err(|trouble| number_trouble(text, kind, span, &trouble)),
        Kind::Money => Money::parse(text).map(Value::Money).map_err(|trouble| money_trouble(text, span, &trouble)),
        Kind::Text => Ok(Value::text(text)),
        Kind::Enum(names) => EnumValue::named(names, text).map(Value::Enum).ok_or_else(|| {
            let known: Vec<&str> = names.names.iter().map(|name| &**name).collect();
            advised(CellError::new(Code::UnknownMember, span, format!("`{text}` is not {kind}")), text, &known)
        }),
        Kind::Place => Place::parse(text).map(Value::Place).map_err(|_| {
            let upper = text.to_uppercase();
            let meant = Place::parse(&upper).is_ok().then(|| nearest::ask(&upper));
            let error = wrong(text, kind, span).help("write a country or a part of it: `GB`, `US-VA`, `EU-ES`");
            if meant.is_some() { error.help_opt(meant) } else { advised(error, text, &[]) }
        }),
        Kind::Date => Date::parse(text).map(Value::Date).map_err(|trouble| {
            let meant = DateTime::parse(text).ok().map(|time| format!("write the day alone: `{}`", time.day_as_written()));
            told(text, kind, span, &trouble, "write it as `2026-03-05`").help_opt(meant)
        }),
        Kind::DateTime => DateTime::parse(text).map(Value::DateTime).map_err(|trouble| date_for_time(text, span, &trouble)),
        Kind::Duration => Duration::parse(text)
            .map(Value::Duration)
            .map_err(|trouble| told(text, kind, span, &trouble, "write it as `10 days` or `24 hours`")),
        Kind::List(item) => value(text, item, span),
        Kind::Record(_) => {
            let message = format!("{kind} is a group of facts: a cell can only ask whether it is there");
            Err(CellError::new(Code::BadCell, span, message).help("write `present` or `missing`, or name one of its fields"))
        }
    }
}

fn wrong(text: &str, kind: &Kind, span: Span) -> CellError {
    CellError::new(Code::BadCell, span, format!("`{text}` is not {kind}"))
}

/// The trouble's own words where the text has the right shape (a day that does not exist), else that it is not of the kind.
fn told(text: &str, kind: &Kind, span: Span, trouble: &Trouble, shape: &str) -> CellError {
    let message = trouble.to_string();
    if message.starts_with(&format!("`{text}` is not ")) {
        return advised(wrong(text, kind, span).help(shape), text, &[]);
    }
    CellError::new(Code::BadCell, span, message)
}

fn date_for_time(text: &str, span: Span, trouble: &Trouble) -> CellError {
    if Date::parse(text).is_ok() {
        return CellError::new(
            Code::TypeMismatch,
            span,
            format!("`{text}` is a day, the column holds times with their offset from UTC"),
        )
        .help(format!("write a time such as `{text}T00:00:00Z`, or let the day be a `let`, `= day_of(...)`, and ask that"));
    }
    told(text, &Kind::DateTime, span, trouble, "write it as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`")
}

fn number_trouble(text: &str, kind: &Kind, span: Span, trouble: &Trouble) -> CellError {
    let message = trouble.to_string();
    if message.ends_with("exactly") {
        return CellError::new(Code::BadCell, span, message);
    }
    let percent = text.strip_suffix('%').and_then(|number| Decimal::parse(number.trim()).ok());
    let meant = percent
        .filter(|_| *kind == Kind::Decimal)
        .and_then(|number| number.divided_by(Decimal::from(100)).ok())
        .map(|number| number.to_string());
    let error = wrong(text, kind, span);
    match meant {
        Some(meant) => error.instead(&*meant).help(format!("write it as `{meant}`")),
        None => advised(error, text, &[]),
    }
}

fn money_trouble(text: &str, span: Span, trouble: &Trouble) -> CellError {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [amount, currency] = words.as_slice()
        && Decimal::parse(amount).is_ok()
    {
        let meant = nearest_currency(currency).map(|code| nearest::ask(&format!("{amount} {code}")));
        let case = (*currency == "case").then(|| {
            "an amount in the currency of the case is a parameter: name it, as `params.small_claim.tolerance`".to_owned()
        });
        return CellError::new(Code::BadMoney, span, trouble.to_string()).help_opt(meant).help_opt(case);
    }
    let shape = "write it as `100` (in the bundle's currency) or `100 USD`";
    advised(wrong(text, &Kind::Money, span).help(shape), text, &[])
}

fn nearest_currency(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    crate::value::Currency::parse(&upper).is_ok().then_some(upper)
}

/// What was probably meant by a text that is no value: a known name, another word for a comparison, another fact.
fn advised(error: CellError, text: &str, known: &[&str]) -> CellError {
    match operator::meant(text) {
        Some(meant) => error.instead(meant),
        None => error.help_opt(help(text, known)),
    }
}

fn help(text: &str, known: &[&str]) -> Option<String> {
    let names = known.iter().copied().chain(KEYWORDS.into_iter().filter(|_| !text.contains(' ')));
    if let Some(meant) = nearest::did_you_mean(text, names) {
        return Some(meant);
    }
    let inside = text.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    if let Some(items) = inside {
        return Some(format!("alternatives stand without brackets: `{}`", items.trim()));
    }
    if text.contains(" or ") {
        let items = text.replace(" or ", ", ");
        return Some(format!("alternatives are a list: `{items}` in a table, `[{items}]` in YAML"));
    }
    is_path(text).then(|| {
        "a cell compares with a fixed value or with a parameter (`params...`); to compare two facts, name the result with a `let`"
            .to_owned()
    })
}

/// Does it look like the path of a fact: `customer.tier`?
fn is_path(text: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.contains('.') && text.split('.').all(is_name)
}
