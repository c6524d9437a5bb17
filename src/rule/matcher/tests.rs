//! The index gives the answers of the definition, on every table and every case.

use super::*;
use crate::rule::cell::{CellNames, Dialect};
use crate::value::{Currency, DateTime, Decimal, Duration, EnumKind, EnumValue, Money, Place};
use proptest::prelude::*;
use std::sync::Arc;

fn kinds() -> Vec<Kind> {
    let tier = || Kind::Enum(Arc::new(EnumKind::new(["standard", "silver", "gold"], false)));
    vec![
        Kind::Boolean,
        Kind::Integer,
        Kind::Decimal,
        Kind::Money,
        Kind::Text,
        tier(),
        Kind::Enum(Arc::new(EnumKind::new(["trivial", "minor", "moderate", "severe"], true))),
        Kind::Place,
        Kind::Date,
        Kind::DateTime,
        Kind::Duration,
        Kind::List(Box::new(tier())),
        Kind::List(Box::new(Kind::Money)),
        Kind::List(Box::new(Kind::Integer)),
    ]
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn day(number: i64) -> Date {
    Date::new(2026, 1, 10).unwrap().plus_days(number).unwrap()
}

/// A value of that kind out of a few, so that values and bounds meet. `foreign` lets euros in.
fn value(kind: &Kind, foreign: bool) -> BoxedStrategy<Value> {
    let names = |names: &'static [&'static str]| prop::sample::select(names);
    match kind {
        Kind::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Kind::Integer => (-4_i64..5).prop_map(Value::Integer).boxed(),
        Kind::Decimal => (-30_i64..40, 0_u32..3).prop_map(|(m, s)| Value::Decimal(Decimal::new(m, s))).boxed(),
        Kind::Money => (0_i64..8, 0_u32..3, 0..8)
            .prop_map(move |(m, s, c)| {
                let code = if foreign && c == 0 { "EUR" } else { "USD" };
                Value::Money(Money::new(Decimal::new(m * 10, s), currency(code)))
            })
            .boxed(),
        Kind::Text => names(&["", "a", "b", "c", "at least 5"]).prop_map(Value::text).boxed(),
        Kind::Enum(kind) => {
            let kind = kind.clone();
            (0..kind.names.len())
                .prop_map(move |at| Value::Enum(EnumValue::at(&kind, u16::try_from(at).unwrap()).unwrap()))
                .boxed()
        }
        Kind::Place => names(&["US", "US-VA", "US-CA", "EU", "ES", "EU-ES", "ES-MD", "FR", "GB", "BR"])
            .prop_map(|code| Value::Place(Place::parse(code).unwrap()))
            .boxed(),
        Kind::Date => (-4_i64..5).prop_map(|number| Value::Date(day(number))).boxed(),
        Kind::DateTime => (0_i64..6)
            .prop_map(|hours| Value::DateTime(DateTime::from_unix_seconds(1_770_000_000 + 3600 * hours).unwrap()))
            .boxed(),
        Kind::Duration => (0_i64..6).prop_map(|hours| Value::Duration(Duration::from_seconds(3600 * hours))).boxed(),
        Kind::List(item) => prop::collection::vec(value(item, foreign), 0..3).prop_map(Value::list).boxed(),
        Kind::Record(_) => Just(Value::list([])).boxed(),
    }
}

fn bound(kind: &Kind, foreign: bool) -> BoxedStrategy<Bound> {
    let slot = slot_of(kind);
    let param = (0_usize..2).prop_map(move |n| Bound::Param { slot: slot + n, path: format!("params.p{}", slot + n).into() });
    let constant = value(kind, foreign).prop_map(Bound::Value);
    if *kind == Kind::Money {
        let bare = (0_i64..8).prop_map(|m| Bound::Amount(Decimal::new(m, 0)));
        return prop_oneof![6 => constant, 3 => bare, 1 => param].boxed();
    }
    prop_oneof![9 => constant, 1 => param].boxed()
}

/// Parameters of each kind have two slots.
fn slot_of(kind: &Kind) -> usize {
    2 * kinds().iter().position(|other| other == kind).unwrap()
}

