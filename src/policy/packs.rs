//! Packs: what they add to a bundle, and when they apply.

use super::catalog::Scope;
use super::compiled::Condition;
use super::decisions::Workshop;
use super::guardrails::conditions;
use super::slots::{Slot, SlotEntry, SlotTable};
use crate::bundle::{Bundle, DecisionDoc, ExtraFactDoc, PackDoc, ParamDoc};
use crate::rule::Bound;
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Place};
use crate::value::Date;
use std::sync::Arc;

/// A pack of a policy.
#[derive(Debug)]
pub(crate) struct Pack {
    pub(crate) name: Arc<str>,
    pub(crate) version: String,
    pub(crate) when: Vec<Condition>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: Place,
}

/// The decisions of a bundle and its packs: the rules of a pack stand before those of the bundle, packs in the order listed.
pub(crate) fn decisions(bundle: &Bundle, own: Vec<&DecisionDoc>, out: &mut Diagnostics) -> Vec<DecisionDoc> {
    let mut list: Vec<DecisionDoc> = own.into_iter().cloned().collect();
    for pack in &bundle.packs {
        for doc in &pack.decisions {
            match list.iter_mut().find(|known| known.name.value == doc.name.value) {
                Some(known) => add(known, doc, pack, out),
                None => list.push(doc.clone()),
            }
        }
    }
    list
}

/// Adds the rules of a pack to a decision that stands already.
fn add(known: &mut DecisionDoc, doc: &DecisionDoc, pack: &PackDoc, out: &mut Diagnostics) {
    let name = &doc.name;
    let disagree = |what: &str, place: &crate::text::Place, known: &DecisionDoc| {
        let message = format!("the pack `{}` gives `{}` other {what} than it has", pack.name.value, name.value);
        let help = format!("leave `{what}` out of the pack: the first who declares `{}` says it", name.value);
        let finding = Diagnostic::at(Code::PackDisagrees, place, message).label(&known.name.place, "declared here").help(help);
        if what == "hit" { finding.fix(Fix::without_entry(place, what)) } else { finding }
    };
    let outputs =
        |doc: &DecisionDoc| doc.outputs.iter().map(|output| (output.name.value.clone(), output.kind.clone())).collect::<Vec<_>>();
    if !doc.outputs.is_empty() && outputs(doc) != outputs(known) {
        out.push(disagree("outputs", &name.place, known));
    }
    if let Some(hit) = &doc.hit
        && known.hit.as_ref().map_or("unique", |known| &known.value) != hit.value
    {
        out.push(disagree("hit", &hit.place, known));
    }
    if let Some(otherwise) = &doc.otherwise {
        let message = format!("the pack `{}` says what `{}` is otherwise", pack.name.value, name.value);
        let help = "only the first who declares a decision states `otherwise`; write a rule with a `when`";
        out.push(
            Diagnostic::at(Code::PackDisagrees, &otherwise.place, message).label(&known.name.place, "declared here").help(help),
        );
    }
    let others = [
        (doc.table.is_some(), "table"),
        (doc.script.is_some(), "script"),
        (doc.native.is_some(), "native"),
        (
            doc.for_each.as_ref().map(|each| &each.list.value) != known.for_each.as_ref().map(|each| &each.list.value)
                && doc.for_each.is_some(),
            "for_each",
        ),
        (!doc.required.is_empty(), "required"),
        (!doc.priority.is_empty(), "priority"),
    ];
    for (_, key) in others.iter().filter(|(given, _)| *given) {
        let message =
            format!("the pack `{}` adds to `{}`, and may add `let` and `rules` only, not `{key}`", pack.name.value, name.value);
        out.push(Diagnostic::at(Code::NotInPack, &name.place, message).label(&known.name.place, "declared here"));
    }
    for each in &doc.lets {
        if let Some(first) = known.lets.iter().find(|known| known.name.value == each.name.value) {
            let message = format!("`{}` has a derived input `{}` already", name.value, each.name.value);
            let finding =
                Diagnostic::at(Code::DuplicateName, &each.name.place, message).label(&first.name.place, "the first one");
            out.push(finding.help("begin the name with that of the pack"));
        } else {
            known.lets.push(each.clone());
        }
    }
    known.added.extend(doc.rules.iter().cloned());
    known.unread.extend(doc.unread.iter().cloned());
}

