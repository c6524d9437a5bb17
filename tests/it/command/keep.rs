//! The commands that sign bundles and keep them.

use super::Stage;
use std::fs;
use std::process::Command;

/// The key of RFC 8410 and its public half.
fn with_keys(stage: Stage) -> Stage {
    stage.file("release.key", crate::signing::PRIVATE).file("release.key.pub", crate::signing::PUBLIC)
}

/// With the one time that nobody can foresee as `STORED`.
fn timeless(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.starts_with("20") && word.ends_with('Z');
    let words: Vec<&str> = text.split([' ', '"']).filter(|word| is_time(word)).collect();
    words.iter().fold(text.to_owned(), |text, word| text.replace(word, "YYYY-MM-DDTHH:MM:SSZ"))
}

#[test]
fn a_bundle_is_signed_and_verified() {
    let stage = with_keys(Stage::new("sign"));
    insta::assert_snapshot!(stage.run("verify --key release.key.pub"), @r"
    status 1
    --- stdout
    error[R0901]: the bundle is not signed: it has no `bundle.sig`
      = help: `redress sign DIR --key FILE` signs it

    1 error
    the bundle from policies is not what somebody trusted has signed
    ");
    insta::assert_snapshot!(stage.run("sign --key release.key"), @r"
    status 0
    --- stdout
    bundle small 1.0, from policies: 6 files signed with ed25519:DIGEST
    written to policies/bundle.sig
    ");
    insta::assert_snapshot!(stage.run("verify --key release.key.pub"), @r"
    status 0
    --- stdout
    the bundle from policies is what ed25519:DIGEST signed: 6 files
    ");
    insta::assert_snapshot!(stage.run("verify policies --key release.key.pub --format json"), @r#"
    status 0
    --- stdout
    {
      "digest": "blake3:DIGEST",
      "files": 6,
      "findings": [],
      "key": "ed25519:DIGEST",
      "verified": true
    }
    "#);
    insta::assert_snapshot!(stage.run("check"), @r"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing to find fault with
    ");

    let stage = stage.file("policies/decisions/outcome.csv", "a,b\n");
    fs::remove_file(stage.directory.join("policies/guardrails/goodwill.yaml")).unwrap();
    insta::assert_snapshot!(stage.run("verify --key release.key.pub"), @r"
    status 1
    --- stdout
    error[R0907]: `guardrails/goodwill.yaml` was signed and is gone
     --> policies/bundle.sig:6:1
      |
    6 | DIGEST 137 guardrails/goodwill.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    error[R0906]: `decisions/outcome.csv` was added after the bundle was signed
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    2 errors
    the bundle from policies is not what somebody trusted has signed
    ");
    insta::assert_snapshot!(stage.run("verify --key release.key.pub --format json"), @r#"
    status 1
    --- stdout
    {
      "digest": "blake3:DIGEST",
      "files": 6,
      "findings": [
        {
          "code": "R0907",
          "column": 1,
          "end_column": 94,
          "end_line": 6,
          "file": "policies/bundle.sig",
          "help": "put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`",
          "labels": [],
          "line": 6,
          "message": "`guardrails/goodwill.yaml` was signed and is gone",
          "path": null,
          "severity": "error"
        },
        {
          "code": "R0906",
          "column": null,
          "end_column": null,
          "end_line": null,
          "file": null,
          "help": "put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`",
          "labels": [],
          "line": null,
          "message": "`decisions/outcome.csv` was added after the bundle was signed",
          "path": null,
          "severity": "error"
        }
      ],
      "key": null,
      "verified": false
    }
    "#);
}

#[test]
fn keys_are_made_once() {
    let stage = Stage::new("new-key");
    insta::assert_snapshot!(stage.run("sign --new-key care.key"), @r"
    status 0
    --- stdout
    care.key      the private key; who has it can sign
    care.key.pub  the public key, for those who verify
    ed25519:DIGEST
    ");
    insta::assert_snapshot!(stage.run("sign --new-key care.key"), @r"
    status 3
    --- stderr
    error: `care.key.pub` cannot be written: entity already exists
    ");
    assert!(stage.run("sign --key care.key -q").starts_with("status 0\n"));
    assert!(stage.run("verify --key care.key.pub").starts_with("status 0\n"));
}

#[test]
fn what_cannot_be_signed() {
    let stage = with_keys(Stage::new("unsigned"));
    insta::assert_snapshot!(stage.run("sign"), @r"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --key <FILE>

    Usage: redress sign --key <FILE> [DIR]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("sign --key release.key.pub"), @r"
    status 1
    --- stderr
    error[R0908]: `release.key.pub` is not a private ed25519 key in PEM
      = help: this is a public key; who signs needs the private one

    1 error
    error: nothing was signed
    ");
    insta::assert_snapshot!(stage.run("verify --key release.key"), @r"
    status 1
    --- stderr
    error[R0908]: `release.key` holds no public ed25519 key in PEM
      = help: this is a private key, which nobody but the signer needs; name its public half

    1 error
    error: without its key, nothing can be verified
    ");
    insta::assert_snapshot!(stage.run("sign nowhere --key release.key"), @r"
    status 3
    --- stderr
    error: there is no directory `nowhere`
      = help: `redress new nowhere` writes a bundle to start from
    ");
    insta::assert_snapshot!(stage.run("sign --key nothing.key"), @"
    status 3
    --- stderr
    error[R0001]: the key `nothing.key` cannot be read: No such file or directory (os error 2)
      = help: name a file that is there and may be read

    1 error
    error: nothing was signed
    ");

    let fee = "decision: fee\noutputs: {amount: {type: money, value: = house_fee()}}\n";
    let stage = stage.file("policies/decisions/fee.yaml", fee);
    insta::assert_snapshot!(stage.run("sign --key release.key"), @r"
    status 1
    --- stderr
    error[R0402]: there is no function `house_fee`
     --> policies/decisions/fee.yaml:2:42
      |
    2 | outputs: {amount: {type: money, value: = house_fee()}}
      |                                          ^^^^^^^^^

    1 error
    error: the bundle from policies is not sound until this is mended
    ");
    assert!(!stage.directory.join("policies/bundle.sig").exists());
    insta::assert_snapshot!(stage.run("sign --key release.key --unchecked"), @r"
    status 0
    --- stdout
    bundle small 1.0, from policies: 7 files signed with ed25519:DIGEST
    written to policies/bundle.sig
    ");
}

#[test]
fn a_bundle_is_packed_listed_and_unpacked() {
    let stage = with_keys(Stage::new("pack"));
    insta::assert_snapshot!(stage.run("bundle pack policies --store kept"), @r"
    status 0
    --- stdout
    blake3:DIGEST
    ");
    insta::assert_snapshot!(timeless(&stage.run("bundle list --store kept")), @r"
    status 0
    --- stdout
    DIGEST        STORED                FILES  BYTES  SIGNED  BUNDLE
    DIGEST  YYYY-MM-DDTHH:MM:SSZ      5   1512  no      small 1.0
    ");
    assert!(stage.run("sign --key release.key").starts_with("status 0"));
    insta::assert_snapshot!(stage.run("bundle pack --store kept --key release.key.pub"), @r"
    status 0
    --- stdout
    blake3:DIGEST
    ");
    insta::assert_snapshot!(timeless(&stage.run("bundle list --store kept --format json")), @r#"
    status 0
    --- stdout
    [
      {
        "bundle": "small",
        "bytes": 1512,
        "digest": "blake3:DIGEST",
        "files": 5,
        "last_good": false,
        "signed": true,
        "stored_at": "YYYY-MM-DDTHH:MM:SSZ",
        "version": "1.0"
      }
    ]
    "#);

    let output = stage.command("bundle pack --store kept").output().unwrap();
    let digest = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    insta::assert_snapshot!(stage.run(&format!("bundle unpack {} --store kept --to old", &digest[..19])), @r"
    status 0
    --- stdout
    bundle small 1.0: 6 files written to old
    ");
    insta::assert_snapshot!(stage.run("verify old --key release.key.pub"), @r"
    status 0
    --- stdout
    the bundle from old is what ed25519:DIGEST signed: 5 files
    ");
    insta::assert_snapshot!(stage.run("check old"), @r"
    status 0
    --- stdout
    bundle small 1.0, from old: 3 decisions, nothing to find fault with
    ");
    insta::assert_snapshot!(stage.run(&format!("bundle unpack {digest} --store kept --to old")), @r"
    status 3
    --- stderr
    error: `old` is not empty, and nothing is ever overwritten
      = help: name a directory that does not exist yet
    ");
    let said = |bundle: &str| stage.run(&format!("bundle pack {bundle} --store other"));
    assert_eq!(said("old"), said("policies"));
}

#[test]
fn what_cannot_be_kept_or_found() {
    let stage = with_keys(Stage::new("not-kept"));
    insta::assert_snapshot!(stage.run("bundle list --store kept"), @r"
    status 3
    --- stderr
    error: `kept` is no store: it does not exist
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    insta::assert_snapshot!(stage.run("bundle pack --store ."), @r"
    status 3
    --- stderr
    error: `.` is no store: it holds other files
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    insta::assert_snapshot!(stage.run("bundle pack --store kept --key release.key.pub"), @r"
    status 1
    --- stderr
    error[R0901]: the bundle is not signed: it has no `bundle.sig`
      = help: `redress sign DIR --key FILE` signs it

    1 error
    error: nothing was stored
    ");
    insta::assert_snapshot!(stage.run("bundle pack nowhere --store kept"), @r"
    status 3
    --- stderr
    error: there is no directory `nowhere`
      = help: `redress new nowhere` writes a bundle to start from
    ");
    assert!(!stage.directory.join("kept").exists(), "no store is made for what is not stored");

    assert!(stage.run("bundle pack --store kept").starts_with("status 0"));
    insta::assert_snapshot!(stage.run("bundle unpack 0000000000 --store kept --to old"), @r"
    status 3
    --- stderr
    error: the store holds no bundle `0000000000`
      = help: `redress bundle list` shows those that it holds
    ");
    insta::assert_snapshot!(stage.run("bundle unpack latest --store kept --to old"), @r"
    status 3
    --- stderr
    error: `latest` is no digest
      = help: a digest has 64 digits, 0-9 and a-f; the first 8 or more are enough
    ");
    fs::write(stage.directory.join("kept/last-good"), "").unwrap();
    insta::assert_snapshot!(timeless(&stage.run("bundle list --store kept")), @r"
    status 3
    --- stdout
    DIGEST        STORED                FILES  BYTES  SIGNED  BUNDLE
    DIGEST  YYYY-MM-DDTHH:MM:SSZ      5   1512  no      small 1.0
    --- stderr
    error: `kept/last-good` holds no digest
      = help: take the file away; the next bundle that is good writes it anew
    ");
}

#[test]
fn programs_that_pack_at_once_do_not_disturb_each_other() {
    let stage = Stage::new("at-once");
    let children: Vec<_> = (0..4).map(|_| stage.command("bundle pack --store kept").spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let list = stage.run("bundle list --store kept");
    assert_eq!(list.lines().count(), 4, "{list}");
}

/// A shell that lets no file grow beyond a few hundred bytes: a disk that is full.
#[cfg(unix)]
fn with_little_room(stage: &Stage, before: &str, arguments: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{before} ulimit -f 1; exec \"$0\" {arguments}"));
    command.arg(env!("CARGO_BIN_EXE_redress")).current_dir(&stage.directory);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

#[cfg(unix)]
#[test]
fn without_room_nothing_half_written_is_left() {
    let long = format!("{}# {}\n", super::BUNDLE[0].1, "a long remark, ".repeat(200));
    let stage = Stage::new("full").file("policies/bundle.yaml", &long);
    assert!(stage.run("bundle pack --store empty").starts_with("status 0"), "the bundle itself is fine");

    // The system refuses to write more.
    let mut refused = super::shown(with_little_room(&stage, "trap '' XFSZ;", "bundle pack --store kept"), "");
    for digits in
        refused.clone().split(['/', '`']).filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        refused = refused.replace(&format!("/{digits}/"), "/XX/");
    }
    insta::assert_snapshot!(refused, @r"
    status 3
    --- stderr
    error: `kept/objects/XX/DIGEST` cannot be written: File too large (os error 27)
    ");
    insta::assert_snapshot!(stage.run("bundle list --store kept"), @r"
    status 0
    --- stdout
    DIGEST        STORED  FILES  BYTES  SIGNED  BUNDLE
    ");
    let incoming = || fs::read_dir(stage.directory.join("kept/incoming")).unwrap().count();
    assert_eq!(incoming(), 0);

    // The program is ended in the middle of a write.
    let killed = with_little_room(&stage, "", "bundle pack --store kept").output().unwrap();
    assert_eq!(killed.status.code(), None, "{killed:?}");
    assert_eq!(incoming(), 1, "what was half-written lies apart");
    assert_eq!(stage.run("bundle list --store kept").lines().count(), 3);

    // With room again, all is as it should be.
    assert!(stage.run("bundle pack --store kept").starts_with("status 0"));
    let list = stage.run("bundle list --store kept");
    assert_eq!(list.lines().count(), 4, "{list}");
}
