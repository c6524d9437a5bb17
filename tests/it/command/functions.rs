//! What `redress functions` tells: a list, a reference, definitions for editors.

use super::Stage;

#[test]
fn functions_are_listed_with_examples() {
    let stage = Stage::empty("functions");
    let text = stage.run("functions");
    assert!(text.contains("instalments(") && text.contains("In scripts only"), "{text}");
    let json = stage.command("functions --format json").output().unwrap();
    let list: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert!(list.iter().all(|each| each["name"].is_string() && each["about"] != "" && each["example"] != ""), "{list:?}");
}

#[test]
fn functions_are_a_reference_by_subject() {
    let text = Stage::empty("functions-markdown").run("functions --format markdown");
    let shown: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    ## Numbers
    ## Money
    ## Lists and missing facts
    ## Days
    ## In scripts only
    ");
    let entry = text.split("\n### ").find(|entry| entry.starts_with("`money(")).unwrap();
    insta::assert_snapshot!(entry.split("\n## ").next().unwrap(), @r#"
    `money(amount: number, [currency: text]) -> money`

    An amount of money: in the currency that a bare amount means, or in the one that is named.

    `money(64.20, "EUR")` gives `64.20 EUR`
    "#);
}

/// Rhai has a parser for scripts alone; what a definitions file adds to them is what is checked by hand here.
#[test]
fn functions_are_definitions_that_editors_read() {
    let output = Stage::empty("functions-rhai").command("functions --format rhai").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let body = text.strip_prefix("module static;\n\n").unwrap();
    let mut plain = String::new();
    for line in body.lines().filter(|line| !line.is_empty()) {
        let Some(signature) = line.strip_prefix("fn ") else {
            assert!(line.starts_with("///"), "{line}");
            plain.push_str(&format!("{line}\n"));
            continue;
        };
        let (head, result) = signature.strip_suffix(';').unwrap().split_once(") -> ").unwrap();
        let (name, parameters) = head.split_once('(').unwrap();
        let is_type = |word: &str| word == "?" || rhai::is_valid_identifier(word);
        assert!(is_type(result), "{line}");
        let parameters: Vec<&str> = parameters
            .split(", ")
            .map(|parameter| {
                let (name, takes) = parameter.split_once(": ").unwrap();
                assert!(is_type(takes), "{line}");
                name
            })
            .collect();
        plain.push_str(&format!("fn {name}({}) {{ }}\n", parameters.join(", ")));
    }
    // Rhai itself reads the names, finds none twice, and keeps the comments with the functions.
    let ast = rhai::Engine::new_raw().compile(&plain).unwrap();
    let documented = ast.iter_functions().filter(|function| !function.comments.is_empty()).count();
    assert_eq!(documented, plain.lines().filter(|line| line.starts_with("fn ")).count());
    let shown: Vec<&str> =
        text.split("\n\n").filter(|entry| entry.contains("fn round_half_up(") || entry.contains("fn replace(")).collect();
    insta::assert_snapshot!(shown.join("\n\n"), @r#"
    /// To the nearest, halves away from zero.
    ///
    /// `round_half_up(2.345, 2)` gives `2.35`
    fn round_half_up(x: ?) -> ?;

    /// To the nearest, halves away from zero.
    ///
    /// `round_half_up(2.345, 2)` gives `2.35`
    fn round_half_up(x: ?, digits: int) -> ?;

    /// The text with every `old` replaced.
    ///
    /// `"a-b".replace("-", "+")` gives `a+b`
    fn replace(text: String, old: String, new_: String) -> ?;
    "#);
}
