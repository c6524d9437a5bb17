//! The session: how it begins and ends, and what happens to requests that cannot be answered.

use super::editor::{Editor, usual};
use super::{CASE, lay, room, told};
use serde_json::{Value as Json, json};
use std::fs;

/// A request's answer in a line.
fn line(answer: &Json) -> String {
    answer.to_string()
}

#[test]
fn a_session_from_beginning_to_end() {
    let root = room("beginning");
    let mut editor = Editor::silent(&root);
    let early = editor.ask("textDocument/hover", json!({}));
    let greeting = editor.ask("initialize", json!({"capabilities": usual(), "workspaceFolders": null}));
    let again = editor.ask("initialize", json!({"capabilities": {}}));
    editor.tell("initialized", json!({}));
    let registered = editor.hear("client/registerCapability");
    let capabilities = serde_json::to_string_pretty(&greeting["capabilities"]).unwrap();
    let down = editor.ask("shutdown", Json::Null);
    let late = editor.ask("workspace/symbol", json!({"query": ""}));
    editor.tell("exit", Json::Null);
    let status = editor.status().to_string();
    insta::assert_snapshot!(told(&[
        ("too early", line(&early)),
        ("capabilities", capabilities),
        ("twice", line(&again)),
        ("registered", line(&registered)),
        ("shutdown", line(&down)),
        ("too late", line(&late)),
        ("the end", status),
    ]));
}

#[test]
fn a_session_that_ends_otherwise() {
    let root = room("ending");
    let mut editor = Editor::start(&root, &[""], &Json::Null);
    editor.tell("exit", Json::Null);
    assert_eq!(editor.status().code(), Some(1), "exit without shutdown");
    assert_eq!(Editor::start(&root, &[""], &Json::Null).hang_up(), 1, "the client is gone");
    assert_eq!(Editor::silent(&root).hang_up(), 1, "the client never spoke");
    let mut editor = Editor::start(&root, &[""], &Json::Null);
    editor.ask("shutdown", Json::Null);
    assert_eq!(editor.hang_up(), 0, "the client is gone after shutdown");
    assert_eq!(Editor::start(&root, &[""], &Json::Null).end(), 0, "in order");
}

