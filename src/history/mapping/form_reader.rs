//! How the cells of a column are written, as the mapping says it for one fact or for the whole file.

use super::date_format::DateFormat;
use super::number_format::NumberFormat;
use super::origin::{CellForm, CurrencyOf};
use super::origin_reader::OriginReader;
use super::target::Target;
use crate::text::{Code, Node};
use crate::value::{Currency, Decimal, Kind};

/// Which of these keys are about which kind of value.
const FORM_KEYS: [(&str, &str); 5] = [
    ("format", "days and times"),
    ("numbers", "numbers and amounts of money"),
    ("times", "numbers and amounts of money"),
    ("currency", "amounts of money"),
    ("currency_column", "amounts of money"),
];
/// How a fact of the company's own is read, whose kind only the bundle knows.
const AS_KINDS: [(&str, Kind); 5] =
    [("text", Kind::Text), ("number", Kind::Decimal), ("money", Kind::Money), ("date", Kind::Date), ("boolean", Kind::Boolean)];

impl OriginReader<'_> {
    /// How the cells of a column become values of the kind that the target has.
    pub(crate) fn cell_form(&mut self, node: &Node, target: &Target) -> Option<CellForm> {
        let path = target.path.as_str();
        let kind = match (&target.kind, node.get("as")) {
            (Some(kind), None) => kind.clone(),
            (None, None) => Kind::Text,
            (None, Some(_)) => self.shape.parsed(node, "as", path, as_kind)?,
            (Some(kind), Some(given)) => {
                let message = format!("`{path}` is {kind} by itself");
                let help = "take `as` away; it is for facts of your own, under `attributes.` and `input.`".to_owned();
                self.shape.report(Code::BadValue, given.span, path, message, Some(help));
                return None;
            }
        };
        self.form_keys_fit(node, &kind, path);
        Some(match &kind {
            Kind::Boolean => CellForm::Boolean,
            Kind::Integer | Kind::Decimal => {
                CellForm::Number { numbers: self.numbers(node, path)?, times: self.times(node, path)? }
            }
            Kind::Money => {
                let (numbers, times) = (self.numbers(node, path)?, self.times(node, path)?);
                CellForm::Money { numbers, times, currency: self.currency_of(node, path)? }
            }
            Kind::Date => CellForm::Day(self.dates(node, path)?),
            Kind::DateTime => {
                let dates = self.dates(node, path)?;
                if dates.is_local_time() && self.zone.is_none() {
                    let message = format!("`{path}` is read from times without an offset, and no time zone is stated");
                    let help = "state the zone of the file at its top: `time_zone: America/New_York`".to_owned();
                    self.shape.report(Code::MissingKey, node.span, path, message, Some(help));
                    return None;
                }
                CellForm::Time(dates)
            }
            Kind::List(_) | Kind::Record(_) => {
                let message = format!("`{path}` is {kind} and cannot be read from one cell");
                let help = "write `items: [...]`, or add `split: \";\"` when one cell holds several values".to_owned();
                self.shape.report(Code::BadValue, node.span, path, message, Some(help));
                return None;
            }
            _ => CellForm::AsWritten,
        })
    }

    /// A key that has nothing to say about a value of this kind is a mistake.
    fn form_keys_fit(&mut self, node: &Node, kind: &Kind, path: &str) {
        for entry in node.as_map().unwrap_or_default() {
            let key = entry.key.text.as_str();
            let Some((_, about)) = FORM_KEYS.iter().find(|(known, _)| *known == key) else { continue };
            let fits = match key {
                "format" => matches!(kind, Kind::Date | Kind::DateTime),
                "numbers" | "times" => matches!(kind, Kind::Integer | Kind::Decimal | Kind::Money),
                _ => *kind == Kind::Money,
            };
            if !fits {
                let message = format!("`{key}` is for {about}, and `{path}` is {kind}");
                self.shape.report(Code::BadValue, entry.key.span, path, message, Some("take it away".to_owned()));
            }
        }
    }

    fn numbers(&mut self, node: &Node, path: &str) -> Option<NumberFormat> {
        if node.get("numbers").is_none() {
            return Some(self.forms.numbers.clone());
        }
        self.shape.parsed(node, "numbers", path, number_format)
    }

    fn dates(&mut self, node: &Node, path: &str) -> Option<DateFormat> {
        if node.get("format").is_none() {
            return Some(self.forms.dates.clone());
        }
        self.shape.parsed(node, "format", path, date_format)
    }

    /// The outer option is about findings, the inner one about the key.
    #[expect(clippy::option_option, reason = "both absences mean different things, and only here")]
    fn times(&mut self, node: &Node, path: &str) -> Option<Option<Decimal>> {
        if node.get("times").is_none() {
            return Some(None);
        }
        let read = |text: &str| {
            Decimal::parse(text).map_err(|trouble| (trouble.to_string(), Some("write `times: 0.01` for cents".to_owned())))
        };
        self.shape.parsed(node, "times", path, read).map(Some)
    }

    fn currency_of(&mut self, node: &Node, path: &str) -> Option<CurrencyOf> {
        if node.get("currency_column").is_some() {
            let (name, span) = self.shape.text(node, "currency_column", path)?;
            return Some(CurrencyOf::Column(self.columns.id(name, span)));
        }
        if node.get("currency").is_some() {
            return self.shape.parsed(node, "currency", path, currency).map(CurrencyOf::All);
        }
        if let Some(code) = &self.currency {
            return Some(CurrencyOf::All(code.clone()));
        }
        let message = format!("`{path}` is an amount of money, and no currency is stated");
        let help = "write `currency: USD` here or at the top of the mapping, or `currency_column: NAME`".to_owned();
        self.shape.report(Code::MissingKey, node.span, path, message, Some(help));
        None
    }
}

type Wrong = (String, Option<String>);

fn as_kind(word: &str) -> Result<Kind, Wrong> {
    let known = AS_KINDS.map(|(name, _)| name).join("`, `");
    let found = AS_KINDS.into_iter().find(|(name, _)| *name == word);
    found
        .map(|(_, kind)| kind)
        .ok_or_else(|| (format!("`{word}` is not a way to read a cell"), Some(format!("it may be one of `{known}`"))))
}

pub(crate) fn number_format(sample: &str) -> Result<NumberFormat, Wrong> {
    let help = "show how the file writes 1234.56: `\"1,234.56\"`, `\"1.234,56\"`, `\"$1,234.56\"`".to_owned();
    NumberFormat::of_sample(sample).ok_or_else(|| (format!("`{sample}` does not show how numbers are written"), Some(help)))
}

pub(crate) fn date_format(word: &str) -> Result<DateFormat, Wrong> {
    let wrong = || (format!("`{word}` is not a date format"), Some(format!("it may be {}", DateFormat::names())));
    DateFormat::named(word).ok_or_else(wrong)
}

pub(crate) fn currency(code: &str) -> Result<String, Wrong> {
    Currency::parse(code).map(|known| known.code().to_owned()).map_err(|trouble| (trouble.to_string(), None))
}
