//! Steps that turn a path to a value: a fact is set, a derived input or an output is followed to what it is computed from.

use super::document::{Change, is_list_of_records};
use super::reach::{Frame, Probe, Reach, Step, fact};
use crate::policy::slots::Slot;
use crate::rule::{Bound, Cell, Condition};
use crate::script::FactPath;
use crate::value::{Duration, Fact, Kind, Value};

/// How many values are tried for one fact in one step.
const VALUES_MAX: usize = 14;
/// A time after which the clocks of laws have run out, in seconds: 400 days.
const LONG_AFTER_SECONDS: i64 = 400 * 86_400;

impl Reach<'_, '_> {
    /// Steps after which a cell no longer holds, while another still does.
    pub(super) fn falsify(&mut self, frame: Frame<'_>, path: &FactPath, cell: &Cell, wanted: &Cell, now: Option<&Fact<Value>>) {
        let refused = self.usual.refusing(cell, &path.kind);
        let bounds = self.evaluation.bounds();
        let values: Vec<Fact<Value>> = refused.into_iter().filter(|fact| wanted.holds(fact, bounds) == Ok(true)).collect();
        self.towards(frame, path, &values, now, &mut Vec::new());
    }

    /// Steps towards one of several values of a path.
    pub(super) fn towards(
        &mut self,
        frame: Frame<'_>,
        path: &FactPath,
        values: &[Fact<Value>],
        now: Option<&Fact<Value>>,
        compound: &mut Vec<Change>,
    ) {
        let Some(entry) = self.program.slots.get(path.slot) else { return };
        let values = some_of(values);
        match entry.slot {
            Slot::Fact(_) | Slot::Extra(_) => {
                let mut changes: Vec<Change> = values.iter().flat_map(|value| set(&path.written, &path.kind, value)).collect();
                if changes.is_empty()
                    && let Some(written) = self.usual.written(&path.kind)
                {
                    changes.push(Change::Fact { path: path.written.to_string(), to: Some(written) });
                }
                compound.extend(changes.first().cloned());
                self.steps.extend(changes.into_iter().map(|change| Step::Set(vec![change])));
            }
            Slot::Item { decision } => {
                let item = frame.item.map_or(0, |(at, _)| at);
                let list = self.program.decisions.get(decision).and_then(|found| found.for_each.as_ref());
                let below = path.written.split_once('.').map_or("", |(_, below)| below);
                let Some(list) = list else { return };
                let path = format!("{}.{item}.{below}", list.written);
                let changes: Vec<Change> = values.iter().map(|value| fact(&path, value)).collect();
                compound.extend(changes.first().cloned());
                self.steps.extend(changes.into_iter().map(|change| Step::Set(vec![change])));
            }
            Slot::At => {
                let times = values.iter().filter_map(|value| match value {
                    Fact::Known(Value::DateTime(time)) => Some(Step::Set(vec![Change::At(*time)])),
                    _ => None,
                });
                self.steps.extend(times.collect::<Vec<_>>());
            }
            // A clock has run out once enough time has passed, whatever it runs from.
            Slot::Clock { passed: true, .. } if values.contains(&Fact::Known(Value::Boolean(true))) => {
                let later = self.evaluation.at().plus(Duration::from_seconds(LONG_AFTER_SECONDS));
                self.steps.extend(later.into_iter().map(|at| Step::Set(vec![Change::At(at)])));
            }
            Slot::Clock { .. } => {}
            // A pack applies once all of its conditions hold.
            Slot::Pack(pack) if values.contains(&Fact::Known(Value::Boolean(true))) => {
                let program = self.program;
                let mut together = Vec::new();
                for condition in program.packs.get(pack).into_iter().flat_map(|pack| &pack.when) {
                    let values = self.usual.satisfying(&condition.cell, &condition.path.kind);
                    self.towards(frame, &condition.path, &values, None, &mut together);
                }
                compound.extend(together.iter().cloned());
                self.steps.push(Step::Set(together));
            }
            Slot::Pack(_) => {}
            Slot::PolicyDate => {
                let days = values.iter().filter(|value| value.is_known());
                self.steps.extend(days.map(|day| Step::Set(vec![fact("complaint.policy_date", day)])).collect::<Vec<_>>());
            }
            Slot::Let { decision, index } => {
                let found = self.program.decisions.get(decision).and_then(|found| found.lets.get(index));
                let Some(found) = found else { return };
                let item = frame.item.map(|(at, _)| at);
                let probe = Probe::Path { decision: frame.decision, item, path: path.clone() };
                let reads = found.formula.reads().to_vec();
                self.derive(&reads, frame.decision, item, &probe, now, &values);
            }
            Slot::Output { decision, output } => {
                let named: Vec<Value> = values.iter().filter_map(|fact| fact.known().cloned()).collect();
                let cell = Cell::OneOf(named.into_iter().map(|value| Condition::Equal(Bound::Value(value))).collect());
                self.output(decision, output, &cell);
            }
            Slot::Param(_) | Slot::ParamGroup(_) | Slot::Own { .. } => {}
        }
    }
}

/// The changes that give a fact of the case a value: a list of one record where its field is meant.
pub(super) fn set(path: &str, kind: &Kind, value: &Fact<Value>) -> Vec<Change> {
    let below_list = path.rsplit_once('.').filter(|(list, _)| is_list_of_records(list));
    match (below_list, value) {
        (Some((list, _)), Fact::Missing) => vec![Change::Fact { path: list.to_owned(), to: None }],
        (Some((list, field)), Fact::Known(Value::List(items))) => match items.first() {
            None => vec![Change::Fact { path: list.to_owned(), to: Some(serde_json::json!([])) }],
            Some(item) => vec![fact(&format!("{list}.0.{field}"), &Fact::Known(item.clone()))],
        },
        _ if matches!(kind, Kind::Record(_)) && value.is_known() => Vec::new(),
        _ => vec![fact(path, value)],
    }
}

/// The first values, and whether it may be left out or unknown.
fn some_of(values: &[Fact<Value>]) -> Vec<Fact<Value>> {
    let known = values.iter().position(|value| !value.is_known()).unwrap_or(values.len());
    let states = values.iter().skip(known).filter(|value| !value.is_known()).cloned();
    values.iter().take(known.clamp(1, VALUES_MAX)).cloned().chain(states.filter(|_| known > 0)).collect()
}
