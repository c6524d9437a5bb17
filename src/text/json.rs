//! JSON text to the document tree. Strict: no comments, no trailing commas, nothing that RFC 8259 does not know.

use std::collections::BTreeMap;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind};

use super::codes::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::node::{Entry, Key, Node, NodeKind, Scalar, Style};
use super::source::{Source, Span};
use super::yaml;
use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, DOCUMENT_ERRORS_MAX, DOCUMENT_NODES_MAX};

/// Reads one JSON document.
///
/// Strings come with [`Style::Quoted`], numbers and booleans with [`Style::Bare`] and their exact text. `None` when the text
/// gives no tree; a tree may come together with errors (a key that stands twice keeps its first value), so that more can
/// be found in it. A byte-order mark at the start is skipped.
pub fn parse(source: &Source, out: &mut Diagnostics) -> Option<Node> {
    let text = source.text();
    if text.len() > DOCUMENT_BYTES_MAX {
        out.push(yaml::too_long(source));
        return None;
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = text.len() - body.len();
    if body.trim_ascii().is_empty() {
        out.push(yaml::empty(source));
        return None;
    }
    if let Err(problem) = scan(source, body, offset) {
        out.push(*problem);
        return None;
    }
    let value = match jsonc_parser::parse_to_ast(body, &CollectOptions::default(), &strict()) {
        Ok(result) => result.value?,
        Err(error) => {
            out.push(syntax(source, &error, offset));
            return None;
        }
    };
    let mut reader = Reader { source, offset, nodes: 0, found: Vec::new() };
    let tree = reader.node(value);
    for problem in reader.found {
        out.push(problem);
    }
    tree
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// What the parser behind this file does not hold: the depth limit (it descends recursively), which characters are white
/// space, and control characters in strings.
fn scan(source: &Source, body: &str, offset: usize) -> Result<(), Box<Diagnostic>> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        let end = if c == '\n' { at } else { at + c.len_utf8() };
        let span = Span::new(offset + at, offset + end);
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            if c < ' ' {
                let message = "a line break or control character stands in a text";
                let help = "write `\\n` for a line break and `\\t` for a tab; if it is not meant, a quote is not closed";
                return Err(Box::new(Diagnostic::error(Code::Syntax, source, span, message).help(help)));
            }
            continue;
        }
        match c {
            '"' => in_string = true,
            '[' | '{' => {
                depth += 1;
                if depth > DOCUMENT_DEPTH_MAX {
                    return Err(Box::new(yaml::too_deep(source, span)));
                }
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            ' ' | '\t' | '\n' | '\r' => {}
            _ if c.is_whitespace() || c.is_control() || c == '\u{feff}' => {
                let message = format!("an invisible character ({}) that is not white space in JSON", code_point(c));
                return Err(Box::new(Diagnostic::error(Code::Syntax, source, span, message).help("remove it")));
            }
            _ => {}
        }
    }
    Ok(())
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

fn syntax(source: &Source, error: &ParseError, offset: usize) -> Diagnostic {
    use ParseErrorKind as Kind;
    let range = error.range();
    let span = Span::new(offset + range.start, offset + range.end);
    let opening = Span::new(span.start, (span.start + 1).min(span.end));
    let before = source.text().get(..span.start).unwrap_or("");
    let (span, message, help) = match error.kind() {
        Kind::NestingDepthExceeded => return yaml::too_deep(source, span),
        Kind::UnterminatedArray => (opening, "the `[` is never closed", ""),
        Kind::UnterminatedObject => (opening, "the `{` is never closed", ""),
        Kind::ExpectedObjectValue | Kind::UnexpectedCloseBrace | Kind::UnexpectedComma if before.trim_end().ends_with(':') => {
            (span, "a value is missing behind the `:`", "write `null` for nothing")
        }
        Kind::ExpectedComma | Kind::MultipleRootJsonValues if leading_zero(source, span.start) => {
            (span, "a number begins with a zero", "remove the zero; a text of digits stands in double quotes")
        }
        kind => {
            let (message, help) = explain(kind);
            (span, message, help)
        }
    };
    let problem = Diagnostic::error(Code::Syntax, source, span, message);
    if help.is_empty() { problem } else { problem.help(help) }
}

/// Does the parser stop behind the leading zero of a number?
fn leading_zero(source: &Source, at: usize) -> bool {
    let (before, behind) = (source.text().get(..at).unwrap_or(""), source.text().get(at..).unwrap_or(""));
    behind.starts_with(|c: char| c.is_ascii_digit())
        && before.strip_suffix('0').is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit() || c == '.'))
}

