//! Lowering of calls and operators.

use super::lowering::{Bound, Lowering, Shape};
use super::tree::{Asked, Host, Node, Over};
use crate::script::check::closure;
use crate::script::operator::Operator;
use rhai::{Expr, FnCallExpr};

impl Lowering<'_> {
    /// Adds to a list of the script's own, or takes from it.
    pub(super) fn own_list(&mut self, call: &FnCallExpr, at: usize) -> Option<Node> {
        let mut items = self.fixed(&call.args)?;
        self.changes += 1;
        match (call.name.as_str(), items.pop()) {
            ("push", Some(item)) if items.is_empty() => Some(Node::Push(at, Box::new(item))),
            ("pop", None) => Some(Node::Pop(at)),
            _ => None,
        }
    }

    pub(super) fn call(&mut self, call: &FnCallExpr, of: Option<Node>) -> Option<Node> {
        let name = call.name.as_str();
        if call.is_qualified() || call.capture_parent_scope {
            return None;
        }
        if call.op_token.is_some() && !rhai::is_valid_identifier(name) {
            return self.operator(name, &call.args);
        }
        if of.is_none() && self.own.iter().any(|each| each.name == name) {
            return self.own_function(call);
        }
        if let Some(asked) = asked(name) {
            return self.over(asked, call, of);
        }
        let mut arguments = self.fixed(&call.args)?;
        if let Some(of) = of {
            arguments.insert(0, of);
        }
        if let Some(function) = self.functions.get(name) {
            let list = match arguments.as_slice() {
                // What an empty list is a list of is told of facts alone.
                [Node::Fact(number)] if function.adds_up() => self.reads.1.get(*number).map(|path| path.kind.clone()),
                _ => None,
            };
            let function = function.clone();
            return Some(Node::Host(Box::new(Host { function, arguments, list })));
        }
        match (name, arguments.pop()) {
            ("len", Some(of)) if arguments.is_empty() => Some(Node::Len(Box::new(of))),
            ("is_empty", Some(of)) if arguments.is_empty() => Some(Node::IsEmpty(Box::new(of))),
            _ => None,
        }
    }

    /// A function of a list with a closure, which takes nothing from outside but facts and settings. It runs where it is written.
    fn over(&mut self, asked: Asked, call: &FnCallExpr, of: Option<Node>) -> Option<Node> {
        let (list, written) = match (of, call.args.as_slice()) {
            (Some(list), [written]) => (list, written),
            (None, [list, written]) => (self.value(list)?, written),
            _ => return None,
        };
        let (name, outside) = closure(written)?;
        let own = self.own;
        let definition = own.iter().find(|each| each.name == name)?;
        let (outside, [parameter]) = definition.parameters.split_at_checked(outside)? else { return None };
        let is_fixed = |name: &String| matches!(self.bound(name), Some(Bound::Group(_) | Bound::Settings));
        if !outside.iter().all(is_fixed) {
            return None;
        }
        let before = self.changes;
        let (place, body) = self.with_place(parameter, |lowering| lowering.statements(&definition.body))?;
        // What it changes is its own.
        self.changes = before;
        Some(Node::Over(Box::new(Over { asked, list, place, body })))
    }

    fn own_function(&mut self, call: &FnCallExpr) -> Option<Node> {
        let (mut shapes, mut arguments) = (Vec::new(), Vec::new());
        let before = self.changes;
        for arg in &call.args {
            shapes.push(match self.without_value(arg) {
                Some(Bound::Group(path)) => Shape::Group(path),
                Some(Bound::Settings) => Shape::Settings,
                _ => {
                    arguments.push(self.value(arg)?);
                    Shape::Value
                }
            });
        }
        if self.changes != before {
            return None;
        }
        let number = self.function(&call.name, shapes)?;
        // What it changes is its own.
        self.changes = before;
        Some(Node::Own(number, arguments))
    }

    fn operator(&mut self, symbol: &str, args: &[Expr]) -> Option<Node> {
        let mut parts = self.unmoved(args)?.into_iter();
        match (symbol, parts.next()?, parts.next()) {
            ("-", of, None) => Some(Node::Negate(Box::new(of))),
            ("!", of, None) => Some(Node::Not(Box::new(of))),
            (symbol, left, Some(right)) => Some(Node::Binary(Operator::of_symbol(symbol)?, Box::new((left, right)))),
            _ => None,
        }
    }
}

fn asked(function: &str) -> Option<Asked> {
    match function {
        "map" => Some(Asked::Map),
        "filter" => Some(Asked::Filter),
        "some" => Some(Asked::Some),
        "all" => Some(Asked::All),
        _ => None,
    }
}
