//! The first inputs of every target, out of the documents of the repository: the shipped policies, the examples, the conformance corpus,
//! the pages of mistakes, and the journals that earlier versions wrote.

use super::cases::FORMATS;
use super::cells::COLUMNS;
use super::letters::LANGUAGES;
use super::sections;
use redress::rule::{Cell, Dialect, NoNames};
use redress::script::Functions;
use redress::text::{Diagnostics, Node, NodeKind, Source, yaml};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A seed is no longer than this, in bytes: a fuzzer changes a little of it at a time.
const SEED_BYTES_MAX: usize = 16 * 1024;
/// So many rows of a history are enough.
const ROWS: usize = 8;

/// The seeds of a target, each once.
pub(crate) fn seeds(target: &str) -> Vec<Vec<u8>> {
    let found: Vec<Vec<u8>> = match target {
        "yaml" => documents().into_iter().map(|(_, text)| text.into_bytes()).collect(),
        "cells" => cells(),
        "tables" => tables(),
        "expressions" => expressions(),
        "cases" => cases(),
        "mappings" => mappings(),
        "journal" => journals(),
        "bundles" => bundles(),
        "letters" => letters(),
        other => panic!("there is no target `{other}`"),
    };
    let found: BTreeSet<Vec<u8>> = found.into_iter().filter(|seed| seed.len() <= SEED_BYTES_MAX).collect();
    found.into_iter().collect()
}

pub(super) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In the package of the fuzz targets, or in that of redress.
    if here.join("policies").is_dir() { here } else { here.parent().and_then(Path::parent).unwrap_or(here) }
}

/// The files below a directory, in order.
fn files(directory: &str) -> Vec<PathBuf> {
    let (mut found, mut directories) = (Vec::new(), vec![root().join(directory)]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { directories.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The texts of files with one ending.
fn texts(directory: &str, ending: &str) -> Vec<(String, String)> {
    let with_ending = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
    let text = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap());
    files(directory).into_iter().filter(with_ending).map(text).collect()
}

/// The pages of mistakes: the files of each.
fn pages() -> Vec<Vec<(String, String)>> {
    let owned = |page: &str| sections::cut(page).into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    texts("tests/diagnostics", "txt").iter().map(|(_, page)| owned(page)).collect()
}

/// A document of the conformance corpus: the files of its bundle, each with its path, and its cases.
type Document = (Vec<(String, String)>, Vec<String>);

/// The conformance corpus: the files of the bundle and the cases of each document.
fn corpus() -> Vec<Document> {
    let mut found = Vec::new();
    for (_, text) in texts("tests/corpus", "yaml") {
        let Some(tree) = tree(&text) else { continue };
        let file = |entry: &redress::text::Entry| (entry.key.text.clone(), entry.value.as_text().unwrap_or_default().to_owned());
        let files = tree.get("files").and_then(Node::as_map).unwrap_or_default().iter().map(file).collect();
        let cases = tree.get("cases").and_then(Node::as_list).unwrap_or_default().iter();
        let given = cases.filter_map(|case| case.get("given")).map(|given| text[given.span.start..given.span.end].to_owned());
        found.push((files, given.collect()));
    }
    found
}

fn tree(text: &str) -> Option<Node> {
    let mut out = Diagnostics::new();
    yaml::parse(&Source::new("x.yaml", text), &mut out)
}

/// Every document of YAML that there is.
pub(super) fn documents() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = ["policies", "examples"].iter().flat_map(|folder| texts(folder, "yaml")).collect();
    found.extend(pages().into_iter().flatten().filter(|(path, _)| path.ends_with(".yaml")));
    found.extend(corpus().into_iter().flat_map(|(files, _)| files).filter(|(path, _)| path.ends_with(".yaml")));
    found
}

/// The texts in a document, with the key that they stand below.
fn scalars(node: &Node, key: &str, each: &mut dyn FnMut(&str, &str)) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(scalar) => each(key, &scalar.text),
        NodeKind::List(items) => items.iter().for_each(|item| scalars(item, key, each)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| scalars(&entry.value, &entry.key.text, each)),
    }
}

fn all_scalars(each: &mut dyn FnMut(&str, &str)) {
    for (_, text) in documents() {
        if let Some(tree) = tree(&text) {
            scalars(&tree, "", each);
        }
    }
}

fn tables() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = texts("policies", "csv").into_iter().map(|(_, text)| text.into_bytes()).collect();
    all_scalars(&mut |_, text| {
        if text.trim_start().starts_with('|') {
            found.push(text.into());
        }
    });
    found
}

fn expressions() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Functions::standard().iter().map(|function| function.example.into()).collect();
    all_scalars(&mut |_, text| {
        if text.starts_with('=') {
            found.push(text.into());
        }
    });
    found
}