/// Message and help for a syntax error; an empty help is none.
fn explain(kind: &ParseErrorKind) -> (&'static str, &'static str) {
    use ParseErrorKind as Kind;
    match kind {
        Kind::ExpectedColonAfterObjectKey => ("a `:` is missing behind a key", "write `\"key\": value`"),
        Kind::ExpectedStringObjectProperty => ("a key without quotes", "put the key in double quotes"),
        Kind::UnexpectedTokenInObject => ("a key was expected here", "keys are texts in double quotes"),
        Kind::ExpectedComma => ("a comma is missing here", ""),
        Kind::TrailingCommasNotAllowed => ("a comma behind the last entry", "remove the comma"),
        Kind::UnexpectedComma => ("a comma with nothing before it", "remove the comma"),
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => {
            ("comments do not exist in JSON", "remove it, or write the document as YAML")
        }
        Kind::SingleQuotedStringsNotAllowed => ("a text in single quotes", "use double quotes"),
        Kind::MultipleRootJsonValues => {
            ("something follows the end of the document", "one document holds one value; JSON Lines has one a line")
        }
        Kind::UnexpectedCloseBrace => ("the `}` closes nothing", "remove it"),
        Kind::UnexpectedCloseBracket => ("the `]` closes nothing", "remove it"),
        Kind::UnexpectedColon => ("a `:` without a key before it", "write `\"key\": value`"),
        Kind::UnexpectedWord => {
            ("a word without quotes", "texts stand in double quotes; the only bare words are true, false and null")
        }
        Kind::BareDecimalPointNumbersNotAllowed => {
            ("a number that begins or ends with its point", "write a digit on both sides of the point")
        }
        Kind::HexadecimalNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => {
            ("a number that JSON does not know", "write a plain decimal number like `12` or `-3.50`")
        }
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => {
            ("the quote that opens here is not closed", "close it at the end of the text")
        }
        Kind::String(_) => ("a backslash begins no escape that JSON knows", "write `\\\\` for a single backslash"),
        _ => ("this is not valid JSON", ""),
    }
}

