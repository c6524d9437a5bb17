//! The schema of a decision, from its sections.

use super::shape::{
    boolean, closed, date, definitions, described, document, instant, list, money_object, money_properties, one_of, or_null,
    reference, text,
};
use crate::decision::OnBreach;
use crate::decision::sections::{HOLDS, OUTCOMES, RELATIONSHIP_ACTIONS, SECTIONS, Shape, Wanted};
use serde_json::{Map, Value, json};

pub(super) fn schema() -> Value {
    let mut definitions = definitions(&["decimal_text"]);
    definitions.insert("money".to_owned(), described(money_object(), "An amount in a currency, exact"));
    definitions.insert("value".to_owned(), value());
    definitions.insert("part".to_owned(), part());
    let whole = closed(
        "",
        [
            ("format", true, json!({"const": 1})),
            ("decision_id", true, described(text(), "The same case, policy and time give the same number")),
            ("case_id", true, text()),
            ("status", true, one_of(["decided", "needs_facts", "referred"])),
            ("policy", true, closed("", [("bundle", true, text()), ("version", true, text()), ("digest", true, text())])),
            ("at", true, described(instant(), "What time it was taken to be")),
            ("policy_date", true, described(date(), "The day whose policy applied")),
            ("outcome", true, described(or_null(one_of(OUTCOMES)), "Null when facts are missing")),
            ("money", true, money()),
            ("terms", true, terms()),
            ("holds", true, holds()),
            ("approval", true, approval()),
            ("escalation", true, escalation()),
            ("relationship", true, relationship()),
            ("packs", true, list(pack())),
            ("clocks", true, list(clock())),
            ("plan", true, list(plan_step())),
            (
                "letters",
                true,
                list(closed("", [("kind", true, text()), ("language", true, or_null(text())), ("because", true, text())])),
            ),
            ("prevention", true, prevention()),
            ("parts", true, parts()),
            ("missing_facts", true, described(list(text()), "Facts that are needed and not there, by path")),
            ("faults", true, list(fault())),
            ("explanation", true, list(explanation())),
            ("rejected_alternatives", true, list(closed("", [("option", true, text()), ("why_not", true, text())]))),
            (
                "audit",
                true,
                closed(
                    "",
                    [
                        ("input_hash", true, text()),
                        ("policy_hash", true, text()),
                        ("quarantined", false, described(list(text()), "Plugins that were not called, an input of the decision")),
                        ("overrides", true, list(text())),
                    ],
                ),
            ),
        ],
    );
    let mut rest = whole;
    super::shape::set(&mut rest, "$defs", definitions.into());
    document("decision", "A decision of redress: what is owed, what is given, who signs, what happens next, and why", rest)
}

/// Any value of an output or a fact; missing is null.
fn value() -> Value {
    json!({
        "description": "Money is an object, a decimal a text, a whole number a number; missing is null",
        "anyOf": [
            {"type": ["string", "integer", "boolean", "null"]},
            reference("money"),
            {"type": "array", "items": reference("value")},
            {"type": "object", "additionalProperties": reference("value")},
        ],
    })
}

