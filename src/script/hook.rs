//! A function of a script where the engine calls it: for a whole decision, or after one.

use super::allowance::ScriptLimits;
use super::check::definition_place;
use super::context::CallContext;
use super::direct::Direct;
use super::draft::Draft;
use super::engine::caller::Caller;
use super::engine::held::{Settings, Unknown};
use super::engine::running::{Ended, Session, Snag};
use super::engine::view::{Facts, Leaf, Seen, Tree};
use super::expression::Unsettled;
use super::functions::Functions;
use super::location::in_file;
use super::names::{FactPath, Names};
use super::outcome::{Absent, CallSite, Fault, FaultKind, Outcome, Stop};
use super::program::Script;
use super::reads::{self, ReadPath};
use crate::text::nearest::{did_you_mean, nearest};
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Place};
use crate::value::{Given, Kind, Value};
use rhai::{Dynamic, EvalAltResult, Position};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Where a script or plugin attaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// It computes a whole decision: `fn NAME(facts, settings)`.
    Decision,
    /// It changes the draft of a decision: `fn NAME(facts, draft, settings)`.
    After,
}

impl Attachment {
    fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Decision => &["facts", "settings"],
            Self::After => &["facts", "draft", "settings"],
        }
    }
}

/// A function of a script, with the facts that it reads.
#[derive(Clone, Debug)]
pub struct Hook {
    script: Script,
    function: String,
    attachment: Attachment,
    reads: Vec<ReadPath>,
    tree: Tree,
    allowed: Arc<[Position]>,
    caller: Caller,
    limits: ScriptLimits,
}

impl Script {
    /// The function that the engine calls for a decision of that name.
    ///
    /// A function that is not there or has other parameters, and every use of the facts that cannot be followed, go to `out`.
    pub fn hook(&self, function: &str, attachment: Attachment, out: &mut Diagnostics) -> Option<Hook> {
        let inner = &self.inner;
        let parameters = attachment.parameters();
        let wanted = format!("fn {function}({})", parameters.join(", "));
        let named: Vec<_> = self.functions().filter(|each| each.name == function).collect();
        let fits = |given: &[String]| given.len() == parameters.len() && !swapped(given, parameters);
        let Some(definition) = named.iter().find(|each| fits(&each.parameters)) else {
            let diagnostic = if named.is_empty() {
                let message = format!("the script has no function `{function}`");
                let help = did_you_mean(function, self.function_names());
                let near = nearest(function, self.function_names()).map(|near| definition_place(&inner.source, near));
                let fix = near.map(|place| Fix { title: format!("call it `{function}`"), ..Fix::instead(&place, function) });
                Diagnostic::error(Code::MissingFunction, &inner.source, crate::text::Span::new(0, 0), message)
                    .help(help.map_or_else(
                        || format!("it is defined as `{wanted}`"),
                        |help| format!("{help} It is defined as `{wanted}`"),
                    ))
                    .fix(fix)
            } else {
                let message = format!("`{function}` has the wrong parameters");
                Diagnostic::at(Code::MissingFunction, &definition_place(&inner.source, function), message)
                    .help(format!("it is defined as `{wanted}`"))
            };
            out.push(diagnostic);
            return None;
        };
        let mut found = Diagnostics::new();
        let reads = reads::find(&inner.source, &inner.definitions, definition, &mut found);
        let fine = !found.has_errors();
        out.extend(found);
        if !fine {
            return None;
        }
        let paths = reads.used.iter().map(|read| read.path.as_slice());
        let tree = Tree::new(paths, reads.touched.iter().map(Vec::as_slice));
        Some(Hook {
            script: self.clone(),
            function: function.to_owned(),
            attachment,
            reads: reads.used,
            tree,
            allowed: reads.allowed.into(),
            caller: Caller::new(inner.functions.engine().clone(), inner.modules.clone()),
            limits: *inner.functions.limits(),
        })
    }
}

