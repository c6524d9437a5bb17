//! Figures as people read them: grouped by thousands, signed where they are differences, each currency for itself.

use crate::backtest::shown::figures;
pub(super) use crate::backtest::shown::figures::count;
use crate::backtest::sums::Sums;
use crate::value::{Currency, Decimal, Mode, Money};

/// `1 case`, `12,345 cases`.
pub(super) fn counted(number: u64, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {one}{s}", count(number))
}

/// `1,234.50 USD`.
pub(super) fn money(money: Money) -> String {
    format!("{} {}", amount(money), money.currency().code())
}

/// `1,234.50`, where the currency stands elsewhere. Below zero it has the sign that is as wide as a plus.
pub(super) fn amount(money: Money) -> String {
    figures::amount(money).replacen('-', "−", 1)
}

/// `+1,234.50 USD`, `−3.00 USD`: a difference.
pub(super) fn difference(amount: Money) -> String {
    let is_more = !amount.amount().is_negative() && !amount.amount().is_zero();
    format!("{}{}", if is_more { "+" } else { "" }, money(amount))
}

/// The currencies of a report, those of most cases first: no sum mixes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Currencies(pub(super) Vec<Currency>);

impl Currencies {
    /// The one that is told first and drawn.
    pub(super) fn main(&self) -> Option<Currency> {
        self.0.first().copied()
    }

    /// The heading above what is told of all others.
    pub(super) fn others(&self, what: &str) -> String {
        match self.0.len().saturating_sub(1) {
            1 => format!("{what} in the other currency"),
            many => format!("{what} in {many} other currencies"),
        }
    }

    /// Where a currency stands among them.
    pub(super) fn rank(&self, currency: Currency) -> usize {
        self.0.iter().position(|known| *known == currency).unwrap_or(usize::MAX)
    }

    fn in_order(&self, sums: &Sums) -> Vec<Money> {
        let mut amounts: Vec<Money> = sums.iter().collect();
        amounts.sort_by_key(|amount| self.rank(amount.currency()));
        amounts
    }

    /// Sums in all currencies; a dash where there are none.
    pub(super) fn sums(&self, sums: &Sums) -> String {
        joined(self.in_order(sums).into_iter().map(money))
    }

    /// Differences in all currencies that have one.
    pub(super) fn differences(&self, sums: &Sums) -> String {
        joined(self.in_order(sums).into_iter().filter(|amount| !amount.amount().is_zero()).map(difference))
    }

    /// The sum in the first of them, and how many others there are.
    pub(super) fn first_of(&self, sums: &Sums, told: fn(Money) -> String) -> (String, String) {
        let Some(main) = self.main() else { return ("—".to_owned(), String::new()) };
        let others = sums.iter().filter(|amount| amount.currency() != main && !amount.amount().is_zero()).count();
        let more = match others {
            0 => String::new(),
            1 => "and another currency".to_owned(),
            many => format!("and {many} other currencies"),
        };
        (told(sums.of(main)), more)
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "—".to_owned() } else { parts.join(" · ") }
}

/// A part of one in hundredths: `5.2 %`.
pub(super) fn share(part: Decimal) -> String {
    let per_cent = part.times(Decimal::from(100)).unwrap_or(part);
    let rounded = Mode::HalfUp.to_digits(per_cent, 1);
    let sign = if rounded.is_negative() && !rounded.is_zero() { "−" } else { "" };
    format!("{sign}{} %", rounded.absolute().to_fixed(1))
}

/// So many digits, rounded as people round.
pub(super) fn fixed(number: Decimal, digits: u32) -> String {
    Mode::HalfUp.to_digits(number, digits).to_fixed(digits)
}

/// The same with a sign, for a change.
pub(super) fn change(part: Decimal) -> String {
    let shown = share(part);
    let is_more = !part.is_negative() && shown != "0.0 %";
    format!("{}{shown}", if is_more { "+" } else { "" })
}

/// How much of a whole it is: `9.7 %`; nothing of nothing.
pub(super) fn of(part: u64, whole: u64) -> String {
    let number = |count: u64| Decimal::from(i64::try_from(count).unwrap_or(i64::MAX));
    number(part).divided_by(number(whole)).map_or_else(|_| "—".to_owned(), share)
}

/// A name as words: `partly_uphold` is `partly uphold`.
pub(super) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_signed() {
        let amounts =
            ["0.00 USD", "999.99 USD", "1234.50 USD", "-1234567.00 USD", "1000 JPY"].map(|text| Money::parse(text).unwrap());
        let shown: Vec<String> =
            amounts.into_iter().map(|amount| format!("{} | {}", money(amount), difference(amount))).collect();
        insta::assert_snapshot!(shown.join("\n"), @"
        0.00 USD | 0.00 USD
        999.99 USD | +999.99 USD
        1,234.50 USD | +1,234.50 USD
        −1,234,567.00 USD | −1,234,567.00 USD
        1,000 JPY | +1,000 JPY
        ");
        let shares = ["0.0523", "-0.5", "1", "0"].map(|text| change(Decimal::parse(text).unwrap()));
        assert_eq!(shares, ["+5.2 %", "−50.0 %", "+100.0 %", "0.0 %"]);
        assert_eq!([count(7), count(1_000), count(1_234_567), of(1, 3), of(0, 0)], ["7", "1,000", "1,234,567", "33.3 %", "—"]);
    }
}
