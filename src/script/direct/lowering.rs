//! From Rhai's tree to ours: every variable has its place, every function and every fact its number. Calls stand in `calls`.
//!
//! Nothing comes of a function as soon as one of its parts is beyond what is run directly. Nothing is reported: the script was checked
//! when it was compiled.

use super::tree::{Function, If, Node, Range, Statement};
use crate::script::check::Definition;
use crate::script::functions::Functions;
use crate::script::names::FactPath;
use crate::script::operator::Operator;
use crate::script::reads::ReadPath;
use crate::script::syntax::{Chain, Link};
use crate::value::{Decimal, Value};
use rhai::{ASTFlags, Expr, Stmt, StmtBlock};
use std::sync::Arc;

/// How many functions a call can reach, each counted once for each way in which it is called.
const FUNCTIONS_MAX: usize = 256;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// A value, in its place; may it be given another?
    Place(usize, bool),
    /// A group of facts, which is no value.
    Group(Vec<String>),
    Settings,
}

/// What a function is given for a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Value,
    Group(Vec<String>),
    Settings,
}

pub(super) struct Lowering<'a> {
    pub(super) own: &'a [Definition],
    pub(super) functions: &'a Functions,
    /// The paths that are read, and what they are, by their numbers.
    pub(super) reads: (&'a [ReadPath], &'a [FactPath]),
    /// The functions that were begun, by what they are given.
    begun: Vec<(&'a str, Vec<Shape>)>,
    done: Vec<Option<Function>>,
    scope: Vec<(String, Bound)>,
    /// How many places the function has so far.
    places: usize,
    /// How many parts that change something were lowered so far: in which order they run beside others matters.
    pub(super) changes: usize,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(own: &'a [Definition], functions: &'a Functions, reads: (&'a [ReadPath], &'a [FactPath])) -> Self {
        Self { own, functions, reads, begun: Vec::new(), done: Vec::new(), scope: Vec::new(), places: 0, changes: 0 }
    }

    /// All functions that a call can reach; the first is the one that is called.
    pub(super) fn functions(mut self, name: &str, shapes: Vec<Shape>) -> Option<Vec<Function>> {
        self.function(name, shapes)?;
        self.done.into_iter().collect()
    }

    /// The number of a function that is given such things.
    pub(super) fn function(&mut self, name: &str, shapes: Vec<Shape>) -> Option<usize> {
        let fits = |each: &&Definition| each.name == name && each.parameters.len() == shapes.len();
        let definition = self.own.iter().find(fits)?;
        if let Some(known) = self.begun.iter().position(|(begun, given)| *begun == name && *given == shapes) {
            return Some(known);
        }
        let number = self.begun.len();
        if number >= FUNCTIONS_MAX {
            return None;
        }
        self.begun.push((&definition.name, shapes.clone()));
        self.done.push(None);
        let outer = (std::mem::take(&mut self.scope), std::mem::take(&mut self.places));
        for (name, shape) in definition.parameters.iter().zip(shapes) {
            let bound = match shape {
                Shape::Value => Bound::Place(self.place(), true),
                Shape::Group(path) => Bound::Group(path),
                Shape::Settings => Bound::Settings,
            };
            self.scope.push((name.clone(), bound));
        }
        let body = self.statements(&definition.body)?;
        let function = Function { places: self.places, body };
        (self.scope, self.places) = outer;
        *self.done.get_mut(number)? = Some(function);
        Some(number)
    }

    fn place(&mut self) -> usize {
        self.places += 1;
        self.places - 1
    }

    pub(super) fn bound(&self, name: &str) -> Option<&Bound> {
        self.scope.iter().rev().find(|(known, _)| known == name).map(|(_, bound)| bound)
    }

    /// The place of a variable that may be given another value.
    fn changed(&mut self, name: &str) -> Option<usize> {
        self.changes += 1;
        match self.bound(name)? {
            Bound::Place(place, true) => Some(*place),
            _ => None,
        }
    }

    /// Lowers something in which a variable has a place.
    pub(super) fn with_place<T>(&mut self, name: &str, lower: impl FnOnce(&mut Self) -> Option<T>) -> Option<(usize, T)> {
        let (place, depth) = (self.place(), self.scope.len());
        self.scope.push((name.to_owned(), Bound::Place(place, true)));
        let lowered = lower(self);
        self.scope.truncate(depth);
        Some((place, lowered?))
    }

    fn block(&mut self, block: &StmtBlock) -> Option<Vec<Statement>> {
        self.statements(block.statements())
    }

    pub(super) fn statements(&mut self, statements: &[Stmt]) -> Option<Vec<Statement>> {
        let depth = self.scope.len();
        let lowered = statements.iter().map(|statement| self.statement(statement)).collect();
        self.scope.truncate(depth);
        lowered
    }

    fn statement(&mut self, statement: &Stmt) -> Option<Statement> {
        Some(match statement {
            Stmt::Noop(_) => Statement::Nothing,
            Stmt::Var(parts, flags, _) => {
                let (name, value, _) = &**parts;
                if let Some(bound) = self.without_value(value) {
                    self.scope.push((name.name.to_string(), bound));
                    return Some(Statement::Nothing);
                }
                let value = self.value(value)?;
                let place = self.place();
                self.scope.push((name.name.to_string(), Bound::Place(place, !flags.intersects(ASTFlags::CONSTANT))));
                Statement::Set(place, value)
            }
            Stmt::Assignment(parts) => {
                let (assignment, sides) = &**parts;
                let operator = match assignment.get_op_assignment_info() {
                    None => None,
                    Some((_, _, _, symbol, _, _)) => {
                        Some(Operator::ALL.into_iter().find(|each| each.assigning() == Some(symbol))?)
                    }
                };
                let before = self.changes;
                let value = self.value(&sides.rhs)?;
                if self.changes != before || is_optional(&sides.lhs) {
                    return None;
                }
                let chain = Chain::of(&sides.lhs);
                let Expr::Variable(variable, ..) = chain.root else { return None };
                let place = self.changed(&variable.1)?;
                match (chain.links.as_slice(), operator) {
                    ([], None) => Statement::Set(place, value),
                    ([], Some(operator)) => Statement::Change(place, operator, value),
                    ([Link::Property(name, _)], None) => Statement::SetField(place, Arc::from(*name), value),
                    ([Link::Property(name, _)], Some(operator)) => {
                        Statement::ChangeField(place, Arc::from(*name), operator, value)
                    }
                    _ => return None,
                }
            }
            Stmt::For(parts, _) => {
                let (name, None, flow) = &**parts else { return None };
                if let Some((from, to, inclusive)) = range(&flow.expr) {
                    let mut ends = self.unmoved(&[from.clone(), to.clone()])?.into_iter();
                    let (from, to) = (ends.next()?, ends.next()?);
                    let (place, body) = self.with_place(&name.name, |lowering| lowering.block(&flow.body))?;
                    return Some(Statement::Range(Box::new(Range { place, from, to, inclusive, body })));
                }
                let list = self.value(&flow.expr)?;
                let (place, body) = self.with_place(&name.name, |lowering| lowering.block(&flow.body))?;
                Statement::For(place, list, body)
            }
            Stmt::While(flow, _) => {
                let test = match &flow.expr {
                    Expr::Unit(_) => Node::Constant(Value::Boolean(true)),
                    test => self.value(test)?,
                };
                Statement::While(test, self.block(&flow.body)?)
            }
            Stmt::If(parts, _) => Statement::Value(Node::If(Box::new(If {
                test: self.value(&parts.expr)?,
                then: self.block(&parts.body)?,
                otherwise: self.block(&parts.branch)?,
            }))),
            Stmt::Block(block) => Statement::Value(Node::Block(self.block(block)?)),
            Stmt::Expr(value) => Statement::Value(self.value(value)?),
            Stmt::FnCall(call, _) => Statement::Value(self.call(call, None)?),
            Stmt::Return(value, flags, _) if !flags.intersects(ASTFlags::BREAK) => Statement::Return(match value {
                Some(value) => Some(self.value(value)?),
                None => None,
            }),
            Stmt::BreakLoop(None, flags, _) if flags.intersects(ASTFlags::BREAK) => Statement::Break,
            Stmt::BreakLoop(None, ..) => Statement::Continue,
            _ => return None,
        })
    }

    /// What an expression stands for that has no value of its own: a group of facts, or the settings.
    pub(super) fn without_value(&self, expr: &Expr) -> Option<Bound> {
        if is_optional(expr) {
            return None;
        }
        let chain = Chain::of(expr);
        let Expr::Variable(variable, ..) = chain.root else { return None };
        match self.bound(&variable.1)? {
            Bound::Group(group) => {
                let mut path = group.clone();
                for link in &chain.links {
                    let Link::Property(name, _) = link else { return None };
                    path.push((*name).to_owned());
                }
                self.fact(&path).is_none().then_some(Bound::Group(path))
            }
            Bound::Settings if chain.links.is_empty() => Some(Bound::Settings),
            _ => None,
        }
    }

    /// The number of the fact that a path reads, and how many names of the path it takes.
    fn fact(&self, path: &[String]) -> Option<(usize, usize)> {
        (1..=path.len()).find_map(|taken| {
            let number = self.reads.0.iter().position(|read| Some(read.path.as_slice()) == path.get(..taken))?;
            Some((number, taken))
        })
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Option<Node> {
        Some(match expr {
            Expr::Unit(_) => Node::Nothing,
            Expr::BoolConstant(value, _) => Node::Constant(Value::Boolean(*value)),
            Expr::IntegerConstant(value, _) => Node::Constant(Value::Integer(*value)),
            Expr::StringConstant(text, _) => Node::Constant(Value::text(text.as_str())),
            Expr::DynamicConstant(value, _) => {
                Node::Constant(Value::Decimal(Decimal::from_raw(value.as_decimal().ok()?.normalize())))
            }
            Expr::InterpolatedString(parts, _) => Node::Text(self.all(parts)?),
            Expr::Array(items, _) => Node::List(self.all(items)?),
            Expr::Map(entries, _) => {
                let entries = entries.0.iter().map(|(name, value)| Some((Arc::from(name.name.as_str()), self.value(value)?)));
                Node::Map(entries.collect::<Option<Vec<_>>>()?)
            }
            Expr::And(parts, _) => Node::Every(self.all(parts)?),
            Expr::Or(parts, _) => Node::Either(self.all(parts)?),
            Expr::Coalesce(parts, _) => Node::Coalesce(self.all(parts)?),
            Expr::FnCall(call, _) => self.call(call, None)?,
            Expr::Stmt(block) => Node::Block(self.block(block)?),
            Expr::Variable(..) | Expr::Dot(..) | Expr::Index(..) if !is_optional(expr) => self.chain(expr)?,
            _ => return None,
        })
    }

    fn all(&mut self, parts: &[Expr]) -> Option<Vec<Node>> {
        parts.iter().map(|part| self.value(part)).collect()
    }

    /// Parts of which none changes what another reads, so that it does not matter which runs first.
    pub(super) fn unmoved(&mut self, parts: &[Expr]) -> Option<Vec<Node>> {
        if parts.len() < 2 { self.all(parts) } else { self.fixed(parts) }
    }

    /// Parts of which none changes anything.
    pub(super) fn fixed(&mut self, parts: &[Expr]) -> Option<Vec<Node>> {
        let before = self.changes;
        let lowered = self.all(parts)?;
        (self.changes == before).then_some(lowered)
    }

    /// A name with its fields, indexes and calls.
    fn chain(&mut self, expr: &Expr) -> Option<Node> {
        let chain = Chain::of(expr);
        let mut links = chain.links.as_slice();
        let before = self.changes;
        // The variable that a list of the script's own may lie in.
        let mut place = None;
        let mut node = match chain.root {
            Expr::Variable(variable, ..) if !variable.2.is_empty() => return None,
            Expr::Variable(variable, ..) => match self.bound(&variable.1)?.clone() {
                Bound::Place(at, changes) => {
                    place = changes.then_some(at);
                    Node::Place(at)
                }
                Bound::Settings => {
                    let (Link::Property(name, _), rest) = links.split_first()? else { return None };
                    links = rest;
                    Node::Setting(Arc::from(*name))
                }
                Bound::Group(mut path) => {
                    let own = path.len();
                    path.extend(links.iter().map_while(|link| match link {
                        Link::Property(name, _) => Some((*name).to_owned()),
                        _ => None,
                    }));
                    let (number, taken) = self.fact(&path)?;
                    links = links.get(taken.checked_sub(own)?..)?;
                    Node::Fact(number)
                }
            },
            root => self.value(root)?,
        };
        for link in links {
            let in_place = place.take();
            node = match link {
                Link::Property(name, _) => Node::Field(Box::new(node), Arc::from(*name)),
                Link::Method(call, _) if ["push", "pop"].contains(&call.name.as_str()) => self.own_list(call, in_place?)?,
                // Rhai works out what stands in brackets before what stands left of them.
                Link::Index(_) if self.changes != before => return None,
                Link::Method(call, _) if self.changes != before && !call.args.is_empty() => return None,
                Link::Method(call, _) => self.call(call, Some(node))?,
                Link::Index(by) => {
                    let by = self.value(by)?;
                    if self.changes != before {
                        return None;
                    }
                    Node::Item(Box::new((node, by)))
                }
            };
        }
        Some(node)
    }
}

/// Does a chain end where something is not there: `x?.y`?
fn is_optional(expr: &Expr) -> bool {
    match expr {
        Expr::Dot(parts, flags, _) | Expr::Index(parts, flags, _) => {
            flags.intersects(ASTFlags::NEGATED) || is_optional(&parts.lhs) || is_optional(&parts.rhs)
        }
        _ => false,
    }
}

/// The ends of `from..to` and of `from..=to`, and whether `to` belongs to it.
fn range(expr: &Expr) -> Option<(&Expr, &Expr, bool)> {
    let Expr::FnCall(call, _) = expr else { return None };
    match (call.name.as_str(), call.args.as_slice()) {
        ("..", [from, to]) => Some((from, to, false)),
        ("..=", [from, to]) => Some((from, to, true)),
        _ => None,
    }
}

/// What the function that is called is given for its parameters.
pub(super) fn given(with_draft: bool) -> Vec<Shape> {
    let facts = Shape::Group(Vec::new());
    if with_draft { vec![facts, Shape::Value, Shape::Settings] } else { vec![facts, Shape::Settings] }
}
