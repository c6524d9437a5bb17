//! What a decision comes to before its plugins and guardrails have looked at it.

use crate::decision::{Missed, Outputs, RuleNote};

/// Results that plugins and guardrails may still change.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) results: Vec<Outputs>,
    pub(crate) listed: bool,
    pub(crate) rules: Vec<RuleNote>,
    pub(crate) nearest: Vec<Missed>,
}

impl Draft {
    pub(crate) fn single(outputs: Outputs, rules: Vec<RuleNote>) -> Self {
        Self { results: vec![outputs], listed: false, rules, nearest: Vec::new() }
    }

    pub(crate) fn listed(results: Vec<Outputs>, rules: Vec<RuleNote>) -> Self {
        Self { results, listed: true, rules, nearest: Vec::new() }
    }
}

/// How the rules, the values or the script of a decision ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Decided(Draft),
    NoRule { nearest: Vec<Missed> },
    Conflict { notes: Vec<RuleNote>, message: String },
}

impl Ending {
    pub(crate) fn no_rule(nearest: Vec<Missed>) -> Self {
        Self::NoRule { nearest }
    }
}
