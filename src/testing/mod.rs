//! Policy tests: given a case, expect a decision. They run wherever a bundle is taken: at a terminal, and by a service that
//! takes a changed bundle only when its tests pass.
//!
//! Order of the files, each using only those before it: `overlay`, `expectation`, and this one.

mod expectation;
mod overlay;

pub use expectation::Failure;

use crate::bundle::{Bundle, TestDoc, TestFile};
use crate::decision::Decision;
use crate::policy::Policy;
use crate::text::{Code, Diagnostic, Diagnostics, Place, Source};

/// How one test ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TestResult {
    /// Its name.
    pub name: String,
    /// Where it stands: `tests/scenarios.yaml:3:5`.
    pub place: Place,
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
        place: test.place.clone(),
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

/// What the tests of a bundle that asks for them (`reload: {require_tests: true}`) find wrong with it: nothing when all pass.
#[must_use]
pub fn required(policy: &Policy, bundle: &Bundle, case_files: &CaseFiles<'_>) -> Diagnostics {
    let report = run(policy, bundle, case_files, None);
    if report.results.is_empty() {
        let message = "the bundle asks that its policy tests pass, and it has none";
        let help = "write tests into `tests/*.yaml`, or take `require_tests` out of `bundle.yaml`";
        return one(Diagnostic::global(Code::FailedTest, message).help(help));
    }
    report.findings()
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

    /// A finding for every test that failed, none when all passed.
    #[must_use]
    pub fn findings(&self) -> Diagnostics {
        self.results.iter().filter(|result| !result.passed()).flat_map(|result| finding(result).into_vec()).collect()
    }
}

/// What kept a test from being run; else that it failed, with everything that came otherwise.
fn finding(result: &TestResult) -> Diagnostics {
    if result.problems.has_errors() {
        return result.problems.clone();
    }
    let met = |failure: &Failure| format!("`{}` should be {} and is {}", failure.path, failure.expected, failure.actual);
    let came: Vec<String> = result.failures.iter().map(met).collect();
    let message = format!("the policy test `{}` fails: {}", result.name, came.join("; "));
    let help = "`redress test` shows how it was decided";
    one(Diagnostic::at(Code::FailedTest, &result.place, message).help(help))
}
