//! Code actions and formatting: what a program can carry out by itself.

use super::editor::{Editor, usual};
use super::{checked, lay, room, told};
use serde_json::{Value as Json, json};
use std::fs;

const GOODWILL: &str = "policies/decisions/goodwill.yaml";

/// The actions at a place.
fn actions(editor: &mut Editor, path: &str, place: &str, only: &Json) -> Json {
    let at = editor.position(path, place);
    let mut context = json!({"diagnostics": []});
    if !only.is_null() {
        context["only"] = only.clone();
    }
    editor.ask_of("codeAction", path, json!({"range": {"start": at, "end": at}, "context": context}))
}

fn titles(actions: &Json) -> String {
    let line = |action: &Json| {
        let kind = action.get("kind").and_then(Json::as_str).unwrap_or("command");
        let preferred = if action["isPreferred"] == json!(true) { ", preferred" } else { "" };
        format!("{} ({kind}{preferred})", action["title"].as_str().unwrap())
    };
    actions.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_action_makes_the_finding_go() {
    let root = room("actions");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severty: mnor");
    story.push(("found", editor.findings(GOODWILL)));
    let first = actions(&mut editor, GOODWILL, "finding.sev|erty", &Json::Null);
    story.push(("at the fact", titles(&first)));
    editor.apply(&first[0]["edit"]);
    story.push(("mended", editor.findings(GOODWILL)));
    // Asked at once, before what was typed is checked: the answer is about the text as it is now.
    editor.type_over(
        GOODWILL,
        "kind: gesture, instrument: bill_credit}\n    because: It cost the customer a",
        "kind: gestur, instrument: bill_credit}\n    because: It cost the customer a",
    );
    let second = actions(&mut editor, GOODWILL, "mn|or", &json!(["quickfix"]));
    story.push(("at the value", titles(&second)));
    editor.apply(&second[0]["edit"]);
    let third = actions(&mut editor, GOODWILL, "kind: gest|ur,", &json!(["quickfix"]));
    story.push(("at the output", titles(&third)));
    editor.apply(&third[0]["edit"]);
    story.push(("all mended", editor.findings(GOODWILL)));
    editor.save(GOODWILL);
    story.push(("the bundle afterwards", checked(&root)));
    let none = actions(&mut editor, GOODWILL, "finding.sev|erity", &Json::Null);
    story.push(("nothing to mend", titles(&none)));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_rule_without_use_is_taken_out() {
    let root = room("take-out");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severity: at least serious");
    story.push(("found", editor.findings(GOODWILL)));
    let one = actions(&mut editor, GOODWILL, "- id: a-li|ttle", &json!(["quickfix"]));
    story.push(("actions", titles(&one)));
    // Whether the rule or the one above it is wrong, somebody has to say.
    let all = actions(&mut editor, GOODWILL, "dec|ision", &json!(["source.fixAll"]));
    story.push(("without anybody who looks at it", titles(&all)));
    editor.apply(&one[0]["edit"]);
    story.push(("mended", editor.findings(GOODWILL)));
    story.push(("the rules", editor.text(GOODWILL).split_once("rules:").unwrap().1.to_owned()));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_only_one_thing_can_mend_is_mended_all_at_once() {
    let root = room("fix-all");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "finding.severity: at least moderate", "finding.severity: >= moderate");
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severity: = minor");
    story.push(("found", editor.findings(GOODWILL)));
    let all = actions(&mut editor, GOODWILL, "dec|ision", &json!(["source.fixAll"]));
    story.push(("of the whole file", titles(&all)));
    editor.apply(&all[0]["edit"]);
    story.push(("mended", editor.findings(GOODWILL)));
    story.push(("the rules", editor.text(GOODWILL).split_once("rules:").unwrap().1.to_owned()));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_client_that_takes_no_versions_gets_plain_changes() {
    let root = room("plain");
    let mut capabilities = usual();
    capabilities["workspace"] = json!({});
    let mut editor = Editor::start_with(&root, &["policies"], &Json::Null, &capabilities);
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severity: mnor");
    let found = actions(&mut editor, GOODWILL, "mn|or", &json!(["quickfix"]));
    let edit = found[0]["edit"].clone();
    assert!(edit.get("documentChanges").is_none(), "{edit}");
    editor.apply(&edit);
    assert!(editor.text(GOODWILL).contains("finding.severity: minor"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_document_is_put_in_its_canonical_form() {
    let root = Editor::room("formatting");
    lay(&root, "policies", &super::BUNDLE);
    let untidy = "guardrails:\r\n    # the most\r\n    -   because: 'No gesture is larger.'\r\n        id:   not-more\r\n        at: params.gesture.most\r\n        cap: goodwill.amount\r\n";
    fs::write(root.join("policies/guardrails/goodwill.yaml"), untidy).unwrap();
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let path = "policies/guardrails/goodwill.yaml";
    editor.open(path);
    let options = json!({"options": {"tabSize": 2, "insertSpaces": true}});
    let edits = editor.ask_of("formatting", path, options.clone());
    editor.edit(path, edits.as_array().unwrap());
    let mut story = vec![("formatted", editor.text(path).to_owned())];
    let again = editor.ask_of("formatting", path, options.clone());
    story.push(("once more", again.to_string()));
    editor.save(path);
    story.push(("the bundle afterwards", checked(&root)));
    editor.type_over(path, "cap: goodwill", "cap: [goodwill");
    let broken = editor.ask_of("formatting", path, options);
    story.push(("broken", broken["error"]["message"].to_string()));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}
