//! The mutants of a policy: one small change each, of a kind that a slip of the hand makes.

use super::patch::{Home, Patch, matcher, never, rows};
use crate::bundle::{Bundle, ParamValue};
use crate::policy::Program;
use crate::policy::compiled::{Condition, Decision, Formula, Guardrail, Rule, Verb};
use crate::policy::literal::Literal;
use crate::policy::overlap::Apart;
use crate::policy::params::WORKLOAD;
use crate::policy::slots::Slot;
use crate::rule::{Bound, Cell, Comparison, Condition as Wanted, HitPolicy, Interval};
use crate::text::Place;
use crate::value::{Decimal, EnumValue, Fact, Kind, Money, Value};

/// One changed policy.
#[derive(Debug)]
pub(super) struct Mutant {
    /// What is changed, as text: it tells this mutant from every other, and a list of those allowed names it so.
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) patch: Patch,
    pub(super) notice: Notice,
}

/// Which tests could notice.
#[derive(Debug)]
pub(super) enum Notice {
    /// Those in which one cell of a decision now says something else.
    Cell { decision: usize, row: usize, column: usize, now: Cell },
    /// Those in which a rule hits; without a row, its `otherwise`.
    Rule { decision: usize, row: Option<usize> },
    /// Any.
    All,
}

/// Is it the condition that binds a rule to its pack? Nobody writes it, so no hand slips over it.
fn binds(program: &Program, rule: &Rule, slot: usize) -> bool {
    let Some(Slot::Pack(number)) = program.slots.get(slot).map(|entry| entry.slot) else { return false };
    let of = rule.law.as_ref().and_then(|law| law.pack.as_deref());
    of.is_some() && of == program.packs.get(number).map(|pack| &*pack.name)
}

/// All mutants, and how many more were left out because nothing changes by them.
#[derive(Debug, Default)]
pub(super) struct Mutants {
    pub(super) list: Vec<Mutant>,
    pub(super) equivalent: usize,
}

impl Mutants {
    pub(super) fn of(program: &Program, bundle: &Bundle) -> Self {
        let mut all = Self::default();
        for (number, decision) in program.decisions.iter().enumerate() {
            all.of_rules(program, number, decision);
            for (at, plugin) in decision.plugins.iter().enumerate() {
                let name = format!("{}: the plugin is left out", plugin.id);
                all.push(name, &plugin.place, Patch::Plugin { decision: number, at, out: None }, Notice::All);
            }
            for (at, guardrail) in decision.bounds.iter().enumerate() {
                all.of_guardrail(Home { decision: Some(number), at }, guardrail);
            }
        }
        for (at, guardrail) in program.final_guardrails.iter().enumerate() {
            all.of_guardrail(Home { decision: None, at }, guardrail);
        }
        all.of_params(program, bundle);
        all
    }

    fn push(&mut self, name: String, place: &Place, patch: Patch, notice: Notice) {
        if self.list.iter().all(|mutant| mutant.name != name) {
            self.list.push(Mutant { name, place: place.clone(), patch, notice });
        }
    }

    fn of_rules(&mut self, program: &Program, number: usize, decision: &Decision) {
        let table = rows(&decision.matcher, decision.columns.len());
        for (row, rule) in decision.rules.iter().enumerate() {
            let id = format!("{}/{}", decision.name, rule.id);
            let mut without = table.clone();
            if let (Some(changed), Some(never)) = (without.get_mut(row), never()) {
                changed.dates = never;
            }
            if let Some(matcher) = matcher(program, number, without) {
                let notice = Notice::Rule { decision: number, row: Some(row) };
                self.push(
                    format!("{id}: the rule is left out"),
                    &rule.place,
                    Patch::Matcher { decision: number, matcher },
                    notice,
                );
            }
            for (column, path) in decision.columns.iter().enumerate() {
                if binds(program, rule, path.slot) {
                    continue;
                }
                let cell = decision.matcher.cell(row, column);
                for now in cells(cell) {
                    let said = if now.is_any() { "is left out".to_owned() } else { format!("becomes `{}`", now.describe()) };
                    let mut changed = table.clone();
                    if let Some(slot) = changed.get_mut(row).and_then(|row| row.cells.get_mut(column)) {
                        *slot = now.clone();
                    }
                    let Some(matcher) = matcher(program, number, changed) else { continue };
                    let name = format!("{id}: `{}: {}` {said}", path.written, cell.describe());
                    let notice = Notice::Cell { decision: number, row, column, now };
                    self.push(name, &rule.place, Patch::Matcher { decision: number, matcher }, notice);
                }
            }
        }
        let otherwise = decision.otherwise.iter().map(|rule| (None, rule));
        let all = decision.rules.iter().enumerate().map(|(row, rule)| (Some(row), rule)).chain(otherwise);
        for (row, rule) in all {
            self.of_outputs(number, decision, row, rule);
        }
        if decision.hit == HitPolicy::First {
            self.of_order(program, number, decision);
        }
    }

