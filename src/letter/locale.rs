//! How amounts and days are written for a reader: by language and country, exactly, without a rounding of their own.

use crate::bundle::language_of;
use crate::value::{Date, Money};

/// A language that letters can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Spanish,
    Portuguese,
}

impl Language {
    /// The language of a tag: `en`, `en-GB`, `pt-BR`.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        match language_of(tag).to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "es" => Some(Self::Spanish),
            "pt" => Some(Self::Portuguese),
            _ => None,
        }
    }

    /// The word between the last two items of a list.
    fn and(self) -> &'static str {
        match self {
            Self::English => "and",
            Self::Spanish => "y",
            Self::Portuguese => "e",
        }
    }

    /// Items as they are read out: `one, two and three`.
    pub(crate) fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} {} {last}", most.join(", "), self.and_before(last)),
        }
    }

    /// Spanish `y` becomes `e` before the sound of an `i`.
    fn and_before(self, word: &str) -> &'static str {
        let word = word.to_lowercase();
        let sounds_like_i = ["i", "í", "hi"].iter().any(|start| word.starts_with(start)) && !word.starts_with("hie");
        if self == Self::Spanish && sounds_like_i { "e" } else { self.and() }
    }
}

/// Countries whose Spanish writes `1,234.56`. All others write `1.234,56`.
const POINT_IN_SPANISH: [&str; 10] = ["MX", "US", "PR", "GT", "HN", "NI", "PA", "DO", "SV", "PE"];
/// Countries whose English writes the month before the day.
const MONTH_FIRST: [&str; 2] = ["US", "PR"];

/// How one reader reads amounts and days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locale {
    language: Language,
    /// The country whose habits apply; empty where nothing is known.
    country: String,
}

impl Locale {
    /// The habits of a language in a country. A region in the tag goes before the country of the case.
    pub(crate) fn new(language: Language, tag: &str, country: &str) -> Self {
        let region = tag.split_once('-').map(|(_, region)| region);
        Self { language, country: region.unwrap_or(country).to_owned() }
    }

    /// An amount: `$64.20`, `1.234,56 €`, `R$ 1.234,56`. The minor unit of the currency is always written out.
    pub(crate) fn money(&self, money: Money) -> String {
        let text = money.amount_text();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        let number = self.grouped(digits);
        let code = money.currency();
        let (symbol, is_letter) = self.symbol(code.code());
        if self.puts_symbols_behind() {
            return format!("{sign}{number} {symbol}");
        }
        let apart = is_letter || self.sets_symbols_apart();
        format!("{sign}{symbol}{}{number}", if apart { " " } else { "" })
    }

    /// Does the sign of a currency stand behind the number? In Europe, but for English.
    fn puts_symbols_behind(&self) -> bool {
        matches!((self.language, self.country.as_str()), (Language::Spanish, "ES") | (Language::Portuguese, "PT"))
    }

    /// Does a space stand between the sign of a currency and the number?
    fn sets_symbols_apart(&self) -> bool {
        match self.language {
            Language::English => false,
            Language::Spanish => matches!(self.country.as_str(), "AR" | "CO"),
            Language::Portuguese => true,
        }
    }

    /// The sign of a currency, and whether it is a code in letters. The sign alone where it can mean only the reader's own currency.
    fn symbol(&self, code: &str) -> (String, bool) {
        let own = matches!(
            (code, self.country.as_str()),
            ("USD", "US" | "PR") | ("MXN", "MX") | ("COP", "CO") | ("ARS", "AR") | ("CLP", "CL") | ("CAD", "CA") | ("AUD", "AU")
        );
        let symbol = match code {
            _ if own => "$",
            "USD" => "US$",
            "EUR" => "€",
            "GBP" => "£",
            "BRL" => "R$",
            other => return (other.to_owned(), true),
        };
        (symbol.to_owned(), false)
    }