struct Reader<'a> {
    source: &'a Source,
    offset: usize,
    nodes: usize,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, range: Range) -> Span {
        Span::new(self.offset + range.start, self.offset + range.end)
    }

    /// The recursion is as deep as the document, which `scan` has bounded.
    fn node(&mut self, value: Value<'_>) -> Option<Node> {
        let span = self.span(value.range());
        self.count(span)?;
        let scalar = |text: &str, style| NodeKind::Scalar(Scalar { text: text.to_owned(), style });
        let kind = match value {
            Value::NullKeyword(_) => NodeKind::Null,
            Value::StringLit(text) => scalar(&text.value, Style::Quoted),
            Value::NumberLit(number) => scalar(number.value, Style::Bare),
            Value::BooleanLit(boolean) => scalar(if boolean.value { "true" } else { "false" }, Style::Bare),
            Value::Array(array) => {
                let mut items = Vec::with_capacity(array.elements.len());
                for element in array.elements {
                    items.push(self.node(element)?);
                }
                NodeKind::List(items)
            }
            Value::Object(object) => {
                let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
                let mut seen: BTreeMap<String, Span> = BTreeMap::new();
                for property in object.properties {
                    let span = self.span(property.name.range());
                    let text = match property.name {
                        ObjectPropName::String(name) => name.value.into_owned(),
                        ObjectPropName::Word(name) => name.value.to_owned(),
                    };
                    self.count(span)?;
                    let value = self.node(property.value)?;
                    if let Some(first) = seen.get(&text) {
                        self.report(yaml::duplicate_key(self.source, &text, *first, span))?;
                        continue;
                    }
                    seen.insert(text.clone(), span);
                    entries.push(Entry { key: Key { text, span }, value });
                }
                NodeKind::Map(entries)
            }
        };
        Some(Node { span, kind })
    }

    fn count(&mut self, span: Span) -> Option<()> {
        self.nodes += 1;
        if self.nodes > DOCUMENT_NODES_MAX {
            self.found.push(yaml::too_many_nodes(self.source, span));
            return None;
        }
        Some(())
    }

    fn report(&mut self, problem: Diagnostic) -> Option<()> {
        self.found.push(problem);
        (self.found.len() < DOCUMENT_ERRORS_MAX).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::render_all;

    fn problems(text: &str) -> String {
        let mut out = Diagnostics::new();
        let _ = parse(&Source::new("case.json", text), &mut out);
        render_all(&out, false)
    }

    /// Message and help of the one finding.
    fn problem(text: &str) -> String {
        let mut out = Diagnostics::new();
        assert_eq!(parse(&Source::new("case.json", text), &mut out), None, "{text}");
        let all: Vec<String> = out
            .iter()
            .map(|each| {
                let place = each.place.as_ref().map_or_else(String::new, |place| place.source.slice(place.span).to_owned());
                format!("{} | {place} | {} | {}", each.code, each.message, each.help.as_deref().unwrap_or("-"))
            })
            .collect();
        all.join("\n")
    }

    #[test]
    fn keeps_the_exact_text_of_every_value() {
        let source = Source::new("case.json", "\u{feff}{\"a\": -0.10e5, \"b\": [true, null, \"x\\n\\u00e9\"], \"\": \"1\"}");
        let mut out = Diagnostics::new();
        let tree = parse(&source, &mut out).unwrap();
        assert!(out.is_empty());
        let shown = |node: &Node| format!("{:?} {}", node.kind, source.slice(node.span));
        assert_eq!(shown(tree.get("a").unwrap()), "Scalar(Scalar { text: \"-0.10e5\", style: Bare }) -0.10e5");
        let items = tree.get("b").unwrap().as_list().unwrap();
        assert_eq!(shown(&items[0]), "Scalar(Scalar { text: \"true\", style: Bare }) true");
        assert_eq!(shown(&items[1]), "Null null");
        assert_eq!(shown(&items[2]), "Scalar(Scalar { text: \"x\\né\", style: Quoted }) \"x\\n\\u00e9\"");
        assert_eq!(shown(tree.get("").unwrap()), "Scalar(Scalar { text: \"1\", style: Quoted }) \"1\"");
        assert_eq!(source.slice(tree.as_map().unwrap()[1].key.span), "\"b\"");
    }

    #[test]
    fn reports_every_key_that_stands_twice() {
        insta::assert_snapshot!(problems("{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 2}"), @r#"
        error[R0004]: the key `c` stands twice in this mapping
         --> case.json:1:24
          |
        1 | {"a": 1, "b": {"c": 1, "c": 2},
          |                ---     ^^^
          |                |
          |                first here
          |
          = help: keep one of them

        error[R0004]: the key `a` stands twice in this mapping
         --> case.json:2:2
          |
        1 | {"a": 1, "b": {"c": 1, "c": 2},
          |  --- first here
        2 |  "a": 2}
          |  ^^^
          |
          = help: keep one of them

        2 errors
        "#);
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            "",
            " \n",
            "{a: 1}",
            "{\"a\" 1}",
            "{\"a\": }",
            "{\"a\": 1,}",
            "[1,]",
            "[1 2]",
            "[1",
            "{\"a\": 1",
            "// x\n1",
            "{'a': 1}",
            "0x1F",
            "+1",
            ".5",
            "5.",
            "01",
            "[012]",
            "NaN",
            "-Infinity",
            "1 2",
            "\"a\nb\"",
            "\"a",
            "\"\\q\"",
            "\"\\ud800\"",
            "[1\u{a0}]",
            "]",
            ":",
            "tru",
            "{,}",
            "[,]",
            "{\"a\":1}}",
        ];
        let all: Vec<String> = cases.iter().map(|case| format!("{case:?} | {}", problem(case))).collect();
        insta::assert_snapshot!(all.join("\n"), @r#"
        "" | R0003 |  | the document is empty | fill it in or remove the file
        " \n" | R0003 |  | the document is empty | fill it in or remove the file
        "{a: 1}" | R0002 | a | a key without quotes | put the key in double quotes
        "{\"a\" 1}" | R0002 | 1 | a `:` is missing behind a key | write `"key": value`
        "{\"a\": }" | R0002 | } | a value is missing behind the `:` | write `null` for nothing
        "{\"a\": 1,}" | R0002 | , | a comma behind the last entry | remove the comma
        "[1,]" | R0002 | , | a comma behind the last entry | remove the comma
        "[1 2]" | R0002 |  | a comma is missing here | close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`
        "[1" | R0002 | [ | the `[` is never closed | close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`
        "{\"a\": 1" | R0002 | { | the `{` is never closed | close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`
        "// x\n1" | R0002 | // x | comments do not exist in JSON | remove it, or write the document as YAML
        "{'a': 1}" | R0002 | ' | a text in single quotes | use double quotes
        "0x1F" | R0002 | 0 | a number that JSON does not know | write a plain decimal number like `12` or `-3.50`
        "+1" | R0002 | + | a number that JSON does not know | write a plain decimal number like `12` or `-3.50`
        ".5" | R0002 | . | a number that begins or ends with its point | write a digit on both sides of the point
        "5." | R0002 | 5. | a number that begins or ends with its point | write a digit on both sides of the point
        "01" | R0002 | 1 | a number begins with a zero | remove the zero; a text of digits stands in double quotes
        "[012]" | R0002 |  | a number begins with a zero | remove the zero; a text of digits stands in double quotes
        "NaN" | R0002 | NaN | a word without quotes | texts stand in double quotes; the only bare words are true, false and null
        "-Infinity" | R0002 | -Infinity | a number that JSON does not know | write a plain decimal number like `12` or `-3.50`
        "1 2" | R0002 | 2 | something follows the end of the document | one document holds one value; JSON Lines has one a line
        "\"a\nb\"" | R0002 |  | a line break or control character stands in a text | write `\n` for a line break and `\t` for a tab; if it is not meant, a quote is not closed
        "\"a" | R0002 | "a | the quote that opens here is not closed | close it at the end of the text
        "\"\\q\"" | R0002 | \q | a backslash begins no escape that JSON knows | write `\\` for a single backslash
        "\"\\ud800\"" | R0002 | \ud800" | a backslash begins no escape that JSON knows | write `\\` for a single backslash
        "[1\u{a0}]" | R0002 |   | an invisible character (U+00A0) that is not white space in JSON | remove it
        "]" | R0002 | ] | the `]` closes nothing | remove it
        ":" | R0002 | : | a `:` without a key before it | write `"key": value`
        "tru" | R0002 | tru | a word without quotes | texts stand in double quotes; the only bare words are true, false and null
        "{,}" | R0002 | , | a key was expected here | keys are texts in double quotes
        "[,]" | R0002 | , | a comma with nothing before it | remove the comma
        "{\"a\":1}}" | R0002 | } | something follows the end of the document | one document holds one value; JSON Lines has one a line
        "#);
    }

    #[test]
    fn ends_soon_on_hostile_texts() {
        assert_eq!(
            problem(&"[".repeat(1 << 20)),
            "R0006 | [ | lists and mappings are nested more than 64 levels deep | is a bracket never closed?"
        );
        assert_eq!(
            problem(&format!("[{}1]", "1,".repeat(DOCUMENT_NODES_MAX))),
            "R0006 | 1 | the document has more than 500000 keys and values | split it into several files"
        );
        let deepest = format!("{}{}", "[".repeat(DOCUMENT_DEPTH_MAX), "]".repeat(DOCUMENT_DEPTH_MAX));
        assert!(parse(&Source::new("x", deepest), &mut Diagnostics::new()).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

        /// `serde_json`, which reads the escapes for the quick reader of cases, takes the same documents.
        #[test]
        fn takes_what_serde_json_takes(parts in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"\\ude00\"", "1", "-", "0", ".5", "e3", "E+2",
            "true", "null", " ", "\n", "\t", "\"", "\\", "/", "x", "é", "\u{a0}", "\u{1}", "//", "'",
        ]), 0..8)) {
            let text = parts.concat();
            let mut out = Diagnostics::new();
            let tree = parse(&Source::new("x", text.as_str()), &mut out);
            prop_assert_eq!(tree.is_some(), serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
            prop_assert_eq!(tree.is_none(), out.iter().any(|each| each.code != Code::DuplicateKey));
        }
    }
}
