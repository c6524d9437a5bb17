//! A script file: functions in Rhai, checked when they are loaded.

use super::check::{Check, Definition, definition_place, definitions};
use super::engine::caller::Modules;
use super::engine::getters;
use super::extent;
use super::functions::Functions;
use super::location::in_file;
use super::syntax;
use crate::limits::{SCRIPT_BYTES_MAX, SCRIPT_LINES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Edit, Fix, Source, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// A compiled script file; cheap to clone.
#[derive(Clone)]
pub struct Script {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) source: Source,
    pub(super) functions: Functions,
    pub(super) modules: Modules,
    /// Closures included.
    pub(super) definitions: Vec<Definition>,
    /// Which function calls which other.
    calls: BTreeSet<(String, String)>,
}

impl Script {
    /// Compiles a file. Everything that is wrong goes to `out`; there is a script only when nothing is.
    pub fn compile(source: &Source, functions: &Functions, out: &mut Diagnostics) -> Option<Self> {
        let text = source.text();
        let lines = text.lines().count();
        if text.len() > SCRIPT_BYTES_MAX || lines > SCRIPT_LINES_MAX {
            let message = format!("a script has at most {SCRIPT_BYTES_MAX} bytes and {SCRIPT_LINES_MAX} lines");
            out.push(Diagnostic::error(Code::ScriptTooLarge, source, Span::new(0, 0), message));
            return None;
        }
        let ast = match functions.engine().compile(text) {
            Ok(ast) => ast,
            Err(error) => {
                let problem = syntax::problem(error.err_type());
                let place = in_file(source, error.position());
                out.push(Diagnostic::at(problem.code, &place, problem.message).help_opt(problem.help));
                return None;
            }
        };
        let definitions = definitions(&ast);
        let mut found = Diagnostics::new();
        let calls = Check::new(source, functions, &definitions, &mut found).script(&ast);
        let fine = !found.has_errors();
        found.sort();
        out.extend(found);
        let modules = [getters::of(&ast).into(), ast.shared_lib().clone()];
        fine.then(|| Self {
            inner: Arc::new(Inner { source: source.clone(), functions: functions.clone(), modules, definitions, calls }),
        })
    }

    /// Does it have a function of that name with so many parameters?
    #[must_use]
    pub fn has_function(&self, name: &str, parameters: usize) -> bool {
        self.functions().any(|function| function.name == name && function.parameters.len() == parameters)
    }

    /// The names of its functions, in alphabetical order.
    #[must_use]
    pub fn function_names(&self) -> Vec<&str> {
        self.functions().map(|function| function.name.as_str()).collect()
    }

    /// The normal form of each function that one of them can reach, by name and number of parameters.
    pub(crate) fn normal(&self, function: &str) -> BTreeMap<String, String> {
        super::normal::functions(&self.inner.definitions, &self.inner.calls, function)
    }

    /// Warns of every function that nothing calls, given those that plugins and decisions call.
    pub(crate) fn warn_of_idle(&self, called: &[String], out: &mut Diagnostics) {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = called.iter().map(String::as_str).collect();
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                next.extend(self.inner.calls.iter().filter(|(caller, _)| caller == name).map(|(_, callee)| callee.as_str()));
            }
        }
        for function in self.functions().filter(|function| !reached.contains(function.name.as_str())) {
            let place = definition_place(&self.inner.source, &function.name);
            let message = format!("nothing calls the function `{}`", function.name);
            let help = "take it out, or call it from a function that a plugin or a decision uses";
            let fix = extent::of_function(&place)
                .map(|whole| Fix::new(format!("take `{}` out", function.name), vec![Edit::new(whole, "")]));
            out.push(Diagnostic::at(Code::NeverCalled, &place, message).warning().help(help).fix(fix));
        }
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.inner.source
    }

    pub(super) fn functions(&self) -> impl Iterator<Item = &Definition> {
        self.inner.definitions.iter().filter(|function| !function.is_closure())
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Script({:?})", self.inner.source.name())
    }
}
