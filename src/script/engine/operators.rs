//! Operators inside the engine: those of expressions, for every pair of things, so that unlike kinds are an error.
//!
//! They are registered for any two types. With fast operators off Rhai looks for those before it falls back to its built-in ones,
//! and none of its packages of exact types is loaded; the self-test of the engine holds this.

use super::held::{Operand, describe, give, room_for_items, room_for_text, size, to_value, trouble};
use super::running::{Snag, charge};
use crate::script::operator::Operator;
use crate::value::{Value, arithmetic};
use rhai::{Array, Dynamic, Engine, EvalAltResult, Map, NativeCallContext};
use std::any::TypeId;

type Given = Result<Dynamic, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine) {
    let two = [TypeId::of::<Dynamic>(); 2];
    let one = [TypeId::of::<Dynamic>(); 1];
    for operator in Operator::ALL {
        engine.register_raw_fn(operator.symbol(), two, move |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
            let [left, right] = args else { return Err(broken()) };
            apply(operator, left, right)
        });
        if let Some(symbol) = operator.assigning() {
            engine.register_raw_fn(symbol, two, move |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
                let [left, right] = args else { return Err(broken()) };
                **left = apply(operator, left, right)?;
                Ok(Dynamic::UNIT)
            });
        }
    }
    engine.register_raw_fn("-", one, |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let [value] = args else { return Err(broken()) };
        arithmetic::negate(&to_value(value)?).map_err(|problem| trouble(&problem)).and_then(give)
    });
    engine.register_raw_fn("+", one, |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let [value] = args else { return Err(broken()) };
        arithmetic::negate(&to_value(value)?).map_err(|problem| trouble(&problem))?;
        Ok(value.clone())
    });
    engine.register_raw_fn("!", one, |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let [value] = args else { return Err(broken()) };
        match to_value(value)? {
            Value::Boolean(value) => Ok(Dynamic::from_bool(!value)),
            other => Err(Snag::Trouble(format!("`!` wants true or false, not {}", other.kind())).into_error()),
        }
    });
}

fn apply(operator: Operator, left: &Dynamic, right: &Dynamic) -> Given {
    let (one, other) = (Operand::of(left), Operand::of(right));
    if let (Some(left), Some(right)) = (&one, &other) {
        charge(left.size() + right.size())?;
        if let (Operator::Add, Operand::Text(a), Operand::Text(b)) = (operator, left, right) {
            // Checked before it is built.
            room_for_text(a.len() + b.len())?;
        }
        return operator.apply(left.view(), right.view()).map_err(|problem| trouble(&problem)).and_then(give);
    }
    charge(size(left) + size(right))?;
    // Lists that a script builds may hold maps, so they are joined without looking into them.
    if operator == Operator::Add
        && let (Some(a), Some(b)) = (left.read_lock::<Array>(), right.read_lock::<Array>())
    {
        room_for_items(a.len() + b.len())?;
        return Ok(Dynamic::from_array(a.iter().chain(b.iter()).cloned().collect()));
    }
    for side in [left, right] {
        if side.is::<Map>() {
            let what = describe(side);
            return Err(Snag::Trouble(format!("`{}` does not work on {what}", operator.symbol())).into_error());
        }
    }
    if operator == Operator::Add {
        // Checked before it is built.
        room_for_text(text_length(left).zip(text_length(right)).map_or(0, |(a, b)| a + b))?;
    }
    let (left, right) = (to_value(left)?, to_value(right)?);
    operator.apply(&left, &right).map_err(|problem| trouble(&problem)).and_then(give)
}

fn text_length(dynamic: &Dynamic) -> Option<usize> {
    dynamic.as_immutable_string_ref().ok().map(|text| text.len())
}

/// Rhai calls a function with as many arguments as it was registered for.
pub(super) fn broken() -> Box<EvalAltResult> {
    Snag::Trouble("a function was called with the wrong number of arguments".to_owned()).into_error()
}
