//! An `otherwise` that never decides: rules hold every case, also those in which facts are missing or unknown.

use super::table::{Report, Table};
use crate::rule::space::{Region, outside};
use crate::text::{Code, Diagnostic, Fix};

/// Looks whether any case is left for it.
pub(crate) fn check(table: &Table<'_>, report: &mut Report) {
    let Some(otherwise) = table.decision.otherwise.as_ref().filter(|_| table.is_exact()) else { return };
    let mut decides = true;
    report.ask(|_, budget| {
        for settled in &table.settled {
            let regions: Vec<&Region> = settled.rules.iter().collect();
            if outside(&settled.space.whole(), &regions, budget)?.is_some() {
                return Ok(());
            }
        }
        decides = false;
        Ok(())
    });
    if decides {
        return;
    }
    let message = format!("`otherwise` of `{}` never decides: its rules hold every case", table.decision.name);
    let finding = Diagnostic::at(Code::OtherwiseNeverDecides, &otherwise.place, message).advice();
    let finding = finding.fix(Fix::without_entry_above(&otherwise.place, 1, "otherwise"));
    report.out.push(finding.help("nothing to do where it is meant as a precaution; else delete it, or narrow the last rule"));
}
