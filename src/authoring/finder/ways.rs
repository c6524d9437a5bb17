//! Ways to a value that is computed: the rules that give an output, the facts that a formula reads, the drafts that guardrails bound.

use super::candidates::{beside, number_of};
use super::document::Change;
use super::reach::{Hook, NEVER, Probe, Reach, Step, fact, whole};
use super::turns::set;
use crate::limits::FINDER_DEPTH_MAX;
use crate::policy::compiled::{Decision, Formula, Verb};
use crate::policy::slots::Slot;
use crate::rule::Cell;
use crate::value::{DateTime, Decimal, Duration, Fact, Kind, Value};

/// What is computed has to come out otherwise.
pub(super) const COMPUTED: u32 = 3;
/// How many ways to an output are followed in one step.
const WAYS_MAX: usize = 5;
/// How many values are tried for one fact that a formula reads.
const VALUES_MAX: usize = 24;

/// A way to an output.
#[derive(Clone, Copy)]
enum Way {
    /// A rule; is its value computed?
    Rule { row: Option<usize>, computed: bool },
    /// The value of a decision that is a formula, or a script.
    Body,
    /// What a plugin makes of it.
    Plugin(usize),
    /// What a guardrail puts in its place.
    Instead(usize),
}

impl<'e> Reach<'e, '_> {
    /// An output satisfies a cell, in the end.
    pub(super) fn output(&mut self, number: usize, output: usize, cell: &Cell) -> u32 {
        let now = self.evaluation.output_at(number, output);
        if now.as_ref().is_some_and(|fact| cell.holds(fact, self.evaluation.bounds()) == Ok(true)) {
            return 0;
        }
        let far = self.produced(number, output, cell).max(1);
        far.saturating_add(self.let_pass(number, output, cell))
    }

    /// Something that decides gives an output that satisfies a cell, whatever guardrails make of it.
    pub(super) fn produced(&mut self, number: usize, output: usize, cell: &Cell) -> u32 {
        let Some(decision) = self.program.decisions.get(number) else { return NEVER };
        let collecting = std::mem::replace(&mut self.collecting, false);
        let mut ways: Vec<(u32, Way)> = Vec::new();
        for way in self.ways(decision, output, cell) {
            let far = match way {
                Way::Rule { row, computed } => match (self.rule_far(number, row), computed) {
                    (0, true) => COMPUTED,
                    (far, true) => far + 1,
                    (far, false) => far,
                },
                Way::Body => COMPUTED,
                Way::Plugin(at) => self.plugin(number, decision, at).saturating_add(COMPUTED),
                Way::Instead(at) => self.bound(number, at).saturating_add(1),
            };
            ways.push((far, way));
        }
        self.collecting = collecting;
        ways.sort_by_key(|(far, _)| *far);
        let best = ways.first().map_or(NEVER, |(far, _)| *far);
        if collecting {
            for (far, way) in ways.into_iter().take(WAYS_MAX).filter(|(far, _)| *far < NEVER) {
                self.follow(number, decision, output, cell, (far, way));
            }
        }
        best
    }

    fn rule_far(&mut self, number: usize, row: Option<usize>) -> u32 {
        use super::goal::Goal;
        self.goal(&Goal::Rule { decision: number, row })
    }

    fn ways(&self, decision: &Decision, output: usize, cell: &Cell) -> Vec<Way> {
        let bounds = self.evaluation.bounds();
        let satisfies = |literal| self.evaluation.literal(literal).is_some_and(|fact| cell.holds(&fact, bounds) == Ok(true));
        let mut ways = Vec::new();
        let default = decision.outputs.get(output).and_then(|output| output.default.as_ref());
        let rows = decision.rules.iter().enumerate().map(|(row, rule)| (Some(row), rule));
        for (row, rule) in rows.chain(decision.otherwise.iter().map(|rule| (None, rule))) {
            match (rule.then.get(output), default) {
                (Some(Some(Formula::Literal(literal))), _) | (Some(None), Some(literal)) if satisfies(literal) => {
                    ways.push(Way::Rule { row, computed: false });
                }
                (Some(Some(Formula::Expression(_))), _) => ways.push(Way::Rule { row, computed: true }),
                _ => {}
            }
        }
        if decision.script.is_some() || decision.outputs.get(output).is_some_and(|output| output.formula.is_some()) {
            ways.push(Way::Body);
        }
        ways.extend((0..decision.plugins.len()).map(Way::Plugin));
        for (at, guardrail) in decision.bounds.iter().enumerate() {
            if let Verb::Forbid { instead, .. } = &guardrail.verb
                && instead
                    .iter()
                    .any(|(put, formula)| *put == output && matches!(formula, Formula::Literal(literal) if satisfies(literal)))
            {
                ways.push(Way::Instead(at));
            }
        }
        ways
    }

    fn follow(&mut self, number: usize, decision: &'e Decision, output: usize, cell: &Cell, (far, way): (u32, Way)) {
        let kind = decision.outputs.get(output).map_or(Kind::Text, |output| output.kind.clone());
        let targets = self.usual.satisfying(cell, &kind);
        let probe = Probe::Output { decision: number, output };
        let now = self.evaluation.output_at(number, output);
        match way {
            Way::Rule { row, computed } => {
                self.rule_far(number, row);
                let rule = row.map_or(decision.otherwise.as_ref(), |row| decision.rules.get(row));
                if let (true, true, Some(Some(formula))) =
                    (computed, far <= COMPUTED, rule.and_then(|rule| rule.then.get(output)))
                {
                    for item in self.runs(number) {
                        self.derive(formula.reads(), Some(number), item, &probe, now.as_ref(), &targets);
                    }
                }
            }
            Way::Body => {
                let formula = decision.outputs.get(output).and_then(|output| output.formula.as_ref());
                let reads = formula.map_or(decision.reading.as_slice(), Formula::reads);
                self.derive(reads, Some(number), None, &probe, now.as_ref(), &targets);
            }
            Way::Plugin(at) => {
                self.plugin(number, decision, at);
                self.derive(&decision.reading, Some(number), None, &probe, now.as_ref(), &targets);
            }
            Way::Instead(at) => drop(self.bound(number, at)),
        }
    }

    /// A plugin runs.
    pub(super) fn plugin(&mut self, number: usize, decision: &'e Decision, at: usize) -> u32 {
        if !self.running.insert((number, Hook::Plugin(at))) {
            return NEVER;
        }
        let far = decision.plugins.get(at).map_or(NEVER, |plugin| self.conditions(Some(number), &plugin.when));
        self.running.remove(&(number, Hook::Plugin(at)));
        far
    }

    /// The runs of a decision: its items, or one without an item.
    fn runs(&self, number: usize) -> Vec<Option<usize>> {
        let items = self.evaluation.items(number).len();
        if items == 0 { vec![None] } else { (0..items.min(2)).map(Some).collect() }
    }

    /// Steps that change something a decision reads.
    pub(super) fn changes_something(&mut self, number: usize) -> u32 {
        if self.collecting
            && let Some(decision) = self.program.decisions.get(number)
        {
            let probe = Probe::Output { decision: number, output: 0 };
            for item in self.runs(number) {
                self.derive(&decision.reading, Some(number), item, &probe, None, &[]);
            }
        }
        1
    }

    /// Steps that change what is computed from some slots, towards one of several values where these are numbers.
    pub(super) fn derive(
        &mut self,
        reads: &[usize],
        decision: Option<usize>,
        item: Option<usize>,
        probe: &Probe,
        now: Option<&Fact<Value>>,
        targets: &[Fact<Value>],
    ) {
        if self.depth >= FINDER_DEPTH_MAX {
            return;
        }
        self.depth += 1;
        let peers: Vec<Value> = reads
            .iter()
            .filter_map(|slot| self.evaluation.read(None, None, [&whole(self.program, *slot)]).pop().flatten())
            .filter_map(|fact| fact.known().cloned())
            .collect();
        for slot in reads {
            match self.program.slots.get(*slot).map(|entry| entry.slot) {
                Some(Slot::Let { decision: home, index }) => {
                    let found = self.program.decisions.get(home).and_then(|found| found.lets.get(index));
                    let reads = found.map_or(&[][..], |found| found.formula.reads());
                    self.derive(reads, decision, item, probe, now, targets);
                }
                Some(Slot::Output { decision: read, output }) if Some(read) != decision => {
                    self.other_output(read, output, probe, now, targets);
                }
                _ => {
                    self.solve(*slot, probe, now, targets);
                    self.values_of(*slot, decision, item, &peers);
                }
            }
        }
        self.depth -= 1;
    }

    /// Another decision comes out otherwise.
    fn other_output(&mut self, number: usize, output: usize, probe: &Probe, now: Option<&Fact<Value>>, targets: &[Fact<Value>]) {
        let Some(decision) = self.program.decisions.get(number) else { return };
        let collecting = std::mem::replace(&mut self.collecting, false);
        let rows = (0..decision.rules.len()).map(Some).chain(decision.otherwise.iter().map(|_| None));
        let mut fars: Vec<(u32, Option<usize>)> = rows.map(|row| (self.rule_far(number, row), row)).collect();
        self.collecting = collecting;
        fars.sort_by_key(|(far, _)| *far);
        for (far, row) in fars.into_iter().take(WAYS_MAX + 1) {
            let rule = row.map_or(decision.otherwise.as_ref(), |row| decision.rules.get(row));
            match (far, rule.and_then(|rule| rule.then.get(output))) {
                (0, Some(Some(formula))) => {
                    for item in self.runs(number) {
                        self.derive(formula.reads(), Some(number), item, probe, now, targets);
                    }
                }
                (0, _) => {}
                _ => drop(self.rule_far(number, row)),
            }
        }
        if decision.rules.is_empty() {
            let formula = decision.outputs.get(output).and_then(|output| output.formula.as_ref());
            let reads = formula.map_or(decision.reading.as_slice(), Formula::reads).to_vec();
            self.derive(&reads, Some(number), None, probe, now, targets);
        }
    }

    /// Any value of something that is read.
    pub(super) fn any_value(&mut self, slot: usize, decision: Option<usize>, item: Option<usize>) {
        self.values_of(slot, decision, item, &[]);
    }

    fn values_of(&mut self, slot: usize, _decision: Option<usize>, item: Option<usize>, peers: &[Value]) {
        let Some(entry) = self.program.slots.get(slot) else { return };
        let (kind, path) = match entry.slot {
            Slot::Fact(_) => (entry.fact.map(|spec| spec.kind.clone()), entry.name.to_string()),
            Slot::Extra(at) => (self.program.extras.get(at).map(|extra| extra.kind.clone()), entry.name.to_string()),
            Slot::Item { decision } => return self.fields_of_item(decision, item.unwrap_or(0)),
            Slot::At => {
                let days = [0, 1, 3, 10, 20, 40, 70, 100, 400];
                let times = days.into_iter().filter_map(|days| self.usual.time.plus(Duration::from_seconds(days * 86_400)).ok());
                return self.steps.extend(times.map(|time: DateTime| Step::Set(vec![Change::At(time)])).collect::<Vec<_>>());
            }
            _ => return,
        };
        let Some(kind) = kind else { return };
        let mut values: Vec<Fact<Value>> = Vec::new();
        let same = |value: &&Value| value.kind() == kind;
        for peer in peers.iter().filter(same) {
            let beside = beside(peer);
            values.extend(std::iter::once(peer.clone()).chain(beside).map(Fact::Known));
        }
        for cell in self.cells.get(&slot).map_or(&[][..], Vec::as_slice) {
            values.extend(self.usual.around(cell, &kind).into_iter().filter(Fact::is_known).take(6));
        }
        values.extend(self.usual.around(&Cell::Any, &kind));
        let mut seen: Vec<Fact<Value>> = Vec::new();
        for value in values {
            if !seen.contains(&value) && seen.len() < VALUES_MAX {
                seen.push(value);
            }
        }
        for value in seen {
            let changes = set(&path, &kind, &value);
            self.steps.extend(changes.into_iter().map(|change| Step::Set(vec![change])));
        }
        if matches!(kind, Kind::Record(_) | Kind::List(_))
            && let Some(written) = self.usual.written(&kind)
        {
            self.one_more(slot, &path);
            self.one_of_each(&path, &kind, &written);
            self.steps.push(Step::Set(vec![Change::Fact { path, to: Some(written) }]));
        }
    }

    /// A list has one more item, like its last.
    fn one_more(&mut self, slot: usize, path: &str) {
        let now = self.evaluation.read(None, None, [&whole(self.program, slot)]).pop().flatten();
        if let Some(Fact::Known(Value::List(items))) = now
            && let Some(last) = items.last()
        {
            let path = format!("{path}.{}", items.len());
            self.steps.push(Step::Set(vec![fact(&path, &Fact::Known(last.clone()))]));
        }
    }

    /// A list has one item, with each member of what its fields may be.
    fn one_of_each(&mut self, path: &str, kind: &Kind, written: &serde_json::Value) {
        let Kind::List(item) = kind else { return };
        let Kind::Record(record) = &**item else { return };
        for field in record.fields.iter().filter(|field| matches!(field.kind, Kind::Enum(_) | Kind::Boolean)) {
            for value in self.usual.usual(&field.kind).into_iter().take(VALUES_MAX) {
                let list = Change::Fact { path: path.to_owned(), to: Some(written.clone()) };
                let one = fact(&format!("{path}.0.{}", field.name), &Fact::Known(value));
                self.steps.push(Step::Set(vec![list, one]));
            }
        }
    }

    fn fields_of_item(&mut self, decision: usize, item: usize) {
        let list = self.program.decisions.get(decision).and_then(|found| found.for_each.as_ref());
        let Some((Kind::List(kind), written)) = list.map(|list| (list.kind.clone(), list.written.clone())) else { return };
        let Kind::Record(record) = *kind else { return };
        for field in &record.fields {
            let path = format!("{written}.{item}.{}", field.name);
            for value in self.usual.around(&Cell::Any, &field.kind).into_iter().take(VALUES_MAX) {
                self.steps.push(Step::Set(vec![fact(&path, &value)]));
            }
        }
    }

    /// A number is to reach one of several targets: a fact that it is computed from is solved for it, a day is moved by the difference.
    fn solve(&mut self, slot: usize, probe: &Probe, now: Option<&Fact<Value>>, targets: &[Fact<Value>]) {
        let Some(entry) = self.program.slots.get(slot) else { return };
        let Some(now) = now.and_then(Fact::known).and_then(number_of) else { return };
        let wanted = targets.iter().filter_map(Fact::known).filter_map(number_of);
        let targets: Vec<Decimal> = wanted.take(4).collect();
        let fact_now = self.evaluation.read(None, None, [&whole(self.program, slot)]).pop().flatten();
        let from = fact_now.and_then(|fact| fact.known().cloned());
        let extra = |at: usize| self.program.extras.get(at).map(|extra| extra.kind.clone());
        let kind =
            entry.fact.map(|spec| spec.kind.clone()).or_else(|| if let Slot::Extra(at) = entry.slot { extra(at) } else { None });
        match (entry.slot, kind, &from) {
            (Slot::Fact(_) | Slot::Extra(_), Some(kind @ (Kind::Integer | Kind::Decimal | Kind::Money)), _)
                if !targets.is_empty() =>
            {
                let path = entry.name.to_string();
                self.steps.push(Step::Solve { path, kind, from, probe: probe.clone(), now, targets });
            }
            (Slot::Fact(_) | Slot::Extra(_) | Slot::At, _, Some(Value::Date(_) | Value::DateTime(_))) => {
                for days in targets.iter().filter_map(|target| target.minus(now).ok()?.to_integer()) {
                    for days in [days, -days] {
                        self.move_day(entry.slot, &entry.name, from.as_ref(), days);
                    }
                }
            }
            _ => {}
        }
    }

    fn move_day(&mut self, slot: Slot, name: &str, from: Option<&Value>, days: i64) {
        let seconds = Duration::from_seconds(days.saturating_mul(86_400));
        let change = match (slot, from) {
            (Slot::At, Some(Value::DateTime(time))) => time.plus(seconds).ok().map(Change::At),
            (_, Some(Value::Date(day))) => day.plus_days(days).ok().map(|day| fact(name, &Fact::Known(Value::Date(day)))),
            (_, Some(Value::DateTime(time))) => {
                time.plus(seconds).ok().map(|time| fact(name, &Fact::Known(Value::DateTime(time))))
            }
            _ => None,
        };
        self.steps.extend(change.map(|change| Step::Set(vec![change])));
    }
}
