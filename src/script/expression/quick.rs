//! The value of an expression, quickly: nothing is copied that the case or the policy holds, and what is missing has no names.
//!
//! It gives the value that `evaluate` gives, or declines. A property test holds the two together.

use super::constant::coerce;
use super::tree::{Call, Tree};
use crate::limits::{SCRIPT_LIST_ITEMS_MAX, SCRIPT_TEXT_BYTES_MAX};
use crate::script::context::CallContext;
use crate::script::function::nothing;
use crate::script::names::FactPath;
use crate::script::parameter::whole;
use crate::value::{Brief, Fact, Given, Kind, Value, View, arithmetic};
use std::fmt::Write;
use std::sync::Arc;

/// The definition has to be asked: there is a fault, a limit is reached, or names are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unsettled;

/// Where slots are read.
pub(crate) trait Reader<'a> {
    /// What a slot holds.
    fn read(&mut self, slot: usize) -> Result<Given<'a>, Unsettled>;

    /// One entry of a slot that is a group, by its name, without putting the group together; nothing where that cannot be done.
    fn entry(&mut self, slot: usize, name: &str) -> Option<Given<'a>>;

    /// Is a slot such a group?
    fn is_group(&self, slot: usize) -> bool;

    /// What a slot holds in brief; long where it has to be read.
    fn brief(&mut self, slot: usize) -> Brief;

    /// What stands below a slot in brief.
    fn brief_below(&mut self, path: &'a FactPath) -> Brief;

    /// An entry of a group in brief; long where it has to be read.
    fn brief_entry(&mut self, slot: usize, name: &str) -> Brief;

    /// The day of an instant that a slot holds, in the time zone of the case; long where that has to be worked out.
    fn day_of(&mut self, slot: usize) -> Brief;

    /// The mark of the currency that a bare amount means; zero where there is none.
    fn bare_mark(&self) -> u32;

    /// What functions may know.
    fn context(&self) -> CallContext<'_>;
}

type Settled<'a> = Result<Given<'a>, Unsettled>;

/// Arguments of a call that need no allocation.
const ARGUMENTS_INLINE: usize = 4;

