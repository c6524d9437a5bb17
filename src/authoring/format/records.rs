//! Mappings whose keys are known, and the order in which the guide writes them.
//!
//! The order of such keys says nothing: they are looked up by name. Names of facts, outputs and parameters keep the order
//! that the author gave them, since explanations tell them in it.

use crate::text::Node;

/// What a document is, by the folder that it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Manifest,
    Decision,
    Guardrails,
    Obligations,
    Calendar,
    Tests,
    /// A case, a mapping, a list of words: its keys stay in their order.
    Other,
}

impl Kind {
    /// By the last parts of a path; where these say nothing, by the first key.
    pub(super) fn of(path: &str, root: &Node) -> Self {
        let mut parts = path.rsplit(['/', '\\']);
        match (parts.next(), parts.next()) {
            (Some("bundle.yaml"), _) => Self::Manifest,
            (_, Some("decisions")) => Self::Decision,
            (_, Some("guardrails")) => Self::Guardrails,
            (_, Some("obligations")) => Self::Obligations,
            (_, Some("calendars")) => Self::Calendar,
            (_, Some("tests")) => Self::Tests,
            _ => Self::of_first_key(root),
        }
    }

    fn of_first_key(root: &Node) -> Self {
        match root.as_map().and_then(<[_]>::first).map(|entry| entry.key.text.as_str()) {
            Some("bundle" | "pack") => Self::Manifest,
            Some("decision") => Self::Decision,
            Some("guardrails") => Self::Guardrails,
            Some("obligations") => Self::Obligations,
            Some("calendar") => Self::Calendar,
            Some("tests") => Self::Tests,
            _ => Self::Other,
        }
    }

    /// The keys of a mapping in their order, where it is one whose keys are known. `path` leads to it: keys, and `*` for any
    /// item of a list.
    pub(super) fn order(self, path: &[&str]) -> Option<&'static [&'static str]> {
        Some(match (self, path) {
            (Self::Manifest, []) => MANIFEST,
            (Self::Manifest, ["plugins", "*"]) => PLUGIN,
            (Self::Manifest, ["facts", _]) | (Self::Decision, ["let" | "outputs", _]) => DECLARED,
            (Self::Decision, []) => DECISION,
            (Self::Decision, ["rules", "*"]) => RULE,
            (Self::Guardrails, ["guardrails", "*"]) => GUARDRAIL,
            (Self::Obligations, ["obligations", "*"]) => OBLIGATION,
            (Self::Obligations, ["obligations", "*", "due"] | ["obligations", "*", "due", "*"]) => DUE,
            (Self::Calendar, []) => CALENDAR,
            (Self::Tests, ["tests", "*"]) => TEST,
            _ => return None,
        })
    }

    /// Does a pipe table stand there?
    pub(super) fn is_table(self, path: &[&str]) -> bool {
        self == Self::Decision && path == ["table"]
    }
}

const MANIFEST: &[&str] = &[
    "bundle",
    "pack",
    "version",
    "owner",
    "about",
    "engine",
    "effective",
    "when",
    "currency",
    "calendar",
    "language",
    "packs",
    "params",
    "facts",
    "personal",
    "assume",
    "reload",
    "quarantine",
    "plugins",
];
const PLUGIN: &[&str] = &["id", "script", "native", "after", "when", "on_failure", "settings", "limits", "quarantine"];
const DECLARED: &[&str] = &["type", "values", "ordered", "required", "default", "round", "value", "about"];
const DECISION: &[&str] = &[
    "decision",
    "about",
    "owner",
    "for_each",
    "hit",
    "priority",
    "required",
    "script",
    "native",
    "on_failure",
    "settings",
    "limits",
    "quarantine",
    "let",
    "outputs",
    "rules",
    "table",
    "otherwise",
];
const RULE: &[&str] = &["id", "when", "then", "because", "source", "address", "verified", "from", "until"];
const GUARDRAIL: &[&str] = &[
    "id",
    "when",
    "cap",
    "floor",
    "at",
    "forbid",
    "unless",
    "instead",
    "require_approval",
    "second_person",
    "hold",
    "refer",
    "because",
    "source",
    "address",
    "verified",
    "from",
    "until",
];
const OBLIGATION: &[&str] = &[
    "id",
    "about",
    "when",
    "unless",
    "step",
    "calendar",
    "roll",
    "due",
    "window",
    "on_breach",
    "holds",
    "because",
    "source",
    "address",
    "verified",
    "from",
    "until",
];
const DUE: &[&str] = &["when", "within", "after", "at_most", "roll"];
const CALENDAR: &[&str] = &["calendar", "version", "about", "source", "address", "extends", "years", "days"];
const TEST: &[&str] = &["name", "about", "case", "given", "at", "expect"];
