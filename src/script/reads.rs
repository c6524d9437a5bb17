//! Which facts a function of a script reads, found without running it.
//!
//! Every use of the facts must be a chain of fields, here or in a function that is given them; a variable may stand for a group of
//! facts. Whatever else could reach a fact is refused, so that what is found is exact.

use super::check::{Definition, closure};
use super::location::in_file;
use super::syntax::{Chain, Link};
use crate::text::{Code, Diagnostic, Diagnostics, Place, Source};
use rhai::{Expr, FnCallExpr, Position, Stmt, StmtBlock};
use std::collections::BTreeSet;

/// A path below the facts that a script reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPath {
    /// Its segments.
    pub path: Vec<String>,
    /// Where it is first read.
    pub place: Place,
}

/// What a variable stands for: a path below the facts, or anything else.
type Shape = Option<Named>;

/// A path below the facts, and where it is named.
#[derive(Clone)]
struct Named {
    path: Vec<String>,
    at: Position,
}

/// What the analysis finds.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// The paths whose values are used; none is below another.
    pub(super) used: Vec<ReadPath>,
    /// Groups that are only passed on or named.
    pub(super) touched: Vec<Vec<String>>,
    /// Positions at which a missing value is allowed: before `??`, and where a script asks whether it is missing.
    pub(super) allowed: Vec<Position>,
}

/// Finds what `function` reads when its first parameter is the facts.
pub(super) fn find(source: &Source, own: &[Definition], function: &Definition, out: &mut Diagnostics) -> Reads {
    let mut analysis =
        Analysis { source, own, out, found: Reads::default(), scope: Vec::new(), done: BTreeSet::new(), open: Vec::new() };
    let mut shapes = vec![None; function.parameters.len()];
    if let Some(first) = shapes.first_mut() {
        *first = Some(Named { path: Vec::new(), at: Position::NONE });
    }
    analysis.function(function, shapes);
    let mut found = analysis.found;
    let paths: Vec<Vec<String>> = found.used.iter().map(|read| read.path.clone()).collect();
    found.used.retain(|read| !paths.iter().any(|other| other.len() < read.path.len() && read.path.starts_with(other)));
    found
}

struct Analysis<'a> {
    source: &'a Source,
    own: &'a [Definition],
    out: &'a mut Diagnostics,
    found: Reads,
    scope: Vec<(String, Shape)>,
    /// Functions that have been followed, with what they were given.
    done: BTreeSet<(String, Vec<Option<Vec<String>>>)>,
    /// The functions that are being followed, with the lengths of the paths that they were given.
    open: Vec<(String, Vec<usize>)>,
}

