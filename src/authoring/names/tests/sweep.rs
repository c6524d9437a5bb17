//! The whole default bundle: nothing that has a name is overlooked, and what is found is what it says.

use super::*;
use crate::case::registry;

#[test]
fn every_span_says_its_name() {
    let files = default_files();
    let index = index(&files);
    for (path, source) in files.iter() {
        for each in index.occurrences(path) {
            let text = source.slice(each.span);
            assert!(each.name.is_written(text), "{path}: `{text}` is taken for {:?}", each.name);
        }
    }
}

#[test]
fn every_name_has_one_definition_which_knows_its_uses() {
    use NameKind::{
        Decision, Guardrail, Item, Let, Obligation, Output, Param, ParamGroup, Plugin, Rule, ScriptFunction, Setting,
    };
    let files = default_files();
    let index = index(&files);
    let mut wrong = String::new();
    let mut counts = std::collections::BTreeMap::new();
    for (name, places) in index.names() {
        *counts.entry(name.kind).or_insert(0_usize) += 1;
        let definitions = places.iter().filter(|(_, role)| *role == Role::Defines).count();
        let expected = match name.kind {
            Decision | Output | Rule | Let | Item | Param | ParamGroup | Guardrail | Obligation | Plugin | Setting
            | ScriptFunction => definitions == 1,
            NameKind::Pack => definitions == 1,
            NameKind::Fact if registry().find(&name.text).is_some() => definitions == 0,
            NameKind::Fact => definitions == 1,
            NameKind::Step => true,
            _ => definitions == 0,
        };
        if !expected {
            wrong += &format!("{:?} {name} is defined {definitions} times: {places:?}\n", name.kind);
        }
        for (at, _) in places {
            let all = index.references(&at.path, at.span.start, true);
            assert!(all.contains(at), "{name} at {at:?} is not among its own references");
            let definition = index.definition(&at.path, at.span.start);
            assert_eq!(definition.is_some(), definitions > 0, "{name} at {at:?}");
        }
    }
    assert_eq!(wrong, "");
    // A kind of which none is found is one that nobody looks for any more. The calendars of the default bundle are built in.
    let kinds: Vec<String> = counts.keys().map(|kind| format!("{kind:?}")).collect();
    assert_eq!(
        kinds.join(" "),
        "Fact Param ParamGroup Decision Output Rule Let Item Guardrail Obligation Step Plugin Setting Function ScriptFunction Pack \
         Calendar Moment LetterFact"
    );
}

#[test]
fn nothing_is_overlooked() {
    let files = default_files();
    let index = index(&files);
    let decisions: Vec<String> =
        index.names().filter(|(name, _)| name.kind == NameKind::Decision).map(|(name, _)| name.text.clone()).collect();
    let mut overlooked = String::new();
    // What a test expects are paths of the decision as it is written out, most of which are no names.
    let files = files.deciding();
    for (path, source) in files.iter().filter(|(path, _)| !path.ends_with(".md") && !path.contains("letters/")) {
        for (line, start) in lines(source.text()) {
            for (at, word) in dotted(line) {
                let first = word.split('.').next().unwrap_or("");
                let is_name =
                    first == "params" || registry().groups().contains(&first) || decisions.iter().any(|name| name == first);
                let is_file = word.ends_with(".yaml") || word.ends_with(".csv");
                let at = start + at + word.len();
                if is_name && !is_file && word.contains('.') && index.at(path, at - 1).is_none() {
                    overlooked += &format!("{path}: {word} in {}\n", line.trim());
                }
            }
        }
    }
    assert_eq!(overlooked, "");
}

/// Lines without their comments, and where each begins.
fn lines(text: &str) -> Vec<(&str, usize)> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or("");
        let code = if code.trim_start().starts_with('#') || code.trim_start().starts_with("//") { "" } else { code };
        found.push((code, start));
        start += line.len();
    }
    found
}

/// Words with dots in them.
fn dotted(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
        if length > 0 {
            found.push((at, rest[..length].trim_end_matches('.')));
        }
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    found
}
