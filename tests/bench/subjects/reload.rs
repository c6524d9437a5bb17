//! A bundle on disk that changes while an engine decides.

use super::load;
use redress::engine::{Watch, Watching};
use redress::value::DateTime;
use redress::{BundleFiles, Case, Engine, Reload, ReloadEvent};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// How long all files have to stand still here.
const QUIET: Duration = Duration::from_millis(100);
/// Longer than any measurement: no change waits for a poll.
const NEVER: Duration = Duration::from_secs(3_600);

/// A bundle in a directory, of which two versions take turns.
pub(crate) struct Subject {
    directory: PathBuf,
    manifests: [String; 2],
    turn: usize,
    pub(crate) engine: Engine,
}

pub(crate) fn default_bundle() -> Subject {
    Subject::new("default", &load::default_files(), "version: 2026.11.1", "version: 2026.11.2")
}

pub(crate) fn thousand_rules() -> Subject {
    Subject::new("thousand-rules", &load::rules(10), "version: 1", "version: 2")
}

impl Subject {
    fn new(name: &str, files: &BundleFiles, version: &str, other: &str) -> Self {
        let directory = std::env::temp_dir().join(format!("redress-bench-{}-{name}", std::process::id()));
        for (path, source) in files.iter() {
            write(&directory.join(path), source.text());
        }
        let manifest = files.get("bundle.yaml").unwrap().text();
        let manifests = [manifest.to_owned(), manifest.replace(version, other)];
        assert_ne!(manifests[0], manifests[1]);
        let engine = Engine::open(&directory).unwrap();
        Self { directory, manifests, turn: 0, engine }
    }

    /// Saves the other version.
    pub(crate) fn save(&mut self) {
        self.turn = 1 - self.turn;
        write(&self.directory.join("bundle.yaml"), &self.manifests[self.turn]);
    }

    /// Saves the other version and takes it; the time from reading the directory to serving.
    pub(crate) fn reload(&mut self) -> Duration {
        self.save();
        let begun = Instant::now();
        assert!(matches!(self.engine.reload(), Reload::Taken { .. }));
        begun.elapsed()
    }

    /// Follows the directory from here on.
    pub(crate) fn follow(&self) -> (Watching, Receiver<ReloadEvent>) {
        let watching = self.engine.watch_with(Watch::new().quiet(QUIET).poll(NEVER)).unwrap();
        // The first look, at what may have changed before.
        std::thread::sleep(QUIET * 3);
        (watching, self.engine.reloads())
    }

    /// Saves the other version; the time from then until it serves, without the quiet period.
    pub(crate) fn follow_one(&mut self, taken: &Receiver<ReloadEvent>) -> Duration {
        self.save();
        let begun = Instant::now();
        taken.recv().unwrap();
        begun.elapsed().saturating_sub(QUIET)
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// How long decisions take, one by one, while `meanwhile` goes on elsewhere; sorted.
pub(crate) fn latencies(
    engine: &Engine,
    case: &Case,
    at: DateTime,
    time: Duration,
    mut meanwhile: impl FnMut() + Send,
) -> Vec<Duration> {
    let over = AtomicBool::new(false);
    let mut taken = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                meanwhile();
            }
        });
        let (begun, mut taken) = (Instant::now(), Vec::new());
        while begun.elapsed() < time {
            let before = Instant::now();
            std::hint::black_box(engine.decide_at(case, at).unwrap());
            taken.push(before.elapsed());
        }
        over.store(true, Ordering::Relaxed);
        taken
    });
    taken.sort_unstable();
    taken
}
