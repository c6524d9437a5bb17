//! The search that all questions share: a block of a space is cut in two, again and again, until what is asked is plain in each part.
//!
//! The product of the axes is never gone through. A cut goes where the fewest rules lie on both sides, so that a table made by
//! deciding one thing after another comes apart into as many parts as it has rules; a block is only cut as long as the question is
//! open in it. A table that is made to resist has no such cut, and the search ends with its budget.

use super::budget::{Budget, Exhausted};
use super::region::Region;

/// A part of a space: on every axis the segments from one up to, and without, another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) spans: Vec<(u32, u32)>,
}

/// A rule that has cases in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Its number.
    pub(crate) row: usize,
    /// Does it hold every case of the block?
    pub(crate) fills: bool,
}

/// What to do with a block that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The question is answered in it.
    Done,
    /// Look closer, at the candidates that were left.
    Split,
    /// The whole question is answered.
    Stop,
}

/// Where a block is cut: on which axis, and before which segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    axis: usize,
    at: u32,
    /// The work to expect behind it, beside the square of the number of candidates without it.
    pub(super) work: u64,
}

impl Block {
    /// Does a region hold some of it?
    pub(crate) fn meets(&self, region: &Region) -> bool {
        region.sets().iter().zip(&self.spans).all(|(set, span)| set.meets(*span))
    }

    /// Does a region hold all of it?
    pub(crate) fn is_in(&self, region: &Region) -> bool {
        region.sets().iter().zip(&self.spans).all(|(set, span)| set.fills(*span))
    }

    /// As a region.
    pub(crate) fn region(&self) -> Region {
        Region::new(self.spans.iter().map(|(from, to)| super::set::SegmentSet::range(*from, *to)).collect())
    }

    /// The smallest block around a region.
    pub(crate) fn around(region: &Region) -> Self {
        let span = |set: &super::set::SegmentSet| {
            let ranges = set.ranges();
            ranges.first().zip(ranges.last()).map_or((0, 0), |((from, _), (_, to))| (*from, *to))
        };
        Self { spans: region.sets().iter().map(span).collect() }
    }

    fn halves(&self, cut: Cut) -> (Self, Self) {
        let (mut below, mut above) = (self.clone(), self.clone());
        if let (Some(below), Some(above)) = (below.spans.get_mut(cut.axis), above.spans.get_mut(cut.axis)) {
            below.1 = cut.at;
            above.0 = cut.at;
        }
        (below, above)
    }
}

/// Goes through a block: `look` is shown parts of it, each with the rows that have cases there, in their order; it may leave out rows
/// that do not matter. True where nothing stopped it.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn explore(
    regions: &[&Region],
    within: Block,
    budget: &mut Budget,
    look: &mut dyn FnMut(&Block, &mut Vec<Candidate>) -> Next,
) -> Result<bool, Exhausted> {
    let mut open: Vec<(Block, Vec<usize>)> = vec![(within, (0..regions.len()).collect())];
    let mut candidates = Vec::new();
    while let Some((block, rows)) = open.pop() {
        budget.spend((rows.len() + 1) * block.spans.len().max(1))?;
        candidates.clear();
        let met = rows.iter().filter_map(|row| Some((*row, regions.get(*row)?))).filter(|(_, region)| block.meets(region));
        candidates.extend(met.map(|(row, region)| Candidate { row, fills: block.is_in(region) }));
        match look(&block, &mut candidates) {
            Next::Done => {}
            Next::Stop => return Ok(false),
            Next::Split => {
                let kept: Vec<usize> = candidates.iter().map(|candidate| candidate.row).collect();
                let Some(cut) = best_cut(regions, &block, &kept) else { continue };
                let (below, above) = block.halves(cut);
                open.push((above, kept.clone()));
                open.push((below, kept));
            }
        }
    }
    Ok(true)
}

/// The cut that promises the least work: the candidates on either side, squared. None where every candidate fills the block.
pub(super) fn best_cut(regions: &[&Region], block: &Block, rows: &[usize]) -> Option<Cut> {
    let mut best: Option<Cut> = None;
    let (mut starts, mut ends, mut cuts) = (Vec::new(), Vec::new(), Vec::new());
    for (axis, (low, high)) in block.spans.iter().copied().enumerate() {
        if high - low < 2 {
            continue;
        }
        starts.clear();
        ends.clear();
        cuts.clear();
        for set in rows.iter().filter_map(|row| regions.get(*row)?.set(axis)) {
            let inside = || set.ranges().iter().filter(|(from, to)| *from < high && low < *to);
            let (Some((first, _)), Some((_, last))) = (inside().next(), inside().next_back()) else { continue };
            starts.push((*first).max(low));
            ends.push((*last).min(high));
            cuts.extend(inside().flat_map(|(from, to)| [*from, *to]).filter(|at| low < *at && *at < high));
        }
        if cuts.is_empty() {
            continue;
        }
        starts.sort_unstable();
        ends.sort_unstable();
        cuts.sort_unstable();
        cuts.dedup();
        let (mut below, mut gone) = (0, 0);
        for at in &cuts {
            below += starts.iter().skip(below).take_while(|start| *start < at).count();
            gone += ends.iter().skip(gone).take_while(|end| *end <= at).count();
            let (left, right) = (below as u64, (ends.len() - gone) as u64);
            let work = left * left + right * right;
            if best.is_none_or(|best| work < best.work) {
                best = Some(Cut { axis, at: *at, work });
            }
        }
    }
    best
}

/// Cuts a block at the best place, if that saves work over comparing every pair in it.
pub(super) fn parted(regions: &[&Region], block: &Block, rows: &[usize]) -> Option<(Block, Block)> {
    let pairs = (rows.len() as u64).pow(2);
    best_cut(regions, block, rows).filter(|cut| cut.work < pairs).map(|cut| block.halves(cut))
}
