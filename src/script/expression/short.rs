//! The value of an expression in brief: two words for every node, no copies, no reference counts, no allocation.
//!
//! The tree is translated once, when the expression is compiled. What a brief cannot hold (texts, lists with items) or this does not
//! translate is evaluated by `quick` where it stands, or as a whole where the result is long. A property test holds the two together.

use super::quick::{self, Reader};
use super::tree::{Call, Tree};
use crate::script::function::{BriefBody, DAY_OF, ItemsBody, nothing_in_brief};
use crate::script::names::FactPath;
use crate::script::operator::Operator;
use crate::value::{Brief, EnumKind, Fact, Given, Kind, Value, View};
use std::cmp::Ordering;
use std::sync::Arc;

/// Arguments of a call that need no allocation; a call with more is evaluated as it stands.
const ARGUMENTS_MAX: usize = 4;

/// One node.
#[derive(Clone, Debug)]
pub(super) enum Short {
    Constant(Brief),
    Read(usize),
    /// Fields below a slot.
    Field(FactPath),
    /// An entry of a slot that is a group, by the name that an enum gives.
    Entry(Box<Entry>),
    Binary(Operator, Box<(Short, Short)>),
    Not(Box<Short>),
    Every(Vec<Short>),
    Either(Vec<Short>),
    Coalesce(Vec<Short>),
    If(Box<(Short, Short, Short)>),
    Looks(Fact<()>, Box<Short>),
    Call(BriefBody, Vec<Short>),
    /// `day_of` of a slot.
    DayOf(usize),
    /// A function of one list.
    Items(Box<Items>),
    /// What is not translated.
    Whole(Box<Tree>),
}

/// `params.base[finding.severity]`
#[derive(Clone, Debug)]
pub(super) struct Entry {
    group: usize,
    by: Short,
    names: Arc<EnumKind>,
}

/// `sum(dispute.related_charges.amount)`
#[derive(Clone, Debug)]
pub(super) struct Items {
    list: FactPath,
    body: ItemsBody,
    /// What a sum begins with.
    begins: Option<Kind>,
}

impl Short {
    /// Translates a tree; nothing where the whole of it would stay as it is.
    pub(super) fn of(tree: &Tree) -> Option<Self> {
        match Self::translated(tree) {
            Self::Whole(_) => None,
            short => Some(short),
        }
    }

    fn translated(tree: &Tree) -> Self {
        match tree {
            Tree::Constant(value, _) => match Brief::from(View::from(value)) {
                brief if brief.is_long() => Self::Whole(Box::new(tree.clone())),
                brief => Self::Constant(brief),
            },
            Tree::Read(path) if path.is_whole() => Self::Read(path.slot),
            Tree::Read(path) => Self::Field(path.clone()),
            Tree::Binary(operator, parts, _) => {
                Self::Binary(*operator, Box::new((Self::translated(&parts.0), Self::translated(&parts.1))))
            }
            Tree::Not(of, _) => Self::Not(Box::new(Self::translated(of))),
            Tree::Every(parts, _) => Self::Every(Self::all(parts)),
            Tree::Either(parts, _) => Self::Either(Self::all(parts)),
            Tree::Coalesce(parts) => Self::Coalesce(Self::all(parts)),
            Tree::If(parts, _) => {
                Self::If(Box::new((Self::translated(&parts.0), Self::translated(&parts.1), Self::translated(&parts.2))))
            }
            Tree::Looks(state, of) => Self::Looks(*state, Box::new(Self::translated(of))),
            Tree::Index(parts, _) => match (&parts.0, &parts.1) {
                (Tree::Read(group), Tree::Read(FactPath { kind: Kind::Enum(names), .. })) if group.is_whole() => {
                    Self::Entry(Box::new(Entry { group: group.slot, by: Self::translated(&parts.1), names: names.clone() }))
                }
                _ => Self::Whole(Box::new(tree.clone())),
            },
            Tree::Call(call) => Self::call(call).unwrap_or_else(|| Self::Whole(Box::new(tree.clone()))),
            Tree::Negate(..) | Tree::Below(..) | Tree::Text(..) | Tree::List(_) => Self::Whole(Box::new(tree.clone())),
        }
    }

    fn all(parts: &[Tree]) -> Vec<Self> {
        parts.iter().map(Self::translated).collect()
    }

    fn call(call: &Call) -> Option<Self> {
        if let [Tree::Read(path)] = call.arguments.as_slice()
            && path.is_whole()
            && call.begins.is_none()
            && call.function.name == DAY_OF
        {
            return Some(Self::DayOf(path.slot));
        }
        if let ([Tree::Read(list)], Some(body)) = (call.arguments.as_slice(), call.function.over_items) {
            let items = Items { list: list.clone(), body, begins: call.begins.clone() };
            return Some(Self::Items(Box::new(items)));
        }
        let fits = call.begins.is_none() && call.arguments.len() <= ARGUMENTS_MAX;
        call.function.brief.filter(|_| fits).map(|body| Self::Call(body, Self::all(&call.arguments)))
    }
}

/// The value of a node in brief; long where only the whole tree tells. Leaves, half of all nodes, are told in place.
#[inline]
pub(super) fn evaluate<'a, R: Reader<'a>>(short: &'a Short, reader: &mut R) -> Brief {
    match short {
        Short::Constant(brief) => *brief,
        Short::Read(slot) => reader.brief(*slot),
        node => evaluate_node(node, reader),
    }
}

