//! Values inside the engine.
//!
//! Booleans, whole numbers, decimals and text are Rhai's own; everything else is `Held`. A missing value is `()`, an unknown one is
//! `Unknown`, which carries its name.

use super::running::{Snag, limits};
use crate::script::outcome::Absent;
use crate::value::{Decimal, Fact, Kind, Trouble, Value, View};
use rhai::{Array, Dynamic, DynamicReadLock, EvalAltResult, FnPtr, INT, ImmutableString, Map};
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

/// A value that Rhai has no type for: money, dates, places, enum values, records, lists of facts.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) value: Value,
    /// The kind of a list's items, which an empty list does not tell.
    pub(crate) item: Option<Kind>,
    /// The path under which it was read, to name fields that are missing; none for what was computed, or has no fields.
    pub(crate) path: Option<Arc<str>>,
}

/// A fact that is given as unknown.
#[derive(Clone, Debug)]
pub(crate) struct Unknown(pub(crate) Absent);

/// The settings of a plugin, as written in the bundle.
#[derive(Clone, Debug)]
pub(crate) struct Settings(pub(crate) Arc<BTreeMap<String, Value>>);

/// A value for the engine.
pub(crate) fn to_dynamic(value: Value) -> Dynamic {
    to_dynamic_at(value, None, || None)
}

/// A value for the engine, with the kind of its items and the path it was read from, which only what has fields needs.
pub(crate) fn to_dynamic_at(value: Value, item: Option<Kind>, path: impl FnOnce() -> Option<Arc<str>>) -> Dynamic {
    match value {
        Value::Boolean(value) => Dynamic::from_bool(value),
        Value::Integer(value) => Dynamic::from_int(value),
        Value::Decimal(value) => Dynamic::from_decimal(value.raw()),
        Value::Text(text) => Dynamic::from(ImmutableString::from(&*text)),
        value => {
            let item = item.or_else(|| match &value {
                Value::List(items) => items.first().map(Value::kind),
                _ => None,
            });
            let path = if matches!(value, Value::List(_) | Value::Record(_)) { path() } else { None };
            Dynamic::from(Held { value, item, path })
        }
    }
}

/// A value that is read where it stands.
pub(crate) enum Operand<'a> {
    Plain(View<'static>),
    Text(DynamicReadLock<'a, ImmutableString>),
    Held(DynamicReadLock<'a, Held>),
}

impl<'a> Operand<'a> {
    /// Nothing for what is no value, for lists of the script's own and for what closures share: [`to_fact`] has the rest.
    pub(crate) fn of(dynamic: &'a Dynamic) -> Option<Self> {
        // What it is is asked first: Rhai looks for the name of a type that is not the one it is asked for.
        if dynamic.is_variant() {
            return dynamic.read_lock::<Held>().map(Self::Held);
        }
        if dynamic.is_shared() {
            return None;
        }
        if dynamic.is_string() {
            return dynamic.read_lock::<ImmutableString>().map(Self::Text);
        }
        let plain = if dynamic.is_bool() {
            View::Boolean(dynamic.as_bool().ok()?)
        } else if dynamic.is_int() {
            View::Integer(dynamic.as_int().ok()?)
        } else if dynamic.is_decimal() {
            View::Decimal(Decimal::from_raw(dynamic.as_decimal().ok()?.normalize()))
        } else {
            return None;
        };
        Some(Self::Plain(plain))
    }

    #[inline]
    pub(crate) fn view(&self) -> View<'_> {
        match self {
            Self::Plain(value) => *value,
            Self::Text(text) => View::Text(text.as_str()),
            Self::Held(held) => View::from(&held.value),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Held(held) => held.value.clone(),
            Self::Plain(_) | Self::Text(_) => self.view().to_value(),
        }
    }

    /// As [`size`].
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Held(held) => match &held.value {
                Value::List(items) => items.len() * 8,
                _ => 1,
            },
            Self::Plain(_) => 1,
        }
    }
}

/// The value of an operand. What is missing, unknown or no value at all is an error.
pub(crate) fn to_value(dynamic: &Dynamic) -> Result<Value, Box<EvalAltResult>> {
    match to_fact(dynamic) {
        Ok(Fact::Known(value)) => Ok(value),
        Ok(Fact::Missing) => Err(Snag::Needs(Absent::default()).into_error()),
        Ok(Fact::Unknown) => Err(Snag::Needs(unknown(dynamic)).into_error()),
        Err(what) => Err(Snag::Trouble(format!("{what} is not a value")).into_error()),
    }
}

