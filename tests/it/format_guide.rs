//! `policies/README.md` teaches the format by examples; here every one of them is run.
//!
//! How the page is read. Each `##` section builds up one bundle:
//! * A block that begins with `# file: PATH` (`// file: PATH` in a script), or a CSV block whose fence names the path, is that file
//!   from there on. So is a block whose fence says `letter PATH`.
//! * A block that begins with `# case` is decided with the bundle as it stands; `# case at 2026-07-01` says when. The `text` block
//!   that follows is what `redress decide` prints, without the lines that name the policy and the time.
//! * A block that begins with `# letter KIND` is a case too; the `text` block that follows is that letter, as `redress letter` shows it.
//! * A `text` block that begins with `error[` or `warning[` after a file is what `redress check` says to it (of the rules that load,
//!   what it says about that file); a file that is refused is taken back. After a case it is what the reader of cases says.
//! * A `text` block after a file of `tests/` is what the policy tests say.
//!
//! Nothing may stand on the page as an example and not be run.

use redress::authoring::analysis::analyse;
use redress::authoring::explain::{View, explain};
use redress::authoring::letters::letter_page;
use redress::bundle::Bundle;
use redress::case::{CaseFormat, read_case};
use redress::letter::LetterError;
use redress::testing;
use redress::text::{Diagnostic, Diagnostics, Severity, Source, render_all};
use redress::value::{Date, DateTime};
use redress::{BundleFiles, Extensions, Policy};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A fenced block of a page.
struct Block {
    /// The line of its fence, from 1.
    line: usize,
    /// `yaml`, or `csv decisions/x.csv`.
    fence: String,
    text: String,
}

/// What the last example left to be shown.
enum Awaited {
    Nothing,
    /// What was printed; it has to be shown.
    Shown(String),
    /// A file came, and its earlier text, if there was one; it may be refused.
    File {
        path: String,
        before: Option<String>,
    },
}

struct Guide {
    /// The files of the section's bundle.
    files: BTreeMap<String, String>,
    awaited: Awaited,
    wrong: String,
    examples: usize,
}

#[test]
fn every_example_of_the_guide_runs() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/README.md")).unwrap().replace("\r\n", "\n");
    let mut guide = Guide { files: BTreeMap::new(), awaited: Awaited::Nothing, wrong: String::new(), examples: 0 };
    for section in sections(&page) {
        guide.begin();
        for block in &section {
            guide.block(block);
        }
        guide.end(section.last().map_or(0, |block| block.line));
    }
    assert!(guide.wrong.is_empty(), "policies/README.md:\n{}", guide.wrong);
    assert!(guide.examples > 50, "only {} examples were found", guide.examples);
}

/// The warnings about a policy that loads, of what can be said against its rules only those about one file.
fn said_about(path: &str, policy: &Policy) -> Diagnostics {
    let mut found = policy.warnings().clone();
    let is_here = |finding: &&Diagnostic| finding.place.as_ref().is_some_and(|place| place.source.name().ends_with(path));
    let analysed = analyse(policy);
    found.extend(analysed.iter().filter(is_here).filter(|finding| finding.severity < Severity::Advice).cloned().collect());
    found
}

/// The blocks of every `##` section.
fn sections(page: &str) -> Vec<Vec<Block>> {
    let mut list: Vec<Vec<Block>> = vec![Vec::new()];
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(fence)) => open = Some(Block { line: at + 1, fence: fence.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => list.last_mut().unwrap().extend(open.take()),
            (Some(block), None) => writeln!(block.text, "{line}").unwrap(),
            (None, None) if line.starts_with("## ") => list.push(Vec::new()),
            (None, None) => {}
        }
    }
    list
}

impl Guide {
    fn begin(&mut self) {
        self.files.clear();
        self.files.insert("bundle.yaml".to_owned(), "bundle: guide\nversion: 1\ncurrency: USD\n".to_owned());
        self.awaited = Awaited::Nothing;
    }

    fn block(&mut self, block: &Block) {
        if block.fence == "text" {
            return self.shown(block);
        }
        self.nothing_awaited(block.line);
        let first = block.text.lines().next().unwrap_or_default();
        let file = first
            .strip_prefix("# file: ")
            .or(first.strip_prefix("// file: "))
            .or(block.fence.strip_prefix("csv "))
            .or(block.fence.strip_prefix("letter "));
        match (block.fence.as_str(), file) {
            // Commands are tried where the program is.
            ("sh", _) => {}
            (_, Some(path)) => {
                let before = self.files.insert(path.to_owned(), block.text.clone());
                self.awaited = Awaited::File { path: path.to_owned(), before };
                self.examples += 1;
            }
            ("yaml", None) if first.starts_with("# case") => {
                self.awaited = Awaited::Shown(self.decided(&block.text, first));
                self.examples += 1;
            }
            ("yaml", None) if first.starts_with("# letter ") => {
                self.awaited = Awaited::Shown(self.written(&block.text, first.trim_start_matches("# letter ")));
                self.examples += 1;
            }
            _ => self.complain(block.line, "this block is neither a file nor a case, so nothing runs it"),
        }
    }

