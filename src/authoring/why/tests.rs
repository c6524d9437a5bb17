//! Ways that are found are ways, none is longer than it has to be, and none is missed: held against decided cases one by one, on bundles
//! that are made up.

use super::*;
use crate::bundle::BundleFiles;
use crate::case::read_quickly;
use crate::policy::Extensions;
use crate::text::Source;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fmt::Write;

const MANIFEST: &str = "bundle: t
version: 1
currency: USD
facts:
  input.a: {type: integer, actionable: true}
  input.b: {type: integer, actionable: true}
  input.c: {type: boolean, actionable: true}
  input.d: {type: enum, values: [x, y, z], actionable: true}
  input.n: {type: integer}
params:
  most: 3.00 USD
  much: 4
";

/// What `let p` may be; `input.a` and `input.b` come to no more than the numbers that are gone through one by one.
const DERIVED: [&str; 7] = [
    "= input.a + input.b",
    "= input.a * 2 + 1",
    "= if input.c { input.a } else { 0 }",
    "= max(input.a, input.b)",
    "= input.n - input.a",
    "= if input.a > input.b && input.c { 5 } else { input.n }",
    "= min(input.a, 4) + input.n",
];

/// Every number that a fact is given one by one: conditions name 0 to 7 and the other fact in a sum is 0 to 5, so nothing turns outside.
const NUMBERS: std::ops::RangeInclusive<i64> = -7..=8;

fn cell() -> impl Strategy<Value = (&'static str, String)> {
    let number = || {
        prop_oneof![
            (0..6_i64).prop_map(|n| format!("at least {n}")),
            (0..6_i64).prop_map(|n| format!("under {n}")),
            (0..6_i64).prop_map(|n| format!("\"{n}\"")),
            (0..6_i64).prop_map(|n| format!("not {n}")),
            (0..4_i64).prop_map(|n| format!("{n} to {}", n + 2)),
            Just("over params.much".to_owned()),
        ]
    };
    let name = prop_oneof![Just("x"), Just("y"), Just("[x, z]"), Just("not z"), Just("missing")].prop_map(str::to_owned);
    prop_oneof![
        3 => number().prop_map(|cell| ("input.a", cell)),
        2 => number().prop_map(|cell| ("input.b", cell)),
        2 => any::<bool>().prop_map(|value| ("input.c", value.to_string())),
        2 => name.prop_map(|cell| ("input.d", cell)),
        1 => number().prop_map(|cell| ("input.n", cell)),
        2 => number().prop_map(|cell| ("p", cell)),
    ]
}

