//! Proposals of names: what can be read in a place, with what it is.

use super::{Completion, CompletionKind, Here};
use crate::authoring::names::meaning::Within;
use crate::case::registry;
use crate::script::Functions;
use crate::text::Span;
use crate::value::Kind;

/// Proposals that begin with what is typed.
pub(super) struct Proposals<'t> {
    typed: &'t str,
    replaces: Span,
    list: Vec<Completion>,
}

impl<'t> Proposals<'t> {
    pub(super) fn of(here: &Here<'t>, replaces: Span) -> Self {
        Self { typed: here.typed(replaces), replaces, list: Vec::new() }
    }

    /// Adds what is written as it is called.
    pub(super) fn add(&mut self, kind: CompletionKind, label: &str, detail: impl Into<String>, about: impl Into<String>) {
        self.add_as(kind, label, label, detail, about);
    }

    /// Adds what is written otherwise than it is called.
    pub(super) fn add_as(
        &mut self,
        kind: CompletionKind,
        label: &str,
        insert: &str,
        detail: impl Into<String>,
        about: impl Into<String>,
    ) {
        if label.starts_with(self.typed) && self.list.iter().all(|known| known.label != label) {
            self.list.push(Completion {
                label: label.to_owned(),
                kind,
                detail: detail.into(),
                documentation: about.into(),
                insert: insert.to_owned(),
                replaces: self.replaces,
            });
        }
    }

    pub(super) fn finish(self) -> Vec<Completion> {
        self.list
    }

    /// Puts something behind everything that is written, unless it stands there.
    pub(super) fn followed_by(mut self, sign: &str, here: &Here<'_>) -> Vec<Completion> {
        let stands = here.text.get(self.replaces.end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(sign.trim()));
        if !stands {
            for each in &mut self.list {
                each.insert.push_str(sign);
            }
        }
        self.list
    }
}

/// A name may hold these.
pub(super) fn in_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// In an expression `-` subtracts.
pub(super) fn in_expression(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// Everything that can be read in a place, its own names first.
pub(super) fn readable(here: &Here<'_>, within: Within, list: &mut Proposals<'_>) {
    own(here, within, list);
    outputs(here, within.decision, list);
    facts(here, list);
    params(here, list, |_| true);
    for clock in &here.meanings.outline.catalog.clocks {
        if let Some(due) = &clock.due {
            let passed = if clock.window { "closed" } else { "breached" };
            list.add(CompletionKind::Clock, &format!("clock.{}.due", clock.id), due.to_string(), "When it is due");
            list.add(CompletionKind::Clock, &format!("clock.{}.{passed}", clock.id), "true or false", "Has its day passed?");
        }
    }
    for pack in &here.meanings.outline.catalog.packs {
        list.add(CompletionKind::Pack, &format!("packs.{pack}"), "true or false", "Does the pack apply?");
    }
}

/// Names of the decision itself: derived inputs, the item of its loop, and in a reason its outputs.
fn own(here: &Here<'_>, within: Within, list: &mut Proposals<'_>) {
    let Some(decision) = within.decision else { return };
    if !within.no_lets {
        for each in here.meanings.lets(decision) {
            list.add(CompletionKind::Let, &each.name, shown(each.kind.as_ref()), "");
        }
    }
    if let Some((item, of, kind)) = here.meanings.item(decision) {
        list.add(CompletionKind::Let, item, kind.to_string(), format!("One of `{of}`"));
        fields(&format!("{item}."), kind, list);
    }
    if within.own_outputs
        && let Some(doc) = here.meanings.document(decision)
    {
        for output in &doc.outputs {
            list.add(CompletionKind::Output, &output.name.value, output.kind.to_string(), output.about.as_str());
        }
    }
}

/// The fields of a record, or of the records of a list, behind a prefix.
pub(super) fn fields(prefix: &str, kind: &Kind, list: &mut Proposals<'_>) {
    match kind {
        Kind::Record(record) => {
            for field in &record.fields {
                list.add(CompletionKind::Fact, &format!("{prefix}{}", field.name), field.kind.to_string(), field.about);
            }
        }
        Kind::List(item) => fields(prefix, item, list),
        _ => {}
    }
}

/// Outputs of decisions, but for those of the one that asks.
pub(super) fn outputs(here: &Here<'_>, but: Option<usize>, list: &mut Proposals<'_>) {
    for (_, doc) in here.meanings.outline.decisions.iter().enumerate().filter(|(number, _)| Some(*number) != but) {
        for output in &doc.outputs {
            let about = if output.about.is_empty() { &doc.about } else { &output.about };
            let label = format!("{}.{}", doc.name.value, output.name.value);
            list.add(CompletionKind::Output, &label, output.kind.to_string(), about.as_str());
        }
    }
}

/// Facts: those of the registry, and those that the bundle declares.
pub(super) fn facts(here: &Here<'_>, list: &mut Proposals<'_>) {
    for extra in &here.meanings.outline.catalog.extras {
        list.add(CompletionKind::Fact, &extra.path.value, extra.kind.to_string(), extra.about.as_str());
    }
    for (_, fact) in registry().iter() {
        let unit = if fact.unit.is_empty() { String::new() } else { format!(", in {}", fact.unit) };
        list.add(CompletionKind::Fact, &fact.path, format!("{}{unit}", fact.kind), fact.about);
    }
}

/// Parameters whose kind will do.
pub(super) fn params(here: &Here<'_>, list: &mut Proposals<'_>, fits: impl Fn(&Kind) -> bool) {
    for param in here.meanings.outline.catalog.params.list.iter().filter(|param| fits(&param.kind)) {
        list.add(CompletionKind::Param, &param.path, param.kind.to_string(), "");
    }
}

/// Functions, with an opening bracket.
pub(super) fn functions(here: &Here<'_>, in_script: bool, list: &mut Proposals<'_>) {
    let told = |about: &str, example: &str, result: &str| {
        if example.is_empty() { about.to_owned() } else { format!("{about}\n\n`{example}` gives `{result}`") }
    };
    for each in &here.meanings.functions {
        let about = told(each.about, each.example, each.example_result);
        list.add_as(CompletionKind::Function, each.name, &format!("{}(", each.name), each.signature(), about);
    }
    for each in Functions::script_only().iter().filter(|_| in_script) {
        let about = told(each.about, each.example, each.example_result);
        let signature = format!("{}({})", each.name, each.parameters);
        list.add_as(CompletionKind::Function, each.name, &format!("{}(", each.name), signature, about);
    }
}

fn shown(kind: Option<&Kind>) -> String {
    kind.map_or_else(String::new, ToString::to_string)
}
