//! The index: what stands at an offset, what defines it, and who else names it.

use super::collecting::Collecting;
use super::meaning::Meanings;
use super::mending::read;
use super::name::{Location, Name, NameKind, Occurrence, Role};
use super::policy_tests::{Ids, tests};
use super::{decisions, law, letters, manifest, scripts};
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::Extensions;
use std::collections::{BTreeMap, BTreeSet};

/// Every name of a bundle, by the files in which it stands.
#[derive(Debug)]
pub struct NameIndex {
    pub(super) files: BundleFiles,
    pub(super) bundle: Option<Bundle>,
    pub(super) meanings: Option<Meanings>,
    pub(super) extensions: Extensions,
    found: BTreeMap<String, Vec<Occurrence>>,
    by_name: BTreeMap<Name, Vec<(Location, Role)>>,
}

impl NameIndex {
    /// Reads the files of a bundle, as far as they can be read; `extensions` are what the program adds to the engine. Paths are those
    /// in the bundle: `decisions/goodwill.yaml`.
    #[must_use]
    pub fn read(files: &BundleFiles, extensions: &Extensions) -> Self {
        let bundle = read(files);
        let meanings = bundle.as_ref().map(|bundle| Meanings::of(bundle, extensions.functions()));
        let found = match (&bundle, &meanings) {
            (Some(bundle), Some(meanings)) => collect(bundle, meanings),
            _ => BTreeMap::new(),
        };
        let mut by_name: BTreeMap<Name, Vec<(Location, Role)>> = BTreeMap::new();
        for (path, list) in &found {
            for each in list {
                let location = Location { path: path.clone(), span: each.span };
                by_name.entry(each.name.clone()).or_default().push((location, each.role));
            }
        }
        Self { files: files.clone(), bundle, meanings, extensions: extensions.clone(), found, by_name }
    }

    /// The occurrences in a file, by place.
    #[must_use]
    pub fn occurrences(&self, path: &str) -> &[Occurrence] {
        self.found.get(path).map_or(&[], Vec::as_slice)
    }

    /// Every name, with where it stands and what is done with it there, by path and place.
    pub fn names(&self) -> impl Iterator<Item = (&Name, &[(Location, Role)])> {
        self.by_name.iter().map(|(name, places)| (name, places.as_slice()))
    }

    /// What stands at a byte of a file; just behind a name counts as on it, so that a cursor at its end finds it.
    #[must_use]
    pub fn at(&self, path: &str, offset: usize) -> Option<&Occurrence> {
        let list = self.occurrences(path);
        let on = list.iter().find(|each| each.span.start <= offset && offset < each.span.end);
        on.or_else(|| list.iter().find(|each| each.span.end == offset))
    }

    /// What defines the name at an offset. Nothing for what the engine itself knows: its facts and functions. A step may be asked
    /// for by several obligations; the first of them is given.
    #[must_use]
    pub fn definition(&self, path: &str, offset: usize) -> Option<Location> {
        self.definition_of(&self.at(path, offset)?.name)
    }

    /// What defines a name.
    #[must_use]
    pub fn definition_of(&self, name: &Name) -> Option<Location> {
        let places = self.by_name.get(name)?;
        places.iter().find(|(_, role)| *role == Role::Defines).map(|(location, _)| location.clone())
    }

    /// Every place that names what stands at an offset, by path and place.
    #[must_use]
    pub fn references(&self, path: &str, offset: usize, include_definition: bool) -> Vec<Location> {
        self.at(path, offset).map_or_else(Vec::new, |found| self.references_of(&found.name, include_definition))
    }

    /// Every place that names something, by path and place.
    #[must_use]
    pub fn references_of(&self, name: &Name, include_definition: bool) -> Vec<Location> {
        let places = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let wanted = places.iter().filter(|(_, role)| include_definition || *role != Role::Defines);
        wanted.map(|(location, _)| location.clone()).collect()
    }

    /// Does any place read a group of parameters as a whole, so that the names in it are looked up by a value?
    pub(super) fn is_read_whole(&self, group: &Name) -> bool {
        let places = self.by_name.get(group).map_or(&[][..], Vec::as_slice);
        places.iter().any(|(at, role)| {
            let text = self.files.get(&at.path).map_or("", |source| source.text());
            *role == Role::Reads && !text.get(at.span.end..).is_some_and(|rest| rest.trim_start().starts_with('.'))
        })
    }
}

fn collect(bundle: &Bundle, meanings: &Meanings) -> BTreeMap<String, Vec<Occurrence>> {
    let mut found = Collecting::with(meanings);
    manifest::manifests(bundle, &mut found);
    for doc in bundle.decisions.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.decisions)) {
        decisions::decision(doc, &bundle.files, &mut found);
    }
    for doc in bundle.guardrails.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.guardrails)) {
        law::guardrail(doc, &mut found);
    }
    for doc in crate::policy::outline::obligations(bundle) {
        law::obligation(doc, &mut found);
    }
    scripts::scripts(bundle, &mut found);
    for doc in &bundle.letters {
        letters::letter(doc, &mut found);
    }
    let rules = found.defined().filter(|name| name.kind == NameKind::Rule);
    let ids = Ids::of(bundle, rules.map(|name| (name.within.clone(), name.text.clone())).collect::<BTreeSet<_>>());
    for file in &bundle.tests {
        tests(file, &ids, &mut found);
    }
    found.finish()
}
