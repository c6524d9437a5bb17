//! What a director reads first: the answer in words and money, and whether it can be relied on.

use super::html::{Html, Tile};
use super::sides::name;
use super::words;
use crate::backtest::comparison::{Comparison, MoneyChange};
use crate::backtest::report::{HistoryNote, Report, Side};

/// So many changes of currencies are told in words; a table has all of them.
const CURRENCIES_TOLD_MAX: usize = 3;

/// What has to be known before anything is believed.
pub(super) fn banners(report: &Report, html: &mut Html) {
    let history = &report.history;
    if !history.complete {
        let why = history.stopped.as_deref().unwrap_or("the run was stopped");
        let decided = words::counted(history.cases, "case");
        html.banner("attention", "Partial run.", &format!("Only {decided} were decided: {why}. Everything below is about these."));
    }
    if let Some(sample) = &history.sample {
        let share = words::share(sample.share);
        html.banner("note", "A sample.", &format!("{share} of the cases were drawn (seed {}) and decided; {}.", sample.seed, left_out(history)));
    }
    for verdict in &report.bounds {
        let found = format!("`{}`: found {}", verdict.bound, verdict.found);
        if verdict.fails {
            html.banner("attention", "Bound not kept.", &found);
        } else {
            html.banner("good", "Bound kept.", &found);
        }
    }
}

fn left_out(history: &HistoryNote) -> String {
    format!("{} were left out", words::counted(history.left_out, "case"))
}

pub(super) fn write(report: &Report, html: &mut Html) {
    html.section("short", "In short");
    match (&report.comparison, &report.candidate) {
        (Some(comparison), Some(candidate)) => changed(report, comparison, candidate, html),
        _ => alone(report, html),
    }
}

fn alone(report: &Report, html: &mut Html) {
    let summary = &report.policy.summary;
    let money = &summary.money;
    html.paragraph(&format!(
        "Over {} this policy pays {} in all. Of it {} is owed, and {} is goodwill.",
        words::counted(summary.cases, "case"),
        words::sums(&money.total),
        words::sums(&money.owed),
        words::sums(&money.goodwill),
    ));
    let signed: u64 = summary.approvals.by_role.iter().filter(|load| load.role != "none").map(|load| load.cases).sum();
    html.tiles(&[
        Tile { name: "Cases", figure: words::count(summary.cases), remark: format!("{} decided", words::count(decided(&report.policy))) },
        Tile { name: "Cost", figure: words::sums(&money.total), remark: "owed and goodwill".to_owned() },
        Tile { name: "Goodwill", figure: words::sums(&money.goodwill), remark: given(&report.policy) },
        Tile { name: "Signatures", figure: words::count(signed), remark: hours(&report.policy) },
        Tile {
            name: "To a person",
            figure: words::count(summary.statuses.get("referred").copied().unwrap_or(0)),
            remark: format!("{} with a fault", words::count(summary.faults.cases)),
        },
    ]);
}

fn decided(side: &Side) -> u64 {
    side.summary.statuses.get("decided").copied().unwrap_or(0)
}

fn given(side: &Side) -> String {
    let cases: u64 = side.summary.goodwill.iter().map(|of| of.spread.cases).sum();
    format!("in {}", words::counted(cases, "case"))
}

fn hours(side: &Side) -> String {
    side.summary.approvals.hours.map_or_else(
        || "no parameter tells what one takes".to_owned(),
        |hours| format!("{} hours", hours.to_fixed(1)),
    )
}

fn changed(report: &Report, comparison: &Comparison, candidate: &Side, html: &mut Html) {
    let cases = words::counted(comparison.cases, "case");
    let part = words::of(comparison.changed, comparison.cases);
    let (before, after) = (name(&report.policy), name(candidate));
    let told = match comparison.changed {
        0 => format!("Of {cases} none comes out differently under {after}: everything stays as it is under {before}."),
        _ => format!(
            "Of {cases}, {} ({part}) come out differently under {after} than under {before}, {} of them in what they cost.",
            words::count(comparison.changed),
            words::count(comparison.cost_changed)
        ),
    };
    html.paragraph(&told);
    let mut points: Vec<String> =
        comparison.money.iter().filter(|change| differs(change)).take(CURRENCIES_TOLD_MAX).map(in_words).collect();
    if let Some(cause) = comparison.causes.first() {
        points.push(format!(
            "Most of it comes from {} in {}: {} instead of {}, {} in {}.",
            words::plain(&cause.paid_for),
            cause.decision,
            cause.after,
            cause.before,
            words::differences(&cause.delta),
            words::counted(cause.cases, "case")
        ));
    }
    points.extend(trouble(comparison));
    html.points(&points);
    html.legend(&before, &after);
    html.tiles(&tiles(report, comparison, candidate));
}

