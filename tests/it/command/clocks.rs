//! `redress clocks`: what is due when, by which law, how long is left, what stands still.

use super::{OURS, Stage, case};

const OBLIGATIONS: &str = "obligations:
  - id: house-10
    step: answer
    due: {within: 10 business days, after: complaint.received_at}
    on_breach: report
    because: We answer within two weeks.
    source: house rule 7
  - id: LAW-30
    when: {complaint.notice_form: written}
    step: answer
    roll: none
    due: {within: 30 calendar days, after: complaint.received_at}
    on_breach: [concede, escalate]
    holds: [collection, late_fees]
    because: The law gives thirty days, and silence decides for the customer.
    source: Act 1, s. 2
    address: https://example.com/act
    verified: false
  - id: LAW-TELL
    step: tell_result
    due: {within: 2 business days, after: step answer}
    on_breach: escalate
    because: The customer hears of it.
    source: Act 1, s. 3
    verified: true
  - id: desk-24
    step: look
    due: {within: 24 hours, after: complaint.received_at}
    because: Somebody looks within a day.
  - id: served
    when: {complaint.regulator_reference: present}
    step: answer_regulator
    due: {within: 1 month, after: attributes.served_on}
    on_breach: escalate
    because: The regulator has an answer within a month.
  - id: LAW-STILL
    holds: [collection, credit_reporting]
    because: Nothing is reported while we look.
";

fn stage(name: &str) -> Stage {
    let bundle = "bundle: small\nversion: 1.0\nowner: care\ncurrency: case\ncalendar: US\nfacts:\n  attributes.served_on: {type: date, about: When the regulator served it}\n";
    Stage::new(name)
        .file("policies/bundle.yaml", bundle)
        .file("policies/obligations/answers.yaml", OBLIGATIONS)
        .file("case.yaml", &case("D-1", OURS))
}

