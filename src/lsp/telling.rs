//! What is wrong with a bundle, told to a client.

use super::finding::{Finding, Mend};
use super::workspace::{Home, Workspace};
use crate::authoring::code_pages::code_page;
use crate::text::{Code, Diagnostic, Edit, Fix, Place, Severity};
use lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Range, TextEdit, Uri,
};

/// Where a check has it from.
pub(super) const OF_CHECK: &str = "redress";
/// Where a policy test has it from.
pub(super) const OF_TESTS: &str = "redress test";

/// A finding about a bundle. What has no place of its own, or one that the client cannot open, goes to `bundle.yaml`.
pub(super) fn told(workspace: &Workspace, home: &Home, finding: &Diagnostic) -> Option<Finding> {
    let located = finding.place.as_ref().and_then(|place| workspace.location(place));
    let (uri, range) = match located {
        Some(location) => (location.uri, location.range),
        None => (workspace.uri(&home.root, "bundle.yaml")?, Range::default()),
    };
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let abilities = &workspace.abilities;
    let mut related = Vec::new();
    for label in &finding.labels {
        match workspace.location(&label.place).filter(|_| abilities.related) {
            Some(location) => related.push(DiagnosticRelatedInformation { location, message: label.text.clone() }),
            None => message.push_str(&format!("\n{}: {}", below(home, &label.place), label.text)),
        }
    }
    let tags = (abilities.tags && is_unnecessary(finding.code)).then(|| vec![DiagnosticTag::UNNECESSARY]);
    let shown = Shown {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Advice => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.code.to_string())),
        code_description: page(workspace, finding.code).map(|href| CodeDescription { href }),
        source: Some(if finding.code == Code::FailedTest { OF_TESTS } else { OF_CHECK }.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags,
        data: None,
    };
    let mends = finding.fixes.iter().filter_map(|fix| mend(workspace, fix)).collect();
    Some(Finding { uri, shown, mends })
}

/// A fix, for the client; nothing where it is about a text that the client cannot reach.
fn mend(workspace: &Workspace, fix: &Fix) -> Option<Mend> {
    let edit = |edit: &Edit| {
        let Location { uri, range } = workspace.location(&edit.place)?;
        Some((uri, TextEdit { range, new_text: edit.text.clone() }))
    };
    let edits = fix.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
    Some(Mend { title: fix.title.clone(), edits, is_safe: fix.is_safe })
}

/// Where the page of a code can be read, for clients that make a link of it.
fn page(workspace: &Workspace, code: Code) -> Option<Uri> {
    if !workspace.abilities.code_links {
        return None;
    }
    workspace.pages.keep(&format!("{code}.md"), || code_page(code))
}

/// A place, seen from the bundle: `decisions/goodwill.yaml:12:5`.
fn below(home: &Home, place: &Place) -> String {
    let (line, column) = place.line_column();
    format!("{}:{line}:{column}", home.path_of(place.source.name()).unwrap_or(place.source.name()))
}

/// Is what it is about of no use, so that it may be shown faded?
fn is_unnecessary(code: Code) -> bool {
    matches!(
        code,
        Code::UnreadParam
            | Code::UnreadFact
            | Code::CellAlways
            | Code::NeverDecides
            | Code::RedundantRule
            | Code::RepeatedRule
            | Code::CellWithoutEffect
            | Code::ColumnWithoutEffect
            | Code::NeverInForce
            | Code::OtherwiseNeverDecides
            | Code::NeverCalled
            | Code::DeadRule
            | Code::PluginNeverRuns
            | Code::IdleGuardrail
            | Code::StaleMutant
    )
}
