//! Rules that may not match at once: `unique` and `any` decisions are checked when the bundle is loaded.
//!
//! Two rules overlap when every column has a value that both admit; such a case is shown. Where a column is a derived input or the
//! output of another decision, its values may hang together with those of other columns, so that a common value in every column
//! proves nothing: that is the warning *not proven*. The check at run time stays in either case.

use super::compiled::{Decision, Formula};
use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::case::registry;
use crate::limits::{OVERLAP_PAIRS_MAX, OVERLAPS_REPORTED_MAX};
use crate::rule::cell::scale::Scale;
use crate::rule::{Bound, Bounds, Cell, HitPolicy, RowDates};
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{Currency, Decimal, EnumValue, Fact, Kind, Money, Trouble, Value};

/// Checks every decision whose rules may not overlap.
pub(crate) fn check(decisions: &[Decision], slots: &SlotTable, params: &Params, out: &mut Diagnostics) {
    for decision in decisions.iter().filter(|decision| decision.hit.forbids_overlap()) {
        check_one(decision, &Constants { params, slots }, slots, out);
    }
}

fn check_one(decision: &Decision, bounds: &Constants<'_>, slots: &SlotTable, out: &mut Diagnostics) {
    let rows = decision.matcher.len();
    let pairs = rows * rows.saturating_sub(1) / 2;
    if pairs > OVERLAP_PAIRS_MAX {
        let message = format!(
            "the {rows} rules of `{}` are too many to prove that no two of them match at once; the check while deciding stays",
            decision.name
        );
        out.push(
            Diagnostic::at(Code::NotProven, &decision.place, message).warning().help("use `hit: first` if the order decides"),
        );
        return;
    }
    let columns: Vec<Column> = (0..decision.columns.len()).map(|column| Column::new(decision, column, bounds)).collect();
    let free = decision.columns.iter().all(|path| {
        path.is_whole()
            && matches!(slots.get(path.slot).map(|entry| entry.slot), Some(Slot::Fact(_) | Slot::Extra(_)))
            && registry().find(&path.written).and_then(|id| registry().spec(id)).is_none_or(|spec| !spec.projection)
    });
    let mut reported = 0;
    for second in 0..rows {
        for first in 0..second {
            if !same_days(decision.matcher.dates(first), decision.matcher.dates(second))
                || columns.iter().any(|column| column.apart(first, second))
                || (decision.hit == HitPolicy::Any && agree(decision, first, second))
            {
                continue;
            }
            // Rules that repeat each other would give as many findings as there are pairs of them.
            if reported == OVERLAPS_REPORTED_MAX {
                let message =
                    format!("more rules of `{}` may match at once than the {reported} pairs that are shown", decision.name);
                out.push(Diagnostic::at(Code::NotProven, &decision.place, message).warning().help("mend these first"));
                return;
            }
            reported += 1;
            report(decision, &columns, bounds, free, first, second, out);
        }
    }
}

fn same_days(one: RowDates, other: RowDates) -> bool {
    let starts_before_end = |start: RowDates, end: RowDates| match (start.from, end.until) {
        (Some(from), Some(until)) => from <= until,
        _ => true,
    };
    starts_before_end(one, other) && starts_before_end(other, one)
}

/// Do two rules say the same, as far as literals tell?
fn agree(decision: &Decision, first: usize, second: usize) -> bool {
    let (Some(first), Some(second)) = (decision.rules.get(first), decision.rules.get(second)) else { return false };
    first.then.iter().zip(&second.then).all(|pair| match pair {
        (None, None) => true,
        (Some(Formula::Literal(one)), Some(Formula::Literal(other))) => one == other,
        _ => false,
    })
}

fn report(
    decision: &Decision,
    columns: &[Column],
    bounds: &Constants<'_>,
    free: bool,
    first: usize,
    second: usize,
    out: &mut Diagnostics,
) {
    let (Some(one), Some(other)) = (decision.rules.get(first), decision.rules.get(second)) else { return };
    let mut witness = Vec::new();
    for (at, (column, path)) in columns.iter().zip(&decision.columns).enumerate() {
        let (a, b) = (decision.matcher.cell(first, at), decision.matcher.cell(second, at));
        match column.common(a, b, bounds) {
            Some(_) if a.is_any() && b.is_any() => {}
            Some(value) => witness.push(format!("{} = {}", path.written, shown(&value))),
            None => {
                let message = format!(
                    "it is not proven that `{}` and `{}` never match at once; the check while deciding stays",
                    one.id, other.id
                );
                let help = "write `hit: first` if the order decides";
                out.push(
                    Diagnostic::at(Code::NotProven, &other.place, message)
                        .warning()
                        .label(&one.place, "the other rule")
                        .help(help),
                );
                return;
            }
        }
    }
    let case = if witness.is_empty() { "every case".to_owned() } else { format!("a case with {}", witness.join(", ")) };
    if free {
        let message = format!("`{}` and `{}` both match {case}", one.id, other.id);
        let help = if decision.hit == HitPolicy::Unique {
            "narrow one of them, or write `hit: first` if the order decides"
        } else {
            "let both say the same, narrow one of them, or write `hit: first`"
        };
        out.push(Diagnostic::at(Code::Overlap, &other.place, message).label(&one.place, "the other rule").help(help));
    } else {
        let message =
            format!("it is not proven that `{}` and `{}` never match at once: both would match {case}", one.id, other.id);
        let help = "derived inputs may rule such a case out; the check while deciding stays";
        out.push(Diagnostic::at(Code::NotProven, &other.place, message).warning().label(&one.place, "the other rule").help(help));
    }
}