fn condition(kind: &Kind, foreign: bool) -> BoxedStrategy<Condition> {
    let item = if let Kind::List(item) = kind { item } else { kind };
    let states = prop::sample::select(vec![
        Condition::Missing,
        Condition::Present,
        Condition::Unknown,
        if kind == item { Condition::Missing } else { Condition::Empty },
    ]);
    let equal = bound(item, foreign).prop_map(Condition::Equal).boxed();
    let on_value = if item.is_ordered() {
        let comparison = prop::sample::select(vec![Comparison::AtLeast, Comparison::Over, Comparison::AtMost, Comparison::Under]);
        let compare = (comparison, bound(item, foreign)).prop_map(|(c, b)| Condition::Compare(c, b));
        let within = (bound(item, foreign), any::<bool>(), bound(item, foreign), any::<bool>()).prop_map(
            |(from, from_included, to, to_included)| {
                // No text says this: a bare lower end takes the currency of the upper one.
                let is_mixed = matches!((&from, &to), (Bound::Amount(_), Bound::Value(_)));
                let from = if is_mixed { to.clone() } else { from };
                Condition::Within(Interval { from, from_included, to, to_included })
            },
        );
        prop_oneof![equal, compare, within].boxed()
    } else {
        equal
    };
    let positive = prop_oneof![1 => states, 6 => on_value].boxed();
    let negative = prop::collection::vec(positive.clone(), 1..3).prop_map(Condition::Not);
    prop_oneof![4 => positive, 1 => negative].boxed()
}

fn cell(kind: &Kind, foreign: bool) -> BoxedStrategy<Cell> {
    let one_of = prop::collection::vec(condition(kind, foreign), 1..4).prop_map(Cell::OneOf);
    prop_oneof![1 => Just(Cell::Any), 3 => one_of].boxed()
}

fn dates() -> impl Strategy<Value = RowDates> {
    let date = || prop::option::weighted(0.3, (-4_i64..5).prop_map(day));
    (date(), date()).prop_map(|(from, until)| RowDates { from, until })
}

fn fact(kind: &Kind, foreign: bool) -> BoxedStrategy<Fact<Value>> {
    let strange = prop_oneof![Just(Value::text("gold")), Just(Value::Integer(1)), Just(Value::list([]))];
    prop_oneof![
        1 => Just(Fact::Missing),
        1 => Just(Fact::Unknown),
        20 => value(kind, foreign).prop_map(Fact::Known),
        1 => strange.prop_map(Fact::Known),
    ]
    .boxed()
}

#[derive(Debug)]
struct Params {
    values: Vec<Option<Value>>,
    bare: Option<Currency>,
}

impl Bounds for Params {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        let value = self.values.get(slot).cloned().flatten();
        value.ok_or_else(|| Trouble::Text(format!("`params.p{slot}` has no value for this case")))
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        let currency = self.bare.ok_or_else(|| Trouble::Text("the case has no currency".to_owned()))?;
        Ok(Money::new(amount, currency))
    }
}

fn params(foreign: bool) -> BoxedStrategy<Params> {
    let scalars: Vec<_> = kinds()
        .iter()
        .flat_map(|kind| [kind.clone(), kind.clone()])
        .map(|kind| prop::option::weighted(0.97, value(&kind, foreign)))
        .collect();
    let bare = prop_oneof![12 => Just(Some(currency("USD"))), 1 => Just(Some(currency("EUR"))), 1 => Just(None)];
    (scalars, bare).prop_map(|(values, bare)| Params { values, bare }).boxed()
}

type Setting = (Vec<Kind>, Vec<Row>, Vec<(Vec<Fact<Value>>, i64)>, Params, usize, bool);

