//! One changed policy after the other meets the tests that could notice.

use super::MutantResult;
use super::mutants::{Mutant, Notice};
use crate::authoring::diff::proves_equal;
use crate::decision::Decision;
use crate::evaluation::{Evaluation, Selection};
use crate::policy::{Policy, Program};
use crate::rule::Cell;
use crate::testing::Prepared;
use crate::value::{Fact, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The tests, and a policy of one's own to be changed.
pub(super) struct Trial<'t> {
    /// The policy as it is.
    reference: &'t Policy,
    /// The one that is changed.
    own: Policy,
    tests: &'t [&'t Prepared<'t>],
}

/// How a test stands under the policy as it is.
struct Before<'a> {
    evaluation: Evaluation<'a>,
    decision: Decision,
    /// What every output came to.
    outputs: Vec<Option<Fact<Value>>>,
    /// Decision and rule of what hit.
    hits: BTreeSet<(usize, String)>,
}

impl<'t> Trial<'t> {
    pub(super) fn new(reference: &'t Policy, mut own: Policy, tests: &'t [&'t Prepared<'t>]) -> Self {
        // The policy is nobody else's, so that there is always a way to it.
        if let Some(program) = Arc::get_mut(&mut own.program) {
            program.look_up_everything();
        }
        Self { reference, own, tests }
    }
}

/// What came of one mutant; the mutant itself where no test noticed.
pub(super) struct Tried {
    pub(super) at: usize,
    pub(super) result: MutantResult,
    pub(super) unnoticed: Option<Mutant>,
}

/// Tries every mutant of a share.
pub(super) fn tried(mut trial: Trial<'_>, share: Vec<(usize, Mutant)>) -> Vec<Tried> {
    let selection = trial.reference.everything();
    let before: Vec<(&Prepared<'_>, Before<'_>)> =
        trial.tests.iter().filter_map(|test| Some((*test, before(&selection, test, &trial.reference.program)?))).collect();
    let mut results = Vec::with_capacity(share.len());
    for (at, mut mutant) in share {
        let could: Vec<&(&Prepared<'_>, Before<'_>)> =
            before.iter().filter(|(_, before)| could_notice(&mutant.notice, before, &trial.reference.program)).collect();
        let mut noticed_by = None;
        if let Some(program) = Arc::get_mut(&mut trial.own.program) {
            mutant.patch.exchange(program);
        }
        // Most changes show in what comes out, which is soon compared; the others in which rule decided and why, which takes longer.
        let mut hidden = Vec::new();
        for (test, before) in could {
            if !comes_out_otherwise(&trial.own, test, before) {
                hidden.push((test, before));
            } else if notices(&trial.own, test, before) {
                noticed_by = Some(test.test.name.value.clone());
                break;
            }
        }
        if noticed_by.is_none() {
            let late = hidden.into_iter().find(|(test, before)| notices(&trial.own, test, before));
            noticed_by = late.map(|(test, _)| test.test.name.value.clone());
        }
        if let Some(program) = Arc::get_mut(&mut trial.own.program) {
            mutant.patch.exchange(program);
        }
        let (name, place) = (mutant.name.clone(), mutant.place.clone());
        let unnoticed = noticed_by.is_none().then_some(mutant);
        let result = MutantResult { name, place, noticed_by, allowed: None, equivalent: false };
        results.push(Tried { at, result, unnoticed });
    }
    results
}

/// Is it proved that a mutant decides no case otherwise? Then no test can notice, which is told apart from what none does.
pub(super) fn changes_nothing(reference: &Policy, own: &mut Policy, mutant: &mut Mutant) -> bool {
    if let Some(program) = Arc::get_mut(&mut own.program) {
        mutant.patch.exchange(program);
    }
    let proved = proves_equal(reference, own);
    if let Some(program) = Arc::get_mut(&mut own.program) {
        mutant.patch.exchange(program);
    }
    proved
}

fn before<'a>(selection: &'a Selection<'_>, test: &'a Prepared<'_>, program: &Program) -> Option<Before<'a>> {
    let (case, at) = test.case.as_ref().ok()?;
    let evaluation = selection.evaluate(case, *at).ok()?;
    let decision = evaluation.decision();
    let mut hits = BTreeSet::new();
    for part in &decision.parts {
        let number = program.decisions.iter().position(|decision| *decision.name == *part.name)?;
        hits.extend(part.rules.iter().map(|note| (number, note.rule().to_owned())));
    }
    let outputs = outputs(&evaluation, program);
    Some(Before { evaluation, decision, outputs, hits })
}

/// What every output comes to.
fn outputs(evaluation: &Evaluation<'_>, program: &Program) -> Vec<Option<Fact<Value>>> {
    let decisions = program.decisions.iter().enumerate();
    let all = decisions.flat_map(|(number, decision)| (0..decision.outputs.len()).map(move |output| (number, output)));
    all.map(|(number, output)| evaluation.output_at(number, output)).collect()
}

/// Does some output change?
fn comes_out_otherwise(changed: &Policy, test: &Prepared<'_>, before: &Before<'_>) -> bool {
    let Ok((case, at)) = &test.case else { return false };
    let selection = changed.everything().without_trace();
    let after = selection.evaluate(case, *at).map(|evaluation| outputs(&evaluation, &changed.program));
    after.map_or(true, |after| after != before.outputs)
}

fn could_notice(notice: &Notice, before: &Before<'_>, program: &Program) -> bool {
    match notice {
        Notice::All => true,
        Notice::Rule { decision, row } => {
            let Some(found) = program.decisions.get(*decision) else { return true };
            let rule = row.map_or(found.otherwise.as_ref(), |row| found.rules.get(row));
            // A part that could not be decided tells no rules.
            let decided = before.evaluation.output_at(*decision, 0).is_some();
            !decided || rule.is_none_or(|rule| before.hits.contains(&(*decision, rule.id.to_string())))
        }
        Notice::Cell { decision, row, column, now } => {
            let Some(found) = program.decisions.get(*decision) else { return true };
            let (Some(path), cell) = (found.columns.get(*column), found.matcher.cell(*row, *column)) else { return true };
            let items = before.evaluation.items(*decision);
            let runs: Vec<Option<&Value>> = if found.for_each.is_some() { items.iter().map(Some).collect() } else { vec![None] };
            runs.into_iter().any(|item| {
                let fact = before.evaluation.read(Some(*decision), item, [path]).pop().flatten();
                fact.is_none_or(|fact| says_otherwise(cell, now, &fact, &before.evaluation))
            })
        }
    }
}

fn says_otherwise(was: &Cell, now: &Cell, fact: &Fact<Value>, evaluation: &Evaluation<'_>) -> bool {
    let bounds = evaluation.bounds();
    match (was.holds(fact, bounds), now.holds(fact, bounds)) {
        (Ok(was), Ok(now)) => was != now,
        // A trouble that both have is the same trouble.
        (Err(_), Err(_)) => false,
        _ => true,
    }
}

/// Does a test fail under the changed policy?
fn notices(changed: &Policy, test: &Prepared<'_>, before: &Before<'_>) -> bool {
    let Ok((case, at)) = &test.case else { return false };
    let Ok(decision) = changed.decide(case, *at) else { return true };
    if decision == before.decision {
        return false;
    }
    let (failures, problems) = test.check(changed, &decision);
    !failures.is_empty() || problems.has_errors()
}
