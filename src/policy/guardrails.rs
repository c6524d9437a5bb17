//! Guardrails, compiled. Those that bound an output belong to its decision; the others look at the finished draft.

#[cfg(test)]
mod tests;

use super::catalog::{CellScope, Scope, Shape};
use super::compiled::{Condition, Decision, Guardrail, Verb, law};
use super::decisions::{Workshop, read_cell, resolve};
use super::formula::Compiler;
use super::rows::CellSource;
use super::slots::SlotTable;
use crate::bundle::{GuardrailDoc, VerbDoc, Written};
use crate::decision::sections::HOLDS;
use crate::rule::LoneCell;
use crate::text::{Code, Diagnostic, Diagnostics, Node};
use crate::value::Kind;

/// Compiles a guardrail; the number of the decision it bounds comes with it, if it bounds one.
pub(crate) fn compile(
    doc: &GuardrailDoc,
    decisions: &[Decision],
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    out: &mut Diagnostics,
) -> Option<(Option<usize>, Guardrail)> {
    let mut scope = Scope { catalog: shop.catalog, slots, decision: None, lets: &[], item: None, own_outputs: false };
    let when = conditions(&doc.when, shop, &mut scope, out);
    let because =
        Compiler::need_because(doc.because.as_ref(), &format!("the guardrail `{}`", doc.id.value), &doc.place, &mut scope, out);
    let (decision, verb) = match &doc.verb {
        VerbDoc::Cap { output, at } => {
            let (decision, number) = bounded(output, decisions, shop, out)?;
            let found = decisions.get(decision)?;
            if found.owed {
                let message = format!("`{}` is money that we owe, and what is owed has no cap", output.value);
                let help = "a large sum takes `require_approval`; a floor is allowed";
                out.push(Diagnostic::at(Code::OwedCapped, &output.place, message).help(help));
                return None;
            }
            let kind = &found.outputs.get(number)?.kind;
            let at = shop.compiler.formula(at, kind, "at", &mut scope, out)?;
            (Some(decision), Verb::Cap { output: number, at })
        }
        VerbDoc::Floor { output, at } => {
            let (decision, number) = bounded(output, decisions, shop, out)?;
            let kind = &decisions.get(decision)?.outputs.get(number)?.kind;
            let at = shop.compiler.formula(at, kind, "at", &mut scope, out)?;
            (Some(decision), Verb::Floor { output: number, at })
        }
        VerbDoc::Forbid { outputs, unless, instead } => {
            let decision = one_decision(doc, outputs.iter().map(|(name, _)| name), decisions, shop, out)?;
            let found = decisions.get(decision)?;
            if found.owed {
                let message = format!("`{}` is money that we owe, and no guardrail may take it away", found.name);
                out.push(Diagnostic::at(Code::OwedCapped, &doc.place, message));
                return None;
            }
            if instead.is_empty() {
                let message = format!("the guardrail `{}` does not say what stands instead", doc.id.value);
                out.push(Diagnostic::at(Code::MissingKey, &doc.place, message).help("add `instead: {decision.output: value}`"));
            }
            let cells = CellScope { catalog: shop.catalog, param_slots: shop.param_slots };
            let (mut values, mut quick) = (Vec::new(), Vec::new());
            for (name, node) in outputs {
                let number = output_of(name, decision, shop, out)?;
                let source = CellSource::Node(node, &name.place.source);
                let kind = &found.outputs.get(number)?.kind;
                let cell = read_cell(&source, kind, &cells, out)?;
                quick.push(LoneCell::new(kind, &cell, &|bound| shop.constant(bound)));
                values.push((number, cell));
            }
            let mut replaced = Vec::new();
            for (name, written) in instead {
                let number = output_of(name, decision, shop, out)?;
                let kind = &found.outputs.get(number)?.kind;
                replaced.push((number, shop.compiler.formula(written, kind, &name.value, &mut scope, out)?));
            }
            let unless = conditions(unless, shop, &mut scope, out);
            (Some(decision), Verb::Forbid { values, quick, unless, instead: replaced })
        }
        VerbDoc::RequireApproval { roles, second_person } => {
            let roles = roles.iter().map(|role| role.value.clone()).collect();
            (None, Verb::RequireApproval { roles, second_person: *second_person })
        }
        VerbDoc::Hold { holds } => {
            for hold in holds.iter().filter(|hold| !HOLDS.contains(&hold.value.as_str())) {
                let help = crate::text::nearest::did_you_mean(&hold.value, HOLDS)
                    .unwrap_or_else(|| format!("holds are {}", HOLDS.join(", ")));
                let message = format!("there is no hold `{}`", hold.value);
                out.push(Diagnostic::at(Code::UnknownMember, &hold.place, message).help(help));
            }
            (None, Verb::Hold { holds: holds.iter().map(|hold| hold.value.clone()).collect() })
        }
        VerbDoc::Refer { target } => (None, Verb::Refer { target: target.value.clone() }),
    };
    let guardrail = Guardrail {
        id: doc.id.value.clone(),
        when,
        because,
        source: doc.source.clone(),
        law: law(&doc.law),
        from: doc.from,
        until: doc.until,
        place: doc.place.clone(),
        verb,
    };
    Some((decision, guardrail))
}