    /// Digits in groups of three, with the decimal sign of the place.
    fn grouped(&self, digits: &str) -> String {
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
        let (group, point) = match self.language {
            Language::English => (',', '.'),
            Language::Spanish if POINT_IN_SPANISH.contains(&self.country.as_str()) => (',', '.'),
            Language::Spanish | Language::Portuguese => ('.', ','),
        };
        let mut number = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                number.push(group);
            }
            number.push(digit);
        }
        if let Some(fraction) = fraction {
            number.push(point);
            number.push_str(fraction);
        }
        number
    }

    /// A day: `May 12, 2026`, `12 May 2026`, `12 de mayo de 2026`, `1º de maio de 2026`.
    pub(crate) fn day(&self, day: Date) -> String {
        let written = day.to_string();
        let mut pieces = written.split('-');
        let year = pieces.next().unwrap_or_default();
        let month = pieces.next().and_then(|month| month.parse::<usize>().ok()).unwrap_or(0);
        let number = pieces.next().unwrap_or_default().trim_start_matches('0');
        let month = self.months().get(month.wrapping_sub(1)).copied().unwrap_or_default();
        match self.language {
            Language::English if MONTH_FIRST.contains(&self.country.as_str()) => format!("{month} {number}, {year}"),
            Language::English => format!("{number} {month} {year}"),
            Language::Portuguese if number == "1" && self.country != "PT" => format!("1º de {month} de {year}"),
            Language::Spanish | Language::Portuguese => format!("{number} de {month} de {year}"),
        }
    }

    fn months(&self) -> [&'static str; 12] {
        match self.language {
            Language::English => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
            Language::Spanish => [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
            Language::Portuguese => [
                "janeiro",
                "fevereiro",
                "março",
                "abril",
                "maio",
                "junho",
                "julho",
                "agosto",
                "setembro",
                "outubro",
                "novembro",
                "dezembro",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day and amounts as a reader in a country reads them.
    fn read(tag: &str, country: &str, amounts: &[&str]) -> String {
        let locale = Locale::new(Language::of_tag(tag).unwrap(), tag, country);
        let day = locale.day(Date::parse("2026-05-01").unwrap());
        let amounts = amounts.iter().map(|amount| locale.money(Money::parse(amount).unwrap()));
        std::iter::once(day).chain(amounts).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn each_reader_reads_amounts_and_days_in_their_own_way() {
        let all = ["64.20 USD", "1234567.50 EUR", "999.00 BRL", "1000.00 GBP"];
        assert_eq!(read("en", "US", &all), "May 1, 2026 | $64.20 | €1,234,567.50 | R$999.00 | £1,000.00");
        assert_eq!(read("en", "GB", &all), "1 May 2026 | US$64.20 | €1,234,567.50 | R$999.00 | £1,000.00");
        assert_eq!(read("en-GB", "US", &all), read("en", "GB", &all));
        assert_eq!(read("es", "ES", &all), "1 de mayo de 2026 | 64,20 US$ | 1.234.567,50 € | 999,00 R$ | 1.000,00 £");
        assert_eq!(read("pt-PT", "PT", &all), "1 de maio de 2026 | 64,20 US$ | 1.234.567,50 € | 999,00 R$ | 1.000,00 £");
        assert_eq!(read("es", "MX", &["1234.56 MXN", "64.20 USD"]), "1 de mayo de 2026 | $1,234.56 | US$64.20");
        assert_eq!(read("es", "CO", &["1234567.50 COP"]), "1 de mayo de 2026 | $ 1.234.567,50");
        assert_eq!(read("es", "AR", &["1234.56 ARS"]), "1 de mayo de 2026 | $ 1.234,56");
        assert_eq!(read("es", "CL", &["1234567 CLP"]), "1 de mayo de 2026 | $1.234.567");
        assert_eq!(read("pt-BR", "BR", &["1234.56 BRL", "12.00 USD"]), "1º de maio de 2026 | R$ 1.234,56 | US$ 12,00");
        assert_eq!(read("en", "CH", &["1234.5 CHF", "1000 JPY", "1.5 KWD"]), "1 May 2026 | CHF 1,234.50 | JPY 1,000 | KWD 1.500");
        assert_eq!(read("en", "US", &["-64.20 USD", "0.01 USD", "999999.99 USD"]), "May 1, 2026 | -$64.20 | $0.01 | $999,999.99");
    }

    #[test]
    fn lists_read_as_they_are_spoken() {
        let list = |tag, items: &[&str]| {
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            Language::of_tag(tag).unwrap().list(&items)
        };
        assert_eq!(list("en", &[]), "");
        assert_eq!(list("en", &["fees"]), "fees");
        assert_eq!(list("en", &["fees", "interest", "calls"]), "fees, interest and calls");
        assert_eq!(list("es", &["cargos", "intereses"]), "cargos e intereses");
        assert_eq!(list("es", &["cargos", "hierro"]), "cargos y hierro");
        assert_eq!(list("pt-BR", &["multas", "juros"]), "multas e juros");
    }
}
