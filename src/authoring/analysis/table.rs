//! A decision as it is analysed: its rules as regions, and which of them say the same.

use crate::limits::ANALYSIS_CELLS_MAX;
use crate::policy::Program;
use crate::policy::compiled::{Because, Better, Decision, Formula, Rule};
use crate::policy::literal::Literal;
use crate::policy::settled::Settled;
use crate::rule::space::{Budget, Exhausted, Region};
use crate::rule::{Cell, Condition, HitPolicy};
use crate::text::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// See the module.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    pub(crate) program: &'a Program,
    pub(crate) decision: &'a Decision,
    /// Its rules under every setting; never empty.
    pub(crate) settled: Vec<Settled>,
    /// Can every combination of values occur that its columns allow?
    pub(crate) is_free: bool,
    /// For each rule what it gives, with its reason: rules of one number give the same for the same reason.
    pub(crate) meanings: Vec<usize>,
    /// For each rule what it gives.
    pub(crate) outputs: Vec<usize>,
    /// The rules in the order in which they take precedence where one alone decides: as written, or under `priority` by what they give.
    /// Rules whose place cannot be told before a case is there are left out.
    pub(crate) order: Vec<usize>,
    /// What `otherwise` gives, with its reason; a number of its own where there is none.
    pub(crate) otherwise: usize,
}

/// What was found so far.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) out: Diagnostics,
    /// Rules of which something was said that explains whatever else could be said of them.
    pub(crate) explained: BTreeSet<usize>,
    /// Did a question go unanswered, because the budget ran out?
    pub(crate) unproven: bool,
    /// The work that is left for all questions together.
    budget: Budget,
}

impl Report {
    pub(crate) fn new() -> Self {
        let budget = Budget::new(ANALYSIS_CELLS_MAX);
        Self { out: Diagnostics::new(), explained: BTreeSet::new(), unproven: false, budget }
    }

    /// Asks a question with its share of the work that is left. Where that runs out, it went unanswered.
    pub(crate) fn ask(&mut self, question: impl FnOnce(&mut Self, &mut Budget) -> Result<(), Exhausted>) {
        let share = self.budget.share();
        let mut left = share;
        self.unproven |= question(self, &mut left).is_err();
        self.budget = self.budget.without(share, left);
    }

    /// Adds a finding about a rule that explains all others about it.
    pub(crate) fn explain(&mut self, row: usize, finding: Diagnostic) {
        self.explained.insert(row);
        self.out.push(finding);
    }
}

impl<'a> Table<'a> {
    /// A decision that has rules, as regions; none where it cannot be analysed.
    pub(crate) fn new(program: &'a Program, decision: &'a Decision) -> Option<Self> {
        let grounds = program.grounds();
        let settled = grounds.settle(decision)?;
        let mut numbers = BTreeMap::new();
        let mut number = |text: String| {
            let next = numbers.len();
            *numbers.entry(text).or_insert(next)
        };
        let outputs = decision.rules.iter().map(|rule| number(given(decision, rule))).collect();
        let meanings = decision.rules.iter().map(|rule| number(meant(decision, rule))).collect();
        let otherwise = number(decision.otherwise.as_ref().map_or_else(|| "no rule".to_owned(), |rule| meant(decision, rule)));
        let is_free = grounds.is_free(&decision.columns);
        let order = order(decision);
        Some(Self { program, decision, settled, is_free, meanings, outputs, order, otherwise })
    }