/// Conditions that all have to hold.
pub(crate) fn conditions(
    written: &[(Written<String>, Node)],
    shop: &Workshop<'_>,
    scope: &mut Scope<'_>,
    out: &mut Diagnostics,
) -> Vec<Condition> {
    let cells = CellScope { catalog: shop.catalog, param_slots: shop.param_slots };
    let mut list = Vec::new();
    for (name, node) in written {
        let Some(path) = resolve(name, scope, out) else { continue };
        let source = CellSource::Node(node, &name.place.source);
        if let Some(cell) = read_cell(&source, &path.kind, &cells, out) {
            let quick = LoneCell::new(&path.kind, &cell, &|bound| shop.constant(bound));
            list.push(Condition { path, cell, quick });
        }
    }
    list
}

/// The decision and the output of `decision.output`, which a cap or a floor bounds.
fn bounded(
    output: &Written<String>,
    decisions: &[Decision],
    shop: &Workshop<'_>,
    out: &mut Diagnostics,
) -> Option<(usize, usize)> {
    let decision = decision_of(output, shop, out)?;
    let number = output_of(output, decision, shop, out)?;
    let kind = &decisions.get(decision)?.outputs.get(number)?.kind;
    if matches!(kind, Kind::Money | Kind::Integer | Kind::Decimal) {
        return Some((decision, number));
    }
    let message = format!("`{}` is {kind}; caps and floors bound money and numbers", output.value);
    out.push(
        Diagnostic::at(Code::BadGuardrail, &output.place, message)
            .help("to rule a value out, write `forbid: {decision.output: value}`"),
    );
    None
}

/// The one decision that all outputs of a `forbid` belong to.
fn one_decision<'a>(
    doc: &GuardrailDoc,
    mut names: impl Iterator<Item = &'a Written<String>>,
    decisions: &[Decision],
    shop: &Workshop<'_>,
    out: &mut Diagnostics,
) -> Option<usize> {
    let first = names.next();
    let Some(first) = first else {
        let message = format!("the guardrail `{}` forbids nothing", doc.id.value);
        let help = "write `forbid: {relationship.action: managed_exit}`";
        out.push(Diagnostic::at(Code::BadGuardrail, &doc.place, message).help(help));
        return None;
    };
    let decision = decision_of(first, shop, out)?;
    for name in names {
        if decision_of(name, shop, out)? != decision {
            let message = format!("`{}` belongs to another decision than `{}`", name.value, first.value);
            out.push(Diagnostic::at(Code::BadGuardrail, &name.place, message).help("write one guardrail a decision"));
            return None;
        }
    }
    decisions.get(decision).map(|_| decision)
}

fn decision_of(name: &Written<String>, shop: &Workshop<'_>, out: &mut Diagnostics) -> Option<usize> {
    let path: Vec<&str> = name.value.split('.').collect();
    let decision = path.first().copied().unwrap_or_default();
    if shop.catalog.is_unread(&path) || (shop.catalog.may_be_unread(decision) && path.len() > 1) {
        return None;
    }
    let found = shop.catalog.decision(decision);
    match found.and_then(|number| shop.catalog.decisions.get(number)) {
        None => {
            let known = shop.catalog.decisions.iter().map(|decision| &*decision.name);
            let help = crate::text::nearest::did_you_mean(decision, known);
            let message = format!("there is no decision `{decision}`");
            out.push(Diagnostic::at(Code::UnknownName, &name.place, message).help_opt(help));
            None
        }
        Some(signature) if signature.shape == Shape::Collect => {
            let message = format!("`{decision}` collects several results, and a guardrail bounds a single one");
            let help = "bound an output that adds it up, such as `totals.goodwill_total`";
            out.push(Diagnostic::at(Code::BadGuardrail, &name.place, message).help(help));
            None
        }
        Some(_) => found,
    }
}

fn output_of(name: &Written<String>, decision: usize, shop: &Workshop<'_>, out: &mut Diagnostics) -> Option<usize> {
    // That a decision gives nothing is said where it stands.
    let signature = shop.catalog.decisions.get(decision).filter(|signature| !signature.outputs.is_empty())?;
    let (_, output) = name.value.split_once('.').unwrap_or((&name.value, ""));
    let found = if output.is_empty() && signature.outputs.len() == 1 { Some(0) } else { signature.output(output) };
    if output.is_empty() && found.is_none() {
        let known: Vec<String> =
            signature.outputs.iter().map(|(name, _)| format!("`{decision}.{name}`", decision = signature.name)).collect();
        let message = format!("`{}` has several outputs, and this does not say which one is meant", signature.name);
        out.push(Diagnostic::at(Code::UnknownOutput, &name.place, message).help(format!("write one of {}", known.join(", "))));
    } else if found.is_none() {
        let known = signature.outputs.iter().map(|(name, _)| &**name);
        let help = crate::text::nearest::did_you_mean(output, known.clone())
            .unwrap_or_else(|| format!("its outputs are {}", known.collect::<Vec<_>>().join(", ")));
        let message = format!("the decision `{}` has no output `{output}`", signature.name);
        out.push(Diagnostic::at(Code::UnknownOutput, &name.place, message).help(help));
    }
    found
}
