//! What is checked of a script when it is loaded: only what the language of scripts has, functions that exist, and sizes.

use super::functions::{Functions, library_function};
use super::location::in_file;
use super::operator::Operator;
use super::syntax::{Chain, Link};
use crate::limits::SCRIPT_NODES_MAX;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place, Source, Span};
use rhai::{AST, ASTNode, Expr, FnCallExpr, FnPtr, Position, Stmt, StmtBlock};
use std::collections::BTreeSet;

/// A function of a script, or a closure.
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) parameters: Vec<String>,
    pub(super) body: Vec<Stmt>,
    /// Is it defined on a type, as a method?
    on_type: bool,
}

impl Definition {
    /// Rhai names closures so that no function of a script can have such a name.
    pub(super) fn is_closure(&self) -> bool {
        !rhai::is_valid_identifier(&self.name)
    }
}

/// The functions that a script defines, closures included, in the order of their names.
pub(super) fn definitions(ast: &AST) -> Vec<Definition> {
    let mut list: Vec<Definition> = ast
        .iter_functions()
        .map(|function| {
            // Rhai does not give out the body of a function; a tree with this function alone is walked instead. (Its filtered
            // clone does not filter.)
            let mut alone = ast.clone();
            alone.clear_statements();
            alone.retain_functions(|_, _, name, parameters| name == function.name && parameters == function.params.len());
            let mut body = Vec::new();
            alone.walk(&mut |path| {
                if let [ASTNode::Stmt(statement)] = path {
                    body.push((*statement).clone());
                }
                true
            });
            Definition {
                name: function.name.to_owned(),
                parameters: function.params.iter().map(|&name| name.to_owned()).collect(),
                body,
                on_type: function.this_type.is_some(),
            }
        })
        .collect();
    // Their order in the tree is that of a hash.
    list.sort_by(|a, b| (&a.name, a.parameters.len()).cmp(&(&b.name, b.parameters.len())));
    list
}

