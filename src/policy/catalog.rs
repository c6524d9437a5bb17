//! What names stand for in a bundle: facts, parameters, outputs of decisions, derived inputs, the item of a loop.

use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::bundle::ExtraFactDoc;
use crate::case::registry;
use crate::rule::CellNames;
use crate::script::{Names, Resolution};
use crate::text::nearest::did_you_mean;
use crate::value::Kind;
use std::sync::Arc;

/// How many results a decision has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One.
    Single,
    /// One an item.
    ForEach,
    /// Any number.
    Collect,
}

/// What others see of a decision.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) name: Arc<str>,
    pub(crate) outputs: Vec<(Arc<str>, Kind)>,
    pub(crate) shape: Shape,
}

impl Signature {
    pub(crate) fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|(each, _)| &**each == name)
    }

    /// The kind that a reader of an output sees.
    fn seen_kind(&self, output: usize) -> Kind {
        let kind = self.outputs.get(output).map_or(Kind::Text, |(_, kind)| kind.clone());
        if self.shape == Shape::Single { kind } else { Kind::List(Box::new(kind)) }
    }
}

/// Everything that has a name, whichever decision reads it.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) extras: Vec<ExtraFactDoc>,
    pub(crate) params: Params,
    pub(crate) decisions: Vec<Signature>,
}

impl Catalog {
    pub(crate) fn decision(&self, name: &str) -> Option<usize> {
        self.decisions.iter().position(|decision| &*decision.name == name)
    }

    /// A fact by its longest known path: its slot, its kind, and how many segments it takes.
    fn fact(&self, path: &[&str]) -> Option<(Slot, Kind, usize)> {
        for used in (1..=path.len()).rev() {
            let joined = path.get(..used).unwrap_or_default().join(".");
            if let Some((id, spec)) = registry().find(&joined).and_then(|id| registry().spec(id).map(|spec| (id, spec))) {
                return Some((Slot::Fact(id), spec.kind.clone(), used));
            }
            if let Some(at) = self.extras.iter().position(|extra| extra.path.value == joined) {
                return self.extras.get(at).map(|extra| (Slot::Extra(at), extra.kind.clone(), used));
            }
        }
        None
    }

    fn param(&self, path: &[&str]) -> Option<(Slot, Kind, usize)> {
        for used in (1..=path.len()).rev() {
            let joined = path.get(..used).unwrap_or_default().join(".");
            if let Some(param) = self.params.find(&joined) {
                return self.params.list.get(param).map(|found| (Slot::Param(param), found.kind.clone(), used));
            }
            if let Some(group) = self.params.find_group(&joined) {
                let kind = self.params.groups.get(group).map(|group| Kind::Record(group.kind.clone()))?;
                return Some((Slot::ParamGroup(group), kind, used));
            }
        }
        None
    }

    /// Every name that can be read outside of a decision's own names.
    fn known_names(&self) -> Vec<String> {
        let facts = registry().iter().map(|(_, spec)| spec.path.clone());
        let extras = self.extras.iter().map(|extra| extra.path.value.clone());
        let params = self.params.paths().map(str::to_owned);
        let outputs = self.decisions.iter().flat_map(|decision| {
            decision.outputs.iter().map(|(output, _)| format!("{}.{output}", decision.name))
        });
        facts.chain(extras).chain(params).chain(outputs).chain(["at".to_owned(), "policy_date".to_owned()]).collect()
    }
}

/// A derived input, as far as it is known while others are compiled.
#[derive(Clone, Debug)]
pub(crate) struct KnownLet {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Option<Kind>,
}

/// What names mean in one decision.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) slots: &'a mut SlotTable,
    /// The decision, unless the name stands in a guardrail.
    pub(crate) decision: Option<usize>,
    pub(crate) lets: &'a [KnownLet],
    /// Name and kind of the item of its loop.
    pub(crate) item: Option<(&'a str, Kind)>,
    /// May its own outputs be named, as a reason may?
    pub(crate) own_outputs: bool,
}

