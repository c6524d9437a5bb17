//! Invariant 1, *owed first*: what is owed never depends on the customer's worth, tier, behaviour or offers.

use super::compiled::Decision;
use super::graph::slots_read;
use super::slots::{Slot, SlotTable};
use crate::text::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// Facts of the customer's worth: a group, or a fact of a group.
const WORTH: [&str; 14] = [
    "customer.tier",
    "customer.tenure_months",
    "customer.annual_revenue",
    "customer.annual_contribution",
    "customer.lifetime_value",
    "customer.churn_risk",
    "customer.leave_threat",
    "customer.credit_risk_grade",
    "history",
    "offers",
    "exit_request",
    "economics",
    "budget",
    "dispute.requested_amount",
];

/// What is owed may not read any of these, nor read a decision that does.
fn is_worth(name: &str) -> bool {
    WORTH.iter().any(|worth| name == *worth || name.strip_prefix(worth).is_some_and(|rest| rest.starts_with('.')))
}

/// Refuses bundles in which owed money depends on who the customer is to us.
pub(crate) fn check(decisions: &[Decision], slots: &SlotTable, out: &mut Diagnostics) {
    for (number, decision) in decisions.iter().enumerate().filter(|(_, decision)| decision.owed) {
        let Some((path, fact)) = find_worth(number, decisions, slots) else { continue };
        let steps: Vec<String> =
            path.iter().filter_map(|each| decisions.get(*each)).map(|each| format!("`{}`", each.name)).collect();
        let message = match steps.as_slice() {
            [_] => format!("`{}` is money that we owe, and it reads `{fact}`", decision.name),
            _ => format!(
                "`{}` is money that we owe, and it reads {}, which reads `{fact}`",
                decision.name,
                steps.get(1..).unwrap_or_default().join(", which reads ")
            ),
        };
        let help =
            "what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`";
        let mut finding = Diagnostic::at(Code::OwedDepends, &decision.place, message).help(help);
        if let Some(last) = path.last().filter(|last| **last != number).and_then(|last| decisions.get(*last)) {
            finding = finding.label(&last.place, format!("`{}` reads `{fact}`", last.name));
        }
        out.push(finding);
    }
}

/// The shortest way from an owed decision to a fact of worth: the decisions on it, and the fact.
fn find_worth(from: usize, decisions: &[Decision], slots: &SlotTable) -> Option<(Vec<usize>, String)> {
    let mut came_from: BTreeMap<usize, Option<usize>> = BTreeMap::from([(from, None)]);
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(here) = queue.pop_front() {
        for slot in slots_read(decisions.get(here)?) {
            let entry = slots.get(slot)?;
            match entry.slot {
                Slot::Output { decision, .. } => {
                    if let std::collections::btree_map::Entry::Vacant(new) = came_from.entry(decision) {
                        new.insert(Some(here));
                        queue.push_back(decision);
                    }
                }
                Slot::Fact(_) if is_worth(&entry.name) => {
                    let mut path = vec![here];
                    let mut step = here;
                    while let Some(Some(before)) = came_from.get(&step) {
                        path.push(*before);
                        step = *before;
                    }
                    path.reverse();
                    return Some((path, entry.name.to_string()));
                }
                _ => {}
            }
        }
    }
    None
}