type RuleText = (Vec<(&'static str, String)>, String, &'static str);

fn rule() -> impl Strategy<Value = RuleText> {
    let amount = prop_oneof![
        3 => (0..5_i64).prop_map(|n| format!("{n}.00")),
        1 => Just("= money(1.00) * p".to_owned()),
        1 => Just("= money(1.00) * input.b".to_owned()),
    ];
    let level = prop_oneof![Just("low"), Just("middle"), Just("high")];
    (prop::collection::vec(cell(), 1..4), amount, level)
}

/// A bundle of two decisions: rules that look at facts and at something derived, then rules that look at the first, and guardrails.
#[derive(Clone, Debug)]
struct Made {
    derived: &'static str,
    hit: &'static str,
    rules: Vec<RuleText>,
    otherwise: bool,
    later: Vec<(&'static str, &'static str, i64)>,
    guardrails: Vec<&'static str>,
}

const GUARDRAILS: [&str; 5] = [
    "  - {id: cap, cap: top.amount, at: = params.most, because: No more.}\n",
    "  - {id: none, cap: top.amount, at: 0.00, when: {input.n: at least 3}, because: Nothing.}\n",
    "  - {id: some, floor: top.amount, at: 1.00, when: {input.c: true}, because: Some.}\n",
    "  - {id: by-b, cap: top.amount, at: \"= money(1.00) * input.b\", because: By b.}\n",
    "  - {id: kind, forbid: {top.kind: good}, unless: {input.b: at least 2}, instead: {top.kind: plain}, because: Not yet.}\n",
];

fn made() -> impl Strategy<Value = Made> {
    let later = (prop_oneof![Just("low"), Just("middle"), Just("high")], prop_oneof![Just("good"), Just("plain")], 0..4_i64);
    let derived = prop::sample::select(DERIVED.to_vec());
    let hit = prop_oneof![3 => Just("first"), 1 => Just("unique"), 1 => Just("priority")];
    let guardrails = prop::sample::subsequence(GUARDRAILS.to_vec(), 0..=3);
    (derived, hit, prop::collection::vec(rule(), 1..4), any::<bool>(), prop::collection::vec(later, 1..3), guardrails).prop_map(
        |(derived, hit, rules, otherwise, later, guardrails)| Made { derived, hit, rules, otherwise, later, guardrails },
    )
}

impl Made {
    fn policy(&self) -> Option<Policy> {
        let mut base = format!(
            "decision: base\nhit: {}\nlet:\n  p:\n    type: integer\n    value: \"{}\"\noutputs:\n  amount: {{type: money, default: 0.00}}\n  level: {{type: enum, values: [low, middle, high], ordered: true}}\n",
            self.hit, self.derived
        );
        if self.hit == "priority" {
            base.push_str("priority: {level: [high, middle, low]}\n");
        }
        base.push_str("rules:\n");
        for (at, (when, amount, level)) in self.rules.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let when: Vec<String> =
                when.iter().filter(|(name, _)| seen.insert(*name)).map(|(name, cell)| format!("{name}: {cell}")).collect();
            writeln!(
                base,
                "  - id: r{at}\n    when: {{{}}}\n    then: {{amount: \"{amount}\", level: {level}}}\n    because: So.",
                when.join(", ").replace("input.d: not z", "input.d: {not: [z]}")
            )
            .unwrap();
        }
        if self.otherwise {
            base.push_str("otherwise: {amount: 0.00, level: low, because: Else.}\n");
        }
        let mut top = "decision: top\nhit: first\noutputs:\n  amount: {type: money, default: 0.00}\n  kind: {type: enum, values: [good, plain, none], default: none}\nrules:\n".to_owned();
        for (at, (level, kind, plus)) in self.later.iter().enumerate() {
            writeln!(
                top,
                "  - id: t{at}\n    when: {{base.level: {level}}}\n    then: {{amount: \"= base.amount + money({plus}.00)\", kind: {kind}}}\n    because: So."
            )
            .unwrap();
        }
        top.push_str("otherwise: {because: Else.}\n");
        let mut files = BundleFiles::new();
        files.insert("bundle.yaml", MANIFEST);
        files.insert("decisions/base.yaml", base.as_str());
        files.insert("decisions/top.yaml", top.as_str());
        if !self.guardrails.is_empty() {
            files.insert("guardrails/all.yaml", format!("guardrails:\n{}", self.guardrails.concat()).as_str());
        }
        Policy::load(&files, &Extensions::new()).ok()
    }
}

