//! The quick way against the definition: every case that a test decides is decided both ways, and the two say the same in every byte.
//!
//! `generated` makes whole bundles and decides their cases every way there is. More of them:
//! `REDRESS_ORACLE_BUNDLES=2000 cargo test --all-features --test it oracle::generated`.

mod cases;
mod conditions;
mod generated;
mod made;
mod reach;
mod surroundings;
mod tables;
mod unchanged;
mod ways;

use crate::gists;
use redress::case::{Case, CaseFormat, read_text};
use redress::decision::{Decision, Outputs};
use redress::engine::default_bundle;
use redress::evaluation::{Circumstances, DecideError, PluginCalls};
use redress::policy::{Extensions, Policy};
use redress::text::Source;
use redress::value::DateTime;

/// Decides a case both ways, with and without a trace, and gives what both came to.
pub(crate) fn decide(policy: &Policy, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
    decide_under(policy, case, at, &Circumstances::new()).0
}

/// The same under circumstances, with the plugins that were called: their names, `!` where one failed.
pub(crate) fn decide_under(
    policy: &Policy,
    case: &Case,
    at: DateTime,
    circumstances: &Circumstances,
) -> (Result<Decision, DecideError>, Vec<String>) {
    let everything = || policy.everything().under(circumstances.clone());
    let (mut calls, mut told) = (PluginCalls::default(), PluginCalls::default());
    let quick = everything().evaluate_noting(case, at, &mut calls).map(|evaluation| evaluation.decision());
    let slow = everything().by_definition().evaluate_noting(case, at, &mut told).map(|evaluation| evaluation.decision());
    assert_eq!(calls, told);
    match (&quick, &slow) {
        (Ok(quick), Ok(slow)) => {
            assert_eq!(quick.to_json_line(), slow.to_json_line());
            assert_eq!(quick.to_json_line(), serde_json::to_string(quick).unwrap());
            assert_eq!(quick, slow);
            let selection = everything().without_trace();
            let untraced = selection.evaluate(case, at).unwrap();
            for part in quick.parts.iter().filter(|part| part.is_decided() && !part.listed) {
                for (name, value) in part.results.first().into_iter().flat_map(Outputs::iter) {
                    assert_eq!(untraced.output(&part.name, name), *value, "{}.{name}", part.name);
                }
            }
            assert_eq!(&untraced.decision(), quick);
            gists::same(policy, &untraced, quick);
            // A replay that is told of the quarantine that mattered, and of nothing else.
            let again = Circumstances::new().in_quarantine(quick.audit.quarantined.iter().cloned());
            let replayed = policy.everything().under(again).evaluate(case, at).unwrap().decision();
            assert_eq!(replayed.to_json_line(), quick.to_json_line());
        }
        (Err(quick), Err(slow)) => assert_eq!(quick.to_string(), slow.to_string()),
        (quick, slow) => panic!("the quick way: {quick:?}\nthe definition: {slow:?}"),
    }
    let names: Vec<&str> = policy.plugins().map(|(name, _)| name).collect();
    let calls = calls.iter().map(|call| format!("{}{}", names[call.plugin], if call.failed { "!" } else { "" }));
    (quick, calls.collect())
}

fn default_policy() -> Policy {
    Policy::load(&default_bundle(), &Extensions::new()).unwrap()
}

fn example_cases() -> Vec<Case> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let source = Source::new(path.display().to_string(), std::fs::read_to_string(path).unwrap());
        read_text(&source, CaseFormat::Yaml).into_iter().map(Result::unwrap).collect::<Vec<_>>()
    };
    files.iter().flat_map(read).collect()
}

