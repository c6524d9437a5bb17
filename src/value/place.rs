//! Places: countries and their parts, and the European Union.

use super::trouble::Trouble;
use super::zone::Zone;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Members of the European Union since 2020-02-01.
pub(crate) const EU_MEMBERS: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A country (`GB`), a part of one (`US-VA`), or the European Union, alone or with a member (`EU`, `EU-ES`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    code: Arc<str>,
    /// Told once when it is read, since every table that asks for a region asks for it.
    packed: PlaceCode,
}

/// The code of a place in one number, in the order of the codes, and whether it lies in the European Union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PlaceCode(pub(crate) u64);

impl PlaceCode {
    /// The last byte of the eight: a code has at most six.
    const IN_UNION: u64 = 1;
    /// `EU-` in the first three.
    const UNION_BEFORE: u64 = u64::from_be_bytes([b'E', b'U', b'-', 0, 0, 0, 0, 0]);

    fn new(code: &str) -> Self {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(code.bytes()).for_each(|(slot, byte)| *slot = byte);
        Self(u64::from_be_bytes(bytes))
    }

    /// Does it lie in the European Union? The Union itself is no member.
    #[inline]
    pub(crate) fn is_in_union(self) -> bool {
        self.0 & Self::IN_UNION != 0
    }

    /// That of its country, as [`Place::country`] has it, if that lies in the Union where it does.
    #[inline]
    pub(crate) fn country(self) -> Self {
        let behind_union = self.0 >> 40 == Self::UNION_BEFORE >> 40;
        let letters = if behind_union { self.0 << 24 } else { self.0 };
        Self(letters & 0xffff << 48 | self.0 & Self::IN_UNION)
    }
}

impl Place {
    /// Reads a code of ISO 3166-1 or 3166-2, or `EU`.
    ///
    /// # Errors
    /// When the text has another shape.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let (country, part) = text.split_once('-').unwrap_or((text, "X"));
        let country_fits = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        let part_fits =
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let union_fits = country != "EU" || text == "EU" || EU_MEMBERS.contains(&part);
        if country_fits && part_fits && union_fits {
            let place = Self { code: text.into(), packed: PlaceCode::new(text) };
            let in_union = if EU_MEMBERS.contains(&place.country()) { PlaceCode::IN_UNION } else { 0 };
            Ok(Self { packed: PlaceCode(place.packed.0 | in_union), ..place })
        } else {
            Err(Trouble::Text(format!("`{text}` is not a place; write a country or a part of it: `GB`, `US-VA`, `EU-ES`")))
        }
    }

    /// The code as written.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The country: `US` of `US-VA`, `ES` of `EU-ES`, `EU` of `EU` itself.
    #[must_use]
    pub fn country(&self) -> &str {
        // A code begins with two letters; behind `EU-` stands the member.
        self.code.strip_prefix("EU-").or_else(|| self.code.get(..2)).unwrap_or(&self.code)
    }

    /// Its code in one number.
    #[inline]
    pub(crate) fn packed(&self) -> PlaceCode {
        self.packed
    }

    /// Does this place lie in `wider`, or is it the same? `US-VA` lies in `US`; `ES`, `ES-MD` and `EU-ES` lie in `EU`; `EU-ES`
    /// lies in `ES` and the other way round.
    #[must_use]
    pub fn lies_in(&self, wider: &Self) -> bool {
        if self.code == wider.code {
            return true;
        }
        if &*wider.code == "EU" {
            return self.packed.is_in_union();
        }
        let whole_country = !wider.code.contains('-') || wider.code.starts_with("EU-");
        whole_country && self.country() == wider.country()
    }

    /// The IANA name of the time zone in which a place without a zone of its own is read: that of its capital, or of the
    /// largest part of a state of the United States.
    #[must_use]
    pub fn zone_name(&self) -> &'static str {
        self.zone_entry().map_or("UTC", |(_, zone)| zone)
    }

    /// That time zone itself.
    pub(crate) fn zone(&self) -> &'static Zone {
        static UTC: OnceLock<Zone> = OnceLock::new();
        static COUNTRIES: [OnceLock<Zone>; COUNTRY_ZONES.len()] = [const { OnceLock::new() }; COUNTRY_ZONES.len()];
        static STATES: [OnceLock<Zone>; STATE_ZONES.len()] = [const { OnceLock::new() }; STATE_ZONES.len()];
        let shelf = match self.state() {
            Some(state) => STATE_ZONES.iter().zip(&STATES).find(|((states, _), _)| states.contains(&state)),
            None => None,
        };
        let shelf = match shelf {
            Some(((_, name), cell)) => Some((*name, cell)),
            None => {
                let mut countries = COUNTRY_ZONES.iter().zip(&COUNTRIES);
                countries.find(|((country, _), _)| *country == self.country()).map(|((_, name), cell)| (*name, cell))
            }
        };
        // Every name of the tables is one of the database, as a test holds.
        let read = |name: &str| Zone::parse(name).unwrap_or_else(|_| Zone::utc()).keeping_offsets();
        shelf.map_or_else(|| UTC.get_or_init(|| Zone::utc().keeping_offsets()), |(name, cell)| cell.get_or_init(|| read(name)))
    }

    /// The state of a place in the United States.
    fn state(&self) -> Option<&str> {
        self.code.strip_prefix("US-")
    }

    fn zone_entry(&self) -> Option<(&'static str, &'static str)> {
        let state = self.state().and_then(|state| STATE_ZONES.iter().find(|(states, _)| states.contains(&state)));
        match state {
            Some((_, zone)) => Some(("US", *zone)),
            None => COUNTRY_ZONES.iter().find(|(country, _)| *country == self.country()).copied(),
        }
    }
}

