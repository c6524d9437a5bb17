//! What a director reads first: the answer in words and money, and whether it can be relied on.

use super::changes::of_cause;
use super::html::{Html, Tile};
use super::sides::{Sides, name};
use super::words::{self, Currencies};
use crate::backtest::comparison::{Comparison, MoneyChange};
use crate::backtest::report::{HistoryNote, Report, Side};
use crate::backtest::shown::figures::not_summed;
use crate::value::Money;

/// So many changes of currencies are told in words; a table has all of them.
const CURRENCIES_TOLD_MAX: usize = 2;

/// What has to be known before anything is believed.
pub(super) fn banners(report: &Report, html: &mut Html) {
    let history = &report.history;
    if !history.complete {
        let why = history.stopped.as_deref().unwrap_or("the run was stopped");
        let decided = words::counted(history.cases, "case");
        html.banner(
            "attention",
            "Partial run.",
            &format!("Only {decided} were decided: {why}. Everything below is about these."),
        );
    }
    if let Some(sample) = &history.sample {
        let share = words::share(sample.share);
        html.banner(
            "note",
            "A sample.",
            &format!("{share} of the cases were drawn (seed {}) and decided; {}.", sample.seed, left_out(history)),
        );
    }
    if history.not_summed > 0 {
        html.banner("attention", "Not in the sums.", &format!("{}.", not_summed(history.not_summed)));
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

pub(super) fn write(report: &Report, sides: &Sides<'_>, html: &mut Html) {
    html.section("short", "In short");
    match (&report.comparison, &report.candidate) {
        (Some(comparison), Some(candidate)) => changed(report, comparison, (candidate, &sides.currencies), html),
        _ => alone(report, &sides.currencies, html),
    }
}

fn alone(report: &Report, currencies: &Currencies, html: &mut Html) {
    let summary = &report.policy.summary;
    let money = &summary.money;
    html.paragraph(&format!(
        "Over {} this policy pays {} in all. Of it {} is owed, and {} is goodwill.",
        words::counted(summary.cases, "case"),
        currencies.sums(&money.total),
        currencies.sums(&money.owed),
        currencies.sums(&money.goodwill),
    ));
    let signed: u64 = summary.approvals.by_role.iter().filter(|load| load.role != "none").map(|load| load.cases).sum();
    let (cost, more) = currencies.first_of(&money.total, words::money);
    let (goodwill, _) = currencies.first_of(&money.goodwill, words::money);
    html.tiles(&[
        Tile {
            name: "Cases",
            figure: words::count(summary.cases),
            remark: format!("{} decided", words::count(decided(&report.policy))),
        },
        Tile { name: "Cost", figure: cost, remark: with("owed and goodwill", &more) },
        Tile { name: "Goodwill", figure: goodwill, remark: with(&given(&report.policy), &more) },
        Tile { name: "Signatures", figure: words::count(signed), remark: hours(&report.policy) },
        Tile {
            name: "To a person",
            figure: words::count(summary.statuses.get("referred").copied().unwrap_or(0)),
            remark: format!("{} with a fault", words::count(summary.faults.cases)),
        },
    ]);
}

/// Two remarks, the second of which may be nothing.
fn with(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first}, {second}") }
}

fn decided(side: &Side) -> u64 {
    side.summary.statuses.get("decided").copied().unwrap_or(0)
}

fn given(side: &Side) -> String {
    let cases: u64 = side.summary.goodwill.iter().map(|of| of.spread.cases).sum();
    format!("in {}", words::counted(cases, "case"))
}

fn hours(side: &Side) -> String {
    side.summary
        .approvals
        .hours
        .map_or_else(|| "no parameter tells what one takes".to_owned(), |hours| format!("{} hours", words::fixed(hours, 1)))
}

fn changed(report: &Report, comparison: &Comparison, (candidate, currencies): (&Side, &Currencies), html: &mut Html) {
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
    let mut money: Vec<&MoneyChange> = comparison.money.iter().filter(|change| differs(change)).collect();
    money.sort_by_key(|change| currencies.rank(change.total.delta.currency()));
    let mut points: Vec<String> = money.iter().take(CURRENCIES_TOLD_MAX).map(|change| in_words(change)).collect();
    let rest: Vec<String> = money.iter().skip(CURRENCIES_TOLD_MAX).map(|change| words::difference(change.total.delta)).collect();
    if !rest.is_empty() {
        points.push(format!("In other currencies the cost changes by {}.", rest.join(" · ")));
    }
    if let Some(cause) = comparison.causes.first() {
        points.push(format!(
            "The largest cause, for {}: {}, {} in {}.",
            words::plain(&cause.paid_for),
            of_cause(cause),
            currencies.differences(&cause.delta),
            words::counted(cause.cases, "case")
        ));
    }
    points.extend(trouble(comparison));
    html.points(&points);
    html.legend(&before, &after);
    html.tiles(&tiles(report, comparison, candidate, currencies));
}

fn differs(change: &MoneyChange) -> bool {
    !change.total.delta.amount().is_zero() || !change.goodwill.delta.amount().is_zero()
}

fn in_words(change: &MoneyChange) -> String {
    let total = &change.total;
    let direction = if total.delta.amount().is_negative() { "less" } else { "more" };
    let share = total.share.map_or_else(String::new, |share| format!(" ({})", words::change(share)));
    let size = Money::new(total.delta.amount().absolute(), total.delta.currency());
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
        points.push(format!(
            "{} would have a fault that had none: {} first.",
            words::counted(faults.cases, "case"),
            faults.first.join(", ")
        ));
    }
    let without = &comparison.newly_without_rule;
    if without.cases > 0 {
        points.push(format!(
            "{} would have no rule any more: {} first.",
            words::counted(without.cases, "case"),
            without.first.join(", ")
        ));
    }
    if comparison.mended_faults.cases > 0 {
        points.push(format!("{} lose a fault.", words::counted(comparison.mended_faults.cases, "case")));
    }
    if faults.cases + without.cases == 0 {
        points.push("No case has a fault that had none, and none is newly without a rule.".to_owned());
    }
    points
}

