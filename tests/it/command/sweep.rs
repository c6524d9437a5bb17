//! `redress sweep`, from the command line.

use super::{BUNDLE, Stage, line};

/// The small bundle, with its limit as a parameter, and a history of five cases.
fn stage(name: &str) -> Stage {
    let with_params = |path: &str, text: &str| match path {
        "bundle.yaml" => format!("{text}params:\n  gesture: {{most: 25.00 case, given: true}}\n"),
        _ => text.replace("at: 25.00", "at: params.gesture.most").replace("    from: 2020-01-01\n", ""),
    };
    let stage = BUNDLE
        .iter()
        .fold(Stage::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), &with_params(path, text)));
    let lines = ["our_error", "no_error", "our_error", "shared", "our_error"].iter().enumerate();
    let lines: Vec<String> = lines.map(|(at, liability)| line(&format!("H-{at}"), liability)).collect();
    stage.file("history.jsonl", &format!("{}\n", lines.join("\n")))
}

#[test]
fn each_value_is_told_beside_the_policy_as_it_is() {
    let stage = stage("sweep-text");
    insta::assert_snapshot!(stage.run("sweep --param gesture.most=10,25,60 --cases history.jsonl"), @"
    status 0
    --- stdout
    small 1.0, from policies; 5 cases of history.jsonl
    as of the last thing that each case tells: its receipt, a message, a step

      gesture.most  cost GBP  difference GBP  goodwill GBP
      as it is        267.60            0.00         75.00
      10              222.60          -45.00         30.00
      25              267.60            0.00         75.00
      60              282.60          +15.00         90.00

      gesture.most  goodwill cases  change  get more  get less  upheld  signed  by two  go up  faults
      as it is                   3       0         0         0       3       0       0      0       0
      10                         3       3         0         3       3       0       0      0       0
      25                         3       0         0         0       3       0       0      0       0
      60                         3       3         3         0       3       0       0      0       0
    ");
}

#[test]
fn a_spreadsheet_has_a_line_for_each_combination() {
    let stage = stage("sweep-csv");
    let text = stage.run("sweep --param gesture.most=10,60 --param gesture.given=true,false --cases history.jsonl --format csv");
    insta::assert_snapshot!(text, @"
    status 0
    --- stdout
    gesture.most,gesture.given,currency,cost,cost_delta,goodwill,cases,goodwill_cases,changed,better,worse,upheld,signed,second_person,hours,escalated,faults
    as it is,as it is,GBP,267.60,0.00,75.00,5,3,0,0,0,3,0,0,,0,0
    10,true,GBP,222.60,-45.00,30.00,5,3,3,0,3,3,0,0,,0,0
    10,false,GBP,222.60,-45.00,30.00,5,3,3,0,3,3,0,0,,0,0
    60,true,GBP,282.60,15.00,90.00,5,3,3,3,0,3,0,0,,0,0
    60,false,GBP,282.60,15.00,90.00,5,3,3,3,0,3,0,0,,0,0
    ");
}

#[test]
fn a_program_gets_every_figure() {
    let stage = stage("sweep-json");
    let output = stage.command("sweep --param gesture.most=10 --cases history.jsonl --format json").output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json["points"]).unwrap(), @r#"
    [
      {
        "better": 0,
        "cases": 5,
        "changed": 3,
        "cost": [
          {
            "amount": "222.60",
            "currency": "GBP"
          }
        ],
        "cost_delta": [
          {
            "amount": "-45.00",
            "currency": "GBP"
          }
        ],
        "escalated": 0,
        "faults": 0,
        "goodwill": [
          {
            "amount": "30.00",
            "currency": "GBP"
          }
        ],
        "goodwill_cases": 3,
        "hours": null,
        "second_person": 0,
        "setting": [
          {
            "param": "gesture.most",
            "value": "10"
          }
        ],
        "signed": 0,
        "upheld": 3,
        "worse": 3
      }
    ]
    "#);
}

#[test]
fn pictures_need_nothing_beside_them() {
    let stage = stage("sweep-pictures");
    insta::assert_snapshot!(stage.run("sweep --param gesture.most=10,60 --cases history.jsonl --format svg --out sweep.svg"), @"
    status 0
    --- stderr
    written to sweep.svg
    ");
    stage.run("sweep --param gesture.most=10,60 --cases history.jsonl --format html --out sweep.html");
    let read = |name: &str| std::fs::read_to_string(stage.directory.join(name)).unwrap();
    let (svg, page) = (read("sweep.svg"), read("sweep.html"));
    assert!(svg.starts_with("<svg role=\"img\" aria-label=\"Cost against "), "{}", &svg[..200]);
    // Every colour is one that the page, or the picture itself, gives a meaning.
    for text in [&svg, &page] {
        assert!(text.contains("var(--after)") && !text.contains("fill=\"#") && !text.contains("stroke=\"#"), "{text}");
    }
    assert_eq!(page.matches("<svg ").count(), 2, "{page}");
    assert!(!page.contains("<script") && !page.contains("src="), "{page}");
}

#[test]
fn what_cannot_be_swept_is_told() {
    let stage = stage("sweep-wrong");
    let shown = [
        "--param gesture.mots=1",
        "--param gesture=1",
        "--param gesture.most=much",
        "--param gesture.most=1,1",
        "--param gesture.most",
        "--param gesture.most=1 --param gesture.most=2",
        "--param gesture.most=1 --policies nowhere/",
    ]
    .map(|arguments| format!("{arguments}\n{}", stage.run(&format!("sweep {arguments} --cases history.jsonl"))));
    insta::assert_snapshot!(shown.join("\n"), @"
    --param gesture.mots=1
    status 2
    --- stderr
    error: there is no parameter `gesture.mots`
      = help: did you mean `gesture.most`?

    --param gesture=1
    status 2
    --- stderr
    error: there is no parameter `gesture`
      = help: it is a group: `gesture.most`, `gesture.given` are in it

    --param gesture.most=much
    status 2
    --- stderr
    error: `gesture.most` is an amount of money, and `much` is none
      = help: today it is `25.00 case`

    --param gesture.most=1,1
    status 2
    --- stderr
    error: invalid value 'gesture.most=1,1' for '--param <PARAM=VALUES>': `1` stands twice

    For more information, try '--help'.

    --param gesture.most
    status 2
    --- stderr
    error: invalid value 'gesture.most' for '--param <PARAM=VALUES>': there is no `=`; it is written `goodwill.per_case_cap=50,100,150`

    For more information, try '--help'.

    --param gesture.most=1 --param gesture.most=2
    status 2
    --- stderr
    error: `gesture.most` stands twice: give all of its values at once
      = help: name each parameter once, with all of its values, and not too many of them

    --param gesture.most=1 --policies nowhere/
    status 3
    --- stderr
    error: there is no directory `nowhere/`
      = help: name a directory, a git revision (`main:policies`) or `built-in`
    ");
    insta::assert_snapshot!(stage.run("sweep --param gesture.most=1 --cases nothing.jsonl"), @"
    status 3
    --- stderr
    error: `nothing.jsonl` cannot be read: No such file or directory (os error 2)
    ");
}

#[test]
fn a_row_that_is_no_case_counts_nowhere() {
    let stage = stage("sweep-rejects").file("broken.jsonl", &format!("{}\nnonsense\n", line("H-9", "our_error")));
    insta::assert_snapshot!(stage.run("sweep --param gesture.most=10 --cases broken.jsonl"), @"
    status 1
    --- stdout
    small 1.0, from policies; 1 case of broken.jsonl
    as of the last thing that each case tells: its receipt, a message, a step
    1 row could not be read, counted nowhere

      gesture.most  cost GBP  difference GBP  goodwill GBP
      as it is         89.20            0.00         25.00
      10               74.20          -15.00         10.00

      gesture.most  goodwill cases  change  get more  get less  upheld  signed  by two  go up  faults
      as it is                   1       0         0         0       1       0       0      0       0
      10                         1       1         0         1       1       0       0      0       0
    ");
}
