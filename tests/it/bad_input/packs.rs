//! Packs that contradict their bundle, or each other.

use super::bundle;

const FEE: &str = "decision: fee\nhit: first\noutputs: {amount: {type: money}}\notherwise: {amount: 1.00, because: A fee.}\n";

#[test]
#[expect(clippy::too_many_lines, reason = "one snapshot, read from top to bottom")]
fn packs_that_disagree() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\npacks: [one, two, three, thre, one]\nparams: {days: 10}\n"),
        ("decisions/fee.yaml", FEE),
        ("packs/one/bundle.yaml", "pack: one\nversion: 1\nwhen: {complaint.jurisdiction: US}\nparams: {days: ten, law: {days: 1}}\n"),
        ("packs/one/decisions/fee.yaml", "decision: fee\nhit: unique\noutputs: {amount: {type: decimal}}\notherwise: {amount: 0.00, because: None.}\n"),
        ("packs/two/bundle.yaml", "pack: one\nversion: 1\nwhen: {fee.amount: over 1.00}\nparams: {law: {days: 2}}\ncurrency: EUR\ncalendar: UK\n"),
        ("packs/three/bundle.yaml", "bundle: three\nversion: 1\n"),
    ]), @"
    error[R0231]: there is no pack `thre` in `packs/`
     --> bundle.yaml:4:26
      |
    4 | packs: [one, two, three, thre, one]
      |                          ^^^^
      |
      = help: did you mean `three`?

    error[R0204]: the pack `one` is named twice
     --> bundle.yaml:4:32
      |
    4 | packs: [one, two, three, thre, one]
      |                                ^^^
      |
      = help: take one of the two away, or give it another name

    error[R0232]: the pack `one` gives `params.days` another type than the bundle
     --> packs/one/bundle.yaml:4:10
      |
    4 | params: {days: ten, law: {days: 1}}
      |          ^^^^
      |
     ::: bundle.yaml:5:10
      |
    5 | params: {days: 10}
      |          ---- a whole number here
      |
      = help: give it the type that the bundle gives, or a name that begins with that of the pack

    error[R0232]: the pack `one` gives `fee` other outputs than it has
     --> packs/one/decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
     ::: decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           --- declared here
      |
      = help: leave `outputs` out of the pack: the first who declares `fee` says it

    error[R0232]: the pack `one` gives `fee` other hit than it has
     --> packs/one/decisions/fee.yaml:2:6
      |
    2 | hit: unique
      |      ^^^^^^
      |
     ::: decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           --- declared here
      |
      = help: leave `hit` out of the pack: the first who declares `fee` says it

    error[R0232]: the pack `one` says what `fee` is otherwise
     --> packs/one/decisions/fee.yaml:4:13
      |
    4 | otherwise: {amount: 0.00, because: None.}
      |             ^^^^^^
      |
     ::: decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           --- declared here
      |
      = help: only the first who declares a decision states `otherwise`; write a rule with a `when`

    error[R0202]: the `bundle.yaml` of a pack has no `when`
     --> packs/three/bundle.yaml:1:1
      |
    1 | bundle: three
      | ^^^^^^
      |
      = help: add `when: ...`

    error[R0234]: `bundle` belongs into the bundle, not into a pack
     --> packs/three/bundle.yaml:1:9
      |
    1 | bundle: three
      |         ^^^^^
      |
      = help: write `pack: NAME`

    error[R0231]: the pack calls itself `one`, and its folder is `packs/two`
     --> packs/two/bundle.yaml:1:7
      |
    1 | pack: one
      |       ^^^
      |
      = help: give both the same name

    error[R0234]: a pack applies by facts of the case, and `fee.amount` is none
     --> packs/two/bundle.yaml:3:8
      |
    3 | when: {fee.amount: over 1.00}
      |        ^^^^^^^^^^
      |
      = help: name facts of the case only, as `complaint.jurisdiction`

    error[R0233]: two packs set `params.law.days`
     --> packs/two/bundle.yaml:4:16
      |
    4 | params: {law: {days: 2}}
      |                ^^^^
      |
     ::: packs/one/bundle.yaml:4:27
      |
    4 | params: {days: ten, law: {days: 1}}
      |                           ---- the first one
      |
      = help: both may apply at once, and then neither is right; let each have a name of its own

    error[R0234]: `currency` belongs into the bundle, not into a pack
     --> packs/two/bundle.yaml:5:11
      |
    5 | currency: EUR
      |           ^^^
      |
      = help: say it in the `bundle.yaml` of the bundle

    error[R1002]: there is no calendar `UK`
     --> packs/two/bundle.yaml:6:11
      |
    6 | calendar: UK
      |           ^^
      |
      = help: calendars are BR, CO, ES, GB-EAW, MX, TARGET, US; a bundle adds its own in `calendars/`

    13 errors
    ");
}

