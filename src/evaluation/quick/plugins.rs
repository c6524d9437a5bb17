//! Plugins and scripts: called as the definition calls them; what fails is for the definition to tell.

use super::frame::Frame;
use super::trace::Run;
use crate::decision::Change;
use crate::evaluation::definition::checked;
use crate::policy::compiled::Hooked;
use crate::script::{Draft, Reader as _, Unsettled};
use crate::value::Given;
use std::sync::Arc;

/// Runs the plugins of a decision over the draft, in the order of the bundle.
pub(super) fn run<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>, run: &mut Run) -> Result<(), Unsettled> {
    for plugin in &frame.decision.plugins {
        if !frame.holds(&plugin.when)? {
            continue;
        }
        let outputs = frame.decision.outputs.iter().enumerate();
        let outputs = outputs.map(|(at, output)| (output.name.clone(), frame.draft(at).into_fact())).collect();
        let returned = call(frame, plugin, Some(Draft { outputs, because: None }))?;
        let because = returned.because.clone().unwrap_or_default();
        for (name, after) in returned.outputs {
            let at = frame.decision.outputs.iter().position(|output| *output.name == *name).ok_or(Unsettled)?;
            let before = frame.draft(at).into_fact();
            if before == after {
                continue;
            }
            frame.set(at, after.clone().into());
            run.tell().changes.push(Change::new("plugin", &plugin.id, &name, before, after, because.clone(), None));
        }
        if returned.because.is_some() {
            run.tell().because = returned.because;
        }
        frame.situation.note_call(plugin, &Ok(()));
    }
    Ok(())
}

/// Sets the draft to what the script of a decision returns; the reason that it gives.
pub(super) fn decide<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    script: &'a Hooked,
) -> Result<Arc<str>, Unsettled> {
    let mut returned = call(frame, script, None)?;
    let decision = frame.decision;
    for (at, output) in decision.outputs.iter().enumerate() {
        let given = match (returned.outputs.remove(&*output.name), &output.default) {
            (Some(value), _) => Given::from(value),
            (None, Some(default)) => frame.situation.give(default).ok_or(Unsettled)?,
            (None, None) => return Err(Unsettled),
        };
        frame.set(at, given);
    }
    frame.situation.note_call(script, &Ok(()));
    Ok(returned.because.unwrap_or_default())
}

fn call<const TRACED: bool>(
    frame: &mut Frame<'_, '_, TRACED>,
    hooked: &Hooked,
    draft: Option<Draft>,
) -> Result<Draft, Unsettled> {
    if frame.situation.is_quarantined(hooked) {
        return Err(Unsettled);
    }
    let context = frame.situation.context();
    let quickly = hooked.body.quick(&mut |slot| frame.read(slot), draft.as_ref(), &hooked.settings, &context);
    let returned =
        quickly.or_else(|Unsettled| hooked.body.call(&mut |slot| frame.outcome(slot), draft, &hooked.settings, &context));
    returned.and_then(|returned| checked(frame.situation, frame.decision, returned)).map_err(|_| Unsettled)
}
