//! Scripts of a bundle, compiled once each.

use crate::bundle::{BundleFiles, ParamDoc, ParamValue, Written};
use crate::script::{FailurePolicy, Functions, Script};
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The scripts of a bundle.
pub(crate) struct ScriptShelf<'a> {
    files: &'a BundleFiles,
    functions: &'a Functions,
    compiled: BTreeMap<String, Option<Arc<Script>>>,
    /// By path, the functions that plugins and decisions call.
    called: BTreeMap<String, Vec<String>>,
}

impl<'a> ScriptShelf<'a> {
    pub(crate) fn new(files: &'a BundleFiles, functions: &'a Functions) -> Self {
        Self { files, functions, compiled: BTreeMap::new(), called: BTreeMap::new() }
    }

    pub(crate) fn functions(&self) -> &'a Functions {
        self.functions
    }

    /// Notes that a plugin or a decision calls a function of the script of a path.
    pub(crate) fn call(&mut self, path: &Written<String>, function: &str) {
        self.called.entry(path.value.clone()).or_default().push(function.to_owned());
    }

    /// The script of a path, compiled at its first use.
    pub(crate) fn script(&mut self, path: &Written<String>, out: &mut Diagnostics) -> Option<Arc<Script>> {
        if let Some(known) = self.compiled.get(&path.value) {
            return known.clone();
        }
        let compiled = match self.files.get(&path.value) {
            Some(source) => Script::compile(source, self.functions, out).map(Arc::new),
            None => {
                let known = self.files.iter().map(|(path, _)| path).filter(|path| path.ends_with(".rhai"));
                let help = crate::text::nearest::did_you_mean(&path.value, known);
                let message = format!("there is no script `{}`", path.value);
                out.push(Diagnostic::at(Code::MissingFile, &path.place, message).help_opt(help));
                None
            }
        };
        self.compiled.insert(path.value.clone(), compiled.clone());
        compiled
    }

    /// Compiles what is on the shelf but used by nobody, so that its mistakes are found too.
    pub(crate) fn compile_rest(&mut self, out: &mut Diagnostics) {
        for (path, source) in self.files.iter().filter(|(path, _)| path.starts_with("scripts/") && path.ends_with(".rhai")) {
            if !self.compiled.contains_key(path) {
                let compiled = Script::compile(source, self.functions, out).map(Arc::new);
                self.compiled.insert(path.to_owned(), compiled);
                // Where something is wrong, the plugin that would use it may have been left out.
                if !out.has_errors() {
                    let message = format!("`{path}` is used by no plugin and no decision");
                    let span = crate::text::Span::new(0, 0);
                    let help = "name it in a plugin or a decision, or take it out of the bundle";
                    out.push(Diagnostic::error(Code::StrayFile, source, span, message).warning().help(help));
                }
            }
        }
        if out.has_errors() {
            return;
        }
        for (path, called) in &self.called {
            if let Some(Some(script)) = self.compiled.get(path) {
                script.warn_of_idle(called, out);
            }
        }
    }
}

pub(crate) fn failure_policy(written: &Written<String>, out: &mut Diagnostics) -> Option<FailurePolicy> {
    match FailurePolicy::parse(&written.value) {
        Ok(policy) => Some(policy),
        Err(message) => {
            let help = "`escalate`: a person decides; `skip`: the draft stays; `refuse`: nothing is decided";
            out.push(Diagnostic::at(Code::BadValue, &written.place, message).help(help));
            None
        }
    }
}

/// Settings are plain values by name; the reader of the bundle has refused others.
pub(crate) fn settings(docs: &[ParamDoc]) -> Arc<BTreeMap<String, Value>> {
    let plain = docs.iter().filter_map(|doc| match doc.periods.first().map(|period| &period.value) {
        Some(ParamValue::Plain(value)) => Some((doc.path.join("."), value.clone())),
        _ => None,
    });
    Arc::new(plain.collect())
}
