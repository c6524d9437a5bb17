//! Where a policy has what a gist tells, looked up once for many cases.

use crate::case::{FactSpec, registry};
use crate::evaluation::quick::Hit;
use crate::policy::Policy;
use crate::policy::compiled::Decision;
use std::sync::Arc;

/// A rule by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleName {
    /// The decision.
    pub decision: Arc<str>,
    /// The rule as explanations name it: its id, `otherwise`, `value` or `script`.
    pub rule: Arc<str>,
    /// Is it written as a rule? Otherwise it is what decides without any, and does so in every case.
    pub written: bool,
}

/// An output of a decision: both by their numbers.
pub(super) type OutputAt = (usize, usize);

/// Where a policy has what a gist tells. It is made once for many cases.
#[derive(Debug)]
pub struct GistReader {
    pub(super) outcome: Option<OutputAt>,
    pub(super) correction: Option<OutputAt>,
    pub(super) related_charges: Option<OutputAt>,
    pub(super) redress: Option<OutputAt>,
    pub(super) multiple: Option<OutputAt>,
    pub(super) interest: Option<OutputAt>,
    pub(super) penalties: Option<OutputAt>,
    pub(super) goodwill: Option<OutputAt>,
    pub(super) provisional: Option<OutputAt>,
    pub(super) role: Option<OutputAt>,
    pub(super) second_person: Option<OutputAt>,
    pub(super) level: Option<OutputAt>,
    pub(super) target: Option<OutputAt>,
    pub(super) action: Option<OutputAt>,
    pub(super) required: Vec<&'static FactSpec>,
    pub(super) rules: Vec<RuleName>,
    /// The number of the first rule of each decision.
    first_rule: Vec<u32>,
    pub(super) clocks: Vec<Arc<str>>,
}

impl GistReader {
    /// Looks up where a policy has what a gist tells.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let program = &policy.program;
        let find = |decision: &str, output: &str| -> Option<OutputAt> {
            let number = program.decisions.iter().position(|each| *each.name == *decision)?;
            let found = program.decisions.get(number)?;
            Some((number, found.outputs.iter().position(|each| *each.name == *output)?))
        };
        let amount = |decision: &str| find(decision, "amount");
        let mut first_rule = vec![0; program.decisions.len()];
        let mut rules = Vec::new();
        for number in &program.order {
            let Some(decision) = program.decisions.get(*number) else { continue };
            if let Some(first) = first_rule.get_mut(*number) {
                *first = u32::try_from(rules.len()).unwrap_or(u32::MAX);
            }
            rules.extend(rules_of(decision));
        }
        Self {
            outcome: find("outcome", "value"),
            correction: amount("correction"),
            related_charges: amount("related_charges"),
            redress: amount("statutory_redress"),
            multiple: find("statutory_redress", "multiple"),
            interest: amount("interest"),
            penalties: find("penalties", "approved"),
            goodwill: amount("goodwill"),
            provisional: amount("provisional_credit"),
            role: find("approval", "required_role"),
            second_person: find("approval", "second_person"),
            level: find("escalation", "level"),
            target: find("escalation", "target"),
            action: find("relationship", "action"),
            required: registry().iter().map(|(_, spec)| spec).filter(|spec| spec.required && program.disputes).collect(),
            rules,
            first_rule,
            clocks: program.obligations.list.iter().map(|each| each.id.clone()).collect(),
        }
    }

    /// Every rule by its number, in the order of evaluation and as written. What holds when none matches stands behind the rules of its
    /// decision, what decides without any behind that.
    #[must_use]
    pub fn rules(&self) -> &[RuleName] {
        &self.rules
    }

    /// The clock of that number.
    #[must_use]
    pub fn clock(&self, number: usize) -> &str {
        self.clocks.get(number).map_or("", |name| name)
    }

    /// How many clocks there are.
    #[must_use]
    pub fn clocks(&self) -> usize {
        self.clocks.len()
    }

    /// The number of what decided.
    pub(super) fn rule(&self, decision: usize, rules: usize, hit: Hit) -> u32 {
        let first = self.first_rule.get(decision).copied().unwrap_or(u32::MAX);
        let inside = match hit {
            Hit::Row(row) => row,
            Hit::Otherwise => rules,
            Hit::Values | Hit::Script => rules + 1,
        };
        first.saturating_add(u32::try_from(inside).unwrap_or(u32::MAX))
    }
}

fn rules_of(decision: &Decision) -> impl Iterator<Item = RuleName> {
    let name = |rule: Arc<str>, written| RuleName { decision: decision.name.clone(), rule, written };
    let otherwise = name("otherwise".into(), decision.otherwise.is_some());
    let word = decision.script.as_ref().map_or("value", |script| script.body.word());
    let written = decision.rules.iter().map(move |rule| name(rule.id.clone(), true));
    written.chain([otherwise, RuleName { decision: decision.name.clone(), rule: word.into(), written: false }])
}
