//! Whole bundles out of a generator: every construct of the format, noted as it is written.

use super::conditions::{APART, COLUMNS, Column, OF_ITEMS};
use crate::generated_bundles::Choices;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Every hit policy, with the `priority:` that some of them want.
pub(super) const HITS: [(&str, &str); 11] = [
    ("unique", ""),
    ("first", ""),
    ("any", ""),
    ("priority", "{level: [high, low]}"),
    ("priority", "{sum: most}"),
    ("collect", ""),
    ("collect sum", ""),
    ("collect min", ""),
    ("collect max", ""),
    ("collect count", ""),
    ("collect ranked", "{level: [high, middle, low]}"),
];

/// Roundings of money.
pub(super) const ROUNDINGS: [&str; 6] = ["half even", "half up", "down", "up", "down to 5.00", "half even to 0.05"];

/// Outputs: name, type, default, and what a rule may give.
const OUTPUTS: [(&str, &str, &str, &[&str]); 11] = [
    ("count", "{type: integer, default: 0}", "integer", &["3", "= input.n"]),
    ("rate", "{type: decimal, default: 0.5}", "decimal", &["0.25", "= third", "= input.x"]),
    ("word", "{type: text, default: missing}", "text", &["ant", "= input.word"]),
    ("yes", "{type: boolean, default: false}", "boolean", &["true", "= input.yes"]),
    ("day", "{type: date, default: missing}", "date", &["2026-03-05", "= input.day", "= business_days_after(input.day, 2)"]),
    ("moment", "{type: datetime, default: missing}", "instant", &["2026-03-05T10:00:00Z", "= input.moment"]),
    ("span", "{type: duration, default: 2 days}", "duration", &["3 days", "= input.span"]),
    ("where", "{type: place, default: US}", "place", &["US-VA", "= input.place"]),
    ("tint", "{type: enum, values: [red, green, blue], default: red}", "names", &["blue", "= input.tint"]),
    ("parts", "{type: list of money, default: missing}", "list of money", &["= instalments(input.sum, 3)", "= [money(1.00)]"]),
    ("words", "{type: list of text, default: missing}", "list of text", &["= input.words"]),
];

/// What a rule is made of, by the decision and the id of the rule.
pub(super) type Marks = BTreeMap<(String, String), Vec<String>>;

/// A decision that was written, as far as others can read it.
#[derive(Clone)]
pub(super) struct Decided {
    pub(super) name: String,
    pub(super) hit: &'static str,
    /// Does it give one result with a sum and a level?
    pub(super) is_single: bool,
    /// Does it give several, with a sum each?
    pub(super) is_listed: bool,
}

/// A bundle under construction.
pub(super) struct Made {
    pub(super) choices: Choices,
    /// Files, `=== path` before each.
    pub(super) text: String,
    pub(super) marks: Marks,
    pub(super) decisions: Vec<Decided>,
    /// Files that stand beside the decision at hand.
    pub(super) later: Vec<(String, String)>,
}

