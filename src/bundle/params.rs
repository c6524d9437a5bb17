//! Parameters: every number that a manager may want to turn, in one place.

use super::keys::Keys;
use crate::text::{Code, Diagnostic, Diagnostics, Entry, Node, NodeKind, Place, Source, Style};
use crate::value::{Currency, Date, Decimal, Kind, Money, Trouble, Value};
use std::collections::BTreeMap;

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamDoc {
    /// Its path below `params`: `goodwill.per_case_cap`.
    pub path: Vec<String>,
    /// Its kind, the same in every period.
    pub kind: Kind,
    /// Its values over time; one without dates where it does not change, none where it could not be read.
    pub periods: Vec<ParamPeriod>,
    /// Where it stands.
    pub place: Place,
}

/// The value of a parameter from one day to another, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamPeriod {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// The value.
    pub value: ParamValue,
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// The same for every case.
    Plain(Value),
    /// `250.00 case`: money in the currency of the case.
    CaseMoney(Decimal),
    /// Money by currency.
    ByCurrency(BTreeMap<Currency, Decimal>),
}

impl ParamValue {
    fn kind(&self) -> Kind {
        match self {
            Self::Plain(value) => value.kind(),
            Self::CaseMoney(_) | Self::ByCurrency(_) => Kind::Money,
        }
    }
}

/// Reads the tree below `params`.
pub(crate) fn read_params(entries: &[Entry], source: &Source, out: &mut Diagnostics) -> Vec<ParamDoc> {
    let mut list = Vec::new();
    read_group(entries, &mut Vec::new(), source, &mut list, out);
    list
}

/// The parameters of a `bundle.yaml`, of a bundle or of a pack, as far as they can be read; what is wrong is told when it is loaded.
#[cfg(feature = "backtest")]
pub(crate) fn params_of(tree: &Node, source: &Source) -> Vec<ParamDoc> {
    let entries = tree.get("params").and_then(Node::as_map).unwrap_or_default();
    read_params(entries, source, &mut Diagnostics::new())
}

fn read_group(entries: &[Entry], path: &mut Vec<String>, source: &Source, list: &mut Vec<ParamDoc>, out: &mut Diagnostics) {
    for entry in entries {
        path.push(entry.key.text.clone());
        let is_name =
            entry.key.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !entry.key.text.is_empty();
        if !is_name {
            let message = format!("`{}` cannot be the name of a parameter", entry.key.text);
            let help = "use letters, digits and underscores";
            out.push(Diagnostic::error(Code::BadValue, source, entry.key.span, message).help(help));
        }
        match &entry.value.kind {
            NodeKind::Map(inner) if !is_money_by_currency(inner) => read_group(inner, path, source, list, out),
            _ => {
                let (kind, periods) = read_param(&entry.value, &path.join("."), source, out).unwrap_or((Kind::Text, Vec::new()));
                list.push(ParamDoc { path: path.clone(), kind, periods, place: source.place(entry.key.span) });
            }
        }
        path.pop();
    }
}

/// Is it money by currency, and no group of parameters?
pub(crate) fn is_money_by_currency(entries: &[Entry]) -> bool {
    let looks = |key: &str| key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_uppercase());
    !entries.is_empty() && entries.iter().all(|entry| looks(&entry.key.text))
}

fn read_param(node: &Node, path: &str, source: &Source, out: &mut Diagnostics) -> Option<(Kind, Vec<ParamPeriod>)> {
    let over_time = node.as_list().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.get("value").is_some()));
    if !over_time {
        let value = read_value(node, path, source, out)?;
        return Some((value.kind(), vec![ParamPeriod { from: None, until: None, value }]));
    }
    let mut periods: Vec<ParamPeriod> = Vec::new();
    let mut kind: Option<Kind> = None;
    let found_before = out.len();
    for item in node.as_list().unwrap_or(&[]) {
        let keys = Keys::open(item, source, "a period of a parameter", &["from", "until", "value"], out)?;
        let (from, until) = keys.period("this period", &source.place(item.span), out);
        let Some(value) = read_value(keys.need("value", out)?, path, source, out) else { continue };
        let expected = kind.get_or_insert_with(|| value.kind());
        if *expected != value.kind() {
            let message = format!("`params.{path}` is {expected} in one period and {} in another", value.kind());
            out.push(Diagnostic::error(Code::TypeMismatch, source, item.span, message));
        }
        periods.push(ParamPeriod { from, until, value });
    }
    // Periods that are wrong one by one tell nothing about how they follow each other.
    if out.len() == found_before {
        close_periods(&mut periods, path, node, source, out);
    }
    kind.map(|kind| (kind, periods))
}