/// What is owed by two laws is never added up, and never left to the order of the packs.
#[test]
fn laws_that_would_pay_twice() {
    let owed = |body: &str| {
        let pack = |name: &str| format!("pack: {name}\nversion: 1\nwhen: {{complaint.jurisdiction: US}}\n");
        let rule = |name: &str| {
            format!(
                "decision: interest\nrules: [{{id: {name}, when: {{finding.liability: our_error}}, then: {{amount: 5.00}}, because: The law says so.}}]\n"
            )
        };
        bundle(&[
            ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\npacks: [one, two]\n"),
            ("decisions/interest.yaml", &format!("decision: interest\n{body}\n")),
            ("packs/one/bundle.yaml", &pack("one")),
            ("packs/one/decisions/interest.yaml", &rule("one")),
            ("packs/two/bundle.yaml", &pack("two")),
            ("packs/two/decisions/interest.yaml", &rule("two")),
        ])
    };
    let outputs = "outputs: {amount: {type: money}}\notherwise: {amount: 0.00, because: None.}";
    let hits = ["hit: collect sum", "hit: first", "hit: collect ranked\npriority: {amount: most}"];
    insta::assert_snapshot!(hits.map(|hit| owed(&format!("{hit}\n{outputs}"))).join("\n--\n"), @"
    error[R0606]: `interest` adds up all that is granted, `one` and `two` among it, so the same loss may be paid twice
     --> decisions/interest.yaml:1:11
      |
    1 | decision: interest
      |           ^^^^^^^^
      |
      = help: write `hit: priority` and `priority: {amount: most}`: the largest sum is owed, once, and every law is named

    1 error

    --
    error[R0606]: `one` and `two` both say what `interest` is, and the order of the packs would choose between them
     --> decisions/interest.yaml:1:11
      |
    1 | decision: interest
      |           ^^^^^^^^
      |
      = help: write `hit: priority` and `priority: {amount: most}`: the largest sum is owed, once, and every law is named

    1 error

    --
    error[R0502]: the section `interest` takes one result
     --> decisions/interest.yaml:1:11
      |
    1 | decision: interest
      |           ^^^^^^^^
      |
      = help: use a hit policy with one result

    error[R0203]: `most` finds one rule, and `hit: collect ranked` lists them all
     --> decisions/interest.yaml:3:20
      |
    3 | priority: {amount: most}
      |                    ^^^^
      |
      = help: write `hit: priority`

    2 errors
    ");
    assert_eq!(owed(&format!("hit: priority\npriority: {{amount: most}}\n{outputs}")), "no findings");
}

#[test]
fn a_pack_holds_no_letters() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\npacks: [one]\n"),
        ("decisions/fee.yaml", FEE),
        ("packs/one/bundle.yaml", "pack: one\nversion: 1\nwhen: {complaint.jurisdiction: US}\n"),
        ("packs/one/letters/apology.en.txt", "Subject: Yours\n\n[listen]\nA\n\n[acknowledge]\nB\n\n[act]\nC\n\n[thank]\nD\n"),
        ("packs/one/letters/words.en.yaml", "phrases: {salutation: Hello}\n"),
        ("packs/two/letters/apology.en.txt", "a pack that nobody names is not read"),
    ]), @"
    error[R1102]: the pack `one` holds a letter, and letters belong to the bundle
     --> packs/one/letters/apology.en.txt:1:1
      |
    1 | Subject: Yours
      | ^
      |
      = help: move it to `letters/apology.en.txt` of the bundle; words that a law asks for go to `packs/one/decisions/statutory_sentences.yaml`

    error[R1102]: the pack `one` holds a letter, and letters belong to the bundle
     --> packs/one/letters/words.en.yaml:1:1
      |
    1 | phrases: {salutation: Hello}
      | ^
      |
      = help: move it to `letters/words.en.yaml` of the bundle; words that a law asks for go to `packs/one/decisions/statutory_sentences.yaml`

    2 errors
    ");
}
