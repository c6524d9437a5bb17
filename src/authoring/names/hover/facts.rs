//! Facts, parameters, settings, and what letters print.

use super::wording::{Told, period, ticked, value, written};
use crate::authoring::names::meaning::{Meanings, Within};
use crate::authoring::names::name::Name;
use crate::bundle::{Bundle, ParamDoc};
use crate::case::registry;
use crate::letter::{Shape, VARIABLES, Variable};
use crate::value::{EnumKind, Kind};

/// A fact: what it means, its type and unit, what may be given for it.
pub(super) fn fact(name: &Name, bundle: &Bundle) -> Option<String> {
    let assumed = bundle.manifest.assume.iter().find(|each| each.path.value == name.text);
    let mut told;
    if let Some(spec) = registry().find(&name.text).and_then(|id| registry().spec(id)) {
        told = Told::of(&name.text, "a fact");
        told.text(spec.about);
        told.item("type", &kind(&spec.kind));
        told.item("unit", spec.unit);
        let traits = [
            (spec.required, "a dispute cannot be decided without it"),
            (spec.knowable, "may be given as `unknown`"),
            (spec.derived, "computed when it is not given"),
            (spec.share, "between 0 and 1"),
            (spec.not_negative, "not below zero"),
            (spec.personal, "tells who the customer is"),
        ];
        traits.iter().filter(|(holds, _)| *holds).for_each(|(_, text)| told.item("", text));
    } else {
        let own = bundle.manifest.facts.iter().map(|fact| (fact, None));
        let of_packs = bundle.packs.iter().flat_map(|pack| pack.facts.iter().map(move |fact| (fact, Some(&pack.name.value))));
        let (fact, pack) = own.chain(of_packs).find(|(fact, _)| fact.path.value == name.text)?;
        let whose = pack.map_or_else(|| "a fact of this bundle".to_owned(), |pack| format!("a fact of the pack `{pack}`"));
        told = Told::of(&name.text, &whose);
        told.text(&fact.about);
        told.item("type", &kind(&fact.kind));
        told.item("", if fact.required { "a case cannot be decided without it" } else { "" });
    }
    if let Some(assumed) = assumed {
        told.item("where it is missing", &format!("`{}` is assumed, but not by guardrails", written(&assumed.value)));
    }
    Some(told.finish())
}

/// A kind, with whether the names of a list are in order.
pub(super) fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Enum(names) if names.ordered => format!("{kind}, from the least to the most"),
        _ => kind.to_string(),
    }
}

/// A value of a closed list: whose it is, and where it stands among the others.
pub(super) fn value_of_list(name: &Name, meanings: &Meanings) -> String {
    let mut told = Told::of(&name.text, &format!("a value of `{}`", name.within));
    let kind = meanings.kind(&name.within.split('.').collect::<Vec<_>>(), Within::default());
    if let Some(closed) = kind.as_ref().and_then(closed_list) {
        told.item(if closed.ordered { "from the least to the most" } else { "of" }, &ticked(&closed.names));
    }
    told.finish()
}

fn closed_list(kind: &Kind) -> Option<&EnumKind> {
    match kind {
        Kind::Enum(list) => Some(list),
        Kind::List(item) => closed_list(item),
        _ => None,
    }
}

/// The documents that give a parameter: of the bundle, and of packs.
fn documents<'b>(path: &'b str, bundle: &'b Bundle) -> impl Iterator<Item = (&'b ParamDoc, Option<&'b str>)> {
    let own = bundle.manifest.params.iter().map(|doc| (doc, None));
    let of_packs = bundle.packs.iter().flat_map(|pack| pack.params.iter().map(|doc| (doc, Some(pack.name.value.as_str()))));
    own.chain(of_packs).filter(move |(doc, _)| doc.path.join(".") == path)
}

/// A parameter: its value by day and currency, and which packs give it another.
pub(super) fn param(name: &Name, bundle: &Bundle) -> Option<String> {
    let all: Vec<(&ParamDoc, Option<&str>)> = documents(&name.text, bundle).collect();
    let (first, _) = all.first()?;
    let mut told = Told::of(&format!("params.{}", name.text), &first.kind.to_string());
    for (doc, pack) in &all {
        let whose = pack.map_or_else(String::new, |pack| format!("where the pack `{pack}` applies"));
        for each in &doc.periods {
            let label =
                [whose.as_str(), &period(each)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            told.item(&label, &format!("`{}`", value(&each.value)));
        }
    }
    Some(told.finish())
}

/// A group of parameters, with what is in it.
pub(super) fn group(name: &Name, bundle: &Bundle) -> String {
    let mut told = Told::of(&format!("params.{}", name.text), "a group of parameters");
    let inside = format!("{}.", name.text);
    for doc in &bundle.manifest.params {
        let path = doc.path.join(".");
        if let (Some(rest), Some(first)) = (path.strip_prefix(&inside), doc.periods.first()) {
            let more = if doc.periods.len() > 1 { ", and others over time" } else { "" };
            told.item(&format!("`{rest}`"), &format!("{}{more}", value(&first.value)));
        }
    }
    told.finish()
}

/// A setting of a plugin, or of a decision that a script computes.
pub(super) fn setting(name: &Name, bundle: &Bundle) -> Option<String> {
    let of_plugins = bundle.manifest.plugins.iter().map(|plugin| (&plugin.id.value, &plugin.settings));
    let of_decisions = super::documents(bundle).map(|doc| (&doc.name.value, &doc.settings));
    let (_, settings) =
        of_plugins.chain(of_decisions).find(|(owner, settings)| **owner == name.within && !settings.is_empty())?;
    let doc = settings.iter().find(|doc| doc.path.join(".") == name.text)?;
    let mut told = Told::of(&name.text, &format!("a setting of `{}`", name.within));
    told.item("", &doc.periods.iter().map(|period| format!("`{}`", value(&period.value))).collect::<String>());
    Some(told.finish())
}

/// A variable of letters, or a field of the items of one.
pub(super) fn letter_fact(name: &Name) -> Option<String> {
    let (first, field) = name.text.split_once('.').map_or((name.text.as_str(), None), |(first, field)| (first, Some(field)));
    let whole = VARIABLES.iter().find(|variable| variable.name == first)?;
    let found: &Variable = match (field, whole.shape) {
        (Some(field), Shape::Items(fields) | Shape::Item(fields)) => fields.iter().find(|each| each.name == field)?,
        _ => whole,
    };
    let mut told = Told::of(&name.text, &format!("{} that letters can use", found.shape.describe()));
    told.text(&capitalised(found.about));
    told.item("", if found.always { "" } else { "not there in every case: put it under an `if`" });
    if let Shape::Name(values) = found.shape {
        told.item("values", &ticked(values));
    }
    if let Shape::Items(fields) = found.shape {
        told.item("fields", &ticked(fields.iter().map(|field| field.name)));
    }
    Some(told.finish())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    let end = if text.ends_with(['.', '?', '`']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
