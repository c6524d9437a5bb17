//! One line a decision, for a history of many cases.

use super::words::plain;
use crate::authoring::page::{cut, left, right, visible};
use crate::decision::{CaseStatus, Decision};
use crate::value::Money;

const CASE_COLUMNS: usize = 18;
const RESULT_COLUMNS: usize = 14;
const AMOUNT_COLUMNS: usize = 15;
const ROLE_COLUMNS: usize = 14;

/// The heading of a list of decisions.
#[must_use]
pub fn list_heading() -> String {
    row("CASE", "RESULT", "TOTAL", "GOODWILL", "APPROVAL")
}

/// A decision in one line of a list: case, result, what it costs, the goodwill in it, who signs.
#[must_use]
pub fn list_line(decision: &Decision) -> String {
    let result = match (decision.status, decision.outcome.as_deref()) {
        (CaseStatus::Decided, Some(outcome)) => plain(outcome),
        (status, _) => plain(status.word()),
    };
    let amount = |money: Option<Money>| money.map_or_else(|| "-".to_owned(), |money| money.to_string());
    let goodwill = amount(decision.money.goodwill.as_ref().map(|goodwill| goodwill.amount));
    let role = decision.approval.required_role.as_deref().map_or_else(|| "-".to_owned(), plain);
    let also = if decision.approval.also.is_empty() { role } else { format!("{role} +{}", decision.approval.also.len()) };
    row(&decision.case_id, &result, &amount(decision.money.total_cost), &goodwill, &also)
}

fn row(case: &str, result: &str, total: &str, goodwill: &str, role: &str) -> String {
    let cells = [
        left(&cut(&visible(case), CASE_COLUMNS), CASE_COLUMNS),
        left(&cut(result, RESULT_COLUMNS), RESULT_COLUMNS),
        right(total, AMOUNT_COLUMNS),
        right(goodwill, AMOUNT_COLUMNS),
        left(&cut(role, ROLE_COLUMNS), ROLE_COLUMNS),
    ];
    cells.join(" ").trim_end().to_owned()
}
