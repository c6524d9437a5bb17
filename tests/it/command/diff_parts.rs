//! `redress diff`: clocks, packs, calendars and letters, part by part; stored bundles; regions weighed by a history.

use super::{Stage, shown};

/// The default bundle, and the same with some texts replaced.
fn edited(name: &str, edits: &[(&str, &str, &str)]) -> Stage {
    let stage = Stage::empty(name);
    assert!(stage.run("new changed").starts_with("status 0"));
    for (path, from, to) in edits {
        let path = stage.directory.join("changed").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    stage
}

#[test]
fn clocks_packs_and_letters_are_told_part_by_part() {
    let clocks = "packs/us-reg-z/obligations/card_billing_errors.yaml";
    let stage = edited(
        "diff-parts",
        &[
            (
                clocks,
                "within: 30 calendar days, after: complaint.received_at",
                "within: 20 calendar days, after: complaint.received_at",
            ),
            ("letters/acknowledgement.en.txt", "We have your complaint and we take it seriously.", "We have your complaint."),
            ("bundle.yaml", "calendar: US", "calendar: BR"),
        ],
    );
    insta::assert_snapshot!(stage.run("diff built-in changed"), @"
    status 0
    --- stdout
    before  default 2026.11.1 (DIGEST), built in
    after   default 2026.11.1 (DIGEST), from changed

    Changed (5)
      clock      US-REGZ-ACK changed
                   due: within 30 calendar days after complaint.received_at, on that
                     day all the same -> within 20 calendar days after
                     complaint.received_at, on that day all the same
      clock      AR-24240-30 changed
                   calendar: US -> BR
      clock      AR-24240-31-HOLD changed
                   calendar: US -> BR
      bundle     calendar changed: US -> BR
      letter     acknowledgement (en) changed (no effect on what is decided)
                   text: We have your complaint and we take it seriously. A bill
                     that does not look right costs time and worry, and we are sorry
                     that -> We have your complaint. A bill that does not look right
                     costs time and worry, and we are sorry that

    What comes of it
      obligations is not proven to decide as before: not the same is `AR-24240-30`,
          `AR-24240-31-HOLD`, `US-REGZ-ACK`, the calendar of the bundle; which cases
          that turns is not gone through
      Decide as before by what they are given, which may change: cause (through
      obligations), conduct (through obligations), ending_notice (through
      obligations), expectation (through obligations), external_route (through
      obligations), gesture (through obligations), good_faith (through obligations),
      goodwill_form (through obligations), late_tax (through obligations), outcome
      (through obligations), holds (through obligations), meeting (through
      obligations), 26 more.

    Not proven that no decision changes: obligations.
    ");
}

#[test]
fn days_of_a_calendar_are_told() {
    let calendar =
        |days: &str| format!("calendar: house\nversion: 1\nsource: ours\nyears: {{from: 2026, until: 2026}}\ndays:\n{days}");
    let bundle = "bundle: days\nversion: 1\ncurrency: USD\ncalendar: house\n";
    let fee = "decision: fee\noutputs: {amount: {type: money, value: 1.00}}\n";
    let stage = Stage::empty("diff-calendar")
        .file("old/bundle.yaml", bundle)
        .file("new/bundle.yaml", bundle)
        .file("old/decisions/fee.yaml", fee)
        .file("new/decisions/fee.yaml", fee)
        .file("old/calendars/house.yaml", &calendar("  2026-01-01: New year\n  2026-05-04: Our day\n"))
        .file("new/calendars/house.yaml", &calendar("  2026-01-01: New year\n  2026-05-05: Our day\n"));
    insta::assert_snapshot!(stage.run("diff old new"), @"
    status 0
    --- stdout
    before  days 1 (DIGEST), from old
    after   days 1 (DIGEST), from new

    Changed (1)
      calendar   house changed
                   no longer off: 2026-05-04
                   now off: 2026-05-05

    What comes of it
      obligations is not proven to decide as before: not the same is the calendar of
          the bundle; which cases that turns is not gone through
      Decide as before by what they are given, which may change: fee (through
      obligations), guardrails (through obligations).

    Not proven that no decision changes: obligations.
    ");
}

#[test]
fn stored_bundles_are_compared_and_what_is_no_repository_is_said() {
    let stage = Stage::lean("diff-store");
    let packed = stage.command("bundle pack policies --store kept").output().unwrap();
    let packed = String::from_utf8(packed.stdout).unwrap();
    let digest =
        packed.split_whitespace().find(|word| word.starts_with("blake3:")).unwrap_or_else(|| panic!("{packed}")).to_owned();
    let mut outside = stage.command("diff main policies");
    outside.env("GIT_CEILING_DIRECTORIES", stage.directory.parent().unwrap());
    let all = [
        stage.run(&format!("diff {digest} policies --store kept")),
        stage.run("diff blake3:00 policies --store kept"),
        stage.run(&format!("diff {digest} policies --store nowhere")),
        shown(outside, ""),
    ];
    insta::assert_snapshot!(all.join("\n").replace(&digest, "DIGEST"), @"
    status 0
    --- stdout
    before  small 1.0 (DIGEST), from the store kept
    after   small 1.0 (DIGEST), from policies

    Nothing that the policy says was changed.

    No decision changes: proved for every case.

    status 3
    --- stderr
    error: there is no git revision `blake3`
      = help: `git log --oneline` lists revisions; a directory is named as `./DIR`

    status 3
    --- stderr
    error: `nowhere` is no store: it does not exist
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty

    status 3
    --- stderr
    error: `.` lies in no git repository
      = help: run it inside a repository, or name two directories
    ");
}