fn setting() -> impl Strategy<Value = Setting> {
    let budget = prop_oneof![3 => Just(TABLE_INDEX_BYTES_MAX), 1 => 0_usize..2_000];
    (prop::collection::vec(prop::sample::select(kinds()), 1..5), prop::bool::weighted(0.2), budget).prop_flat_map(
        |(kinds, foreign, budget)| {
            let cells: Vec<_> = kinds.iter().map(|kind| cell(kind, foreign)).collect();
            let row = (cells, dates()).prop_map(|(cells, dates)| Row { cells, dates }).boxed();
            let facts: Vec<_> = kinds.iter().map(|kind| fact(kind, foreign)).collect();
            let cases = prop::collection::vec((facts, -6_i64..7), 1..12);
            let rows = prop_oneof![prop::collection::vec(row.clone(), 0..12), prop::collection::vec(row, 60..90)];
            // Rows that are out of force push the others behind words, and strides of words, that are empty.
            let before = prop_oneof![4 => Just(0), 1 => 0_usize..300, 1 => 1_000_usize..2_200];
            let rows = (rows, before).prop_map(|(mut rows, before)| {
                let past = RowDates { from: None, until: Some(day(-100)) };
                rows.splice(0..0, vec![Row { cells: Vec::new(), dates: past }; before]);
                rows
            });
            (Just(kinds), rows, cases, params(foreign), Just(budget), any::<bool>())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Invariant *index = definition*: the same rows, and the same first trouble in the same words.
    #[test]
    fn index_equals_definition((kinds, rows, cases, params, budget, settled) in setting()) {
        // Some of the parameters never change, as the index is told.
        let constant = |bound: &Bound| match bound {
            Bound::Param { slot, .. } => {
                let value = params.values.get(*slot).cloned().flatten().filter(|_| settled && slot.is_multiple_of(2));
                value.map(Bound::Value)
            }
            Bound::Amount(amount) => params.bare(*amount).ok().filter(|_| settled).map(|money| Bound::Value(Value::Money(money))),
            Bound::Value(_) => None,
        };
        let matcher = Matcher::with_index_of(kinds, rows, &constant, budget);
        for (inputs, date) in cases {
            let inputs: Vec<_> = inputs.iter().map(Fact::view).collect();
            let expected = definition::matches(&matcher, &inputs, day(date), &params);
            let found = matcher.matches(&inputs, day(date), &params);
            if let Some(FirstRow(first)) = matcher.quick_first(&mut Views(&inputs), day(date), &params) {
                prop_assert_eq!(Ok(first), expected.as_ref().map(|rows| rows.first().copied()));
            }
            match (&expected, &found) {
                (Ok(expected), Ok(rows)) => {
                    prop_assert_eq!(rows.first(), expected.first().copied());
                    prop_assert_eq!(&rows.clone().collect::<Vec<_>>(), expected);
                }
                (Err(expected), Err(trouble)) => prop_assert_eq!(trouble.to_string(), expected.to_string()),
                _ => prop_assert!(false, "definition {expected:?}, index {found:?}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// The nearest rows are those with the fewest failed cells, the first written first.
    #[test]
    fn near_misses_are_the_nearest((kinds, rows, cases, params, ..) in setting()) {
        let matcher = Matcher::new(kinds, rows);
        for (inputs, date) in cases {
            let inputs: Vec<_> = inputs.iter().map(Fact::view).collect();
            let Ok(found) = matcher.near_misses(&inputs, day(date), &params, 3) else { continue };
            let mut all: Vec<NearMiss> = (0..matcher.len())
                .filter(|row| matcher.dates(*row).hold(day(date)))
                .map(|row| NearMiss { row, failed: definition::failed(&matcher, row, &inputs, &params).unwrap() })
                .filter(|miss| !miss.failed.is_empty())
                .collect();
            let by_one = matcher.missed_by_one(&inputs, day(date), &params, (4, 2)).unwrap();
            let of_one: Vec<NearMiss> =
                all.iter().filter(|miss| miss.row < 4 && miss.failed.len() == 1).take(2).cloned().collect();
            prop_assert_eq!(by_one, of_one);
            all.sort_by_key(|miss| miss.failed.len());
            all.truncate(3);
            prop_assert_eq!(found, all);
        }
    }

    /// What a cell says of itself, read again, holds for the same facts.
    #[test]
    fn a_description_means_the_same(
        (kind, cell, facts) in prop::sample::select(kinds()).prop_flat_map(|kind| {
            let facts = prop::collection::vec(fact(&kind, false), 1..12);
            (Just(kind.clone()), cell(&kind, false), facts)
        }),
        params in params(false),
    ) {
        let text = cell.describe();
        // Cells that always or never hold are made here and refused there.
        if let Ok(again) = Cell::parse_text(&text, &kind, Dialect::Table, &Slots) {
            prop_assert_eq!(again.describe(), text.clone());
            for fact in facts {
                prop_assert_eq!(again.holds(&fact, &params), cell.holds(&fact, &params), "{}", text);
            }
        } else if let Err(error) = Cell::parse_text(&text, &kind, Dialect::Table, &Slots) {
            let told = ["R0302", "R0303"].contains(&error.code.to_string().as_str())
                || ["adds nothing", "two things", "a word of its own"].iter().any(|part| error.message.contains(part));
            prop_assert!(told, "{}: {}", text, error.message);
        }
    }
}

struct Slots;

impl CellNames for Slots {
    fn param(&self, path: &str) -> Option<(usize, Kind)> {
        let slot: usize = path.strip_prefix("params.p")?.parse().ok()?;
        kinds().get(slot / 2).map(|kind| (slot, kind.clone()))
    }
}

fn table(kinds: &[&Kind], rows: &[&[&str]]) -> Matcher {
    let rows = rows.iter().map(|cells| {
        let cells = cells.iter().zip(kinds).map(|(text, kind)| Cell::parse_text(text, kind, Dialect::Table, &Slots).unwrap());
        Row { cells: cells.collect(), dates: RowDates::default() }
    });
    Matcher::new(kinds.iter().map(|kind| (*kind).clone()).collect(), rows.collect())
}

#[test]
fn a_meeting_of_currencies_is_seen_whatever_the_other_cells_say() {
    let matcher = table(&[&Kind::Boolean, &Kind::Money], &[&["true", "<= 100 USD"], &["false", "<= 50"]]);
    let params = Params { values: Vec::new(), bare: Some(currency("USD")) };
    let euros = Fact::Known(Value::Money(Money::parse("1.00 EUR").unwrap()));
    for flag in [Fact::Known(Value::Boolean(false)), Fact::Missing] {
        let trouble = matcher.matches(&[flag.view(), euros.view()], day(0), &params).unwrap_err();
        assert_eq!(trouble.to_string(), "an amount in EUR meets an amount in USD; money never changes currency silently");
    }
}

#[test]
fn wide_and_long_tables() {
    // More columns than need no allocation, more rows than one block of the summary holds.
    let kinds: Vec<Kind> = vec![Kind::Integer; 20];
    let rows = (0..4_200_i64).map(|row| Row {
        cells: (0..20)
            .map(|column| {
                let text = if column == 0 { format!("{row}") } else { format!("<= {}", row / (column + 1)) };
                Cell::parse_text(&text, &Kind::Integer, Dialect::Table, &Slots).unwrap()
            })
            .collect(),
        dates: RowDates::default(),
    });
    let matcher = Matcher::with_index_of(kinds, rows.collect(), &|_| None, 2 * 1024 * 1024);
    let params = Params { values: Vec::new(), bare: None };
    assert!(matcher.index_bytes() < 2 * 1024 * 1024 + 512 * 1024, "{}", matcher.index_bytes());
    for row in [0, 63, 64, 4_095, 4_096, 4_199] {
        let inputs: Vec<_> = (0..20).map(|column| Fact::Known(View::Integer(if column == 0 { row } else { 0 }))).collect();
        let found: Vec<usize> = matcher.matches(&inputs, day(0), &params).unwrap().collect();
        assert_eq!(found, [usize::try_from(row).unwrap()]);
        let first = matcher.quick_first(&mut Views(&inputs), day(0), &params).and_then(|FirstRow(first)| first);
        assert_eq!(first, found.first().copied());
    }
}
