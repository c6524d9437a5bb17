//! What a journal costs: decisions a second without one, and with one by when its records are on the disk, turn by turn in one run.
//!
//! The example cases are decided by the default bundle, and journals lie in the target directory, on whatever disk that is.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]
#![allow(clippy::print_stdout, reason = "what was measured is printed")]
#![allow(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times, not money")]

use redress::case::{CaseFormat, read_case};
use redress::journal::{Failing, Journal, Recording, Sync, Verification};
use redress::text::Source;
use redress::value::DateTime;
use redress::{Case, Engine, default_bundle};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Each way is measured so often, for so long.
const ROUNDS: usize = 9;
const TURN: Duration = Duration::from_millis(500);

/// A way to record.
struct Way {
    name: &'static str,
    sync: Option<Sync>,
    with_cases: bool,
    threads: usize,
}

const fn way(name: &'static str, sync: Option<Sync>, threads: usize) -> Way {
    Way { name, sync, with_cases: false, threads }
}

const WAYS: [Way; 10] = [
    way("no journal", None, 1),
    way("`none`", Some(Sync::None), 1),
    Way { name: "`none`, with the cases", sync: Some(Sync::None), with_cases: true, threads: 1 },
    way("`group`", Some(Sync::Group), 1),
    way("`every`", Some(Sync::Every), 1),
    way("no journal", None, 8),
    way("`none`", Some(Sync::None), 8),
    Way { name: "`none`, with the cases", sync: Some(Sync::None), with_cases: true, threads: 8 },
    way("`group`", Some(Sync::Group), 8),
    way("`every`", Some(Sync::Every), 8),
];

/// What one turn came to.
struct Turn {
    decisions: u64,
    seconds: f64,
    bytes: u64,
}

fn example_cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read =
        |path: PathBuf| read_case(&Source::new(path.display().to_string(), fs::read_to_string(&path).unwrap()), CaseFormat::Yaml);
    files.into_iter().map(|path| read(path).unwrap()).collect()
}

fn take(way: &Way, cases: &[Case], directory: &Path) -> Turn {
    let path = directory.join("decisions.jsonl");
    let journal = way.sync.map(|sync| {
        let recording = Recording::new(Failing::Required, sync).segment_bytes(u64::MAX);
        Journal::open(&path, if way.with_cases { recording.with_cases() } else { recording }).unwrap()
    });
    let builder = journal.iter().fold(Engine::builder(), |builder, journal| builder.record_in(journal.clone()));
    let engine = builder.open_files(&default_bundle()).unwrap();
    let at = DateTime::parse("2026-06-01T12:00:00Z").unwrap();
    let begun = Instant::now();
    let decide = |offset: usize| {
        let mut decisions = 0;
        for case in cases.iter().cycle().skip(offset) {
            engine.decide_at(case, at).unwrap();
            decisions += 1;
            if begun.elapsed() >= TURN {
                break;
            }
        }
        decisions
    };
    let decisions: u64 = thread::scope(|scope| {
        let running: Vec<_> = (0..way.threads).map(|offset| scope.spawn(move || decide(offset))).collect();
        running.into_iter().map(|each| each.join().unwrap()).sum()
    });
    let seconds = begun.elapsed().as_secs_f64();
    drop((engine, journal));
    let mut bytes = 0;
    if way.sync.is_some() {
        let found = Verification::of(&path, None).unwrap();
        assert!(found.is_sound() && found.decisions == decisions, "{}: {found:?}", way.name);
        bytes = fs::metadata(&path).unwrap().len();
        fs::remove_file(&path).unwrap();
    }
    Turn { decisions, seconds, bytes }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// How busy the machine is, as the system tells it: runnable processes over the last minute.
fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or("unknown").to_owned()
}

fn main() {
    // Only `cargo bench` asks for a measurement.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("journal-bench");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    let cases = example_cases();
    println!("load before: {}\n", load());
    let mut turns: Vec<Vec<Turn>> = WAYS.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (way, turns) in WAYS.iter().zip(&mut turns) {
            turns.push(take(way, &cases, &directory));
        }
    }
    println!("| records on the disk | threads | decisions a second | of those without a journal | a decision | a record |");
    println!("|---|---:|---:|---:|---:|---:|");
    let rate = |turns: &[Turn]| median(turns.iter().map(|turn| turn.decisions as f64 / turn.seconds).collect());
    for (way, own) in WAYS.iter().zip(&turns) {
        let without = WAYS.iter().zip(&turns).find(|(other, _)| other.sync.is_none() && other.threads == way.threads);
        let (rate, without) = (rate(own), rate(without.unwrap().1));
        let (share, micros) = (100.0 * rate / without, 1e6 * way.threads as f64 / rate);
        let bytes = own.iter().map(|turn| turn.bytes / turn.decisions).max().unwrap_or(0);
        let bytes = if bytes == 0 { "-".to_owned() } else { format!("{bytes} bytes") };
        println!("| {} | {} | {rate:.0} | {share:.0} % | {micros:.0} µs | {bytes} |", way.name, way.threads);
    }
    println!("\nload after: {}", load());
    let _ = fs::remove_dir_all(&directory);
}
