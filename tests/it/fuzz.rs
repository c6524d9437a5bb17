//! What the fuzz targets of `tests/fuzz` begin with, and everything that they ever found, without a fuzzer: the same bodies, on one
//! input after the other.

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

/// No input may take longer: the fuzzers take ten seconds for a hang, optimised, on the inputs that they make.
const MOST: Duration = Duration::from_secs(20);

/// Runs inputs, and names those that fail.
fn replay(target: &str, inputs: impl IntoIterator<Item = (String, Vec<u8>)>) -> usize {
    let (mut count, mut failed) = (0, Vec::new());
    for (name, input) in inputs {
        count += 1;
        let begun = Instant::now();
        let is_fine = catch_unwind(|| bodies::run(target, &input)).is_ok();
        if !is_fine {
            failed.push(format!("{name}: {:?}", String::from_utf8_lossy(&input)));
        } else if begun.elapsed() > MOST {
            failed.push(format!("{name}: {:?}", begun.elapsed()));
        }
    }
    assert!(failed.is_empty(), "{target}, {} of {count}:\n{}", failed.len(), failed.join("\n"));
    count
}

/// Replays the seeds of a target, which are at least so many.
fn replay_seeds(target: &str, least: usize) {
    let seeds = bodies::seeds(target).into_iter().enumerate().map(|(number, seed)| (format!("seed {number}"), seed));
    let count = replay(target, seeds);
    assert!(count >= least, "{target}: only {count} seeds");
}

macro_rules! seeds {
    ($($target:ident, $least:literal;)*) => {
        $(#[test]
        fn $target() {
            replay_seeds(stringify!($target), $least);
        })*

        #[test]
        fn every_target_has_its_seeds_replayed() {
            assert_eq!(bodies::NAMES, [$(stringify!($target)),*]);
        }
    };
}

seeds! {
    yaml, 500;
    cells, 200;
    tables, 30;
    expressions, 150;
    cases, 300;
    mappings, 3;
    journal, 20;
    bundles, 300;
    letters, 40;
}

#[test]
fn what_was_found_stays_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found");
    for target in bodies::NAMES {
        let folder = root.join(target);
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
        }
        found.sort();
        replay(target, found);
    }
}

/// What a fuzzer reads as words has to be in its form: a word in quotes a line.
#[test]
fn dictionaries_are_in_form() {
    for target in bodies::NAMES {
        let words = bodies::words(target);
        for line in words.lines() {
            let word = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
            assert!(word.is_some_and(|word| !word.is_empty()) && line.is_ascii(), "{target}: {line}");
        }
        assert!(words.lines().count() >= 50, "{target}: only {} words", words.lines().count());
    }
}

/// Every target is a binary of the package, and named in its README.
#[test]
fn every_target_can_be_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let (manifest, readme) = ["Cargo.toml", "README.md"].map(|name| fs::read_to_string(folder.join(name)).unwrap()).into();
    for target in bodies::NAMES {
        assert!(manifest.contains(&format!("path = \"targets/{target}.rs\"")), "{target} is no binary");
        let text = fs::read_to_string(folder.join(format!("targets/{target}.rs"))).unwrap();
        assert!(text.contains(&format!("redress_fuzz::run(\"{target}\", data)")), "{target} runs something else");
        assert!(readme.contains(&format!("| `{target}` |")), "the README does not tell of {target}");
    }
}
