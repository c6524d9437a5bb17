//! From a bundle to a policy: everything that is wrong, in all files, is reported at once.

use super::catalog::{Catalog, Scope};
use super::compiled::{Decision, Guardrail, Verb};
use super::decisions::{self, Workshop};
use super::extensions::Extensions;
use super::formula::Compiler;
use super::hooked::Host;
use super::obligation::Obligations;
use super::obligations::{self, Almanac};
use super::outline::{self, Outline};
use super::plugins::{Followed, compile_plugin};
use super::program::{Policy, Program};
use super::registers::Registers;
use super::scripts::ScriptShelf;
use super::settled::Grounds;
use super::slots::{Slot, SlotTable};
use super::{engine_version, graph, guardrails, letter_kinds, overlap, owed, owed_once, packs, personal, section_check};
use crate::bundle::{Bundle, BundleFiles, DecisionDoc, ObligationDoc, PackDoc};
use crate::case::registry;
use crate::decision::sections::section;
use crate::decision::{GUARDRAILS, Law, Laws, PolicyName};
use crate::holidays::Calendars;
use crate::letter::Letters;
use crate::rule::RowDates;
use crate::script::FactPath;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::{Calendar, Kind};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Policy {
    /// Loads a policy from files in memory: path in the bundle and text of each. The policy tests among them are not looked at.
    ///
    /// # Errors
    /// Everything that is wrong with the files that decide.
    pub fn from_files<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Result<Self, Diagnostics> {
        let mut bundle = BundleFiles::new();
        for (path, text) in files {
            bundle.insert(path, text);
        }
        Self::load(&bundle, &Extensions::new())
    }

    /// Loads a policy from the files of a bundle, with the functions and plugins of the service that embeds it.
    ///
    /// The policy tests are not looked at: like the digest, what a service decides with does not depend on them. To check them
    /// too, read the whole bundle with [`Bundle::read`] and compile that.
    ///
    /// # Errors
    /// Everything that is wrong with the files that decide.
    pub fn load(files: &BundleFiles, extensions: &Extensions) -> Result<Self, Diagnostics> {
        let (bundle, out) = Bundle::read(&files.deciding());
        match bundle {
            Some(bundle) => Self::compile(&bundle, extensions, out),
            None => Err(sorted(out)),
        }
    }

    /// Compiles a bundle that was read; `out` holds what its reader found.
    ///
    /// # Errors
    /// Everything that is wrong with the bundle.
    pub fn compile(bundle: &Bundle, extensions: &Extensions, mut out: Diagnostics) -> Result<Self, Diagnostics> {
        let program = build(bundle, extensions, &mut out);
        let out = sorted(out);
        match program {
            Some(mut program) if !out.has_errors() => {
                program.warnings = out;
                tracing::debug!(bundle = %program.name.bundle, digest = %program.name.digest, "policy compiled");
                Ok(Self { program: Arc::new(program) })
            }
            _ => Err(out),
        }
    }
}

/// In the order of the files; what several rules found at one place (a heading of a table) is said once.
fn sorted(mut out: Diagnostics) -> Diagnostics {
    out.sort();
    let mut list = out.into_vec();
    list.dedup_by(|later, earlier| {
        (later.code, &later.place, &later.message) == (earlier.code, &earlier.place, &earlier.message) && later.place.is_some()
    });
    list.into_iter().collect()
}