impl Scope<'_> {
    fn found(&mut self, slot: Slot, path: &[&str], kind: Kind, used: usize) -> Resolution {
        let name = path.get(..used).unwrap_or_default().join(".");
        Resolution::Found { slot: self.slots.number(slot, &name, &kind), kind, used }
    }

    fn resolve_own(&mut self, path: &[&str]) -> Option<Resolution> {
        let (decision, first) = (self.decision?, *path.first()?);
        if let Some((name, kind)) = self.item.clone()
            && name == first
        {
            return Some(self.found(Slot::Item { decision }, path, kind, 1));
        }
        if let Some(index) = self.lets.iter().position(|each| &*each.name == first) {
            let kind = self.lets.get(index).and_then(|each| each.kind.clone());
            return Some(match kind {
                Some(kind) => self.found(Slot::Let { decision, index }, path, kind, 1),
                None => Resolution::Refused {
                    message: format!("the type of `{first}` is not known here"),
                    help: Some(format!("write `{first}: {{type: ..., value: = ...}}`")),
                },
            });
        }
        if self.own_outputs {
            let output = self.catalog.decisions.get(decision)?.output(first)?;
            let kind = self.catalog.decisions.get(decision)?.outputs.get(output).map(|(_, kind)| kind.clone())?;
            return Some(self.found(Slot::Own { decision, output }, path, kind, 1));
        }
        None
    }

    fn resolve_output(&mut self, path: &[&str]) -> Option<Resolution> {
        let first = *path.first()?;
        let decision = self.catalog.decision(first)?;
        let signature = self.catalog.decisions.get(decision)?;
        if self.decision == Some(decision) {
            return Some(Resolution::Refused {
                message: format!("`{first}` cannot read its own outcome"),
                help: Some("move what it needs into a `let` or a decision of its own".to_owned()),
            });
        }
        if let Some(output) = path.get(1).and_then(|name| signature.output(name)) {
            return Some(self.found(Slot::Output { decision, output }, path, signature.seen_kind(output), 2));
        }
        if signature.outputs.len() == 1 && path.len() == 1 {
            return Some(self.found(Slot::Output { decision, output: 0 }, path, signature.seen_kind(0), 1));
        }
        let names: Vec<&str> = signature.outputs.iter().map(|(name, _)| &**name).collect();
        let help = match path.get(1) {
            Some(name) => did_you_mean(name, names.iter().copied()),
            None => None,
        };
        Some(Resolution::Unknown {
            help: help.or_else(|| Some(format!("the decision `{first}` has the outputs {}", names.join(", ")))),
        })
    }
}

impl Names for Scope<'_> {
    fn resolve(&mut self, path: &[&str]) -> Resolution {
        if let Some(own) = self.resolve_own(path) {
            return own;
        }
        let plain = match path {
            ["at", ..] => Some((Slot::At, Kind::DateTime, 1)),
            ["policy_date", ..] => Some((Slot::PolicyDate, Kind::Date, 1)),
            ["params", ..] => self.catalog.param(path),
            _ => self.catalog.fact(path),
        };
        if let Some((slot, kind, used)) = plain {
            return self.found(slot, path, kind, used);
        }
        if let Some(["clock"]) = path.get(..1) {
            return Resolution::Refused {
                message: "clocks are not carried out by this version of the engine".to_owned(),
                help: None,
            };
        }
        if let Some(output) = self.resolve_output(path) {
            return output;
        }
        let mut known = self.catalog.known_names();
        known.extend(self.lets.iter().map(|each| each.name.to_string()));
        Resolution::Unknown { help: did_you_mean(&path.join("."), known.iter().map(String::as_str)) }
    }
}

/// Bounds in cells: parameters, by slot.
pub(crate) struct CellScope<'a> {
    pub(crate) catalog: &'a Catalog,
    /// Number of the slot of each parameter.
    pub(crate) param_slots: &'a [usize],
}

impl CellNames for CellScope<'_> {
    fn param(&self, path: &str) -> Option<(usize, Kind)> {
        let param = self.catalog.params.find(path)?;
        let kind = self.catalog.params.list.get(param)?.kind.clone();
        self.param_slots.get(param).map(|slot| (*slot, kind))
    }

    fn nearest_param(&self, path: &str) -> Option<String> {
        crate::text::nearest::nearest(path, self.catalog.params.paths()).map(str::to_owned)
    }
}
