//! What findings weigh: how many cases of a history fall into each, and how much money these dispute.
//!
//! A finding about a rule is met by the cases that the rule decides, or, where it is about what rules take from each other, by those that
//! satisfy the conditions of all rules that it points at. A column is met by the cases that its decision is asked about, a guardrail by
//! those that it applies to, a fact that nobody reads by those that give it. A param has no cases of its own. A gap is met by the cases that no rule of the decision matches and that lie in it.
//! Each case is looked at once and forgotten: the room of a run does not grow with the history.

use crate::case::Case;
use crate::evaluation::{DecideError, Evaluation};
use crate::policy::compiled::Decision;
use crate::policy::{Policy, Program};
use crate::rule::{Cell, Dialect, HitPolicy, NoNames};
use crate::text::{Code, Diagnostic, Diagnostics, Place, Weight};
use crate::value::{Currency, DateTime, Fact, Money, Value};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The cases that a finding is about.
#[derive(Debug)]
enum Subject {
    /// Those that one of these rules decides.
    Hits(Vec<usize>),
    /// Those that satisfy the conditions of all of these rules.
    Matches(Vec<usize>),
    /// Those that the decision is asked about.
    Asked,
    /// Those that a guardrail applies to: one of the decision, or without one of those that look at the whole.
    Guarded(usize),
    /// Those that give a fact.
    Given(String),
    /// Those that no rule matches, and whose columns satisfy these cells.
    Unmatched(Vec<(usize, Cell)>),
}

/// What met a finding so far.
#[derive(Debug, Default)]
struct Sum {
    cases: u64,
    /// Nothing where it has too many digits to be added up.
    disputed: BTreeMap<Currency, Option<Money>>,
}

/// A run over a history.
#[derive(Debug)]
pub struct Weights<'p> {
    policy: &'p Policy,
    /// What each finding is about, if it is about cases, and the number of its decision if it is about one.
    subjects: Vec<Option<(Option<usize>, Subject)>>,
    sums: Vec<Sum>,
    cases: u64,
    currencies: BTreeMap<Currency, u64>,
}

impl<'p> Weights<'p> {
    /// A run that weighs these findings about a policy.
    #[must_use]
    pub fn new(policy: &'p Policy, findings: &Diagnostics) -> Self {
        let subjects: Vec<_> = findings.iter().map(|finding| subject(&policy.program, finding)).collect();
        let sums = subjects.iter().map(|_| Sum::default()).collect();
        Self { policy, subjects, sums, cases: 0, currencies: BTreeMap::new() }
    }

    /// How many cases were looked at.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// Looks at a case, as of an instant.
    ///
    /// # Errors
    /// As for [`Policy::decide`]: a case that cannot be decided at all is not counted.
    pub fn add(&mut self, case: &Case, at: DateTime) -> Result<(), DecideError> {
        let evaluation = self.policy.evaluate(case, at)?;
        self.cases += 1;
        let disputed = case.dispute.disputed_amount.known().copied();
        if let Some(money) = disputed {
            *self.currencies.entry(money.currency()).or_default() += 1;
        }
        let apart = self.subjects.iter().zip(&mut self.sums);
        for (subject, sum) in apart.filter_map(|(subject, sum)| Some((subject.as_ref()?, sum))) {
            if is_met(subject, &self.policy.program, &evaluation, case) {
                sum.add(disputed);
            }
        }
        let decisions: BTreeSet<usize> = self.subjects.iter().flatten().filter_map(|(decision, _)| *decision).collect();
        for number in decisions {
            let Some(decision) = self.policy.program.decisions.get(number) else { continue };
            let rows = looked_at(decision, number, &evaluation);
            let subjects = self.subjects.iter().zip(&mut self.sums);
            for (subject, sum) in subjects.filter_map(|(subject, sum)| Some((subject.as_ref()?, sum))) {
                if subject.0 == Some(number) && rows.iter().any(|row| row.meets(&subject.1, decision, &evaluation)) {
                    sum.add(disputed);
                }
            }
        }
        Ok(())
    }

    /// The findings with their weights, the most expensive first: by the money in the currency of most cases, then by the cases. Findings
    /// that are not about cases come last, in their order.
    #[must_use]
    pub fn weigh(self, findings: Diagnostics) -> Diagnostics {
        // How much money and how many cases, where a finding is about cases.
        type Weight = Option<(Option<Money>, u64)>;

        let main = self.currencies.iter().max_by_key(|(_, count)| **count).map(|(currency, _)| *currency);
        let of = self.cases;
        let weighed = findings.into_vec().into_iter().zip(self.subjects.iter().zip(self.sums));
        let mut list: Vec<(Weight, Diagnostic)> = weighed
            .map(|(finding, (subject, sum))| match subject {
                None => (None, finding),
                Some(_) => {
                    let money = main.and_then(|main| sum.disputed.get(&main).copied().flatten());
                    let key = (money, sum.cases);
                    (Some(key), Diagnostic { weight: Some(sum.told(of)), ..finding })
                }
            })
            .collect();
        let amount = |money: Option<Money>| money.map(Money::amount);
        list.sort_by_key(|(key, _)| Reverse(key.map(|(money, cases)| (amount(money), cases))));
        list.into_iter().map(|(_, finding)| finding).collect()
    }
}

impl Sum {
    fn add(&mut self, disputed: Option<Money>) {
        self.cases += 1;
        if let Some(money) = disputed {
            let sum = self.disputed.entry(money.currency()).or_insert_with(|| Some(Money::zero(money.currency())));
            *sum = sum.and_then(|sum| sum.plus(money).ok());
        }
    }

