//! Findings while somebody types.

use super::editor::{Editor, usual};
use super::{lay, room, told};
use serde_json::{Value as Json, json};

const GOODWILL: &str = "policies/decisions/goodwill.yaml";

#[test]
fn findings_follow_what_is_typed() {
    let root = room("typing");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open(GOODWILL);
    story.push(("opened", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "uphold, finding.severity: minor", "upheld, finding.severity: minor");
    story.push(("a word that does not exist", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "upheld", "uphold");
    story.push(("mended", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severity: at least serious");
    story.push(("a rule that never decides", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "at least serious", "at least minor");
    story.push(("mended otherwise", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "rules:\n", "rules: [\n");
    story.push(("broken", editor.findings(GOODWILL)));
    editor.type_over(GOODWILL, "rules: [\n", "rules:\n");
    story.push(("whole again", editor.findings(GOODWILL)));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_finding_of_one_file_is_shown_while_another_is_typed_in() {
    let root = room("elsewhere");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    editor.open("policies/bundle.yaml");
    editor.findings("policies/bundle.yaml");
    let mut story = Vec::new();
    editor.type_over("policies/bundle.yaml", "amount: 30.00", "amont: 30.00");
    story.push(("a parameter is renamed by hand", editor.findings("policies/bundle.yaml")));
    story.push(("where it is read", editor.findings_with(GOODWILL, "gesture.amount")));
    editor.type_over("policies/bundle.yaml", "amont: 30.00", "amount: 30.00");
    story.push(("back", editor.no_findings(GOODWILL)));
    // Nothing of this was saved, so that what is on the disk never changed.
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

/// What editors count differently stands before what is wrong.
const ODD: &str = "decision: greeting\r\n# 😀 café\r\nhit: first\r\noutputs: {value: {type: text}}\r\nrules:\r\n  - id: ours\r\n    because: \"😀é\"\r\n    when: {complaint.language: \"😀é\", finding.liabilty: our_error}\r\n    then: {value: \"😀\"}\r\notherwise: {value: x, because: y}\r\n";

#[test]
fn places_are_counted_as_agreed() {
    let mut shown = Vec::new();
    for encoding in ["utf-8", "utf-16", "utf-32", ""] {
        let root = Editor::room("counting");
        lay(&root, "", &[("bundle.yaml", "bundle: odd\nversion: 1\ncurrency: USD\n"), ("decisions/greeting.yaml", ODD)]);
        let mut capabilities = usual();
        capabilities["general"] = if encoding.is_empty() { Json::Null } else { json!({"positionEncodings": [encoding]}) };
        let mut editor = Editor::silent(&root);
        let folders = json!([{"uri": editor.uri(""), "name": "odd"}]);
        let greeting = editor.ask("initialize", json!({"capabilities": capabilities, "workspaceFolders": folders}));
        editor.tell("initialized", json!({}));
        let found = editor.findings_with("decisions/greeting.yaml", "liabilty");
        let lines: Vec<&str> = found.lines().collect();
        let at = lines.iter().position(|line| line.contains("liabilty")).unwrap();
        let place = lines[at - 1].trim();
        shown.push(format!("{encoding:?}: {} {place}", greeting["capabilities"]["positionEncoding"]));
        assert_eq!(editor.end(), 0);
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn what_is_typed_behind_odd_letters_lands_where_it_belongs() {
    let root = Editor::room("odd");
    lay(&root, "", &[("bundle.yaml", "bundle: odd\nversion: 1\ncurrency: USD\n"), ("decisions/greeting.yaml", ODD)]);
    let mut editor = Editor::start(&root, &[""], &Json::Null);
    editor.open("decisions/greeting.yaml");
    editor.findings_with("decisions/greeting.yaml", "liabilty");
    editor.type_over("decisions/greeting.yaml", "finding.liabilty", "finding.liability");
    let mended = editor.findings("decisions/greeting.yaml");
    assert!(!mended.contains("liab"), "{mended}");
    // Several changes in one notification, each in the text that the one before it left.
    let uri = editor.uri("decisions/greeting.yaml");
    let line = |text: &str, from: u32, to: u32| json!({"range": {"start": {"line": 1, "character": from}, "end": {"line": 1, "character": to}}, "text": text});
    let changes = json!([line("x", 2, 4), line("😀😀", 2, 3), line("", 0, 12)]);
    editor.tell("textDocument/didChange", json!({"textDocument": {"uri": uri, "version": 99}, "contentChanges": changes}));
    let folds = editor.ask_of("foldingRange", "decisions/greeting.yaml", json!({}));
    insta::assert_snapshot!(format!("{mended}\n{folds}"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn tests_are_run_when_a_file_is_saved() {
    let root = room("saving");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    editor.open("policies/bundle.yaml");
    editor.findings("policies/bundle.yaml");
    editor.type_over("policies/bundle.yaml", "30.00 case", "20.00 case");
    editor.save("policies/bundle.yaml");
    story.push(("a parameter is lowered", editor.findings_with("policies/tests/all.yaml", "R0802")));
    editor.type_over("policies/bundle.yaml", "20.00 case", "30.00 case");
    editor.save("policies/bundle.yaml");
    story.push(("and raised again", editor.no_findings("policies/tests/all.yaml")));
    // In a file that is typed in, nobody knows where its tests stand by now.
    editor.type_over("policies/bundle.yaml", "30.00 case", "20.00 case");
    editor.save("policies/bundle.yaml");
    editor.findings_with("policies/tests/all.yaml", "R0802");
    editor.open("policies/tests/all.yaml");
    editor.findings_with("policies/tests/all.yaml", "R0802");
    editor.replace("policies/tests/all.yaml", 0, 0, "# more\n");
    story.push(("typed in", editor.no_findings("policies/tests/all.yaml")));
    editor.save("policies/tests/all.yaml");
    story.push(("saved", editor.findings_with("policies/tests/all.yaml", "R0802")));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_client_that_can_do_little_is_told_in_words() {
    let root = room("little");
    let mut editor = Editor::start_with(&root, &["policies"], &json!({"notes": true}), &json!({}));
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.severity: at least serious");
    let found = editor.findings_with(GOODWILL, "never decides");
    insta::assert_snapshot!(editor.settled(&found));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_code_leads_to_its_page() {
    let root = room("page");
    let mut capabilities = usual();
    capabilities["textDocument"]["publishDiagnostics"]["codeDescriptionSupport"] = json!(true);
    let mut editor = Editor::start_with(&root, &["policies"], &Json::Null, &capabilities);
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "hit: first", "hit: frst");
    let uri = editor.uri(GOODWILL);
    let told = editor.until(|message| {
        message["params"]["uri"] == json!(uri) && message["params"]["diagnostics"].to_string().contains("frst`")
    });
    let page = told["params"]["diagnostics"][0]["codeDescription"]["href"].as_str().unwrap().to_owned();
    let path = page.strip_prefix("file://").unwrap().to_owned();
    let text = std::fs::read_to_string(&path).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = std::path::Path::new(&path).parent().unwrap();
        assert_eq!(std::fs::metadata(directory).unwrap().permissions().mode() & 0o777, 0o700, "nobody else reads them");
    }
    insta::assert_snapshot!(format!("{}\n{}", editor.settled(&page).trim_end(), text.lines().next().unwrap()));
    assert_eq!(editor.end(), 0);
    assert!(!std::path::Path::new(&path).exists(), "the pages go with the session");
}