impl Analysis<'_> {
    fn function(&mut self, function: &Definition, shapes: Vec<Shape>) {
        let given = shapes.iter().map(|shape| shape.as_ref().map(|named| named.path.clone())).collect();
        if !self.done.insert((function.name.clone(), given)) {
            return;
        }
        let lengths = shapes.iter().map(|shape| shape.as_ref().map_or(0, |named| named.path.len())).collect();
        self.open.push((function.name.clone(), lengths));
        let changed = changed(&function.body, self.own);
        let outer = std::mem::take(&mut self.scope);
        for (name, shape) in function.parameters.iter().zip(shapes) {
            let shape = match shape {
                Some(named) if changed.contains(name) && !named.path.is_empty() => {
                    self.use_value(named.path, named.at);
                    None
                }
                shape => shape,
            };
            self.scope.push((name.clone(), shape));
        }
        self.statements(&function.body, &changed);
        self.scope = outer;
        self.open.pop();
    }

    fn shape(&self, name: &str) -> Option<&Named> {
        self.scope.iter().rev().find(|(each, _)| each == name).and_then(|(_, shape)| shape.as_ref())
    }

    fn use_value(&mut self, path: Vec<String>, position: Position) {
        if path.is_empty() {
            let place = in_file(self.source, position);
            let message = "the facts can only be read by their fields, as in `facts.customer.tier`";
            let help = "pass them on to a function of this script, or name the fields that are needed";
            self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, message).help(help));
        } else if !self.found.used.iter().any(|read| read.path == path) {
            self.found.used.push(ReadPath { path, place: in_file(self.source, position) });
        }
    }

    /// The group or fact that an expression names, if it is nothing but a chain of fields, with the position of its reading.
    fn named(&self, expr: &Expr) -> Option<(Named, Position)> {
        let chain = Chain::of(expr);
        let Expr::Variable(variable, ..) = chain.root else { return None };
        let mut named = self.shape(&variable.1)?.clone();
        if !chain.links.is_empty() || named.at.is_none() {
            named.at = chain.root.start_position();
        }
        for link in &chain.links {
            match link {
                Link::Property(name, _) => named.path.push((*name).to_owned()),
                _ => return None,
            }
        }
        Some((named, chain.positions.last().copied().unwrap_or(Position::NONE)))
    }

    fn touch(&mut self, path: &[String]) {
        if !path.is_empty() && !self.found.touched.iter().any(|each| each == path) {
            self.found.touched.push(path.to_vec());
        }
    }

    fn allow(&mut self, expr: &Expr) {
        if let Some((_, position)) = self.named(expr) {
            self.found.allowed.push(position);
        }
    }

    fn block(&mut self, block: &StmtBlock, changed: &BTreeSet<String>) {
        self.statements(block.statements(), changed);
    }

    fn statements(&mut self, statements: &[Stmt], changed: &BTreeSet<String>) {
        let depth = self.scope.len();
        for statement in statements {
            self.statement(statement, changed);
        }
        self.scope.truncate(depth);
    }

    fn statement(&mut self, statement: &Stmt, changed: &BTreeSet<String>) {
        match statement {
            Stmt::If(parts, _) | Stmt::While(parts, _) | Stmt::Do(parts, _, _) => {
                self.expression(&parts.expr, changed);
                self.block(&parts.body, changed);
                self.block(&parts.branch, changed);
            }
            Stmt::For(parts, _) => {
                let (name, counter, flow) = &**parts;
                self.expression(&flow.expr, changed);
                let depth = self.scope.len();
                self.scope.push((name.name.to_string(), None));
                if let Some(counter) = counter {
                    self.scope.push((counter.name.to_string(), None));
                }
                self.block(&flow.body, changed);
                self.scope.truncate(depth);
            }
            Stmt::Var(parts, _, _) => {
                let name = parts.0.name.to_string();
                let shape = match self.named(&parts.1) {
                    Some((named, _)) if !changed.contains(&name) => {
                        self.touch(&named.path);
                        Some(named)
                    }
                    _ => {
                        self.expression(&parts.1, changed);
                        None
                    }
                };
                self.scope.push((name, shape));
            }
            Stmt::Assignment(parts) => {
                let chain = Chain::of(&parts.1.lhs);
                if let Expr::Variable(variable, ..) = chain.root
                    && self.shape(&variable.1).is_some()
                {
                    let place = in_file(self.source, chain.root.start_position());
                    self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, "a script cannot change the facts"));
                } else {
                    self.links(&chain.links, changed);
                }
                self.expression(&parts.1.rhs, changed);
            }
            Stmt::FnCall(call, _) => self.call(call, changed),
            Stmt::Block(block) => self.block(block, changed),
            Stmt::Expr(expr) => self.expression(expr, changed),
            Stmt::BreakLoop(Some(value), _, _) | Stmt::Return(Some(value), _, _) => self.expression(value, changed),
            // The check refuses the others, or they hold nothing.
            _ => {}
        }
    }

    fn expressions<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expr>, changed: &BTreeSet<String>) {
        for part in parts {
            self.expression(part, changed);
        }
    }

    fn expression(&mut self, expr: &Expr, changed: &BTreeSet<String>) {
        match expr {
            Expr::Variable(..) | Expr::Dot(..) | Expr::Index(..) => self.chain(expr, changed),
            Expr::InterpolatedString(parts, _) | Expr::Array(parts, _) => self.expressions(parts, changed),
            Expr::Map(parts, _) => self.expressions(parts.0.iter().map(|(_, part)| part), changed),
            Expr::And(parts, _) | Expr::Or(parts, _) => self.expressions(parts.iter(), changed),
            Expr::Coalesce(parts, _) => {
                if let Some((_, before)) = parts.split_last() {
                    for part in before {
                        self.allow(part);
                    }
                }
                self.expressions(parts.iter(), changed);
            }
            Expr::FnCall(call, _) => self.call(call, changed),
            Expr::Stmt(block) => self.block(block, changed),
            _ => {}
        }
    }

    fn chain(&mut self, expr: &Expr, changed: &BTreeSet<String>) {
        let chain = Chain::of(expr);
        let base = match chain.root {
            Expr::Variable(variable, ..) => self.shape(&variable.1).cloned(),
            other => {
                self.expression(other, changed);
                None
            }
        };
        let mut rest = chain.links.as_slice();
        if let Some(mut named) = base {
            if matches!(rest.first(), Some(Link::Property(..))) || named.at.is_none() {
                named.at = chain.root.start_position();
            }
            let mut read_at = Position::NONE;
            for position in &chain.positions {
                let [Link::Property(name, _), after @ ..] = rest else { break };
                named.path.push((*name).to_owned());
                rest = after;
                read_at = *position;
            }
            if let Some(Link::Method(call, _)) = rest.first()
                && asks(&call.name)
            {
                self.found.allowed.push(read_at);
            }
            self.use_value(named.path, named.at);
        }
        self.links(rest, changed);
    }

    fn links(&mut self, links: &[Link<'_>], changed: &BTreeSet<String>) {
        for link in links {
            match link {
                Link::Property(..) => {}
                Link::Index(by) => self.expression(by, changed),
                Link::Method(call, _) => self.arguments(call, changed),
            }
        }
    }

    fn call(&mut self, call: &FnCallExpr, changed: &BTreeSet<String>) {
        let own = self.own;
        let own = own.iter().find(|each| each.name == call.name.as_str() && each.parameters.len() == call.args.len());
        let Some(function) = own else {
            if asks(&call.name) {
                for arg in &call.args {
                    self.allow(arg);
                }
            }
            self.arguments(call, changed);
            return;
        };
        // A function that calls itself with ever longer paths would be followed for ever: a part of what it was first given is a value.
        let first = self.open.iter().find(|(name, lengths)| *name == function.name && lengths.len() == call.args.len());
        let lengths = first.map(|(_, lengths)| lengths.clone());
        let mut shapes = Vec::new();
        for (at, arg) in call.args.iter().enumerate() {
            let most = lengths.as_ref().and_then(|lengths| lengths.get(at)).copied().unwrap_or(usize::MAX);
            shapes.push(match self.named(arg) {
                Some((named, _)) if named.path.len() > most => {
                    self.use_value(named.path, named.at);
                    None
                }
                Some((named, _)) => {
                    self.touch(&named.path);
                    Some(named)
                }
                None => {
                    self.expression(arg, changed);
                    None
                }
            });
        }
        self.function(function, shapes);
    }

    fn arguments(&mut self, call: &FnCallExpr, changed: &BTreeSet<String>) {
        for arg in &call.args {
            let Some((name, outside)) = closure(arg) else {
                self.expression(arg, changed);
                continue;
            };
            let own = self.own;
            let Some(function) = own.iter().find(|each| each.name == name) else { continue };
            let depth = self.scope.len();
            // What it takes from outside comes first and keeps its name and meaning.
            for own in function.parameters.iter().skip(outside) {
                self.scope.push((own.clone(), None));
            }
            self.statements(&function.body, changed);
            self.scope.truncate(depth);
        }
    }
}