/// A period without an end lasts until the next one begins; two that share a day are an error.
fn close_periods(periods: &mut [ParamPeriod], path: &str, node: &Node, source: &Source, out: &mut Diagnostics) {
    periods.sort_by_key(|period| period.from);
    for at in 1..periods.len() {
        let Some((before, after)) = periods.split_at_mut_checked(at) else { return };
        let (Some(before), Some(after)) = (before.last_mut(), after.first()) else { return };
        let Some(next) = after.from else {
            let message = format!("two periods of `params.{path}` have no beginning");
            out.push(Diagnostic::error(Code::EmptyRange, source, node.span, message).help("give all but the first a `from:`"));
            return;
        };
        match before.until {
            None => before.until = next.plus_days(-1).ok(),
            Some(until) if until >= next => {
                let message = format!("two periods of `params.{path}` hold on {next}");
                let before = next.plus_days(-1).map_or_else(|_| "the day before".to_owned(), |day| format!("`until: {day}`"));
                let help = format!("end the earlier one with {before}");
                out.push(Diagnostic::error(Code::EmptyRange, source, node.span, message).help(help));
            }
            Some(_) => {}
        }
    }
}

fn read_value(node: &Node, path: &str, source: &Source, out: &mut Diagnostics) -> Option<ParamValue> {
    match &node.kind {
        NodeKind::Scalar(scalar) => {
            let plain = scalar.style == Style::Plain || scalar.style == Style::Bare;
            if let Some(trouble) = broken_money(&scalar.text) {
                let message = format!("`params.{path}`: {trouble}");
                let help = "write an amount with a point and a currency code: `20.00 USD`";
                out.push(Diagnostic::error(Code::BadMoney, source, node.span, message).help(help));
                return None;
            }
            Some(scalar_value(&scalar.text, plain).unwrap_or_else(|| ParamValue::Plain(Value::text(scalar.text.as_str()))))
        }
        NodeKind::List(items) => {
            let mut values = Vec::new();
            for item in items {
                match read_value(item, path, source, out)? {
                    ParamValue::Plain(value) => values.push(value),
                    ParamValue::CaseMoney(_) | ParamValue::ByCurrency(_) => {
                        let message = format!("a list in `params.{path}` holds plain values, not money of the case");
                        let help = "write a number or an amount with its currency: `20.00 USD`";
                        out.push(Diagnostic::error(Code::BadValue, source, item.span, message).help(help));
                        return None;
                    }
                }
            }
            Some(ParamValue::Plain(Value::list(values)))
        }
        NodeKind::Map(entries) => {
            let mut amounts = BTreeMap::new();
            for entry in entries {
                let read = Currency::parse(&entry.key.text)
                    .and_then(|currency| Decimal::parse(entry.value.as_text().unwrap_or("")).map(|amount| (currency, amount)));
                match read {
                    Ok((currency, amount)) => {
                        amounts.insert(currency, amount);
                    }
                    Err(trouble) => {
                        let message = format!("`params.{path}`: {trouble}");
                        let help = "money by currency is written `{USD: 100.00, EUR: 90.00}`";
                        out.push(Diagnostic::error(Code::BadMoney, source, entry.value.span, message).help(help));
                        return None;
                    }
                }
            }
            Some(ParamValue::ByCurrency(amounts))
        }
        NodeKind::Null => {
            let message = format!("`params.{path}` has no value");
            let help = "write a number, an amount or a text: `0.50`, `20.00 USD`, `standard`";
            out.push(Diagnostic::error(Code::BadValue, source, node.span, message).help(help));
            None
        }
    }
}

/// What is wrong with a text that looks like money, a number and three capital letters, and is none.
fn broken_money(text: &str) -> Option<Trouble> {
    let (amount, currency) = text.rsplit_once(' ')?;
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_amount = amount.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && amount.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b' '));
    if is_code && is_amount { Money::parse(text).err() } else { None }
}

/// The kind of a scalar parameter follows from how it is written.
fn scalar_value(text: &str, plain: bool) -> Option<ParamValue> {
    if let Some((amount, "case")) = text.rsplit_once(' ') {
        return Decimal::parse(amount.trim()).ok().map(ParamValue::CaseMoney);
    }
    if let Ok(money) = Money::parse(text) {
        return Some(ParamValue::Plain(Value::Money(money)));
    }
    if let Ok(date) = Date::parse(text) {
        return Some(ParamValue::Plain(Value::Date(date)));
    }
    if !plain {
        return None;
    }
    match text {
        "true" => Some(ParamValue::Plain(Value::Boolean(true))),
        "false" => Some(ParamValue::Plain(Value::Boolean(false))),
        _ => {
            let number = Decimal::parse(text).ok()?;
            let value = match number.to_integer() {
                Some(whole) if !text.contains('.') => Value::Integer(whole),
                _ => Value::Decimal(number),
            };
            Some(ParamValue::Plain(value))
        }
    }
}
