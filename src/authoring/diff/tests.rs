//! The comparison beside the obvious one: every combination of a few values, decided under both policies.

use super::regions::{self, Local};
use super::witness::{Under, inside};
use super::worlds::Of;
use super::{Verdict, compare, meaning::Ids};
use crate::case::{Case, CaseFormat, read_case};
use crate::policy::Policy;
use crate::text::Source;
use crate::value::DateTime;
use proptest::prelude::*;
use std::collections::BTreeMap;

const MANIFEST: &str = "bundle: table
version: 1
currency: USD
params: {limit: 3, floor: 20.00 USD}
facts:
  input.a: {type: integer, about: A number}
  input.b: {type: enum, values: [gold, silver, bronze], ordered: true, about: A name}
  input.c: {type: boolean, about: Yes or no}
  input.m: {type: money, about: An amount}
  input.l: {type: list of text, about: Several texts}
";

const COLUMNS: [(&str, &[&str]); 5] = [
    (
        "input.a",
        &[
            "any",
            "3",
            "at least 3",
            "under 2",
            "1 to 4",
            "[0, 5]",
            "missing",
            "not 3",
            "present",
            "[unknown, over 4]",
            "at most params.limit",
            "{not: [1, missing]}",
        ],
    ),
    ("input.b", &["any", "gold", "[silver, gold]", "not gold", "at least silver", "missing", "unknown"]),
    ("input.c", &["any", "any", "true", "false", "[true, missing]"]),
    ("input.m", &["any", "any", "at most 100", "over 50.00", "20 to 50.00", "at least params.floor", "missing"]),
    ("input.l", &["any", "any", "any", "empty", "x", "[x, y]", "not x", "present", "missing"]),
];

/// Values that stand in every segment that the cells above can make.
const VALUES: [&[&str]; 5] = [
    &["missing", "unknown", "-1", "0", "1", "2", "3", "4", "5", "6"],
    &["missing", "unknown", "gold", "silver", "bronze"],
    &["missing", "unknown", "true", "false"],
    &["missing", "unknown", "10 USD", "20 USD", "30 USD", "50 USD", "70 USD", "100 USD", "200 USD", "50 EUR"],
    &["missing", "unknown", "[]", "[x]", "[y]", "[z]", "[x, z]", "[y, x]"],
];

const HITS: [(&str, &str); 10] = [
    ("first", "{type: enum, values: [x, y, z]}"),
    ("unique", "{type: enum, values: [x, y, z]}"),
    ("any", "{type: enum, values: [x, y, z]}"),
    ("priority", "{type: enum, values: [x, y, z]}"),
    ("collect", "{type: enum, values: [x, y, z]}"),
    ("collect ranked", "{type: enum, values: [x, y, z]}"),
    ("collect sum", "{type: integer}"),
    ("collect min", "{type: integer}"),
    ("collect max", "{type: integer}"),
    ("collect count", "{type: integer}"),
];

/// A rule: the cell of each column by its number, and its output.
type Rule = ([usize; 5], usize);

#[derive(Clone, Debug)]
struct Table {
    hit: usize,
    columns: usize,
    rules: Vec<Rule>,
    otherwise: Option<usize>,
}

impl Table {
    fn policy(&self) -> Option<Policy> {
        let (hit, kind) = HITS.get(self.hit).copied()?;
        let output = |at: usize| if kind.contains("enum") { ["x", "y", "z"][at % 3] } else { ["1", "2", "3"][at % 3] };
        let mut text = format!("decision: d\nhit: {hit}\noutputs: {{r: {kind}}}\n");
        if hit == "priority" || hit == "collect ranked" {
            text.push_str("priority: {r: [z, x, y]}\n");
        }
        text.push_str("rules:\n");
        for (cells, out) in &self.rules {
            let when: Vec<String> = COLUMNS
                .iter()
                .zip(cells)
                .take(self.columns)
                .map(|((path, list), at)| format!("{path}: {}", list[at % list.len()]))
                .collect();
            text.push_str(&format!("  - {{when: {{{}}}, then: {{r: {}}}, because: So}}\n", when.join(", "), output(*out)));
        }
        if let Some(out) = self.otherwise.filter(|_| !hit.starts_with("collect")) {
            text.push_str(&format!("otherwise: {{r: {}, because: Else}}\n", output(out)));
        }
        Policy::from_files([("bundle.yaml", MANIFEST), ("decisions/d.yaml", &text)]).ok()
    }
}

