//! Parts of a policy in the words of their author.

use super::meaning::{Meaning, money_text, value_text};
use crate::policy::compiled::{Because, Condition, Decision, Formula, Guardrail, Verb};
use crate::policy::literal::Literal;
use crate::value::{Fact, Value};

/// A text in one line.
pub(in crate::authoring) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Plain(Fact::Known(Value::Text(text)), _) => text.to_string(),
        Literal::Plain(Fact::Known(value), _) => value_text(value),
        Literal::Plain(Fact::Missing, _) => "missing".to_owned(),
        Literal::Plain(Fact::Unknown, _) => "unknown".to_owned(),
        Literal::Bare(amount) | Literal::OfCase(amount) => money_text(*amount),
    }
}

pub(in crate::authoring) fn formula(formula: &Formula) -> String {
    match formula {
        Formula::Literal(value) => literal(value),
        Formula::Expression(expression) => {
            let place = expression.place();
            let written = one_line(place.source.slice(place.span));
            let bare = written.trim_matches(['"', '\'']).trim();
            if bare.starts_with('=') { bare.to_owned() } else { format!("= {bare}") }
        }
    }
}

/// A reason as it is written, in its first language.
pub(super) fn because(meaning: &Meaning<'_>, because: &Because) -> String {
    let text = meaning.because(because);
    let first = text.lines().next().unwrap_or_default();
    one_line(first.split_once(": ").map_or(first, |(_, text)| text))
}

pub(super) fn conditions(conditions: &[Condition]) -> String {
    let each = |condition: &Condition| format!("{} {}", condition.path.written, condition.cell);
    conditions.iter().map(each).collect::<Vec<_>>().join("; ")
}

/// What a guardrail does.
pub(super) fn verb(guardrail: &Guardrail, bounded: Option<&Decision>) -> String {
    let name = |output: usize| {
        let found = bounded.and_then(|decision| Some((&decision.name, decision.outputs.get(output)?)));
        found.map_or_else(String::new, |(decision, output)| format!("{decision}.{}", output.name))
    };
    match &guardrail.verb {
        Verb::Cap { output, at } => format!("cap {} at {}", name(*output), formula(at)),
        Verb::Floor { output, at } => format!("floor {} at {}", name(*output), formula(at)),
        Verb::Forbid { values, unless, instead, .. } => {
            let list = |all: Vec<String>| all.join(", ");
            let values = list(values.iter().map(|(output, cell)| format!("{} {cell}", name(*output))).collect());
            let instead = list(instead.iter().map(|(output, it)| format!("{} {}", name(*output), formula(it))).collect());
            let unless = if unless.is_empty() { String::new() } else { format!(" unless {}", conditions(unless)) };
            format!("forbid {values}{unless}, instead {instead}")
        }
        Verb::RequireApproval { roles, second_person } => {
            let second = if *second_person { "second person" } else { "" };
            let roles = if roles.is_empty() { second.to_owned() } else { format!("{} {second}", roles.join(", ")) };
            format!("require approval: {}", roles.trim())
        }
        Verb::Hold { holds } => format!("hold {}", holds.join(", ")),
        Verb::Refer { target } => format!("refer to {target}"),
    }
}
