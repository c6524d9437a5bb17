//! A name given anew, everywhere at once, and only where nothing but the name changes.

use super::lookup::NameIndex;
use super::name::{Name, NameKind, Occurrence};
use super::new_name::{check_new, refuse_kept};
use super::scripts::hooks;
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::Policy;
use crate::text::{Code, Diagnostic, Place, Span};
use std::collections::BTreeMap;

/// A change of a file: what stands at the span becomes the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// Changes by the path of their file, those of one file by place.
pub type Edits = BTreeMap<String, Vec<Edit>>;

type Refusal = Box<Diagnostic>;

impl NameIndex {
    /// What a rename at an offset would replace there, for an editor to show.
    ///
    /// # Errors
    /// Why the name at the offset is not renamed; also where there is none.
    pub fn renamed_at(&self, path: &str, offset: usize) -> Result<Span, Refusal> {
        let found = self.renamable(path, offset)?;
        Ok(self.replaced(path, found))
    }

    /// Gives what stands at an offset another name, in every file of the bundle.
    ///
    /// The bundle with the edits loads, and each of its names means what it meant before; both are checked before the edits are
    /// given. The new name is the last part alone: `most` for `params.goodwill.per_case_cap`.
    ///
    /// # Errors
    /// One sentence about why not: the name is the engine's own, the new one is taken, reserved or no name, or the bundle does not
    /// load in the first place.
    pub fn rename(&self, path: &str, offset: usize, new: &str) -> Result<Edits, Refusal> {
        let found = self.renamable(path, offset)?;
        let place = self.place(path, self.replaced(path, found));
        let name = &found.name;
        let new = new.trim();
        // The whole path of a declared fact says no more than its last part.
        let new = new
            .strip_prefix("attributes.")
            .or_else(|| new.strip_prefix("input."))
            .filter(|_| name.kind == NameKind::Fact)
            .unwrap_or(new);
        if new == name.last() {
            return Ok(Edits::new());
        }
        check_new(self, name, new, &place)?;
        self.load(&self.files).map_err(|first| {
            let message = format!("`{}` cannot be renamed while the bundle has mistakes", name.last());
            Diagnostic::at(Code::BadValue, &place, message).help(format!("mend this first: {}", first.message))
        })?;
        let edits = self.edits(name, new);
        self.prove(name, new, &edits, &place)?;
        Ok(edits)
    }

    fn place(&self, path: &str, span: Span) -> Place {
        let source = self.files.get(path).cloned();
        source.unwrap_or_else(|| crate::text::Source::new(path, "")).place(span)
    }

    fn renamable(&self, path: &str, offset: usize) -> Result<&Occurrence, Refusal> {
        let Some(found) = self.at(path, offset) else {
            let place = self.place(path, Span::new(offset, offset));
            let help = "put the cursor on a parameter, a rule, a `let`, a decision, an output or another name of the bundle";
            return Err(Box::new(Diagnostic::at(Code::UnknownName, &place, "there is no name here").help(help)));
        };
        refuse_kept(self, &found.name, &self.place(path, found.span))?;
        Ok(found)
    }

    /// The part of an occurrence that a rename replaces: behind the last dot.
    fn replaced(&self, path: &str, found: &Occurrence) -> Span {
        let written = self.files.get(path).map_or("", |source| source.slice(found.span));
        let last = match found.name.kind {
            NameKind::Fact => written.rsplit('.').next().unwrap_or(written).len(),
            _ => written.len(),
        };
        Span::new(found.span.end - last.min(found.span.end), found.span.end)
    }

    fn edits(&self, name: &Name, new: &str) -> Edits {
        let mut edits = Edits::new();
        let functions = self.called_by(name);
        for (path, _) in self.files.iter() {
            for found in self.occurrences(path).iter().filter(|each| each.name == *name || functions.contains(&each.name)) {
                let written = self.files.get(path).map_or("", |source| source.slice(found.span));
                // An expression writes `_` for the `-` of an obligation.
                let in_words = name.kind == NameKind::Obligation && written != name.text;
                let text = if in_words { new.replace('-', "_") } else { new.to_owned() };
                edits.entry(path.to_owned()).or_default().push(Edit { span: self.replaced(path, found), text });
            }
        }
        edits
    }

    /// The functions of scripts that bear the name of a decision, because they compute it or change its draft.
    fn called_by(&self, name: &Name) -> Vec<Name> {
        if name.kind != NameKind::Decision {
            return Vec::new();
        }
        let mine = self.bundle.iter().flat_map(hooks).filter(|hook| hook.decision == name.text);
        mine.map(|hook| Name::new(NameKind::ScriptFunction, hook.script, hook.decision)).collect()
    }

