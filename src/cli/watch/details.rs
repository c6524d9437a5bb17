//! What is chosen, in full, as lines of a width.

use super::screen::{Pane, Problem, Screen};
use crate::authoring::watch::{CaseChange, FailedTest, rules, word};
use crate::text::{Diagnostic, Fix, picture, steers};
use unicode_width::UnicodeWidthChar;

/// The lines of the details pane.
pub(super) fn lines(screen: &Screen, width: usize) -> Vec<String> {
    let lines = match screen.about {
        Pane::Decisions => screen.changed().get(screen.case).map(|case| of_case(case)),
        _ => screen.problems().get(screen.problem).map(|(problem, _)| match problem {
            Problem::Finding(finding) => of_finding(finding),
            Problem::Test(test) => of_test(test),
        }),
    };
    lines.unwrap_or_default().iter().flat_map(|line| wrapped(line, width)).collect()
}

fn of_finding(finding: &Diagnostic) -> Vec<String> {
    let mut lines = vec![format!("{}[{}]: {}", word(finding.severity), finding.code, finding.message)];
    lines.extend(finding.fixes.iter().map(|fix| format!("  f: {}", fix.title)));
    lines.extend(picture(finding).into_iter().filter(|line| !matches!(line.trim(), "" | "|")));
    lines
}

fn of_test(test: &FailedTest) -> Vec<String> {
    let mut lines = vec![format!("FAILED {}", test.name), format!("  {}", test.place)];
    lines.extend(test.lines.iter().map(|line| format!("  {line}")));
    lines
}

fn of_case(case: &CaseChange) -> Vec<String> {
    let mut lines = vec![case.case.clone()];
    let width = case.turned.iter().map(|it| it.what.chars().count()).max().unwrap_or(0);
    lines.extend(case.turned.iter().map(|it| format!("  {:width$}  {} → {}", it.what, it.before, it.after)));
    lines.extend(case.by.iter().map(|it| format!("  {}", rules(&it.part, &it.before, &it.after))));
    lines
}

/// What a fix would change.
pub(super) fn of_fix(fix: &Fix) -> Vec<String> {
    let mut lines = vec![fix.title.clone(), String::new()];
    for hunk in fix.hunks() {
        lines.push(format!("{}:{}", hunk.file, hunk.line));
        lines.extend(hunk.before.iter().map(|line| format!("- {line}")));
        lines.extend(hunk.after.iter().map(|line| format!("+ {line}")));
    }
    lines
}

/// A line without what a terminal would obey, cut to a width with a mark at its end.
pub(super) fn cut(line: &str, width: usize) -> String {
    let mut shown = String::new();
    let mut taken = 0;
    for c in line.chars().map(visible) {
        let next = c.width().unwrap_or(0);
        if taken + next > width {
            while taken + 1 > width {
                taken -= shown.pop().and_then(UnicodeWidthChar::width).unwrap_or(1).min(taken);
            }
            shown.push('…');
            break;
        }
        taken += next;
        shown.push(c);
    }
    shown
}

/// A line as several, broken at blanks; those behind the first are indented as it is.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let line: String = line.chars().map(visible).collect();
    let indent = line.len() - line.trim_start().len();
    let columns = |text: &str| text.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
    let is_picture = line.contains(" | ") || line.trim_start().starts_with(['|', '^']) || line.contains("-->");
    if columns(&line) <= width || is_picture || width < indent + 10 {
        return vec![cut(&line, width)];
    }
    let mut lines = Vec::new();
    let mut now = " ".repeat(indent);
    for word in line.split_whitespace() {
        if columns(&now) + 1 + columns(word) > width && !now.trim().is_empty() {
            lines.push(std::mem::replace(&mut now, " ".repeat(indent)));
        }
        if !now.trim().is_empty() {
            now.push(' ');
        }
        now.push_str(word);
    }
    lines.push(now);
    lines.iter().map(|line| cut(line, width)).collect()
}

fn visible(c: char) -> char {
    if c == '\t' {
        ' '
    } else if steers(c) {
        '\u{fffd}'
    } else {
        c
    }
}
