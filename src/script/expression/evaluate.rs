//! Evaluating an expression.

use super::tree::{Call, Tree};
use crate::limits::{SCRIPT_LIST_ITEMS_MAX, SCRIPT_TEXT_BYTES_MAX};
use crate::script::context::CallContext;
use crate::script::function::nothing;
use crate::script::outcome::{Absent, Fault, FaultKind, Outcome, Stop};
use crate::script::parameter::whole;
use crate::text::Place;
use crate::value::{Fact, Trouble, Value, arithmetic};
use std::fmt::Write;

type Given = Result<Outcome, Stop>;
type Read<'a> = &'a mut dyn FnMut(usize) -> Given;

/// The value of a part, or the end of the evaluation of what holds it.
macro_rules! known {
    ($outcome:expr) => {
        match $outcome {
            Outcome::Known(value) => value,
            absent @ Outcome::Absent(_) => return Ok(absent),
        }
    };
}

pub(super) fn evaluate(tree: &Tree, read: Read<'_>, context: &CallContext<'_>) -> Given {
    match tree {
        Tree::Constant(value, _) => Ok(Outcome::Known(value.clone())),
        Tree::Read(path) => read(path.slot).map(|outcome| path.read(outcome)),
        Tree::Below(of, fields) => {
            let value = known!(evaluate(of, read, context)?);
            Ok(fields.read(value))
        }
        Tree::Index(parts, place) => {
            let [of, by] = match both(&parts.0, &parts.1, read, context)? {
                Ok(pair) => pair,
                Err(absent) => return Ok(Outcome::Absent(absent)),
            };
            index(&of, &by, place)
        }
        Tree::Negate(of, place) => {
            let value = known!(evaluate(of, read, context)?);
            given(arithmetic::negate(&value), place)
        }
        Tree::Not(of, place) => {
            let value = known!(evaluate(of, read, context)?);
            Ok(Outcome::Known(Value::Boolean(!truth(&value, place)?)))
        }
        Tree::Binary(operator, parts, place) => match both(&parts.0, &parts.1, read, context)? {
            Ok([left, right]) => given(operator.apply(&left, &right), place),
            Err(absent) => Ok(Outcome::Absent(absent)),
        },
        Tree::Every(parts, place) => logic(parts, place, false, read, context),
        Tree::Either(parts, place) => logic(parts, place, true, read, context),
        Tree::Coalesce(parts) => {
            let mut absent = Absent::default();
            for part in parts {
                match evaluate(part, read, context)? {
                    Outcome::Absent(missing) if !missing.unknown => absent = absent.and(missing),
                    found => return Ok(found),
                }
            }
            Ok(Outcome::Absent(absent))
        }
        Tree::If(parts, place) => {
            let (test, then, otherwise) = &**parts;
            let test = known!(evaluate(test, read, context)?);
            evaluate(if truth(&test, place)? { then } else { otherwise }, read, context)
        }
        Tree::Text(parts, place) => {
            let parts = match all(parts, read, context)? {
                Ok(parts) => parts,
                Err(absent) => return Ok(Outcome::Absent(absent)),
            };
            let mut text = String::new();
            for part in parts {
                // Writing to a text never fails.
                let _ = write!(text, "{part}");
                if text.len() > SCRIPT_TEXT_BYTES_MAX {
                    return Err(too_large("a text", SCRIPT_TEXT_BYTES_MAX, "bytes", place));
                }
            }
            Ok(Outcome::Known(Value::text(text)))
        }
        Tree::List(parts) => Ok(match all(parts, read, context)? {
            Ok(items) => Outcome::Known(Value::list(items)),
            Err(absent) => Outcome::Absent(absent),
        }),
        Tree::Call(call) => host(call, read, context),
        Tree::Looks(state, of) => {
            let found = match evaluate(of, read, context)? {
                Outcome::Known(_) => Fact::Known(()),
                Outcome::Absent(absent) if absent.unknown => Fact::Unknown,
                Outcome::Absent(_) => Fact::Missing,
            };
            Ok(Outcome::Known(Value::Boolean(found == *state)))
        }
    }
}

