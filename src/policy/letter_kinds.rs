//! The letters that decisions ask for exist, and print the sentences that a law asks for.

use super::compiled::{Decision, Formula, Rule};
use super::literal::Literal;
use crate::bundle::Bundle;
use crate::letter::{Letters, STATUTORY_SENTENCES};
use crate::text::{Diagnostics, Place};
use crate::value::{Fact, Kind};
use std::collections::BTreeSet;

/// The decision that says which letters go out.
const LETTERS: &str = "letters";
/// Its output that names one, and the output of the decision on sentences.
const KIND: &str = "kind";

/// Checks every kind that a rule can name. A kind that an expression makes is found out when the letter is written.
pub(crate) fn check(compiled: &[Decision], letters: &Letters, bundle: &Bundle, out: &mut Diagnostics) {
    for decision in compiled {
        match &*decision.name {
            LETTERS => {
                for (kind, place) in kinds(decision) {
                    letters.check_kind(&kind, &place, bundle, out);
                }
            }
            STATUTORY_SENTENCES => {
                for (kind, place) in kinds(decision) {
                    letters.check_kind(&kind, &place, bundle, out);
                }
                sentences(decision, letters, out);
            }
            _ => {}
        }
    }
}

/// Every rule that asks for a sentence has one in each language of the letter, and the letter prints it. Of the rules for a kind the
/// first one tells what its letters lack.
fn sentences(decision: &Decision, letters: &Letters, out: &mut Diagnostics) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    // A language that no rule can give is missing once, not rule by rule.
    let mut undeclared: BTreeSet<String> = BTreeSet::new();
    let Some(kind_at) = output(decision, KIND) else { return };
    for rule in &decision.rules {
        let Some(kind) = literal(rule, kind_at) else { continue };
        let has = |language: &str| match output(decision, language) {
            Some(at) => gives(decision, rule, at),
            None => !undeclared.insert(language.to_owned()),
        };
        letters.check_sentences(kind, &rule.place, told.insert(kind), has, out);
    }
}

fn output(decision: &Decision, name: &str) -> Option<usize> {
    decision.outputs.iter().position(|output| &*output.name == name)
}

/// The text that a rule gives as it stands.
fn literal(rule: &Rule, output: usize) -> Option<&str> {
    match rule.then.get(output)?.as_ref()? {
        Formula::Literal(Literal::Plain(Fact::Known(value), _)) => value.as_name(),
        _ => None,
    }
}

/// Does a rule give something for an output, or may it?
fn gives(decision: &Decision, rule: &Rule, output: usize) -> bool {
    let absent = |literal: &Literal| matches!(literal, Literal::Plain(Fact::Missing | Fact::Unknown, _));
    match rule.then.get(output).and_then(Option::as_ref) {
        Some(Formula::Literal(literal)) => !absent(literal),
        Some(_) => true,
        None => decision.outputs.get(output).and_then(|output| output.default.as_ref()).is_some_and(|literal| !absent(literal)),
    }
}

/// The kinds that a decision can name, each with the place where it does.
fn kinds(decision: &Decision) -> Vec<(String, Place)> {
    let Some(number) = output(decision, KIND) else { return Vec::new() };
    let mut found: Vec<(String, Place)> = Vec::new();
    if let Some(Kind::Enum(members)) = decision.outputs.get(number).map(|output| &output.kind)
        && &*decision.name == LETTERS
    {
        let place = decision.outputs.get(number).map(|output| output.place.clone());
        found.extend(members.names.iter().filter_map(|name| Some((name.to_string(), place.clone()?))));
    } else {
        let rules = decision.rules.iter().chain(&decision.otherwise);
        found.extend(rules.filter_map(|rule| Some((literal(rule, number)?.to_owned(), rule.place.clone()))));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found.dedup_by(|later, earlier| later.0 == earlier.0);
    found
}
