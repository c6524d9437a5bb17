//! How sure the figures of a sample are: the sample is drawn again and again from itself.
//!
//! Each draw takes every case as often as a Poisson variable of mean 1 says, which is what drawing with replacement comes to for many
//! cases, and needs no second pass: all draws are counted while the cases go by, and parts of a history add up to the same as the whole.
//! The draws hang on the seed and the number of the case alone, so that a run can be repeated, on any number of threads. It is the
//! bootstrap of Hanley and `MacGibbon` (2006), as Chamandy et al. (2012) use it for data that goes by once.

use super::comparison::{CountInterval, Interval, Intervals, MoneyIntervals};
use super::report::Sample;
use super::saved::by_currency;
use super::summable;
use super::sums::Sums;
use crate::limits::BACKTEST_DRAWS;
use crate::value::{Currency, Decimal, Mode, Money, Rounding};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Of a thousand draws so many lie below the interval, and as many above it.
const OUTSIDE_PERMILLE: usize = 25;

/// Sums over the cases of every draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draws {
    /// Cases that change: of the sample, and of each draw.
    changed: u64,
    changed_in: Vec<u64>,
    #[serde(with = "by_currency")]
    money: BTreeMap<Currency, MoneyDraws>,
}

/// Sums of one currency: of the sample, and of each draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct MoneyDraws {
    sample: Figures,
    draws: Vec<Figures>,
}

/// What is told of money: cost before, cost after, goodwill more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Figures([Decimal; 3]);

impl Serialize for Figures {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(out)
    }
}

impl<'d> Deserialize<'d> for Figures {
    fn deserialize<D: serde::Deserializer<'d>>(input: D) -> Result<Self, D::Error> {
        let texts = <[String; 3]>::deserialize(input)?;
        let mut figures = Self::default();
        for (figure, text) in figures.0.iter_mut().zip(&texts) {
            *figure = Decimal::parse(text).map_err(serde::de::Error::custom)?;
        }
        Ok(figures)
    }
}

impl Figures {
    fn add(&mut self, other: Self, times: u64) {
        let times = Decimal::from(i64::try_from(times).unwrap_or(1));
        for (sum, figure) in self.0.iter_mut().zip(other.0) {
            // So often as a draw takes a case, which leaves room as well.
            let more = figure.times(times);
            debug_assert!(more.is_ok(), "only amounts that fit are added up");
            summable::add(sum, more.unwrap_or_default());
        }
    }
}

/// A chance is one of so many.
const CHANCES: i64 = 1 << 32;

/// A number that hangs on another and looks like chance (`splitmix64`, Steele, Lea and Flood 2014).
pub(crate) fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// How many of 65,536 cases are drawn at most so often: the Poisson distribution of mean 1, from not at all to six times.
const POISSON: [u16; 7] = [24_109, 48_219, 60_274, 64_292, 65_296, 65_497, 65_531];

/// How often a draw takes a case.
fn times(chance: u16) -> u64 {
    POISSON.iter().take_while(|most| chance >= **most).count() as u64
}

impl Sample {
    /// Is the case of that number in it?
    #[must_use]
    pub fn takes(&self, number: u64) -> bool {
        let most = self.share.times(Decimal::from(CHANCES)).ok().and_then(|most| Mode::HalfUp.to_digits(most, 0).to_integer());
        let chance = mixed(self.seed ^ mixed(number)) >> 32;
        i64::try_from(chance).is_ok_and(|chance| chance < most.unwrap_or(CHANCES))
    }
}

