//! Figures as people read them: `1,234,567`, `12,345.60`, `+2.3 %`.

use crate::limits::{BACKTEST_AMOUNT_DIGITS, BACKTEST_AMOUNT_MAX};
use crate::value::{Decimal, Mode, Money};

/// A count with its thousands set off.
pub(crate) fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// An amount with its thousands set off, without its currency.
pub(crate) fn amount(amount: Money) -> String {
    grouped(&amount.amount_text())
}

/// An amount with its currency.
pub(crate) fn money(money: Money) -> String {
    format!("{} {}", amount(money), money.currency())
}

/// A difference: with its sign, also above zero.
pub(crate) fn signed(money: Money) -> String {
    let sign = if money.amount().is_negative() || money.amount().is_zero() { "" } else { "+" };
    format!("{sign}{}", amount(money))
}

/// A difference of counts.
pub(crate) fn signed_count(before: u64, after: u64) -> String {
    match after.checked_sub(before) {
        Some(0) => "0".to_owned(),
        Some(more) => format!("+{}", count(more)),
        None => format!("-{}", count(before - after)),
    }
}

/// A part of a whole in per cent, to one digit; a dash where it is a part of nothing.
pub(crate) fn percent(share: Option<Decimal>) -> String {
    share
        .and_then(|share| share.times(Decimal::from(100)).ok())
        .map_or_else(|| "-".to_owned(), |percent| format!("{} %", Mode::HalfUp.to_digits(percent, 1).to_fixed(1)))
}

/// The same with its sign.
pub(crate) fn signed_percent(share: Option<Decimal>) -> String {
    let sign = if share.is_some_and(|share| !share.is_zero() && !share.is_negative()) { "+" } else { "" };
    format!("{sign}{}", percent(share))
}

/// A number with a word: `1 case`, `2 cases`.
pub(crate) fn many(number: u64, one: &str, several: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { several })
}

/// Cases whose amounts count in no sum, and why.
pub(crate) fn not_summed(cases: u64) -> String {
    format!(
        "{} with an amount above {} or of more than {BACKTEST_AMOUNT_DIGITS} digits behind the point, which counts in no sum",
        many(cases, "case", "cases"),
        count(BACKTEST_AMOUNT_MAX.unsigned_abs())
    )
}

fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_off() {
        let told = |text: &str| signed(Money::parse(text).unwrap());
        let shown = [
            count(0),
            count(999),
            count(1_000),
            count(1_234_567),
            told("-1234.5 USD"),
            told("0.00 USD"),
            told("123456 JPY"),
            signed_count(7, 7),
            signed_count(1_007, 7),
            signed_percent(Some(Decimal::new(-12_345, 5))),
            signed_percent(Some(Decimal::new(5, 2))),
            signed_percent(None),
            many(1, "case", "cases"),
        ];
        assert_eq!(
            shown.join(" | "),
            "0 | 999 | 1,000 | 1,234,567 | -1,234.50 | 0.00 | +123,456 | 0 | -1,000 | -12.3 % | +5.0 % | - | 1 case"
        );
    }
}
