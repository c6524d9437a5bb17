//! What stands beside the policies: the run itself, what really happened, pools of money, and bounds that were set.

use super::block::{Block, ROWS_MAX, Table, heading};
use super::figures::{amount, count, many, money, not_summed, percent, signed};
use crate::backtest::agreement::Agreement;
use crate::backtest::budget::{Budget, PoolPeriod};
use crate::backtest::report::{Report, Side};

/// Disagreements that are told.
const DISAGREEMENTS_SHOWN: usize = 5;

/// What was run.
pub(super) fn head(report: &Report) -> Vec<Block> {
    let note = &report.history;
    let mut blocks = Vec::new();
    if !note.complete {
        let why = note.stopped.as_deref().unwrap_or("it was ended");
        blocks.push(Block::Attention(format!("This is a part of the history only: {why}.")));
    }
    let side =
        |side: &Side| format!("{} {} ({}), {}", side.name.bundle, side.name.version, short(&side.name.digest), side.origin);
    let mut cases = many(note.cases, "case", "cases");
    if let Some(sample) = note.sample {
        cases.push_str(&format!(
            ", a sample of {} (seed {}; {} left out)",
            percent(Some(sample.share)),
            sample.seed,
            count(note.left_out)
        ));
    }
    if note.skipped > 0 {
        cases.push_str(&format!(", {} that the mapping leaves out", many(note.skipped, "row", "rows")));
    }
    if note.not_summed > 0 {
        blocks.push(Block::Attention(format!("Not in the sums: {}.", not_summed(note.not_summed))));
    }
    let mut facts = vec![("policy".to_owned(), side(&report.policy))];
    facts.extend(report.candidate.iter().map(|candidate| ("candidate".to_owned(), side(candidate))));
    facts.extend([("cases".to_owned(), cases), ("as of".to_owned(), note.as_of.clone())]);
    if report.rejects.rows > 0 {
        let by = report.rejects.by_code.iter();
        let told: Vec<String> = by.map(|(code, by)| format!("{code} {} (first: {})", count(by.rows), by.first)).collect();
        facts.push(("rejected".to_owned(), format!("{}: {}", many(report.rejects.rows, "row", "rows"), told.join(", "))));
    }
    blocks.push(Block::Facts(facts));
    blocks
}

/// The first digits of a digest.
fn short(digest: &str) -> String {
    let digits = digest.rsplit(':').next().unwrap_or(digest);
    digits.chars().take(12).collect()
}

pub(super) fn bounds(report: &Report) -> Vec<Block> {
    let mut table = Table::new(&["bound", "found", ""], 3);
    for verdict in &report.bounds {
        table.row(vec![verdict.bound.clone(), verdict.found.clone(), if verdict.fails { "fails" } else { "passes" }.to_owned()]);
    }
    table.block().map(|table| vec![heading("The run fails if"), table]).unwrap_or_default()
}

pub(super) fn agreement(report: &Report) -> Vec<Block> {
    let sides = [Some(&report.policy), report.candidate.as_ref()];
    let mut blocks = Vec::new();
    for (who, side) in ["policy", "candidate"].iter().zip(sides) {
        let title = if report.candidate.is_some() {
            format!("Beside what really happened: the {who}")
        } else {
            "Beside what really happened".to_owned()
        };
        if let Some(found) = side.and_then(|side| side.agreement.as_ref()) {
            blocks.extend(agreement_of(&title, found));
        }
    }
    blocks
}

fn agreement_of(title: &str, found: &Agreement) -> Vec<Block> {
    let mut blocks = vec![heading(title)];
    let known = many(found.outcomes_known, "case", "cases");
    let share = percent(found.outcomes_share);
    blocks.push(Block::Sentence(format!(
        "The outcome of {known} is known; {} are decided alike ({share}).",
        count(found.outcomes_agree)
    )));
    let mut table = Table::new(&["really", "decided", "cases"], 2);
    for each in &found.outcomes {
        table.row(vec![each.before.clone(), each.after.clone(), count(each.cases)]);
    }
    blocks.extend(table.cut(ROWS_MAX).block());
    let mut table = Table::new(&["money", "cases", "same", "more", "less", "really", "decided", "change"], 1);
    for (what, list) in [("paid", &found.paid), ("goodwill", &found.goodwill)] {
        for paid in list {
            let counts = [paid.cases, paid.same, paid.more, paid.less].map(count);
            let sums = [amount(paid.actual), amount(paid.decided), signed(paid.difference)];
            table.row([vec![format!("{what}, {}", paid.actual.currency())], counts.to_vec(), sums.to_vec()].concat());
        }
    }
    blocks.extend(table.block());
    let mut table = Table::new(&["customers", "cases", "decided alike"], 1);
    for each in &found.satisfaction {
        table.row(vec![each.customers.clone(), count(each.cases), count(each.outcomes_agree)]);
    }
    blocks.extend(table.block());
    let mut table = Table::new(&["case", "really", "decided", "really paid", "decided", "change"], 3);
    for each in found.largest.iter().take(DISAGREEMENTS_SHOWN) {
        table.row(vec![
            each.case_id.clone(),
            each.actual_outcome.clone().unwrap_or_else(|| "-".to_owned()),
            each.decided.outcome.clone(),
            money(each.actual_paid),
            each.decided.cost.map_or_else(|| "-".to_owned(), money),
            signed(each.difference),
        ]);
    }
    blocks.extend(table.block());
    blocks
}

pub(super) fn budgets(report: &Report) -> Vec<Block> {
    let sides = [("policy", Some(&report.policy)), ("candidate", report.candidate.as_ref())];
    let sides = sides.into_iter().filter_map(|(who, side)| side.map(|side| (who, side)));
    sides.flat_map(|(who, side)| side.budgets.iter().flat_map(move |budget| budget_of(who, budget))).collect()
}

fn budget_of(who: &str, budget: &Budget) -> Vec<Block> {
    let mut blocks = vec![heading(&format!("Pool {}, {} under the {who}", budget.declared, budget.amount.currency()))];
    let periods = budget.periods.len() as u64;
    let mut text = if budget.dry == 0 {
        format!("It lasts through {}.", if periods == 1 { "its one period".to_owned() } else { format!("all {periods} periods") })
    } else {
        format!(
            "It runs dry in {} of {}, and {} is asked for beyond it.",
            count(budget.dry),
            many(periods, "period", "periods"),
            money(budget.beyond)
        )
    };
    if let (Some(dry), Some(spared)) = (budget.dry_with_steps, budget.spared) {
        text.push_str(&format!(
            " With the steps that were declared it would run dry in {}, and {} would be spared.",
            count(dry),
            money(spared)
        ));
    }
    blocks.push(Block::Sentence(text));
    let has_steps = budget.dry_with_steps.is_some();
    let head = ["period", "asked", "used", "dry on", "cases after", "steps from", "cases", "spared", "dry on"];
    let mut table = Table::new(head.get(..if has_steps { 9 } else { 5 }).unwrap_or_default(), 1);
    budget.periods.iter().for_each(|period| table.row(row(period)));
    blocks.extend(table.cut(ROWS_MAX).block());
    blocks
}

fn row(period: &PoolPeriod) -> Vec<String> {
    let day = |day: Option<crate::value::Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let mut row = vec![
        period.period.clone(),
        amount(period.asked),
        percent(period.used),
        day(period.ran_dry_on),
        count(period.cases_after),
    ];
    if let Some(steps) = &period.steps {
        row.extend([day(steps.from), count(steps.cases), amount(steps.spared), day(steps.ran_dry_on)]);
    }
    row
}
