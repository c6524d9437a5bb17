//! What is said of guardrails that cannot be meant.

#![allow(clippy::too_many_lines, reason = "a long list of mistakes, read as a document")]

use crate::policy::Policy;
use crate::text::render_all;

const MANIFEST: &str = "bundle: small\nversion: 1.0.0\ncurrency: USD\nfacts:\n  input.n: {type: integer}\n";
const GIFT: &str = "decision: gift
outputs:
  sum: {type: money, value: 1.00}
  n: {type: integer, value: 1}
  word: {type: enum, values: [plain, odd], value: plain}
";
const TAX: &str = "decision: tax\noutputs:\n  amount: {type: money, value: 1.00}\n";

fn said(tax: &str, guardrails: &str) -> String {
    let guardrails = format!("guardrails:{guardrails}");
    let files = [
        ("bundle.yaml", MANIFEST),
        ("decisions/gift.yaml", GIFT),
        ("decisions/tax.yaml", tax),
        ("guardrails/g.yaml", &guardrails),
    ];
    Policy::from_files(files).map_or_else(|found| render_all(&found, false), |_| "nothing".to_owned())
}

#[test]
fn guardrails_that_cannot_be_meant() {
    insta::assert_snapshot!(said(TAX, "
  - {id: nothing, because: Nothing.}
  - {id: both, cap: gift.sum, floor: gift.sum, at: 1.00, because: Both.}
  - {id: stray, cap: gift.sum, at: 1.00, second_person: true, unless: {input.n: 1}, because: Stray.}
  - {id: words, cap: gift.word, at: odd, because: A word.}
  - {id: wrong, floor: gift.some, at: 1.00, because: No such output.}
  - {id: open, floor: gift, at: 1.00, because: Which output?}
  - {id: lost, cap: gifts.sum, at: 1.00, because: No such decision.}
  - {id: bare, forbid: {gift.word: odd}, because: Nothing instead.}
  - {id: empty, forbid: {}, instead: {gift.word: odd}, because: Forbids nothing.}
  - {id: held, hold: [collections], because: No such hold.}
  - {id: late, hold: collection, at: 5.00, because: No dunning.}
  - {id: two, forbid: {gift.word: odd, tax.amount: 1.00}, instead: {gift.word: plain}, because: Two decisions.}
"), @"
    error[R0603]: a guardrail has to say what it does
     --> guardrails/g.yaml:2:6
      |
    2 |   - {id: nothing, because: Nothing.}
      |      ^^
      |
      = help: use one of `cap`, `floor`, `forbid`, `require_approval`, `hold`, `refer`

    error[R0603]: a guardrail does one thing, this one has `cap` and `floor`
     --> guardrails/g.yaml:3:6
      |
    3 |   - {id: both, cap: gift.sum, floor: gift.sum, at: 1.00, because: Both.}
      |      ^^
      |
      = help: use one of `cap`, `floor`, `forbid`, `require_approval`, `hold`, `refer`

    error[R0603]: `second_person` does not belong to `cap`
     --> guardrails/g.yaml:4:57
      |
    4 |   - {id: stray, cap: gift.sum, at: 1.00, second_person: true, unless: {input.n: 1}, because: Stray.}
      |                                                         ^^^^
      |
      = help: take it away; `second_person` belongs to `require_approval`

    error[R0603]: `unless` does not belong to `cap`
     --> guardrails/g.yaml:4:71
      |
    4 |   - {id: stray, cap: gift.sum, at: 1.00, second_person: true, unless: {input.n: 1}, because: Stray.}
      |                                                                       ^^^^^^^^^^^^
      |
      = help: take it away; `unless` and `instead` belong to `forbid`

    error[R0603]: `gift.word` is one of plain, odd; caps and floors bound money and numbers
     --> guardrails/g.yaml:5:22
      |
    5 |   - {id: words, cap: gift.word, at: odd, because: A word.}
      |                      ^^^^^^^^^
      |
      = help: to rule a value out, write `forbid: {decision.output: value}`

    error[R0504]: the decision `gift` has no output `some`
     --> guardrails/g.yaml:6:24
      |
    6 |   - {id: wrong, floor: gift.some, at: 1.00, because: No such output.}
      |                        ^^^^^^^^^
      |
      = help: its outputs are sum, n, word

    error[R0504]: `gift` has several outputs, and this does not say which one is meant
     --> guardrails/g.yaml:7:23
      |
    7 |   - {id: open, floor: gift, at: 1.00, because: Which output?}
      |                       ^^^^
      |
      = help: write one of `gift.sum`, `gift.n`, `gift.word`

    error[R0403]: there is no decision `gifts`
     --> guardrails/g.yaml:8:21
      |
    8 |   - {id: lost, cap: gifts.sum, at: 1.00, because: No such decision.}
      |                     ^^^^^^^^^
      |
      = help: did you mean `gift`?

    error[R0202]: the guardrail `bare` does not say what stands instead
     --> guardrails/g.yaml:9:6
      |
    9 |   - {id: bare, forbid: {gift.word: odd}, because: Nothing instead.}
      |      ^^
      |
      = help: add `instead: {decision.output: value}`

    error[R0603]: the guardrail `empty` forbids nothing
      --> guardrails/g.yaml:10:6
       |
    10 |   - {id: empty, forbid: {}, instead: {gift.word: odd}, because: Forbids nothing.}
       |      ^^
       |
       = help: write `forbid: {relationship.action: managed_exit}`

    error[R0103]: there is no hold `collections`
      --> guardrails/g.yaml:11:23
       |
    11 |   - {id: held, hold: [collections], because: No such hold.}
       |                       ^^^^^^^^^^^
       |
       = help: did you mean `collection`?

    error[R0603]: `at` does not belong to `hold`
      --> guardrails/g.yaml:12:38
       |
    12 |   - {id: late, hold: collection, at: 5.00, because: No dunning.}
       |                                      ^^^^
       |
       = help: take it away; `at` says how high a `cap` or a `floor` is

    error[R0603]: `tax.amount` belongs to another decision than `gift.word`
      --> guardrails/g.yaml:13:40
       |
    13 |   - {id: two, forbid: {gift.word: odd, tax.amount: 1.00}, instead: {gift.word: plain}, because: Two decisions.}
       |                                        ^^^^^^^^^^
       |
       = help: write one guardrail a decision

    13 errors
    ");
}

#[test]
fn a_decision_that_could_not_be_read_is_told_once() {
    insta::assert_snapshot!(said("decision: tax\noutputs: [amount]\n", "
  - {id: most, cap: tax.amount, at: 1.00, because: No more.}
  - {id: open, floor: tax, at: 1.00, because: No less.}
  - {id: none, forbid: {tax.amount: 1.00}, instead: {tax.amount: 2.00}, because: Not one.}
"), @"
    error[R0203]: `outputs` is a mapping, found a list
     --> decisions/tax.yaml:2:10
      |
    2 | outputs: [amount]
      |          ^^^^^^^^
      |
      = help: write `outputs: {name: value}`, or each pair on a line of its own below `outputs:`

    1 error
    ");
    // With a rule that cannot be read, nobody knows what else the decision gives.
    insta::assert_snapshot!(said("decision: tax\nhit: first\noutputs: {amount: {type: money}}\nrules: [five]\n", "
  - {id: most, cap: tax.fee, at: 1.00, because: No more.}
  - {id: wrong, cap: gift.fee, at: 1.00, because: No more.}
"), @"
    error[R0203]: a rule is a mapping, found `five`
     --> decisions/tax.yaml:4:9
      |
    4 | rules: [five]
      |         ^^^^
      |
      = help: its keys are `id`, `when`, `then`, `because`, `source`, `address`, `verified`, `from`, `until`

    error[R0504]: the decision `gift` has no output `fee`
     --> guardrails/g.yaml:3:22
      |
    3 |   - {id: wrong, cap: gift.fee, at: 1.00, because: No more.}
      |                      ^^^^^^^^
      |
      = help: its outputs are sum, n, word

    2 errors
    ");
}