    /// Neighbours change places.
    fn of_order(&mut self, program: &Program, number: usize, decision: &Decision) {
        let apart = Apart::of(decision, &program.grounds());
        for row in 1..decision.rules.len() {
            let (Some(one), Some(other)) = (decision.rules.get(row - 1), decision.rules.get(row)) else { continue };
            if apart.never_both(row - 1, row) {
                self.equivalent += 1;
                continue;
            }
            let mut table = rows(&decision.matcher, decision.columns.len());
            if row < table.len() {
                table.swap(row - 1, row);
            }
            let Some(matcher) = matcher(program, number, table) else { continue };
            let name = format!("{}/{} and {} change places", decision.name, one.id, other.id);
            let notice = Notice::Rule { decision: number, row: Some(row - 1) };
            self.push(name, &one.place, Patch::Swap { decision: number, row: row - 1, matcher }, notice);
        }
    }

    fn of_outputs(&mut self, number: usize, decision: &Decision, row: Option<usize>, rule: &Rule) {
        for (output, declared) in decision.outputs.iter().enumerate() {
            let written = rule.then.get(output).and_then(Option::as_ref);
            let (was, now) = match written {
                Some(Formula::Literal(literal)) => (shown(literal), other_literal(literal, &declared.kind)),
                Some(Formula::Expression(_)) => ("its formula".to_owned(), Some(nothing(&declared.kind))),
                None => continue,
            };
            let Some(now) = now else { continue };
            let name = format!("{}/{}: `{}: {was}` becomes `{}`", decision.name, rule.id, declared.name, shown(&now));
            let patch = Patch::Then { decision: number, row, output, formula: Some(Formula::Literal(now)) };
            self.push(name, &rule.place, patch, Notice::Rule { decision: number, row });
        }
    }

    fn of_guardrail(&mut self, home: Home, guardrail: &Guardrail) {
        let (id, place) = (&guardrail.id, &guardrail.place);
        self.push(format!("{id}: the guardrail is left out"), place, Patch::Guardrail { home, out: None }, Notice::All);
        for (index, condition) in guardrail.when.iter().enumerate() {
            for (said, cell) in left_out_or_reversed(condition) {
                let name = format!("{id}: when `{}: {}` {said}", condition.path.written, condition.cell.describe());
                self.push(name, place, Patch::When { home, index, cell }, Notice::All);
            }
        }
        match &guardrail.verb {
            Verb::Forbid { unless, .. } => {
                for (index, condition) in unless.iter().enumerate() {
                    for (said, cell) in left_out_or_reversed(condition) {
                        let name = format!("{id}: unless `{}: {}` {said}", condition.path.written, condition.cell.describe());
                        self.push(name, place, Patch::Unless { home, index, cell }, Notice::All);
                    }
                }
            }
            Verb::Cap { at: Formula::Literal(literal), .. } | Verb::Floor { at: Formula::Literal(literal), .. } => {
                if let Some(now) = other_literal(literal, &Kind::Money) {
                    let name = format!("{id}: at `{}` becomes `{}`", shown(literal), shown(&now));
                    self.push(name, place, Patch::At { home, formula: Formula::Literal(now) }, Notice::All);
                }
            }
            _ => {}
        }
    }