/// What is wanted, as text and as a question of a decision.
#[derive(Clone, Copy, Debug)]
enum Want {
    More(i64),
    Kind(&'static str),
    Level(&'static str),
}

impl Want {
    fn text(self) -> String {
        match self {
            Self::More(than) => format!("top.amount > {than}"),
            Self::Kind(kind) => format!("top.kind = {kind}"),
            Self::Level(level) => format!("base.level = {level}"),
        }
    }

    fn holds(self, decision: &Decision) -> bool {
        let given =
            |part: &str, output: &str| decision.part(part).and_then(|part| part.results.first().map(|all| all.get(output)));
        match self {
            Self::More(than) => match given("top", "amount") {
                Some(Fact::Known(Value::Money(money))) => money.amount() > crate::value::Decimal::new(than, 0),
                _ => false,
            },
            Self::Kind(kind) => matches!(given("top", "kind"), Some(Fact::Known(value)) if value.as_name() == Some(kind)),
            Self::Level(level) => matches!(given("base", "level"), Some(Fact::Known(value)) if value.as_name() == Some(level)),
        }
    }
}

fn want() -> impl Strategy<Value = Want> {
    prop_oneof![
        2 => (0..5_i64).prop_map(Want::More),
        1 => prop_oneof![Just("good"), Just("plain")].prop_map(Want::Kind),
        1 => prop_oneof![Just("middle"), Just("high")].prop_map(Want::Level),
    ]
}

/// The facts of a case: numbers, a truth value, a name; nothing where one is left out.
type Facts = [Option<Json>; 5];

const NAMES: [&str; 5] = ["a", "b", "c", "d", "n"];

fn facts() -> impl Strategy<Value = Facts> {
    let number = || prop_oneof![4 => (0..6_i64).prop_map(|n| Some(json!(n))), 1 => Just(None)];
    let truth = prop_oneof![4 => any::<bool>().prop_map(|value| Some(json!(value))), 1 => Just(None)];
    let name = prop_oneof![4 => prop_oneof![Just("x"), Just("y"), Just("z")].prop_map(|name| Some(json!(name))), 1 => Just(None)];
    (number(), number(), truth, name, number()).prop_map(|(a, b, c, d, n)| [a, b, c, d, n])
}

fn case_of(facts: &Facts) -> Case {
    let given = NAMES.iter().zip(facts).filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)));
    let input: serde_json::Map<String, Json> = given.collect();
    read_quickly(&Source::new("case.json", json!({"input": input}).to_string())).unwrap()
}

fn at() -> DateTime {
    DateTime::from_unix_seconds(1_790_000_000).unwrap()
}

fn holds(policy: &Policy, facts: &Facts, want: Want) -> bool {
    want.holds(&policy.decide(&case_of(facts), at()).unwrap())
}

/// The same without reasons, where many cases are tried.
fn comes_about(selection: &crate::evaluation::Selection<'_>, facts: &Facts, want: Want) -> bool {
    let case = case_of(facts);
    let evaluation = selection.evaluate(&case, at()).unwrap();
    match want {
        Want::More(than) => {
            matches!(evaluation.output("top", "amount"), Fact::Known(Value::Money(money)) if money.amount() > crate::value::Decimal::new(than, 0))
        }
        Want::Kind(kind) => evaluation.output("top", "kind").known().and_then(Value::as_name) == Some(kind),
        Want::Level(level) => evaluation.output("base", "level").known().and_then(Value::as_name) == Some(level),
    }
}

/// The smallest sets of facts by whose change the outcome comes about, found by trying everything.
fn by_trying(policy: &Policy, start: &Facts, want: Want) -> BTreeSet<BTreeSet<usize>> {
    let selection = policy.everything().without_trace();
    let numbers = || NUMBERS.map(|n| json!(n)).collect::<Vec<Json>>();
    let all: [Vec<Json>; 4] = [numbers(), numbers(), vec![json!(true), json!(false)], vec![json!("x"), json!("y"), json!("z")]];
    let mut found: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    let mut sets: Vec<BTreeSet<usize>> = (0..16_usize).map(|bits| (0..4).filter(|at| bits >> at & 1 == 1).collect()).collect();
    sets.sort_by_key(BTreeSet::len);
    for set in sets {
        if found.iter().any(|smaller| smaller.is_subset(&set)) {
            continue;
        }
        let mut tries: Vec<Facts> = vec![start.clone()];
        for at in &set {
            let others = |facts: &Facts| {
                let facts = facts.clone();
                all[*at]
                    .iter()
                    .filter(|value| start[*at].as_ref() != Some(value))
                    .map(move |value| {
                        let mut changed = facts.clone();
                        changed[*at] = Some(value.clone());
                        changed
                    })
                    .collect::<Vec<_>>()
            };
            tries = tries.iter().flat_map(others).collect();
        }
        if tries.iter().any(|facts| comes_about(&selection, facts, want)) {
            found.insert(set);
        }
    }
    found
}

