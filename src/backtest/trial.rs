//! A backtest: the policies, how their cases are decided, and what is counted.

use super::as_of::AsOf;
use super::bootstrap::Draws;
use super::budget::PoolTally;
use super::contrast::{Contrast, Pair, cost, delta, differ};
use super::dearest::Kept;
use super::groups::Groups;
use super::origin::Ways;
use super::pool::Pool;
use super::reality::Reality;
use super::record::{Column, Row};
use super::rejects::Rejects;
use super::report::{HistoryNote, Report, Sample, Side};
use super::results::{Results, Written};
use super::summable;
use super::tally::{Decided, Tally};
use super::{summing_up, telling};
use crate::evaluation::{Evaluation, Gist, GistReader, Selection};
use crate::history::{HistoryCase, HistoryFile, Mapping};
use crate::policy::Policy;
use crate::value::{Decimal, Fact, Money};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many cases are shown with every reason when nobody says it.
const SHOWN: usize = 10;
/// Cases in memory are decided in parts of so many.
const PART: usize = 512;

/// What is run over a history: a policy, perhaps a candidate, and how.
///
/// ```
/// use redress::backtest::{AsOf, Backtest};
/// use redress::{Extensions, Policy, default_bundle};
/// use redress::value::DateTime;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let policy = Policy::load(&default_bundle(), &Extensions::new()).map_err(|found| redress::text::render_all(&found, false))?;
/// let as_of = AsOf::LastEvent { otherwise: DateTime::parse("2026-03-05T10:00:00Z")? };
/// let backtest = Backtest::new(&policy, "built in", as_of);
/// let report = backtest.over(&[]);
/// assert_eq!(report.policy.summary.cases, 0);
/// # Ok(())
/// # }
/// ```
pub struct Backtest<'p> {
    policy: Arm<'p>,
    candidate: Option<(Arm<'p>, Ways<'p>)>,
    pub(crate) as_of: AsOf,
    capacity: Option<u64>,
    pools: Vec<Pool>,
    pub(crate) sample: Option<Sample>,
    shown: usize,
    columns: Vec<Column>,
    pub(crate) form: Results,
}

/// One of the policies.
struct Arm<'p> {
    policy: &'p Policy,
    origin: String,
    reader: GistReader,
    selection: Selection<'p>,
}

impl<'p> Arm<'p> {
    fn new(policy: &'p Policy, origin: &str) -> Self {
        let selection = policy.everything().without_trace();
        Self { policy, origin: origin.to_owned(), reader: GistReader::of(policy), selection }
    }
}

/// Everything that was counted. Parts of a history add up to the same as the whole, whoever counted them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) cases: u64,
    pub(crate) left_out: u64,
    pub(crate) skipped: u64,
    /// Cases with an amount that is not added up.
    not_summed: u64,
    policy: ArmTally,
    candidate: ArmTally,
    contrast: Contrast,
    pub(crate) rejects: Rejects,
    /// Why a file could not be read to its end, if one could not: a run that is gone on with has to know it too.
    #[serde(default)]
    pub(crate) broken: Option<String>,
}

/// What was counted of one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ArmTally {
    tally: Tally,
    reality: Reality,
    pools: Vec<PoolTally>,
}

impl Found {
    /// Adds what was counted of later cases.
    pub(crate) fn merge(&mut self, later: &Self, shown: usize) {
        self.cases += later.cases;
        self.left_out += later.left_out;
        self.skipped += later.skipped;
        self.not_summed += later.not_summed;
        self.policy.merge(&later.policy, shown);
        self.candidate.merge(&later.candidate, shown);
        self.contrast.merge(&later.contrast, shown);
        self.rejects.merge(&later.rejects);
        self.broken = self.broken.take().or_else(|| later.broken.clone());
    }
}

impl ArmTally {
    fn merge(&mut self, later: &Self, shown: usize) {
        self.tally.merge(&later.tally);
        self.reality.merge(&later.reality, shown);
        self.pools.resize_with(self.pools.len().max(later.pools.len()), PoolTally::default);
        self.pools.iter_mut().zip(&later.pools).for_each(|(pool, later)| pool.merge(later));
    }
}

impl<'p> Backtest<'p> {
    /// A policy; `origin` says where it came from: `from policies`.
    #[must_use]
    pub fn new(policy: &'p Policy, origin: &str, as_of: AsOf) -> Self {
        Self {
            policy: Arm::new(policy, origin),
            candidate: None,
            as_of,
            capacity: None,
            pools: Vec::new(),
            sample: None,
            shown: SHOWN,
            columns: Vec::new(),
            form: Results::default(),
        }
    }

    /// Compared with a candidate.
    #[must_use]
    pub fn candidate(mut self, candidate: &'p Policy, origin: &str) -> Self {
        let ways = Ways::of(self.policy.policy, candidate);
        self.candidate = Some((Arm::new(candidate, origin), ways));
        self
    }

