//! `Engine::reload`: what is taken, what is rejected, who hears of it.

use super::{BROKEN, Place, bundle, number, shown, told};
use redress::{BundleFiles, Engine, OpenError, Reload};
use std::fs;
use std::sync::{Arc, Mutex};

#[test]
fn a_change_is_taken_and_a_wrong_one_changes_nothing() {
    let place = Place::new("story");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    let heard = engine.reloads();
    let mut story = Vec::new();
    let mut tell = |what: &str| {
        let reload = engine.reload();
        let status = engine.status();
        let stale = if status.is_stale() { ", stale" } else { "" };
        let counts = format!("{} taken, {} rejected{stale}", status.loads, status.rejections);
        story.push(format!("{what}: {}\n  {counts}, {} decides", shown(&reload), number(&engine)));
    };
    tell("nothing changed");
    place.write("bundle", &bundle(2));
    tell("a new version");
    place.write("bundle", &[BROKEN]);
    tell("a mistake");
    fs::remove_file(place.bundle().join("bundle.yaml")).unwrap();
    tell("another one");
    place.write("bundle", &bundle(2));
    tell("taken back");
    place.write("bundle", &bundle(3));
    tell("a third version");
    fs::remove_dir_all(place.bundle()).unwrap();
    tell("no directory");
    insta::assert_snapshot!(place.plain(&story.join("\n")), @"
    nothing changed: unchanged
      1 taken, 0 rejected, 1 decides
    a new version: taken: 2 instead of 1
      2 taken, 0 rejected, 2 decides
    a mistake: rejected:
    error[R0403]: nothing is called `params.m`
     --> bundle/decisions/right.yaml:2:39
      |
    2 | outputs: {n: {type: integer, value: = params.m}}
      |                                       ^^^^^^^^
      |
      = help: did you mean `params.n`?

    1 error

      2 taken, 1 rejected, stale, 2 decides
    another one: rejected:
    error[R0207]: the bundle has no `bundle.yaml`
      = help: a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from

    1 error

      2 taken, 2 rejected, stale, 2 decides
    taken back: unchanged
      2 taken, 2 rejected, 2 decides
    a third version: taken: 3 instead of 2
      3 taken, 2 rejected, 3 decides
    no directory: rejected:
    error[R0001]: the bundle `bundle` cannot be read: it does not exist
      = help: `redress new DIR` writes a bundle to start from

    1 error

      3 taken, 3 rejected, stale, 3 decides
    ");
    let heard: Vec<String> = heard.try_iter().map(|event| told(&event).lines().next().unwrap().to_owned()).collect();
    insta::assert_snapshot!(heard.join("\n"), @"
    taken: 2 instead of 1
    rejected:
    rejected:
    unchanged
    taken: 3 instead of 2
    rejected:
    ");
}

#[test]
fn a_rejection_says_since_when_and_of_which_bundle() {
    let place = Place::new("since");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    place.write("bundle", &[BROKEN]);
    let Reload::Rejected(first) = engine.reload() else { panic!("it is broken") };
    fs::write(place.bundle().join("bundle.yaml"), "bundle: [").unwrap();
    let Reload::Rejected(second) = engine.reload() else { panic!("it is broken") };
    assert_eq!(first.since, second.since, "since the first change that could not be taken");
    assert_ne!(first.digest, second.digest);
    let status = engine.status();
    assert!(status.is_stale());
    assert_eq!(status.to_json()["rejection"]["since"], first.since.to_string());
    assert_eq!(status.to_json()["digest"], engine.policy().name().digest.as_str());
}

#[test]
fn files_in_memory_are_replaced() {
    let files = |number| {
        let mut files = BundleFiles::new();
        for (path, text) in bundle(number) {
            files.insert(path, text);
        }
        files
    };
    let engine = Engine::builder().open_files(&files(1)).unwrap();
    assert_eq!(shown(&engine.replace(&files(2))), "taken: 2 instead of 1");
    assert_eq!(number(&engine), "2");
    let reload = shown(&engine.reload());
    assert!(!engine.status().is_stale(), "nothing is wrong with what was handed over");
    insta::assert_snapshot!(reload, @"
    rejected:
    error[R0001]: this engine was opened with files in memory, and there is nothing to read again
      = help: hand the changed files over with `replace`, or open a directory

    1 error
    ");
}

#[test]
fn clones_decide_under_the_same_policy_and_a_policy_stays_as_it_is() {
    let place = Place::new("clones");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    let (clone, policy) = (engine.clone(), engine.policy());
    place.write("bundle", &bundle(2));
    engine.reload();
    assert_eq!((number(&clone), policy.name().version.as_str()), ("2".to_owned(), "1"));
}

const TESTED: &str = "tests:
  - name: both say one
    given: {input.n: 1}
    at: 2026-03-05
    expect: {parts.left.outputs.n: 1, parts.right.outputs.n: 1}
";

/// The same bundle, which asks that its tests pass.
fn careful(number: usize) -> Vec<(String, String)> {
    let mut files = bundle(number);
    files[0].1.push_str("reload: {require_tests: true}\n");
    files
}

#[test]
fn a_bundle_that_asks_for_its_tests_is_taken_when_they_pass() {
    let place = Place::new("tested");
    place.write("bundle", &careful(1));
    let untested = Engine::open(place.bundle()).unwrap_err();
    insta::assert_snapshot!(place.plain(&untested.to_string()), @"
    the bundle cannot be used:
    error[R0802]: the bundle asks that its policy tests pass, and it has none
      = help: write tests into `tests/*.yaml`, or take `require_tests` out of `bundle.yaml`

    1 error
    ");

    place.write("bundle", &[("tests/all.yaml", TESTED)]);
    let engine = Engine::open(place.bundle()).unwrap();
    place.write("bundle", &careful(2));
    insta::assert_snapshot!(place.plain(&shown(&engine.reload())), @"
    rejected:
    error[R0802]: the policy test `both say one` fails: `parts.left.outputs.n` should be 1 and is 2; `parts.right.outputs.n` should be 1 and is 2
     --> bundle/tests/all.yaml:2:5
      |
    2 |   - name: both say one
      |     ^^^^
      |
      = help: `redress test` shows how it was decided

    1 error
    ");
    assert_eq!(number(&engine), "1");

    place.write("bundle", &[("tests/all.yaml", TESTED.replace("outputs.n: 1", "outputs.n: 2"))]);
    assert_eq!(shown(&engine.reload()), "taken: 2 instead of 1");

    place.write("bundle", &careful(3));
    place.write("bundle", &[("tests/all.yaml", "tests: [{name: half}]")]);
    insta::assert_snapshot!(place.plain(&shown(&engine.reload())), @"
    rejected:
    error[R0202]: a policy test has no `at`
     --> bundle/tests/all.yaml:1:10
      |
    1 | tests: [{name: half}]
      |          ^^^^
      |
      = help: add `at: ...`

    error[R0202]: a policy test has no `expect`
     --> bundle/tests/all.yaml:1:10
      |
    1 | tests: [{name: half}]
      |          ^^^^
      |
      = help: add `expect: ...`

    error[R0202]: a policy test has no `given`
     --> bundle/tests/all.yaml:1:10
      |
    1 | tests: [{name: half}]
      |          ^^^^
      |
      = help: add `given: ...`

    3 errors
    ");
}

#[test]
fn tests_find_their_case_files_beside_the_bundle() {
    let place = Place::new("case-files");
    place.write("bundle", &careful(1));
    place.write("cases", &[("one.yaml", "input: {n: 1}\n")]);
    let test = |file: &str| TESTED.replace("given: {input.n: 1}", &format!("case: {file}"));
    place.write("bundle", &[("tests/all.yaml", test("../../cases/one.yaml"))]);
    assert_eq!(number(&Engine::open(place.bundle()).unwrap()), "1");
    place.write("bundle", &[("tests/all.yaml", test("../../cases/two.yaml"))]);
    let Err(OpenError::Bundle(found)) = Engine::open(place.bundle()) else { panic!("there is no such file") };
    insta::assert_snapshot!(place.plain(&redress::text::render_all(&found, false)), @"
    error[R0801]: the case file `../../cases/two.yaml` cannot be read: it does not exist
     --> bundle/tests/all.yaml:3:11
      |
    3 |     case: ../../cases/two.yaml
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: the path is relative to the file of the test

    1 error
    ");
}

#[test]
fn functions_hear_of_changes_until_they_leave() {
    let place = Place::new("listeners");
    place.write("bundle", &bundle(1));
    let engine = Engine::open(place.bundle()).unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let note = |who: &'static str| {
        let lines = lines.clone();
        move |event: &redress::ReloadEvent| lines.lock().unwrap().push(format!("{who}: {}", told(event)))
    };
    let leaving = engine.on_reload(note("leaving"));
    engine.on_reload(|_| panic!("a listener that fails")).keep();
    // One that makes news itself is told of it afterwards.
    let (again, files) = (engine.clone(), place.bundle());
    engine
        .on_reload(move |event| {
            if told(event).starts_with("taken: 2") {
                fs::write(files.join(BROKEN.0), BROKEN.1).unwrap();
                again.reload();
            }
        })
        .keep();
    engine.on_reload(note("staying")).keep();
    place.write("bundle", &bundle(2));
    engine.reload();
    drop(leaving);
    place.write("bundle", &bundle(3));
    engine.reload();
    let lines = lines.lock().unwrap().iter().map(|line| line.lines().next().unwrap().to_owned()).collect::<Vec<_>>();
    insta::assert_snapshot!(lines.join("\n"), @"
    leaving: taken: 2 instead of 1
    staying: taken: 2 instead of 1
    leaving: rejected:
    staying: rejected:
    staying: taken: 3 instead of 2
    ");
}
