//! A run over a history that does not fit into memory: pieces are taken off by one thread, decided by all others, and put together in
//! their order.

use super::rejects;
use super::results::Written;
use super::trial::{Backtest, Found};
use crate::history::{HistoryError, HistoryPosition, Piece, Pieces};
use rayon::ThreadPoolBuilder;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use thiserror::Error;

/// For each thread so many pieces are on their way at once: one that is decided, one that waits, and some that were decided before an
/// earlier one.
const PIECES_A_THREAD: usize = 4;
/// The rows of a piece are numbered within so many bits.
const ROW_BITS: u32 = 20;

/// Why a run cannot begin or go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The history cannot be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The threads cannot be started.
    #[error("the threads cannot be started: {0}")]
    Threads(String),
}

/// What a piece of a history came to, put behind all pieces before it.
#[derive(Debug)]
pub(crate) struct Step<'s> {
    /// Everything up to here.
    pub(crate) found: &'s Found,
    /// The results of its cases, which may be taken.
    pub(crate) results: &'s mut Written,
    /// The lines of its rejected rows.
    pub(crate) rejects: &'s str,
    /// Where a run can go on.
    pub(crate) next: HistoryPosition,
    /// Bytes of all files that were read so far.
    pub(crate) bytes_read: u64,
}

/// One piece and what was made of it.
struct Decided {
    piece: Piece,
    work: thread::Result<Work>,
}

#[derive(Default)]
struct Work {
    found: Found,
    results: Written,
    rejects: String,
}

impl Backtest<'_> {
    /// Runs over a history, behind what was found before. `each` is told of every piece, in order, and may end the run. With `threads` 0
    /// all cores decide.
    pub(crate) fn run(
        &self,
        pieces: &mut Pieces,
        mut found: Found,
        threads: usize,
        each: &mut dyn FnMut(&mut Step<'_>) -> ControlFlow<()>,
    ) -> Result<Found, RunError> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(|number| format!("redress-{number}")).build();
        let pool = pool.map_err(|error| RunError::Threads(error.to_string()))?;
        let most = pool.current_num_threads() * PIECES_A_THREAD;
        pool.in_place_scope(|scope| {
            let (send, receive): (Sender<Decided>, Receiver<Decided>) = channel();
            let mut waiting: BTreeMap<u64, Decided> = BTreeMap::new();
            let (mut under_way, mut next, mut at_end) = (0, None, false);
            loop {
                while !at_end && under_way < most {
                    let Some(piece) = pieces.next_piece()? else {
                        at_end = true;
                        break;
                    };
                    next = next.or(Some(piece.number));
                    under_way += 1;
                    let send = send.clone();
                    scope.spawn(move |_| {
                        let work = catch_unwind(AssertUnwindSafe(|| self.decide(&piece)));
                        // Nobody listens any more once the run has ended.
                        let _ = send.send(Decided { piece, work });
                    });
                }
                found.broken = found.broken.or_else(|| pieces.broken().map(str::to_owned));
                if under_way == 0 {
                    return Ok(found);
                }
                if let Ok(decided) = receive.recv() {
                    waiting.insert(decided.piece.number, decided);
                }
                while let Some(decided) = next.and_then(|number| waiting.remove(&number)) {
                    next = next.map(|number| number + 1);
                    under_way -= 1;
                    let mut work = decided.work.unwrap_or_else(|panic| resume_unwind(panic));
                    self.merge(&mut found, &work.found);
                    let mut step = Step {
                        found: &found,
                        results: &mut work.results,
                        rejects: &work.rejects,
                        next: decided.piece.next,
                        bytes_read: decided.piece.bytes_read,
                    };
                    if each(&mut step).is_break() {
                        return Ok(found);
                    }
                    pieces.take_back(decided.piece);
                }
            }
        })
    }

    /// Reads and decides the rows of a piece.
    fn decide(&self, piece: &Piece) -> Work {
        let mut work = Work { results: self.results(), ..Work::default() };
        let number = |row: usize| (piece.number << ROW_BITS) + row as u64;
        let wanted = |row: usize| self.sample.is_none_or(|sample| sample.takes(number(row)));
        let left_out = piece.read(wanted, |row, read| match read {
            Ok(Some(case)) => self.take(&mut work.found, &case, number(row), &mut work.results),
            Ok(None) => work.found.skipped += 1,
            Err((findings, line)) => {
                work.found.rejects.add(&findings, &format!("{}:{line}", piece.file()));
                work.rejects.push_str(&rejects::line(&findings, piece.file(), line));
            }
        });
        work.found.left_out += left_out;
        work
    }
}
