//! What a dotted path means where it stands, told by the resolver of policies.

use super::name::{Name, NameKind};
use crate::bundle::{Bundle, DecisionDoc};
use crate::case::registry;
use crate::policy::catalog::{KnownLet, Scope};
use crate::policy::decisions::{Workshop, compile_lets, resolve_list};
use crate::policy::formula::Compiler;
use crate::policy::outline::Outline;
use crate::policy::slots::{Slot, SlotTable};
use crate::script::{FactPath, Functions, Names, Resolution};
use crate::text::Diagnostics;
use crate::value::Kind;

/// Where a path stands: whose names it may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Within {
    /// The decision, by number.
    pub(super) decision: Option<usize>,
    /// May its own outputs be named, as a reason may?
    pub(super) own_outputs: bool,
    /// Are its derived inputs out of reach, as they are for a plugin?
    pub(super) no_lets: bool,
}

impl Within {
    pub(super) fn decision(decision: Option<usize>) -> Self {
        Self { decision, ..Self::default() }
    }

    pub(super) fn own_outputs(self) -> Self {
        Self { own_outputs: true, ..self }
    }
}

/// What one decision adds to the names that everyone has.
#[derive(Debug, Default)]
struct Own {
    lets: Vec<KnownLet>,
    /// The name, the list, and the kind of one item of it.
    item: Option<(String, String, Kind)>,
}

/// All names of a bundle, as far as it could be read.
#[derive(Debug)]
pub(super) struct Meanings {
    pub(super) outline: Outline,
    pub(super) functions: Functions,
    own: Vec<Own>,
}

/// Names that one path is made of: each with the segments that spell it.
pub(super) type Spelled = Vec<(Name, std::ops::Range<usize>)>;

impl Meanings {
    pub(super) fn of(bundle: &Bundle, functions: &Functions) -> Self {
        let mut out = Diagnostics::new();
        let outline = Outline::of(bundle, &mut out);
        let mut slots = SlotTable::default();
        let params = &outline.catalog.params.list;
        let param_slots: Vec<usize> =
            params.iter().enumerate().map(|(number, param)| slots.number(Slot::Param(number), &param.path)).collect();
        let compiler = Compiler { functions, money: bundle.manifest.currency };
        let shop = Workshop { catalog: &outline.catalog, compiler: &compiler, param_slots: &param_slots, files: &bundle.files };
        let own = outline.decisions.iter().enumerate().map(|(number, doc)| own(number, doc, &shop, &mut slots)).collect();
        Self { outline, functions: functions.clone(), own }
    }

    /// The number of a decision.
    pub(super) fn decision(&self, name: &str) -> Option<usize> {
        self.outline.catalog.decision(name)
    }

    /// The document of a decision, packs included.
    pub(super) fn document(&self, decision: usize) -> Option<&DecisionDoc> {
        self.outline.decisions.get(decision)
    }

    fn name_of(&self, decision: usize) -> String {
        self.document(decision).map_or_else(String::new, |doc| doc.name.value.clone())
    }

    /// The derived inputs of a decision, with their kinds as far as they are known.
    pub(super) fn lets(&self, decision: usize) -> &[KnownLet] {
        self.own.get(decision).map_or(&[], |own| &own.lets)
    }

    /// What one item of the `for_each` of a decision is called, the list that it is of, and its kind.
    pub(super) fn item(&self, decision: usize) -> Option<(&str, &str, &Kind)> {
        self.own.get(decision)?.item.as_ref().map(|(name, list, kind)| (name.as_str(), list.as_str(), kind))
    }

    fn scope<'s>(&'s self, within: Within, slots: &'s mut SlotTable) -> Scope<'s> {
        let lets = within.decision.filter(|_| !within.no_lets).map_or(&[][..], |decision| self.lets(decision));
        let item = within.decision.and_then(|decision| self.item(decision)).map(|(name, _, kind)| (name, kind.clone()));
        let decision = within.decision;
        Scope { catalog: &self.outline.catalog, slots, decision, lets, item, own_outputs: within.own_outputs }
    }

    /// The kind of what a path gives.
    pub(super) fn kind(&self, path: &[&str], within: Within) -> Option<Kind> {
        let mut slots = SlotTable::default();
        FactPath::resolve(path, &mut self.scope(within, &mut slots)).ok().map(|found| found.kind)
    }

    /// The names that a path is made of; none where it means nothing.
    pub(super) fn spell(&self, path: &[&str], within: Within) -> Spelled {
        // A word that begins no path is not looked for among all names.
        if !path.first().is_some_and(|first| self.begins(first, path, within)) {
            return Vec::new();
        }
        // Of a `let` whose kind is not known the resolver says nothing.
        if let (Some(decision), Some(first), false) = (within.decision, path.first(), within.no_lets)
            && self.lets(decision).iter().any(|each| &*each.name == *first)
        {
            return vec![(Name::new(NameKind::Let, self.name_of(decision), *first), 0..1)];
        }
        let mut slots = SlotTable::default();
        let (slot, used) = match self.scope(within, &mut slots).resolve(path) {
            Resolution::Found { slot, used, .. } => (slot, used),
            // What is refused in this place is named all the same.
            Resolution::Refused { .. } => return self.refused(path, within),
            _ => return Vec::new(),
        };
        let Some(slot) = slots.get(slot).map(|entry| entry.slot) else { return Vec::new() };
        self.spell_slot(slot, path, used)
    }

