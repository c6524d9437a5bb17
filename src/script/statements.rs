//! The statements of a script: where each begins, and the same script with a call before each, by which what ran can be told.
//!
//! Rhai can tell an observer of every statement, but only with a feature that cargo would switch on for everybody who uses Rhai in
//! the same program. A call that is written in front of a statement costs nobody anything who does not ask for it.

use super::functions::Functions;
use super::location::{in_file, offset};
use crate::text::{Place, Source};
use rhai::{ASTNode, Expr, Position, Stmt};
use std::collections::BTreeMap;

/// A script with a call before each of its statements.
pub(crate) struct Observed {
    /// Its text.
    pub(crate) text: String,
    /// Where each statement begins in the script as it was written.
    pub(crate) places: Vec<Place>,
}

/// Writes a call of `function`, with the number of the statement from `first` on, before each statement of a script; nothing where the
/// script cannot be read.
pub(crate) fn observed(source: &Source, function: &str, first: usize) -> Option<Observed> {
    let ast = Functions::standard().engine().compile(source.text()).ok()?;
    let code = bare(source.text());
    let mut starts: BTreeMap<usize, Position> = BTreeMap::new();
    ast.walk(&mut |path| {
        if let Some(ASTNode::Stmt(statement)) = path.last()
            && let Some(position) = start_of(statement)
            && let Some(at) = offset(source.text(), position).and_then(|at| statement_start(&code, at))
        {
            starts.entry(at).or_insert(position);
        }
        true
    });
    let mut text = String::with_capacity(source.text().len() * 2);
    let (mut done, mut places) = (0, Vec::new());
    for (at, position) in starts {
        text.push_str(source.text().get(done..at)?);
        text.push_str(&format!("{function}({}); ", first + places.len()));
        places.push(in_file(source, position));
        done = at;
    }
    text.push_str(source.text().get(done..)?);
    Some(Observed { text, places })
}

/// The position of the first word of a statement.
fn start_of(statement: &Stmt) -> Option<Position> {
    let position = match statement {
        Stmt::Noop(_) | Stmt::Share(_) => return None,
        Stmt::Assignment(parts) => leftmost(&parts.1.lhs),
        Stmt::Expr(expr) => leftmost(expr),
        Stmt::FnCall(call, position) => match call.args.first() {
            Some(first) if call.op_token.is_some() && call.args.len() == 2 => leftmost(first),
            _ => *position,
        },
        other => other.position(),
    };
    (!position.is_none()).then_some(position)
}

/// An operator stands behind its first operand, and so does its position.
fn leftmost(expr: &Expr) -> Position {
    match expr {
        Expr::FnCall(call, position) => match call.args.first() {
            Some(first) if call.op_token.is_some() && call.args.len() == 2 => leftmost(first),
            _ => *position,
        },
        Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
            parts.first().map_or_else(|| expr.position(), leftmost)
        }
        Expr::Index(parts, ..) | Expr::Dot(parts, ..) => leftmost(&parts.lhs),
        _ => expr.start_position(),
    }
}

/// Where something is put before what stands at an offset; nothing where that is a part of another statement, as behind `else`.
fn statement_start(code: &str, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let bare = code.get(..at)?.trim_end();
        match bare.chars().next_back()? {
            '{' | '}' | ';' => return Some(at),
            '(' | '!' | '-' => at = bare.len() - 1,
            _ => return None,
        }
    }
}

