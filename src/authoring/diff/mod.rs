//! What a change of a policy does: which of its parts were changed, and which cases come out differently.
//!
//! Order of the files, each using only those before it: `change`, `meaning`, `words`, `params`, `clocks`, `letters`, `rules`, `parts`, `local`, `outcome`, `cut`, `wording`, `axis`, `amount`, `outcomes`, `bounding`, `contrast`, `history`, `effect`, `worlds`, `diagram`, `columns`, `regions`, `witness`, `effects`, `weighing`, `sentences`, `text`, `markdown`.

mod amount;
mod axis;
mod bounding;
mod change;
mod clocks;
mod columns;
mod contrast;
mod cut;
mod diagram;
mod effect;
mod effects;
mod history;
mod letters;
mod local;
mod markdown;
mod meaning;
mod outcome;
mod outcomes;
mod params;
mod parts;
mod regions;
mod rules;
mod sentences;
#[cfg(test)]
mod tests;
mod text;
mod weighing;
mod witness;
mod wording;
pub(super) mod words;
mod worlds;

pub use change::{Change, ChangeKind, Note, Subject};
pub use contrast::Bounds;
pub use effect::{Effect, Region, Shown, Verdict};
pub use history::{Costs, Falling, Shift, Weight};
pub use markdown::to_markdown;
pub(crate) use outcome::Both;
pub use outcome::Turned;
pub(crate) use outcome::{rules_of, turned};
pub use text::to_text;
pub use weighing::Weighing;

use crate::decision::PolicyName;
use crate::policy::{Policy, Program};
use meaning::{Ids, Meaning};
use serde::Serialize;
use std::collections::BTreeMap;

/// What differs between two policies.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The policy before.
    pub old: PolicyName,
    /// The policy after.
    pub new: PolicyName,
    /// Is it proved that no decision changes?
    pub equal: bool,
    /// The parts that were changed, in the order in which a bundle tells them.
    pub changes: Vec<Change>,
    /// What becomes of each decision, in the order in which they are decided; those that are gone come last.
    pub effects: Vec<Effect>,
    /// The change weighed by the cases of a history, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Weight>,
    /// New names of decisions by their old ones.
    #[serde(skip)]
    renamed: BTreeMap<String, String>,
}

impl Difference {
    /// Begins to weigh the change by the cases of a history. Both policies are the ones that were compared.
    #[must_use]
    pub fn weigh<'p>(&self, old: &'p Policy, new: &'p Policy) -> Weighing<'p> {
        let own = self.effects.iter().filter(|effect| !matches!(effect.verdict, Verdict::Equal | Verdict::Through));
        let pairs = own.map(|effect| {
            let before = self.renamed.iter().find(|(_, name)| **name == effect.decision).map(|(name, _)| name.clone());
            (before.unwrap_or_else(|| effect.decision.clone()), effect.decision.clone())
        });
        let mut weighing = Weighing::new(old, new, pairs.collect());
        for effect in &self.effects {
            let before = self.renamed.iter().find(|(_, name)| **name == effect.decision).map(|(name, _)| name.as_str());
            weighing.regions_of(effect, before.unwrap_or(&effect.decision));
        }
        weighing
    }

    /// Takes in what a history says of it.
    pub fn weighed(&mut self, weight: Weight) {
        let mut regions = weight.regions.iter();
        for region in self.effects.iter_mut().flat_map(|effect| &mut effect.regions) {
            region.history = regions.next().cloned();
        }
        self.history = Some(weight);
    }

    /// The effects that are not those of a decision that decides as before.
    fn told(&self) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(|effect| effect.verdict != Verdict::Equal)
    }
}

/// Compares two policies.
#[must_use]
pub fn compare(old: &Policy, new: &Policy) -> Difference {
    let ids = Ids::default();
    let none = BTreeMap::new();
    let renamed = renamed(&old.program, &new.program, &ids);
    let shallow_old = Meaning::shallow(&old.program, &ids, &renamed);
    let shallow_new = Meaning::shallow(&new.program, &ids, &none);
    let mut changes = Vec::new();
    params::bundle(&old.program, &new.program, &mut changes);
    params::params(&old.program, &new.program, &mut changes);
    params::facts(&old.program, &new.program, &mut changes);
    params::assumptions(&old.program, &new.program, &mut changes);
    parts::decisions(&shallow_old, &shallow_new, &renamed, &mut changes);
    parts::guardrails(&shallow_old, &shallow_new, &mut changes);
    parts::scripts(&old.program, &new.program, &mut changes);
    clocks::clocks(&shallow_old, &shallow_new, &mut changes);
    clocks::calendars(&old.program, &new.program, &mut changes);
    clocks::packs(&shallow_old, &shallow_new, &mut changes);
    letters::letters(&old.program, &new.program, &mut changes);
    let effects = effects::all(old, new, &ids, &renamed);
    let equal = effects.iter().all(|effect| effect.verdict == Verdict::Equal) && effects::alike(&old.program, &new.program);
    let (old, new) = (old.name().clone(), new.name().clone());
    Difference { old, new, equal, changes, effects, history: None, renamed }
}

/// Is it proved that no decision changes, between two policies whose decisions have the same names? No case is looked for.
pub(crate) fn proves_equal(old: &Policy, new: &Policy) -> bool {
    effects::proved(&old.program, &new.program, &Ids::default())
}

/// Decisions that say the same under another name, where that is certain: exactly one that is gone and one that is new say it.
fn renamed(old: &Program, new: &Program, ids: &Ids) -> BTreeMap<String, String> {
    let none = BTreeMap::new();
    let only = |one: &Program, other: &Program| -> BTreeMap<String, Vec<String>> {
        let meaning = Meaning::deep(one, ids, &none);
        let is_gone = |name: &str| !other.decisions.iter().any(|decision| *decision.name == *name);
        let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for decision in one.decisions.iter().filter(|decision| is_gone(&decision.name)) {
            by_text.entry(local::text(&meaning, decision)).or_default().push(decision.name.to_string());
        }
        by_text
    };
    let (gone, added) = (only(old, new), only(new, old));
    let pairs = gone.iter().filter_map(|(text, names)| match (names.as_slice(), added.get(text).map(Vec::as_slice)) {
        ([was], Some([is])) => Some((was.clone(), is.clone())),
        _ => None,
    });
    pairs.collect()
}
