//! Policy tests: given a case, expect a decision.
//!
//! Order of the files, each using only those before it: `overlay`, `expectation`, and this one.

mod expectation;
mod overlay;

pub use expectation::Failure;

use super::explain::{View, explain_part};
use crate::bundle::{Bundle, TestDoc, TestFile};
use crate::decision::{Decision, Explanation};
use crate::policy::Policy;
use crate::text::{Code, Diagnostic, Diagnostics, Source};
use serde_json::{Value as Json, json};

/// What stands before every line about a failing test but the first.
const INDENT: &str = "        ";

/// How one test ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestResult {
    /// Its name.
    pub name: String,
    /// Where it stands: `tests/scenarios.yaml:3:5`.
    pub place: String,
    /// Expectations that were not met.
    pub failures: Vec<Failure>,
    /// What kept it from being run at all.
    pub problems: Diagnostics,
    /// The decision that came, where an expectation was not met.
    pub decision: Option<Decision>,
}

impl TestResult {
    /// Did it pass?
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty() && !self.problems.has_errors()
    }

    /// The parts that the failures speak of, each once.
    fn parts(&self) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in self.failures.iter().flat_map(parts_behind) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// Why these parts came out as they did.
    fn explanation(&self) -> impl Iterator<Item = &Explanation> {
        let parts = self.parts();
        let lines = self.decision.iter().flat_map(|decision| &decision.explanation);
        lines.filter(move |line| line.rule.split('/').next().is_some_and(|part| parts.iter().any(|each| each == part)))
    }
}

/// How all tests of a bundle ended, in the order of files and tests.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TestReport {
    /// One result a test.
    pub results: Vec<TestResult>,
}

/// Gives the text of a file by its path from the bundle's directory (`../examples/cases/duplicate-charge.yaml`), or says why not.
pub type CaseFiles<'a> = dyn Fn(&str) -> Result<Source, String> + 'a;

/// Runs the tests of a bundle whose names hold `filter`.
#[must_use]
pub fn run(policy: &Policy, bundle: &Bundle, case_files: &CaseFiles<'_>, filter: Option<&str>) -> TestReport {
    let mut report = TestReport::default();
    for file in &bundle.tests {
        for test in &file.tests {
            if filter.is_none_or(|filter| test.name.value.contains(filter) || file.path.contains(filter)) {
                report.results.push(run_one(policy, file, test, case_files));
            }
        }
    }
    report
}

fn run_one(policy: &Policy, file: &TestFile, test: &TestDoc, case_files: &CaseFiles<'_>) -> TestResult {
    let mut result = TestResult {
        name: test.name.value.clone(),
        place: test.place.to_string(),
        failures: Vec::new(),
        problems: Diagnostics::new(),
        decision: None,
    };
    match decide(policy, file, test, case_files) {
        Ok(decision) => compare(policy, decision, file, test, &mut result),
        Err(problems) => result.problems = problems,
    }
    result
}

fn decide(policy: &Policy, file: &TestFile, test: &TestDoc, case_files: &CaseFiles<'_>) -> Result<Decision, Diagnostics> {
    let source = match &test.case {
        Some(name) => {
            let path = normal_path(&file.path, &name.value);
            let found = case_files(&path).map_err(|reason| {
                let message = format!("the case file `{}` cannot be read: {reason}", name.value);
                let help = "the path is relative to the file of the test";
                one(Diagnostic::at(Code::BadTest, &name.place, message).help(help))
            })?;
            Some(found)
        }
        None => None,
    };
    let case = overlay::case_of(source.as_ref(), &test.given, &file.source)?;
    let at = test
        .at
        .value
        .in_zone(&case.zone())
        .map_err(|trouble| one(Diagnostic::at(Code::BadTest, &test.at.place, trouble.to_string())))?;
    policy.decide(&case, at).map_err(|error| match error {
        crate::evaluation::DecideError::InvalidCase(diagnostics) => diagnostics,
        other => one(Diagnostic::at(Code::BadTest, &test.place, other.to_string())),
    })
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    std::iter::once(diagnostic).collect()
}

/// A path named in a file of the bundle, from the directory of the bundle: `tests/a.yaml` and `../../x.yaml` give `../x.yaml`.
fn normal_path(file: &str, name: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn compare(policy: &Policy, decision: Decision, file: &TestFile, test: &TestDoc, result: &mut TestResult) {
    let json = decision.to_json();
    for (path, expected) in &test.expect {
        result.failures.extend(expectation::check(path, expected, (policy, &json), &file.source, &mut result.problems));
    }
    result.decision = (!result.failures.is_empty()).then_some(decision);
}

/// The parts that a failed expectation speaks of.
fn parts_behind(failure: &Failure) -> Vec<String> {
    let mut segments = failure.path.split('.');
    let part = match (segments.next(), segments.next()) {
        (Some("rules" | "not_rules"), _) => {
            return failure.expected.split(", ").filter_map(|rule| rule.split('/').next()).map(str::to_owned).collect();
        }
        (Some("money"), Some("related_charges_reversed")) => "related_charges",
        (Some("money"), Some("penalty_reimbursement")) => "penalties",
        (Some("money" | "parts"), Some(part)) => part,
        (Some(section), _) => section,
        (None, _) => return Vec::new(),
    };
    vec![part.to_owned()]
}

/// How parts of a decision came about, each as a tree below an empty line.
fn trees(decision: &Decision, parts: &[String], colour: bool) -> Vec<String> {
    let all = View::default();
    let view = View { colour, width: all.width.saturating_sub(INDENT.len()), ..all };
    let lines = |part: &String| explain_part(decision, part, &view).lines().map(|line| format!("{INDENT}{line}\n")).collect();
    let trees = parts.iter().map(lines).filter(|tree: &String| !tree.is_empty());
    trees.map(|tree| format!("\n{tree}")).collect()
}

impl TestReport {
    /// How many passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.results.iter().filter(|result| result.passed()).count()
    }

    /// How many failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.results.len() - self.passed()
    }

    /// As text: every failing test with what was expected, what came and why, then a line that counts.
    #[must_use]
    pub fn to_text(&self, colour: bool) -> String {
        let mut text = String::new();
        for result in self.results.iter().filter(|result| !result.passed()) {
            text.push_str(&format!("FAILED  {}\n{INDENT}{}\n", result.name, result.place));
            if result.problems.has_errors() {
                text.push_str(&crate::text::render_all(&result.problems, colour));
                text.push('\n');
            }
            for failure in &result.failures {
                text.push_str(&format!("{INDENT}{}\n", failure.path));
                let Failure { expected, actual, .. } = failure;
                text.push_str(&format!("{INDENT}  expected  {expected}\n{INDENT}  came      {actual}\n"));
            }
            for part in result.decision.iter().flat_map(|decision| trees(decision, &result.parts(), colour)) {
                text.push_str(&part);
            }
            text.push('\n');
        }
        text.push_str(&format!("{} passed, {} failed\n", self.passed(), self.failed()));
        text
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let results: Vec<Json> = self
            .results
            .iter()
            .map(|result| {
                json!({
                    "name": result.name,
                    "place": result.place,
                    "passed": result.passed(),
                    "failures": result.failures.iter().map(|failure| json!({
                        "path": failure.path, "expected": failure.expected, "actual": failure.actual,
                    })).collect::<Vec<_>>(),
                    "problems": crate::text::to_json(&result.problems),
                    "trace": result.explanation().collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({"passed": self.passed(), "failed": self.failed(), "tests": results})
    }
}
