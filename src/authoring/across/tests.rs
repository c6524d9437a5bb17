//! What is said of *never* and *always* is met by no case: generated bundles are checked, and every finding is held against many
//! generated cases.

use super::*;
use crate::bundle::BundleFiles;
use crate::case::{CaseFormat, read_case};
use crate::decision::{Decision, Part};
use crate::policy::Extensions;
use crate::text::{Code, Source, render_all};
use crate::value::DateTime;
use proptest::prelude::*;

/// Picks from what a generated list of numbers says, again and again from its beginning.
struct Picks<'a> {
    numbers: &'a [u8],
    next: usize,
}

impl Picks<'_> {
    fn number(&mut self, below: usize) -> usize {
        let number = self.numbers.get(self.next % self.numbers.len().max(1)).copied().unwrap_or_default();
        // Another round through the numbers gives others.
        let round = self.next / self.numbers.len().max(1);
        self.next += 1;
        (usize::from(number) + round * 7) % below
    }

    fn of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.number(words.len())]
    }
}

const LEVELS: [&str; 4] = ["low", "middle", "high", "top"];
const TIERS: [&str; 4] = ["standard", "silver", "gold", "strategic"];
const POINTS: [&str; 9] = [
    "0",
    "3",
    "7",
    "= 2 + 2",
    "= if customer.tenure_months > 12 { 9 } else { 1 }",
    "= min(customer.tenure_months, 5)",
    "= max(customer.tenure_months, 2)",
    "= customer.tenure_months ?? 4",
    "= min(history.disputes_12m ?? 2, 8) * 2 - 1",
];
const AMOUNTS: [&str; 11] = [
    "0.00",
    "5.00",
    "20.00",
    "49.99",
    "= params.gesture",
    "= params.base[finding.severity]",
    "= min(dispute.disputed_amount, params.most)",
    "= max(dispute.disputed_amount, money(30.00))",
    "= params.gesture * 1.5 + money(1.00)",
    "= -params.gesture + params.most",
    "= if standing.points > 4 { money(45.00) } else { params.most }",
];
const LIMITS: [&str; 8] = [
    "10.00",
    "25.00",
    "60.00",
    "= params.most",
    "= params.gesture * 2",
    "= params.most - history.goodwill_12m",
    "= money(80.00) - params.gesture",
    "= min(params.most, history.goodwill_12m)",
];
const ASKS: [&str; 17] = [
    "grade.n: over 3",
    "grade.n: at most 2",
    "grade.m: 7",
    "standing.level: low",
    "standing.level: [middle, top]",
    "standing.level: not high",
    "standing.level: at least middle",
    "standing.points: over 6",
    "standing.points: 2 to 3",
    "standing.points: at most -1",
    "standing.points: not 7",
    "weight: over 10",
    "weight: at most 1.5",
    "customer.tier: gold",
    "customer.tenure_months: under 24",
    "standing.level: missing",
    "standing.points: present",
];