    fn told(&self, of: u64) -> Weight {
        let text = |(currency, sum): (&Currency, &Option<Money>)| {
            sum.map_or_else(|| format!("more {currency} than can be added up"), |sum| sum.to_string())
        };
        Weight { cases: self.cases, of, disputed: self.disputed.iter().map(text).collect() }
    }
}

/// One case, or one item of it, before the rules of a decision.
struct Row {
    columns: Vec<Fact<Value>>,
    matched: Vec<usize>,
    /// The first that matches decides alone.
    is_first: bool,
}

impl Row {
    fn meets(&self, subject: &Subject, decision: &Decision, evaluation: &Evaluation<'_>) -> bool {
        match subject {
            Subject::Hits(rows) if self.is_first => self.matched.first().is_some_and(|first| rows.contains(first)),
            Subject::Hits(rows) => self.matched.iter().any(|row| rows.contains(row)),
            Subject::Matches(rows) => rows.iter().all(|row| self.matched.contains(row)),
            Subject::Asked => true,
            // Not asked of rows.
            Subject::Guarded(_) | Subject::Given(_) => false,
            Subject::Unmatched(cells) => {
                let holds = |(column, cell): &(usize, Cell)| {
                    self.columns.get(*column).is_some_and(|fact| cell.holds(fact, evaluation.bounds()).unwrap_or(false))
                };
                decision.otherwise.is_none() && self.matched.is_empty() && cells.iter().all(holds)
            }
        }
    }
}

/// Is a subject met that is not asked of the rows of a decision?
fn is_met((decision, subject): &(Option<usize>, Subject), program: &Program, evaluation: &Evaluation<'_>, case: &Case) -> bool {
    match subject {
        Subject::Guarded(at) => {
            let guardrails = match decision.map(|number| program.decisions.get(number)) {
                Some(found) => found.map(|found| &found.bounds),
                None => Some(&program.final_guardrails),
            };
            guardrails.and_then(|all| all.get(*at)).is_some_and(|guardrail| evaluation.applies(guardrail))
        }
        Subject::Given(pointer) => case.to_json().pointer(pointer).is_some(),
        _ => false,
    }
}

/// What a decision looks at in a case; nothing where a column cannot be read, as what it reads was not decided.
fn looked_at(decision: &Decision, number: usize, evaluation: &Evaluation<'_>) -> Vec<Row> {
    let items: Vec<Option<Value>> = match decision.for_each {
        Some(_) => evaluation.items(number).into_iter().map(Some).collect(),
        None => vec![None],
    };
    let row = |item: Option<Value>| {
        let read = evaluation.read(Some(number), item.as_ref(), &decision.columns);
        let columns: Vec<Fact<Value>> = read.into_iter().collect::<Option<_>>()?;
        let views: Vec<_> = columns.iter().map(Fact::view).collect();
        let rows = decision.matcher.matches(&views, evaluation.policy_date(), evaluation.bounds()).ok()?;
        let matched = rows.into_iter().collect();
        Some(Row { columns, matched, is_first: decision.hit == HitPolicy::First })
    };
    items.into_iter().filter_map(row).collect()
}

/// The cases that a finding is about, if it is about cases at all.
fn subject(program: &Program, finding: &Diagnostic) -> Option<(Option<usize>, Subject)> {
    let place = finding.place.as_ref()?;
    if finding.code == Code::UnreadFact {
        let extra = program.extras.iter().find(|extra| stands_at(&extra.path.place, place))?;
        return Some((None, Subject::Given(format!("/{}", extra.path.value.replace('.', "/")))));
    }
    if let Some(at) = program.final_guardrails.iter().position(|guardrail| stands_at(&guardrail.place, place)) {
        return Some((None, Subject::Guarded(at)));
    }
    for (number, decision) in program.decisions.iter().enumerate() {
        let row_at = |place: &Place| decision.rules.iter().position(|rule| rule.stands_at(place));
        if let Some(row) = row_at(place) {
            let others = || finding.labels.iter().filter_map(|label| row_at(&label.place));
            let rows = |more: Vec<usize>| std::iter::once(row).chain(more).collect();
            let subject = match finding.code {
                Code::Overlap | Code::NotProven | Code::OrderDecides => Subject::Matches(rows(others().collect())),
                Code::NeverDecides | Code::DeadRule | Code::CellOutOfReach | Code::NeverInForce => {
                    Subject::Matches(rows(Vec::new()))
                }
                Code::Mergeable => Subject::Hits(rows(others().collect())),
                _ => Subject::Hits(rows(Vec::new())),
            };
            return Some((Some(number), subject));
        }
        if stands_at(&decision.place, place) && matches!(finding.code, Code::Gap | Code::GapWhenMissing) {
            let cell = |(path, cell): &(String, String)| {
                let column = decision.columns.iter().position(|column| *column.written == **path)?;
                let kind = &decision.columns.get(column)?.kind;
                Cell::parse_text(cell, kind, Dialect::Table, &NoNames).ok().map(|cell| (column, cell))
            };
            let cells = finding.region.iter().map(cell).collect::<Option<Vec<_>>>()?;
            return Some((Some(number), Subject::Unmatched(cells)));
        }
        if stands_at(&decision.place, place) && finding.code == Code::ColumnWithoutEffect {
            return Some((Some(number), Subject::Asked));
        }
        if let Some(at) = decision.bounds.iter().position(|guardrail| stands_at(&guardrail.place, place)) {
            return Some((Some(number), Subject::Guarded(at)));
        }
    }
    None
}

fn stands_at(known: &Place, place: &Place) -> bool {
    known.span == place.span && known.source == place.source
}
