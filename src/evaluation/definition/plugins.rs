//! Plugins: they may change the draft of the decision that they follow, and nothing else. The host checks what comes back.

use super::frame::{Frame, trouble};
use crate::decision::{Change, Outputs};
use crate::evaluation::situation::Situation;
use crate::policy::compiled::{Decision, Hooked};
use crate::policy::literal::Literal;
use crate::script::{Draft as ScriptDraft, FailurePolicy, Fault, FaultKind, Stop, coerce};
use crate::value::{Currency, Fact, Value};
use std::sync::Arc;

/// How a plugin or a script ended when it did not succeed.
pub(crate) enum Failure {
    /// The part cannot be decided.
    Stop(Stop),
    /// The whole case cannot be decided.
    Refuse { by: String, message: String },
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// What plugins did to a draft.
#[derive(Debug, Default)]
pub(crate) struct Plugged {
    pub(crate) changes: Vec<Change>,
    /// The reason that the last plugin gave, if one gave one.
    pub(crate) because: Option<Arc<str>>,
}

/// Runs the plugins of a decision over the draft of a frame, in the order of the bundle.
pub(crate) fn run(frame: &mut Frame<'_>) -> Result<Plugged, Failure> {
    let mut done = Plugged::default();
    let decision = frame.decision;
    for plugin in &decision.plugins {
        if !holds(frame, plugin)? {
            continue;
        }
        let draft = as_script_draft(frame);
        match call(frame, plugin, Some(draft), |_, returned| Ok(returned)) {
            Ok(returned) => accept(frame, plugin, returned, &mut done),
            // Missing facts are no failure of the plugin: somebody can bring them.
            Err(Stop::Fault(fault)) => match plugin.on_failure {
                FailurePolicy::Refuse => return Err(refusal(plugin, fault)),
                // What ends it from outside says nothing about the case, so that the case is not decided without it.
                FailurePolicy::Skip if !matches!(fault.kind, FaultKind::WallClock | FaultKind::Cancelled) => {
                    let because = match fault.kind {
                        FaultKind::Quarantine => format!("the plugin is {} and was skipped", fault.message),
                        _ => format!("the plugin failed and was skipped: {}", fault.message),
                    };
                    let (none, because) = ("".into(), because.into());
                    done.changes.push(Change::new("plugin", &plugin.id, &none, Fact::Missing, Fact::Missing, because, None));
                }
                FailurePolicy::Escalate | FailurePolicy::Skip => return Err(Failure::Stop(Stop::Fault(named(fault, plugin)))),
            },
            Err(stop) => return Err(Failure::Stop(stop)),
        }
    }
    Ok(done)
}

fn refusal(hooked: &Hooked, fault: Fault) -> Failure {
    let message = if fault.kind == FaultKind::Quarantine { format!("it is {}", fault.message) } else { fault.message };
    Failure::Refuse { by: hooked.id.clone(), message }
}

/// Does a plugin run here? Its conditions are those of a rule: what is missing satisfies none of them but `missing`.
fn holds(frame: &mut Frame<'_>, plugin: &Hooked) -> Result<bool, Stop> {
    for condition in &plugin.when {
        let fact = frame.path(&condition.path)?.to_fact();
        if !condition.cell.holds(&fact, frame.situation).map_err(trouble)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn named(fault: Fault, plugin: &Hooked) -> Fault {
    let message = match fault.kind {
        FaultKind::Quarantine => format!("the plugin `{}` is {}", plugin.id, fault.message),
        _ => format!("the plugin `{}` failed: {}", plugin.id, fault.message),
    };
    let place = fault.place.or_else(|| Some(plugin.place.clone()));
    Fault { message, place, ..fault }
}

/// Calls a plugin or a script unless it is in quarantine, checks what it returns, and notes how it fared.
fn call<T>(
    frame: &mut Frame<'_>,
    hooked: &Hooked,
    draft: Option<ScriptDraft>,
    finish: impl FnOnce(&mut Frame<'_>, ScriptDraft) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let situation = frame.situation;
    if situation.is_quarantined(hooked) {
        situation.note_quarantine(hooked);
        let after = hooked.quarantine.map_or_else(String::new, |rule| format!(" after {} faults in a row", rule.after));
        return Err(Stop::Fault(Fault::new(FaultKind::Quarantine, format!("in quarantine{after}"), None)));
    }
    let context = situation.context();
    let returned = hooked.body.call(&mut |slot| frame.read(slot), draft, &hooked.settings, &context);
    let result =
        returned.and_then(|returned| checked(situation, frame.decision, returned)).and_then(|returned| finish(frame, returned));
    situation.note_call(hooked, &result);
    result
}

fn as_script_draft(frame: &Frame<'_>) -> ScriptDraft {
    let value = |at| frame.draft.as_ref().map_or(Fact::Missing, |draft| draft.at(at));
    let outputs = frame.decision.outputs.iter().enumerate().map(|(at, output)| (output.name.clone(), value(at)));
    ScriptDraft { outputs: outputs.collect(), because: None }
}

/// Checks what a script or plugin gives back against the declared outputs.
pub(crate) fn checked(situation: &Situation<'_>, decision: &Decision, mut returned: ScriptDraft) -> Result<ScriptDraft, Stop> {
    let wrong = |message: String| Stop::Fault(Fault::new(FaultKind::WrongReturn, message, None));
    for (name, value) in &mut returned.outputs {
        let Some(output) = decision.outputs.iter().find(|output| *output.name == **name) else {
            let known: Vec<&str> = decision.outputs.iter().map(|output| &*output.name).collect();
            return Err(wrong(format!("it returned `{name}`, which is not an output ({})", known.join(", "))));
        };
        match value {
            Fact::Known(known) => {
                let fits = coerce(known.clone(), &output.kind).map_err(|trouble| wrong(format!("`{name}`: {trouble}")))?;
                if let Some((own, other)) = situation.currency.and_then(|own| Some((own, another_currency(&fits, own)?))) {
                    let message =
                        format!("`{name}`: an amount in {other} for a case in {own}; money never changes currency silently");
                    return Err(Stop::Fault(Fault::runtime(message, None)));
                }
                *value = Fact::Known(fits);
            }
            Fact::Missing if matches!(output.default, Some(Literal::Plain(Fact::Missing, _))) => {}
            Fact::Missing => return Err(wrong(format!("it returned nothing for `{name}`, which may not be left out"))),
            Fact::Unknown => return Err(wrong(format!("it returned an unknown value for `{name}`"))),
        }
    }
    Ok(returned)
}

/// The currency of an amount that is not in that of the case.
fn another_currency(value: &Value, own: Currency) -> Option<Currency> {
    match value {
        Value::Money(money) => Some(money.currency()).filter(|currency| *currency != own),
        Value::List(items) => items.iter().find_map(|item| another_currency(item, own)),
        _ => None,
    }
}

fn accept(frame: &mut Frame<'_>, plugin: &Hooked, returned: ScriptDraft, done: &mut Plugged) {
    let because = returned.because.clone().unwrap_or_default();
    for (name, after) in returned.outputs {
        let before = frame.draft.as_ref().map_or(Fact::Missing, |draft| draft.get(&name));
        if before == after {
            continue;
        }
        if let Some(draft) = &mut frame.draft {
            draft.set(&name, after.clone());
        }
        done.changes.push(Change::new("plugin", &plugin.id, &name, before, after, because.clone(), None));
    }
    if returned.because.is_some() {
        done.because = returned.because;
    }
}

/// Runs the script or native plugin that decides instead of rules.
pub(crate) fn decide(frame: &mut Frame<'_>, script: &Hooked) -> Result<(Outputs, Option<Arc<str>>), Failure> {
    match call(frame, script, None, |frame, returned| complete(frame, script, returned)) {
        Ok(complete) => Ok(complete),
        Err(Stop::Fault(fault)) if script.on_failure == FailurePolicy::Refuse => Err(refusal(script, fault)),
        Err(Stop::Fault(mut fault)) => {
            if fault.kind == FaultKind::Quarantine {
                fault.message = format!("what decides `{}` is {}", script.id, fault.message);
            }
            let place = fault.place.or_else(|| Some(script.place.clone()));
            Err(Failure::Stop(Stop::Fault(Fault { place, ..fault })))
        }
        Err(stop) => Err(Failure::Stop(stop)),
    }
}

/// Every output, what was left out by its default.
fn complete(frame: &Frame<'_>, script: &Hooked, returned: ScriptDraft) -> Result<(Outputs, Option<Arc<str>>), Stop> {
    let mut values = Vec::with_capacity(frame.decision.outputs.len());
    for output in &frame.decision.outputs {
        let value = match (returned.outputs.get(&*output.name), &output.default) {
            (Some(value), _) => value.clone(),
            (None, Some(default)) => frame.situation.literal(default)?,
            (None, None) => {
                let message = format!("it returned no `{}`, which has no default", output.name);
                return Err(Stop::Fault(Fault::new(FaultKind::WrongReturn, message, Some(script.place.clone()))));
            }
        };
        values.push((output.name.clone(), value));
    }
    Ok((Outputs::new(values), returned.because))
}