/// The values of all parts, or every fact that they lack: somebody who has to ask for facts wants to ask once.
///
/// Once one part is absent the others are read only for what they lack; a fault of theirs waits until the facts are there.
fn all(parts: &[Tree], read: Read<'_>, context: &CallContext<'_>) -> Result<Result<Vec<Value>, Absent>, Stop> {
    let mut values = Vec::with_capacity(parts.len());
    let mut lacking: Option<Absent> = None;
    for part in parts {
        match (evaluate(part, read, context), lacking.take()) {
            (Ok(Outcome::Known(value)), None) => values.push(value),
            (Ok(Outcome::Absent(absent)), before) => lacking = Some(before.unwrap_or_default().and(absent)),
            (Ok(Outcome::Known(_)) | Err(_), before @ Some(_)) => lacking = before,
            (Err(stop), None) => return Err(stop),
        }
    }
    Ok(lacking.map_or(Ok(values), Err))
}

fn both(left: &Tree, right: &Tree, read: Read<'_>, context: &CallContext<'_>) -> Result<Result<[Value; 2], Absent>, Stop> {
    Ok(match (evaluate(left, read, context)?, evaluate(right, read, context)) {
        (Outcome::Known(left), Ok(Outcome::Known(right))) => Ok([left, right]),
        (Outcome::Absent(absent), Ok(Outcome::Absent(other))) => Err(absent.and(other)),
        (Outcome::Known(_), Ok(Outcome::Absent(absent))) | (Outcome::Absent(absent), _) => Err(absent),
        (_, Err(stop)) => return Err(stop),
    })
}

fn logic(parts: &[Tree], place: &Place, ends_at: bool, read: Read<'_>, context: &CallContext<'_>) -> Given {
    for part in parts {
        let value = known!(evaluate(part, read, context)?);
        if truth(&value, place)? == ends_at {
            return Ok(Outcome::Known(Value::Boolean(ends_at)));
        }
    }
    Ok(Outcome::Known(Value::Boolean(!ends_at)))
}

fn host(call: &Call, read: Read<'_>, context: &CallContext<'_>) -> Given {
    let mut values = match all(&call.arguments, read, context)? {
        Ok(values) => values,
        Err(absent) => return Ok(Outcome::Absent(absent)),
    };
    let result = match &call.begins {
        Some(kind) => nothing(kind, context).and_then(|start| {
            values.push(start);
            call.function.call(context, &values)
        }),
        None => call.function.call(context, &values),
    };
    match result {
        Ok(Fact::Known(value)) => match &value {
            Value::List(items) if items.len() > SCRIPT_LIST_ITEMS_MAX => {
                Err(too_large("a list", SCRIPT_LIST_ITEMS_MAX, "items", &call.place))
            }
            _ => Ok(Outcome::Known(value)),
        },
        Ok(Fact::Missing) => Ok(Outcome::Absent(Absent::default())),
        Ok(Fact::Unknown) => Ok(Outcome::Absent(Absent { unknown: true, facts: Vec::new() })),
        Err(trouble) => Err(fault(trouble.to_string(), &call.place)),
    }
}

fn index(of: &Value, by: &Value, place: &Place) -> Given {
    match of {
        Value::List(items) => {
            let number = whole(by);
            match number.and_then(|number| usize::try_from(number).ok()).and_then(|number| items.get(number)) {
                Some(item) => Ok(Outcome::Known(item.clone())),
                None => Err(fault(format!("there is no item {by} in a list of {} (the first is item 0)", items.len()), place)),
            }
        }
        Value::Record(record) => match by.as_name().and_then(|name| Some((name, record.get(name)?))) {
            Some((name, fact)) => Ok(Outcome::of(fact, name)),
            None => Err(fault(format!("there is no entry for `{by}`"), place)),
        },
        other => Err(fault(format!("{} has no entries", other.kind()), place)),
    }
}

fn truth(value: &Value, place: &Place) -> Result<bool, Stop> {
    match value {
        Value::Boolean(value) => Ok(*value),
        other => Err(fault(format!("true or false is wanted here, not {}", other.kind()), place)),
    }
}

fn given(result: Result<Value, Trouble>, place: &Place) -> Given {
    result.map(Outcome::Known).map_err(|trouble| fault(trouble.to_string(), place))
}

fn fault(message: String, place: &Place) -> Stop {
    Fault::runtime(message, Some(place.clone())).into()
}

fn too_large(what: &str, most: usize, unit: &str, place: &Place) -> Stop {
    let message = format!("{what} is longer than {most} {unit}");
    Fault::new(FaultKind::Size, message, Some(place.clone())).into()
}