/// Do parameters bear each other's names? Then what is written of one is meant of another.
fn swapped(given: &[String], wanted: &[&str]) -> bool {
    given.iter().enumerate().any(|(at, name)| wanted.iter().position(|each| each == name).is_some_and(|place| place != at))
}

impl Hook {
    /// The paths below `facts` that it reads, directly or through other functions of the script.
    #[must_use]
    pub fn reads(&self) -> &[ReadPath] {
        &self.reads
    }

    /// With other limits than those of its engine.
    #[must_use]
    pub(crate) fn within(mut self, limits: ScriptLimits, functions: &Functions) -> Self {
        self.caller = Caller::new(functions.engine_within(&limits), self.script.inner.modules.clone());
        self.limits = limits;
        self
    }

    /// Resolves what it reads. Names that nothing has go to `out`, with their place in the script.
    pub fn bind(self, names: &mut dyn Names, out: &mut Diagnostics) -> Option<BoundHook> {
        let mut paths = Vec::new();
        for read in &self.reads {
            let segments: Vec<&str> = read.path.iter().map(String::as_str).collect();
            match FactPath::resolve(&segments, names) {
                Ok(path) => paths.push(path),
                Err(problem) => {
                    out.push(Diagnostic::at(Code::UnknownName, &read.place, problem.message).help_opt(problem.help));
                }
            }
        }
        if paths.len() != self.reads.len() {
            return None;
        }
        let leaf = |path: &FactPath| {
            let item = match &path.kind {
                Kind::List(item) => Some((**item).clone()),
                _ => None,
            };
            Leaf { item, path: path.written.clone() }
        };
        let seen = Arc::new(Seen::new(self.tree.clone(), paths.iter().map(leaf).collect()));
        let with_draft = self.attachment == Attachment::After;
        let inner = &self.script.inner;
        let direct = Direct::of(&self.function, with_draft, &inner.definitions, &inner.functions, (&self.reads, &paths));
        Some(BoundHook { hook: self, paths, seen, direct })
    }
}

/// A function of a script that is ready to be called.
#[derive(Clone, Debug)]
pub struct BoundHook {
    hook: Hook,
    paths: Vec<FactPath>,
    seen: Arc<Seen>,
    /// The same without Rhai, where it can do without.
    direct: Option<Direct>,
}

impl BoundHook {
    #[cfg(test)]
    pub(super) fn within(mut self, limits: ScriptLimits) -> Self {
        self.hook = self.hook.within(limits, &Functions::standard());
        self
    }

    /// The slots that a call reads, each once.
    #[must_use]
    pub fn slots(&self) -> Vec<usize> {
        let mut slots = Vec::new();
        for path in &self.paths {
            if !slots.contains(&path.slot) {
                slots.push(path.slot);
            }
        }
        slots
    }

    /// The fields that it writes into the draft that it is given, each where it is first written, as far as the text of its own
    /// function tells.
    pub(crate) fn writes(&self) -> Vec<(String, Place)> {
        let inner = &self.hook.script.inner;
        let draft = match self.hook.attachment {
            Attachment::After => 1,
            Attachment::Decision => return Vec::new(),
        };
        let called = |each: &&super::check::Definition| each.name == self.hook.function && each.parameters.len() > draft;
        let Some(function) = inner.definitions.iter().find(called) else { return Vec::new() };
        let mut written: Vec<(String, Place)> = Vec::new();
        for (name, position) in reads::fields_written(&function.body, function.parameters.get(draft)) {
            if !written.iter().any(|(known, _)| *known == name) {
                written.push((name, in_file(&inner.source, position)));
            }
        }
        written
    }

    /// Where it attaches.
    #[must_use]
    pub fn attachment(&self) -> Attachment {
        self.hook.attachment
    }

