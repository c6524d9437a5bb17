//! A service that keeps deciding while its bundle changes on disk: a manager saves a new figure, makes a mistake, mends it.
//!
//! `cargo run --example hot_reload`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use redress::engine::{Change, Watch};
use redress::text::render_all;
use redress::value::DateTime;
use redress::{Case, Engine, Reload, default_bundle};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Duration;
use std::{fs, thread};

const CASE: &str = r#"{
  "complaint": {"case_id": "D-1", "received_at": "2026-03-02T09:30:00-05:00", "language": "en", "jurisdiction": "US-VA"},
  "customer": {"customer_id": "C-7"},
  "dispute": {"reason_code": "DUPLICATE", "disputed_amount": {"amount": "64.20", "currency": "USD"}},
  "finding": {"status": "complete", "liability": "our_error", "correct_amount": "0.00 USD", "severity": "minor"},
  "history": {"goodwill_12m": "0.00 USD", "goodwill_count_12m": 0}
}"#;
/// How long a change may take until it decides; a busy machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens a bundle, decides on several threads, and changes the bundle under them.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let directory = own_copy()?;
    let figures = directory.join("bundle.yaml");
    let written = fs::read_to_string(&figures)?;

    // Once, when the service starts. The directory is followed until `_watching` is dropped.
    let engine = Engine::open(&directory)?;
    let changes = engine.reloads();
    let _watching = engine.watch_with(Watch::new().quiet(Duration::from_millis(50)))?;
    let case = Case::from_json(CASE).map_err(|found| render_all(&found, false))?;
    let at = DateTime::parse("2026-03-05T10:00:00Z")?;

    let over = AtomicBool::new(false);
    let decided = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| work(&engine, &case, at, &over))).collect();
        let story = tell(&engine, &changes, &figures, &written);
        over.store(true, Ordering::Relaxed);
        let decided: Vec<_> = workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect();
        story.map(|()| decided)
    })?;

    // Whatever happened meanwhile, a decision comes from one policy, and names it.
    let mut all: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (key, count) in decided.into_iter().flatten() {
        *all.entry(key).or_default() += count;
    }
    for ((version, goodwill), count) in &all {
        println!("{count} decisions under version {version}: goodwill {goodwill}");
    }
    let kinds: Vec<(&str, &str)> = all.keys().map(|(version, goodwill)| (version.as_str(), goodwill.as_str())).collect();
    assert!(kinds.iter().all(|kind| [("2026.11.1", "10.00 USD"), ("2026.11.2", "15.00 USD")].contains(kind)), "{kinds:?}");
    fs::remove_dir_all(&directory)?;
    Ok(())
}

/// What a worker of the service does all day: version and goodwill of its decisions, counted.
fn work(engine: &Engine, case: &Case, at: DateTime, over: &AtomicBool) -> BTreeMap<(String, String), usize> {
    let mut seen = BTreeMap::new();
    while !over.load(Ordering::Relaxed) {
        let Ok(decision) = engine.decide_at(case, at) else { continue };
        let goodwill = decision.money.goodwill.map_or_else(String::new, |goodwill| goodwill.amount.to_string());
        *seen.entry((decision.policy.version, goodwill)).or_default() += 1;
    }
    seen
}

/// What the manager does meanwhile, and what the service hears of it.
fn tell(engine: &Engine, changes: &Receiver<redress::ReloadEvent>, figures: &Path, written: &str) -> Result<(), Box<dyn Error>> {
    let raised = written.replace("version: 2026.11.1", "version: 2026.11.2").replace("minor: 10.00 case", "minor: 15.00 case");
    assert_ne!(raised, written);
    fs::write(figures, &raised)?;
    let change = changes.recv_timeout(PATIENCE)?.change;
    println!("saved a new figure: {}", told(&change));
    assert!(matches!(change, Change::Reload(Reload::Taken { .. })));
    assert_eq!(engine.policy().name().version, "2026.11.2");

    fs::write(figures, raised.replace("minor: 15.00 case", "minor: fifteen"))?;
    let change = changes.recv_timeout(PATIENCE)?.change;
    println!("saved a mistake: {}", told(&change));
    assert!(matches!(change, Change::Reload(Reload::Rejected(_))));
    let status = engine.status();
    assert!(status.is_stale());
    assert_eq!(status.serving.version, "2026.11.2");

    fs::write(figures, &raised)?;
    let change = changes.recv_timeout(PATIENCE)?.change;
    println!("took it back: {}", told(&change));
    assert!(!engine.status().is_stale());
    Ok(())
}

fn told(change: &Change) -> String {
    match change {
        Change::Reload(Reload::Taken { now, .. }) => format!("version {} decides from now on", now.version),
        Change::Reload(Reload::Rejected(rejection)) => format!("it cannot be taken\n{}", render_all(&rejection.findings, false)),
        Change::Reload(Reload::Unchanged) => "it is what decides already".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The default bundle in a directory of this example's own.
fn own_copy() -> Result<PathBuf, Box<dyn Error>> {
    let directory = std::env::temp_dir().join(format!("redress-hot-reload-{}", std::process::id()));
    for (path, source) in default_bundle().iter() {
        let file = directory.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&directory))?;
        fs::write(file, source.text())?;
    }
    Ok(directory)
}
