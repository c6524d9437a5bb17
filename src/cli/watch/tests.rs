//! Whole screens, as text, and what keys do to them.

use super::draw::draw;
use super::eyes::News;
use super::keys::{Wanted, update};
use super::screen::Screen;
use crate::authoring::watch::{Look, Tested, WatchedCase};
use crate::bundle::{BundleFiles, Moment};
use crate::case::{CaseFormat, read_text};
use crate::text::Source;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use std::sync::Arc;
use std::time::Duration;

const MANIFEST: &str = "bundle: small\nversion: 1.0\ncurrency: USD\nparams: {gesture: 5.00 USD}\n";
const GOODWILL: &str = "\
decision: goodwill
hit: first
outputs:
  amount: {type: money, default: 0.00}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [bill_credit, none], default: none}
rules:
  - id: sorry
    when: {finding.severity: at least minor}
    then: {amount: = params.gesture, kind: gesture, instrument: bill_credit}
    because: It cost the customer time.
otherwise: {because: No gesture is due.}
";
const TESTS: &str = "\
tests:
  - name: a small gesture
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.severity: minor}
    at: 2026-03-05
    expect: {money.goodwill: 5.00 USD}
";

fn case(name: &str, severity: &str) -> WatchedCase {
    let text = format!(
        "complaint: {{case_id: {name}, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}}\n\
         customer: {{customer_id: C-1}}\n\
         dispute: {{reason_code: DUPLICATE, disputed_amount: 64.20 USD}}\n\
         finding: {{liability: our_error, severity: {severity}}}\n"
    );
    let case = read_text(&Source::new(name, text), CaseFormat::Yaml).pop().unwrap();
    WatchedCase { name: name.to_owned(), case }
}

/// Hears of a look at such files, and of its tests.
fn look(screen: &mut Screen, manifest: &str, goodwill: &str) {
    let mut files = BundleFiles::shown_below("my-policies");
    for (path, text) in [("bundle.yaml", manifest), ("decisions/goodwill.yaml", goodwill), ("tests/all.yaml", TESTS)] {
        files.insert(path, text);
    }
    let at = Moment::parse("2026-03-05").unwrap();
    let look = Arc::new(Look::at(Ok(files), &[case("late-fee", "minor"), case("outage", "severe")], at));
    let tests = Tested::of(&look, &|_| Err("no case files".to_owned()), &|| false);
    screen.hear(News::Looked(look, Duration::from_millis(12)));
    if let Some(tests) = tests {
        let number = screen.session.as_ref().unwrap().number();
        screen.hear(News::Tested(number, tests, Duration::from_millis(3)));
    }
}

/// A screen after a figure was changed, and another one added that nothing reads.
fn edited() -> Screen {
    let mut screen = Screen::new("my-policies".to_owned(), false);
    look(&mut screen, MANIFEST, GOODWILL);
    look(&mut screen, &MANIFEST.replace("5.00 USD", "9.00 USD, waiver: 0.50"), GOODWILL);
    screen
}

fn shown(screen: &Screen, columns: u16, rows: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(frame, screen)).unwrap();
    let text = terminal.backend().to_string();
    let line = |line: &str| format!("{}\n", line.trim_start_matches('"').trim_end_matches('"').trim_end());
    text.lines().map(line).collect()
}

fn press(screen: &mut Screen, keys: &str) -> Option<Wanted> {
    let code = |c| match c {
        '\t' => KeyCode::Tab,
        '\n' => KeyCode::Enter,
        '\u{1b}' => KeyCode::Esc,
        '\u{8}' => KeyCode::BackTab,
        c => KeyCode::Char(c),
    };
    keys.chars().filter_map(|c| update(screen, &Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE)))).last()
}