/// Half of all nodes are leaves: these are told in place, without the frame that the others need.
#[inline]
pub(super) fn evaluate<'a, R: Reader<'a>>(tree: &'a Tree, reader: &mut R) -> Settled<'a> {
    match tree {
        Tree::Constant(value, _) => Ok(Given::Known(value.into())),
        Tree::Read(path) if path.is_whole() => reader.read(path.slot),
        tree => evaluate_node(tree, reader),
    }
}

fn evaluate_node<'a, R: Reader<'a>>(tree: &'a Tree, reader: &mut R) -> Settled<'a> {
    match tree {
        Tree::Constant(value, _) => Ok(Given::Known(value.into())),
        Tree::Read(path) => reader.read(path.slot).map(|given| path.give(given)),
        Tree::Binary(operator, parts, _) => {
            let left = evaluate(&parts.0, reader)?;
            let right = evaluate(&parts.1, reader)?;
            match (left.view(), right.view()) {
                (Fact::Known(left), Fact::Known(right)) => settled(operator.apply(left, right)),
                (left, right) => Ok(lacking(&left, &right)),
            }
        }
        Tree::Call(call) => host(call, reader),
        Tree::If(parts, _) => {
            let (test, then, otherwise) = &**parts;
            match truth(&evaluate(test, reader)?)? {
                Fact::Known(true) => evaluate(then, reader),
                Fact::Known(false) => evaluate(otherwise, reader),
                Fact::Missing => Ok(Given::Missing),
                Fact::Unknown => Ok(Given::Unknown),
            }
        }
        Tree::Coalesce(parts) => {
            for part in parts {
                match evaluate(part, reader)? {
                    Given::Missing => {}
                    found => return Ok(found),
                }
            }
            Ok(Given::Missing)
        }
        Tree::Every(parts, _) => logic(parts, false, reader),
        Tree::Either(parts, _) => logic(parts, true, reader),
        Tree::Not(of, _) => Ok(match truth(&evaluate(of, reader)?)? {
            Fact::Known(value) => Given::Known(View::Boolean(!value)),
            Fact::Missing => Given::Missing,
            Fact::Unknown => Given::Unknown,
        }),
        Tree::Index(parts, _) => {
            if let Tree::Read(group) = &parts.0
                && group.is_whole()
            {
                let by = evaluate(&parts.1, reader)?;
                let entry = match by.view() {
                    Fact::Known(name) => name.as_name().and_then(|name| reader.entry(group.slot, name)),
                    Fact::Missing | Fact::Unknown => reader.is_group(group.slot).then_some(by),
                };
                if let Some(entry) = entry {
                    return Ok(entry);
                }
            }
            let of = evaluate(&parts.0, reader)?;
            let by = evaluate(&parts.1, reader)?;
            index(of, &by)
        }
        Tree::Negate(of, _) => {
            let of = evaluate(of, reader)?;
            match of.view() {
                Fact::Known(value) => settled(arithmetic::negate(value)),
                Fact::Missing | Fact::Unknown => Ok(of),
            }
        }
        Tree::Below(of, fields) => evaluate(of, reader).map(|given| fields.give(given)),
        Tree::Text(parts, _) => text(parts, reader),
        Tree::List(parts) => {
            let mut items = Vec::with_capacity(parts.len());
            let mut lacks = Given::Missing;
            let mut all = true;
            for part in parts {
                match evaluate(part, reader)?.into_fact() {
                    Fact::Known(value) => items.push(value),
                    Fact::Missing => all = false,
                    Fact::Unknown => (all, lacks) = (false, Given::Unknown),
                }
            }
            Ok(if all { Given::Own(Value::list(items)) } else { lacks })
        }
        Tree::Looks(state, of) => {
            let found = evaluate(of, reader)?.view().map(|_| ());
            Ok(Given::Known(View::Boolean(found == *state)))
        }
    }
}

fn settled<'a>(result: Result<Value, crate::value::Trouble>) -> Settled<'a> {
    result.map(Given::from).map_err(|_| Unsettled)
}

/// What two parts lack of which one is missing or unknown at least.
fn lacking<'a>(left: &Fact<View<'_>>, right: &Fact<View<'_>>) -> Given<'a> {
    if left.is_unknown() || right.is_unknown() { Given::Unknown } else { Given::Missing }
}

fn truth(given: &Given<'_>) -> Result<Fact<bool>, Unsettled> {
    match given {
        Given::Known(View::Boolean(value)) => Ok(Fact::Known(*value)),
        Given::Missing => Ok(Fact::Missing),
        Given::Unknown => Ok(Fact::Unknown),
        Given::Known(_) | Given::Own(_) => Err(Unsettled),
    }
}

fn logic<'a, R: Reader<'a>>(parts: &'a [Tree], ends_at: bool, reader: &mut R) -> Settled<'a> {
    for part in parts {
        match truth(&evaluate(part, reader)?)? {
            Fact::Known(value) if value == ends_at => return Ok(Given::Known(View::Boolean(ends_at))),
            Fact::Known(_) => {}
            Fact::Missing => return Ok(Given::Missing),
            Fact::Unknown => return Ok(Given::Unknown),
        }
    }
    Ok(Given::Known(View::Boolean(!ends_at)))
}

fn index<'a>(of: Given<'a>, by: &Given<'_>) -> Settled<'a> {
    let by = match (of.view(), by.view()) {
        (Fact::Known(_), Fact::Known(by)) => by,
        (of, by) => return Ok(lacking(&of, &by)),
    };
    match of {
        Given::Known(View::Record(record)) => {
            let at = by.as_name().and_then(|name| record.kind().position(name)).ok_or(Unsettled)?;
            Ok(Given::of(record.field(at)))
        }
        Given::Own(Value::Record(record)) => {
            let at = by.as_name().and_then(|name| record.kind().position(name)).ok_or(Unsettled)?;
            Ok(record.field(at).clone().into())
        }
        Given::Known(View::List(items)) => item(items, by).map(|item| Given::Known(item.into())),
        Given::Own(Value::List(items)) => item(&items, by).map(|item| item.clone().into()),
        _ => Err(Unsettled),
    }
}

fn item<'i>(items: &'i [Value], by: View<'_>) -> Result<&'i Value, Unsettled> {
    whole(&by.to_value()).and_then(|number| usize::try_from(number).ok()).and_then(|number| items.get(number)).ok_or(Unsettled)
}

fn text<'a, R: Reader<'a>>(parts: &'a [Tree], reader: &mut R) -> Settled<'a> {
    let mut whole = String::new();
    let mut absent: Option<Given<'a>> = None;
    for part in parts {
        let part = evaluate(part, reader)?;
        match (part.into_fact(), &absent) {
            (Fact::Known(value), None) => {
                // Writing to a text never fails.
                let _ = write!(whole, "{value}");
            }
            (Fact::Known(_), Some(_)) => {}
            (Fact::Unknown, _) => absent = Some(Given::Unknown),
            (Fact::Missing, known) => absent = known.clone().or(Some(Given::Missing)),
        }
        if whole.len() > SCRIPT_TEXT_BYTES_MAX {
            return Err(Unsettled);
        }
    }
    Ok(absent.unwrap_or_else(|| Given::Own(Value::text(whole))))
}

fn host<'a, R: Reader<'a>>(call: &'a Call, reader: &mut R) -> Settled<'a> {
    let count = call.arguments.len() + usize::from(call.begins.is_some());
    let mut few = [const { Value::Boolean(false) }; ARGUMENTS_INLINE];
    let mut many: Vec<Value> = if count > ARGUMENTS_INLINE { vec![Value::Boolean(false); count] } else { Vec::new() };
    let values: &mut [Value] = if count > ARGUMENTS_INLINE { &mut many } else { few.get_mut(..count).ok_or(Unsettled)? };
    let mut absent: Option<Given<'a>> = None;
    for (slot, argument) in values.iter_mut().zip(&call.arguments) {
        match evaluate(argument, reader)?.into_fact() {
            Fact::Known(value) => *slot = value,
            Fact::Unknown => absent = Some(Given::Unknown),
            Fact::Missing => absent = absent.or(Some(Given::Missing)),
        }
    }
    if let Some(absent) = absent {
        return Ok(absent);
    }
    if let (Some(kind), Some(last)) = (&call.begins, values.last_mut()) {
        *last = nothing(kind, &reader.context()).map_err(|_| Unsettled)?;
    }
    match call.function.run(&reader.context(), values) {
        Ok(Fact::Known(Value::List(items))) if items.len() > SCRIPT_LIST_ITEMS_MAX => Err(Unsettled),
        Ok(fact) => Ok(fact.into()),
        Err(_) => Err(Unsettled),
    }
}

/// The value as its declared kind has it, as [`coerce`] gives it.
#[inline]
pub(crate) fn fit<'a>(given: Given<'a>, kind: &'a Kind) -> Result<Given<'a>, Unsettled> {
    match (&given, kind) {
        (Given::Missing | Given::Unknown, _) => Ok(given),
        (Given::Known(View::Money(_)), Kind::Money)
        | (Given::Known(View::Decimal(_)), Kind::Decimal)
        | (Given::Known(View::Integer(_)), Kind::Integer)
        | (Given::Known(View::Boolean(_)), Kind::Boolean)
        | (Given::Known(View::Text(_)) | Given::Own(Value::Text(_)), Kind::Text)
        | (Given::Known(View::Date(_)), Kind::Date)
        | (Given::Known(View::DateTime(_)), Kind::DateTime) => Ok(given),
        (Given::Known(View::Integer(number)), Kind::Decimal) => Ok(Given::Known(View::Decimal((*number).into()))),
        (Given::Known(View::Enum(of, _)), Kind::Enum(wanted)) if Arc::ptr_eq(of, wanted) => Ok(given),
        (Given::Known(view @ (View::Enum(..) | View::Text(_))), Kind::Enum(wanted)) => {
            let at = view.as_name().and_then(|name| wanted.position(name)).ok_or(Unsettled)?;
            Ok(Given::Known(View::Enum(wanted, at)))
        }
        _ => match given.into_fact() {
            Fact::Known(value) => coerce(value, kind).map(Given::from).map_err(|_| Unsettled),
            Fact::Missing => Ok(Given::Missing),
            Fact::Unknown => Ok(Given::Unknown),
        },
    }
}
