//! Cases as JSON Lines, read as a stream, and telling which form a stream has.

use super::lines::{Lines, alone, utf8};
use crate::case::{Case, CaseFormat, read_case};
use crate::text::{Diagnostics, Source};
use std::io::Read;

/// The cases of a JSON Lines text, one line in memory at a time. Blank lines are passed over.
pub struct JsonLines<R> {
    lines: Lines<R>,
}

impl<R: Read> JsonLines<R> {
    /// The cases of a reader; the name is what findings call it.
    pub fn open(reader: R, name: &str) -> Self {
        Self { lines: Lines::new(reader, name) }
    }
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = Result<Case, Diagnostics>;

    /// The next case, or every mistake in its line; the lines behind a wrong one are read all the same.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let name = self.lines.name().to_owned();
            let line = match self.lines.next_line()? {
                Err(finding) => return Some(Err(alone(finding))),
                Ok(line) => utf8(line, &name),
            };
            match line {
                Err(found) => return Some(Err(found)),
                Ok((_, text)) if text.trim().is_empty() => {}
                Ok((number, text)) => {
                    let source = Source::at_line(name, text.trim_end_matches(['\r', '\n']), number);
                    return Some(read_case(&source, CaseFormat::JsonLines));
                }
            }
        }
    }
}

/// The form of a stream of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StreamFormat {
    /// One JSON document a line: read with [`JsonLines`].
    JsonLines,
    /// Rows that a mapping explains: read with [`CsvCases`](super::CsvCases).
    Csv,
    /// Rows that lie in columns: read with [`Pieces`](super::Pieces) or [`HistoryFile::cases`](super::HistoryFile::cases), in a build with the
    /// feature `parquet`.
    Parquet,
    /// One document, which is read whole.
    Document(CaseFormat),
}

impl StreamFormat {
    /// The form that a file name tells, if it tells one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "parquet" | "parq" | "pq" => Some(Self::Parquet),
            _ => CaseFormat::of_name(name).map(Self::of_case),
        }
    }

    /// The form that the beginning of a text looks like.
    ///
    /// A first line that is a whole JSON object means JSON Lines. A first line of several names between commas, semicolons,
    /// tabs or bars, without a colon behind any of them, means CSV. Everything else is one document.
    #[must_use]
    pub fn of_start(start: &str) -> Self {
        let start = start.trim_start_matches('\u{feff}').trim_start();
        let first = start.lines().next().unwrap_or_default().trim_end();
        if start.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok() {
            return Self::JsonLines;
        }
        if start.starts_with(['{', '[']) {
            return Self::Document(CaseFormat::Json);
        }
        let is_header = first.contains([',', ';', '\t', '|']) && !first.contains(": ") && !first.starts_with(['#', '-']);
        if is_header { Self::Csv } else { Self::Document(CaseFormat::Yaml) }
    }

    fn of_case(format: CaseFormat) -> Self {
        if format == CaseFormat::JsonLines { Self::JsonLines } else { Self::Document(format) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::render_all;

    #[test]
    fn a_wrong_line_leaves_the_others_alone() {
        let text = b"\xef\xbb\xbf{\"complaint\": {\"case_id\": \"A\"}}\r\n\n{\"complaint\": {\"case_id\": 7}}\nnonsense\n{\"a\": \"caf\xe9\"}\n{\"complaint\": {\"case_id\": \"B\"}}";
        let shown: Vec<String> = JsonLines::open(&text[..], "history.jsonl")
            .map(|read| read.map_or_else(|found| render_all(&found, false), |case| case.id().to_owned()))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        A
        error[R0102]: `complaint.case_id` expects text, found `7`
         --> history.jsonl:3:27
          |
        3 | {"complaint": {"case_id": 7}}
          |                           ^
          |
          = help: write it in quotes: `"7"`

        1 error

        error[R0002]: a word without quotes
         --> history.jsonl:4:1
          |
        4 | nonsense
          | ^^^^^^^^
          |
          = help: texts stand in double quotes; the only bare words are true, false and null

        1 error

        error[R0703]: the byte 0xE9 is not UTF-8 text
         --> history.jsonl:5:11
          |
        5 | {"a": "caf�"}
          |           ^
          |
          = help: save the file as UTF-8

        1 error

        B
        "#);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut text = "x".repeat(crate::limits::DOCUMENT_BYTES_MAX + 10);
        text.push_str("\n{\"complaint\": {\"case_id\": \"B\"}}\n");
        let shown: Vec<String> = JsonLines::open(text.as_bytes(), "history.jsonl")
            .map(|read| read.map_or_else(|found| render_all(&found, false), |case| case.id().to_owned()))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        error[R0006]: the line is longer than 8388608 bytes
         --> history.jsonl:1:1
          |
        1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          | ^
          |
          = help: one line holds one case; is the end of a line missing, or a quote never closed?

        1 error

        B
        ");
    }

    #[test]
    fn the_form_of_a_stream() {
        let starts = [
            "{\"complaint\": {}}\n{\"complaint\": {}}\n",
            "{\"complaint\": {}}",
            "{\n\"complaint\": {}}",
            "[{}]",
            "id,amount\n1,2\n",
            "id;amount\n",
            "\u{feff}id\tamount",
            "complaint:\n  case_id: A\n",
            "complaint: {a: 1, b: 2}\n",
            "# a, b\ncomplaint:\n",
            "",
        ];
        let shown: Vec<String> = starts.iter().map(|start| format!("{start:?}: {:?}", StreamFormat::of_start(start))).collect();
        insta::assert_snapshot!(shown.join("\n"), @r##"
        "{\"complaint\": {}}\n{\"complaint\": {}}\n": JsonLines
        "{\"complaint\": {}}": JsonLines
        "{\n\"complaint\": {}}": Document(Json)
        "[{}]": Document(Json)
        "id,amount\n1,2\n": Csv
        "id;amount\n": Csv
        "\u{feff}id\tamount": Csv
        "complaint:\n  case_id: A\n": Document(Yaml)
        "complaint: {a: 1, b: 2}\n": Document(Yaml)
        "# a, b\ncomplaint:\n": Document(Yaml)
        "": Document(Yaml)
        "##);
        let names = ["a.csv", "a.JSONL", "a.json", "a.yml", "a.txt", "-"]
            .map(|name| format!("{name}: {:?}", StreamFormat::of_name(name)));
        insta::assert_snapshot!(names.join("\n"), @r"
        a.csv: Some(Csv)
        a.JSONL: Some(JsonLines)
        a.json: Some(Document(Json))
        a.yml: Some(Document(Yaml))
        a.txt: None
        -: None
        ");
    }
}
