//! Names in the `bundle.yaml` of a bundle and of its packs, and in calendars.

use super::collecting::{Collecting, segments};
use super::decisions::settings;
use super::expressions::conditions;
use super::meaning::Within;
use super::mending::tree;
use super::name::{Name, NameKind, Role};
use super::values::{Closed, declared, values};
use crate::bundle::{Bundle, ExtraFactDoc, PluginDoc, Written, is_money_by_currency};
use crate::text::{Entry, Node, NodeKind, Source};

/// The names in `bundle.yaml` of the bundle, then of each pack in the order listed, then in calendars.
pub(super) fn manifests(bundle: &Bundle, found: &mut Collecting<'_>) {
    let manifest = &bundle.manifest;
    for calendar in &bundle.calendars {
        found.whole(&calendar.name, calendar_name(&calendar.name), Role::Defines);
    }
    for calendar in bundle.calendars.iter().filter_map(|calendar| calendar.extends.as_ref()).chain(&manifest.calendar) {
        found.whole(calendar, calendar_name(calendar), Role::Reads);
    }
    let own = tree(&bundle.files, "bundle.yaml");
    params(own.as_ref(), &manifest.source, found);
    facts(&manifest.facts, own.as_ref(), &manifest.source, found);
    for pack in &bundle.packs {
        let path = format!("packs/{}/bundle.yaml", pack.name.value);
        let Some(source) = bundle.files.get(&path) else { continue };
        let inside = tree(&bundle.files, &path);
        if let Some((name, node)) =
            inside.as_ref().and_then(|node| node.get("pack")).and_then(|node| Some((node.as_text()?, node)))
        {
            let written = Written::new(name.to_owned(), source.place(node.span));
            found.whole(&written, Name::alone(NameKind::Pack, name), Role::Defines);
        }
        found.whole(&pack.name, Name::alone(NameKind::Pack, pack.name.value.as_str()), Role::Reads);
        params(inside.as_ref(), source, found);
        facts(&pack.facts, inside.as_ref(), source, found);
        conditions(&pack.when, Within::default(), found);
        if let Some(calendar) = &pack.calendar {
            found.whole(calendar, calendar_name(calendar), Role::Reads);
        }
    }
    for personal in &manifest.personal {
        let spelled = found.meanings.spell_fact(&segments(&personal.value));
        found.spelled(&personal.value, 0, &personal.place, &spelled, Role::Reads);
    }
    for assumed in &manifest.assume {
        let spelled = found.meanings.spell_fact(&segments(&assumed.path.value));
        found.spelled(&assumed.path.value, 0, &assumed.path.place, &spelled, Role::Writes);
        let closed = Closed::behind(&assumed.path.value, Within::default(), found);
        values(&assumed.value, &manifest.source, closed.as_ref(), Role::Writes, found);
    }
    for plugin in &manifest.plugins {
        attached(plugin, found);
    }
}

fn calendar_name(written: &Written<String>) -> Name {
    Name::alone(NameKind::Calendar, written.value.as_str())
}

fn attached(plugin: &PluginDoc, found: &mut Collecting<'_>) {
    found.whole(&plugin.id, Name::alone(NameKind::Plugin, plugin.id.value.as_str()), Role::Defines);
    let decision = found.meanings.decision(&plugin.after.value);
    if decision.is_some() {
        found.whole(&plugin.after, Name::alone(NameKind::Decision, plugin.after.value.as_str()), Role::Reads);
    }
    conditions(&plugin.when, Within { decision, own_outputs: true, no_lets: true }, found);
    settings(&plugin.id.value, &plugin.settings, found);
}

/// Facts that are declared.
fn facts(docs: &[ExtraFactDoc], root: Option<&Node>, source: &Source, found: &mut Collecting<'_>) {
    let below = root.and_then(|root| root.get("facts"));
    for fact in docs {
        declared(&fact.path.value, below.and_then(|facts| facts.get(&fact.path.value)), source, found);
        found.whole(&fact.path, Name::alone(NameKind::Fact, fact.path.value.as_str()), Role::Defines);
    }
}

/// The tree below `params`, with the groups on the way.
fn params(root: Option<&Node>, source: &Source, found: &mut Collecting<'_>) {
    if let Some(entries) = root.and_then(|root| root.get("params")).and_then(Node::as_map) {
        group(entries, &mut Vec::new(), source, found);
    }
}

fn group(entries: &[Entry], above: &mut Vec<String>, source: &Source, found: &mut Collecting<'_>) {
    for entry in entries {
        above.push(entry.key.text.clone());
        let written = Written::new(entry.key.text.clone(), source.place(entry.key.span));
        match &entry.value.kind {
            NodeKind::Map(inner) if !is_money_by_currency(inner) => {
                found.whole(&written, Name::alone(NameKind::ParamGroup, above.join(".")), Role::Defines);
                group(inner, above, source, found);
            }
            _ => found.whole(&written, Name::alone(NameKind::Param, above.join(".")), Role::Defines),
        }
        above.pop();
    }
}
