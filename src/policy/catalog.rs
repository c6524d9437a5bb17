//! What names stand for in a bundle: facts, parameters, outputs of decisions, derived inputs, the item of a loop.

use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::bundle::ExtraFactDoc;
use crate::case::registry;
use crate::rule::CellNames;
use crate::script::{Names, Resolution};
use crate::text::nearest::{did_you_mean, nearest};
use crate::value::Kind;
use std::collections::BTreeSet;
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

/// An obligation, whose clock can be read.
#[derive(Debug)]
pub(crate) struct ClockName {
    pub(crate) id: String,
    /// The kind of its `due`; none where it only holds something.
    pub(crate) due: Option<Kind>,
    pub(crate) window: bool,
}

impl ClockName {
    /// What is read of it once its day has passed.
    fn passed(&self) -> &'static str {
        if self.window { "closed" } else { "breached" }
    }
}

/// Everything that has a name, whichever decision reads it.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) extras: Vec<ExtraFactDoc>,
    pub(crate) params: Params,
    pub(crate) decisions: Vec<Signature>,
    /// The packs, by name.
    pub(crate) packs: Vec<String>,
    /// The obligations.
    pub(crate) clocks: Vec<ClockName>,
    /// What the bundle names but could not be read, by its dotted path; `fee.*` where the names themselves are not known.
    pub(crate) unread: BTreeSet<String>,
}

impl Catalog {
    /// Does a path name something that could not be read? That was reported where it stands.
    pub(crate) fn is_unread(&self, path: &[&str]) -> bool {
        !self.unread.is_empty()
            && (1..=path.len()).any(|used| self.unread.contains(&path.get(..used).unwrap_or_default().join(".")))
    }

    /// May an unknown name be one that a decision gives in a part that could not be read?
    pub(crate) fn may_be_unread(&self, decision: &str) -> bool {
        !self.unread.is_empty() && self.unread.contains(&format!("{decision}.*"))
    }

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
        let outputs = self
            .decisions
            .iter()
            .flat_map(|decision| decision.outputs.iter().map(|(output, _)| format!("{}.{output}", decision.name)));
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
        Resolution::Found { slot: self.slots.number(slot, &name), kind, used }
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
                // Each is compiled before those that read it, so what is wrong with it was reported.
                None => Resolution::Reported,
            });
        }
        let signature = self.catalog.decisions.get(decision)?;
        if self.catalog.is_unread(&[&signature.name, first]) {
            return Some(Resolution::Reported);
        }
        let output = signature.output(first)?;
        if self.own_outputs {
            let kind = signature.outputs.get(output).map(|(_, kind)| kind.clone())?;
            return Some(self.found(Slot::Own { decision, output }, path, kind, 1));
        }
        let is_other = self.catalog.decision(first).is_some() || registry().groups().contains(&first);
        (!is_other).then(|| Resolution::Refused {
            message: format!("`{first}` is an output of `{}`, and is not there before the decision is taken", signature.name),
            help: Some("compute it in a `let`, and read that in both places".to_owned()),
        })
    }

    /// Nothing has that name: what was probably meant.
    fn unknown(&self, path: &[&str]) -> Resolution {
        let first = path.first().copied().unwrap_or_default();
        let own = self.decision.and_then(|decision| self.catalog.decisions.get(decision));
        let is_group = registry().groups().contains(&first);
        if is_group && path.len() == 1 {
            let example = registry().iter().find(|(_, spec)| spec.path.starts_with(&format!("{first}.")));
            return Resolution::Refused {
                message: format!("`{first}` is a group of facts, not a fact"),
                help: example.map(|(_, spec)| format!("name one of its facts, such as `{}`", spec.path)),
            };
        }
        if !is_group && own.is_some_and(|own| self.catalog.may_be_unread(&own.name)) {
            return Resolution::Reported;
        }
        let mut known = self.catalog.known_names();
        if let Some(own) = own {
            known.retain(|name| name.split_once('.').is_none_or(|(decision, _)| *decision != *own.name));
            // The heading of a column.
            known.push("because".to_owned());
            if self.own_outputs {
                known.extend(own.outputs.iter().map(|(name, _)| name.to_string()));
            }
        }
        known.extend(self.lets.iter().map(|each| each.name.to_string()));
        known.extend(self.item.iter().map(|(name, _)| (*name).to_owned()));
        let written = path.join(".");
        // Within a known group, a name of that group is meant rather than one that is written alike elsewhere.
        let in_group = known.iter().filter(|name| is_group && name.split_once('.').is_some_and(|(group, _)| group == first));
        let leaf = path.last().copied().unwrap_or_default();
        let holds = |name: &&String| name.rsplit_once('.').is_some_and(|(_, last)| last.contains(leaf) && leaf.len() > 3);
        let as_deep = in_group.clone().filter(|name| name.split('.').count() == path.len());
        let help = did_you_mean(&written, as_deep.clone().map(String::as_str))
            .or_else(|| as_deep.clone().find(holds).map(|name| format!("did you mean `{name}`?")))
            .or_else(|| did_you_mean(&written, in_group.clone().map(String::as_str)))
            .or_else(|| did_you_mean(&written, known.iter().map(String::as_str)));
        Resolution::Unknown { help }
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
        if self.catalog.may_be_unread(first) {
            return Some(Resolution::Reported);
        }
        let near = path.get(1).and_then(|name| nearest(name, names.iter().copied()));
        Some(Resolution::Unknown {
            help: Some(match near {
                Some(near) => format!("did you mean `{first}.{near}`?"),
                None => format!("the decision `{first}` has the outputs {}", names.join(", ")),
            }),
        })
    }
}

