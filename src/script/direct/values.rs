//! What a node comes to.

use super::Unsettled;
use super::running::{Given, Leave, Run};
use super::spending::work;
use super::thing::Thing;
use super::tree::{Asked, Host, Node, Over};
use crate::script::function::nothing;
use crate::script::names::project;
use crate::script::operator::Operator;
use crate::script::parameter::whole;
use crate::value::{Fact, Value, arithmetic};
use std::fmt::Write;
use std::sync::Arc;

impl<'a> Run<'a> {
    /// What a node comes to.
    pub(super) fn value(&mut self, node: &'a Node) -> Given {
        self.spent.step(0)?;
        match node {
            Node::Nothing => Ok(Thing::NOTHING),
            Node::Constant(value) => Ok(Thing::Fact(Fact::Known(value.clone()))),
            Node::Place(at) => {
                let thing = self.place(*at)?.clone();
                if !matches!(thing, Thing::Fact(_)) {
                    self.spent.put(&thing)?;
                }
                Ok(thing)
            }
            Node::Fact(number) => {
                let fact = self.world.facts.get(*number).cloned().ok_or(Unsettled)?;
                self.take(fact)
            }
            Node::Setting(name) => {
                let value = self.world.settings.get(&**name).cloned().ok_or(Unsettled)?;
                self.take(Fact::Known(value))
            }
            Node::Field(of, name) => self.field(of, name),
            Node::Item(parts) => {
                let (of, by) = (self.value(&parts.0)?, self.value(&parts.1)?);
                self.item(&of, by.known()?)
            }
            Node::Binary(operator, parts) => {
                let (left, right) = (self.value(&parts.0)?, self.value(&parts.1)?);
                self.operator(*operator, &left, &right)
            }
            Node::Negate(of) => {
                let of = self.value(of)?;
                let negated = arithmetic::negate(of.known()?).map_err(|_| Unsettled)?;
                self.take(Fact::Known(negated))
            }
            Node::Not(of) => Ok(Thing::of_boolean(!self.value(of)?.truth()?)),
            Node::Every(parts) => self.logic(parts, false),
            Node::Either(parts) => self.logic(parts, true),
            Node::Coalesce(parts) => {
                for part in parts {
                    let found = self.value(part)?;
                    if !matches!(found, Thing::Fact(Fact::Missing)) {
                        return Ok(found);
                    }
                }
                Ok(Thing::NOTHING)
            }
            Node::If(parts) => {
                let then = self.value(&parts.test)?.truth()?;
                self.block(if then { &parts.then } else { &parts.otherwise })
            }
            Node::Block(statements) => self.block(statements),
            Node::Text(parts) => self.text(parts),
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    let item = self.value(item)?;
                    self.spent.put(&item)?;
                    list.push(item);
                }
                Ok(Thing::List(list))
            }
            Node::Map(entries) => {
                let mut map: Vec<(Arc<str>, Thing)> = Vec::with_capacity(entries.len());
                for (name, item) in entries {
                    let item = self.value(item)?;
                    self.spent.put(&item)?;
                    map.push((name.clone(), item));
                }
                Ok(Thing::Map(map))
            }
            Node::Len(of) => {
                let len = i64::try_from(self.len(of)?).map_err(|_| Unsettled)?;
                Ok(Thing::Fact(Fact::Known(Value::Integer(len))))
            }
            Node::IsEmpty(of) => Ok(Thing::of_boolean(self.len(of)? == 0)),
            Node::Push(at, item) => {
                let item = self.value(item)?;
                self.spent.put(&item)?;
                match self.place(*at)? {
                    Thing::List(items) => items.push(item),
                    _ => return Err(Leave::Unsettled),
                }
                Ok(Thing::NOTHING)
            }
            Node::Pop(at) => match self.place(*at)? {
                Thing::List(items) => items.pop().ok_or(Leave::Unsettled),
                _ => Err(Leave::Unsettled),
            },
            Node::Host(host) => self.host(host),
            Node::Over(over) => self.over(over),
            Node::Own(number, arguments) => {
                let arguments = arguments.iter().map(|each| self.value(each)).collect::<Result<_, _>>()?;
                self.call(*number, arguments)
            }
        }
    }

    /// A field of something, which is looked at where it lies.
    fn field(&mut self, of: &'a Node, name: &str) -> Given {
        let made;
        let of = match of {
            Node::Place(at) => self.placed(*at)?,
            other => {
                made = self.value(other)?;
                &made
            }
        };
        let fact = match of {
            Thing::Map(_) => {
                let thing = of.field(name).cloned().ok_or(Unsettled)?;
                self.spent.put(&thing)?;
                return Ok(thing);
            }
            Thing::Fact(Fact::Known(Value::Record(record))) => record.get(name).ok_or(Unsettled)?,
            Thing::Fact(Fact::Known(Value::List(items))) => of_each(items, name)?,
            Thing::Fact(Fact::Known(Value::Money(money))) => Fact::Known(match name {
                "amount" => Value::Decimal(money.amount()),
                "currency" => Value::text(money.currency().code()),
                _ => return Err(Leave::Unsettled),
            }),
            _ => return Err(Leave::Unsettled),
        };
        self.take(fact)
    }

    fn item(&mut self, of: &Thing, by: &Value) -> Given {
        let at = |by: &Value| match by {
            Value::Integer(_) => whole(by).and_then(|number| usize::try_from(number).ok()).ok_or(Unsettled),
            _ => Err(Unsettled),
        };
        match of {
            Thing::List(items) => {
                let item = items.get(at(by)?).cloned().ok_or(Unsettled)?;
                self.spent.put(&item)?;
                Ok(item)
            }
            Thing::Fact(Fact::Known(Value::List(items))) => {
                let item = items.get(at(by)?).cloned().ok_or(Unsettled)?;
                self.take(Fact::Known(item))
            }
            Thing::Fact(Fact::Known(Value::Record(record))) => {
                let entry = by.as_name().and_then(|name| record.get(name)).ok_or(Unsettled)?;
                self.take(entry)
            }
            _ => Err(Leave::Unsettled),
        }
    }

    pub(super) fn operator(&mut self, operator: Operator, left: &Thing, right: &Thing) -> Given {
        let (left, right) = (left.known()?, right.known()?);
        self.spent.step(work(left) + work(right))?;
        let value = operator.apply(left, right).map_err(|_| Unsettled)?;
        self.take(Fact::Known(value))
    }

    fn logic(&mut self, parts: &'a [Node], ends_at: bool) -> Given {
        for part in parts {
            if self.value(part)?.truth()? == ends_at {
                return Ok(Thing::of_boolean(ends_at));
            }
        }
        Ok(Thing::of_boolean(!ends_at))
    }

    fn text(&mut self, parts: &'a [Node]) -> Given {
        let mut text = String::new();
        for part in parts {
            let part = self.value(part)?;
            // Writing to a text never fails.
            let _ = write!(text, "{}", part.known()?);
        }
        self.take(Fact::Known(Value::text(text)))
    }

    fn len(&mut self, of: &'a Node) -> Result<usize, Leave> {
        let len = match self.value(of)? {
            Thing::List(items) => items.len(),
            Thing::Map(entries) => entries.len(),
            Thing::Fact(Fact::Known(Value::Text(text))) => text.chars().count(),
            Thing::Fact(Fact::Known(Value::List(items))) => items.len(),
            Thing::Fact(_) => return Err(Leave::Unsettled),
        };
        Ok(len)
    }

    fn host(&mut self, host: &'a Host) -> Given {
        let Host { function, arguments, list } = host;
        if let (Some(state), [of]) = (function.looks_at, arguments.as_slice()) {
            return match self.value(of)? {
                Thing::Fact(found) => Ok(Thing::of_boolean(found.map(|_| ()) == state)),
                _ => Ok(Thing::of_boolean(state == Fact::Known(()))),
            };
        }
        let mut values = Vec::with_capacity(arguments.len() + 1);
        let mut adds_up_from = None;
        for argument in arguments {
            let thing = self.value(argument)?;
            // Only a list by itself can be added up, and what it is a list of has to be told.
            if let (true, [_], Thing::Fact(Fact::Known(value @ Value::List(items)))) =
                (function.adds_up(), arguments.as_slice(), &thing)
            {
                let kind = match list {
                    Some(kind) => kind.clone(),
                    None if items.is_empty() => return Err(Leave::Unsettled),
                    None => value.kind(),
                };
                adds_up_from = function.adds_up_from(&[Some(kind)]);
            }
            let value = thing.into_known()?;
            self.spent.step(work(&value))?;
            values.push(value);
        }
        self.spent.step(u64::try_from(function.work(&values)).unwrap_or(u64::MAX) / 4)?;
        if let Some(kind) = adds_up_from {
            values.push(nothing(&kind, self.world.context).map_err(|_| Unsettled)?);
        }
        let given = function.call(self.world.context, &values).map_err(|_| Unsettled)?;
        self.take(given)
    }

    /// Asks a closure of each item of a list.
    fn over(&mut self, over: &'a Over) -> Given {
        let list = self.value(&over.list)?;
        let is_own = matches!(list, Thing::List(_));
        let mut kept = Vec::new();
        for item in self.items(list)? {
            *self.place(over.place)? = item.clone();
            let given = self.closure(&over.body)?;
            match over.asked {
                Asked::Map => {
                    self.spent.put(&given)?;
                    kept.push(given);
                }
                Asked::Filter => {
                    if given.truth()? {
                        self.spent.put(&item)?;
                        kept.push(item);
                    }
                }
                Asked::Some if given.truth()? => return Ok(Thing::of_boolean(true)),
                Asked::All if !given.truth()? => return Ok(Thing::of_boolean(false)),
                Asked::Some | Asked::All => {}
            }
        }
        match over.asked {
            Asked::Some => Ok(Thing::of_boolean(false)),
            Asked::All => Ok(Thing::of_boolean(true)),
            // A list of facts stays one.
            Asked::Filter if !is_own => Ok(Thing::Fact(Fact::Known(Thing::List(kept).into_known()?))),
            Asked::Map | Asked::Filter => Ok(Thing::List(kept)),
        }
    }
}

/// A field of every record of a list.
fn of_each(items: &[Value], name: &str) -> Result<Fact<Value>, Unsettled> {
    let has_it = |item: &Value| matches!(item, Value::Record(record) if record.kind().position(name).is_some());
    if items.is_empty() || !items.iter().all(has_it) {
        return Err(Unsettled);
    }
    Ok(project(items, name, |record| record.get(name)).to_fact())
}
