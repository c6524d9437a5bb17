//! From Rhai's tree to ours: every name, function and kind is checked here, once.

use super::advice::mending;
use super::constant;
use super::tree::{Call, Tree};
use crate::script::function::HostFunction;
use crate::script::functions::{Functions, library_function};
use crate::script::location::Locator;
use crate::script::names::{FactPath, Fields, Names};
use crate::script::operator::{self, Operator};
use crate::script::syntax::{Chain, Link};
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::{Decimal, Kind, Value};
use rhai::{Expr, FnCallExpr, Position, Stmt};
use std::collections::BTreeSet;
use std::sync::Arc;

type Lowered = Option<(Tree, Option<Kind>)>;

/// What is wrong stands in the diagnostics.
struct Reported;

pub(super) struct Lowering<'a> {
    locator: &'a Locator<'a>,
    names: &'a mut dyn Names,
    functions: &'a Functions,
    out: &'a mut Diagnostics,
    reads: Vec<usize>,
    paths: BTreeSet<Arc<str>>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        locator: &'a Locator<'a>,
        names: &'a mut dyn Names,
        functions: &'a Functions,
        out: &'a mut Diagnostics,
    ) -> Self {
        Self { locator, names, functions, out, reads: Vec::new(), paths: BTreeSet::new() }
    }

    pub(super) fn reads(&self) -> (Vec<usize>, BTreeSet<Arc<str>>) {
        (self.reads.clone(), self.paths.clone())
    }

    fn refuse<T>(&mut self, code: Code, place: &Place, message: impl Into<String>, help: Option<String>) -> Option<T> {
        self.out.push(Diagnostic::at(code, place, message).help_opt(help));
        None
    }

    fn mistyped<T>(&mut self, place: &Place, message: impl Into<String>, help: Option<String>) -> Option<T> {
        self.refuse(Code::ExpressionType, place, message, help)
    }

    fn forbid(&mut self, position: Position, what: &str) -> Lowered {
        let place = self.locator.place(position);
        let help = "put it into a function of a script file, and attach the script".to_owned();
        self.refuse(Code::ScriptForbidden, &place, format!("an expression has no {what}"), Some(help))
    }

    pub(super) fn lower(&mut self, expr: &Expr) -> Lowered {
        let place = self.locator.place(expr.start_position());
        match expr {
            Expr::BoolConstant(value, _) => Some(constant(Value::Boolean(*value), place)),
            Expr::IntegerConstant(value, _) => Some(constant(Value::Integer(*value), place)),
            Expr::StringConstant(text, _) => Some(constant(Value::text(text.as_str()), place)),
            Expr::CharConstant(letter, _) => Some(constant(Value::text(letter.to_string()), place)),
            Expr::DynamicConstant(value, _) => match value.as_decimal() {
                Ok(number) => Some(constant(Value::Decimal(Decimal::from_raw(number)), place)),
                Err(_) => self.forbid(expr.position(), "such constants"),
            },
            Expr::FloatConstant(..) => self.refuse(Code::ScriptSyntax, &place, "a number is too large to be kept exactly", None),
            Expr::InterpolatedString(parts, _) => {
                let parts = self.all(parts)?;
                Some((Tree::Text(parts.into_iter().map(|(part, _)| part).collect(), place), Some(Kind::Text)))
            }
            Expr::Array(items, _) => self.list(items, &place),
            Expr::Unit(_) => {
                let help = "to ask whether a fact is there, write `is_missing(...)`".to_owned();
                self.refuse(Code::ScriptForbidden, &place, "`()` is not a value", Some(help))
            }
            Expr::Variable(..) | Expr::Dot(..) | Expr::Index(..) => self.chain(expr),
            Expr::And(parts, position) => self.logic(parts, *position, true),
            Expr::Or(parts, position) => self.logic(parts, *position, false),
            Expr::Coalesce(parts, position) => {
                let parts = self.all(parts)?;
                let place = self.locator.place(*position);
                let (parts, kinds): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
                let kind = self.common(kinds, &place, "the two sides of `??`").ok()?;
                Some((Tree::Coalesce(parts), kind))
            }
            Expr::FnCall(call, position) => self.call(call, None, *position),
            Expr::Stmt(block) => self.block(block.statements(), block.position()),
            Expr::Map(_, position) => self.forbid(*position, "maps"),
            other => self.forbid(other.position(), "such things"),
        }
    }

    fn all(&mut self, parts: &[Expr]) -> Option<Vec<(Tree, Option<Kind>)>> {
        let lowered: Vec<Lowered> = parts.iter().map(|part| self.lower(part)).collect();
        lowered.into_iter().collect()
    }

    fn list(&mut self, items: &[Expr], place: &Place) -> Lowered {
        let items = self.all(items)?;
        let (trees, kinds): (Vec<_>, Vec<_>) = items.into_iter().unzip();
        let kind = self.common(kinds, place, "the items of a list").ok()?;
        Some((Tree::List(trees), kind.map(|item| Kind::List(Box::new(item)))))
    }

    /// The kind that all have; an error where two can never be one.
    fn common(&mut self, kinds: Vec<Option<Kind>>, place: &Place, what: &str) -> Result<Option<Kind>, Reported> {
        let mut common: Option<Kind> = None;
        for kind in kinds {
            let Some(kind) = kind else { return Ok(None) };
            common = Some(match common {
                None => kind,
                Some(before) if before.takes(&kind) => before,
                Some(before) if kind.takes(&before) => kind,
                // A name that is written down among enum values; what wants the value checks it.
                Some(enumeration @ Kind::Enum(_)) if kind == Kind::Text => enumeration,
                Some(Kind::Text) if matches!(kind, Kind::Enum(_)) => kind,
                Some(before) => {
                    let help =
                        (before == Kind::Money || kind == Kind::Money).then(|| "write an amount as `money(20.00)`".to_owned());
                    self.mistyped::<()>(place, format!("{what} are {before} and {kind}"), help);
                    return Err(Reported);
                }
            });
        }
        Ok(common)
    }

    fn logic(&mut self, parts: &[Expr], position: Position, every: bool) -> Lowered {
        let symbol = if every { "&&" } else { "||" };
        let lowered = self.all(parts)?;
        for (expr, (_, kind)) in parts.iter().zip(&lowered) {
            self.boolean(kind.as_ref(), expr, &format!("`{symbol}`"))?;
        }
        let place = self.locator.place(position);
        let trees = lowered.into_iter().map(|(tree, _)| tree).collect();
        Some((if every { Tree::Every(trees, place) } else { Tree::Either(trees, place) }, Some(Kind::Boolean)))
    }

    fn boolean(&mut self, kind: Option<&Kind>, expr: &Expr, what: &str) -> Option<()> {
        match kind {
            None | Some(Kind::Boolean) => Some(()),
            Some(other) => {
                let place = self.locator.place(expr.start_position());
                self.mistyped(&place, format!("{what} wants true or false, not {other}"), None)
            }
        }
    }

    fn block(&mut self, statements: &[Stmt], position: Position) -> Lowered {
        match statements {
            [Stmt::Expr(expr)] => self.lower(expr),
            [Stmt::FnCall(call, position)] => self.call(call, None, *position),
            [Stmt::Block(block)] => self.block(block.statements(), block.position()),
            [Stmt::If(parts, position)] => {
                let place = self.locator.place(*position);
                if parts.branch.is_empty() {
                    let help = "write what it gives otherwise: `if a { b } else { c }`".to_owned();
                    return self.refuse(Code::ScriptSyntax, &place, "an `if` in an expression needs its `else`", Some(help));
                }
                let test = self.lower(&parts.expr);
                let then = self.block(parts.body.statements(), parts.body.position());
                let otherwise = self.block(parts.branch.statements(), parts.branch.position());
                let ((test, kind), then, otherwise) = (test?, then?, otherwise?);
                self.boolean(kind.as_ref(), &parts.expr, "`if`")?;
                let kind = self.common(vec![then.1, otherwise.1], &place, "the two branches of `if`").ok()?;
                Some((Tree::If(Box::new((test, then.0, otherwise.0)), place), kind))
            }
            [] => self.refuse(Code::ScriptSyntax, &self.locator.place(position), "a branch is empty", None),
            [Stmt::Switch(..)] => self.forbid(position, "`switch`"),
            _ => self.forbid(position, "statements"),
        }
    }

    /// A name with its fields, indexes and calls.
    fn chain(&mut self, expr: &Expr) -> Lowered {
        let chain = Chain::of(expr);
        let mut links = chain.links.iter().peekable();
        let start = chain.root.start_position();
        let mut path: Vec<&str> = Vec::new();
        if let Expr::Variable(variable, ..) = chain.root {
            if !variable.2.is_empty() {
                return self.forbid(start, "modules");
            }
            path.push(&variable.1);
            while let Some(Link::Property(name, _)) = links.peek() {
                path.push(name);
                links.next();
            }
        }
        let (mut tree, mut kind, mut written) = if path.is_empty() {
            let (tree, kind) = self.lower(chain.root)?;
            (tree, kind, "the value".to_owned())
        } else {
            let place = self.locator.place(start);
            match FactPath::resolve(&path, self.names) {
                Ok(path) => {
                    if !self.reads.contains(&path.slot) {
                        self.reads.push(path.slot);
                    }
                    self.paths.insert(path.written.clone());
                    let (kind, written) = (path.kind.clone(), path.written.to_string());
                    (Tree::Read(path), Some(kind), written)
                }
                Err(problem) => return self.refuse(Code::UnknownName, &place, problem.message, problem.help),
            }
        };
        while let Some(link) = links.next() {
            (tree, kind) = match link {
                Link::Index(by) => {
                    let lowered = self.index(tree, kind.as_ref(), by, &written)?;
                    written = format!("{written}[...]");
                    lowered
                }
                Link::Method(call, position) => {
                    "the value".clone_into(&mut written);
                    self.call(call, Some((tree, kind)), *position)?
                }
                Link::Property(name, position) => {
                    let mut names = vec![*name];
                    while let Some(Link::Property(next, _)) = links.peek() {
                        names.push(next);
                        links.next();
                    }
                    let place = self.locator.place(*position);
                    let Some(known) = &kind else {
                        return self.refuse(
                            Code::TypeNotInferred,
                            &place,
                            format!("cannot tell what `{}` is a field of", names.join(".")),
                            None,
                        );
                    };
                    match Fields::below(known, &names) {
                        Ok((fields, kind)) => (Tree::Below(Box::new(tree), fields), Some(kind)),
                        Err(problem) => return self.refuse(Code::UnknownName, &place, problem.message, problem.help),
                    }
                }
            };
        }
        Some((tree, kind))
    }

    fn index(&mut self, of: Tree, kind: Option<&Kind>, by: &Expr, written: &str) -> Lowered {
        let place = self.locator.place(by.start_position());
        let (by, by_kind) = self.lower(by)?;
        let entry = match kind {
            None => None,
            Some(Kind::List(item)) => match &by_kind {
                None | Some(Kind::Integer | Kind::Decimal) => Some((**item).clone()),
                Some(other) => return self.mistyped(&place, format!("an item of a list has a number, not {other}"), None),
            },
            Some(Kind::Record(record)) => {
                let wanted: Vec<&str> = match (&by, &by_kind) {
                    (Tree::Constant(Value::Text(name), _), _) => vec![name],
                    (_, Some(Kind::Enum(names))) => names.names.iter().map(|name| &**name).collect(),
                    (_, None | Some(Kind::Text | Kind::Place)) => Vec::new(),
                    (_, Some(other)) => {
                        return self.mistyped(&place, format!("an entry of `{written}` has a name, not {other}"), None);
                    }
                };
                let lacking: Vec<String> =
                    wanted.iter().filter(|name| record.position(name).is_none()).map(|name| format!("`{name}`")).collect();
                if !lacking.is_empty() {
                    let message = format!("`{written}` has no entry for {}", lacking.join(", "));
                    let has: Vec<&str> = record.fields.iter().map(|field| &*field.name).collect();
                    return self.refuse(Code::UnknownName, &place, message, Some(format!("it has {}", has.join(", "))));
                }
                let fields = record.fields.iter().filter(|field| wanted.is_empty() || wanted.contains(&&*field.name));
                let kinds: Vec<Option<Kind>> = fields.map(|field| Some(field.kind.clone())).collect();
                self.common(kinds, &place, &format!("the entries of `{written}`")).ok()?
            }
            Some(other) => return self.mistyped(&place, format!("{other} has no entries"), None),
        };
        Some((Tree::Index(Box::new((of, by)), place), entry))
    }

    fn call(&mut self, call: &FnCallExpr, of: Option<(Tree, Option<Kind>)>, position: Position) -> Lowered {
        let place = self.locator.place(position);
        let name = call.name.as_str();
        if call.is_qualified() || call.capture_parent_scope {
            return self.forbid(position, "modules");
        }
        if call.is_operator_call() && call.op_token.as_ref().is_some_and(|token| token.literal_syntax() == name) {
            return self.operator(name, &call.args, &place);
        }
        let arguments = self.all(&call.args);
        let Some(function) = self.functions.get(name) else {
            if library_function(name).is_some() {
                return self.forbid(position, &format!("function `{name}`; only scripts have it"));
            }
            let help = self.functions.suggestion(name, false);
            return self.refuse(Code::UnknownFunction, &place, format!("there is no function `{name}`"), help);
        };
        let mut arguments = arguments?;
        if let Some(first) = of {
            arguments.insert(0, first);
        }
        if !function.arity().contains(&arguments.len()) {
            let help = format!("it is called as `{}`", function.signature());
            return self.refuse(Code::WrongArity, &place, function.wrong_arity(arguments.len()), Some(help));
        }
        let function = function.clone();
        self.host(&function, arguments, place)
    }

    fn host(&mut self, function: &HostFunction, arguments: Vec<(Tree, Option<Kind>)>, place: Place) -> Lowered {
        let (mut arguments, kinds): (Vec<_>, Vec<_>) = arguments.into_iter().unzip();
        if let Some(state) = function.looks_at {
            return Some((Tree::Looks(state, Box::new(arguments.pop()?)), Some(Kind::Boolean)));
        }
        if function.name == "contains"
            && let [list, wanted] = arguments.as_mut_slice()
        {
            let (list_kind, wanted_kind) = (kinds.first().cloned().flatten(), kinds.last().cloned().flatten());
            let item = match list_kind {
                Some(Kind::List(item)) => Some(*item),
                _ => None,
            };
            self.member(wanted, item.as_ref())?;
            if let Tree::List(items) = list {
                for item in items {
                    self.member(item, wanted_kind.as_ref())?;
                }
            }
        }
        let kind = match function.result_kind(&kinds) {
            Ok(kind) => kind,
            Err(message) => {
                let help = format!("it is called as `{}`", function.signature());
                return self.mistyped(&place, message, Some(help));
            }
        };
        let begins = function.adds_up_from(&kinds);
        Some((Tree::Call(Box::new(Call { function: function.clone(), arguments, begins, place })), kind))
    }

    fn operator(&mut self, symbol: &str, args: &[Expr], place: &Place) -> Lowered {
        let lowered = self.all(args)?;
        let mut parts = lowered.into_iter();
        match (symbol, parts.next(), parts.next()) {
            ("-", Some((tree, kind)), None) => match operator::negated(kind.as_ref()) {
                Ok(kind) => Some((negate(tree, place), kind)),
                Err(problem) => self.mistyped(place, problem.to_string(), None),
            },
            ("+", Some((tree, kind)), None) => match operator::negated(kind.as_ref()) {
                Ok(kind) => Some((tree, kind)),
                Err(_) => self.mistyped(place, "`+` before a value wants a number", None),
            },
            ("!", Some((tree, kind)), None) => match kind {
                None | Some(Kind::Boolean) => Some((Tree::Not(Box::new(tree), place.clone()), Some(Kind::Boolean))),
                Some(other) => self.mistyped(place, format!("`!` wants true or false, not {other}"), None),
            },
            (symbol, Some(mut left), Some(mut right)) => {
                let Some(operator) = Operator::of_symbol(symbol) else {
                    return self.refuse(Code::ScriptForbidden, place, format!("`{symbol}` is not an operator here"), None);
                };
                self.member(&mut left.0, right.1.as_ref())?;
                self.member(&mut right.0, left.1.as_ref())?;
                match operator.kind(left.1.as_ref(), right.1.as_ref()) {
                    Ok(kind) => Some((Tree::Binary(operator, Box::new((left.0, right.0)), place.clone()), kind)),
                    Err(problem) => {
                        let help = mending(operator, left.1.as_ref(), right.1.as_ref());
                        self.mistyped(place, problem.to_string(), help)
                    }
                }
            }
            _ => self.refuse(Code::ScriptSyntax, place, format!("`{symbol}` lacks a value"), None),
        }
    }

    /// A text that is written down where it meets an enum or a place: it must be one of its names.
    fn member(&mut self, tree: &mut Tree, other: Option<&Kind>) -> Option<()> {
        if let (Tree::Constant(value @ Value::Text(_), at), Some(kind @ (Kind::Enum(_) | Kind::Place))) = (tree, other) {
            let Ok(fitting) = constant::coerce(value.clone(), kind) else {
                self.out.push(constant::misfit(value, kind, at));
                return None;
            };
            *value = fitting;
        }
        Some(())
    }
}

fn constant(value: Value, place: Place) -> (Tree, Option<Kind>) {
    let kind = value.kind();
    (Tree::Constant(value, place), Some(kind))
}

fn negate(tree: Tree, place: &Place) -> Tree {
    match tree {
        Tree::Constant(Value::Decimal(number), at) => Tree::Constant(Value::Decimal(number.negated()), at),
        other => Tree::Negate(Box::new(other), place.clone()),
    }
}
