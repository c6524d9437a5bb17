//! What `redress backtest` says of a history, and what it leaves behind.

use super::{Stage, line};
use std::fs;

/// A history of eight rows, one of which is no case.
fn history() -> String {
    let wrong = r#"{"complaint":{"case_id":7}}"#.to_owned();
    let of = |id: &str, liability: &str| line(id, liability);
    let vulnerable =
        of("B-5", "our_error").replace(r#""customer_id":"C-1""#, r#""customer_id":"C-5","segment":"consumer","vulnerable":true"#);
    let later = of("B-7", "our_error").replace("2026-03-02", "2026-04-09").replace("64.20 GBP", "9.99 GBP");
    let rows =
        [of("B-1", "our_error"), of("B-2", "no_error"), wrong, of("B-4", "our_error"), vulnerable, of("B-6", "shared"), later];
    rows.join("\n")
}

pub(super) fn stage(name: &str) -> Stage {
    let goodwill = "then: {amount: 30.00, kind: gesture, instrument: bill_credit}";
    Stage::changed(
        name,
        &[
            ("decisions/goodwill.yaml", goodwill, "then: {amount: 20.00, kind: gesture, instrument: bill_credit}"),
            ("decisions/outcome.yaml", "[no_error, customer_error]", "[no_error, customer_error, shared]"),
        ],
    )
    .file("history.jsonl", &history())
}

#[test]
fn a_policy_over_a_history() {
    let text = stage("backtest-one").run("backtest --cases history.jsonl --policies old");
    insta::assert_snapshot!(text, @"
    status 0
    --- stdout
      policy    small 1.0 (DIGEST), from old
      cases     6 cases
      as of     the last thing that each case tells: its receipt, a message, a step
      rejected  1 row: R0102 1 (first: history.jsonl:3)

    Outcomes
      outcome   cases   share
      none yet      1  16.7 %
      reject        1  16.7 %
      uphold        4  66.7 %

    How cases end
      status    cases   share
      decided       5  83.3 %
      referred      1  16.7 %

    Money, GBP
      paid for    amount
      correction  202.59
      owed        202.59
      goodwill    100.00
      everything  302.59

    Goodwill of the policy
                                 cases   total   mean  median    p90
      all                            4  100.00  25.00   25.00  25.00
      segment       (not given)      3   75.00  25.00   25.00  25.00
                    consumer         1   25.00  25.00   25.00  25.00
      tier          (not given)      4  100.00  25.00   25.00  25.00
      reason        DUPLICATE        4  100.00  25.00   25.00  25.00
      jurisdiction  GB               4  100.00  25.00   25.00  25.00
      Cut by a guardrail: at-most-25 4.

    Escalations
      escalated  0 cases, 0 a day over 39 days

    To look at
                                cases
      endings proposed              0
      endings blocked               0
      signed by two                 0
      with a missed clock           0
      with a fault                  1
      without a rule somewhere      1

    Faults
      part              cases   share
      outcome: no_rule      1  16.7 %

    Rules that never hit
      policy  all 6 rules hit at least once
    --- stderr
    rows were rejected; with --out they are written to a file, each with what is wrong with it
    ");
}

#[test]
fn a_candidate_beside_it() {
    let stage = stage("backtest-two");
    let text = stage.run("backtest --cases history.jsonl --policies old --candidate new --capacity 1");
    insta::assert_snapshot!(text, @"
    status 0
    --- stdout
      policy     small 1.0 (DIGEST), from old
      candidate  small 1.0 (DIGEST), from new
      cases      6 cases
      as of      the last thing that each case tells: its receipt, a message, a step
      rejected   1 row: R0102 1 (first: history.jsonl:3)

    5 of 6 cases come out differently (83.3 %). They cost 20.00 GBP less (-6.6 %).

    Outcomes
      outcome   policy  candidate  change
      none yet       1          0      -1
      reject         1          2      +1
      uphold         4          4       0

    How cases end
      status    policy  candidate  change
      decided        5          6      +1
      referred       1          0      -1

    Money, GBP
      paid for    policy  candidate  change
      correction  202.59     202.59    0.00
      owed        202.59     202.59    0.00
      goodwill    100.00      80.00  -20.00
      everything  302.59     282.59  -20.00

    Goodwill of the policy
                                 cases   total   mean  median    p90
      all                            4  100.00  25.00   25.00  25.00
      segment       (not given)      3   75.00  25.00   25.00  25.00
                    consumer         1   25.00  25.00   25.00  25.00
      tier          (not given)      4  100.00  25.00   25.00  25.00
      reason        DUPLICATE        4  100.00  25.00   25.00  25.00
      jurisdiction  GB               4  100.00  25.00   25.00  25.00
      Cut by a guardrail: at-most-25 4.

    Escalations
      policy     0 cases, 0 a day over 39 days; 0 days with more than the 1 that can
                 be taken, 0 beyond it in all
      candidate  0 cases, 0 a day over 39 days; 0 days with more than the 1 that can
                 be taken, 0 beyond it in all

    To look at
                                policy  candidate  change
      endings proposed               0          0       0
      endings blocked                0          0       0
      signed by two                  0          0       0
      with a missed clock            0          0       0
      with a fault                   1          0      -1
      without a rule somewhere       1          0      -1

    Faults
      part              policy  candidate  change
      outcome: no_rule       1          0      -1

    Rules that never hit
      policy     all 6 rules hit at least once
      candidate  all 6 rules hit at least once

    Outcomes that change
      before    after   cases
      referred  reject      1

    The difference in money, by the rule that brings it about
      paid for  decision  before                  after  cases      change
      goodwill  goodwill  sorry, then at-most-25  sorry      4  -20.00 GBP

    The cases whose cost changes most
      case  before  after   cost before  cost after     change
      B-1   uphold  uphold        89.20       84.20  -5.00 GBP
      B-4   uphold  uphold        89.20       84.20  -5.00 GBP
      B-5   uphold  uphold        89.20       84.20  -5.00 GBP
      B-7   uphold  uphold        34.99       29.99  -5.00 GBP

      B-1       history.jsonl:1
        before  goodwill/sorry: amount 25.00 GBP, kind gesture, instrument
                bill_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP
        after   goodwill/sorry: amount 20.00 GBP, kind gesture, instrument
                bill_credit

      B-4       history.jsonl:4
        before  goodwill/sorry: amount 25.00 GBP, kind gesture, instrument
                bill_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP
        after   goodwill/sorry: amount 20.00 GBP, kind gesture, instrument
                bill_credit

      B-5       history.jsonl:5
        before  goodwill/sorry: amount 25.00 GBP, kind gesture, instrument
                bill_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP
        after   goodwill/sorry: amount 20.00 GBP, kind gesture, instrument
                bill_credit

    Faults that end
      part              cases
      outcome: no_rule      1
      In 1 case: B-6.

    Whom it touches
      by          group        cases  changed   more     less  a case gets
      language    en               6   83.3 %  0.0 %   66.7 %    -3.33 GBP
      segment     (not given)      5   80.0 %  0.0 %   60.0 %    -3.00 GBP
                  consumer         1  100.0 %  0.0 %  100.0 %    -5.00 GBP
      vulnerable  (not given)      5   80.0 %  0.0 %   60.0 %    -3.00 GBP
                  vulnerable       1  100.0 %  0.0 %  100.0 %    -5.00 GBP
    --- stderr
    rows were rejected; with --out they are written to a file, each with what is wrong with it
    ");
}

#[test]
fn what_is_left_behind() {
    let stage = stage("backtest-out");
    let said = stage.run("backtest --cases history.jsonl --policies old --candidate new --out result --quiet --columns case_id,outcome,total,goodwill,rules,changed,delta");
    assert!(said.starts_with("status 0\n"), "{said}");
    let mut names: Vec<String> = fs::read_dir(stage.directory.join("result"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let read = |name: &str| fs::read_to_string(stage.directory.join("result").join(name)).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&read("summary.json")).unwrap();
    let keys: Vec<&String> = summary.as_object().unwrap().keys().collect();
    let shown = format!("{names:?}\n{keys:?}\n{}\n{}", read("cases.jsonl"), read("rejects.jsonl"));
    insta::assert_snapshot!(shown, @r#"
    ["cases.jsonl", "rejects.jsonl", "report.html", "summary.json"]
    ["bounds", "candidate", "comparison", "format", "history", "policy", "rejects"]
    {"case_id":"B-1","outcome":"uphold","candidate_outcome":"uphold","total":"89.20","candidate_total":"84.20","goodwill":"25.00","candidate_goodwill":"20.00","rules":["outcome/ours","correction/put-right","goodwill/sorry"],"candidate_rules":["outcome/ours","correction/put-right","goodwill/sorry"],"changed":true,"delta":"-5.00"}
    {"case_id":"B-2","outcome":"reject","candidate_outcome":"reject","total":"0.00","candidate_total":"0.00","goodwill":"0.00","candidate_goodwill":"0.00","rules":["outcome/not-ours","correction/otherwise","goodwill/otherwise"],"candidate_rules":["outcome/not-ours","correction/otherwise","goodwill/otherwise"],"changed":false,"delta":"0.00"}
    {"case_id":"B-4","outcome":"uphold","candidate_outcome":"uphold","total":"89.20","candidate_total":"84.20","goodwill":"25.00","candidate_goodwill":"20.00","rules":["outcome/ours","correction/put-right","goodwill/sorry"],"candidate_rules":["outcome/ours","correction/put-right","goodwill/sorry"],"changed":true,"delta":"-5.00"}
    {"case_id":"B-5","outcome":"uphold","candidate_outcome":"uphold","total":"89.20","candidate_total":"84.20","goodwill":"25.00","candidate_goodwill":"20.00","rules":["outcome/ours","correction/put-right","goodwill/sorry"],"candidate_rules":["outcome/ours","correction/put-right","goodwill/sorry"],"changed":true,"delta":"-5.00"}
    {"case_id":"B-6","outcome":null,"candidate_outcome":"reject","total":null,"candidate_total":"0.00","goodwill":null,"candidate_goodwill":"0.00","rules":[],"candidate_rules":["outcome/not-ours","correction/otherwise","goodwill/otherwise"],"changed":true,"delta":"0.00"}
    {"case_id":"B-7","outcome":"uphold","candidate_outcome":"uphold","total":"34.99","candidate_total":"29.99","goodwill":"25.00","candidate_goodwill":"20.00","rules":["outcome/ours","correction/put-right","goodwill/sorry"],"candidate_rules":["outcome/ours","correction/put-right","goodwill/sorry"],"changed":true,"delta":"-5.00"}

    {"errors":[{"code":"R0102","column":25,"end_column":26,"end_line":3,"file":"history.jsonl","help":"write it in quotes: `\"7\"`","labels":[],"line":3,"message":"`complaint.case_id` expects text, found `7`","path":"complaint.case_id","severity":"error"}],"file":"history.jsonl","line":3}
    "#);
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --out result"), @"
    status 3
    --- stderr
    error: `result` is not empty, and nothing is ever overwritten
      = help: name a directory that does not exist yet
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --out result --resume"), @"
    status 3
    --- stderr
    error: `result` holds no run that could be gone on with
      = help: leave `--resume` away to begin a run
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --out other --columns case_id,outcme"), @"
    status 2
    --- stderr
    error: invalid value 'case_id,outcme' for '--columns <NAMES>': there is no column `outcme`: did you mean `outcome`?

    For more information, try '--help'.
    ");
}

#[test]
fn what_cannot_be_read_is_named() {
    let stage = Stage::empty("backtest-nothing").file("empty/notes.txt", "nothing");
    insta::assert_snapshot!(stage.run("backtest"), @"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --cases <HISTORY>...

    Usage: redress backtest --cases <HISTORY>...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("backtest --cases empty"), @"
    status 3
    --- stderr
    error: there is no case file below `empty`
      = help: case files end in .jsonl, .ndjson, .csv, .tsv, .json, .yaml, .yml or .parquet, all but the last perhaps packed as .gz or .zst
    ");
    insta::assert_snapshot!(stage.run("backtest --cases nowhere.jsonl"), @"
    status 3
    --- stderr
    error: `nowhere.jsonl` cannot be read: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(stage.run("backtest --cases empty --sample 120%"), @"
    status 2
    --- stderr
    error: invalid value '120%' for '--sample <PERCENT>': a sample is a part of all cases between 0 and 100 %: `5%`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("backtest --cases empty --resume"), @"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --out <DIR>

    Usage: redress backtest --cases <HISTORY>... --out <DIR> --resume

    For more information, try '--help'.
    ");
}
