//! Fixes that nobody has to look at, written into a bundle.

use super::bundle_choice::BundleChoice;
use super::exit::Failure;
use crate::engine::replace_file;
use crate::text::fix::{apply, compatible};
use crate::text::{Diagnostics, Fix};
use std::path::Path;

/// What is mended uncovers what was hidden by it; so often it is looked again at most.
pub(super) const ROUNDS_MAX: usize = 8;

/// The safe fixes of findings that can be written together, each with the place of its finding.
pub(super) fn safe(findings: &Diagnostics) -> Vec<(String, &Fix)> {
    let first = findings.iter().filter_map(|finding| {
        let place = finding.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        finding.fixes.iter().find(|fix| fix.is_safe).map(|fix| (place, fix))
    });
    let all: Vec<(String, &Fix)> = first.collect();
    let kept = compatible(all.iter().map(|(_, fix)| *fix));
    all.iter().filter(|(_, fix)| kept.iter().any(|it| std::ptr::eq(*it, *fix))).cloned().collect()
}

/// Writes fixes into the files of a bundle, each file in one step.
pub(super) fn write(choice: &BundleChoice, fixes: &[(String, &Fix)]) -> Result<(), Failure> {
    let text_of = |name: &str| choice.files().iter().find(|(_, source)| source.name() == name).map(|(_, source)| source.text());
    let changed = apply(fixes.iter().map(|(_, fix)| *fix), text_of)
        .map_err(|error| Failure::Environment { message: format!("nothing was written: {error}"), help: None })?;
    for (name, text) in changed {
        replace_file(Path::new(&name), &text).map_err(|error| Failure::system(&format!("`{name}` cannot be written"), &error))?;
    }
    Ok(())
}

/// What fixes would change, as lines that go and lines that come.
pub(super) fn preview(fixes: &[(String, &Fix)]) -> String {
    let mut text = String::new();
    for hunk in fixes.iter().flat_map(|(_, fix)| fix.hunks()) {
        text.push_str(&format!("{}:{}\n", hunk.file, hunk.line));
        text.extend(hunk.before.iter().map(|line| format!("- {line}\n")));
        text.extend(hunk.after.iter().map(|line| format!("+ {line}\n")));
    }
    text
}
