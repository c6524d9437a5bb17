//! Cases that are made up are decided by the default policy as real ones are.

use redress::decision::PartStatus;
use redress::history::GeneratedCases;
use redress::value::DateTime;
use redress::{CaseStatus, Extensions, Policy, default_bundle};
use std::collections::BTreeMap;

#[test]
fn the_default_policy_decides_every_one_of_them_without_a_fault() {
    let policy = Policy::load(&default_bundle(), &Extensions::new()).unwrap();
    let at = DateTime::parse("2026-07-15T10:00:00Z").unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    for case in GeneratedCases::new(4).take(1500) {
        let decision = policy.decide(&case, at).unwrap_or_else(|error| panic!("{}: {error}", case.id()));
        count(format!(
            "status {}",
            match decision.status {
                CaseStatus::Decided => "decided",
                CaseStatus::NeedsFacts => "needs facts",
                CaseStatus::Referred => "referred to a person",
                _ => "another",
            }
        ));
        count(format!("outcome {}", decision.outcome.as_deref().unwrap_or("none")));
        let faults = decision.parts.iter().filter(|part| part.status == PartStatus::Fault);
        faults.for_each(|part| count(format!("fault in {}", part.name)));
        let json = serde_json::to_value(&decision).unwrap();
        count(format!("approval {}", json["approval"]["required_role"].as_str().unwrap_or("none")));
        count(format!("relationship {}", json["relationship"]["action"].as_str().unwrap_or("none")));
    }
    let shown: Vec<String> = counts.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    approval agent: 207
    approval controller: 111
    approval director: 45
    approval manager: 97
    approval none: 835
    approval team_leader: 205
    outcome concede_by_deadline: 111
    outcome none: 39
    outcome partly_uphold: 137
    outcome provisional: 480
    outcome reject: 507
    outcome uphold: 226
    relationship exit_blocked: 4
    relationship expectation_notice: 4
    relationship keep: 1377
    relationship managed_exit: 1
    relationship retain: 89
    relationship watch: 25
    status decided: 1451
    status needs facts: 39
    status referred to a person: 10
    ");
}