    fn of_params(&mut self, program: &Program, bundle: &Bundle) {
        // What work takes changes no decision.
        let of_work = |path: &str| path.strip_prefix("params.").is_some_and(|path| path.split('.').next() == Some(WORKLOAD));
        for (param, found) in program.params.list.iter().enumerate().filter(|(_, found)| !of_work(&found.path)) {
            let doc = bundle.manifest.params.iter().find(|doc| format!("params.{}", doc.path.join(".")) == found.path);
            let Some(place) = doc.map(|doc| doc.place.clone()) else { continue };
            for period in 0..found.periods().len() {
                let Some(value) = found.periods().get(period).map(|period| &period.value) else { continue };
                for value_now in other_params(value) {
                    let matchers: Option<Vec<_>> = reading(program, param)
                        .map(|number| {
                            let decision = program.decisions.get(number)?;
                            let table = rows(&decision.matcher, decision.columns.len());
                            matcher(program, number, table).map(|matcher| (number, matcher))
                        })
                        .collect();
                    let Some(matchers) = matchers else { continue };
                    let name = format!("{}: `{}` becomes `{}`", found.path, param_text(value), param_text(&value_now));
                    self.push(name, &place, Patch::Param { param, period, value: value_now, matchers }, Notice::All);
                }
            }
        }
    }
}

/// The decisions with a cell that names a parameter as its bound.
fn reading(program: &Program, param: usize) -> impl Iterator<Item = usize> {
    let names = move |bound: &Bound| match bound {
        Bound::Param { slot, .. } => {
            matches!(program.slots.get(*slot).map(|entry| entry.slot), Some(crate::policy::slots::Slot::Param(read)) if read == param)
        }
        Bound::Value(_) | Bound::Amount(_) => false,
    };
    program
        .decisions
        .iter()
        .enumerate()
        .filter(move |(_, decision)| {
            let cells = (0..decision.matcher.len()).flat_map(|row| (0..decision.columns.len()).map(move |column| (row, column)));
            let mut found = false;
            for (row, column) in cells {
                decision.matcher.cell(row, column).each_bound(&mut |bound, _| found |= names(bound));
            }
            found
        })
        .map(|(number, _)| number)
}

/// What a cell may become: without it, one alternative less, the bound in or out, a whole number or a day further.
fn cells(cell: &Cell) -> Vec<Cell> {
    let Cell::OneOf(conditions) = cell else { return Vec::new() };
    let mut found = vec![Cell::Any];
    for (at, condition) in conditions.iter().enumerate() {
        if conditions.len() > 1 {
            let fewer = conditions.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, each)| each.clone());
            found.push(Cell::OneOf(fewer.collect()));
        }
        for changed in moved(condition) {
            let with = |(other, each): (usize, &Wanted)| if other == at { changed.clone() } else { each.clone() };
            found.push(Cell::OneOf(conditions.iter().enumerate().map(with).collect()));
        }
    }
    found
}

fn moved(condition: &Wanted) -> Vec<Wanted> {
    match condition {
        Wanted::Compare(comparison, bound) => {
            let turned = match comparison {
                Comparison::AtLeast => Comparison::Over,
                Comparison::Over => Comparison::AtLeast,
                Comparison::AtMost => Comparison::Under,
                Comparison::Under => Comparison::AtMost,
            };
            let mut found = vec![Wanted::Compare(turned, bound.clone())];
            // The other way, by one: a bound in or out says it for the one side only.
            let down = matches!(comparison, Comparison::AtLeast | Comparison::Under);
            if let Bound::Value(Value::Integer(number)) = bound {
                let number = if down { number.saturating_sub(1) } else { number.saturating_add(1) };
                found.push(Wanted::Compare(*comparison, Bound::Value(Value::Integer(number))));
            }
            if let Bound::Value(Value::Date(day)) = bound
                && let Ok(day) = day.plus_days(if down { -1 } else { 1 })
            {
                found.push(Wanted::Compare(*comparison, Bound::Value(Value::Date(day))));
            }
            found
        }
        Wanted::Within(interval) => vec![
            Wanted::Within(Interval { from_included: !interval.from_included, ..interval.clone() }),
            Wanted::Within(Interval { to_included: !interval.to_included, ..interval.clone() }),
        ],
        Wanted::Equal(Bound::Value(Value::Integer(number))) => {
            vec![Wanted::Equal(Bound::Value(Value::Integer(number.saturating_add(1))))]
        }
        Wanted::Equal(Bound::Value(Value::Boolean(flag))) => vec![Wanted::Equal(Bound::Value(Value::Boolean(!flag)))],
        _ => Vec::new(),
    }
}

fn left_out_or_reversed(condition: &Condition) -> Vec<(&'static str, Cell)> {
    let Cell::OneOf(conditions) = &condition.cell else { return Vec::new() };
    vec![("is left out", Cell::Any), ("is reversed", Cell::OneOf(vec![Wanted::Not(conditions.clone())]))]
}

