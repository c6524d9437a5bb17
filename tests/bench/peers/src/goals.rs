//! The goals of speed, each beside what was measured.

use crate::peer::{DECISION, IF_CHAIN, TABLE, ZEN};
use crate::process::{self, Allocations};
use crate::subjects::{bundle, json, load, reload, scripts, threads};
use crate::tables::Line;
use crate::timing::{Contender, Times, interleaved, median};
use std::time::{Duration, Instant};

/// One goal.
pub struct Goal {
    pub what: String,
    pub goal: String,
    pub measured: String,
    /// The measured figure, for programs.
    pub figure: f64,
    pub met: bool,
}

impl Goal {
    fn at_least(what: impl Into<String>, least: f64, figure: f64) -> Self {
        let (goal, measured) = (format!("at least {} ×", short(least)), format!("{} ×", short(figure)));
        Self { what: what.into(), goal, measured, figure, met: figure >= least }
    }

    fn at_most(what: impl Into<String>, most: f64, figure: f64) -> Self {
        let (goal, measured) = (format!("at most {} ×", short(most)), format!("{} ×", short(figure)));
        Self { what: what.into(), goal, measured, figure, met: figure <= most }
    }

    fn not_measured(what: &str, goal: &str, reason: &str) -> Self {
        Self { what: what.to_owned(), goal: goal.to_owned(), measured: reason.to_owned(), figure: f64::NAN, met: false }
    }

    fn under(what: impl Into<String>, most: f64, figure: f64, unit: &str) -> Self {
        let (goal, measured) = (format!("under {} {unit}", short(most)), format!("{} {unit}", short(figure)));
        Self { what: what.into(), goal, measured, figure, met: figure < most }
    }
}