    /// So many escalations a day can be taken.
    #[must_use]
    pub fn capacity(mut self, escalations_a_day: Option<u64>) -> Self {
        self.capacity = escalations_a_day;
        self
    }

    /// Pools of money that the cases draw on.
    #[must_use]
    pub fn pools(mut self, pools: Vec<Pool>) -> Self {
        self.pools = pools;
        self
    }

    /// Only a sample of the cases is decided.
    #[must_use]
    pub fn sample(mut self, sample: Option<Sample>) -> Self {
        self.sample = sample;
        self
    }

    /// So many cases of a currency are shown with every reason.
    #[must_use]
    pub fn shown(mut self, cases: usize) -> Self {
        self.shown = cases;
        self
    }

    /// What is written of every case.
    #[must_use]
    pub fn columns(mut self, columns: Vec<Column>) -> Self {
        self.columns = columns;
        self
    }

    /// The form in which that is written.
    #[must_use]
    pub fn form(mut self, form: Results) -> Self {
        self.form = form;
        self
    }

    /// Where the results of cases go, empty.
    pub(crate) fn results(&self) -> Written {
        Written::new(self.form, &self.columns, self.candidate.is_some())
    }

    /// What it is told apart by from another run: policies, files, mapping and options.
    #[must_use]
    pub fn mark(&self, files: &[HistoryFile], mapping: Option<&Mapping>) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut take = |part: &str| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        };
        // Another version may decide otherwise.
        take(env!("CARGO_PKG_VERSION"));
        let candidate = self.candidate.iter().map(|(arm, _)| arm);
        std::iter::once(&self.policy).chain(candidate).for_each(|arm| take(&arm.policy.name().digest));
        for file in files {
            take(&format!("{} {:?}", file.name, file.size));
        }
        take(mapping.map_or("", Mapping::text));
        take(&self.as_of.to_string());
        let columns: Vec<&str> = self.columns.iter().map(Column::name).collect();
        take(&format!("{:?} {:?} {} {columns:?} {:?}", self.pools, self.sample, self.shown, self.form));
        hasher.finalize().to_hex().to_string()
    }

    /// What comes of cases that are in memory, on all cores. It can be called again and again, and says the same whatever the number of
    /// threads.
    #[must_use]
    pub fn over(&self, cases: &[HistoryCase]) -> Report {
        let parts: Vec<Found> = cases
            .par_chunks(PART)
            .enumerate()
            .map(|(part, cases)| {
                let mut found = Found::default();
                for (at, case) in cases.iter().enumerate() {
                    let number = (part * PART + at) as u64;
                    if self.sample.is_none_or(|sample| sample.takes(number)) {
                        self.take(&mut found, case, number, &mut Written::Nothing);
                    } else {
                        found.left_out += 1;
                    }
                }
                found
            })
            .collect();
        let mut found = Found::default();
        for part in &parts {
            self.merge(&mut found, part);
        }
        self.report(&found, HistoryNote { complete: true, ..HistoryNote::default() })
    }

    /// Adds what was counted of later cases.
    pub(crate) fn merge(&self, found: &mut Found, later: &Found) {
        found.merge(later, self.shown);
    }

    /// Decides a case, counts it, and writes what is asked for of it. Its number is the one that it has in the history.
    pub(crate) fn take(&self, found: &mut Found, case: &HistoryCase, number: u64, results: &mut Written) {
        found.cases += 1;
        let groups = Groups::of(&case.case);
        let of_policy = self.policy.evaluate(case, self.as_of);
        let before = self.policy.gist(&of_policy);
        self.count(&mut found.policy, &before, case, (&groups, number));
        let is_other = |decided: &Decided<'_>| matches!(decided, Decided::Refused(summable::NOT_SUMMABLE));
        let mut not_summed = is_other(&before) || summable::without_others(&case.actual).is_some();
        let Some((arm, ways)) = &self.candidate else {
            found.not_summed += u64::from(not_summed);
            self.write(results, case, &groups, (&before, None, false));
            return;
        };
        let of_candidate = arm.evaluate(case, self.as_of);
        let after = arm.gist(&of_candidate);
        not_summed |= is_other(&after);
        found.not_summed += u64::from(not_summed);
        self.count(&mut found.candidate, &after, case, (&groups, number));
        let clocks = |gist: &Gist<'_>, reader: &GistReader| -> Vec<String> {
            gist.missed.iter().map(|number| reader.clock(*number).to_owned()).collect()
        };
        let same_clocks = ways.same_clocks();
        let differs = differ(&before, &after, |was, is| {
            if same_clocks { was.missed == is.missed } else { clocks(was, &self.policy.reader) == clocks(is, &arm.reader) }
        });
        let pair = Pair { before: &before, after: &after, differs, currency: case.case.currency() };
        let cause = |paid_for: &str| match (&of_policy, &of_candidate) {
            (Ok(was), Ok(is)) => ways.origin(paid_for, (was, &self.policy.reader), (is, &arm.reader)),
            _ => (paid_for.to_owned(), before.outcome().to_owned(), after.outcome().to_owned()),
        };
        let keep = |delta: Decimal| kept(case, number, delta, None);
        found.contrast.take(&pair, (number, case.case.id(), &groups), cause, (self.shown, keep));
        if let Some(sample) = self.sample {
            draw(&mut found.contrast.draws, sample, number, &pair);
        }
        self.write(results, case, &groups, (&before, Some((&after, &arm.reader)), differs));
    }

    fn count(&self, arm: &mut ArmTally, decided: &Decided<'_>, case: &HistoryCase, (groups, number): (&Groups<'_>, u64)) {
        arm.tally.take(decided, groups, case.case.currency());
        let keep = |difference: Money, paid: Money| kept(case, number, difference.amount(), Some(paid));
        let kept_of_actual = summable::without_others(&case.actual);
        arm.reality.take(decided, kept_of_actual.as_ref().unwrap_or(&case.actual), (number, self.shown), keep);
        if !self.pools.is_empty() {
            arm.pools.resize_with(self.pools.len(), PoolTally::default);
            let id = case.case.budget.pool_id.known().map(String::as_str);
            for (tally, pool) in arm.pools.iter_mut().zip(&self.pools) {
                tally.take(pool, id, pool.of.amount(&decided.amounts()), groups.received_on());
            }
        }
    }

    fn write(
        &self,
        results: &mut Written,
        case: &HistoryCase,
        groups: &Groups<'_>,
        (before, after, differs): (&Decided<'_>, Option<(&Decided<'_>, &GistReader)>, bool),
    ) {
        let row = Row { case, groups, before: (before, &self.policy.reader), after, differs };
        results.take(&self.columns, &row);
    }

    /// Everything that is told of what was counted.
    pub(crate) fn report(&self, found: &Found, mut history: HistoryNote) -> Report {
        history.as_of = self.as_of.to_string();
        history.cases = found.cases;
        history.left_out = found.left_out;
        history.skipped = found.skipped;
        history.not_summed = found.not_summed;
        history.sample = self.sample;
        let side = |arm: &Arm<'_>, tally: &ArmTally| Side {
            name: arm.policy.name().clone(),
            origin: arm.origin.clone(),
            summary: summing_up::summary(&tally.tally, arm.policy, &arm.reader, self.capacity),
            agreement: telling::agreement(&tally.reality, arm.policy, self.as_of),
            budgets: tally.pools.iter().zip(&self.pools).flat_map(|(tally, pool)| tally.told(pool)).collect(),
        };
        let comparison = self.candidate.as_ref().map(|(arm, _)| {
            let costs = (&found.policy.tally.costs, &found.candidate.tally.costs);
            telling::comparison(&found.contrast, costs, (self.policy.policy, arm.policy, self.as_of), self.sample)
        });
        Report {
            format: 1,
            history,
            policy: side(&self.policy, &found.policy),
            candidate: self.candidate.as_ref().map(|(arm, _)| side(arm, &found.candidate)),
            comparison,
            rejects: found.rejects.clone(),
            bounds: Vec::new(),
        }
    }
}

