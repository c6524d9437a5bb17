//! The registry of host functions: read by expressions, scripts, `redress functions` and the docs.

use super::allowance::ScriptLimits;
use super::engine::{self, library};
use super::function::HostFunction;
use crate::text::nearest::did_you_mean;
use rhai::{Engine, Expr, Stmt};
use std::sync::{Arc, OnceLock};

pub use super::engine::library::LibraryFunction;

/// The functions that expressions and scripts of one program may call.
#[derive(Clone)]
pub struct Functions {
    table: Vec<HostFunction>,
    limits: ScriptLimits,
    engine: OnceLock<Arc<Engine>>,
}

impl Functions {
    /// The functions that every bundle has.
    #[must_use]
    pub fn standard() -> Self {
        Self { table: super::standard::all(), limits: ScriptLimits::default(), engine: OnceLock::new() }
    }

    /// With one more, of the embedder's own.
    ///
    /// # Errors
    /// When the name is taken or is no name for a function.
    pub fn with(mut self, function: HostFunction) -> Result<Self, String> {
        let name = function.name;
        if !rhai::is_valid_identifier(name) || is_reserved(name) {
            return Err(format!("`{name}` is no name for a function"));
        }
        if self.get(name).is_some() || library_function(name).is_some() {
            return Err(format!("there is already a function `{name}`"));
        }
        self.table.push(function);
        self.engine = OnceLock::new();
        Ok(self)
    }

    /// With other limits for scripts than those of [`crate::limits`].
    #[must_use]
    pub fn with_limits(mut self, limits: ScriptLimits) -> Self {
        self.limits = limits;
        self.engine = OnceLock::new();
        self
    }

    /// What one call into a script may spend.
    #[must_use]
    pub fn limits(&self) -> &ScriptLimits {
        &self.limits
    }

    /// The function of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&HostFunction> {
        self.table.iter().find(|function| function.name == name)
    }

    /// All host functions, in the order in which they are listed.
    pub fn iter(&self) -> std::slice::Iter<'_, HostFunction> {
        self.table.iter()
    }

    /// All host functions by subject, in the order in which they are listed; those of the program that embeds the engine at the end.
    #[must_use]
    pub fn by_subject(&self) -> Vec<(&'static str, Vec<&HostFunction>)> {
        let mut subjects = Vec::new();
        let mut rest = self.table.as_slice();
        for (subject, functions) in super::standard::by_subject() {
            let (of_it, after) = rest.split_at_checked(functions.len()).unwrap_or((rest, &[]));
            subjects.push((subject, of_it.iter().collect()));
            rest = after;
        }
        if !rest.is_empty() {
            subjects.push(("Of this program", rest.iter().collect()));
        }
        subjects
    }

    /// The functions that only scripts have, for the docs.
    #[must_use]
    pub fn script_only() -> &'static [LibraryFunction] {
        library::LIBRARY
    }

    /// The known name that was probably meant.
    pub(crate) fn suggestion(&self, name: &str, script: bool) -> Option<String> {
        let library = library::LIBRARY.iter().filter(|_| script).map(|function| function.name);
        did_you_mean(name, self.table.iter().map(|function| function.name).chain(library))
    }

    /// The engine that runs scripts with these functions; built when it is first asked for.
    pub(crate) fn engine(&self) -> &Arc<Engine> {
        self.engine.get_or_init(|| Arc::new(engine::build(&self.table, &self.limits)))
    }

    /// An engine with the same functions and other limits.
    pub(crate) fn engine_within(&self, limits: &ScriptLimits) -> Arc<Engine> {
        if *limits == self.limits { self.engine().clone() } else { Arc::new(engine::build(&self.table, limits)) }
    }

    /// What we rely on, asked of the engine itself: another crate of the program may have switched features of Rhai on.
    ///
    /// # Errors
    /// One sentence about the first thing that is not as it must be.
    pub fn self_test(&self) -> Result<(), String> {
        engine::self_test(self.engine())
    }
}

impl Default for Functions {
    fn default() -> Self {
        Self::standard()
    }
}

impl<'a> IntoIterator for &'a Functions {
    type Item = &'a HostFunction;
    type IntoIter = std::slice::Iter<'a, HostFunction>;

    fn into_iter(self) -> Self::IntoIter {
        self.table.iter()
    }
}

impl std::fmt::Debug for Functions {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_list().entries(&self.table).finish()
    }
}

/// The function of that name that only scripts have.
pub(crate) fn library_function(name: &str) -> Option<&'static LibraryFunction> {
    library::LIBRARY.iter().find(|function| function.name == name)
}

/// Is it a word that the language of expressions keeps for itself, so that no fact, output, parameter or function may bear it?
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    let parses = |text: &str| engine::parser().compile_expression(text).ok();
    let name = parses(word).and_then(|ast| match ast.statements() {
        [Stmt::Expr(expr)] => Some(matches!(**expr, Expr::Variable(..))),
        _ => None,
    });
    name != Some(true) || parses(&format!("x.{word}")).is_none()
}
