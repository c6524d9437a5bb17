//! What holds of everything that is counted: parts add up, notes come back, the same on any number of threads, nothing is lost on the way
//! from a case to a sum.

use super::as_of::AsOf;
use super::pool::Pool;
use super::report::Sample;
use super::results::Written;
use super::trial::{Backtest, Found};
use crate::case::Case;
use crate::decision::Decision;
use crate::engine::default_bundle;
use crate::history::{Actual, GeneratedCases, HistoryCase};
use crate::policy::{Extensions, Policy};
use crate::value::{Date, DateTime, Decimal, EnumKind, EnumValue, Fact, Money};
use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use std::sync::{Arc, LazyLock};

const CASES: usize = 160;

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::load(&default_bundle(), &Extensions::new()).unwrap());

/// The default policy with another limit, another table of goodwill, a decision that fails and a rule that is gone.
static CANDIDATE: LazyLock<Policy> = LazyLock::new(|| {
    let mut files = default_bundle();
    let mut change = |path: &str, changes: &[(&str, &str)]| {
        let mut text = files.get(path).unwrap().text().to_owned();
        for (from, to) in changes {
            assert!(text.contains(from), "{path} has no `{from}`");
            text = text.replace(from, to);
        }
        files.insert(path, text.as_str());
    };
    change(
        "bundle.yaml",
        &[("per_case_cap: 250.00 case", "per_case_cap: 60.00 case"), ("moderate: 25.00 case", "moderate: 35.00 case")],
    );
    change("decisions/small_claim.yaml", &[("hit: first", "hit: first\nrequired: [economics.escalation_cost]")]);
    Policy::load(&files, &Extensions::new()).unwrap()
});

static HISTORY: LazyLock<Vec<HistoryCase>> = LazyLock::new(|| {
    let cases = GeneratedCases::new(11).take(CASES).enumerate();
    cases.map(|(at, case)| with_reality(case, at)).collect()
});

/// A case with what really happened, of some more and of some less.
fn with_reality(case: Case, at: usize) -> HistoryCase {
    let outcomes = Arc::new(EnumKind::new(["uphold", "reject", "provisional"], false));
    let mut actual = Actual::default();
    if !at.is_multiple_of(3) {
        let outcome = if at.is_multiple_of(2) { "uphold" } else { "reject" };
        actual.outcome = EnumValue::named(&outcomes, outcome).map_or(Fact::Missing, Fact::Known);
        actual.satisfied = Fact::Known(!at.is_multiple_of(5));
    }
    if let (true, Fact::Known(disputed)) = (at.is_multiple_of(4), &case.dispute.disputed_amount) {
        actual.paid = Fact::Known(*disputed);
    }
    let mut told = HistoryCase::new(case, "history.jsonl".into(), at + 1);
    told.actual = actual;
    told
}

fn as_of() -> AsOf {
    AsOf::LastEvent { otherwise: DateTime::parse("2026-07-15T10:00:00Z").unwrap() }
}

fn backtest() -> Backtest<'static> {
    let pools =
        ["goodwill=200/month, 20 from 50%, 0 from 100%", "goodwill=900 USD/quarter"].map(|pool| Pool::parse(pool).unwrap());
    Backtest::new(&POLICY, "built in", as_of()).candidate(&CANDIDATE, "changed").capacity(Some(1)).pools(pools.to_vec()).shown(4)
}

fn counted(backtest: &Backtest<'_>, from: usize, to: usize) -> Found {
    let mut found = Found::default();
    for (at, case) in HISTORY.iter().enumerate().take(to).skip(from) {
        backtest.take(&mut found, case, at as u64, &mut Written::Nothing);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Wherever a history is cut, its parts come to the same as the whole, and what was counted comes back from the notes of a run.
    #[test]
    fn parts_add_up(mut cuts in prop::collection::vec(0..=CASES, 0..5)) {
        static WHOLE: LazyLock<Found> = LazyLock::new(|| counted(&self::backtest(), 0, CASES));
        let backtest = backtest();
        cuts.sort_unstable();
        cuts.push(CASES);
        let (mut found, mut from) = (Found::default(), 0);
        for to in cuts {
            let part = counted(&backtest, from, to);
            let noted = serde_json::to_string(&part).unwrap();
            let read: Found = serde_json::from_str(&noted).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), noted);
            backtest.merge(&mut found, &read);
            from = to;
        }
        prop_assert_eq!(serde_json::to_string(&found).unwrap(), serde_json::to_string(&*WHOLE).unwrap());
    }
}

