//! What a syntax error of the parser means to the person who wrote the text.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, ScanError};

use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::fix::{Edit, Fix};
use crate::text::source::{Source, Span};

use super::finding::{Mistake, Repair, brief, too_deep};
use super::here::{Context, Here, line_start, rest_of_line};
use super::symbol;

const QUOTE_HELP: &str = "put the whole text in quotes, or in a block below `>-`";

/// Explains a syntax error.
pub(super) fn explain(source: &Source, repaired: &BTreeMap<usize, String>, context: &Context, error: &ScanError) -> Mistake {
    use ErrorKind as Kind;
    let text = source.text();
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
    let context = &context.ahead(text, at);
    let in_flow = context.open.is_some();
    let here = Here { source, at, rest_of_line: rest_of_line(source, at) };
    match error.kind() {
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent if c == '>' => {
            symbol::comparison(source, at, in_flow).into()
        }
        Kind::UnexpectedCharacter { character: '>' } => symbol::comparison(source, at, in_flow).into(),
        Kind::UnexpectedCharacter { character } if character.is_control() => symbol::control(source, at, *character).into(),
        Kind::UnexpectedCharacter { character } => symbol::reserved(source, at, *character, in_flow).into(),
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => here.fatal(
            "text stands behind the `|` that begins a block",
            "begin the text on the next line, indented deeper than its key",
        ),
        Kind::DirectiveDisallowed => directive(&here).into(),
        Kind::MissingAnchorOrAliasName => symbol::reserved(source, at, c, in_flow).into(),
        kind if is_tag(kind) && c == '!' => symbol::bad_tag(source, at, in_flow).into(),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart => tab(source, at),
        Kind::RecursionLimitExceeded => Mistake::from(too_deep(source, Span::new(at, at + c.len_utf8()))),
        Kind::MappingValueNotAllowed => stray_colon(&here, context),
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::SimpleKeyExpected => {
            misplaced_line(&here, context, c)
        }
        kind if is_bracket(kind) => {
            let from = context.read_to.min(at);
            let line = rest_of_line(source, context.read_to.max(at));
            match symbol::missed_interval(source, Span::new(from, line.end), repaired) {
                Some(repair) => repair.into(),
                None => between_brackets(&here, context, error.kind(), c),
            }
        }
        Kind::UnclosedQuotedScalar | Kind::InvalidQuotedScalarIndent | Kind::DocumentIndicatorInQuotedScalar => {
            unclosed_quote(&here, context)
        }
        Kind::InvalidTrailingSingleQuotedScalar => here.fatal(
            "something follows the closing quote",
            "put the whole text in the quotes; an apostrophe in single quotes is written twice: `'it''s'`",
        ),
        Kind::InvalidTrailingDoubleQuotedScalar => here.fatal(
            "something follows the closing quote",
            "put the whole text in the quotes; a double quote between double quotes is written `\\\"`",
        ),
        kind if is_escape(kind) => here.fatal(
            "a backslash in this quoted text begins no known escape",
            "use single quotes, where a backslash is only a backslash",
        ),
        Kind::BlockSequenceEntryNotAllowed | Kind::BlockEntryInFlowCollection => here.fatal(
            "a list item cannot begin here",
            "put the `-` on a line of its own below the key, or write the list in `[ ]`; a text that begins with `- ` \
             wants quotes",
        ),
        Kind::MisplacedFlowCollectionEnd => {
            here.fatal_char(c, format!("the `{c}` closes nothing"), "remove it; a text that begins with a bracket wants quotes")
        }
        Kind::CommentNotSeparated => here.fatal_char(c, "a comment wants a space before its `#`", QUOTE_HELP),
        Kind::BomInsideDocument => here.fatal_char(c, "a byte-order mark stands inside the text", "remove it"),
        _ if matches!(c, ',' | '?' | '-' | '|' | '&' | '*') => {
            here.fatal(format!("a text may not begin with `{c}` in YAML"), QUOTE_HELP)
        }
        kind => Mistake::from(Diagnostic::error(
            Code::Syntax,
            source,
            here.rest_of_line,
            format!("this is not valid YAML: {}", kind.to_string().to_lowercase()),
        )),
    }
}

/// Errors in what the parser takes for a tag.
fn is_tag(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::UndeclaredTagHandle
    )
}

/// Errors between brackets.
fn is_bracket(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::InvalidFlowScalarIndent
    )
}

/// Errors in an escape between double quotes.
fn is_escape(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape
    )
}

