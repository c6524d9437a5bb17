//! What `redress backtest` holds beside the policies: bounds for a gate, pools of money, what really happened.

use super::backtest::stage;
use super::{Stage, line};

#[test]
#[expect(clippy::too_many_lines, reason = "the whole page is shown")]
fn a_gate_for_a_pull_request() {
    let stage = stage("backtest-gate");
    let text = stage.run(
        "backtest --cases history.jsonl --policies old --candidate new --format markdown --fail-if goodwill.delta<-15% --fail-if new.faults>0 --fail-if rejects>10%",
    );
    insta::assert_snapshot!(text, @r"
    status 1
    --- stdout
    ## What this change of the policy would have cost

    | | |
    |---|---|
    | policy | small 1.0 (DIGEST), from old |
    | candidate | small 1.0 (DIGEST), from new |
    | cases | 6 cases |
    | as of | the last thing that each case tells: its receipt, a message, a step |
    | rejected | 1 row: R0102 1 (first: history.jsonl:3) |

    **5 of 6 cases come out differently (83.3 %). They cost 20.00 GBP less (-6.6 %).**

    ### The run fails if

    | bound | found |  |
    |---|---|---|
    | goodwill.delta\<-15% | -20.0 % in GBP | fails |
    | new.faults\>0 | 0 | passes |
    | rejects\>10% | 14.3 % | fails |

    ### Outcomes

    | outcome | policy | candidate | change |
    |---|---:|---:|---:|
    | none yet | 1 | 0 | -1 |
    | reject | 1 | 2 | +1 |
    | uphold | 4 | 4 | 0 |

    ### How cases end

    | status | policy | candidate | change |
    |---|---:|---:|---:|
    | decided | 5 | 6 | +1 |
    | referred | 1 | 0 | -1 |

    ### Money, GBP

    | paid for | policy | candidate | change |
    |---|---:|---:|---:|
    | correction | 202.59 | 202.59 | 0.00 |
    | owed | 202.59 | 202.59 | 0.00 |
    | goodwill | 100.00 | 80.00 | -20.00 |
    | everything | 302.59 | 282.59 | -20.00 |

    ### Goodwill of the policy

    |  |  | cases | total | mean | median | p90 |
    |---|---|---:|---:|---:|---:|---:|
    | all |  | 4 | 100.00 | 25.00 | 25.00 | 25.00 |
    | segment | (not given) | 3 | 75.00 | 25.00 | 25.00 | 25.00 |
    |  | consumer | 1 | 25.00 | 25.00 | 25.00 | 25.00 |
    | tier | (not given) | 4 | 100.00 | 25.00 | 25.00 | 25.00 |
    | reason | DUPLICATE | 4 | 100.00 | 25.00 | 25.00 | 25.00 |
    | jurisdiction | GB | 4 | 100.00 | 25.00 | 25.00 | 25.00 |

    Cut by a guardrail: at-most-25 4.

    ### Escalations

    | | |
    |---|---|
    | policy | 0 cases, 0 a day over 39 days |
    | candidate | 0 cases, 0 a day over 39 days |

    ### To look at

    |  | policy | candidate | change |
    |---|---:|---:|---:|
    | endings proposed | 0 | 0 | 0 |
    | endings blocked | 0 | 0 | 0 |
    | signed by two | 0 | 0 | 0 |
    | with a missed clock | 0 | 0 | 0 |
    | with a fault | 1 | 0 | -1 |
    | without a rule somewhere | 1 | 0 | -1 |

    ### Faults

    | part | policy | candidate | change |
    |---|---:|---:|---:|
    | outcome: no\_rule | 1 | 0 | -1 |

    ### Rules that never hit

    | | |
    |---|---|
    | policy | all 6 rules hit at least once |
    | candidate | all 6 rules hit at least once |

    ### Outcomes that change

    | before | after | cases |
    |---|---|---:|
    | referred | reject | 1 |

    ### The difference in money, by the rule that brings it about

    | paid for | decision | before | after | cases | change |
    |---|---|---|---|---:|---:|
    | goodwill | goodwill | sorry, then at-most-25 | sorry | 4 | -20.00 GBP |

    ### The cases whose cost changes most

    | case | before | after | cost before | cost after | change |
    |---|---|---|---:|---:|---:|
    | B-1 | uphold | uphold | 89.20 | 84.20 | -5.00 GBP |
    | B-4 | uphold | uphold | 89.20 | 84.20 | -5.00 GBP |
    | B-5 | uphold | uphold | 89.20 | 84.20 | -5.00 GBP |
    | B-7 | uphold | uphold | 34.99 | 29.99 | -5.00 GBP |

    | | |
    |---|---|
    | B-1 | history.jsonl:1 |
    | before | goodwill/sorry: amount 25.00 GBP, kind gesture, instrument bill\_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP |
    | after | goodwill/sorry: amount 20.00 GBP, kind gesture, instrument bill\_credit |

    | | |
    |---|---|
    | B-4 | history.jsonl:4 |
    | before | goodwill/sorry: amount 25.00 GBP, kind gesture, instrument bill\_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP |
    | after | goodwill/sorry: amount 20.00 GBP, kind gesture, instrument bill\_credit |

    | | |
    |---|---|
    | B-5 | history.jsonl:5 |
    | before | goodwill/sorry: amount 25.00 GBP, kind gesture, instrument bill\_credit; goodwill/at-most-25: amount from 30.00 GBP to 25.00 GBP |
    | after | goodwill/sorry: amount 20.00 GBP, kind gesture, instrument bill\_credit |

    ### Faults that end

    | part | cases |
    |---|---:|
    | outcome: no\_rule | 1 |

    In 1 case: B-6.

    ### Whom it touches

    | by | group | cases | changed | more | less | a case gets |
    |---|---|---:|---:|---:|---:|---:|
    | language | en | 6 | 83.3 % | 0.0 % | 66.7 % | -3.33 GBP |
    | segment | (not given) | 5 | 80.0 % | 0.0 % | 60.0 % | -3.00 GBP |
    |  | consumer | 1 | 100.0 % | 0.0 % | 100.0 % | -5.00 GBP |
    | vulnerable | (not given) | 5 | 80.0 % | 0.0 % | 60.0 % | -3.00 GBP |
    |  | vulnerable | 1 | 100.0 % | 0.0 % | 100.0 % | -5.00 GBP |
    --- stderr
    rows were rejected; with --out they are written to a file, each with what is wrong with it
    ");
}

#[test]
fn a_bound_speaks_of_what_there_is() {
    let stage = stage("backtest-bounds");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --fail-if goodwill.delta>5%"), @"
    status 2
    --- stderr
    error: `goodwill.delta>5%` speaks of a change, and there is no candidate to compare with
      = help: name one: `--candidate policies`
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --fail-if pools.dry>0"), @"
    status 2
    --- stderr
    error: `pools.dry>0` speaks of pools, and none is declared
      = help: declare one: `--budget goodwill=10000/month`
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --fail-if escalations.days_over>0"), @"
    status 2
    --- stderr
    error: `escalations.days_over>0` speaks of a capacity, and none is stated
      = help: state how many escalations a day can be taken: `--capacity 40`
    ");
    // No bound is kept by a history that tells nothing of what is asked.
    let untold = stage.run("backtest --cases history.jsonl --policies old --fail-if disagreements>5%");
    let bounds: Vec<&str> =
        untold.lines().take(1).chain(untold.lines().skip_while(|line| !line.contains("fails if")).take(3)).collect();
    insta::assert_snapshot!(bounds.join("\n"), @"
    status 1
    The run fails if
      bound             found
      disagreements>5%  the history tells no outcome  fails
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --fail-if goodwil.delta>5%"), @"
    status 2
    --- stderr
    error: invalid value 'goodwil.delta>5%' for '--fail-if <BOUND>': there is no figure `goodwil.delta`: did you mean `goodwill.delta`?

    For more information, try '--help'.
    ");
}

#[test]
fn what_a_candidate_does_not_decide_costs_nothing_any_more() {
    let changes = [("decisions/outcome.yaml", "{finding.liability: our_error}", "{finding.liability: third_party}")];
    let stage = Stage::changed("backtest-undecided", &changes).file("history.jsonl", &line("B-1", "our_error"));
    let said = stage.run(
        "backtest --cases history.jsonl --policies old --candidate new --out result -q --columns case_id,total,changed,delta",
    );
    assert!(said.contains("-89.20"), "{said}");
    let cases = std::fs::read_to_string(stage.directory.join("result/cases.jsonl")).unwrap();
    insta::assert_snapshot!(cases, @r#"{"case_id":"B-1","total":"89.20","candidate_total":null,"changed":true,"delta":"-89.20"}"#);
}

#[test]
fn pools_run_dry() {
    let stage = stage("backtest-pools");
    let text = stage
        .command("backtest --cases history.jsonl --policies old --budget")
        .arg("goodwill=60/month, 10 from 50%")
        .output()
        .map(|output| String::from_utf8(output.stdout).unwrap())
        .unwrap();
    let pools = text.split_once("Pool ").map(|(_, pools)| pools.to_owned()).unwrap_or(text);
    insta::assert_snapshot!(pools, @"
    goodwill=60/month, 10 from 50%, GBP under the policy
      It runs dry in 1 of 2 periods, and 15.00 GBP is asked for beyond it. With the
      steps that were declared it would run dry in 1, and 0.00 GBP would be spared.
      period   asked     used      dry on  cases after  steps from  cases  spared      dry on
      2026-03  75.00  125.0 %  2026-03-02            0           -      0    0.00  2026-03-02
      2026-04  25.00   41.7 %           -            0           -      0    0.00           -
    ");
    let owed = stage.run("backtest --cases history.jsonl --policies old --budget owed=100/day --budget total=150/month");
    let owed = owed.split_once("Pool ").map(|(_, pools)| pools.to_owned()).unwrap_or(owed);
    insta::assert_snapshot!(owed.split_once("--- stderr").map_or(owed.as_str(), |(pools, _)| pools), @"
    owed=100/day, GBP under the policy
      It runs dry in 1 of 2 periods, and 92.60 GBP is asked for beyond it.
      period       asked     used      dry on  cases after
      2026-03-02  192.60  192.6 %  2026-03-02            0
      2026-04-09    9.99   10.0 %           -            0

    Pool total=150/month, GBP under the policy
      It runs dry in 1 of 2 periods, and 117.60 GBP is asked for beyond it.
      period    asked     used      dry on  cases after
      2026-03  267.60  178.4 %  2026-03-02            0
      2026-04   34.99   23.3 %           -            0
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --policies old --budget presents=5/month"), @"
    status 2
    --- stderr
    error: invalid value 'presents=5/month' for '--budget <POOL>': `presents` is no pool: there are goodwill, penalties, owed, correction, related_charges, statutory_redress, interest, total; a pool is written `goodwill=10000/month, 25 from 80%`

    For more information, try '--help'.
    ");
}

const MAPPING: &str = "mapping: export
facts:
  complaint.case_id: {column: id}
  complaint.received_at: {constant: \"2026-03-02T10:00:00Z\", because: not told}
  complaint.language: {constant: en, because: not told}
  complaint.jurisdiction: {constant: GB, because: not told}
  customer.customer_id: {column: id}
  dispute.reason_code: {constant: PRICE, because: not told}
  dispute.disputed_amount: {column: what}
  finding.liability: {column: who, values: {ours: our_error, theirs: no_error}}
currency: GBP
actual:
  outcome: {column: was, values: {granted: uphold, refused: reject}}
  paid: {column: paid}
  satisfied: {column: happy, values: {\"yes\": true, \"no\": false}}
";

#[test]
fn what_really_happened_is_held_against_it() {
    let stage = stage("backtest-actual")
        .file("export.csv", "id,who,what,was,paid,happy\n1,ours,10.00,granted,10.00,yes\n2,theirs,5.00,refused,0.00,no\n3,ours,8.00,refused,2.00,no\n4,theirs,7.00,granted,,yes\n5,nobody,1.00,refused,0.00,\n")
        .file("mapping.yaml", MAPPING);
    insta::assert_snapshot!(stage.run("backtest --cases export.csv --mapping mapping.yaml --policies old"), @"
    status 0
    --- stdout
      policy    small 1.0 (DIGEST), from old
      cases     4 cases
      as of     the last thing that each case tells: its receipt, a message, a step
      rejected  1 row: R0702 1 (first: export.csv:6)

    Outcomes
      outcome  cases   share
      reject       2  50.0 %
      uphold       2  50.0 %

    How cases end
      status   cases    share
      decided      4  100.0 %

    Money, GBP
      paid for    amount
      correction   18.00
      owed         18.00
      everything   18.00

    Escalations
      escalated  0 cases, 0 a day over 1 day

    To look at
                                cases
      endings proposed              0
      endings blocked               0
      signed by two                 0
      with a missed clock           0
      with a fault                  0
      without a rule somewhere      0

    Rules that never hit
      policy  1 of 6 rules never hit: goodwill (sorry)

    Beside what really happened
      The outcome of 4 cases is known; 2 are decided alike (50.0 %).
      really  decided  cases
      reject  reject       1
      reject  uphold       1
      uphold  reject       1
      uphold  uphold       1

      money      cases  same  more  less  really  decided  change
      paid, GBP      3     2     1     0   12.00    18.00   +6.00

      customers      cases  decided alike
      not satisfied      2              1
      satisfied          2              1

      case  really  decided  really paid   decided  change
      3     reject  uphold      2.00 GBP  8.00 GBP   +6.00
    --- stderr
    rows were rejected; with --out they are written to a file, each with what is wrong with it
    ");
    insta::assert_snapshot!(stage.run("backtest --cases export.csv --policies old"), @"
    status 2
    --- stderr
    error: `export.csv` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress backtest --cases history.csv --mapping mapping.yaml`
    ");
}

#[test]
fn a_quote_that_is_never_closed_leaves_a_part_of_a_history() {
    let rows = "id,who,what,was,paid,happy\n1,ours,10.00,granted,10.00,yes\n2,\"ours,5.00,refused,0.00,no\n3,ours,8.00,refused,2.00,no\n";
    let stage = stage("backtest-quote").file("export.csv", rows).file("mapping.yaml", MAPPING);
    let said = stage.run("backtest --cases export.csv --mapping mapping.yaml --policies old");
    let told: Vec<&str> = said.lines().take(8).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
    This is a part of the history only: `export.csv` cannot be read to its end: a
    quote in it is never closed.
      policy    small 1.0 (DIGEST), from old
      cases     1 case
      as of     the last thing that each case tells: its receipt, a message, a step
      rejected  1 row: R0703 1 (first: export.csv:3)
    ");
}

#[test]
fn no_bound_is_kept_by_a_history_without_a_case() {
    let stage = stage("backtest-no-case").file("empty.jsonl", "");
    let said =
        stage.run("backtest --cases empty.jsonl --policies old --candidate new --fail-if cost.delta>5% --fail-if new.faults>0");
    let told: Vec<&str> = said.lines().take(12).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
      policy     small 1.0 (DIGEST), from old
      candidate  small 1.0 (DIGEST), from new
      cases      0 cases
      as of      the last thing that each case tells: its receipt, a message, a step
      0 of 0 cases come out differently (-).

    The run fails if
      bound          found
      cost.delta>5%  no case was decided  fails
      new.faults>0   no case was decided  fails
    ");
}

#[test]
fn what_came_in_over_standard_input_is_not_offered_to_be_gone_on_with() {
    let stage = stage("backtest-input");
    let said = stage.run_with(
        "backtest --cases - --policies old --out result --max-rejects 0",
        &format!("{}\nnonsense\n", line("B-1", "our_error")),
    );
    let told: Vec<&str> = said.lines().take(4).chain(said.lines().skip_while(|line| *line != "--- stderr")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
    This is a part of the history only: more rows were rejected than are allowed
    (1).
    ");
}
