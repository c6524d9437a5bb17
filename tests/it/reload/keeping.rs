//! Bundles that were taken are kept: an engine begins with the last good one, goes back to an earlier one, takes signed ones only.

use super::{BROKEN, Place, bundle, number, shown};
use redress::Engine;
use redress::engine::Store;
use redress::text::render_all;
use std::fs;

fn store(place: &Place) -> Store {
    Store::open(place.path("store")).unwrap()
}

#[test]
fn a_bad_bundle_at_the_start_is_an_error_or_the_last_good_one_stands_in() {
    let place = Place::new("last-good");
    place.write("bundle", &[BROKEN]);
    let open = || Engine::builder().keep_in(store(&place)).or_last_good().open(place.bundle());
    insta::assert_snapshot!(place.plain(&open().unwrap_err().to_string()), @"
    the bundle cannot be used:
    error[R0207]: the bundle has no `bundle.yaml`
      = help: a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from

    error[R0001]: there is no last good bundle to begin with: none was ever taken
      = help: name a file that is there and may be read

    2 errors
    ");

    place.write("bundle", &bundle(1));
    assert_eq!(number(&open().unwrap()), "1");
    place.write("bundle", &bundle(2));
    assert_eq!(number(&open().unwrap()), "2");
    place.write("bundle", &[BROKEN]);
    assert!(Engine::builder().keep_in(store(&place)).open(place.bundle()).is_err(), "nobody asked for the last good one");
    let engine = open().unwrap();
    assert_eq!(number(&engine), "2");
    let status = engine.status();
    insta::assert_snapshot!(place.plain(&render_all(&status.rejection.unwrap().findings, false)), @"
    error[R0403]: nothing is called `params.m`
     --> bundle/decisions/right.yaml:2:39
      |
    2 | outputs: {n: {type: integer, value: = params.m}}
      |                                       ^^^^^^^^
      |
      = help: did you mean `params.n`?

    1 error
    ");
    place.write("bundle", &bundle(3));
    assert_eq!(shown(&engine.reload()), "taken: 3 instead of 2");
    // Where there is no directory at all.
    fs::remove_dir_all(place.bundle()).unwrap();
    assert_eq!(number(&open().unwrap()), "3");
}

#[test]
fn a_last_good_bundle_passed_its_tests_before() {
    let place = Place::new("last-good-tested");
    let mut files = bundle(1);
    files[0].1.push_str("reload: {require_tests: true}\n");
    place.write("bundle", &files);
    let tests = "tests:\n  - {name: one, given: {input.n: 1}, at: 2026-03-05, expect: {parts.left.outputs.n: 1}}\n";
    place.write("bundle", &[("tests/all.yaml", tests)]);
    let open = || Engine::builder().keep_in(store(&place)).or_last_good().open(place.bundle()).unwrap();
    assert_eq!(number(&open()), "1");
    place.write("bundle", &[("tests/all.yaml", tests.replace("n: 1}}", "n: 2}}"))]);
    let engine = open();
    assert_eq!(number(&engine), "1");
    assert!(engine.status().is_stale());
}

#[test]
fn an_engine_goes_back_to_an_earlier_bundle() {
    let place = Place::new("back");
    place.write("bundle", &bundle(1));
    let engine = Engine::builder().keep_in(store(&place)).open(place.bundle()).unwrap();
    let first = engine.policy().name().digest.clone();
    place.write("bundle", &bundle(2));
    engine.reload();
    let reload = engine.roll_back(&first[..first.len() - 40]).unwrap();
    assert_eq!((shown(&reload), number(&engine)), ("taken: 1 instead of 2".to_owned(), "1".to_owned()));
    let status = engine.status();
    assert!(status.is_rolled_back);
    insta::assert_snapshot!(status.to_string().replace(&status.loaded_at.to_string(), "now"), @"small 1 decides since now, an earlier bundle that somebody went back to");
    assert_eq!(shown(&engine.reload()), "taken: 2 instead of 1", "until it is asked for what lies there");
    assert!(!engine.status().is_rolled_back);
    insta::assert_snapshot!(engine.roll_back("0123456789abcdef").unwrap_err(), @"the store holds no bundle `0123456789abcdef`");
    insta::assert_snapshot!(engine.roll_back("first").unwrap_err(), @"`first` is no digest");
    insta::assert_snapshot!(Engine::open(place.bundle()).unwrap().roll_back(&first).unwrap_err(), @"the engine has no store to take an earlier bundle from; give it one with `keep_in`");
    let kept: Vec<String> = store(&place).list().unwrap().bundles.into_iter().map(|bundle| bundle.name.version).collect();
    assert_eq!((kept.len(), kept.contains(&"1".to_owned())), (2, true));
}

#[test]
fn a_store_that_refuses_keeps_nobody_from_deciding() {
    let place = Place::new("no-room");
    place.write("bundle", &bundle(1));
    let engine = Engine::builder().keep_in(store(&place)).open(place.bundle()).unwrap();
    assert_eq!(engine.status().unkept, None);
    // A file where the store keeps a directory: nothing can be written below it.
    fs::remove_dir_all(place.path("store/objects")).unwrap();
    fs::write(place.path("store/objects"), "in the way").unwrap();
    place.write("bundle", &bundle(2));
    assert_eq!(shown(&engine.reload()), "taken: 2 instead of 1");
    assert!(engine.status().unkept.is_some_and(|reason| reason.contains("store/objects")));
    fs::remove_file(place.path("store/objects")).unwrap();
    place.write("bundle", &bundle(3));
    engine.reload();
    assert_eq!(engine.status().unkept, None);
}

#[cfg(feature = "signing")]
#[test]
fn an_engine_that_trusts_a_key_takes_nothing_else() {
    use redress::engine::{Candidate, SigningKey, TrustedKeys, read_directory, sign, write_signature};
    let place = Place::new("signed");
    place.write("bundle", &bundle(1));
    let key = SigningKey::create(&place.path("release.key")).unwrap();
    let trusted = TrustedKeys::new().with_file(&place.path("release.key.pub")).unwrap();
    let open = || Engine::builder().trust(trusted.clone()).keep_in(store(&place)).or_last_good().open(place.bundle());
    let signed = |below: &str| {
        let files = read_directory(&place.path(below)).unwrap();
        write_signature(&place.path(below), &sign(&files, &key).unwrap()).unwrap();
    };
    insta::assert_snapshot!(open().unwrap_err(), @"
    the bundle cannot be used:
    error[R0901]: the bundle is not signed: it has no `bundle.sig`
      = help: `redress sign DIR --key FILE` signs it

    error[R0001]: there is no last good bundle to begin with: none was ever taken
      = help: name a file that is there and may be read

    2 errors
    ");
    signed("bundle");
    let engine = open().unwrap();

    place.write("bundle", &bundle(2));
    insta::assert_snapshot!(place.plain(&shown(&engine.reload())).replace(&key.id().to_string(), "KEY"), @"
    rejected:
    error[R0905]: `bundle.yaml` was changed after it was signed
     --> bundle/bundle.sig:2:1
      |
    2 | b6a36bf28ffbfe807ebf136544b66256d487a6944773ee9bf362dd9a492920d1 88 bundle.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    error[R0905]: `decisions/right.yaml` was changed after it was signed
     --> bundle/bundle.sig:4:1
      |
    4 | 1aed56aa051b800d5ffebd526d1404871df4182f3c3f30f3dd8e6554a8c6746f 56 decisions/right.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    2 errors
    ");
    assert_eq!(number(&engine), "1");
    signed("bundle");
    assert_eq!(shown(&engine.reload()), "taken: 2 instead of 1");

    // What decides is the same, and yet nobody vouches for it any more.
    fs::remove_file(place.path("bundle/bundle.sig")).unwrap();
    assert!(shown(&engine.reload()).starts_with("rejected"));
    signed("bundle");
    assert_eq!(shown(&engine.reload()), "unchanged");
    assert!(!engine.status().is_stale());

    // The store keeps signatures; whoever goes back needs one.
    fs::remove_dir_all(place.bundle()).unwrap();
    let engine = open().unwrap();
    assert_eq!(number(&engine), "2");
    place.write("candidate", &bundle(3));
    assert!(engine.carry(place.path("candidate"), Candidate::shadow()).is_err());
    signed("candidate");
    assert_eq!(engine.carry(place.path("candidate"), Candidate::shadow()).unwrap().version, "3");
    engine.promote();
    assert_eq!(number(&open().unwrap()), "3", "what was promoted is the last good one, with its signature");
}
