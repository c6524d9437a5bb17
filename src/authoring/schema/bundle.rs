//! The schema of the YAML files of a bundle. One schema for all of them: the first key tells which file it is.

use super::cell;
use super::law;
use super::plugin;
use super::shape::{boolean, closed, date, described, document, list, one_of, period, reference, set, text, typed};
use crate::decision::sections::{HOLDS, SECTIONS, Section, Shape, Wanted};
use serde_json::{Map, Value, json};

/// The keys that tell which file it is, the definition that describes it, and what it is.
const FILES: [(&[&str], &str, &str); 7] = [
    (&["bundle"], "manifest", "bundle.yaml: name, version, currency, parameters, facts, assumptions, plugins"),
    (&["pack"], "pack", "packs/NAME/bundle.yaml: what a law asks for, and where it applies"),
    (&["decision"], "decision", "decisions/*.yaml: one decision a file"),
    (&["guardrails"], "guardrails", "guardrails/*.yaml: limits that no table, script or plugin can pass"),
    (&["obligations"], "obligations", "obligations/*.yaml: what is due when, and what stands still meanwhile"),
    // A bundle and a pack name their `calendar` as well, and have no `years`.
    (&["calendar", "years"], "calendar", "calendars/*.yaml: days off that no built-in calendar knows"),
    (&["tests"], "tests", "tests/*.yaml: given a case, expect a decision"),
];

pub(super) fn schema() -> Value {
    let proposals: Map<String, Value> = FILES
        .iter()
        .flat_map(|(keys, _, about)| keys.iter().take(1).map(move |key| ((*key).to_owned(), json!({"description": about}))))
        .collect();
    let which: Vec<Value> = FILES.iter().map(|(keys, _, _)| json!({"required": keys})).collect();
    let chosen: Vec<Value> =
        FILES.iter().map(|(keys, name, _)| json!({"if": {"required": keys}, "then": reference(name)})).collect();
    let mut definitions: Map<String, Value> = cell::definitions().into_iter().collect();
    for (name, definition) in own_definitions().into_iter().chain(plugin::definitions()).chain(law::definitions()) {
        definitions.insert(name.to_owned(), definition);
    }
    document(
        "bundle",
        "A file of a policy bundle of redress",
        json!({"type": "object", "properties": proposals, "anyOf": which, "allOf": chosen, "$defs": definitions}),
    )
}

fn own_definitions() -> Vec<(&'static str, Value)> {
    vec![
        ("manifest", manifest()),
        ("decision", decision()),
        ("rule", rule()),
        ("guardrails", guardrails()),
        ("tests", tests()),
        (
            "because",
            json!({
                "description": "The reason, as the explanation prints it; `{name}` stands for a value. One text, or a text a language",
                "anyOf": [text(), {"type": "object", "additionalProperties": text()}],
            }),
        ),
        (
            "formula",
            json!({"description": "A literal of the declared type, a parameter (`params.x.y`), or an expression that begins with `=`"}),
        ),
        ("version", json!({"type": ["string", "number"]})),
        (
            "type",
            json!({
                "description": "A type, or `list of` one",
                "type": "string",
                "pattern": "^(list of )?(boolean|integer|decimal|money|text|enum|place|date|datetime|duration)$",
                "examples": ["boolean", "integer", "decimal", "money", "text", "enum", "place", "date", "datetime", "duration", "list of money"],
            }),
        ),
        (
            "on_failure",
            described(one_of(["escalate", "skip", "refuse"]), "A person decides, the draft stays, or nothing is decided"),
        ),
        ("setting", json!({"type": "object"})),
        ("texts", json!({"anyOf": [text(), list(text())]})),
    ]
}

