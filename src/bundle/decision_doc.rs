//! One decision, as its file says it.

use super::because::BecauseDoc;
use super::keys::{Keys, formulas};
use super::kinds::declared_kind;
use super::law_doc::LawDoc;
use super::params::ParamDoc;
use super::plugin_doc::{LimitsDoc, QuarantineDoc, settings_below};
use super::written::{Formula, Written};
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Node, NodeKind, Place, Source, Style};
use crate::value::{Date, Kind, Rounding};

/// `for_each: dispute.consequential_charges as charge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForEachDoc {
    /// The list.
    pub list: Written<String>,
    /// What one item is called.
    pub name: String,
}

/// A derived input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetDoc {
    /// Its name.
    pub name: Written<String>,
    /// Its kind, where it is given.
    pub kind: Option<Kind>,
    /// Its value.
    pub value: Written<Formula>,
}

/// An output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputDoc {
    /// Its name.
    pub name: Written<String>,
    /// Its kind.
    pub kind: Kind,
    /// What it is when a rule leaves it out.
    pub default: Option<Node>,
    /// How it is rounded.
    pub round: Option<Rounding>,
    /// Its value, in a decision that is a formula only.
    pub value: Option<Written<Formula>>,
    /// Its meaning.
    pub about: String,
    /// Where it was written.
    pub place: Place,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDoc {
    /// Its id.
    pub id: Option<Written<String>>,
    /// Its conditions.
    pub when: Vec<(Written<String>, Node)>,
    /// Its outputs.
    pub then: Vec<(Written<String>, Written<Formula>)>,
    /// Its reason.
    pub because: Option<BecauseDoc>,
    /// The law or manual it rests on.
    pub source: Option<String>,
    /// Where that can be read, and whether somebody checked it.
    pub law: LawDoc,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Where it stands.
    pub place: Place,
    /// Its outputs could not be read, which is reported at their key.
    pub unread: bool,
}

/// What binds rules to the pack that they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingDoc {
    /// The condition that each of them has beside its own: the pack applies.
    pub when: (Written<String>, Node),
    /// Where they come from.
    pub law: LawDoc,
}

