//! What is run from within a text: cases and policy tests.

use super::editor::{Editor, usual};
use super::showing::range;
use super::{CASE, lay, room, told};
use serde_json::{Value as Json, json};

/// Code lenses, a line each.
fn lenses(editor: &Editor, answer: &Json) -> String {
    let line = |lens: &Json| {
        let command = &lens["command"];
        let (title, name) = (command["title"].as_str().unwrap(), command["command"].as_str().unwrap());
        let arguments = command["arguments"].as_array().unwrap().iter().map(|argument| editor.below(argument.as_str().unwrap()));
        format!("{} {title}: {name} {}", range(&lens["range"]), arguments.collect::<Vec<_>>().join(", "))
    };
    answer.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Runs the command of a lens, as an editor does when it is clicked.
fn click(editor: &mut Editor, answer: &Json, number: usize) -> Json {
    let command = &answer[number]["command"];
    editor.ask("workspace/executeCommand", json!({"command": command["command"], "arguments": command["arguments"]}))
}

#[test]
fn the_case_of_a_document_is_decided() {
    let root = room("deciding");
    lay(&root, "", &[("examples/cases/one.yaml", CASE), ("examples/notes.yaml", "complaint: none\n")]);
    let mut editor = Editor::start(&root, &[""], &json!({"at": "2026-03-05"}));
    let mut story = Vec::new();
    let found = editor.ask_of("codeLens", "examples/cases/one.yaml", json!({}));
    story.push(("lenses of a case", lenses(&editor, &found)));
    let none = editor.ask_of("codeLens", "examples/notes.yaml", json!({}));
    story.push(("of no case", lenses(&editor, &none)));
    let answer = click(&mut editor, &found, 0);
    story.push(("the answer", answer["line"].to_string()));
    let page = editor.hear("window/showDocument")["uri"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(page.strip_prefix("file://").unwrap()).unwrap();
    story.push(("the page", format!("{}\n{text}", editor.settled(&page))));
    assert!(text.contains(answer["text"].as_str().unwrap().trim_end()));

    // What is typed counts, in the case and in the bundle.
    editor.open("examples/cases/one.yaml");
    editor.type_over("examples/cases/one.yaml", "our_error", "no_error");
    story.push(("another case", click(&mut editor, &found, 0)["line"].to_string()));
    editor.type_over("examples/cases/one.yaml", "no_error", "nobody");
    let wrong = click(&mut editor, &found, 0);
    story.push(("a wrong case", format!("{}\n{}", wrong["line"], editor.settled(wrong["text"].as_str().unwrap()))));
    editor.type_over("examples/cases/one.yaml", "nobody", "our_error");
    editor.open("policies/decisions/outcome.yaml");
    editor.type_over("policies/decisions/outcome.yaml", "{value: uphold}", "{value: partly_uphold}");
    story.push(("another policy", click(&mut editor, &found, 0)["line"].to_string()));
    editor.type_over("policies/decisions/outcome.yaml", "{value: partly_uphold}", "{value: partly}");
    story.push(("a broken policy", click(&mut editor, &found, 0)["line"].to_string()));
    // The digest changes with the bundle.
    let line = |line: &str| match line.find("policy shop 1 (") {
        Some(at) => format!("{}policy shop 1 (DIGEST){}\n", &line[..at], &line[line.find(')').unwrap() + 1..]),
        None => format!("{line}\n"),
    };
    let shown: String = told(&story).lines().map(line).collect();
    insta::assert_snapshot!(shown);
    assert_eq!(editor.end(), 0);
}

#[test]
fn where_there_is_no_bundle_the_one_that_is_built_in_decides() {
    let root = Editor::room("built-in");
    lay(&root, "", &[("cases/one.json", r#"{"complaint": {"case_id": "D-7"}, "customer": {"customer_id": "C-1"}}"#)]);
    let mut capabilities = usual();
    capabilities["window"] = json!({});
    let mut editor = Editor::start_with(&root, &[""], &Json::Null, &capabilities);
    let found = editor.ask_of("codeLens", "cases/one.json", json!({}));
    let answer = click(&mut editor, &found, 0);
    assert!(answer["text"].as_str().unwrap().contains("built in"), "{answer}");
    // A client that opens no documents is told the line.
    assert_eq!(editor.hear("window/showMessage")["message"], answer["line"]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn policy_tests_are_run_one_by_one_or_all() {
    let root = room("running");
    let path = "policies/tests/all.yaml";
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open(path);
    let found = editor.ask_of("codeLens", path, json!({}));
    story.push(("lenses", lenses(&editor, &found)));
    let all = click(&mut editor, &found, 0);
    story.push(("all", format!("{} {}", all["line"], all["passed"])));
    story.push(("is told", editor.hear("window/showMessage")["message"].to_string()));
    let one = click(&mut editor, &found, 2);
    story.push(("one", format!("{} {}", one["line"], one["passed"])));
    editor.hear("window/showMessage");
    editor.type_over(path, "15.00 USD", "16.00 USD");
    let failed = click(&mut editor, &found, 2);
    story.push((
        "one that fails",
        format!("{} {}\n{}", failed["line"], failed["passed"], editor.settled(failed["text"].as_str().unwrap())),
    ));
    editor.hear("window/showDocument");
    story.push(("which is shown where it stands", editor.findings_with(path, "R0802")));
    let uri = editor.uri(path);
    let gone = editor.ask("workspace/executeCommand", json!({"command": "redress.test", "arguments": [uri, "no such test"]}));
    story.push(("one that is not there", gone.to_string()));
    let page = editor.ask("workspace/executeCommand", json!({"command": "redress.explain", "arguments": ["R0802"]}));
    story.push(("what a code means", page["text"].as_str().unwrap().lines().next().unwrap().to_owned()));
    insta::assert_snapshot!(editor.settled(&told(&story)));
    assert_eq!(editor.end(), 0);
}
