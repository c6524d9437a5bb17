//! Plugins that never run, and plugins that write what their decision does not declare.

use super::EverySetting;
use super::guardrails::out_of_reach;
use super::outcomes::Outcomes;
use crate::policy::Program;
use crate::script::BoundPlugin;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Fix};

pub(super) fn check(program: &Program, outcomes: &[Outcomes<'_>], found: &mut Diagnostics) {
    for decision in &program.decisions {
        // The first one alone meets what the rules gave; those behind it meet what it made of that.
        if let Some(plugin) = decision.plugins.first() {
            let mut every = EverySetting::new();
            for outcomes in outcomes {
                every.tell(
                    (),
                    out_of_reach(&plugin.when, outcomes).map(|why| {
                        let message = format!("the plugin `{}` never runs: {why}", plugin.id);
                        let help = "correct its `when`, or take the plugin out";
                        Diagnostic::at(Code::PluginNeverRuns, &plugin.place, message)
                            .help(help)
                            .fix(Fix::without_item(&plugin.place, &plugin.id))
                    }),
                );
            }
            every.report(found);
        }
        for plugin in decision.plugins.iter().chain(&decision.script) {
            let BoundPlugin::Script(hook) = &plugin.body else { continue };
            for (written, place) in hook.writes() {
                let mut names = decision.outputs.iter().map(|output| &*output.name).chain(["because"]);
                if names.clone().any(|name| name == written) {
                    continue;
                }
                let message = format!("`{}` writes `{written}`, and `{}` declares no such output", plugin.id, decision.name);
                let help = did_you_mean(&written, names.by_ref()).unwrap_or_else(|| {
                    format!(
                        "declare it under `outputs`, or take the line out: with it, `on_failure: {}` happens",
                        plugin.on_failure
                    )
                });
                found.push(Diagnostic::at(Code::UndeclaredWrite, &place, message).help(help).warning());
            }
        }
    }
}
