//! What a document holds: symbols and folds, also while it is broken.

use super::editor::{Editor, usual};
use super::showing::range;
use super::{room, told};
use serde_json::{Value as Json, json};

/// Symbols as a tree.
fn tree(symbols: &Json, depth: usize) -> String {
    let mut text = String::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol.get("detail").and_then(Json::as_str).map_or_else(String::new, |detail| format!("  {detail}"));
        let (kind, name) = (symbol["kind"].as_u64().unwrap(), symbol["name"].as_str().unwrap());
        let at = range(&symbol["selectionRange"]);
        text.push_str(&format!("{}{name} [{kind}] {at}{detail}\n", "  ".repeat(depth)));
        text.push_str(&tree(&symbol["children"], depth + 1));
    }
    text
}

fn folds(answer: &Json) -> String {
    let fold = |fold: &Json| {
        let number = |key: &str| fold[key].as_u64().unwrap() + 1;
        let kind = fold.get("kind").map_or_else(String::new, |kind| format!(" {}", kind.as_str().unwrap()));
        format!("{}-{}{kind}", number("startLine"), number("endLine"))
    };
    answer.as_array().unwrap().iter().map(fold).collect::<Vec<_>>().join(", ")
}

#[test]
fn symbols_and_folds_of_every_kind_of_file() {
    let root = room("symbols");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    let mut story = Vec::new();
    for path in
        ["bundle.yaml", "decisions/goodwill.yaml", "guardrails/goodwill.yaml", "scripts/second_gesture.rhai", "tests/all.yaml"]
    {
        // Also of files that are not open.
        let symbols = editor.ask_of("documentSymbol", &format!("policies/{path}"), json!({}));
        let folded = editor.ask_of("foldingRange", &format!("policies/{path}"), json!({}));
        story.push((path, format!("{}folds {}", tree(&symbols, 0), folds(&folded))));
    }
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_broken_file_still_has_symbols_and_folds() {
    let root = room("broken-symbols");
    let mut editor = Editor::start(&root, &["policies"], &Json::Null);
    editor.open("policies/decisions/goodwill.yaml");
    editor.type_over("policies/decisions/goodwill.yaml", "outputs:\n", "outputs: {{{\n");
    let symbols = editor.ask_of("documentSymbol", "policies/decisions/goodwill.yaml", json!({}));
    let folded = editor.ask_of("foldingRange", "policies/decisions/goodwill.yaml", json!({}));
    insta::assert_snapshot!(format!("{}folds {}", tree(&symbols, 0), folds(&folded)));
    assert_eq!(editor.end(), 0);
}

#[test]
fn symbols_of_all_bundles_are_searched_by_their_letters() {
    let root = room("search");
    let mut capabilities = usual();
    capabilities["textDocument"]["documentSymbol"] = json!({});
    let mut editor = Editor::start_with(&root, &["policies"], &Json::Null, &capabilities);
    let mut story = Vec::new();
    for query in ["sorry", "gest.amo", "SMALL mistake", "nothing like it"] {
        let found = editor.ask("workspace/symbol", json!({"query": query}));
        let line = |symbol: &Json| {
            let (uri, around) = (symbol["location"]["uri"].as_str().unwrap(), symbol.get("containerName").and_then(Json::as_str));
            let at = range(&symbol["location"]["range"]);
            format!("{} ({}) {} {at}", symbol["name"].as_str().unwrap(), around.unwrap_or(""), editor.below(uri))
        };
        story.push((query, found.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")));
    }
    let flat = editor.ask_of("documentSymbol", "policies/guardrails/goodwill.yaml", json!({}));
    story.push(("a client that knows no trees", flat[0]["name"].to_string()));
    insta::assert_snapshot!(told(&story));
    assert_eq!(editor.end(), 0);
}
