//! Taste that a machine can hold: layers, names, lengths, and which room may touch what.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src`, from the ground up. A room uses rooms of earlier layers, never one of its own.
const LAYERS: [&[&str]; 13] = [
    &["limits"],
    &["text"],
    &["value"],
    &["case", "decision"],
    &["bundle"],
    &["rule", "script", "letter", "holidays"],
    &["policy"],
    &["evaluation"],
    &["testing", "journal"],
    &["engine", "history"],
    &["authoring"],
    &["backtest", "server", "lsp"],
    &["cli"],
];

/// Names that say nothing about what is inside.
const DRAWERS: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "manager", "types", "misc"];

/// Lines of a file, and of one whose tests sit inside it.
const LINES_MAX: usize = 400;
const LINES_WITH_TESTS_MAX: usize = 480;
const MAIN_LINES_MAX: usize = 15;

/// What reaches for the system, and the rooms that may.
const SYSTEM: [&str; 11] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "std::env",
    "env::var",
    "std::fs",
    "File::open",
    "std::net",
    "thread::sleep",
    "std::process",
];
const SYSTEM_ROOMS: [&str; 5] = ["journal", "engine", "history", "backtest", "cli"];
/// Single files that reach for the system, each for one thing. The wall-clock backstop of scripts is no part of any decision: a script
/// that meets it is a fault. The language server reads the history that it is given, and writes the pages that an editor opens.
const SYSTEM_EXCEPTIONS: [(&str, &str); 6] = [
    ("src/script/engine/running.rs", "Instant::now"),
    ("src/lsp/history.rs", "std::fs"),
    ("src/lsp/history.rs", "File::open"),
    ("src/lsp/pages.rs", "std::fs"),
    ("src/lsp/pages.rs", "std::env"),
    ("src/lsp/pages.rs", "std::process"),
];

/// Crates that one room (or two) hides from all others.
const HIDDEN: [(&str, &[&str]); 25] = [
    ("minijinja", &["letter"]),
    ("notify", &["engine"]),
    ("arc_swap", &["engine"]),
    ("rhai", &["script"]),
    ("rust_decimal", &["value", "script"]),
    ("jiff", &["value", "history"]),
    ("iso_currency", &["value"]),
    ("granit_parser", &["text"]),
    ("jsonc_parser", &["text"]),
    ("annotate_snippets", &["text"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("quick_junit", &["cli"]),
    ("serde_yaml", &["cli"]),
    ("ed25519_dalek", &["engine"]),
    ("getrandom", &["engine"]),
    ("zeroize", &["engine"]),
    ("parquet", &["history", "backtest"]),
    ("flate2", &["history"]),
    ("rayon", &["backtest"]),
    ("plotters", &["backtest"]),
    ("fs4", &["journal"]),
    ("zstd", &["journal", "history"]),
    ("lsp_server", &["lsp"]),
    ("lsp_types", &["lsp"]),
];

struct File {
    /// From the root of the repository, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The folder of `src` that it belongs to; a file of `src` itself is a room of its own.
    fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or("");
        inside.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    fn has_tests(&self) -> bool {
        self.text.contains("#[test]")
    }

    /// Does it hold nothing but tests and what they need?
    fn is_of_tests(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The lines that are shipped, numbered, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = if self.is_of_tests() { 0 } else { self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len()) };
        let shipped = self.text[..end].lines().enumerate();
        shipped.map(|(at, line)| (at + 1, line.split("//").next().unwrap_or(""))).filter(|(_, line)| !line.trim().is_empty())
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        found.push(path.clone());
        // What a build leaves behind is nobody's source.
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            walk(&path, found);
        }
    }
}

fn files(folder: &str) -> Vec<File> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    let rust = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.map(|path| File {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
    })
    .collect()
}

fn none(wrong: &str, rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n\n{wrong}");
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// The names that stand behind `crate::` in a line: `crate::text::Code` gives `text`, `crate::{a, b}` gives both.
fn rooms_named(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, start) in line.match_indices("crate::") {
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + start.len()..];
        let parts: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split([',', '}']).collect(),
            None => vec![rest],
        };
        for part in parts {
            let name: String = part.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    names
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let mut wrong = String::new();
    for file in files("src").iter().filter(|file| !["lib", "main"].contains(&file.room())) {
        let Some(own) = layer(file.room()) else {
            writeln!(wrong, "{}: `{}` has no layer yet", file.path, file.room()).unwrap();
            continue;
        };
        for (number, line) in file.code() {
            for used in rooms_named(line).iter().filter(|used| *used != file.room()) {
                if layer(used).is_none_or(|used| used >= own) {
                    writeln!(wrong, "{}:{number}: `{}` may not use `{used}`", file.path, file.room()).unwrap();
                }
            }
        }
    }
    none(&wrong, "a folder of src uses only folders of an earlier layer");
}

/// The files of a folder in their order, as its `mod.rs` (or `NAME.rs` beside it) says in its first lines.
fn order(text: &str) -> Vec<&str> {
    let head: Vec<&str> =
        text.lines().take_while(|line| line.starts_with("//!")).map(|line| line.trim_start_matches("//!")).collect();
    let start = head.iter().position(|line| line.contains("rder of the files")).unwrap_or(head.len());
    let mut names = Vec::new();
    let mut depth = 0;
    for line in &head[start..] {
        for (at, piece) in line.split('`').enumerate() {
            if at % 2 == 1 {
                if depth == 0 && !piece.contains('/') {
                    names.push(piece);
                }
            } else {
                depth += piece.matches('(').count();
                depth -= piece.matches(')').count().min(depth);
            }
        }
    }
    names
}