fn table() -> impl Strategy<Value = Table> {
    let rule = (prop::array::uniform5(0_usize..60), 0_usize..3);
    (0_usize..HITS.len(), 1_usize..=5, prop::collection::vec(rule, 1..5), prop::option::of(0_usize..3))
        .prop_map(|(hit, columns, rules, otherwise)| Table { hit, columns, rules, otherwise })
}

/// A table and what somebody made of it.
fn pair() -> impl Strategy<Value = (Table, Table)> {
    (table(), table(), 0_usize..6, 0_usize..4, 0_usize..5, 0_usize..60).prop_map(|(old, other, change, row, column, cell)| {
        let mut new = old.clone();
        let rows = new.rules.len();
        match change {
            0 => new = Table { hit: old.hit, ..other },
            1 => new.rules.swap(row % rows, (row + 1) % rows),
            2 => new.rules[row % rows].0[column] = cell,
            3 => drop(new.rules.remove(row % rows)),
            4 => new.rules.insert(row % (rows + 1), other.rules[0]),
            _ => new.rules[row % rows].1 = cell,
        }
        if new.rules.is_empty() {
            new.rules = old.rules.clone();
        }
        (old, new)
    })
}

/// Every case that has one of the values in each of the first columns.
fn cases(columns: usize) -> Vec<Case> {
    let mut texts = vec![String::new()];
    for ((path, _), values) in COLUMNS.iter().zip(VALUES).take(columns) {
        let name = path.trim_start_matches("input.");
        texts = texts
            .iter()
            .flat_map(|text| {
                values
                    .iter()
                    .map(move |value| if *value == "missing" { text.clone() } else { format!("{text}{name}: {value}, ") })
            })
            .collect();
    }
    // A few of very many are enough: the walk does not know which.
    let step = texts.len().div_ceil(250).max(1) | 1;
    let few = texts.iter().step_by(step);
    few.map(|text| read_case(&Source::new("c.yaml", format!("input: {{{text}}}")), CaseFormat::Yaml).unwrap()).collect()
}

fn outcome(policy: &Policy, case: &Case, at: DateTime) -> String {
    let decision = policy.decide(case, at).unwrap();
    let part = decision.part("d").unwrap();
    let results: Vec<String> = part.results.iter().map(|outputs| format!("{outputs:?}")).collect();
    format!("{} {results:?}", part.status.word())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// A case comes out differently if and only if a region holds it; nothing is called equal that is not.
    #[test]
    fn regions_are_exactly_the_cases_that_differ((old, new) in pair()) {
        let (Some(was), Some(is)) = (old.policy(), new.policy()) else { return Ok(()) };
        let of = |policy: &'static Policy| Of { program: &policy.program, decision: &policy.program.decisions[0], finals: false };
        // Leaked for the sake of the lifetimes of a closure; there are a few hundred of them.
        let (was, is): (&'static Policy, &'static Policy) = (Box::leak(Box::new(was)), Box::leak(Box::new(is)));
        let at = DateTime::parse("2026-03-05T00:00:00Z").unwrap();
        let local = regions::compare(of(was), of(is), &Ids::default(), &BTreeMap::new());
        let found = match local {
            Local::Equal => Vec::new(),
            Local::Differs(found, more, caveats) => {
                prop_assert!(!more && caveats.is_empty());
                prop_assert!(!found.is_empty());
                found
            }
            Local::Unknown(reason) => return Err(TestCaseError::fail(reason)),
        };
        for case in cases(old.columns.max(new.columns)) {
            let differs = outcome(was, &case, at) != outcome(is, &case, at);
            let (before, after) = (was.evaluate(&case, at), is.evaluate(&case, at));
            let holds = found.iter().any(|region| {
                region.wanted.iter().any(|wanted| {
                    before.as_ref().is_ok_and(|it| inside(it, of(was), Under::Old, wanted))
                        && after.as_ref().is_ok_and(|it| inside(it, of(is), Under::New, wanted))
                })
            });
            // What a cell can ask of a list, or of an amount in another currency, is less than what a region says of it.
            let is_rough = old.columns.max(new.columns) == 5 || case.to_json().to_string().contains("EUR");
            prop_assert!(
                if is_rough { !differs || !found.is_empty() } else { differs == holds },
                "{}: differs {differs}, in a region {holds}\n{found:#?}", case.to_json()
            );
        }
    }
}