    fn load(&self, files: &BundleFiles) -> Result<(), Box<Diagnostic>> {
        let (bundle, out) = Bundle::read(files);
        let first = |out: &crate::text::Diagnostics| {
            let first = out.iter().find(|each| each.severity == crate::text::Severity::Error).cloned();
            Box::new(first.unwrap_or_else(|| Diagnostic::global(Code::BadValue, "the bundle does not load")))
        };
        match bundle {
            Some(bundle) => Policy::compile(&bundle, &self.extensions, out).map(|_| ()).map_err(|out| first(&out)),
            None => Err(first(&out)),
        }
    }

    /// Reads the bundle with the edits: it has to load, and every name has to mean what it meant.
    fn prove(&self, name: &Name, new: &str, edits: &Edits, place: &Place) -> Result<(), Refusal> {
        let files = apply(&self.files, edits);
        self.load(&files).map_err(|first| {
            let message = format!("with the name `{new}` the bundle would not load: {}", first.message);
            Diagnostic::at(Code::BadValue, place, message).help("choose another name")
        })?;
        let after = Self::read(&files, &self.extensions);
        let functions = self.called_by(name);
        for (path, _) in self.files.iter() {
            let told = |found: &Occurrence| (renamed(&found.name, name, new, &functions), found.role);
            let before = self.occurrences(path).iter().map(told);
            let now = after.occurrences(path).iter().map(|found| (found.name.clone(), found.role));
            if let Some(at) = before.clone().zip(now.clone()).position(|(before, now)| before != now)
                && let Some(found) = self.occurrences(path).get(at)
            {
                let there = self.place(path, found.span);
                let message = format!("with the name `{new}`, `{}` would mean something else", found.name.text);
                return Err(Box::new(
                    Diagnostic::at(Code::DuplicateName, place, message).label(&there, "here").help("choose another name"),
                ));
            }
            if before.count() != now.count() {
                let message = format!("with the name `{new}`, names of `{path}` would mean something else");
                return Err(Box::new(Diagnostic::at(Code::DuplicateName, place, message).help("choose another name")));
            }
        }
        Ok(())
    }
}

/// The files with edits made.
#[must_use]
pub fn apply(files: &BundleFiles, edits: &Edits) -> BundleFiles {
    let mut changed = files.clone();
    for (path, list) in edits {
        let Some(source) = files.get(path) else { continue };
        let mut text = source.text().to_owned();
        let mut list: Vec<&Edit> = list.iter().collect();
        list.sort();
        for edit in list.into_iter().rev() {
            if text.get(edit.span.start..edit.span.end).is_some() {
                text.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
        }
        changed.insert(path.as_str(), text);
    }
    changed
}

/// What a name is called once another one has a new name.
fn renamed(name: &Name, old: &Name, new: &str, functions: &[Name]) -> Name {
    let mut after = name.clone();
    let whole = match old.text.rsplit_once('.') {
        Some((above, _)) if matches!(old.kind, NameKind::Fact | NameKind::Param | NameKind::ParamGroup) => {
            format!("{above}.{new}")
        }
        _ => new.to_owned(),
    };
    if name == old {
        after.text = whole;
        return after;
    }
    if functions.contains(name) {
        new.clone_into(&mut after.text);
    }
    // Whose values they are is told by the name of the decision, of the output or of the fact.
    if name.kind == NameKind::Value {
        let owner = match old.kind {
            NameKind::Decision => name.within.strip_prefix(&format!("{}.", old.text)).map(|output| format!("{whole}.{output}")),
            NameKind::Output => {
                (name.within == format!("{}.{}", old.within, old.text)).then(|| format!("{}.{whole}", old.within))
            }
            NameKind::Fact => (name.within == old.text).then(|| whole.clone()),
            _ => None,
        };
        after.within = owner.unwrap_or(after.within);
        return after;
    }
    let of_decision = [NameKind::Output, NameKind::Rule, NameKind::Let, NameKind::Item, NameKind::Setting].contains(&name.kind)
        && name.within == old.text;
    match old.kind {
        // What belongs to a decision or to a plugin goes with it.
        NameKind::Decision if of_decision => after.within = whole,
        NameKind::Plugin if name.kind == NameKind::Setting && name.within == old.text => after.within = whole,
        NameKind::ParamGroup if matches!(name.kind, NameKind::Param | NameKind::ParamGroup) => {
            if let Some(below) = name.text.strip_prefix(&format!("{}.", old.text)) {
                after.text = format!("{whole}.{below}");
            }
        }
        _ => {}
    }
    after
}