/// What holds when no rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherwiseDoc {
    /// Its outputs.
    pub then: Vec<(Written<String>, Written<Formula>)>,
    /// Its reason.
    pub because: Option<BecauseDoc>,
    /// The law or manual it rests on.
    pub source: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableDoc {
    /// A pipe table in a block scalar.
    Inline(Node),
    /// A CSV file beside the decision.
    File(Written<String>),
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionDoc {
    /// Its name.
    pub name: Written<String>,
    /// Its path in the bundle.
    pub path: String,
    /// The pack that brings it, if one does.
    pub binding: Option<BindingDoc>,
    /// Its meaning.
    pub about: String,
    /// Who answers for it.
    pub owner: String,
    /// The hit policy, as written.
    pub hit: Option<Written<String>>,
    /// The order of output values for `priority` and `collect ranked`.
    pub priority: Vec<(Written<String>, Vec<Written<String>>)>,
    /// Facts without which it is not decided.
    pub required: Vec<Written<String>>,
    /// The list it is decided for, item by item.
    pub for_each: Option<ForEachDoc>,
    /// Derived inputs.
    pub lets: Vec<LetDoc>,
    /// Outputs.
    pub outputs: Vec<OutputDoc>,
    /// Rules that packs put before its own.
    pub added: Vec<RuleDoc>,
    /// Rules written one by one.
    pub rules: Vec<RuleDoc>,
    /// Is there a list of rules, be it empty? What collects may leave all of them to packs.
    pub lists_rules: bool,
    /// Rules written as a table.
    pub table: Option<TableDoc>,
    /// What holds when no rule matches.
    pub otherwise: Option<OtherwiseDoc>,
    /// The script that decides instead of rules.
    pub script: Option<Written<String>>,
    /// The registered name of the native plugin that decides instead of rules.
    pub native: Option<Written<String>>,
    /// What happens when that script or plugin fails.
    pub on_failure: Option<Written<String>>,
    /// Settings of that script or plugin.
    pub settings: Vec<ParamDoc>,
    /// Limits that it lowers.
    pub limits: LimitsDoc,
    /// When it is put in quarantine, where that differs from the bundle.
    pub quarantine: Option<QuarantineDoc>,
    /// Names that it gives but that could not be read, which is reported where they stand; `*` where even the names are not known.
    pub unread: Vec<String>,
    /// The text.
    pub source: Source,
}

const KEYS: [&str; 18] = [
    "decision",
    "about",
    "owner",
    "hit",
    "priority",
    "required",
    "for_each",
    "let",
    "outputs",
    "rules",
    "table",
    "otherwise",
    "script",
    "native",
    "on_failure",
    "settings",
    "limits",
    "quarantine",
];

impl DecisionDoc {
    /// Reads one file of `decisions/`.
    pub(crate) fn read(path: &str, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let keys = Keys::open(node, source, "a decision", &KEYS, out)?;
        let name = keys.need_text("decision", out);
        let mut unread: Vec<String> = Vec::new();
        let (mut lets, mut outputs) = (Vec::new(), Vec::new());
        for entry in keys.map("let", out) {
            let name = Written::new(entry.key.text.clone(), source.place(entry.key.span));
            match read_let(name, &entry.value, source, out) {
                Some(read) => lets.push(read),
                None => unread.push(entry.key.text.clone()),
            }
        }
        for entry in keys.map("outputs", out) {
            let name = Written::new(entry.key.text.clone(), source.place(entry.key.span));
            match read_output(name, &entry.value, source, out) {
                Some(read) => outputs.push(read),
                None => unread.push(entry.key.text.clone()),
            }
        }
        let for_each = keys.text("for_each", out).and_then(|written| read_for_each(&written, out));
        let written = keys.list("rules", out);
        let rules: Vec<RuleDoc> = written.iter().filter_map(|item| read_rule(item, source, out)).collect();
        let rules_unread = rules.len() < written.len();
        let no_map = |key: &str| keys.is_mistyped(key) || keys.get(key).is_some_and(|node| node.as_map().is_none());
        let no_item = keys.is_mistyped("for_each") || (for_each.is_none() && keys.get("for_each").is_some());
        let no_body = rules_unread || ["rules", "table", "script", "native", "otherwise"].iter().any(|key| keys.is_mistyped(key));
        if no_map("let") || no_map("outputs") || no_item || no_body {
            unread.push("*".to_owned());
        }
        let priority = keys
            .map("priority", out)
            .iter()
            .map(|entry| {
                let name = Written::new(entry.key.text.clone(), source.place(entry.key.span));
                (name, super::keys::texts(&entry.value, source, "priority", out))
            })
            .collect();
        Some(Self {
            name: name?,
            path: path.to_owned(),
            binding: None,
            about: keys.text("about", out).map_or_else(String::new, |about| about.value),
            owner: keys.text("owner", out).map_or_else(String::new, |owner| owner.value),
            hit: keys.text("hit", out),
            priority,
            required: keys.texts("required", out),
            for_each,
            lets,
            outputs,
            added: Vec::new(),
            rules,
            lists_rules: keys.get("rules").is_some(),
            table: keys.get("table").and_then(|node| read_table(node, source, out)),
            otherwise: keys.get("otherwise").and_then(|node| read_otherwise(node, source, out)),
            script: keys.text("script", out),
            native: keys.text("native", out),
            on_failure: keys.text("on_failure", out),
            settings: settings_below(&keys, out),
            limits: LimitsDoc::below(&keys, out),
            quarantine: QuarantineDoc::below(&keys, out),
            unread,
            source: source.clone(),
        })
    }
}

impl DecisionDoc {
    /// A decision of a pack names its script from the folder of the pack.
    pub(crate) fn below(&mut self, folder: &str) {
        if let Some(script) = &mut self.script {
            script.value.insert_str(0, folder);
        }
    }
}

fn read_for_each(written: &Written<String>, out: &mut Diagnostics) -> Option<ForEachDoc> {
    let parts: Vec<&str> = written.value.split_whitespace().collect();
    if let [list, "as", name] = parts.as_slice() {
        return Some(ForEachDoc { list: Written::new((*list).to_owned(), written.place.clone()), name: (*name).to_owned() });
    }
    let message = format!("`for_each` names a list and what one item is called, found `{}`", written.value);
    let help = "write it as `for_each: dispute.consequential_charges as charge`";
    out.push(Diagnostic::at(Code::BadValue, &written.place, message).help(help));
    None
}

fn read_let(name: Written<String>, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<LetDoc> {
    if node.as_map().is_none() {
        let value = Written::new(Formula::of(node), source.place(node.span));
        return Some(LetDoc { name, kind: None, value });
    }
    let keys = Keys::open(node, source, "a `let`", &["type", "values", "ordered", "value", "about"], out)?;
    let kind = keys.text("type", out).and_then(|word| declared_kind(&keys, &word, out));
    let value = keys.need("value", out)?;
    Some(LetDoc { name, kind, value: Written::new(Formula::of(value), source.place(value.span)) })
}

fn read_output(name: Written<String>, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<OutputDoc> {
    let known = ["type", "values", "ordered", "default", "round", "value", "about"];
    let keys = Keys::open(node, source, "an output", &known, out)?;
    let word = keys.need_text("type", out)?;
    let kind = declared_kind(&keys, &word, out)?;
    let round = keys.text("round", out).and_then(|words| match Rounding::parse(&words.value) {
        Ok(rounding) if matches!(kind, Kind::Money | Kind::Decimal) => Some(rounding),
        Ok(_) => {
            let message = format!("`{}` is {}; only money and decimals are rounded", name.value, kind);
            let finding = Diagnostic::at(Code::BadValue, &words.place, message).help("take `round` away, or write `type: money`");
            out.push(finding.fix(Fix::without_entry(&words.place, "round")));
            None
        }
        Err(trouble) => {
            let finding = Diagnostic::at(Code::BadValue, &words.place, trouble.to_string());
            // How it is written is said by most of them.
            let above_zero = finding.message.contains("above zero");
            out.push(finding.help_opt(above_zero.then(|| "write a step such as `0.05`: `round: half up to 0.05`".to_owned())));
            None
        }
    });
    let value = keys.get("value").map(|node| Written::new(Formula::of(node), source.place(node.span)));
    let about = keys.text("about", out).map_or_else(String::new, |about| about.value);
    let place = name.place.clone();
    Some(OutputDoc { name, kind, default: keys.get("default").cloned(), round, value, about, place })
}

fn read_rule(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<RuleDoc> {
    let known = ["id", "when", "then", "because", "source", "address", "verified", "from", "until"];
    let keys = Keys::open(node, source, "a rule", &known, out)?;
    let (from, until) = keys.period("this rule", &keys.place(), out);
    Some(RuleDoc {
        id: keys.text("id", out),
        when: keys.nodes("when", out),
        then: keys.formulas("then", out),
        because: BecauseDoc::below(&keys, out),
        source: keys.text("source", out).map(|text| text.value),
        law: LawDoc::below(&keys, out),
        from,
        until,
        place: keys.place(),
        unread: keys.is_mistyped("then") || keys.get("then").is_some_and(|node| node.as_map().is_none()),
    })
}

fn read_otherwise(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<OtherwiseDoc> {
    let Some(entries) = node.as_map() else {
        let message = format!("`otherwise` is a mapping of outputs and a `because`, found {}", node.describe());
        let help = "write `otherwise: {amount: 0.00, because: Nothing speaks for it.}`";
        out.push(Diagnostic::error(Code::BadValue, source, node.span, message).help(help));
        return None;
    };
    let is_output = |key: &str| key != "because" && key != "source";
    let outputs: Vec<_> = entries.iter().filter(|entry| is_output(&entry.key.text)).cloned().collect();
    let source_text = node.get("source").and_then(|node| super::keys::text(node, source, "source", out));
    Some(OtherwiseDoc {
        then: formulas(&outputs, source),
        because: node.get("because").and_then(|node| BecauseDoc::read(node, source, out)),
        source: source_text.map(|text| text.value),
        place: source.place(entries.first().map_or(node.span, |entry| entry.key.span)),
    })
}

fn read_table(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<TableDoc> {
    match &node.kind {
        NodeKind::Scalar(scalar) if scalar.style == Style::Block || scalar.text.contains('|') => {
            Some(TableDoc::Inline(node.clone()))
        }
        NodeKind::Scalar(scalar) => Some(TableDoc::File(Written::new(scalar.text.clone(), source.place(node.span)))),
        _ => {
            let message = format!("`table` is a pipe table or the name of a CSV file, found {}", node.describe());
            let help = "begin a pipe table with `table: |` and indent its lines";
            out.push(Diagnostic::error(Code::BadTable, source, node.span, message).help(help));
            None
        }
    }
}