#[test]
fn a_file_uses_only_files_before_it() {
    let all = files("src");
    let mut wrong = String::new();
    for home in &all {
        let folder = match home.path.strip_suffix("/mod.rs") {
            Some(folder) => folder,
            None => home.path.trim_end_matches(".rs"),
        };
        let inside = |file: &&File| {
            file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).is_some_and(|rest| !rest.contains('/'))
        };
        let order = order(&home.text);
        if order.is_empty() {
            continue;
        }
        for file in all.iter().filter(inside).filter(|file| !file.path.ends_with("/mod.rs") && !file.is_of_tests()) {
            let name = file.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
            let Some(own) = order.iter().position(|each| *each == name) else {
                writeln!(wrong, "{}: its order does not name `{name}`", home.path).unwrap();
                continue;
            };
            for (number, line) in file.code() {
                for (at, start) in line.match_indices("super::") {
                    let used: String =
                        line[at + start.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let is_later = order.iter().position(|each| **each == used).is_some_and(|used| used > own);
                    if is_later && !line[..at].ends_with("super::") {
                        writeln!(wrong, "{}:{number}: `{used}` comes after `{name}`", file.path).unwrap();
                    }
                }
            }
        }
    }
    none(&wrong, "a file uses only files that stand before it in the order its folder tells");
}

#[test]
fn names_say_what_is_inside() {
    let mut wrong = String::new();
    for file in files("src").into_iter().chain(files("tests")) {
        for part in file.path.trim_end_matches(".rs").split('/').filter(|part| DRAWERS.contains(part)) {
            writeln!(wrong, "{}: `{part}`", file.path).unwrap();
        }
    }
    none(&wrong, "a file or folder is named for the noun it holds");
}

#[test]
fn files_stay_short() {
    let mut wrong = String::new();
    for file in files("src").into_iter().chain(files("tests/it")) {
        let lines = file.text.lines().count();
        let most = match file.path.as_str() {
            "src/main.rs" => MAIN_LINES_MAX,
            _ if file.has_tests() => LINES_WITH_TESTS_MAX,
            _ => LINES_MAX,
        };
        if lines > most {
            writeln!(wrong, "{}: {lines} lines, {most} at most", file.path).unwrap();
        }
    }
    none(&wrong, "a longer file is two rooms that want a wall");
}

#[test]
fn only_the_edge_touches_the_system() {
    let mut wrong = String::new();
    for file in files("src").iter().filter(|file| file.room() != "main" && !SYSTEM_ROOMS.contains(&file.room())) {
        for (number, line) in file.code() {
            let is_excepted = |reach: &str| SYSTEM_EXCEPTIONS.contains(&(file.path.as_str(), reach));
            for reach in SYSTEM.iter().filter(|reach| line.contains(*reach) && !is_excepted(reach)) {
                writeln!(wrong, "{}:{number}: {reach}", file.path).unwrap();
            }
        }
    }
    none(&wrong, "no clock, environment, file, network or sleep outside journal, engine, history, backtest and cli");
}

#[test]
fn other_peoples_crates_stay_in_their_room() {
    let mut wrong = String::new();
    for file in files("src") {
        for (number, line) in file.code() {
            for (name, rooms) in HIDDEN.iter().filter(|(_, rooms)| !rooms.contains(&file.room())) {
                let named = line.match_indices(name).any(|(at, _)| {
                    let is_start =
                        !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '/' || c == '"');
                    let after = &line[at + name.len()..];
                    is_start && (after.starts_with("::") || (line.trim_start().starts_with("use ") && after.starts_with(';')))
                });
                if named {
                    writeln!(wrong, "{}:{number}: `{name}` belongs to {}", file.path, rooms.join(", ")).unwrap();
                }
            }
        }
    }
    none(&wrong, "a crate that one room wraps is named there only");
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut wrong = String::new();
    for file in files("src") {
        for (number, line) in file.code().filter(|(_, line)| line.contains(".unwrap()")) {
            writeln!(wrong, "{}:{number}: {}", file.path, line.trim()).unwrap();
        }
    }
    none(&wrong, "what cannot fail says why; what can fail is an error");
}

#[test]
fn every_room_says_what_it_is_for() {
    let map = fs::read_to_string(root().join("src/README.md")).unwrap();
    let homes: BTreeMap<String, String> = files("src").into_iter().map(|file| (file.path, file.text)).collect();
    let mut paths = Vec::new();
    walk(&root().join("src"), &mut paths);
    let mut wrong = String::new();
    for folder in paths.iter().filter(|path| path.is_dir() && !path.ends_with("tests")) {
        let path = folder.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let home = homes.get(&format!("{path}/mod.rs")).or_else(|| homes.get(&format!("{path}.rs")));
        if !home.is_some_and(|text| text.starts_with("//! ")) {
            writeln!(wrong, "{path}: it has no `mod.rs` that begins with `//!`").unwrap();
        }
        let name = path.trim_start_matches("src/");
        if !name.contains('/') && !map.contains(&format!("`{name}/`")) {
            writeln!(wrong, "{path}: src/README.md does not name it").unwrap();
        }
    }
    none(&wrong, "a folder begins with what it is for");
}
