//! The screen at work: what is drawn, which keys come, and that the terminal is left as it was found.

use super::draw::draw;
use super::eyes::News;
use super::keys::{Wanted, update};
use super::screen::Screen;
use crate::cli::exit::Failure;
use crate::cli::text_file;
use crate::engine::{Following, replace_file};
use crate::text::fix::apply;
use crate::text::{Fix, Source};
use ratatui::DefaultTerminal;
use ratatui::crossterm::event;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

/// How often it is looked whether there is news, between keys.
const TURN: Duration = Duration::from_millis(15);

/// How long an ordinary end may take once a signal has asked for it.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// The terminal, put back when this is dropped: also where a panic unwinds, and by the hook that ratatui sets where one does not.
struct Borrowed {
    terminal: DefaultTerminal,
}

impl Borrowed {
    fn take() -> Result<Self, Failure> {
        let terminal = ratatui::try_init().map_err(|error| Failure::system("the terminal cannot be drawn on", &error))?;
        Ok(Self { terminal })
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        // What cannot be put back here can be put back nowhere else.
        let _ = self.terminal.show_cursor();
        let _ = ratatui::try_restore();
    }
}

/// A terminal that has gone away keeps whoever reads its keys from coming back. Where a signal then asks for the end, it comes after a
/// moment all the same.
fn end_in_any_case(ended: Arc<AtomicBool>) -> Result<(), Failure> {
    let wait = move || {
        while !ended.load(Ordering::Acquire) {
            std::thread::sleep(LAST_MOMENT / 10);
        }
        std::thread::sleep(LAST_MOMENT);
        // It may be there after all. What goes wrong is not told: there is nobody to be told.
        let _ = ratatui::try_restore();
        std::process::exit(0);
    };
    let begun = std::thread::Builder::new().name("redress-end".to_owned()).spawn(wait);
    begun.map(|_| ()).map_err(|error| Failure::system("the screen cannot be shown", &error))
}

/// Shows the screen until somebody leaves it.
pub(super) fn sit(directory: &Path, news: &Receiver<News>, following: &Following, colour: bool) -> Result<(), Failure> {
    let ended = ending_signals();
    let mut borrowed = Borrowed::take()?;
    end_in_any_case(ended.clone())?;
    let mut screen = Screen::new(directory.display().to_string(), colour);
    let mut is_stale = true;
    while !ended.load(Ordering::Acquire) {
        loop {
            match news.try_recv() {
                Ok(news) => screen.hear(news),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(()),
            }
            is_stale = true;
        }
        if is_stale {
            borrowed.terminal.draw(|frame| draw(frame, &screen))?;
        }
        is_stale = event::poll(TURN)?;
        if is_stale {
            match update(&mut screen, &event::read()?) {
                Some(Wanted::Quit) => break,
                Some(Wanted::Again) => following.again(),
                Some(Wanted::Write(fix)) => screen.said = Some(written(&fix)),
                None => {}
            }
        }
    }
    Ok(())
}

/// Carries a fix out on the files as they are now. What was changed since it was found is left alone.
fn written(fix: &Fix) -> String {
    let mut texts: BTreeMap<String, Source> = BTreeMap::new();
    for name in fix.edits.iter().map(|edit| edit.place.source.name()) {
        match text_file::open(Path::new(name)) {
            Ok(source) => {
                texts.insert(name.to_owned(), source);
            }
            Err(_) => return format!("`{name}` is not there any more; nothing was written"),
        }
    }
    let changed = match apply([fix], |name| texts.get(name).map(Source::text)) {
        Ok(changed) => changed,
        Err(error) => return format!("{error}; nothing was written"),
    };
    for (name, text) in &changed {
        if let Err(error) = replace_file(Path::new(name), text) {
            return format!("`{name}` cannot be written: {error}");
        }
    }
    format!("written: {}", fix.title)
}

/// A flag that is set when the system asks the program to end.
fn ending_signals() -> Arc<AtomicBool> {
    let ended = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT] {
        // Without it the terminal would stay as it is when the program is ended from outside; nothing else depends on it.
        let _ = signal_hook::flag::register(signal, ended.clone());
    }
    ended
}
