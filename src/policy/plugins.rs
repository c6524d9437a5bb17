//! Plugins, compiled: what runs after a decision, and where.

use super::catalog::{Scope, Shape};
use super::compiled::Hooked;
use super::decisions::Workshop;
use super::guardrails::conditions;
use super::scripts::{ScriptShelf, failure_policy, settings};
use super::slots::SlotTable;
use crate::bundle::PluginDoc;
use crate::script::{Attachment, NativePlugin, Plugin};
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Kind;

/// What compiling a plugin needs of the decision it follows.
pub(crate) struct Host<'a> {
    pub(crate) number: usize,
    pub(crate) item: Option<(&'a str, Kind)>,
}

/// Compiles a plugin.
pub(crate) fn compile_plugin(
    doc: &PluginDoc,
    host: &Host<'_>,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    shelf: &mut ScriptShelf<'_>,
    natives: &[NativePlugin],
    out: &mut Diagnostics,
) -> Option<Hooked> {
    let catalog = shop.catalog;
    if catalog.decisions.get(host.number).is_some_and(|decision| decision.shape == Shape::Collect) {
        let message = format!("a plugin follows a decision with one result, and `{}` collects several", doc.after.value);
        out.push(Diagnostic::at(Code::BadValue, &doc.after.place, message));
        return None;
    }
    let on_failure = failure_policy(&doc.on_failure, out)?;
    let item = host.item.clone();
    let mut scope = Scope { catalog, slots, decision: Some(host.number), lets: &[], item, own_outputs: true };
    let when = conditions(&doc.when, shop, &mut scope, out);
    scope.own_outputs = false;
    let body = match (&doc.script, &doc.native) {
        (Some(path), _) => {
            let script = shelf.script(path, out)?;
            Plugin::Script(script.hook(&doc.after.value, Attachment::After, out)?.bind(&mut scope, out)?)
        }
        (None, Some(name)) => {
            let Some(native) = natives.iter().find(|native| native.name == name.value) else {
                let known = natives.iter().map(|native| native.name.as_str());
                let help = crate::text::nearest::did_you_mean(&name.value, known)
                    .unwrap_or_else(|| "the service that embeds the engine registers native plugins by name".to_owned());
                let message = format!("no native plugin is registered as `{}`", name.value);
                out.push(Diagnostic::at(Code::UnknownFunction, &name.place, message).help(help));
                return None;
            };
            Plugin::Native(native.bind(Attachment::After, &name.place, &mut scope, out)?)
        }
        (None, None) => return None,
    };
    let settings = settings(&doc.settings);
    Some(Hooked { id: doc.id.value.clone(), body, settings, on_failure, when, place: doc.place.clone() })
}
