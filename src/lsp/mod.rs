//! The language server: what an editor shows of a bundle while somebody writes it. It speaks the Language Server Protocol over two
//! streams, and holds nothing that another room does not know: findings, names, fixes, tests and decisions come from there.
//!
//! A picture of the workspace is what everything is answered from; the session alone changes it, and threads beside it do whatever
//! takes time. Order of the files, each using only those before it: `address`, `position`, `framing`, `document`, `pages`, `refusal`,
//! `options`, `hits`, `finding`, `workspace`, `telling`, `checking`, `outline`, `symbols`, `folding`, `formatting`, `edits`, `navigation`,
//! `hovering`, `completing`, `renaming`, `cases`, `trials`, `history`, `lenses`, `mending`, `answers`, `commands`, `capabilities`,
//! `background`, `publishing`, `session`.

mod address;
mod answers;
mod background;
mod capabilities;
mod cases;
mod checking;
mod commands;
mod completing;
mod document;
mod edits;
mod finding;
mod folding;
mod formatting;
mod framing;
mod history;
mod hits;
mod hovering;
mod lenses;
mod mending;
mod navigation;
mod options;
mod outline;
mod pages;
mod position;
mod publishing;
mod refusal;
mod renaming;
mod session;
mod symbols;
mod telling;
mod trials;
mod workspace;

pub use session::Ended;

use crate::limits::LSP_MESSAGES_WAITING_MAX;
use background::{Event, Workers};
use session::Session;
use std::io::{self, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Serves one client until it says `exit` or is gone.
///
/// # Errors
/// When what there is to say cannot be written.
pub fn serve(input: impl Read + Send + 'static, output: impl Write) -> io::Result<Ended> {
    let (events, happens) = sync_channel(LSP_MESSAGES_WAITING_MAX);
    let mut session = Session::new(output, Workers::start(&events));
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(frame)) = framing::read(&mut input) {
            if events.send(Event::Came(frame)).is_err() {
                return;
            }
        }
        // With the session gone, nobody has to be told.
        let _ = events.send(Event::Closed);
    });
    let ended = loop {
        let Ok(event) = happens.recv() else { break Ok(Ended::Abruptly) };
        match session.take(event) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(ended)) => break Ok(ended),
            Err(error) => break Err(error),
        }
    };
    session.clear();
    ended
}