/// A script of the same length without its comments (spaces stand there) and without what stands in its texts. A text is a value:
/// what stands for it must not look like the end of a statement.
fn bare(script: &str) -> String {
    let mut code = String::with_capacity(script.len());
    // For each `${` that is open in a text, how many braces are open in it.
    let mut inside: Vec<usize> = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let (instead, length) = match first {
            '/' if rest.starts_with("//") => (' ', rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (' ', comment_length(rest)),
            '"' | '\'' => ('_', text_length(rest, first)),
            '#' if raw_text_length(rest).is_some() => ('_', raw_text_length(rest).unwrap_or(1)),
            '`' => ('_', template_length(rest)),
            '}' if inside.last() == Some(&0) => {
                inside.pop();
                ('_', template_length(rest))
            }
            other => {
                match (other, inside.last_mut()) {
                    ('{', Some(braces)) => *braces += 1,
                    ('}', Some(braces)) => *braces = braces.saturating_sub(1),
                    _ => {}
                }
                code.push(other);
                rest = rest.get(other.len_utf8()..).unwrap_or("");
                continue;
            }
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        code.extend(std::iter::repeat_n(instead, piece.len()));
        rest = after;
        if matches!(first, '`' | '}') && piece.ends_with('$') && rest.starts_with('{') {
            inside.push(0);
            code.push('{');
            rest = rest.get(1..).unwrap_or("");
        }
    }
    code
}

/// How long a comment in `/* */` is; such comments may hold others.
fn comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth.saturating_sub(1), at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// How long a text in quotes is. A quote that is written twice stands for itself, and reads as the end of one text and the beginning of
/// another.
fn text_length(text: &str, quote: char) -> usize {
    let mut at = quote.len_utf8();
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        at += next.len_utf8();
        if next == quote {
            return at;
        }
        if next == '\\' {
            at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// How long a text such as `#"..."#` is, if one begins here.
fn raw_text_length(text: &str) -> Option<usize> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let (mark, within) = text.split_at_checked(hashes)?;
    let within = within.strip_prefix('"')?;
    let end = within.find(&format!("\"{mark}")).unwrap_or(within.len());
    Some((hashes + 1 + end + 1 + hashes).min(text.len()))
}

/// How long a piece of a text in backquotes is, from its first character to the end of the text or the `$` of the next `${`.
fn template_length(text: &str) -> usize {
    let mut at = 1;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("``") {
            at += 2;
        } else if rest.starts_with('`') || rest.starts_with("${") {
            return at + 1;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_stands_before_every_statement_and_changes_no_meaning() {
        let script = "\
fn fee(facts, draft, settings) {
    let days = facts.days ?? 0;     // a comment; with a semicolon
    // and one of its own
    if days > 10 && days < 20 {
        draft.amount = days * 2;
        return draft;
    } else if days == 5 {
        draft.amount += 1;
    }
    for item in facts.items.filter(|item| item > 2) { draft.amount += item; }
    switch days { 1 => { draft.kind = \"one\"; } _ => () }
    (days + 1) * 2;
    -days;
    draft
}
";
        let seen = observed(&Source::new("fee.rhai", script), "seen", 0).unwrap();
        insta::assert_snapshot!(seen.text, @r#"
        fn fee(facts, draft, settings) {
            seen(0); let days = facts.days ?? 0;     // a comment; with a semicolon
            // and one of its own
            seen(1); if days > 10 && days < 20 {
                seen(2); draft.amount = days * 2;
                seen(3); return draft;
            } else if days == 5 {
                seen(4); draft.amount += 1;
            }
            seen(5); for item in facts.items.filter(|item| item > 2) { seen(6); draft.amount += item; }
            seen(7); switch days { 1 => { seen(8); draft.kind = "one"; } _ => () }
            seen(9); (days + 1) * 2;
            seen(10); -days;
            seen(11); draft
        }
        "#);
        assert!(Functions::standard().engine().compile(&seen.text).is_ok());
        let places: Vec<String> = seen.places.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(places.join("\n"), @r"
        fee.rhai:2:5
        fee.rhai:4:5
        fee.rhai:5:9
        fee.rhai:6:9
        fee.rhai:8:9
        fee.rhai:10:5
        fee.rhai:10:55
        fee.rhai:11:5
        fee.rhai:11:26
        fee.rhai:12:6
        fee.rhai:13:5
        fee.rhai:14:5
        ");
    }

    #[test]
    fn texts_and_comments_hide_no_statement() {
        let script = "\
fn fee(facts, draft, settings) {
    draft.address = \"https://example.com\";
    draft.kind = 'a'; /* a comment */
    draft.note = \"a \\\" // b\";
    /* one /* in another; */ */ draft.about = `see // ${draft.kind + `it's ${facts.days; 1}`} and ``this; // ``;`;
    let raw = #\"a \" //\"#;
    let map = #{ a: 1, \"b;\": 2 }; // the end
    if map.a == 1 { draft } else /* or; */ { 2 }
}
";
        let seen = observed(&Source::new("fee.rhai", script), "seen", 0).unwrap();
        insta::assert_snapshot!(seen.text, @r##"
        fn fee(facts, draft, settings) {
            seen(0); draft.address = "https://example.com";
            seen(1); draft.kind = 'a'; /* a comment */
            seen(2); draft.note = "a \" // b";
            /* one /* in another; */ */ seen(3); draft.about = `see // ${seen(4); draft.kind + `it's ${seen(5); facts.days; seen(6); 1}`} and ``this; // ``;`;
            seen(7); let raw = #"a " //"#;
            seen(8); let map = #{ a: 1, "b;": 2 }; // the end
            seen(9); if map.a == 1 { seen(10); draft } else /* or; */ { seen(11); 2 }
        }
        "##);
        assert!(Functions::standard().engine().compile(&seen.text).is_ok());
    }
}