/// A rule, before it is known whether it stands in a list or a table.
pub(super) struct Rule {
    pub(super) id: String,
    /// Fact, as YAML has the condition, as a table has it.
    pub(super) when: Vec<(&'static str, String, String)>,
    pub(super) then: Vec<(String, String)>,
    pub(super) because: &'static str,
    pub(super) dates: Option<(&'static str, &'static str)>,
}

/// A rule that tells one thing where one condition holds: its fact, as YAML has it, as a table has it.
fn one_condition(id: String, (fact, yaml, table): (&'static str, &str, &str), tells: &str) -> Rule {
    let then = vec![("form".to_owned(), tells.to_owned())];
    Rule { id, when: vec![(fact, yaml.to_owned(), table.to_owned())], then, because: "One condition.", dates: None }
}

const REASONS: [&str; 5] = [
    "A reason.",
    "Because of {input.n}, in {level}.",
    "Braces {{ and }}, and {params.cap}.",
    "In {input.place} since {policy_date}: twice {twice}.",
    "ñandú 漢字",
];

impl Made {
    pub(super) fn is(&mut self, one_in: usize) -> bool {
        self.choices.below(one_in) == 0
    }

    pub(super) fn mark(&mut self, decision: &str, rule: &str, what: String) {
        self.marks.entry((decision.to_owned(), rule.to_owned())).or_default().push(what);
    }

    /// Some conditions, each noted for the rule that has them.
    fn conditions(&mut self, decision: &str, rule: &str, columns: &[Column], most: usize) -> Vec<(&'static str, String, String)> {
        let mut when: Vec<(&'static str, String, String)> = Vec::new();
        let count = if self.is(4) { 0 } else { 1 + self.choices.below(most) };
        for _ in 0..count {
            let (fact, kind, forms) = columns[self.choices.below(columns.len())];
            if when.iter().any(|(other, ..)| *other == fact) {
                continue;
            }
            let (form, yaml, table) = forms[self.choices.below(forms.len())];
            self.mark(decision, rule, format!("condition: {kind}, {form}"));
            when.push((fact, yaml.to_owned(), table.to_owned()));
        }
        when
    }

    /// A condition as `when:` of something that is no rule.
    pub(super) fn when(&mut self) -> String {
        let columns: Vec<Column> = COLUMNS.into_iter().filter(|(fact, ..)| fact.starts_with("input.")).collect();
        let (fact, _, forms) = columns[self.choices.below(columns.len())];
        let (_, yaml, _) = forms[self.choices.below(forms.len())];
        format!("{{{fact}: {yaml}}}")
    }

    fn given(&mut self, decision: &str, rule: &str, outputs: &[usize], is_plain: bool) -> Vec<(String, String)> {
        let mut then = vec![("level".to_owned(), self.choices.one(&["low", "middle", "high"]).to_owned())];
        if !is_plain && self.is(4) {
            "= input.level".clone_into(&mut then[0].1);
        }
        if self.choices.below(4) > 0 {
            let sum = if is_plain || self.is(3) { "12.505".to_owned() } else { format!("= {}", self.choices.amount(1)) };
            then.push(("sum".to_owned(), sum));
        } else {
            self.mark(decision, rule, "an output by its default".to_owned());
        }
        for output in outputs {
            let (name, _, kind, values) = OUTPUTS[*output];
            let value = values[self.choices.below(if is_plain { 1 } else { values.len() })];
            if self.is(3) || (is_plain && value.starts_with('=')) {
                continue;
            }
            let how = if value.starts_with('=') { "worked out" } else { "as it stands" };
            self.mark(decision, rule, format!("output: {kind}, {how}"));
            then.push((name.to_owned(), value.to_owned()));
        }
        then
    }

    fn rules(&mut self, name: &str, prefix: &str, hit: &str, columns: &[Column], outputs: &[usize]) -> Vec<Rule> {
        let (apart, parts) = APART[self.choices.below(APART.len())];
        let is_apart = hit == "unique";
        let same = self.given(name, "nothing", outputs, true);
        let count = if is_apart { 3 } else { 1 + self.choices.below(5) };
        let mut rules = Vec::new();
        for number in 0..count {
            let id = format!("{prefix}{number}");
            let others: Vec<Column> = columns.iter().copied().filter(|(fact, ..)| !is_apart || *fact != apart).collect();
            let most = if is_apart { 1 } else { 3 };
            let mut when = self.conditions(name, &id, &others, most);
            if is_apart {
                let part = parts.get(number).copied().unwrap_or("-");
                when.push((apart, part.to_owned(), part.to_owned()));
            }
            let then = match hit {
                "any" => same.clone(),
                "collect sum" | "collect min" | "collect max" | "collect count" => {
                    let (plain, worked_out) = match hit {
                        "collect count" => ("2", self.choices.whole(1)),
                        _ => ("2.5", self.choices.number(1)),
                    };
                    let value = if self.is(2) { plain.to_owned() } else { format!("= {worked_out}") };
                    vec![("rate".to_owned(), value)]
                }
                _ => self.given(name, &id, outputs, false),
            };
            let dates =
                if self.is(6) { Some([("from", "2026-02-01"), ("until", "2026-02-28")][self.choices.below(2)]) } else { None };
            if let Some((date, _)) = dates {
                self.mark(name, &id, format!("a rule with `{date}`"));
            }
            let because = REASONS[self.choices.below(if then.len() > 1 { REASONS.len() } else { 1 })];
            rules.push(Rule { id, when, then, because, dates });
        }
        // Through a derived input rules may meet, which only the run finds out.
        if (is_apart || hit == "any") && self.is(2) {
            let id = format!("{prefix}9");
            let then = self.given(name, &id, outputs, true);
            let when = vec![("twice", "over 6".to_owned(), "> 6".to_owned())];
            rules.push(Rule { id, when, then, because: "It meets others.", dates: None });
        }
        rules
    }

    /// A decision with rules.
    pub(super) fn decision(&mut self, number: usize) {
        let name = format!("d{number}");
        // One decision of every bundle goes through items.
        let by_items = number == 1;
        let (hit, priority) =
            if by_items { HITS[[1, 3, 4][self.choices.below(3)]] } else { HITS[self.choices.below(HITS.len())] };
        let is_aggregate = ["collect sum", "collect min", "collect max", "collect count"].contains(&hit);
        let is_listed = hit == "collect" || hit == "collect ranked";
        let _ = writeln!(self.text, "=== decisions/{name}.yaml\ndecision: {name}\nabout: Decision {number}\nhit: {hit}");
        if !priority.is_empty() {
            let _ = writeln!(self.text, "priority: {priority}");
        }
        if by_items {
            self.text.push_str("for_each: dispute.consequential_charges as charge\n");
        }
        if self.is(8) {
            self.text.push_str("required: [input.m]\n");
        }
        self.text.push_str(
            "let:\n  twice: {type: integer, value: '= input.n * 2'}\n  more: {type: money, value: '= (input.sum ?? money(1.00)) + money(0.333)'}\n  third: = (input.x + 1) / 3\n",
        );
        let outputs: Vec<usize> = (0..OUTPUTS.len()).filter(|_| self.is(3)).collect();
        if is_aggregate {
            let kind = if hit == "collect count" { "integer" } else { "decimal" };
            let _ = writeln!(self.text, "outputs:\n  rate: {{type: {kind}}}");
        } else {
            let round = ROUNDINGS[self.choices.below(ROUNDINGS.len())];
            let _ = writeln!(
                self.text,
                "outputs:\n  level: {{type: enum, values: [low, middle, high], ordered: true}}\n  sum: {{type: money, default: 1.005, round: {round}}}"
            );
            for output in &outputs {
                let (output, kind, ..) = OUTPUTS[*output];
                let _ = writeln!(self.text, "  {output}: {kind}");
            }
        }
        // Of items their own facts are asked more often.
        let columns = if by_items { [&OF_ITEMS[..], &OF_ITEMS, &COLUMNS[..3]].concat() } else { COLUMNS.to_vec() };
        let earlier: Vec<Decided> = self.decisions.iter().filter(|each| each.is_single).cloned().collect();
        let mut rules = self.rules(&name, "r", hit, &columns, &outputs);
        if let (Some(before), false, true) = (earlier.last(), hit == "unique", self.is(3)) {
            // A condition on what another decision gave.
            let path: &'static str = format!("{}.level", before.name).leak();
            let id = rules[0].id.clone();
            self.mark(&name, &id, "condition: the output of a decision".to_owned());
            rules[0].when.push((path, "at least middle".to_owned(), ">= middle".to_owned()));
        }
        self.written(&name, &rules);
        if self.is(2) && !is_listed {
            let value = if is_aggregate { "rate: 4" } else { "level: low" };
            let _ = writeln!(self.text, "otherwise:\n  {value}\n  because: 'No rule for {{input.word}}.'");
        }
        self.beside();
        let is_single = !is_aggregate && !is_listed && !by_items;
        self.decisions.push(Decided { name, hit, is_single, is_listed: is_listed || by_items });
    }

    /// A decision of which every rule has one condition, of any form.
    pub(super) fn forms(&mut self) {
        self.text.push_str("=== decisions/forms.yaml\ndecision: forms\nhit: collect\nlet:\n");
        self.text.push_str(
            "  twice: = input.n * 2\n  more: = (input.sum ?? money(1.00)) + money(0.333)\n  third: = (input.x + 1) / 3\n",
        );
        self.text.push_str("outputs: {form: {type: text}}\n");
        let all = COLUMNS.into_iter().flat_map(|(fact, kind, forms)| forms.iter().map(move |form| (fact, kind, *form)));
        let all: Vec<_> = all.collect();
        let mut rules = Vec::new();
        for number in 0..40 {
            let (fact, kind, (form, yaml, table)) = all[self.choices.below(all.len())];
            let rule = one_condition(format!("f{number}"), (fact, yaml, table), &format!("form {number}"));
            self.mark("forms", &rule.id, format!("condition: {kind}, {form}"));
            rules.push(rule);
        }
        self.written("forms", &rules);
        self.beside();
    }

    /// The same over the items of a list: every rule that holds for an item is told, since all of them say the same.
    pub(super) fn forms_of_items(&mut self) {
        self.text.push_str(
            "=== decisions/item_forms.yaml\ndecision: item_forms\nfor_each: dispute.consequential_charges as charge\nhit: any\n",
        );
        self.text.push_str("outputs: {form: {type: text}}\n");
        let mut rules = Vec::new();
        for (fact, kind, (form, yaml, table)) in
            OF_ITEMS.into_iter().flat_map(|(fact, kind, forms)| forms.iter().map(move |form| (fact, kind, *form)))
        {
            let rule = one_condition(format!("i{}", rules.len()), (fact, yaml, table), "the same");
            self.mark("item_forms", &rule.id, format!("condition: {kind}, {form}"));
            rules.push(rule);
        }
        self.written("item_forms", &rules);
        self.text.push_str("otherwise: {form: none, because: No form.}\n");
        self.beside();
    }

    /// Writes the files that stand beside a decision.
    fn beside(&mut self) {
        for (path, file) in std::mem::take(&mut self.later) {
            let _ = write!(self.text, "=== {path}\n{file}");
        }
    }

    /// Rules that a pack adds to a decision where rules may meet.
    pub(super) fn rules_of_pack(&mut self, pack: &str, decision: &str) {
        let columns: Vec<Column> = COLUMNS.into_iter().filter(|(fact, ..)| fact.starts_with("input.")).collect();
        let rules = self.rules(decision, pack, "first", &columns, &[]);
        for rule in &rules {
            self.mark(decision, &rule.id, "a rule of a pack".to_owned());
        }
        self.list(decision, &rules);
    }
}
