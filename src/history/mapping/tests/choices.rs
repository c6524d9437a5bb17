use super::*;

#[test]
#[allow(clippy::too_many_lines, reason = "the whole text of the findings stands here")]
fn choices_and_lists() {
    let text = mapping(
        "  dispute.related_charges:
    items:
      - {kind: {constant: late_fees, because: Its column}, amount: {column: late_fee}, payee: {column: x}}
      - when: {tax: over nothing}
        amount: {column: tax}
    otherwise: []
  dispute.related_charges.amount: {column: tax}
  customer.vulnerability_flags: {column: flags}
  customer.tier:
    choose:
      - {constant: gold, because: Everyone}
      - {when: {revenue: [over 5, {near: 6}]}, constant: silver, because: Some}
  exit_request: {column: exit}
  finding: {column: finding}
  finding.status: {choose: []}
  invoice.issued_on: {column: issued, as: date, split: \";\"}
  invoice.invoice_id: {template: \"A-{number\"}
  account.account_id: {template: \"A\"}
",
    );
    insta::assert_snapshot!(problems(&text), @r#"
    error[R0103]: `dispute.related_charges[1].kind` expects one of finance_charge, late_fee, late_interest, fixed_recovery_charge, tax, found `late_fees`
      --> mapping.yaml:13:27
       |
    13 |       - {kind: {constant: late_fees, because: Its column}, amount: {column: late_fee}, payee: {column: x}}
       |                           ^^^^^^^^^
       |
       = help: did you mean `late_fee`?

    error[R0201]: there is no key `payee` here
      --> mapping.yaml:13:88
       |
    13 |       - {kind: {constant: late_fees, because: Its column}, amount: {column: late_fee}, payee: {column: x}}
       |                                                                                        ^^^^^
       |
       = help: known here are `kind`, `amount`

    error[R0301]: `nothing` is not a number
      --> mapping.yaml:14:21
       |
    14 |       - when: {tax: over nothing}
       |                     ^^^^^^^^^^^^
       |
       = help: to compare with the text itself, quote it twice: `'"over nothing"'`

    error[R0206]: `dispute.related_charges` gets the value `[]` without a `because`
      --> mapping.yaml:16:16
       |
    16 |     otherwise: []
       |                ^^
       |
       = help: say why it may be assumed for rows where no item is found: `because: ...`

    error[R0101]: `dispute.related_charges.amount` stands for all items of `dispute.related_charges` and cannot be filled by itself
      --> mapping.yaml:17:3
       |
    17 |   dispute.related_charges.amount: {column: tax}
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `dispute.related_charges: {items: [{...}]}`

    error[R0203]: `customer.vulnerability_flags` is a list (one of health, life_event, resilience, capability, older_person, servicemember each) and cannot be read from one cell
      --> mapping.yaml:18:33
       |
    18 |   customer.vulnerability_flags: {column: flags}
       |                                 ^^^^^^^^^^^^^^^
       |
       = help: write `items: [...]`, or add `split: ";"` when one cell holds several values

    error[R0203]: nothing behind this is ever taken, because it has no `when`
      --> mapping.yaml:21:9
       |
    21 |       - {constant: gold, because: Everyone}
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: give it a `when` or put it last

    error[R0301]: a mapping is no condition
      --> mapping.yaml:22:35
       |
    22 |       - {when: {revenue: [over 5, {near: 6}]}, constant: silver, because: Some}
       |                                   ^^^^^^^^^
       |
       = help: write a word, a list of words, `{not: ...}`, `over 0`, `empty` or `present`

    error[R0101]: `exit_request` is a group of facts
      --> mapping.yaml:23:3
       |
    23 |   exit_request: {column: exit}
       |   ^^^^^^^^^^^^
       |
       = help: fill its facts one by one: `exit_request.by: {...}`

    error[R0101]: there is no fact `finding`
      --> mapping.yaml:24:3
       |
    24 |   finding: {column: finding}
       |   ^^^^^^^
       |
       = help: `finding` is a group; name its facts with a dot: `finding.status: {...}`

    error[R0203]: `choose` wants a list with something in it, found a list
      --> mapping.yaml:25:28
       |
    25 |   finding.status: {choose: []}
       |                            ^^
       |
       = help: write `choose: [{when: {...}, column: ...}, ...]`; the first whose `when` holds is taken

    error[R0203]: `invoice.issued_on` is a date by itself
      --> mapping.yaml:26:43
       |
    26 |   invoice.issued_on: {column: issued, as: date, split: ";"}
       |                                           ^^^^
       |
       = help: take `as` away; it is for facts of your own, under `attributes.` and `input.`

    error[R0201]: there is no key `split` here
      --> mapping.yaml:26:49
       |
    26 |   invoice.issued_on: {column: issued, as: date, split: ";"}
       |                                                 ^^^^^
       |
       = help: known here are `column`, `values`, `otherwise`, `empty`, `because`, `format`, `numbers`, `times`, `currency`, `currency_column`, `as`

    error[R0203]: `A-{number` has a `{` that does not open the name of a column
      --> mapping.yaml:27:34
       |
    27 |   invoice.invoice_id: {template: "A-{number"}
       |                                  ^^^^^^^^^^^
       |
       = help: a column stands in braces: `"A-{row_id}"`

    error[R0203]: `A` names no column, so it is the same in every row
      --> mapping.yaml:28:34
       |
    28 |   account.account_id: {template: "A"}
       |                                  ^^^
       |
       = help: put the name of a column in braces, or write it as a `constant` with a `because`

    15 errors
    "#);
}
