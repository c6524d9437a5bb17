//! Cases that no rule decides, and spans of days in which none is in force.
//!
//! A gap is shown as one concrete case at its boundary, with the rules that come nearest and the one condition that each of them
//! fails, and with what could be written. Where some columns are derived, such a case may not exist: then it is *not proven* that
//! every case is decided.

use super::table::{Report, Table, in_yaml};
use crate::limits::{GAPS_REPORTED_MAX, NEAR_MISSES_MAX};
use crate::policy::settled::Settled;
use crate::rule::space::{Budget, Exhausted, Region, SegmentSet, first_hits};
use crate::rule::{Cell, Condition, HitPolicy};
use crate::text::{Code, Diagnostic, Edit, Fix};
use crate::value::Kind;
use std::collections::BTreeSet;

/// Looks for gaps under every setting; those of the first that has some are shown.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    let decision = table.decision;
    let is_complete = decision.hit.is_list() || decision.hit == HitPolicy::CollectCount;
    if is_complete {
        return;
    }
    report.ask(|report, budget| {
        for settled in &table.settled {
            let in_force = in_force(table, settled, report);
            if decision.otherwise.is_none() && left_free(table, settled, in_force.as_ref(), report, budget)? {
                break;
            }
        }
        Ok(())
    });
}

/// Are there gaps under one setting? They are said.
fn left_free(
    table: &Table<'_>,
    settled: &Settled,
    in_force: Option<&SegmentSet>,
    report: &mut Report,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    let regions: Vec<&Region> = settled.rules.iter().collect();
    let within = |whole: Region| match (settled.date_axis, in_force) {
        (Some(axis), Some(days)) => whole.with(axis, days.clone()),
        _ => whole,
    };
    let hits = first_hits(&regions, &within(settled.space.known()), GAPS_REPORTED_MAX, budget);
    let gaps: Vec<Region> = hits.gaps.iter().flat_map(|gap| stretches(table, gap)).take(GAPS_REPORTED_MAX + 1).collect();
    for (at, gap) in gaps.iter().take(GAPS_REPORTED_MAX).enumerate() {
        let is_last = at + 1 == gaps.len().min(GAPS_REPORTED_MAX);
        say(table, settled, gap, is_last && (!hits.all_gaps || gaps.len() > GAPS_REPORTED_MAX), report);
    }
    if !hits.is_whole {
        return Err(Exhausted);
    }
    if !hits.gaps.is_empty() {
        return Ok(true);
    }
    let hits = first_hits(&regions, &within(settled.space.whole()), GAPS_REPORTED_MAX, budget);
    if !hits.gaps.is_empty() {
        absent(table, settled, &hits.gaps, report);
    }
    if hits.is_whole { Ok(!hits.gaps.is_empty()) } else { Err(Exhausted) }
}

/// The days on which some rule is in force; those between others on which none is are said.
fn in_force(table: &Table<'_>, settled: &Settled, report: &mut Report) -> Option<SegmentSet> {
    let axis = settled.date_axis?;
    let days = settled.rules.iter().filter(|region| !region.is_empty()).filter_map(|region| region.set(axis));
    let days = days.fold(SegmentSet::none(), |all, set| all.or(set));
    let place = settled.space.axes.get(axis)?;
    let decision = table.decision;
    for (from, to) in place.known().minus(&days).ranges() {
        let is_between = *from > 0 && *to < place.known().len();
        if decision.otherwise.is_some() && !is_between {
            continue;
        }
        let Some(Cell::OneOf(days)) = place.cell(&SegmentSet::range(*from, *to)) else { continue };
        let days = match days.as_slice() {
            [Condition::Equal(day)] => format!("on {day}"),
            [Condition::Within(span)] => format!("from {span}"),
            [other] => other.to_string(),
            _ => continue,
        };
        let message = match &decision.otherwise {
            None => format!("no rule of `{}` is in force {days}", decision.name),
            Some(_) => format!("no rule of `{}` is in force {days}: `otherwise` decides every case of these days", decision.name),
        };
        let help = "let the dates of one rule begin on the day after another ends, or write a rule for these days";
        report.out.push(Diagnostic::at(Code::HoleInTime, &decision.place, message).warning().help(help));
    }
    Some(days)
}

/// A gap as a person speaks of it: of numbers and dates one stretch at a time. Of many stretches the first few.
fn stretches(table: &Table<'_>, gap: &Region) -> Vec<Region> {
    let mut parts = vec![gap.clone()];
    for (axis, path) in table.decision.columns.iter().enumerate() {
        let is_continuous = path.kind.is_ordered() && !matches!(path.kind, Kind::Enum(_));
        let Some(set) = gap.set(axis).filter(|_| is_continuous) else { continue };
        let stretch = |part: &Region, (from, to): &(u32, u32)| part.with(axis, SegmentSet::range(*from, *to));
        parts = parts.iter().flat_map(|part| set.ranges().iter().map(|range| stretch(part, range))).collect();
        parts.truncate(GAPS_REPORTED_MAX + 1);
    }
    parts
}

