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
    let mut starts: BTreeMap<usize, Position> = BTreeMap::new();
    ast.walk(&mut |path| {
        if let Some(ASTNode::Stmt(statement)) = path.last()
            && let Some(position) = start_of(statement)
            && let Some(at) = offset(source.text(), position).and_then(|at| statement_start(source.text(), at))
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
fn statement_start(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let before = text.get(..at)?;
        let bare = without_comment(before);
        match bare.chars().next_back()? {
            '{' | '}' | ';' => return Some(at),
            '(' | '!' | '-' => at = bare.len() - 1,
            _ => return None,
        }
    }
}

/// A text without the white space and the comments at its end.
fn without_comment(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let line = text.rfind('\n').map_or(0, |at| at + 1);
        match text.get(line..).and_then(|line| line.find("//")) {
            Some(comment) if text.len() > line => text = text.get(..line + comment).unwrap_or("").trim_end(),
            _ => return text,
        }
    }
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
}
