//! Expressions: `= min(base, 50.00)`.
//!
//! Rhai parses the text; the tree is lowered once, with every name and function looked up and every kind checked as far as it can
//! be told, and is then evaluated natively. Order of the files: `tree`, `advice`, `constant`,
//! `lower`, `evaluate` (what an expression means, and what is said when it has no value), `quick` (the same value, sooner), `short`
//! (the same in brief, sooner still), `possible` (all values that it can have), `normal`.

mod advice;
mod constant;
mod evaluate;
mod lower;
mod normal;
mod possible;
mod quick;
mod short;
mod tree;

use self::lower::Lowering;
use self::short::Short;
use self::tree::Tree;
use super::context::CallContext;
use super::functions::Functions;
use super::location::Locator;
use super::names::Names;
use super::outcome::{Outcome, Stop};
use super::{engine, syntax};
use crate::limits::EXPRESSION_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::{Brief, Given, Kind, Possible};
use rhai::Stmt;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use self::constant::coerce;
pub(crate) use self::quick::{Reader, Unsettled, fit};

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// The slots that it may read, each once, in the order in which they are written.
    pub reads: Vec<usize>,
    /// What it may read, as it is written: `charge.amount`, which is less than the slot of `charge`.
    pub paths: BTreeSet<Arc<str>>,
    /// The kind of its value; `None` where it cannot be told.
    pub kind: Option<Kind>,
    tree: Tree,
    short: Option<Short>,
    place: Place,
}

impl Expression {
    /// Compiles the text of an expression, with or without the `=` before it. `place` is that of the scalar in which it is written.
    ///
    /// Everything that is wrong goes to `out`; there is an expression only when nothing is.
    pub fn compile(
        text: &str,
        place: &Place,
        names: &mut dyn Names,
        functions: &Functions,
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let trimmed = text.trim_start();
        let bare = trimmed.strip_prefix('=').unwrap_or(trimmed);
        if bare.len() > EXPRESSION_BYTES_MAX {
            let message = format!("an expression is longer than {EXPRESSION_BYTES_MAX} bytes");
            out.push(Diagnostic::at(Code::ScriptTooLarge, place, message).help("put it into a script file, as a function"));
            return None;
        }
        if bare.trim().is_empty() {
            out.push(Diagnostic::at(Code::ScriptSyntax, place, "the expression is empty"));
            return None;
        }
        let locator = Locator::new(bare, place);
        let ast = match engine::parser().compile_expression(bare) {
            Ok(ast) => ast,
            Err(error) => {
                let problem = syntax::problem(error.err_type());
                let place = locator.place(error.position());
                let help = problem.help.or_else(|| match problem.message.as_str() {
                    "unexpected `and`" => Some("write `&&`".to_owned()),
                    "unexpected `or`" => Some("write `||`".to_owned()),
                    "unexpected `not`" => Some("write `!`".to_owned()),
                    "the text ends before it is complete" if bare.trim_end().ends_with('%') => {
                        Some("there are no percentages: five per cent is `0.05`".to_owned())
                    }
                    _ => None,
                });
                let help = help.or_else(|| {
                    let statement =
                        ["unexpected `let`", "unexpected `;`", "unexpected `|`", "unexpected `||`", "unexpected `loop`"];
                    statement.contains(&problem.message.as_str()).then(|| {
                        "an expression is one value; put the rest into a function of a script file, and attach the script"
                            .to_owned()
                    })
                });
                out.push(Diagnostic::at(problem.code, &place, problem.message).help_opt(help));
                return None;
            }
        };
        let [Stmt::Expr(root)] = ast.statements() else {
            out.push(Diagnostic::at(Code::ScriptSyntax, place, "an expression is one value"));
            return None;
        };
        let mut lowering = Lowering::new(&locator, names, functions, out);
        let lowered = lowering.lower(root);
        let (reads, paths) = lowering.reads();
        let (tree, kind) = lowered?;
        let short = Short::of(&tree);
        Some(Self { reads, paths, kind, tree, short, place: place.clone() })
    }

    /// Holds the expression to the kind that is wanted where it stands: kinds that can never fit are an error, and the names that it
    /// may give are checked against an enum. Returns whether it fits.
    pub fn expect(&mut self, wanted: &Kind, out: &mut Diagnostics) -> bool {
        let fits = constant::expect(&mut self.tree, self.kind.as_ref(), wanted, &self.place, out);
        self.short = Short::of(&self.tree);
        fits
    }

    /// Its value, or which facts it lacks.
    ///
    /// `read` gives the value of a slot; what it says is absent makes the expression absent, with the same facts named.
    ///
    /// # Errors
    /// A fault, with its place in the bundle, and whatever stops `read`.
    pub fn evaluate(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>,
        context: &CallContext<'_>,
    ) -> Result<Outcome, Stop> {
        evaluate::evaluate(&self.tree, read, context)
    }

    /// Its value, read from where values lie. Whatever the definition would have something to say about (a fault, a limit) is not
    /// settled here: then [`Expression::evaluate`] is asked.
    #[inline]
    pub(crate) fn quick<'a, R: Reader<'a>>(&'a self, reader: &mut R) -> Result<Given<'a>, Unsettled> {
        quick::evaluate(&self.tree, reader)
    }

    /// The same in brief; long where only [`Expression::quick`] tells.
    #[inline]
    pub(crate) fn brief<'a, R: Reader<'a>>(&'a self, reader: &mut R) -> Brief {
        self.short.as_ref().map_or(Brief::LONG, |short| short::evaluate(short, reader))
    }

    /// All that it can give where slots can give what `read` says: rather too much than too little.
    pub(crate) fn possible(&self, read: &dyn Fn(usize) -> Possible, context: &CallContext<'_>) -> Possible {
        possible::possible(&self.tree, read, context)
    }

    /// What it says, as text that is the same for expressions that differ in spaces and names alone; `name` says what a slot stands for.
    pub(crate) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        normal::text(&self.tree, name)
    }

    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// As it is written.
    pub(crate) fn text(&self) -> &str {
        self.place.source.slice(self.place.span).trim()
    }
}
