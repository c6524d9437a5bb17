//! Templates: the `because` of a rule, `Credited {amount} on your bill`.

use super::location::Locator;
use super::names::{FactPath, Names};
use super::outcome::{Outcome, Stop};
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use rhai::Position;
use std::sync::Arc;

/// A text with names in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The slots that it reads, each once, in the order in which they are written.
    pub reads: Vec<usize>,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(Arc<str>),
    Name(FactPath),
}

impl Template {
    /// Compiles a text in which `{name}` stands for a value, and `{{` and `}}` for braces. `place` is that of the scalar.
    ///
    /// Everything that is wrong goes to `out`; there is a template only when nothing is.
    pub fn compile(text: &str, place: &Place, names: &mut dyn Names, out: &mut Diagnostics) -> Option<Self> {
        let (mut parts, mut reads, mut plain) = (Vec::new(), Vec::new(), String::new());
        let mut fine = true;
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            plain.push_str(before);
            if let Some(next) = after.strip_prefix("{{") {
                plain.push('{');
                rest = next;
                continue;
            }
            if let Some(next) = after.strip_prefix("}}") {
                plain.push('}');
                rest = next;
                continue;
            }
            let here = |at: usize| Locator::new(text, place).place(position(text, at));
            let Some((name, next)) = after.strip_prefix('{').and_then(|inside| inside.split_once('}')) else {
                let (brace, double) = if after.starts_with('{') { ("{", "{{") } else { ("}", "}}") };
                let message = format!("`{brace}` has no partner");
                let help = format!("a name is written as `{{name}}`, a brace itself as `{double}`");
                out.push(Diagnostic::at(Code::ScriptSyntax, &here(text.len() - after.len()), message).help(help));
                return None;
            };
            let trimmed = name.trim();
            let segments: Vec<&str> = trimmed.split('.').collect();
            match FactPath::resolve(&segments, names) {
                Ok(path) => {
                    if !reads.contains(&path.slot) {
                        reads.push(path.slot);
                    }
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain).into()));
                    }
                    parts.push(Part::Name(path));
                }
                Err(problem) => {
                    let start = text.len() - after.len() + 1 + (name.len() - name.trim_start().len());
                    out.push(Diagnostic::at(Code::UnknownName, &here(start), problem.message).help_opt(problem.help));
                    fine = false;
                }
            }
            rest = next;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain.into()));
        }
        // Large tables have a reason for each row, and most of them hold no name.
        reads.shrink_to_fit();
        parts.shrink_to_fit();
        fine.then_some(Self { reads, parts })
    }

    /// The text itself, where there are no names in it.
    pub(crate) fn plain(&self) -> Option<&Arc<str>> {
        match self.parts.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// What it says, as text; `name` says what a slot stands for.
    pub(crate) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.replace('{', "{{"),
            Part::Name(path) => format!("{{{}}}", path.normal(name)),
        };
        self.parts.iter().map(part).collect()
    }

    /// The text as it is written, each name as `name` says it.
    pub(crate) fn written(&self, name: &mut dyn FnMut(&FactPath) -> String) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.to_string(),
            Part::Name(path) => name(path),
        };
        self.parts.iter().map(part).collect()
    }

    /// The text with its values. What is not there is named as such: a reason is always printed.
    pub fn render(&self, read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Name(path) => match read(path.slot).map(|outcome| path.read(outcome)) {
                    Ok(Outcome::Known(value)) => text.push_str(&value.to_string()),
                    Ok(Outcome::Absent(absent)) if absent.unknown => text.push_str("(unknown)"),
                    Ok(Outcome::Absent(_)) => text.push_str("(missing)"),
                    Err(_) => text.push_str("(not decided)"),
                },
            }
        }
        text
    }
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Position::new(u16::try_from(line).unwrap_or(u16::MAX), u16::try_from(column).unwrap_or(u16::MAX))
}