#[test]
fn what_cannot_be_answered_is_said() {
    let root = room("refusals");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut answers = Vec::new();
    let mut ask = |editor: &mut Editor, method: &str, params: Json| {
        let answer = editor.ask(method, params.clone());
        answers.push(format!("{method} {params}\n  {}", editor.settled(&answer.to_string()).trim_end()));
    };
    ask(&mut editor, "textDocument/nonsense", json!({}));
    ask(&mut editor, "textDocument/documentSymbol", json!({"textDocument": 7}));
    ask(&mut editor, "textDocument/documentSymbol", Json::Null);
    ask(&mut editor, "textDocument/foldingRange", json!({"textDocument": {"uri": "file:///nowhere/at/all.yaml"}}));
    ask(&mut editor, "textDocument/foldingRange", json!({"textDocument": {"uri": "untitled:Untitled-1"}}));
    ask(&mut editor, "workspace/executeCommand", json!({"command": "redress.nonsense"}));
    ask(&mut editor, "workspace/executeCommand", json!({"command": "redress.decide"}));
    ask(&mut editor, "workspace/executeCommand", json!({"command": "redress.decide", "arguments": ["file:///nowhere.yaml"]}));
    ask(&mut editor, "workspace/executeCommand", json!({"command": "redress.test", "arguments": ["file:///nowhere.yaml"]}));
    ask(&mut editor, "workspace/executeCommand", json!({"command": "redress.explain", "arguments": ["R9999"]}));
    // What is no message at all is answered too, and what comes behind it is read.
    editor.write("Content-Length: 7\r\n\r\n{\"id\": ");
    let broken = editor.until(|message| message["id"].is_null() && message.get("error").is_some());
    editor.write("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n[]");
    let list = editor.until(|message| message["id"].is_null() && message.get("error").is_some());
    editor.tell("textDocument/didOpen", json!({"textDocument": "x"}));
    let log = editor.hear("window/logMessage");
    // A change of a text that is not open, a cancellation of nothing, and a notification that nobody knows do no harm.
    let nowhere = json!({"uri": editor.uri("policies/none.yaml"), "version": 2});
    editor.tell("textDocument/didChange", json!({"textDocument": nowhere, "contentChanges": [{"text": "a: 1"}]}));
    editor.tell("$/cancelRequest", json!({"id": "never"}));
    editor.tell("$/setTrace", json!({"value": "off"}));
    answers.push(format!("a message cut short\n  {}", broken["error"]));
    answers.push(format!("a list\n  {}", list["error"]));
    answers.push(format!("a wrong notification\n  {log}"));
    insta::assert_snapshot!(answers.join("\n"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_request_is_called_off() {
    let root = room("called-off");
    lay(&root, "", &[("case.yaml", CASE)]);
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    // Commands are run one after the other, so the last of many has not begun when it is called off.
    let decide = json!({"command": "redress.decide", "arguments": [editor.uri("case.yaml")]});
    let all: Vec<i64> = (0..40).map(|_| editor.begin("workspace/executeCommand", decide.clone())).collect();
    let (last, others) = all.split_last().unwrap();
    editor.tell("$/cancelRequest", json!({"id": last}));
    let called_off = editor.answer(*last);
    assert_eq!(called_off["error"]["code"], json!(-32800), "{called_off}");
    for id in others {
        assert_eq!(editor.answer(*id)["line"], json!("D-1: uphold"));
    }
    // A request is answered once: nothing of the one that was called off comes later.
    editor.ask("workspace/symbol", json!({"query": "sorry"}));
    assert_eq!(editor.end(), 0);
}

#[test]
fn options_that_cannot_be_read_are_told_and_left_out() {
    let root = room("options");
    let mut shown = Vec::new();
    for options in [json!({"case": []}), json!({"cases": "history.jsonl"}), json!({"at": "yesterday"}), json!(7)] {
        let mut editor = Editor::start(&root, &["policies"], &options);
        let said = editor.hear("window/showMessage");
        shown.push(format!("{options}\n  {}", said["message"].as_str().unwrap()));
        // It serves all the same.
        let symbols = editor.ask("workspace/symbol", json!({"query": "sorry"}));
        assert_eq!(symbols.as_array().unwrap().len(), 1, "{symbols}");
        assert_eq!(editor.end(), 0);
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn two_folders_are_two_bundles() {
    let root = Editor::room("folders");
    let lean = [
        ("bundle.yaml", "bundle: lean\nversion: 1\ncurrency: USD\npacks: [extra]\n"),
        ("decisions/outcome.yaml", super::BUNDLE[1].1),
        ("packs/extra/bundle.yaml", "pack: extra\nversion: 1\nowner: legal\nabout: More\nwhen: {complaint.jurisdiction: GB}\n"),
    ];
    lay(&root, "one", &super::BUNDLE);
    lay(&root, "two", &lean);
    let mut editor = Editor::start(&root, &["one"], &Json::Null);
    let mut story = Vec::new();
    let wrong = |editor: &mut Editor, path: &str| editor.type_over(path, "hit: first", "hit: frst");

    editor.open("one/decisions/outcome.yaml");
    story.push(("one is open", editor.findings("one/decisions/outcome.yaml")));
    wrong(&mut editor, "one/decisions/outcome.yaml");
    story.push(("one is wrong", editor.findings_with("one/decisions/outcome.yaml", "frst")));

    let added = json!([{"uri": editor.uri("two"), "name": "two"}]);
    editor.tell("workspace/didChangeWorkspaceFolders", json!({"event": {"added": added, "removed": []}}));
    let names = |editor: &mut Editor| {
        let symbols = editor.ask("workspace/symbol", json!({"query": "outcome"}));
        let files = symbols.as_array().unwrap().iter().map(|symbol| editor.below(symbol["location"]["uri"].as_str().unwrap()));
        files.collect::<Vec<_>>().join("\n")
    };
    story.push(("both folders", names(&mut editor)));

    // A pack belongs to the bundle around it: what is wrong in it is found, and what it lacks is not asked of it.
    editor.open("two/packs/extra/bundle.yaml");
    story.push(("a pack", editor.findings("two/packs/extra/bundle.yaml")));
    editor.type_over("two/packs/extra/bundle.yaml", "jurisdiction", "jurisdicton");
    story.push(("a wrong pack", editor.findings_with("two/packs/extra/bundle.yaml", "jurisdicton")));
    editor.close("two/packs/extra/bundle.yaml");
    story.push(("closed, as it lies on the disk", editor.no_findings("two/packs/extra/bundle.yaml")));

    let removed = json!([{"uri": editor.uri("one"), "name": "one"}]);
    editor.tell("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [], "removed": removed}}));
    // The open text still belongs to its bundle.
    story.push(("one folder, and an open text", names(&mut editor)));
    editor.close("one/decisions/outcome.yaml");
    story.push(("the text is closed", editor.no_findings("one/decisions/outcome.yaml")));
    story.push(("one folder", names(&mut editor)));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn files_come_and_go_on_the_disk() {
    let root = room("disk");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    let changed = |editor: &mut Editor, path: &str, kind: u8| {
        let changes = json!([{"uri": editor.uri(path), "type": kind}]);
        editor.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    };
    let path = "policies/decisions/goodwill.yaml";
    let text = fs::read_to_string(editor.path(path)).unwrap();
    fs::write(editor.path(path), text.replace("finding.severity: minor", "finding.severity: mnor")).unwrap();
    changed(&mut editor, path, 2);
    story.push(("changed", editor.findings_with(path, "mnor")));
    fs::remove_file(editor.path(path)).unwrap();
    changed(&mut editor, path, 3);
    story.push(("deleted", editor.no_findings(path)));
    // What has no place of its own is shown at the manifest.
    fs::write(editor.path(path), [0xff, 0xfe]).unwrap();
    changed(&mut editor, path, 1);
    story.push(("no text", editor.findings_with("policies/bundle.yaml", "UTF-8")));
    fs::write(editor.path(path), text).unwrap();
    changed(&mut editor, path, 2);
    story.push(("mended", editor.no_findings("policies/bundle.yaml")));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}