#[test]
fn order_counts_only_where_it_decides() {
    let text = |hit: &str, first: &str, second: &str| {
        format!(
            "decision: d\nhit: {hit}\noutputs: {{r: {{type: integer}}}}\nrules:\n{first}{second}otherwise: {{r: 0, because: Else}}\n"
        )
    };
    let (one, other) = (
        "  - {id: one, when: {input.a: under 2}, then: {r: 1}, because: So}\n",
        "  - {id: other, when: {input.a: over 4}, then: {r: 2}, because: So}\n",
    );
    let verdict = |hit: &str| {
        let load = |text: String| Policy::from_files([("bundle.yaml", MANIFEST.to_owned()), ("decisions/d.yaml", text)]).unwrap();
        let found = compare(&load(text(hit, one, other)), &load(text(hit, other, one)));
        (found.changes.len(), found.effects[0].verdict, found.equal)
    };
    assert_eq!(verdict("unique"), (0, Verdict::Equal, true));
    // They were moved, and as no case meets both, it makes no difference.
    assert_eq!(verdict("first"), (1, Verdict::Equal, true));
}

#[test]
fn a_pack_that_applies_elsewhere_is_not_called_equal() {
    let load = |place: &str, days: &str| {
        Policy::from_files([
            ("bundle.yaml", "bundle: law\nversion: 1\ncurrency: USD\npacks: [one]\nparams: {days: 5}\n".to_owned()),
            ("decisions/d.yaml", "decision: d\noutputs: {r: {type: integer, value: = params.days}}\n".to_owned()),
            (
                "packs/one/bundle.yaml",
                format!("pack: one\nversion: 1\nwhen: {{complaint.jurisdiction: {place}}}\nparams: {{days: {days}}}\n"),
            ),
        ])
        .unwrap()
    };
    let was = load("US", "7");
    assert!(compare(&was, &load("US", "7")).equal);
    for is in [load("GB", "7"), load("US", "8")] {
        let found = compare(&was, &is);
        assert!(!found.equal);
        assert_eq!(
            found.effects.last().map(|effect| (effect.decision.as_str(), effect.verdict)),
            Some(("packs", Verdict::NotProven))
        );
    }
}

#[test]
fn a_clock_that_is_changed_is_not_called_equal() {
    let manifest = "bundle: clocks\nversion: 1\ncurrency: USD\n";
    let decision = "decision: d\noutputs: {r: {type: integer, value: 1}}\n";
    let clock = |days: &str| {
        format!(
            "# When somebody has to answer.\nobligations:\n  - id: answer\n    step: reply\n    due:\n      - {{within: {days} calendar days, after: \
             complaint.received_at}}\n    because: An answer is due.\n"
        )
    };
    let load = |clock: String| {
        let files =
            [("bundle.yaml", manifest.to_owned()), ("decisions/d.yaml", decision.to_owned()), ("obligations/a.yaml", clock)];
        Policy::from_files(files).unwrap()
    };
    let verdicts = |old: &Policy, new: &Policy| {
        let found = compare(old, new);
        let list: Vec<String> =
            found.effects.iter().map(|effect| format!("{} {}", effect.decision, effect.verdict.word())).collect();
        (found.equal, list)
    };
    let (ten, twenty) = (load(clock("10")), load(clock("20")));
    let same = load(clock("10").replace("# When somebody has to answer.\n", ""));
    assert_eq!(verdicts(&ten, &same), (true, vec!["d equal".to_owned()]));
    assert_eq!(verdicts(&ten, &twenty), (false, vec!["d equal".to_owned(), "obligations not proven".to_owned()]));
}
