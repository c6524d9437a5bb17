//! Coverage: which rules, output values, guardrails, clocks, plugins and script statements the policy tests of a bundle reach.
//!
//! Order of the files, each using only those before it: `statements`, this one, and `report`.

mod report;
mod statements;

use self::statements::Observer;
use crate::bundle::Bundle;
use crate::decision::{ClockState, Decision};
use crate::evaluation::PluginCalls;
use crate::policy::compiled::{Guardrail, Verb};
use crate::policy::{Extensions, Policy, Program};
use crate::testing::{CaseFiles, Prepared, prepare};
use crate::text::Place;
use crate::value::{Fact, Kind, Value};
use std::collections::BTreeSet;

/// What can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// A rule, or an `otherwise`, decides.
    Rule,
    /// An output has a value: each name of an enum.
    Output,
    /// A guardrail bounds, forbids, or adds something.
    Guardrail,
    /// A clock applies, does not apply, is breached or, where it is a window, closed: each is one.
    Clock,
    /// A plugin or a script that decides is called.
    Plugin,
    /// A statement of a script runs.
    Statement,
}

impl Sort {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Rule, Self::Output, Self::Guardrail, Self::Clock, Self::Plugin, Self::Statement];

    /// Several of them, in words: `script statements`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Rule => "rules",
            Self::Output => "output values",
            Self::Guardrail => "guardrails",
            Self::Clock => "clock outcomes",
            Self::Plugin => "plugins",
            Self::Statement => "script statements",
        }
    }

    /// The key in the report as data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Rule => "rules",
            Self::Output => "outputs",
            Self::Guardrail => "guardrails",
            Self::Clock => "clocks",
            Self::Plugin => "plugins",
            Self::Statement => "statements",
        }
    }
}

/// Something that can be reached.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Item {
    /// What it is.
    pub sort: Sort,
    /// Its name: `goodwill/our-error`, `goodwill.kind: retention`, the id of a guardrail or plugin, `US-REGZ-ACK is breached`, the text of a statement's first line.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Did some test reach it?
    pub reached: bool,
}

/// What the tests of a bundle reach.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Coverage {
    /// Everything that can be reached, by sort and then in the order of the bundle.
    pub items: Vec<Item>,
    /// Scripts whose statements could not be observed.
    pub unobserved: Vec<String>,
}

impl Coverage {
    /// How many of a sort were reached, and how many there are.
    #[must_use]
    pub fn count(&self, sort: Sort) -> (usize, usize) {
        let all = self.items.iter().filter(|item| item.sort == sort);
        (all.clone().filter(|item| item.reached).count(), all.count())
    }

    /// How many of a hundred of a sort were reached, rounded down: 100 only where all of them were.
    #[must_use]
    pub fn percent(&self, sort: Sort) -> usize {
        match self.count(sort) {
            (_, 0) => 100,
            (reached, all) => reached * 100 / all,
        }
    }

    /// What no test reaches.
    pub fn missed(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.reached)
    }
}

/// Measures what the tests of a bundle reach whose names hold `filter`. A test that fails reaches what it reaches all the same.
///
/// `extensions` are those with which the policy was compiled.
#[must_use]
pub fn measure(
    policy: &Policy,
    bundle: &Bundle,
    extensions: &Extensions,
    case_files: &CaseFiles<'_>,
    filter: Option<&str>,
) -> Coverage {
    let tests = prepare(bundle, case_files, filter);
    let mut reached = Reached::default();
    for prepared in &tests {
        reached.take(policy, prepared);
    }
    let program = &policy.program;
    let mut items = rules(program, &reached);
    items.extend(outputs(program, &reached));
    items.extend(guardrails(program, &reached));
    items.extend(clocks(program, &reached));
    items.extend(program.hooks().map(|hook| Item {
        sort: Sort::Plugin,
        name: hook.id.clone(),
        place: hook.place.clone(),
        reached: reached.plugins.contains(&hook.number),
    }));
    let observer = Observer::new(bundle, extensions);
    observer.run(&tests);
    items.extend(observer.items());
    Coverage { items, unobserved: observer.unobserved }
}

/// What becomes of a clock in a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Applies,
    DoesNotApply,
    IsBreached,
    /// Of a window, which breaks nothing.
    IsClosed,
}

/// What was reached so far.
#[derive(Default)]
pub(crate) struct Reached {
    /// Decision and rule.
    pub(crate) rules: BTreeSet<(String, String)>,
    /// Decision, output and name.
    outputs: BTreeSet<(String, String, String)>,
    /// Ids of guardrails.
    pub(crate) guardrails: BTreeSet<String>,
    /// Ids of clocks and holds, and what became of them.
    clocks: BTreeSet<(String, Way)>,
    /// Numbers of plugins.
    plugins: BTreeSet<usize>,
}