fn build(bundle: &Bundle, extensions: &Extensions, out: &mut Diagnostics) -> Option<Program> {
    let manifest = &bundle.manifest;
    engine_version::check(&bundle.manifest, out);
    let calendars = Calendars::with(&bundle.calendars, out);
    let calendar = match &manifest.calendar {
        Some(name) => calendars.find(&name.value, &name.place, out).unwrap_or_default(),
        None => Arc::default(),
    };
    let Outline { decisions: merged, catalog } = Outline::of(bundle, out);
    let docs: Vec<&DecisionDoc> = merged.iter().collect();
    let obligation_docs: Vec<&ObligationDoc> = outline::obligations(bundle).collect();
    let mut slots = SlotTable::default();
    let param_slots: Vec<usize> =
        catalog.params.list.iter().enumerate().map(|(number, param)| slots.number(Slot::Param(number), &param.path)).collect();
    let functions = extensions.functions();
    let compiler = Compiler { functions, money: manifest.currency };
    let shop = Workshop { catalog: &catalog, compiler: &compiler, param_slots: &param_slots, files: &bundle.files };
    let mut host = Host {
        shelf: ScriptShelf::new(&bundle.files, functions),
        natives: &extensions.plugins,
        quarantine: manifest.quarantine.as_ref(),
    };

    let mut compiled: Vec<Decision> = Vec::new();
    for (number, doc) in docs.iter().enumerate() {
        super::check_name(&doc.name, "a decision", out);
        section_check::check(doc, out);
        compiled.extend(decisions::compile(number, doc, &shop, &mut slots, &mut host, out));
    }
    if compiled.len() < docs.len() {
        host.shelf.compile_rest(out);
        return None;
    }
    attach_plugins(bundle, &docs, &mut compiled, &shop, &mut slots, &mut host, out);
    host.shelf.compile_rest(out);
    let final_guardrails = attach_guardrails(bundle, &mut compiled, &shop, &mut slots, out);
    let of_packs: Vec<(String, Arc<Calendar>)> =
        bundle.packs.iter().filter_map(|pack| Some((pack.name.value.clone(), find_calendar(pack, &calendars, out)?))).collect();
    let almanac = Almanac { calendars: &calendars, calendar: &calendar, of_packs: &of_packs };
    let packs = packs::compile(bundle, &shop, &mut slots, out);
    let mut obligations = obligations::compile(&obligation_docs, &almanac, &shop, &mut slots, out);
    assume(bundle, &compiler, &catalog, &mut slots, out);
    let personal = personal::listed(manifest, &catalog, out);
    let letters = Letters::read(bundle, out);
    letter_kinds::check(&compiled, &letters, bundle, out);
    if out.has_errors() {
        // What follows looks at a whole that would only repeat the mistakes already reported.
        return None;
    }
    number_hooks(&mut compiled);
    graph::list_reads(&mut compiled, &mut slots);
    let registers = Registers::new(&mut compiled, &slots, &catalog.params);
    graph::link(&mut compiled, &slots);
    let order = graph::order(&compiled, out);
    obligations::order(&mut obligations, &compiled, &final_guardrails, &slots, out);
    let owing =
        owed::Owing { decisions: &compiled, packs: &packs, obligations: &obligations, params: &catalog.params, slots: &slots };
    owed::check(&owing, out);
    owed_once::check(&compiled, out);
    let disputes = compiled.iter().any(|decision| section(&decision.name).is_some());
    let grounds = Grounds {
        params: &catalog.params,
        slots: &slots,
        extras: &catalog.extras,
        money: manifest.currency,
        effective: RowDates { from: manifest.effective_from, until: manifest.effective_until },
        disputes,
    };
    overlap::check(&compiled, &grounds, out);
    let personal = personal::with_derived(personal, &compiled, &slots);
    let laws = laws(&compiled, &final_guardrails, &obligations).into();
    Some(Program {
        name: PolicyName { bundle: manifest.name.clone(), version: manifest.version.clone(), digest: bundle.files.digest() },
        shown_in: bundle.files.shown_in().to_owned(),
        effective: (manifest.effective_from, manifest.effective_until),
        money: manifest.currency,
        calendar,
        slots,
        disputes,
        params: catalog.params,
        extras: catalog.extras,
        decisions: compiled,
        registers,
        nobody: Decision::nobody(),
        order,
        laws,
        packs,
        final_guardrails,
        obligations,
        letters,
        personal,
        warnings: Diagnostics::new(),
    })
}

/// The calendar of the clocks of a pack, where it has one of its own.
fn find_calendar(pack: &PackDoc, calendars: &Calendars, out: &mut Diagnostics) -> Option<Arc<Calendar>> {
    let name = pack.calendar.as_ref()?;
    calendars.find(&name.value, &name.place, out)
}

/// Where rules of law come from, by the name under which an explanation tells them.
fn laws(decisions: &[Decision], finals: &[Guardrail], obligations: &Obligations) -> Laws {
    let mut laws = Laws::new();
    let mut note = |room: &str, id: &str, law: &Option<Arc<Law>>| {
        if let Some(law) = law {
            laws.entry(format!("{room}/{id}")).or_insert_with(|| law.clone());
        }
    };
    for decision in decisions {
        for rule in &decision.rules {
            note(&decision.name, &rule.id, &rule.law);
        }
        for bound in &decision.bounds {
            note(&decision.name, &bound.id, &bound.law);
        }
    }
    for guardrail in finals {
        note(GUARDRAILS, &guardrail.id, &guardrail.law);
    }
    for each in &obligations.list {
        for room in each.explained_in() {
            note(room, &each.id, &each.law);
        }
    }
    laws
}

/// Numbers scripts and plugins through all decisions.
fn number_hooks(compiled: &mut [Decision]) {
    let hooks = compiled.iter_mut().flat_map(|decision| decision.script.iter_mut().chain(&mut decision.plugins));
    hooks.enumerate().for_each(|(number, hook)| hook.number = number);
}

