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
            NameKind::Value if registry().find(&name.within).is_some() => definitions == 0,
            NameKind::Value => definitions == 1,
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
         Calendar Moment Value LetterFact"
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

/// Every so many bytes a cursor is put into every file; a number that no indentation shares.
const STRIDE_BYTES: usize = 331;

#[test]
fn every_place_can_be_asked() {
    let files = default_files();
    let index = index(&files);
    let hits = std::collections::BTreeMap::new();
    let silent: Vec<&Name> = index.names().map(|(name, _)| name).filter(|name| index.tell(name, &hits).is_none()).collect();
    assert_eq!(format!("{silent:?}"), "[]");
    let mut told = 0_usize;
    for (path, source) in files.iter() {
        for offset in (0..source.text().len() + STRIDE_BYTES).step_by(STRIDE_BYTES) {
            let _ = index.at(path, offset);
            let hover = index.hover(path, offset, &hits);
            told += usize::from(hover.is_some());
            if let Some(hover) = hover {
                assert!(
                    !hover.markdown.is_empty() && source.text().get(hover.span.start..hover.span.end).is_some(),
                    "{path} {offset}"
                );
            }
        }
    }
    assert!(told > 300, "only {told} places tell something");
}

#[test]
fn every_cut_can_be_completed() {
    let files = default_files();
    let mut index = index(&files);
    for (path, source) in files.iter() {
        let text = source.text();
        for cut in (0..=text.len()).step_by(631).filter(|cut| text.is_char_boundary(*cut)) {
            for each in index.completion(path, cut) {
                let replaced = text.get(each.replaces.start..each.replaces.end);
                assert!(each.replaces.start <= cut && replaced.is_some(), "{path} {cut}: {each:?}");
            }
            index.files.insert(path, &text[..cut]);
            for each in index.completion(path, cut) {
                assert!(each.replaces.end == cut, "{path} {cut}: {each:?}");
            }
            index.files.insert(path, text);
        }
    }
}

/// Files that are cut off, one of each kind.
const CUT: [&str; 8] = [
    "bundle.yaml",
    "decisions/goodwill.yaml",
    "decisions/routing.yaml",
    "guardrails/ending.yaml",
    "packs/us-reg-e/obligations/clocks.yaml",
    "scripts/second_offer.rhai",
    "letters/findings.en.txt",
    "tests/terms.yaml",
];

#[test]
fn a_file_that_is_cut_off_hides_no_other() {
    let files = default_files();
    let whole = index(&files);
    for path in CUT {
        let text = files.get(path).unwrap().text();
        for part in [3, 8] {
            let cut = text.len() * part / 10;
            let mut broken = files.clone();
            broken.insert(path, &text[..cut]);
            let index = index(&broken);
            let names = |index: &NameIndex| index.occurrences("decisions/gesture.yaml").len();
            if path != "bundle.yaml" {
                assert_eq!(names(&index), names(&whole), "{path} cut at {cut}");
            }
            for each in index.occurrences(path) {
                assert!(each.name.is_written(&text[each.span.start..each.span.end]), "{path} cut at {cut}: {each:?}");
            }
        }
    }
}