fn bundle(picks: &mut Picks<'_>) -> BundleFiles {
    let mut files = BundleFiles::new();
    let changes = picks.of(&[
        "{USD: 15.00, EUR: 12.00}",
        "[{until: 2026-05-31, value: 8.00 USD}, {from: 2026-06-01, value: 31.00 USD}]",
        "18.00 case",
    ]);
    let currency = picks.of(&["USD", "case"]);
    files.insert(
        "bundle.yaml",
        format!("bundle: generated\nversion: 1\ncurrency: {currency}\nparams:\n  gesture: {changes}\n  most: {{USD: 40.00, EUR: 35.00}}\n  base:\n    trivial: {{USD: 1.00, EUR: 1.00}}\n    minor: {{USD: 5.00, EUR: 4.00}}\n    moderate: {{USD: 9.00, EUR: 9.00}}\n    serious: {{USD: 30.00, EUR: 29.00}}\n    severe: {{USD: 50.00, EUR: 49.00}}\n"),
    );
    let mut standing = "decision: standing\nhit: first\noutputs:\n  level: {type: enum, values: [low, middle, high, top], ordered: true, default: low}\n  points: {type: integer}\nrules:\n".to_owned();
    for number in 0..=picks.number(3) {
        let (tier, level, points) = (picks.of(&TIERS), picks.of(&LEVELS), picks.of(&POINTS));
        standing.push_str(&format!("  - id: s{number}\n    when: {{customer.tier: {tier}}}\n    then:\n      level: {level}\n      points: {points}\n    because: S.\n"));
    }
    standing.push_str(&format!("otherwise:\n  points: {}\n  because: S.\n", picks.of(&POINTS)));
    files.insert("decisions/standing.yaml", standing);
    let mut fee = "decision: fee\nhit: first\nlet:\n  weight: {type: decimal, value: = standing.points * 1.5}\noutputs:\n  refund: {type: money}\n  kind: {type: enum, values: [small, large, none], default: none}\nrules:\n".to_owned();
    for number in 0..=picks.number(4) {
        let (one, other) = (picks.of(&ASKS), picks.of(&ASKS));
        let when = if one.split(':').next() == other.split(':').next() { one.to_owned() } else { format!("{one}, {other}") };
        let (amount, kind) = (picks.of(&AMOUNTS), picks.of(&["small", "large"]));
        let dates = picks.of(&["", "", "", "\n    from: 2026-06-01", "\n    until: 2026-05-31"]);
        fee.push_str(&format!("  - id: f{number}\n    when: {{{when}}}\n    then:\n      refund: {amount}\n      kind: {kind}\n    because: F.{dates}\n"));
    }
    fee.push_str(&format!("otherwise:\n  refund: {}\n  because: F.\n", picks.of(&AMOUNTS)));
    files.insert("decisions/fee.yaml", fee);
    let (n, default, m) = (picks.of(&POINTS), picks.of(&["2", "4", "missing"]), picks.of(&POINTS));
    files.insert(
        "decisions/grade.yaml",
        format!("decision: grade\noutputs:\n  n:\n    type: integer\n    default: {default}\n    value: {n}\n  m:\n    type: integer\n    value: {m}\n"),
    );
    let mut guardrails = "guardrails:\n".to_owned();
    for number in 0..=picks.number(4) {
        let at = picks.of(&LIMITS);
        let rule = match picks.number(5) {
            0 | 1 => format!("cap: fee.refund\n    at: {at}"),
            2 => format!("floor: fee.refund\n    at: {at}"),
            3 => format!("forbid: {{fee.kind: {}}}\n    instead: {{fee.kind: none}}", picks.of(&["small", "large"])),
            _ => format!("require_approval: [role{number}]"),
        };
        let when = if picks.number(2) == 0 || rule.starts_with("require") {
            format!(
                "\n    when: {{{}}}",
                picks.of(&[
                    "standing.level: top",
                    "standing.points: over 8",
                    "customer.tier: gold",
                    "standing.level: [middle, high]"
                ])
            )
        } else {
            String::new()
        };
        guardrails.push_str(&format!("  - id: g{number}\n    {rule}{when}\n    because: G.\n"));
    }
    files.insert("guardrails/limits.yaml", guardrails);
    files
}

fn case(picks: &mut Picks<'_>) -> String {
    let currency = picks.of(&["USD", "EUR", "USD", "MXN"]);
    let mut customer = vec!["customer_id: C".to_owned()];
    if picks.number(6) > 0 {
        customer.push(format!("tier: {}", picks.of(&["standard", "silver", "gold", "strategic", "unknown"])));
    }
    if picks.number(4) > 0 {
        customer.push(format!("tenure_months: {}", picks.of(&["0", "1", "5", "13", "30", "200", "unknown"])));
    }
    let mut history = Vec::new();
    if picks.number(3) > 0 {
        history.push(format!("goodwill_12m: {} {currency}", picks.of(&["0.00", "12.00", "39.00", "500.00"])));
        history.push(format!("disputes_12m: {}", picks.of(&["0", "1", "9"])));
    }
    format!(
        "complaint: {{case_id: D, received_at: {}T10:00:00Z, language: en, jurisdiction: US}}\ncustomer: {{{}}}\nhistory: {{{}}}\nfinding: {{severity: {}}}\ndispute: {{reason_code: PRICE, disputed_amount: {} {currency}}}\n",
        picks.of(&["2026-03-02", "2026-05-31", "2026-06-01", "2026-09-09"]),
        customer.join(", "),
        history.join(", "),
        picks.of(&["trivial", "minor", "serious", "moderate"]),
        picks.of(&["0.00", "0.01", "4.99", "25.00", "39.99", "1000.00"]),
    )
}

