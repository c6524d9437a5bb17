//! The order in which derived inputs are compiled: each after those that it reads.

use crate::bundle::{DecisionDoc, Formula};
use crate::text::{Code, Diagnostic, Diagnostics};

/// Positions of the `let`s of a decision, each after those that its text names; those in a circle are reported and left out.
pub(crate) fn lets_in_order(doc: &DecisionDoc, out: &mut Diagnostics) -> Vec<usize> {
    let names: Vec<&str> = doc.lets.iter().map(|each| each.name.value.as_str()).collect();
    let reads: Vec<Vec<usize>> = doc
        .lets
        .iter()
        .map(|each| match &each.value.value {
            Formula::Expression(text) => named_in(text, &names),
            Formula::Literal(_) => Vec::new(),
        })
        .collect();
    let mut order: Vec<usize> = Vec::new();
    let mut left: Vec<usize> = (0..names.len()).collect();
    while !left.is_empty() {
        let ready = |each: &usize| reads.get(*each).is_some_and(|reads| reads.iter().all(|read| order.contains(read)));
        let Some(next) = left.iter().copied().find(|each| ready(each)) else { break };
        order.push(next);
        left.retain(|each| *each != next);
    }
    let circle = circle(&left, &reads);
    if let Some(first) = circle.first().and_then(|at| doc.lets.get(*at)) {
        let circle: Vec<&str> = circle.iter().filter_map(|at| names.get(*at).copied()).collect();
        let message = match circle.as_slice() {
            [one] => format!("the derived input `{one}` reads itself"),
            several => format!(
                "derived inputs read each other in a circle: {} reads {}",
                several.join(" reads "),
                several.first().unwrap_or(&"")
            ),
        };
        let help = "let one of them read facts only";
        out.push(Diagnostic::at(Code::Cycle, &first.name.place, message).help(help));
    }
    order
}

/// Walks from one that could not be placed until one comes again: the circle is what lies between.
fn circle(left: &[usize], reads: &[Vec<usize>]) -> Vec<usize> {
    let mut path: Vec<usize> = Vec::new();
    let mut here = left.first().copied();
    while let Some(at) = here {
        if let Some(start) = path.iter().position(|each| *each == at) {
            return path.split_off(start);
        }
        path.push(at);
        here = reads.get(at).and_then(|reads| reads.iter().copied().find(|read| left.contains(read)));
    }
    Vec::new()
}

/// Which of the names stand in the text of an expression, as whole words that do not follow a point.
fn named_in(text: &str, names: &[&str]) -> Vec<usize> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let stands = text.match_indices(name).any(|(start, _)| {
            let before = start.checked_sub(1).and_then(|before| bytes.get(before).copied());
            let after = bytes.get(start + name.len()).copied();
            before.is_none_or(|byte| !is_word(byte) && byte != b'.') && after.is_none_or(|byte| !is_word(byte))
        });
        if stands {
            found.push(at);
        }
    }
    found
}
