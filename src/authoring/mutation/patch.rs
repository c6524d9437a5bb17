//! A change of a policy in memory that can be put in and taken out again.

use crate::bundle::ParamValue;
use crate::policy::Program;
use crate::policy::compiled::{Condition, Formula, Guardrail, Hooked, Verb};
use crate::rule::{Bound, Cell, Matcher, Row, RowDates};

/// Where a guardrail stands: among the bounds of a decision, or over the finished draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) decision: Option<usize>,
    pub(super) at: usize,
}

/// A change: what it holds is exchanged with what the policy holds, so that the same change undoes itself.
#[derive(Debug)]
pub(super) enum Patch {
    Matcher {
        decision: usize,
        matcher: Matcher,
    },
    /// A rule and the next change places.
    Swap {
        decision: usize,
        row: usize,
        matcher: Matcher,
    },
    Then {
        decision: usize,
        row: Option<usize>,
        output: usize,
        formula: Option<Formula>,
    },
    Guardrail {
        home: Home,
        out: Option<Guardrail>,
    },
    When {
        home: Home,
        index: usize,
        cell: Cell,
    },
    Unless {
        home: Home,
        index: usize,
        cell: Cell,
    },
    At {
        home: Home,
        formula: Formula,
    },
    Plugin {
        decision: usize,
        at: usize,
        out: Option<Hooked>,
    },
    Param {
        param: usize,
        period: usize,
        value: ParamValue,
        matchers: Vec<(usize, Matcher)>,
    },
}

impl Patch {
    /// Puts it in; the second time, takes it out.
    pub(super) fn exchange(&mut self, program: &mut Program) {
        match self {
            Self::Matcher { decision, matcher } => exchange_matcher(program, *decision, matcher),
            Self::Swap { decision, row, matcher } => {
                exchange_matcher(program, *decision, matcher);
                if let Some(found) = program.decisions.get_mut(*decision)
                    && *row + 1 < found.rules.len()
                {
                    found.rules.swap(*row, *row + 1);
                }
            }
            Self::Then { decision, row, output, formula } => {
                let Some(found) = program.decisions.get_mut(*decision) else { return };
                let rule = row.map_or(found.otherwise.as_mut(), |row| found.rules.get_mut(row));
                let Some(rule) = rule else { return };
                rule.constants = None;
                if let Some(slot) = rule.then.get_mut(*output) {
                    std::mem::swap(slot, formula);
                }
            }
            Self::Guardrail { home, out } => {
                let list = guardrails(program, *home);
                match out.take() {
                    Some(guardrail) => list.insert(home.at.min(list.len()), guardrail),
                    None if home.at < list.len() => *out = Some(list.remove(home.at)),
                    None => {}
                }
            }
            Self::When { home, index, cell } => {
                let found = guardrails(program, *home).get_mut(home.at);
                exchange_cell(found.map(|found| &mut found.when), *index, cell);
            }
            Self::Unless { home, index, cell } => {
                let found = guardrails(program, *home).get_mut(home.at).and_then(|found| match &mut found.verb {
                    Verb::Forbid { unless, .. } => Some(unless),
                    _ => None,
                });
                exchange_cell(found, *index, cell);
            }
            Self::At { home, formula } => {
                if let Some(Verb::Cap { at, .. } | Verb::Floor { at, .. }) =
                    guardrails(program, *home).get_mut(home.at).map(|found| &mut found.verb)
                {
                    std::mem::swap(at, formula);
                }
            }
            Self::Plugin { decision, at, out } => {
                let Some(found) = program.decisions.get_mut(*decision) else { return };
                match out.take() {
                    Some(plugin) => found.plugins.insert((*at).min(found.plugins.len()), plugin),
                    None if *at < found.plugins.len() => *out = Some(found.plugins.remove(*at)),
                    None => {}
                }
            }
            Self::Param { param, period, value, matchers } => {
                if let Some(slot) = program.params.value_mut(*param, *period) {
                    std::mem::swap(slot, value);
                }
                for (decision, matcher) in matchers {
                    exchange_matcher(program, *decision, matcher);
                }
            }
        }
    }
}

fn exchange_matcher(program: &mut Program, decision: usize, matcher: &mut Matcher) {
    if let Some(found) = program.decisions.get_mut(decision) {
        std::mem::swap(&mut found.matcher, matcher);
    }
}

fn exchange_cell(conditions: Option<&mut Vec<Condition>>, index: usize, cell: &mut Cell) {
    if let Some(condition) = conditions.and_then(|conditions| conditions.get_mut(index)) {
        std::mem::swap(&mut condition.cell, cell);
        condition.look_up_bounds();
    }
}

fn guardrails(program: &mut Program, home: Home) -> &mut Vec<Guardrail> {
    match home.decision {
        Some(decision) if decision < program.decisions.len() => match program.decisions.get_mut(decision) {
            Some(found) => &mut found.bounds,
            None => &mut program.final_guardrails,
        },
        _ => &mut program.final_guardrails,
    }
}

/// The rows of a table, to be changed.
pub(super) fn rows(matcher: &Matcher, columns: usize) -> Vec<Row> {
    let row =
        |row| Row { cells: (0..columns).map(|column| matcher.cell(row, column).clone()).collect(), dates: matcher.dates(row) };
    (0..matcher.len()).map(row).collect()
}

/// The dates of a rule that is never in force.
pub(super) fn never() -> Option<RowDates> {
    let day = crate::value::Date::new(1970, 1, 1).ok()?;
    Some(RowDates { from: Some(day), until: Some(day.plus_days(-1).ok()?) })
}

/// A table of these rows. Its bounds are looked up for every case, so that it means the same when a parameter changes.
pub(super) fn matcher(program: &Program, decision: usize, rows: Vec<Row>) -> Option<Matcher> {
    let found = program.decisions.get(decision)?;
    let kinds = found.columns.iter().map(|path| path.kind.clone()).collect();
    Some(Matcher::with_constants(kinds, rows, &|bound: &Bound| match bound {
        Bound::Value(_) => None,
        Bound::Amount(_) | Bound::Param { .. } => None,
    }))
}
