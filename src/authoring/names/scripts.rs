//! Names in scripts: facts, settings and outputs of the draft, however many variables they pass through.
//!
//! What a variable stands for is followed through the tokens of a script, so that a script is read while it does not parse as well.

use super::collecting::Collecting;
use super::expressions::function;
use super::meaning::Within;
use super::name::{Name, NameKind, Role};
use super::tokens::{Chain, Sort, Token, chains, closure, tokens};
use crate::bundle::Bundle;
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A function of a script that a decision or a plugin calls.
pub(super) struct Hook {
    /// The path of the script.
    pub(super) script: String,
    /// The decision that it computes or follows, whose name the function bears.
    pub(super) decision: String,
    /// Whose settings it is given: those of a plugin, or of the decision.
    pub(super) owner: String,
    pub(super) is_plugin: bool,
}

/// What a variable of a script stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stands {
    /// A path below the facts.
    Facts(Vec<String>),
    /// The draft of a decision.
    Draft,
    /// The settings.
    Settings,
}

type Variables = BTreeMap<String, Stands>;

/// The names in the scripts of a bundle.
pub(super) fn scripts(bundle: &Bundle, found: &mut Collecting<'_>) {
    let hooks = hooks(bundle);
    for (path, source) in bundle.files.iter().filter(|(path, _)| path.ends_with(".rhai")) {
        let tokens = tokens(source.text());
        let functions = functions(&tokens);
        let mut reading = Reading { source, tokens: &tokens, functions: &functions, done: BTreeSet::new(), found };
        for hook in hooks.iter().filter(|hook| hook.script == path) {
            let Some(entry) = functions.iter().find(|function| function.name == hook.decision) else { continue };
            let decision = reading.found.meanings.decision(&hook.decision);
            let context = Context {
                within: Within { decision, own_outputs: false, no_lets: hook.is_plugin },
                decision: &hook.decision,
                owner: &hook.owner,
            };
            let given = [Stands::Facts(Vec::new()), Stands::Draft, Stands::Settings].map(Some);
            reading.function(entry, &given, &context);
        }
        // What nobody calls still calls others.
        let nobody = Context { within: Within::default(), decision: "", owner: "" };
        for function in &functions {
            reading.function(function, &[], &nobody);
        }
    }
}

/// The functions of scripts that the decisions and plugins of a bundle call.
pub(super) fn hooks(bundle: &Bundle) -> Vec<Hook> {
    let decisions = bundle.decisions.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.decisions));
    let of_decisions = decisions.filter_map(|doc| {
        let (script, decision) = (doc.script.as_ref()?.value.clone(), doc.name.value.clone());
        Some(Hook { script, owner: decision.clone(), decision, is_plugin: false })
    });
    let of_plugins = bundle.manifest.plugins.iter().filter_map(|doc| {
        let (script, decision) = (doc.script.as_ref()?.value.clone(), doc.after.value.clone());
        Some(Hook { script, decision, owner: doc.id.value.clone(), is_plugin: true })
    });
    of_plugins.chain(of_decisions).collect()
}

/// A function as it is written.
pub(super) struct Defined<'t> {
    pub(super) name: &'t str,
    /// Where the name stands.
    pub(super) at: Span,
    pub(super) parameters: Vec<&'t str>,
    /// The numbers of the tokens of its body.
    pub(super) body: std::ops::Range<usize>,
}

/// The functions that a script defines.
pub(super) fn functions<'t>(tokens: &[Token<'t>]) -> Vec<Defined<'t>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = tokens.get(at + 1).filter(|name| token.is("fn") && name.sort == Sort::Word) else { continue };
        let rest = tokens.iter().enumerate().skip(at + 3);
        let parameters = rest.clone().take_while(|(_, token)| !token.is(")") && !token.is("{"));
        let parameters: Vec<&str> =
            parameters.filter(|(_, token)| token.sort == Sort::Word).map(|(_, token)| token.text).collect();
        let Some((open, _)) = rest.clone().find(|(_, token)| token.is("{")) else { continue };
        let mut depth = 0_usize;
        let mut end = tokens.len();
        for (number, token) in tokens.iter().enumerate().skip(open) {
            depth += usize::from(token.is("{"));
            depth -= usize::from(token.is("}") && depth > 0);
            if depth == 0 {
                end = number;
                break;
            }
        }
        found.push(Defined { name: name.text, at: Span::new(name.start, name.end()), parameters, body: open + 1..end });
    }
    found
}

/// For whom a function runs.
struct Context<'c> {
    within: Within,
    decision: &'c str,
    owner: &'c str,
}

struct Reading<'r, 't, 'm> {
    source: &'r Source,
    tokens: &'r [Token<'t>],
    functions: &'r [Defined<'t>],
    /// Functions that were read, with what they were given and for whom.
    done: BTreeSet<(usize, Vec<Option<Stands>>, String)>,
    found: &'r mut Collecting<'m>,
}