/// The names of an unknown value.
pub(crate) fn unknown(dynamic: &Dynamic) -> Absent {
    dynamic.read_lock::<Unknown>().map_or_else(Absent::default, |unknown| unknown.0.clone())
}

/// The value, or the state, of something from the engine; in words what it is when it is neither.
pub(crate) fn to_fact(dynamic: &Dynamic) -> Result<Fact<Value>, String> {
    if dynamic.is_shared() {
        let own = dynamic.clone().flatten();
        // Rhai gives back the shared value itself while something else holds it.
        return if own.is_shared() { Err("a variable that is being changed".to_owned()) } else { to_fact(&own) };
    }
    if let Some(operand) = Operand::of(dynamic) {
        return Ok(Fact::Known(operand.to_value()));
    }
    if dynamic.is_unit() {
        return Ok(Fact::Missing);
    }
    if dynamic.is::<Unknown>() {
        return Ok(Fact::Unknown);
    }
    if let Ok(letter) = dynamic.as_char() {
        return Ok(Fact::Known(Value::text(letter.to_string())));
    }
    if let Some(items) = dynamic.read_lock::<Array>() {
        return list(&items).map(Fact::Known);
    }
    Err(describe(dynamic).to_owned())
}

fn list(items: &Array) -> Result<Value, String> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        match to_fact(item)? {
            Fact::Known(value) => values.push(value),
            Fact::Missing => return Err("a list with a missing item".to_owned()),
            Fact::Unknown => return Err("a list with an unknown item".to_owned()),
        }
    }
    Ok(Value::list(values))
}

/// What a thing of the engine is, in words.
pub(crate) fn describe(dynamic: &Dynamic) -> &'static str {
    if dynamic.is_unit() {
        "a missing value"
    } else if dynamic.is::<Unknown>() {
        "an unknown value"
    } else if dynamic.is::<Map>() {
        "a map"
    } else if dynamic.is::<FnPtr>() {
        "a function"
    } else if dynamic.is::<Settings>() {
        "the settings"
    } else if dynamic.is_float() {
        "a binary floating-point number"
    } else if dynamic.is::<Array>() {
        "a list"
    } else if dynamic.is::<Range<INT>>() || dynamic.is::<RangeInclusive<INT>>() {
        "a range"
    } else if dynamic.is::<Held>() || dynamic.is_bool() || dynamic.is_int() || dynamic.is_decimal() || dynamic.is_string() {
        "a value"
    } else {
        "a group of facts"
    }
}

/// A result of our own functions for the engine, held to the limits of size.
pub(crate) fn give(value: Value) -> Result<Dynamic, Box<EvalAltResult>> {
    match &value {
        Value::Text(text) => room_for_text(text.len())?,
        Value::List(items) => room_for_items(items.len())?,
        _ => {}
    }
    Ok(to_dynamic(value))
}

/// May a text be so long? Asked before it is built.
pub(crate) fn room_for_text(bytes: usize) -> Result<(), Box<EvalAltResult>> {
    let most = limits().text_bytes;
    if bytes <= most { Ok(()) } else { Err(Snag::Size(format!("a text is longer than {most} bytes")).into_error()) }
}

/// May a list be so long? Asked before it is built.
pub(crate) fn room_for_items(items: usize) -> Result<(), Box<EvalAltResult>> {
    let most = limits().list_items;
    if items <= most { Ok(()) } else { Err(Snag::Size(format!("a list is longer than {most} items")).into_error()) }
}

pub(crate) fn trouble(trouble: &Trouble) -> Box<EvalAltResult> {
    Snag::Trouble(trouble.to_string()).into_error()
}

/// How large a thing is, for what a native charges.
pub(crate) fn size(dynamic: &Dynamic) -> usize {
    if let Some(operand) = Operand::of(dynamic) {
        return operand.size();
    }
    if dynamic.is_string() {
        return dynamic.as_immutable_string_ref().map_or(1, |text| text.len());
    }
    if let Some(items) = dynamic.read_lock::<Array>() {
        return items.len() * 8;
    }
    if let Some(map) = dynamic.read_lock::<Map>() {
        return map.len() * 8;
    }
    match dynamic.read_lock::<Held>().as_deref() {
        Some(Held { value: Value::List(items), .. }) => items.len() * 8,
        _ => 1,
    }
}
