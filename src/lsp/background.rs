//! Those who work while somebody types: one checks bundles, one answers requests, one runs commands, one runs policy
//! tests, one reads the history.
//! Each gets a picture of the workspace and sends back what came of it; none of them touches the session.

use super::answers::answer;
use super::checking::check;
use super::commands::{Ran, run};
use super::finding::Checked;
use super::framing::Frame;
use super::history::count;
use super::hits::Hits;
use super::refusal::Refusal;
use super::trials::{Tried, try_all};
use super::workspace::Workspace;
use crate::limits::LSP_CHANGES_WAITED_MAX;
use lsp_server::RequestId;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

/// How long nothing is typed before a bundle is checked.
const QUIET: Duration = Duration::from_millis(120);

/// What the session hears.
#[derive(Debug)]
pub(super) enum Event {
    Came(Frame),
    /// Nothing comes any longer.
    Closed,
    Answered(RequestId, Result<Json, Refusal>),
    Ran(RequestId, Result<Box<Ran>, Refusal>),
    Checked(PathBuf, Checked),
    Tried(PathBuf, Tried),
    Counted(PathBuf, Result<Option<Hits>, String>),
}

/// A bundle to be looked at.
pub(super) struct Look {
    pub(super) workspace: Arc<Workspace>,
    pub(super) root: PathBuf,
    /// At once, without waiting for a quiet moment?
    pub(super) at_once: bool,
}

/// A request that was not answered yet.
pub(super) struct Asked {
    pub(super) workspace: Arc<Workspace>,
    pub(super) id: RequestId,
    pub(super) method: String,
    pub(super) params: Json,
    /// Was it called off?
    pub(super) cancelled: Arc<AtomicBool>,
}

/// Where work is handed in.
pub(super) struct Workers {
    pub(super) checks: Sender<Look>,
    pub(super) requests: Sender<Asked>,
    pub(super) commands: Sender<Asked>,
    pub(super) tests: Sender<Look>,
    pub(super) histories: Sender<Look>,
}

impl Workers {
    /// Starts them. They end when the session drops this.
    pub(super) fn start(events: &SyncSender<Event>) -> Self {
        Self {
            checks: start(events, check_bundles),
            requests: start(events, answer_requests),
            commands: start(events, run_commands),
            tests: start(events, run_tests),
            histories: start(events, read_histories),
        }
    }
}

fn start<W: Send + 'static>(events: &SyncSender<Event>, work: fn(&Receiver<W>, &SyncSender<Event>)) -> Sender<W> {
    let (sender, receiver) = channel();
    let events = events.clone();
    thread::spawn(move || work(&receiver, &events));
    sender
}

/// What a mistake of ours must not take down with it; standard error tells of it.
fn safely<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn check_bundles(looks: &Receiver<Look>, events: &SyncSender<Event>) {
    while let Ok(first) = looks.recv() {
        let mut at_once = first.at_once;
        let mut waiting = BTreeMap::from([(first.root.clone(), first)]);
        // Whoever types gets an answer when he pauses, and also when he never does.
        for _ in 0..LSP_CHANGES_WAITED_MAX {
            let wait = if at_once { Duration::ZERO } else { QUIET };
            let Ok(next) = looks.recv_timeout(wait) else { break };
            at_once |= next.at_once;
            waiting.insert(next.root.clone(), next);
        }
        for (root, look) in waiting {
            let Some(home) = look.workspace.home(&root).filter(|home| !home.is_stale()) else { continue };
            if let Some(Some(checked)) = safely(|| check(&look.workspace, home))
                && events.send(Event::Checked(root, checked)).is_err()
            {
                return;
            }
        }
    }
}

fn answer_requests(requests: &Receiver<Asked>, events: &SyncSender<Event>) {
    while let Ok(asked) = requests.recv() {
        if asked.cancelled.load(Ordering::Acquire) {
            continue;
        }
        let Asked { workspace, id, method, params, .. } = asked;
        let answer = safely(|| answer(&workspace, &method, params)).unwrap_or_else(|| Err(Refusal::internal(&method)));
        if events.send(Event::Answered(id, answer)).is_err() {
            return;
        }
    }
}

fn run_commands(commands: &Receiver<Asked>, events: &SyncSender<Event>) {
    while let Ok(asked) = commands.recv() {
        if asked.cancelled.load(Ordering::Acquire) {
            continue;
        }
        let Asked { workspace, id, method, params, .. } = asked;
        let ran = safely(|| {
            let params = serde_json::from_value(params).map_err(|error| Refusal::parameters(&method, &error))?;
            run(&workspace, &params).map(Box::new)
        });
        if events.send(Event::Ran(id, ran.unwrap_or_else(|| Err(Refusal::internal(&method))))).is_err() {
            return;
        }
    }
}

fn run_tests(looks: &Receiver<Look>, events: &SyncSender<Event>) {
    for look in latest(looks) {
        let tried = safely(|| look.workspace.home(&look.root).map(|home| try_all(&look.workspace, home)));
        if let Some(Some(tried)) = tried
            && events.send(Event::Tried(look.root, tried)).is_err()
        {
            return;
        }
    }
}

/// What is to be looked at, and of each bundle only the latest picture.
fn latest(looks: &Receiver<Look>) -> impl Iterator<Item = Look> {
    let mut waiting: BTreeMap<PathBuf, Look> = BTreeMap::new();
    std::iter::from_fn(move || {
        let first = if waiting.is_empty() { Some(looks.recv().ok()?) } else { None };
        waiting.extend(first.into_iter().chain(looks.try_iter()).map(|look| (look.root.clone(), look)));
        waiting.pop_first().map(|(_, look)| look)
    })
}

fn read_histories(looks: &Receiver<Look>, events: &SyncSender<Event>) {
    for look in latest(looks) {
        let Some(counted) = safely(|| count(&look.workspace, &look.root)) else { continue };
        if events.send(Event::Counted(look.root, counted)).is_err() {
            return;
        }
    }
}