fn directive(here: &Here<'_>) -> Repair {
    let message = format!("YAML reads `{}` as a directive", brief(here.source.slice(here.rest_of_line)));
    Repair {
        problem: Diagnostic::error(Code::YamlFeature, here.source, here.rest_of_line, message)
            .help("remove the line; a text that begins with `%` wants quotes"),
        replace: vec![(here.at, "#")],
        reading: None,
    }
}

/// A tab where a line is indented. The parser names the place where the value began, so the tab is looked for from there.
fn tab(source: &Source, at: usize) -> Mistake {
    let text = source.text();
    let mut start = line_start(text, at);
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let has_content = !line.trim_ascii().is_empty();
        if let Some(first) = line.get(..blank).and_then(|indent| indent.find('\t'))
            && has_content
        {
            return Mistake::from(tab_indent(source, Span::new(start + first, start + blank)));
        }
        start += line.len();
    }
    let tab =
        text.get(at..).and_then(|rest| rest.find('\t')).map_or(Span::new(at, at), |found| Span::new(at + found, at + found + 1));
    Mistake::from(tab_indent(source, tab))
}

/// The finding about a tab in an indentation.
pub(super) fn tab_indent(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TabIndent, source, span, "a tab indents this line")
        .help("indent with spaces; most editors can be told to do so for YAML files")
        .fix(spaces_for_tabs(source))
}

/// Two spaces for each tab that indents a line of the document.
fn spaces_for_tabs(source: &Source) -> Fix {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = line.get(..blank).unwrap_or("");
        let tabs = indent.match_indices('\t').map(|(at, _)| Edit::at(source, Span::new(start + at, start + at + 1), "  "));
        edits.extend(tabs);
        start += line.len();
    }
    Fix::new("indent with two spaces for each tab", edits)
}

/// A `: ` where no key can be.
fn stray_colon(here: &Here<'_>, context: &Context) -> Mistake {
    let source = here.source;
    if let Some(closed) = context.closed.filter(|closed| closed.end == here.at) {
        return behind_bracket(source, closed);
    }
    let Some(plain) = context.plain.filter(|plain| plain.end == here.at) else {
        return here.fatal("a `:` cannot stand here", QUOTE_HELP);
    };
    let start = line_start(source.text(), here.at);
    if plain.start < start {
        let word_start = start + source.text().get(start..here.at).map_or(0, |line| line.len() - line.trim_start().len());
        let span = Span::new(word_start, here.at);
        let word = brief(source.slice(span));
        let message = format!("`{word}` cannot be a key: its line continues the value of the line above");
        let problem = Diagnostic::error(Code::Syntax, source, span, message)
            .label(&source.place(rest_of_line(source, plain.start)), "this value goes on")
            .help("indent both lines alike if they belong side by side, or remove the value above");
        return Mistake::from(problem);
    }
    if context.key.is_none_or(|key| key.start < start) {
        return here.fatal("a `:` cannot stand here", QUOTE_HELP);
    }
    let span = Span::new(plain.start, plain.start + symbol::plain_length(source.text(), plain.start, false));
    let message = "a `: ` stands in a text without quotes, and YAML reads it as a second key";
    Repair {
        problem: Diagnostic::error(Code::Syntax, source, span, message).help(QUOTE_HELP),
        replace: symbol::masks(source, span, ':', ";"),
        reading: Some((plain.start, source.slice(span).to_owned())),
    }
    .into()
}

/// Text behind a bracketed value: `because: {amount} is due`. Read again with the bracket masked, so that it is text.
fn behind_bracket(source: &Source, closed: Span) -> Mistake {
    let end = closed.end + symbol::plain_length(source.text(), closed.end, false);
    let span = Span::new(closed.start, end);
    let bracket = source.text().get(closed.start..=closed.start).unwrap_or("{");
    let what = if bracket == "[" { "list" } else { "mapping" };
    let message = format!("the `{bracket}` begins a {what}, so no text may follow `{}`", brief(source.slice(closed)));
    let mut replace = symbol::masks(source, span, ':', ";");
    replace.push((closed.start, "_"));
    Repair {
        problem: Diagnostic::error(Code::Syntax, source, span, message).help(QUOTE_HELP),
        replace,
        reading: Some((closed.start, source.slice(span).to_owned())),
    }
    .into()
}

