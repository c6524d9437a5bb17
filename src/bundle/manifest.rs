//! `bundle.yaml`: name, version, currency, parameters, facts, assumptions, plugins.

use super::keys::Keys;
use super::kinds::declared_kind;
use super::letter_doc::is_tag;
use super::params::{ParamDoc, read_params};
use super::plugin_doc::{PluginDoc, QuarantineDoc};
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Source};
use crate::value::{Currency, Date, Kind};

/// What an amount without a currency means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyMeaning {
    /// An amount in this currency.
    In(Currency),
    /// An amount in the currency of the case.
    OfCase,
}

/// A fact that the bundle declares for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraFactDoc {
    /// `attributes.NAME` or `input.NAME`.
    pub path: Written<String>,
    /// Its kind.
    pub kind: Kind,
    /// A case cannot be decided without it.
    pub required: bool,
    /// Somebody can still bring it about, or put it right, while the dispute is open.
    pub actionable: bool,
    /// Its meaning.
    pub about: String,
}

/// What stands in for a missing fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumeDoc {
    /// The fact.
    pub path: Written<String>,
    /// The value, as written.
    pub value: Node,
}

/// What has to hold before a service that runs takes a changed bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReloadDoc {
    /// Do the bundle's own tests have to pass?
    pub require_tests: bool,
}

/// `bundle.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The name of the bundle.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Who answers for it.
    pub owner: String,
    /// Engine versions it was written for.
    pub engine: Option<Written<String>>,
    /// First day on which it holds.
    pub effective_from: Option<Date>,
    /// Last day.
    pub effective_until: Option<Date>,
    /// What an amount without a currency means.
    pub currency: MoneyMeaning,
    /// Default holiday calendar.
    pub calendar: Option<Written<String>>,
    /// The language of letters where there is none in the language of the case.
    pub language: Option<Written<String>>,
    /// Parameters.
    pub params: Vec<ParamDoc>,
    /// Facts of its own.
    pub facts: Vec<ExtraFactDoc>,
    /// Facts that tell who the customer is, beside those of the registry: a journal replaces them.
    pub personal: Vec<Written<String>>,
    /// Assumptions.
    pub assume: Vec<AssumeDoc>,
    /// Plugins, in the order in which they run.
    pub plugins: Vec<PluginDoc>,
    /// What a change has to pass before it decides.
    pub reload: ReloadDoc,
    /// When a plugin that keeps failing is put in quarantine; never if nothing is written.
    pub quarantine: Option<QuarantineDoc>,
    /// Packs.
    pub packs: Vec<Written<String>>,
    /// Facts that could not be read, which is reported where they stand.
    pub unread: Vec<String>,
    /// Where it stands.
    pub source: Source,
}

const KEYS: [&str; 17] = [
    "bundle",
    "version",
    "owner",
    "engine",
    "effective",
    "currency",
    "calendar",
    "language",
    "params",
    "facts",
    "personal",
    "assume",
    "plugins",
    "reload",
    "quarantine",
    "packs",
    "about",
];

impl Manifest {
    /// Stands in for a `bundle.yaml` that cannot be read, so that the mistakes of the other files are found all the same.
    pub(crate) fn of_unread(source: Source) -> Self {
        Self {
            name: String::new(),
            version: String::new(),
            owner: String::new(),
            engine: None,
            effective_from: None,
            effective_until: None,
            currency: MoneyMeaning::OfCase,
            calendar: None,
            language: None,
            params: Vec::new(),
            facts: Vec::new(),
            personal: Vec::new(),
            assume: Vec::new(),
            plugins: Vec::new(),
            reload: ReloadDoc::default(),
            quarantine: None,
            packs: Vec::new(),
            unread: ["params", "attributes", "input"].map(str::to_owned).to_vec(),
            source,
        }
    }