/// A figure with the digits that mean something.
pub fn short(figure: f64) -> String {
    match figure.abs() {
        figure if figure >= 100.0 => group(figure.round() as i64),
        figure if figure >= 10.0 || figure.fract() == 0.0 => {
            let text = format!("{figure:.1}");
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        figure => format!("{figure:.2}"),
    }
}

fn group(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What the tables of generated rows say.
pub fn of_tables(lines: &[Line]) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (line, least) in lines.iter().zip([2.0, 5.0, 30.0, 100.0]) {
        if let (Some(chain), Some(own)) = (line.in_memory(IF_CHAIN), line.in_memory(TABLE)) {
            let what = format!("table of {} rows, faster than the hand-written `if` chain", group(line.rows as i64));
            goals.push(Goal::at_least(what, least, chain.over(own)));
        }
    }
    if let (Some(first), Some(last)) = (lines.first(), lines.last())
        && let (Some(small), Some(large)) = (first.in_memory(TABLE), last.in_memory(TABLE))
    {
        let mut goal = Goal::at_most("table, growth from 10 to 10,000 rows", 5.0, large.median() / small.median());
        goal.goal = "under 5 ×".to_owned();
        goals.push(goal);
    }
    let least_of = |times: fn(&Line, &str) -> Option<f64>, name: &str| {
        lines.iter().filter_map(|line| times(line, name)).fold(f64::INFINITY, f64::min)
    };
    let in_memory = |line: &Line, name: &str| Some(line.in_memory(ZEN)?.over(line.in_memory(name)?));
    let from_json = |line: &Line, name: &str| Some(line.from_json(ZEN)?.over(line.from_json(name)?));
    goals.push(Goal::at_least(
        "faster than ZEN in memory: the table, at the size where least",
        100.0,
        least_of(in_memory, TABLE),
    ));
    goals.push(Goal::at_least(
        "faster than ZEN in memory: the whole decision with its trace, at the size where least",
        100.0,
        least_of(in_memory, DECISION),
    ));
    goals.push(Goal::at_least("faster than ZEN from JSON: the table, at the size where least", 8.0, least_of(from_json, TABLE)));
    goals.push(Goal::at_least(
        "faster than ZEN from JSON: the whole decision with its trace, at the size where least",
        8.0,
        least_of(from_json, DECISION),
    ));
    goals
}

/// What redress is measured at alone.
pub struct Alone {
    pub goals: Vec<Goal>,
    /// The times behind the ratios.
    pub times: Vec<(&'static str, Times)>,
    /// Microseconds of one decision with its document, sorted, by what went on meanwhile.
    pub latencies: Vec<(&'static str, Vec<f64>)>,
    pub allocations: Result<Allocations, String>,
}

pub fn of_redress(note: impl Fn(&str)) -> Alone {
    note("default bundle, JSON, plugin");
    let (bundle, json, scripts, bare) =
        (bundle::Subject::new(), json::Subject::new(), scripts::Subject::new(), scripts::Bare::new());
    let mut untraced = bundle.untraced();
    let names = [
        "default bundle, trace on",
        "default bundle, trace off",
        "default bundle, one plugin reached",
        "the same case without the plugin",
        "bare `call_fn` of the same function",
        "JSON in, JSON out",
        "of it, reading the case",
        "typed serde parse of the case",
        "serialising the decision",
    ];
    let times = interleaved(vec![
        Contender::new(|| bundle.traced()),
        Contender::new(&mut untraced),
        Contender::new(|| scripts.with_plugin()),
        Contender::new(|| scripts.without_plugin()),
        Contender::new(|| bare.call()),
        Contender::new(|| json.decide()),
        Contender::new(|| json.read()),
        Contender::new(|| json.parse_typed()),
        Contender::new(|| json.serialise()),
    ]);
    let [traced, untraced, plugin, no_plugin, call, whole, _, parse, serialise] = &times[..] else {
        unreachable!("one time for each contender")
    };
    let mut goals = vec![
        Goal::under("default bundle, all decisions, trace on, no script reached", 3.0, traced.median() / 1e3, "µs"),
        Goal::at_most("trace on, over trace off", 1.5, traced.over(untraced)),
        Goal::at_most(
            "one Rhai plugin reached, over bare `call_fn` and the line without it",
            1.3,
            plugin.over(&call.and(no_plugin)),
        ),
        Goal::at_most("JSON in and out, over typed serde parse and serialising", 2.0, whole.over(&parse.and(serialise))),
    ];
    note("two threads");
    goals.push(two_threads(&bundle));
    note("the program");
    goals.extend(program());
    note("loading");
    goals.extend(loading());
    note("reload");
    goals.extend(reloading());
    let latencies = latencies(&bundle);
    note("allocations");
    let allocations = process::allocations();
    goals.extend(of_allocations(&allocations));
    Alone { goals, latencies, times: names.into_iter().zip(times).collect(), allocations }
}

/// What a second thread brings, beside what it brings to arithmetic.
fn two_threads(bundle: &bundle::Subject) -> Goal {
    const ROUNDS: usize = 41;
    const TIMES: u64 = 4_000;
    let decision = threads::decision(bundle);
    let gain = |work: &(dyn Fn() + Sync)| {
        let work = || work();
        let [one, two] = threads::THREADS.map(|threads| threads::time(threads, TIMES, &work).as_secs_f64());
        2.0 * one / two
    };
    let (mut decided, mut counted) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        decided.push(gain(&decision));
        counted.push(gain(&threads::arithmetic));
    }
    let (decided, counted) = (median(decided), median(counted));
    let figure = 100.0 * decided / counted;
    Goal {
        what: "two threads, beside what they bring to a loop of arithmetic".to_owned(),
        goal: "at least 95 %".to_owned(),
        measured: format!("{figure:.0} % ({decided:.2} × beside {counted:.2} ×)"),
        figure,
        met: figure >= 95.0,
    }
}

fn program() -> Vec<Goal> {
    const WHAT: &str = "`redress decide`, one case, embedded bundle";
    match process::whole() {
        Ok(whole) => vec![
            Goal::under(format!("{WHAT}: wall"), 25.0, whole.wall_ms, "ms"),
            Goal::under(format!("{WHAT}: resident"), 30.0, whole.resident_mb, "MB"),
        ],
        Err(reason) => vec![Goal::not_measured(WHAT, "under 25 ms, under 30 MB", &reason)],
    }
}

fn of_allocations(measured: &Result<Allocations, String>) -> Vec<Goal> {
    let measured = match measured {
        Ok(measured) => measured,
        Err(reason) => return vec![Goal::not_measured("allocations", "0 in the table matcher", reason)],
    };
    let mut goals = Vec::new();
    if let Some((what, calls, _)) = measured.each.first() {
        goals.push(Goal {
            what: format!("allocations: {what}"),
            goal: "0".to_owned(),
            measured: short(*calls),
            figure: *calls,
            met: *calls == 0.0,
        });
    }
    let rules = measured.loaded.iter().filter(|(what, ..)| what.starts_with("10,000"));
    goals.extend(rules.map(|(what, held, _)| Goal::under(format!("memory of {what}"), 40.0, *held, "MB")));
    goals
}

fn loading() -> Vec<Goal> {
    let timed = |rounds: usize, files: &redress::BundleFiles| {
        let times = (0..rounds).map(|_| {
            let begun = Instant::now();
            drop(std::hint::black_box(load::load(files)));
            begun.elapsed().as_secs_f64() * 1e3
        });
        median(times.collect())
    };
    vec![
        Goal::under("load, check and compile the default bundle", 20.0, timed(21, &load::default_files()), "ms"),
        Goal::under("load 10,000 rules: 100 decisions of 100 rules", 1_000.0, timed(5, &load::many_rules()), "ms"),
        Goal::under("load 10,000 rules: one table in a CSV file", 1_000.0, timed(5, &load::long_table()), "ms"),
    ]
}

/// From the last event to serving, without the quiet period.
fn reloading() -> Vec<Goal> {
    let timed = |mut subject: reload::Subject| {
        let (_watching, taken) = subject.follow();
        median((0..21).map(|_| subject.follow_one(&taken).as_secs_f64() * 1e3).collect())
    };
    vec![
        Goal::under("reload the default bundle, from the last event to serving", 20.0, timed(reload::default_bundle()), "ms"),
        Goal::under("reload 1,000 rules, from the last event to serving", 60.0, timed(reload::thousand_rules()), "ms"),
    ]
}

/// How long decisions take while nothing happens, and while the bundle is reloaded without pause.
fn latencies(bundle: &bundle::Subject) -> Vec<(&'static str, Vec<f64>)> {
    const TIME: Duration = Duration::from_secs(4);
    let mut subject = reload::default_bundle();
    let engine = subject.engine.clone();
    let measure = |meanwhile: &mut (dyn FnMut() + Send)| {
        let taken = reload::latencies(&engine, &bundle.case, bundle.at, TIME, meanwhile);
        taken.iter().map(|one| one.as_secs_f64() * 1e6).collect()
    };
    let alone = measure(&mut || std::thread::sleep(Duration::from_millis(1)));
    let meanwhile = measure(&mut || {
        subject.reload();
    });
    vec![("nothing else", alone), ("the bundle is reloaded without pause", meanwhile)]
}
