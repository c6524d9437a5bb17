//! What a case is wanted for.

use crate::policy::Program;
use crate::policy::compiled::Verb;
use crate::rule::Cell;
use crate::script::FactPath;

/// What a case has to bring about.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// A rule of a decision hits; without a row, its `otherwise`.
    Rule { decision: usize, row: Option<usize> },
    /// An output satisfies a cell, once plugins and guardrails are done with it.
    Output { decision: usize, output: usize, cell: Cell },
    /// A guardrail that bounds a decision changes its draft.
    Bound { decision: usize, guardrail: usize },
    /// A guardrail over the finished draft applies.
    Final { guardrail: usize },
    /// A plugin changes the draft of its decision.
    Plugin { decision: usize, plugin: usize },
    /// All cells hold in the frame of a decision, for one of its items where it has a loop, and the decision is decided. Without a
    /// decision, cells look at facts and finished outputs.
    Region { decision: Option<usize>, cells: Vec<(FactPath, Cell)> },
    /// All of these, by one case.
    All(Vec<Goal>),
}

impl Goal {
    /// The decisions that have to be decided to see whether it is met; all of them where nothing is named.
    pub(super) fn decisions<'p>(&self, program: &'p Program) -> Vec<&'p str> {
        if let Self::All(goals) = self {
            let mut names: Vec<&str> = goals.iter().flat_map(|goal| goal.decisions(program)).collect();
            names.sort_unstable();
            names.dedup();
            return names;
        }
        let number = match self {
            Self::Rule { decision, .. }
            | Self::Output { decision, .. }
            | Self::Bound { decision, .. }
            | Self::Plugin { decision, .. } => Some(*decision),
            Self::Region { decision, .. } => *decision,
            Self::Final { .. } | Self::All(_) => None,
        };
        number.and_then(|number| program.decisions.get(number)).map(|decision| &*decision.name).into_iter().collect()
    }

    /// What it is, for a person: `goodwill/our-error`.
    pub(crate) fn name(&self, program: &Program) -> String {
        let of = |decision: &usize| program.decisions.get(*decision);
        let name = |decision: &usize| of(decision).map_or_else(String::new, |decision| decision.name.to_string());
        match self {
            Self::Rule { decision, row } => {
                let rule = of(decision)
                    .zip(*row)
                    .map(|(found, row)| found.rules.get(row).map_or_else(|| format!("#{}", row + 1), |rule| rule.id.to_string()));
                format!("{}/{}", name(decision), rule.as_deref().unwrap_or("otherwise"))
            }
            Self::Output { decision, output, cell } => {
                let output = of(decision).and_then(|found| found.outputs.get(*output)).map_or("", |output| &*output.name);
                format!("{}.{output}: {}", name(decision), cell.describe())
            }
            Self::Bound { decision, guardrail } => {
                of(decision).and_then(|found| found.bounds.get(*guardrail)).map_or_else(String::new, |found| found.id.clone())
            }
            Self::Final { guardrail } => {
                program.final_guardrails.get(*guardrail).map_or_else(String::new, |found| found.id.clone())
            }
            Self::Plugin { decision, plugin } => {
                of(decision).and_then(|found| found.plugins.get(*plugin)).map_or_else(String::new, |found| found.id.clone())
            }
            Self::All(goals) => goals.iter().map(|goal| goal.name(program)).collect::<Vec<_>>().join("; "),
            Self::Region { cells, .. } => {
                cells.iter().map(|(path, cell)| format!("{}: {}", path.written, cell.describe())).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// Every rule of a policy, `otherwise` included, as a goal.
pub(crate) fn rules(program: &Program) -> impl Iterator<Item = Goal> {
    program.decisions.iter().enumerate().flat_map(|(decision, found)| {
        let rows = (0..found.rules.len()).map(Some).chain(found.otherwise.iter().map(|_| None));
        rows.map(move |row| Goal::Rule { decision, row })
    })
}

/// Every guardrail of a policy, as a goal.
pub(crate) fn guardrails(program: &Program) -> impl Iterator<Item = Goal> {
    let bounds = program.decisions.iter().enumerate().flat_map(|(decision, found)| {
        let several = found.bounds.iter().enumerate();
        several.filter(|(_, found)| is_bound(&found.verb)).map(move |(guardrail, _)| Goal::Bound { decision, guardrail })
    });
    bounds.chain((0..program.final_guardrails.len()).map(|guardrail| Goal::Final { guardrail }))
}

fn is_bound(verb: &Verb) -> bool {
    matches!(verb, Verb::Cap { .. } | Verb::Floor { .. } | Verb::Forbid { .. })
}