impl Scope<'_> {
    /// `clock.ID.due`, and `clock.ID.breached` or, of a window, `clock.ID.closed`. An expression cannot hold `-` in a name, and
    /// writes `_` for it.
    fn resolve_clock(&mut self, path: &[&str]) -> Resolution {
        let clocks = || self.catalog.clocks.iter().enumerate().filter_map(|(at, each)| Some((at, each, each.due.as_ref()?)));
        let plain = |id: &str| id.replace('-', "_");
        let wanted = path.get(1).copied().unwrap_or_default();
        let found = clocks().find(|(_, each, _)| plain(&each.id) == plain(wanted));
        let Some((clock, named, due)) = found else {
            let longer = clocks().find(|(_, each, _)| !wanted.is_empty() && each.id.starts_with(&format!("{wanted}-")));
            let help = match longer {
                Some((_, each, _)) => Some(format!("in an expression write `clock.{}.{}`", plain(&each.id), each.passed())),
                None => did_you_mean(wanted, clocks().map(|(_, each, _)| each.id.as_str())).or_else(|| {
                    Some("clocks are the obligations with a `due`, read as `clock.ID.due` or `clock.ID.breached`".to_owned())
                }),
            };
            return Resolution::Unknown { help };
        };
        let (id, word) = (&named.id, named.passed());
        let (passed, kind) = match path.get(2).copied() {
            Some("due") => (false, due.clone()),
            Some(read) if read == word => (true, Kind::Boolean),
            Some("breached") => {
                let help = format!("a window is never missed: read `clock.{id}.closed`");
                return Resolution::Unknown { help: Some(help) };
            }
            _ => {
                let help = format!("read `clock.{id}.due` or `clock.{id}.{word}`");
                return Resolution::Unknown { help: Some(help) };
            }
        };
        let name = format!("clock.{id}.{}", if passed { word } else { "due" });
        Resolution::Found { slot: self.slots.number(Slot::Clock { clock, passed }, &name), kind, used: 3 }
    }
}

impl Names for Scope<'_> {
    fn resolve(&mut self, path: &[&str]) -> Resolution {
        if let Some(own) = self.resolve_own(path) {
            return own;
        }
        if self.catalog.is_unread(path) {
            return Resolution::Reported;
        }
        let plain = match path {
            ["at", ..] => Some((Slot::At, Kind::DateTime, 1)),
            ["policy_date", ..] => Some((Slot::PolicyDate, Kind::Date, 1)),
            ["params", ..] => self.catalog.param(path),
            _ => self.catalog.fact(path),
        };
        if let Some((slot, kind, used)) = plain
            && (!matches!(slot, Slot::ParamGroup(_)) || used == path.len())
        {
            return self.found(slot, path, kind, used);
        }
        if let Some(pack) = path.get(1).filter(|_| path.first() == Some(&"packs"))
            && let Some(number) = self.catalog.packs.iter().position(|known| known == pack)
        {
            return self.found(Slot::Pack(number), path, Kind::Boolean, 2);
        }
        if let Some(["clock"]) = path.get(..1) {
            return self.resolve_clock(path);
        }
        if let Some(output) = self.resolve_output(path) {
            return output;
        }
        self.unknown(path)
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
