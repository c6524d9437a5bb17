//! Files that hold law: packs, obligations, calendars of holidays.

use super::shape::{boolean, closed, date, described, list, one_of, period, reference, set, text, typed};
use crate::decision::sections::HOLDS;
use serde_json::{Value, json};

/// How long: `10 business days`.
const STRETCH: &str = r"^[0-9]+ +(business days?|calendar days?|weeks?|months?|years?|billing cycles?|hours?)$";

/// The definitions of these files.
pub(super) fn definitions() -> [(&'static str, Value); 4] {
    [("pack", pack()), ("obligations", obligations()), ("due", due()), ("calendar", calendar())]
}

/// Facts that a bundle or a pack declares.
pub(super) fn facts(about: &str) -> Value {
    let fact = closed(
        "",
        typed(
            [
                ("required", false, described(boolean(), "A case cannot be decided without it")),
                ("actionable", false, described(boolean(), "Somebody can still bring it about: `redress why` may name it")),
            ],
            true,
        ),
    );
    json!({
        "description": about,
        "type": "object",
        "propertyNames": {"pattern": r"^(attributes|input)\."},
        "additionalProperties": fact,
    })
}

fn pack() -> Value {
    closed(
        "packs/NAME/bundle.yaml",
        [
            ("pack", true, described(text(), "The name of the folder")),
            ("version", true, reference("version")),
            ("owner", false, text()),
            ("about", false, described(text(), "Which law it holds, and where")),
            ("when", true, described(reference("conditions"), "When it applies, by facts of the case")),
            ("effective", false, described(period(), "The policy dates on which it applies")),
            ("calendar", false, described(text(), "The holiday calendar of its clocks")),
            (
                "params",
                false,
                described(
                    json!({"type": "object"}),
                    "New ones belong to all; one that the bundle has is replaced where the pack applies",
                ),
            ),
            ("facts", false, facts("Facts that its rules ask for, `attributes.NAME` or `input.NAME`")),
        ],
    )
}

fn obligations() -> Value {
    let roll = described(
        one_of(["next", "none", "previous"]),
        "What becomes of a clock that would end on a day off; `next` if nothing is said",
    );
    let breach = || one_of(["report", "escalate", "concede"]);
    let mut obligation = closed(
        "Something that has to be done by a day, or that has to stand still",
        [
            ("id", true, text()),
            ("about", false, text()),
            ("when", false, described(reference("conditions"), "When it applies; a missing or unknown fact counts as applies")),
            (
                "unless",
                false,
                described(reference("conditions"), "When it does not; a missing or unknown fact takes nothing away"),
            ),
            ("step", false, described(text(), "What has to be done; the clock stops when `steps_done` names it")),
            (
                "due",
                false,
                json!({
                    "description": "When it is due; of several lines the first that applies",
                    "anyOf": [reference("due"), list(reference("due"))],
                }),
            ),
            ("on_breach", false, json!({"description": "What a missed clock brings", "anyOf": [breach(), list(breach())]})),
            (
                "window",
                false,
                described(
                    boolean(),
                    "True: how long a way is open. When it closes nothing is missed, and it cannot have `on_breach`",
                ),
            ),
            (
                "holds",
                false,
                json!({"description": "What stands still, on the disputed part alone", "anyOf": [one_of(HOLDS), list(one_of(HOLDS))]}),
            ),
            ("calendar", false, described(text(), "Another holiday calendar than that of its bundle or pack")),
            ("roll", false, roll),
            ("because", false, reference("because")),
            ("source", false, described(text(), "The law or manual it rests on")),
            ("address", false, described(text(), "Where the text of the law can be read")),
            ("verified", false, described(boolean(), "False: from general knowledge, not checked against the text")),
            ("from", false, described(date(), "First day in force")),
            ("until", false, described(date(), "Last day in force")),
        ],
    );
    set(&mut obligation, "anyOf", json!([{"required": ["due"]}, {"required": ["holds"]}]));
    set(&mut obligation, "dependentRequired", json!({"due": ["step"], "on_breach": ["due"]}));
    closed("A file of obligations", [("obligations", true, list(obligation)), ("about", false, text()), ("owner", false, text())])
}

fn due() -> Value {
    let stretch = || json!({"type": "string", "pattern": STRETCH});
    closed(
        "By when",
        [
            ("when", false, described(reference("conditions"), "When this line applies")),
            (
                "within",
                true,
                described(stretch(), "`10 business days`, `30 calendar days`, `8 weeks`, `2 billing cycles`, `24 hours`"),
            ),
            (
                "after",
                true,
                described(text(), "A fact that is a date or a time, or `step NAME`: when that was done, else when it is due"),
            ),
            ("at_most", false, described(stretch(), "An outer limit from the same event")),
            ("roll", false, one_of(["next", "none", "previous"])),
        ],
    )
}

fn calendar() -> Value {
    let year = || json!({"type": "integer", "minimum": 1900, "maximum": 9999});
    let day = r"^\d{4}-\d{2}-\d{2}$";
    closed(
        "A calendar of holidays",
        [
            ("calendar", true, described(text(), "Its name, as `calendar:` of a bundle, a pack or an obligation names it")),
            ("version", false, reference("version")),
            ("about", false, text()),
            ("source", false, described(text(), "The law or list that the days come from")),
            ("address", false, described(text(), "Where that can be read")),
            ("extends", false, described(text(), "The calendar that it adds days to")),
            (
                "years",
                true,
                described(
                    closed("", [("from", true, year()), ("until", true, year())]),
                    "The years that the list is complete for",
                ),
            ),
            (
                "days",
                false,
                json!({
                    "description": "The days off and their names; weekends are off anyway",
                    "type": "object",
                    "propertyNames": {"pattern": day},
                    "additionalProperties": text(),
                }),
            ),
        ],
    )
}
