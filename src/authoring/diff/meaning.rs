//! What the parts of a policy mean, as text that is the same where the meaning is the same.
//!
//! In its shallow form a name stands for itself: that is how parts are compared one by one. In its deep form a derived input stands for
//! its formula and a parameter for its values, so that a part is the same only where everything is that it is computed from; other
//! decisions still stand for themselves.

use crate::bundle::{MoneyMeaning, ParamPeriod, ParamValue};
use crate::policy::Program;
use crate::policy::compiled::{Because, Condition, Decision, Formula, Guardrail, Hooked, Rule, Verb};
use crate::policy::literal::Literal;
use crate::policy::obligation::{DueLine, Obligation, Start};
use crate::policy::packs::Pack;
use crate::policy::slots::Slot;
use crate::rule::{Bound, Cell, Condition as CellCondition, Interval};
use crate::script::FactPath;
use crate::value::{Currency, Date, Fact, Money, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Long texts that stand for something, each once, by a short one.
#[derive(Debug, Default)]
pub(super) struct Ids {
    known: RefCell<BTreeMap<String, usize>>,
}

impl Ids {
    /// The number of a text, new or known.
    pub(super) fn of(&self, text: String) -> usize {
        let mut known = self.known.borrow_mut();
        let next = known.len();
        *known.entry(text).or_insert(next)
    }
}

/// The day and the currency for which parameters are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct World {
    /// A day of the period at hand.
    pub(super) day: Date,
    /// The currency of the case; none where it is one that no parameter and no rule names.
    pub(super) currency: Option<Currency>,
}

/// The meaning of the parts of one policy.
pub(super) struct Meaning<'p> {
    pub(super) program: &'p Program,
    ids: &'p Ids,
    /// New names of decisions by their old ones.
    renamed: &'p BTreeMap<String, String>,
    deep: bool,
    world: Option<World>,
    /// By their numbers, and whether nothing is assumed, as for guardrails.
    slots: RefCell<BTreeMap<(usize, bool), String>>,
}

impl<'p> Meaning<'p> {
    pub(super) fn shallow(program: &'p Program, ids: &'p Ids, renamed: &'p BTreeMap<String, String>) -> Self {
        Self { program, ids, renamed, deep: false, world: None, slots: RefCell::default() }
    }

    pub(super) fn deep(program: &'p Program, ids: &'p Ids, renamed: &'p BTreeMap<String, String>) -> Self {
        Self { deep: true, ..Self::shallow(program, ids, renamed) }
    }

    /// The same, with parameters that change over time or by currency as they are in one world.
    pub(super) fn within(program: &'p Program, ids: &'p Ids, renamed: &'p BTreeMap<String, String>, world: World) -> Self {
        Self { world: Some(world), ..Self::deep(program, ids, renamed) }
    }

    fn slot(&self, number: usize, strict: bool) -> String {
        if let Some(known) = self.slots.borrow().get(&(number, strict)) {
            return known.clone();
        }
        let text = self.slot_text(number, strict);
        self.slots.borrow_mut().insert((number, strict), text.clone());
        text
    }

    fn slot_text(&self, number: usize, strict: bool) -> String {
        let Some(entry) = self.program.slots.get(number) else { return String::new() };
        match entry.slot {
            Slot::Fact(_) | Slot::Extra(_) if self.deep && !strict => match &entry.assumed {
                Some(assumed) => format!("{}?{}", entry.name, Self::literal(assumed)),
                None => entry.name.to_string(),
            },
            Slot::Param(param) if self.deep => self.param(param),
            Slot::ParamGroup(group) if self.deep => format!("#{}", self.ids.of(self.group(group))),
            Slot::Let { decision, index } if self.deep => {
                let found = self.program.decisions.get(decision).and_then(|decision| decision.lets.get(index));
                let text = found.map_or_else(String::new, |found| format!("{:?} {}", found.kind, self.formula(&found.formula)));
                format!("#{}", self.ids.of(text))
            }
            Slot::Output { decision, output } => {
                let Some(found) = self.program.decisions.get(decision) else { return String::new() };
                let name = self.renamed.get(&*found.name).map_or(&*found.name, String::as_str);
                let output = found.outputs.get(output).map_or("", |output| &*output.name);
                format!("{name}.{output}")
            }
            Slot::Item { .. } => "each".to_owned(),
            Slot::Own { .. } => format!("own.{}", entry.name),
            _ => entry.name.to_string(),
        }
    }

    /// What a parameter says: its value in this world, else all its values.
    fn param(&self, param: usize) -> String {
        if let Some(world) = self.world {
            return self.param_in(param, world);
        }
        format!("#{}", self.ids.of(periods_text(self.program.params.periods(param))))
    }

