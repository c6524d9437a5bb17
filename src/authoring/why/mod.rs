//! Why a case came out as it did and not otherwise: the nearest changes to facts that would give a wanted outcome, each with the decision
//! that it really gives; and what stands in the way where there is none.
//!
//! Only facts that somebody can still bring about are changed (`actionable` in the registry, or in the bundle). The answer is exact over
//! rules, tables, hit policies, guardrails and expressions that can be analysed: what is given are the changes of the fewest facts, then
//! those of the smallest steps, and *there is no way* is proved. Where a script stands in between, or an expression of which nothing can be
//! told, samples are tried within a bound, and the answer says that it is not proven.
//!
//! Order of the files, each using only those before it: `lever`, `ground` with `readers` and `finding`, `wanted`, `trials`, `values`,
//! `prospects` with `judging` and `bounding`, `search`, `hindrance`, `answer`, `open`, `customer`, `page`, and this one, from which `open` has
//! how changes are told.

mod answer;
mod bounding;
mod customer;
mod finding;
mod ground;
mod hindrance;
mod judging;
mod lever;
mod open;
mod page;
mod prospects;
mod readers;
mod search;
#[cfg(test)]
mod tests;
mod trials;
mod values;
mod wanted;

pub use answer::{Answer, Decided, FactChange, WayThere};
pub use customer::{CustomerAnswer, customer_answer, customer_open};
pub use hindrance::{Asks, Hindrance};
pub use open::{OpenWay, StillOpen, still_open};
pub use page::{customer_page, open_page, why_page};

use self::ground::Ground;
use self::lever::{Act, Choice, Domain, Lever, Part, changed};
use self::prospects::Prospects;
use self::search::Outcome;
use self::trials::Trials;
use self::wanted::Wanted;
use super::diff::{Turned, rules_of, turned};
use super::finder::Document;
use crate::case::{Case, registry};
use crate::decision::Decision;
use crate::decision::Found;
use crate::evaluation::DecideError;
use crate::limits::WHY_ANSWERS_MAX;
use crate::policy::Policy;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use crate::value::{DateTime, Fact, Value};

/// What is asked.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Question {
    /// What is wanted, all of it at once: `goodwill.amount > 0`.
    pub wanted: Vec<String>,
    /// The facts that may be changed, or groups of them; any where none is named.
    pub only: Vec<String>,
    /// How many ways are told at most; three where it is not said.
    pub ways_max: Option<usize>,
}

