//! The algebra against brute force: every segment, every combination of segments.

use super::*;
use crate::rule::cell::scale::sample::Range;
use crate::rule::{CellNames, Dialect, NoBounds, NoNames};
use crate::value::{Currency, Decimal, EnumKind, Fact, Kind};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Columns of many kinds, with cells to choose from.
fn columns() -> Vec<(Kind, Range, Vec<&'static str>)> {
    let tier = Kind::Enum(Arc::new(EnumKind::new(["standard", "silver", "gold", "strategic"], true)));
    let share = Range { least: Some(Decimal::ZERO), most: Some(Decimal::ONE), currency: None };
    let usd = Range { currency: Currency::parse("USD").ok(), least: Some(Decimal::ZERO), ..Range::default() };
    let kinds = vec!["gold", "not silver", "at least gold", "gold, missing", "standard", "present", "unknown"];
    vec![
        (Kind::Boolean, Range::default(), vec!["true", "false", "missing", "not true"]),
        (tier.clone(), Range::default(), kinds.clone()),
        (Kind::Integer, Range::default(), vec!["3", "<= 3", ">= 4", "[3..9)", "not 4", "> 9", "missing"]),
        (Kind::Decimal, share, vec!["<= 0", "> 0.6", "[0.6..0.605]", ">= 1", "not 0.6", "unknown"]),
        (Kind::Money, usd, vec!["<= 100 USD", "> 100 USD", "(0 USD..100 USD)", "at least 0 USD", "100 USD", "present"]),
        (Kind::Text, Range::default(), vec!["a", "b, c", "not (a, b)", "missing", "not d"]),
        (Kind::Place, Range::default(), vec!["US", "EU", "ES-MD", "not US", "ES, missing", "US-VA"]),
        (
            Kind::Date,
            Range::default(),
            vec!["before 2026-03-01", "on or after 2026-03-02", "2026-03-01", "2026-03-01 to 2026-12-31"],
        ),
        (
            Kind::List(Box::new(tier)),
            Range::default(),
            vec!["gold", "not silver", "empty", "present", "gold, missing", "not (gold, standard)"],
        ),
        (
            Kind::List(Box::new(Kind::Integer)),
            Range::default(),
            vec!["3", "at least 10", "not 3", "not over 12", "empty", "unknown"],
        ),
    ]
}