fn say(table: &Table<'_>, settled: &Settled, gap: &Region, has_more: bool, report: &mut Report) {
    let decision = table.decision;
    let Some(told) = settled.space.case_text(gap, &settled.space.known()) else { return };
    let setting = settled.setting.told();
    let case = if told.is_empty() { format!("any case{setting}") } else { format!("a case{setting} with {told}") };
    let message = if table.is_free && settled.exact {
        format!("no rule of `{}` decides {case}", decision.name)
    } else {
        format!("it is not proven that `{}` decides every case: no rule holds {case}", decision.name)
    };
    let mut finding = Diagnostic::at(Code::Gap, &decision.place, message).warning().region(conditions(settled, gap));
    let mut written: Option<String> = None;
    for (row, axis) in nearest(settled, gap) {
        let Some(rule) = table.rule(row) else { continue };
        let name = table.axis_name(axis);
        let asks = if Some(axis) == settled.date_axis {
            "nearest, but it is not in force".to_owned()
        } else {
            format!("nearest, but it asks for {name} {}", decision.matcher.cell_text(row, axis))
        };
        finding = finding.label(&rule.cell_place(axis), asks);
        written = written.or_else(|| {
            let wider = settled.rules.get(row)?.set(axis)?.or(gap.set(axis)?);
            let cell = settled.space.axes.get(axis)?.cell(&wider).filter(|_| Some(axis) != settled.date_axis)?;
            let cell = in_yaml(&cell);
            let told = format!("let `{}` ask for `{name}: {cell}`", rule.id);
            if is_apart(decision.hit, settled, row, (axis, &wider)) {
                let edit = Edit::cell(&rule.cell_place(axis), &cell);
                finding.fixes.extend(edit.map(|edit| Fix::new(told.clone(), vec![edit])));
            }
            Some(format!("{told}, "))
        });
    }
    let when = when(settled, gap);
    let more = if has_more { "; there are more gaps, mend these first" } else { "" };
    let help = format!("{}add a rule with `when: {when}`, or an `otherwise`{more}", written.unwrap_or_default());
    report.out.push(finding.help(help));
}

/// Could a rule hold more cases without meeting another one, where that is asked?
fn is_apart(hit: HitPolicy, settled: &Settled, row: usize, (axis, wider): (usize, &SegmentSet)) -> bool {
    let Some(region) = settled.rules.get(row).map(|region| region.with(axis, wider.clone())) else { return false };
    let meets = |other: &Region| region.and(other).is_some_and(|both| !both.is_empty());
    let mut others = settled.rules.iter().enumerate().filter(|(other, _)| *other != row);
    !matches!(hit, HitPolicy::Unique | HitPolicy::Any) || !others.any(|(_, other)| meets(other))
}

/// The cases of a gap as conditions, as a table would have them.
fn conditions(settled: &Settled, gap: &Region) -> Vec<(String, String)> {
    let axes = settled.space.axes.iter().zip(gap.sets()).enumerate();
    let narrowed = axes.filter(|(at, (axis, set))| !set.contains(&axis.known()) && Some(*at) != settled.date_axis);
    let conditions = narrowed.filter_map(|(_, (axis, set))| Some((axis.name.to_string(), axis.cell(set)?.describe())));
    conditions.collect()
}

/// The conditions of a rule that would close a gap.
fn when(settled: &Settled, gap: &Region) -> String {
    let mut conditions = Vec::new();
    for (at, (axis, set)) in settled.space.axes.iter().zip(gap.sets()).enumerate() {
        if set.contains(&axis.known()) || Some(at) == settled.date_axis {
            continue;
        }
        let cell = axis.cell(set).map(|cell| in_yaml(&cell));
        let value = || set.first().and_then(|segment| axis.stand(segment)).map(ToString::to_string);
        conditions.extend(cell.or_else(value).map(|cell| format!("{}: {cell}", axis.name)));
    }
    format!("{{{}}}", conditions.join(", "))
}

/// The rules that hold the case of a gap in all but one column, with that column: the first few in their order.
fn nearest(settled: &Settled, gap: &Region) -> Vec<(usize, usize)> {
    let case: Vec<Option<u32>> = settled.space.point(gap);
    let mut found = Vec::new();
    for (row, region) in settled.rules.iter().enumerate() {
        let mut failed = region.sets().iter().zip(&case).enumerate().filter(|(_, (set, at))| at.is_none_or(|at| !set.holds(at)));
        if let (Some((axis, _)), None) = (failed.next(), failed.next()) {
            found.push((row, axis));
        }
        if found.len() == NEAR_MISSES_MAX {
            break;
        }
    }
    found
}

/// Only cases are left free in which something is missing or unknown.
fn absent(table: &Table<'_>, settled: &Settled, gaps: &[Region], report: &mut Report) {
    let mut names: BTreeSet<usize> = BTreeSet::new();
    for gap in gaps {
        let sets = settled.space.axes.iter().zip(gap.sets()).enumerate();
        names.extend(sets.filter(|(_, (axis, set))| set.and(&axis.known()).is_empty()).map(|(at, _)| at));
    }
    let names: Vec<&str> = names.iter().map(|axis| table.axis_name(*axis)).collect();
    let message =
        format!("`{}` decides nothing where {} is missing or unknown", table.decision.name, super::table::listed(&names));
    let help = "such a case goes to a person; where that is not meant, add an `otherwise`, a rule with `missing` or `unknown`, or `assume` a value";
    report.out.push(Diagnostic::at(Code::GapWhenMissing, &table.decision.place, message).advice().help(help));
}
