//! Bad input: what was written, then the whole of what is said about it.
//!
//! Every message is read as the person reads it who wrote the bundle or the case: what is wrong, where, and how to mend it.

mod analysis;
mod case_dates;
mod case_documents;
mod case_files;
mod case_money;
mod case_names;
mod case_values;
mod cells;
mod circles;
mod conditions;
mod decisions;
mod documents;
mod expressions;
mod extra_facts;
mod guardrails;
mod hit_policies;
mod hostile;
mod lets;
mod manifest;
mod names;
mod obligations;
mod outputs;
mod overlap;
mod owed;
mod pack_bindings;
mod packs;
mod params;
mod plugin_limits;
mod plugins;
mod running;
mod script_calls;
mod scripts;
#[cfg(feature = "signing")]
mod signatures;
mod symbols;
mod tables;
mod unknown_names;
mod whole;
mod windows;

use redress::bundle::{Bundle, BundleFiles};
use redress::case::{CaseFormat, read_text};
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{Extensions, Policy, decision::Decision};

/// A `bundle.yaml` without a mistake.
const BUNDLE: &str = "bundle: test\nversion: 1\ncurrency: USD\n";

/// What is said about a bundle: its mistakes, or its warnings.
fn bundle(files: &[(&str, &str)]) -> String {
    match load(files) {
        Ok(policy) if policy.warnings().is_empty() => "no findings".to_owned(),
        Ok(policy) => format!("loaded, with\n{}", render_all(policy.warnings(), false)),
        Err(found) => render_all(&found, false),
    }
}

/// What is said about a bundle of one decision.
fn decision(text: &str) -> String {
    bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", text)])
}

/// What is said about a bundle of one decision and one file of guardrails.
fn guarded(decision: &str, guardrails: &str) -> String {
    bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", decision), ("guardrails/limits.yaml", guardrails)])
}

/// What is said about a bundle of one decision that is a script.
fn script(text: &str) -> String {
    bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", SCRIPTED), ("scripts/fee.rhai", text)])
}

/// A decision that a script takes.
const SCRIPTED: &str = "decision: fee\nscript: scripts/fee.rhai\non_failure: escalate\noutputs:\n  amount: {type: money}\n";

/// What is said about cases.
fn cases(name: &str, text: &str) -> String {
    let source = Source::new(name, trimmed(text));
    let format = CaseFormat::of_name(name).unwrap_or_else(|| CaseFormat::of_text(source.text()));
    let read = read_text(&source, format).into_iter().map(|case| match case {
        Ok(case) => format!("the case `{}` is fine\n", case.id()),
        Err(found) => render_all(&found, false),
    });
    read.collect::<Vec<_>>().join("\n")
}

/// The one case of a text, decided: its status, what was decided, what is missing, every fault.
fn decided(files: &[(&str, &str)], case: &str) -> String {
    let policy = match load(files) {
        Ok(policy) => policy,
        Err(found) => return render_all(&found, false),
    };
    let source = Source::new("case.yaml", trimmed(case));
    let case = match read_text(&source, CaseFormat::Yaml).pop() {
        Some(Ok(case)) => case,
        Some(Err(found)) => return render_all(&found, false),
        None => return "no case".to_owned(),
    };
    let at = match DateTime::parse("2026-03-05T10:00:00Z") {
        Ok(at) => at,
        Err(trouble) => return trouble.to_string(),
    };
    match crate::oracle::decide(&policy, &case, at) {
        Ok(decision) => outcome(&decision),
        Err(redress::DecideError::InvalidCase(found)) => render_all(&found, false),
        Err(error) => error.to_string(),
    }
}

fn outcome(decision: &Decision) -> String {
    let mut lines = vec![format!("status: {}", decision.status.word())];
    for part in &decision.parts {
        let outputs: Vec<String> = part
            .results
            .iter()
            .flat_map(|outputs| outputs.iter().map(|(name, value)| format!("{name} = {}", shown(value))).collect::<Vec<_>>())
            .collect();
        lines.push(format!("{}: {} {}", part.name, part.status.word(), outputs.join(", ")).trim_end().to_owned());
        lines.extend(part.missing.iter().map(|fact| format!("  needs {fact}")));
        lines.extend(part.waits_for.iter().map(|other| format!("  waits for {other}")));
        for missed in &part.nearest {
            lines.push(format!("  nearest: {}, but {}", missed.rule, missed.why()));
        }
    }
    lines.extend(decision.missing_facts.iter().map(|fact| format!("missing fact: {fact}")));
    for fault in &decision.faults {
        let place = fault.place.as_deref().unwrap_or("no place");
        lines.push(format!("fault in {} ({}) at {place}: {}", fault.part, fault.kind, fault.message));
    }
    lines.join("\n")
}

fn shown(value: &redress::Fact<redress::Value>) -> String {
    match value {
        redress::Fact::Known(value) => value.to_string(),
        redress::Fact::Missing => "missing".to_owned(),
        redress::Fact::Unknown => "unknown".to_owned(),
    }
}

/// As `redress check` reads it: policy tests too.
fn load(files: &[(&str, &str)]) -> Result<Policy, redress::Diagnostics> {
    let mut all = BundleFiles::new();
    for (path, text) in files {
        all.insert(*path, trimmed(text));
    }
    #[cfg(feature = "cli")]
    {
        let failures = crate::fixes::failures(&all, true);
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
    match Bundle::read(&all) {
        (Some(bundle), found) => Policy::compile(&bundle, &Extensions::new(), found),
        (None, found) => Err(found),
    }
}

/// The text without the line break that only sets it apart in the test.
fn trimmed(text: &str) -> &str {
    text.strip_prefix('\n').unwrap_or(text)
}
