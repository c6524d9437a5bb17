//! A baseline: the findings of a bundle that are known, so that an old bundle can adopt the gate and only what is new fails it.
//!
//! A finding is known again by its code, its file, the text that it marks and what it says: not by its line, so that a rule above it
//! may come or go. Of several findings that are alike in all of these, as many are known as were written down.

use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The version of the file.
const FORMAT: u32 = 1;
/// So many hexadecimal digits tell findings of one bundle apart.
const FINGERPRINT_DIGITS: usize = 16;

/// What is known of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    format: u32,
    findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// File in the bundle, empty if the finding is about none.
    pub file: String,
    /// The code.
    pub code: String,
    /// What it is known again by.
    pub fingerprint: String,
    /// What was said, for whoever reads the file.
    pub message: String,
}

/// How the findings of a run compare with a baseline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// Those that are not in it.
    pub new: Diagnostics,
    /// How many of them are.
    pub known: usize,
    /// What it holds and was not found again.
    pub gone: Vec<Known>,
}

/// Gives the path in the bundle of a file by the name under which it is shown.
pub type PathInBundle<'a> = dyn Fn(&str) -> String + 'a;

impl Baseline {
    /// All findings of a run.
    #[must_use]
    pub fn of(findings: &Diagnostics, path: &PathInBundle<'_>) -> Self {
        let mut known: Vec<Known> = findings.iter().map(|finding| Known::of(finding, path)).collect();
        known.sort();
        Self { format: FORMAT, findings: known }
    }

    /// Reads what [`Baseline::to_text`] writes.
    ///
    /// # Errors
    ///
    /// The text is no such file.
    #[expect(clippy::result_large_err, reason = "one finding a run")]
    pub fn read(source: &Source) -> Result<Self, Diagnostic> {
        let help = "write it anew: `redress check --write-baseline FILE`";
        let wrong =
            |at: usize, message: String| Diagnostic::error(Code::BadBaseline, source, Span::new(at, at + 1), message).help(help);
        let read: Self = serde_json::from_str(source.text()).map_err(|error| {
            let said = error.to_string();
            let what = said.split(" at line ").next().unwrap_or_default();
            wrong(offset(source.text(), error.line(), error.column()), format!("this is no baseline: {what}"))
        })?;
        if read.format == FORMAT {
            Ok(read)
        } else {
            Err(wrong(0, format!("this baseline has format {}, and this version reads format {FORMAT}", read.format)))
        }
    }

    /// The baseline as JSON with a line for each finding, so that a change of it reads well.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines: Vec<String> = self.findings.iter().map(|known| format!("\n    {}", known.to_json())).collect();
        let close = if lines.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"format\": {},\n  \"findings\": [{}{close}]\n}}\n", self.format, lines.join(","))
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Does it hold none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Tells the findings of a run that are new from those that are known, and what is gone.
    #[must_use]
    pub fn compare(&self, findings: &Diagnostics, path: &PathInBundle<'_>) -> Compared {
        let mut left: BTreeMap<[String; 3], Vec<&Known>> = BTreeMap::new();
        for known in &self.findings {
            left.entry(known.key()).or_default().push(known);
        }
        let mut compared = Compared::default();
        for finding in findings {
            let met = Known::of(finding, path);
            match left.get_mut(&met.key()).and_then(Vec::pop) {
                Some(_) => compared.known += 1,
                None => compared.new.push(finding.clone()),
            }
        }
        compared.gone = left.into_values().flatten().cloned().collect();
        compared.gone.sort();
        compared
    }
}

