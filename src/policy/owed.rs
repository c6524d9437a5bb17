//! Invariant 1, *owed first*: what is owed never depends on the customer's worth, tier, behaviour or offers.

use super::compiled::Decision;
use super::graph::{bounds_of, bounds_read, slots_read};
use super::obligation::{Obligation, Obligations};
use super::packs::Pack;
use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::decision::OnBreach;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// What hands a fact on to what is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Decision(usize),
    /// Rules and parameters of a pack hold where the pack applies, so what that looks at counts.
    Pack(usize),
    Clock(usize),
}

/// A policy as far as this is concerned.
pub(crate) struct Owing<'a> {
    pub(crate) decisions: &'a [Decision],
    pub(crate) packs: &'a [Pack],
    pub(crate) obligations: &'a Obligations,
    pub(crate) params: &'a Params,
    pub(crate) slots: &'a SlotTable,
}

/// Refuses bundles in which owed money depends on who the customer is to us.
pub(crate) fn check(policy: &Owing<'_>, out: &mut Diagnostics) {
    for (number, decision) in policy.decisions.iter().enumerate().filter(|(_, decision)| decision.owed) {
        let Some((path, fact)) = find_worth(number, policy) else { continue };
        let steps: Vec<String> = path.iter().filter_map(|each| policy.named(*each)).map(|(name, _)| name).collect();
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
        if let Some((name, place)) =
            path.last().filter(|last| **last != Reader::Decision(number)).and_then(|last| policy.named(*last))
        {
            finding = finding.label(place, format!("{name} reads `{fact}`"));
        }
        out.push(finding);
    }
}

impl<'a> Owing<'a> {
    /// What a reader is called, and where it stands.
    fn named(&self, reader: Reader) -> Option<(String, &'a Place)> {
        match reader {
            Reader::Decision(number) => self.decisions.get(number).map(|each| (format!("`{}`", each.name), &each.place)),
            Reader::Pack(number) => self.packs.get(number).map(|each| (format!("the pack `{}`", each.name), &each.place)),
            Reader::Clock(number) => {
                self.obligations.list.get(number).map(|each| (format!("the clock of `{}`", each.id), &each.place))
            }
        }
    }

    /// The slots that it reads, and who else hands on to it.
    fn reads(&self, reader: Reader) -> (BTreeSet<usize>, Vec<Reader>) {
        match reader {
            Reader::Decision(number) => {
                let Some(decision) = self.decisions.get(number) else { return Default::default() };
                let mut read = slots_read(decision);
                read.extend(bounds_read(decision));
                // Where silence decides, the disputed amount is owed.
                let conceding =
                    |(number, each): (usize, &Obligation)| each.brings(OnBreach::Concede).then_some(Reader::Clock(number));
                let clocks = self.obligations.list.iter().enumerate().filter(|_| &*decision.name == "correction");
                (read, clocks.filter_map(conceding).collect())
            }
            Reader::Pack(number) => {
                let Some(pack) = self.packs.get(number) else { return Default::default() };
                let mut read = bounds_of(pack.when.iter().map(|each| &each.cell));
                read.extend(pack.when.iter().map(|each| each.path.slot));
                (read, Vec::new())
            }
            Reader::Clock(number) => {
                let Some(each) = self.obligations.list.get(number) else { return Default::default() };
                let mut read = bounds_of(each.cells());
                read.extend(each.reads());
                (read, each.waits_for().map(Reader::Clock).collect())
            }
        }
    }
}

/// The shortest way from an owed decision to a fact of worth: who reads whom on it, and the fact.
fn find_worth(from: usize, policy: &Owing<'_>) -> Option<(Vec<Reader>, String)> {
    let from = Reader::Decision(from);
    let mut came_from: BTreeMap<Reader, Option<Reader>> = BTreeMap::from([(from, None)]);
    let mut queue = VecDeque::from([from]);
    while let Some(here) = queue.pop_front() {
        let (read, mut next) = policy.reads(here);
        for slot in read {
            let entry = policy.slots.get(slot)?;
            match entry.slot {
                Slot::Output { decision, .. } => next.push(Reader::Decision(decision)),
                Slot::Pack(pack) => next.push(Reader::Pack(pack)),
                Slot::Clock { clock, .. } => next.push(Reader::Clock(clock)),
                Slot::Param(param) => next.extend(policy.params.replacing(param).map(Reader::Pack)),
                Slot::ParamGroup(_) => next.extend(policy.params.set_anew().map(|(pack, _)| Reader::Pack(pack))),
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
        for reader in next {
            if let Entry::Vacant(new) = came_from.entry(reader) {
                new.insert(Some(here));
                queue.push_back(reader);
            }
        }
    }
    None
}
