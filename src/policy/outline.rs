//! What a bundle names, before anything of it is compiled: its decisions with what packs add to them, and the catalog of all names.

use super::catalog::{Catalog, ClockName, Signature};
use super::decisions::shape;
use super::packs;
use super::params::Params;
use crate::bundle::{Bundle, DecisionDoc, ObligationDoc};
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// What a bundle names.
#[derive(Debug)]
pub(crate) struct Outline {
    /// The decisions, with the rules that packs put before their own.
    pub(crate) decisions: Vec<DecisionDoc>,
    /// Everything that has a name.
    pub(crate) catalog: Catalog,
}

impl Outline {
    pub(crate) fn of(bundle: &Bundle, out: &mut Diagnostics) -> Self {
        let decisions = packs::decisions(bundle, unique_decisions(&bundle.decisions, out), out);
        let (param_docs, replacing) = packs::params(bundle, out);
        let mut params = Params::new(&param_docs);
        for (pack, doc) in &replacing {
            params.replace(*pack, doc);
        }
        let catalog = Catalog {
            extras: packs::facts(bundle, out),
            params,
            decisions: decisions.iter().map(signature).collect(),
            packs: bundle.packs.iter().map(|pack| pack.name.value.clone()).collect(),
            clocks: obligations(bundle).map(clock).collect(),
            unread: unread(bundle),
        };
        Self { decisions, catalog }
    }
}

/// The obligations of a bundle and of its packs.
pub(crate) fn obligations(bundle: &Bundle) -> impl Iterator<Item = &ObligationDoc> {
    bundle.obligations.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.obligations))
}

/// An obligation, with the kind of its `due`; one that only holds something has none.
fn clock(doc: &ObligationDoc) -> ClockName {
    let due = doc.due.first().map(|line| if line.within.value.is_in_hours() { Kind::DateTime } else { Kind::Date });
    ClockName { id: doc.id.value.clone(), due, window: doc.window }
}

/// What could not be read, by the path under which others would name it.
fn unread(bundle: &Bundle) -> BTreeSet<String> {
    let of_packs = bundle.packs.iter().flat_map(|pack| &pack.params);
    let params = bundle.manifest.params.iter().chain(of_packs).filter(|doc| doc.periods.is_empty());
    let params = params.map(|doc| format!("params.{}", doc.path.join(".")));
    let inside = bundle.decisions.iter().flat_map(|doc| doc.unread.iter().map(|name| format!("{}.{name}", doc.name.value)));
    let facts = bundle.manifest.unread.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.unread));
    bundle.unread.iter().chain(facts).cloned().chain(params).chain(inside).collect()
}

fn signature(doc: &DecisionDoc) -> Signature {
    Signature {
        name: doc.name.value.as_str().into(),
        outputs: doc.outputs.iter().map(|output| (output.name.value.as_str().into(), output.kind.clone())).collect(),
        shape: shape(doc),
    }
}

/// The decisions by name, those that bear the name of an earlier one left out.
fn unique_decisions<'b>(docs: &'b [DecisionDoc], out: &mut Diagnostics) -> Vec<&'b DecisionDoc> {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut list = Vec::new();
    for doc in docs {
        match seen.get(doc.name.value.as_str()) {
            Some(first) => {
                let message = format!("two decisions are called `{}`", doc.name.value);
                out.push(Diagnostic::at(Code::DuplicateName, &doc.name.place, message).label(first, "the first one"));
            }
            None => {
                seen.insert(&doc.name.value, &doc.name.place);
                list.push(doc);
            }
        }
    }
    list
}
