//! Bundles out of a generator, decided both ways: every kind of value, hit policy and guardrail, with facts missing, unknown, in two
//! currencies and of more digits than a word holds.

use crate::oracle;
use crate::semantics::{case, files};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use redress::Policy;
use std::fmt::Write;

/// The facts of a made bundle.
pub(crate) const FACTS: &str = "facts:
  input.n: {type: integer}
  input.m: {type: integer}
  input.x: {type: decimal}
  input.sum: {type: money}
  input.other: {type: money}
  input.word: {type: text}
  input.level: {type: enum, values: [low, middle, high], ordered: true}
  input.yes: {type: boolean}
  input.day: {type: date}
  input.place: {type: place}
  input.numbers: {type: list of integer}
";
/// Its parameters, and what it assumes.
pub(crate) const PARAMS: &str = "params:
  count: 3
  share: 0.25
  cap:
    - {from: 2020-01-01, value: 20.00 case}
    - {from: 2026-03-01, value: 22.50 case}
  step: {USD: 5.00, EUR: 4.00}
  by_level: {low: 1.00 case, middle: 2.50 case, high: 7.005 case}
assume: {input.m: 4, input.level: middle, input.other: 3.00 case}
";

/// Numbers out of which a bundle and its cases are made.
pub(crate) struct Choices(std::vec::IntoIter<u16>);

impl Choices {
    pub(crate) fn of(choices: Vec<u16>) -> Self {
        Self(choices.into_iter())
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % count
    }

