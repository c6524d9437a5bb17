//! Declared types: `{type: enum, values: [...], ordered: true}`, `{type: money}`, `{type: list of text}`.

use super::keys::Keys;
use super::written::Written;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{EnumKind, Kind};
use std::sync::Arc;

const WORDS: [&str; 10] = ["boolean", "integer", "decimal", "money", "text", "enum", "place", "date", "datetime", "duration"];
/// Words that a cell reads as something else, so that no enum may hold them.
const NOT_MEMBERS: [&str; 5] = ["unknown", "missing", "present", "empty", "any"];

/// The declared kind of a mapping with `type:`.
pub(crate) fn declared_kind(keys: &Keys<'_>, word: &Written<String>, out: &mut Diagnostics) -> Option<Kind> {
    let text = word.value.trim();
    if let Some(item) = text.strip_prefix("list of ") {
        let item = Written::new(item.to_owned(), word.place.clone());
        return declared_kind(keys, &item, out).map(|kind| Kind::List(Box::new(kind)));
    }
    Some(match text {
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "money" => Kind::Money,
        "text" => Kind::Text,
        "place" => Kind::Place,
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "duration" => Kind::Duration,
        "enum" => Kind::Enum(Arc::new(members(keys, word, out)?)),
        other => {
            let help = did_you_mean(other, WORDS)
                .unwrap_or_else(|| format!("types are {}, and `list of` one of them", WORDS.join(", ")));
            let message = format!("there is no type `{other}`");
            out.push(Diagnostic::at(Code::BadValue, &word.place, message).help(help));
            return None;
        }
    })
}

fn members(keys: &Keys<'_>, word: &Written<String>, out: &mut Diagnostics) -> Option<EnumKind> {
    let values = keys.texts("values", out);
    if values.is_empty() {
        let message = "an enum needs its `values`";
        out.push(Diagnostic::at(Code::MissingKey, &word.place, message).help("write `values: [first, second]`"));
        return None;
    }
    let mut sound = true;
    for (at, value) in values.iter().enumerate() {
        if NOT_MEMBERS.contains(&value.value.as_str()) {
            let message = format!("an enum may not hold `{}`, which a cell reads as something else", value.value);
            out.push(Diagnostic::at(Code::ReservedName, &value.place, message));
            sound = false;
        }
        if values.iter().take(at).any(|earlier| earlier.value == value.value) {
            out.push(Diagnostic::at(Code::DuplicateName, &value.place, format!("`{}` stands twice in the enum", value.value)));
            sound = false;
        }
    }
    let ordered = keys.flag("ordered", out).unwrap_or(false);
    sound.then(|| EnumKind::new(values.into_iter().map(|value| value.value), ordered))
}
