//! The pages of the diagnostic codes, for whoever met one: all of them as a list, or one of them whole.

use crate::text::Code;
use crate::text::nearest::nearest;
use std::fmt::Write;

/// What the codes of a hundred are about.
const HUNDREDS: [(u16, &str); 12] = [
    (0, "Documents"),
    (1, "Cases"),
    (2, "The shape of a bundle"),
    (3, "Cells and tables"),
    (4, "Expressions, scripts and plugins"),
    (5, "Decisions and how they hang together"),
    (6, "Guardrails"),
    (7, "Mappings and histories"),
    (8, "Policy tests"),
    (9, "Signed bundles"),
    (10, "Obligations and calendars"),
    (11, "Letters"),
];

/// Every code with its title, a line each, under the headings of their hundreds.
#[must_use]
pub fn code_list() -> String {
    let mut text = String::new();
    for (hundred, about) in HUNDREDS {
        let gap = if hundred == 0 { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{about}");
        for code in Code::ALL.iter().filter(|code| code.number() / 100 == hundred) {
            let _ = writeln!(text, "  {code}  {}", code.title());
        }
    }
    text
}

/// The page of a code, with what its examples leave out.
#[must_use]
pub fn code_page(code: Code) -> String {
    let page = code.page();
    let names_its_bundle = page.contains("`bundle.yaml`:") || !page.contains("`decisions/");
    if names_its_bundle {
        return page.to_owned();
    }
    format!("{page}\nBeside these files stands a `bundle.yaml`:\n\n```yaml\nbundle: example\nversion: 1\ncurrency: USD\n```\n")
}

/// What a code means and why it matters, without the examples, on one line.
pub(super) fn meaning(code: Code) -> String {
    let lines = code.page().lines().skip(1).take_while(|line| !line.starts_with("## "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The code that a word names: `R0101`, also as `r101` or `101`.
///
/// # Errors
///
/// The code that may have been meant, if one is near, when no code is named so.
pub fn find_code(word: &str) -> Result<Code, Option<Code>> {
    let digits = word.trim().trim_start_matches(['R', 'r']);
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let wanted = if is_number { format!("R{digits:0>4}") } else { word.trim().to_owned() };
    let names: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
    let named = |name: &str| Code::ALL.iter().copied().find(|code| code.to_string() == name);
    named(&wanted).ok_or_else(|| nearest(&wanted, names.iter().map(String::as_str)).and_then(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_as_people_write_it() {
        for word in ["R0101", "r0101", "101", "0101", "R101", " R0101 "] {
            assert_eq!(find_code(word), Ok(Code::UnknownFact), "{word}");
        }
    }

    #[test]
    fn a_wrong_code_finds_the_nearest() {
        assert_eq!(find_code("R9101"), Err(Some(Code::UnknownFact)));
        assert_eq!(find_code("O101"), Err(None));
        assert_eq!(find_code("colour"), Err(None));
        assert_eq!(find_code(""), Err(None));
    }

    #[test]
    fn the_list_holds_every_code() {
        let list = code_list();
        for code in Code::ALL {
            assert!(list.contains(&format!("  {code}  {}\n", code.title())), "{code} is not listed");
        }
    }
}
