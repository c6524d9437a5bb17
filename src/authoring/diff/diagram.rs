//! Two tables over the same axes, walked through together: for every combination of segments, what comes of it on either side.
//!
//! The walk takes one axis after the other. At each it groups the segments that leave the same rules of both sides standing, so that a
//! group is walked once; where both sides are left with the same rules there is nothing more to see. What is left is a decision diagram:
//! exact, and as large as the difference rather than as the tables. Tables can be made for which even that is too much; then the work is
//! given up at a stated budget, and nothing is claimed.
//!
//! The boxes of one table (`rule/space`) would not do: they answer what one list of rules does, and would list all that two tables share.
//! A diagram also has segments that no rule of one table needs, for values that cannot be worked out or be compared on one side.

use super::axis::{Axis, KNOWN, TROUBLE};
use crate::limits::{DIFF_BOXES_MAX, DIFF_WORK_MAX};
use std::collections::{BTreeMap, BTreeSet};

/// Sorted half-open ranges of segments.
pub(super) type Ranges = Vec<(usize, usize)>;

/// A row of one side.
#[derive(Debug)]
pub(super) struct Row {
    /// The number of the rule or guardrail.
    pub(super) number: usize,
    /// Is it a guardrail, which applies beside every rule?
    pub(super) is_guardrail: bool,
    /// What it says, by a number that is the same for the same on both sides.
    pub(super) says: usize,
    /// For each axis the segments that it admits; none where it asks for nothing.
    pub(super) covers: Vec<Option<Ranges>>,
}

/// One side.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Does only the first rule that matches count?
    pub(super) first: bool,
    /// Does the order of the rules matter?
    pub(super) ordered: bool,
    /// For each axis the segments in which nothing can be decided.
    pub(super) faults: Vec<Ranges>,
}

/// The rules that match and the guardrails that apply; nothing where it cannot be decided.
pub(super) type Hits = Option<(Vec<usize>, Vec<usize>)>;

/// A box of cases with one result: for some axes the segments, and the number of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boxed {
    pub(super) segments: BTreeMap<usize, Ranges>,
    pub(super) result: usize,
}

/// The budget ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

/// The result of segments in which nothing differs.
pub(super) const EQUAL: usize = 0;

type Alive = Option<Vec<usize>>;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
enum Node {
    Leaf(usize),
    Branch(usize, Vec<(Ranges, usize)>),
}

/// What of a row is left from each axis on, by numbers that are equal where it is: with its name, and without.
struct Rest {
    named: Vec<usize>,
    bare: Vec<usize>,
    /// From this axis on it asks for nothing.
    free_from: usize,
}

/// See the module.
pub(super) struct Walk<'a> {
    axes: &'a [Axis],
    tables: [&'a Table; 2],
    rests: [Vec<Rest>; 2],
    /// Are both sides equal where the same rules are left? Not where plugins or defaults differ.
    alike: bool,
    result: &'a mut dyn FnMut(&Hits, &Hits) -> usize,
    nodes: Vec<Node>,
    known: BTreeMap<Node, usize>,
    walked: BTreeMap<(usize, [Alive; 2]), usize>,
    work: usize,
}

/// All boxes whose result is not [`EQUAL`], and whether there are more than are given.
pub(super) fn boxes(
    axes: &[Axis],
    (old, new): (&Table, &Table),
    alike: bool,
    result: &mut dyn FnMut(&Hits, &Hits) -> usize,
) -> Result<(Vec<Boxed>, bool), TooMuch> {
    let mut numbers: BTreeMap<(Option<Ranges>, usize), usize> = BTreeMap::new();
    let mut rests = |table: &Table, side: usize| table.rows.iter().map(|row| rest(row, side, &mut numbers)).collect::<Vec<_>>();
    let rests = [rests(old, 0), rests(new, 1)];
    let mut walk = Walk {
        axes,
        tables: [old, new],
        rests,
        alike,
        result,
        nodes: Vec::new(),
        known: BTreeMap::new(),
        walked: BTreeMap::new(),
        work: 0,
    };
    let all = |table: &Table| Some((0..table.rows.len()).collect());
    let root = walk.walk(0, [all(old), all(new)])?;
    let mut list = Vec::new();
    let more = !walk.collect(root, &mut BTreeMap::new(), &mut list);
    Ok((merged(list, axes.len()), more))
}