#[test]
fn any_number_of_threads_says_the_same() {
    let backtest = backtest().sample(Some(Sample { share: Decimal::new(6, 1), seed: 3 }));
    let on = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| backtest.over(&HISTORY))).unwrap()
    };
    let alone = on(1);
    assert_eq!(on(2), alone);
    assert_eq!(on(5), alone);
}

/// The decisions of a policy, taken one by one and whole.
fn decisions(policy: &Policy) -> Vec<Decision> {
    HISTORY.iter().map(|each| policy.decide(&each.case, as_of().of(&each.case).unwrap()).unwrap()).collect()
}

#[test]
fn sums_are_those_of_the_whole_decisions() {
    let report = backtest().over(&HISTORY);
    for (policy, side) in [(&*POLICY, Some(&report.policy)), (&*CANDIDATE, report.candidate.as_ref())] {
        let (summary, decisions) = (&side.unwrap().summary, decisions(policy));
        let count = |holds: &dyn Fn(&Decision) -> bool| decisions.iter().filter(|decision| holds(decision)).count() as u64;
        assert_eq!(summary.cases, CASES as u64);
        for (outcome, cases) in &summary.outcomes {
            assert_eq!(*cases, count(&|each| each.outcome.as_deref().unwrap_or("none") == outcome), "{outcome}");
        }
        for (status, cases) in &summary.statuses {
            assert_eq!(*cases, count(&|each| each.status.word() == status), "{status}");
        }
        let sum = |of: &dyn Fn(&Decision) -> Option<Money>| decisions.iter().filter_map(of).collect::<super::Sums>();
        assert_eq!(summary.money.total, sum(&|each| each.money.total_cost));
        assert_eq!(summary.money.goodwill, sum(&|each| each.money.goodwill.as_ref().map(|goodwill| goodwill.amount)));
        assert_eq!(summary.money.penalties, sum(&|each| each.money.penalty_reimbursement.as_ref().map(|each| each.amount)));
        assert_eq!(summary.escalations.cases, count(&|each| each.escalation.level > 0));
        assert_eq!(summary.faults.cases, count(&|each| !each.faults.is_empty()));
        assert_eq!(summary.clocks.cases, count(&|each| each.clocks.iter().any(|clock| clock.breached)));
        for rule in &summary.rules {
            let of_part = decisions.iter().filter_map(|each| each.part(&rule.decision));
            let hits = of_part.flat_map(|part| &part.rules).filter(|note| *note.rule() == *rule.rule).count() as u64;
            assert_eq!(rule.hits, hits, "{}/{}", rule.decision, rule.rule);
        }
        let granted: u64 = summary.goodwill.iter().map(|goodwill| goodwill.spread.cases).sum();
        let has = |each: &Decision| each.money.goodwill.as_ref().is_some_and(|goodwill| !goodwill.amount.amount().is_zero());
        assert_eq!(granted, count(&has));
        let months: u64 = summary.months.iter().map(|month| month.cases).sum();
        assert_eq!(months, summary.decided());
    }
}

