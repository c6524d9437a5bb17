//! The picture of the screen.

use super::details::{cut, lines, of_fix};
use super::screen::{Over, Pane, Problem, Screen, told_of};
use crate::authoring::watch::{Session, counted, short};
use crate::text::Severity;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph};

/// A terminal smaller than this shows one line that says so.
const COLUMNS_MIN: u16 = 40;
const ROWS_MIN: u16 = 12;
/// From so many columns on, findings and decisions stand side by side.
const COLUMNS_WIDE: u16 = 120;

const KEYS: &str = "tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit";

const HELP: &str = "\
tab, shift-tab   the next pane, the one before
↑ ↓, j k         choose a line; in the details, scroll
page up, down    ten lines at once; g and G: the first, the last
/                filter both lists by a text; enter keeps it, esc clears it
f                the fix of the chosen finding: what it changes, then enter
                 writes it
r                look again, changed or not
b                compare every save with this state, not with the one before;
                 b again ends that
n                show notes too: what may well be meant
q, ctrl-c        quit";

/// Draws all of it.
pub(super) fn draw(frame: &mut Frame<'_>, screen: &Screen) {
    let area = frame.area();
    if area.width < COLUMNS_MIN || area.height < ROWS_MIN {
        let text = cut("this terminal is too small; q quits", usize::from(area.width));
        frame.render_widget(Paragraph::new(text), area);
        return;
    }
    let [head, body, foot] = Layout::vertical([Constraint::Length(3), Constraint::Min(0), Constraint::Length(1)]).areas(area);
    header(frame, head, screen);
    panes(frame, body, screen);
    footer(frame, foot, screen);
    match &screen.over {
        Over::Nothing => {}
        Over::Help => over(frame, body, "Keys", &HELP.lines().map(str::to_owned).collect::<Vec<_>>(), screen),
        Over::Fixes(fixes, chosen) => {
            let Some(fix) = fixes.get(*chosen) else { return };
            let more = if fixes.len() > 1 { format!(", tab: another one of {}", fixes.len()) } else { String::new() };
            let title = format!("Fix {}: enter writes it, esc leaves it{more}", chosen + 1);
            over(frame, body, &title, &of_fix(fix), screen);
        }
    }
}

fn header(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let width = usize::from(area.width);
    let (name, sums, state) = match &screen.session {
        None => (String::new(), "looking at it for the first time".to_owned(), String::new()),
        Some(session) => (name(session), sums(screen, session), state(screen, session)),
    };
    let title = format!(" redress watch {}", screen.directory);
    let gap = width.saturating_sub(title.chars().count() + name.chars().count() + 1);
    let is_broken = screen.session.as_ref().is_some_and(|session| !session.now().is_sound());
    let alarm = if is_broken { coloured(screen, Color::Red).add_modifier(Modifier::BOLD) } else { Style::default() };
    let lines = vec![
        Line::styled(
            cut(&format!("{title}{}{name} ", " ".repeat(gap)), width),
            Style::default().add_modifier(Modifier::REVERSED),
        ),
        Line::styled(cut(&format!(" {sums}"), width), Style::default().add_modifier(Modifier::BOLD)),
        Line::styled(cut(&format!(" {state}"), width), alarm),
    ];
    frame.render_widget(Paragraph::new(lines), area);
}

fn name(session: &Session) -> String {
    let name = session.now().name();
    name.map_or_else(|| "does not load".to_owned(), |name| format!("{} {} ({})", name.bundle, name.version, short(&name.digest)))
}

/// What is counted: tests, findings, cases; and how long it took.
fn sums(screen: &Screen, session: &Session) -> String {
    let tests = match session.tests() {
        Some(tests) => tests.told(),
        None if session.now().is_sound() => "tests are running".to_owned(),
        None => "no tests run".to_owned(),
    };
    let cases = session.good().map_or(0, |good| good.cases.len());
    let changed = session.changes().cases.len();
    let took = screen.took.as_millis();
    let tested = session.tests().map_or_else(String::new, |_| format!(", tests {} ms", screen.tests_took.as_millis()));
    let found = counted(&session.now().findings);
    format!("{found} · {changed} of {cases} cases changed · {tests} · {took} ms{tested}")
}

/// What is to be known of the whole: that it does not load, what was said last, the filter.
fn state(screen: &Screen, session: &Session) -> String {
    if screen.is_filtering {
        return format!("filter: {}▏", screen.filter);
    }
    if let Some(said) = &screen.said {
        return said.clone();
    }
    if !session.now().is_sound() {
        let last = session.good().and_then(|good| good.name().cloned());
        return last.map_or_else(
            || "the bundle does not load, so nothing is decided".to_owned(),
            |last| format!("the bundle does not load; decisions stay those of {} {}", last.version, short(&last.digest)),
        );
    }
    if !screen.filter.is_empty() {
        return format!("filtered by `{}`; esc clears it", screen.filter);
    }
    let changes = session.changes();
    let gone = match (changes.mended.len(), changes.passing.len()) {
        (0, 0) => String::new(),
        (mended, 0) => format!("{mended} mended; "),
        (0, passing) => format!("{passing} tests pass again; "),
        (mended, passing) => format!("{mended} mended, {passing} tests pass again; "),
    };
    let with = if session.is_pinned() { "the state that was set with b" } else { "the save before" };
    if session.number() == 1 {
        "edit a file, and what changes is shown here".to_owned()
    } else {
        format!("{gone}compared with {with}")
    }
}

