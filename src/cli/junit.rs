//! Policy tests as the XML of `JUnit`, as build servers read it.

use crate::testing::{TestReport, TestResult};
use crate::text::render_all;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;

/// Every file of tests is a suite. Nothing in it tells when or how fast: the same results give the same bytes.
pub(super) fn to_junit(bundle: &str, report: &TestReport) -> Result<String, String> {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for result in &report.results {
        let file = result.place.source.name();
        suites.entry(file).or_insert_with(|| TestSuite::new(file)).add_test_case(case(file, result));
    }
    let mut whole = Report::new(bundle);
    whole.add_test_suites(suites.into_values());
    whole.to_string().map_err(|error| error.to_string())
}

fn case(file: &str, result: &TestResult) -> TestCase {
    let status = if result.passed() { TestCaseStatus::success() } else { failed(result) };
    let mut case = TestCase::new(result.name.as_str(), status);
    case.set_classname(file);
    case
}

/// A test that could not be run is an error, one whose expectations were not met is a failure.
fn failed(result: &TestResult) -> TestCaseStatus {
    let is_error = result.problems.has_errors();
    let mut status = TestCaseStatus::non_success(if is_error { NonSuccessKind::Error } else { NonSuccessKind::Failure });
    let mut lines = format!("{}\n", result.place);
    if is_error {
        lines.push_str(&render_all(&result.problems, false));
    }
    let mut said: Vec<String> = Vec::new();
    for failure in &result.failures {
        lines.push_str(&format!("{}\n  expected  {}\n  came      {}\n", failure.path, failure.expected, failure.actual));
        said.push(format!("{} should be {} and is {}", failure.path, failure.expected, failure.actual));
    }
    status.set_message(if is_error { "the test cannot be run".to_owned() } else { said.join("; ") });
    status.set_description(lines);
    status
}
