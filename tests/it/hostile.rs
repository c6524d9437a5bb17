//! Hostile scripts and plugins: each ends in its fault, within the budget of memory, and the next decision is unharmed.
//!
//! Whatever merely runs long is ended by its operations, never by the clock: else the machine would decide what a case comes to.

mod natives;
mod scripts;

use redress::case::{Case, CaseFormat, read_case};
use redress::limits::SCRIPT_MEMORY_BYTES_MAX;
use redress::script::{Gives, HostFunction};
use redress::text::Source;
use redress::value::{DateTime, Kind};
use redress::{BundleFiles, Extensions, Policy};
use std::fmt::Write;

const MANIFEST: &str = "bundle: hostile
version: 1.0.0
currency: USD
facts:
  input.harm: {type: boolean}
  input.n: {type: integer}
  input.text: {type: text}
  input.numbers: {type: list of integer}
plugins:
  - {id: hostile, PLUGIN, after: fee, when: {input.harm: true}, on_failure: escalate, settings: {years: 5}}
  - {id: friendly, script: scripts/friendly.rhai, after: fee, when: {input.harm: false}, on_failure: escalate}
";
const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money, value: 5.00}\n  note: {type: text, value: plain}\n";
const FRIENDLY: &str = "fn fee(facts, draft, settings) { draft.amount += money(0.1) + money(0.2); draft }";

/// The host functions of a program, one of which panics.
fn extensions() -> Extensions {
    let burst = HostFunction::new("burst", Vec::new(), Gives::Kind(Kind::Integer), |_, _| panic!("burst"));
    Extensions::new().function(burst).unwrap()
}

fn load(plugin: &str, script: &str, extensions: &Extensions) -> Result<Policy, redress::Diagnostics> {
    let mut bundle = BundleFiles::new();
    bundle.insert("bundle.yaml", MANIFEST.replace("PLUGIN", plugin));
    bundle.insert("decisions/fee.yaml", FEE);
    bundle.insert("scripts/friendly.rhai", FRIENDLY);
    if !script.is_empty() {
        bundle.insert("scripts/hostile.rhai", script);
    }
    Policy::load(&bundle, extensions)
}

fn case(harm: bool) -> Case {
    let numbers = (0..300).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let text = format!("input: {{harm: {harm}, n: 7, text: {}, numbers: [{numbers}]}}", "x".repeat(3_000));
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).unwrap()
}

fn at() -> DateTime {
    DateTime::parse("2026-03-05T00:00:00Z").unwrap()
}

/// What becomes of a hostile case, and whether it kept to the budget of memory.
fn end(policy: &Policy, most: &mut u64) -> String {
    let case = case(true);
    let mut shown = String::new();
    let measured = allocation_counter::measure(|| {
        let decision = policy.decide(&case, at()).unwrap();
        match decision.faults.as_slice() {
            [] => shown = format!("no fault, amount {:?}", decision.part("fee").unwrap().output("amount").known()),
            faults => {
                for fault in faults {
                    let place = fault.place.as_deref().unwrap_or("nowhere");
                    let _ = write!(shown, "{} at {place}: {}", fault.kind, fault.message);
                }
            }
        }
    });
    *most = (*most).max(measured.bytes_max);
    assert!(measured.bytes_max <= SCRIPT_MEMORY_BYTES_MAX as u64, "{} bytes at once: {shown}", measured.bytes_max);
    shown
}

/// A decision that no hostile plugin takes part in.
fn unharmed(policy: &Policy) -> String {
    let decision = policy.decide(&case(false), at()).unwrap();
    assert_eq!(decision.part("fee").unwrap().output("amount").known().unwrap().to_string(), "5.30 USD");
    // All but the digest of the bundle, which differs with the script.
    format!("{:?} {:?}", decision.parts, decision.explanation)
}

/// How each of the plugins ends: its name, then the fault or the refusal to load it.
fn ends(plugin: &str, list: &[(&str, String)], extensions: &Extensions) -> (String, u64) {
    let reference =
        unharmed(&load("script: scripts/hostile.rhai", "fn fee(facts, draft, settings) { draft }", extensions).unwrap());
    let (mut text, mut most) = (String::new(), 0);
    for (name, script) in list {
        let mut loaded = None;
        let measured = allocation_counter::measure(|| loaded = Some(load(plugin, script, extensions)));
        assert!(measured.bytes_max <= SCRIPT_MEMORY_BYTES_MAX as u64, "{name}: {} bytes to load", measured.bytes_max);
        let shown = match loaded.unwrap() {
            Ok(policy) => {
                let shown = end(&policy, &mut most);
                assert_eq!(unharmed(&policy), reference, "after {name}");
                shown
            }
            Err(found) => {
                let first = found.iter().next().unwrap();
                let place = first.place.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("refused, {} at {place}: {}", first.code, first.message)
            }
        };
        assert!(!shown.contains("time_limit"), "{name} must be ended by its operations, not by the clock: {shown}");
        let _ = writeln!(text, "{name}: {}", shown.replace("the plugin `hostile` failed: ", ""));
    }
    (text, most)
}
