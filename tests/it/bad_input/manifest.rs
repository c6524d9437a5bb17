//! `bundle.yaml`, and files that do not belong.

use super::{BUNDLE, bundle, decided};

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money}\notherwise:\n  amount: 1.00\n  because: A fee.\n";

#[test]
fn no_bundle_yaml() {
    insta::assert_snapshot!(bundle(&[("decisions/fee.yaml", FEE)]), @"
    error[R0207]: the bundle has no `bundle.yaml`
      = help: a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from

    1 error
    ");
}

#[test]
fn no_bundle_yaml_and_a_mistake_elsewhere() {
    insta::assert_snapshot!(bundle(&[("decisions/fee.yaml", "decision: fee\nouputs: {}\n")]), @"
    error[R0207]: the bundle has no `bundle.yaml`
      = help: a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from

    error[R0201]: a decision has no key `ouputs`
     --> decisions/fee.yaml:2:1
      |
    2 | ouputs: {}
      | ^^^^^^
      |
      = help: did you mean `outputs`?

    2 errors
    ");
}

#[test]
fn nothing_that_has_to_be_there() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", "owner: customer-care\n"), ("decisions/fee.yaml", FEE)]), @"
    error[R0202]: bundle.yaml has no `bundle`
     --> bundle.yaml:1:1
      |
    1 | owner: customer-care
      | ^^^^^
      |
      = help: add `bundle: ...`

    error[R0202]: bundle.yaml has no `currency`
     --> bundle.yaml:1:1
      |
    1 | owner: customer-care
      | ^^^^^
      |
      = help: add `currency: ...`

    error[R0202]: bundle.yaml has no `version`
     --> bundle.yaml:1:1
      |
    1 | owner: customer-care
      | ^^^^^
      |
      = help: add `version: ...`

    3 errors
    ");
}

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
curency: USD
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0201]: bundle.yaml has no key `curency`
     --> bundle.yaml:3:1
      |
    3 | curency: USD
      | ^^^^^^^
      |
      = help: did you mean `currency`?

    1 error
    ");
}

#[test]
fn an_unknown_currency() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: Dollar
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0203]: `Dollar` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> bundle.yaml:3:11
      |
    3 | currency: Dollar
      |           ^^^^^^
      |
      = help: write a currency code, or `case` for the currency of each case

    1 error
    ");
}

#[test]
fn another_engine_version() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r#"
bundle: test
version: 1
currency: USD
engine: ">=7.2"
"#), ("decisions/fee.yaml", FEE)]), @r#"
    error[R0209]: this bundle is written for engine `>=7.2`, this is 0.1.0
     --> bundle.yaml:4:9
      |
    4 | engine: ">=7.2"
      |         ^^^^^^^
      |
      = help: run it with an engine of that version, or check the bundle with this one and change `engine`

    1 error
    "#);
}

#[test]
fn an_engine_version_that_is_none() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
engine: the newest
"), ("decisions/fee.yaml", FEE)]), @r#"
    error[R0209]: `the newest` is not a range of versions
     --> bundle.yaml:4:9
      |
    4 | engine: the newest
      |         ^^^^^^^^^^
      |
      = help: write `">=0.1"` or `"0.1"`

    1 error
    "#);
}

#[test]
fn effective_ends_before_it_begins() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
effective: {from: 2026-06-01, until: 2026-01-01}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0210]: the bundle ends on 2026-01-01, before it begins on 2026-06-01
     --> bundle.yaml:4:12
      |
    4 | effective: {from: 2026-06-01, until: 2026-01-01}
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`

    1 error
    ");
}

#[test]
fn effective_with_a_day_that_does_not_exist() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
effective: {from: 2026-02-30}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0203]: `from`: there is no day 2026-02-30
     --> bundle.yaml:4:19
      |
    4 | effective: {from: 2026-02-30}
      |                   ^^^^^^^^^^
      |
      = help: write a day that the calendar has: `from: 2026-02-28`

    1 error
    ");
}

#[test]
fn a_case_from_before_the_bundle() {
    insta::assert_snapshot!(decided(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
effective: {from: 2026-06-01, until: 2026-12-31}
"), ("decisions/fee.yaml", FEE)], "complaint: {case_id: D-1, policy_date: 2026-03-01}"), @"the bundle `test` is not in force on 2026-03-01: it holds from 2026-06-01 until 2026-12-31");
}

#[test]
fn files_that_do_not_belong() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", FEE),
        ("decisions/README.md", "how we decide"),
        ("decisions/old.txt", "no longer used"),
        ("goodwill.yaml", FEE),
        ("scripts/fee.js", "return 1"),
    ]), @r"
    loaded, with
    warning[R0208]: `decisions/old.txt` does not belong in a bundle and is not read
     --> decisions/old.txt:1:1
      |
    1 | no longer used
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`

    warning[R0208]: `goodwill.yaml` does not belong in a bundle and is not read
     --> goodwill.yaml:1:1
      |
    1 | decision: fee
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`

    warning[R0208]: `scripts/fee.js` does not belong in a bundle and is not read
     --> scripts/fee.js:1:1
      |
    1 | return 1
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`

    3 warnings
    ");
}

