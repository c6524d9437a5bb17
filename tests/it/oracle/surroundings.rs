//! What stands around the decisions of a made bundle: facts, parameters, packs, clocks, guardrails, plugins, scripts, letters.

use super::made::Made;
use crate::generated_bundles::{Choices, FACTS};
use std::fmt::Write;

/// What a script or a plugin does: well, in want of a fact, or wrong in one way or another.
const SCRIPTS: [(&str, &str); 6] = [
    ("gives", "draft.sum = money(2.50) * (facts.input.n ?? 1);\n    draft.because = `n is ${facts.input.n ?? 1}`;"),
    ("divides", "draft.sum = money(100.00) / 3 + money(0.05);"),
    ("needs a fact", "draft.sum = money(1.00) * facts.input.m;"),
    ("meets currencies", "draft.sum = money(1.00, \"USD\") + money(1.00, \"EUR\");"),
    ("never ends", "loop { draft.sum = money(1.00); }"),
    ("gives the wrong type", "draft.level = 3;"),
];

/// Obligations, each with what it shows.
const OBLIGATIONS: [(&str, &str); 15] = [
    ("business days", "step: answer, due: {within: 10 business days, after: complaint.received_at}, on_breach: report"),
    (
        "calendar days",
        "step: answer, roll: none, due: {within: 5 calendar days, after: complaint.received_at}, on_breach: escalate",
    ),
    ("weeks", "step: refund, roll: previous, due: {within: 2 weeks, after: complaint.received_at}, holds: [collection]"),
    ("months", "step: refund, due: {within: 1 month, after: complaint.received_at}, calendar: HOUSE"),
    ("years", "step: close, due: {within: 1 year, after: input.day}"),
    ("hours", "step: answer, due: {within: 72 hours, after: complaint.received_at}, on_breach: [report, escalate]"),
    ("billing cycles", "step: close, due: {within: 2 billing cycles, after: complaint.received_at, at_most: 90 calendar days}"),
    ("cycles alone", "step: close, due: {within: 1 billing cycles, after: complaint.received_at}"),
    ("after a step", "step: close, due: {within: 2 business days, after: step answer}"),
    (
        "several lines",
        "step: look, due: [{when: {input.n: at most 3}, within: 20 business days, after: complaint.received_at}, {within: 10 calendar days, after: complaint.received_at}]",
    ),
    ("when", "when: {input.yes: true}, step: look, due: {within: 3 business days, after: complaint.received_at}"),
    ("unless", "unless: {input.yes: true}, step: look, due: {within: 4 business days, after: complaint.received_at}"),
    ("window", "step: cancel, window: true, due: {within: 24 hours, after: complaint.received_at}"),
    ("holds alone", "holds: [late_fees, credit_reporting]"),
    (
        "from",
        "from: 2026-02-01, step: late, due: {within: 1 calendar day, after: complaint.received_at}, source: law 2, verified: true",
    ),
];

const REASON_CODES: [&str; 19] = [
    "PRICE",
    "QUANTITY",
    "DUPLICATE",
    "UNRECOGNISED",
    "AFTER_CANCELLATION",
    "NOT_DELIVERED",
    "QUALITY",
    "DISCOUNT_MISSING",
    "PAYMENT_NOT_APPLIED",
    "CREDIT_NOT_ISSUED",
    "LATE_CHARGE",
    "CONTRACT_FEE",
    "TAX",
    "FREIGHT",
    "TERMS",
    "REFERENCE_DATA",
    "CALCULATION",
    "NOT_UNDERSTOOD",
    "OTHER",
];

const LETTER: &str = "Subject: Case {{ case_id }}

[listen]
{{ salutation }}

On {{ received_on }} you told us that {{ reason }}.

[acknowledge]
{% if our_error %}
You were right. The mistake was ours, and we are sorry for it.
{% endif %}

[act]
{% if correction %}
We take {{ correction }} off your bill.
{% endif %}

