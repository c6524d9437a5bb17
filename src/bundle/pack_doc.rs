//! A pack, as its folder says it: rules of law that add to a bundle where they apply.

use super::decision_doc::{BindingDoc, DecisionDoc, RuleDoc};
use super::guardrail_doc::GuardrailDoc;
use super::keys::Keys;
use super::law_doc::LawDoc;
use super::manifest::{ExtraFactDoc, read_period};
use super::obligation_doc::ObligationDoc;
use super::params::{ParamDoc, read_params};
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Node, NodeKind, Place, Scalar, Source, Style};
use crate::value::Date;

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackDoc {
    /// Its name, that of its folder.
    pub name: Written<String>,
    /// Its version.
    pub version: String,
    /// What it holds.
    pub about: String,
    /// When it applies.
    pub when: Vec<(Written<String>, Node)>,
    /// First day on which it applies, by the policy date.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// The calendar of its clocks.
    pub calendar: Option<Written<String>>,
    /// Its parameters.
    pub params: Vec<ParamDoc>,
    /// Its facts.
    pub facts: Vec<ExtraFactDoc>,
    /// Facts that could not be read, which is reported where they stand.
    pub unread: Vec<String>,
    /// Its decisions.
    pub decisions: Vec<DecisionDoc>,
    /// Its guardrails.
    pub guardrails: Vec<GuardrailDoc>,
    /// Its obligations.
    pub obligations: Vec<ObligationDoc>,
}

const KEYS: [&str; 9] = ["pack", "version", "owner", "about", "effective", "when", "calendar", "params", "facts"];
/// What a bundle says in its `bundle.yaml`, and a pack may not.
const OF_BUNDLES: [&str; 9] = ["bundle", "engine", "currency", "personal", "assume", "plugins", "reload", "quarantine", "packs"];

impl PackDoc {
    /// Reads the `bundle.yaml` of a pack; its other files come from its rooms.
    pub(crate) fn read(name: &Written<String>, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let known: Vec<&str> = KEYS.iter().chain(&OF_BUNDLES).copied().collect();
        let keys = Keys::open(node, source, "the `bundle.yaml` of a pack", &known, out)?;
        for key in OF_BUNDLES {
            if let Some(node) = keys.get(key) {
                let message = format!("`{key}` belongs into the bundle, not into a pack");
                let help = if key == "bundle" { "write `pack: NAME`" } else { "say it in the `bundle.yaml` of the bundle" };
                out.push(Diagnostic::error(Code::NotInPack, source, node.span, message).help(help));
            }
        }
        let mistaken = keys.get("bundle").is_some();
        if let Some(own) = keys.get("pack").and_then(Node::as_text).filter(|own| *own != name.value)
            && let Some(node) = keys.get("pack")
        {
            let message = format!("the pack calls itself `{own}`, and its folder is `packs/{}`", name.value);
            out.push(Diagnostic::error(Code::UnknownPack, source, node.span, message).help("give both the same name"));
        } else if !mistaken {
            keys.need("pack", out);
        }
        keys.need("when", out);
        let (from, until) = read_period(&keys, "the pack", out);
        let (facts, unread) = super::manifest::read_facts(&keys, source, out);
        for fact in facts.iter().filter(|fact| fact.required) {
            let message = format!("`{}` would be required in every case, also where the pack does not apply", fact.path.value);
            let help = "leave `required` out; a decision that needs the fact names it under its own `required`";
            out.push(Diagnostic::at(Code::NotInPack, &fact.path.place, message).help(help));
        }
        Some(Self {
            name: name.clone(),
            version: keys.need_text("version", out).map_or_else(String::new, |version| version.value),
            about: keys.text("about", out).map_or_else(String::new, |about| about.value),
            when: keys.nodes("when", out),
            from,
            until,
            calendar: keys.text("calendar", out),
            params: read_params(keys.map("params", out), source, out),
            facts,
            unread,
            decisions: Vec::new(),
            guardrails: Vec::new(),
            obligations: Vec::new(),
        })
    }

    /// Binds everything in it to the pack: it holds where the pack applies, and tells where it comes from.
    pub(crate) fn bind(&mut self, out: &mut Diagnostics) {
        let pack = self.name.value.clone();
        for decision in &mut self.decisions {
            for RuleDoc { when, law, place, .. } in &mut decision.rules {
                // Its own word on this would stand in place of the pack's.
                if let Some((name, _)) = when.iter().find(|(name, _)| name.value == format!("packs.{pack}")) {
                    let message = format!("every rule of the pack `{pack}` holds where the pack applies, and nowhere else");
                    let finding =
                        Diagnostic::at(Code::NotInPack, &name.place, message).help(format!("leave `{}` out", name.value));
                    out.push(finding.fix(Fix::without_entry(&name.place, &name.value)));
                }
                bind(&pack, when, law, place);
            }
            let law = LawDoc { pack: Some(pack.clone()), ..LawDoc::default() };
            decision.binding = Some(BindingDoc { when: applies(&pack, &decision.name.place), law });
        }
        for GuardrailDoc { when, law, place, .. } in &mut self.guardrails {
            bind(&pack, when, law, place);
        }
        for ObligationDoc { when, law, place, .. } in &mut self.obligations {
            bind(&pack, when, law, place);
        }
    }
}

fn bind(pack: &str, when: &mut Vec<(Written<String>, Node)>, law: &mut LawDoc, place: &Place) {
    when.insert(0, applies(pack, place));
    law.pack = Some(pack.to_owned());
}

/// The condition that a pack applies.
fn applies(pack: &str, place: &Place) -> (Written<String>, Node) {
    let scalar = Scalar { text: "true".to_owned(), style: Style::Plain };
    let node = Node { span: place.span, kind: NodeKind::Scalar(scalar) };
    (Written::new(format!("packs.{pack}"), place.clone()), node)
}
