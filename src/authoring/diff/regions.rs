//! One decision before and after, over everything that either side looks at: every region of cases that comes out differently.
//!
//! What one decision gives another is taken as it comes, whatever it is: whether it changes is said of that other decision. Parameters
//! and dates are settled first: the days are cut wherever a rule, a guardrail or a parameter changes, currencies wherever a parameter
//! has an amount of its own, and each such world is compared by itself.

use super::axis::{Axis, KNOWN, MISSING, TROUBLE, UNKNOWN};
use super::columns::{Column, Side, columns, label, table};
use super::contrast::Bounds;
use super::contrast::{Contrast, Found, Wanted};
use super::cut::{self, ColumnCells};
use super::diagram::{self, Boxed, EQUAL, Hits, Table};
use super::local;
use super::meaning::{Ids, Meaning, World};
use super::outcomes::{Giving, Outcome};
use super::worlds::{Of, currencies, days, sample, with_worlds};
use crate::limits::DIFF_WORLDS_MAX;
use crate::value::Currency;
use std::collections::{BTreeMap, BTreeSet};

/// What was found out about a decision.
#[derive(Debug)]
pub(super) enum Local {
    Equal,
    /// The regions; whether there are more than could be told; what would have to fail for anything else to differ.
    Differs(Vec<Found>, bool, Vec<String>),
    /// It cannot be told, and why.
    Unknown(String),
}

/// Compares the two sides of a decision.
pub(super) fn compare(old: Of<'_>, new: Of<'_>, ids: &Ids, renamed: &BTreeMap<String, String>) -> Local {
    let none = BTreeMap::new();
    let days = days(&[old, new]);
    let currencies = currencies(&[old, new]);
    let periods = days.len() + 1;
    let lanes: Vec<Option<Currency>> = currencies.iter().copied().map(Some).chain([None]).collect();
    if periods * lanes.len() > DIFF_WORLDS_MAX {
        return Local::Unknown("its parameters and dates change too often to go through every period".to_owned());
    }
    let mut all: Vec<InWorlds> = Vec::new();
    let (mut more, mut caveats, mut walked) = (false, BTreeSet::new(), 0);
    for period in 0..periods {
        let Some(day) = sample(&days, period) else { continue };
        let outside = |of: &Of<'_>| {
            let (from, until) = of.program.effective;
            from.is_some_and(|from| day < from) || until.is_some_and(|until| until < day)
        };
        // Days on which a bundle decides nothing are told of the bundle.
        if outside(&old) || outside(&new) {
            continue;
        }
        walked += 1;
        for (lane, currency) in lanes.iter().enumerate() {
            let world = World { day, currency: *currency };
            let was = Meaning::within(old.program, ids, renamed, world);
            let is = Meaning::within(new.program, ids, &none, world);
            let sides = [Side { of: old, meaning: was, world }, Side { of: new, meaning: is, world }];
            match one_world(sides, &mut caveats) {
                Ok((found, cut)) => {
                    more |= cut;
                    for found in found {
                        let key = (found.when.clone(), found.told.clone());
                        match all.iter_mut().find(|(known, ..)| *known == key) {
                            Some((_, _, worlds)) => worlds.push((period, lane)),
                            None => all.push((key, found, vec![(period, lane)])),
                        }
                    }
                }
                Err(reason) => return Local::Unknown(reason),
            }
        }
    }
    let mut list = Vec::new();
    for (_, found, worlds) in all {
        list.extend(with_worlds(&found, &worlds, &days, &lanes, walked));
    }
    if list.is_empty() && caveats.is_empty() && !more {
        return Local::Equal;
    }
    list.sort_by_key(|found| (found.remote, found.when.len()));
    Local::Differs(list, more, caveats.into_iter().collect())
}

/// What tells regions of several worlds apart.
type Key = (Vec<Bounds>, Contrast);
/// A region, and the periods and currencies in which it is found.
type InWorlds = (Key, Found, Vec<(usize, usize)>);