/// Another value of the kind.
fn other_literal(literal: &Literal, kind: &Kind) -> Option<Literal> {
    let one = Decimal::new(1, 0);
    Some(match literal {
        Literal::Bare(amount) => Literal::Bare(amount.plus(one).ok()?),
        Literal::OfCase(amount) => Literal::OfCase(amount.plus(one).ok()?),
        Literal::Plain(Fact::Known(value), _) => Literal::plain(Fact::Known(match value {
            Value::Boolean(flag) => Value::Boolean(!flag),
            Value::Integer(number) => Value::Integer(number.saturating_add(1)),
            Value::Decimal(number) => Value::Decimal(number.plus(one).ok()?),
            Value::Money(money) => Value::Money(Money::new(money.amount().plus(one).ok()?, money.currency())),
            Value::Text(text) => Value::text(format!("{text}, changed")),
            Value::Enum(name) => {
                let Kind::Enum(names) = kind else { return None };
                let next = (usize::from(name.position()) + 1) % names.names.len().max(1);
                let next = EnumValue::at(names, u16::try_from(next).ok()?)?;
                if next.position() == name.position() {
                    return None;
                }
                Value::Enum(next)
            }
            Value::Date(day) => Value::Date(day.plus_days(1).ok()?),
            _ => return None,
        })),
        Literal::Plain(..) => return None,
    })
}

/// Nothing, in place of a formula.
fn nothing(kind: &Kind) -> Literal {
    match kind {
        Kind::Money => Literal::Bare(Decimal::ZERO),
        Kind::Integer => Literal::plain(Fact::Known(Value::Integer(0))),
        Kind::Decimal => Literal::plain(Fact::Known(Value::Decimal(Decimal::ZERO))),
        Kind::Boolean => Literal::plain(Fact::Known(Value::Boolean(false))),
        _ => Literal::plain(Fact::Missing),
    }
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Bare(amount) | Literal::OfCase(amount) => amount.to_fixed(2),
        Literal::Plain(Fact::Known(value), _) => value.to_string(),
        Literal::Plain(..) => "missing".to_owned(),
    }
}

/// A figure a tenth more and a tenth less, a whole number one more and one less, a flag the other way.
fn other_params(value: &ParamValue) -> Vec<ParamValue> {
    let tenth = |number: Decimal, mantissa| number.times(Decimal::new(mantissa, 1)).ok();
    match value {
        ParamValue::Plain(Value::Integer(number)) => {
            [number.saturating_add(1), number.saturating_sub(1)].map(|number| ParamValue::Plain(Value::Integer(number))).to_vec()
        }
        ParamValue::Plain(Value::Decimal(number)) if number.is_zero() => {
            vec![ParamValue::Plain(Value::Decimal(Decimal::new(1, 0)))]
        }
        ParamValue::Plain(Value::Decimal(number)) => [11, 9]
            .into_iter()
            .filter_map(|by| tenth(*number, by))
            .map(|number| ParamValue::Plain(Value::Decimal(number)))
            .collect(),
        ParamValue::Plain(Value::Money(money)) => [11, 9]
            .into_iter()
            .filter_map(|by| tenth(money.amount(), by))
            .map(|amount| ParamValue::Plain(Value::Money(Money::new(amount, money.currency()))))
            .collect(),
        ParamValue::Plain(Value::Boolean(flag)) => vec![ParamValue::Plain(Value::Boolean(!flag))],
        ParamValue::Plain(_) => Vec::new(),
        ParamValue::CaseMoney(amount) if amount.is_zero() => vec![ParamValue::CaseMoney(Decimal::new(10, 0))],
        ParamValue::CaseMoney(amount) => {
            [11, 9].into_iter().filter_map(|by| tenth(*amount, by)).map(ParamValue::CaseMoney).collect()
        }
        ParamValue::ByCurrency(amounts) => [11, 9]
            .into_iter()
            .map(|by| {
                let each = amounts.iter().filter_map(|(currency, amount)| Some((*currency, tenth(*amount, by)?)));
                ParamValue::ByCurrency(each.collect())
            })
            .collect(),
    }
}

fn param_text(value: &ParamValue) -> String {
    match value {
        ParamValue::Plain(value) => value.to_string(),
        ParamValue::CaseMoney(amount) => amount.to_fixed(2),
        ParamValue::ByCurrency(amounts) => {
            let each: Vec<String> =
                amounts.iter().map(|(currency, amount)| format!("{} {}", amount.to_fixed(2), currency.code())).collect();
            each.join(", ")
        }
    }
}