fn panes(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let [findings, decisions, details] = if area.width >= COLUMNS_WIDE {
        let [upper, lower] = Layout::vertical([Constraint::Percentage(50), Constraint::Percentage(50)]).areas(area);
        let [left, right] = Layout::horizontal([Constraint::Percentage(50), Constraint::Percentage(50)]).areas(upper);
        [left, right, lower]
    } else {
        Layout::vertical([Constraint::Percentage(30), Constraint::Percentage(30), Constraint::Percentage(40)]).areas(area)
    };
    let problems: Vec<(String, Style)> = screen
        .problems()
        .iter()
        .map(|(problem, is_new)| {
            let sign = if *is_new { "+ " } else { "  " };
            (format!("{sign}{}", problem.told()), style_of(screen, problem))
        })
        .collect();
    let title = format!("Findings and failing tests ({})", problems.len());
    list(frame, findings, screen, (Pane::Findings, &title), &problems, screen.problem);
    let cases: Vec<(String, Style)> = screen.changed().into_iter().map(|case| (told_of(case), Style::default())).collect();
    let title = format!("Decisions that changed ({})", cases.len());
    list(frame, decisions, screen, (Pane::Decisions, &title), &cases, screen.case);
    let block = block(screen, Pane::Details, "Details");
    let inner = block.inner(details);
    frame.render_widget(block, details);
    let all = lines(screen, usize::from(inner.width));
    let last = all.len().saturating_sub(usize::from(inner.height));
    screen.scroll_last.set(last);
    let first = screen.scroll.min(last);
    let shown: Vec<Line<'_>> = all.into_iter().skip(first).take(usize::from(inner.height)).map(Line::raw).collect();
    frame.render_widget(Paragraph::new(shown), inner);
}

fn block<'t>(screen: &Screen, pane: Pane, title: &str) -> Block<'t> {
    let is_here = screen.pane == pane;
    let title = if is_here { format!(" ▸ {title} ") } else { format!(" {title} ") };
    let style = if is_here { coloured(screen, Color::Cyan).add_modifier(Modifier::BOLD) } else { Style::default() };
    Block::bordered().title(title).border_style(style)
}

fn list(frame: &mut Frame<'_>, area: Rect, screen: &Screen, (pane, title): (Pane, &str), all: &[(String, Style)], at: usize) {
    let block = block(screen, pane, title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let (rows, width) = (usize::from(inner.height).max(1), usize::from(inner.width).saturating_sub(2));
    // What is chosen stays in sight.
    let first = (at + 1).saturating_sub(rows);
    let lines: Vec<Line<'_>> = all
        .iter()
        .enumerate()
        .skip(first)
        .take(rows)
        .map(|(number, (text, style))| {
            let is_chosen = number == at && screen.about == pane;
            let mark = if is_chosen { "> " } else { "  " };
            let style = if is_chosen { style.add_modifier(Modifier::REVERSED) } else { *style };
            Line::styled(format!("{mark}{}", cut(text, width)), style)
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), inner);
}

fn footer(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let text = cut(&format!(" {KEYS}"), usize::from(area.width));
    frame.render_widget(Paragraph::new(Line::styled(text, coloured(screen, Color::DarkGray))), area);
}

/// A box over the panes.
fn over(frame: &mut Frame<'_>, area: Rect, title: &str, text: &[String], screen: &Screen) {
    let rows = u16::try_from(text.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let [_, place, _] = Layout::vertical([Constraint::Fill(1), Constraint::Length(rows), Constraint::Fill(1)]).areas(area);
    let block = Block::bordered().title(format!(" {title} ")).border_style(coloured(screen, Color::Yellow));
    let inner = block.inner(place);
    frame.render_widget(Clear, place);
    frame.render_widget(block, place);
    let width = usize::from(inner.width);
    let style = |line: &str| match line.chars().next() {
        Some('-') => coloured(screen, Color::Red),
        Some('+') => coloured(screen, Color::Green),
        _ => Style::default(),
    };
    let lines: Vec<Line<'_>> = text.iter().map(|line| Line::styled(cut(line, width), style(line))).collect();
    frame.render_widget(Paragraph::new(lines), inner);
}

fn style_of(screen: &Screen, problem: &Problem<'_>) -> Style {
    match problem.severity() {
        _ if matches!(problem, Problem::Test(_)) => coloured(screen, Color::Red),
        Severity::Error => coloured(screen, Color::Red),
        Severity::Warning => coloured(screen, Color::Yellow),
        Severity::Advice => coloured(screen, Color::Cyan),
    }
}

/// A colour, where colours are wanted.
fn coloured(screen: &Screen, colour: Color) -> Style {
    if screen.colour { Style::default().fg(colour) } else { Style::default() }
}
