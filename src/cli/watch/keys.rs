//! What keys do.

use super::screen::{Over, Pane, Screen};
use crate::text::Fix;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// So many lines further with the keys for a page.
const PAGE_LINES: isize = 10;
/// A filter is no longer than this, in characters.
const FILTER_CHARS_MAX: usize = 60;

/// What the program is to do, where a key asks for more than another picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The end.
    Quit,
    /// Another look, changed or not.
    Again,
    /// A fix, written to disk.
    Write(Fix),
}

/// Takes an event of the terminal in. The size is asked for when the screen is drawn.
pub(super) fn update(screen: &mut Screen, event: &Event) -> Option<Wanted> {
    let Event::Key(key) = event else { return None };
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return (key.code == KeyCode::Char('c')).then_some(Wanted::Quit);
    }
    screen.said = None;
    if screen.is_filtering {
        filter(screen, *key);
        return None;
    }
    match std::mem::take(&mut screen.over) {
        Over::Nothing => plain(screen, *key),
        // Any key goes back.
        Over::Help => None,
        Over::Fixes(fixes, chosen) => fix(screen, *key, fixes, chosen),
    }
}

fn plain(screen: &mut Screen, key: KeyEvent) -> Option<Wanted> {
    match key.code {
        KeyCode::Char('q') => return Some(Wanted::Quit),
        KeyCode::Char('r') => {
            screen.said = Some("looking again".to_owned());
            return Some(Wanted::Again);
        }
        KeyCode::Char('?') => screen.over = Over::Help,
        KeyCode::Char('/') => screen.is_filtering = true,
        KeyCode::Char('n') => screen.shows_notes = !screen.shows_notes,
        KeyCode::Char('b') => pin(screen),
        KeyCode::Char('f') => offer(screen),
        KeyCode::Esc => screen.filter.clear(),
        KeyCode::Tab => turn_to(screen, next(screen.pane)),
        KeyCode::BackTab => turn_to(screen, next(next(screen.pane))),
        KeyCode::Down | KeyCode::Char('j') => go(screen, 1),
        KeyCode::Up | KeyCode::Char('k') => go(screen, -1),
        KeyCode::PageDown => go(screen, PAGE_LINES),
        KeyCode::PageUp => go(screen, -PAGE_LINES),
        KeyCode::Home | KeyCode::Char('g') => go(screen, isize::MIN),
        KeyCode::End | KeyCode::Char('G') => go(screen, isize::MAX),
        _ => {}
    }
    screen.keep_in_range();
    None
}

fn next(pane: Pane) -> Pane {
    match pane {
        Pane::Findings => Pane::Decisions,
        Pane::Decisions => Pane::Details,
        Pane::Details => Pane::Findings,
    }
}

fn turn_to(screen: &mut Screen, pane: Pane) {
    screen.pane = pane;
    if pane != Pane::Details && pane != screen.about {
        (screen.about, screen.scroll) = (pane, 0);
    }
}

fn go(screen: &mut Screen, by: isize) {
    let place = match screen.pane {
        Pane::Findings => &mut screen.problem,
        Pane::Decisions => &mut screen.case,
        Pane::Details => &mut screen.scroll,
    };
    *place = place.saturating_add_signed(by);
    if screen.pane != Pane::Details {
        screen.scroll = 0;
    }
}

fn pin(screen: &mut Screen) {
    let Some(session) = &mut screen.session else { return };
    if session.is_pinned() {
        session.unpin();
        screen.said = Some("every save is compared with the one before it".to_owned());
    } else if session.good().is_some() {
        session.pin();
        screen.said = Some("every save is compared with this one from now on; `b` again ends that".to_owned());
    } else {
        screen.said = Some("there is nothing to compare with while the bundle does not load".to_owned());
    }
}

fn offer(screen: &mut Screen) {
    let fixes = screen.fixes();
    if fixes.is_empty() {
        screen.said = Some("there is no fix for this that a program can write; see its help".to_owned());
    } else {
        screen.over = Over::Fixes(fixes, 0);
    }
}

fn fix(screen: &mut Screen, key: KeyEvent, fixes: Vec<Fix>, chosen: usize) -> Option<Wanted> {
    let last = fixes.len().saturating_sub(1);
    let chosen = match key.code {
        KeyCode::Enter => return fixes.into_iter().nth(chosen).map(Wanted::Write),
        KeyCode::Esc | KeyCode::Char('q') => return None,
        KeyCode::Tab | KeyCode::Down | KeyCode::Right | KeyCode::Char('j') => (chosen + 1).min(last),
        KeyCode::BackTab | KeyCode::Up | KeyCode::Left | KeyCode::Char('k') => chosen.saturating_sub(1),
        _ => chosen,
    };
    screen.over = Over::Fixes(fixes, chosen);
    None
}

fn filter(screen: &mut Screen, key: KeyEvent) {
    match key.code {
        KeyCode::Enter => screen.is_filtering = false,
        KeyCode::Esc => {
            screen.is_filtering = false;
            screen.filter.clear();
        }
        KeyCode::Backspace => {
            screen.filter.pop();
        }
        KeyCode::Char(c) if screen.filter.chars().count() < FILTER_CHARS_MAX => screen.filter.push(c),
        _ => {}
    }
    screen.keep_in_range();
}
