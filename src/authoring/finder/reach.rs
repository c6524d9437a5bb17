//! How far a case is from a goal, and which changes bring it nearer: backward from the goal, over rules, derived inputs and the
//! decisions that they read, to the facts.

use super::candidates::{Usual, written_fact};
use super::document::Change;
use super::goal::Goal;
use crate::decision::Decision as Decided;
use crate::evaluation::Evaluation;
use crate::limits::FINDER_DEPTH_MAX;
use crate::policy::Program;
use crate::policy::compiled::{Condition, Decision};
use crate::policy::slots::Slot;
use crate::rule::{Cell, HitPolicy};
use crate::script::FactPath;
use crate::value::{Decimal, Fact, Kind, Value};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What can never be changed by a case.
pub(super) const NEVER: u32 = 100_000;
/// A fact that has to change.
pub(super) const FACT: u32 = 2;
/// A derived input that has to change.
const DERIVED: u32 = 3;
/// An earlier rule that has to stand back.
const EARLIER: u32 = 2;

/// Where a value is read again once a fact has changed.
#[derive(Clone, Debug)]
pub(super) enum Probe {
    Path { decision: Option<usize>, item: Option<usize>, path: FactPath },
    Output { decision: usize, output: usize },
}

/// A step that may bring a case nearer to its goal.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Set(Vec<Change>),
    /// A number is to reach one of several targets, and a fact that it is computed from is to be solved for it.
    Solve {
        path: String,
        kind: Kind,
        from: Option<Value>,
        probe: Probe,
        now: Decimal,
        targets: Vec<Decimal>,
    },
}

/// One run of a decision: of which item, and with what item.
#[derive(Clone, Copy)]
pub(super) struct Frame<'v> {
    pub(super) decision: Option<usize>,
    pub(super) item: Option<(usize, &'v Value)>,
}

pub(super) struct Reach<'e, 'v> {
    pub(super) program: &'e Program,
    pub(super) evaluation: &'e Evaluation<'v>,
    pub(super) usual: Usual<'e>,
    /// The cells that read a slot, wherever they stand.
    pub(super) cells: &'e BTreeMap<usize, Vec<&'e Cell>>,
    pub(super) steps: Vec<Step>,
    /// Are steps wanted, or only the distance?
    pub(super) collecting: bool,
    pub(super) memo: BTreeMap<(usize, Option<usize>), u32>,
    pub(super) depth: usize,
    /// What was followed already while steps are collected.
    pub(super) followed: BTreeSet<(usize, Option<usize>)>,
    /// What is being worked out: a plugin or a guardrail of a decision is no way to what it waits for itself.
    pub(super) running: BTreeSet<(usize, Hook)>,
    /// The whole decision, once it is asked for.
    pub(super) told: OnceCell<Rc<Decided>>,
}

/// What changes the draft of a decision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hook {
    Plugin(usize),
    Guardrail(usize),
}

