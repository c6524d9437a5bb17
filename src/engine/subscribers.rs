//! Who hears of reloads: functions that are called, and channels.

use super::status::ReloadEvent;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Listener = Arc<dyn Fn(&ReloadEvent) + Send + Sync>;

#[derive(Default)]
struct List {
    next: u64,
    listeners: Vec<(u64, Listener)>,
    senders: Vec<Sender<ReloadEvent>>,
    /// What is still to be told, in order.
    news: VecDeque<ReloadEvent>,
    /// Is somebody telling it?
    telling: bool,
}

/// Everybody who wants to hear.
#[derive(Clone, Default)]
pub(super) struct Subscribers {
    list: Arc<Mutex<List>>,
}

/// A function that hears of reloads until this is dropped.
#[must_use = "the function is called only as long as this lives; `keep` leaves it there as long as the engine"]
pub struct Subscription {
    list: Arc<Mutex<List>>,
    number: Option<u64>,
}

impl Subscribers {
    pub(super) fn call(&self, listener: Listener) -> Subscription {
        let mut list = lock(&self.list);
        let number = list.next;
        list.next += 1;
        list.listeners.push((number, listener));
        Subscription { list: self.list.clone(), number: Some(number) }
    }

    pub(super) fn channel(&self) -> Receiver<ReloadEvent> {
        let (sender, receiver) = channel();
        lock(&self.list).senders.push(sender);
        receiver
    }

    /// Notes what is to be told; [`Self::tell`] tells it.
    pub(super) fn note(&self, event: ReloadEvent) {
        lock(&self.list).news.push_back(event);
    }

    /// Tells everybody everything that was noted, in order, on one thread at a time. A function that panics harms nobody else,
    /// and one that makes news itself hears of it after this.
    pub(super) fn tell(&self) {
        while let Some((event, listeners)) = self.next() {
            for listener in listeners {
                if catch_unwind(AssertUnwindSafe(|| listener(&event))).is_err() {
                    tracing::error!("a function that hears of reloads panicked; the reload stands");
                }
            }
            lock(&self.list).telling = false;
        }
    }

    /// The next event and who is to be called, which happens without the lock, so that a function may subscribe or leave.
    fn next(&self) -> Option<(ReloadEvent, Vec<Listener>)> {
        let mut list = lock(&self.list);
        if list.telling {
            return None;
        }
        let event = list.news.pop_front()?;
        list.telling = true;
        list.senders.retain(|sender| sender.send(event.clone()).is_ok());
        Some((event, list.listeners.iter().map(|(_, listener)| listener.clone()).collect()))
    }
}

impl std::fmt::Debug for Subscribers {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = lock(&self.list);
        write!(out, "Subscribers({})", list.listeners.len() + list.senders.len())
    }
}

impl Subscription {
    /// Leaves the function in place as long as the engine lives.
    pub fn keep(mut self) {
        self.number = None;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            lock(&self.list).listeners.retain(|(each, _)| *each != number);
        }
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Subscription")
    }
}

/// Nothing is left half done under this lock, so a panic elsewhere does not spoil it.
fn lock(list: &Mutex<List>) -> MutexGuard<'_, List> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}
