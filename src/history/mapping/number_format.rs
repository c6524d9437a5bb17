//! How numbers are written in a file, told by a sample.

use super::columns::Writing;
use crate::limits::DECIMAL_DIGITS_MAX;
use crate::value::Decimal;

/// How numbers are written: `1234.56`, `1,234.56`, `1.234,56`, `$1,234.56`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    sample: String,
    before: String,
    group: Option<char>,
    point: char,
    behind: String,
}

impl NumberFormat {
    /// What a file has that says nothing about its numbers.
    pub(crate) fn plain() -> Self {
        Self { sample: "1234.56".to_owned(), before: String::new(), group: None, point: '.', behind: String::new() }
    }

    /// The format of a sample, which shows the number 1234.56 as the file would write it.
    pub(crate) fn of_sample(sample: &str) -> Option<Self> {
        let start = sample.find('1')?;
        let (before, number) = sample.split_at(start);
        let rest = number.strip_prefix('1')?;
        let (group, rest) = if let Some(rest) = rest.strip_prefix("234") {
            (None, rest)
        } else {
            let group = rest.chars().next()?;
            (Some(group), rest.strip_prefix(group)?.strip_prefix("234")?)
        };
        let point = rest.chars().next()?;
        let behind = rest.strip_prefix(point)?.strip_prefix("56")?;
        let group_fits = group.is_none_or(|group| group != point && ",.' \u{a0}\u{202f}".contains(group));
        let sign_fits = |text: &str| !text.contains(|c: char| c.is_ascii_digit() || "-+()".contains(c));
        let fits = group_fits && (point == '.' || point == ',') && sign_fits(before) && sign_fits(behind);
        fits.then(|| Self {
            sample: sample.to_owned(),
            before: before.trim().to_owned(),
            group,
            point,
            behind: behind.trim().to_owned(),
        })
    }

    /// Reads a number as it is written: one out of a column of numbers has a form of its own.
    pub(crate) fn read_cell(&self, cell: &str, writing: Writing) -> Result<Decimal, String> {
        match writing {
            Writing::Number | Writing::Fraction => Decimal::parse(cell).map_err(|trouble| trouble.to_string()),
            Writing::AsMapped | Writing::Flag | Writing::Moment => self.read(cell),
        }
    }

    /// Reads a number. `-` stands before or behind what comes before it (`-$5.00`, `$-5.00`); brackets mean a negative one.
    pub(crate) fn read(&self, cell: &str) -> Result<Decimal, String> {
        let wrong = || format!("`{cell}` is not a number written like `{}`", self.sample);
        let (text, in_brackets) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => (inner, true),
            None => (cell, false),
        };
        let (text, first_minus) = minus(text);
        let text = text.strip_prefix(self.before.as_str()).unwrap_or(text).trim_start();
        let (text, second_minus) = minus(text);
        let text = text.strip_suffix(self.behind.as_str()).unwrap_or(text).trim_end();
        let signs = [in_brackets, first_minus, second_minus].into_iter().filter(|each| *each).count();
        let (whole, fraction) = text.split_once(self.point).map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let whole = self.ungrouped(whole).ok_or_else(wrong)?;
        let plain = match fraction {
            None => whole,
            // Some programs leave out the zero of `.50`.
            Some(fraction) if whole.is_empty() => format!("0.{fraction}"),
            Some(fraction) => format!("{whole}.{fraction}"),
        };
        if signs > 1 || plain.starts_with(['+', '-']) {
            return Err(wrong());
        }
        // Too many digits is a finding of its own; everything else is about the way the number is written.
        let is_long =
            plain.len() > DECIMAL_DIGITS_MAX as usize && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = Decimal::parse(&plain).map_err(|trouble| if is_long { trouble.to_string() } else { wrong() })?;
        Ok(if signs == 1 { number.negated() } else { number })
    }

    /// The digits before the point; groups are whole ones or the number is not read (`12,34` is not 1234).
    fn ungrouped(&self, whole: &str) -> Option<String> {
        let Some(group) = self.group.filter(|group| whole.contains(*group)) else { return Some(whole.to_owned()) };
        let mut parts = whole.split(group);
        let first = parts.next()?;
        let fits = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
        fits.then(|| whole.replace(group, ""))
    }
}

fn minus(text: &str) -> (&str, bool) {
    text.strip_prefix('-').map_or((text, false), |rest| (rest.trim_start(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_sample_shows() {
        let shown: Vec<String> = [
            ("1234.56", "707.00"),
            ("1234.56", "1,234.56"),
            ("1234.56", "12e3"),
            ("1234.56", "-5"),
            ("1234.56", "--5"),
            ("1234.56", "1234567890123456789012345678901"),
            ("1,234.56", "1,234,567.5"),
            ("1,234.56", "1234.5"),
            ("1,234.56", "12,34"),
            ("1.234,56", "1.234,5"),
            ("1.234,56", "1234.56"),
            ("1 234,56 €", "12 345,00 €"),
            ("$1,234.56", "-$1,234.56"),
            ("$1,234.56", "$-7"),
            ("$1,234.56", "($7.00)"),
            ("$1,234.56", "7.00"),
            ("$1,234.56", "€7.00"),
            ("1234.56", ".50"),
            ("1234.56", "."),
            ("1234.56", "5."),
            ("1234.56", ""),
        ]
        .iter()
        .map(|(sample, cell)| {
            let read = NumberFormat::of_sample(sample).unwrap().read(cell);
            format!("{sample} | {cell} | {}", read.map_or_else(|error| error, |number| number.to_string()))
        })
        .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        1234.56 | 707.00 | 707
        1234.56 | 1,234.56 | `1,234.56` is not a number written like `1234.56`
        1234.56 | 12e3 | `12e3` is not a number written like `1234.56`
        1234.56 | -5 | -5
        1234.56 | --5 | `--5` is not a number written like `1234.56`
        1234.56 | 1234567890123456789012345678901 | `1234567890123456789012345678901` has more than 28 digits, which cannot be kept exactly
        1,234.56 | 1,234,567.5 | 1234567.5
        1,234.56 | 1234.5 | 1234.5
        1,234.56 | 12,34 | `12,34` is not a number written like `1,234.56`
        1.234,56 | 1.234,5 | 1234.5
        1.234,56 | 1234.56 | `1234.56` is not a number written like `1.234,56`
        1 234,56 € | 12 345,00 € | 12345
        $1,234.56 | -$1,234.56 | -1234.56
        $1,234.56 | $-7 | -7
        $1,234.56 | ($7.00) | -7
        $1,234.56 | 7.00 | 7
        $1,234.56 | €7.00 | `€7.00` is not a number written like `$1,234.56`
        1234.56 | .50 | 0.5
        1234.56 | . | `.` is not a number written like `1234.56`
        1234.56 | 5. | `5.` is not a number written like `1234.56`
        1234.56 |  | `` is not a number written like `1234.56`
        ");
        let samples = ["1234", "12.34", "1x234.56", "1.234.56", "-1234.56", "999.99", ""];
        assert!(samples.iter().all(|sample| NumberFormat::of_sample(sample).is_none()));
    }
}