/// The parameters of the bundle and of its packs. Each that a pack sets in place of the bundle's comes with the pack's number.
pub(crate) fn params(bundle: &Bundle, out: &mut Diagnostics) -> (Vec<ParamDoc>, Vec<(usize, ParamDoc)>) {
    let mut list: Vec<ParamDoc> = bundle.manifest.params.clone();
    let own = list.len();
    let mut replacing: Vec<(usize, ParamDoc)> = Vec::new();
    for (number, pack) in bundle.packs.iter().enumerate() {
        for doc in &pack.params {
            let path = format!("params.{}", doc.path.join("."));
            let of_pack = list.iter().skip(own).chain(replacing.iter().map(|(_, doc)| doc)).find(|known| known.path == doc.path);
            if let Some(first) = of_pack {
                let message = format!("two packs set `{path}`");
                let help = "both may apply at once, and then neither is right; let each have a name of its own";
                out.push(Diagnostic::at(Code::PacksCollide, &doc.place, message).label(&first.place, "the first one").help(help));
                continue;
            }
            match list.iter().take(own).find(|known| known.path == doc.path) {
                Some(known) if known.kind != doc.kind => {
                    let message = format!("the pack `{}` gives `{path}` another type than the bundle", pack.name.value);
                    let finding = Diagnostic::at(Code::PackDisagrees, &doc.place, message);
                    out.push(finding.label(&known.place, format!("{} here", known.kind)));
                }
                Some(_) => replacing.push((number, doc.clone())),
                None => list.push(doc.clone()),
            }
        }
    }
    (list, replacing)
}

/// The facts that the bundle and its packs declare.
pub(crate) fn facts(bundle: &Bundle, out: &mut Diagnostics) -> Vec<ExtraFactDoc> {
    let mut list: Vec<ExtraFactDoc> = bundle.manifest.facts.clone();
    for pack in &bundle.packs {
        for doc in &pack.facts {
            match list.iter().find(|known| known.path.value == doc.path.value) {
                None => list.push(doc.clone()),
                Some(known) if known.kind == doc.kind => {}
                Some(known) => {
                    let message = format!("`{}` is declared twice, with two types", doc.path.value);
                    out.push(
                        Diagnostic::at(Code::PackDisagrees, &doc.path.place, message).label(&known.path.place, "the first one"),
                    );
                }
            }
        }
    }
    list
}

/// Compiles when each pack applies: by facts of the case, since nothing else is known before.
pub(crate) fn compile(bundle: &Bundle, shop: &Workshop<'_>, slots: &mut SlotTable, out: &mut Diagnostics) -> Vec<Pack> {
    let mut packs = Vec::new();
    for doc in &bundle.packs {
        let mut scope = Scope { catalog: shop.catalog, slots, decision: None, lets: &[], item: None, own_outputs: false };
        let when = conditions(&doc.when, shop, &mut scope, out);
        for (condition, (name, _)) in when.iter().zip(&doc.when) {
            if !matches!(slots.get(condition.path.slot).map(|entry| entry.slot), Some(Slot::Fact(_) | Slot::Extra(_))) {
                let message = format!("a pack applies by facts of the case, and `{}` is none", name.value);
                out.push(
                    Diagnostic::at(Code::NotInPack, &name.place, message)
                        .help("name facts of the case only, as `complaint.jurisdiction`"),
                );
            }
            // Such a parameter would ask whether the pack applies, in order to tell whether it applies.
            condition.cell.each_bound(&mut |bound, _| {
                let param = match bound {
                    Bound::Param { slot, .. } => slots.get(*slot),
                    _ => None,
                };
                if let Some(SlotEntry { slot: Slot::Param(param), name: path, .. }) = param
                    && shop.catalog.params.is_replaced(*param)
                {
                    let message =
                        format!("whether the pack `{}` applies cannot hang on `{path}`, which a pack sets anew", doc.name.value);
                    out.push(Diagnostic::at(Code::NotInPack, &name.place, message).help("write the value itself"));
                }
            });
        }
        packs.push(Pack {
            name: doc.name.value.as_str().into(),
            version: doc.version.clone(),
            when,
            from: doc.from,
            until: doc.until,
            place: doc.name.place.clone(),
        });
    }
    packs
}
