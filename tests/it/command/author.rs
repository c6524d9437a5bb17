//! The commands for those who write policies.

use super::{OURS, Stage, case};

#[test]
fn a_bundle_is_checked_and_tested() {
    let stage = Stage::new("check");
    insta::assert_snapshot!(stage.run("check"), @r"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing to find fault with
    ");
    insta::assert_snapshot!(stage.run("check --format json"), @r#"
    status 0
    --- stdout
    {
      "bundle": "small",
      "decisions": 3,
      "digest": "blake3:DIGEST",
      "findings": [],
      "version": "1.0"
    }
    "#);
    insta::assert_snapshot!(stage.run("test"), @r"
    status 1
    --- stdout
    FAILED  a wrong expectation
            policies/tests/all.yaml:6:5
            money.correction
              expected  10.00 USD
              came      0.00 USD

            correction: decided
            ├─ otherwise: Nothing is to be put right.
            │    policies/decisions/correction.yaml:10:13
            ├─ nearly put-right
            │    `outcome.value` is reject, the rule asks for uphold
            ├─ read
            │    outcome.value  reject
            └─ gives amount 0.00 USD, instrument none

    1 passed, 1 failed
    ");
    insta::assert_snapshot!(stage.run("test --filter right"), @r"
    status 0
    --- stdout
    1 passed, 0 failed
    ");
    insta::assert_snapshot!(stage.run("test --filter nothing"), @r"
    status 2
    --- stderr
    error: no test has `nothing` in its name or in the path of its file
      = help: without `--filter`, all tests run
    ");
}

#[test]
fn a_broken_bundle_is_reported_whole() {
    let broken = Stage::new("broken").file("policies/decisions/goodwill.yaml", "decision: goodwill\nhitt: first\n");
    insta::assert_snapshot!(broken.run("check"), @r"
    status 1
    --- stdout
    error[R0502]: `goodwill` has no output `amount` (money), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0502]: `goodwill` has no output `instrument` (an enum or text), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0502]: `goodwill` has no output `kind` (an enum or text), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0505]: `goodwill` decides nothing: it has no rules, no values and no script
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: add `rules:`, a `table:`, a `script:`, or a `value:` to each output

    error[R0505]: `goodwill` declares no `outputs`
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: add `outputs: {amount: {type: money}}`: the names and types of what it decides

    error[R0201]: a decision has no key `hitt`
     --> policies/decisions/goodwill.yaml:2:1
      |
    2 | hitt: first
      | ^^^^
      |
      = help: did you mean `hit`?

    6 errors
    the bundle from policies is not sound until this is mended
    ");
}

#[test]
fn a_warning_fails_a_check_that_denies_warnings() {
    let stage = Stage::new("warnings").file("policies/decisions/notes.txt", "a file that nobody reads");
    insta::assert_snapshot!(stage.run("check"), @r"
    status 0
    --- stdout
    warning[R0208]: `decisions/notes.txt` does not belong in a bundle and is not read
     --> policies/decisions/notes.txt:1:1
      |
    1 | a file that nobody reads
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`

    1 warning
    bundle small 1.0, from policies: 3 decisions
    ");
    assert!(stage.run("check --deny-warnings").starts_with("status 1\n"));
}

#[test]
fn a_mistake_in_a_test_is_reported_and_keeps_nobody_from_deciding() {
    let stage = Stage::new("mistaken-test").file("case.yaml", &case("D-1", OURS));
    let stage =
        stage.file("policies/tests/all.yaml", "tests:\n  - {name: When, given: {}, at: 2026-3-5, expect: {status: decided}}\n");
    insta::assert_snapshot!(stage.run("check"), @"
    status 1
    --- stdout
    error[R0801]: `at`: `2026-3-5` is not a date
     --> policies/tests/all.yaml:2:33
      |
    2 |   - {name: When, given: {}, at: 2026-3-5, expect: {status: decided}}
      |                                 ^^^^^^^^
      |
      = help: write it as `2026-03-05`

    1 error
    the bundle from policies is not sound until this is mended
    ");
    assert!(stage.run("test").starts_with("status 1\n"));
    assert!(stage.run("decide case.yaml").starts_with("status 0\n"));
}

#[test]
fn findings_for_other_tools() {
    let stage = Stage::new("other-tools").file("policies/decisions/goodwill.yaml", "decision: goodwill\nhit: sometimes\n");
    insta::assert_snapshot!(stage.run("check --format github"), @"
    status 1
    --- stdout
    ::error file=policies/decisions/goodwill.yaml,line=1,endLine=1,col=11,endColumn=19,title=R0502::`goodwill` has no output `amount` (money), which its section takes%0Athe section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)
    ::error file=policies/decisions/goodwill.yaml,line=1,endLine=1,col=11,endColumn=19,title=R0502::`goodwill` has no output `instrument` (an enum or text), which its section takes%0Athe section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)
    ::error file=policies/decisions/goodwill.yaml,line=1,endLine=1,col=11,endColumn=19,title=R0502::`goodwill` has no output `kind` (an enum or text), which its section takes%0Athe section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)
    ::error file=policies/decisions/goodwill.yaml,line=1,endLine=1,col=11,endColumn=19,title=R0505::`goodwill` decides nothing: it has no rules, no values and no script%0Aadd `rules:`, a `table:`, a `script:`, or a `value:` to each output
    ::error file=policies/decisions/goodwill.yaml,line=1,endLine=1,col=11,endColumn=19,title=R0505::`goodwill` declares no `outputs`%0Aadd `outputs: {amount: {type: money}}`: the names and types of what it decides
    ::error file=policies/decisions/goodwill.yaml,line=2,endLine=2,col=6,endColumn=15,title=R0203::`sometimes` is no hit policy%0Awrite `unique`, `first`, `any`, `priority` or `collect` (also with `sum`, `min`, `max`, `count`, `ranked`)
    ");
    let sarif = stage.run("check --format sarif");
    let json = sarif.strip_prefix("status 1\n--- stdout\n").unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "policies/decisions/goodwill.yaml"
    );
}

#[test]
fn a_code_is_explained() {
    let stage = Stage::empty("explain");
    insta::assert_snapshot!(stage.run("explain r203"), @"
    status 0
    --- stdout
    # R0203: a value that does not fit its key

    The key is right, and its value is none that it can have.

    ## Wrong

    `decisions/fee.yaml`:

    ```yaml
    decision: fee
    hit: sometimes
    outputs:
      amount: {type: money}
    rules:
      - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
    otherwise: {amount: 1.00, because: The fee.}
    ```

    ```console
    $ redress check .
    ```

    ## Mended

    `decisions/fee.yaml`:

    ```yaml
    decision: fee
    hit: first
    outputs:
      amount: {type: money}
    rules:
      - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
    otherwise: {amount: 1.00, because: The fee.}
    ```

    Beside these files stands a `bundle.yaml`:

    ```yaml
    bundle: example
    version: 1
    currency: USD
    ```
    ");
    insta::assert_snapshot!(stage.run("explain R9101"), @"
    status 2
    --- stderr
    error: there is no code `R9101`
      = help: did you mean `R0101`: a fact or group of facts that does not exist? `redress explain` lists all of them
    ");
    insta::assert_snapshot!(stage.run("explain overlap"), @"
    status 2
    --- stderr
    error: there is no code `overlap`
      = help: `redress explain` lists all of them
    ");
    let list = stage.run("explain");
    assert!(list.starts_with("status 0\n--- stdout\nDocuments\n  R0001  a file cannot be read\n"), "{list}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let stage = Stage::new("links");
    let decisions = stage.directory.join("policies/decisions");
    std::os::unix::fs::symlink("..", decisions.join("loop")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", decisions.join("zero.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere", decisions.join("gone.yaml")).unwrap();
    insta::assert_snapshot!(stage.run("check"), @"
    status 3
    --- stderr
    error[R0001]: `decisions/gone.yaml` cannot be read: it does not exist
      = help: name a file that is there and may be read

    error[R0001]: `decisions/loop` is a link to a directory; such links are not followed
      = help: name a file that is there and may be read

    error[R0001]: `decisions/zero.yaml` cannot be read: it is no file
      = help: name a file that is there and may be read

    3 errors
    error: the bundle in `policies` cannot be read
    ");
}

#[test]
fn a_new_bundle_is_whole() {
    let stage = Stage::empty("new");
    let status = |arguments: &str| stage.run(arguments).lines().next().unwrap().to_owned();
    assert_eq!(status("new mine"), "status 0");
    assert_eq!(status("check mine --deny-warnings"), "status 0");
    assert_eq!(status("test mine"), "status 0");
    assert_eq!(status("decide --policies mine mine/cases/duplicate-charge.yaml"), "status 0");
    assert!(stage.directory.join("mine/README.md").is_file(), "the guide comes with it");
    insta::assert_snapshot!(stage.run("new mine"), @r"
    status 3
    --- stderr
    error: `mine` is not empty, and nothing is ever overwritten
      = help: name a directory that does not exist yet
    ");
}

#[test]
fn completions_know_every_command() {
    let stage = Stage::empty("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stage.run(&format!("completions {shell}"));
        assert!(script.starts_with("status 0\n"), "{script}");
        for command in ["decide", "check", "test", "new", "functions", "schema", "completions"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn help_shows_where_to_begin() {
    let stage = Stage::empty("help");
    insta::assert_snapshot!(stage.run("--help"), @"
    status 0
    --- stdout
    Decides billing disputes by a policy that a manager can read: what is owed, what is added, who
    signs, and why

    Usage: redress [OPTIONS] <COMMAND>

    Commands:
      decide       Decide cases: what is owed, what is added, who signs, what happens next, and why
      check        Load a bundle and report everything that is wrong with it
      explain      Tell what the code of a finding means, with an example of it and how it is mended
      letter       Write the letters that a decision asks for, from facts of the case and the decision
                   alone
      plan         Show the timeline of a case: what was said, what is due and when, and who does it
      why          Tell what would have to be otherwise for a case to come out as wanted
      clocks       Show the clocks of a case: what is due when, by which law, and how long is left
      test         Run the policy tests of a bundle: given a case, expect a decision
      diff         Compare two bundles: what was changed, and which cases come out differently
      fmt          Write documents in their canonical form: comments stay, and so does the meaning
      render       Write a bundle as a document that a director can read: Markdown, or one HTML file
      new          Write the default bundle out, to change it
      backtest     Decide a whole history under one bundle or two: what it costs, whom it touches, what
                   would change
      watch        Follow a bundle while it is edited: what is wrong with it, and what every save
                   changes
      sign         Sign a bundle, or make a key to sign with
      verify       Verify that a bundle is what somebody trusted has signed, file by file
      bundle       Keep bundles in a store, by the digest that decisions name
      journal      Verify a journal of decisions, and show what it holds
      replay       Take every decision of a journal again, and compare it byte by byte
      functions    List the functions that expressions and scripts may call, with types and examples
      schema       Print a JSON Schema (2020-12), so that an editor completes and checks while one types
      sweep        Decide the same history over a grid of parameters: what each combination costs, and
                   what comes of it
      generate     Make up what there is no real file of yet: a history of cases
      lsp          Serve an editor over standard input and output, by the Language Server Protocol
      completions  Print what a shell needs to complete a command line
      help         Print this message or the help of the given subcommand(s)

    Options:
      -q, --quiet       Nothing on standard error but errors: no progress, no summary
      -v, --verbose...  What the engine does, on standard error; twice for more
      -h, --help        Print help
      -V, --version     Print version

    Start here:
      redress decide --example             decide a case that is built in, with the default policy
      redress decide case.yaml --explain   decide a case of yours, with every reason
      redress new policies                 write the default policy out, to change it

    Exit codes: 0 fine, 1 findings or failed tests, 2 wrong usage, 3 something cannot be read or written
    ");
    assert_eq!(stage.run("--version"), format!("status 0\n--- stdout\nredress {}\n", env!("CARGO_PKG_VERSION")));
}
