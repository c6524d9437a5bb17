//! Windows that say something wrong, and what reads them wrongly.

use super::{BUNDLE, bundle};

const FEE: &str = "decision: fee\noutputs: {amount: {type: money, value: 1.00}}\n";

fn obligations(text: &str) -> String {
    bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", FEE), ("obligations/all.yaml", text)])
}

#[test]
fn windows_that_are_none() {
    insta::assert_snapshot!(obligations(r"
obligations:
  - {id: a, step: a, window: true, on_breach: escalate, due: {within: 10 calendar days, after: complaint.received_at}}
  - {id: b, window: true, holds: [collection]}
  - {id: c, step: c, window: yes please, due: {within: 10 calendar days, after: complaint.received_at}}
"), @"
    error[R1001]: a window that closes breaks nothing, so there is nothing for `on_breach` to bring
     --> obligations/all.yaml:2:47
      |
    2 |   - {id: a, step: a, window: true, on_breach: escalate, due: {within: 10 calendar days, after: complaint.received...
      |                                               ^^^^^^^^
      |
      = help: take `on_breach` away, or `window: true` where the step is owed by then

    error[R1001]: a window has to say until when it is open
     --> obligations/all.yaml:3:6
      |
    3 |   - {id: b, window: true, holds: [collection]}
      |      ^^
      |
      = help: add `due: {within: 3 business days, after: complaint.received_at}`, or take `window` away

    error[R0203]: `window` is `true` or `false`, found `yes please`
     --> obligations/all.yaml:4:30
      |
    4 |   - {id: c, step: c, window: yes please, due: {within: 10 calendar days, after: complaint.received_at}}
      |                              ^^^^^^^^^^
      |
      = help: write `window: true` or `window: false`

    3 errors
    ");
}

#[test]
fn what_is_read_of_a_window_and_of_a_duty() {
    let text = r"
obligations:
  - {id: way, step: a, window: true, due: {within: 10 calendar days, after: complaint.received_at}}
  - {id: duty, step: b, due: {within: 10 calendar days, after: complaint.received_at}}
";
    let rules = "decision: late
outputs: {value: {type: boolean, default: false}}
hit: first
rules:
  - {id: one, when: {clock.way.breached: true}, then: {value: true}, because: One.}
  - {id: two, when: {clock.duty.closed: true}, then: {value: true}, because: Two.}
  - {id: three, when: {clock.way.closed: true, clock.duty.breached: true}, then: {value: true}, because: Three.}
otherwise: {because: None.}
";
    insta::assert_snapshot!(bundle(&[("bundle.yaml", BUNDLE), ("decisions/late.yaml", rules), ("obligations/all.yaml", text)]), @"
    error[R0403]: nothing is called `clock.way.breached`
     --> decisions/late.yaml:5:22
      |
    5 |   - {id: one, when: {clock.way.breached: true}, then: {value: true}, because: One.}
      |                      ^^^^^^^^^^^^^^^^^^
      |
      = help: a window is never missed: read `clock.way.closed`

    error[R0403]: nothing is called `clock.duty.closed`
     --> decisions/late.yaml:6:22
      |
    6 |   - {id: two, when: {clock.duty.closed: true}, then: {value: true}, because: Two.}
      |                      ^^^^^^^^^^^^^^^^^
      |
      = help: read `clock.duty.due` or `clock.duty.breached`

    2 errors
    ");
}