/// Every short text of a document or a table, under each kind of column of which it is a cell; and those that are none, under one.
fn cells() -> Vec<Vec<u8>> {
    let mut words = BTreeSet::new();
    all_scalars(&mut |_, text| {
        if text.trim_start().starts_with('|') {
            words.extend(text.lines().skip(2).flat_map(|line| line.split('|')).map(|cell| cell.trim().to_owned()));
        } else if !text.contains('\n') && text.len() <= 80 {
            words.insert(text.to_owned());
        }
    });
    let mut found = Vec::new();
    for (at, column) in COLUMNS.iter().enumerate() {
        for (dialect, letter) in [(Dialect::Table, 'a'), (Dialect::Yaml, 'b')] {
            let letters = format!("{}{letter}", char::from(b'a' + u8::try_from(at).unwrap()));
            // Most texts are cells of a column of texts.
            let is_cell = |word: &&String| Cell::parse_text(word, &column.kind, dialect, &NoNames).is_ok();
            let fitting: Vec<&str> = words.iter().filter(is_cell).map(String::as_str).take(400).collect();
            found.extend(fitting.chunks(5).map(|lines| format!("{letters}{}", lines.join("\n")).into_bytes()));
        }
    }
    let parameters = words.iter().filter(|word| word.contains("params."));
    found.extend(parameters.map(|word| format!("ba{}", word.replace("params.", "params.count,")).into_bytes()));
    found
}

fn cases() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (_, text) in texts("examples/cases", "yaml") {
        found.push(format!("a{text}"));
    }
    for (path, text) in pages().into_iter().flatten().filter(|(path, _)| path.starts_with("case")) {
        found.push(format!("{}{text}", if path.ends_with(".yaml") { 'a' } else { 'c' }));
    }
    let given: Vec<String> = corpus().into_iter().flat_map(|(_, cases)| cases).collect();
    found.extend(given.iter().map(|case| format!("b{case}")));
    found.extend(given.chunks(5).map(|cases| format!("c{}", cases.join("\n"))));
    let in_json = texts("examples/cases", "yaml").into_iter().filter_map(|(name, text)| {
        let read = redress::case::read_text(&Source::new(name, text), FORMATS[0]);
        read.into_iter().next()?.ok().map(|case| format!("b{}", case.to_json()))
    });
    found.extend(in_json);
    found.into_iter().map(String::into_bytes).collect()
}

fn mappings() -> Vec<Vec<u8>> {
    let example = |name: &str| fs::read_to_string(root().join("examples/nyc-mediations").join(name)).unwrap();
    let rows: String = example("cases.csv").split_inclusive('\n').take(ROWS).collect();
    let mut found = vec![sections::joined([("mapping.yaml", example("mapping.yaml").as_str()), ("cases.csv", rows.as_str())])];
    for page in pages() {
        let of = |name: &str| page.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str());
        if let (Some(mapping), Some(table)) = (of("mapping.yaml"), of("cases.csv")) {
            found.push(sections::joined([("mapping.yaml", mapping), ("cases.csv", table)]));
        }
    }
    let mut found: Vec<Vec<u8>> = found.into_iter().map(String::into_bytes).collect();
    found.extend(kept("mappings"));
    found
}

fn journals() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for path in files("tests/journal") {
        let bytes = fs::read(&path).unwrap();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("zst") => found.push([b"z".as_slice(), &bytes].concat()),
            Some("jsonl") => {
                let text = String::from_utf8(bytes).unwrap();
                let unbound = |line: &str| match (line.find("\"previous\":\""), line.rfind(",\"check\":\"")) {
                    (Some(from), Some(to)) => format!("{}\"previous\":@{}", &line[..from], &line[to..]),
                    _ => line.to_owned(),
                };
                let lines: Vec<String> = text.lines().map(unbound).collect();
                found.push(format!("s{}\n", lines.join("\n")).into_bytes());
                found.push(format!("s{}", lines.join("\n")).into_bytes());
                found.extend(lines.iter().map(|line| format!("s{line}\n").into_bytes()));
                found.push(format!("r{text}").into_bytes());
            }
            _ => {}
        }
    }
    found
}

fn bundles() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for page in pages() {
        let is_file = |path: &str| path.contains('.') && !path.contains(' ');
        let page: Vec<_> =
            page.iter().filter(|(path, _)| is_file(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        found.push(sections::joined(page));
    }
    for (files, cases) in corpus() {
        let names: Vec<String> = (0..cases.len()).map(|number| format!("case{number}.json")).collect();
        let cases = names.iter().map(String::as_str).zip(cases.iter().map(String::as_str));
        found.push(sections::joined(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(cases)));
    }
    found.into_iter().map(String::into_bytes).collect()
}

fn letters() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (name, text) in texts("policies/letters", "txt") {
        let language = name.split('.').nth(1).and_then(|tag| LANGUAGES.iter().position(|each| *each == tag)).unwrap_or(0);
        found.push(format!("{}{text}", char::from(b'a' + u8::try_from(language).unwrap())).into_bytes());
    }
    let templates = pages().into_iter().flatten().filter(|(path, _)| path.starts_with("letters/") && path.ends_with(".txt"));
    found.extend(templates.map(|(_, text)| format!("a{text}").into_bytes()));
    found
}

/// Seeds that no document of the repository holds.
fn kept(target: &str) -> Vec<Vec<u8>> {
    files(&format!("tests/fuzz/seeds/{target}")).iter().map(|path| fs::read(path).unwrap()).collect()
}
