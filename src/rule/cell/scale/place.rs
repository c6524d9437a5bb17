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
    shelves: Shelves,
}

/// Codes with their segments, each found where its number says or soon behind: one look tells most places.
#[derive(Clone, Debug)]
pub(crate) struct Shelves {
    /// A power of two, at least two for each code; zero stands for none.
    places: Box<[(u64, u32)]>,
    /// How far a number is shifted to tell its shelf.
    shift: u32,
    /// The segment of the rest of the European Union; behind it stands that of the rest of the world.
    rest: u32,
}

/// A large odd number, which spreads codes over the shelves (the golden ratio of 2^64, as Knuth has it for hashing by multiplication).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Tells the rest of a country from the country as a constant: no code has that bit.
const REST_OF_COUNTRY: u64 = 2;

impl Shelves {
    fn new(codes: &[Place], countries: &[Place]) -> Self {
        let codes = codes.iter().map(|code| code.packed().0);
        let keys = codes.chain(countries.iter().map(|country| country.packed().0 | REST_OF_COUNTRY));
        let count = keys.clone().count();
        let room = (2 * count).next_power_of_two().max(2);
        let mut shelves = Self {
            places: vec![(0, 0); room].into(),
            shift: 64 - room.trailing_zeros(),
            rest: u32::try_from(count).unwrap_or(u32::MAX),
        };
        for (segment, key) in (0_u32..).zip(keys) {
            let mut at = shelves.first(key);
            while let Some(shelf) = shelves.places.get_mut(at) {
                if shelf.0 == 0 {
                    *shelf = (key, segment);
                    break;
                }
                at = shelves.next(at);
            }
        }
        shelves
    }

    #[inline]
    fn first(&self, key: u64) -> usize {
        usize::try_from(key.wrapping_mul(SPREAD) >> self.shift).unwrap_or(0)
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.places.len() - 1)
    }

    #[inline]
    fn find(&self, key: u64) -> Option<u32> {
        let mut at = self.first(key);
        // Half of the shelves are empty, so the search ends.
        loop {
            match self.places.get(at) {
                Some((known, segment)) if *known == key => return Some(*segment),
                Some((0, _)) | None => return None,
                Some(_) => at = self.next(at),
            }
        }
    }

    /// The segment of a place.
    #[inline]
    pub(crate) fn segment(&self, place: PlaceCode) -> usize {
        let found = self.find(place.0).or_else(|| self.find(place.country().0 | REST_OF_COUNTRY));
        found.unwrap_or(self.rest + u32::from(!place.is_in_union())) as usize
    }
}

impl Places {
    pub(super) fn new(constants: impl Iterator<Item = Place>) -> Self {
        let mut codes: Vec<Place> = constants.collect();
        codes.sort_unstable();
        codes.dedup();
        let mut countries: Vec<Place> = codes.iter().filter_map(|code| Place::parse(code.country()).ok()).collect();
        countries.sort_unstable();
        countries.dedup();
        let shelves = Shelves::new(&codes, &countries);
        Self { codes, countries, union: Place::parse("EU").ok(), shelves }
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
        self.shelves.segment(place)
    }

    /// See there.
    pub(crate) fn shelves(&self) -> &Shelves {
        &self.shelves
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