impl Question {
    /// A question for one outcome or several at once.
    #[must_use]
    pub fn new(wanted: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { wanted: wanted.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// May only these facts be changed?
    #[must_use]
    pub fn only(mut self, facts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.only = facts.into_iter().map(Into::into).collect();
        self
    }

    /// At most so many ways.
    #[must_use]
    pub fn at_most(mut self, ways: usize) -> Self {
        self.ways_max = Some(ways);
        self
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WhyError {
    /// What is asked cannot be read.
    #[error("what is wanted cannot be read")]
    Question(Diagnostics),
    /// The case cannot be decided.
    #[error(transparent)]
    Case(#[from] DecideError),
}

/// The most ways that are told where nobody says how many.
const WAYS: usize = 3;

/// What would have to be otherwise for a case to come out as wanted.
///
/// # Errors
/// When what is wanted cannot be read, or when the case cannot be decided as it stands.
pub fn why(policy: &Policy, case: &Case, at: DateTime, question: &Question) -> Result<Answer, WhyError> {
    let mut out = Diagnostics::new();
    let wanted = wanted::read(&policy.program, &question.wanted, &mut out);
    check_only(policy, &question.only, &mut out);
    if question.wanted.is_empty() {
        out.push(
            Diagnostic::global(Code::MissingKey, "it is not said what is wanted").help("name an output and what it is to be"),
        );
    }
    if out.has_errors() {
        return Err(WhyError::Question(out));
    }
    let before = policy.decide(case, at)?;
    let document = Document::new(case, at);
    // The search decides what it reads back from a document; the case as it stands is read in the same way.
    let stands = document.case().unwrap_or_else(|| case.clone());
    let numbers: Vec<usize> = wanted.iter().map(|each| each.decision).collect();
    let names: Vec<&str> =
        numbers.iter().filter_map(|number| policy.program.decisions.get(*number)).map(|decision| &*decision.name).collect();
    let selection = policy.select(&names).unwrap_or_else(|_| policy.everything()).without_trace();
    let base = selection.evaluate(&stands, at)?;
    let mut ground = Ground::of(&policy.program, &base, &document, &numbers);
    ground.keep_only(&question.only);
    let outputs = (0..policy.program.decisions.len()).map(|number| {
        let leads = ground.order.contains(&number);
        policy.program.decisions.get(number).filter(|_| leads).map_or(0, |decision| decision.outputs.len())
    });
    let outputs: Vec<usize> = outputs.collect();
    let mut trials = Trials::new(&selection, &document, outputs);
    sample_what_is_hidden(&mut ground, &mut trials);

    let now = trials.decide(&ground.levers, &vec![Choice::Kept; ground.levers.len()]);
    let is_so = now.as_ref().is_some_and(|given| search::holds(&wanted, given, &ground));
    let mut answer = Answer {
        wanted: wanted.iter().map(|each| each.text.clone()).collect(),
        decided: decided(&before, &names),
        now: told_now(policy, &wanted, now.as_ref()),
        decision: before,
        is_so,
        ways: Vec::new(),
        facts: facts(&ground.levers),
        proven: true,
        between: Vec::new(),
        cases: 0,
        hindrances: Vec::new(),
    };
    if is_so {
        return Ok(answer);
    }
    let ways_max = question.ways_max.unwrap_or(WAYS).clamp(1, WHY_ANSWERS_MAX);
    let outcome = search::run(&ground, &wanted, &mut trials, ways_max);
    for choices in &outcome.found {
        let Some(there) = changed(&document, &ground.levers, choices).case() else { continue };
        let after = policy.decide(&there, at)?;
        answer.ways.push(WayThere {
            changes: changes(&ground.levers, choices),
            turned: what_turned(&answer.decision, &after, &names),
            decided: decided(&after, &names),
            decision: after,
        });
    }
    answer.proven = outcome.is_whole && !(outcome.is_spent && answer.ways.is_empty());
    answer.cases = trials.decided;
    if !outcome.is_whole || outcome.is_spent {
        let parts: Vec<Part> = ground.levers.iter().map(Lever::whole).collect();
        let hides = Prospects::of(&ground, &parts, &mut trials).hides.get();
        answer.between = between(&ground, hides, &outcome);
    }
    if answer.ways.is_empty() {
        let parts: Vec<Part> = ground.levers.iter().map(Lever::whole).collect();
        let mut prospects = Prospects::of(&ground, &parts, &mut trials);
        answer.hindrances = hindrance::find(&ground, &wanted, &mut prospects);
        if !answer.proven {
            // That it never comes together is not known then.
            answer.hindrances.retain(|each| !matches!(each, Hindrance::Together { .. }));
        }
    }
    Ok(answer)
}

/// What is otherwise; of what stands still, the names alone.
fn what_turned(before: &Decision, after: &Decision, names: &[&str]) -> Vec<Turned> {
    let mut list: Vec<Turned> = turned(before, after, names).into_iter().filter(|each| each.what != "holds").collect();
    let holds = |decision: &Decision| {
        let names = decision.holds.names();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    if holds(before) != holds(after) {
        list.push(Turned { what: "holds".to_owned(), before: holds(before), after: holds(after) });
    }
    list
}

/// Numbers of which a formula hides what comes of them are tried with samples.
fn sample_what_is_hidden(ground: &mut Ground<'_>, trials: &mut Trials<'_>) {
    for at in 0..ground.levers.len() {
        if !matches!(ground.levers.get(at).map(|lever| &lever.domain), Some(Domain::Numbers { .. })) {
            continue;
        }
        let mut parts = vec![Part::kept(); ground.levers.len()];
        if let (Some(part), Some(lever)) = (parts.get_mut(at), ground.levers.get(at)) {
            *part = lever.whole();
        }
        let hides = Prospects::of(ground, &parts, trials).hides.get();
        if hides {
            ground.sample(at);
        }
    }
}

/// The facts that somebody named have to be such as can be changed.
fn check_only(policy: &Policy, only: &[String], out: &mut Diagnostics) {
    let extras = || policy.program.extras.iter();
    for name in only {
        let known = || registry().iter().map(|(_, spec)| (spec.path.as_str(), spec.actionable));
        let own = || extras().map(|extra| (extra.path.value.as_str(), extra.actionable));
        let is_of = |path: &str| path == name || path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'));
        let found: Vec<(&str, bool)> = known().chain(own()).filter(|(path, _)| is_of(path)).collect();
        let actionable = || known().chain(own()).filter(|(_, actionable)| *actionable).map(|(path, _)| path);
        let source = Source::new("--only", name.as_str());
        let span = Span::new(0, name.len());
        if found.is_empty() {
            let help = did_you_mean(name, actionable());
            let finding = Diagnostic::error(Code::UnknownFact, &source, span, format!("there is no fact `{name}`"));
            out.push(finding.help_opt(help.or_else(|| Some("`redress schema case` lists the facts".to_owned()))));
        } else if !found.iter().any(|(_, actionable)| *actionable) {
            let message = format!("`{name}` is nothing that somebody could bring about: it is not actionable");
            let finding = Diagnostic::error(Code::BadValue, &source, span, message);
            out.push(finding.help("name a fact that is, such as `finding.liability`; `redress schema case` says of each"));
        }
    }
}

fn facts(levers: &[Lever]) -> Vec<String> {
    let mut facts: Vec<String> = levers.iter().map(|lever| lever.fact.clone()).collect();
    facts.sort();
    facts.dedup();
    facts
}

fn changes(levers: &[Lever], choices: &[Choice]) -> Vec<FactChange> {
    let moved = levers.iter().zip(choices).filter(|(_, choice)| **choice != Choice::Kept);
    moved
        .map(|(lever, choice)| {
            let text = |fact: &Fact<Value>| Found(fact).to_string();
            FactChange {
                path: lever.path.clone(),
                fact: lever.fact.clone(),
                item: if let Act::ItemBecomes(number) = lever.act { Some(number + 1) } else { None },
                about: lever.about.clone(),
                from: if lever.act == Act::TakenBack { "given".to_owned() } else { text(&lever.now) },
                to: text(&lever.to(*choice)),
                how: match lever.act {
                    Act::TakenBack => "taken_back",
                    Act::Taken => "taken",
                    Act::Becomes | Act::ItemBecomes(_) => "becomes",
                },
            }
        })
        .collect()
}

/// What decides the parts that were asked about.
fn decided(decision: &Decision, names: &[&str]) -> Vec<Decided> {
    let mut seen: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for name in names {
        if seen.contains(name) {
            continue;
        }
        seen.push(name);
        let Some(part) = decision.part(name) else { continue };
        let by = rules_of(Some(part));
        let by = if by.is_empty() { format!("{name} ({})", part.status.word()) } else { format!("{name}/{by}") };
        list.push(Decided { by, because: part.because() });
    }
    list
}

fn told_now(policy: &Policy, wanted: &[Wanted], now: Option<&trials::Given>) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = Vec::new();
    for each in wanted {
        let Some(decision) = policy.program.decisions.get(each.decision) else { continue };
        let Some(output) = decision.outputs.get(each.output) else { continue };
        let name = format!("{}.{}", decision.name, output.name);
        let given = now.map_or(Fact::Missing, |given| search::given(given, each.decision, each.output));
        let entry = (name, Found(&given).to_string());
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
    list
}

/// What keeps an answer from being proved, or from being all that there is.
fn between(ground: &Ground<'_>, hides: bool, outcome: &Outcome) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    if !outcome.is_whole {
        let scripts = if hides { ground.scripts() } else { Vec::new() };
        list.extend(scripts.into_iter().map(|name| format!("a script stands in between: `{name}`")));
        let sampled = ground.levers.iter().filter(|lever| !lever.is_whole());
        list.extend(sampled.map(|lever| format!("what comes of `{}` cannot be told beforehand", lever.path)));
    }
    if outcome.is_spent {
        let beyond = if outcome.found.is_empty() { "" } else { "whether there are further ways is not known: " };
        list.push(format!("{beyond}there are more cases than are looked at"));
    }
    list
}