    pub(crate) fn one<'c>(&mut self, of: &[&'c str]) -> &'c str {
        of[self.below(of.len())]
    }

    pub(crate) fn whole(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(&["input.n", "input.m", "params.count", "7", "0", "twice"]).to_owned();
        }
        match self.below(9) {
            0 => format!("({} + {})", self.whole(depth - 1), self.whole(depth - 1)),
            1 => format!("({} - {})", self.whole(depth - 1), self.whole(depth - 1)),
            2 => format!("({} * {})", self.whole(depth - 1), self.whole(depth - 1)),
            3 => format!("max({}, {})", self.whole(depth - 1), self.whole(depth - 1)),
            4 => format!("min({}, {}, 5)", self.whole(depth - 1), self.whole(depth - 1)),
            5 => format!("({} ?? {})", self.whole(0), self.whole(depth - 1)),
            6 => format!("(if {} {{ {} }} else {{ {} }})", self.truth(depth - 1), self.whole(depth - 1), self.whole(depth - 1)),
            7 => "days_between(input.day, date(\"2026-03-01\"))".to_owned(),
            _ => "count(input.numbers)".to_owned(),
        }
    }

    pub(crate) fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(&["input.x", "params.share", "1.5", "0.0"]).to_owned();
        }
        match self.below(7) {
            0 => format!("({} + {})", self.number(depth - 1), self.number(depth - 1)),
            1 => format!("({} * {})", self.number(depth - 1), self.whole(depth - 1)),
            2 => format!("({} / {})", self.number(depth - 1), self.whole(depth - 1)),
            3 => format!("rate({}, {})", self.whole(depth - 1), self.whole(depth - 1)),
            4 => format!("round_down_to({}, 0.5)", self.number(depth - 1)),
            5 => format!("max({}, {})", self.number(depth - 1), self.whole(depth - 1)),
            _ => format!("({} ?? 0.1)", self.number(0)),
        }
    }

    pub(crate) fn amount(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one(&["input.sum", "input.other", "params.cap", "params.step", "money(12.5)", "more"]).to_owned();
        }
        match self.below(8) {
            0 => format!("({} + {})", self.amount(depth - 1), self.amount(depth - 1)),
            1 => format!("({} - {})", self.amount(depth - 1), self.amount(depth - 1)),
            2 => format!("({} * {})", self.amount(depth - 1), self.number(depth - 1)),
            3 => format!("({} / {})", self.amount(depth - 1), self.whole(depth - 1)),
            4 => format!("max({}, {})", self.amount(depth - 1), self.amount(depth - 1)),
            5 => format!("round_down_to({}, 5.00)", self.amount(depth - 1)),
            6 => "params.by_level[input.level]".to_owned(),
            _ => format!("({} ?? {})", self.amount(0), self.amount(depth - 1)),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            let leaves =
                ["input.yes", "input.level == \"low\"", "input.level < \"high\"", "is_unknown(input.n)", "is_missing(input.sum)"];
            return self.one(&leaves).to_owned();
        }
        match self.below(6) {
            0 => format!("({} && {})", self.truth(depth - 1), self.truth(depth - 1)),
            1 => format!("({} || {})", self.truth(depth - 1), self.truth(depth - 1)),
            2 => format!("!({})", self.truth(depth - 1)),
            3 => format!("({} < {})", self.whole(depth - 1), self.number(depth - 1)),
            4 => format!("({} >= {})", self.amount(depth - 1), self.amount(depth - 1)),
            _ => format!("({} != {})", self.whole(depth - 1), self.whole(depth - 1)),
        }
    }

    /// Conditions on some facts, as a rule or a guardrail has them.
    fn conditions(&mut self) -> String {
        let all: [(&str, &[&str]); 9] = [
            (
                "input.n",
                &["at least 3", "under 9", "3 to 7", "missing", "unknown", "[1, 2, unknown]", "not 5", "over params.count"],
            ),
            ("input.x", &["over 0.25", "at most 1.5", "present", "not unknown"]),
            ("input.sum", &["over 10.00", "at most params.cap", "over 5.00 USD", "missing", "under params.step"]),
            ("input.level", &["low", "at least middle", "[low, high]", "not low", "unknown"]),
            ("input.yes", &["true", "false", "[true, unknown]"]),
            ("input.day", &["on or after 2026-02-01", "before 2026-03-05", "missing"]),
            ("input.place", &["US", "[US-VA, EU]", "not GB"]),
            ("input.numbers", &["empty", "3", "present", "not 2", "over 5"]),
            ("input.word", &["red", "[red, blue]", "missing"]),
        ];
        let mut text = String::new();
        for (fact, cells) in all {
            if self.below(4) == 0 {
                let _ = write!(text, "{fact}: {}, ", self.one(cells));
            }
        }
        format!("{{{text}}}")
    }

    fn outcome(&mut self) -> String {
        let mut then = format!("{{level: {}", self.one(&["low", "middle", "high", "= input.level"]));
        if self.below(3) > 0 {
            let _ = write!(then, ", sum: '= {}'", self.amount(2));
        }
        if self.below(2) > 0 {
            let _ = write!(then, ", count: '= {}'", self.whole(2));
        }
        if self.below(3) == 0 {
            let _ = write!(then, ", word: {}", self.one(&["red", "= input.word", "blue"]));
        }
        if self.below(3) == 0 {
            let _ = write!(then, ", yes: '= {}'", self.truth(2));
        }
        if self.below(4) == 0 {
            let _ = write!(then, ", day: {}", self.one(&["2026-03-05", "= input.day", "'= add_days(input.day, input.n)'"]));
        }
        then + "}"
    }

    pub(crate) fn bundle(&mut self) -> String {
        let hit = self.one(&["first", "first", "first", "first", "priority", "collect"]);
        let packs = if hit == "priority" { "packs: [one, two]\n" } else { "" };
        let mut text = format!("=== bundle.yaml\nbundle: made\nversion: 1.0.0\ncurrency: case\n{FACTS}{PARAMS}{packs}");
        if hit == "priority" {
            // Two laws that grant something as well.
            for pack in ["one", "two"] {
                let when = self.one(&["{input.place: US}", "{}", "{input.n: at least 3}"]);
                let _ = writeln!(text, "=== packs/{pack}/bundle.yaml\npack: {pack}\nversion: 1\nwhen: {when}");
                let _ = writeln!(text, "=== packs/{pack}/decisions/d.yaml\ndecision: d\nrules:");
                for rule in 0..=self.below(2) {
                    let (when, then) = (self.conditions(), self.outcome());
                    let then = then.replace("more", "input.sum").replace("twice", "input.n");
                    let _ = writeln!(text, "  - {{id: {pack}{rule}, when: {when}, then: {then}, because: 'Law {{sum}}.'}}");
                }
            }
        }
        let _ = writeln!(text, "=== decisions/d.yaml\ndecision: d\nhit: {hit}");
        if hit == "priority" {
            let _ = writeln!(
                text,
                "priority: {}",
                self.one(&["{sum: most}", "{sum: most}", "{count: most, sum: most}", "{level: [high, low]}"])
            );
        }
        text.push_str("let:\n");
        let _ = writeln!(text, "  twice: {{type: integer, value: '= input.n * 2'}}");
        let _ = writeln!(text, "  more: {{type: money, value: '= (input.sum ?? money(1.00)) + money(0.333)'}}");
        text.push_str(
            "outputs:
  level: {type: enum, values: [low, middle, high], ordered: true}
  sum: {type: money, default: 1.00}
  count: {type: integer, default: 0}
  word: {type: text, default: missing}
  yes: {type: boolean, default: false}
  day: {type: date, default: missing}
rules:
",
        );
        for rule in 0..=self.below(5) {
            let (when, then) = (self.conditions(), self.outcome());
            let _ = writeln!(text, "  - {{id: r{rule}, when: {when}, then: {then}, because: 'Because of {{input.n}}.'}}");
        }
        let _ = writeln!(text, "otherwise: {{level: low, because: 'No rule.'}}");
        if hit != "collect" {
            text.push_str("=== decisions/e.yaml\ndecision: e\noutputs:\n");
            let _ = writeln!(
                text,
                "  total: {{type: money, value: '= d.sum + {}'}}",
                self.amount(1).replace("more", "input.sum").replace("twice", "input.n")
            );
            let _ = writeln!(text, "  high: {{type: boolean, value: '= d.level == \"high\" || d.count > 3'}}");
            text.push_str("=== guardrails/g.yaml\nguardrails:\n");
            for guardrail in 0..=self.below(4) {
                let verb = match self.below(5) {
                    0 => format!("floor: d.sum, at: '= {}'", self.amount(1)),
                    1 => format!("cap: d.count, at: '= {}'", self.whole(1)),
                    2 => "forbid: {d.level: high}, unless: {input.yes: true}, instead: {d.level: low}".to_owned(),
                    _ => format!("cap: d.sum, at: '= {}'", self.amount(1)),
                };
                let verb = verb.replace("more", "input.sum").replace("twice", "input.n");
                let when = self.conditions();
                let _ = writeln!(text, "  - {{id: g{guardrail}, when: {when}, {verb}, because: 'Bound at {{input.m}}.'}}");
            }
        }
        text
    }

    pub(crate) fn facts(&mut self) -> String {
        let all: [(&str, &[&str]); 11] = [
            ("input.n", &["1", "3", "5", "12", "-4", "9223372036854775807"]),
            ("input.m", &["0", "2", "30"]),
            ("input.x", &["0.25", "1.5", "-3.125", "0.0000000000000000000000001"]),
            (
                "input.sum",
                &["5.00 USD", "12.345 USD", "20.00 USD", "7.50 EUR", "1000 JPY", "-2.00 USD", "99999999999999999999999.99 USD"],
            ),
            ("input.other", &["4.00 USD", "2.50 EUR"]),
            ("input.word", &["red", "green"]),
            ("input.level", &["low", "middle", "high"]),
            ("input.yes", &["true", "false"]),
            ("input.day", &["2026-03-02", "2024-02-29"]),
            ("input.place", &["US", "US-VA", "ES", "GB"]),
            ("input.numbers", &["[]", "[3]", "[2, 9]"]),
        ];
        let mut text = "dispute.disputed_amount: 64.20 USD".to_owned();
        for (fact, values) in all {
            match self.below(6) {
                0 => {}
                1 => drop(write!(text, "; {fact}: unknown")),
                _ => drop(write!(text, "; {fact}: {}", self.one(values))),
            }
        }
        if self.below(4) == 0 {
            text.push_str("; complaint.policy_date: 2026-01-15");
        }
        text
    }
}

