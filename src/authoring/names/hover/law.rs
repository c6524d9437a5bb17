//! Guardrails, clocks, plugins, packs and calendars, in sentences.

use super::rules::{because, formula};
use super::wording::{Told, ticked, written};
use crate::authoring::names::name::Name;
use crate::bundle::{After, Bundle, DueDoc, LawDoc, ObligationDoc, VerbDoc, Written};
use crate::holidays::built_in;
use crate::text::Node;

/// Conditions, joined by *and*.
fn conditions(when: &[(Written<String>, Node)], pack: Option<&String>) -> String {
    let binds = |column: &str| pack.is_some_and(|pack| column == format!("packs.{pack}"));
    let own = when.iter().filter(|(column, _)| !binds(&column.value));
    own.map(|(column, cell)| format!("`{}` is `{}`", column.value, written(cell))).collect::<Vec<_>>().join(" and ")
}

fn named(names: &[Written<String>]) -> String {
    ticked(names.iter().map(|name| &name.value))
}

/// Where a rule of law comes from.
fn law(told: &mut Told, source: Option<&String>, law: &LawDoc) {
    let text = match (source, &law.address) {
        (Some(source), Some(address)) => format!("Source: [{source}]({address})"),
        (Some(source), None) => format!("Source: {source}"),
        (None, Some(address)) => format!("Source: <{address}>"),
        (None, None) => String::new(),
    };
    told.text(&text);
    if law.verified == Some(false) {
        told.text("From general knowledge, not checked against the text of the law.");
    }
}

/// A guardrail, in a sentence.
pub(super) fn guardrail(name: &Name, bundle: &Bundle) -> Option<String> {
    let all = bundle.guardrails.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.guardrails));
    let doc = all.into_iter().find(|doc| doc.id.value == name.text)?;
    let mut told = Told::of(&name.text, "a guardrail");
    let pairs = |list: &[(Written<String>, Node)]| conditions(list, None);
    let sentence = match &doc.verb {
        VerbDoc::Cap { output, at } => format!("`{}` is never more than `{}`", output.value, formula(at)),
        VerbDoc::Floor { output, at } => format!("`{}` is never less than `{}`", output.value, formula(at)),
        VerbDoc::Forbid { outputs, unless, instead } => {
            let stands = instead.iter().map(|(output, value)| format!("`{}` becomes `{}`", output.value, formula(value)));
            let stands = stands.collect::<Vec<_>>().join(" and ");
            let unless = if unless.is_empty() { String::new() } else { format!(", unless {}", pairs(unless)) };
            format!("It is forbidden that {}{unless}; instead {stands}", pairs(outputs))
        }
        VerbDoc::RequireApproval { roles, second_person } => {
            let who = if roles.is_empty() { String::new() } else { format!("{} must approve as well", named(roles)) };
            let second = if *second_person { "whoever asks may not be the only one to sign" } else { "" };
            [who.as_str(), second].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
        }
        VerbDoc::Hold { holds } => format!("{} stand still while the case is open", named(holds)),
        VerbDoc::Refer { target } => format!("`{}` looks at the case", target.value),
    };
    let when = conditions(&doc.when, doc.law.pack.as_ref());
    let when = if when.is_empty() { String::new() } else { format!(" Where {when}.") };
    told.text(&format!("{sentence}.{when}"));
    told.text(&because(doc.because.as_ref()));
    law(&mut told, doc.source.as_ref(), &doc.law);
    Some(told.finish())
}

/// `10 business days after complaint.received_at`.
fn line(line: &DueDoc) -> String {
    let after = match &line.after {
        After::Fact(fact) => format!("`{}`", fact.value),
        After::Step(step) => format!("the step `{}`", step.value),
    };
    let most = line.at_most.as_ref().map_or_else(String::new, |most| format!(", at most {}", most.value));
    let when = conditions(&line.when, None);
    let when = if when.is_empty() { String::new() } else { format!(", where {when}") };
    format!("within {} after {after}{most}{when}", line.within.value)
}

fn obligations(bundle: &Bundle) -> impl Iterator<Item = &ObligationDoc> {
    crate::policy::outline::obligations(bundle)
}

/// An obligation: when it is due, by which law.
pub(super) fn obligation(name: &Name, bundle: &Bundle) -> Option<String> {
    let doc = obligations(bundle).find(|doc| doc.id.value == name.text)?;
    let what = if doc.window { "a way that stays open" } else { "an obligation" };
    let mut told = Told::of(&name.text, what);
    told.text(&doc.about);
    if let Some(step) = &doc.step {
        told.item("step", &format!("`{}`", step.value));
    }
    doc.due.iter().for_each(|each| told.item("due", &line(each)));
    told.item("when", &conditions(&doc.when, doc.law.pack.as_ref()));
    told.item("unless", &conditions(&doc.unless, None));
    told.item("when it is missed", &ticked(doc.on_breach.iter().map(|breach| breach.value.word())));
    told.item("stands still", &named(&doc.holds));
    told.text(&because(doc.because.as_ref()));
    law(&mut told, doc.source.as_ref(), &doc.law);
    Some(told.finish())
}

/// A step: who asks for it.
pub(super) fn step(name: &Name, bundle: &Bundle) -> String {
    let mut told = Told::of(&name.text, "a step");
    for doc in obligations(bundle).filter(|doc| doc.step.as_ref().is_some_and(|step| step.value == name.text)) {
        told.item(&format!("`{}`", doc.id.value), &doc.due.iter().map(line).collect::<Vec<_>>().join("; "));
    }
    told.finish()
}

/// A plugin: what it does when, and what becomes of it when it fails.
pub(super) fn plugin(name: &Name, bundle: &Bundle) -> Option<String> {
    let doc = bundle.manifest.plugins.iter().find(|doc| doc.id.value == name.text)?;
    let mut told = Told::of(&name.text, "a plugin");
    told.text(&format!("Changes the draft of `{}`.", doc.after.value));
    told.item("script", &doc.script.as_ref().map_or_else(String::new, |script| format!("`{}`", script.value)));
    told.item("native", &doc.native.as_ref().map_or_else(String::new, |native| format!("`{}`", native.value)));
    told.item("when", &conditions(&doc.when, None));
    told.item("when it fails", &format!("`{}`", doc.on_failure.value));
    Some(told.finish())
}

/// A pack: which law, and where it applies.
pub(super) fn pack(name: &Name, bundle: &Bundle) -> Option<String> {
    let doc = bundle.packs.iter().find(|doc| doc.name.value == name.text)?;
    let mut told = Told::of(&name.text, "a pack");
    told.text(&doc.about.split_whitespace().collect::<Vec<_>>().join(" "));
    told.item("applies where", &conditions(&doc.when, None));
    told.item("from", &doc.from.map_or_else(String::new, |day| day.to_string()));
    told.item("until", &doc.until.map_or_else(String::new, |day| day.to_string()));
    told.item("version", &doc.version);
    Some(told.finish())
}

/// A calendar, of the bundle or built in.
pub(super) fn calendar(name: &Name, bundle: &Bundle) -> Option<String> {
    let doc = bundle.calendars.iter().chain(built_in()).find(|doc| doc.name.value == name.text)?;
    let mut told = Told::of(&name.text, "a calendar of holidays");
    told.text(&doc.about.split_whitespace().collect::<Vec<_>>().join(" "));
    let (from, until) = doc.years.value;
    told.item("years", &format!("{from} to {until}"));
    told.item("version", &doc.version);
    Some(told.finish())
}