    /// Reads `bundle.yaml`.
    pub(crate) fn read(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let keys = Keys::open(node, source, "bundle.yaml", &KEYS, out)?;
        let name = keys.need_text("bundle", out);
        let version = keys.need_text("version", out);
        let owner = keys.text("owner", out).map_or_else(String::new, |owner| owner.value);
        let (effective_from, effective_until) = read_period(&keys, "the bundle", out);
        let currency = read_currency(&keys, out);
        let plugins = keys.list("plugins", out).iter().filter_map(|item| PluginDoc::read(item, source, out)).collect();
        let (facts, mut unread) = read_facts(&keys, source, out);
        for (key, group) in [("params", "params"), ("facts", "attributes"), ("facts", "input")] {
            if keys.is_mistyped(key) {
                unread.push(group.to_owned());
            }
        }
        let assume = keys.nodes("assume", out).into_iter().map(|(path, value)| AssumeDoc { path, value }).collect();
        Some(Self {
            // Whatever is missing here was reported; the rest of the bundle is looked at all the same.
            name: name.map_or_else(String::new, |name| name.value),
            version: version.map_or_else(String::new, |version| version.value),
            owner,
            engine: keys.text("engine", out),
            effective_from,
            effective_until,
            currency: currency.unwrap_or(MoneyMeaning::OfCase),
            calendar: keys.text("calendar", out),
            language: read_language(&keys, out),
            params: read_params(keys.map("params", out), source, out),
            facts,
            personal: keys.texts("personal", out),
            assume,
            plugins,
            reload: read_reload(&keys, out),
            quarantine: QuarantineDoc::below(&keys, out),
            packs: keys.texts("packs", out),
            unread,
            source: source.clone(),
        })
    }
}

/// The language of letters, if it is one.
fn read_language(keys: &Keys<'_>, out: &mut Diagnostics) -> Option<Written<String>> {
    let written = keys.text("language", out)?;
    if is_tag(&written.value) {
        return Some(written);
    }
    let message = format!("`{}` is not a language", written.value);
    out.push(Diagnostic::at(Code::BadValue, &written.place, message).help("write it as `en` or `pt-BR`"));
    None
}

/// From when until when a bundle or a pack holds.
pub(crate) fn read_period(keys: &Keys<'_>, what: &str, out: &mut Diagnostics) -> (Option<Date>, Option<Date>) {
    let Some(node) = keys.get("effective") else { return (None, None) };
    let Some(range) = Keys::open(node, keys.source, "`effective`", &["from", "until"], out) else { return (None, None) };
    range.period(what, &keys.source.place(node.span), out)
}

/// The facts that are declared, and the names of those that could not be read.
pub(crate) fn read_facts(keys: &Keys<'_>, source: &Source, out: &mut Diagnostics) -> (Vec<ExtraFactDoc>, Vec<String>) {
    let (mut facts, mut unread) = (Vec::new(), Vec::new());
    for entry in keys.map("facts", out) {
        let path = Written::new(entry.key.text.clone(), source.place(entry.key.span));
        match read_fact(path, &entry.value, source, out) {
            Some(fact) => facts.push(fact),
            None => unread.push(entry.key.text.clone()),
        }
    }
    (facts, unread)
}

fn read_reload(keys: &Keys<'_>, out: &mut Diagnostics) -> ReloadDoc {
    let node = keys.get("reload");
    let reload = node.and_then(|node| Keys::open(node, keys.source, "`reload`", &["require_tests"], out));
    let require_tests = reload.and_then(|reload| reload.flag("require_tests", out)).unwrap_or(false);
    ReloadDoc { require_tests }
}

fn read_currency(keys: &Keys<'_>, out: &mut Diagnostics) -> Option<MoneyMeaning> {
    let written = keys.need_text("currency", out)?;
    if written.value == "case" {
        return Some(MoneyMeaning::OfCase);
    }
    match Currency::parse(&written.value) {
        Ok(currency) => Some(MoneyMeaning::In(currency)),
        Err(trouble) => {
            let help = "write a currency code, or `case` for the currency of each case";
            out.push(Diagnostic::at(Code::BadValue, &written.place, trouble.to_string()).help(help));
            None
        }
    }
}

fn read_fact(path: Written<String>, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<ExtraFactDoc> {
    let keys = Keys::open(node, source, "a fact", &["type", "values", "ordered", "required", "actionable", "about"], out)?;
    let word = keys.need_text("type", out)?;
    let kind = declared_kind(&keys, &word, out)?;
    let in_group = path.value.split_once('.').is_some_and(|(group, name)| {
        matches!(group, "attributes" | "input")
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    });
    if !in_group {
        let message = format!("`{}` cannot be declared: a bundle's own facts are `attributes.NAME` or `input.NAME`", path.value);
        let name = path.value.rsplit('.').next().unwrap_or(&path.value);
        out.push(Diagnostic::at(Code::BadValue, &path.place, message).instead(&format!("attributes.{name}")));
        return None;
    }
    let required = keys.flag("required", out).unwrap_or(false);
    let actionable = keys.flag("actionable", out).unwrap_or(false);
    let about = keys.text("about", out).map_or_else(String::new, |about| about.value);
    Some(ExtraFactDoc { path, kind, required, actionable, about })
}
