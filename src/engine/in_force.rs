//! The bundle that was in force on a day, out of a store.

use super::store::{Store, StoreError, StoredFiles};
use crate::bundle::Bundle;
use crate::value::{Date, Zone};

/// A bundle that was in force on a day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InForce {
    /// What the store holds of it.
    pub stored: StoredFiles,
    /// The first and the last day on which it holds, where it says them.
    pub effective: (Option<Date>, Option<Date>),
    /// Was it stored only after that day? Then nothing but its own dates says that it was in force.
    pub is_stored_later: bool,
}

impl Store {
    /// The bundle of a name that was in force on a day: of those whose dates (`effective`) hold on that day, the one that was stored last
    /// by the end of it, in UTC. Where all were stored later, the one that was stored first.
    ///
    /// # Errors
    /// When the store cannot be read, or a bundle of that name in it is damaged: it could be the one.
    pub fn in_force(&self, bundle: &str, day: Date) -> Result<Option<InForce>, StoreError> {
        let list = self.list()?;
        if let Some(damaged) = list.damaged.into_iter().next() {
            return Err(damaged);
        }
        let mut found: Option<InForce> = None;
        // Those first that were stored first.
        for each in list.bundles.iter().filter(|each| each.name.bundle == bundle) {
            let is_stored_later = each.stored_at.day_in(&Zone::utc()) > day;
            if is_stored_later && found.is_some() {
                break;
            }
            let stored = self.get(&each.name.digest)?;
            // What cannot be read was kept unchecked, and says no dates.
            let manifest = Bundle::read(&stored.files).0.map(|bundle| bundle.manifest);
            let effective = manifest.map_or((None, None), |manifest| (manifest.effective_from, manifest.effective_until));
            let holds = effective.0.is_none_or(|from| from <= day) && effective.1.is_none_or(|until| day <= until);
            if holds {
                found = Some(InForce { stored, effective, is_stored_later });
            }
        }
        Ok(found)
    }
}