    /// What it is, in normal form: the functions that a call can reach, what each path that they read stands for, its limits.
    pub(crate) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        let forms = self.hook.script.normal(&self.hook.function);
        let reads: Vec<String> = self.paths.iter().map(|path| format!("{}={}", path.written, path.normal(name))).collect();
        format!("{} {forms:?} reads {reads:?} within {:?}", self.hook.function, self.hook.limits)
    }

    /// The file of the script as it is named in messages, and the normal form of each function that a call can reach.
    pub(crate) fn functions(&self) -> (String, BTreeMap<String, String>) {
        (self.hook.script.source().name().to_owned(), self.hook.script.normal(&self.hook.function))
    }

    /// Calls it without Rhai: what [`BoundHook::call`] gives, or nothing where only that can tell.
    pub(crate) fn quick<'a>(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Given<'a>, Unsettled>,
        draft: Option<&Draft>,
        settings: &BTreeMap<String, Value>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Unsettled> {
        let direct = self.direct.as_ref().ok_or(Unsettled)?;
        let mut facts = Vec::with_capacity(self.paths.len());
        for path in &self.paths {
            facts.push(path.give(read(path.slot)?).into_fact());
        }
        direct.call(&facts, draft, settings, (context, &self.hook.limits))
    }

    /// Calls it: with the draft that it may change, or without one for a whole decision.
    ///
    /// Every fact that it reads is read before it begins.
    ///
    /// # Errors
    /// A fault with its place in the script, the facts that it used although they are missing or unknown, and whatever stops `read`.
    pub fn call(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>,
        draft: Option<Draft>,
        settings: &Arc<BTreeMap<String, Value>>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Stop> {
        let mut outcomes = Vec::with_capacity(self.paths.len());
        for path in &self.paths {
            outcomes.push(path.read(read(path.slot)?));
        }
        let facts = Dynamic::from(Facts::new(self.seen.clone(), outcomes));
        let settings = Dynamic::from(Settings(settings.clone()));
        let (mut arguments, names) = match self.hook.attachment {
            Attachment::Decision => (vec![facts, settings], Vec::new()),
            Attachment::After => {
                let (draft, names) = draft.unwrap_or_default().into_map();
                (vec![facts, Dynamic::from_map(draft), settings], names)
            }
        };
        let session = Session::begin(context, &self.hook.limits);
        let called = catch_unwind(AssertUnwindSafe(|| self.hook.caller.call(&self.hook.function, &mut arguments)));
        let returned = match called {
            Ok(Ok(returned)) => returned,
            Ok(Err(error)) => return Err(self.stop(*error, &session, Vec::new())),
            Err(_) => {
                return Err(self.fault(
                    FaultKind::Panic,
                    "a function that the script calls panicked; the panic was contained",
                    Position::NONE,
                ));
            }
        };
        if let Some(absent) = session.pending() {
            return Err(self.needs(absent, &session, Position::NONE));
        }
        Draft::from_dynamic(returned, &names, self.hook.limits.text_bytes)
            .map_err(|message| self.fault(FaultKind::WrongReturn, message, Position::NONE))
    }

    fn fault(&self, kind: FaultKind, message: impl Into<String>, position: Position) -> Stop {
        let source = &self.hook.script.inner.source;
        let place = if position.is_none() { definition_place(source, &self.hook.function) } else { in_file(source, position) };
        Fault::new(kind, message, Some(place)).into()
    }

    /// The facts to ask for. Where none is missing, the script used a value of its own that it never set.
    fn needs(&self, absent: Absent, session: &Session, position: Position) -> Stop {
        if !absent.facts.is_empty() {
            return Stop::Needs(absent);
        }
        match session.absent(absent.unknown, &self.hook.allowed) {
            Some(found) => Stop::Needs(found),
            None => self.fault(FaultKind::Runtime, "a value that is not there is used", position),
        }
    }

    fn stop(&self, error: EvalAltResult, session: &Session, mut calls: Vec<CallSite>) -> Stop {
        // The innermost error stands where it happened; every function is in this one file.
        let EvalAltResult::ErrorInFunctionCall(function, _, inner, position) = error else {
            let stop = self.ended(error, session);
            calls.reverse();
            return match stop {
                Stop::Fault(fault) => Stop::Fault(Fault { calls, ..fault }),
                other => other,
            };
        };
        if !position.is_none() {
            let function = rhai::is_valid_identifier(&function).then_some(function);
            calls.push(CallSite { function, place: in_file(&self.hook.script.inner.source, position) });
        }
        self.stop(*inner, session, calls)
    }

    fn over(&self, ended: Ended, position: Position) -> Stop {
        match ended {
            Ended::Operations => {
                self.fault(FaultKind::Operations, "the script needs more operations than it may spend", position)
            }
            Ended::WallClock => self.fault(FaultKind::WallClock, "the script ran out of time", position),
            Ended::Cancelled => self.fault(FaultKind::Cancelled, "the evaluation was cancelled", position),
        }
    }

    fn ended(&self, error: EvalAltResult, session: &Session) -> Stop {
        use EvalAltResult as E;
        let position = error.position();
        let runtime = |message: String| self.fault(FaultKind::Runtime, message, position);
        let size = |message: &str| self.fault(FaultKind::Size, message, position);
        match error {
            E::ErrorTerminated(token, _) => self.over(token.try_cast::<Ended>().unwrap_or(Ended::Operations), position),
            E::ErrorTooManyOperations(_) => self.over(Ended::Operations, position),
            E::ErrorRuntime(token, _) => match token.clone().try_cast::<Snag>() {
                Some(Snag::Needs(absent)) => self.needs(absent, session, position),
                Some(Snag::Trouble(message)) => runtime(message),
                Some(Snag::Size(message)) => size(&message),
                Some(Snag::Panic(name)) => {
                    let message = format!("the function `{name}` panicked; the panic was contained");
                    self.fault(FaultKind::Panic, message, position)
                }
                Some(Snag::Ended(ended)) => self.over(ended, position),
                None => match token.into_string() {
                    Ok(thrown) => runtime(thrown),
                    Err(_) => runtime("the script gave up without a text".to_owned()),
                },
            },
            E::ErrorMismatchDataType(_, found, _) if found == "()" => self.needs(Absent::default(), session, position),
            E::ErrorMismatchDataType(_, found, _)
                if found.contains("unknown") || found.contains(std::any::type_name::<Unknown>()) =>
            {
                self.needs(Absent { unknown: true, facts: Vec::new() }, session, position)
            }
            E::ErrorMismatchDataType(wanted, ..) if wanted == "bool" => runtime("true or false is wanted here".to_owned()),
            E::ErrorMismatchDataType(..) => runtime("a value of another kind is wanted here".to_owned()),
            E::ErrorFor(_) => runtime("`for` wants a list or a range".to_owned()),
            E::ErrorStackOverflow(_) => size("calls are nested too deeply"),
            E::ErrorTooManyVariables(_) => size("there are too many variables"),
            E::ErrorDataTooLarge(..) => size("a text, list or map is too large"),
            E::ErrorArrayBounds(length, index, _) => {
                runtime(format!("there is no item {index} in a list of {length} (the first is item 0)"))
            }
            E::ErrorStringBounds(length, index, _) => {
                runtime(format!("there is no character {index} in a text of {length} (the first is character 0)"))
            }
            E::ErrorPropertyNotFound(name, _) => runtime(format!("the map has no `{name}`")),
            E::ErrorFunctionNotFound(signature, _) => {
                let name = signature.split(' ').next().unwrap_or_default().to_owned();
                runtime(format!("`{name}` does not work on these values"))
            }
            E::ErrorDataRace(..) => {
                runtime("a closure uses the list that it runs over; give the list a name of its own first".to_owned())
            }
            E::ErrorVariableNotFound(name, _) => runtime(format!("nothing is called `{name}`")),
            other => runtime(other.to_string()),
        }
    }
}
