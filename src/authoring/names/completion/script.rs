//! What a script may say: fields of the facts, of the draft and of the settings, functions, and its own variables.

use super::proposals::{Proposals, fields, functions as engine_functions, in_expression};
use super::{Completion, CompletionKind, Here};
use crate::authoring::names::name::NameKind;
use crate::authoring::names::scripts::{Hook, Stands, functions, hooks, known_at};
use crate::authoring::names::tokens::tokens;
use crate::case::registry;

/// Proposals in a script.
pub(super) fn propose(here: &Here<'_>) -> Vec<Completion> {
    let word = here.word(0, in_expression);
    let typed = here.typed(word);
    let tokens = tokens(here.text);
    let hooks: Vec<Hook> = here.index.bundle.iter().flat_map(hooks).filter(|hook| hook.script == here.path).collect();
    let defined = functions(&tokens);
    let variables = known_at(&tokens, &defined, &hooks, here.offset);
    let mut list = Proposals::of(here, word);
    if let Some((first, _)) = typed.split_once('.') {
        let Some((stands, hook)) = variables.get(first) else { return Vec::new() };
        match stands {
            Some(Stands::Facts(above)) => facts(here, &format!("{first}."), above, *hook, &mut list),
            Some(Stands::Draft) => {
                let decision = hook.and_then(|hook| here.meanings.decision(&hook.decision));
                for output in decision.and_then(|decision| here.meanings.document(decision)).map_or(&[][..], |doc| &doc.outputs) {
                    let label = format!("{first}.{}", output.name.value);
                    list.add(CompletionKind::Output, &label, output.kind.to_string(), output.about.as_str());
                }
                list.add(CompletionKind::Output, &format!("{first}.because"), "text", "The reason that is given");
            }
            Some(Stands::Settings) => {
                let owner = hook.map_or("", |hook| hook.owner.as_str());
                let own = here.index.names().filter(|(name, _)| name.kind == NameKind::Setting && name.within == owner);
                own.for_each(|(name, _)| list.add(CompletionKind::Setting, &format!("{first}.{}", name.text), "", ""));
            }
            None => {}
        }
        return list.finish();
    }
    for name in variables.keys() {
        list.add(CompletionKind::Variable, name, "", "");
    }
    for function in &defined {
        let signature = format!("{}({})", function.name, function.parameters.join(", "));
        list.add_as(CompletionKind::Function, function.name, &format!("{}(", function.name), signature, "");
    }
    engine_functions(here, true, &mut list);
    list.finish()
}

/// The facts below a path, behind what stands for that path.
fn facts(here: &Here<'_>, prefix: &str, above: &[String], hook: Option<&Hook>, list: &mut Proposals<'_>) {
    let base = if above.is_empty() { String::new() } else { format!("{}.", above.join(".")) };
    for (_, fact) in registry().iter() {
        if let Some(rest) = fact.path.strip_prefix(&base) {
            list.add(CompletionKind::Fact, &format!("{prefix}{rest}"), fact.kind.to_string(), fact.about);
        }
    }
    for extra in &here.meanings.outline.catalog.extras {
        if let Some(rest) = extra.path.value.strip_prefix(&base) {
            list.add(CompletionKind::Fact, &format!("{prefix}{rest}"), extra.kind.to_string(), extra.about.as_str());
        }
    }
    for param in &here.meanings.outline.catalog.params.list {
        if let Some(rest) = param.path.strip_prefix(&base) {
            list.add(CompletionKind::Param, &format!("{prefix}{rest}"), param.kind.to_string(), "");
        }
    }
    let decision = hook.and_then(|hook| here.meanings.decision(&hook.decision));
    if let Some((item, of, kind)) = decision.and_then(|decision| here.meanings.item(decision)) {
        match above {
            [] => {
                list.add(CompletionKind::Let, &format!("{prefix}{item}"), kind.to_string(), format!("One of `{of}`"));
                fields(&format!("{prefix}{item}."), kind, list);
            }
            [first] if first == item => fields(prefix, kind, list),
            _ => {}
        }
    }
    let others = here.meanings.outline.decisions.iter().filter(|doc| hook.is_none_or(|hook| hook.decision != doc.name.value));
    for doc in others {
        for output in &doc.outputs {
            let path = format!("{}.{}", doc.name.value, output.name.value);
            if let Some(rest) = path.strip_prefix(&base) {
                list.add(CompletionKind::Output, &format!("{prefix}{rest}"), output.kind.to_string(), output.about.as_str());
            }
        }
    }
}
