//! Numbers that look random and are the same on every machine.

/// The numbers of one case: the nth of them depends on the seed, the number of the case and n, and on nothing else. So a case is the
/// same however many are made before it, and in whatever order.
///
/// A counter that is mixed (splitmix64 of Steele, Lea and Flood 2014). There are no floats in it: what they come to differs by
/// platform where functions such as a logarithm are asked for.
pub(super) struct Chance {
    state: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Chance {
    pub(super) fn new(seed: u64, case: u64) -> Self {
        Self { state: mix(mix(seed.wrapping_add(STEP)) ^ case.wrapping_mul(STEP)) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// From 0 to below `end`, each as likely as the others to within `end` parts of 2^64.
    pub(super) fn below(&mut self, end: i64) -> i64 {
        let end = u128::from(u64::try_from(end).unwrap_or(0));
        i64::try_from((u128::from(self.next()) * end) >> 64).unwrap_or(0)
    }

    /// From one number to another, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    /// True in so many of a thousand cases.
    pub(super) fn per_mille(&mut self, share: i64) -> bool {
        self.below(1000) < share
    }

    /// One of a list, as often as its weight says.
    pub(super) fn pick<T: Copy>(&mut self, list: &[(i64, T)]) -> Option<T> {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        list.iter().find_map(|(weight, item)| {
            left -= weight;
            (left < 0).then_some(*item)
        })
    }

    /// A number whose distribution is told by its quantiles: pairs of a share of a thousand and the number below which it lies, in rising
    /// order, from 0 to 1000. In between it grows evenly.
    pub(super) fn quantile(&mut self, knots: &[(i64, i64)]) -> i64 {
        let at = self.below(1_000_000);
        at_quantile(knots, at)
    }

    /// The same, drawn near a share that something else has settled: so that what belongs together is large together. `share` is of a
    /// thousand, and the draw lies at most `spread` of a thousand beside it.
    pub(super) fn quantile_near(&mut self, knots: &[(i64, i64)], share: i64, spread: i64) -> i64 {
        let at = share * 1000 + self.between(-spread * 1000, spread * 1000);
        at_quantile(knots, at.clamp(0, 999_999))
    }
}

/// `at` is a share of a million.
fn at_quantile(knots: &[(i64, i64)], at: i64) -> i64 {
    let pairs = knots.iter().zip(knots.iter().skip(1));
    let between = pairs.map(|((from, low), (to, high))| (from * 1000, *low, to * 1000, *high));
    let found = between.into_iter().find(|(_, _, to, _)| at < *to);
    found.map_or_else(
        || knots.last().map_or(0, |(_, value)| *value),
        |(from, low, to, high)| low + (high - low) * (at - from) / (to - from).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_same_everywhere() {
        let mut chance = Chance::new(7, 3);
        let numbers: Vec<i64> = (0..6).map(|_| chance.below(1000)).collect();
        insta::assert_debug_snapshot!(numbers, @"
        [
            191,
            224,
            576,
            250,
            746,
            869,
        ]
        ");
    }

    #[test]
    fn quantiles_are_met() {
        let knots = [(0, 0), (500, 10), (900, 100), (1000, 1000)];
        let told: Vec<i64> = [0, 250_000, 500_000, 700_000, 900_000, 999_999].map(|at| at_quantile(&knots, at)).to_vec();
        assert_eq!(told, [0, 5, 10, 55, 100, 999]);
        let mut chance = Chance::new(1, 1);
        let below: usize = (0..10_000).filter(|_| chance.quantile(&knots) < 10).count();
        assert!((4_800..5_200).contains(&below), "{below}");
    }
}