/// Decides cases by a generated bundle both ways; how many, and how many of their decisions the definition was asked for.
fn decide_both_ways(choices: Vec<u16>) -> (usize, usize) {
    let mut choices = Choices::of(choices);
    let text = choices.bundle();
    let policy =
        Policy::from_files(files(&text)).unwrap_or_else(|found| panic!("{}\n{text}", redress::text::render_all(&found, false)));
    let (mut decided, mut told) = (0, 0);
    for _ in 0..8 {
        let (case, at) = case(&choices.facts());
        if oracle::decide(&policy, &case, at).is_ok() {
            decided += policy.decisions().count();
            told += policy.evaluate(&case, at).unwrap().told();
        }
    }
    (decided, told)
}

pub(crate) fn choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 350)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn generated_bundles_come_out_the_same(choices in choices()) {
        decide_both_ways(choices);
    }
}

/// A property that always asks the definition would hold of anything: many do, since facts are missing and currencies meet.
#[test]
fn generated_decisions_do_not_all_ask_the_definition() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut decided, mut told) = (0, 0);
    for _ in 0..40 {
        let made = choices().new_tree(&mut runner).unwrap().current();
        let (some, of_them) = decide_both_ways(made);
        decided += some;
        told += of_them;
    }
    assert!(decided > 400 && told * 3 < decided * 2, "{told} of {decided}");
}
