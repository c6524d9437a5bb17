//! What is wrong with a policy that loads: rules that never decide, cases that no rule decides, cells without effect.
//!
//! Every answer is exact: columns are cut into segments, cells are sets of them, and what is found is found for every case there can
//! be ([`crate::rule`]'s space). The work is bounded; where the bound ends it, that is said. Nothing of this runs where a service
//! loads a bundle.
//!
//! A check is one file with what it looks for and how it is said. One root cause is said once: a check leaves out the rules that an
//! earlier one has explained.
//!
//! Order of the files, each using only those before it: `table`, `cells`, `hidden`, `gaps`, `otherwise`, `redundant`, `columns`,
//! `neighbours`, `outputs`, `order`.

mod cells;
mod columns;
mod gaps;
mod hidden;
mod neighbours;
mod order;
mod otherwise;
mod outputs;
mod redundant;
mod table;

use crate::policy::{Policy, Program};
use crate::text::{Code, Diagnostic, Diagnostics};
use table::{Report, Table};

/// A check of one decision. It may leave out rules that were explained before.
type TableCheck = fn(&Table<'_>, &mut Report);

/// The checks of one decision, in the order in which they explain each other.
const TABLE_CHECKS: [TableCheck; 9] = [
    cells::check,
    hidden::check,
    gaps::check,
    otherwise::check,
    redundant::check,
    columns::check,
    neighbours::check,
    outputs::check,
    order::check,
];

/// A check of a whole policy.
type PolicyCheck = fn(&Program, &mut Diagnostics);

/// The checks of a whole policy.
const POLICY_CHECKS: [PolicyCheck; 1] = [decisions];

/// Everything that can be said against a policy that loads, in the order of its files.
#[must_use]
pub fn analyse(policy: &Policy) -> Diagnostics {
    let mut out = Diagnostics::new();
    for check in POLICY_CHECKS {
        check(&policy.program, &mut out);
    }
    out.sort();
    // What holds in several currencies, or in several spans of days, is said once.
    let mut list = out.into_vec();
    list.dedup_by(|later, earlier| (&later.place, &later.message) == (&earlier.place, &earlier.message));
    list.into_iter().collect()
}

/// Every decision that has rules.
fn decisions(program: &Program, out: &mut Diagnostics) {
    for decision in program.decisions.iter().filter(|decision| !decision.rules.is_empty()) {
        let Some(table) = Table::new(program, decision) else {
            out.push(not_analysed(decision, "it is too large, or its parameters differ in too many ways").warning());
            continue;
        };
        let mut report = Report::new();
        for check in TABLE_CHECKS {
            check(&table, &mut report);
        }
        if report.unproven {
            // Who reads no findings must not take it for an answer.
            report.out.push(not_analysed(decision, "the search was ended when it took too long").warning());
        } else if !table.is_exact() {
            report.out.push(not_analysed(decision, "some of its conditions cannot be told apart exactly"));
        }
        out.extend(report.out);
    }
}

fn not_analysed(decision: &crate::policy::compiled::Decision, why: &str) -> Diagnostic {
    let message =
        format!("it is not proven that the rules of `{}` have no gaps and no rule without effect: {why}", decision.name);
    let finding = Diagnostic::at(Code::NotAnalysed, &decision.place, message).advice();
    finding.help("split the decision, or leave it: nothing is wrong with it as far as could be seen")
}
