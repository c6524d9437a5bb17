//! `redress decide - --watch`: cases come in over time, and the bundle changes meanwhile.

use super::{Stage, line, settled};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

#[test]
fn a_run_that_goes_on_follows_the_bundle() {
    let stage = Stage::new("watch");
    let rules = std::fs::read_to_string(stage.directory.join("policies/decisions/outcome.yaml")).unwrap();
    let mut child = stage.command("decide - --watch --at 2026-03-05 --format json").stdin(Stdio::piped()).spawn().unwrap();
    let (mut cases, mut said) = (child.stdin.take().unwrap(), BufReader::new(child.stderr.take().unwrap()));
    let mut decisions = BufReader::new(child.stdout.take().unwrap());
    let mut story = Vec::new();

    let decide = |story: &mut Vec<String>, cases: &mut std::process::ChildStdin, decisions: &mut dyn BufRead, id: &str| {
        writeln!(cases, "{}", line(id, "our_error")).unwrap();
        let mut decision = String::new();
        decisions.read_line(&mut decision).unwrap();
        let decision: serde_json::Value = serde_json::from_str(&decision).unwrap();
        story.push(format!("{}: {} by {}", decision["case_id"], decision["outcome"], decision["policy"]["version"]));
    };
    // Waits for a line that ends what is said of a change.
    let mut hear = |story: &mut Vec<String>, last: &str| {
        loop {
            let mut text = String::new();
            assert_ne!(said.read_line(&mut text).unwrap(), 0, "it ended before it said: {last}");
            story.push(text.trim_end().to_owned());
            if text.starts_with(last) {
                break;
            }
        }
    };
    let write = |path: &str, text: &str| std::fs::write(stage.directory.join(path), text).unwrap();

    decide(&mut story, &mut cases, &mut decisions, "D-1");
    write("policies/bundle.yaml", "bundle: small\nversion: 2.0\nowner: care\ncurrency: case\n");
    hear(&mut story, "the bundle was changed");
    decide(&mut story, &mut cases, &mut decisions, "D-2");
    write("policies/decisions/outcome.yaml", &rules.replace("our_error}", "your_error}"));
    hear(&mut story, "the bundle was changed");
    decide(&mut story, &mut cases, &mut decisions, "D-3");
    write("policies/decisions/outcome.yaml", &rules);
    hear(&mut story, "the change");
    drop(cases);
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    story.push(format!("{rest}status {}", child.wait().unwrap().code().unwrap()));
    insta::assert_snapshot!(settled(&story.join("\n")), @r#"
    "D-1": "uphold" by "1.0"
    the bundle was changed: small 2.0 decides from now on
    "D-2": "uphold" by "2.0"
    error[R0103]: `your_error` is not one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined
     --> policies/decisions/outcome.yaml:7:31
      |
    7 |     when: {finding.liability: your_error}
      |                               ^^^^^^^^^^
      |
      = help: did you mean `our_error`?

    1 error
    the bundle was changed and cannot be taken; what decided before goes on
    "D-3": "uphold" by "2.0"
    the change of the bundle was taken back
    3 cases: 3 decided, 0 need facts, 0 referred to a person, 0 wrong
    status 0
    "#);
}

#[test]
fn what_is_built_in_cannot_be_followed() {
    insta::assert_snapshot!(Stage::empty("watch-nothing").run("decide --example --watch"), @"
    status 2
    --- stderr
    error: the bundle that is built in does not change, so there is nothing to follow
      = help: name a directory: `--policies DIR`; `redress new DIR` writes a bundle to start from
    ");
}
