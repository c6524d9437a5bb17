//! Two outcomes that differ, and the region of cases in which they do.

use super::outcomes::Outcome;
use crate::rule::Cell;
use crate::script::FactPath;
use crate::value::Date;
use serde::Serialize;

/// One condition of a region: what is looked at, and what it has to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Bounds {
    /// The path: a fact, a derived input, an output of another decision, the policy date.
    pub path: String,
    /// In the words of a cell.
    pub is: String,
}

/// A condition of a region, so that a case can be looked for that meets it.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) old: Option<FactPath>,
    pub(super) new: Option<FactPath>,
    pub(super) cell: Cell,
}

/// A region in which something differs.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) when: Vec<Bounds>,
    /// What a case has to meet, in some ways to come into the region.
    pub(super) wanted: Vec<Vec<Wanted>>,
    /// A day on which it is so, where it is not so on every day.
    pub(super) day: Option<Date>,
    pub(super) told: Contrast,
    /// Is it one that only a failing or foreign value reaches?
    pub(super) remote: bool,
    /// Does it ask for nothing but facts of the case, each of which may be given whatever the others are?
    pub(super) free: bool,
}

/// What one side says where the other says something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    /// The rules that decide.
    pub(super) rules: Vec<String>,
    /// Guardrails and plugins that bound or change what they give, as the other side does not.
    pub(super) by: Vec<String>,
    /// What comes out, by output: only what differs.
    pub(super) given: Vec<(String, String)>,
}

/// Two outcomes that differ, without what is the same of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contrast {
    pub(super) old: Said,
    pub(super) new: Said,
    /// Do the texts alone prove that it differs?
    pub(super) certain: bool,
    /// Do the same rules give the same, and only guardrails or plugins differ?
    pub(super) same_rules: bool,
}

impl Contrast {
    pub(super) fn of(old: &Outcome, new: &Outcome) -> Self {
        let is_alike = old.texts.len() == new.texts.len() && old.shown.len() == new.shown.len();
        let differs = |at: usize| !is_alike || old.texts.get(at) != new.texts.get(at);
        let literal = |outcome: &Outcome, at: usize| outcome.literal.get(at).copied().unwrap_or(false);
        let said = |one: &Outcome, other: &Outcome| {
            let mut said = Said { rules: one.by.clone(), by: Vec::new(), given: Vec::new() };
            for (at, told) in one.shown.iter().enumerate().filter(|(at, _)| differs(*at)) {
                let same = other.shown.get(at).filter(|_| is_alike);
                let mut text = told.text.clone();
                for (by, how) in &told.by {
                    if !same.is_some_and(|same| same.by.iter().any(|each| each == &(by.clone(), how.clone()))) {
                        text.push_str(&format!(", {how} (`{by}`)"));
                        if !said.by.contains(by) {
                            said.by.push(by.clone());
                        }
                    }
                }
                said.given.push((told.output.clone(), text));
            }
            said
        };
        let same_text = old.shown.iter().zip(&new.shown).all(|(old, new)| old.text == new.text);
        let certain = if is_alike {
            (0..old.texts.len()).any(|at| differs(at) && literal(old, at) && literal(new, at))
        } else {
            // Something is decided on one side and nothing on the other.
            old.texts.len().min(new.texts.len()) == 1
        };
        let same_rules = is_alike && same_text && old.by == new.by && !old.by.is_empty();
        Self { old: said(old, new), new: said(new, old), certain, same_rules }
    }
}