/// Time zones of states of the United States that differ from that of the capital: of the largest part of the state.
const STATE_ZONES: [(&[&str], &str); 7] = [
    (&["AL", "AR", "IA", "IL", "KS", "LA", "MN", "MO", "MS", "ND", "NE", "OK", "SD", "TN", "TX", "WI"], "America/Chicago"),
    (&["CO", "ID", "MT", "NM", "UT", "WY"], "America/Denver"),
    (&["AZ"], "America/Phoenix"),
    (&["CA", "NV", "OR", "WA"], "America/Los_Angeles"),
    (&["AK"], "America/Anchorage"),
    (&["HI"], "Pacific/Honolulu"),
    (&["PR"], "America/Puerto_Rico"),
];

/// Time zone of the capital, or of the business capital where the capital is small.
const COUNTRY_ZONES: [(&str, &str); 48] = [
    ("US", "America/New_York"),
    ("CA", "America/Toronto"),
    ("MX", "America/Mexico_City"),
    ("BR", "America/Sao_Paulo"),
    ("AR", "America/Argentina/Buenos_Aires"),
    ("CL", "America/Santiago"),
    ("CO", "America/Bogota"),
    ("PE", "America/Lima"),
    ("UY", "America/Montevideo"),
    ("GB", "Europe/London"),
    ("IE", "Europe/Dublin"),
    ("PT", "Europe/Lisbon"),
    ("ES", "Europe/Madrid"),
    ("FR", "Europe/Paris"),
    ("BE", "Europe/Brussels"),
    ("NL", "Europe/Amsterdam"),
    ("LU", "Europe/Luxembourg"),
    ("DE", "Europe/Berlin"),
    ("AT", "Europe/Vienna"),
    ("CH", "Europe/Zurich"),
    ("IT", "Europe/Rome"),
    ("MT", "Europe/Malta"),
    ("DK", "Europe/Copenhagen"),
    ("SE", "Europe/Stockholm"),
    ("NO", "Europe/Oslo"),
    ("FI", "Europe/Helsinki"),
    ("EE", "Europe/Tallinn"),
    ("LV", "Europe/Riga"),
    ("LT", "Europe/Vilnius"),
    ("PL", "Europe/Warsaw"),
    ("CZ", "Europe/Prague"),
    ("SK", "Europe/Bratislava"),
    ("HU", "Europe/Budapest"),
    ("SI", "Europe/Ljubljana"),
    ("HR", "Europe/Zagreb"),
    ("RO", "Europe/Bucharest"),
    ("BG", "Europe/Sofia"),
    ("GR", "Europe/Athens"),
    ("CY", "Asia/Nicosia"),
    ("EU", "Europe/Brussels"),
    ("JP", "Asia/Tokyo"),
    ("KW", "Asia/Kuwait"),
    ("IN", "Asia/Kolkata"),
    ("SG", "Asia/Singapore"),
    ("AU", "Australia/Sydney"),
    ("NZ", "Pacific/Auckland"),
    ("ZA", "Africa/Johannesburg"),
    ("AE", "Asia/Dubai"),
];

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.code)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Zone;

    #[test]
    fn places_lie_in_wider_places() {
        let lies = |inner: &str, wider: &str| Place::parse(inner).unwrap().lies_in(&Place::parse(wider).unwrap());
        let pairs = [
            ("US-VA", "US"),
            ("US", "US-VA"),
            ("ES", "EU"),
            ("ES-MD", "EU"),
            ("EU-ES", "EU"),
            ("EU-ES", "ES"),
            ("GB", "EU"),
            ("US-VA", "US-VA"),
            ("US-VA", "US-CA"),
            ("EU", "ES"),
            ("ES-MD", "EU-ES"),
        ];
        let shown: Vec<String> = pairs.iter().map(|(a, b)| format!("{a} in {b}: {}", lies(a, b))).collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        US-VA in US: true
        US in US-VA: false
        ES in EU: true
        ES-MD in EU: true
        EU-ES in EU: true
        EU-ES in ES: true
        GB in EU: false
        US-VA in US-VA: true
        US-VA in US-CA: false
        EU in ES: false
        ES-MD in EU-ES: true
        ");
    }

    #[test]
    fn codes_in_one_number_are_in_the_order_of_codes() {
        let codes = ["AE", "BR", "ES", "ES-MD", "EU", "EU-ES", "EU-FR", "FR", "FR-75", "GB-SCT", "US", "US-VA"];
        let places: Vec<Place> = codes.iter().map(|code| Place::parse(code).unwrap()).collect();
        assert!(places.is_sorted_by(|one, next| one.packed() < next.packed()));
        for place in places {
            assert_eq!(place.packed().country(), Place::parse(place.country()).unwrap().packed(), "{place}");
        }
    }

    #[test]
    fn every_zone_of_the_table_exists() {
        for zone in COUNTRY_ZONES.iter().map(|(_, zone)| zone).chain(STATE_ZONES.iter().map(|(_, zone)| zone)) {
            assert!(Zone::parse(zone).is_ok(), "{zone}");
        }
        for code in ["US", "US-VA", "US-CA", "BR", "EU-ES", "ES-MD", "ZZ"] {
            let place = Place::parse(code).unwrap();
            assert_eq!(place.zone().name(), place.zone_name(), "{code}");
        }
    }
}