#[test]
fn example_cases_come_out_the_same() {
    let policy = default_policy();
    let mut shown = Vec::new();
    for case in example_cases() {
        let at = *case.complaint.received_at.known().unwrap();
        decide(&policy, &case, at).unwrap();
        let told = policy.evaluate(&case, at).unwrap().told();
        shown.push(format!("{}: {told} of {} decisions asked the definition", case.id(), policy.decisions().count()));
    }
    insta::assert_snapshot!(shown.join("\n"), @"
    D-1009: 0 of 37 decisions asked the definition
    D-1010: 1 of 37 decisions asked the definition
    D-1007: 0 of 37 decisions asked the definition
    D-1001: 0 of 37 decisions asked the definition
    D-1012: 0 of 37 decisions asked the definition
    D-1003: 0 of 37 decisions asked the definition
    D-1008: 0 of 37 decisions asked the definition
    D-1005: 0 of 37 decisions asked the definition
    D-1011: 0 of 37 decisions asked the definition
    D-1002: 0 of 37 decisions asked the definition
    D-1004: 0 of 37 decisions asked the definition
    D-1006: 0 of 37 decisions asked the definition
    ");
}

/// The line is written by code of its own; serde tells what it has to be.
#[test]
fn example_cases_are_written_as_serde_writes_them() {
    let policy = default_policy();
    for case in example_cases() {
        for at in ["2026-03-05T10:00:00Z", "2027-01-31T23:59:59.5-05:00"] {
            let decision = policy.decide(&case, DateTime::parse(at).unwrap()).unwrap();
            assert_eq!(decision.to_json_line(), serde_json::to_string(&decision).unwrap(), "{}", case.id());
        }
    }
}

#[test]
fn a_selection_evaluates_what_it_needs_and_nothing_else() {
    let policy = default_policy();
    let selection = policy.select(&["goodwill"]).unwrap();
    for case in example_cases() {
        let at = *case.complaint.received_at.known().unwrap();
        let whole = policy.decide(&case, at).unwrap();
        let some = selection.evaluate(&case, at).unwrap();
        assert_eq!(some.output("goodwill", "amount"), whole.part("goodwill").unwrap().output("amount"));
        assert!(some.output("letters", "kind").is_missing());
        for part in &some.decision().parts {
            assert_eq!(Some(part), whole.part(&part.name));
        }
    }
    let wrong = policy.select(&["goodwil"]).unwrap_err();
    insta::assert_snapshot!(wrong.to_string(), @"there is no decision `goodwil`; did you mean `goodwill`?");
}

#[test]
fn a_table_alone_finds_the_rule_that_decides() {
    let policy = default_policy();
    let tables: Vec<&str> = policy.decisions().filter(|name| policy.table(name).is_some()).collect();
    for case in example_cases() {
        let at = *case.complaint.received_at.known().unwrap();
        let decision = policy.decide(&case, at).unwrap();
        for name in &tables {
            let table = policy.table(name).unwrap();
            let part = decision.part(name).unwrap();
            let hit = table.first_hit(&case, decision.policy_date).unwrap();
            let rule = hit.and_then(|row| table.rule(row)).unwrap_or("otherwise");
            if part.is_decided() && !part.listed {
                assert_eq!(part.rules[0].rule(), rule, "{name} of {}", case.id());
                let near = table.near_misses(&case, decision.policy_date, 3).unwrap();
                let near: Vec<_> = near.iter().map(|miss| table.rule(miss.row).unwrap()).collect();
                let told: Vec<_> = part.nearest.iter().map(|missed| &*missed.rule).collect();
                assert!(told.is_empty() || told == near, "{name} of {}: {told:?} {near:?}", case.id());
            }
        }
    }
    insta::assert_snapshot!(tables.join(" "), @"cause external_route goodwill_form late_tax routing");
    assert!(policy.table("penalties").is_none() && policy.table("nothing").is_none());
}

#[test]
fn with_every_plugin_in_quarantine_both_ways_say_the_same() {
    let policy = default_policy();
    let names: Vec<&str> = policy.plugins().map(|(name, _)| name).collect();
    let mut shown = Vec::new();
    for case in example_cases() {
        let at = *case.complaint.received_at.known().unwrap();
        let under = Circumstances::new().in_quarantine(names.iter().copied());
        let (decision, calls) = decide_under(&policy, &case, at, &under);
        let decision = decision.unwrap();
        assert_eq!(calls, [""; 0]);
        shown.push(format!("{}: {} {:?}", case.id(), decision.status.word(), decision.audit.quarantined));
    }
    insta::assert_snapshot!(shown.join("\n"), @r#"
    D-1009: decided []
    D-1010: decided []
    D-1007: decided []
    D-1001: decided []
    D-1012: decided []
    D-1003: decided []
    D-1008: decided []
    D-1005: decided []
    D-1011: referred ["second-offer"]
    D-1002: decided []
    D-1004: decided []
    D-1006: referred ["penalty-formulas"]
    "#);
}
