//! Figures as people read them: grouped by thousands, signed where they are differences, each currency for itself.

use crate::backtest::sums::Sums;
use crate::value::{Decimal, Money};

/// `12,345`.
pub(super) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// `1 case`, `12,345 cases`.
pub(super) fn counted(number: u64, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {one}{s}", count(number))
}

/// `1,234.50 USD`.
pub(super) fn money(amount: Money) -> String {
    let text = amount.amount_text();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    format!("{sign}{}{rest} {}", grouped(digits), amount.currency().code())
}

/// `+1,234.50 USD`, `−3.00 USD`: a difference.
pub(super) fn difference(amount: Money) -> String {
    let is_more = !amount.amount().is_negative() && !amount.amount().is_zero();
    format!("{}{}", if is_more { "+" } else { "" }, money(amount))
}

/// Sums in all currencies; a dash where there are none.
pub(super) fn sums(sums: &Sums) -> String {
    joined(sums.iter().map(money))
}

/// Differences in all currencies that have one.
pub(super) fn differences(sums: &Sums) -> String {
    joined(sums.iter().filter(|amount| !amount.amount().is_zero()).map(difference))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "—".to_owned() } else { parts.join(" · ") }
}

/// A part of one in hundredths: `5.2 %`.
pub(super) fn share(part: Decimal) -> String {
    let per_cent = part.times(Decimal::from(100)).unwrap_or(part);
    let sign = if per_cent.is_negative() { "−" } else { "" };
    format!("{sign}{} %", per_cent.absolute().to_fixed(1))
}

/// The same with a sign, for a change.
pub(super) fn change(part: Decimal) -> String {
    let is_more = !part.is_negative() && !part.is_zero();
    format!("{}{}", if is_more { "+" } else { "" }, share(part))
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

fn grouped(digits: &str) -> String {
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_signed() {
        let amounts = ["0.00 USD", "999.99 USD", "1234.50 USD", "-1234567.00 USD", "1000 JPY"].map(|text| Money::parse(text).unwrap());
        let shown: Vec<String> = amounts.into_iter().map(|amount| format!("{} | {}", money(amount), difference(amount))).collect();
        insta::assert_snapshot!(shown.join("\n"), @"");
        let shares = ["0.0523", "-0.5", "1", "0"].map(|text| change(Decimal::parse(text).unwrap()));
        assert_eq!(shares, ["+5.2 %", "−50.0 %", "+100.0 %", "0.0 %"]);
        assert_eq!([count(7), count(1_000), count(1_234_567), of(1, 3), of(0, 0)], ["7", "1,000", "1,234,567", "33.3 %", "—"]);
    }
}