fn rest(row: &Row, side: usize, numbers: &mut BTreeMap<(Option<Ranges>, usize), usize>) -> Rest {
    let mut number = |cover: Option<Ranges>, next: usize| {
        let fresh = numbers.len();
        *numbers.entry((cover, next)).or_insert(fresh)
    };
    // Marks that no ranges have, so that ends are told apart from what stands before them.
    let kind = usize::from(row.is_guardrail);
    let mut bare = vec![number(Some(vec![(usize::MAX, kind)]), row.says)];
    let own = number(Some(vec![(usize::MAX, 2 + kind + 2 * side)]), row.number);
    let mut named = vec![number(Some(vec![(usize::MAX, usize::MAX)]), own)];
    let mut free_from = row.covers.len();
    for (at, cover) in row.covers.iter().enumerate().rev() {
        if cover.is_none() && free_from == at + 1 {
            free_from = at;
        }
        let (next_named, next_bare) = (named.last().copied().unwrap_or(0), bare.last().copied().unwrap_or(0));
        named.push(number(cover.clone(), next_named));
        bare.push(number(cover.clone(), next_bare));
    }
    named.reverse();
    bare.reverse();
    Rest { named, bare, free_from }
}

impl Walk<'_> {
    fn spend(&mut self, work: usize) -> Result<(), TooMuch> {
        self.work = self.work.saturating_add(work);
        if self.work > DIFF_WORK_MAX { Err(TooMuch) } else { Ok(()) }
    }

    fn node(&mut self, node: Node) -> usize {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let number = self.nodes.len();
        self.nodes.push(node.clone());
        self.known.insert(node, number);
        number
    }

    /// Rules behind one that always matches are never reached where only the first counts.
    fn pruned(&self, side: usize, depth: usize, alive: Vec<usize>) -> Vec<usize> {
        let (Some(table), Some(rests)) = (self.tables.get(side), self.rests.get(side)) else { return alive };
        if !table.first {
            return alive;
        }
        let mut over = false;
        alive
            .into_iter()
            .filter(|row| {
                let is_guardrail = table.rows.get(*row).is_some_and(|row| row.is_guardrail);
                let stays = is_guardrail || !over;
                over |= !is_guardrail && rests.get(*row).is_some_and(|rest| rest.free_from <= depth);
                stays
            })
            .collect()
    }

    fn numbers(&self, side: usize, depth: usize, alive: &[usize], named: bool) -> Vec<usize> {
        let Some(rests) = self.rests.get(side) else { return Vec::new() };
        let rest = |row: &usize| {
            let rest = rests.get(*row)?;
            (if named { &rest.named } else { &rest.bare }).get(depth).copied()
        };
        alive.iter().filter_map(rest).collect()
    }

    fn same(&self, depth: usize, old: &Alive, new: &Alive) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) if self.alike && old.len() == new.len() => {
                let (mut was, mut is) = (self.numbers(0, depth, old, false), self.numbers(1, depth, new, false));
                if self.tables.iter().all(|table| !table.ordered) {
                    was.sort_unstable();
                    is.sort_unstable();
                }
                was == is
            }
            _ => false,
        }
    }

    fn hits(&self, side: usize, alive: &Alive) -> Hits {
        let (alive, table) = (alive.as_ref()?, self.tables.get(side)?);
        let of = |is_guardrail: bool| {
            let rows = alive.iter().filter_map(|row| table.rows.get(*row));
            rows.filter(|row| row.is_guardrail == is_guardrail).map(|row| row.number).collect()
        };
        Some((of(false), of(true)))
    }

    fn walk(&mut self, depth: usize, [old, new]: [Alive; 2]) -> Result<usize, TooMuch> {
        let old = old.map(|alive| self.pruned(0, depth, alive));
        let new = new.map(|alive| self.pruned(1, depth, alive));
        self.spend(1 + old.as_ref().map_or(0, Vec::len) + new.as_ref().map_or(0, Vec::len))?;
        if self.same(depth, &old, &new) {
            return Ok(self.node(Node::Leaf(EQUAL)));
        }
        let Some(axis) = self.axes.get(depth).filter(|_| old.is_some() || new.is_some()) else {
            let (was, is) = (self.hits(0, &old), self.hits(1, &new));
            let result = (self.result)(&was, &is);
            return Ok(self.node(Node::Leaf(result)));
        };
        let key = |side: usize, alive: &Alive| alive.as_ref().map(|alive| self.numbers(side, depth, alive, true));
        let key = (depth, [key(0, &old), key(1, &new)]);
        if let Some(known) = self.walked.get(&key) {
            return Ok(*known);
        }
        let groups = self.groups(depth, axis, &old, &new)?;
        let mut edges: BTreeMap<usize, Ranges> = BTreeMap::new();
        for (alive, ranges) in groups {
            let child = self.walk(depth + 1, alive)?;
            edges.entry(child).or_default().extend(ranges);
        }
        let mut edges: Vec<(Ranges, usize)> = edges.into_iter().map(|(child, ranges)| (joined(ranges), child)).collect();
        edges.sort();
        let node = match edges.as_slice() {
            [(_, only)] => *only,
            _ => self.node(Node::Branch(depth, edges)),
        };
        self.walked.insert(key, node);
        Ok(node)
    }

    /// The segments of an axis, by what they leave standing on both sides.
    fn groups(&mut self, depth: usize, axis: &Axis, old: &Alive, new: &Alive) -> Result<BTreeMap<[Alive; 2], Ranges>, TooMuch> {
        let mut turns: BTreeMap<usize, Vec<(usize, usize, bool)>> = BTreeMap::new();
        let mut standing: [BTreeSet<usize>; 2] = Default::default();
        for (side, alive) in [old, new].into_iter().enumerate() {
            let Some(table) = self.tables.get(side) else { continue };
            for (place, row) in alive.iter().flatten().enumerate() {
                match table.rows.get(*row).and_then(|row| row.covers.get(depth)) {
                    Some(Some(ranges)) => {
                        for (from, to) in ranges {
                            turns.entry(*from).or_default().push((side, place, true));
                            turns.entry(*to).or_default().push((side, place, false));
                        }
                    }
                    _ => {
                        if let Some(standing) = standing.get_mut(side) {
                            standing.insert(place);
                        }
                    }
                }
            }
        }
        let fails = |side: usize, segment: usize| {
            let table = self.tables.get(side);
            let ranges = table.and_then(|table| table.faults.get(depth));
            ranges.is_some_and(|ranges| ranges.iter().any(|(from, to)| (*from..*to).contains(&segment)))
        };
        // Where a segment is void, or one side begins or ceases to fail, a range ends as well.
        let mut cuts: BTreeSet<usize> = turns.keys().copied().collect();
        cuts.extend([0, TROUBLE, KNOWN, axis.len()]);
        for (segment, void) in axis.void.iter().enumerate() {
            if *void {
                cuts.extend([segment, segment + 1]);
            }
        }
        let cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= axis.len()).collect();
        let mut groups: BTreeMap<[Alive; 2], Ranges> = BTreeMap::new();
        let mut work = 0;
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            for (side, place, begins) in turns.get(from).into_iter().flatten() {
                let Some(standing) = standing.get_mut(*side) else { continue };
                if *begins {
                    standing.insert(*place);
                } else {
                    standing.remove(place);
                }
            }
            if axis.void.get(*from).copied().unwrap_or(true) {
                continue;
            }
            let left = |side: usize, alive: &Alive| {
                let alive = alive.as_ref().filter(|_| !fails(side, *from))?;
                Some(standing.get(side)?.iter().filter_map(|place| alive.get(*place).copied()).collect::<Vec<usize>>())
            };
            let pair = [left(0, old), left(1, new)];
            work += 1 + pair.iter().flatten().map(Vec::len).sum::<usize>();
            groups.entry(pair).or_default().push((*from, *to));
        }
        self.spend(work)?;
        Ok(groups)
    }

    /// Gathers the boxes below a node; false once there are too many.
    fn collect(&self, node: usize, path: &mut BTreeMap<usize, Ranges>, list: &mut Vec<Boxed>) -> bool {
        match self.nodes.get(node) {
            None | Some(Node::Leaf(EQUAL)) => true,
            Some(Node::Leaf(result)) => {
                if list.len() >= DIFF_BOXES_MAX {
                    return false;
                }
                list.push(Boxed { segments: path.clone(), result: *result });
                true
            }
            Some(Node::Branch(axis, edges)) => {
                for (ranges, child) in edges {
                    path.insert(*axis, ranges.clone());
                    let whole = self.collect(*child, path, list);
                    path.remove(axis);
                    if !whole {
                        return false;
                    }
                }
                true
            }
        }
    }
}

/// Sorted ranges, those that touch made one.
pub(super) fn joined(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut joined: Ranges = Vec::with_capacity(ranges.len());
    for (from, to) in ranges {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Boxes with the same result that differ in one axis alone are one box.
fn merged(mut list: Vec<Boxed>, axes: usize) -> Vec<Boxed> {
    loop {
        let before = list.len();
        for axis in 0..axes {
            let mut by_others: BTreeMap<(usize, BTreeMap<usize, Ranges>), Option<Ranges>> = BTreeMap::new();
            for Boxed { mut segments, result } in list {
                let own = segments.remove(&axis);
                match by_others.entry((result, segments)) {
                    std::collections::btree_map::Entry::Vacant(free) => {
                        free.insert(own);
                    }
                    std::collections::btree_map::Entry::Occupied(mut known) => {
                        let both = known.get().clone().zip(own).map(|(known, own)| joined([known, own].concat()));
                        known.insert(both);
                    }
                }
            }
            list = by_others
                .into_iter()
                .map(|((result, mut segments), own)| {
                    segments.extend(own.map(|own| (axis, own)));
                    Boxed { segments, result }
                })
                .collect();
        }
        if list.len() == before {
            return list;
        }
    }
}