fn read(text: &str, kind: &Kind) -> Cell {
    let names: &dyn CellNames = &NoNames;
    Cell::parse_text(text, kind, Dialect::Table, names).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn axis(name: &str, kind: &Kind, range: Range, cells: &[Cell]) -> Axis {
    Axis::new(&AxisSpec {
        name: name.into(),
        kind: kind.clone(),
        range,
        missing: true,
        unknown: true,
        within: None,
        cells: cells.iter().collect(),
    })
}

#[test]
fn a_set_of_segments_is_what_the_cell_says_of_their_values() {
    let mut checked = 0;
    for (kind, range, texts) in columns() {
        let all: Vec<Cell> = texts.iter().map(|text| read(text, &kind)).collect();
        for chosen in (0_usize..1 << all.len()).step_by(3) {
            let cells: Vec<Cell> =
                all.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, cell)| cell.clone()).collect();
            let axis = axis("x", &kind, range, &cells);
            for cell in cells.iter().chain([&Cell::Any]) {
                let (set, exact) = axis.set(cell);
                assert!(exact, "{cell} of {kind}");
                for segment in 0..axis.len() {
                    let fact = match axis.stand(segment).unwrap() {
                        Stand::Value(value) => Fact::Known(value.clone()),
                        Stand::Missing => Fact::Missing,
                        Stand::Unknown => Fact::Unknown,
                        Stand::Given => continue,
                    };
                    assert_eq!(set.holds(segment), cell.holds(&fact, &NoBounds).unwrap(), "{cell} of {kind} at {fact:?}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn a_case_stands_next_to_the_boundary() {
    let money = Kind::Money;
    let cells = [read("<= 100 USD", &money), read("> 500 USD", &money)];
    let usd = Range { currency: Currency::parse("USD").ok(), ..Range::default() };
    let tier = Kind::Enum(Arc::new(EnumKind::new(["standard", "silver", "gold"], true)));
    let tiers = [read("gold", &tier)];
    let space = Space {
        axes: vec![axis("customer.tier", &tier, Range::default(), &tiers), axis("dispute.disputed_amount", &money, usd, &cells)],
    };
    let (gold, _) = space.region([&tiers[0], &cells[0]]);
    let (any, _) = space.region([&Cell::Any, &cells[1]]);
    let known = space.known();
    let without = |region: &Region, axis: usize, gone: &Region| {
        let left = region.set(axis).zip(gone.set(axis)).map(|(set, gone)| set.minus(gone)).unwrap_or_default();
        region.with(axis, left)
    };
    let others = without(&without(&known, 0, &gold), 1, &any);
    let golden = known.with(0, gold.set(0).cloned().unwrap_or_default());
    let golden = without(&without(&golden, 1, &gold), 1, &any);
    let told: Vec<String> = [others, golden].iter().filter_map(|rest| space.case_text(rest, &known)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    customer.tier = silver, dispute.disputed_amount = 500.00 USD
    customer.tier = gold, dispute.disputed_amount = 100.01 USD
    ");
}

/// Regions on three small axes.
fn regions() -> impl Strategy<Value = Vec<Region>> {
    let range = |len: u32| (0..len, 1..=len).prop_map(move |(from, size)| (from, (from + size).min(len)));
    let set = move |len: u32| {
        prop_oneof![
            2 => Just(SegmentSet::range(0, len)),
            5 => range(len).prop_map(|(from, to)| SegmentSet::range(from, to)),
            1 => prop::collection::vec(range(len), 2).prop_map(SegmentSet::of_ranges),
        ]
    };
    let region = (set(5), set(3), set(4)).prop_map(|(a, b, c)| Region::new(vec![a, b, c]));
    prop::collection::vec(region, 0..9)
}

type Point = (u32, u32, u32);

fn points() -> Vec<Point> {
    (0..5).flat_map(|a| (0..3).flat_map(move |b| (0..4).map(move |c| (a, b, c)))).collect()
}

fn has(region: &Region, (a, b, c): Point) -> bool {
    region.sets()[0].holds(a) && region.sets()[1].holds(b) && region.sets()[2].holds(c)
}

fn whole() -> Region {
    Region::new(vec![SegmentSet::range(0, 5), SegmentSet::range(0, 3), SegmentSet::range(0, 4)])
}

fn budget() -> Budget {
    Budget::new(1_000_000)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    /// What decides and what is left free: every finding is real and none is missing.
    #[test]
    fn first_hits_answer_as_every_point_does(list in regions(), within in regions()) {
        let within = within.into_iter().next().unwrap_or_else(whole);
        let rows: Vec<&Region> = list.iter().collect();
        let hits = first_hits(&rows, &within, usize::MAX - 1, &mut budget());
        let inside: Vec<Point> = points().into_iter().filter(|point| has(&within, *point)).collect();
        let decided: BTreeSet<usize> = inside.iter().filter_map(|point| list.iter().position(|each| has(each, *point))).collect();
        let expected: Vec<bool> = (0..list.len()).map(|row| decided.contains(&row)).collect();
        prop_assert_eq!(hits.decides, expected);
        prop_assert!(hits.all_gaps);
        for point in points() {
            let is_free = has(&within, point) && !list.iter().any(|each| has(each, point));
            prop_assert_eq!(hits.gaps.iter().any(|gap| has(gap, point)), is_free, "{:?}", point);
        }
        // No gap could be larger, and none lies in another.
        for (at, gap) in hits.gaps.iter().enumerate() {
            prop_assert!(hits.gaps.iter().enumerate().all(|(other, each)| other == at || !each.contains(gap)));
        }
    }

    /// A rule hidden by others together, and the others named: without any one of them it would not be.
    #[test]
    fn hiding_answers_as_every_point_does(list in regions()) {
        let Some((region, others)) = list.split_last() else { return Ok(()) };
        let rows: Vec<&Region> = others.iter().collect();
        let hides = |numbers: &[usize]| points().into_iter().filter(|point| has(region, *point)).all(|point| numbers.iter().any(|at| has(&others[*at], point)));
        let hidden = hidden_by(region, &rows, &mut budget()).unwrap();
        let all: Vec<usize> = (0..others.len()).collect();
        prop_assert_eq!(hidden.is_some(), hides(&all));
        if let Some(named) = hidden {
            prop_assert!(hides(&named));
            for left_out in 0..named.len() {
                let rest: Vec<usize> = named.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, row)| *row).collect();
                prop_assert!(!hides(&rest));
            }
        }
        let free = outside(region, &rows, &mut budget()).unwrap();
        prop_assert_eq!(free.is_some(), !hides(&all));
        if let Some(free) = free {
            prop_assert!(region.contains(&free) && rows.iter().all(|row| !row.meets(&free)));
        }
    }

    /// Every pair with a case in common is found, once.
    #[test]
    fn overlaps_answer_as_every_point_does(list in prop::collection::vec(regions(), 1..6)) {
        let list: Vec<Region> = list.into_iter().flatten().collect();
        let rows: Vec<&Region> = list.iter().collect();
        let mut found = Vec::new();
        overlaps(&rows, Block::around(&whole()), &mut budget(), &mut |first, second| { found.push((first, second)); true }).unwrap();
        found.sort_unstable();
        let mut expected = Vec::new();
        for second in 0..list.len() {
            for first in 0..second {
                if points().into_iter().any(|point| has(&list[first], point) && has(&list[second], point)) {
                    expected.push((first, second));
                }
            }
        }
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    /// Two tables differ where any point does, and the place shown is such a point.
    #[test]
    fn difference_answers_as_every_point_does(one in regions(), other in regions(), within in regions(), seed in 0_usize..1_000) {
        let within = within.into_iter().next().unwrap_or_else(whole);
        let classes = |list: &[Region], salt: usize| (0..list.len()).map(|row| (row * 7 + seed * 3 + salt) % 3).collect::<Vec<usize>>();
        let (here, there) = (classes(&one, 0), classes(&other, 1));
        let says = |list: &[Region], classes: &[usize], point: Point| list.iter().position(|each| has(each, point)).map_or(seed % 3, |row| classes[row]);
        let (rows, others): (Vec<&Region>, Vec<&Region>) = (one.iter().collect(), other.iter().collect());
        let found = difference(
            Ranked { regions: &rows, classes: &here, otherwise: seed % 3 },
            Ranked { regions: &others, classes: &there, otherwise: seed % 3 },
            &within,
            &mut budget(),
        )
        .unwrap();
        let differ = |point: &Point| says(&one, &here, *point) != says(&other, &there, *point);
        prop_assert_eq!(found.is_some(), points().into_iter().filter(|point| has(&within, *point)).any(|point| differ(&point)));
        if let Some((region, a, b)) = found {
            prop_assert!(within.contains(&region) && !region.is_empty());
            for point in points().into_iter().filter(|point| has(&region, *point)) {
                prop_assert_eq!((says(&one, &here, point), says(&other, &there, point)), (a, b));
            }
        }
    }
}

#[test]
fn a_table_made_to_resist_ends_with_its_budget() {
    // Each rule holds the cases in which a majority of its own axes differ: no cut parts them.
    let axes = 24;
    let row = |seed: u64| {
        let mut state = seed;
        let sets = (0..axes).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            match state >> 61 {
                0 => SegmentSet::range(0, 1),
                1 => SegmentSet::range(1, 2),
                _ => SegmentSet::range(0, 2),
            }
        });
        Region::new(sets.collect())
    };
    let list: Vec<Region> = (1..400).map(row).collect();
    let rows: Vec<&Region> = list.iter().collect();
    let whole = Region::new((0..axes).map(|_| SegmentSet::range(0, 2)).collect());
    assert!(!first_hits(&rows, &whole, 5, &mut Budget::new(200_000)).is_whole);
    let answer = overlaps(&rows, Block::around(&whole), &mut Budget::new(20_000), &mut |_, _| true);
    assert_eq!(answer, Err(Exhausted));
}
