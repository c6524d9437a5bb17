//! Names in a case that are unknown, or stand in the wrong place.

use super::cases;

fn fact(text: &str) -> String {
    cases("case.yaml", text)
}

#[test]
fn a_fact_at_the_top_level() {
    insta::assert_snapshot!(fact(r"
case_id: D-1
disputed_amount: 64.20 USD
tier: gold
severty: minor
"), @"
    error[R0101]: there is no group of facts `case_id`
     --> case.yaml:1:1
      |
    1 | case_id: D-1
      | ^^^^^^^
      |
      = help: `case_id` is a fact of the group `complaint`: write `complaint: {case_id: ...}`

    error[R0101]: there is no group of facts `disputed_amount`
     --> case.yaml:2:1
      |
    2 | disputed_amount: 64.20 USD
      | ^^^^^^^^^^^^^^^
      |
      = help: `disputed_amount` is a fact of the group `dispute`: write `dispute: {disputed_amount: ...}`

    error[R0101]: there is no group of facts `tier`
     --> case.yaml:3:1
      |
    3 | tier: gold
      | ^^^^
      |
      = help: `tier` is a fact of the group `customer`: write `customer: {tier: ...}`

    error[R0101]: there is no group of facts `severty`
     --> case.yaml:4:1
      |
    4 | severty: minor
      | ^^^^^^^
      |
      = help: did you mean `finding.severity`?

    4 errors
    ");
}

#[test]
fn a_dotted_path_as_a_key() {
    insta::assert_snapshot!(fact("customer.tier: gold\n"), @"
    error[R0101]: there is no group of facts `customer.tier`
     --> case.yaml:1:1
      |
    1 | customer.tier: gold
      | ^^^^^^^^^^^^^
      |
      = help: facts stand below their group: write `customer: {tier: ...}`

    1 error
    ");
}

#[test]
fn the_nearest_known_names() {
    insta::assert_snapshot!(fact(r"
custmer: {tier: gold}
customer: {teir: gold, segment: consumers}
"), @"
    error[R0101]: there is no group of facts `custmer`
     --> case.yaml:1:1
      |
    1 | custmer: {tier: gold}
      | ^^^^^^^
      |
      = help: did you mean `customer`?

    error[R0101]: there is no fact `customer.teir`
     --> case.yaml:2:12
      |
    2 | customer: {teir: gold, segment: consumers}
      |            ^^^^
      |
      = help: did you mean `tier`?

    error[R0103]: `customer.segment` expects one of consumer, micro_business, small_business, enterprise, public_body, found `consumers`
     --> case.yaml:2:33
      |
    2 | customer: {teir: gold, segment: consumers}
      |                                 ^^^^^^^^^
      |
      = help: did you mean `consumer`?

    3 errors
    ");
}

#[test]
fn a_fact_in_the_wrong_group() {
    insta::assert_snapshot!(fact("customer: {disputed_amount: 5.00 USD, severity: minor}\n"), @"
    error[R0101]: there is no fact `customer.disputed_amount`
     --> case.yaml:1:12
      |
    1 | customer: {disputed_amount: 5.00 USD, severity: minor}
      |            ^^^^^^^^^^^^^^^
      |
      = help: `disputed_amount` is a fact of the group `dispute`: write `dispute: {disputed_amount: ...}`

    error[R0101]: there is no fact `customer.severity`
     --> case.yaml:1:39
      |
    1 | customer: {disputed_amount: 5.00 USD, severity: minor}
      |                                       ^^^^^^^^
      |
      = help: `severity` is a fact of the group `finding`: write `finding: {severity: ...}`

    2 errors
    ");
}

#[test]
fn a_group_that_is_a_text() {
    insta::assert_snapshot!(fact("customer: gold\n"), @"
    error[R0102]: `customer` expects a mapping of facts, found `gold`
     --> case.yaml:1:11
      |
    1 | customer: gold
      |           ^^^^
      |
      = help: its facts are `customer_id`, `segment`, `tier` ...

    1 error
    ");
}
