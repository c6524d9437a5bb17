//! Every code has a page; both of its examples are run, and what is said about the wrong one stands in `tests/diagnostics/`.
//!
//! `tests/diagnostics/R0101.txt` holds the files of the example, each below a line `-- PATH --`, then the command and all that it
//! prints. One file a code, because such an example is a few lines in one to three files, which are read together in a review.
//! `REDRESS_WRITE_EXPECTED=1 cargo test --all-features --test it diagnostics` writes them anew; the difference is for a person to
//! judge.

use redress::text::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What an example without a `bundle.yaml` means.
const BUNDLE: &str = "bundle: example\nversion: 1\ncurrency: USD\n";
const WRITE: &str = "REDRESS_WRITE_EXPECTED";
/// Examples are run by so many threads: most of the time goes by in the program, which decides with the built-in bundle.
const THREADS: usize = 4;

/// The files of an example; a path of the second list is taken away.
type Files = BTreeMap<String, Vec<u8>>;

pub(crate) struct Page {
    title: String,
    pub(crate) wrong: Files,
    /// Without the name of the program.
    command: String,
    mended: Files,
}

impl Page {
    /// Reads a page; what it says beside the examples is for people.
    pub(crate) fn read(text: &str) -> Self {
        let title = text.lines().next().unwrap_or_default().to_owned();
        let (_, examples) = text.split_once("\n## Wrong\n").expect("a page has a part `## Wrong`");
        let (wrong, mended) = examples.split_once("\n## Mended\n").expect("a page has a part `## Mended`");
        let mut files = Files::from([("bundle.yaml".to_owned(), BUNDLE.into())]);
        let command = fill(&mut files, wrong).expect("`## Wrong` ends with the command that finds it");
        let wrong = files.clone();
        fill(&mut files, mended);
        Self { title, wrong, command, mended: files }
    }
}

/// Takes over what a part of a page says about files. Gives the command, if there is one.
fn fill(files: &mut Files, part: &str) -> Option<String> {
    let mut command = None;
    let mut path = None;
    let mut lines = part.lines();
    while let Some(line) = lines.next() {
        if let Some(gone) = line.strip_prefix('`').and_then(|line| line.strip_suffix("` is gone.")) {
            assert!(files.remove(&unescaped_text(gone)).is_some(), "`{gone}` was never there");
        } else if let Some(named) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) {
            path = Some(unescaped_text(named));
        } else if let Some(info) = line.strip_prefix("```") {
            let block: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            if info == "console" {
                command = block.trim_end().strip_prefix("$ redress ").map(str::to_owned);
            } else if let Some(path) = path.take() {
                let bytes = if info.ends_with(" bytes") { unescaped(&block) } else { block.into_bytes() };
                files.insert(path, bytes);
            }
        }
    }
    command
}

/// `\xfc` is the byte 0xFC, `\t` a tab.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let digits = after.strip_prefix('x').and_then(|after| after.get(..2));
        (bytes, rest) = match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => ([bytes, vec![byte]].concat(), &after[3..]),
            None => ([bytes, vec![b'\t']].concat(), after.strip_prefix('t').expect("`\\x..` or `\\t`")),
        };
    }
    bytes.extend(rest.bytes());
    bytes
}

fn unescaped_text(text: &str) -> String {
    String::from_utf8(unescaped(text)).unwrap()
}

struct Ran {
    /// Status, standard output, standard error.
    text: String,
    is_fine: bool,
    /// The codes of the findings, in order.
    codes: Vec<String>,
}

fn run(files: &Files, command: &str, directory: &Path) -> Ran {
    if directory.exists() {
        fs::remove_dir_all(directory).unwrap();
    }
    for (path, bytes) in files {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let program =
        Command::new(env!("CARGO_BIN_EXE_redress")).args(command.split(' ')).current_dir(directory).env_clear().output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&program.stdout), String::from_utf8_lossy(&program.stderr));
    let mut text = format!("status {}\n", program.status.code().unwrap());
    for (name, stream) in [("", out), ("standard error\n", err)] {
        if !stream.is_empty() {
            let trimmed: String = stream.lines().map(|line| format!("{}\n", line.trim_end())).collect();
            write!(text, "\n{name}{trimmed}").unwrap();
        }
    }
    let codes = text.match_indices("[R").filter_map(|(at, _)| text.get(at + 1..at + 6)).map(str::to_owned).collect();
    Ran { is_fine: program.status.success(), text, codes }
}

