//! What a bundle says of a plugin, and of a script or native plugin that decides: its settings, limits and quarantine.

use super::keys::Keys;
use super::params::{ParamDoc, ParamValue, read_params};
use super::written::Written;
use crate::limits::{QUARANTINE_AFTER_MAX, QUARANTINE_MINUTES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Node, Source};

/// Limits of scripts that are lowered: name and number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsDoc {
    /// In the order written.
    pub list: Vec<(Written<String>, Written<u64>)>,
}

impl LimitsDoc {
    pub(crate) fn below(keys: &Keys<'_>, out: &mut Diagnostics) -> Self {
        let source = keys.source;
        let read = |entry: &crate::text::Entry, out: &mut Diagnostics| {
            let name = Written::new(entry.key.text.clone(), source.place(entry.key.span));
            Some((name, number(&entry.value, source, &entry.key.text, u64::MAX, out)?))
        };
        Self { list: keys.map("limits", out).iter().filter_map(|entry| read(entry, out)).collect() }
    }
}

/// When a plugin that keeps failing is not called for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineDoc {
    /// How many cases in a row it may fail in.
    pub after: u64,
    /// For how many minutes it is not called then.
    pub cool_down_minutes: u64,
}

impl QuarantineDoc {
    pub(crate) fn below(keys: &Keys<'_>, out: &mut Diagnostics) -> Option<Self> {
        let node = keys.get("quarantine")?;
        let inner = Keys::open(node, keys.source, "`quarantine`", &["after", "cool_down_minutes"], out)?;
        let mut need = |key: &'static str, most| {
            inner.need(key, out).and_then(|node| number(node, keys.source, key, most, out)).map(|written| written.value)
        };
        let (after, cool_down_minutes) = (need("after", QUARANTINE_AFTER_MAX), need("cool_down_minutes", QUARANTINE_MINUTES_MAX));
        Some(Self { after: after?, cool_down_minutes: cool_down_minutes? })
    }
}

/// A whole number from 1 on.
fn number(node: &Node, source: &Source, key: &str, most: u64, out: &mut Diagnostics) -> Option<Written<u64>> {
    let place = source.place(node.span);
    let read = node.as_text().and_then(|text| text.parse::<u64>().ok()).filter(|number| (1..=most).contains(number));
    if read.is_none() {
        let found = node.as_text().map_or_else(|| node.describe(), |text| format!("`{text}`"));
        let range = if most == u64::MAX { "from 1 on".to_owned() } else { format!("from 1 to {most}") };
        out.push(
            Diagnostic::at(Code::BadValue, &place, format!("`{key}` is a whole number {range}, found {found}"))
                .help(format!("write `{key}: {}`, or another number {range}", most.min(5))),
        );
    }
    read.map(|number| Written::new(number, place))
}

/// The settings of a plugin or of a decision that a script or plugin computes: plain values.
pub(crate) fn settings_below(keys: &Keys<'_>, out: &mut Diagnostics) -> Vec<ParamDoc> {
    let settings = read_params(keys.map("settings", out), keys.source, out);
    for setting in settings.iter().filter(|setting| !setting.periods.is_empty()) {
        let plain = setting.path.len() == 1
            && matches!(setting.periods.as_slice(), [only] if matches!(only.value, ParamValue::Plain(_)) && only.from.is_none());
        if !plain {
            let message = format!("the setting `{}` is not a plain value", setting.path.join("."));
            let help = "money by currency and values over time belong into `params`, which a script reads as `facts.params`";
            out.push(Diagnostic::at(Code::BadValue, &setting.place, message).help(help));
        }
    }
    settings
}

/// A plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginDoc {
    /// Its id.
    pub id: Written<String>,
    /// Its script file, if it is a script.
    pub script: Option<Written<String>>,
    /// Its registered name, if it is written in Rust.
    pub native: Option<Written<String>>,
    /// The decision that it follows.
    pub after: Written<String>,
    /// What happens when it fails.
    pub on_failure: Written<String>,
    /// Where it runs: conditions on facts and on the outputs of its decision; everywhere if there are none.
    pub when: Vec<(Written<String>, Node)>,
    /// Its settings.
    pub settings: Vec<ParamDoc>,
    /// Limits that it lowers.
    pub limits: LimitsDoc,
    /// When it is put in quarantine, where that differs from the bundle.
    pub quarantine: Option<QuarantineDoc>,
    /// Where it stands.
    pub place: crate::text::Place,
}

impl PluginDoc {
    pub(crate) fn read(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let keys = Keys::open(
            node,
            source,
            "a plugin",
            &["id", "script", "native", "after", "when", "on_failure", "settings", "limits", "quarantine", "about"],
            out,
        )?;
        let id = keys.need_text("id", out);
        let after = keys.need_text("after", out);
        let (script, native) = (keys.text("script", out), keys.text("native", out));
        if script.is_some() == native.is_some() {
            let message = "a plugin is either a `script` or `native`";
            out.push(Diagnostic::at(Code::BadValue, &keys.place(), message).help("write `script: scripts/NAME.rhai`"));
        }
        let on_failure = if keys.get("on_failure").is_some() {
            keys.text("on_failure", out)
        } else {
            let message = "a plugin has to say what happens when it fails";
            let help = "add `on_failure: escalate` (a person decides), `skip` (keep the draft) or `refuse` (decide nothing)";
            out.push(Diagnostic::at(Code::MissingKey, &keys.place(), message).help(help));
            None
        };
        let settings = settings_below(&keys, out);
        let when = keys.nodes("when", out);
        let limits = LimitsDoc::below(&keys, out);
        let quarantine = QuarantineDoc::below(&keys, out);
        Some(Self {
            place: keys.place(),
            id: id?,
            script,
            native,
            after: after?,
            on_failure: on_failure?,
            when,
            settings,
            limits,
            quarantine,
        })
    }
}