    fn param_in(&self, param: usize, world: World) -> String {
        match self.program.params.periods(param).iter().find(|period| holds(period, world.day)).map(|period| &period.value) {
            None => "no value".to_owned(),
            Some(ParamValue::Plain(value)) => value_text(value),
            Some(ParamValue::CaseMoney(amount)) => format!("{amount} case"),
            Some(ParamValue::ByCurrency(amounts)) => match world.currency.and_then(|currency| amounts.get(&currency)) {
                Some(amount) => format!("{amount} case"),
                None => "no value".to_owned(),
            },
        }
    }

    fn group(&self, group: usize) -> String {
        let members = self.program.params.members(group).map(|(name, member)| match member {
            Ok(param) => format!("{name}: {}", self.param(param)),
            Err(inner) => format!("{name}: {{{}}}", self.group(inner)),
        });
        members.collect::<Vec<_>>().join(", ")
    }

    /// What a path reads; `strict` where nothing is assumed.
    pub(super) fn path(&self, path: &FactPath, strict: bool) -> String {
        path.normal(&mut |slot| self.slot(slot, strict))
    }

    pub(super) fn formula(&self, formula: &Formula) -> String {
        self.formula_of(formula, false)
    }

    fn formula_of(&self, formula: &Formula, strict: bool) -> String {
        match formula {
            Formula::Literal(literal) => Self::literal(literal),
            Formula::Expression(expression) => format!("= {}", expression.normal(&mut |slot| self.slot(slot, strict))),
        }
    }

    pub(super) fn literal(literal: &Literal) -> String {
        match literal {
            Literal::Plain(Fact::Known(value), _) => value_text(value),
            Literal::Plain(Fact::Missing, _) => "missing".to_owned(),
            Literal::Plain(Fact::Unknown, _) => "unknown".to_owned(),
            Literal::Bare(amount) | Literal::OfCase(amount) => format!("{amount} case"),
        }
    }

    /// A bound with what it means written out where that is the same for every case.
    fn bound(&self, bound: &Bound) -> String {
        match (bound, self.program.money) {
            (Bound::Value(value), _) => value_text(value),
            (Bound::Amount(amount), MoneyMeaning::In(currency)) => value_text(&Money::new(*amount, currency).into()),
            (Bound::Amount(amount), MoneyMeaning::OfCase) => format!("{amount} case"),
            (Bound::Param { slot, .. }, _) => self.slot(*slot, false),
        }
    }

    fn cell_condition(&self, condition: &CellCondition) -> String {
        match condition {
            CellCondition::Equal(bound) => self.bound(bound),
            CellCondition::Compare(comparison, bound) => format!("{comparison:?} {}", self.bound(bound)),
            CellCondition::Within(Interval { from, from_included, to, to_included }) => {
                format!("{} {from_included} to {} {to_included}", self.bound(from), self.bound(to))
            }
            CellCondition::Not(conditions) => format!("not ({})", self.alternatives(conditions)),
            other => other.to_string(),
        }
    }

    /// Alternatives in an order that does not depend on how they were written.
    fn alternatives(&self, conditions: &[CellCondition]) -> String {
        let mut texts: Vec<String> = conditions.iter().map(|condition| self.cell_condition(condition)).collect();
        texts.sort();
        texts.dedup();
        texts.join(" | ")
    }

    pub(super) fn cell(&self, cell: &Cell) -> String {
        if cell.is_any() { "any".to_owned() } else { self.alternatives(cell.conditions()) }
    }

    /// Conditions that all have to hold, in an order that does not depend on how they were written.
    pub(super) fn conditions(&self, conditions: &[Condition], strict: bool) -> String {
        let each = |condition: &Condition| format!("{}: {}", self.path(&condition.path, strict), self.cell(&condition.cell));
        let mut texts: Vec<String> = conditions.iter().filter(|each| !each.cell.is_any()).map(each).collect();
        texts.sort();
        texts.join(" & ")
    }

    /// The conditions of a row, by what they look at; those that hold in every case are left out.
    pub(super) fn row(&self, decision: &Decision, row: usize) -> BTreeMap<String, String> {
        let columns = decision.columns.iter().enumerate().map(|(column, path)| (path, decision.matcher.cell(row, column)));
        columns.filter(|(_, cell)| !cell.is_any()).map(|(path, cell)| (self.path(path, false), self.cell(cell))).collect()
    }

    /// The outputs that a rule gives, defaults put in.
    pub(super) fn outputs(&self, decision: &Decision, rule: &Rule) -> Vec<String> {
        let given = decision.outputs.iter().zip(&rule.then);
        given
            .map(|(output, formula)| match (formula, &output.default) {
                (Some(formula), _) => self.formula(formula),
                (None, Some(default)) => Self::literal(default),
                (None, None) => "missing".to_owned(),
            })
            .collect()
    }

    pub(super) fn because(&self, because: &Because) -> String {
        let mut texts: Vec<String> = because
            .texts
            .iter()
            .map(|(language, template)| format!("{language}: {}", template.normal(&mut |slot| self.slot(slot, false))))
            .collect();
        texts.sort();
        texts.join("\n")
    }

