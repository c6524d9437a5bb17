//! Never more than once for the same loss: what several laws ask for is owed by the largest sum, never by their total or their order.

use super::compiled::{Better, Decision};
use crate::rule::HitPolicy;
use crate::text::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Refuses bundles in which two laws that grant a sum for the same loss would be added up, or in which their order would choose.
///
/// A decision for each item of a list is left alone: there a plugin may still work the sum out.
pub(crate) fn check(decisions: &[Decision], out: &mut Diagnostics) {
    for decision in decisions.iter().filter(|decision| decision.owed && decision.for_each.is_none()) {
        let packs = decision.rules.iter().filter_map(|rule| rule.law.as_ref()?.pack.as_deref());
        let packs: BTreeSet<&str> = packs.collect();
        let names: Vec<String> = packs.iter().map(|pack| format!("`{pack}`")).collect();
        let names = names.join(" and ");
        let message = match decision.hit {
            HitPolicy::CollectSum if !packs.is_empty() => {
                format!("`{}` adds up all that is granted, {names} among it, so the same loss may be paid twice", decision.name)
            }
            HitPolicy::Priority if decision.priority.iter().any(|(_, better)| *better == Better::More) => continue,
            _ if packs.len() > 1 => {
                format!("{names} both say what `{}` is, and the order of the packs would choose between them", decision.name)
            }
            _ => continue,
        };
        let help = "write `hit: priority` and `priority: {amount: most}`: the largest sum is owed, once, and every law is named";
        out.push(Diagnostic::at(Code::OwedTwice, &decision.place, message).help(help));
    }
}
