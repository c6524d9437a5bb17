//! What may be written at the cursor: names, values and keys, and whole rules.

use super::navigation::Spot;
use super::workspace::Workspace;
use crate::authoring::names::{Completion, CompletionKind};
use crate::text::Span;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, TextEdit,
};

/// What makes a client ask by itself.
pub(super) const TRIGGERS: [&str; 8] = [".", ":", " ", "=", "{", "[", ",", "|"];

/// What begins an item of a list, by the key of the list: the label, and the text with places to fill in.
const SNIPPETS: [(&str, &str, &str); 4] = [
    (
        "rules",
        "a new rule",
        "- id: ${1:name}\n  when: {${2:fact}: ${3:value}}\n  then: {${4:output}: ${5:value}}\n  because: ${6:Why it is so.}",
    ),
    (
        "guardrails",
        "a new guardrail",
        "- id: ${1:name}\n  ${2|cap,floor|}: ${3:decision.output}\n  at: ${4:0.00}\n  because: ${5:Why it is so.}",
    ),
    (
        "obligations",
        "a new obligation",
        "- id: ${1:name}\n  when: {${2:fact}: ${3:value}}\n  step: ${4:step}\n  due: ${5:10 business days} after ${6:complaint.received_at}\n  because: ${7:Why it is so.}",
    ),
    (
        "tests",
        "a new policy test",
        "- name: ${1:what it shows}\n  case: ${2:../../examples/cases/duplicate-charge.yaml}\n  at: ${3:2026-03-05}\n  expect: {${4:outcome}: ${5:uphold}}",
    ),
];

/// `textDocument/completion`
pub(super) fn of_place(workspace: &Workspace, params: &CompletionParams) -> Option<CompletionResponse> {
    let spot = Spot::of(workspace, &params.text_document_position)?;
    let ruler = workspace.ruler(spot.file.source);
    let item = |(number, proposal): (usize, Completion)| CompletionItem {
        label: proposal.label.clone(),
        kind: Some(kind(proposal.kind)),
        detail: (!proposal.detail.is_empty()).then_some(proposal.detail),
        documentation: documentation(proposal.documentation),
        // Clients sort by themselves; the likeliest comes first.
        sort_text: Some(format!("{number:05}")),
        filter_text: Some(proposal.label),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: ruler.range(proposal.replaces), new_text: proposal.insert })),
        ..CompletionItem::default()
    };
    let proposals = spot.names.completion(spot.file.path, spot.offset);
    let mut items: Vec<CompletionItem> = proposals.into_iter().enumerate().map(item).collect();
    if workspace.abilities.snippets && spot.file.path.ends_with(".yaml") {
        items.extend(snippet(spot.file.source.text(), spot.offset).map(|(label, typed, text)| CompletionItem {
            label: label.to_owned(),
            kind: Some(CompletionItemKind::SNIPPET),
            sort_text: Some("99999".to_owned()),
            filter_text: Some(format!("{}{label}", if spot.file.source.slice(typed).starts_with('-') { "- " } else { "" })),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: ruler.range(typed), new_text: text.to_owned() })),
            insert_text_format: Some(InsertTextFormat::SNIPPET),
            insert_text_mode: Some(InsertTextMode::ADJUST_INDENTATION),
            ..CompletionItem::default()
        }));
    }
    Some(CompletionResponse::Array(items))
}

fn documentation(text: String) -> Option<Documentation> {
    let markup = MarkupContent { kind: MarkupKind::Markdown, value: text };
    (!markup.value.is_empty()).then_some(Documentation::MarkupContent(markup))
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Key => CompletionItemKind::KEYWORD,
        CompletionKind::Value => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Fact => CompletionItemKind::FIELD,
        CompletionKind::Param | CompletionKind::Setting => CompletionItemKind::CONSTANT,
        CompletionKind::Decision => CompletionItemKind::CLASS,
        CompletionKind::Output => CompletionItemKind::PROPERTY,
        CompletionKind::Let | CompletionKind::Variable => CompletionItemKind::VARIABLE,
        CompletionKind::Rule => CompletionItemKind::REFERENCE,
        CompletionKind::Clock => CompletionItemKind::EVENT,
        CompletionKind::Pack => CompletionItemKind::MODULE,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::File => CompletionItemKind::FILE,
    }
}

/// The item that may begin at the cursor, if its line holds nothing but the beginning of one: the label, what is typed of it, and
/// the text.
fn snippet(text: &str, offset: usize) -> Option<(&'static str, Span, &'static str)> {
    let before = text.get(..offset)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let typed = before.get(start..)?.trim_start();
    let behind = text.get(offset..)?.lines().next().unwrap_or("");
    let is_word = |char: char| char.is_alphabetic() || char == ' ';
    if !behind.trim().is_empty() || !typed.strip_prefix('-').unwrap_or(typed).chars().all(is_word) {
        return None;
    }
    let indent = offset - typed.len() - start;
    let key = enclosing(before.get(..start)?, indent)?;
    let (_, label, text) = SNIPPETS.into_iter().find(|(list, ..)| *list == key)?;
    Some((label, Span::new(offset - typed.len(), offset), text))
}

/// The key of the list that an item at this indent belongs to.
fn enclosing(before: &str, indent: usize) -> Option<&str> {
    for line in before.lines().rev() {
        let bare = line.trim();
        let depth = line.len() - line.trim_start().len();
        let is_item = bare.starts_with("- ");
        if bare.is_empty() || bare.starts_with('#') || depth > indent || (is_item && depth == indent) {
            continue;
        }
        // Below an item, something of that item goes on.
        if is_item {
            return None;
        }
        return bare.strip_suffix(':');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> &'static str {
        snippet(&text.replace('^', ""), text.find('^').unwrap()).map_or("nothing", |(label, ..)| label)
    }

    #[test]
    fn an_item_begins_where_its_list_goes_on() {
        assert_eq!(label("rules:\n  ^\n"), "a new rule");
        assert_eq!(label("rules:\n  - id: x\n    when: {}\n  - ^\n"), "a new rule");
        assert_eq!(label("rules:\n- id: x\n  when: {}\n- ru^"), "a new rule");
        assert_eq!(label("a: 1\nguardrails:\n\n  # more\n  - ^"), "a new guardrail");
        assert_eq!(label("tests:\n  - na^"), "a new policy test");
    }

    #[test]
    fn and_nowhere_else() {
        assert_eq!(label("^"), "nothing");
        assert_eq!(label("rules:\n  - id: ^"), "nothing");
        assert_eq!(label("rules:\n  - id: x\n    ^"), "nothing");
        assert_eq!(label("outputs:\n  ^"), "nothing");
        assert_eq!(label("rules:\n  - ^id: x"), "nothing");
    }
}
