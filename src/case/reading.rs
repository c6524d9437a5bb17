//! Reading one value of a declared kind out of a document node, with every mistake reported at its place.

use crate::limits::{FACT_LIST_ITEMS_MAX, FACT_TEXT_BYTES_MAX};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Node, NodeKind, Scalar, Source, Style};
use crate::value::{
    Currency, Date, DateTime, Decimal, Duration, EnumKind, EnumValue, Fact, Kind, Money, Place, Record, RecordKind, Trouble,
    Value, Zone,
};
use std::sync::Arc;

/// What a reader of values carries along: the text, where findings go, and the time zone for days that stand for instants.
pub(crate) struct Reading<'a> {
    pub(crate) source: &'a Source,
    pub(crate) zone: &'a Zone,
    pub(crate) out: &'a mut Diagnostics,
    /// Where a fact of that name belongs, if there is one.
    pub(crate) home_of: fn(&str) -> Option<String>,
}

impl Reading<'_> {
    pub(crate) fn report(&mut self, code: Code, node: &Node, path: &str, message: String, help: Option<String>) {
        let diagnostic = Diagnostic::error(code, self.source, node.span, message).path(path).help_opt(help);
        self.out.push(diagnostic);
    }

    /// A fact that cannot be unknown, and is said to be.
    pub(crate) fn not_knowable(&mut self, node: &Node, path: &str, message: String) {
        let place = self.source.place(node.span);
        let finding = Diagnostic::at(Code::NotKnowable, &place, message).path(path).help("leave it out if nobody has given it");
        let name = path.rsplit('.').next().unwrap_or(path);
        self.out.push(finding.fix(Fix::without_entry(&place, name)));
    }

    fn wrong_type(&mut self, node: &Node, path: &str, expected: &str, help: Option<String>) {
        let message = format!("`{path}` expects {expected}, found {}", node.describe());
        self.report(Code::WrongType, node, path, message, help.or_else(|| absent(node)));
    }

    fn trouble(&mut self, code: Code, node: &Node, path: &str, trouble: &Trouble) {
        self.report(code, node, path, format!("`{path}`: {trouble}"), absent(node));
    }
}

/// What to do where a word says that there is no value.
fn absent(node: &Node) -> Option<String> {
    let word = node.as_text()?.to_ascii_lowercase();
    let says_so = matches!(word.as_str(), "missing" | "n/a" | "na" | "none" | "null" | "nil" | "-" | "");
    says_so.then(|| {
        "leave the fact out where nobody has given it, or write `unknown` where it was asked and is not known".to_owned()
    })
}

/// Reads a value of a declared kind from a document node; mistakes are added to `out` with `path` naming the fact.
pub fn read_value(node: &Node, kind: &Kind, path: &str, source: &Source, zone: &Zone, out: &mut Diagnostics) -> Option<Value> {
    value_of(node, kind, path, &mut Reading { source, zone, out, home_of: |_| None })
}

pub(crate) fn value_of(node: &Node, kind: &Kind, path: &str, reading: &mut Reading<'_>) -> Option<Value> {
    match kind {
        Kind::Boolean => boolean(node, path, reading).map(Value::Boolean),
        Kind::Integer => integer(node, path, reading).map(Value::Integer),
        Kind::Decimal => decimal(node, path, reading).map(Value::Decimal),
        Kind::Money => money(node, path, reading).map(Value::Money),
        Kind::Text => text(node, path, reading).map(Value::text),
        Kind::Enum(names) => member(node, names, path, reading).map(Value::Enum),
        Kind::Place => parsed(node, path, "a place such as `US-VA`", Place::parse, reading).map(Value::Place),
        Kind::Date => parsed(node, path, "a date", Date::parse, reading).map(Value::Date),
        Kind::DateTime => instant(node, path, reading).map(Value::DateTime),
        Kind::Duration => parsed(node, path, "a length of time", Duration::parse, reading).map(Value::Duration),
        Kind::List(item) => {
            let items = list_items(node, path, reading)?;
            let mut values = Vec::with_capacity(items.len());
            for (at, each) in items.iter().enumerate() {
                values.push(value_of(each, item, &format!("{path}[{}]", at + 1), reading));
            }
            values.into_iter().collect::<Option<Vec<_>>>().map(Value::list)
        }
        Kind::Record(record) => record_value(node, record, path, reading).map(Value::Record),
    }
}

/// The items of a list, or a finding.
pub(crate) fn list_items<'n>(node: &'n Node, path: &str, reading: &mut Reading<'_>) -> Option<&'n [Node]> {
    let Some(items) = node.as_list() else {
        reading.wrong_type(node, path, "a list", Some(format!("write it as a list, even for one item: `[{}]`", plain(node))));
        return None;
    };
    if items.len() > FACT_LIST_ITEMS_MAX {
        let message = format!("`{path}` has {} items, more than the {FACT_LIST_ITEMS_MAX} that a case may hold", items.len());
        reading.report(Code::TooLarge, node, path, message, None);
        return None;
    }
    Some(items)
}

