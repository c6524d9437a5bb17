//! How a lowered function runs: its calls and its statements. What its parts come to stands in `values`.
//!
//! What Rhai would refuse ends the run unsettled: a value that is missing where one is needed, kinds that do not fit, a name that is not
//! there.

use super::Unsettled;
use super::spending::Spent;
use super::thing::Thing;
use super::tree::{Function, Node, Range, Statement};
use crate::script::allowance::ScriptLimits;
use crate::script::context::CallContext;
use crate::value::{Fact, Value};
use std::collections::BTreeMap;

/// Why the value of a part is not there.
pub(super) enum Leave {
    Unsettled,
    Return(Thing),
    Break,
    Continue,
}

impl From<Unsettled> for Leave {
    fn from(_: Unsettled) -> Self {
        Self::Unsettled
    }
}

pub(super) type Given = Result<Thing, Leave>;

/// What a run reads.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) functions: &'a [Function],
    pub(super) facts: &'a [Fact<Value>],
    pub(super) settings: &'a BTreeMap<String, Value>,
    pub(super) context: &'a CallContext<'a>,
    pub(super) limits: &'a ScriptLimits,
}

/// A run.
pub(super) struct Run<'a> {
    pub(super) world: World<'a>,
    places: Vec<Thing>,
    /// Where the places of the function begin that runs.
    from: usize,
    /// How many functions stand open.
    depth: usize,
    pub(super) spent: Spent<'a>,
}

impl<'a> Run<'a> {
    pub(super) fn new(world: World<'a>) -> Self {
        Self { world, places: Vec::new(), from: 0, depth: 0, spent: Spent::nothing(world.limits) }
    }

    /// Calls a function by its number.
    pub(super) fn call(&mut self, number: usize, arguments: Vec<Thing>) -> Given {
        let World { functions, limits, .. } = self.world;
        let function = functions.get(number).ok_or(Unsettled)?;
        let (outer, from) = (self.from, self.places.len());
        // Rhai counts levels of its own between those of a script.
        if 2 * (self.depth + 1) > limits.call_levels || 2 * (from + function.places) > limits.variables {
            return Err(Leave::Unsettled);
        }
        self.places.extend(arguments);
        self.places.resize(from + function.places, Thing::NOTHING);
        (self.from, self.depth) = (from, self.depth + 1);
        let given = self.block(&function.body);
        (self.from, self.depth) = (outer, self.depth - 1);
        self.places.truncate(from);
        returned(given)
    }

    /// A fact as a script gets it.
    pub(super) fn take(&mut self, fact: Fact<Value>) -> Given {
        if let Fact::Known(value) = &fact {
            self.spent.read(value)?;
        }
        Ok(Thing::of(fact))
    }

    pub(super) fn place(&mut self, at: usize) -> Result<&mut Thing, Unsettled> {
        self.places.get_mut(self.from + at).ok_or(Unsettled)
    }

    pub(super) fn placed(&self, at: usize) -> Result<&Thing, Unsettled> {
        self.places.get(self.from + at).ok_or(Unsettled)
    }

    pub(super) fn block(&mut self, statements: &'a [Statement]) -> Given {
        let mut last = Thing::NOTHING;
        for statement in statements {
            last = self.statement(statement)?;
        }
        Ok(last)
    }

    fn statement(&mut self, statement: &'a Statement) -> Given {
        match statement {
            Statement::Value(node) => return self.value(node),
            Statement::Nothing => {}
            Statement::Set(at, node) => {
                let thing = self.value(node)?;
                *self.place(*at)? = thing;
            }
            Statement::Change(at, operator, node) => {
                let right = self.value(node)?;
                let left = std::mem::replace(self.place(*at)?, Thing::NOTHING);
                let changed = self.operator(*operator, &left, &right)?;
                *self.place(*at)? = changed;
            }
            Statement::SetField(at, name, node) => {
                let thing = self.value(node)?;
                self.spent.put(&thing)?;
                *self.place(*at)?.field_mut(name).ok_or(Unsettled)? = thing;
            }
            Statement::ChangeField(at, name, operator, node) => {
                let right = self.value(node)?;
                let left = self.place(*at)?.field(name).cloned().ok_or(Unsettled)?;
                let changed = self.operator(*operator, &left, &right)?;
                self.spent.put(&changed)?;
                *self.place(*at)?.field_mut(name).ok_or(Unsettled)? = changed;
            }
            Statement::For(at, list, body) => self.each(*at, list, body)?,
            Statement::Range(range) => self.range(range)?,
            Statement::While(test, body) => while self.value(test)?.truth()? && self.turn(body)? {},
            Statement::Return(value) => {
                return Err(Leave::Return(match value {
                    Some(value) => self.value(value)?,
                    None => Thing::NOTHING,
                }));
            }
            Statement::Break => return Err(Leave::Break),
            Statement::Continue => return Err(Leave::Continue),
        }
        self.spent.step(0)?;
        Ok(Thing::NOTHING)
    }

    /// The items of a list, whoever made it.
    pub(super) fn items(&mut self, list: Thing) -> Result<Vec<Thing>, Leave> {
        match list {
            Thing::List(items) => Ok(items),
            Thing::Fact(Fact::Known(Value::List(items))) => {
                items.iter().map(|item| self.take(Fact::Known(item.clone()))).collect()
            }
            _ => Err(Leave::Unsettled),
        }
    }

    /// Runs the body of a loop once; does the loop go on?
    fn turn(&mut self, body: &'a [Statement]) -> Result<bool, Leave> {
        self.spent.step(0)?;
        match self.block(body) {
            Ok(_) | Err(Leave::Continue) => Ok(true),
            Err(Leave::Break) => Ok(false),
            Err(other) => Err(other),
        }
    }

    fn each(&mut self, at: usize, list: &'a Node, body: &'a [Statement]) -> Result<(), Leave> {
        let list = self.value(list)?;
        for item in self.items(list)? {
            *self.place(at)? = item;
            if !self.turn(body)? {
                break;
            }
        }
        Ok(())
    }

    fn range(&mut self, range: &'a Range) -> Result<(), Leave> {
        let (from, to) = (self.value(&range.from)?, self.value(&range.to)?);
        let (Value::Integer(from), Value::Integer(to)) = (from.known()?, to.known()?) else { return Err(Leave::Unsettled) };
        let (mut next, end) = (*from, if range.inclusive { *to } else { to.checked_sub(1).ok_or(Unsettled)? });
        while next <= end {
            *self.place(range.place)? = Thing::Fact(Fact::Known(Value::Integer(next)));
            if !self.turn(&range.body)? {
                break;
            }
            next = next.checked_add(1).ok_or(Unsettled)?;
        }
        Ok(())
    }

    /// What a closure gives whose parameter is in its place.
    pub(super) fn closure(&mut self, body: &'a [Statement]) -> Given {
        self.spent.step(0)?;
        if 2 * (self.depth + 1) > self.world.limits.call_levels {
            return Err(Leave::Unsettled);
        }
        self.depth += 1;
        let given = self.block(body);
        self.depth -= 1;
        returned(given)
    }
}

/// What a function or a closure comes to whose body ended so.
fn returned(body: Given) -> Given {
    match body {
        Err(Leave::Return(thing)) => Ok(thing),
        // Rhai refuses both outside of a loop when it reads a script.
        Err(Leave::Break | Leave::Continue) => Err(Leave::Unsettled),
        given => given,
    }
}
