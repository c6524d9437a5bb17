//! A look as lines of text, and as data: for a pipe, a log, another program.

use super::changes::{CaseChange, Changes};
use super::session::Session;
use crate::text::{Diagnostic, Diagnostics, Severity, to_json as findings_to_json};
use serde_json::{Value as Json, json};

/// So many lines of one kind are written; the others are counted.
const LINES_SHOWN_MAX: usize = 20;

/// What is said after a look: one line that sums it up, and a line for everything that is another one than before.
#[must_use]
pub fn to_lines(session: &Session) -> String {
    let mut lines = vec![summary(session)];
    let changes = session.changes();
    if session.number() == 1 {
        list(&mut lines, session.now().findings.iter().filter(|it| it.severity < Severity::Advice).map(|it| told("  ", it)));
    } else {
        let is_told = |it: &&Diagnostic| it.severity < Severity::Advice;
        list(&mut lines, changes.appeared.iter().filter(is_told).map(|finding| told("+ ", finding)));
        list(&mut lines, changes.mended.iter().filter(is_told).map(|finding| told("- ", finding)));
    }
    // While the bundle does not load, they are what was told before.
    list(&mut lines, changes.cases.iter().filter(|_| session.now().is_sound()).flat_map(of_case));
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

/// What came of the tests of the last look.
#[must_use]
pub fn tests_to_lines(session: &Session) -> String {
    let Some(tests) = session.tests() else { return String::new() };
    let mut lines = vec![tests.told()];
    let Changes { failing, passing, .. } = session.changes();
    let is_new = |name: &String| failing.contains(name) || session.is_first();
    for test in tests.failed.iter().filter(|test| is_new(&test.name)) {
        lines.push(format!("+ FAILED {} ({})", test.name, test.place));
        lines.extend(test.lines.iter().map(|line| format!("    {line}")));
    }
    list(&mut lines, passing.iter().map(|name| format!("- passes again: {name}")));
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

fn list(lines: &mut Vec<String>, all: impl Iterator<Item = String>) {
    let all: Vec<String> = all.collect();
    let left = all.len().saturating_sub(LINES_SHOWN_MAX);
    lines.extend(all.into_iter().take(LINES_SHOWN_MAX));
    if left > 0 {
        lines.push(format!("  and {left} more"));
    }
}

fn summary(session: &Session) -> String {
    let now = session.now();
    let found = counted(&now.findings);
    match (now.name(), session.good().and_then(|good| good.name().cloned())) {
        (Some(name), _) => {
            let changed = session.changes().cases.len();
            let digest = short(&name.digest);
            format!("{} {} ({digest}): {found}; {changed} of {} decided differently", name.bundle, name.version, cases(session))
        }
        (None, Some(good)) => format!("the bundle does not load: {found}; decisions are those of {}", short(&good.digest)),
        (None, None) => format!("the bundle does not load: {found}"),
    }
}

fn cases(session: &Session) -> String {
    match session.now().cases.len() {
        1 => "1 case".to_owned(),
        count => format!("{count} cases"),
    }
}

/// The first digits of a digest.
pub(crate) fn short(digest: &str) -> &str {
    let digits = digest.split(':').next_back().unwrap_or(digest);
    digits.get(..8).unwrap_or(digits)
}

/// ``2 errors, 1 warning``
pub(crate) fn counted(findings: &Diagnostics) -> String {
    let count = |severity, one: &str| match findings.iter().filter(|it| it.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let parts = [count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Advice, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// ``error[R0103] decisions/fee.yaml:5:38: `goldd` is not one of ...``
fn told(sign: &str, finding: &Diagnostic) -> String {
    let word = word(finding.severity);
    let place = finding.place.as_ref().map_or_else(String::new, |place| format!(" {place}"));
    format!("{sign}{word}[{}]{place}: {}", finding.code, finding.message)
}

/// How bad a finding is, in a word.
pub(crate) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn of_case(change: &CaseChange) -> Vec<String> {
    let mut lines = vec![format!("~ {}", change.case)];
    lines.extend(change.turned.iter().map(|it| format!("    {}: {} -> {}", it.what, it.before, it.after)));
    lines.extend(change.by.iter().map(|it| format!("    {}", rules(&it.part, &it.before, &it.after))));
    lines
}

/// Which rules decided: ``goodwill by small, before by sorry``
pub(crate) fn rules(part: &str, before: &str, after: &str) -> String {
    let told = |rules: &str| if rules.is_empty() { "no rule".to_owned() } else { rules.to_owned() };
    if before == after {
        format!("{part} by {}", told(after))
    } else {
        format!("{part} by {}, before by {}", told(after), told(before))
    }
}

/// A look as one JSON document: its number, the bundle or nothing while it does not load, all findings, and what changed.
#[must_use]
pub fn to_json(session: &Session) -> Json {
    let now = session.now();
    let changes = session.changes();
    let list = |findings: &[Diagnostic]| findings_to_json(&findings.iter().cloned().collect());
    json!({
        "look": session.number(),
        "bundle": now.name(),
        "findings": findings_to_json(&now.findings),
        "cases": now.cases.len(),
        "new_findings": list(&changes.appeared),
        "mended_findings": list(&changes.mended),
        "changed_cases": changes.cases,
    })
}

/// What came of the tests of a look, as one JSON document.
#[must_use]
pub fn tests_to_json(session: &Session) -> Json {
    let tests = session.tests();
    let failed = tests.map(|tests| {
        let one = |test: &super::FailedTest| json!({"name": test.name, "place": test.place.to_string(), "lines": test.lines});
        tests.failed.iter().map(one).collect::<Vec<_>>()
    });
    json!({
        "look": session.number(),
        "tests": {"passed": tests.map(|tests| tests.passed), "failed": failed},
        "newly_failing": session.changes().failing,
        "passing_again": session.changes().passing,
    })
}