fn attach_plugins(
    bundle: &Bundle,
    docs: &[&DecisionDoc],
    compiled: &mut [Decision],
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    host: &mut Host<'_>,
    out: &mut Diagnostics,
) {
    let catalog = shop.catalog;
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for doc in &bundle.manifest.plugins {
        if let Some(first) = seen.insert(&doc.id.value, &doc.id.place) {
            let message = format!("two plugins are called `{}`", doc.id.value);
            out.push(Diagnostic::at(Code::DuplicateName, &doc.id.place, message).label(first, "the first one"));
        }
        let calls = |decision: &&&DecisionDoc| decision.script.is_some() || decision.native.is_some();
        if let Some(taken) = docs.iter().filter(calls).find(|decision| decision.name.value == doc.id.value) {
            let message = format!("`{}` is a plugin and a decision that is computed by one", doc.id.value);
            let finding = Diagnostic::at(Code::DuplicateName, &doc.id.place, message).label(&taken.name.place, "the decision");
            out.push(finding.help("choose another id: faults and quarantine name it"));
        }
        if catalog.is_unread(&[&doc.after.value]) {
            continue;
        }
        let Some(number) = catalog.decision(&doc.after.value) else {
            let known = catalog.decisions.iter().map(|decision| &*decision.name);
            let help = crate::text::nearest::did_you_mean(&doc.after.value, known);
            let message = format!("there is no decision `{}` that the plugin `{}` could follow", doc.after.value, doc.id.value);
            out.push(Diagnostic::at(Code::UnknownName, &doc.after.place, message).help_opt(help));
            continue;
        };
        let Some(decision) = compiled.get_mut(number) else { continue };
        let item_kind = decision.for_each.as_ref().map(|path| match &path.kind {
            Kind::List(item) => (**item).clone(),
            other => other.clone(),
        });
        let item_name = docs.get(number).and_then(|doc| doc.for_each.as_ref()).map(|each| each.name.as_str());
        let followed = Followed { number, item: item_name.zip(item_kind) };
        let plugin = compile_plugin(doc, &followed, shop, slots, host, out);
        decision.plugins.extend(plugin);
    }
}

/// Compiles the guardrails; those that bound an output go to its decision, in the order `forbid`, `floor`, `cap`.
fn attach_guardrails(
    bundle: &Bundle,
    compiled: &mut [Decision],
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    out: &mut Diagnostics,
) -> Vec<Guardrail> {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut bounds: Vec<(usize, Guardrail)> = Vec::new();
    let mut finals = Vec::new();
    for doc in bundle.guardrails.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.guardrails)) {
        if let Some(first) = seen.insert(&doc.id.value, &doc.id.place) {
            let message = format!("two guardrails are called `{}`", doc.id.value);
            out.push(Diagnostic::at(Code::DuplicateName, &doc.id.place, message).label(first, "the first one"));
        }
        match guardrails::compile(doc, compiled, shop, slots, out) {
            Some((Some(decision), guardrail)) => bounds.push((decision, guardrail)),
            Some((None, guardrail)) => finals.push(guardrail),
            None => {}
        }
    }
    bounds.sort_by_key(|(_, guardrail)| match guardrail.verb {
        Verb::Forbid { .. } => 0,
        Verb::Floor { .. } => 1,
        _ => 2,
    });
    for (decision, guardrail) in bounds {
        if let Some(decision) = compiled.get_mut(decision) {
            decision.bounds.push(guardrail);
        }
    }
    finals
}

fn assume(bundle: &Bundle, compiler: &Compiler<'_>, catalog: &Catalog, slots: &mut SlotTable, out: &mut Diagnostics) {
    for doc in &bundle.manifest.assume {
        let mut scope = Scope { catalog, slots, decision: None, lets: &[], item: None, own_outputs: false };
        let segments: Vec<&str> = doc.path.value.split('.').collect();
        let is_fact =
            registry().find(&doc.path.value).is_some() || catalog.extras.iter().any(|each| each.path.value == doc.path.value);
        let found = match FactPath::resolve(&segments, &mut scope) {
            Ok(found) if is_fact => found,
            Ok(_) => {
                let message = format!("`{}` is not a fact; only facts are assumed", doc.path.value);
                out.push(Diagnostic::at(Code::UnknownFact, &doc.path.place, message));
                continue;
            }
            Err(error) => {
                out.push(Diagnostic::at(Code::UnknownFact, &doc.path.place, error.message).help_opt(error.help));
                continue;
            }
        };
        let literal = compiler.literal(&doc.value, &found.kind, &doc.path.value, &bundle.manifest.source, out);
        if let Some(value) = literal {
            slots.assume(found.slot, value);
        }
    }
}
