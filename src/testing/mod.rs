//! Policy tests: given a case, expect a decision. They run wherever a bundle is taken: at a terminal, and by a service that
//! takes a changed bundle only when its tests pass.
//!
//! Order of the files, each using only those before it: `overlay`, `expectation`, and this one.

mod expectation;
mod overlay;

pub use expectation::Failure;

use crate::bundle::{Bundle, TestDoc, TestFile};
use crate::case::Case;
use crate::decision::Decision;
use crate::policy::Policy;
use crate::text::{Code, Diagnostic, Diagnostics, Place, Source};
use crate::value::DateTime;

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

/// A test with its case, ready to be run under any policy.
#[derive(Debug)]
pub(crate) struct Prepared<'b> {
    pub(crate) file: &'b TestFile,
    pub(crate) test: &'b TestDoc,
    /// The case and as of when it is decided, or what keeps the test from being run.
    pub(crate) case: Result<(Case, DateTime), Diagnostics>,
}

/// Reads the cases of the tests of a bundle whose names hold `filter`.
pub(crate) fn prepare<'b>(bundle: &'b Bundle, case_files: &CaseFiles<'_>, filter: Option<&str>) -> Vec<Prepared<'b>> {
    let all = bundle.tests.iter().flat_map(|file| file.tests.iter().map(move |test| (file, test)));
    let wanted = |file: &TestFile, test: &TestDoc| {
        filter.is_none_or(|filter| test.name.value.contains(filter) || file.path.contains(filter))
    };
    let chosen = all.filter(|(file, test)| wanted(file, test));
    chosen.map(|(file, test)| Prepared { file, test, case: case_of(file, test, case_files) }).collect()
}

/// Runs the tests of a bundle whose names hold `filter`.
#[must_use]
pub fn run(policy: &Policy, bundle: &Bundle, case_files: &CaseFiles<'_>, filter: Option<&str>) -> TestReport {
    let results = prepare(bundle, case_files, filter).iter().map(|prepared| prepared.run(policy)).collect();
    TestReport { results }
}

impl Prepared<'_> {
    /// Runs it.
    pub(crate) fn run(&self, policy: &Policy) -> TestResult {
        let mut result = TestResult {
            name: self.test.name.value.clone(),
            place: self.test.place.clone(),
            failures: Vec::new(),
            problems: Diagnostics::new(),
            decision: None,
        };
        match self.decide(policy) {
            Ok(decision) => self.compare(policy, decision, &mut result),
            Err(problems) => result.problems = problems,
        }
        result
    }

    fn decide(&self, policy: &Policy) -> Result<Decision, Diagnostics> {
        let (case, at) = self.case.as_ref().map_err(Clone::clone)?;
        policy.decide(case, *at).map_err(|error| match error {
            crate::evaluation::DecideError::InvalidCase(diagnostics) => diagnostics,
            other => one(Diagnostic::at(Code::BadTest, &self.test.place, other.to_string())),
        })
    }

    fn compare(&self, policy: &Policy, decision: Decision, result: &mut TestResult) {
        (result.failures, result.problems) = self.check(policy, &decision);
        result.decision = (!result.failures.is_empty()).then_some(decision);
    }

    /// What a decision does not come up to.
    pub(crate) fn check(&self, policy: &Policy, decision: &Decision) -> (Vec<Failure>, Diagnostics) {
        let json = decision.to_json();
        let mut problems = Diagnostics::new();
        let checks = self.test.expect.iter();
        let failures = checks
            .filter_map(|(path, expected)| expectation::check(path, expected, (policy, &json), &self.file.source, &mut problems));
        (failures.collect(), problems)
    }
}

fn case_of(file: &TestFile, test: &TestDoc, case_files: &CaseFiles<'_>) -> Result<(Case, DateTime), Diagnostics> {
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
    Ok((case, at))
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