impl Reached {
    /// What one test reaches.
    pub(crate) fn take(&mut self, policy: &Policy, prepared: &Prepared<'_>) {
        let Ok((case, at)) = &prepared.case else { return };
        let mut calls = PluginCalls::default();
        let selection = policy.everything();
        let Ok(evaluation) = selection.evaluate_noting(case, *at, &mut calls) else { return };
        self.plugins.extend(calls.iter().map(|used| used.plugin));
        let finals = &policy.program.final_guardrails;
        let applying = finals.iter().filter(|guardrail| evaluation.applies(guardrail));
        self.guardrails.extend(applying.map(|guardrail| guardrail.id.clone()));
        let decision = evaluation.decision();
        for obligation in &policy.program.obligations.list {
            let id = obligation.id.to_string();
            match decision.clocks.iter().find(|clock| *clock.id == *id) {
                None => drop(self.clocks.insert((id, Way::DoesNotApply))),
                Some(clock) => {
                    if matches!(clock.state, ClockState::Breached | ClockState::DoneLate) {
                        self.clocks.insert((id.clone(), Way::IsBreached));
                    }
                    if clock.state == ClockState::Closed {
                        self.clocks.insert((id.clone(), Way::IsClosed));
                    }
                    self.clocks.insert((id, Way::Applies));
                }
            }
        }
        self.decision(&decision);
    }

    fn decision(&mut self, decision: &Decision) {
        let against = decision
            .relationship
            .safeguards
            .iter()
            .filter(|safeguard| safeguard.result != crate::decision::SafeguardResult::Pass);
        self.guardrails.extend(against.map(|safeguard| safeguard.check.clone()));
        for part in &decision.parts {
            self.rules.extend(part.rules.iter().map(|note| (part.name.to_string(), note.rule().to_owned())));
            self.guardrails.extend(part.changes.iter().map(|change| change.id.clone()));
            for (output, value) in part.results.iter().flat_map(crate::decision::Outputs::iter) {
                let Fact::Known(value) = value else { continue };
                let items = if let Value::List(items) = value { items } else { std::slice::from_ref(value) };
                for item in items {
                    if let Value::Enum(name) = item {
                        self.outputs.insert((part.name.to_string(), output.to_owned(), name.name().to_owned()));
                    }
                }
            }
        }
    }
}

fn rules(program: &Program, reached: &Reached) -> Vec<Item> {
    let decisions = program.decisions.iter();
    let all = decisions.flat_map(|decision| {
        let rules = decision.rules.iter().chain(&decision.otherwise);
        rules.map(move |rule| Item {
            sort: Sort::Rule,
            name: format!("{}/{}", decision.name, rule.id),
            place: rule.place.clone(),
            reached: reached.rules.contains(&(decision.name.to_string(), rule.id.to_string())),
        })
    });
    all.collect()
}

fn outputs(program: &Program, reached: &Reached) -> Vec<Item> {
    let mut items = Vec::new();
    for decision in &program.decisions {
        for output in &decision.outputs {
            let kind = if let Kind::List(item) = &output.kind { item } else { &output.kind };
            let Kind::Enum(names) = kind else { continue };
            items.extend(names.names.iter().map(|name| Item {
                sort: Sort::Output,
                name: format!("{}.{}: {name}", decision.name, output.name),
                place: output.place.clone(),
                reached: reached.outputs.contains(&(decision.name.to_string(), output.name.to_string(), name.to_string())),
            }));
        }
    }
    items
}

fn guardrails(program: &Program, reached: &Reached) -> Vec<Item> {
    let bounds = program.decisions.iter().flat_map(|decision| &decision.bounds);
    let all = bounds.chain(&program.final_guardrails);
    all.map(|guardrail| Item {
        sort: Sort::Guardrail,
        name: format!("{} {}", guardrail.id, never(guardrail)),
        place: guardrail.place.clone(),
        reached: reached.guardrails.contains(&guardrail.id),
    })
    .collect()
}

fn clocks(program: &Program, reached: &Reached) -> Vec<Item> {
    let mut items = Vec::new();
    for obligation in &program.obligations.list {
        // What applies to every case, and what has no end, has no other way.
        let always = obligation.when.is_empty() && obligation.unless.is_empty();
        let always = always && obligation.from.is_none() && obligation.until.is_none();
        let ways = [
            (Way::Applies, "applies", true),
            (Way::DoesNotApply, "does not apply", !always),
            (Way::IsBreached, "is breached", !obligation.due.is_empty() && !obligation.window),
            (Way::IsClosed, "is closed", obligation.window),
        ];
        items.extend(ways.into_iter().filter(|(.., can)| *can).map(|(way, word, _)| Item {
            sort: Sort::Clock,
            name: format!("{} {word}", obligation.id),
            place: obligation.place.clone(),
            reached: reached.clocks.contains(&(obligation.id.to_string(), way)),
        }));
    }
    items
}

/// What a guardrail does, for a list of those that never did.
fn never(guardrail: &Guardrail) -> &'static str {
    match guardrail.verb {
        Verb::Cap { .. } => "(caps)",
        Verb::Floor { .. } => "(lifts)",
        Verb::Forbid { .. } => "(forbids)",
        Verb::RequireApproval { .. } => "(asks for approval)",
        Verb::Hold { .. } => "(holds)",
        Verb::Refer { .. } => "(refers)",
    }
}
