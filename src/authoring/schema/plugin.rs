//! What a bundle says of plugins, and of scripts and native plugins that decide.

use super::shape::{closed, described, list, reference, text};
use crate::limits::{QUARANTINE_AFTER_MAX, QUARANTINE_MINUTES_MAX};
use crate::script::ScriptLimits;
use serde_json::{Value, json};

/// The definitions that plugins and decisions share.
pub(super) fn definitions() -> [(&'static str, Value); 2] {
    let number = |most: u64| json!({"type": "integer", "minimum": 1, "maximum": most});
    let limits = ScriptLimits::NAMES.iter().map(|name| (*name, false, json!({"type": "integer", "minimum": 1})));
    let quarantine = [
        ("after", true, described(number(QUARANTINE_AFTER_MAX), "In how many cases in a row it may fail")),
        ("cool_down_minutes", true, described(number(QUARANTINE_MINUTES_MAX), "For how long it is not called then")),
    ];
    [
        ("limits", closed("Limits of a script, lowered", limits)),
        ("quarantine", closed("When a plugin that keeps failing is not called for a while", quarantine)),
    ]
}

/// The plugins of `bundle.yaml`.
pub(super) fn plugins() -> Value {
    list(closed(
        "",
        [
            ("id", true, text()),
            ("script", false, described(text(), "`scripts/NAME.rhai`")),
            ("native", false, described(text(), "The name of a plugin written in Rust")),
            ("after", true, described(text(), "The decision whose draft it changes")),
            ("when", false, described(reference("conditions"), "Where it runs: on facts and on the outputs of its decision")),
            ("on_failure", true, reference("on_failure")),
            ("settings", false, reference("setting")),
            ("limits", false, reference("limits")),
            ("quarantine", false, reference("quarantine")),
            ("about", false, text()),
        ],
    ))
}

/// What a decision says that is computed by a script or a native plugin.
pub(super) fn of_decision() -> [(&'static str, bool, Value); 6] {
    [
        ("script", false, described(text(), "`scripts/NAME.rhai`: it computes every output")),
        ("native", false, described(text(), "The name of a plugin written in Rust that computes every output")),
        ("on_failure", false, reference("on_failure")),
        ("settings", false, reference("setting")),
        ("limits", false, reference("limits")),
        ("quarantine", false, reference("quarantine")),
    ]
}
