//! The language server, driven by an editor over standard input and output: whole conversations, as text.

mod editor;
mod mending;
mod naming;
mod running;
mod session;
mod showing;
mod structure;
mod typing;

use editor::Editor;
use std::fs;
use std::path::{Path, PathBuf};

/// A small bundle with a parameter that rules, a guardrail and a script read.
const BUNDLE: [(&str, &str); 6] = [
    (
        "bundle.yaml",
        "bundle: shop
version: 1
owner: care
currency: case
params:
  gesture:
    amount: 30.00 case      # what a mistake is worth
    most: 25.00 case
plugins:
  - id: second-gesture
    script: scripts/second_gesture.rhai
    after: goodwill
    on_failure: escalate
    settings:
      factor: 2.0
",
    ),
    (
        "decisions/outcome.yaml",
        "decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, partly_uphold, reject, provisional, concede_by_deadline]}}
required: [finding.liability]
rules:
  - id: ours
    when: {finding.liability: our_error}
    then: {value: uphold}
    because: The mistake was ours.
  - id: not-ours
    when: {finding.liability: [shared, third_party, customer_error, misunderstanding, no_error, undetermined]}
    then: {value: reject}
    because: The bill is right.
",
    ),
    (
        "decisions/goodwill.yaml",
        "# What we add.
# Never a condition for what is owed.
decision: goodwill
hit: first
let:
  half: = params.gesture.amount / 2
outputs:
  amount: {type: money, default: 0.00}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [bill_credit, none], default: none}
rules:
  - id: sorry
    when: {outcome.value: uphold, finding.severity: at least moderate}
    then: {amount: params.gesture.amount, kind: gesture, instrument: bill_credit}
    because: It cost the customer time.
  - id: a-little
    when: {outcome.value: uphold, finding.severity: minor}
    then: {amount: = half, kind: gesture, instrument: bill_credit}
    because: It cost the customer a little time.
otherwise: {because: No gesture is due.}
",
    ),
    (
        "guardrails/goodwill.yaml",
        "guardrails:
  - id: not-more
    cap: goodwill.amount
    at: params.gesture.most
    because: No gesture is larger.
",
    ),
    (
        "scripts/second_gesture.rhai",
        "/// A second gesture is worth more.
fn goodwill(facts, draft, settings) {
    if (facts.history.offers_rejected ?? 0) == 1 {
        draft.amount = max(raised(draft.amount, settings), facts.params.gesture.amount);
    }
    draft
}

fn raised(amount, settings) {
    amount * settings.factor
}
",
    ),
    (
        "tests/all.yaml",
        "tests:
  - name: our mistake is worth a gesture
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: moderate}
    at: 2026-03-05
    expect: {money.goodwill: 25.00 USD}
  - name: a small mistake is worth half of it
    given: {complaint.case_id: T-2, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: minor}
    at: 2026-03-05
    expect: {money.goodwill: 15.00 USD}
",
    ),
];

/// A case for it.
const CASE: &str = "complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}
customer: {customer_id: C-1}
dispute: {reason_code: DUPLICATE, disputed_amount: 64.20 GBP}
finding: {liability: our_error, severity: minor}
";

/// Writes files below a directory.
fn lay(root: &Path, below: &str, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(below).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A directory with the small bundle in `policies`.
fn room(name: &str) -> PathBuf {
    let root = Editor::room(name);
    lay(&root, "policies", &BUNDLE);
    root
}

/// What `redress check` and `redress test` say of the bundle as it lies on the disk.
fn checked(root: &Path) -> String {
    let say = |command: &str| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
        let output = program.args([command, "policies"]).current_dir(root).env_clear().output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    format!("{}{}", say("check"), say("test"))
}

/// Texts under headings.
fn told(parts: &[(&str, String)]) -> String {
    parts.iter().map(|(heading, text)| format!("=== {heading}\n{}\n", text.trim_end())).collect()
}
