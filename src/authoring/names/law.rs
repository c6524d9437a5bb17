//! Names in guardrails and in obligations.

use super::collecting::Collecting;
use super::expressions::{because, bounds, conditions, formula};
use super::meaning::Within;
use super::name::{Name, NameKind, Role};
use super::values::{Closed, values};
use crate::bundle::{After, Formula, GuardrailDoc, ObligationDoc, VerbDoc};

/// The names in a guardrail.
pub(super) fn guardrail(doc: &GuardrailDoc, found: &mut Collecting<'_>) {
    let everyone = Within::default();
    found.whole(&doc.id, Name::alone(NameKind::Guardrail, doc.id.value.as_str()), Role::Defines);
    conditions(&doc.when, everyone, found);
    because(doc.because.as_ref(), everyone, found);
    match &doc.verb {
        VerbDoc::Cap { output, at } | VerbDoc::Floor { output, at } => {
            found.path(output, everyone, Role::Writes);
            formula(at, everyone, found);
        }
        VerbDoc::Forbid { outputs, unless, instead } => {
            for (output, cell) in outputs {
                found.path(output, everyone, Role::Writes);
                bounds(cell, &output.place.source, found);
                let closed = Closed::behind(&output.value, everyone, found);
                values(cell, &output.place.source, closed.as_ref(), Role::Reads, found);
            }
            conditions(unless, everyone, found);
            for (output, value) in instead {
                found.path(output, everyone, Role::Writes);
                formula(value, everyone, found);
                if let Formula::Literal(node) = &value.value {
                    let closed = Closed::behind(&output.value, everyone, found);
                    values(node, &value.place.source, closed.as_ref(), Role::Writes, found);
                }
            }
        }
        VerbDoc::RequireApproval { .. } | VerbDoc::Hold { .. } | VerbDoc::Refer { .. } => {}
    }
}

/// The names in an obligation.
pub(super) fn obligation(doc: &ObligationDoc, found: &mut Collecting<'_>) {
    let everyone = Within::default();
    found.whole(&doc.id, Name::alone(NameKind::Obligation, doc.id.value.as_str()), Role::Defines);
    conditions(&doc.when, everyone, found);
    conditions(&doc.unless, everyone, found);
    if let Some(step) = &doc.step {
        found.whole(step, Name::alone(NameKind::Step, step.value.as_str()), Role::Defines);
    }
    for line in &doc.due {
        conditions(&line.when, everyone, found);
        match &line.after {
            After::Fact(fact) => found.path(fact, everyone, Role::Reads),
            After::Step(step) => {
                let text = format!("step {}", step.value);
                let part = crate::text::Span::new("step ".len(), text.len());
                found.part(&text, &step.place, part, Name::alone(NameKind::Step, step.value.as_str()), Role::Reads);
            }
        }
    }
    if let Some(calendar) = &doc.calendar {
        found.whole(calendar, Name::alone(NameKind::Calendar, calendar.value.as_str()), Role::Reads);
    }
    because(doc.because.as_ref(), everyone, found);
}