/// The name of the closure that an expression is, with the number of variables that it takes from outside.
pub(super) fn closure(expr: &Expr) -> Option<(String, usize)> {
    match expr {
        Expr::DynamicConstant(value, _) => value.read_lock::<FnPtr>().map(|pointer| (pointer.fn_name().to_owned(), 0)),
        Expr::Stmt(block) => match block.statements() {
            [Stmt::Share(_), Stmt::Expr(curried)] => match &**curried {
                Expr::FnCall(call, _) => {
                    let (first, outside) = call.args.split_first()?;
                    closure(first).map(|(name, _)| (name, outside.len()))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Where a function is defined.
pub(super) fn definition_place(source: &Source, name: &str) -> Place {
    let text = source.text();
    let found = text.match_indices(name).find(|(at, _)| {
        let before = text.get(..*at).unwrap_or("");
        let after = text.get(at + name.len()..).unwrap_or("");
        before.ends_with(char::is_whitespace) && before.trim_end().ends_with("fn") && after.trim_start().starts_with('(')
    });
    source.place(found.map_or(Span::new(0, 0), |(at, _)| Span::new(at, at + name.len())))
}

pub(super) struct Check<'a> {
    source: &'a Source,
    functions: &'a Functions,
    own: &'a [Definition],
    out: &'a mut Diagnostics,
    nodes: usize,
    /// The function that is being looked at, with its closures.
    within: &'a str,
    /// Which function calls which other of this script.
    calls: BTreeSet<(String, String)>,
}

impl<'a> Check<'a> {
    pub(super) fn new(source: &'a Source, functions: &'a Functions, own: &'a [Definition], out: &'a mut Diagnostics) -> Self {
        Self { source, functions, own, out, nodes: 0, within: "", calls: BTreeSet::new() }
    }

    /// Checks the whole script; which of its functions calls which other.
    pub(super) fn script(mut self, ast: &AST) -> BTreeSet<(String, String)> {
        if let Some(first) = ast.statements().iter().find(|statement| !matches!(statement, Stmt::Noop(_))) {
            let help = "put it into the function that the decision calls";
            self.forbid(first.position(), "a script holds functions and nothing else", Some(help));
        }
        for function in self.own.iter().filter(|function| !function.is_closure()) {
            self.within = &function.name;
            self.definition(function);
            self.statements(&function.body);
        }
        if self.nodes > SCRIPT_NODES_MAX {
            let message = format!("the script has more than {SCRIPT_NODES_MAX} parts");
            self.out.push(Diagnostic::error(Code::ScriptTooLarge, self.source, Span::new(0, 0), message));
        }
        self.calls
    }

    fn definition(&mut self, function: &Definition) {
        let name = function.name.as_str();
        if self.functions.get(name).is_some() || library_function(name).is_some() {
            let place = definition_place(self.source, name);
            let message = format!("there is already a function `{name}`");
            self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, message).help("give it another name"));
        }
        if function.on_type {
            let place = definition_place(self.source, name);
            let message = format!("`{name}` is defined on a type, which scripts cannot");
            self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, message).help("make the value its first parameter"));
        }
    }

    fn forbid(&mut self, position: Position, message: impl Into<String>, help: Option<&str>) {
        let place = in_file(self.source, position);
        self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, message).help_opt(help.map(str::to_owned)));
    }

    fn statements(&mut self, statements: &[Stmt]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn block(&mut self, block: &StmtBlock) {
        self.statements(block.statements());
    }

    fn statement(&mut self, statement: &Stmt) {
        self.nodes += 1;
        match statement {
            Stmt::Noop(_) | Stmt::Share(_) => {}
            Stmt::If(parts, _) | Stmt::While(parts, _) | Stmt::Do(parts, _, _) => {
                self.expression(&parts.expr);
                self.block(&parts.body);
                self.block(&parts.branch);
            }
            Stmt::For(parts, _) => {
                self.expression(&parts.2.expr);
                self.block(&parts.2.body);
            }
            Stmt::Var(parts, _, _) => self.expression(&parts.1),
            Stmt::Assignment(parts) => {
                let (operator, sides) = &**parts;
                if let Some((_, _, _, symbol, _, _)) = operator.get_op_assignment_info()
                    && !Operator::ALL.iter().any(|each| each.assigning() == Some(symbol))
                {
                    self.forbid(operator.position(), format!("`{symbol}` is not an operator here"), None);
                }
                self.expression(&sides.lhs);
                self.expression(&sides.rhs);
            }
            Stmt::FnCall(call, position) => self.call(call, *position, false),
            Stmt::Block(block) => self.block(block),
            Stmt::Expr(expr) => self.expression(expr),
            Stmt::BreakLoop(value, _, _) | Stmt::Return(value, _, _) => {
                if let Some(value) = value {
                    self.expression(value);
                }
            }
            Stmt::TryCatch(_, position) => self.forbid(
                *position,
                "`try` is not available: an error would be taken for an answer",
                Some("ask `is_missing(...)` or `is_unknown(...)` before a value is used"),
            ),
            Stmt::Switch(_, position) => self.forbid(
                *position,
                "`switch` is not available: names of facts would silently take its default branch",
                Some("write `if ... { } else if ... { }`"),
            ),
            other => self.forbid(other.position(), "this statement is not available", None),
        }
    }

    fn expression(&mut self, expr: &Expr) {
        self.nodes += 1;
        if closure(expr).is_some() {
            let help = "closures are written where they are used, as in `list.map(|x| x * 2)`";
            self.forbid(expr.start_position(), "a closure can only be an argument of a function of lists", Some(help));
            return;
        }
        match expr {
            Expr::FloatConstant(..) => {
                let place = in_file(self.source, expr.position());
                self.out.push(Diagnostic::at(Code::ScriptSyntax, &place, "a number is too large to be kept exactly"));
            }
            Expr::InterpolatedString(parts, _) | Expr::Array(parts, _) => parts.iter().for_each(|part| self.expression(part)),
            Expr::Map(parts, _) => parts.0.iter().for_each(|(_, part)| self.expression(part)),
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
                parts.iter().for_each(|part| self.expression(part));
            }
            Expr::Variable(variable, ..) => {
                if !variable.2.is_empty() {
                    self.forbid(expr.start_position(), "modules are not available", None);
                }
            }
            Expr::Dot(..) | Expr::Index(..) => {
                let chain = Chain::of(expr);
                self.expression(chain.root);
                self.captured(&chain);
                for link in &chain.links {
                    self.nodes += 1;
                    match link {
                        Link::Property(..) => {}
                        Link::Index(by) => self.expression(by),
                        Link::Method(call, position) => self.call(call, *position, true),
                    }
                }
            }
            Expr::FnCall(call, position) => self.call(call, *position, false),
            Expr::Stmt(block) => self.block(block),
            Expr::DynamicConstant(..)
            | Expr::BoolConstant(..)
            | Expr::IntegerConstant(..)
            | Expr::CharConstant(..)
            | Expr::StringConstant(..)
            | Expr::Unit(_) => {}
            other => self.forbid(other.position(), "this is not available", None),
        }
    }

    /// Rhai holds the variable that a chain begins with until the chain ends: a closure in it that reads the same variable would be
    /// a data race when it runs.
    fn captured(&mut self, chain: &Chain<'_>) {
        let Expr::Variable(variable, ..) = chain.root else { return };
        let root = variable.1.as_str();
        for link in &chain.links {
            let Link::Method(call, _) = link else { continue };
            for arg in &call.args {
                let Some((name, outside)) = closure(arg) else { continue };
                let own = self.own.iter().find(|function| function.name == name);
                let outside = own.map_or(&[][..], |function| function.parameters.get(..outside).unwrap_or_default());
                if outside.iter().any(|each| each == root) {
                    let message = format!("the closure reads `{root}`, which the list that it runs over belongs to");
                    let help = format!("write `{0}(list, ...)` instead of `list.{0}(...)`", call.name);
                    self.forbid(arg.start_position(), message, Some(&help));
                }
            }
        }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position, method: bool) {
        let name = call.name.as_str();
        if call.is_qualified() {
            self.forbid(position, "modules are not available", None);
        }
        if call.capture_parent_scope {
            self.forbid(position, format!("`{name}!` is not available"), Some("pass what the function needs"));
        }
        if call.op_token.is_some() && !rhai::is_valid_identifier(name) {
            if Operator::of_symbol(name).is_none() && !["!", "..", "..="].contains(&name) {
                self.forbid(position, format!("`{name}` is not an operator here"), None);
            }
            call.args.iter().for_each(|arg| self.expression(arg));
            return;
        }
        let given = call.args.len() + usize::from(method);
        let callee = self.callee(name, given, position, method);
        for (at, arg) in call.args.iter().enumerate() {
            match (closure(arg), callee) {
                // One mistake is enough: nothing is said of the arguments of an unknown function.
                (Some(_), Callee::Unknown) => {}
                (Some((name, _)), Callee::TakesClosure) if method || at > 0 => {
                    self.nodes += 1;
                    let own = self.own;
                    if let Some(function) = own.iter().find(|function| function.name == name) {
                        self.statements(&function.body);
                    }
                }
                _ => self.expression(arg),
            }
        }
    }

    fn callee(&mut self, name: &str, given: usize, position: Position, method: bool) -> Callee {
        let place = in_file(self.source, position);
        let own: Vec<usize> = self.own.iter().filter(|each| each.name == name).map(|each| each.parameters.len()).collect();
        if !own.is_empty() {
            self.calls.insert((self.within.to_owned(), name.to_owned()));
            if method {
                let message = format!("`{name}` is a function of this script and is not called on a value");
                self.out.push(Diagnostic::at(Code::ScriptForbidden, &place, message).help(format!("write `{name}(...)`")));
            } else if !own.contains(&given) {
                let wanted: Vec<String> = own.iter().map(usize::to_string).collect();
                let message = format!("`{name}` takes {}, not {given}", arguments(&wanted.join(" or ")));
                self.out.push(Diagnostic::at(Code::WrongArity, &place, message));
            }
            return Callee::Plain;
        }
        if let Some(function) = self.functions.get(name) {
            if !function.arity().contains(&given) {
                let help = format!("it is called as `{}`", function.signature());
                self.out.push(Diagnostic::at(Code::WrongArity, &place, function.wrong_arity(given)).help(help));
            }
            return Callee::Plain;
        }
        if let Some(function) = library_function(name) {
            if function.arity != given {
                let message = format!("`{name}` takes {}, not {given}", arguments(&function.arity.to_string()));
                let help = format!("it is called as `{name}({})`, or on the first as a method", function.parameters);
                self.out.push(Diagnostic::at(Code::WrongArity, &place, message).help(help));
            }
            return if function.takes_closure { Callee::TakesClosure } else { Callee::Plain };
        }
        let known = self.own.iter().filter(|each| !each.is_closure()).map(|each| each.name.as_str());
        let help = did_you_mean(name, known).or_else(|| self.functions.suggestion(name, true));
        self.out.push(Diagnostic::at(Code::UnknownFunction, &place, format!("there is no function `{name}`")).help_opt(help));
        Callee::Unknown
    }
}

/// What is known of a function that is called.
#[derive(Clone, Copy)]
enum Callee {
    Unknown,
    Plain,
    TakesClosure,
}

fn arguments(count: &str) -> String {
    if count == "1" { "1 argument".to_owned() } else { format!("{count} arguments") }
}
