//! A directory that is followed while an engine decides.
//!
//! Events only wake the thread that looks. What counts is the content: a change is taken when the digest of all files has stood still
//! for the quiet period, so a bundle that is half written is never taken, however it is written. Where a file system gives no
//! events, the directory is looked at in intervals.

use super::live::Engine;
use super::loading::Found;
use super::reload::Built;
use super::sentinels::Sentinels;
use crate::text::{Diagnostics, render_all};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use thiserror::Error;

/// How a directory is followed.
#[derive(Clone, Debug)]
pub struct Watch {
    quiet: Duration,
    poll: Duration,
    events: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self { quiet: Duration::from_millis(100), poll: Duration::from_secs(2), events: true }
    }
}

impl Watch {
    /// With a quiet period of 100 ms, and a look every 2 s for changes that no event tells of.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long all files have to stand still before a change is taken.
    #[must_use]
    pub fn quiet(mut self, quiet: Duration) -> Self {
        self.quiet = quiet;
        self
    }

    /// How often the directory is looked at without an event.
    #[must_use]
    pub fn poll(mut self, poll: Duration) -> Self {
        self.poll = poll;
        self
    }

    /// Without events of the system: the directory is looked at in intervals only.
    #[must_use]
    pub fn without_events(mut self) -> Self {
        self.events = false;
        self
    }
}

/// Why a directory cannot be followed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WatchError {
    /// The engine was opened with files in memory.
    #[error("this engine was opened with files in memory: there is no directory to follow")]
    NoDirectory,
    /// The system gave no thread.
    #[error("the directory cannot be followed: {0}")]
    System(#[from] io::Error),
}

/// Follows a directory until it is dropped.
#[must_use = "the directory is followed only as long as this lives"]
#[derive(Debug)]
pub struct Watching {
    engine: Engine,
    stop: Arc<AtomicBool>,
    wakes: SyncSender<Wake>,
    thread: Option<JoinHandle<()>>,
}

/// Look, or see that it is time to stop.
#[derive(Debug)]
struct Wake;

impl Engine {
    /// Follows the directory of the bundle: a changed bundle is taken as soon as it stands still and is sound.
    ///
    /// # Errors
    /// When there is no directory to follow, or no thread to do it.
    pub fn watch(&self) -> Result<Watching, WatchError> {
        self.watch_with(Watch::default())
    }

    /// Follows the directory of the bundle with other intervals.
    ///
    /// # Errors
    /// When there is no directory to follow, or no thread to do it.
    pub fn watch_with(&self, watch: Watch) -> Result<Watching, WatchError> {
        let directory = self.shared.origin.directory().ok_or(WatchError::NoDirectory)?.to_owned();
        let (wakes, heard) = sync_channel(1);
        let stop = Arc::new(AtomicBool::new(false));
        let follower = Follower {
            engine: self.clone(),
            directory,
            watch,
            wakes: wakes.clone(),
            heard,
            stop: stop.clone(),
            sentinels: None,
            is_disturbed: true,
            look_took: Duration::ZERO,
        };
        let thread = std::thread::Builder::new().name("redress-watch".to_owned()).spawn(move || follower.run())?;
        self.shared.record().watchers += 1;
        Ok(Watching { engine: self.clone(), stop, wakes, thread: Some(thread) })
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        // Where the one place is taken, a wake is on its way already.
        let _ = self.wakes.try_send(Wake);
        // A function that hears of reloads may drop this, on the very thread that follows.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
        self.engine.shared.record().watchers -= 1;
    }
}

/// What was seen at one look.
struct Look {
    print: String,
    found: Result<Found, Diagnostics>,
}

/// The watching is over.
struct Stopped;

struct Follower {
    engine: Engine,
    directory: PathBuf,
    watch: Watch,
    wakes: SyncSender<Wake>,
    heard: Receiver<Wake>,
    stop: Arc<AtomicBool>,
    sentinels: Option<Sentinels>,
    /// Did something happen since the sentinels were set?
    is_disturbed: bool,
    /// How long the last look took.
    look_took: Duration,
}

impl Follower {
    fn run(mut self) {
        // Something may have changed since the engine was opened.
        let mut seen = String::new();
        let mut was_woken = true;
        loop {
            match self.settle(&seen, was_woken) {
                Ok(Some((print, built))) => {
                    seen = print;
                    self.engine.put_in_place(built);
                }
                Ok(None) => {}
                Err(Stopped) => return,
            }
            // A large bundle is polled less often, so that looking stays below a fiftieth of the time.
            match self.wait(self.watch.poll.max(self.look_took * 50)) {
                Ok(woken) => was_woken = woken,
                Err(Stopped) => return,
            }
        }
    }

    /// What lies there once it stands still, if it is not what was seen already. It is built while it has to stand still, and
    /// thrown away if it does not.
    fn settle(&mut self, seen: &str, was_woken: bool) -> Result<Option<(String, Built)>, Stopped> {
        // A change that no event told of may be followed by others just as silent: two looks in a row have to agree.
        let pause = if was_woken { self.watch.quiet / 2 } else { self.watch.quiet.max(self.watch.poll) };
        if was_woken {
            self.pause(pause)?;
        }
        let mut look = self.look();
        while look.print != seen {
            let begun = Instant::now();
            let built = self.engine.build(look.found);
            self.pause(pause.saturating_sub(begun.elapsed()))?;
            let again = self.look();
            if again.print == look.print {
                return Ok(Some((again.print, built)));
            }
            look = again;
        }
        Ok(None)
    }

    /// Sentinels are set before files are read, so that nothing that changes later is missed.
    fn look(&mut self) -> Look {
        if self.is_disturbed && self.watch.events {
            self.is_disturbed = false;
            let wakes = self.wakes.clone();
            // One wake that waits is as good as many.
            let wake = move || {
                let _ = wakes.try_send(Wake);
            };
            let set = Sentinels::around(&self.directory, wake);
            self.sentinels =
                set.inspect_err(|error| tracing::warn!(%error, "no events from the system: the bundle is polled")).ok();
        }
        let begun = Instant::now();
        let found = self.engine.shared.origin.read();
        let print = match &found {
            Ok(found) => {
                let signature = found.signature.as_ref().map_or("", |source| source.text());
                format!("{} {signature}", found.files.digest_of_all())
            }
            Err(findings) => render_all(findings, false),
        };
        self.look_took = begun.elapsed();
        Look { print, found }
    }

    /// Waits for an event, so long at most. Was there one?
    fn wait(&mut self, most: Duration) -> Result<bool, Stopped> {
        let woken = match self.heard.recv_timeout(most) {
            Ok(Wake) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => return Err(Stopped),
        };
        self.is_disturbed |= woken;
        if self.stop.load(Ordering::Acquire) { Err(Stopped) } else { Ok(woken) }
    }

    /// Waits that long, whatever happens meanwhile.
    fn pause(&mut self, time: Duration) -> Result<(), Stopped> {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.wait(left)?;
        }
    }
}
