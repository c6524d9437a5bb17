//! Facts that tell who the customer is: those of the registry, and those that the bundle lists under `personal`.

use super::catalog::Catalog;
use super::compiled::Decision;
use super::slots::{Slot, SlotTable};
use crate::bundle::Manifest;
use crate::case::registry;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// The facts that the bundle lists, checked. A group stands for all of its facts.
pub(super) fn listed(manifest: &Manifest, catalog: &Catalog, out: &mut Diagnostics) -> BTreeSet<String> {
    let known = || {
        let extras = catalog.extras.iter().map(|extra| extra.path.value.as_str());
        let facts = registry().iter().map(|(_, spec)| spec.path.as_str());
        facts.chain(registry().groups().iter().copied()).chain(extras)
    };
    let mut listed = BTreeSet::new();
    for fact in &manifest.personal {
        let segments: Vec<&str> = fact.value.split('.').collect();
        if known().any(|each| each == fact.value) {
            listed.insert(fact.value.clone());
        } else if !catalog.is_unread(&segments) {
            let message = format!("`{}` is not a fact, and only facts are personal", fact.value);
            let help = did_you_mean(&fact.value, known()).unwrap_or_else(|| {
                "name a fact of a case, a group of facts, or a fact that the bundle declares under `facts`".to_owned()
            });
            out.push(Diagnostic::at(Code::UnknownFact, &fact.place, message).help(help));
        }
    }
    listed
}

/// With what tells of a personal fact under another name: items of a loop over one, and derived inputs that are computed from one.
pub(super) fn with_derived(mut listed: BTreeSet<String>, decisions: &[Decision], slots: &SlotTable) -> BTreeSet<String> {
    for decision in decisions {
        let items = items(decision, &listed, slots);
        listed.extend(items);
        let mut derived: BTreeSet<usize> = BTreeSet::new();
        // A derived input may read one that stands behind it.
        for _ in &decision.lets {
            for (number, each) in decision.lets.iter().enumerate() {
                let is_derived = |slot: &usize| match slots.get(*slot).map(|entry| entry.slot) {
                    Some(Slot::Let { index, .. }) => derived.contains(&index),
                    _ => false,
                };
                let formula = &each.formula;
                if formula.paths().any(|path| is_personal(path, &listed)) || formula.reads().iter().any(is_derived) {
                    derived.insert(number);
                }
            }
        }
        listed.extend(derived.iter().filter_map(|number| decision.lets.get(*number)).map(|each| each.name.to_string()));
    }
    listed
}

/// What is personal of the item that a decision is taken for, by the name that it has there: all of it, or some of its fields.
fn items(decision: &Decision, listed: &BTreeSet<String>, slots: &SlotTable) -> Vec<String> {
    let entries = decision.reading.iter().filter_map(|number| slots.get(*number));
    let item = entries.filter(|entry| matches!(entry.slot, Slot::Item { .. })).map(|entry| &entry.name).next();
    let (Some(list), Some(item)) = (&decision.for_each, item) else { return Vec::new() };
    let of_item = |personal: &str| {
        let field = personal.strip_prefix(&*list.written).filter(|field| field.starts_with('.'));
        if is_within(&list.written, personal) { Some(item.to_string()) } else { field.map(|field| format!("{item}{field}")) }
    };
    all(listed).filter_map(of_item).collect()
}

/// Everything that is personal: what a bundle lists, and what the registry does.
fn all(listed: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    let of_registry = registry().iter().filter(|(_, spec)| spec.personal).map(|(_, spec)| spec.path.as_str());
    listed.iter().map(String::as_str).chain(of_registry)
}

/// Is a fact personal, a part of one that is, or a whole with a part that is?
fn is_personal(path: &str, listed: &BTreeSet<String>) -> bool {
    all(listed).any(|personal| is_within(path, personal) || is_within(personal, path))
}

/// Is a fact the other, or a part of it?
fn is_within(one: &str, other: &str) -> bool {
    one == other || one.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'))
}