    /// May a path begin so? Of a group of facts one has to be named.
    fn begins(&self, first: &str, path: &[&str], within: Within) -> bool {
        let own = |decision: usize| {
            let given = self.outline.catalog.decisions.get(decision);
            self.lets(decision).iter().any(|each| &*each.name == first)
                || self.item(decision).is_some_and(|(item, _, _)| item == first)
                || given.is_some_and(|decision| decision.output(first).is_some())
        };
        matches!(first, "params" | "packs" | "clock" | "at" | "policy_date")
            || self.decision(first).is_some()
            || within.decision.is_some_and(own)
            || (1..=path.len()).any(|used| {
                let fact = path.get(..used).unwrap_or_default().join(".");
                registry().find(&fact).is_some() || self.outline.catalog.extras.iter().any(|extra| extra.path.value == fact)
            })
    }

    fn spell_slot(&self, slot: Slot, path: &[&str], used: usize) -> Spelled {
        let joined = |from: usize, to: usize| path.get(from..to).unwrap_or_default().join(".");
        let catalog = &self.outline.catalog;
        match slot {
            Slot::Fact(_) | Slot::Extra(_) => vec![(Name::alone(NameKind::Fact, joined(0, used)), 0..used)],
            Slot::Param(_) | Slot::ParamGroup(_) => (2..=used)
                .map(|end| {
                    let is_whole = end == used && matches!(slot, Slot::Param(_));
                    let kind = if is_whole { NameKind::Param } else { NameKind::ParamGroup };
                    (Name::alone(kind, joined(1, end)), end - 1..end)
                })
                .collect(),
            Slot::Output { decision, output } => {
                let name = self.name_of(decision);
                let given = catalog.decisions.get(decision).and_then(|decision| decision.outputs.get(output));
                let output =
                    given.filter(|_| used == 2).map(|(output, _)| (Name::new(NameKind::Output, name.clone(), &**output), 1..2));
                std::iter::once((Name::alone(NameKind::Decision, name), 0..1)).chain(output).collect()
            }
            Slot::Own { decision, .. } => vec![(Name::new(NameKind::Output, self.name_of(decision), joined(0, 1)), 0..1)],
            Slot::Let { decision, .. } => vec![(Name::new(NameKind::Let, self.name_of(decision), joined(0, 1)), 0..1)],
            Slot::Item { decision } => {
                let mut spelled = vec![(Name::new(NameKind::Item, self.name_of(decision), joined(0, 1)), 0..1)];
                if let (Some((_, list, _)), true) = (self.item(decision), path.len() > 1) {
                    spelled.extend(Self::field(list, path, 1));
                }
                spelled
            }
            Slot::Pack(_) => vec![(Name::alone(NameKind::Pack, joined(1, 2)), 1..2)],
            Slot::Clock { clock, .. } => {
                let id = catalog.clocks.get(clock).map_or_else(String::new, |clock| clock.id.clone());
                vec![(Name::alone(NameKind::Obligation, id), 1..2)]
            }
            Slot::At | Slot::PolicyDate => vec![(Name::alone(NameKind::Moment, joined(0, 1)), 0..1)],
        }
    }

    /// A field of an item: the longest fact that the list has below it.
    fn field(list: &str, path: &[&str], from: usize) -> Option<(Name, std::ops::Range<usize>)> {
        (from + 1..=path.len()).rev().find_map(|to| {
            let fact = format!("{list}.{}", path.get(from..to)?.join("."));
            registry().find(&fact).map(|_| (Name::alone(NameKind::Fact, fact), from..to))
        })
    }

    /// What stands in a place where it may not be read: an output of the decision itself, or the decision.
    fn refused(&self, path: &[&str], within: Within) -> Spelled {
        let Some(first) = path.first() else { return Vec::new() };
        if let Some(number) = self.decision(first) {
            let output = self.outline.catalog.decisions.get(number).and_then(|decision| decision.output(path.get(1)?));
            let slot = Slot::Output { decision: number, output: output.unwrap_or(0) };
            return self.spell_slot(slot, path, if output.is_some() { 2 } else { 1 });
        }
        match within.decision {
            Some(decision) if !within.own_outputs => {
                self.spell(path, Within { decision: Some(decision), ..within }.own_outputs())
            }
            _ => Vec::new(),
        }
    }

    /// A fact alone, as a test gives it and an assumption names it.
    pub(super) fn spell_fact(&self, path: &[&str]) -> Spelled {
        let spelled = self.spell(path, Within::default());
        spelled.into_iter().filter(|(name, _)| name.kind == NameKind::Fact).collect()
    }
}

fn own(number: usize, doc: &DecisionDoc, shop: &Workshop<'_>, slots: &mut SlotTable) -> Own {
    let mut out = Diagnostics::new();
    let mut base = Scope { catalog: shop.catalog, slots, decision: Some(number), lets: &[], item: None, own_outputs: false };
    let item = doc.for_each.as_ref().and_then(|each| {
        let found = resolve_list(&each.list, &mut base, &mut out)?;
        let kind = match found.kind {
            Kind::List(item) => *item,
            other => other,
        };
        Some((each.name.clone(), each.list.value.clone(), kind))
    });
    let named = item.as_ref().map(|(name, _, kind)| (name.as_str(), kind.clone()));
    let (lets, _) = compile_lets(number, doc, shop, slots, named, &mut out);
    Own { lets, item }
}
