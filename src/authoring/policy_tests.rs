//! How policy tests ended, as text and as data: what was expected, what came, and why.

use super::explain::{View, explain_part};
use crate::decision::{Decision, Explanation};
use crate::testing::{Failure, TestReport, TestResult};
use serde_json::{Value as Json, json};

/// What stands before every line about a failing test but the first.
const INDENT: &str = "        ";

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

/// The parts that the failures of a test speak of, each once.
fn parts_of(result: &TestResult) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in result.failures.iter().flat_map(parts_behind) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Why these parts came out as they did.
fn explanation(result: &TestResult) -> impl Iterator<Item = &Explanation> {
    let parts = parts_of(result);
    let lines = result.decision.iter().flat_map(|decision| &decision.explanation);
    lines.filter(move |line| line.rule().split('/').next().is_some_and(|part| parts.iter().any(|each| each == part)))
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
            for part in result.decision.iter().flat_map(|decision| trees(decision, &parts_of(result), colour)) {
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
                    "place": result.place.to_string(),
                    "passed": result.passed(),
                    "failures": result.failures.iter().map(|failure| json!({
                        "path": failure.path, "expected": failure.expected, "actual": failure.actual,
                    })).collect::<Vec<_>>(),
                    "problems": crate::text::to_json(&result.problems),
                    "trace": explanation(result).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({"passed": self.passed(), "failed": self.failed(), "tests": results})
    }
}
