//! Files that are followed: something is made of them whenever they have changed and stand still.
//!
//! Events only wake the thread that looks. What counts is the content: a change is taken when what is read has stood still for the
//! quiet period, so what is half written is never taken, however it is written. Where a file system gives no events, the files are
//! looked at in intervals.

use super::sentinels::Sentinels;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};

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

/// What is followed, and what is made of it.
pub(crate) trait Followed: Send + 'static {
    /// What is read.
    type Found: Send;
    /// What is made of it.
    type Built: Send;

    /// The directories and files in which a change can be heard.
    fn paths(&self) -> Vec<PathBuf>;
    /// Everything as it lies there now, with a text that is another one where anything else was read.
    fn read(&self) -> (String, Self::Found);
    /// Makes something of it while it has to stand still. It is thrown away if it does not.
    fn build(&mut self, found: Self::Found) -> Self::Built;
    /// Takes what was made of files that stood still.
    fn take(&mut self, built: Self::Built);
}

/// Follows files until it is dropped.
#[must_use = "the files are followed only as long as this lives"]
#[derive(Debug)]
pub(crate) struct Following {
    stop: Arc<AtomicBool>,
    again: Arc<AtomicBool>,
    wakes: SyncSender<Wake>,
    thread: Option<JoinHandle<()>>,
}

/// Look, or see that it is time to stop.
#[derive(Debug)]
struct Wake;

impl Following {
    /// Begins to follow, on a thread of its own. `seen` is what was read before; something else is taken at once.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn begin(followed: impl Followed, watch: Watch, seen: String) -> io::Result<Self> {
        let (wakes, heard) = sync_channel(1);
        let (stop, again) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let follower = Follower {
            followed,
            watch,
            wakes: wakes.clone(),
            heard,
            stop: stop.clone(),
            again: again.clone(),
            sentinels: Vec::new(),
            is_disturbed: true,
            look_took: Duration::ZERO,
        };
        let thread = std::thread::Builder::new().name("redress-watch".to_owned()).spawn(move || follower.run(seen))?;
        Ok(Self { stop, again, wakes, thread: Some(thread) })
    }

    /// Takes what lies there once more, changed or not.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "a service looks only where something changed; a person asks"))]
    pub(crate) fn again(&self) {
        self.again.store(true, Ordering::Release);
        let _ = self.wakes.try_send(Wake);
    }

    /// The thread that follows.
    fn thread(&self) -> Option<ThreadId> {
        self.thread.as_ref().map(|thread| thread.thread().id())
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        // Where the one place is taken, a wake is on its way already.
        let _ = self.wakes.try_send(Wake);
        // A function that hears of a change may drop this, on the very thread that follows.
        if self.thread() != Some(std::thread::current().id())
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// What was seen at one look.
struct Look<T> {
    print: String,
    found: T,
}

/// The following is over.
struct Stopped;

struct Follower<F: Followed> {
    followed: F,
    watch: Watch,
    wakes: SyncSender<Wake>,
    heard: Receiver<Wake>,
    stop: Arc<AtomicBool>,
    again: Arc<AtomicBool>,
    sentinels: Vec<Sentinels>,
    /// Did something happen since the sentinels were set?
    is_disturbed: bool,
    /// How long the last look took.
    look_took: Duration,
}

impl<F: Followed> Follower<F> {
    fn run(mut self, mut seen: String) {
        // Something may have changed since it was read.
        let mut was_woken = true;
        loop {
            if self.again.swap(false, Ordering::AcqRel) {
                seen.clear();
            }
            match self.settle(&seen, was_woken) {
                Ok(Some((print, built))) => {
                    seen = print;
                    self.followed.take(built);
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
    fn settle(&mut self, seen: &str, was_woken: bool) -> Result<Option<(String, F::Built)>, Stopped> {
        // A change that no event told of may be followed by others just as silent: two looks in a row have to agree.
        let pause = if was_woken { self.watch.quiet / 2 } else { self.watch.quiet.max(self.watch.poll) };
        if was_woken {
            self.pause(pause)?;
        }
        let mut look = self.look();
        while look.print != seen {
            let begun = Instant::now();
            let built = self.followed.build(look.found);
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
    fn look(&mut self) -> Look<F::Found> {
        if self.is_disturbed && self.watch.events {
            self.is_disturbed = false;
            self.sentinels = self.followed.paths().iter().filter_map(|path| self.sentinels_around(path)).collect();
        }
        let begun = Instant::now();
        let (print, found) = self.followed.read();
        self.look_took = begun.elapsed();
        Look { print, found }
    }

    fn sentinels_around(&self, path: &std::path::Path) -> Option<Sentinels> {
        let wakes = self.wakes.clone();
        // One wake that waits is as good as many.
        let wake = move || {
            let _ = wakes.try_send(Wake);
        };
        let set = Sentinels::around(path, wake);
        set.inspect_err(|error| tracing::warn!(%error, "no events from the system: the files are polled")).ok()
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
