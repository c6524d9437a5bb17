//! Plugins that fail again and again, and scripts that are cancelled, as an engine lives through them.

use super::{bundle, case, decide};
use redress::engine::Candidate;
use redress::evaluation::Circumstances;
use redress::value::DateTime;
use redress::{BundleFiles, CancelToken, Draft, Engine, NativePlugin, PluginFault};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// A bundle whose plugin is put in quarantine after three faults in a row.
fn files(version: usize) -> BundleFiles {
    let mut files = BundleFiles::new();
    for (path, text) in bundle(version) {
        files.insert(path, text);
    }
    let manifest = format!(
        "bundle: small
version: {version}
currency: USD
params: {{n: {version}}}
facts: {{input.n: {{type: integer}}}}
quarantine: {{after: 3, cool_down_minutes: 10}}
plugins:
  - {{id: scoring, native: scoring, after: left, on_failure: skip}}
"
    );
    files.insert("bundle.yaml", manifest);
    files
}

/// An engine whose plugin fails as long as the flag is raised, and how often it was called.
fn engine() -> (Engine, Arc<AtomicBool>, Arc<AtomicUsize>) {
    let (fails, calls) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
    let (raised, counted) = (fails.clone(), calls.clone());
    let plugin = NativePlugin::new("scoring", ["input.n"], move |call| {
        counted.fetch_add(1, Ordering::SeqCst);
        if raised.load(Ordering::SeqCst) {
            return Err(PluginFault::Refused("the scores are out of reach".to_owned()));
        }
        Ok::<Draft, PluginFault>(call.draft.clone())
    });
    (Engine::builder().plugin(plugin).open_files(&files(1)).unwrap(), fails, calls)
}

#[test]
fn a_plugin_that_keeps_failing_is_not_called_until_a_reload() {
    let (engine, fails, calls) = engine();
    let mut decisions: Vec<_> = (0..3).map(|_| decide(&engine, &case())).collect();
    let before = calls.load(Ordering::SeqCst);
    decisions.extend((0..2).map(|_| decide(&engine, &case())));
    assert_eq!(calls.load(Ordering::SeqCst), before);
    let left_out: Vec<usize> = decisions.iter().map(|decision| decision.audit.quarantined.len()).collect();
    assert_eq!(left_out, [0, 0, 0, 1, 1]);

    let mut status = engine.status();
    (status.quarantined[0].since, status.quarantined[0].back_in) = (Duration::from_secs(1), Duration::from_secs(599));
    insta::assert_snapshot!(status.to_string().replace(&status.loaded_at.to_string(), "now"), @"
    small 1 decides since now
    the plugin `scoring` is not called since 1 s, after 3 faults in a row; it is back in 599 s
    ");
    assert_eq!(status.to_json()["quarantined"][0]["plugin"], "scoring");

    // A replay that is told of it gives the same bytes, and calls nobody.
    let replay = || {
        let met = Circumstances::new().in_quarantine(decisions[4].audit.quarantined.iter().cloned());
        let policy = engine.policy();
        let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
        policy.everything().under(met).evaluate(&case(), at).map(|evaluation| evaluation.decision().to_json_line())
    };
    assert_eq!(replay().unwrap(), decisions[4].to_json_line());
    assert_eq!(calls.load(Ordering::SeqCst), before);

    fails.store(false, Ordering::SeqCst);
    engine.replace(&files(2));
    assert!(engine.status().quarantined.is_empty(), "a new bundle begins anew");
    assert!(decide(&engine, &case()).audit.quarantined.is_empty());
    assert!(calls.load(Ordering::SeqCst) > before);
}

#[test]
fn a_candidate_has_a_quarantine_of_its_own() {
    let (engine, ..) = engine();
    engine.carry_files(&files(2), Candidate::staged(10_000)).unwrap();
    // Without a customer, no case is for the candidate.
    for _ in 0..3 {
        decide(&engine, &case());
    }
    assert_eq!(engine.status().quarantined.len(), 1);
    engine.promote();
    assert!(engine.status().quarantined.is_empty());
}

#[test]
fn a_service_that_shuts_down_ends_its_scripts() {
    let mut files = BundleFiles::new();
    for (path, text) in bundle(1) {
        files.insert(path, text);
    }
    let manifest = "bundle: small\nversion: 1\ncurrency: USD\nparams: {n: 1}\nfacts: {input.n: {type: integer}}
plugins:\n  - {id: slow, script: scripts/slow.rhai, after: left, on_failure: escalate}\n";
    files.insert("bundle.yaml", manifest);
    files.insert("scripts/slow.rhai", "fn left(facts, draft, settings) { for i in 0..5000 { } draft }");
    let cancel = CancelToken::new();
    let engine = Engine::builder().cancelled_by(cancel.clone()).open_files(&files).unwrap();
    assert!(decide(&engine, &case()).faults.is_empty());
    cancel.cancel();
    let faults: Vec<String> =
        decide(&engine, &case()).faults.iter().map(|fault| format!("{}: {}", fault.kind, fault.message)).collect();
    insta::assert_snapshot!(faults.join("\n"), @"cancelled: the plugin `slow` failed: the evaluation was cancelled");
}
