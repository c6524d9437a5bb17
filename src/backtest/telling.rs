//! What was counted of two policies and of reality, as it is told.

use super::agreement::{Agreement, Disagreement, Paid, Satisfaction};
use super::as_of::AsOf;
use super::comparison::{Cause, Change, ChangedCase, Comparison, Fairness, FaultChange, GroupMoney, MoneyChange, Reason, Told};
use super::contrast::{CauseKey, CauseTally, Contrast, FairTally, FaultTally};
use super::dearest::Kept;
use super::parts::{number, share};
use super::reality::{PaidTally, Reality};
use super::report::Sample;
use super::summary::Costs;
use super::sums::Sums;
use super::tally::NOT_DECIDED;
use crate::authoring::explain::{View, explain};
use crate::decision::Decision;
use crate::policy::Policy;
use crate::value::{Currency, Money, Rounding};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Two policies, and as of when their cases are decided.
pub(crate) type Both<'p> = (&'p Policy, &'p Policy, AsOf);

/// What a candidate changes.
pub(crate) fn comparison(
    contrast: &Contrast,
    (before, after): (&Costs, &Costs),
    both: Both<'_>,
    sample: Option<Sample>,
) -> Comparison {
    let mut causes: Vec<Cause> = contrast.causes.iter().map(cause).collect();
    causes.sort_by_key(|cause| (Reverse(cause.delta.largest()), Reverse(cause.cases)));
    Comparison {
        cases: contrast.cases,
        changed: contrast.changed,
        cost_changed: contrast.cost_changed,
        outcomes: contrast.outcomes.told(),
        approvals: contrast.approvals.told(),
        money: money(before, after),
        causes,
        dearest: contrast.dearest.iter().map(|(currency, kept)| changed_case(currency, kept, both)).collect(),
        new_faults: fault_change(&contrast.new_faults),
        mended_faults: fault_change(&contrast.mended_faults),
        newly_without_rule: fault_change(&contrast.newly_without_rule),
        fairness: contrast.fairness.iter().map(fairness).collect(),
        intervals: sample.map(|sample| contrast.draws.intervals(sample)),
    }
}

fn cause((key, tally): (&CauseKey, &CauseTally)) -> Cause {
    let (paid_for, decision, before, after) = key.clone();
    Cause { paid_for, decision, before, after, cases: tally.cases, delta: tally.delta.clone(), first: tally.first.clone() }
}

/// The currencies of several sums, in order.
fn currencies<'s>(sums: impl IntoIterator<Item = &'s Sums>) -> BTreeSet<Currency> {
    sums.into_iter().flat_map(Sums::currencies).collect()
}

fn money(before: &Costs, after: &Costs) -> Vec<MoneyChange> {
    let change = |currency: Currency, of: fn(&Costs) -> &Sums| Change::between(of(before).of(currency), of(after).of(currency));
    let told = |currency: Currency| MoneyChange {
        currency: currency.code().to_owned(),
        total: change(currency, |costs| &costs.total),
        owed: change(currency, |costs| &costs.owed),
        penalties: change(currency, |costs| &costs.penalties),
        goodwill: change(currency, |costs| &costs.goodwill),
    };
    currencies([&before.total, &after.total]).into_iter().map(told).collect()
}

fn fault_change(tally: &FaultTally) -> FaultChange {
    FaultChange { cases: tally.cases, by: tally.by.named(), first: tally.first.clone() }
}

fn fairness(((by, group), tally): (&(String, String), &FairTally)) -> Fairness {
    let money = currencies([&tally.total.0, &tally.total.1]).into_iter().map(|currency| group_money(currency, tally)).collect();
    Fairness {
        by: by.clone(),
        group: group.clone(),
        cases: tally.cases,
        changed: tally.changed,
        better: tally.better,
        worse: tally.worse,
        upheld_before: tally.upheld_before,
        upheld_after: tally.upheld_after,
        money,
    }
}

fn group_money(currency: Currency, tally: &FairTally) -> GroupMoney {
    let cases = tally.cases_in.get(&currency).copied().unwrap_or(0);
    let total = Change::between(tally.total.0.of(currency), tally.total.1.of(currency));
    GroupMoney {
        cases,
        mean_delta: mean(total.delta, cases),
        total,
        goodwill: Change::between(tally.goodwill.0.of(currency), tally.goodwill.1.of(currency)),
    }
}

/// A sum divided by the number of its cases, to the smallest unit.
fn mean(sum: Money, cases: u64) -> Money {
    let mean = sum.divided_by(number(cases)).and_then(|mean| mean.rounded(Rounding::default()));
    mean.unwrap_or_else(|_| Money::zero(sum.currency()))
}

