//! Plugins: they may change the draft of the decision that they follow, and nothing else. The host checks what comes back.

use super::frame::{Frame, trouble};
use crate::decision::{Change, Outputs};
use crate::policy::compiled::{Decision, Hooked};
use crate::policy::literal::Literal;
use crate::script::{Draft as ScriptDraft, FailurePolicy, Fault, FaultKind, Stop, coerce};
use crate::value::Fact;

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
    pub(crate) because: Option<String>,
}

/// Runs the plugins of a decision over the draft of a frame, in the order of the bundle.
pub(crate) fn run(frame: &mut Frame<'_>) -> Result<Plugged, Failure> {
    let mut done = Plugged::default();
    let decision = frame.decision;
    for plugin in &decision.plugins {
        if !holds(frame, plugin)? {
            continue;
        }
        match call(frame, plugin) {
            Ok(returned) => accept(frame, plugin, returned, &mut done),
            // Missing facts are no failure of the plugin: somebody can bring them.
            Err(Stop::Fault(fault)) => match plugin.on_failure {
                FailurePolicy::Escalate => return Err(Failure::Stop(Stop::Fault(named(fault, plugin)))),
                FailurePolicy::Refuse => {
                    return Err(Failure::Refuse { by: plugin.id.clone(), message: fault.message });
                }
                FailurePolicy::Skip => {
                    let because = format!("the plugin failed and was skipped: {}", fault.message);
                    done.changes.push(Change::new("plugin", &plugin.id, "", Fact::Missing, Fact::Missing, because, None));
                }
            },
            Err(stop) => return Err(Failure::Stop(stop)),
        }
    }
    Ok(done)
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
    let place = fault.place.or_else(|| Some(plugin.place.clone()));
    Fault { message: format!("the plugin `{}` failed: {}", plugin.id, fault.message), place, ..fault }
}

fn call(frame: &mut Frame<'_>, plugin: &Hooked) -> Result<ScriptDraft, Stop> {
    let draft = as_script_draft(frame);
    let context = frame.situation.context();
    let returned = plugin.body.call(&mut |slot| frame.read(slot), Some(&draft), &plugin.settings, &context)?;
    checked(frame.decision, returned)
}

fn as_script_draft(frame: &Frame<'_>) -> ScriptDraft {
    let outputs = frame.draft.iter().flat_map(Outputs::iter).map(|(name, value)| (name.to_owned(), value.clone()));
    ScriptDraft { outputs: outputs.collect(), because: None }
}

/// Checks what a script or plugin gives back against the declared outputs.
pub(crate) fn checked(decision: &Decision, mut returned: ScriptDraft) -> Result<ScriptDraft, Stop> {
    let wrong = |message: String| Stop::Fault(Fault::new(FaultKind::WrongReturn, message, None));
    for (name, value) in &mut returned.outputs {
        let Some(output) = decision.outputs.iter().find(|output| *output.name == **name) else {
            let known: Vec<&str> = decision.outputs.iter().map(|output| &*output.name).collect();
            return Err(wrong(format!("it returned `{name}`, which is not an output ({})", known.join(", "))));
        };
        match value {
            Fact::Known(known) => {
                let fits = coerce(known.clone(), &output.kind).map_err(|trouble| wrong(format!("`{name}`: {trouble}")))?;
                *value = Fact::Known(fits);
            }
            Fact::Missing if matches!(output.default, Some(Literal::Plain(Fact::Missing))) => {}
            Fact::Missing => return Err(wrong(format!("it returned nothing for `{name}`, which may not be left out"))),
            Fact::Unknown => return Err(wrong(format!("it returned an unknown value for `{name}`"))),
        }
    }
    Ok(returned)
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

/// Runs the script that decides instead of rules.
pub(crate) fn decide(frame: &mut Frame<'_>, script: &Hooked) -> Result<(Outputs, Option<String>), Failure> {
    let context = frame.situation.context();
    let result = script
        .body
        .call(&mut |slot| frame.read(slot), None, &script.settings, &context)
        .and_then(|returned| checked(frame.decision, returned));
    let returned = match result {
        Ok(returned) => returned,
        Err(Stop::Fault(fault)) if script.on_failure == FailurePolicy::Refuse => {
            return Err(Failure::Refuse { by: frame.decision.name.to_string(), message: fault.message });
        }
        Err(Stop::Fault(fault)) => {
            let place = fault.place.or_else(|| Some(script.place.clone()));
            return Err(Failure::Stop(Stop::Fault(Fault { place, ..fault })));
        }
        Err(stop) => return Err(Failure::Stop(stop)),
    };
    let mut values = Vec::with_capacity(frame.decision.outputs.len());
    for output in &frame.decision.outputs {
        let value = match (returned.outputs.get(&*output.name), &output.default) {
            (Some(value), _) => value.clone(),
            (None, Some(default)) => frame.situation.literal(default)?,
            (None, None) => {
                let message = format!("it returned no `{}`, which has no default", output.name);
                let fault = Fault::new(FaultKind::WrongReturn, message, Some(script.place.clone()));
                return Err(Failure::Stop(Stop::Fault(fault)));
            }
        };
        values.push((output.name.clone(), value));
    }
    Ok((Outputs::new(values), returned.because))
}
