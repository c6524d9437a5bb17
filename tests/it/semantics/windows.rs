//! Windows: a way that stays open until a day, and that nobody has to take.

use super::clocks::clocks;

const BOTH: &str = "=== decisions/way.yaml
decision: way
outputs: {value: {type: text}}
hit: first
rules:
  - {id: short, when: {clock.cancel.closed: false}, then: {value: short}, because: It is still open.}
otherwise: {value: long, because: It is closed.}
=== obligations/all.yaml
obligations:
  - {id: cancel, step: answer, window: true, due: {within: 24 hours, after: complaint.received_at}}
  - {id: short, step: answer, window: true, due: {within: 3 calendar days, after: complaint.received_at}}
  - {id: answer, step: answer, due: {within: 10 calendar days, after: complaint.received_at}, on_breach: escalate}
";

#[test]
fn a_window_closes_without_a_breach_and_binds_nobody() {
    let told = clocks(
        BOTH,
        &[
            "at: 2026-03-03T09:00:00Z",
            "at: 2026-03-03T09:00:01Z",
            "at: 2026-03-06T00:00:00Z",
            "at: 2026-03-13T00:00:00Z",
            "steps_done: [{step: answer, at: 2026-03-02T12:00:00Z}]; at: 2026-03-13T00:00:00Z",
            "steps_done: [{step: answer, at: 2026-03-08T12:00:00Z}]; at: 2026-03-13T00:00:00Z",
        ],
    );
    insta::assert_snapshot!(told, @"
    [at: 2026-03-03T09:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is still open.
      clock cancel: running, due 2026-03-03T09:00:00Z, 0 left
      clock short: running, due 2026-03-05, 2 left
      clock answer: running, due 2026-03-12, binding, 7 left
    [at: 2026-03-03T09:00:01Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is closed.
      clock cancel: closed, due 2026-03-03T09:00:00Z
      clock short: running, due 2026-03-05, 2 left
      clock answer: running, due 2026-03-12, binding, 7 left
    [at: 2026-03-06T00:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is closed.
      clock cancel: closed, due 2026-03-03T09:00:00Z
      clock short: running, due 2026-03-05, 0 left
      clock answer: running, due 2026-03-12, binding, 5 left
    [at: 2026-03-13T00:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is closed.
      clock cancel: closed, due 2026-03-03T09:00:00Z
      clock short: closed, due 2026-03-05
      clock answer: running, due 2026-03-12, binding, 0 left
    [steps_done: [{step: answer, at: 2026-03-02T12:00:00Z}]; at: 2026-03-13T00:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is still open.
      clock cancel: done, due 2026-03-03T09:00:00Z
      clock short: done, due 2026-03-05
      clock answer: done, due 2026-03-12, binding
    [steps_done: [{step: answer, at: 2026-03-08T12:00:00Z}]; at: 2026-03-13T00:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
        because It is closed.
      clock cancel: done_late, due 2026-03-03T09:00:00Z
      clock short: done_late, due 2026-03-05
      clock answer: done, due 2026-03-12, binding
    ");
}

#[test]
fn a_decision_reads_whether_it_has_closed() {
    let told = super::disputes(&super::clocks::bundle(BOTH), &["at: 2026-03-03T09:00:00Z", "at: 2026-03-03T09:00:01Z"]);
    let told: Vec<&str> = told.lines().filter(|line| line.starts_with('[') || line.contains("way:")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    [at: 2026-03-03T09:00:00Z]
      way: decided by short -> value short
    [at: 2026-03-03T09:00:01Z]
      way: decided by otherwise -> value long
    ");
}
