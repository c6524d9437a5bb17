//! The space of the cases that a table looks at, and the algebra of its regions.
//!
//! Every column is an axis, cut into segments within which no cell at hand tells two values apart; *missing* and *unknown* are
//! segments of their own, and the policy date is an axis where rules have dates. A cell is a set of segments, a rule is a region: one
//! set an axis. Every segment holds a value that can occur ([`Axis::stand`]), so a region that is not empty is a case that can be
//! shown, and what holds of segments holds of all values.
//!
//! It answers about one table, whose rules it keeps as boxes: a rule that is hidden, or a gap, is a box, and a cut parts few rules from
//! many. Two tables that are nearly the same are compared elsewhere (`authoring/diff/diagram.rs`), as a decision diagram: what both share is
//! walked once and never written out as boxes, and a value that cannot be worked out is a segment there that a rule here never has.
//!
//! Order of the files, each using only those before it: `set`, `axis`, `region`, `wording`, `budget`, `split`,
//! `questions`.

mod axis;
mod budget;
mod questions;
mod region;
mod set;
mod split;
#[cfg(test)]
mod tests;
mod wording;

pub(crate) use axis::{Axis, AxisSpec, Stand};
pub(crate) use budget::{Budget, Exhausted};
pub(crate) use questions::{Ranked, difference, first_hits, hidden_by, outside, overlaps};
pub(crate) use region::Region;
pub(crate) use set::SegmentSet;
pub(crate) use split::Block;

use super::Cell;
use std::sync::Arc;

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Space {
    pub(crate) axes: Vec<Axis>,
}

/// One condition of a concrete case: a name, and what stands there.
pub(crate) type Told<'a> = (&'a Arc<str>, &'a Stand);

impl Space {
    /// A space with these axes.
    pub(crate) fn new(specs: &[AxisSpec<'_>]) -> Self {
        Self { axes: specs.iter().map(Axis::new).collect() }
    }

    /// Every case.
    pub(crate) fn whole(&self) -> Region {
        Region::new(self.axes.iter().map(Axis::whole).collect())
    }

    /// Every case of which everything is known.
    pub(crate) fn known(&self) -> Region {
        Region::new(self.axes.iter().map(Axis::known).collect())
    }

    /// The cases that satisfy one cell an axis, and whether these are exactly they: otherwise they are among them.
    pub(crate) fn region<'c>(&self, cells: impl IntoIterator<Item = &'c Cell>) -> (Region, bool) {
        let mut cells = cells.into_iter();
        let sets = self.axes.iter().map(|axis| cells.next().map_or_else(|| (axis.whole(), true), |cell| axis.set(cell)));
        let (sets, exact): (Vec<SegmentSet>, Vec<bool>) = sets.unzip();
        (Region::new(sets), exact.into_iter().all(|exact| exact))
    }

    /// One concrete case of a region: for every axis on which the region is less than another, what stands next to a boundary. Nothing
    /// for an empty region.
    pub(crate) fn case(&self, region: &Region, within: &Region) -> Option<Vec<Told<'_>>> {
        let mut told = Vec::new();
        for ((axis, set), all) in self.axes.iter().zip(region.sets()).zip(within.sets()) {
            let stand = axis.stand(boundary(set, axis)?)?;
            if set != all {
                told.push((&axis.name, stand));
            }
        }
        Some(told)
    }

    /// The segments of that case, one an axis.
    pub(crate) fn point(&self, region: &Region) -> Vec<Option<u32>> {
        self.axes.iter().zip(region.sets()).map(|(axis, set)| boundary(set, axis)).collect()
    }

    /// That case in words: `customer.tier = gold, dispute.disputed_amount = 100.01 USD`; empty where every case will do.
    pub(crate) fn case_text(&self, region: &Region, within: &Region) -> Option<String> {
        let told = self.case(region, within)?;
        Some(told.iter().map(|(name, stand)| format!("{name} = {stand}")).collect::<Vec<_>>().join(", "))
    }
}

/// The segment of a set that stands next to one outside of it: the last of those from the least value on, else the first.
fn boundary(set: &SegmentSet, axis: &Axis) -> Option<u32> {
    let (from, to) = *set.ranges().first()?;
    let known = axis.known().len();
    Some(if from == 0 && to < known { to - 1 } else { from })
}
