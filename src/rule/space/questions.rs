//! What is asked of the rules of a table, each answered exactly or not at all.

use super::budget::{Budget, Exhausted};
use super::region::Region;
use super::set::SegmentSet;
use super::split::{Block, Next, explore, parted};
use std::collections::BTreeSet;

/// So few candidates are compared pair by pair.
const PAIRED_ROWS_MAX: usize = 8;

/// What rules do where the first that matches decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FirstHits {
    /// For each rule: is there a case that it decides?
    pub(crate) decides: Vec<bool>,
    /// Cases that no rule holds: regions as large as they can be, which may meet.
    pub(crate) gaps: Vec<Region>,
    /// Are these all gaps?
    pub(crate) all_gaps: bool,
    /// Was everything looked at? Otherwise the budget ran out: what was found is there, and there may be more.
    pub(crate) is_whole: bool,
}

/// Which rules decide a case of a region, and where none does; at most `gaps_max` gaps, of which 0 asks for none.
pub(crate) fn first_hits(regions: &[&Region], within: &Region, gaps_max: usize, budget: &mut Budget) -> FirstHits {
    let mut hits = FirstHits { decides: vec![false; regions.len()], gaps: Vec::new(), all_gaps: gaps_max > 0, is_whole: true };
    let mut wants_gaps = gaps_max > 0;
    let mut rows: Vec<&Region> = vec![within];
    rows.extend(regions);
    let searched = explore(&rows, Block::around(within), budget, &mut |block, candidates| {
        // The first candidate is the region that was asked about.
        let Some(whole) = candidates.first().copied().filter(|candidate| candidate.row == 0) else { return Next::Done };
        if let Some(end) = candidates.iter().skip(1).position(|candidate| candidate.fills) {
            candidates.truncate(end + 2);
        }
        let is_filled = candidates.iter().skip(1).any(|candidate| candidate.fills);
        let Some(first) = candidates.get(1).copied() else {
            if wants_gaps {
                gap(&rows, block, &mut hits.gaps);
                if hits.gaps.len() > gaps_max {
                    hits.gaps.pop();
                    hits.all_gaps = false;
                    wants_gaps = false;
                }
            }
            return Next::Done;
        };
        if whole.fills
            && let Some(decides) = hits.decides.get_mut(first.row - 1)
        {
            *decides = true;
        }
        if first.fills && whole.fills {
            return Next::Done;
        }
        let all_known = candidates.iter().skip(1).all(|candidate| hits.decides.get(candidate.row - 1) == Some(&true));
        if all_known && (is_filled || !wants_gaps) { Next::Done } else { Next::Split }
    });
    hits.is_whole = searched.is_ok();
    hits
}

/// Notes what is left free in a block that no rule meets, made as large as the rules allow.
fn gap(rows: &[&Region], block: &Block, gaps: &mut Vec<Region>) {
    let Some((whole, rules)) = rows.split_first() else { return };
    let Some(here) = block.region().and(whole) else { return };
    if gaps.iter().any(|gap| gap.contains(&here)) {
        return;
    }
    let mut free = here;
    for axis in 0..block.spans.len() {
        let wide = free.with(axis, whole.set(axis).cloned().unwrap_or_default());
        let taken = rules.iter().filter(|rule| rule.meets(&wide)).filter_map(|rule| rule.set(axis));
        let taken = taken.fold(SegmentSet::none(), |all, set| all.or(set));
        free = free.with(axis, whole.set(axis).cloned().unwrap_or_default().minus(&taken));
    }
    gaps.push(free);
}

/// A case of a region that none of the others holds; none where they hide it together.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn outside(region: &Region, others: &[&Region], budget: &mut Budget) -> Result<Option<Region>, Exhausted> {
    let mut rows: Vec<&Region> = vec![region];
    rows.extend(others);
    let mut found = None;
    explore(&rows, Block::around(region), budget, &mut |block, candidates| match candidates.as_slice() {
        [first, ..] if first.row != 0 => Next::Done,
        [] => Next::Done,
        [_] => {
            found = block.region().and(region);
            Next::Stop
        }
        [_, rest @ ..] if rest.iter().any(|candidate| candidate.fills) => Next::Done,
        _ => Next::Split,
    })?;
    Ok(found)
}