    pub(crate) fn rule(&self, row: usize) -> Option<&'a Rule> {
        self.decision.rules.get(row)
    }

    /// How a rule is called.
    pub(crate) fn id(&self, row: usize) -> &'a str {
        self.rule(row).map_or("", |rule| &rule.id)
    }

    /// How an axis is called.
    pub(crate) fn axis_name(&self, axis: usize) -> &str {
        self.settled.first().and_then(|table| table.space.axes.get(axis)).map_or("", |axis| &axis.name)
    }

    /// Does that hold of a rule under every setting?
    pub(crate) fn always(&self, mut holds: impl FnMut(&Settled, &Region) -> bool, row: usize) -> bool {
        self.settled.iter().all(|table| table.rules.get(row).is_some_and(|region| holds(table, region)))
    }

    /// Is the precedence of every rule known?
    pub(crate) fn is_ordered(&self) -> bool {
        self.order.len() == self.decision.rules.len()
    }

    /// The rules in the order of their precedence, under one setting.
    pub(crate) fn in_order<'s>(&self, settled: &'s Settled) -> Vec<&'s Region> {
        self.order.iter().filter_map(|row| settled.rules.get(*row)).collect()
    }

    /// What they mean, in the same order.
    pub(crate) fn meanings_in_order(&self) -> Vec<usize> {
        self.order.iter().filter_map(|row| self.meanings.get(*row).copied()).collect()
    }

    /// Are the cases of every rule exactly known?
    pub(crate) fn is_exact(&self) -> bool {
        self.settled.iter().all(|table| table.exact)
    }
}

/// Does a condition look at the value, and not only at whether there is one?
pub(crate) fn speaks_of_values(condition: &Condition) -> bool {
    match condition {
        Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => false,
        Condition::Not(conditions) => conditions.iter().any(speaks_of_values),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) => true,
    }
}

/// A cell as YAML wants it in a mapping on one line.
pub(crate) fn in_yaml(cell: &Cell) -> String {
    match cell.conditions() {
        [Condition::Not(several)] if several.len() > 1 => {
            let items: Vec<String> = several.iter().map(ToString::to_string).collect();
            format!("{{not: [{}]}}", items.join(", "))
        }
        [one] => one.to_string(),
        several => format!("[{}]", several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// Names with `and` before the last.
pub(crate) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

/// See [`Table::order`].
fn order(decision: &Decision) -> Vec<usize> {
    let rows = 0..decision.rules.len();
    if decision.hit != HitPolicy::Priority {
        return rows.collect();
    }
    // A value that is not among the names comes behind all of them; the same is done where a case is decided.
    let place = |rule: &Rule, (output, better): &(usize, Better)| {
        // How much a rule gives is mostly known only when a case is decided.
        let Better::Named(names) = better else { return None };
        let default = decision.outputs.get(*output).and_then(|output| output.default.as_ref());
        let literal = match (rule.then.get(*output)?, default) {
            (Some(Formula::Literal(literal)), _) | (None, Some(literal)) => literal,
            (Some(Formula::Expression(_)), _) => return None,
            (None, None) => return Some(names.len()),
        };
        let Literal::Plain(fact, _) = literal else { return None };
        let name = fact.known().map(ToString::to_string);
        Some(names.iter().position(|each| Some(each) == name.as_ref()).unwrap_or(names.len()))
    };
    let rank = |rule: &Rule| decision.priority.iter().map(|each| place(rule, each)).collect::<Option<Vec<usize>>>();
    let mut ranked: Vec<(Vec<usize>, usize)> =
        rows.filter_map(|row| Some((decision.rules.get(row).and_then(rank)?, row))).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, row)| row).collect()
}

/// What a rule gives, as a text that is the same where that is.
fn given(decision: &Decision, rule: &Rule) -> String {
    let values = decision.outputs.iter().zip(&rule.then).map(|(output, formula)| match (formula, &output.default) {
        (Some(Formula::Literal(literal)), _) | (None, Some(literal)) => format!("{literal:?}"),
        (Some(Formula::Expression(expression)), _) => format!("= {}", expression.text()),
        (None, None) => "nothing".to_owned(),
    });
    values.collect::<Vec<_>>().join("\n")
}

fn meant(decision: &Decision, rule: &Rule) -> String {
    let Because { texts } = &rule.because;
    format!("{}\nbecause {texts:?}", given(decision, rule))
}