impl<'t> Reading<'_, 't, '_> {
    fn function(&mut self, function: &Defined<'t>, given: &[Option<Stands>], context: &Context<'_>) {
        let key = (function.at.start, given.to_vec(), context.owner.to_owned());
        if !self.done.insert(key) {
            return;
        }
        let name = Name::new(NameKind::ScriptFunction, self.source.name(), function.name);
        self.found.note(self.source, function.at, name, Role::Defines);
        let named = function.parameters.iter().zip(given);
        let mut variables: Variables = named.filter_map(|(name, stands)| Some(((*name).to_owned(), stands.clone()?))).collect();
        let body = self.tokens.get(function.body.clone()).unwrap_or_default();
        for chain in chains(body) {
            self.chain(&chain, body, &variables, context);
            follow(&chain, body, &mut variables);
        }
    }

    fn chain(&mut self, chain: &Chain<'t>, body: &[Token<'t>], variables: &Variables, context: &Context<'_>) {
        if let Some((name, at)) = chain.call() {
            self.call(name, Span::new(at.start, at.end), chain, body, (variables, context));
        }
        let Some(stands) = variables.get(chain.first()) else { return };
        let fields = chain.path().get(1..).unwrap_or_default();
        let Some((field, at)) = fields.first() else { return };
        let at = Span::new(at.start, at.end);
        match stands {
            Stands::Facts(above) => self.fact(above, fields, context),
            Stands::Draft => {
                let decision = context.within.decision.and_then(|at| self.found.meanings.outline.catalog.decisions.get(at));
                if decision.is_some_and(|decision| decision.output(field).is_some()) {
                    let is = |by: usize, sign: &str| body.get(chain.tokens.end + by).is_some_and(|token| token.is(sign));
                    let role = if is(0, "=") && !is(1, "=") { Role::Writes } else { Role::Reads };
                    self.found.note(self.source, at, Name::new(NameKind::Output, context.decision, *field), role);
                }
            }
            Stands::Settings => {
                self.found.note(self.source, at, Name::new(NameKind::Setting, context.owner, *field), Role::Reads);
            }
        }
    }

    fn fact(&mut self, above: &[String], fields: &[(&str, std::ops::Range<usize>)], context: &Context<'_>) {
        let path: Vec<&str> = above.iter().map(String::as_str).chain(fields.iter().map(|(text, _)| *text)).collect();
        for (name, used) in self.found.meanings.spell(&path, context.within) {
            // What a variable stands for is not written here.
            let written = fields.get(used.start.saturating_sub(above.len())..used.end.saturating_sub(above.len()));
            if let Some(([(_, first), ..], [.., (_, last)])) = written.map(|written| (written, written)) {
                self.found.note(self.source, Span::new(first.start, last.end), name, Role::Reads);
            }
        }
    }

    fn call(
        &mut self,
        name: &str,
        at: Span,
        chain: &Chain<'t>,
        body: &[Token<'t>],
        (variables, context): (&Variables, &Context<'_>),
    ) {
        let functions = self.functions;
        let own = if chain.segments.len() == 1 { functions.iter().find(|function| function.name == name) } else { None };
        let Some(own) = own else {
            if let Some(function) = function(name, &self.found.meanings.functions) {
                self.found.note(self.source, at, function, Role::Reads);
            }
            return;
        };
        let given = arguments(chain.tokens.end, body, variables);
        let name = Name::new(NameKind::ScriptFunction, self.source.name(), name);
        self.found.note(self.source, at, name, Role::Reads);
        self.function(own, &given, context);
    }
}

/// What the arguments of a call stand for; its bracket opens at a token.
fn arguments(open: usize, body: &[Token<'_>], variables: &Variables) -> Vec<Option<Stands>> {
    let mut given = Vec::new();
    let mut depth = 0_usize;
    let mut begin = open + 1;
    for (at, token) in body.iter().enumerate().skip(open) {
        let (opens, closes) =
            (["(", "[", "{"].iter().any(|sign| token.is(sign)), [")", "]", "}"].iter().any(|sign| token.is(sign)));
        depth += usize::from(opens);
        depth -= usize::from(closes && depth > 0);
        if depth == 0 || (depth == 1 && token.is(",")) {
            given.push(body.get(begin..at).and_then(|argument| whole(argument, variables)));
            begin = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    given
}

/// What tokens stand for that are one dotted name, and maybe what stands in where it is missing.
fn whole(tokens: &[Token<'_>], variables: &Variables) -> Option<Stands> {
    let chains = chains(tokens);
    let chain = chains.first().filter(|chain| chain.tokens.start == 0 && !chain.called)?;
    let behind = tokens.get(chain.tokens.end..).unwrap_or_default();
    let is_whole = behind.is_empty()
        || (behind.first().is_some_and(|token| token.is("?")) && behind.get(1).is_some_and(|token| token.is("?")));
    is_whole.then(|| stands(chain, variables)).flatten()
}

/// What a dotted name stands for.
fn stands(chain: &Chain<'_>, variables: &Variables) -> Option<Stands> {
    let fields = chain.path().get(1..).unwrap_or_default();
    match variables.get(chain.first())? {
        Stands::Facts(above) => {
            let below = fields.iter().map(|(text, _)| (*text).to_owned());
            Some(Stands::Facts(above.iter().cloned().chain(below).collect()))
        }
        other => fields.is_empty().then(|| other.clone()),
    }
}

/// Notes what a variable stands for that is given this name: `let x = NAME;`, `for x in NAME {`, `NAME.map(|x| ...)`.
pub(super) fn follow(chain: &Chain<'_>, body: &[Token<'_>], variables: &mut Variables) {
    let before = |by: usize| chain.tokens.start.checked_sub(by).and_then(|at| body.get(at));
    let is_before = |by: usize, sign: &str| before(by).is_some_and(|token| token.is(sign));
    if is_before(1, "=") && is_before(3, "let") {
        let end = body
            .iter()
            .skip(chain.tokens.start)
            .position(|token| token.is(";"))
            .map_or(body.len(), |end| chain.tokens.start + end);
        let stands = body.get(chain.tokens.start..end).and_then(|value| whole(value, variables));
        let Some(name) = before(2) else { return };
        match stands {
            Some(stands) => variables.insert(name.text.to_owned(), stands),
            None => variables.remove(name.text),
        };
    }
    if is_before(1, "in") {
        let single = before(2).filter(|token| token.sort == Sort::Word);
        let name = single.or_else(|| before(5).filter(|_| is_before(2, ")")));
        if let (Some(name), Some(stands)) = (name, stands(chain, variables)) {
            variables.insert(name.text.to_owned(), stands);
        }
    }
    if chain.called
        && let Some((item, _)) = closure(body, chain.tokens.end + 1).first()
        && let Some(stands) = stands(chain, variables)
    {
        variables.insert((*item).to_owned(), stands);
    }
}

/// What the variables stand for that a function knows at an offset, each with the hook that it is called for. Of a function that only
/// others call it is what the first of them gives.
pub(super) fn known_at<'h>(
    tokens: &[Token<'_>],
    functions: &[Defined<'_>],
    hooks: &'h [Hook],
    offset: usize,
) -> BTreeMap<String, (Option<Stands>, Option<&'h Hook>)> {
    let holds = |function: &&Defined<'_>| {
        let end = tokens.get(function.body.end).map_or(usize::MAX, Token::end);
        function.at.start <= offset && offset <= end
    };
    let Some(here) = functions.iter().rfind(holds) else { return BTreeMap::new() };
    let entry = hooks.iter().find(|hook| hook.decision == here.name);
    let (given, hook) = match entry {
        Some(hook) => ([Stands::Facts(Vec::new()), Stands::Draft, Stands::Settings].map(Some).to_vec(), Some(hook)),
        None => called(here, tokens, functions, hooks),
    };
    let mut variables: Variables = Variables::new();
    let mut names: BTreeSet<String> = here.parameters.iter().map(|name| (*name).to_owned()).collect();
    for (name, stands) in here.parameters.iter().zip(given) {
        variables.extend(stands.map(|stands| ((*name).to_owned(), stands)));
    }
    let body = tokens.get(here.body.clone()).unwrap_or_default();
    let before = body.iter().take_while(|token| token.start < offset).count();
    let body = body.get(..before).unwrap_or_default();
    for chain in chains(body) {
        follow(&chain, body, &mut variables);
    }
    names.extend(super::tokens::locals(body).into_iter().map(str::to_owned));
    names.into_iter().map(|name| (name.clone(), (variables.get(&name).cloned(), hook))).collect()
}

/// What the first call of a function in an entry function gives it.
fn called<'h>(
    wanted: &Defined<'_>,
    tokens: &[Token<'_>],
    functions: &[Defined<'_>],
    hooks: &'h [Hook],
) -> (Vec<Option<Stands>>, Option<&'h Hook>) {
    for hook in hooks {
        let Some(entry) = functions.iter().find(|function| function.name == hook.decision) else { continue };
        let given = [Stands::Facts(Vec::new()), Stands::Draft, Stands::Settings];
        let mut variables: Variables = entry.parameters.iter().map(|name| (*name).to_owned()).zip(given).collect();
        let body = tokens.get(entry.body.clone()).unwrap_or_default();
        for chain in chains(body) {
            if chain.called && chain.segments.len() == 1 && chain.first() == wanted.name {
                return (arguments(chain.tokens.end, body, &variables), Some(hook));
            }
            follow(&chain, body, &mut variables);
        }
    }
    (Vec::new(), None)
}
