//! The search: groups of cases by how many facts are changed at least, the fewest and the smallest steps first.
//!
//! Of each group its nearest case is decided. If it does not give the outcome, and the text of the policy does not rule the whole group
//! out, the group is parted around that case and its parts wait for their turn. No case is left out: where the search comes to its end
//! without an answer there is none, unless something stood in between of which nothing could be told.

use super::ground::Ground;
use super::lever::{Choice, Lever, Part, Rest};
use super::prospects::Prospects;
use super::trials::{Given, Trials};
use super::wanted::Wanted;
use crate::limits::WHY_GROUPS_MAX;
use crate::value::Fact;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What came of a search.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The ways that were found, the nearest first: what is chosen for each lever.
    pub(super) found: Vec<Vec<Choice>>,
    /// Was every case that comes before these looked at, or ruled out?
    pub(super) is_whole: bool,
    /// Did the budget run out? Since the nearest come first, what was found until then is the nearest all the same.
    pub(super) is_spent: bool,
}

/// How near a group comes: facts changed, segments between, steps of numbers, then the choices themselves.
type Key = (usize, u32, u64, Vec<Choice>);

struct Search<'s, 'g> {
    ground: &'s Ground<'g>,
    wanted: &'s [Wanted],
    trials: &'s mut Trials<'g>,
    open: BinaryHeap<Reverse<(Key, usize)>>,
    groups: Vec<Option<Vec<Part>>>,
}

/// Does a decision give what is wanted? What was not decided gives nothing.
pub(super) fn holds(wanted: &[Wanted], given: &Given, ground: &Ground<'_>) -> bool {
    wanted.iter().all(|each| {
        let fact = given.get(each.decision).and_then(|outputs| outputs.get(each.output)).cloned().flatten();
        fact.is_some_and(|fact| fact.is_known() && each.cell.holds(&fact, ground.base.bounds()) == Ok(true))
    })
}

/// Can it come about in a group at all?
pub(super) fn may_hold(wanted: &[Wanted], prospects: &Prospects<'_, '_>) -> bool {
    wanted.iter().all(|each| {
        let possible = prospects.output(each.decision, each.output);
        let known = crate::value::Possible { missing: false, unknown: false, ..possible };
        prospects.may_hold(&each.cell, &known)
    })
}

/// Searches for so many ways.
pub(super) fn run<'g>(ground: &Ground<'g>, wanted: &[Wanted], trials: &mut Trials<'g>, answers_max: usize) -> Outcome {
    let mut search = Search { ground, wanted, trials, open: BinaryHeap::new(), groups: Vec::new() };
    search.push(ground.levers.iter().map(Lever::whole).collect());
    search.run(answers_max)
}

impl Search<'_, '_> {
    fn push(&mut self, parts: Vec<Part>) {
        let choices: Option<Vec<Choice>> =
            self.ground.levers.iter().zip(&parts).map(|(lever, part)| lever.nearest(part)).collect();
        let Some(choices) = choices else { return };
        let changed = choices.iter().filter(|choice| **choice != Choice::Kept).count();
        let (mut segments, mut steps) = (0_u32, 0_u64);
        for (lever, choice) in self.ground.levers.iter().zip(&choices) {
            let (far, away) = lever.distance(*choice);
            segments = segments.saturating_add(far);
            steps = steps.saturating_add(away);
        }
        self.open.push(Reverse(((changed, segments, steps, choices), self.groups.len())));
        self.groups.push(Some(parts));
    }

    fn run(mut self, answers_max: usize) -> Outcome {
        let mut outcome = Outcome { found: Vec::new(), is_whole: !self.ground.is_cut, is_spent: false };
        let mut sets: Vec<Vec<usize>> = Vec::new();
        let mut looked_at = 0;
        while let Some(Reverse(((_, _, _, choices), number))) = self.open.pop() {
            let Some(mut parts) = self.groups.get_mut(number).and_then(Option::take) else { continue };
            if !leave_out(&sets, &mut parts) {
                continue;
            }
            looked_at += 1;
            if looked_at > WHY_GROUPS_MAX || self.trials.is_spent() {
                outcome.is_spent = true;
                break;
            }
            let given = self.trials.decide(&self.ground.levers, &choices);
            if given.is_some_and(|given| holds(self.wanted, &given, self.ground)) {
                // Of samples another may come nearer.
                let is_sampled = |(choice, lever): (&Choice, &Lever)| *choice != Choice::Kept && !lever.is_whole();
                outcome.is_whole &= !choices.iter().zip(&self.ground.levers).any(is_sampled);
                sets.push(changed(&choices));
                outcome.found.push(choices);
                if outcome.found.len() >= answers_max {
                    break;
                }
                continue;
            }
            let is_one = parts.iter().all(Part::is_one);
            let stands_for_all =
                choices.iter().zip(&self.ground.levers).all(|(choice, lever)| *choice == Choice::Kept || lever.is_whole());
            if is_one && stands_for_all {
                continue;
            }
            if !may_hold(self.wanted, &Prospects::of(self.ground, &parts, self.trials)) {
                continue;
            }
            if is_one {
                // Another value of the same segment may give it.
                outcome.is_whole = false;
                continue;
            }
            self.part(&parts, &choices);
        }
        outcome
    }

