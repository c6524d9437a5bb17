//! The journal on the command line: recorded, verified, shown, taken again; and the bundle of an earlier day.

use super::{BUNDLE, Stage, line};
use std::fs;

pub(super) const DECIDE: &str =
    "decide cases.jsonl -q --format json --at 2026-03-05 --journal j.jsonl --journal-failing required";

fn cases() -> String {
    format!("{}\n{}\n{}\n", line("J-1", "our_error"), line("J-2", "no_error"), line("J-3", "our_error"))
}

/// With the times and sizes that nobody can foresee as `TIME` and `N`.
fn timeless(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.starts_with("20") && word.ends_with('Z') && !word.starts_with("2026-03");
    let words: Vec<&str> = text.split([' ', '"', '\n', ',']).filter(|word| is_time(word)).collect();
    words.iter().fold(text.to_owned(), |text, word| text.replace(word, "TIME"))
}

pub(super) fn stage(name: &str) -> Stage {
    Stage::new(name).file("cases.jsonl", &cases())
}

#[test]
fn decisions_are_recorded_verified_shown_and_taken_again() {
    let stage = stage("journal");
    // There is no default for what may be lost.
    insta::assert_snapshot!(stage.run("decide cases.jsonl --journal j.jsonl"), @"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --journal-failing <WHAT>

    Usage: redress decide --journal <FILE> --journal-failing <WHAT> <CASE>...

    For more information, try '--help'.
    ");
    assert!(!stage.directory.join("j.jsonl").exists());
    assert!(stage.run(&format!("{DECIDE} --journal-cases")).starts_with("status 0\n"));
    insta::assert_snapshot!(timeless(&stage.run("journal verify j.jsonl")), @"
    status 0
    --- stdout
    journal j.jsonl
      segments  1
      records   3, from 1 to 3, written from TIME to TIME
      decisions 3, 3 with the case, 0 masked
      bundles   small 1.0 (DIGEST): 3
      engines   0.1.0: 3
      latest    blake3:DIGEST
    the chain is whole
    ");
    insta::assert_snapshot!(timeless(&stage.run("journal verify j.jsonl --format json")), @r#"
    status 0
    --- stdout
    {
      "break": null,
      "bundles": {
        "small 1.0 (DIGEST)": 3
      },
      "clock_back_at": [],
      "decisions": 3,
      "engines": {
        "0.1.0": 3
      },
      "first_at": "TIME",
      "first_number": 1,
      "holds": null,
      "last_at": "TIME",
      "last_check": "blake3:DIGEST",
      "last_number": 3,
      "lost": 0,
      "lost_at": [],
      "masked": 0,
      "mended_at": [],
      "records": 3,
      "segments": 1,
      "whole": true,
      "with_case": 3
    }
    "#);
    insta::assert_snapshot!(stage.run("replay j.jsonl"), @"
    status 0
    --- stdout
    3 decisions taken again: 3 the same in every byte, 0 otherwise
    ");
    insta::assert_snapshot!(stage.run("replay j.jsonl --format json"), @r#"
    status 0
    --- stdout
    {
      "broken_lines": 0,
      "differences": [],
      "not_taken_again": [],
      "other": 0,
      "other_engines": {},
      "same": 3,
      "undecided": 0
    }
    "#);
}

#[test]
fn records_are_shown_and_found_by_the_latest_digest() {
    let stage = stage("journal-shown");
    assert!(stage.run(&format!("{DECIDE} --journal-cases")).starts_with("status 0\n"));
    // What is explained is recorded too.
    assert!(stage.run(&format!("{} --explain --journal-cases", DECIDE.replace("j.jsonl", "e.jsonl"))).starts_with("status 0\n"));
    insta::assert_snapshot!(stage.run("replay e.jsonl"), @"
    status 0
    --- stdout
    3 decisions taken again: 3 the same in every byte, 0 otherwise
    ");
    let shown = timeless(&stage.run("journal show J-2 --journal j.jsonl"));
    let (beginning, rest) = shown.split_once("  status: decided").unwrap();
    insta::assert_snapshot!(beginning, @"
    status 0
    --- stdout
    record 2, j.jsonl:2
      written   TIME
      engine    0.1.0
      follows   blake3:DIGEST
      digest    blake3:DIGEST
      case      J-2, blake3:DIGEST
      bundle    small 1.0, blake3:DIGEST
      at        2026-03-05T00:00:00Z

    decision:
      format: 1
      decision_id: DIGEST
      case_id: J-2
    ");
    assert!(rest.contains("\ncase:\n  complaint:\n    case_id: J-2\n"), "{rest}");
    insta::assert_snapshot!(stage.run("journal show 17 --journal j.jsonl"), @"
    status 1
    --- stderr
    error: `j.jsonl` holds no record `17`
      = help: a decision whose personal facts are masked is found with `--key`, by its case, or by the number of its record
    ");
    let raw = stage.run("journal show 3 --journal j.jsonl --format json");
    let text = fs::read_to_string(stage.directory.join("j.jsonl")).unwrap();
    assert_eq!(raw, format!("status 0\n--- stdout\n{}\n", super::settled(text.lines().nth(2).unwrap())));
    // The latest digest, kept elsewhere.
    let check = text.trim_end().rsplit_once("blake3:").unwrap().1.trim_end_matches("\"}");
    assert!(stage.run(&format!("journal verify j.jsonl --expect {check}")).starts_with("status 0\n"));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    fs::write(stage.directory.join("j.jsonl"), lines[..2].concat()).unwrap();
    insta::assert_snapshot!(timeless(&stage.run(&format!("journal verify j.jsonl --expect {check}"))), @"
    status 1
    --- stdout
    journal j.jsonl
      segments  1
      records   2, from 1 to 2, written from TIME to TIME
      decisions 2, 2 with the case, 0 masked
      bundles   small 1.0 (DIGEST): 2
      engines   0.1.0: 2
      latest    blake3:DIGEST
    error: no record has the digest DIGEST
      = help: records were taken from the end, or it is the digest of another journal
    the chain of what is here is whole
    ");
}

#[test]
fn a_broken_journal_is_told_with_its_place() {
    let stage = stage("journal-broken");
    assert!(stage.run(&format!("{DECIDE} --journal-cases")).starts_with("status 0\n"));
    let path = stage.directory.join("j.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"outcome\":\"reject\"", "\"outcome\":\"uphold\"", 1)).unwrap();
    insta::assert_snapshot!(timeless(&stage.run("journal verify j.jsonl")), @"
    status 1
    --- stdout
    journal j.jsonl
      segments  1
      records   1, from 1 to 1, written from TIME to TIME
      decisions 1, 1 with the case, 0 masked
      bundles   small 1.0 (DIGEST): 1
      engines   0.1.0: 1
      latest    blake3:DIGEST
    error: j.jsonl:2 is not as it was written: its digest is another one
      = help: what stands before is as it was written; what follows is not proved: compare it with a copy
    ");
    insta::assert_snapshot!(stage.run("replay j.jsonl"), @"
    status 1
    --- stdout
    2 decisions taken again: 2 the same in every byte, 0 otherwise
    1 line is no record: `redress journal verify` tells where the chain breaks
    --- stderr
    error: `j.jsonl` cannot be read: line 2 is not as it was written: its digest is another one
    ");
    fs::write(&path, &text[..text.len() - 100]).unwrap();
    let torn = text.lines().last().unwrap().len() + 1 - 100;
    insta::assert_snapshot!(timeless(&stage.run("journal verify j.jsonl")).replace(&torn.to_string(), "N"), @"
    status 1
    --- stdout
    journal j.jsonl
      segments  1
      records   2, from 1 to 2, written from TIME to TIME
      decisions 2, 2 with the case, 0 masked
      bundles   small 1.0 (DIGEST): 2
      engines   0.1.0: 2
      latest    blake3:DIGEST
    error: j.jsonl:3 is torn: it breaks off after N bytes
      = help: no whole record is lost: the next `redress decide --journal` takes the rest of the line away and goes on
    ");
    insta::assert_snapshot!(stage.run("journal verify none.jsonl"), @"
    status 3
    --- stderr
    error: there is no journal `none.jsonl`
      = help: `redress decide --journal FILE` writes one
    ");
    insta::assert_snapshot!(stage.run("journal verify policies"), @"
    status 3
    --- stderr
    error: `policies` is no file
      = help: name a file, or one that does not exist yet
    ");
    insta::assert_snapshot!(stage.run("replay none.jsonl"), @"
    status 3
    --- stderr
    error: there is no journal `none.jsonl`
      = help: `redress decide --journal FILE` writes one
    ");
}

#[test]
fn a_difference_is_told_by_its_first_field() {
    let stage = stage("journal-difference");
    assert!(stage.run(&format!("{DECIDE} --journal-cases")).starts_with("status 0\n"));
    // Somebody writes a record anew, with a digest that fits, and every one behind it.
    let path = stage.directory.join("j.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replacen("\"goodwill\":{\"amount\":\"25.00\"", "\"goodwill\":{\"amount\":\"20.00\"", 1);
    assert_ne!(changed, text);
    let mut out = String::new();
    let mut before: Option<String> = None;
    for line in changed.lines() {
        let mut said = line[..line.len() - 83].to_owned();
        if let Some(before) = before {
            let at = said.rfind("blake3:").unwrap();
            said.replace_range(at..at + 71, &before);
        }
        let check = format!("blake3:{}", blake3::hash(said.as_bytes()).to_hex());
        out.push_str(&format!("{said},\"check\":\"{check}\"}}\n"));
        before = Some(check);
    }
    fs::write(&path, out).unwrap();
    assert!(stage.run("journal verify j.jsonl").starts_with("status 0\n"));
    insta::assert_snapshot!(stage.run("replay j.jsonl"), @r#"
    status 1
    --- stdout
    j.jsonl:1: record 1, case J-1, small 1.0
      money.goodwill.amount
        recorded  "20.00"
        replayed  "25.00"
    3 decisions taken again: 2 the same in every byte, 1 otherwise
    "#);
    insta::assert_snapshot!(stage.run("replay j.jsonl --format json"), @r#"
    status 1
    --- stdout
    {
      "broken_lines": 0,
      "differences": [
        {
          "case_id": "J-1",
          "path": "money.goodwill.amount",
          "place": "j.jsonl:1",
          "record": 1,
          "recorded": "\"20.00\"",
          "replayed": "\"25.00\""
        }
      ],
      "not_taken_again": [],
      "other": 1,
      "other_engines": {},
      "same": 2,
      "undecided": 0
    }
    "#);
}

#[test]
fn what_cannot_be_taken_again_is_said() {
    let stage = stage("journal-obstacles").file("journal.key", &"07".repeat(32));
    assert!(stage.run(DECIDE).starts_with("status 0\n"));
    insta::assert_snapshot!(stage.run("replay j.jsonl"), @"
    status 1
    --- stdout
    0 decisions taken again: 0 the same in every byte, 0 otherwise
    3 not taken again: the journal keeps no cases
      = help: name them: `--cases FILE`; a case is found by its digest
    ");
    insta::assert_snapshot!(stage.run("replay j.jsonl --cases cases.jsonl"), @"
    status 0
    --- stdout
    3 decisions taken again: 3 the same in every byte, 0 otherwise
    ");
    let masked = DECIDE.replace("j.jsonl", "m.jsonl");
    assert!(stage.run(&format!("{masked} --journal-cases --journal-key journal.key")).starts_with("status 0\n"));
    insta::assert_snapshot!(stage.run("replay m.jsonl"), @"
    status 1
    --- stdout
    0 decisions taken again: 0 the same in every byte, 0 otherwise
    3 not taken again: facts of the case are masked
      = help: name the cases and the key: `--cases FILE --key FILE`
    ");
    insta::assert_snapshot!(stage.run("replay m.jsonl --cases cases.jsonl"), @"
    status 1
    --- stdout
    0 decisions taken again: 0 the same in every byte, 0 otherwise
    3 not taken again: facts of the case are masked
      = help: name the cases and the key: `--cases FILE --key FILE`
    ");
    insta::assert_snapshot!(stage.run("replay m.jsonl --cases cases.jsonl --key journal.key"), @"
    status 0
    --- stdout
    3 decisions taken again: 3 the same in every byte, 0 otherwise
    ");
    // The bundle is changed; the store still has the one that decided.
    assert!(stage.run("bundle pack --store store").starts_with("status 0\n"));
    let stage = stage.file("policies/guardrails/goodwill.yaml", &BUNDLE[4].1.replace("25.00", "20.00"));
    insta::assert_snapshot!(stage.run("replay j.jsonl --cases cases.jsonl"), @"
    status 1
    --- stdout
    0 decisions taken again: 0 the same in every byte, 0 otherwise
    3 not taken again: the bundle blake3:DIGEST is not at hand: the bundle from policies is another one
      = help: name the store that keeps it: `--store STORE`; `redress bundle list` shows what it holds
    ");
    insta::assert_snapshot!(stage.run("replay j.jsonl --cases cases.jsonl --store store"), @"
    status 0
    --- stdout
    3 decisions taken again: 3 the same in every byte, 0 otherwise
    ");
    insta::assert_snapshot!(stage.run("replay j.jsonl --cases cases.jsonl --store none"), @"
    status 3
    --- stderr
    error: `none` is no store: it does not exist
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    let stage = stage.file("short.key", "07\n");
    insta::assert_snapshot!(stage.run("replay m.jsonl --cases cases.jsonl --key short.key"), @"
    status 3
    --- stderr
    error: `short.key` holds no key: it is not 64 hexadecimal digits
      = help: a key is one line of 64 digits, 0-9 and a-f: `openssl rand -hex 32 > journal.key`
    ");
}

#[test]
fn the_bundle_that_was_in_force_then_beside_todays() {
    let stage = stage("as-of").file("case.json", &line("J-1", "our_error"));
    let until = |text: &str, version: &str, period: &str| {
        text.replace("version: 1.0", &format!("version: {version}\neffective: {{{period}}}"))
    };
    let manifest = BUNDLE[0].1;
    let stage = stage.file("policies/bundle.yaml", &until(manifest, "1.0", "from: 2026-01-01, until: 2026-06-30"));
    assert!(stage.run("bundle pack --store store").starts_with("status 0\n"));
    let stage = stage
        .file("policies/bundle.yaml", &until(manifest, "2.0", "from: 2026-03-01"))
        .file("policies/guardrails/goodwill.yaml", &BUNDLE[4].1.replace("25.00", "20.00"));
    insta::assert_snapshot!(timeless(&stage.run("decide case.json --as-of 2026-03-03 --store store --at 2026-03-05")), @r#"
    status 0
    --- stdout
    J-1: as of 2026-03-03, beside today's
      in force then: small 1.0 (DIGEST), stored at TIME, which is after that day: its own dates alone say it
      money.goodwill.amount: "25.00" then, "20.00" today
      money.total_cost.amount: "89.20" then, "84.20" today

    ── As of 2026-03-03 ────────────────────────────────────────────────────────────

    J-1: uphold
      The mistake was ours.
      policy small 1.0 (DIGEST), from the store
      judged by the policy of 2026-03-02, as things stand at 2026-03-03T00:00:00Z

    Money         owed                                                     64.20 GBP
                    correction: credit note                 64.20 GBP
                  at our discretion                                        25.00 GBP
                    goodwill: gesture, bill credit          25.00 GBP
                      limited by at-most-25
                  total                                                    89.20 GBP

    Why           correction: What was billed wrongly is credited.
                  goodwill: It cost the customer time.

    ── Today ───────────────────────────────────────────────────────────────────────

    J-1: uphold
      The mistake was ours.
      policy small 2.0 (DIGEST), from policies
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Money         owed                                                     64.20 GBP
                    correction: credit note                 64.20 GBP
                  at our discretion                                        20.00 GBP
                    goodwill: gesture, bill credit          20.00 GBP
                      limited by at-most-25
                  total                                                    84.20 GBP

    Why           correction: What was billed wrongly is credited.
                  goodwill: It cost the customer time.
    "#);
    insta::assert_snapshot!(
        timeless(&stage.run("decide case.json --as-of 2026-03-03 --store store --at 2026-03-05 --format json"))
            .split("\"decision\":")
            .map(|part| part.split_once("\"stored_at\"").map_or(part.get(..60).unwrap_or(part), |(_, after)| after))
            .collect::<Vec<_>>()
            .join("\n"),
        @r#"
    status 0
    --- stdout
    {"case_id":"J-1","differences":[{"path":
    :"TIME","stored_later":true},"today":{
    {"approval":{"also":[],"reason":null,"required_role":null,"s
    "#
    );
    insta::assert_snapshot!(stage.run("decide case.json --as-of 2027-03-03 --store store"), @"
    status 3
    --- stderr
    error: the store `store` holds no bundle `small` that was in force on 2027-03-03
      = help: `redress bundle list --store store` shows what it holds; `redress bundle pack` adds to it
    ");
    insta::assert_snapshot!(stage.run("decide case.json --as-of 2026-03-03"), @"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --store <STORE>

    Usage: redress decide --as-of <DATE> --store <STORE> <CASE>...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide case.json --as-of yesterday --store store"), @"
    status 2
    --- stderr
    error: invalid value 'yesterday' for '--as-of <DATE>': `yesterday` is not a date; write it as `2026-03-05`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide case.json --as-of 2026-03-03 --store policies"), @"
    status 3
    --- stderr
    error: `policies` is no store: it holds no `redress-store`
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
}