    pub(super) fn hooked(&self, hooked: &Hooked) -> String {
        let settings: Vec<String> =
            hooked.settings.iter().map(|(name, value)| format!("{name}: {}", value_text(value))).collect();
        format!(
            "{} with {settings:?} when {} on failure {} {:?}",
            hooked.body.normal(&mut |slot| self.slot(slot, false)),
            self.conditions(&hooked.when, false),
            hooked.on_failure,
            hooked.quarantine
        )
    }

    /// What a guardrail does, without its name, its reason and when it holds.
    pub(super) fn verb(&self, guardrail: &Guardrail, bounded: Option<&Decision>) -> String {
        let name = |output: usize| {
            let found = bounded.and_then(|decision| decision.outputs.get(output));
            found.map_or_else(|| output.to_string(), |output| output.name.to_string())
        };
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list.join(", ")
        };
        match &guardrail.verb {
            Verb::Cap { output, at } => format!("cap {} at {}", name(*output), self.formula_of(at, true)),
            Verb::Floor { output, at } => format!("floor {} at {}", name(*output), self.formula_of(at, true)),
            Verb::Forbid { values, unless, instead, .. } => {
                let values = values.iter().map(|(output, cell)| format!("{}: {}", name(*output), self.cell(cell))).collect();
                let puts =
                    instead.iter().map(|(output, formula)| format!("{}: {}", name(*output), self.formula_of(formula, true)));
                format!("forbid {} unless {} instead {}", sorted(values), self.conditions(unless, true), sorted(puts.collect()))
            }
            Verb::RequireApproval { roles, second_person } => format!("approval {} {second_person}", roles.join(", ")),
            Verb::Hold { holds } => format!("hold {}", holds.join(", ")),
            Verb::Refer { target } => format!("refer {target}"),
        }
    }

    /// When each pack applies, and the parameters that it sets anew.
    pub(super) fn packs(&self) -> Vec<String> {
        let pack = |pack: &Pack| {
            let when = format!("{} / {}", self.conditions(&pack.when, false), self.conditions(&pack.when, true));
            format!("{} when {when} {:?} {:?}", pack.name, pack.from, pack.until)
        };
        let anew = self
            .program
            .params
            .set_anew()
            .map(|(pack, param)| format!("{pack} {} {}", param.path, periods_text(param.periods())));
        self.program.packs.iter().map(pack).chain(anew).collect()
    }

    /// A clock or a hold, as far as it changes what comes out.
    pub(super) fn obligation(&self, obligation: &Obligation) -> String {
        // What is read there is told both with what is assumed and without: either way is another meaning.
        let conditions = |list: &[Condition]| format!("{} / {}", self.conditions(list, false), self.conditions(list, true));
        let line = |line: &DueLine| {
            let after = match &line.after {
                Start::Fact(path) => format!("{} / {}", self.path(path, false), self.path(path, true)),
                Start::Step { name, .. } => format!("step {name}"),
            };
            let (when, bound) = (conditions(&line.when), line.at_most);
            format!("when {when} within {:?} after {after} at most {bound:?} {:?}", line.within, line.roll)
        };
        let Obligation { id, when, unless, step, due, window, on_breach, holds, calendar, from, until, law, .. } = obligation;
        let due: Vec<String> = due.iter().map(line).collect();
        format!(
            "{id} when {} unless {} step {step:?} due {due:?} {window} breach {on_breach:?} holds {holds:?} {calendar:?} {law:?} {from:?} {until:?}",
            conditions(when),
            conditions(unless)
        )
    }

    /// A guardrail, as far as it changes what comes out.
    pub(super) fn guardrail(&self, guardrail: &Guardrail, bounded: Option<&Decision>) -> String {
        let (when, verb) = (self.conditions(&guardrail.when, true), self.verb(guardrail, bounded));
        format!("{} when {when} from {:?} until {:?}: {verb}", guardrail.id, guardrail.from, guardrail.until)
    }
}

/// Does a value of a parameter hold on a day?
pub(super) fn holds(period: &ParamPeriod, day: Date) -> bool {
    day.is_within(period.from, period.until)
}

fn periods_text(periods: &[ParamPeriod]) -> String {
    let each = |period: &ParamPeriod| format!("{:?} {:?} {}", period.from, period.until, param_text(&period.value));
    periods.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// A value of a parameter, as it is written.
pub(super) fn param_text(value: &ParamValue) -> String {
    match value {
        ParamValue::Plain(value) => value_text(value),
        ParamValue::CaseMoney(amount) => format!("{} case", money_text(*amount)),
        ParamValue::ByCurrency(amounts) => {
            let each = |(currency, amount): (&Currency, &crate::value::Decimal)| {
                format!("{currency}: {}", Money::new(*amount, *currency).amount_text())
            };
            format!("{{{}}}", amounts.iter().map(each).collect::<Vec<_>>().join(", "))
        }
    }
}

/// An amount without its currency: with two digits, unless it has more.
pub(super) fn money_text(amount: crate::value::Decimal) -> String {
    amount.to_fixed(2)
}

/// A value: equal values have equal texts.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(value_text).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