fn differs(change: &MoneyChange) -> bool {
    !change.total.delta.amount().is_zero() || !change.goodwill.delta.amount().is_zero()
}

fn in_words(change: &MoneyChange) -> String {
    let total = &change.total;
    let direction = if total.delta.amount().is_negative() { "less" } else { "more" };
    let share = total.share.map_or_else(String::new, |share| format!(" ({})", words::change(share)));
    let size = crate::value::Money::new(total.delta.amount().absolute(), total.delta.currency());
    format!(
        "It costs {} {direction}{share}: {} instead of {}. In goodwill the difference is {}, in what is owed {}.",
        words::money(size),
        words::money(total.after),
        words::money(total.before),
        words::difference(change.goodwill.delta),
        words::difference(change.owed.delta)
    )
}

fn trouble(comparison: &Comparison) -> Vec<String> {
    let mut points = Vec::new();
    let faults = &comparison.new_faults;
    if faults.cases > 0 {
        points.push(format!("{} would have a fault that had none: {} first.", words::counted(faults.cases, "case"), faults.first.join(", ")));
    }
    let without = &comparison.newly_without_rule;
    if without.cases > 0 {
        points.push(format!("{} would have no rule any more: {} first.", words::counted(without.cases, "case"), without.first.join(", ")));
    }
    if comparison.mended_faults.cases > 0 {
        points.push(format!("{} lose a fault.", words::counted(comparison.mended_faults.cases, "case")));
    }
    if faults.cases + without.cases == 0 {
        points.push("No case has a fault that had none, and none is newly without a rule.".to_owned());
    }
    points
}

fn tiles(report: &Report, comparison: &Comparison, candidate: &Side) -> Vec<Tile> {
    let sum = |of: fn(&MoneyChange) -> crate::value::Money| {
        let sums: crate::backtest::sums::Sums = comparison.money.iter().map(of).collect();
        let text = words::differences(&sums);
        if text == "—" { "no change".to_owned() } else { text }
    };
    let (better, worse) = touched(comparison);
    let now = &report.policy.summary.approvals;
    let then = &candidate.summary.approvals;
    vec![
        Tile {
            name: "Cases that change",
            figure: words::count(comparison.changed),
            remark: format!("{} of {}", words::of(comparison.changed, comparison.cases), words::count(comparison.cases)),
        },
        Tile { name: "Cost", figure: sum(|change| change.total.delta), remark: "owed and goodwill".to_owned() },
        Tile { name: "Goodwill", figure: sum(|change| change.goodwill.delta), remark: given(candidate) },
        Tile {
            name: "Customers",
            figure: format!("{} better", words::count(better)),
            remark: format!("{} worse", words::count(worse)),
        },
        Tile {
            name: "Signing",
            figure: then.hours.map_or_else(|| "—".to_owned(), |hours| format!("{} hours", hours.to_fixed(1))),
            remark: now.hours.map_or_else(
                || "no parameter tells what one takes".to_owned(),
                |hours| format!("{} hours before", hours.to_fixed(1)),
            ),
        },
        Tile {
            name: "New faults",
            figure: words::count(comparison.new_faults.cases),
            remark: format!("{} mended", words::count(comparison.mended_faults.cases)),
        },
    ]
}

/// Everyone has a segment, given or not, so the groups of it are all cases.
fn touched(comparison: &Comparison) -> (u64, u64) {
    let groups = || comparison.fairness.iter().filter(|group| group.by == "segment");
    (groups().map(|group| group.better).sum(), groups().map(|group| group.worse).sum())
}