/// The first name in backticks.
fn named(message: &str, nth: usize) -> &str {
    message.split('`').nth(nth * 2 + 1).unwrap_or_default()
}

/// What a decision shows against a finding.
fn refuted(finding: &Diagnostic, decision: &Decision) -> bool {
    let fired = |id: &str| decision.parts.iter().any(|part| part.rules.iter().any(|rule| rule.rule() == id));
    let changed = |by: &str| decision.parts.iter().any(|part| part.changes.iter().any(|change| change.id == by));
    match finding.code {
        Code::DeadRule => fired(named(&finding.message, 0)),
        Code::AlwaysCut => {
            let gave =
                |part: &&Part| &*part.name == "fee" && part.rules.iter().any(|rule| rule.rule() == named(&finding.message, 0));
            let part = decision.parts.iter().find(gave);
            part.is_some_and(|part| part.is_decided() && !part.changes.iter().any(|change| change.by == "cap"))
        }
        Code::IdleGuardrail => {
            let id = named(&finding.message, 0);
            changed(id) || decision.approval.also.iter().any(|role| role.trim_start_matches("role") == id.trim_start_matches('g'))
        }
        _ => false,
    }
}

fn checked(files: &BundleFiles) -> (Policy, Diagnostics) {
    let (bundle, found) = Bundle::read(files);
    let bundle = bundle.unwrap_or_else(|| panic!("{}", render_all(&found, false)));
    let policy =
        Policy::compile(&bundle, &Extensions::new(), found).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let found = across_layers(&bundle, &policy);
    (policy, found)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_case_shows_the_contrary(numbers in proptest::collection::vec(any::<u8>(), 60..120), cases in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 12..16), 40)) {
        let files = bundle(&mut Picks { numbers: &numbers, next: 0 });
        let (policy, found) = checked(&files);
        let at = DateTime::parse("2026-10-01T10:00:00Z").unwrap();
        for numbers in &cases {
            let text = case(&mut Picks { numbers, next: 0 });
            let case = read_case(&Source::new("case.yaml", text.as_str()), CaseFormat::Yaml).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
            let Ok(decision) = policy.decide(&case, at) else { continue };
            for finding in &found {
                prop_assert!(!refuted(finding, &decision), "{}\n{text}\n{decision:#?}", render_all(&found, false));
            }
        }
    }
}

#[test]
fn the_generated_bundles_hold_something_of_every_kind() {
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    for seed in 0..=255u8 {
        let numbers: Vec<u8> = (0..97u8)
            .map(|at| seed.wrapping_mul(31).wrapping_add(at.wrapping_mul(seed | 1)).rotate_left(u32::from(at % 7)))
            .collect();
        let (_, found) = checked(&bundle(&mut Picks { numbers: &numbers, next: 0 }));
        for finding in &found {
            *seen.entry(finding.code).or_default() += 1;
        }
    }
    for code in [Code::DeadRule, Code::AlwaysCut, Code::IdleGuardrail] {
        assert!(seen.get(&code).is_some_and(|count| *count >= 10), "{seen:?}");
    }
}

#[test]
fn the_default_bundle_is_looked_at_whole() {
    let (policy, found) = checked(&crate::engine::default_bundle());
    let settings = setting::settings(&policy.program, &crate::engine::default_bundle()).map_or(0, |settings| settings.len());
    assert!(settings > 1, "{settings} settings");
    assert_eq!(render_all(&found, false), "");
    let unread = unread_facts(&policy);
    assert!(!unread.contains(&"finding.liability"), "{unread:?}");
    assert!(unread.contains(&"account.account_id"), "{unread:?}");
}