impl<'e> Reach<'e, '_> {
    /// The whole decision.
    pub(super) fn told(&self) -> Rc<Decided> {
        self.told.get_or_init(|| Rc::new(self.evaluation.decision())).clone()
    }

    /// How far the case is from a goal; the steps towards it are left in `steps` where they are wanted.
    pub(super) fn goal(&mut self, goal: &Goal) -> u32 {
        match goal {
            Goal::Rule { decision, row } => self.rule(*decision, *row),
            Goal::Output { decision, output, cell } => self.output(*decision, *output, cell),
            Goal::Region { decision, cells } => self.region(*decision, cells),
            Goal::Bound { decision, guardrail } => self.bound(*decision, *guardrail),
            Goal::Final { guardrail } => {
                let found = self.program.final_guardrails.get(*guardrail);
                found.map_or(NEVER, |found| self.conditions(None, &found.when))
            }
            Goal::All(goals) => goals.iter().fold(0, |far, goal| far.saturating_add(self.goal(goal))),
            Goal::Plugin { decision, plugin } => {
                let found = self.program.decisions.get(*decision);
                let far = found.map_or(NEVER, |found| self.plugin(*decision, found, *plugin));
                far + self.changes_something(*decision)
            }
        }
    }

    /// A rule hits: its cells hold, those of earlier ones do not.
    fn rule(&mut self, number: usize, row: Option<usize>) -> u32 {
        let key = (number, row);
        if !self.collecting {
            if let Some(known) = self.memo.get(&key) {
                return *known;
            }
        } else if !self.followed.insert(key) {
            return 0;
        }
        let Some(decision) = self.program.decisions.get(number) else { return NEVER };
        let far = if decision.for_each.is_some() {
            let items = self.evaluation.items(number);
            let runs = items.iter().enumerate();
            let fars: Vec<u32> = runs.map(|item| self.rule_of(number, decision, row, Some(item))).collect();
            match fars.into_iter().min() {
                Some(far) => far,
                None => self.first_item(decision) + 2 * FACT,
            }
        } else {
            self.rule_of(number, decision, row, None)
        };
        self.memo.insert(key, far);
        far
    }

    fn rule_of(&mut self, number: usize, decision: &'e Decision, row: Option<usize>, item: Option<(usize, &Value)>) -> u32 {
        let frame = Frame { decision: Some(number), item };
        let facts = self.evaluation.read(frame.decision, item.map(|(_, value)| value), &decision.columns);
        let mut far = 0;
        let mut compound = Vec::new();
        if let Some(row) = row {
            if !decision.matcher.dates(row).hold(self.usual.day) {
                far += self.in_force(decision, row);
            }
            for (column, path) in decision.columns.iter().enumerate() {
                let cell = decision.matcher.cell(row, column);
                far += self.cell(frame, path, cell, facts.get(column).cloned().flatten().as_ref(), &mut compound);
            }
        }
        if compound.len() > 1 && self.collecting {
            self.steps.push(Step::Set(compound));
        }
        let alone = matches!(decision.hit, HitPolicy::First | HitPolicy::Unique) || row.is_none();
        if alone {
            for earlier in 0..row.unwrap_or(decision.rules.len()) {
                far += self.stand_back(frame, decision, earlier, row, &facts);
            }
        }
        if far == 0 && self.evaluation.output_at(number, 0).is_none() && !decision.outputs.is_empty() {
            far += DERIVED;
            if self.collecting {
                self.lacking(number, decision, item.map(|(at, _)| at));
            }
        }
        far
    }

    /// What an undecided part lacks.
    fn lacking(&mut self, number: usize, decision: &'e Decision, item: Option<usize>) {
        for path in &decision.required {
            self.any_value(path.slot, Some(number), item);
        }
        for slot in decision.reading.clone() {
            let read = self.evaluation.read(None, None, [&whole(self.program, slot)]).into_iter().next().flatten();
            if !matches!(read, Some(Fact::Known(_))) {
                self.any_value(slot, Some(number), item);
            }
        }
        for needed in &decision.needs {
            if self.evaluation.output_at(*needed, 0).is_none()
                && let Some(found) = self.program.decisions.get(*needed)
                && self.depth < FINDER_DEPTH_MAX
            {
                self.depth += 1;
                self.lacking(*needed, found, None);
                self.depth -= 1;
            }
        }
    }

    fn in_force(&mut self, decision: &Decision, row: usize) -> u32 {
        let dates = decision.matcher.dates(row);
        if self.collecting {
            let days = dates.from.into_iter().chain(dates.until);
            let to = days.map(|day| Step::Set(vec![fact("complaint.policy_date", &Fact::Known(Value::Date(day)))]));
            self.steps.extend(to);
        }
        FACT
    }

    /// An earlier rule must not hit.
    fn stand_back(
        &mut self,
        frame: Frame<'_>,
        decision: &'e Decision,
        earlier: usize,
        row: Option<usize>,
        facts: &[Option<Fact<Value>>],
    ) -> u32 {
        let bounds = self.evaluation.bounds();
        let holds = |column: usize| {
            let fact = facts.get(column).cloned().flatten().unwrap_or(Fact::Missing);
            decision.matcher.cell(earlier, column).holds(&fact, bounds) == Ok(true)
        };
        let columns = 0..decision.columns.len();
        if !decision.matcher.dates(earlier).hold(self.usual.day) || !columns.clone().all(holds) {
            return 0;
        }
        let open: Vec<usize> = columns.filter(|column| !decision.matcher.cell(earlier, *column).is_any()).collect();
        if open.is_empty() {
            return NEVER;
        }
        if self.collecting {
            for column in open {
                let Some(path) = decision.columns.get(column) else { continue };
                let wanted = row.map_or(&Cell::Any, |row| decision.matcher.cell(row, column));
                let now = facts.get(column).cloned().flatten();
                self.falsify(frame, path, decision.matcher.cell(earlier, column), wanted, now.as_ref());
            }
        }
        EARLIER
    }

    /// One cell holds. What is set directly for it goes into `compound` as well, so that all can be set at once.
    fn cell(
        &mut self,
        frame: Frame<'_>,
        path: &FactPath,
        cell: &Cell,
        now: Option<&Fact<Value>>,
        compound: &mut Vec<Change>,
    ) -> u32 {
        if cell.is_any() || now.is_some_and(|fact| cell.holds(fact, self.evaluation.bounds()) == Ok(true)) {
            return 0;
        }
        let far = match self.program.slots.get(path.slot).map(|entry| entry.slot) {
            Some(Slot::Fact(_) | Slot::Extra(_) | Slot::Item { .. } | Slot::At | Slot::PolicyDate) => FACT,
            Some(Slot::Let { .. }) if now.is_none() => DERIVED + FACT,
            Some(Slot::Let { .. }) => DERIVED,
            Some(Slot::Output { decision, output }) if path.is_whole() => return self.output(decision, output, cell) + 1,
            Some(Slot::Output { .. } | Slot::Clock { .. }) => DERIVED + FACT,
            Some(Slot::Pack(pack)) => return self.pack(pack, cell, compound),
            Some(Slot::Param(_) | Slot::ParamGroup(_) | Slot::Own { .. }) | None => return NEVER,
        };
        if self.collecting {
            let values = self.usual.satisfying(cell, &path.kind);
            self.towards(frame, path, &values, now, compound);
        }
        far
    }

    /// A pack applies: its conditions hold, and the policy date lies in its time.
    fn pack(&mut self, number: usize, cell: &Cell, compound: &mut Vec<Change>) -> u32 {
        let program = self.program;
        let Some(pack) = program.packs.get(number) else { return NEVER };
        if cell.holds(&Fact::Known(Value::Boolean(true)), self.evaluation.bounds()) != Ok(true) {
            return DERIVED + FACT;
        }
        let frame = Frame { decision: None, item: None };
        let facts = self.evaluation.read(None, None, pack.when.iter().map(|condition| &condition.path));
        let mut far = 1;
        for (condition, now) in pack.when.iter().zip(facts) {
            far += self.cell(frame, &condition.path, &condition.cell, now.as_ref(), compound);
        }
        let day = self.usual.day;
        if pack.from.is_some_and(|from| day < from) || pack.until.is_some_and(|until| until < day) {
            far += FACT;
            if self.collecting {
                let days = pack.from.into_iter().chain(pack.until);
                let to = days.map(|day| Step::Set(vec![fact("complaint.policy_date", &Fact::Known(Value::Date(day)))]));
                self.steps.extend(to);
            }
        }
        far
    }

    /// Every condition of a guardrail or plugin holds.
    pub(super) fn conditions(&mut self, decision: Option<usize>, conditions: &'e [Condition]) -> u32 {
        let facts = self.evaluation.read(decision, None, conditions.iter().map(|condition| &condition.path));
        let frame = Frame { decision, item: None };
        let mut compound = Vec::new();
        let fars = conditions.iter().zip(facts).map(|(condition, now)| {
            let own = self.own_output(decision, condition);
            match own {
                Some((decision, output)) => self.produced(decision, output, &condition.cell),
                None => self.cell(frame, &condition.path, &condition.cell, now.as_ref(), &mut compound),
            }
        });
        let far = fars.collect::<Vec<u32>>().into_iter().fold(0, u32::saturating_add);
        if compound.len() > 1 && self.collecting {
            self.steps.push(Step::Set(compound));
        }
        far
    }

    /// The output of its own decision that a condition looks at, in the draft.
    fn own_output(&self, decision: Option<usize>, condition: &Condition) -> Option<(usize, usize)> {
        match self.program.slots.get(condition.path.slot)?.slot {
            Slot::Own { decision, output } => Some((decision, output)),
            Slot::Output { decision: read, output } if Some(read) == decision => Some((read, output)),
            _ => None,
        }
    }

    fn region(&mut self, decision: Option<usize>, cells: &[(FactPath, Cell)]) -> u32 {
        let items = decision.map(|number| self.evaluation.items(number)).unwrap_or_default();
        let found = decision.and_then(|number| self.program.decisions.get(number));
        if let Some(found) = found.filter(|found| found.for_each.is_some() && items.is_empty()) {
            return self.first_item(found) + 2 * FACT;
        }
        let frames: Vec<Option<(usize, &Value)>> =
            if items.is_empty() { vec![None] } else { items.iter().enumerate().map(Some).collect() };
        let mut best = NEVER;
        for item in frames {
            let facts = self.evaluation.read(decision, item.map(|(_, value)| value), cells.iter().map(|(path, _)| path));
            let (mut far, mut compound) = (0u32, Vec::new());
            for ((path, cell), now) in cells.iter().zip(facts) {
                far = far.saturating_add(self.cell(Frame { decision, item }, path, cell, now.as_ref(), &mut compound));
            }
            if compound.len() > 1 && self.collecting {
                self.steps.push(Step::Set(compound));
            }
            best = best.min(far);
        }
        best
    }

    /// A decision with a loop has nothing to decide yet.
    fn first_item(&mut self, decision: &Decision) -> u32 {
        if let (true, Some(list)) = (self.collecting, &decision.for_each)
            && let Some(written) = self.usual.written(&list.kind)
        {
            self.steps.push(Step::Set(vec![Change::Fact { path: list.written.to_string(), to: Some(written) }]));
        }
        FACT
    }
}

/// A slot as a path.
pub(super) fn whole(program: &Program, slot: usize) -> FactPath {
    let name = program.slots.get(slot).map_or_else(|| "".into(), |entry| entry.name.clone());
    FactPath::of_slot(slot, name)
}

/// A fact gets a value.
pub(super) fn fact(path: &str, value: &Fact<Value>) -> Change {
    Change::Fact { path: path.to_owned(), to: written_fact(value) }
}