#[test]
fn assumptions_about_what_is_no_fact() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
params: {limit: 3}
assume:
  customer.teir: standard
  customer.tier: golden
  params.limit: 4
  dispute.occurrences: many
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0101]: nothing is called `customer.teir`
     --> bundle.yaml:6:3
      |
    6 |   customer.teir: standard
      |   ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0103]: `customer.tier` expects one of standard, silver, gold, strategic, found `golden`
     --> bundle.yaml:7:18
      |
    7 |   customer.tier: golden
      |                  ^^^^^^
      |
      = help: did you mean `gold`?

    error[R0101]: `params.limit` is not a fact; only facts are assumed
     --> bundle.yaml:8:3
      |
    8 |   params.limit: 4
      |   ^^^^^^^^^^^^
      |
      = help: name a fact of the case, as `customer.tier`; `redress schema case` lists them all

    error[R0102]: `dispute.occurrences` expects a whole number, found `many`
     --> bundle.yaml:9:24
      |
    9 |   dispute.occurrences: many
      |                        ^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    4 errors
    ");
}

#[test]
fn what_is_called_personal_is_a_fact() {
    let manifest = "bundle: b
version: 1
currency: USD
facts: {attributes.handler: {type: text}, attributes.branch: {typ: text}}
personal: [customer.teir, attributes.handler, customer, params.fee, attributes.branch, correspondence.summary, 7]
";
    insta::assert_snapshot!(bundle(&[("bundle.yaml", manifest), ("decisions/fee.yaml", FEE)]), @"
    error[R0201]: a fact has no key `typ`
     --> bundle.yaml:4:63
      |
    4 | facts: {attributes.handler: {type: text}, attributes.branch: {typ: text}}
      |                                                               ^^^
      |
      = help: did you mean `type`?

    error[R0101]: `customer.teir` is not a fact, and only facts are personal
     --> bundle.yaml:5:12
      |
    5 | personal: [customer.teir, attributes.handler, customer, params.fee, attributes.branch, correspondence.summary, 7]
      |            ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0101]: `params.fee` is not a fact, and only facts are personal
     --> bundle.yaml:5:57
      |
    5 | personal: [customer.teir, attributes.handler, customer, params.fee, attributes.branch, correspondence.summary, 7]
      |                                                         ^^^^^^^^^^
      |
      = help: name a fact of a case, a group of facts, or a fact that the bundle declares under `facts`

    error[R0101]: `7` is not a fact, and only facts are personal
     --> bundle.yaml:5:112
      |
    5 | personal: [customer.teir, attributes.handler, customer, params.fee, attributes.branch, correspondence.summary, 7]
      |                                                                                                                ^
      |
      = help: name a fact of a case, a group of facts, or a fact that the bundle declares under `facts`

    4 errors
    ");
    let manifest = "bundle: b\nversion: 1\ncurrency: USD\npersonal: {customer: tier}\n";
    insta::assert_snapshot!(bundle(&[("bundle.yaml", manifest), ("decisions/fee.yaml", FEE)]), @r#"
    error[R0203]: `personal` is a text, found a mapping
     --> bundle.yaml:4:11
      |
    4 | personal: {customer: tier}
      |           ^^^^^^^^^^^^^^^^
      |
      = help: write one text: `personal: "..."`

    1 error
    "#);
    let pack = "pack: law\nversion: 1\npersonal: [customer.tier]\n";
    let manifest = "bundle: b\nversion: 1\ncurrency: USD\npacks: [law]\n";
    insta::assert_snapshot!(bundle(&[("bundle.yaml", manifest), ("packs/law/bundle.yaml", pack), ("decisions/fee.yaml", FEE)]), @"
    error[R0202]: the `bundle.yaml` of a pack has no `when`
     --> packs/law/bundle.yaml:1:1
      |
    1 | pack: law
      | ^^^^
      |
      = help: add `when: ...`

    error[R0234]: `personal` belongs into the bundle, not into a pack
     --> packs/law/bundle.yaml:3:11
      |
    3 | personal: [customer.tier]
      |           ^^^^^^^^^^^^^^^
      |
      = help: say it in the `bundle.yaml` of the bundle

    2 errors
    ");
}
