//! The end of a relationship: proposed only with every safeguard passed, and never by what is not known.

use super::cases::{Facts, any_case, case, changed, ending, paths};
use super::{POLICY, at, config, decide};
use proptest::prelude::*;
use proptest::sample::subsequence;
use redress::Decision;
use redress::decision::SafeguardResult;
use serde_json::json;

/// The safeguards of our own, whatever the law of the place adds.
const OURS: [&str; 7] = [
    "mostly-right-customers-stay",
    "open-rights-first",
    "open-dispute-first",
    "vulnerability-reviewed",
    "essential-service",
    "notice-first",
    "contract-allows-notice",
];

/// Facts that safeguards read, themselves or through the decisions that they read.
fn guards(path: &str) -> bool {
    let groups = ["finding.", "history.", "account."];
    let facts = [
        "complaint.jurisdiction",
        "complaint.received_at",
        "customer.vulnerable",
        "customer.essential_service",
        "exit_request",
        "dispute.disputed_amount",
    ];
    facts.contains(&path) || groups.iter().any(|group| path.starts_with(group))
}

fn ends(decision: &Decision) -> bool {
    decision.relationship.action.as_deref() == Some("managed_exit")
}

/// Some facts that safeguards read, each to be turned to missing (or to unknown).
fn blanks() -> impl Strategy<Value = Vec<(String, bool)>> {
    let all: Vec<&str> = paths().into_iter().map(|(path, ..)| path).filter(|path| guards(path)).collect();
    let count = all.len();
    subsequence(all, 1..=4.min(count)).prop_flat_map(|paths| {
        let paths: Vec<_> = paths.into_iter().map(|path| (Just(path.to_owned()), any::<bool>())).collect();
        paths
    })
}

fn blanked(facts: &Facts, blanks: &[(String, bool)]) -> Facts {
    let knowable = |path: &str| paths().into_iter().any(|(each, _, knowable)| each == path && knowable);
    let changes = blanks.iter().map(|(path, unknown)| (path.clone(), (*unknown && knowable(path)).then(|| json!("unknown"))));
    changed(facts.clone(), changes.collect())
}

#[test]
fn the_safeguards_can_all_be_passed() {
    let facts = ending();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let found = (0..400).filter(|_| ends(&decide(&facts.new_tree(&mut runner).unwrap().current()))).count();
    assert!(found > 10, "the cases of these tests hardly ever end a relationship: {found} of 400");
}

proptest! {
    #![proptest_config(config(96))]

    /// Invariant 3, *human exit*: an ending is a proposal with approvals listed and every safeguard passed.
    #[test]
    fn human_exit(facts in prop_oneof![3 => ending(), 1 => any_case()]) {
        let decision = decide(&facts);
        let safeguards = &decision.relationship.safeguards;
        if ends(&decision) {
            let also = decision.approval.also.iter().map(String::as_str);
            let approvers: Vec<&str> = also.chain(decision.approval.required_role.as_deref()).collect();
            prop_assert!(approvers.contains(&"director") && approvers.contains(&"legal_compliance"));
            prop_assert!(decision.approval.second_person);
            prop_assert!(safeguards.iter().all(|safeguard| safeguard.result == SafeguardResult::Pass), "{safeguards:?}");
            for check in OURS {
                prop_assert!(safeguards.iter().any(|safeguard| safeguard.check == check), "{check} did not look");
            }
            return Ok(());
        }
        prop_assert_eq!(decision.relationship.earliest_exit_on, None, "no day is named where nothing ends");
        if decision.relationship.action.as_deref() == Some("exit_blocked") {
            prop_assert!(safeguards.iter().any(|safeguard| safeguard.result != SafeguardResult::Pass));
        }
    }

    /// Invariant 4, *unknown is not no*: what is missing or unknown never opens a safeguard that was closed, and never passes one.
    #[test]
    fn unknown_is_not_no(facts in ending(), blanks in blanks()) {
        let before = decide(&facts);
        let less = blanked(&facts, &blanks);
        let after = POLICY.decide(&case(&less), at()).unwrap();
        let blocked = before.relationship.action.as_deref() == Some("exit_blocked");
        prop_assert!(!(blocked && ends(&after)), "{blanks:?}");
        let gone = |path: &str| blanks.iter().any(|(each, _)| each == path);
        for (fact, check) in [
            ("customer.vulnerable", "vulnerability-reviewed"),
            ("customer.essential_service", "essential-service"),
            ("history.open_regulated_rights", "open-rights-first"),
            ("history.disputes_12m", "mostly-right-customers-stay"),
            ("history.disputes_upheld_12m", "mostly-right-customers-stay"),
            ("history.behaviour_notice_on", "notice-first"),
            ("account.contract_type", "contract-allows-notice"),
            ("finding.status", "open-dispute-first"),
            ("finding.liability", "open-dispute-first"),
        ] {
            let passes = |decision: &Decision| {
                let mut all = decision.relationship.safeguards.iter();
                all.any(|safeguard| safeguard.check == check && safeguard.result == SafeguardResult::Pass)
            };
            let zero_disputes = fact == "history.disputes_upheld_12m" && less.get("history.disputes_12m") == Some(&json!(0));
            prop_assert!(!gone(fact) || zero_disputes || !passes(&after), "{check} passes without {fact}");
        }
    }
}
