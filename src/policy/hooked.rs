//! What is called in place of rules, or after them: a function of a script or a native plugin, with its settings, limits and
//! quarantine.

use super::catalog::Scope;
use super::compiled::{Hooked, QuarantineRule};
use super::scripts::{ScriptShelf, settings};
use crate::bundle::{LimitsDoc, ParamDoc, QuarantineDoc, Written};
use crate::script::{Attachment, BoundPlugin, FailurePolicy, NotLowered, Registered, ScriptLimits};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place};

/// Where scripts and native plugins come from, and what the bundle says of all of them.
pub(crate) struct Host<'a> {
    pub(crate) shelf: ScriptShelf<'a>,
    pub(crate) natives: &'a [Registered],
    pub(crate) quarantine: Option<&'a QuarantineDoc>,
}

/// What is to be called: what a plugin and a decision say alike.
pub(crate) struct Wanted<'a> {
    /// The id of the plugin, or the name of the decision.
    pub(crate) id: &'a str,
    pub(crate) script: Option<&'a Written<String>>,
    pub(crate) native: Option<&'a Written<String>>,
    pub(crate) decision: &'a str,
    pub(crate) attachment: Attachment,
    pub(crate) settings: &'a [ParamDoc],
    pub(crate) limits: &'a LimitsDoc,
    pub(crate) quarantine: Option<&'a QuarantineDoc>,
    pub(crate) place: &'a Place,
}

impl Host<'_> {
    /// Finds what is to be called, and resolves what it reads.
    pub(crate) fn hook(
        &mut self,
        wanted: &Wanted<'_>,
        on_failure: FailurePolicy,
        scope: &mut Scope<'_>,
        out: &mut Diagnostics,
    ) -> Option<Hooked> {
        let body = match (wanted.script, wanted.native) {
            (Some(path), _) => {
                let limits = self.lowered(wanted.limits, out);
                let script = self.shelf.script(path, out)?;
                self.shelf.call(path, wanted.decision);
                let hook = script.hook(wanted.decision, wanted.attachment, out)?.within(limits, self.shelf.functions());
                BoundPlugin::Script(hook.bind(scope, out)?)
            }
            (None, Some(name)) => {
                if let Some((first, _)) = wanted.limits.list.first() {
                    let message = "limits are for scripts; a native plugin cannot be stopped from outside";
                    let help = "take `limits` out; a native plugin keeps to limits of its own";
                    out.push(Diagnostic::at(Code::BadValue, &first.place, message).help(help));
                }
                let native = self.native(name, out)?;
                BoundPlugin::Native(native.bind(wanted.decision, wanted.attachment, &name.place, scope, out)?)
            }
            (None, None) => return None,
        };
        let quarantine = wanted.quarantine.or(self.quarantine);
        let rule = |doc: &QuarantineDoc| QuarantineRule { after: doc.after, cool_down_minutes: doc.cool_down_minutes };
        Some(Hooked {
            id: wanted.id.to_owned(),
            body,
            settings: settings(wanted.settings),
            on_failure,
            when: Vec::new(),
            quarantine: quarantine.map(rule),
            number: 0,
            place: wanted.place.clone(),
        })
    }

    fn native(&self, name: &Written<String>, out: &mut Diagnostics) -> Option<Registered> {
        let found = self.natives.iter().find(|native| *native.name == *name.value).cloned();
        if found.is_none() {
            let known = self.natives.iter().map(|native| &*native.name);
            let help = did_you_mean(&name.value, known)
                .unwrap_or_else(|| "the service that embeds the engine registers native plugins by name".to_owned());
            let message = format!("no native plugin is registered as `{}`", name.value);
            out.push(Diagnostic::at(Code::UnknownFunction, &name.place, message).help(help));
        }
        found
    }

    /// The limits of the engine, lowered.
    fn lowered(&self, doc: &LimitsDoc, out: &mut Diagnostics) -> ScriptLimits {
        let mut limits = *self.shelf.functions().limits();
        for (name, to) in &doc.list {
            match limits.lower(&name.value, to.value) {
                Ok(()) => {}
                Err(NotLowered::Unknown) => {
                    let known = ScriptLimits::NAMES.iter().copied();
                    let all = || format!("the limits are {}", ScriptLimits::NAMES.join(", "));
                    let help = did_you_mean(&name.value, known).unwrap_or_else(all);
                    let message = format!("scripts have no limit `{}`", name.value);
                    out.push(Diagnostic::at(Code::UnknownKey, &name.place, message).help(help));
                }
                Err(NotLowered::AtMost(most)) => {
                    let message = format!("`{}` is limited to {most}, and a bundle can only lower that", name.value);
                    let help = format!("write {most} or less; only the program that embeds the engine raises a limit");
                    out.push(Diagnostic::at(Code::BadValue, &to.place, message).help(help));
                }
            }
        }
        limits
    }
}