/// A page as it stands in `tests/diagnostics/`.
fn kept(page: &Page, ran: &Ran) -> String {
    let mut text = String::new();
    for (path, bytes) in &page.wrong {
        write!(text, "-- {} --\n{}", path.escape_debug(), String::from_utf8_lossy(bytes)).unwrap();
    }
    format!("{text}-- redress {} --\n{}", page.command, ran.text)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// What is wrong with the page of a code.
fn complaint(code: Code, writes: bool) -> Option<String> {
    let page = Page::read(code.page());
    let title = format!("# {code}: {}", code.title());
    if page.title != title {
        return Some(format!("its page has to begin with `{title}`"));
    }
    let stage = |name: &str| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diagnostics").join(code.to_string()).join(name);
    let wrong = run(&page.wrong, &page.command, &stage("wrong"));
    if wrong.codes != [code.to_string()] {
        return Some(format!("the wrong example should show {code} once and nothing else:\n{}", wrong.text));
    }
    let mended = run(&page.mended, &page.command, &stage("mended"));
    if !mended.is_fine || !mended.codes.is_empty() {
        return Some(format!("the mended example should be fine:\n{}", mended.text));
    }
    let (file, shown) = (folder().join(format!("{code}.txt")), kept(&page, &wrong));
    if writes {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&file, &shown).unwrap();
    }
    match fs::read_to_string(&file) {
        Ok(expected) if expected == shown => None,
        Ok(expected) => Some(format!("{} differs; expected:\n{expected}\ncame:\n{shown}", file.display())),
        Err(_) => Some(format!("there is no {}; `{WRITE}=1` writes it", file.display())),
    }
}

#[test]
fn every_code_has_a_page_whose_examples_say_what_it_says() {
    let writes = std::env::var_os(WRITE).is_some();
    let complaints = std::thread::scope(|scope| {
        let share = |nth: usize| Code::ALL.iter().skip(nth).step_by(THREADS);
        let threads: Vec<_> = (0..THREADS)
            .map(|nth| scope.spawn(move || share(nth).filter_map(|code| Some((*code, complaint(*code, writes)?))).collect()))
            .collect();
        threads.into_iter().flat_map(|thread| -> Vec<(Code, String)> { thread.join().unwrap() }).collect::<BTreeMap<_, _>>()
    });
    let all: String = complaints.iter().map(|(code, text)| format!("{code}: {text}\n\n")).collect();
    assert!(all.is_empty(), "{} of {} codes\n\n{all}", complaints.len(), Code::ALL.len());
    // Nothing is kept for a code that is not there.
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.txt")).collect();
    let kept: BTreeSet<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(kept, codes);
    let pages = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/codes")).unwrap();
    let pages: BTreeSet<String> = pages.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(pages, Code::ALL.iter().map(|code| format!("{code}.md")).collect());
}

/// A finding as text shows it: its headline, and the lines below it.
struct Shown {
    place: String,
    headline: String,
    below: Vec<String>,
}

/// The findings in a text of tests or of expected output.
fn shown(path: &Path) -> Vec<Shown> {
    let text = fs::read_to_string(path).unwrap();
    let begins = |line: &str| {
        ["error[R", "warning[R", "advice[R"].iter().find(|start| line.starts_with(**start))?;
        line.split_once("]: ").map(|(_, headline)| headline.to_owned())
    };
    let mut found: Vec<Shown> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if let Some(headline) = begins(line) {
            found.push(Shown { place: format!("{}:{}", path.display(), number + 1), headline, below: Vec::new() });
            open = true;
        } else if line.is_empty() {
            open = false;
        } else if let (true, Some(last)) = (open, found.last_mut()) {
            last.below.push(line.to_owned());
        }
    }
    found
}

/// Every finding that a broken bundle, case, mapping or test shows in `tests/diagnostics` and `tests/it/bad_input`.
fn all_shown() -> Vec<Shown> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![folder(), root.join("tests/it/bad_input")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() { folders.push(path) } else { found.extend(shown(&path)) }
        }
    }
    assert!(found.len() > 500, "{} findings", found.len());
    found
}

#[test]
fn every_finding_ends_with_a_rewrite() {
    let without = all_shown().into_iter().filter(|shown| !shown.below.iter().any(|line| line.starts_with("= help: ")));
    let without: Vec<String> = without.map(|shown| format!("{}: {}", shown.place, shown.headline)).collect();
    assert!(without.is_empty(), "{} findings without a help line\n{}", without.len(), without.join("\n"));
}

#[test]
fn every_finding_is_one_sentence_in_plain_words() {
    let mut wrong = Vec::new();
    for Shown { place, headline, .. } in all_shown() {
        // `YAML` is written so.
        let first = headline.split_whitespace().next().unwrap_or_default();
        let is_sentence = first.starts_with(char::is_uppercase) && first.chars().any(char::is_lowercase);
        let says = |what: &str| format!("{place}: {what}: {headline}");
        if is_sentence {
            wrong.push(says("begins with a capital"));
        }
        if headline.ends_with(['.', '!', ';', ':', ' ']) {
            wrong.push(says("ends with a mark"));
        }
        if ["Option<", "Vec<", "Some(", "None", "String", "&str", "unwrap", "usize", "i64"].iter().any(|word| {
            let outside: String = headline.split('`').step_by(2).collect();
            outside.contains(word)
        }) {
            wrong.push(says("speaks of how it is built"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