fn plain(node: &Node) -> String {
    node.as_text().map_or_else(|| "...".to_owned(), |text| text.chars().take(40).collect())
}

fn scalar<'n>(node: &'n Node, path: &str, expected: &str, reading: &mut Reading<'_>) -> Option<&'n Scalar> {
    if let NodeKind::Scalar(scalar) = &node.kind {
        return Some(scalar);
    }
    reading.wrong_type(node, path, expected, None);
    None
}

pub(crate) fn boolean(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<bool> {
    let found = scalar(node, path, "`true` or `false`", reading)?;
    match (found.text.as_str(), found.style) {
        ("true", Style::Plain | Style::Bare) => Some(true),
        ("false", Style::Plain | Style::Bare) => Some(false),
        ("true" | "false", _) => {
            reading.wrong_type(node, path, "`true` or `false`", Some("take the quotes away: quoted, it is text".to_owned()));
            None
        }
        _ => {
            let help = match found.text.to_ascii_lowercase().as_str() {
                "yes" | "y" | "on" | "true" => Some("write `true`".to_owned()),
                "no" | "n" | "off" | "false" => Some("write `false`".to_owned()),
                _ => None,
            };
            reading.wrong_type(node, path, "`true` or `false`", help);
            None
        }
    }
}

pub(crate) fn integer(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<i64> {
    let found = scalar(node, path, "a whole number", reading)?;
    if found.style == Style::Quoted && Decimal::parse(&found.text).is_ok() {
        reading.wrong_type(node, path, "a whole number", Some("take the quotes away: quoted, it is text".to_owned()));
        return None;
    }
    if let Some(number) = Decimal::parse(&found.text).ok().filter(|_| !found.text.contains('.')).and_then(Decimal::to_integer) {
        return Some(number);
    }
    reading.wrong_type(node, path, "a whole number", None);
    None
}

pub(crate) fn decimal(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Decimal> {
    let found = scalar(node, path, "a number", reading)?;
    match Decimal::parse(&found.text) {
        Ok(number) => Some(number),
        Err(trouble) => {
            let percent = found.text.strip_suffix('%').and_then(|share| Decimal::parse(share.trim()).ok());
            let share = percent.and_then(|share| share.divided_by(Decimal::from(100)).ok());
            let help = share.map(|share| format!("write a share of one: `{share}`")).or_else(|| absent(node));
            reading.report(Code::WrongType, node, path, format!("`{path}`: {trouble}"), help);
            None
        }
    }
}

pub(crate) fn text(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<String> {
    let found = scalar(node, path, "text", reading)?;
    if found.text.len() > FACT_TEXT_BYTES_MAX {
        let message =
            format!("`{path}` has {} bytes, more than the {FACT_TEXT_BYTES_MAX} that one text may have", found.text.len());
        reading.report(Code::TooLarge, node, path, message, None);
        return None;
    }
    if found.style == Style::Bare {
        reading.wrong_type(node, path, "text", Some(format!("write it in quotes: `\"{}\"`", found.text)));
        return None;
    }
    Some(found.text.clone())
}

fn parsed<T>(
    node: &Node,
    path: &str,
    expected: &str,
    parse: impl FnOnce(&str) -> Result<T, Trouble>,
    reading: &mut Reading<'_>,
) -> Option<T> {
    let found = scalar(node, path, expected, reading)?;
    match parse(&found.text) {
        Ok(value) => Some(value),
        Err(trouble) => {
            reading.trouble(Code::WrongType, node, path, &trouble);
            None
        }
    }
}

pub(crate) fn place(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Place> {
    parsed(node, path, "a place such as `US-VA`", Place::parse, reading)
}

pub(crate) fn date(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Date> {
    parsed(node, path, "a date", Date::parse, reading)
}

/// An instant; a day alone stands for its beginning in the time zone of the case.
pub(crate) fn instant(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<DateTime> {
    let found = scalar(node, path, "a time with its offset", reading)?;
    let result = match Date::parse(&found.text) {
        Ok(day) => day.begins_in(reading.zone),
        Err(trouble) if found.text.len() == 10 && found.text.as_bytes().get(4) == Some(&b'-') => Err(trouble),
        Err(_) => DateTime::parse(&found.text),
    };
    match result {
        Ok(instant) => Some(instant),
        Err(trouble) => {
            reading.trouble(Code::WrongType, node, path, &trouble);
            None
        }
    }
}

pub(crate) fn money(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Money> {
    match &node.kind {
        NodeKind::Scalar(found) => match Money::parse(&found.text) {
            Ok(money) => Some(money),
            Err(trouble) => {
                let help = rewritten(&found.text).map(|money| format!("write `{money}`")).or_else(|| absent(node));
                reading.report(Code::BadMoney, node, path, format!("`{path}`: {trouble}"), help);
                None
            }
        },
        NodeKind::Map(entries) => {
            for entry in entries {
                if entry.key.text != "amount" && entry.key.text != "currency" {
                    let message = format!("`{path}` has no part `{}`; money has `amount` and `currency`", entry.key.text);
                    let help = did_you_mean(&entry.key.text, ["amount", "currency"]);
                    let at = Node { span: entry.key.span, kind: NodeKind::Null };
                    reading.report(Code::BadMoney, &at, path, message, help);
                    return None;
                }
            }
            let amount = node.get("amount").and_then(|amount| money_amount(amount, path, reading));
            let currency = node.get("currency").and_then(|currency| match Currency::parse(currency.as_text().unwrap_or("")) {
                Ok(known) => Some(known),
                Err(trouble) => {
                    reading.trouble(Code::BadMoney, currency, path, &trouble);
                    None
                }
            });
            for (part, given) in [("amount", node.get("amount")), ("currency", node.get("currency"))] {
                if given.is_none() {
                    let message = format!("`{path}` has no `{part}`");
                    let help = Some("write it as `{amount: \"64.20\", currency: USD}` or `64.20 USD`".to_owned());
                    reading.report(Code::BadMoney, node, path, message, help);
                }
            }
            Some(Money::new(amount?, currency?))
        }
        NodeKind::Null | NodeKind::List(_) => {
            reading.wrong_type(node, path, "an amount of money", Some("write it as `64.20 USD`".to_owned()));
            None
        }
    }
}

/// An amount whose currency code is in small letters, or whose number has a comma for its point, as it should be written.
fn rewritten(text: &str) -> Option<Money> {
    let (amount, currency) = text.rsplit_once(' ')?;
    let amount = match (amount.matches(',').count(), amount.contains('.')) {
        (0, _) => amount.to_owned(),
        // `1,064.20`: commas before the point part thousands.
        (_, true) if amount.rfind(',') < amount.find('.') => amount.replace(',', ""),
        (1, false) if amount.rsplit_once(',').is_some_and(|(_, cents)| cents.len() <= 2) => amount.replace(',', "."),
        _ => return None,
    };
    Money::parse(&format!("{amount} {}", currency.to_ascii_uppercase())).ok()
}

fn money_amount(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Decimal> {
    let found = scalar(node, path, "an amount as text", reading)?;
    if found.style == Style::Bare {
        let message = format!(
            "`{path}` has an amount that is a JSON number; on its way such a number may pass through binary floating point"
        );
        reading.report(Code::BadMoney, node, path, message, Some(format!("write it as text: `\"{}\"`", found.text)));
        return None;
    }
    match Decimal::parse(&found.text) {
        Ok(amount) => Some(amount),
        Err(trouble) => {
            reading.trouble(Code::BadMoney, node, path, &trouble);
            None
        }
    }
}

/// A name out of a closed list.
pub(crate) fn member(node: &Node, names: &Arc<EnumKind>, path: &str, reading: &mut Reading<'_>) -> Option<EnumValue> {
    let expected = Kind::Enum(names.clone()).to_string();
    let found = scalar(node, path, &expected, reading)?;
    let value = EnumValue::named(names, &found.text);
    if value.is_none() {
        let message = format!("`{path}` expects {expected}, found {}", node.describe());
        let help = did_you_mean(&found.text, names.names.iter().map(|name| &**name)).or_else(|| absent(node));
        reading.report(Code::UnknownMember, node, path, message, help);
    }
    value
}

/// A group of named fields of a kind declared at run time.
fn record_value(node: &Node, kind: &Arc<RecordKind>, path: &str, reading: &mut Reading<'_>) -> Option<Record> {
    let Some(entries) = node.as_map() else {
        reading.wrong_type(node, path, &format!("a mapping ({})", kind.name), None);
        return None;
    };
    let mut values = vec![Fact::Missing; kind.fields.len()];
    let mut sound = true;
    for entry in entries {
        let inner = format!("{path}.{}", entry.key.text);
        match kind.fields.iter().zip(values.iter_mut()).find(|(field, _)| *field.name == *entry.key.text) {
            Some((_, _)) if entry.value.is_null() => {}
            Some((field, slot)) => match value_of(&entry.value, &field.kind, &inner, reading) {
                Some(value) => *slot = Fact::Known(value),
                None => sound = false,
            },
            None => {
                sound = false;
                let help = did_you_mean(&entry.key.text, kind.fields.iter().map(|field| &*field.name));
                let at = Node { span: entry.key.span, kind: NodeKind::Null };
                reading.report(Code::UnknownFact, &at, &inner, format!("there is no fact `{inner}`"), help);
            }
        }
    }
    sound.then(|| Record::new(kind.clone(), values))
}