    /// A block that shows what comes of what stood before it.
    fn shown(&mut self, block: &Block) {
        let found = match std::mem::replace(&mut self.awaited, Awaited::Nothing) {
            Awaited::Nothing => return self.complain(block.line, "there is no example that this could be the output of"),
            Awaited::Shown(found) => found,
            Awaited::File { path, .. } if path.starts_with("tests/") => self.tested(),
            Awaited::File { path, before } => {
                let loaded = self.load();
                let is_refused = loaded.is_err();
                let findings = loaded.map_or_else(|findings| findings, |policy| said_about(&path, &policy));
                if is_refused {
                    match before {
                        Some(before) => self.files.insert(path, before),
                        None => self.files.remove(&path),
                    };
                }
                render_all(&findings, false)
            }
        };
        if found.trim_end() != block.text.trim_end() {
            self.complain(block.line, &format!("this does not come of it; what comes is\n{}", found.trim_end()));
        }
    }

    /// What a case that is not followed by its outcome would leave untried.
    fn nothing_awaited(&mut self, line: usize) {
        if let Awaited::Shown(found) = std::mem::replace(&mut self.awaited, Awaited::Nothing) {
            self.complain(line, &format!("before this, the outcome of the case is not shown:\n{found}"));
        }
    }

    /// The bundle of a section has to be right as a whole, and its tests have to pass.
    fn end(&mut self, line: usize) {
        self.nothing_awaited(line);
        if self.files.len() == 1 {
            return;
        }
        let loaded = self.load().map(|policy| policy.warnings().clone());
        match loaded {
            Err(findings) => {
                self.complain(line, &format!("the bundle of this section is refused:\n{}", render_all(&findings, false)));
            }
            Ok(_) if self.files.keys().any(|path| path.starts_with("tests/")) => {
                let report = self.tested();
                if !report.ends_with(" 0 failed\n") {
                    self.complain(line, &report);
                }
            }
            Ok(_) => {}
        }
    }

    fn bundle(&self) -> BundleFiles {
        let mut files = BundleFiles::shown_below("policies");
        for (path, text) in &self.files {
            files.insert(path.as_str(), text.as_str());
        }
        files
    }

    fn load(&self) -> Result<Policy, redress::Diagnostics> {
        Policy::load(&self.bundle(), &Extensions::new())
    }

    fn decided(&self, text: &str, first: &str) -> String {
        let case = match read_case(&Source::new("case.yaml", text), CaseFormat::Yaml) {
            Ok(case) => case,
            Err(findings) => return render_all(&findings, false),
        };
        let policy = match self.load() {
            Ok(policy) => policy,
            Err(findings) => return render_all(&findings, false),
        };
        let at = first.strip_prefix("# case at ").unwrap_or("2026-03-05");
        let at = Date::parse(at).and_then(|day| day.begins_in(&case.zone())).or_else(|_| DateTime::parse(at)).unwrap();
        match crate::oracle::decide(&policy, &case, at) {
            Ok(decision) => {
                let text = explain(&decision, &View::default());
                let told = |line: &&str| !line.starts_with("  policy guide") && !line.starts_with("  judged by the policy of");
                text.lines().filter(told).fold(String::new(), |text, line| text + line + "\n")
            }
            Err(redress::DecideError::InvalidCase(findings)) => render_all(&findings, false),
            Err(error) => format!("error: {error}"),
        }
    }

    fn written(&self, text: &str, kind: &str) -> String {
        let case = read_case(&Source::new("case.yaml", text), CaseFormat::Yaml)
            .unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let policy = self.load().unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let at = Date::parse("2026-03-05").and_then(|day| day.begins_in(&case.zone())).unwrap();
        let decision = policy.decide(&case, at).unwrap();
        let language = case.complaint.language.known().map_or("en", String::as_str);
        match policy.letters().write(kind, language, &case, &decision) {
            Ok(letter) => letter_page(&letter, 80, false),
            Err(LetterError::Refused(found)) => render_all(&found, false),
            Err(other) => other.to_string(),
        }
    }

