//! Formatting never changes what a document says, loses no comment, and has one form for one document.

#[cfg(feature = "cli")]
mod command;
mod generated;

use redress::authoring::format::{NotFormatted, format, line_diff};
use redress::text::{Diagnostics, Node, NodeKind, Source, yaml};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the repository, by path.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(directory: &Path, ending: &str, found: &mut Vec<(String, String)>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found
}

fn tree(text: &str) -> Option<Node> {
    let mut out = Diagnostics::new();
    yaml::parse(&Source::new("x.yaml", text), &mut out).filter(|_| !out.has_errors())
}

/// What a document says, without places: keys sorted, blanks in the lines of a table squeezed.
fn said(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Scalar(scalar) if scalar.text.trim_start().starts_with('|') => {
            let symbols = [("not ", "!= "), ("at least ", ">= "), ("over ", "> "), ("at most ", "<= "), ("under ", "< ")];
            let symbol = |item: &str| {
                let word = symbols.iter().find(|(word, _)| item.starts_with(word) && !item.ends_with(')'));
                word.map_or_else(|| item.to_owned(), |(word, symbol)| item.replacen(word, symbol, 1))
            };
            let cell = |cell: &str| match cell.trim() {
                "any" => "-".to_owned(),
                cell => match cell.strip_prefix("=>") {
                    Some(name) => format!("=> {}", name.trim()),
                    None => cell.split(", ").map(symbol).collect::<Vec<_>>().join(", "),
                },
            };
            let line = |line: &str| line.split('|').map(cell).collect::<Vec<_>>().join("|");
            let rows: Vec<String> = scalar.text.lines().filter(|line| !line.trim().is_empty()).map(line).collect();
            // The dashes of the second line are as many as the column is wide.
            format!("{rows:?}").replace("--", "-").replace("--", "-").replace("--", "-").replace("--", "-").replace("--", "-")
        }
        NodeKind::Scalar(scalar) => format!("{:?}", scalar.text),
        NodeKind::List(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(", ")),
        NodeKind::Map(entries) => {
            let mut entries: Vec<String> =
                entries.iter().map(|entry| format!("{:?}: {}", entry.key.text, said(&entry.value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Checks what holds for every document that can be read; tells what does not.
fn wrong(path: &str, text: &str) -> Option<String> {
    let before = tree(text)?;
    let once = match format(path, text) {
        Ok(once) => once,
        Err(NotFormatted::Unreadable(_)) => return Some(format!("{path}: it was read before")),
        Err(refused) => return Some(format!("{refused}\n{text}")),
    };
    let Some(after) = tree(&once) else { return Some(format!("{path}: what was formatted cannot be read\n{once}")) };
    if said(&before) != said(&after) {
        return Some(format!("{path}: it says something else\n{text}\n{once}"));
    }
    match format(path, &once) {
        Ok(twice) if twice == once => None,
        Ok(twice) => {
            Some(format!("{path}: formatting twice is not formatting once\n{text}\n--- once\n{once}\n--- twice\n{twice}"))
        }
        Err(refused) => Some(format!("{path}: it is formatted once and not twice: {refused}\n{once}")),
    }
}

#[test]
fn the_default_bundle_and_the_examples_are_formatted() {
    let mut told = String::new();
    let documents: Vec<_> = files("policies", ".yaml").into_iter().chain(files("examples", ".yaml")).collect();
    assert!(documents.len() > 100, "only {} documents", documents.len());
    for (path, text) in &documents {
        if format(path, text).ok().as_ref() != Some(text) {
            writeln!(told, "{path}").unwrap();
        }
    }
    assert!(told.is_empty(), "`redress fmt policies examples` would change\n\n{told}");
}

/// The documents that stand in our tests and in the guide, each with what says where it lies.
fn fixtures() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, text) in files("tests/diagnostics", ".txt") {
        found.extend(cut(&text, |line| line.strip_prefix("-- ")?.strip_suffix(" --"), |_| false));
    }
    for (_, text) in files("tests/it", ".rs") {
        found.extend(cut(&text, |line| line.trim_start().strip_prefix("=== "), |line| line.contains('"')));
    }
    let guide = fs::read_to_string(root().join("policies/README.md")).unwrap();
    found.extend(cut(&guide, |line| line.strip_prefix("# file: "), |line| line.starts_with("```")));
    found.extend(cut(&guide, |line| line.strip_prefix("# case").map(|_| "cases/x.yaml"), |line| line.starts_with("```")));
    found
}

/// The pieces of a page: each begins behind a line that names it.
fn cut<'t>(page: &'t str, name: impl Fn(&'t str) -> Option<&'t str>, ends: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for line in page.lines() {
        if let Some(name) = name(line) {
            pieces.push((name.trim().to_owned(), String::new()));
            is_open = true;
        } else if ends(line) {
            is_open = false;
        } else if is_open && let Some((_, text)) = pieces.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    pieces
}

#[test]
fn every_document_of_our_tests_and_of_the_guide_says_the_same_when_it_is_formatted() {
    let fixtures: Vec<_> = fixtures().into_iter().filter(|(path, _)| path.ends_with(".yaml")).collect();
    let readable = fixtures.iter().filter(|(_, text)| tree(text).is_some()).count();
    assert!(readable > 350, "only {readable} of {} documents can be read", fixtures.len());
    let told: Vec<String> = fixtures.iter().filter_map(|(path, text)| wrong(path, text)).collect();
    assert!(told.is_empty(), "{} of {readable}\n\n{}", told.len(), told.join("\n\n"));
}

/// Is a line part of a block of text, in a document of the default bundle? By indentation, below a line that opens a block.
fn with_blocks(text: &str) -> Vec<(&str, bool)> {
    let mut lines = Vec::new();
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|above| !line.is_empty() && indent <= above) {
            block = None;
        }
        lines.push((line, block.is_some()));
        if block.is_none() && [": |", ": >-", ": |-", ": >", "- >-", "- |"].iter().any(|opens| line.ends_with(opens)) {
            // A key behind a dash is set in by the dash.
            let has_dash = line.trim_start().starts_with("- ") && line.contains(": ");
            block = Some(indent + if has_dash { 2 } else { 0 });
        }
    }
    lines
}

/// Makes another line of a line; the second argument says whether it is part of a block.
type Spoiling = fn(&str, bool) -> String;

/// Ways to spoil how a document looks, and not what it says.
const SPOILING: [(&str, Spoiling); 7] = [
    ("other line ends", |line, _| format!("{line}\r\n")),
    ("twice the indentation", |line, in_block| {
        let indent = line.len() - line.trim_start().len();
        let rest = match line.trim_start().strip_prefix("- ") {
            Some(item) if !in_block => std::format!("-   {item}"),
            _ => line.trim_start().to_owned(),
        };
        std::format!("{:1$}{rest}\n", "", 2 * indent)
    }),
    ("blanks at the end", |line, in_block| if in_block { format!("{line}\n") } else { format!("{line}   \n") }),
    ("blank lines", |line, _| if line.is_empty() { "\n\n\n".to_owned() } else { format!("{line}\n") }),
    ("narrow tables", |line, _| {
        let narrow = line.split('|').map(str::trim).collect::<Vec<_>>().join("|");
        if line.trim().starts_with('|') { format!("  {narrow}\n") } else { format!("{line}\n") }
    }),
    ("wide brackets", |line, in_block| {
        let spaced = line.replace(": {", ": {  ").replace("- {", "- { ").replace('}', " }");
        if in_block || line.contains(['#', '"', '\'', '=']) || line.contains("because") {
            format!("{line}\n")
        } else {
            spaced + "\n"
        }
    }),
    ("quotes", |line, in_block| match line.split_once(": ") {
        Some((key, word))
            if !in_block && !key.contains('#') && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            if ["true", "false", "missing", "unknown", "present", "empty"].contains(&word) {
                format!("{line}\n")
            } else {
                format!("{key}: '{word}'\n")
            }
        }
        _ => format!("{line}\n"),
    }),
];

/// A text whose comments follow the code at once: where they begin is what their author made of it.
fn near(text: &str) -> String {
    text.lines()
        .map(|line| line.split_once(" #").map_or(line.to_owned(), |(code, rest)| format!("{} #{rest}", code.trim_end())) + "\n")
        .collect()
}

#[test]
fn a_document_that_was_spoilt_in_looks_alone_comes_back_as_it_was() {
    let mut told = String::new();
    for (path, text) in files("policies", ".yaml") {
        let text = format(&path, &text).unwrap();
        for (name, spoil) in SPOILING {
            let spoilt: String = with_blocks(&text).into_iter().map(|(line, in_block)| spoil(line, in_block)).collect();
            match format(&path, &spoilt) {
                Ok(back) => told.push_str(&line_diff(&std::format!("{path}: {name}"), &near(&text), &near(&back))),
                Err(refused) => writeln!(told, "{path}: {name}: {refused}: {refused:?}").unwrap(),
            }
        }
    }
    assert!(told.is_empty(), "{told}");
}
