//! Obligations and calendars that say something wrong.

use super::{BUNDLE, bundle};

const FEE: &str = "decision: fee\noutputs: {amount: {type: money, value: 1.00}}\n";

fn obligations(text: &str) -> String {
    bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", FEE), ("obligations/all.yaml", text)])
}

#[test]
fn obligations_that_say_nothing_or_too_much() {
    insta::assert_snapshot!(obligations(r"
obligations:
  - {id: empty, when: {account.product: telecom}}
  - {id: no-step, due: {within: 10 business days, after: complaint.received_at}}
  - {id: nothing-to-miss, holds: [collection], on_breach: concede}
  - {id: twice, holds: [collection]}
  - {id: twice, holds: [collections]}
  - {holds: [collection]}
  - id: never-reached
    step: a
    due:
      - {within: 10 business days, after: complaint.received_at}
      - {when: {account.product: telecom}, within: 5 business days, after: complaint.received_at}
"), @"
    error[R1001]: an obligation has to say when something is `due`, or what `holds`
     --> obligations/all.yaml:2:6
      |
    2 |   - {id: empty, when: {account.product: telecom}}
      |      ^^
      |
      = help: add `due: {within: 10 business days, after: complaint.received_at}` or `holds: [collection]`

    error[R1001]: an obligation that is due has to name the `step` that it asks for
     --> obligations/all.yaml:3:6
      |
    3 |   - {id: no-step, due: {within: 10 business days, after: complaint.received_at}}
      |      ^^
      |
      = help: add `step: acknowledge`; the clock stops when `steps_done` of the case names that step

    error[R1001]: nothing is due here, so nothing can be missed
     --> obligations/all.yaml:4:59
      |
    4 |   - {id: nothing-to-miss, holds: [collection], on_breach: concede}
      |                                                           ^^^^^^^
      |
      = help: take `on_breach` away, or add `due`

    error[R0204]: two obligations are called `twice`
     --> obligations/all.yaml:6:10
      |
    5 |   - {id: twice, holds: [collection]}
      |          ----- the first one
    6 |   - {id: twice, holds: [collections]}
      |          ^^^^^
      |
      = help: give this one another `id`

    error[R0103]: there is no hold `collections`
     --> obligations/all.yaml:6:25
      |
    6 |   - {id: twice, holds: [collections]}
      |                         ^^^^^^^^^^^
      |
      = help: did you mean `collection`?

    error[R0202]: an obligation has no `id`
     --> obligations/all.yaml:7:6
      |
    7 |   - {holds: [collection]}
      |      ^^^^^
      |
      = help: add `id: ...`

    error[R1001]: this line of `due` is never reached: the one before it always applies
      --> obligations/all.yaml:12:10
       |
    12 |       - {when: {account.product: telecom}, within: 5 business days, after: complaint.received_at}
       |          ^^^^
       |
       = help: put the line without a `when` last

    7 errors
    ");
}

#[test]
fn stretches_events_and_words_that_do_not_exist() {
    insta::assert_snapshot!(obligations(r"
obligations:
  - {id: a, step: a, due: {within: 10 days, after: complaint.received_at}}
  - {id: b, step: b, due: {within: soon, after: complaint.received_at}}
  - {id: c, step: c, due: {within: 10 business days, after: complaint.recieved_at}}
  - {id: d, step: d, due: {within: 10 business days, after: dispute.disputed_amount}}
  - {id: e, step: e, due: {within: 24 hours, after: invoice.issued_on}}
  - {id: f, step: f, due: {within: 2 weeks, after: the first step}}
  - {id: g, step: g, due: {within: 2 weeks, after: step g}}
  - {id: h, step: h, due: {within: 2 weeks, after: invoice.issued_on, at_most: 100 hours}}
  - {id: i, step: i, roll: forward, on_breach: [escalates], due: {within: 2 weeks, after: invoice.issued_on}}
  - {id: j, step: j, calendar: UK, due: {within: 2 weeks, after: invoice.issued_on, from: today}}
"), @"
    error[R1004]: `10 days` does not say which days are counted
     --> obligations/all.yaml:2:36
      |
    2 |   - {id: a, step: a, due: {within: 10 days, after: complaint.received_at}}
      |                                    ^^^^^^^
      |
      = help: write `10 calendar days` or `10 business days`

    error[R1004]: `soon` is no stretch of time
     --> obligations/all.yaml:3:36
      |
    3 |   - {id: b, step: b, due: {within: soon, after: complaint.received_at}}
      |                                    ^^^^
      |
      = help: write a whole number and one of business days, calendar days, weeks, months, years, billing cycles, hours

    error[R0403]: nothing is called `complaint.recieved_at`
     --> obligations/all.yaml:4:61
      |
    4 |   - {id: c, step: c, due: {within: 10 business days, after: complaint.recieved_at}}
      |                                                             ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `complaint.received_at`?

    error[R0304]: a clock runs from a date or a time, and `dispute.disputed_amount` is an amount of money
     --> obligations/all.yaml:5:61
      |
    5 |   - {id: d, step: d, due: {within: 10 business days, after: dispute.disputed_amount}}
      |                                                             ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name a date or a time, such as `complaint.received_at`

    error[R1001]: hours run from a time of the day, and `invoice.issued_on` is a date
     --> obligations/all.yaml:6:53
      |
    6 |   - {id: e, step: e, due: {within: 24 hours, after: invoice.issued_on}}
      |                                                     ^^^^^^^^^^^^^^^^^
      |
      = help: count in calendar days or business days, or name a fact with a time

    error[R1001]: `the first step` is neither a fact nor a step
     --> obligations/all.yaml:7:52
      |
    7 |   - {id: f, step: f, due: {within: 2 weeks, after: the first step}}
      |                                                    ^^^^^^^^^^^^^^
      |
      = help: write a date fact, as `complaint.received_at`, or a step, as `step provisional_credit`

    error[R1005]: `g` runs from the step that it asks for itself
     --> obligations/all.yaml:8:52
      |
    8 |   - {id: g, step: g, due: {within: 2 weeks, after: step g}}
      |                                                    ^^^^^^
      |
      = help: let it run from a fact or from another step: `after: complaint.received_at`

    error[R1001]: hours and days cannot bound each other: hours end at an instant, days at the end of a day
     --> obligations/all.yaml:9:80
      |
    9 |   - {id: h, step: h, due: {within: 2 weeks, after: invoice.issued_on, at_most: 100 hours}}
      |                                                                                ^^^^^^^^^
      |
      = help: bound it in days: `at_most: 90 calendar days`

    error[R0203]: `roll` cannot be `forward`
      --> obligations/all.yaml:10:28
       |
    10 |   - {id: i, step: i, roll: forward, on_breach: [escalates], due: {within: 2 weeks, after: invoice.issued_on}}
       |                            ^^^^^^^
       |
       = help: write one of `next`, `none`, `previous`

    error[R0203]: `on_breach` cannot be `escalates`
      --> obligations/all.yaml:10:49
       |
    10 |   - {id: i, step: i, roll: forward, on_breach: [escalates], due: {within: 2 weeks, after: invoice.issued_on}}
       |                                                 ^^^^^^^^^
       |
       = help: did you mean `escalate`?

    error[R1002]: there is no calendar `UK`
      --> obligations/all.yaml:11:32
       |
    11 |   - {id: j, step: j, calendar: UK, due: {within: 2 weeks, after: invoice.issued_on, from: today}}
       |                                ^^
       |
       = help: calendars are BR, CO, ES, GB-EAW, MX, TARGET, US; a bundle adds its own in `calendars/`

    error[R0201]: a line of `due` has no key `from`
      --> obligations/all.yaml:11:85
       |
    11 |   - {id: j, step: j, calendar: UK, due: {within: 2 weeks, after: invoice.issued_on, from: today}}
       |                                                                                     ^^^^
       |
       = help: its keys are `when`, `within`, `after`, `at_most`, `roll`

    12 errors
    ");
}

#[test]
fn clocks_that_wait_for_each_other() {
    insta::assert_snapshot!(obligations(r"
obligations:
  - {id: one, step: one, due: {within: 2 weeks, after: step two}}
  - {id: two, step: two, due: {within: 2 weeks, after: step one}}
"), @r"
    error[R1005]: the clock of `one` waits for clocks that wait for it
     --> obligations/all.yaml:2:10
      |
    2 |   - {id: one, step: one, due: {within: 2 weeks, after: step two}}
      |          ^^^
      |
      = help: let one of them run from a date fact

    1 error
    ");
}

#[test]
fn a_clock_that_is_read_before_it_runs_and_one_with_nothing_to_concede() {
    let reader = "decision: reader\noutputs: {late: {type: boolean, value: = clock.after_fee.breached}}\n";
    let text = "obligations:
  - {id: after-fee, when: {fee.amount: over 0.00}, step: a, due: {within: 2 weeks, after: complaint.received_at}}
  - {id: conceding, when: {fee.amount: over 0.00}, on_breach: concede, step: a, due: {within: 2 weeks, after: complaint.received_at}}
";
    let files =
        [("bundle.yaml", BUNDLE), ("decisions/fee.yaml", FEE), ("decisions/reader.yaml", reader), ("obligations/all.yaml", text)];
    insta::assert_snapshot!(bundle(&files), @r"
    error[R1005]: `reader` reads the clock `after-fee`, which reads decisions itself
     --> decisions/reader.yaml:1:11
      |
    1 | decision: reader
      |           ^^^^^^
      |
      = help: let `after-fee` read facts only; a clock that reads decisions runs when all are taken

    error[R1001]: `conceding` concedes when it is missed, and the bundle has nothing to concede with
     --> obligations/all.yaml:3:10
      |
    3 |   - {id: conceding, when: {fee.amount: over 0.00}, on_breach: concede, step: a, due: {within: 2 weeks, after: com...
      |          ^^^^^^^^^
      |
      = help: add the decisions `outcome`, with the value `concede_by_deadline`, and `correction`

    error[R1005]: `conceding` concedes when it is missed, and it reads a decision
     --> obligations/all.yaml:3:10
      |
    3 |   - {id: conceding, when: {fee.amount: over 0.00}, on_breach: concede, step: a, due: {within: 2 weeks, after: com...
      |          ^^^^^^^^^
      |
      = help: what decides a case has to run before the decisions: let it read facts only

    3 errors
    ");
}

#[test]
fn clocks_that_no_obligation_has() {
    let reader = "decision: reader\nhit: first\noutputs: {late: {type: boolean}}\nrules:
  - {when: {clock.US-REGE-10.breach: true}, then: {late: true}, because: It is late.}
  - {when: {clock.US-REGE-11.breached: true}, then: {late: true}, because: It is late.}
  - {then: {late: '= clock.US-REGE-10.breached'}, because: It is late.}
";
    let text = "obligations:
  - {id: US-REGE-10, step: a, due: {within: 2 weeks, after: complaint.received_at}}
";
    let files = [("bundle.yaml", BUNDLE), ("decisions/reader.yaml", reader), ("obligations/all.yaml", text)];
    insta::assert_snapshot!(bundle(&files), @"
    error[R0403]: nothing is called `clock.US-REGE-10.breach`
     --> decisions/reader.yaml:5:13
      |
    5 |   - {when: {clock.US-REGE-10.breach: true}, then: {late: true}, because: It is late.}
      |             ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: read `clock.US-REGE-10.due` or `clock.US-REGE-10.breached`

    error[R0403]: nothing is called `clock.US-REGE-11.breached`
     --> decisions/reader.yaml:6:13
      |
    6 |   - {when: {clock.US-REGE-11.breached: true}, then: {late: true}, because: It is late.}
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `US-REGE-10`?

    error[R0403]: nothing is called `clock.US`
     --> decisions/reader.yaml:7:22
      |
    7 |   - {then: {late: '= clock.US-REGE-10.breached'}, because: It is late.}
      |                      ^^^^^^^^
      |
      = help: in an expression write `clock.US_REGE_10.breached`

    error[R0403]: nothing is called `REGE`
     --> decisions/reader.yaml:7:31
      |
    7 |   - {then: {late: '= clock.US-REGE-10.breached'}, because: It is late.}
      |                               ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    error[R0403]: a whole number has no `breached`
     --> decisions/reader.yaml:7:39
      |
    7 |   - {then: {late: '= clock.US-REGE-10.breached'}, because: It is late.}
      |                                       ^^^^^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    5 errors
    ");
}

/// The order of the files means nothing, and what is wrong is said once.
#[test]
fn calendars_that_cannot_be_built_on() {
    let calendar = |name: &str, extends: &str, years: &str| {
        format!("calendar: {name}\nextends: {extends}\nyears: {{{years}}}\ndays: {{}}\n")
    };
    let texts = [
        ("calendars/a.yaml", calendar("LATER", "US", "from: 2032, until: 2033")),
        ("calendars/b.yaml", calendar("WIDER", "US", "from: 2029, until: 2032")),
        ("calendars/c.yaml", calendar("ONE", "TWO", "from: 2026, until: 2027")),
        ("calendars/d.yaml", calendar("TWO", "THREE", "from: 2026, until: 2027")),
        ("calendars/e.yaml", calendar("THREE", "ONE", "from: 2026, until: 2027")),
        ("calendars/f.yaml", calendar("INTO", "ONE", "from: 2026, until: 2026")),
        ("calendars/g.yaml", calendar("SELF", "SELF", "from: 2026, until: 2026")),
        ("calendars/h.yaml", calendar("LOST", "UK", "from: 2026, until: 2026")),
    ];
    let named = format!("{BUNDLE}calendar: LOST\n");
    let mut files = vec![("bundle.yaml", named.as_str()), ("decisions/fee.yaml", FEE)];
    files.extend(texts.iter().map(|(path, text)| (*path, text.as_str())));
    insta::assert_snapshot!(bundle(&files), @"
    error[R1003]: `LATER` is for 2032 to 2033, which neither lie within the years of `US` nor join them
     --> calendars/a.yaml:3:9
      |
    3 | years: {from: 2032, until: 2033}
      |         ^^^^
      |
      = help: `US` knows 2010 to 2030: add days to these years, or begin in 2031 with every holiday of the years from there

    error[R1003]: `WIDER` is for 2029 to 2032, which neither lie within the years of `US` nor join them
     --> calendars/b.yaml:3:9
      |
    3 | years: {from: 2029, until: 2032}
      |         ^^^^
      |
      = help: `US` knows 2010 to 2030: add days to these years, or begin in 2031 with every holiday of the years from there

    error[R1003]: the calendar `ONE` extends itself, by way of `TWO` and `THREE`
     --> calendars/c.yaml:2:10
      |
    2 | extends: TWO
      |          ^^^
      |
      = help: let one of them stand alone: take its `extends` out

    error[R1003]: the calendar `SELF` extends itself
     --> calendars/g.yaml:2:10
      |
    2 | extends: SELF
      |          ^^^^
      |
      = help: let one of them stand alone: take its `extends` out

    error[R1002]: there is no calendar `UK`
     --> calendars/h.yaml:2:10
      |
    2 | extends: UK
      |          ^^
      |
      = help: calendars are BR, CO, ES, GB-EAW, INTO, LATER, LOST, MX, ONE, SELF, TARGET, THREE, TWO, US, WIDER; a bundle adds its own in `calendars/`

    5 errors
    ");
}

#[test]
fn calendars_that_cannot_be_read() {
    let named = format!("{BUNDLE}calendar: USA\n");
    let files = [
        ("bundle.yaml", named.as_str()),
        ("decisions/fee.yaml", FEE),
        ("calendars/a.yaml", "calendar: US\nyears: {from: 2026, until: 2027}\ndays: {2026-03-06: Closed}\n"),
        (
            "calendars/b.yaml",
            "calendar: HOUSE\nextends: UK\nyears: {from: 2026, until: 2027}\ndays: {2026-02-30: Closed, 2025-01-01: Closed}\n",
        ),
        ("calendars/c.yaml", "calendar: BACKWARDS\nyears: {from: 2027, until: 2026}\n"),
        ("calendars/d.yaml", "calendar: NONE\nholidays: []\n"),
    ];
    insta::assert_snapshot!(bundle(&files), @"
    error[R1002]: there is no calendar `USA`
     --> bundle.yaml:4:11
      |
    4 | calendar: USA
      |           ^^^
      |
      = help: did you mean `US`?

    error[R0204]: there is a calendar `US` already
     --> calendars/a.yaml:1:11
      |
    1 | calendar: US
      |           ^^
      |
      = help: give it a name of its own, and write `extends: US` to build on that one

    error[R1002]: there is no calendar `UK`
     --> calendars/b.yaml:2:10
      |
    2 | extends: UK
      |          ^^
      |
      = help: calendars are BR, CO, ES, GB-EAW, HOUSE, MX, TARGET, US; a bundle adds its own in `calendars/`

    error[R1003]: there is no day 2026-02-30
     --> calendars/b.yaml:4:8
      |
    4 | days: {2026-02-30: Closed, 2025-01-01: Closed}
      |        ^^^^^^^^^^
      |
      = help: widen `years`, or write a day that lies in them: `2026-12-24`

    error[R1003]: 2025-01-01 lies outside the years of this calendar
     --> calendars/b.yaml:4:28
      |
    4 | days: {2026-02-30: Closed, 2025-01-01: Closed}
      |                            ^^^^^^^^^^
      |
      = help: widen `years`, or write a day that lies in them: `2026-12-24`

    error[R0210]: the years end in 2026, before they begin in 2027
     --> calendars/c.yaml:2:9
      |
    2 | years: {from: 2027, until: 2026}
      |         ^^^^
      |
      = help: write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`

    error[R0202]: a calendar has no `years`
     --> calendars/d.yaml:1:1
      |
    1 | calendar: NONE
      | ^^^^^^^^
      |
      = help: add `years: ...`

    error[R0201]: a calendar has no key `holidays`
     --> calendars/d.yaml:2:1
      |
    2 | holidays: []
      | ^^^^^^^^
      |
      = help: its keys are `calendar`, `version`, `about`, `source`, `address`, `extends`, `years`, `days`

    8 errors
    ");
}