#[test]
fn a_difference_is_split_without_a_rest() {
    let report = backtest().over(&HISTORY);
    let found = report.comparison.unwrap();
    assert!(found.changed > 20 && found.causes.len() > 2, "{} changed, {} causes", found.changed, found.causes.len());
    for money in &found.money {
        let total: super::Sums = found.causes.iter().flat_map(|cause| cause.delta.iter()).collect();
        let currency = money.total.before.currency();
        assert_eq!(total.of(currency), money.total.delta);
        let by_group: super::Sums = found
            .fairness
            .iter()
            .filter(|group| group.by == "segment")
            .flat_map(|group| &group.money)
            .map(|of_group| of_group.total.delta)
            .collect();
        assert_eq!(by_group.of(currency), money.total.delta);
    }
    let moved: u64 = found.outcomes.iter().map(|each| each.cases).sum();
    assert_eq!(moved, CASES as u64);
    let causes: Vec<String> = found
        .causes
        .iter()
        .map(|cause| format!("{} {}: {} -> {}, {} cases", cause.paid_for, cause.decision, cause.before, cause.after, cause.cases))
        .collect();
    insta::assert_snapshot!(causes.join("\n"), @"
    goodwill gesture: our-error -> our-error, 12 cases
    goodwill goodwill: one-time-courtesy -> one-time-courtesy, then goodwill-per-case, 1 cases
    goodwill goodwill: small-claim, then goodwill-share-of-invoice -> small-claim, then goodwill-per-case, 1 cases
    goodwill gesture: our-error-with-care -> our-error-with-care, 2 cases
    ");
}

#[test]
fn the_dearest_cases_are_those_that_move_most() {
    let report = backtest().over(&HISTORY);
    let (before, after) = (decisions(&POLICY), decisions(&CANDIDATE));
    let currency = Money::parse("0.00 USD").unwrap().currency();
    let mut deltas: Vec<(Decimal, &str)> = before
        .iter()
        .zip(&after)
        .filter_map(|(was, is)| Some((is.money.total_cost?.minus(was.money.total_cost?).ok()?, was.case_id.as_str())))
        .filter(|(delta, _)| delta.currency() == currency && !delta.amount().is_zero())
        .map(|(delta, id)| (delta.amount().absolute(), id))
        .collect();
    deltas.sort_by_key(|(delta, _)| std::cmp::Reverse(*delta));
    let dearest = report.comparison.unwrap().dearest;
    let shown: Vec<(Decimal, &str)> = dearest
        .iter()
        .filter(|case| case.delta.currency() == currency)
        .map(|case| (case.delta.amount().absolute(), case.case_id.as_str()))
        .collect();
    assert_eq!(shown, deltas.into_iter().take(4).collect::<Vec<_>>());
}

#[test]
fn as_of_the_last_thing_that_a_case_tells() {
    let case = &HISTORY[3].case;
    let received = *case.complaint.received_at.known().unwrap();
    assert!(as_of().of(case).unwrap() >= received);
    let day = AsOf::Moment(crate::bundle::Moment::Day(Date::parse("2026-01-05").unwrap()));
    assert_eq!(day.of(&Case::new()).unwrap().to_string(), "2026-01-05T00:00:00Z");
    assert_eq!(as_of().of(&Case::new()).unwrap().to_string(), "2026-07-15T10:00:00Z");
}

#[test]
fn an_amount_that_no_sum_holds_is_told_and_counts_in_none() {
    let told = |amount: &str, paid: &str| {
        let mut history: Vec<HistoryCase> = HISTORY.clone();
        let currency = Money::parse(amount).unwrap().currency();
        for case in &mut history {
            case.case.dispute.disputed_amount = Fact::Known(Money::parse(amount).unwrap());
            case.actual = Actual::default();
            case.actual.paid = Fact::Known(Money::zero(currency));
        }
        history[1].actual.paid = Fact::Known(Money::parse(paid).unwrap());
        let report = Backtest::new(&POLICY, "here", as_of()).over(&history);
        let json = serde_json::to_value(&report).unwrap();
        let refused = &json["policy"]["summary"]["refused"];
        let paid = &json["policy"]["agreement"]["paid"];
        let text = super::to_text(&report, &crate::authoring::explain::View::default());
        let first = text.lines().take_while(|line| !line.starts_with("  policy")).collect::<Vec<_>>().join(" ");
        format!("{refused} {} {} | {first}", paid[0]["actual"], json["history"]["not_summed"])
    };
    let shown = [
        told("10.00 USD", "3.00 USD"),
        told("9999999999999.00 USD", "3.00 USD"),
        told("10.00 USD", "9999999999999.00 USD"),
        told("10.00 USD", "0.30000000000000004 USD"),
    ];
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {} {"amount":"3.00","currency":"USD"} 0 | 
    {"amount_not_summable":28} {"amount":"3.00","currency":"USD"} 28 | Not in the sums: 28 cases with an amount above 1,000,000,000,000 or of more than 6 digits behind the point, which counts in no sum.
    {} {"amount":"0.00","currency":"USD"} 1 | Not in the sums: 1 case with an amount above 1,000,000,000,000 or of more than 6 digits behind the point, which counts in no sum.
    {} {"amount":"0.00","currency":"USD"} 1 | Not in the sums: 1 case with an amount above 1,000,000,000,000 or of more than 6 digits behind the point, which counts in no sum.
    "#);
}