[thank]
Thank you for telling us.
";

/// The decisions of a dispute, so that clocks can concede, letters go out and a relationship may end.
const DISPUTE: &str = "=== decisions/outcome.yaml
decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, reject, provisional, concede_by_deadline]}}
rules:
  - {id: ours, when: {finding.liability: our_error}, then: {value: uphold}, because: Ours.}
  - {id: theirs, when: {finding.liability: no_error}, then: {value: reject}, because: No error.}
otherwise: {value: provisional, because: We are looking.}
=== decisions/correction.yaml
decision: correction
outputs: {amount: {type: money, default: 0.00}, instrument: {type: text, default: credit}}
required: [finding.correct_amount]
rules:
  - {id: difference, when: {outcome: uphold}, then: {amount: '= dispute.disputed_amount - finding.correct_amount'}, because: The difference.}
otherwise: {amount: 0.00, because: Nothing.}
=== decisions/relationship.yaml
decision: relationship
hit: first
outputs:
  action: {type: enum, values: [keep, managed_exit, exit_blocked], default: keep}
  earliest_exit_on: {type: date, default: missing}
rules:
  - {id: asked, when: {exit_request: present}, then: {action: managed_exit}, because: Somebody asked to end it.}
otherwise: {because: The relationship goes on.}
=== decisions/letters.yaml
decision: letters
hit: collect
outputs: {kind: {type: text}}
rules:
  - {id: put-right, when: {finding.liability: our_error}, then: {kind: correction_notice}, because: The customer hears of it.}
=== guardrails/ending.yaml
guardrails:
  - id: no-exit-for-using-rights
    forbid: {relationship.action: managed_exit}
    unless: {history.open_regulated_rights: empty}
    instead: {relationship.action: exit_blocked}
    because: Nobody loses an account for using a right.
    source: law 3
  - {id: exit-needs-two, when: {relationship.action: managed_exit}, require_approval: [director, legal], second_person: true, because: An ending is irreversible.}
";

impl Made {
    /// A bundle out of choices.
    pub(super) fn new(choices: Choices) -> Self {
        let mut made =
            Self { choices, text: String::new(), marks: super::made::Marks::new(), decisions: Vec::new(), later: Vec::new() };
        let is_dispute = made.is(2);
        for number in 0..4 + made.choices.below(3) {
            made.decision(number);
        }
        made.forms();
        made.forms_of_items();
        let has_clocks = made.is(2);
        let mut manifest =
            "=== bundle.yaml\nbundle: made\nversion: 1.0.0\ncurrency: case\ncalendar: US\neffective: {from: 2026-01-01}\n"
                .to_owned();
        manifest.push_str(FACTS);
        manifest.push_str(
            "  input.tint: {type: enum, values: [red, green, blue]}\n  input.moment: {type: datetime}\n  input.span: {type: duration}\n  input.words: {type: list of text}\n  input.levels: {type: list of enum, values: [low, middle, high], ordered: true}\n  input.sums: {type: list of money}\n  input.days: {type: list of date}\n",
        );
        manifest.push_str(crate::generated_bundles::PARAMS);
        let plugins = made.plugins();
        let packs = made.packs();
        manifest.push_str(&plugins);
        manifest.push_str(&packs);
        if is_dispute {
            made.dispute();
        }
        made.script();
        if has_clocks {
            made.obligations(is_dispute);
        }
        made.guardrails();
        made.readers(has_clocks);
        made.text = format!("{manifest}{}", made.text);
        made
    }

    fn dispute(&mut self) {
        self.text.push_str(DISPUTE);
        let _ = write!(self.text, "=== letters/correction_notice.en.txt\n{LETTER}=== letters/words.en.yaml\n");
        self.text.push_str("phrases: {salutation: 'Dear customer,'}\nreasons:\n");
        for reason in REASON_CODES {
            let _ = writeln!(self.text, "  {reason}: something on your bill is not right");
        }
    }

