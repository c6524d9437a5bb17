//! A small bundle in both forms, whole: `tests/rendering/`. `REDRESS_WRITE_EXPECTED=1 cargo test --all-features --test it rendering`
//! writes them anew; the difference is for a person to judge.

use crate::command::Stage;
use redress::authoring::format::line_diff;
use std::fs;
use std::path::Path;

const WRITE: &str = "REDRESS_WRITE_EXPECTED";

const BUNDLE: [(&str, &str); 6] = [
    (
        "bundle.yaml",
        "bundle: corner-shop
version: 3
owner: front-desk
effective: {from: 2026-01-01}
currency: USD
packs: [law]
params:
  gesture:
    most: 40.00 USD
    share:
      - {from: 2026-01-01, value: 0.10}
      - {from: 2026-07-01, value: 0.20}
facts:
  attributes.regular: {type: boolean, about: Does the customer come every week?}
assume: {customer.tier: standard}
plugins:
  - {id: rounding, script: scripts/rounding.rhai, after: gesture, when: {amount: over 1.00}, on_failure: skip, settings: {step: 5}}
",
    ),
    (
        "decisions/gesture.yaml",
        "decision: gesture
about: What we add. Never more than `gesture.most`.
owner: front-desk
hit: first
let:
  part: = dispute.disputed_amount * params.gesture.share
outputs:
  amount: {type: money, default: 0.00, round: down to 1.00}
rules:
  - id: regulars
    when:
      customer.tier: [gold, silver]
      dispute.disputed_amount: at most params.gesture.most
      attributes.regular: true
    then:
      amount: = part
    because: Regulars get up to {params.gesture.most} back.
    source: house rules, 4
    from: 2026-02-01
  - id: others
    when: {dispute.related_charges.kind: not late_fee, customer.tenure_months: [over 12, unknown]}
    then: {amount: 1.00}
    because: Everyone gets a dollar.
otherwise: {because: Nothing is due.}
",
    ),
    (
        "decisions/counter.yaml",
        "decision: counter
hit: first
outputs:
  place: {type: text}
table: |
  | id    | gesture | complaint.received_at | => place | because             |
  | small | < 10    | -                     | desk     | Small sums at once. |
  | old   | -       | before 2026-03-01T00:00:00Z | office | It is old.     |
",
    ),
    (
        "guardrails/limits.yaml",
        "guardrails:
  - {id: per-case, cap: gesture.amount, at: params.gesture.most, because: No case earns more.}
  - {id: big, when: {dispute.disputed_amount: over 500}, require_approval: [owner], second_person: true, because: It is much.}
  - {id: wait, hold: [collection, late_fees], because: We look first.}
",
    ),
    (
        "packs/law/bundle.yaml",
        "pack: law
version: 1
about: A law
when: {complaint.jurisdiction: US}
",
    ),
    (
        "packs/law/obligations/answers.yaml",
        "obligations:
  - id: LAW-1
    step: answer
    due:
      - {when: {complaint.notice_form: written}, within: 10 business days, after: complaint.received_at}
      - {within: 20 calendar days, after: complaint.received_at, at_most: 1 month}
    on_breach: escalate
    holds: [collection]
    because: Whoever asks is answered.
    source: the law, 1
    address: https://example.com/law?a=1&b=2
    verified: false
    from: 2026-01-01
",
    ),
];

const SCRIPT: &str = "/// Rounds down, so that no cents are counted.
///
/// Never below zero.
fn gesture(facts, draft, settings) {
    draft.amount = round_down_to(draft.amount, settings.step);
    draft
}
";

fn stage(name: &str) -> Stage {
    let stage = BUNDLE.iter().fold(Stage::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), text));
    stage.file("policies/scripts/rounding.rhai", SCRIPT)
}

/// The document as it stands in `tests/rendering/`, without the status before it.
fn hold(name: &str, printed: &str) {
    let printed = printed.strip_prefix("status 0\n--- stdout\n").unwrap_or_else(|| panic!("{printed}"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rendering").join(name);
    if std::env::var_os(WRITE).is_some() {
        fs::write(&file, printed).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap();
    assert!(printed == expected, "{}", line_diff(name, &expected, printed));
}

#[test]
fn markdown_says_it_all() {
    hold("corner-shop.md", &stage("render-md").run("render"));
}

#[test]
fn as_of_a_day_what_is_not_in_force_is_left_out() {
    let all = stage("render-day").run("render --as-of 2026-01-15");
    let told: Vec<&str> =
        all.lines().filter(|line| line.contains("regulars") || line.contains("share") || line.contains("stands on")).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Version 3, as it stands on 2026-01-15
    * **part:** `dispute.disputed_amount * params.gesture.share`
    | <a id="figure-gesture.share"></a>_share_ | 0.1 |
    "#);
}

#[test]
fn html_says_the_same() {
    let all = stage("render-html").run("render --format html");
    let (head, rest) = all.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    hold("corner-shop.html", &format!("{head}<style>...</style>{rest}"));
}

#[test]
fn it_is_written_to_a_file_and_wrong_bundles_are_told() {
    let stage = stage("render-out").file("broken/bundle.yaml", "bundle: x\n");
    let told: String = [
        "render --format html --out policy.html",
        "render --out no/such/place.md",
        "render nowhere",
        "render broken",
        "render --as-of soon",
    ]
    .into_iter()
    .map(|arguments| format!("$ redress {arguments}\n{}", stage.run(arguments)))
    .collect();
    insta::assert_snapshot!(told, @"
    $ redress render --format html --out policy.html
    status 0
    --- stderr
    written to policy.html
    $ redress render --out no/such/place.md
    status 3
    --- stderr
    error: `no/such/place.md` cannot be written: No such file or directory (os error 2)
    $ redress render nowhere
    status 3
    --- stderr
    error: there is no directory `nowhere`
      = help: `redress new nowhere` writes a bundle to start from
    $ redress render broken
    status 1
    --- stderr
    error[R0202]: bundle.yaml has no `currency`
     --> broken/bundle.yaml:1:1
      |
    1 | bundle: x
      | ^^^^^^
      |
      = help: add `currency: ...`

    error[R0202]: bundle.yaml has no `version`
     --> broken/bundle.yaml:1:1
      |
    1 | bundle: x
      | ^^^^^^
      |
      = help: add `version: ...`

    2 errors
    error: the bundle from broken is not sound until this is mended
    $ redress render --as-of soon
    status 2
    --- stderr
    error: invalid value 'soon' for '--as-of <DATE>': `soon` is not a date; write it as `2026-03-05`

    For more information, try '--help'.
    ");
    assert!(fs::read_to_string(stage.directory.join("policy.html")).unwrap().starts_with("<!DOCTYPE html>"));
}