    fn tested(&self) -> String {
        let (bundle, findings) = Bundle::read(&self.bundle());
        let (Some(bundle), Ok(policy)) = (bundle, self.load()) else { return render_all(&findings, false) };
        let no_files = |path: &str| Err(format!("there is no `{path}`"));
        testing::run(&policy, &bundle, &no_files, None).to_text(false)
    }

    fn complain(&mut self, line: usize, what: &str) {
        writeln!(self.wrong, "\nline {line}: {what}").unwrap();
    }
}

/// The names in backticks of a line.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_of_practices_names_what_exists() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/README.md")).unwrap().replace("\r\n", "\n");
    let (_, table) = page.split_once("## The practices of this bundle").unwrap();
    let files = redress::default_bundle();
    let (bundle, _) = Bundle::read(&files);
    let bundle = bundle.unwrap();
    let params: Vec<String> = bundle.manifest.params.iter().map(|param| format!("params.{}", param.path.join("."))).collect();
    let mut rows = Vec::new();
    let mut unknown = Vec::new();
    for line in table.lines() {
        let Some(number) =
            line.strip_prefix("| ").and_then(|rest| rest.split(' ').next()).and_then(|number| number.parse::<u32>().ok())
        else {
            continue;
        };
        rows.push(number);
        for name in names(line) {
            let exists = if name.contains('.') {
                files.get(name).is_some()
                    || params.iter().any(|param| param == name)
                    || redress::case::registry().find(name).is_some()
            } else if let Some((decision, rule)) = name.split_once('/') {
                let docs = bundle.decisions.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.decisions));
                let ids = docs.filter(|doc| doc.name.value == decision).flat_map(|doc| &doc.rules);
                ids.filter_map(|rule| rule.id.as_ref()).any(|id| id.value == rule)
                    || in_table(&files, decision, rule)
                    || files.get(&format!("{name}/bundle.yaml")).is_some()
            } else {
                let is_guardrail = bundle.guardrails.iter().any(|guardrail| guardrail.id.value == name);
                is_guardrail || redress::case::registry().find(name).is_some() || name == "because"
            };
            if !exists {
                unknown.push(format!("{number}: {name}"));
            }
        }
    }
    assert_eq!(rows, (1..=45).collect::<Vec<u32>>());
    assert_eq!(unknown, Vec::<String>::new());
}

/// Does a decision that is written as a table have a row of this name?
fn in_table(files: &BundleFiles, decision: &str, rule: &str) -> bool {
    let text = files.get(&format!("decisions/{decision}.yaml")).map_or("", Source::text);
    text.lines().any(|line| line.trim_start().strip_prefix("| ").is_some_and(|row| row.starts_with(&format!("{rule} "))))
}

#[test]
fn the_table_of_bounds_says_what_holds() {
    use redress::limits::*;
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/README.md")).unwrap().replace("\r\n", "\n");
    let rows = [
        ("largest file of a bundle, case file or line of a history", format!("{} MiB", DOCUMENT_BYTES_MAX / 1024 / 1024)),
        ("deepest nesting of a file", format!("{DOCUMENT_DEPTH_MAX} levels")),
        ("files in a bundle", BUNDLE_FILES_MAX.to_string()),
        ("decisions in a bundle", DECISIONS_MAX.to_string()),
        ("rules in a decision", DECISION_RULES_MAX.to_string()),
        ("conditions (columns) in a decision", DECISION_COLUMNS_MAX.to_string()),
        ("items that a `for_each` decides", FOR_EACH_ITEMS_MAX.to_string()),
        ("digits of a number", DECIMAL_DIGITS_MAX.to_string()),
        ("length of an expression", format!("{EXPRESSION_BYTES_MAX} bytes")),
        ("length of a script", format!("{SCRIPT_LINES_MAX} lines")),
        ("operations of one call of a script", SCRIPT_OPERATIONS_MAX.to_string()),
        ("text that a script builds", format!("{SCRIPT_TEXT_BYTES_MAX} bytes")),
        ("list that a script builds", format!("{SCRIPT_LIST_ITEMS_MAX} items")),
        ("map that a script builds", format!("{SCRIPT_MAP_ENTRIES_MAX} entries")),
        ("nesting of calls in a script", format!("{SCRIPT_CALL_LEVELS_MAX} levels")),
        ("instalments of a payment plan", INSTALMENTS_MAX.to_string()),
    ];
    let table = rows.iter().fold(String::new(), |text, (bound, value)| text + format!("| {bound} | {value} |\n").as_str());
    assert!(page.contains(&table), "the table should be\n{table}");
}