impl Known {
    fn of(finding: &Diagnostic, path: &PathInBundle<'_>) -> Self {
        let file = finding.place.as_ref().map(|place| path(place.source.name())).unwrap_or_default();
        let marked = finding.place.as_ref().map_or("", |place| place.source.slice(place.span));
        let mut hasher = blake3::Hasher::new();
        for part in [finding.path.as_str(), marked, &finding.message] {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let fingerprint = hasher.finalize().to_hex().chars().take(FINGERPRINT_DIGITS).collect();
        Self { file, code: finding.code.to_string(), fingerprint, message: finding.message.clone() }
    }

    fn key(&self) -> [String; 3] {
        [&self.file, &self.code, &self.fingerprint].map(String::clone)
    }

    fn to_json(&self) -> String {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            "{{\"file\": {}, \"code\": {}, \"fingerprint\": {}, \"message\": {}}}",
            text(&self.file),
            text(&self.code),
            text(&self.fingerprint),
            text(&self.message)
        )
    }
}

impl fmt::Display for Known {
    /// `R0208 decisions/notes.txt: what was said`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.file.is_empty() { "" } else { " " };
        write!(out, "{}{gap}{}: {}", self.code, self.file, self.message)
    }
}

/// The byte of a 1-based line and column (in bytes), as the parser counts them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Diagnostics {
        let source = Source::new("here/decisions/fee.yaml", text);
        let marks = text.match_indices("always").map(|(at, word)| Span::new(at, at + word.len()));
        marks.map(|span| Diagnostic::error(Code::CellAlways, &source, span, "the cell always holds").warning()).collect()
    }

    fn path(name: &str) -> String {
        name.trim_start_matches("here/").to_owned()
    }

    fn read(text: &str) -> Result<Baseline, String> {
        let read = Baseline::read(&Source::new("known.json", text));
        read.map_err(|wrong| format!("{} {}", wrong.place.unwrap(), wrong.message))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let baseline = Baseline::of(&findings("a: always\nb: always\n"), &path);
        insta::assert_snapshot!(baseline.to_text(), @r#"
        {
          "format": 1,
          "findings": [
            {"file": "decisions/fee.yaml", "code": "R0303", "fingerprint": "2cc97e52e600bebd", "message": "the cell always holds"},
            {"file": "decisions/fee.yaml", "code": "R0303", "fingerprint": "2cc97e52e600bebd", "message": "the cell always holds"}
          ]
        }
        "#);
        assert_eq!(read(&baseline.to_text()), Ok(baseline));
        let none = Baseline::of(&Diagnostics::new(), &path);
        assert_eq!(none.to_text(), "{\n  \"format\": 1,\n  \"findings\": []\n}\n");
        assert_eq!(read(&none.to_text()), Ok(none));
    }

    #[test]
    fn a_finding_may_move_and_comes_once_for_each_time_it_was_written_down() {
        let baseline = Baseline::of(&findings("a: always\nb: always\n"), &path);
        let moved = baseline.compare(&findings("# a line more\n\na: always\nb: never\nc: always\n"), &path);
        assert_eq!((moved.new.len(), moved.known, moved.gone.len()), (0, 2, 0));
        let more = baseline.compare(&findings("a: always\nb: always\nc: always\n"), &path);
        assert_eq!((more.new.len(), more.known, more.gone.len()), (1, 2, 0));
        let fewer = baseline.compare(&findings("a: never\nb: always\n"), &path);
        assert_eq!((fewer.new.len(), fewer.known, fewer.gone.len()), (0, 1, 1));
        assert_eq!(fewer.gone[0].to_string(), "R0303 decisions/fee.yaml: the cell always holds");
    }

    #[test]
    fn what_is_no_baseline_is_told_with_its_place() {
        insta::assert_snapshot!(read("{\"format\": 1,\n \"finding\": []}").unwrap_err(), @"known.json:2:10 this is no baseline: unknown field `finding`, expected `format` or `findings`");
        insta::assert_snapshot!(read("format: 1").unwrap_err(), @"known.json:1:2 this is no baseline: expected ident");
        insta::assert_snapshot!(read("{\"format\": 7, \"findings\": []}").unwrap_err(), @"known.json:1:1 this baseline has format 7, and this version reads format 1");
        insta::assert_snapshot!(read("").unwrap_err(), @"known.json:1:1 this is no baseline: EOF while parsing a value");
    }
}