/// The facts of a case with some changes of a way made.
fn with_changes(start: &Facts, changes: &[&FactChange]) -> Facts {
    let mut facts = start.clone();
    for change in changes {
        let at = NAMES.iter().position(|name| format!("input.{name}") == change.path).unwrap();
        facts[at] = Some(match at {
            0 | 1 | 4 => json!(change.to.parse::<i64>().unwrap()),
            2 => json!(change.to == "true"),
            _ => json!(change.to),
        });
    }
    facts
}

/// Holds an answer against trying everything; whether it was proven.
fn hold(policy: &Policy, start: &Facts, want: Want) -> Result<bool, TestCaseError> {
    let answer = why(policy, &case_of(start), at(), &Question::new([want.text()]).at_most(20)).unwrap();
    prop_assert_eq!(answer.is_so, holds(policy, start, want));
    if answer.is_so {
        return Ok(true);
    }
    let mut sets: Vec<BTreeSet<usize>> = Vec::new();
    for way in &answer.ways {
        prop_assert!(want.holds(&way.decision));
        let changes: Vec<&FactChange> = way.changes.iter().collect();
        for left in 0..1_usize << changes.len() {
            let some: Vec<&FactChange> =
                changes.iter().enumerate().filter(|(at, _)| left >> at & 1 == 1).map(|(_, change)| *change).collect();
            let is_all = some.len() == changes.len();
            prop_assert_eq!(holds(policy, &with_changes(start, &some), want), is_all, "{:?}", some);
        }
        sets.push(
            changes.iter().map(|change| NAMES.iter().position(|name| format!("input.{name}") == change.path).unwrap()).collect(),
        );
    }
    prop_assert!(sets.windows(2).all(|pair| pair[0].len() <= pair[1].len()));
    let (sets, all): (BTreeSet<_>, _) = (sets.into_iter().collect(), by_trying(policy, start, want));
    if answer.proven && answer.between.is_empty() {
        prop_assert_eq!(sets, all);
        prop_assert_eq!(answer.ways.is_empty(), !answer.hindrances.is_empty());
    } else if answer.proven {
        // The bound of the search was met behind what was found: nothing nearer was left out.
        let farthest = sets.iter().map(BTreeSet::len).max().unwrap_or(0);
        prop_assert!(farthest > 0 && sets.is_subset(&all), "{:?} of {:?}", sets, all);
        prop_assert!(all.difference(&sets).all(|left| left.len() >= farthest), "{:?} of {:?}", sets, all);
    } else {
        // No script stands in between here, but the bound of the search, or an expression of which nothing is told.
        prop_assert!(
            !answer.between.is_empty() && answer.between.iter().all(|each| !each.contains("script")),
            "{:?}",
            answer.between
        );
        prop_assert!(sets.is_subset(&all), "{:?} of {:?}", sets, all);
    }
    Ok(answer.proven)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, max_shrink_iters: 8, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    /// Every way gives what is wanted, none of its changes can be left out, and the ways are those that trying everything finds: nothing
    /// false, nothing missing, the fewest facts first.
    #[test]
    fn ways_are_those_that_trying_everything_finds(made in made(), start in facts(), want in want()) {
        let Some(policy) = made.policy() else { return Err(TestCaseError::reject("it does not load")) };
        hold(&policy, &start, want)?;
    }
}

/// A search that always ran out of its bound would hold of anything: most come to their end.
#[test]
fn most_answers_are_proven() {
    let mut runner = TestRunner::deterministic();
    let (mut asked, mut proven) = (0, 0);
    while asked < 40 {
        let (made, start, want) = (made(), facts(), want()).new_tree(&mut runner).unwrap().current();
        let Some(policy) = made.policy() else { continue };
        asked += 1;
        let held = hold(&policy, &start, want);
        proven += usize::from(held.unwrap_or_else(|found| panic!("{found}\n{made:?}\n{start:?} {want:?}")));
    }
    assert!(proven >= 34, "{proven} of {asked}");
}