    fn plugins(&mut self) -> String {
        let Some(after) = self.decisions.iter().find(|each| each.is_single).map(|each| each.name.clone()) else {
            return String::new();
        };
        let count = 1 + self.choices.below(2);
        let mut manifest = "plugins:\n".to_owned();
        for number in 0..count {
            let (what, body) = SCRIPTS[self.choices.below(SCRIPTS.len())];
            let on_failure = self.choices.one(&["escalate", "escalate", "skip", "skip", "refuse"]);
            let when = if self.is(3) { format!(", when: {}", self.when()) } else { String::new() };
            let limits = if what == "never ends" { ", limits: {operations: 1000}" } else { "" };
            let _ = writeln!(
                manifest,
                "  - {{id: p{number}, script: scripts/p{number}.rhai, after: {after}, on_failure: {on_failure}, settings: {{most: 3}}{when}{limits}}}"
            );
            let _ = writeln!(
                self.text,
                "=== scripts/p{number}.rhai\nfn {after}(facts, draft, settings) {{\n    {body}\n    draft\n}}"
            );
            self.marks.insert(("plugin".to_owned(), format!("p{number}")), vec![format!("a plugin that {what}, {on_failure}")]);
        }
        manifest
    }

    fn script(&mut self) {
        let (what, body) = SCRIPTS[self.choices.below(SCRIPTS.len())];
        let on_failure = self.choices.one(&["escalate", "escalate", "refuse"]);
        let limits = if what == "never ends" { "limits: {operations: 1000}\n" } else { "" };
        let _ = write!(
            self.text,
            "=== decisions/scripted.yaml
decision: scripted
script: scripts/scripted.rhai
on_failure: {on_failure}
{limits}settings: {{most: 3}}
outputs: {{level: {{type: enum, values: [low, middle, high]}}, sum: {{type: money, round: up}}}}
=== scripts/scripted.rhai
fn scripted(facts, settings) {{
    let draft = #{{level: \"low\", sum: money(1.00)}};
    {body}
    draft
}}
"
        );
        self.marks.insert(("scripted".to_owned(), "script".to_owned()), vec![format!("a script that {what}, {on_failure}")]);
    }

    fn packs(&mut self) -> String {
        if self.choices.below(3) == 0 {
            return String::new();
        }
        for pack in ["one", "two"] {
            // Whether a pack applies may not hang on a figure that a pack sets.
            let when = Some(self.when()).filter(|when| !when.contains("params.count") && self.is(2));
            let when = when.unwrap_or_else(|| "{complaint.jurisdiction: US}".to_owned());
            let params = if pack == "one" { "params: {count: 5}\n" } else { "" };
            let _ = write!(
                self.text,
                "=== packs/{pack}/bundle.yaml\npack: {pack}\nversion: 1\nwhen: {when}\ncalendar: GB-EAW\neffective: {{from: 2026-01-01, until: 2026-12-31}}\n{params}"
            );
            let open = self.decisions.iter().find(|each| each.is_single && ["first", "priority"].contains(&each.hit)).cloned();
            if let Some(decision) = open {
                let _ = writeln!(self.text, "=== packs/{pack}/decisions/{0}.yaml\ndecision: {0}", decision.name);
                self.rules_of_pack(pack, &decision.name);
            }
            let _ = writeln!(
                self.text,
                "=== packs/{pack}/obligations/all.yaml\nobligations:\n  - {{id: {pack}-law, step: answer, due: {{within: 8 business days, after: complaint.received_at}}, holds: [service_suspension], source: law 4}}"
            );
            self.marks.insert(("clock".to_owned(), format!("{pack}-law")), vec!["a clock of a pack".to_owned()]);
        }
        "packs: [one, two]\n".to_owned()
    }