fn manifest() -> Value {
    let tests = described(boolean(), "Its own policy tests have to pass");
    let reload = closed("", [("require_tests", false, tests)]);
    closed(
        "bundle.yaml",
        [
            ("bundle", true, described(text(), "The name of the bundle")),
            ("version", true, reference("version")),
            ("owner", false, text()),
            ("engine", false, described(reference("version"), "Engine versions this bundle was written for: `\">=0.1\"`")),
            ("effective", false, described(period(), "A case whose policy date lies outside is refused")),
            (
                "currency",
                true,
                described(
                    json!({"type": "string", "pattern": "^([A-Z]{3}|case)$"}),
                    "What a bare amount means; `case` is the currency of the case",
                ),
            ),
            ("calendar", false, described(text(), "Default holiday calendar")),
            ("language", false, described(text(), "The language of letters where there is none in the language of the case")),
            (
                "params",
                false,
                described(
                    json!({"type": "object"}),
                    "Every number a manager may want to turn; money by currency, or over time as a list of `{from, value}`",
                ),
            ),
            ("facts", false, law::facts("Facts of this company, `attributes.NAME` or `input.NAME`")),
            (
                "personal",
                false,
                described(
                    reference("texts"),
                    "Facts that tell who the customer is, beside those that always do: a journal replaces them",
                ),
            ),
            (
                "assume",
                false,
                described(
                    json!({"type": "object"}),
                    "What stands in for a missing fact; never for `unknown`, never in a guardrail",
                ),
            ),
            ("reload", false, described(reload, "What a changed bundle has to pass before a service takes it")),
            ("plugins", false, plugin::plugins()),
            ("quarantine", false, reference("quarantine")),
            ("packs", false, reference("texts")),
            ("about", false, text()),
        ],
    )
}

fn decision() -> Value {
    let output = closed(
        "",
        typed(
            [
                ("default", false, described(json!({}), "What it is when a rule leaves it out; `missing` for nothing")),
                (
                    "round",
                    false,
                    described(text(), "`half even`, `half up`, `down`, `up`, each optionally `to 5.00`; after caps"),
                ),
                ("value", false, reference("formula")),
            ],
            true,
        ),
    );
    let derived = closed("", typed([("value", true, reference("formula"))], false));
    let mut decision = closed(
        "One decision",
        [
            (
                "decision",
                true,
                json!({
                    "description": "Its name; the names listed here fill a section of the decision",
                    "type": "string",
                    "examples": SECTIONS.iter().map(|section| section.decision).collect::<Vec<_>>(),
                }),
            ),
            ("about", false, text()),
            ("owner", false, text()),
            (
                "hit",
                false,
                one_of([
                    "unique",
                    "first",
                    "any",
                    "priority",
                    "collect",
                    "collect sum",
                    "collect min",
                    "collect max",
                    "collect count",
                    "collect ranked",
                ]),
            ),
            ("priority", false, json!({"type": "object", "additionalProperties": reference("texts")})),
            ("required", false, described(reference("texts"), "Facts without which it is not decided")),
            ("for_each", false, described(text(), "`dispute.consequential_charges as charge`")),
            (
                "let",
                false,
                json!({
                    "description": "Derived inputs, evaluated on demand",
                    "type": "object",
                    "additionalProperties": {"anyOf": [derived, reference("formula")]},
                }),
            ),
            ("outputs", false, json!({"type": "object", "additionalProperties": output})),
            ("rules", false, list(reference("rule"))),
            ("table", false, described(text(), "A pipe table in a block scalar, or the name of a CSV file beside this one")),
            (
                "otherwise",
                false,
                json!({
                    "description": "What holds when no rule matches",
                    "type": "object",
                    "properties": {"because": reference("because"), "source": text()},
                    "required": ["because"],
                    "additionalProperties": reference("formula"),
                }),
            ),
        ]
        .into_iter()
        .chain(plugin::of_decision()),
    );
    set(&mut decision, "allOf", SECTIONS.iter().map(known_decision).collect());
    decision
}

/// What a decision has to declare when its name fills a section.
fn known_decision(section: &Section) -> Value {
    let outputs: Map<String, Value> = section
        .outputs
        .iter()
        .chain(section.optional)
        .map(|(name, wanted)| ((*name).to_owned(), json!({"properties": declared(*wanted)})))
        .collect();
    let required: Vec<&str> = section.outputs.iter().map(|(name, _)| *name).collect();
    let mut then = json!({"properties": {"outputs": {"properties": outputs, "required": required}}, "required": ["outputs"]});
    if section.shape == Shape::ForEach {
        set(&mut then, "required", json!(["outputs", "for_each"]));
    }
    // A pack that adds rules to the decision of a bundle declares nothing of it anew.
    let whole: Vec<Value> =
        ["outputs", "hit", "otherwise", "table", "script", "native"].map(|key| json!({"required": [key]})).into();
    json!({"if": {"properties": {"decision": {"const": section.decision}}, "required": ["decision"], "anyOf": whole}, "then": then})
}