#[test]
fn what_is_due_is_told_with_its_law_and_the_days_that_are_left() {
    let stage = stage("clocks");
    insta::assert_snapshot!(stage.run("clocks case.yaml --at 2026-03-03"), @"
    status 0
    --- stdout
    D-1: the clocks as of 2026-03-03

    2026-03-03  due      look
                         desk-24
                           today is the last day
                           24 hours after complaint.received_at (2026-03-02)
                           ends at 2026-03-03T10:00:00Z
    2026-03-16  due      answer
                         binds, 2026-03-16: house-10, house rule 7
                           9 business days left (calendar US), 13 calendar days
                           10 business days after complaint.received_at (2026-03-02)
                           if it is missed: it is reported
                         later, 2026-04-01: LAW-30, Act 1, s. 2 (not verified)
                           21 business days left (calendar US), 29 calendar days
                           30 calendar days after complaint.received_at (2026-03-02)
                           if it is missed: the case is decided for the customer, it
                           goes to the review of breaches
                           not known: complaint.notice_form
    2026-03-18  due      tell result
                         LAW-TELL, Act 1, s. 3
                           11 business days left (calendar US), 15 calendar days
                           2 business days after step answer (2026-03-16)
                           if it is missed: it goes to the review of breaches

    On hold       collection: on the 64.20 GBP in dispute
                    LAW-30, Act 1, s. 2 (not verified)
                    LAW-STILL
                  late fees: on the 64.20 GBP in dispute
                    LAW-30, Act 1, s. 2 (not verified)
                  credit reporting: on the 64.20 GBP in dispute
                    LAW-STILL

    Law           not verified: from general knowledge, to be checked against the
                  text of the law
    ");
}

#[test]
fn what_was_missed_is_told_with_what_it_brings() {
    let written = format!(
        "{OURS}steps_done: [{{step: look, at: 2026-03-02T15:00:00Z}}, {{step: tell_result, at: 2026-04-10T09:00:00Z}}]\n"
    );
    let written = case("D-2", &written).replace("language: en", "language: en, notice_form: written, regulator_reference: R-1");
    let stage = stage("clocks-missed").file("missed.yaml", &written);
    insta::assert_snapshot!(stage.run("clocks missed.yaml --at 2026-04-10T12:00:00Z"), @"
    status 0
    --- stdout
    D-2: the clocks as of 2026-04-10

    2026-03-03  done     look
                         desk-24
                           done at 2026-03-02T15:00:00Z
                           24 hours after complaint.received_at (2026-03-02)
                           ends at 2026-03-03T10:00:00Z
    2026-03-16  missed   answer
                         binds, 2026-03-16: house-10, house rule 7
                           19 business days ago (calendar US), 25 calendar days
                           10 business days after complaint.received_at (2026-03-02)
                         later, 2026-04-01: LAW-30, Act 1, s. 2 (not verified)
                           7 business days ago (calendar US), 9 calendar days
                           30 calendar days after complaint.received_at (2026-03-02)
    2026-03-18  late     tell result
                         LAW-TELL, Act 1, s. 3
                           done at 2026-04-10T09:00:00Z
                           2 business days after step answer (2026-03-16)
    no day      waits    answer regulator
                         served
                           1 month after attributes.served_on
                           if it is missed: it goes to the review of breaches
                           `attributes.served_on` is not given yet

    Missed        house-10: answer was due on 2026-03-16 and is not done
                    brings: it is reported
                  LAW-TELL: tell result was due on 2026-03-18 and was done at
                  2026-04-10T09:00:00Z
                    brings: it goes to the review of breaches
                  LAW-30: answer was due on 2026-04-01 and is not done
                    brings: the case is decided for the customer, it goes to the
                    review of breaches

    On hold       collection: on the 64.20 GBP in dispute
                    LAW-30, Act 1, s. 2 (not verified)
                    LAW-STILL
                  late fees: on the 64.20 GBP in dispute
                    LAW-30, Act 1, s. 2 (not verified)
                  credit reporting: on the 64.20 GBP in dispute
                    LAW-STILL

    Law           not verified: from general knowledge, to be checked against the
                  text of the law
    ");
}

#[test]
fn clocks_are_data_for_a_program() {
    let law = OBLIGATIONS.split_once("  - id: LAW-30").unwrap().1.split("  - id: LAW-TELL").next().unwrap();
    let law = format!("obligations:\n  - id: LAW-30{}", law.replace(", late_fees", ""));
    let stage = stage("clocks-json").file("policies/obligations/answers.yaml", &law);
    insta::assert_snapshot!(stage.run("clocks case.yaml --at 2026-03-03 --format json"), @r#"
    status 0
    --- stdout
    {
      "case_id": "D-1",
      "at": "2026-03-03T00:00:00Z",
      "today": "2026-03-03",
      "packs": [],
      "steps": [
        {
          "step": "answer",
          "due": "2026-04-01",
          "day": "2026-04-01",
          "state": "running",
          "clocks": [
            {
              "id": "LAW-30",
              "step": "answer",
              "state": "running",
              "due": "2026-04-01",
              "binding": true,
              "breached": false,
              "business_days_left": 21,
              "after": "complaint.received_at",
              "started": "2026-03-02T10:00:00Z",
              "within": "30 calendar days",
              "calendar": "US",
              "on_breach": [
                "concede",
                "escalate"
              ],
              "holds": [
                "collection"
              ],
              "because": "The law gives thirty days, and silence decides for the customer.",
              "source": "Act 1, s. 2",
              "law": {
                "address": "https://example.com/act",
                "verified": false
              },
              "open_facts": [
                "complaint.notice_form"
              ],
              "calendar_days_left": 29,
              "started_on": "2026-03-02"
            }
          ]
        }
      ],
      "disputed": {
        "amount": {
          "amount": "64.20",
          "currency": "GBP"
        },
        "lines": []
      },
      "holds": [
        {
          "hold": "collection",
          "asked_by": [
            {
              "id": "LAW-30",
              "source": "Act 1, s. 2",
              "law": {
                "address": "https://example.com/act",
                "verified": false
              }
            }
          ]
        }
      ],
      "missed": []
    }
    "#);
}

#[test]
fn without_clocks_that_is_said_and_a_wrong_file_is_named() {
    let stage = Stage::new("no-clocks").file("case.yaml", &case("D-1", OURS)).file("broken.yaml", "complaint: [\n");
    insta::assert_snapshot!(stage.run("clocks case.yaml --at 2026-03-03"), @"
    status 0
    --- stdout
    D-1: the clocks as of 2026-03-03

    No law and no rule of the policy sets a clock for this case.
    ");
    insta::assert_snapshot!(stage.run("clocks broken.yaml --at 2026-03-03"), @"
    status 1
    --- stderr
    error[R0002]: the `[` is never closed
     --> broken.yaml:1:12
      |
    1 | complaint: [
      |            ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    1 error
    error: the case in `broken.yaml` cannot be read until this is mended
    ");
    insta::assert_snapshot!(stage.run("clocks policies"), @"
    status 2
    --- stderr
    error: a list of clocks belongs to one case, and `policies` is a directory
      = help: name one case file
    ");
    insta::assert_snapshot!(stage.run("clocks case.yaml --format ics"), @"
    status 2
    --- stderr
    error: invalid value 'ics' for '--format <FORMAT>'
      [possible values: text, json]

    For more information, try '--help'.
    ");
}

#[test]
fn a_window_is_open_and_then_closed() {
    let case = std::fs::read_to_string("examples/cases/late-fee-vulnerable-customer.yaml").unwrap();
    let stage = Stage::new("clocks-window").file("late.yaml", &case);
    let days = ["2026-05-07", "2026-05-12"];
    let told = days.map(|day| {
        let told = stage.run(&format!("clocks late.yaml --policies {}/policies --at {day}", env!("CARGO_MANIFEST_DIR")));
        let page = told.split("\n\n").next().unwrap_or_default().to_owned();
        let steps = told.split("\n\n").nth(1).unwrap_or_default().lines().take(4).collect::<Vec<_>>().join("\n");
        format!("{page}\n{steps}")
    });
    insta::assert_snapshot!(told.join("\n"), @"
    status 0
    --- stdout
    D-1003: the clocks as of 2026-05-07
    2026-05-08  open     summary resolution
                         UK-DISP-SRC, DISP 1.5
                           1 business day left (calendar GB-EAW), 1 calendar day
                           3 business days after complaint.received_at (2026-05-05)
    status 0
    --- stdout
    D-1003: the clocks as of 2026-05-12
    2026-05-08  closed   summary resolution
                         UK-DISP-SRC, DISP 1.5
                           4 calendar days ago
                           3 business days after complaint.received_at (2026-05-05)
    ");
}
