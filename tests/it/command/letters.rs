//! `redress letter` and `redress plan`: what the program says of letters and of time.

use super::{OURS, Stage, case};
use std::process::Command;

const LETTERS: &str = "decision: letters
hit: collect
outputs: {kind: {type: text}}
rules:
  - id: put-right
    when: {outcome.value: uphold}
    then: {kind: correction}
    because: The customer hears what has been put right.
";

const TEMPLATE: &str = "Subject: Your bill, case {{ case_id }}

[listen]
You wrote to us on {{ received_on }}.

[acknowledge]
{% if our_error %}
We are sorry for our mistake.
{% endif %}

[act]
You get back {{ correction }}.

[thank]
Thank you.
";

const PLAN: &str = "decision: plan
hit: collect
outputs: {step: {type: text}, owner: {type: text}, due_at: {type: date, default: missing}}
rules:
  - id: correct
    then: {step: correct, owner: invoicing}
    because: What is owed is put right at once.
  - id: confirm
    then: {step: confirm, owner: customer_care, due_at: 2026-03-12}
    because: We ask whether it is settled, and the customer may reopen it.
  - id: overdue
    then: {step: call_back, owner: care, due_at: 2026-03-03}
    because: Somebody calls.
";

fn stage(name: &str) -> Stage {
    Stage::new(name)
        .file("policies/decisions/letters.yaml", LETTERS)
        .file("policies/decisions/plan.yaml", PLAN)
        .file("policies/letters/correction.en.txt", TEMPLATE)
        .file("policies/letters/correction.es.txt", &TEMPLATE.replace("Thank you", "Gracias"))
        .file("policies/letters/apology.en.txt", &TEMPLATE.replace("{{ correction }}", "what we owe you"))
        .file("case.yaml", &case("D-1", OURS))
        .file("right.yaml", &case("D-2", "finding: {liability: no_error}\n"))
}