fn declared(wanted: Wanted) -> Value {
    let of = |types: &[&str]| json!({"type": {"enum": types}});
    match wanted {
        Wanted::Money => of(&["money"]),
        Wanted::MoneyList => of(&["list of money"]),
        Wanted::Integer => of(&["integer"]),
        Wanted::Decimal => of(&["decimal", "integer"]),
        Wanted::Boolean => of(&["boolean"]),
        Wanted::Name => of(&["enum", "text"]),
        Wanted::OneOf(names) => json!({"type": {"enum": ["enum"]}, "values": {"items": {"enum": names}}}),
        Wanted::Date => of(&["date"]),
        Wanted::Moment => of(&["date", "datetime"]),
    }
}

fn rule() -> Value {
    closed(
        "",
        [
            ("id", false, text()),
            ("when", false, reference("conditions")),
            ("then", false, json!({"type": "object", "additionalProperties": reference("formula")})),
            ("because", true, reference("because")),
            ("source", false, described(text(), "The law or manual it rests on")),
            ("address", false, described(text(), "Where the text of the law can be read")),
            ("verified", false, described(boolean(), "False: from general knowledge, not checked against the text")),
            ("from", false, described(date(), "First day in force")),
            ("until", false, described(date(), "Last day in force")),
        ],
    )
}

fn guardrails() -> Value {
    let output = json!({"type": "string", "pattern": r"^[^.]+\.[^.]+$"});
    let verbs = ["cap", "floor", "forbid", "require_approval", "hold", "refer"];
    let mut guardrail = closed(
        "One limit, which does one thing",
        [
            ("id", true, text()),
            ("when", false, described(reference("conditions"), "When it applies; a missing or unknown fact counts as applies")),
            ("cap", false, described(output.clone(), "No more than `at`; never of what is owed")),
            ("floor", false, described(output, "No less than `at`")),
            ("at", false, reference("formula")),
            ("forbid", false, described(json!({"type": "object"}), "`decision.output` and the value it may not have")),
            ("unless", false, described(reference("conditions"), "It stands only where each of these is positively met")),
            ("instead", false, json!({"type": "object", "additionalProperties": reference("formula")})),
            ("require_approval", false, described(reference("texts"), "Roles that must approve as well")),
            ("second_person", false, described(boolean(), "Whoever asks may not be the only one to sign")),
            ("hold", false, json!({"anyOf": [one_of(HOLDS), list(one_of(HOLDS))]})),
            ("refer", false, described(text(), "The role or team that looks at the case")),
            ("because", true, reference("because")),
            ("source", false, text()),
            ("address", false, described(text(), "Where the text of the law can be read")),
            ("verified", false, described(boolean(), "False: from general knowledge, not checked against the text")),
            ("from", false, date()),
            ("until", false, date()),
            ("about", false, text()),
        ],
    );
    let one_verb: Vec<Value> = verbs.iter().map(|verb| json!({"required": [verb]})).collect();
    set(&mut guardrail, "oneOf", one_verb.into());
    set(&mut guardrail, "dependentRequired", json!({"cap": ["at"], "floor": ["at"]}));
    closed("A file of guardrails", [("guardrails", true, list(guardrail)), ("about", false, text()), ("owner", false, text())])
}