fn tiles(report: &Report, comparison: &Comparison, candidate: &Side, currencies: &Currencies) -> Vec<Tile> {
    let sum = |of: fn(&MoneyChange) -> Money| currencies.first_of(&comparison.money.iter().map(of).collect(), words::difference);
    let (cost, costs) = sum(|change| change.total.delta);
    let (goodwill, gestures) = sum(|change| change.goodwill.delta);
    let (better, worse) = touched(comparison);
    vec![
        Tile {
            name: "Cases that change",
            figure: words::count(comparison.changed),
            remark: format!("{} of {}", words::of(comparison.changed, comparison.cases), words::count(comparison.cases)),
        },
        Tile { name: "Cost", figure: cost, remark: with("owed and goodwill", &costs) },
        Tile { name: "Goodwill", figure: goodwill, remark: with(&given(candidate), &gestures) },
        Tile {
            name: "Customers",
            figure: format!("{} better", words::count(better)),
            remark: format!("{} worse", words::count(worse)),
        },
        signing(comparison, &report.policy, candidate),
        Tile {
            name: "New faults",
            figure: words::count(comparison.new_faults.cases),
            remark: format!("{} mended", words::count(comparison.mended_faults.cases)),
        },
    ]
}

/// The hours of everybody who signs, where they are known; else the cases that somebody else signs.
fn signing(comparison: &Comparison, now: &Side, candidate: &Side) -> Tile {
    let moved: u64 = comparison.approvals.iter().map(|each| each.cases).sum();
    let told = now.summary.approvals.hours.zip(candidate.summary.approvals.hours);
    let (figure, remark) = match told {
        Some((before, after)) => {
            (format!("{} hours", words::fixed(after, 1)), format!("to sign, {} before", words::fixed(before, 1)))
        }
        None => (words::counted(moved, "case"), "signed by somebody else".to_owned()),
    };
    Tile { name: "Signing", figure, remark }
}

/// Everyone has a segment, given or not, so the groups of it are all cases.
fn touched(comparison: &Comparison) -> (u64, u64) {
    let groups = || comparison.fairness.iter().filter(|group| group.by == "segment");
    (groups().map(|group| group.better).sum(), groups().map(|group| group.worse).sum())
}
