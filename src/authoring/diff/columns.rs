//! What the rules and guardrails of both sides look at, and each side as a table over it.

use super::axis::{Axis, Cover, TROUBLE};
use super::cut::Ground;
use super::diagram::{self, Ranges, Row, Table};
use super::local;
use super::meaning::{Meaning, World};
use super::worlds::{Of, guardrails};
use crate::policy::slots::Slot;
use crate::rule::{Cell, HitPolicy};
use crate::script::FactPath;
use crate::value::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// One side in a world.
pub(super) struct Side<'p> {
    pub(super) of: Of<'p>,
    pub(super) meaning: Meaning<'p>,
    pub(super) world: World,
}

/// One thing that is looked at, by what it means.
pub(super) struct Column<'p> {
    pub(super) kind: Kind,
    pub(super) paths: [Option<FactPath>; 2],
    /// The kinds that it has on either side: lists of names may differ.
    pub(super) kinds: [Option<Kind>; 2],
    pub(super) cells: Vec<(Ground<'p>, &'p Cell)>,
    /// Is it read by the side at all?
    pub(super) read: [bool; 2],
    pub(super) never_missing: bool,
    pub(super) never_unknown: bool,
    pub(super) not_negative: bool,
    /// Is it a fact that a case may give whatever the others are?
    pub(super) free: bool,
    /// Does a guardrail ask for it?
    pub(super) bounds: bool,
    /// May it fail: is it a derived input or the output of another decision?
    pub(super) may_fail: bool,
}

/// Everything that either side looks at, by what it means.
pub(super) fn columns<'p>(sides: &[Side<'p>; 2]) -> BTreeMap<String, Column<'p>> {
    let mut columns: BTreeMap<String, Column<'p>> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        let ground = Ground { program: side.of.program, world: side.world };
        let decision = side.of.decision;
        let mut add = |path: &FactPath, strict: bool, cells: Vec<&'p Cell>| {
            let key = side.meaning.path(path, strict);
            let entry = side.of.program.slots.get(path.slot);
            let slot = entry.map(|entry| entry.slot);
            let fact = entry.and_then(|entry| entry.fact).filter(|_| path.is_whole());
            let assumed = entry.is_some_and(|entry| entry.assumed.is_some()) && !strict;
            let column = columns.entry(key).or_insert_with(|| Column {
                kind: path.kind.clone(),
                paths: [None, None],
                kinds: [None, None],
                cells: Vec::new(),
                read: [false, false],
                never_missing: assumed || matches!(slot, Some(Slot::At | Slot::PolicyDate)),
                never_unknown: fact.is_some_and(|fact| !fact.knowable) || matches!(slot, Some(Slot::At | Slot::PolicyDate)),
                not_negative: fact.is_some_and(|fact| fact.not_negative),
                free: matches!(slot, Some(Slot::Fact(_) | Slot::Extra(_)))
                    && path.is_whole()
                    && fact.is_none_or(|it| !it.projection && !it.derived),
                bounds: false,
                may_fail: matches!(slot, Some(Slot::Let { .. } | Slot::Output { .. })),
            });
            if let (Some(known), Some(kind), Some(read)) =
                (column.paths.get_mut(at), column.kinds.get_mut(at), column.read.get_mut(at))
            {
                (*known, *kind, *read) = (Some(path.clone()), Some(path.kind.clone()), true);
            }
            column.bounds |= strict;
            column.cells.extend(cells.into_iter().map(|cell| (ground, cell)));
        };
        if !side.of.finals {
            for (number, path) in decision.columns.iter().enumerate() {
                let mut cells: Vec<&Cell> = Vec::new();
                let mut seen: BTreeSet<String> = BTreeSet::new();
                for row in in_force(side) {
                    let cell = decision.matcher.cell(row, number);
                    if !cell.is_any() && seen.insert(cell.describe()) {
                        cells.push(cell);
                    }
                }
                add(path, false, cells);
            }
        }
        for guardrail in guardrails(&side.of).iter().filter(|guardrail| guardrail.in_force(side.world.day)) {
            guardrail.when.iter().for_each(|condition| add(&condition.path, true, vec![&condition.cell]));
        }
    }
    columns
}

fn in_force<'a>(side: &'a Side<'_>) -> impl Iterator<Item = usize> + 'a {
    let matcher = &side.of.decision.matcher;
    (0..matcher.len()).filter(|row| matcher.dates(*row).hold(side.world.day))
}