    fn obligations(&mut self, is_dispute: bool) {
        self.text.push_str("=== calendars/house.yaml\ncalendar: HOUSE\nversion: 1\nsource: the works agreement\nextends: US\nyears: {from: 2026, until: 2026}\ndays:\n  2026-04-02: The day the house is closed\n=== obligations/all.yaml\nobligations:\n");
        for (number, (what, text)) in OBLIGATIONS.iter().enumerate() {
            // The first stands in every bundle: readers and steps ask for it.
            if number > 0 && self.is(2) {
                continue;
            }
            let _ = writeln!(self.text, "  - {{id: c{number}, {text}}}");
            self.marks.insert(("clock".to_owned(), format!("c{number}")), vec![format!("a clock: {what}")]);
        }
        if is_dispute && self.is(2) {
            self.text.push_str("  - {id: silence, step: answer, due: {within: 12 calendar days, after: complaint.received_at}, on_breach: concede}\n");
            self.text.push_str("  - {id: by-decision, when: {outcome: uphold}, step: pay, due: {within: 9 calendar days, after: complaint.received_at}}\n");
            self.marks.insert(("clock".to_owned(), "silence".to_owned()), vec!["a clock that concedes".to_owned()]);
            self.marks.insert(("clock".to_owned(), "by-decision".to_owned()), vec!["a clock that reads a decision".to_owned()]);
        }
    }

    fn guardrails(&mut self) {
        self.text.push_str("=== guardrails/g.yaml\nguardrails:\n");
        let single = self.decisions.iter().find(|each| each.is_single).map(|each| each.name.clone());
        for number in 0..=self.choices.below(4) {
            let verb = match (&single, self.choices.below(6)) {
                (Some(name), 0) => format!("floor: {name}.sum, at: '= {}'", self.choices.amount(1)),
                (Some(name), 1) => {
                    format!("forbid: {{{name}.level: high}}, unless: {{input.yes: true}}, instead: {{{name}.level: low}}")
                }
                (Some(name), 2) => format!("cap: {name}.sum, at: '= {}'", self.choices.amount(1)),
                (Some(name), 3) => format!("cap: {name}.sum, at: params.cap"),
                (_, 4) => "refer: director".to_owned(),
                _ => "hold: [collection, auto_collection]".to_owned(),
            };
            let verb = verb.replace("more", "input.sum").replace("twice", "input.n");
            let when = if self.is(2) { format!("when: {}, ", self.when()) } else { String::new() };
            let when = if verb.starts_with("refer") { "when: {input.n: 12}, ".to_owned() } else { when };
            let _ = writeln!(self.text, "  - {{id: g{number}, {when}{verb}, because: 'Bound at {{input.m}}.'}}");
        }
    }

    /// Decisions that are formulas, over what the others gave.
    fn readers(&mut self, has_clocks: bool) {
        self.text.push_str("=== decisions/reader.yaml\ndecision: reader\noutputs:\n  plain: {type: integer, value: 1}\n");
        for each in self.decisions.clone() {
            let name = &each.name;
            if each.is_single {
                let _ = writeln!(self.text, "  {name}: {{type: money, value: '= {name}.sum + money(0.05)'}}");
            }
            if each.is_listed {
                let _ = writeln!(self.text, "  {name}: {{type: money, value: '= total({name}.sum, money(0.00))'}}");
                let _ = writeln!(self.text, "  {name}_count: {{type: integer, value: '= count({name}.level)'}}");
            }
        }
        if has_clocks {
            self.text.push_str(
                "=== decisions/late.yaml\ndecision: late\nhit: first\noutputs: {yes: {type: boolean}, due: {type: date, default: missing}}\nrules:\n  - {id: late, when: {clock.c0.breached: true}, then: {yes: true, due: = clock.c0.due}, because: It is late.}\notherwise: {yes: false, because: It is not.}\n",
            );
            self.marks.insert(("late".to_owned(), "late".to_owned()), vec!["condition: a clock".to_owned()]);
        }
    }
}