/// Does the function ask whether a value is there, so that a missing one is allowed?
fn asks(function: &str) -> bool {
    ["is_missing", "is_unknown"].contains(&function)
}

/// The fields of a variable that statements give a value to, with the place of the field.
pub(super) fn fields_written(statements: &[Stmt], variable: Option<&String>) -> Vec<(String, Position)> {
    let mut found = Vec::new();
    for statement in statements {
        statement.walk(&mut Vec::new(), &mut |path| {
            if let Some(rhai::ASTNode::Stmt(Stmt::Assignment(parts))) = path.last() {
                let chain = Chain::of(&parts.1.lhs);
                if let Expr::Variable(root, ..) = chain.root
                    && Some(root.1.as_str()) == variable.map(String::as_str)
                    && let Some(Link::Property(name, position)) = chain.links.first()
                {
                    found.push(((*name).to_owned(), *position));
                }
            }
            true
        });
    }
    found
}

/// The variables that are given another value somewhere: they cannot stand for a fact.
fn changed(statements: &[Stmt], own: &[Definition]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in statements {
        statement.walk(&mut Vec::new(), &mut |path| {
            match path.last() {
                Some(rhai::ASTNode::Stmt(Stmt::Assignment(parts))) => {
                    if let Expr::Variable(variable, ..) = &parts.1.lhs {
                        names.insert(variable.1.to_string());
                    }
                }
                Some(rhai::ASTNode::Expr(expr)) => {
                    if let Some((name, _)) = closure(expr)
                        && let Some(function) = own.iter().find(|each| each.name == name)
                    {
                        names.extend(changed(&function.body, own));
                    }
                }
                _ => {}
            }
            true
        });
    }
    names
}