/// How a column is called: as it is written; with its side where the other side means something else by it.
pub(super) fn label(column: &Column<'_>, all: &BTreeMap<String, Column<'_>>) -> String {
    let name =
        |column: &Column<'_>| column.paths.iter().flatten().next().map_or_else(String::new, |path| path.written.to_string());
    let own = name(column);
    let twice = all.values().filter(|other| name(other) == own).count() > 1;
    match (twice, &column.paths) {
        (true, [Some(_), None]) => format!("{own} (as it was)"),
        (true, [None, Some(_)]) => format!("{own} (as it is now)"),
        _ => own,
    }
}

pub(super) fn table(
    sides: &[Side<'_>; 2],
    at: usize,
    axes: &[Axis],
    (keys, columns): (&[&String], &[&Column<'_>]),
    numbers: &mut BTreeMap<String, usize>,
) -> Table {
    let mut table = Table { rows: Vec::new(), first: false, ordered: false, faults: vec![Vec::new(); axes.len()] };
    let Some(side) = sides.get(at) else { return table };
    let (decision, meaning) = (side.of.decision, &side.meaning);
    let ground = Ground { program: side.of.program, world: side.world };
    table.first = decision.hit == HitPolicy::First;
    table.ordered = local::order_matters(decision.hit);
    let mut number = |text: String| {
        let fresh = numbers.len();
        *numbers.entry(text).or_insert(fresh)
    };
    let place = |path: &FactPath, strict: bool| {
        let key = meaning.path(path, strict);
        keys.iter().position(|each| **each == key)
    };
    let mut covered: BTreeMap<(usize, String), Cover> = BTreeMap::new();
    let mut cover = |axis: usize, cell: &Cell, judged: bool, faults: &mut Vec<Ranges>| -> Option<Ranges> {
        let made = axes.get(axis)?;
        let known = covered.entry((axis, format!("{judged} {cell}"))).or_insert_with(|| made.cover(ground, cell, judged));
        if known.fails
            && let Some(faults) = faults.get_mut(axis)
        {
            *faults = vec![(TROUBLE, made.len())];
        }
        Some(known.ranges.clone())
    };
    if !side.of.finals {
        let places: Vec<Option<usize>> = decision.columns.iter().map(|path| place(path, false)).collect();
        for row in in_force(side) {
            let Some(rule) = decision.rules.get(row) else { continue };
            let mut covers: Vec<Option<Ranges>> = vec![None; axes.len()];
            for (column, axis) in places.iter().enumerate() {
                let cell = decision.matcher.cell(row, column);
                if let (Some(axis), false) = (axis, cell.is_any()) {
                    narrow(&mut covers, *axis, cover(*axis, cell, false, &mut table.faults));
                }
            }
            let says = number(format!("{:?}", meaning.outputs(decision, rule)));
            table.rows.push(Row { number: row, is_guardrail: false, says, covers });
        }
    }
    for (index, guardrail) in guardrails(&side.of).iter().enumerate() {
        if !guardrail.in_force(side.world.day) {
            continue;
        }
        let mut covers: Vec<Option<Ranges>> = vec![None; axes.len()];
        for condition in guardrail.when.iter().filter(|condition| !condition.cell.is_any()) {
            if let Some(axis) = place(&condition.path, true) {
                narrow(&mut covers, axis, cover(axis, &condition.cell, true, &mut table.faults));
            }
        }
        let bounded = (!side.of.finals).then_some(decision);
        let says = number(format!("{} {}", guardrail.id, meaning.verb(guardrail, bounded)));
        table.rows.push(Row { number: index, is_guardrail: true, says, covers });
    }
    // What cannot be worked out, or is an amount in a currency that nothing here can be compared with.
    for (axis, (made, column)) in axes.iter().zip(columns).enumerate() {
        let reads = column.read.get(at).copied().unwrap_or(false);
        let compares = column.cells.iter().any(|(of, cell)| {
            let mut any = false;
            cell.each_bound(&mut |_, _| any = true);
            any && std::ptr::eq(of.program, side.of.program)
        });
        if let Some(faults) = table.faults.get_mut(axis)
            && reads
            && (column.may_fail || (made.is_money() && compares))
        {
            faults.push((TROUBLE, TROUBLE + 1));
            *faults = diagram::joined(std::mem::take(faults));
        }
    }
    table
}

/// Conditions on one thing all have to hold.
fn narrow(covers: &mut [Option<Ranges>], axis: usize, by: Option<Ranges>) {
    let (Some(slot), Some(by)) = (covers.get_mut(axis), by) else { return };
    *slot = Some(match slot.take() {
        None => by,
        Some(known) => {
            let pairs = known.iter().flat_map(|(from, to)| by.iter().map(move |(low, high)| (*from.max(low), *to.min(high))));
            pairs.filter(|(from, to)| from < to).collect()
        }
    });
}
