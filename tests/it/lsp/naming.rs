//! Names, across documents, expressions and scripts: what they mean, where they are defined and read, what may be written, and other
//! names for them.

use super::editor::{Editor, usual};
use super::showing::range;
use super::{checked, lay, room, told};
use serde_json::{Value as Json, json};
use std::fs;

const GOODWILL: &str = "policies/decisions/goodwill.yaml";
const SCRIPT: &str = "policies/scripts/second_gesture.rhai";
const MANIFEST: &str = "policies/bundle.yaml";

/// Locations, a line each.
fn places(editor: &Editor, answer: &Json) -> String {
    let list = if answer.is_array() { answer.as_array().unwrap().clone() } else { vec![answer.clone()] };
    let line = |at: &Json| match at.get("uri") {
        Some(uri) => format!("{} {}", editor.below(uri.as_str().unwrap()), range(&at["range"])),
        None => at.to_string(),
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn started(name: &str) -> Editor {
    let root = room(name);
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    for path in [GOODWILL, SCRIPT, MANIFEST] {
        editor.open(path);
    }
    editor
}

#[test]
fn a_name_leads_to_what_defines_it() {
    let mut editor = started("definition");
    let mut story = Vec::new();
    for (path, place) in [
        (GOODWILL, "{amount: params.gesture.am|ount, kind"),
        (GOODWILL, "amount: = ha|lf"),
        (GOODWILL, "when: {outcome.val|ue: uphold, finding.severity: minor"),
        (SCRIPT, "facts.params.gesture.amo|unt"),
        (SCRIPT, "= max(rai|sed("),
        (SCRIPT, "amount * settings.fac|tor"),
        (GOODWILL, "finding.sev|erity: minor"),
        (GOODWILL, "ru|les:"),
    ] {
        let answer = editor.ask_at("definition", path, place, Json::Null);
        story.push((place, places(&editor, &answer)));
    }
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn everything_that_names_a_name_is_found() {
    let mut editor = started("references");
    let mut story = Vec::new();
    for (path, place) in [
        (MANIFEST, "    amo|unt: 30.00 case"),
        (GOODWILL, "  ha|lf: ="),
        (GOODWILL, "  am|ount: {type: money"),
        (SCRIPT, "fn rai|sed("),
    ] {
        let answer = editor.ask_at("references", path, place, json!({"context": {"includeDeclaration": true}}));
        story.push((place, places(&editor, &answer)));
    }
    let without = editor.ask_at("references", GOODWILL, "  ha|lf: =", json!({"context": {"includeDeclaration": false}}));
    story.push(("without what defines it", places(&editor, &without)));
    let marked = editor.ask_at("documentHighlight", GOODWILL, "amount: = ha|lf", Json::Null);
    let line = |mark: &Json| format!("{} {}", range(&mark["range"]), mark["kind"]);
    story.push(("in this file", marked.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_stands_below_the_pointer_is_told() {
    let mut editor = started("hover");
    let mut story = Vec::new();
    for (path, place) in [
        (GOODWILL, "finding.sev|erity: minor"),
        (GOODWILL, "{amount: params.gesture.am|ount, kind"),
        (GOODWILL, "amount: = ha|lf"),
        (GOODWILL, "- id: so|rry"),
        (SCRIPT, "= ma|x(rai"),
        (SCRIPT, "facts.params.gesture.amo|unt"),
        (GOODWILL, "hi|t: first"),
        (GOODWILL, "# What we a|dd"),
    ] {
        let answer = editor.ask_at("hover", path, place, Json::Null);
        let text = answer["contents"]["value"].as_str().map_or_else(|| answer.to_string(), str::to_owned);
        let at = answer.get("range").map_or_else(String::new, range);
        story.push((place, format!("{at}\n{text}")));
    }
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

/// So often is asked for something that is worked out meanwhile.
const TURNS_MAX: usize = 20_000;

/// A line of a history.
fn line(id: u32, severity: &str) -> String {
    format!(
        r#"{{"complaint":{{"case_id":"D-{id}","received_at":"2026-03-02T10:00:00Z","language":"en","jurisdiction":"GB"}},"customer":{{"customer_id":"C-1"}},"dispute":{{"reason_code":"DUPLICATE","disputed_amount":"64.20 GBP"}},"finding":{{"liability":"our_error","severity":"{severity}"}}}}"#
    )
}

#[test]
fn a_rule_tells_its_hits_in_the_history() {
    let root = room("history");
    let lines = [line(1, "minor"), line(2, "severe"), line(3, "severe"), line(4, "trivial"), "nonsense".to_owned()];
    lay(&root, "policies", &[]);
    fs::write(root.join("history.jsonl"), lines.join("\n")).unwrap();
    let options = json!({"cases": ["../history.jsonl"], "at": "2026-03-05"});
    let mut editor = Editor::start(&root, &["policies"], &options);
    editor.open(GOODWILL);
    // The history is read beside everything else; who asks before that is told the rest.
    let told_of = |editor: &mut Editor, place: &str, wanted: &str| {
        for _ in 0..TURNS_MAX {
            let answer = editor.ask_at("hover", GOODWILL, place, Json::Null);
            let text = answer["contents"]["value"].as_str().unwrap().to_owned();
            if let Some(line) = text.lines().find(|line| line.contains("of the history") && line.contains(wanted)) {
                return line.to_owned();
            }
        }
        panic!("nothing was told of the history at {place}")
    };
    let mut story =
        vec![("sorry", told_of(&mut editor, "- id: so|rry", "")), ("a-little", told_of(&mut editor, "- id: a-lit|tle", ""))];
    editor.type_over(GOODWILL, "finding.severity: at least moderate", "finding.severity: at least minor");
    story.push(("changed", told_of(&mut editor, "- id: so|rry", "")));
    editor.save(GOODWILL);
    story.push(("saved", told_of(&mut editor, "- id: so|rry", "3 of 4")));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_history_that_cannot_be_read_is_told() {
    let root = room("no-history");
    fs::write(root.join("history.csv"), "id\nD-1\n").unwrap();
    let mut said = Vec::new();
    for cases in ["none.jsonl", "history.csv", "notes"] {
        let mut editor = Editor::start(&root, &["policies"], &json!({"cases": [format!("../{cases}")]}));
        let message = editor.hear("window/showMessage")["message"].as_str().unwrap().to_owned();
        said.push(editor.settled(&message).trim_end().to_owned());
        assert_eq!(editor.end(), 0);
    }
    insta::assert_snapshot!(said.join("\n"));
}

/// Proposals, a line each, as many as are asked for.
fn proposals(answer: &Json, most: usize) -> String {
    let list = answer.as_array().unwrap();
    let line = |item: &Json| {
        let detail = item.get("detail").and_then(Json::as_str).map_or_else(String::new, |detail| format!("  ({detail})"));
        let edit = &item["textEdit"];
        format!("{}{detail}  {} {:?}", item["label"].as_str().unwrap(), range(&edit["range"]), edit["newText"].as_str().unwrap())
    };
    let mut lines: Vec<String> = list.iter().take(most).map(line).collect();
    if list.len() > most {
        lines.push(format!("and {} more", list.len() - most));
    }
    lines.join("\n")
}

#[test]
fn names_and_values_are_proposed() {
    let mut editor = started("completion");
    let mut story = Vec::new();
    // The text breaks off where it is typed, and is broken in other places as well.
    editor.type_over(GOODWILL, "finding.severity: minor", "finding.sev");
    let answer = editor.ask_at("completion", GOODWILL, "uphold, finding.sev|}", Json::Null);
    story.push(("a fact", proposals(&answer, 4)));
    editor.type_over(GOODWILL, "uphold, finding.sev}", "uphold, finding.severity: at least m}");
    let answer = editor.ask_at("completion", GOODWILL, "finding.severity: at least m|}", Json::Null);
    story.push(("a value", proposals(&answer, 6)));
    editor.type_over(GOODWILL, "{amount: params.gesture.amount,", "{amount: params.gest,");
    let answer = editor.ask_at("completion", GOODWILL, "{amount: params.gest|,", Json::Null);
    story.push(("a parameter", proposals(&answer, 4)));
    editor.type_over(SCRIPT, "facts.params.gesture.amount", "facts.params.");
    let answer = editor.ask_at("completion", SCRIPT, "facts.params.|)", Json::Null);
    story.push(("in a script", proposals(&answer, 4)));
    editor.type_over(GOODWILL, "otherwise: {", "  - \notherwise: {");
    let answer = editor.ask_at("completion", GOODWILL, "  - |\notherwise", Json::Null);
    story.push(("a new item", proposals(&answer, 99)));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_client_that_fills_in_nothing_gets_no_snippets() {
    let root = room("no-snippets");
    let mut capabilities = usual();
    capabilities["textDocument"]["completion"] = json!({});
    let mut editor = Editor::start_with(&root, &["policies"], &Json::Null, &capabilities);
    editor.open(GOODWILL);
    editor.type_over(GOODWILL, "otherwise: {", "  - \notherwise: {");
    let answer = editor.ask_at("completion", GOODWILL, "  - |\notherwise", Json::Null);
    assert!(!answer.to_string().contains("${1:"), "{answer}");
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_name_is_given_anew_in_documents_and_scripts() {
    let root = room("rename");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    editor.open(GOODWILL);
    editor.open(SCRIPT);
    let mut story = Vec::new();
    for (path, place, new) in [
        (GOODWILL, "{amount: params.gesture.am|ount, kind", "worth"),
        (GOODWILL, "amount: = ha|lf", "a_part"),
        (GOODWILL, "- id: so|rry", "great-trouble"),
        (SCRIPT, "fn rai|sed(", "increased"),
        (SCRIPT, "amount * settings.fac|tor", "times"),
    ] {
        let ready = editor.ask_at("prepareRename", path, place, Json::Null);
        let edit = editor.ask_at("rename", path, place, json!({"newName": new}));
        editor.apply(&edit);
        let changed: Vec<String> = edit["documentChanges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| {
                let file = editor.below(change["textDocument"]["uri"].as_str().unwrap());
                let places: Vec<String> = change["edits"].as_array().unwrap().iter().map(|edit| range(&edit["range"])).collect();
                format!("  {file} {}", places.join(", "))
            })
            .collect();
        story.push((place, format!("{} {} -> {new}\n{}", range(&ready["range"]), ready["placeholder"], changed.join("\n"))));
    }
    editor.save(GOODWILL);
    editor.save(SCRIPT);
    story.push(("the bundle afterwards", checked(&root)));
    for path in [MANIFEST, GOODWILL, SCRIPT] {
        story.push((path, fs::read_to_string(root.join(path)).unwrap()));
    }
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_name_that_cannot_be_borne_is_refused() {
    let mut editor = started("refused");
    let mut story = Vec::new();
    for (path, place, new) in [
        (GOODWILL, "{amount: params.gesture.am|ount, kind", "most"),
        (GOODWILL, "{amount: params.gesture.am|ount, kind", "two words"),
        (GOODWILL, "amount: = ha|lf", "case"),
        (GOODWILL, "finding.sev|erity: minor", "gravity"),
        (GOODWILL, "# What we a|dd", "give"),
    ] {
        let answer = editor.ask_at("rename", path, place, json!({"newName": new}));
        story.push((place, format!("{new}: {}", answer["error"]["message"].as_str().unwrap())));
    }
    let answer = editor.ask_at("prepareRename", GOODWILL, "finding.sev|erity: minor", Json::Null);
    story.push(("before a name is asked for", answer["error"]["message"].as_str().unwrap().to_owned()));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}