    /// Parts a group around its nearest case, which did not give what is wanted.
    fn part(&mut self, parts: &[Part], choices: &[Choice]) {
        let is_spread = |part: &Part| matches!(&part.rest, Rest::Numbers(_)) && !part.kept && !part.is_one();
        // First whatever else could be chosen, so that a number is not looked at step by step where something else gives the outcome.
        let mut before = parts.to_vec();
        for (at, choice) in choices.iter().enumerate() {
            let (Some(part), Some(fixed)) = (parts.get(at), before.get_mut(at)) else { continue };
            if is_spread(part) {
                continue;
            }
            *fixed = without(part, *choice);
            let has_more = fixed.kept || !fixed.rest.is_empty();
            let child = has_more.then(|| before.clone());
            if let Some(fixed) = before.get_mut(at) {
                *fixed = only(*choice);
            }
            if let Some(child) = child {
                self.push(child);
            }
        }
        // Then the numbers that have to change, in halves: where the outcome turns is found in as many steps as a number has digits. The
        // number is halved of which that rules most out; one that makes no difference is left whole.
        let mut best: Option<(usize, u64, Vec<Vec<Part>>)> = None;
        for (at, part) in before.iter().enumerate().filter(|(_, part)| is_spread(part)) {
            let Rest::Numbers(spans) = &part.rest else { continue };
            let halved = |half: Vec<(i64, i64)>| {
                let mut halved = before.clone();
                if let Some(part) = halved.get_mut(at) {
                    part.rest = Rest::Numbers(half);
                }
                halved
            };
            let all: Vec<Vec<Part>> = halves(spans).into_iter().map(halved).collect();
            let count = all.len();
            let left: Vec<Vec<Part>> =
                all.into_iter().filter(|parts| may_hold(self.wanted, &Prospects::of(self.ground, parts, self.trials))).collect();
            let width = spans.iter().map(|(low, high)| high.abs_diff(*low)).max().unwrap_or(0);
            let gone = count - left.len();
            if best.as_ref().is_none_or(|(most, widest, _)| (gone, width) > (*most, *widest)) {
                best = Some((gone, width, left));
            }
        }
        best.into_iter().flat_map(|(_, _, left)| left).for_each(|parts| self.push(parts));
    }
}

/// The levers that are moved.
fn changed(choices: &[Choice]) -> Vec<usize> {
    choices.iter().enumerate().filter(|(_, choice)| **choice != Choice::Kept).map(|(at, _)| at).collect()
}

/// Leaves out of a group whatever contains a way that was found; false where nothing is left. What would complete such a way is kept as
/// it is.
fn leave_out(sets: &[Vec<usize>], parts: &mut [Part]) -> bool {
    for set in sets {
        let open: Vec<usize> = set.iter().copied().filter(|at| parts.get(*at).is_none_or(|part| part.kept)).collect();
        match open.as_slice() {
            [] => return false,
            [only] => {
                if let Some(part) = parts.get_mut(*only) {
                    *part = Part::kept();
                }
            }
            _ => {}
        }
    }
    true
}

/// The spans in two: several apart from each other, one in the middle.
fn halves(spans: &[(i64, i64)]) -> Vec<Vec<(i64, i64)>> {
    match spans {
        [(low, high)] => {
            // Never the upper end: of two neighbours around zero the middle is the upper one.
            let middle = low.midpoint(*high).min(high.saturating_sub(1));
            vec![vec![(*low, middle)], vec![(middle.saturating_add(1), *high)]]
        }
        several => several.iter().map(|span| vec![*span]).collect(),
    }
}

/// A part without one choice.
fn without(part: &Part, choice: Choice) -> Part {
    let rest = match (&part.rest, choice) {
        (Rest::Stops(stops), Choice::Stop(gone)) => Rest::Stops(stops.iter().copied().filter(|stop| *stop != gone).collect()),
        (Rest::Numbers(spans), Choice::Number(gone)) => Rest::Numbers(
            spans
                .iter()
                .flat_map(|(low, high)| {
                    let is_in = *low <= gone && gone <= *high;
                    if is_in {
                        vec![(*low, gone.saturating_sub(1)), (gone.saturating_add(1), *high)]
                    } else {
                        vec![(*low, *high)]
                    }
                })
                .filter(|(low, high)| low <= high)
                .collect(),
        ),
        (rest, _) => rest.clone(),
    };
    Part { kept: part.kept && choice != Choice::Kept, rest }
}

/// One choice and no other.
fn only(choice: Choice) -> Part {
    match choice {
        Choice::Kept => Part::kept(),
        Choice::Stop(stop) => Part { kept: false, rest: Rest::Stops(vec![stop]) },
        Choice::Number(steps) => Part { kept: false, rest: Rest::Numbers(vec![(steps, steps)]) },
    }
}

/// What an output was given, if it was decided.
pub(super) fn given(all: &Given, decision: usize, output: usize) -> Fact<crate::value::Value> {
    all.get(decision).and_then(|outputs| outputs.get(output)).cloned().flatten().unwrap_or(Fact::Missing)
}
