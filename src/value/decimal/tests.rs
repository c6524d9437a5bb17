//! Numbers as text, and what they come to against arithmetic of any length.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> String {
    match Decimal::parse(text) {
        Ok(number) => number.to_string(),
        Err(trouble) => format!("error: {trouble}"),
    }
}

#[test]
fn text_is_read_exactly_or_refused() {
    let shown: Vec<String> = [
        "0.1",
        "19.99",
        "-0.00",
        "+5",
        "010",
        "64.20",
        "100",
        "1e3",
        "1,000",
        "",
        ".5",
        "5.",
        "0x10",
        "NaN",
        "1234567890123456789012345678",
        "0.1234567890123456789012345678",
        "12345678901234567890.12345678",
        "12345678901234567890.123456789",
        "99999999999999999999999999999",
        "1.00000000000000000000000000000000",
    ]
    .iter()
    .map(|text| format!("{text} -> {}", read(text)))
    .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    0.1 -> 0.1
    19.99 -> 19.99
    -0.00 -> 0
    +5 -> 5
    010 -> 10
    64.20 -> 64.2
    100 -> 100
    1e3 -> error: `1e3` is not a number
    1,000 -> error: `1,000` is not a number
     -> error: `` is not a number
    .5 -> error: `.5` is not a number
    5. -> error: `5.` is not a number
    0x10 -> error: `0x10` is not a number
    NaN -> error: `NaN` is not a number
    1234567890123456789012345678 -> 1234567890123456789012345678
    0.1234567890123456789012345678 -> 0.1234567890123456789012345678
    12345678901234567890.12345678 -> 12345678901234567890.12345678
    12345678901234567890.123456789 -> error: `12345678901234567890.123456789` has more than 28 digits, which cannot be kept exactly
    99999999999999999999999999999 -> error: `99999999999999999999999999999` has more than 28 digits, which cannot be kept exactly
    1.00000000000000000000000000000000 -> 1
    ");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_short_number_is_read_as_any_other(text in "[-+]?(0{0,3}[0-9]{0,16}[.]?[0-9]{0,12}0{0,3}|[-+.0-9a]{0,6})") {
        if let Some(short) = Decimal::parse_short(&text) {
            let any = Decimal::parse_any(&text).unwrap();
            prop_assert_eq!((short.0.mantissa(), short.0.scale(), short.0.is_sign_negative()), (any.0.mantissa(), any.0.scale(), any.0.is_sign_negative()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_short_number_is_written_as_any_other(mantissa in prop_oneof![-2_000_i64..2_000, any::<i64>()], scale in 0_u32..29, digits in 0_u32..29) {
        let number = Decimal::new(mantissa, scale);
        let short = number.in_short(digits).unwrap();
        prop_assert_eq!(short.as_str(), number.to_fixed_at_length(digits));
        prop_assert_eq!(number.to_string(), number.raw().normalize().to_string());
    }

    #[test]
    fn numbers_of_any_scale_are_ordered_by_what_they_are(
        (one, other) in prop_oneof![
            (any::<i64>(), any::<i64>()),
            (-20_i64..20, -20_i64..20),
            any::<i64>().prop_map(|number| (number, number / 1_000)),
        ],
        (scale, scale_of_other) in (0_u32..29, 0_u32..29),
    ) {
        let (one, other) = (Decimal::new(one, scale), Decimal::new(other, scale_of_other));
        prop_assert_eq!(one.cmp(&other), one.raw().cmp(&other.raw()), "{} {}", one, other);
    }
}

type Operation = fn(Decimal, Decimal) -> Result<Decimal, Trouble>;

const OPERATIONS: [(&str, Operation); 4] =
    [("+", Decimal::plus), ("-", Decimal::minus), ("*", Decimal::times), ("/", Decimal::divided_by)];

#[test]
fn a_result_is_exact_or_keeps_ten_digits_behind_the_point() {
    let shown: Vec<String> = [
        "0.01 + 0.01",
        "9999999999999999999999999999 + 1",
        "9999999999999999999999999999 + 0.01",
        "0.3333333333333333333333333333 + 12.5",
        "-0.3333333333333333333333333333 + 12.5",
        "999999999999999999.3333333333 + 0.00000000003",
        "9999999999999999999.333333333 + 0.00000000003",
        "100 / 3",
        "2 / 3",
        "1000000000000000000 / 7",
        "10000000000000000000000000 / 8",
        "10000000000000000000000000 / 7",
        "0.3333333333333333333333333333 * 0.3333333333333333333333333333",
        "99999999999999999999999999.99 * 2.5",
        "99999999999999999999999999.99 * 1.01",
        "20000000000000000000000000.05 * 20",
        "0.0000000000000000000000000001 * 0.1",
    ]
    .iter()
    .map(|text| {
        let words: Vec<&str> = text.split(' ').collect();
        let operate = OPERATIONS.iter().find(|(sign, _)| *sign == words[1]).unwrap().1;
        let result = operate(Decimal::parse(words[0]).unwrap(), Decimal::parse(words[2]).unwrap());
        format!("{text} = {}", result.map_or_else(|trouble| format!("error: {trouble}"), |number| number.to_string()))
    })
    .collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    0.01 + 0.01 = 0.02
    9999999999999999999999999999 + 1 = 10000000000000000000000000000
    9999999999999999999999999999 + 0.01 = error: the result has more digits than a number can hold
    0.3333333333333333333333333333 + 12.5 = 12.833333333333333333333333333
    -0.3333333333333333333333333333 + 12.5 = 12.166666666666666666666666667
    999999999999999999.3333333333 + 0.00000000003 = 999999999999999999.3333333333
    9999999999999999999.333333333 + 0.00000000003 = error: the result has more digits than a number can hold
    100 / 3 = 33.333333333333333333333333333
    2 / 3 = 0.6666666666666666666666666667
    1000000000000000000 / 7 = 142857142857142857.14285714286
    10000000000000000000000000 / 8 = 1250000000000000000000000
    10000000000000000000000000 / 7 = error: the result has more digits than a number can hold
    0.3333333333333333333333333333 * 0.3333333333333333333333333333 = 0.1111111111111111111111111111
    99999999999999999999999999.99 * 2.5 = error: the result has more digits than a number can hold
    99999999999999999999999999.99 * 1.01 = error: the result has more digits than a number can hold
    20000000000000000000000000.05 * 20 = 400000000000000000000000001
    0.0000000000000000000000000001 * 0.1 = 0
    ");
}

/// A number without any bound: its digits, the greatest first, how many of them stand behind the point, and whether more would follow.
struct Endless {
    digits: Vec<u8>,
    behind: usize,
    goes_on: bool,
}

fn digits(mantissa: u128) -> Vec<u8> {
    mantissa.to_string().bytes().map(|byte| byte - b'0').collect()
}

/// Digits with zeros behind and before them.
fn padded(number: Decimal, behind: usize, length: usize) -> Vec<u8> {
    let mut all = digits(number.0.mantissa().unsigned_abs());
    all.resize(all.len() + behind - number.0.scale() as usize, 0);
    [vec![0; length - all.len()], all].concat()
}

impl Endless {
    /// Both with one sign: the sum; else the difference. As it is done on paper.
    fn sum(one: Decimal, other: Decimal) -> Self {
        let behind = one.0.scale().max(other.0.scale()) as usize;
        let (mut one_digits, mut other_digits) = (padded(one, behind, 60), padded(other, behind, 60));
        let is_sum = one.0.is_sign_negative() == other.0.is_sign_negative();
        if !is_sum && one_digits < other_digits {
            std::mem::swap(&mut one_digits, &mut other_digits);
        }
        let (mut result, mut carry) = (vec![0; 60], 0_i8);
        for at in (0..60).rev() {
            let (a, b) = (i8::try_from(one_digits[at]).unwrap(), i8::try_from(other_digits[at]).unwrap());
            let digit = if is_sum { a + b + carry } else { a - b + carry };
            result[at] = u8::try_from(digit.rem_euclid(10)).unwrap();
            carry = digit.div_euclid(10);
        }
        Self { digits: result, behind, goes_on: false }
    }

    fn product(one: Decimal, other: Decimal) -> Self {
        let (a, b) = (digits(one.0.mantissa().unsigned_abs()), digits(other.0.mantissa().unsigned_abs()));
        let mut columns = vec![0_u32; a.len() + b.len()];
        for (at, digit) in a.iter().enumerate() {
            for (other_at, other_digit) in b.iter().enumerate() {
                columns[at + other_at + 1] += u32::from(*digit) * u32::from(*other_digit);
            }
        }
        for at in (1..columns.len()).rev() {
            columns[at - 1] += columns[at] / 10;
            columns[at] %= 10;
        }
        // A number of fewer digits has zeros before it.
        let zeros = std::iter::repeat_n(0, 60);
        let digits = zeros.chain(columns.into_iter().map(|column| u8::try_from(column).unwrap())).collect();
        Self { digits, behind: (one.0.scale() + other.0.scale()) as usize, goes_on: false }
    }

    fn quotient(one: Decimal, other: Decimal) -> Self {
        let (dividend, divisor) = (one.0.mantissa().unsigned_abs(), other.0.mantissa().unsigned_abs());
        let (mut digits, mut rest) = (digits(dividend / divisor), dividend % divisor);
        for _ in 0..100 {
            rest *= 10;
            digits.push(u8::try_from(rest / divisor).unwrap());
            rest %= divisor;
        }
        let behind = 100 + one.0.scale() as usize;
        let mut all = vec![0; 60];
        all.extend(digits);
        Self { digits: all, behind: behind - other.0.scale() as usize, goes_on: rest != 0 }
    }

    /// What a number holds of it: its digits and how many of them stand behind the point.
    fn held(&self) -> Option<(u128, usize)> {
        for places in (0..=28_usize).rev() {
            let cut = self.behind.saturating_sub(places);
            let (kept, rest) = self.digits.split_at(self.digits.len() - cut);
            let kept: String = kept.iter().map(|digit| char::from(b'0' + digit)).collect();
            let zeros = "0".repeat(places.saturating_sub(self.behind));
            let Ok(kept) = format!("{kept}{zeros}")
                .trim_start_matches('0')
                .parse::<u128>()
                .or_else(|error| if *error.kind() == std::num::IntErrorKind::Empty { Ok(0) } else { Err(error) })
            else {
                continue;
            };
            let is_rest = |rest: &[u8]| self.goes_on || rest.iter().any(|digit| *digit > 0);
            let up = match rest.split_first() {
                Some((first, after)) => *first > 5 || (*first == 5 && (is_rest(after) || kept % 2 == 1)),
                None => false,
            };
            let rounded = kept + u128::from(up);
            if rounded < 1 << 96 {
                return (places >= 10 || !is_rest(rest)).then_some((rounded, places));
            }
        }
        None
    }
}

fn any_number() -> impl Strategy<Value = Decimal> {
    let largest = (1_i128 << 96) - 1;
    let mantissa = prop_oneof![
        4 => -2_000_i128..2_000,
        2 => -largest..=largest,
        1 => (0_i128..50).prop_map(move |less| largest - less),
        3 => (0_u32..29, -3_i128..4).prop_map(|(digits, near)| 10_i128.pow(digits) + near),
        2 => (1_i128..1_000, 0_u32..26).prop_map(|(number, digits)| number * 10_i128.pow(digits)),
        2 => any::<i64>().prop_map(i128::from),
    ];
    (mantissa, prop_oneof![2 => 0_u32..5, 2 => 0_u32..=28, 1 => 26_u32..=28])
        .prop_map(|(mantissa, scale)| Decimal(Raw::from_i128_with_scale(mantissa, scale)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 6_000, ..ProptestConfig::default() })]

    /// Each operation gives the nearest number that can be held, the even one of two, and keeps ten digits behind the point.
    #[test]
    fn results_are_those_of_arithmetic_without_bounds(one in any_number(), other in any_number()) {
        for (sign, operate) in OPERATIONS {
            let found = operate(one, other);
            if sign == "/" && other.is_zero() {
                prop_assert_eq!(found, Err(Trouble::DivisionByZero));
                continue;
            }
            let endless = match sign {
                "+" => Endless::sum(one, other),
                "-" => Endless::sum(one, other.negated()),
                "*" => Endless::product(one, other),
                _ => Endless::quotient(one, other),
            };
            let held = endless.held().map(|(digits, places)| {
                Raw::from_i128_with_scale(i128::try_from(digits).unwrap(), u32::try_from(places).unwrap())
            });
            let found = found.ok().map(|number| number.0);
            prop_assert_eq!(found.map(|found| found.abs()), held, "{} {} {}", one, sign, other);
        }
    }
}

#[test]
fn fixed_digits_pad_and_never_cut() {
    let shown: Vec<String> = [("64.2", 2), ("64", 2), ("64.205", 2), ("5", 0)]
        .iter()
        .map(|(text, digits)| Decimal::parse(text).unwrap().to_fixed(*digits))
        .collect();
    assert_eq!(shown, ["64.20", "64.00", "64.205", "5"]);
}
