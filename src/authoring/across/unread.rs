//! What is declared and never read: parameters, facts of the bundle, and, on request, facts that every case may give.

use crate::bundle::Bundle;
use crate::case::registry;
use crate::policy::params::WORKLOAD;
use crate::policy::slots::Slot;
use crate::policy::{Policy, Program};
use crate::text::{Code, Diagnostic, Diagnostics, Fix};
use std::collections::BTreeSet;

pub(super) fn check(bundle: &Bundle, program: &Program, found: &mut Diagnostics) {
    let read: BTreeSet<Slot> = read(program);
    let docs = &bundle.manifest.params;
    let is_read: Vec<bool> = docs.iter().map(|doc| reads_param(program, &read, &doc.path)).collect();
    let mut told: BTreeSet<&[String]> = BTreeSet::new();
    for (doc, _) in docs.iter().zip(&is_read).filter(|(_, is_read)| !**is_read) {
        // Of a group that nothing reads, the group is told.
        let idle = |depth: &usize| {
            let above = doc.path.get(..*depth).unwrap_or_default();
            docs.iter().zip(&is_read).all(|(other, is_read)| !*is_read || !other.path.starts_with(above))
        };
        let depth = (1..=doc.path.len()).find(idle).unwrap_or(doc.path.len());
        let path = doc.path.get(..depth).unwrap_or_default();
        if told.insert(path) {
            let below = if depth < doc.path.len() { ", and what stands below it" } else { "" };
            let message = format!("nothing reads `params.{}`{below}", path.join("."));
            let help = "let a rule or a guardrail name it, or take it out: turning it changes nothing";
            let name = format!("params.{}", path.join("."));
            let fix = Fix::without_entry_above(&doc.place, doc.path.len() - depth, &name);
            found.push(Diagnostic::at(Code::UnreadParam, &doc.place, message).help(help).warning().fix(fix));
        }
    }
    for (at, extra) in program.extras.iter().enumerate() {
        if !read.contains(&Slot::Extra(at)) && !extra.required {
            let message = format!("no decision reads `{}`", extra.path.value);
            let help = "let a decision read it, or take the declaration out: nobody has to find it out";
            let fix = Fix::without_entry(&extra.path.place, &extra.path.value);
            found.push(Diagnostic::at(Code::UnreadFact, &extra.path.place, message).help(help).warning().fix(fix));
        }
    }
}

/// Is a parameter read, alone or in a group?
fn reads_param(program: &Program, read: &BTreeSet<Slot>, path: &[String]) -> bool {
    let named = |depth: usize| [&["params".to_owned()], path.get(..depth).unwrap_or_default()].concat().join(".");
    // One that could not be read was reported.
    let own = program.params.find(&named(path.len())).is_none_or(|param| read.contains(&Slot::Param(param)));
    let in_group = |group: usize| read.contains(&Slot::ParamGroup(group));
    let of_work = path.first().is_some_and(|group| group == WORKLOAD);
    own || of_work
        || program.letters.print_param(path)
        || (0..path.len()).any(|depth| program.params.find_group(&named(depth)).is_some_and(in_group))
}

/// Everything that the decisions and guardrails of a policy read.
fn read(program: &Program) -> BTreeSet<Slot> {
    program.slots_read().into_iter().filter_map(|slot| program.slots.get(slot)).map(|entry| entry.slot).collect()
}

/// The facts that a case may give and no decision or guardrail of a policy reads, in the order of the registry.
#[must_use]
pub fn unread_facts(policy: &Policy) -> Vec<&'static str> {
    let read = read(&policy.program);
    let unread = registry().iter().filter(|(id, _)| !read.contains(&Slot::Fact(*id)));
    unread.map(|(_, spec)| spec.path.as_str()).collect()
}