fn shown(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Missing => "missing".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => value.to_string(),
    }
}

/// A column: which segments each row admits, and values to try.
struct Column {
    rows: Vec<Admitted>,
    candidates: Vec<Fact<Value>>,
}

struct Admitted {
    ranges: Vec<(usize, usize)>,
    missing: bool,
    unknown: bool,
}

impl Column {
    fn new(decision: &Decision, column: usize, constants: &Constants<'_>) -> Self {
        let kind = decision.columns.get(column).map_or(Kind::Text, |path| path.kind.clone());
        let cells: Vec<&Cell> = (0..decision.matcher.len()).map(|row| decision.matcher.cell(row, column)).collect();
        let mut bounds: Vec<&Bound> = Vec::new();
        for cell in &cells {
            cell.each_bound(&mut |bound, _| bounds.push(bound));
        }
        let scale = Scale::new(&kind, &bounds, 2 * bounds.len() + 3 + members(&kind).len());
        let rows = cells.iter().map(|cell| Admitted {
            ranges: match cell {
                Cell::Any => vec![(0, scale.len())],
                Cell::OneOf(conditions) => scale.coverage_of_any(conditions).ranges().to_vec(),
            },
            missing: cell.holds(&Fact::Missing, constants).unwrap_or(true),
            unknown: cell.holds(&Fact::Unknown, constants).unwrap_or(true),
        });
        let rows = rows.collect();
        let mut candidates: Vec<Fact<Value>> = members(&kind).into_iter().map(Fact::Known).collect();
        for bound in bounds {
            candidates.extend(constants.value(bound).map_or_else(Vec::new, |value| around(&value)).into_iter().map(Fact::Known));
        }
        candidates.extend(constants.any_value(&kind).map(Fact::Known));
        candidates.extend([Fact::Missing, Fact::Unknown]);
        Self { rows, candidates }
    }

    /// Is it certain that no value satisfies both rows?
    fn apart(&self, first: usize, second: usize) -> bool {
        let (Some(one), Some(other)) = (self.rows.get(first), self.rows.get(second)) else { return false };
        let common = one
            .ranges
            .iter()
            .any(|(from, to)| other.ranges.iter().any(|(other_from, other_to)| from.max(other_from) < to.min(other_to)));
        let both = (one.missing && other.missing) || (one.unknown && other.unknown);
        !(common || both)
    }

    /// A value that satisfies both cells.
    fn common(&self, one: &Cell, other: &Cell, bounds: &Constants<'_>) -> Option<Fact<Value>> {
        let holds = |cell: &Cell, fact: &Fact<Value>| cell.holds(fact, bounds) == Ok(true);
        self.candidates.iter().find(|fact| holds(one, fact) && holds(other, fact)).cloned()
    }
}

/// Every value of a kind that has few.
fn members(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        Kind::Enum(names) => (0..).map_while(|position| EnumValue::at(names, position)).map(Value::Enum).collect(),
        _ => Vec::new(),
    }
}

/// A value, and its neighbours where its kind has some.
fn around(value: &Value) -> Vec<Value> {
    let step = Decimal::new(1, 2);
    let mut near = vec![value.clone()];
    match value {
        Value::Integer(number) => {
            near.extend([number.checked_add(1), number.checked_sub(1)].into_iter().flatten().map(Value::Integer));
        }
        Value::Decimal(number) => near.extend([number.plus(step), number.minus(step)].into_iter().flatten().map(Value::Decimal)),
        Value::Money(money) => {
            let amounts = [money.amount().plus(step), money.amount().minus(step)].into_iter().flatten();
            near.extend(amounts.map(|amount| Value::Money(Money::new(amount, money.currency()))));
        }
        Value::Date(date) => near.extend([date.plus_days(1), date.plus_days(-1)].into_iter().flatten().map(Value::Date)),
        Value::Text(text) => near.push(Value::text(format!("{text} or another"))),
        _ => {}
    }
    near
}

/// Bounds as far as they are the same for every case.
struct Constants<'a> {
    params: &'a Params,
    slots: &'a SlotTable,
}

impl Constants<'_> {
    fn value(&self, bound: &Bound) -> Option<Value> {
        match bound {
            Bound::Value(value) => Some(value.clone()),
            Bound::Amount(amount) => self.bare(*amount).ok().map(Value::Money),
            Bound::Param { slot, .. } => self.param(*slot).ok(),
        }
    }

    /// Some value of a kind whose cells name none.
    fn any_value(&self, kind: &Kind) -> Option<Value> {
        match kind {
            Kind::Integer => Some(Value::Integer(0)),
            Kind::Decimal => Some(Value::Decimal(Decimal::ZERO)),
            Kind::Money => self.bare(Decimal::ZERO).ok().map(Value::Money),
            Kind::Text => Some(Value::text("anything")),
            _ => None,
        }
    }
}

impl Bounds for Constants<'_> {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        let constant = match self.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Param(param)) => self.params.constant(param).cloned(),
            _ => None,
        };
        constant.ok_or_else(|| Trouble::Text("this parameter varies from case to case".to_owned()))
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        Currency::parse("USD").map(|currency| Money::new(amount, currency))
    }
}