/// A line that is neither a key nor an item, or one whose indentation fits nothing above it.
fn misplaced_line(here: &Here<'_>, context: &Context, c: char) -> Mistake {
    let source = here.source;
    let start = line_start(source.text(), here.at);
    if let Some(closed) = context
        .closed
        .filter(|closed| source.text().get(closed.end..here.at).is_some_and(|between| between.chars().all(|c| c == ' ')))
    {
        return behind_bracket(source, closed);
    }
    let line = source.slice(here.rest_of_line);
    let begins_line = source.text().get(start..here.at).is_some_and(|before| before.trim().is_empty());
    if line.starts_with('-') && !line.starts_with("- ") {
        return here
            .fatal(format!("`{}` is neither a key nor a list item", brief(line)), "a list item wants a space behind its `-`");
    }
    if c == ',' {
        return here.fatal("a text may not begin with `,` in YAML", QUOTE_HELP);
    }
    if begins_line && (line.contains(": ") || line.ends_with(':') || line.starts_with("- ")) {
        return here
            .fatal("the indentation of this line fits no line above it", "indent it exactly like the lines that it belongs to");
    }
    here.fatal(
        format!("`{}` is neither a key nor a list item", brief(line)),
        "a key wants `: ` behind it, a list item `- ` before it; a text that goes on is indented deeper than its key",
    )
}

fn between_brackets(here: &Here<'_>, context: &Context, kind: &ErrorKind, c: char) -> Mistake {
    let source = here.source;
    let bracket = |span: Span| source.text().get(span.start..=span.start).unwrap_or("[").to_owned();
    if let Some(plain) = context.plain.filter(|_| matches!(c, '[' | '{'))
        && plain.end <= here.at
        && source.text().get(plain.end..here.at).is_some_and(|between| between.trim().is_empty())
    {
        let written = brief(source.slice(plain));
        let what = if written.starts_with('=') { "expression" } else { "text" };
        let span = Span::new(plain.start, here.rest_of_line.end);
        return here.fatal_at(
            span,
            format!("the {what} `{written}` breaks off at the `{c}`"),
            "between brackets it wants quotes around it; or write the mapping with a line for each key",
        );
    }
    let on_this_line = |span: Span| span.start >= line_start(source.text(), here.at);
    if c == ':' && context.open.is_some_and(on_this_line) {
        let span = Span::new(context.plain.filter(|span| on_this_line(*span)).map_or(here.at, |plain| plain.start), here.at + 1);
        return here.fatal_at(span, "a second `: ` stands in one entry", QUOTE_HELP);
    }
    if let Some(closed) = source.text().get(..here.at).map(str::trim_end).filter(|before| before.ends_with(['}', ']']))
        && closed.len() >= line_start(source.text(), here.at)
        && !c.is_whitespace()
        && !matches!(c, ',' | ':' | '[' | '{')
    {
        return here.fatal("text follows a closing bracket", QUOTE_HELP);
    }
    match kind {
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            here.fatal_char(c, format!("the `{open}` is closed by a `{close}`"), "is a bracket missing or left over?")
        }
        ErrorKind::UnclosedFlowCollection { open } => here.fatal_char(
            c,
            format!("the `{open}` is never closed"),
            "close it; a text that begins with a bracket wants quotes",
        ),
        _ => {
            let Some(open) = context.open else {
                return here.fatal("something unexpected stands between brackets", QUOTE_HELP);
            };
            let opening = bracket(open);
            let closing = if opening == "{" { "}" } else { "]" };
            let message = format!("a `,` or the closing `{closing}` is missing before this");
            let start = context.plain.filter(|span| c == ':' && on_this_line(*span)).map_or(here.at, |plain| plain.start);
            let problem = Diagnostic::error(Code::Syntax, source, here.rest_of_line.to(Span::new(start, start)), message)
                .label(&source.place(open), "opened here")
                .help("a text that holds brackets, commas or `: ` wants quotes here");
            Mistake::from(problem)
        }
    }
}

/// The parser stops where the text breaks off; the person wants to see where it began.
fn unclosed_quote(here: &Here<'_>, context: &Context) -> Mistake {
    let source = here.source;
    let opened = source
        .text()
        .get(context.read_to..(here.at + 1).min(source.text().len()))
        .and_then(|between| between.find(['"', '\'']))
        .map_or(here.at, |found| context.read_to + found);
    here.fatal_at(
        rest_of_line(source, opened),
        "the quote that opens here is not closed",
        "close it at the end of the text; a quoted text that goes on must be indented deeper than its key",
    )
}
