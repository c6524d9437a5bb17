//! Times things that are compared, in one run: every round gives each of them a turn, so that whatever else the machine does meets all
//! of them alike. Medians over the rounds are reported, and the least.

use std::time::{Duration, Instant};

/// A turn is at least so long, so that reading the clock is nothing, and what the turn before left in caches and branch predictors
/// little: a service decides one case after the other.
const TURN_MIN: Duration = Duration::from_millis(15);
/// How many rounds, unless a contender uses up its time before.
const ROUNDS: usize = 61;
/// What one contender may take in all rounds together.
const BUDGET: Duration = Duration::from_secs(5);

/// One of the things that are compared.
pub struct Contender<'a> {
    /// How many units (decisions) one run does.
    units: usize,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Contender<'a> {
    /// One run is one unit.
    pub fn new<R>(mut run: impl FnMut() -> R + 'a) -> Self {
        Self::of_units(1, move || drop(std::hint::black_box(run())))
    }

    pub fn of_units(units: usize, run: impl FnMut() + 'a) -> Self {
        Self { units, run: Box::new(run) }
    }
}

/// Nanoseconds a unit, one figure a round; a round that a slow contender sits out has none.
pub struct Times {
    rounds: Vec<Option<f64>>,
}

impl Times {
    pub fn median(&self) -> f64 {
        median(self.rounds.iter().flatten().copied().collect())
    }

    pub fn min(&self) -> f64 {
        self.rounds.iter().flatten().copied().fold(f64::INFINITY, f64::min)
    }

    /// How many times as long: the median over the rounds in which both had a turn.
    pub fn over(&self, other: &Self) -> f64 {
        let both = self.rounds.iter().zip(&other.rounds).filter_map(|(own, other)| Some((*own)? / (*other)?));
        median(both.collect())
    }

    /// What two of them take one after the other, round by round.
    pub fn and(&self, other: &Self) -> Self {
        let both = self.rounds.iter().zip(&other.rounds).map(|(own, other)| Some((*own)? + (*other)?));
        Self { rounds: both.collect() }
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Times all of them, in rounds.
pub fn interleaved(mut contenders: Vec<Contender<'_>>) -> Vec<Times> {
    let plans: Vec<Plan> = contenders.iter_mut().map(Plan::new).collect();
    let mut times: Vec<Times> = contenders.iter().map(|_| Times { rounds: Vec::new() }).collect();
    for round in 0..ROUNDS {
        for ((contender, plan), times) in contenders.iter_mut().zip(&plans).zip(&mut times) {
            times.rounds.push((round % plan.every == 0).then(|| plan.turn(contender)));
        }
    }
    times
}

/// How often a contender runs in a turn, and in which rounds it has one.
struct Plan {
    runs: u32,
    every: usize,
}

impl Plan {
    fn new(contender: &mut Contender<'_>) -> Self {
        (contender.run)();
        let mut runs = 1;
        let mut taken = time(contender, runs);
        while taken < TURN_MIN {
            runs *= 2;
            taken = time(contender, runs);
        }
        let turns_within_budget = (BUDGET.as_secs_f64() / taken.as_secs_f64()).max(1.0);
        let every = (ROUNDS as f64 / turns_within_budget).ceil().max(1.0) as usize;
        Self { runs, every }
    }

    fn turn(&self, contender: &mut Contender<'_>) -> f64 {
        let taken = time(contender, self.runs);
        taken.as_secs_f64() * 1e9 / (f64::from(self.runs) * contender.units as f64)
    }
}

fn time(contender: &mut Contender<'_>, runs: u32) -> Duration {
    let begun = Instant::now();
    for _ in 0..runs {
        (contender.run)();
    }
    begun.elapsed()
}