impl Draws {
    /// Counts a case in every draw.
    pub(crate) fn take(&mut self, sample: Sample, number: u64, changed: bool, (before, after): (&Sums, &Sums), goodwill: &Sums) {
        self.changed += u64::from(changed);
        self.changed_in.resize(BACKTEST_DRAWS, 0);
        let mut list: Vec<(Currency, Figures)> = Vec::new();
        let all: Sums = before.iter().chain(after.iter()).chain(goodwill.iter()).collect();
        for currency in all.currencies() {
            let of = |sums: &Sums| sums.of(currency).amount();
            let figures = Figures([of(before), of(after), of(goodwill)]);
            let money = self.money.entry(currency).or_default();
            money.draws.resize(BACKTEST_DRAWS, Figures::default());
            money.sample.add(figures, 1);
            list.push((currency, figures));
        }
        let own = mixed(sample.seed.rotate_left(32) ^ mixed(number.wrapping_add(1)));
        for draw in 0..BACKTEST_DRAWS {
            let chances = mixed(own ^ (draw / 4) as u64);
            let times = times((chances >> (16 * (draw % 4)) & 0xFFFF) as u16);
            if times == 0 {
                continue;
            }
            if changed && let Some(count) = self.changed_in.get_mut(draw) {
                *count += times;
            }
            for (currency, figures) in &list {
                if let Some(sums) = self.money.get_mut(currency).and_then(|money| money.draws.get_mut(draw)) {
                    sums.add(*figures, times);
                }
            }
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        self.changed += later.changed;
        self.changed_in.resize(self.changed_in.len().max(later.changed_in.len()), 0);
        self.changed_in.iter_mut().zip(&later.changed_in).for_each(|(count, more)| *count += more);
        for (currency, more) in &later.money {
            let money = self.money.entry(*currency).or_default();
            money.sample.add(more.sample, 1);
            money.draws.resize(money.draws.len().max(more.draws.len()), Figures::default());
            money.draws.iter_mut().zip(&more.draws).for_each(|(sums, more)| sums.add(*more, 1));
        }
    }

    /// The intervals of the whole history.
    pub(crate) fn intervals(&self, sample: Sample) -> Intervals {
        let mut counts = self.changed_in.clone();
        counts.sort_unstable();
        let count = |count: u64| -> u64 {
            let whole = i64::try_from(count).ok().map(Decimal::from).and_then(|count| count.divided_by(sample.share).ok());
            let whole = whole.map(|whole| Mode::HalfUp.to_digits(whole, 0)).and_then(Decimal::to_integer);
            whole.and_then(|whole| u64::try_from(whole).ok()).unwrap_or(count)
        };
        let (low, high) = ends(&counts);
        let money = self.money.iter().map(|(currency, money)| money.intervals(*currency, sample)).collect();
        Intervals {
            confidence: Decimal::new(95, 2),
            draws: u32::try_from(BACKTEST_DRAWS).unwrap_or(u32::MAX),
            changed: CountInterval { estimate: count(self.changed), low: count(low), high: count(high) },
            money,
        }
    }
}

impl MoneyDraws {
    fn intervals(&self, currency: Currency, sample: Sample) -> MoneyIntervals {
        let interval = |figure: &dyn Fn(&Figures) -> Decimal| {
            let mut draws: Vec<Decimal> = self.draws.iter().map(figure).collect();
            draws.sort_unstable();
            let whole = |part: Decimal| {
                let whole = part.divided_by(sample.share).unwrap_or(part);
                let whole = Money::new(whole, currency);
                whole.rounded(Rounding::default()).unwrap_or(whole)
            };
            let (low, high) = ends(&draws);
            Interval { estimate: whole(figure(&self.sample)), low: whole(low), high: whole(high) }
        };
        let [before, after, goodwill] =
            [0, 1, 2].map(|at: usize| move |figures: &Figures| figures.0.get(at).copied().unwrap_or_default());
        MoneyIntervals {
            cost_before: interval(&before),
            cost_after: interval(&after),
            cost_delta: interval(&|figures| after(figures).minus(before(figures)).unwrap_or_default()),
            goodwill_delta: interval(&goodwill),
        }
    }
}

/// The ends of the middle of sorted draws.
fn ends<T: Copy + Default>(sorted: &[T]) -> (T, T) {
    let outside = sorted.len() * OUTSIDE_PERMILLE / 1_000;
    let low = sorted.get(outside).copied().unwrap_or_default();
    let high = sorted.iter().rev().nth(outside).copied().unwrap_or_default();
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A history of made-up cases: every third costs something, every ninth costs more under the candidate.
    fn history() -> Vec<(bool, Sums, Sums)> {
        let case = |number: u64| {
            let cost = if number.is_multiple_of(3) { i64::try_from(mixed(number) % 9_000).unwrap() } else { 0 };
            let more = if number.is_multiple_of(9) { i64::try_from(mixed(number + 1_000_000) % 2_500).unwrap() } else { 0 };
            let sums = |cents: i64| Sums::from_iter([Money::new(Decimal::new(cents, 2), Currency::parse("USD").unwrap())]);
            (more > 0, sums(cost), sums(cost + more))
        };
        (0..1_200).map(case).collect()
    }

    fn intervals(history: &[(bool, Sums, Sums)], sample: Sample) -> Intervals {
        let mut draws = Draws::default();
        for (number, (changed, before, after)) in (0..).zip(history).filter(|(number, _)| sample.takes(*number)) {
            draws.take(sample, number, *changed, (before, after), &after.less(before));
        }
        draws.intervals(sample)
    }

    /// 95 of 100 intervals should hold the history that the sample is out of; of 40, this many or more do with all but certainty.
    #[test]
    fn of_most_samples_the_interval_holds_the_whole() {
        let history = history();
        let usd = Currency::parse("USD").unwrap();
        let total = |of: &dyn Fn(&(bool, Sums, Sums)) -> Sums| {
            let mut sums = Sums::default();
            for case in &history {
                sums.merge(&of(case));
            }
            sums.of(usd)
        };
        let (before, delta) = (total(&|case| case.1.clone()), total(&|case| case.2.less(&case.1)));
        let changed = history.iter().filter(|case| case.0).count() as u64;
        let mut held = [0; 3];
        for seed in 0..40 {
            let found = intervals(&history, Sample { share: Decimal::new(2, 1), seed });
            let money = found.money.first().unwrap();
            let holds = |of: Interval, truth: Money| of.low.amount() <= truth.amount() && truth.amount() <= of.high.amount();
            held[0] += u8::from(holds(money.cost_before, before));
            held[1] += u8::from(holds(money.cost_delta, delta));
            held[2] += u8::from(found.changed.low <= changed && changed <= found.changed.high);
        }
        assert!(held.iter().all(|held| *held >= 35), "{held:?} of 40");
    }

    #[test]
    fn a_seed_draws_the_same_cases_and_nearly_as_many_as_it_should() {
        let drawn = |seed: u64| -> Vec<u64> {
            let sample = Sample { share: Decimal::new(5, 2), seed };
            (0..20_000).filter(|number| sample.takes(*number)).collect()
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
        assert!((900..1_100).contains(&drawn(7).len()), "{}", drawn(7).len());
        let whole = Sample { share: Decimal::ONE, seed: 1 };
        assert!((0..20_000).all(|number| whole.takes(number)));
    }

    #[test]
    fn draws_take_a_case_once_in_the_mean() {
        let all: u64 = (0..=u16::MAX).map(times).sum();
        // The mean of a Poisson variable of mean 1, cut at seven.
        assert!((65_400..=65_600).contains(&all), "{all} of 65,536");
    }
}
