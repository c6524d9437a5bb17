//! `redress fmt` as a black box.

use crate::command::Stage;
use std::fs;

const UGLY: &str = "decision:  fee   # what it costs
hit: first
outputs: {amount: {type: money}}
table: |
  |id|customer.tier|=> amount|because|
  |all|any|1.00|It costs that.|
";

#[test]
fn documents_are_written_anew_and_what_cannot_be_read_is_left_alone() {
    let stage = Stage::empty("fmt")
        .file("policies/bundle.yaml", "bundle: small\nversion: 1.0\ncurrency: USD\n")
        .file("policies/decisions/fee.yaml", UGLY)
        .file("policies/decisions/broken.yaml", "decision: broken\nrules: [\n")
        .file("policies/scripts/x.rhai", "fn  x( ) { }\n");
    insta::assert_snapshot!(stage.run("fmt --check"), @"
    status 1
    --- stdout
    --- policies/decisions/fee.yaml
    +++ policies/decisions/fee.yaml
    @@ -1,6 +1,6 @@
    -decision:  fee   # what it costs
    +decision: fee  # what it costs
     hit: first
     outputs: {amount: {type: money}}
     table: |
    -  |id|customer.tier|=> amount|because|
    -  |all|any|1.00|It costs that.|
    +  | id  | customer.tier | => amount | because        |
    +  | all | -             | 1.00      | It costs that. |
    --- stderr
    error[R0002]: the `[` is never closed
     --> policies/decisions/broken.yaml:2:8
      |
    2 | rules: [
      |        ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    1 error
    error: `policies/decisions/broken.yaml` is not formatted until this is mended
    1 would change, 1 as they were, 1 left alone, since something is wrong with them
    ");
    insta::assert_snapshot!(stage.run("fmt"), @"
    status 1
    --- stdout
    policies/decisions/fee.yaml
    --- stderr
    error[R0002]: the `[` is never closed
     --> policies/decisions/broken.yaml:2:8
      |
    2 | rules: [
      |        ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    1 error
    error: `policies/decisions/broken.yaml` is not formatted until this is mended
    1 formatted, 1 as they were, 1 left alone, since something is wrong with them
    ");
    insta::assert_snapshot!(fs::read_to_string(stage.directory.join("policies/decisions/fee.yaml")).unwrap(), @"
    decision: fee  # what it costs
    hit: first
    outputs: {amount: {type: money}}
    table: |
      | id  | customer.tier | => amount | because        |
      | all | -             | 1.00      | It costs that. |
    ");
    insta::assert_snapshot!(stage.run("fmt policies/decisions/fee.yaml policies/bundle.yaml --check"), @"
    status 0
    --- stderr
    0 would change, 2 as they were
    ");
    insta::assert_snapshot!(stage.run("fmt -q policies/decisions/fee.yaml"), @"status 0");
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let stage = Stage::empty("fmt-input");
    insta::assert_snapshot!(stage.run_with("fmt -", UGLY), @"
    status 0
    --- stdout
    decision: fee  # what it costs
    hit: first
    outputs: {amount: {type: money}}
    table: |
      | id  | customer.tier | => amount | because        |
      | all | -             | 1.00      | It costs that. |
    ");
    insta::assert_snapshot!(stage.run_with("fmt --stdin --check", UGLY), @"
    status 1
    --- stdout
    --- standard-input.yaml
    +++ standard-input.yaml
    @@ -1,6 +1,6 @@
    -decision:  fee   # what it costs
    +decision: fee  # what it costs
     hit: first
     outputs: {amount: {type: money}}
     table: |
    -  |id|customer.tier|=> amount|because|
    -  |all|any|1.00|It costs that.|
    +  | id  | customer.tier | => amount | because        |
    +  | all | -             | 1.00      | It costs that. |
    ");
    insta::assert_snapshot!(stage.run_with("fmt -", "a: [1"), @"
    status 1
    --- stderr
    error[R0002]: the `[` is never closed
     --> standard-input.yaml:1:4
      |
    1 | a: [1
      |    ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    1 error
    error: `standard-input.yaml` is not formatted until this is mended
    ");
}

#[test]
fn wrong_paths_are_told() {
    let stage = Stage::empty("fmt-wrong").file("empty/readme.txt", "").file("x.rhai", "");
    let told: String = ["fmt", "fmt nowhere.yaml", "fmt empty", "fmt x.rhai", "fmt - x.yaml", "fmt --stdin x.yaml"]
        .into_iter()
        .map(|arguments| format!("$ redress {arguments}\n{}", stage.run(arguments)))
        .collect();
    insta::assert_snapshot!(told, @"
    $ redress fmt
    status 2
    --- stderr
    error: there is no directory `policies` here
      = help: name files or directories: `redress fmt my-policies`
    $ redress fmt nowhere.yaml
    status 3
    --- stderr
    error: `nowhere.yaml` cannot be read: No such file or directory (os error 2)
    $ redress fmt empty
    status 3
    --- stderr
    error: there is no YAML document in `empty`
    $ redress fmt x.rhai
    status 2
    --- stderr
    error: `x.rhai` is no YAML document
      = help: letters, scripts, CSV tables and JSON stay as they are written
    $ redress fmt - x.yaml
    status 2
    --- stderr
    error: standard input is formatted alone
      = help: leave the other paths out
    $ redress fmt --stdin x.yaml
    status 2
    --- stderr
    error: the argument '--stdin' cannot be used with '[DIR|FILE]...'

    Usage: redress fmt --stdin [DIR|FILE]...

    For more information, try '--help'.
    ");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay_and_nothing_is_left_behind() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let stage = Stage::empty("fmt-links").file("real/fee.yaml", UGLY).file("sealed.yaml", UGLY);
    let real = stage.directory.join("real/fee.yaml");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::set_permissions(stage.directory.join("sealed.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    symlink("real/fee.yaml", stage.directory.join("link.yaml")).unwrap();
    insta::assert_snapshot!(stage.run("fmt link.yaml sealed.yaml"), @"
    status 3
    --- stdout
    link.yaml
    --- stderr
    error: `sealed.yaml` cannot be written: it is read-only
    1 formatted, 0 as they were, 1 left alone, since something is wrong with them
    ");
    assert!(fs::symlink_metadata(stage.directory.join("link.yaml")).unwrap().is_symlink());
    assert_eq!(mode(&real), 0o640);
    assert!(fs::read_to_string(&real).unwrap().starts_with("decision: fee  "));
    assert_eq!(fs::read_to_string(stage.directory.join("sealed.yaml")).unwrap(), UGLY);
    let mut left: Vec<_> = fs::read_dir(stage.directory.join("real")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["fee.yaml"]);
}
