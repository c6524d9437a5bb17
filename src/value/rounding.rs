//! Roundings by name.

use super::decimal::Decimal;
use super::trouble::Trouble;
use rust_decimal::RoundingStrategy;
use std::fmt;

/// Which way a half, or any remainder, goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Mode {
    /// To the nearest, halves to the even neighbour (the usual rounding of accounts).
    #[default]
    HalfEven,
    /// To the nearest, halves away from zero.
    HalfUp,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

/// A rounding: a mode, to a number of digits or to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rounding {
    /// Which way.
    pub mode: Mode,
    /// To multiples of this step (`down to 5.00`); to the minor unit of the currency if there is none.
    pub step: Option<Decimal>,
}

impl Mode {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
        }
    }

    /// Rounds to so many digits behind the point.
    #[must_use]
    pub fn to_digits(self, number: Decimal, digits: u32) -> Decimal {
        if number.raw().scale() <= digits {
            return number;
        }
        Decimal::from_raw(number.raw().round_dp_with_strategy(digits, self.strategy()))
    }

    /// Rounds to a multiple of `step`.
    ///
    /// # Errors
    /// When the step is zero or the result does not fit.
    pub fn to_step(self, number: Decimal, step: Decimal) -> Result<Decimal, Trouble> {
        if let (Self::Down, Some(steps)) = (self, whole_steps(number, step)) {
            return Ok(steps);
        }
        self.to_digits(number.divided_by(step)?, 0).times(step)
    }
}

/// The multiple of a step that lies next to a number on the way to zero, where both are whole numbers of some digit that a `i64`
/// holds: without a division of decimals.
fn whole_steps(number: Decimal, step: Decimal) -> Option<Decimal> {
    let (number, step) = (number.raw(), step.raw());
    let digits = number.scale().max(step.scale());
    let whole = |raw: rust_decimal::Decimal| {
        let mantissa = i64::try_from(raw.mantissa()).ok()?;
        mantissa.checked_mul(10_i64.checked_pow(digits - raw.scale())?)
    };
    let (number, step) = (whole(number)?, whole(step)?);
    let rest = number.checked_rem(step)?;
    Some(Decimal::from_raw(rust_decimal::Decimal::new(number - rest, digits)))
}

impl Rounding {
    /// Reads `half even`, `half up`, `down`, `up`, each optionally with `to STEP`.
    ///
    /// # Errors
    /// When the words are others, or the step is not a number above zero.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let words = text.trim();
        let (mode, step) = match words.split_once(" to ") {
            Some((mode, step)) => (mode.trim(), Some(step.trim())),
            None => (words, None),
        };
        let mode = match mode {
            "half even" => Mode::HalfEven,
            "half up" => Mode::HalfUp,
            "down" => Mode::Down,
            "up" => Mode::Up,
            other => {
                return Err(Trouble::Text(format!(
                    "`{other}` is not a rounding; write `half even`, `half up`, `down` or `up`, optionally with `to 5.00`"
                )));
            }
        };
        let step = step.map(Decimal::parse).transpose()?;
        if step.is_some_and(|step| step <= Decimal::ZERO) {
            return Err(Trouble::Text("a rounding step must be above zero".to_owned()));
        }
        Ok(Self { mode, step })
    }

    /// Rounds a number whose smallest unit has `digits` digits behind the point.
    ///
    /// # Errors
    /// When the result does not fit.
    pub fn apply(self, number: Decimal, digits: u32) -> Result<Decimal, Trouble> {
        match self.step {
            Some(step) => self.mode.to_step(number, step),
            None => Ok(self.mode.to_digits(number, digits)),
        }
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = match self.mode {
            Mode::HalfEven => "half even",
            Mode::HalfUp => "half up",
            Mode::Down => "down",
            Mode::Up => "up",
        };
        match self.step {
            Some(step) => write!(out, "{mode} to {}", step.to_fixed(2)),
            None => write!(out, "{mode}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        /// Whole steps are a short cut, never another answer.
        #[test]
        fn both_ways_to_a_step_agree(number in (-1_000_000_i64..1_000_000, 0_u32..6), step in (1_i64..10_000, 0_u32..4)) {
            let (number, step) = (Decimal::new(number.0, number.1), Decimal::new(step.0, step.1));
            let long = Mode::Down.to_digits(number.divided_by(step).unwrap(), 0).times(step).unwrap();
            proptest::prop_assert_eq!(Mode::Down.to_step(number, step).unwrap(), long);
        }
    }

    #[test]
    fn roundings_by_name() {
        let mut shown = Vec::new();
        for words in ["half even", "half up", "down", "up", "down to 5.00", "half even to 0.05", "up to 1.00"] {
            let rounding = Rounding::parse(words).unwrap();
            let results: Vec<String> = ["37.505", "37.515", "-37.505", "0.025"]
                .iter()
                .map(|text| rounding.apply(Decimal::parse(text).unwrap(), 2).unwrap().to_fixed(2))
                .collect();
            shown.push(format!("{rounding}: {}", results.join(" ")));
        }
        insta::assert_snapshot!(shown.join("\n"), @r"
        half even: 37.50 37.52 -37.50 0.02
        half up: 37.51 37.52 -37.51 0.03
        down: 37.50 37.51 -37.50 0.02
        up: 37.51 37.52 -37.51 0.03
        down to 5.00: 35.00 35.00 -35.00 0.00
        half even to 0.05: 37.50 37.50 -37.50 0.00
        up to 1.00: 38.00 38.00 -38.00 1.00
        ");
    }
}
