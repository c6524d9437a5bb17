//! Generated bundles, decided every way; and what they reach.

use super::cases;
use super::made::Made;
use super::reach::Reach;
use super::ways::{Asked, every_way, letters};
use crate::generated_bundles::Choices;
use crate::invariants::config;
use crate::semantics::{case, files};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// How many bundles, unless the environment asks for more.
const BUNDLES: u64 = 80;
const CASES: usize = 5;

/// Numbers out of a seed, by the generator `SplitMix64`: a failure is told as one number, and its bundle.
pub(super) fn numbers(seed: u64) -> Vec<u16> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u16::try_from((mixed ^ (mixed >> 31)) & 0xffff).unwrap()
    };
    (0..4_000).map(|_| next()).collect()
}

/// Shows what a failure was met with.
struct Shown<'a> {
    seed: u64,
    bundle: &'a str,
    cases: &'a [String],
}

impl Drop for Shown<'_> {
    #[expect(clippy::print_stderr, reason = "a failure is told with what it was met with")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}\n{}\n{}", self.seed, self.bundle, self.cases.join("\n"));
        }
    }
}

/// Makes a bundle and cases, decides them every way, and counts what was reached.
fn decide_every_way(seed: u64, reach: &mut Reach) {
    let mut made = Made::new(Choices::of(numbers(seed)));
    let facts: Vec<String> = (0..CASES).map(|_| cases::facts(&mut made.choices)).collect();
    let _shown = Shown { seed, bundle: &made.text, cases: &facts };
    let cases: Vec<Asked> = facts.iter().map(|facts| case(facts)).collect();
    let (policy, decided) = every_way(&files(&made.text), &cases);
    let hits: BTreeMap<String, &'static str> = made.decisions.iter().map(|each| (each.name.clone(), each.hit)).collect();
    for (asked, decided) in cases.iter().zip(&decided) {
        match decided {
            Ok(decision) => {
                reach.decided(decision, &made.marks, &hits);
                letters(&policy, &asked.0, decision, reach);
            }
            Err(error) => reach.refused(error),
        }
    }
}

/// Every construct of the format decides something in these bundles, so that what holds of them says something.
#[test]
fn bundles_that_reach_everything_are_decided_the_same_every_way() {
    let asked = std::env::var("REDRESS_ORACLE_BUNDLES").ok().and_then(|count| count.parse().ok());
    let mut reach = Reach::default();
    (0..asked.unwrap_or(BUNDLES)).for_each(|seed| decide_every_way(seed, &mut reach));
    let missing = reach.missing();
    assert!(missing.is_empty(), "never reached:\n  {}\n\n{}", missing.join("\n  "), reach.table());
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..config(4) })]

    /// The same over other bundles at every run.
    #[test]
    fn any_bundle_is_decided_the_same_every_way(seed in any::<u64>()) {
        decide_every_way(seed, &mut Reach::default());
    }
}