fn changed_case(currency: Currency, kept: &Kept, (old, new, as_of): Both<'_>) -> ChangedCase {
    let (was, is) = (decide(old, kept, as_of), decide(new, kept, as_of));
    let (mut before, mut after) = (told(was.as_ref()), told(is.as_ref()));
    mark_differences(&mut before.reasons, &mut after.reasons);
    ChangedCase {
        case_id: kept.case.id().to_owned(),
        place: kept.place.clone(),
        delta: Money::new(kept.delta, currency),
        before,
        after,
    }
}

fn decide(policy: &Policy, kept: &Kept, as_of: AsOf) -> Result<Decision, String> {
    let at = as_of.of(&kept.case).map_err(|trouble| trouble.to_string())?;
    policy.decide(&kept.case, at).map_err(|error| error.to_string())
}

fn told(decision: Result<&Decision, &String>) -> Told {
    let decision = match decision {
        Ok(decision) => decision,
        Err(why) => return Told { outcome: NOT_DECIDED.to_owned(), explanation: format!("{why}\n"), ..Told::default() },
    };
    let reasons = decision.explanation.iter().map(|line| Reason {
        rule: line.rule().to_owned(),
        because: line.because.to_string(),
        effect: line.effect.to_string(),
        differs: false,
    });
    Told {
        outcome: decision.outcome.as_deref().unwrap_or_else(|| decision.status.word()).to_owned(),
        cost: decision.money.total_cost,
        goodwill: decision.money.goodwill.as_ref().map(|goodwill| goodwill.amount),
        approval: decision.approval.required_role.as_deref().map(str::to_owned),
        explanation: explain(decision, &View::default()),
        reasons: reasons.collect(),
    }
}

/// Marks what one side says and the other does not.
fn mark_differences(before: &mut [Reason], after: &mut [Reason]) {
    let said = |reasons: &[Reason]| -> BTreeSet<(String, String)> {
        reasons.iter().map(|reason| (reason.rule.clone(), reason.effect.clone())).collect()
    };
    let (was, is) = (said(before), said(after));
    let mark = |reasons: &mut [Reason], other: &BTreeSet<(String, String)>| {
        for reason in reasons {
            reason.differs = !other.contains(&(reason.rule.clone(), reason.effect.clone()));
        }
    };
    mark(before, &is);
    mark(after, &was);
}

/// A policy beside what really happened; nothing where the history tells nothing of it.
pub(crate) fn agreement(reality: &Reality, policy: &Policy, as_of: AsOf) -> Option<Agreement> {
    if reality.cases == 0 {
        return None;
    }
    let paid = |tallies: &BTreeMap<Currency, PaidTally>| tallies.iter().map(paid_in).collect();
    let customers = reality.customers.map().iter().map(|(customers, cases)| Satisfaction {
        customers: customers.clone(),
        cases: *cases,
        outcomes_agree: reality.customers_agree.map().get(customers).copied().unwrap_or(0),
    });
    Some(Agreement {
        cases: reality.cases,
        outcomes_known: reality.known,
        outcomes_agree: reality.agree,
        outcomes_share: share(reality.agree, reality.known),
        outcomes: reality.outcomes.told(),
        paid: paid(&reality.paid),
        goodwill: paid(&reality.goodwill),
        satisfaction: customers.collect(),
        largest: reality.largest.iter().map(|(currency, kept)| disagreement(currency, kept, policy, as_of)).collect(),
    })
}

fn paid_in((currency, tally): (&Currency, &PaidTally)) -> Paid {
    let (actual, decided) = (Money::new(tally.actual, *currency), Money::new(tally.decided, *currency));
    Paid {
        cases: tally.cases,
        same: tally.same,
        more: tally.more,
        less: tally.less,
        actual,
        decided,
        difference: decided.minus(actual).unwrap_or_else(|_| Money::zero(*currency)),
        mean_distance: mean(Money::new(tally.distance, *currency), tally.cases),
    }
}

fn disagreement(currency: Currency, kept: &Kept, policy: &Policy, as_of: AsOf) -> Disagreement {
    let decided = decide(policy, kept, as_of);
    Disagreement {
        case_id: kept.case.id().to_owned(),
        place: kept.place.clone(),
        actual_outcome: kept.actual_outcome.clone(),
        actual_paid: Money::new(kept.actual_paid.unwrap_or_default(), currency),
        difference: Money::new(kept.delta, currency),
        decided: told(decided.as_ref()),
    }
}