fn evaluate_node<'a, R: Reader<'a>>(short: &'a Short, reader: &mut R) -> Brief {
    match short {
        Short::Constant(brief) => *brief,
        Short::Read(slot) => reader.brief(*slot),
        Short::Field(path) => reader.brief_below(path),
        Short::Entry(entry) => {
            let by = evaluate(&entry.by, reader);
            match by.position_in(&entry.names).and_then(|at| u16::try_from(at).ok()) {
                Some(at) => reader.brief_entry(entry.group, entry.names.name(at)),
                None if by.is_known() || !reader.is_group(entry.group) => Brief::LONG,
                None => by,
            }
        }
        Short::Binary(operator, parts) => {
            let left = evaluate(&parts.0, reader);
            let right = evaluate(&parts.1, reader);
            if left.is_known() && right.is_known() { apply(*operator, left, right) } else { lacking(left, right) }
        }
        Short::Not(of) => match evaluate(of, reader) {
            known if known.is_known() => known.boolean().map_or(Brief::LONG, |value| Brief::of_boolean(!value)),
            other => other,
        },
        Short::Every(parts) => logic(parts, false, reader),
        Short::Either(parts) => logic(parts, true, reader),
        Short::Coalesce(parts) => {
            for part in parts {
                let found = evaluate(part, reader);
                if !found.is_missing() {
                    return found;
                }
            }
            Brief::MISSING
        }
        Short::If(parts) => match evaluate(&parts.0, reader) {
            test if test.is_known() => match test.boolean() {
                Some(true) => evaluate(&parts.1, reader),
                Some(false) => evaluate(&parts.2, reader),
                None => Brief::LONG,
            },
            other => other,
        },
        Short::Looks(state, of) => {
            let found = evaluate(of, reader);
            let is = match state {
                _ if found.is_long() => return Brief::LONG,
                Fact::Missing => found.is_missing(),
                Fact::Unknown => found.is_unknown(),
                Fact::Known(()) => found.is_known(),
            };
            Brief::of_boolean(is)
        }
        Short::Call(body, arguments) => call(*body, arguments, reader),
        Short::DayOf(slot) => reader.day_of(*slot),
        Short::Items(of) => items(of, reader),
        Short::Whole(tree) => whole(tree, reader),
    }
}

#[inline(never)]
fn items<'a, R: Reader<'a>>(of: &'a Items, reader: &mut R) -> Brief {
    let Ok(given) = reader.read(of.list.slot) else { return Brief::LONG };
    let from = of.begins.as_ref().map(|kind| nothing_in_brief(kind, reader.bare_mark()));
    match of.list.give(given) {
        Given::Known(View::List(items)) => (of.body)(items, from),
        Given::Own(Value::List(items)) => (of.body)(&items, from),
        Given::Missing => Brief::MISSING,
        Given::Unknown => Brief::UNKNOWN,
        Given::Known(_) | Given::Own(_) => Brief::LONG,
    }
}

#[inline(never)]
fn whole<'a, R: Reader<'a>>(tree: &'a Tree, reader: &mut R) -> Brief {
    quick::evaluate(tree, reader).map_or(Brief::LONG, |given| given.view().into())
}

/// What two parts lack of which one is not known at least.
fn lacking(left: Brief, right: Brief) -> Brief {
    if left.is_long() || right.is_long() {
        Brief::LONG
    } else if left.is_unknown() || right.is_unknown() {
        Brief::UNKNOWN
    } else {
        Brief::MISSING
    }
}

fn apply(operator: Operator, left: Brief, right: Brief) -> Brief {
    let told = |holds: Option<bool>| holds.map_or(Brief::LONG, Brief::of_boolean);
    let order = |holds: fn(Ordering) -> bool| told(left.order(right).map(holds));
    match operator {
        Operator::Add => left.plus(right),
        Operator::Subtract => left.minus(right),
        Operator::Multiply => left.times(right),
        Operator::Divide => left.over(right),
        Operator::Remainder => Brief::LONG,
        Operator::Equal => told(left.equals(right)),
        Operator::NotEqual => told(left.equals(right).map(|equal| !equal)),
        Operator::Less => order(Ordering::is_lt),
        Operator::AtMost => order(Ordering::is_le),
        Operator::More => order(Ordering::is_gt),
        Operator::AtLeast => order(Ordering::is_ge),
    }
}

fn logic<'a, R: Reader<'a>>(parts: &'a [Short], ends_at: bool, reader: &mut R) -> Brief {
    for part in parts {
        let found = evaluate(part, reader);
        match found.boolean() {
            Some(value) if value == ends_at => return found,
            Some(_) => {}
            None if found.is_known() => return Brief::LONG,
            None => return found,
        }
    }
    Brief::of_boolean(!ends_at)
}

fn call<'a, R: Reader<'a>>(body: BriefBody, arguments: &'a [Short], reader: &mut R) -> Brief {
    let mut values = [Brief::MISSING; ARGUMENTS_MAX];
    let mut lacks = None;
    for (slot, argument) in values.iter_mut().zip(arguments) {
        *slot = evaluate(argument, reader);
        if slot.is_long() {
            return Brief::LONG;
        }
        if !slot.is_known() {
            lacks = Some(lacking(*slot, lacks.unwrap_or(Brief::MISSING)));
        }
    }
    lacks.unwrap_or_else(|| body(reader.bare_mark(), values.get(..arguments.len()).unwrap_or_default()))
}
