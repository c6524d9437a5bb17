//! Plugins, compiled: what runs after a decision, and where.

use super::catalog::{Scope, Shape};
use super::compiled::Hooked;
use super::decisions::Workshop;
use super::guardrails::conditions;
use super::hooked::{Host, Wanted};
use super::scripts::failure_policy;
use super::slots::SlotTable;
use crate::bundle::PluginDoc;
use crate::script::Attachment;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Kind;

/// The decision that a plugin follows.
pub(crate) struct Followed<'a> {
    pub(crate) number: usize,
    pub(crate) item: Option<(&'a str, Kind)>,
}

/// Compiles a plugin.
pub(crate) fn compile_plugin(
    doc: &PluginDoc,
    followed: &Followed<'_>,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    host: &mut Host<'_>,
    out: &mut Diagnostics,
) -> Option<Hooked> {
    let catalog = shop.catalog;
    if catalog.decisions.get(followed.number).is_some_and(|decision| decision.shape == Shape::Collect) {
        let message = format!("a plugin follows a decision with one result, and `{}` collects several", doc.after.value);
        let help = "name a decision whose `hit` gives one result, such as `first`";
        out.push(Diagnostic::at(Code::BadValue, &doc.after.place, message).help(help));
        return None;
    }
    let on_failure = failure_policy(&doc.on_failure, out)?;
    let item = followed.item.clone();
    let mut scope = Scope { catalog, slots, decision: Some(followed.number), lets: &[], item, own_outputs: true };
    let when = conditions(&doc.when, shop, &mut scope, out);
    scope.own_outputs = false;
    let wanted = Wanted {
        id: &doc.id.value,
        script: doc.script.as_ref(),
        native: doc.native.as_ref(),
        decision: &doc.after.value,
        attachment: Attachment::After,
        settings: &doc.settings,
        limits: &doc.limits,
        quarantine: doc.quarantine.as_ref(),
        place: &doc.place,
    };
    host.hook(&wanted, on_failure, &mut scope, out).map(|hooked| Hooked { when, ..hooked })
}