/// Compares the two sides in one world. The regions, and whether there are more.
fn one_world(sides: [Side<'_>; 2], caveats: &mut BTreeSet<String>) -> Result<(Vec<Found>, bool), String> {
    let columns = columns(&sides);
    let mut axes = Vec::new();
    for (label, column) in columns.values().map(|column| (label(column, &columns), column)) {
        let names = cut::names(column.kinds[0].as_ref(), column.kinds[1].as_ref());
        let cells = ColumnCells { cells: column.cells.clone() };
        let [old, new] = column.paths.clone();
        let made = Axis::new(label.clone(), (old, new), &column.kind, &names, &cells, column.not_negative);
        let mut made = made.ok_or_else(|| format!("the conditions on `{label}` cannot be gone through one by one"))?;
        made.free = column.free;
        made.bounds = column.bounds;
        let may_fail = column.may_fail || made.is_money();
        for (segment, void) in [(MISSING, column.never_missing), (UNKNOWN, column.never_unknown), (TROUBLE, !may_fail)] {
            if let Some(slot) = made.void.get_mut(segment) {
                *slot |= void;
            }
        }
        axes.push(made);
    }
    let keys: Vec<&String> = columns.keys().collect();
    let list: Vec<&Column<'_>> = columns.values().collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let tables: Vec<Table> = (0..2).map(|at| table(&sides, at, &axes, (&keys, &list), &mut numbers)).collect();
    let [old_side, new_side] = sides;
    let alike = frame(&old_side) == frame(&new_side);
    let [old, new] = [giving(old_side), giving(new_side)];
    let mut known: [BTreeMap<Hits, Outcome>; 2] = Default::default();
    let mut results: Vec<Contrast> = Vec::new();
    let mut result = |was: &Hits, is: &Hits| {
        let [known_old, known_new] = &mut known;
        let before = known_old.entry(was.clone()).or_insert_with(|| outcome(&old, was)).clone();
        let after = known_new.entry(is.clone()).or_insert_with(|| outcome(&new, is)).clone();
        if before.texts == after.texts {
            let only = |one: &Outcome, other: &Outcome| {
                one.caveats.iter().filter(|each| !other.caveats.contains(each)).cloned().collect::<Vec<_>>()
            };
            caveats.extend(only(&before, &after));
            caveats.extend(only(&after, &before));
            return EQUAL;
        }
        let contrast = Contrast::of(&before, &after);
        let at = results.iter().position(|known| *known == contrast).unwrap_or_else(|| {
            results.push(contrast);
            results.len() - 1
        });
        at + 1
    };
    let (Some(was), Some(is)) = (tables.first(), tables.get(1)) else { return Ok((Vec::new(), false)) };
    let walked = diagram::boxes(&axes, (was, is), alike, &mut result);
    let (boxes, more) = walked.map_err(|_| "there are too many combinations of conditions to go through them all".to_owned())?;
    let mut list: Vec<Found> = Vec::new();
    for found in boxes.iter().filter_map(|each| found(each, &axes, results.get(each.result.checked_sub(1)?)?)) {
        match list.iter_mut().find(|known| known.when == found.when && known.told == found.told) {
            Some(known) => known.wanted.extend(found.wanted),
            None => list.push(found),
        }
    }
    Ok((list, more))
}

fn giving(side: Side<'_>) -> (Giving<'_>, bool) {
    let finals = side.of.finals;
    (Giving { meaning: side.meaning, world: side.world, decision: side.of.decision }, finals)
}

fn outcome((giving, finals): &(Giving<'_>, bool), hits: &Hits) -> Outcome {
    match hits {
        None => Outcome::fault(),
        Some((_, guardrails)) if *finals => giving.added(guardrails),
        Some((rules, guardrails)) => giving.outcome(rules, guardrails),
    }
}

/// What has to be the same before equal rules give equal results.
fn frame(side: &Side<'_>) -> Vec<String> {
    let (meaning, decision) = (&side.meaning, side.of.decision);
    let mut out = local::frame(meaning, decision);
    out.extend(decision.otherwise.iter().map(|rule| format!("otherwise {:?}", meaning.outputs(decision, rule))));
    out.extend(decision.plugins.iter().map(|plugin| meaning.hooked(plugin)));
    out.extend(decision.script.iter().map(|script| meaning.hooked(script)));
    out.extend(decision.outputs.iter().map(|output| {
        let default = output.default.as_ref().map(Meaning::literal);
        format!("{:?} {default:?}", output.formula.as_ref().map(|formula| meaning.formula(formula)))
    }));
    out
}

/// A box as a region. Where the same rules decide on both sides, they say which cases it is, and what guardrails ask for besides.
fn found(boxed: &Boxed, axes: &[Axis], told: &Contrast) -> Option<Found> {
    let mut found = Found { when: Vec::new(), wanted: Vec::new(), day: None, told: told.clone(), remote: false, free: true };
    if told.same_rules {
        found.when.push(Bounds { path: "decided by".to_owned(), is: told.old.rules.join(", ") });
    }
    let mut wanted = Vec::new();
    for (number, ranges) in &boxed.segments {
        let axis = axes.get(*number)?;
        let holds = |segment: usize| ranges.iter().any(|(from, to)| (*from..*to).contains(&segment));
        if (0..axis.len()).all(|segment| holds(segment) || axis.void.get(segment).copied().unwrap_or(true)) {
            continue;
        }
        let is = axis.words(ranges);
        if is == "anything" {
            continue;
        }
        found.remote |= holds(TROUBLE) && !(KNOWN..axis.len()).any(holds) && !holds(MISSING) && !holds(UNKNOWN);
        found.free &= axis.free;
        wanted.push(Wanted { old: axis.old.clone(), new: axis.new.clone(), cell: axis.cell(ranges) });
        if !told.same_rules || axis.bounds {
            found.when.push(Bounds { path: axis.label.clone(), is });
        }
    }
    found.wanted.push(wanted);
    Some(found)
}