fn tests() -> Value {
    let mut test = closed(
        "",
        [
            ("name", true, described(text(), "What it shows")),
            ("case", false, described(text(), "A case file, relative to this one")),
            ("given", false, described(json!({"type": "object"}), "Facts by path; they overlay the case")),
            ("at", true, described(text(), "A date or a time")),
            (
                "expect",
                true,
                json!({
                    "description": "Paths of the decision and the cells they have to match",
                    "type": "object",
                    "properties": {
                        "rules": described(reference("texts"), "`decision/rule`: among the rules that decided"),
                        "not_rules": described(reference("texts"), "`decision/rule`: not among them"),
                        "letters": described(reference("texts"), "Exactly these"),
                    },
                    "additionalProperties": reference("cell"),
                }),
            ),
            ("about", false, text()),
        ],
    );
    set(&mut test, "anyOf", json!([{"required": ["case"]}, {"required": ["given"]}]));
    let allowed = closed(
        "",
        [
            ("mutant", true, described(text(), "The change, as `redress test --mutate` names it")),
            ("because", true, described(text(), "Why no test has to notice it")),
        ],
    );
    let allowed = described(list(allowed), "Changes of the bundle that no test has to notice");
    closed("A file of policy tests", [("tests", true, list(test)), ("mutants_allowed", false, allowed), ("about", false, text())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::{Bundle, BundleFiles};
    use crate::text::Code;

    /// The keys that the reader of bundles takes, as it tells them where it finds one that nobody knows.
    fn keys_read(path: &str, text: &str) -> Vec<String> {
        let mut files = BundleFiles::new();
        files.insert(path, text);
        let (_, found) = Bundle::read(&files);
        let unknown = found.iter().find(|each| each.code == Code::UnknownKey).expect("the reader refuses `zzqx`");
        let help = unknown.help.clone().expect("the reader says what it takes");
        let mut keys: Vec<String> = help.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        keys.sort();
        keys
    }

    fn keys_of(schema: &Value) -> Vec<String> {
        schema["properties"].as_object().expect("an object").keys().cloned().collect()
    }

    #[test]
    fn every_key_that_is_read_is_in_the_schema_and_no_other() {
        let definition = |name| own_definitions().into_iter().find(|(each, _)| *each == name).expect("a definition").1;
        let (manifest, decision, guardrails, tests) =
            (definition("manifest"), definition("decision"), definition("guardrails"), definition("tests"));
        let law = |name| law::definitions().into_iter().find(|(each, _)| *each == name).expect("a definition").1;
        let obligations = law("obligations");
        let pairs = [
            ("bundle.yaml", "zzqx: 1", &manifest),
            ("bundle.yaml", "effective: {zzqx: 1}", &manifest["properties"]["effective"]),
            ("bundle.yaml", "plugins: [{zzqx: 1}]", &manifest["properties"]["plugins"]["items"]),
            ("bundle.yaml", "reload: {zzqx: 1}", &manifest["properties"]["reload"]),
            ("bundle.yaml", "facts: {input.x: {zzqx: 1}}", &manifest["properties"]["facts"]["additionalProperties"]),
            ("decisions/x.yaml", "zzqx: 1", &decision),
            ("decisions/x.yaml", "outputs: {x: {zzqx: 1}}", &decision["properties"]["outputs"]["additionalProperties"]),
            ("decisions/x.yaml", "let: {x: {zzqx: 1}}", &decision["properties"]["let"]["additionalProperties"]["anyOf"][0]),
            ("decisions/x.yaml", "rules: [{zzqx: 1}]", &definition("rule")),
            ("guardrails/x.yaml", "zzqx: 1", &guardrails),
            ("guardrails/x.yaml", "guardrails: [{zzqx: 1}]", &guardrails["properties"]["guardrails"]["items"]),
            ("obligations/x.yaml", "zzqx: 1", &obligations),
            ("obligations/x.yaml", "obligations: [{zzqx: 1}]", &obligations["properties"]["obligations"]["items"]),
            ("obligations/x.yaml", "obligations: [{id: a, step: b, due: {zzqx: 1}}]", &law("due")),
            ("calendars/x.yaml", "zzqx: 1", &law("calendar")),
            ("tests/x.yaml", "zzqx: 1", &tests),
            ("tests/x.yaml", "tests: [{zzqx: 1}]", &tests["properties"]["tests"]["items"]),
        ];
        for (path, text, schema) in pairs {
            assert_eq!(keys_of(schema), keys_read(path, text), "{path}: {text}");
        }
    }
}
