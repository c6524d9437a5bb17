//! Rules that may not match at once: `unique` and `any` decisions are checked when the bundle is loaded.
//!
//! Two rules overlap when every column has a value that both admit; such a case is shown. Where a column is a derived input or the
//! output of another decision, its values may hang together with those of other columns, so that a common value in every column
//! proves nothing: that is the warning *not proven*. The check at run time stays in either case.

use super::compiled::Decision;
use super::settled::{Grounds, Settled};
use crate::limits::{ANALYSIS_LOAD_CELLS_MAX, OVERLAPS_REPORTED_MAX};
use crate::rule::HitPolicy;
use crate::rule::space::{Block, Budget, overlaps};
use crate::text::{Code, Diagnostic, Diagnostics, Fix};
use std::collections::BTreeMap;

/// So many pairs of one decision are found at most before they are put in order.
const PAIRS_FOUND_MAX: usize = 50 * OVERLAPS_REPORTED_MAX;

/// Which rules of a decision certainly never match at once.
pub(crate) struct Apart {
    /// The rules under each of the settings in which they differ; none where there are too many to tell.
    settled: Option<Vec<Settled>>,
}

impl Apart {
    pub(crate) fn of(decision: &Decision, grounds: &Grounds<'_>) -> Self {
        Self { settled: grounds.settle(decision) }
    }

    /// Is it certain that no case satisfies both rules?
    pub(crate) fn never_both(&self, first: usize, second: usize) -> bool {
        self.settled.as_ref().is_some_and(|settings| {
            settings.iter().all(|table| match (table.rules.get(first), table.rules.get(second)) {
                (Some(first), Some(second)) => !first.meets(second),
                _ => false,
            })
        })
    }
}

/// Checks every decision whose rules may not overlap.
pub(crate) fn check(decisions: &[Decision], grounds: &Grounds<'_>, out: &mut Diagnostics) {
    for decision in decisions.iter().filter(|decision| decision.hit.forbids_overlap()) {
        check_one(decision, grounds, out);
    }
}

fn check_one(decision: &Decision, grounds: &Grounds<'_>, out: &mut Diagnostics) {
    let rows = decision.matcher.len();
    if rows < 2 {
        return;
    }
    let Some(settled) = grounds.settle(decision) else { return not_proven(decision, out) };
    let mut budget = Budget::new(ANALYSIS_LOAD_CELLS_MAX);
    // Each pair once, in the order of the later rule, with the setting in which it was found.
    let mut pairs: BTreeMap<(usize, usize), &Settled> = BTreeMap::new();
    let mut is_whole = true;
    for table in &settled {
        let regions: Vec<_> = table.rules.iter().collect();
        let within = Block::around(&table.space.whole());
        let found = overlaps(&regions, within, &mut budget, &mut |first, second| {
            if decision.hit != HitPolicy::Any || !agree(decision, first, second) {
                pairs.entry((second, first)).or_insert(table);
            }
            pairs.len() < PAIRS_FOUND_MAX
        });
        is_whole &= found.is_ok();
    }
    for ((second, first), table) in pairs.iter().take(OVERLAPS_REPORTED_MAX) {
        report(decision, table, grounds.is_free(&decision.columns), *first, *second, out);
    }
    // Rules that repeat each other would give as many findings as there are pairs of them.
    if pairs.len() > OVERLAPS_REPORTED_MAX {
        let message =
            format!("more rules of `{}` may match at once than the {OVERLAPS_REPORTED_MAX} pairs that are shown", decision.name);
        out.push(Diagnostic::at(Code::NotProven, &decision.place, message).warning().help("mend these first"));
    } else if !is_whole {
        not_proven(decision, out);
    }
}

fn not_proven(decision: &Decision, out: &mut Diagnostics) {
    let message = format!(
        "it is not proven that no two of the {} rules of `{}` match at once; the check while deciding stays",
        decision.matcher.len(),
        decision.name
    );
    let finding = Diagnostic::at(Code::NotProven, &decision.place, message).warning();
    out.push(finding.help("use `hit: first` if the order decides"));
}

/// Do two rules say the same, as far as their texts tell?
fn agree(decision: &Decision, first: usize, second: usize) -> bool {
    decision.rules.get(first).zip(decision.rules.get(second)).is_some_and(|(one, other)| one.gives(other))
}

fn report(decision: &Decision, table: &Settled, is_free: bool, first: usize, second: usize, out: &mut Diagnostics) {
    let (Some(one), Some(other)) = (decision.rules.get(first), decision.rules.get(second)) else { return };
    let (Some(a), Some(b)) = (table.rules.get(first), table.rules.get(second)) else { return };
    let told = a.and(b).and_then(|both| table.space.case_text(&both, &table.space.whole()));
    let Some(told) = told.filter(|_| table.exact) else {
        let message =
            format!("it is not proven that `{}` and `{}` never match at once; the check while deciding stays", one.id, other.id);
        let finding = Diagnostic::at(Code::NotProven, &other.place, message).warning().label(&one.place, "the other rule");
        out.push(finding.help("write `hit: first` if the order decides"));
        return;
    };
    let setting = table.setting.told();
    let case = match (told.as_str(), setting.as_str()) {
        ("", "") => "every case".to_owned(),
        ("", setting) => format!("every case{setting}"),
        (told, setting) => format!("a case{setting} with {told}"),
    };
    if is_free {
        let message = format!("`{}` and `{}` both match {case}", one.id, other.id);
        let help = if decision.hit == HitPolicy::Unique {
            "narrow one of them, or write `hit: first` if the order decides"
        } else {
            "let both say the same, narrow one of them, or write `hit: first`"
        };
        let finding = Diagnostic::at(Code::Overlap, &other.place, message).label(&one.place, "the other rule").help(help);
        let is_one_text = decision.place.source == one.place.source && decision.place.source == other.place.source;
        out.push(finding.fix(Fix::with_key(&decision.place.source, "hit", "first").filter(|_| is_one_text)));
    } else {
        let message =
            format!("it is not proven that `{}` and `{}` never match at once: both would match {case}", one.id, other.id);
        let help = "derived inputs may rule such a case out; the check while deciding stays";
        out.push(Diagnostic::at(Code::NotProven, &other.place, message).warning().label(&one.place, "the other rule").help(help));
    }
}