#[test]
fn before_the_first_look() {
    insta::assert_snapshot!(shown(&Screen::new("my-policies".to_owned(), false), 60, 12), @"
     redress watch my-policies
     looking at it for the first time

    ┌ ▸ Findings and failing tests (0) ────────────────────────┐
    └──────────────────────────────────────────────────────────┘
    ┌ Decisions that changed (0) ──────────────────────────────┐
    │                                                          │
    └──────────────────────────────────────────────────────────┘
    ┌ Details ─────────────────────────────────────────────────┐
    │                                                          │
    └──────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline …
    ");
}

#[test]
fn a_save_that_changes_decisions() {
    let screen = shown(&edited(), 80, 24);
    insta::assert_snapshot!(screen, @"
     redress watch my-policies                                 small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     compared with the save before
    ┌ ▸ Findings and failing tests (2) ────────────────────────────────────────────┐
    │> + warning R0213 my-policies/bundle.yaml:4:29 nothing reads `params.waiver`  │
    │  + FAILED a small gesture                                                    │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Decisions that changed (2) ──────────────────────────────────────────────────┐
    │  late-fee: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD ·…│
    │  outage: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD · g…│
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Details ─────────────────────────────────────────────────────────────────────┐
    │warning[R0213]: nothing reads `params.waiver`                                 │
    │  f: take `params.waiver` out                                                 │
    │ --> my-policies/bundle.yaml:4:29                                             │
    │4 | params: {gesture: 9.00 USD, waiver: 0.50}                                 │
    │  |                             ^^^^^^                                        │
    │  = help: let a rule or a guardrail name it, or take it out: turning it       │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    let readme = include_str!("../../../README.md");
    assert!(readme.contains(&screen), "README.md shows another screen than\n{screen}");
}

#[test]
fn a_wide_screen_and_a_tiny_one() {
    let screen = edited();
    insta::assert_snapshot!(shown(&screen, 130, 24), @"
     redress watch my-policies                                                                                   small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     compared with the save before
    ┌ ▸ Findings and failing tests (2) ─────────────────────────────┐┌ Decisions that changed (2) ───────────────────────────────────┐
    │> + warning R0213 my-policies/bundle.yaml:4:29 nothing reads `…││  late-fee: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 U…│
    │  + FAILED a small gesture                                     ││  outage: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD…│
    │                                                               ││                                                               │
    │                                                               ││                                                               │
    │                                                               ││                                                               │
    │                                                               ││                                                               │
    │                                                               ││                                                               │
    │                                                               ││                                                               │
    └───────────────────────────────────────────────────────────────┘└───────────────────────────────────────────────────────────────┘
    ┌ Details ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │warning[R0213]: nothing reads `params.waiver`                                                                                   │
    │  f: take `params.waiver` out                                                                                                   │
    │ --> my-policies/bundle.yaml:4:29                                                                                               │
    │4 | params: {gesture: 9.00 USD, waiver: 0.50}                                                                                   │
    │  |                             ^^^^^^                                                                                          │
    │  = help: let a rule or a guardrail name it, or take it out: turning it changes nothing                                         │
    │                                                                                                                                │
    │                                                                                                                                │
    └────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    insta::assert_snapshot!(shown(&screen, 38, 12), @"this terminal is too small; q quits");
}

#[test]
fn a_decision_in_full() {
    let mut screen = edited();
    assert_eq!(press(&mut screen, "\tj"), None);
    insta::assert_snapshot!(shown(&screen, 80, 24), @"
     redress watch my-policies                                 small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     compared with the save before
    ┌ Findings and failing tests (2) ──────────────────────────────────────────────┐
    │  + warning R0213 my-policies/bundle.yaml:4:29 nothing reads `params.waiver`  │
    │  + FAILED a small gesture                                                    │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ ▸ Decisions that changed (2) ────────────────────────────────────────────────┐
    │  late-fee: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD ·…│
    │> outage: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD · g…│
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Details ─────────────────────────────────────────────────────────────────────┐
    │outage                                                                        │
    │  total            5.00 USD → 9.00 USD                                        │
    │  goodwill.amount  5.00 USD → 9.00 USD                                        │
    │  goodwill by sorry                                                           │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
}

#[test]
fn a_bundle_that_does_not_load() {
    let mut screen = edited();
    look(&mut screen, MANIFEST, &GOODWILL.replace("hit: first", "hit: frist"));
    insta::assert_snapshot!(shown(&screen, 80, 24), @"
     redress watch my-policies                                        does not load
     1 error · 2 of 2 cases changed · no tests run · 12 ms
     the bundle does not load; decisions stay those of 1.0 4900d27a
    ┌ ▸ Findings and failing tests (1) ────────────────────────────────────────────┐
    │> + error R0203 my-policies/decisions/goodwill.yaml:2:6 `frist` is no hit pol…│
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Decisions that changed (2) ──────────────────────────────────────────────────┐
    │  late-fee: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD ·…│
    │  outage: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD · g…│
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Details ─────────────────────────────────────────────────────────────────────┐
    │error[R0203]: `frist` is no hit policy                                        │
    │  f: write `first`                                                            │
    │ --> my-policies/decisions/goodwill.yaml:2:6                                  │
    │2 | hit: frist                                                                │
    │  |      ^^^^^                                                                │
    │  = help: did you mean `first`?                                               │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    let mut screen = Screen::new("my-policies".to_owned(), false);
    look(&mut screen, "bundle: [", GOODWILL);
    insta::assert_snapshot!(shown(&screen, 80, 24).lines().take(3).collect::<Vec<_>>().join("\n"), @"
    redress watch my-policies                                        does not load
    1 error · 0 of 0 cases changed · no tests run · 12 ms
    the bundle does not load, so nothing is decided
    ");
}

#[test]
fn a_fix_is_shown_before_it_is_written() {
    let mut screen = edited();
    assert_eq!(press(&mut screen, "f"), None);
    insta::assert_snapshot!(shown(&screen, 80, 24), @"
     redress watch my-policies                                 small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     compared with the save before
    ┌ ▸ Findings and failing tests (2) ────────────────────────────────────────────┐
    │> + warning R0213 my-policies/bundle.yaml:4:29 nothing reads `params.waiver`  │
    │  + FAILED a small gesture                                                    │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Decisions that changed (2) ──────────────────────────────────────────────────┐
    ┌ Fix 1: enter writes it, esc leaves it ───────────────────────────────────────┐
    │take `params.waiver` out                                                      │
    │                                                                              │
    │my-policies/bundle.yaml:4                                                     │
    │- params: {gesture: 9.00 USD, waiver: 0.50}                                   │
    │+ params: {gesture: 9.00 USD}                                                 │
    └──────────────────────────────────────────────────────────────────────────────┘
    │  f: take `params.waiver` out                                                 │
    │ --> my-policies/bundle.yaml:4:29                                             │
    │4 | params: {gesture: 9.00 USD, waiver: 0.50}                                 │
    │  |                             ^^^^^^                                        │
    │  = help: let a rule or a guardrail name it, or take it out: turning it       │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    let Some(Wanted::Write(fix)) = press(&mut screen, "\n") else { panic!("enter writes it") };
    assert_eq!(fix.title, "take `params.waiver` out");
    // Esc leaves everything as it is.
    assert_eq!(press(&mut screen, "f\u{1b}"), None);
    assert_eq!(shown(&screen, 80, 24), shown(&edited(), 80, 24));
    // The chosen line has none: it is a test.
    assert_eq!(press(&mut screen, "jf"), None);
    assert_eq!(screen.said.as_deref(), Some("there is no fix for this that a program can write; see its help"));
}

#[test]
fn a_filter_and_help() {
    let mut screen = edited();
    press(&mut screen, "/outage");
    insta::assert_snapshot!(shown(&screen, 80, 24), @"
     redress watch my-policies                                 small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     filter: outage▏
    ┌ ▸ Findings and failing tests (0) ────────────────────────────────────────────┐
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Decisions that changed (1) ──────────────────────────────────────────────────┐
    │  outage: total 5.00 USD → 9.00 USD · goodwill.amount 5.00 USD → 9.00 USD · g…│
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Details ─────────────────────────────────────────────────────────────────────┐
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    press(&mut screen, "\n?");
    insta::assert_snapshot!(shown(&screen, 80, 24), @"
     redress watch my-policies                                 small 1.0 (4900d27a)
     1 warning · 2 of 2 cases changed · 0 tests passed, 1 failed · 12 ms, tests 3 ms
     filtered by `outage`; esc clears it
    ┌ ▸ Findings and failing tests (0) ────────────────────────────────────────────┐
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ┌ Keys ────────────────────────────────────────────────────────────────────────┐
    │tab, shift-tab   the next pane, the one before                                │
    │↑ ↓, j k         choose a line; in the details, scroll                        │
    │page up, down    ten lines at once; g and G: the first, the last              │
    │/                filter both lists by a text; enter keeps it, esc clears it   │
    │f                the fix of the chosen finding: what it changes, then enter   │
    │                 writes it                                                    │
    │r                look again, changed or not                                   │
    │b                compare every save with this state, not with the one before; │
    │                 b again ends that                                            │
    │n                show notes too: what may well be meant                       │
    │q, ctrl-c        quit                                                         │
    └──────────────────────────────────────────────────────────────────────────────┘
    │                                                                              │
    │                                                                              │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    // Any key goes back; esc clears the filter.
    press(&mut screen, "x\u{1b}");
    assert_eq!(shown(&screen, 80, 24), shown(&edited(), 80, 24));
}

#[test]
fn a_baseline_stays_what_saves_are_compared_with() {
    let mut screen = edited();
    press(&mut screen, "b");
    look(&mut screen, MANIFEST, GOODWILL);
    look(&mut screen, MANIFEST, &format!("{GOODWILL}# A note.\n"));
    // Two saves ago the gesture was 9.00.
    let told: Vec<String> = screen.changed().into_iter().map(super::screen::told_of).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    late-fee: total 9.00 USD → 5.00 USD · goodwill.amount 9.00 USD → 5.00 USD · goodwill by sorry
    outage: total 9.00 USD → 5.00 USD · goodwill.amount 9.00 USD → 5.00 USD · goodwill by sorry
    ");
    press(&mut screen, "b");
    assert!(screen.changed().is_empty(), "the save before decides the same");
}

#[test]
fn details_scroll_to_their_end_and_back() {
    let mut screen = edited();
    shown(&screen, 80, 24);
    press(&mut screen, "\u{8}G");
    let end = shown(&screen, 80, 24);
    insta::assert_snapshot!(end.lines().skip(15).collect::<Vec<_>>().join("\n"), @"
    ┌ ▸ Details ───────────────────────────────────────────────────────────────────┐
    │  f: take `params.waiver` out                                                 │
    │ --> my-policies/bundle.yaml:4:29                                             │
    │4 | params: {gesture: 9.00 USD, waiver: 0.50}                                 │
    │  |                             ^^^^^^                                        │
    │  = help: let a rule or a guardrail name it, or take it out: turning it       │
    │  changes nothing                                                             │
    └──────────────────────────────────────────────────────────────────────────────┘
     tab pane  ↑↓ choose  / filter  f fix  r again  b baseline  ? help  q quit
    ");
    // Past the end there is nothing to come back from.
    press(&mut screen, "jjjjk");
    assert_ne!(shown(&screen, 80, 24), end);
}

#[test]
fn nothing_breaks_a_small_screen() {
    for columns in [1, 2, 39, 40, 41, 60, 119, 120, 200] {
        for rows in [1, 2, 11, 12, 13, 24, 60] {
            let mut screen = edited();
            for keys in ["", "f", "\u{1b}?", "x\t\tGG", "\t/q"] {
                press(&mut screen, keys);
                let text = shown(&screen, columns, rows);
                assert_eq!(text.lines().count(), usize::from(rows));
            }
        }
    }
}
