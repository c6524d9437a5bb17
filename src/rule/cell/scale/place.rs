//! Places cut into segments: each constant alone, the rest of each of their countries, the rest of the European Union, and
//! the rest of the world.

use super::Spot;
use crate::rule::cell::coverage::Coverage;
use crate::value::{Place, PlaceCode};

/// The constants of one column.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The constants, sorted.
    codes: Vec<Place>,
    /// Their countries, sorted by code.
    countries: Vec<Place>,
    /// The European Union as a whole; none only if it could not be read.
    union: Option<Place>,
}

impl Places {
    pub(super) fn new(constants: impl Iterator<Item = Place>) -> Self {
        let mut codes: Vec<Place> = constants.collect();
        codes.sort_unstable();
        codes.dedup();
        let mut countries: Vec<Place> = codes.iter().filter_map(|code| Place::parse(code.country()).ok()).collect();
        countries.sort_unstable();
        countries.dedup();
        Self { codes, countries, union: Place::parse("EU").ok() }
    }

    pub(super) fn len(&self) -> usize {
        self.codes.len() + self.countries.len() + 2
    }

    /// The constant that is a segment of its own.
    pub(super) fn constant(&self, segment: usize) -> Option<&Place> {
        self.codes.get(segment)
    }

    /// The country whose rest is a segment.
    pub(super) fn country(&self, segment: usize) -> Option<&Place> {
        segment.checked_sub(self.codes.len()).and_then(|at| self.countries.get(at))
    }

    pub(super) fn locate(&self, place: &Place) -> Spot {
        // A country holds its parts, and a code may be written in two ways: no segment is one value only.
        Spot { segment: self.segment_of(place.packed()), exact: false }
    }

    #[inline]
    pub(super) fn segment_of(&self, place: PlaceCode) -> usize {
        if let Ok(at) = self.codes.binary_search_by_key(&place, Place::packed) {
            return at;
        }
        let behind_countries = self.codes.len() + self.countries.len();
        match self.countries.binary_search_by_key(&place.country(), Place::packed) {
            Ok(at) => self.codes.len() + at,
            Err(_) if place.is_in_union() => behind_countries,
            Err(_) => behind_countries + 1,
        }
    }

    /// The segments that lie in one of the constants. A place that is no constant itself lies in the same constants as its
    /// country does, or, if its country is not named either, at most in the European Union.
    pub(super) fn coverage(&self, wider: &Place) -> Coverage {
        if self.codes.binary_search(wider).is_err() {
            return Coverage::range(0, self.len(), false);
        }
        let mut all = Coverage::none();
        for (segment, place) in self.codes.iter().chain(&self.countries).enumerate() {
            if place.lies_in(wider) {
                all = all.or(&Coverage::range(segment, segment + 1, true));
            }
        }
        if self.union.as_ref() == Some(wider) {
            let rest_of_union = self.codes.len() + self.countries.len();
            all = all.or(&Coverage::range(rest_of_union, rest_of_union + 1, true));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_answer_as_places_do() {
        let world = ["US", "US-VA", "US-CA", "EU", "ES", "EU-ES", "ES-MD", "EU-FR", "FR", "FR-75", "GB", "GB-SCT", "BR", "PT"];
        let place = |code: &str| Place::parse(code).unwrap();
        for constants in [vec!["US"], vec!["EU"], vec!["US-VA", "EU-ES"], vec!["ES", "EU"], vec!["ES-MD", "GB", "FR"]] {
            let places = Places::new(constants.iter().map(|code| place(code)));
            for constant in &constants {
                let coverage = places.coverage(&place(constant));
                for code in world {
                    let segment = places.locate(&place(code)).segment;
                    let expected = place(code).lies_in(&place(constant));
                    assert_eq!(coverage.holds(segment), expected, "{code} in {constant} of {constants:?}");
                }
            }
        }
    }
}