impl Arm<'_> {
    fn evaluate<'s>(&'s self, case: &'s HistoryCase, as_of: AsOf) -> Result<Evaluation<'s>, &'static str> {
        let at = as_of.of(&case.case).map_err(|_| "invalid_case")?;
        self.selection.evaluate(&case.case, at).map_err(|error| error.kind())
    }

    fn gist<'s>(&self, evaluation: &'s Result<Evaluation<'s>, &'static str>) -> Decided<'s> {
        match evaluation {
            Ok(evaluation) => match evaluation.gist(&self.reader) {
                gist if summable::all_fit(&gist.amounts) => Decided::As(gist),
                _ => Decided::Refused(summable::NOT_SUMMABLE),
            },
            Err(why) => Decided::Refused(why),
        }
    }
}

/// Counts a case in every draw of a sample from itself.
fn draw(draws: &mut Draws, sample: Sample, number: u64, pair: &Pair<'_, '_>) {
    let (was, is) = (pair.before.amounts(), pair.after.amounts());
    let goodwill = delta(was.goodwill, is.goodwill);
    draws.take(sample, number, pair.differs, (&cost(&was), &cost(&is)), &goodwill);
}

/// A case that is kept to be shown.
fn kept(case: &HistoryCase, number: u64, delta: Decimal, paid: Option<Money>) -> Kept {
    let actual_outcome = match &case.actual.outcome {
        Fact::Known(outcome) => Some(outcome.name().to_owned()),
        Fact::Missing | Fact::Unknown => None,
    };
    Kept {
        delta,
        number,
        place: format!("{}:{}", case.file, case.line),
        case: case.case.clone(),
        actual_outcome,
        actual_paid: paid.map(Money::amount),
    }
}

impl fmt::Debug for Backtest<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Backtest({:?}, {:?})", self.policy.policy, self.candidate.as_ref().map(|(arm, _)| arm.policy))
    }
}