/// The fewest of the others, as far as one try each tells, that still hide a region together; none where they do not.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn hidden_by(region: &Region, others: &[&Region], budget: &mut Budget) -> Result<Option<Vec<usize>>, Exhausted> {
    let mut needed: Vec<usize> =
        (0..others.len()).filter(|at| others.get(*at).is_some_and(|other| other.meets(region))).collect();
    let regions = |numbers: &[usize]| numbers.iter().filter_map(|at| others.get(*at).copied()).collect::<Vec<_>>();
    if outside(region, &regions(&needed), budget)?.is_some() {
        return Ok(None);
    }
    if let Some(alone) = needed.iter().copied().find(|at| others.get(*at).is_some_and(|other| other.contains(region))) {
        return Ok(Some(vec![alone]));
    }
    let mut at = needed.len();
    while at > 0 {
        at -= 1;
        let mut without = needed.clone();
        without.remove(at);
        if outside(region, &regions(&without), budget)?.is_none() {
            needed = without;
        }
    }
    Ok(Some(needed))
}

/// Rules in their order, of which the first that holds a case decides it, and what each of them says: rules of one class say the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked<'a> {
    pub(crate) regions: &'a [&'a Region],
    /// One a rule.
    pub(crate) classes: &'a [usize],
    /// What is said where no rule holds a case.
    pub(crate) otherwise: usize,
}

/// A case of a region of which two lists of rules say different things, with the classes of what they say; none where they agree on
/// all of them.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn difference(
    one: Ranked<'_>,
    other: Ranked<'_>,
    within: &Region,
    budget: &mut Budget,
) -> Result<Option<(Region, usize, usize)>, Exhausted> {
    let mut rows: Vec<&Region> = vec![within];
    rows.extend(one.regions);
    rows.extend(other.regions);
    let end_of_one = 1 + one.regions.len();
    let class = |row: usize| match row.checked_sub(end_of_one) {
        Some(at) => other.classes.get(at).copied().unwrap_or(other.otherwise),
        None => one.classes.get(row - 1).copied().unwrap_or(one.otherwise),
    };
    let mut found = None;
    explore(&rows, Block::around(within), budget, &mut |block, candidates| {
        let Some(whole) = candidates.first().copied().filter(|candidate| candidate.row == 0) else { return Next::Done };
        // Behind a rule that holds the whole block nothing decides.
        let mut filled = [false; 2];
        candidates.retain(|candidate| {
            let Some(side) = filled.get_mut(usize::from(candidate.row >= end_of_one)).filter(|_| candidate.row > 0) else {
                return candidate.row == 0;
            };
            let is_reached = !*side;
            *side |= candidate.fills;
            is_reached
        });
        let said = |is_other: bool| {
            let rows = candidates.iter().skip(1).filter(|candidate| (candidate.row >= end_of_one) == is_other);
            let side = if is_other { other } else { one };
            let mut classes: BTreeSet<usize> = rows.map(|candidate| class(candidate.row)).collect();
            if !filled.get(usize::from(is_other)).copied().unwrap_or(false) {
                classes.insert(side.otherwise);
            }
            classes
        };
        let (here, there) = (said(false), said(true));
        match (here.first().filter(|_| here.len() == 1), there.first().filter(|_| there.len() == 1)) {
            (Some(a), Some(b)) if a == b => Next::Done,
            (Some(a), Some(b)) if whole.fills => {
                found = Some((block.region(), *a, *b));
                Next::Stop
            }
            _ => Next::Split,
        }
    })?;
    Ok(found)
}

/// Calls `each` with every pair of rules that have a case in common, the earlier first, in no particular order, until it says that it
/// has seen enough.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn overlaps(
    regions: &[&Region],
    within: Block,
    budget: &mut Budget,
    each: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<(), Exhausted> {
    let axes = within.spans.len().max(1);
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut open: Vec<(Block, Vec<usize>)> = vec![(within, (0..regions.len()).collect())];
    while let Some((block, mut rows)) = open.pop() {
        budget.spend((rows.len() + 1) * axes)?;
        rows.retain(|row| regions.get(*row).is_some_and(|region| block.meets(region)));
        if rows.len() > PAIRED_ROWS_MAX
            && let Some((below, above)) = parted(regions, &block, &rows)
        {
            budget.spend(rows.len() * axes)?;
            open.push((above, rows.clone()));
            open.push((below, rows));
            continue;
        }
        for (at, first) in rows.iter().enumerate() {
            let Some(one) = regions.get(*first) else { continue };
            budget.spend((rows.len() - at) * 2)?;
            for second in rows.iter().skip(at + 1) {
                let Some(other) = regions.get(*second) else { continue };
                let sets = one.sets().iter().zip(other.sets()).zip(&block.spans);
                let meets = sets.into_iter().all(|((mine, theirs), span)| mine.meets_within(theirs, *span));
                if meets && seen.insert((*first, *second)) && !each(*first, *second) {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}