#[test]
fn a_letter_is_written_for_a_person_to_read() {
    let stage = stage("letter-text");
    insta::assert_snapshot!(stage.run("letter case.yaml --at 2026-03-05"), @"
    status 0
    --- stdout
    correction (en)
      The customer hears what has been put right.

    Subject: Your bill, case D-1

    You wrote to us on 2 March 2026.

    We are sorry for our mistake.

    You get back £64.20.

    Thank you.
    ");
    insta::assert_snapshot!(stage.run("letter case.yaml --at 2026-03-05 --kind apology --lang pt-BR"), @"
    status 0
    --- stdout
    apology (en)
      A preview: the decision does not ask for this letter.
      There is no such letter in pt-BR, so it is in en.

    Subject: Your bill, case D-1

    You wrote to us on 2 March 2026.

    We are sorry for our mistake.

    You get back what we owe you.

    Thank you.
    ");
}

#[test]
fn a_letter_is_written_for_a_program() {
    insta::assert_snapshot!(stage("letter-json").run("letter case.yaml --at 2026-03-05 --lang es-MX --format json"), @r#"
    status 0
    --- stdout
    [
      {
        "kind": "correction",
        "language": "es",
        "preview": false,
        "because": "The customer hears what has been put right.",
        "subject": "Your bill, case D-1",
        "body": "You wrote to us on 2 de marzo de 2026.\n\nWe are sorry for our mistake.\n\nYou get back £64,20.\n\nGracias."
      }
    ]
    "#);
}

#[test]
fn a_letter_that_cannot_be_written_says_why() {
    let stage = stage("letter-wrong");
    insta::assert_snapshot!(stage.run("letter right.yaml --at 2026-03-05"), @"
    status 0
    --- stderr
    case `D-2`: the decision asks for no letter
      = help: `--kind` shows one all the same: apology, correction
    ");
    insta::assert_snapshot!(stage.run("letter case.yaml --at 2026-03-05 --kind corection"), @"
    status 2
    --- stderr
    error: the bundle has no letter `corection`
      = help: did you mean `correction`? there are `apology`, `correction`
    ");
    insta::assert_snapshot!(stage.run("letter right.yaml --at 2026-03-05 --kind correction"), @"
    status 1
    --- stderr
    error[R1108]: the letter prints what this case does not have: `correction`
      --> policies/letters/correction.en.txt:12:17
       |
    12 | You get back {{ correction }}.
       |                 ^^^^^^^^^^
       |
       = help: ask for it first: `{% if correction %} ... {{ correction }} ... {% endif %}`

    1 error
    error: the letter `correction` cannot go out until this is mended
    ");
    insta::assert_snapshot!(stage.run("letter nowhere.yaml"), @"
    status 3
    --- stderr
    error: `nowhere.yaml` cannot be read: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(stage.run("letter policies"), @"
    status 2
    --- stderr
    error: a letter belongs to one case, and `policies` is a directory
      = help: name one case file
    ");
    insta::assert_snapshot!(Stage::new("letter-none").file("case.yaml", &case("D-1", OURS)).run("letter case.yaml --kind apology"), @"
    status 2
    --- stderr
    error: the bundle has no letters
      = help: templates are `letters/KIND.LANGUAGE.txt`; `redress new DIR` writes some
    ");
}

#[test]
fn a_plan_is_a_timeline() {
    let correspondence = "correspondence:
  - {at: 2026-03-02T15:00:00Z, direction: out, channel: email, letter: acknowledgement, step: acknowledge}
  - {at: 2026-03-04T09:00:00Z, direction: in, channel: phone, actor: Ann Customer, summary: asks again}
steps_done: [{step: correct, at: 2026-03-04T12:00:00Z}]
";
    let stage = stage("plan").file("told.yaml", &case("D-3", &format!("{OURS}{correspondence}")));
    insta::assert_snapshot!(stage.run("plan told.yaml --at 2026-03-05"), @"
    status 0
    --- stdout
    D-3: the plan as of 2026-03-05

    2026-03-02  done     received
                         The complaint reached us.
    2026-03-02  done     acknowledge
                         We wrote to the customer: acknowledgement, email.
    2026-03-03  overdue  call back (care)
                         Somebody calls.
    2026-03-04  done     message
                         The customer wrote to us, phone.
    2026-03-04  done     correct (invoicing)
                         What is owed is put right at once.
    2026-03-12  due      confirm (customer care)
                         We ask whether it is settled, and the customer may reopen
                         it.
    ");
    insta::assert_snapshot!(stage.run("plan case.yaml --at 2026-03-05 --format json"), @r#"
    status 0
    --- stdout
    {
      "case_id": "D-1",
      "at": "2026-03-05T00:00:00Z",
      "today": "2026-03-05",
      "entries": [
        {
          "day": "2026-03-02",
          "state": "done",
          "step": "received",
          "because": "The complaint reached us."
        },
        {
          "day": "2026-03-03",
          "state": "overdue",
          "step": "call_back",
          "owner": "care",
          "because": "Somebody calls."
        },
        {
          "day": "2026-03-12",
          "state": "due",
          "step": "confirm",
          "owner": "customer_care",
          "because": "We ask whether it is settled, and the customer may reopen it."
        },
        {
          "day": null,
          "state": "open",
          "step": "correct",
          "owner": "invoicing",
          "because": "What is owed is put right at once."
        }
      ]
    }
    "#);
}

/// Clocks that run, were missed, are done and wait; windows that are open and closed; one that a step of the plan is due by.
const OBLIGATIONS: &str = "obligations:
  - {id: L-ANSWER, step: answer, due: {within: 10 calendar days, after: complaint.received_at}, because: An answer is due., source: 'an act, s. 1'}
  - {id: L-LATE, step: acknowledge, due: {within: 1 calendar day, after: complaint.received_at}, on_breach: report, because: It is confirmed.}
  - {id: L-DONE, step: look, due: {within: 5 calendar days, after: complaint.received_at}, because: Somebody looks.}
  - {id: L-WAITS, step: refund, due: {within: 5 calendar days, after: step approve}}
  - {id: L-HOLDS, holds: [collection]}
  - {id: L-OPEN, step: cancel, window: true, due: {within: 100 hours, after: complaint.received_at}, because: It can still be cancelled.}
  - {id: L-CLOSED, step: settle_at_once, window: true, due: {within: 1 calendar day, after: complaint.received_at}, because: The short way.}
  - {id: L-CORRECT, step: correct, due: {within: 5 business days, after: complaint.received_at}, because: Money comes back., source: 'an act, s. 2'}
";

#[test]
fn a_plan_tells_the_clocks_with_their_law() {
    let done = "steps_done: [{step: look, at: 2026-03-03T12:00:00Z}]\n";
    let stage = stage("plan-clocks")
        .file("policies/obligations/all.yaml", OBLIGATIONS)
        .file("clocks.yaml", &case("D-4", &format!("{OURS}{done}")));
    insta::assert_snapshot!(stage.run("plan clocks.yaml --at 2026-03-05"), @"
    status 0
    --- stdout
    D-4: the plan as of 2026-03-05

    2026-03-02  done     received
                         The complaint reached us.
    2026-03-03  overdue  call back (care)
                         Somebody calls.
    2026-03-03  closed   settle at once
                         The short way. (L-CLOSED)
    2026-03-03  overdue  acknowledge
                         It is confirmed. (L-LATE)
    2026-03-03  done     look
                         Somebody looks. (L-DONE)
    2026-03-06  until    cancel
                         It can still be cancelled. (L-OPEN)
    2026-03-09  due      correct (invoicing)
                         What is owed is put right at once. (L-CORRECT, an act, s.
                         2)
    2026-03-12  due      confirm (customer care)
                         We ask whether it is settled, and the customer may reopen
                         it.
    2026-03-12  due      answer
                         An answer is due. (L-ANSWER, an act, s. 1)
    ");
    let calendar = stage.run("plan clocks.yaml --at 2026-03-05 --format ics");
    let told = calendar.lines().filter(|line| ["UID", "DTSTART", "SUMMARY"].iter().any(|start| line.starts_with(start)));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r"
    UID:D-4-call_back@redress
    DTSTART;VALUE=DATE:20260303
    SUMMARY:D-4: call back (care)\, overdue
    UID:D-4-L-LATE@redress
    DTSTART;VALUE=DATE:20260303
    SUMMARY:D-4: acknowledge\, overdue
    UID:D-4-L-OPEN@redress
    DTSTART;VALUE=DATE:20260306
    SUMMARY:D-4: cancel\, open until today
    UID:D-4-correct@redress
    DTSTART;VALUE=DATE:20260309
    SUMMARY:D-4: correct (invoicing)
    UID:D-4-confirm@redress
    DTSTART;VALUE=DATE:20260312
    SUMMARY:D-4: confirm (customer care)
    UID:D-4-L-ANSWER@redress
    DTSTART;VALUE=DATE:20260312
    SUMMARY:D-4: answer
    ");
}

#[test]
fn a_plan_can_be_imported_into_a_calendar() {
    let stage = stage("plan-ics");
    let arguments = ["plan", "case.yaml", "--at", "2026-03-05", "--format", "ics"];
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).current_dir(&stage.directory).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let file = run();
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert_eq!(file, run());
    insta::assert_snapshot!(file.replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//redress//plan//EN
    CALSCALE:GREGORIAN
    X-WR-CALNAME:Case D-1
    BEGIN:VEVENT
    UID:D-1-call_back@redress
    DTSTAMP:20260305T000000Z
    DTSTART;VALUE=DATE:20260303
    DTEND;VALUE=DATE:20260304
    SUMMARY:D-1: call back (care)\, overdue
    DESCRIPTION:Somebody calls.
    CATEGORIES:care
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:D-1: call back (care)\, overdue
    TRIGGER:-PT15H
    END:VALARM
    END:VEVENT
    BEGIN:VEVENT
    UID:D-1-confirm@redress
    DTSTAMP:20260305T000000Z
    DTSTART;VALUE=DATE:20260312
    DTEND;VALUE=DATE:20260313
    SUMMARY:D-1: confirm (customer care)
    DESCRIPTION:We ask whether it is settled\, and the customer may reopen it.
    CATEGORIES:customer care
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:D-1: confirm (customer care)
    TRIGGER:-PT15H
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn what_a_law_words_may_name_its_own_periods() {
    let of_bank =
        "complaint: {case_id: D-7, received_at: 2026-05-05T10:00:00+01:00, language: en, jurisdiction: GB, notice_form: written}
customer: {customer_id: C-7, segment: consumer}
account: {product: loan}
dispute: {reason_code: LATE_CHARGE, disputed_amount: 12.00 GBP}
finding: {liability: no_error, severity: minor, status: complete, confidence: 0.95, correct_amount: 12.00 GBP}
";
    let said = Stage::empty("statutory").file("case.yaml", of_bank).run("letter case.yaml --at 2026-05-08");
    assert!(said.starts_with("status 0\n"), "{said}");
    // Lines are wrapped where they are shown.
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("you must do so within six months of the date of this letter"), "{said}");
}
