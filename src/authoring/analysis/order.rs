//! Rules whose order decides: they hold cases in common, say different things of them, and neither is the narrower one.
//!
//! A narrow rule before a wide one is how policies are written; that is not said. Of what is left one piece of advice a decision is
//! enough.

use super::table::{Report, Table};
use crate::limits::OVERLAPS_REPORTED_MAX;
use crate::rule::HitPolicy;
use crate::rule::space::{Block, Region, overlaps};
use crate::text::{Code, Diagnostic};
use std::collections::BTreeSet;

/// So many pairs of one decision are counted at most.
const PAIRS_COUNTED_MAX: usize = 50 * OVERLAPS_REPORTED_MAX;

/// Looks for pairs that cross.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    if table.decision.hit != HitPolicy::First || !table.is_exact() {
        return;
    }
    let Some(settled) = table.settled.first() else { return };
    let regions: Vec<&Region> = settled.rules.iter().collect();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    report.ask(|report, budget| {
        overlaps(&regions, Block::around(&settled.space.known()), budget, &mut |first, second| {
            let crosses = regions
                .get(first)
                .zip(regions.get(second))
                .is_some_and(|(one, other)| !one.contains(other) && !other.contains(one));
            let is_explained = report.explained.contains(&first) || report.explained.contains(&second);
            if crosses && !is_explained && table.outputs.get(first) != table.outputs.get(second) {
                pairs.insert((first, second));
            }
            pairs.len() < PAIRS_COUNTED_MAX
        })
    });
    let Some((first, second)) = pairs.first().copied() else { return };
    let (Some(one), Some(other)) = (table.rule(first), table.rule(second)) else { return };
    let both = regions.get(first).zip(regions.get(second)).and_then(|(one, other)| one.and(other)?.and(&settled.space.known()));
    let Some(told) = both.and_then(|both| settled.space.case_text(&both, &settled.space.known())) else { return };
    let others = match pairs.len() - 1 {
        0 => String::new(),
        1 => ", and so it is for one other pair".to_owned(),
        PAIRS_COUNTED_MAX.. => ", and so it is for very many other pairs".to_owned(),
        count => format!(", and so it is for {count} other pairs"),
    };
    let message = format!("the order of `{}` and `{}` decides a case with {told}{others}", one.id, other.id);
    let finding = Diagnostic::at(Code::OrderDecides, &other.place, message).advice().label(&one.place, "stands before it");
    report.out.push(finding.help("nothing to do where the order is meant; else narrow one of the two"));
}