/// Money with more about it.
fn money_with(about: &str, more: &[(&'static str, Value)]) -> Value {
    let more = more.iter().map(|(name, schema)| (*name, true, schema.clone()));
    or_null(closed(about, money_properties().into_iter().chain(more)))
}

fn money() -> Value {
    let basis = [("basis", or_null(text()))];
    let line = closed("", money_properties().into_iter().chain([("kind", true, or_null(text())), ("because", true, text())]));
    let lines = [("approved_lines", list(line.clone())), ("refused_lines", list(line))];
    let goodwill = [("kind", or_null(text())), ("instrument", or_null(text())), ("capped_by", or_null(text()))];
    closed(
        "What is owed stands apart from what is given; null where nothing was decided",
        [
            ("correction", true, money_with("What was billed wrongly and is put right", &[("instrument", or_null(text()))])),
            ("related_charges_reversed", true, or_null(reference("money"))),
            ("statutory_redress", true, money_with("What a law adds", &basis)),
            ("interest", true, money_with("Interest on what is owed", &basis)),
            ("penalty_reimbursement", true, money_with("Costs that our error caused the customer", &lines)),
            ("goodwill", true, money_with("The gesture on top, and the cap that bound it", &goodwill)),
            ("provisional_credit", true, money_with("Stands until the investigation is done", &[("reversible", boolean())])),
            ("total_cost", true, described(or_null(reference("money")), "The sum of all of these but the provisional credit")),
        ],
    )
}

fn terms() -> Value {
    let plan = closed(
        "Instalments that add up to the amount",
        [
            ("instalments", true, list(reference("money"))),
            ("total", true, or_null(reference("money"))),
            ("fees_waived", true, or_null(boolean())),
        ],
    );
    closed("", [("payment_plan", true, or_null(plan)), ("due_date_extension_days", true, json!({"type": ["integer", "null"]}))])
}

fn holds() -> Value {
    let names = crate::decision::sections::HOLDS.into_iter().map(|name| (name, true, boolean()));
    let because = json!({"description": "Who asks for which hold", "type": "object", "additionalProperties": list(text())});
    closed("What stops while the case is open, on the disputed part", names.chain([("because", true, because)]))
}

fn approval() -> Value {
    closed(
        "",
        [
            ("required_role", true, or_null(text())),
            ("also", true, list(text())),
            ("second_person", true, boolean()),
            ("reason", true, or_null(text())),
        ],
    )
}

fn escalation() -> Value {
    closed(
        "",
        [
            ("level", true, json!({"type": "integer", "minimum": 0})),
            ("target", true, or_null(text())),
            ("trigger", true, or_null(text())),
        ],
    )
}

fn relationship() -> Value {
    let safeguard = closed(
        "",
        [
            ("check", true, text()),
            ("result", true, one_of(["pass", "block", "review"])),
            ("citation", true, or_null(text())),
            ("law", false, law()),
            ("because", true, text()),
        ],
    );
    closed(
        "A proposal; a person decides",
        [
            ("action", true, or_null(one_of(RELATIONSHIP_ACTIONS))),
            ("safeguards", true, list(safeguard)),
            ("earliest_exit_on", true, or_null(date())),
        ],
    )
}

/// A pack that applies.
fn pack() -> Value {
    closed(
        "A pack of law that applies; a pack is no legal advice",
        [
            ("pack", true, text()),
            ("version", true, text()),
            ("certain", true, described(boolean(), "False: a fact is not known that would tell")),
        ],
    )
}

/// An obligation that applies, and its clock.
fn clock() -> Value {
    let due = |about: &str| or_null(described(json!({"anyOf": [date(), instant()]}), about));
    closed(
        "An obligation that applies; the list is in the order in which things are due, and what has no day comes last",
        [
            ("id", true, text()),
            ("step", true, or_null(text())),
            ("state", true, one_of(["breached", "running", "waiting", "not_known", "closed", "done", "done_late", "standing"])),
            ("due", true, due("By the end of this day, or by this instant; where an unknown fact decides, the latest")),
            ("earliest", false, due("When it may be due already, where a fact is not known")),
            ("window", false, described(boolean(), "A way that stays open until then; nothing is owed")),
            ("binding", true, described(boolean(), "The earliest of the clocks of its step; a window never is")),
            ("breached", true, described(boolean(), "Missed, also where the step was done too late; a window never is")),
            ("business_days_left", true, json!({"type": ["integer", "null"]})),
            ("after", true, or_null(text())),
            ("started", true, due("When that was")),
            ("within", true, or_null(text())),
            ("at_most", false, text()),
            ("calendar", true, or_null(text())),
            ("done_at", false, instant()),
            ("on_breach", true, list(one_of(OnBreach::ALL.map(OnBreach::word)))),
            ("holds", true, list(one_of(HOLDS))),
            ("because", true, text()),
            ("source", true, or_null(text())),
            ("law", false, law()),
            ("open_facts", false, described(list(text()), "Facts that left open whether it applies, or how long it runs")),
            ("note", false, text()),
        ],
    )
}

/// Where a rule of law comes from.
fn law() -> Value {
    closed(
        "Where a rule of law comes from; a pack is no legal advice",
        [
            ("pack", false, text()),
            ("address", false, text()),
            ("verified", false, described(boolean(), "False: from general knowledge, not checked against the text")),
        ],
    )
}

fn plan_step() -> Value {
    closed(
        "",
        [
            ("step", true, text()),
            ("owner", true, described(or_null(text()), "A role or a team, never a person")),
            ("due_at", true, or_null(text())),
            ("clock", false, described(text(), "The clock that says by when")),
            ("done_when", false, text()),
            ("because", true, text()),
        ],
    )
}

fn prevention() -> Value {
    let action = closed(
        "",
        [
            ("action", true, or_null(text())),
            ("owner", true, or_null(text())),
            ("due_on", true, or_null(date())),
            ("verify_on", true, or_null(date())),
        ],
    );
    let look_back = closed(
        "",
        [
            ("accounts", true, json!({"type": ["integer", "null"]})),
            ("total", true, or_null(reference("money"))),
            ("action", false, text()),
        ],
    );
    closed(
        "",
        [
            ("root_cause", true, or_null(text())),
            ("corrective_action", true, or_null(action)),
            ("look_back", true, or_null(look_back)),
        ],
    )
}

fn fault() -> Value {
    closed("", [("part", true, text()), ("kind", true, text()), ("message", true, text()), ("place", false, text())])
}

fn explanation() -> Value {
    closed(
        "",
        [
            ("rule", true, described(text(), "`decision/rule`")),
            ("because", true, text()),
            ("source", true, or_null(text())),
            ("place", true, text()),
            ("inputs", true, json!({"type": "object", "additionalProperties": reference("value")})),
            ("assumed", false, described(list(text()), "Inputs that the case leaves out and the bundle assumes")),
            ("law", false, law()),
            ("effect", true, text()),
        ],
    )
}

/// Every decision of the bundle by name; those that fill a section have at least its outputs.
fn parts() -> Value {
    let known: Map<String, Value> = SECTIONS
        .iter()
        .map(|section| {
            let outputs: Map<String, Value> = section
                .outputs
                .iter()
                .chain(section.optional)
                .map(|(name, wanted)| ((*name).to_owned(), output(*wanted)))
                .collect();
            let one = json!({"type": "object", "properties": outputs});
            let outputs = match section.shape {
                Shape::Single => or_null(one),
                Shape::ForEach | Shape::Collect => or_null(list(one)),
            };
            (section.decision.to_owned(), json!({"allOf": [reference("part"), {"properties": {"outputs": outputs}}]}))
        })
        .collect();
    json!({"type": "object", "properties": known, "additionalProperties": reference("part")})
}

fn part() -> Value {
    let change = closed(
        "",
        [
            ("by", true, text()),
            ("id", true, text()),
            ("output", true, text()),
            ("before", true, reference("value")),
            ("after", true, reference("value")),
            ("because", true, text()),
            ("source", false, text()),
        ],
    );
    let actionable = described(list(text()), "The facts among them that somebody can still bring about");
    let item = described(json!({"type": "integer", "minimum": 1}), "The item of a `for_each` that it nearly matched");
    let nearest = closed(
        "",
        [("rule", true, text()), ("item", false, item), ("failed", true, list(text())), ("actionable", false, actionable)],
    );
    closed(
        "",
        [
            ("status", true, one_of(["decided", "no_rule", "conflict", "needs_facts", "fault", "skipped"])),
            ("rules", true, list(text())),
            (
                "outputs",
                true,
                described(
                    json!({"type": ["object", "array", "null"]}),
                    "One object, or a list of them for `collect` and `for_each`",
                ),
            ),
            ("because", true, text()),
            ("capped_by", false, json!({"type": "object", "additionalProperties": text()})),
            ("changes", false, list(change)),
            (
                "nearest",
                false,
                described(
                    list(nearest),
                    "The nearest rules where none matched; with `--explain` those that one condition kept from deciding",
                ),
            ),
            ("missing_facts", false, list(text())),
            ("waits_for", false, list(text())),
        ],
    )
}

/// An output, which may be missing.
fn output(wanted: Wanted) -> Value {
    or_null(match wanted {
        Wanted::Money => reference("money"),
        Wanted::MoneyList => list(reference("money")),
        Wanted::Integer => json!({"type": "integer"}),
        Wanted::Decimal => json!({"anyOf": [{"type": "integer"}, reference("decimal_text")]}),
        Wanted::Boolean => boolean(),
        Wanted::Name => text(),
        Wanted::OneOf(names) => one_of(names.iter().copied()),
        Wanted::Date => date(),
        Wanted::Moment => text(),
    })
}
