//! `README.md` shows what the program really prints, and the commands that it opens with are the ones that work.
//!
//! Its Rust blocks are compiled and run as doc tests (`src/lib.rs`).

use std::fmt::Write as _;
#[cfg(feature = "cli")]
use std::process::Command;

const PAGE: &str = include_str!("../../README.md");
/// The page of the example with real cases.
#[cfg(feature = "cli")]
const MEDIATIONS: &str = include_str!("../../examples/nyc-mediations/README.md");

/// The blocks of a fence, in order.
fn blocks(page: &str, fence: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let (mut open, mut wanted) = (false, false);
    for line in page.lines() {
        if let Some(language) = line.strip_prefix("```") {
            open = !open;
            wanted = open && language == fence;
            if wanted {
                list.push(String::new());
            }
        } else if wanted && let Some(block) = list.last_mut() {
            writeln!(block, "{line}").unwrap();
        }
    }
    list
}

#[test]
fn it_opens_with_the_two_commands_for_a_fresh_machine() {
    let first: Vec<String> = blocks(PAGE, "sh").into_iter().take(2).collect();
    assert_eq!(first, ["cargo run --release -- decide --example\n", "cargo test --all-features\n"]);
}

#[cfg(feature = "cli")]
/// The digest of the bundle and how much is in it change with every edit; what the page shows of them is a sample.
fn settled(text: &str) -> String {
    let is_count = |line: &str| line.starts_with("bundle ") || line.ends_with(" failed");
    let settle = |line: &str| match line.strip_prefix("  policy ").and_then(|rest| rest.split_once('(')) {
        Some((name, rest)) => format!("  policy {name}(...{}", rest.split_once(')').map_or("", |(_, after)| after)),
        None if is_count(line) => line.split(' ').filter(|word| word.parse::<u32>().is_err()).collect::<Vec<_>>().join(" "),
        None => line.to_owned(),
    };
    text.lines().map(settle).fold(String::new(), |text, line| text + line.as_str() + "\n")
}

#[test]
#[cfg(feature = "cli")]
fn its_commands_print_what_it_shows() {
    let shown = blocks(PAGE, "console");
    assert!(shown.len() >= 3, "only {} commands are shown with their output", shown.len());
    let wrong = others(&shown, "");
    assert!(wrong.is_empty(), "README.md shows something else than\n\n{wrong}");
}

/// Commands that are shown without their output need what is not kept here, and are not run.
#[test]
#[cfg(feature = "cli")]
fn the_mediations_come_to_what_their_page_shows() {
    let shown = blocks(MEDIATIONS, "console").into_iter().filter(|block| block.lines().count() > 1).collect::<Vec<_>>();
    assert_eq!(shown.len(), 1, "{shown:?}");
    let wrong = others(&shown, "examples/nyc-mediations");
    assert!(wrong.is_empty(), "examples/nyc-mediations/README.md shows something else than\n\n{wrong}");
}

/// What commands really print, where a page shows something else; they run in a directory of the repository.
#[cfg(feature = "cli")]
fn others(shown: &[String], directory: &str) -> String {
    let mut wrong = String::new();
    for block in shown {
        let (command, expected) = block.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ redress ").unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_redress"))
            .args(arguments.split_whitespace())
            .current_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(directory))
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        let (printed_here, shown_here) = (settled(&printed), settled(expected));
        let is_shown = match shown_here.strip_suffix("...\n") {
            // The page leaves the rest out.
            Some(beginning) => printed_here.starts_with(beginning),
            None => printed_here == shown_here,
        };
        if !run.status.success() || !is_shown {
            writeln!(wrong, "{command}\n{printed}{}", String::from_utf8_lossy(&run.stderr)).unwrap();
        }
    }
    wrong
}

/// What the program says of itself.
#[cfg(feature = "cli")]
fn help(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).arg("--help").output().unwrap();
    String::from_utf8(run.stdout).unwrap()
}

/// The first words of the lines below a heading.
#[cfg(feature = "cli")]
fn listed(help: &str, heading: &str) -> Vec<String> {
    let below = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| line.starts_with(' '));
    let names = below.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    names.filter_map(|line| line.split(' ').next().map(str::to_owned)).filter(|name| name != "help").collect()
}

#[test]
#[cfg(feature = "cli")]
fn it_lists_every_command_and_every_option() {
    let (_, part) = PAGE.split_once("\n## The command line\n").unwrap();
    let (part, _) = part.split_once("\n## ").unwrap();
    let commands = listed(&help(&[]), "Commands:");
    assert!(commands.len() > 10, "{commands:?}");
    let mut missing = String::new();
    for command in &commands {
        if !part.contains(&format!("| `redress {command}")) {
            writeln!(missing, "redress {command}").unwrap();
        }
        let own = help(&[command]);
        let inner = listed(&own, "Commands:");
        let pages = inner.iter().map(|inner| help(&[command, inner])).chain([own.clone()]);
        for page in pages {
            let options = page.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
            for option in options.filter_map(|line| line.split([' ', '\n']).next()).filter(|name| *name != "help") {
                // `decide` has a table of its own; the others are named with their options.
                let is_said = part.lines().any(|line| {
                    let has = line.contains(&format!("--{option}"));
                    has && (line.contains(&format!("{command} "))
                        || line.contains(&format!("`{command}`"))
                        || *command == "decide")
                });
                if !is_said {
                    writeln!(missing, "redress {command} --{option}").unwrap();
                }
            }
        }
    }
    assert!(missing.is_empty(), "the part on the command line says nothing of\n\n{missing}");
}
