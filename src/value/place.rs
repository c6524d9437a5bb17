//! Places: countries and their parts, and the European Union.

use super::trouble::Trouble;
use super::zone::Zone;
use std::fmt;
use std::sync::OnceLock;

/// Members of the European Union since 2020-02-01.
pub(crate) const EU_MEMBERS: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A country (`GB`), a part of one (`US-VA`), or the European Union, alone or with a member (`EU`, `EU-ES`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its code, and zeros behind it.
    letters: [u8; PlaceCode::BYTES_MAX],
    bytes: u8,
    /// Told once when it is read, since every table that asks for a region asks for it.
    packed: PlaceCode,
}

/// The code of a place in one number, in the order of the codes, and whether it lies in the European Union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PlaceCode(pub(crate) u64);

impl PlaceCode {
    /// How long a code is at most.
    const BYTES_MAX: usize = "EU-ESX".len();
    /// The last byte of the eight: no code is so long.
    const IN_UNION: u64 = 1;
    /// `EU-` in the first three.
    const UNION_BEFORE: u64 = u64::from_be_bytes([b'E', b'U', b'-', 0, 0, 0, 0, 0]);

    const fn new(code: &str) -> Self {
        let (mut packed, mut rest, mut free) = (0, code.as_bytes(), u64::BITS);
        while let [byte, behind @ ..] = rest {
            free -= u8::BITS;
            packed |= (*byte as u64) << free;
            rest = behind;
        }
        Self(packed)
    }

    /// Without telling where it lies.
    const fn alone(self) -> Self {
        Self(self.0 & !Self::IN_UNION)
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
        let fits = match text.as_bytes() {
            [b'E', b'U', b'-', _, _] => text.get(3..).is_some_and(is_member),
            [b'E', b'U', b'-', ..] => false,
            [a, b] => a.is_ascii_uppercase() && b.is_ascii_uppercase(),
            [a, b, b'-', part @ ..] => {
                a.is_ascii_uppercase()
                    && b.is_ascii_uppercase()
                    && (1..=3).contains(&part.len())
                    && part.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            }
            _ => false,
        };
        if !fits {
            return Err(Trouble::Text(format!(
                "`{text}` is not a place; write a country or a part of it: `GB`, `US-VA`, `EU-ES`"
            )));
        }
        let mut letters = [0; PlaceCode::BYTES_MAX];
        letters.iter_mut().zip(text.bytes()).for_each(|(letter, byte)| *letter = byte);
        let bytes = u8::try_from(text.len()).unwrap_or_default();
        let mut place = Self { letters, bytes, packed: PlaceCode::new(text) };
        if is_member(place.country()) {
            place.packed.0 |= PlaceCode::IN_UNION;
        }
        Ok(place)
    }

    /// The code as written.
    #[must_use]
    pub fn code(&self) -> &str {
        self.letters.get(..usize::from(self.bytes)).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default()
    }

    /// The country: `US` of `US-VA`, `ES` of `EU-ES`, `EU` of `EU` itself.
    #[must_use]
    pub fn country(&self) -> &str {
        // A code begins with two letters; behind `EU-` stands the member.
        let code = self.code();
        code.strip_prefix("EU-").or_else(|| code.get(..2)).unwrap_or(code)
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
        if self == wider {
            return true;
        }
        if wider.code() == "EU" {
            return self.packed.is_in_union();
        }
        let whole_country = !wider.code().contains('-') || wider.code().starts_with("EU-");
        whole_country && self.country() == wider.country()
    }

    /// The IANA name of the time zone in which a place without a zone of its own is read: that of its capital, or of the
    /// largest part of a state of the United States.
    #[must_use]
    pub fn zone_name(&self) -> &'static str {
        self.zone_row().map_or("UTC", |row| row.zone)
    }

    /// That time zone itself.
    pub(crate) fn zone(&self) -> &'static Zone {
        static UTC: OnceLock<Zone> = OnceLock::new();
        // Every name of the table is one of the database, as a test holds.
        let read = |name: &str| Zone::parse(name).unwrap_or_else(|_| Zone::utc()).keeping_offsets();
        let (name, kept) = self.zone_row().map_or(("UTC", &UTC), |row| (row.zone, &row.kept));
        kept.get_or_init(|| read(name))
    }

    fn zone_row(&self) -> Option<&'static ZoneRow> {
        let find = |code: PlaceCode| ZONES.get(ZONES.binary_search_by_key(&code, |row| row.place).ok()?);
        find(self.packed.alone()).or_else(|| find(self.packed.country().alone()))
    }
}

/// Is a country of two letters a member of the Union?
fn is_member(country: &str) -> bool {
    #[expect(clippy::indexing_slicing, reason = "computed when compiled: an index out of bounds does not compile")]
    static MEMBERS: [PlaceCode; EU_MEMBERS.len()] = {
        let mut members = [PlaceCode(0); EU_MEMBERS.len()];
        let mut at = 0;
        while at < members.len() {
            members[at] = PlaceCode::new(EU_MEMBERS[at]);
            at += 1;
        }
        members
    };
    MEMBERS.contains(&PlaceCode::new(country))
}

/// The time zone of a place.
struct ZoneRow {
    place: PlaceCode,
    zone: &'static str,
    kept: OnceLock<Zone>,
}

impl ZoneRow {
    const fn new(code: &str, zone: &'static str) -> Self {
        Self { place: PlaceCode::new(code), zone, kept: OnceLock::new() }
    }
}

/// Time zone of the capital, or of the business capital where the capital is small; and of states of the United States where that of
/// the largest part of the state differs from it. In the order of the codes.
static ZONES: [ZoneRow; 78] = [
    ZoneRow::new("AE", "Asia/Dubai"),
    ZoneRow::new("AR", "America/Argentina/Buenos_Aires"),
    ZoneRow::new("AT", "Europe/Vienna"),
    ZoneRow::new("AU", "Australia/Sydney"),
    ZoneRow::new("BE", "Europe/Brussels"),
    ZoneRow::new("BG", "Europe/Sofia"),
    ZoneRow::new("BR", "America/Sao_Paulo"),
    ZoneRow::new("CA", "America/Toronto"),
    ZoneRow::new("CH", "Europe/Zurich"),
    ZoneRow::new("CL", "America/Santiago"),
    ZoneRow::new("CO", "America/Bogota"),
    ZoneRow::new("CY", "Asia/Nicosia"),
    ZoneRow::new("CZ", "Europe/Prague"),
    ZoneRow::new("DE", "Europe/Berlin"),
    ZoneRow::new("DK", "Europe/Copenhagen"),
    ZoneRow::new("EE", "Europe/Tallinn"),
    ZoneRow::new("ES", "Europe/Madrid"),
    ZoneRow::new("EU", "Europe/Brussels"),
    ZoneRow::new("FI", "Europe/Helsinki"),
    ZoneRow::new("FR", "Europe/Paris"),
    ZoneRow::new("GB", "Europe/London"),
    ZoneRow::new("GR", "Europe/Athens"),
    ZoneRow::new("HR", "Europe/Zagreb"),
    ZoneRow::new("HU", "Europe/Budapest"),
    ZoneRow::new("IE", "Europe/Dublin"),
    ZoneRow::new("IN", "Asia/Kolkata"),
    ZoneRow::new("IT", "Europe/Rome"),
    ZoneRow::new("JP", "Asia/Tokyo"),
    ZoneRow::new("KW", "Asia/Kuwait"),
    ZoneRow::new("LT", "Europe/Vilnius"),
    ZoneRow::new("LU", "Europe/Luxembourg"),
    ZoneRow::new("LV", "Europe/Riga"),
    ZoneRow::new("MT", "Europe/Malta"),
    ZoneRow::new("MX", "America/Mexico_City"),
    ZoneRow::new("NL", "Europe/Amsterdam"),
    ZoneRow::new("NO", "Europe/Oslo"),
    ZoneRow::new("NZ", "Pacific/Auckland"),
    ZoneRow::new("PE", "America/Lima"),
    ZoneRow::new("PL", "Europe/Warsaw"),
    ZoneRow::new("PT", "Europe/Lisbon"),
    ZoneRow::new("RO", "Europe/Bucharest"),
    ZoneRow::new("SE", "Europe/Stockholm"),
    ZoneRow::new("SG", "Asia/Singapore"),
    ZoneRow::new("SI", "Europe/Ljubljana"),
    ZoneRow::new("SK", "Europe/Bratislava"),
    ZoneRow::new("US", "America/New_York"),
    ZoneRow::new("US-AK", "America/Anchorage"),
    ZoneRow::new("US-AL", "America/Chicago"),
    ZoneRow::new("US-AR", "America/Chicago"),
    ZoneRow::new("US-AZ", "America/Phoenix"),
    ZoneRow::new("US-CA", "America/Los_Angeles"),
    ZoneRow::new("US-CO", "America/Denver"),
    ZoneRow::new("US-HI", "Pacific/Honolulu"),
    ZoneRow::new("US-IA", "America/Chicago"),
    ZoneRow::new("US-ID", "America/Denver"),
    ZoneRow::new("US-IL", "America/Chicago"),
    ZoneRow::new("US-KS", "America/Chicago"),
    ZoneRow::new("US-LA", "America/Chicago"),
    ZoneRow::new("US-MN", "America/Chicago"),
    ZoneRow::new("US-MO", "America/Chicago"),
    ZoneRow::new("US-MS", "America/Chicago"),
    ZoneRow::new("US-MT", "America/Denver"),
    ZoneRow::new("US-ND", "America/Chicago"),
    ZoneRow::new("US-NE", "America/Chicago"),
    ZoneRow::new("US-NM", "America/Denver"),
    ZoneRow::new("US-NV", "America/Los_Angeles"),
    ZoneRow::new("US-OK", "America/Chicago"),
    ZoneRow::new("US-OR", "America/Los_Angeles"),
    ZoneRow::new("US-PR", "America/Puerto_Rico"),
    ZoneRow::new("US-SD", "America/Chicago"),
    ZoneRow::new("US-TN", "America/Chicago"),
    ZoneRow::new("US-TX", "America/Chicago"),
    ZoneRow::new("US-UT", "America/Denver"),
    ZoneRow::new("US-WA", "America/Los_Angeles"),
    ZoneRow::new("US-WI", "America/Chicago"),
    ZoneRow::new("US-WY", "America/Denver"),
    ZoneRow::new("UY", "America/Montevideo"),
    ZoneRow::new("ZA", "Africa/Johannesburg"),
];

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
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
    fn codes_have_the_form_of_the_standard() {
        let texts = [
            "US", "EU", "US-VA", "GB-SCT", "FR-75", "US-9", "EU-ES", "EU-US", "EU-ESX", "EU-", "U", "", "us", "US-", "US-va",
            "US-VIRG", "U1", "1S-VA", "ÑA", "US-Ñ",
        ];
        let shown = texts.map(|text| match Place::parse(text) {
            Ok(place) => format!("{text}: {place} in {}", place.country()),
            Err(_) => format!("{text}: none"),
        });
        insta::assert_snapshot!(shown.join("\n"), @"
        US: US in US
        EU: EU in EU
        US-VA: US-VA in US
        GB-SCT: GB-SCT in GB
        FR-75: FR-75 in FR
        US-9: US-9 in US
        EU-ES: EU-ES in ES
        EU-US: none
        EU-ESX: none
        EU-: none
        U: none
        : none
        us: none
        US-: none
        US-va: none
        US-VIRG: none
        U1: none
        1S-VA: none
        ÑA: none
        US-Ñ: none
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
        assert!(ZONES.is_sorted_by(|one, next| one.place < next.place));
        for ZoneRow { zone, .. } in &ZONES {
            assert!(Zone::parse(zone).is_ok(), "{zone}");
        }
        for code in ["US", "US-VA", "US-CA", "BR", "EU-ES", "ES-MD", "ZZ"] {
            let place = Place::parse(code).unwrap();
            assert_eq!(place.zone().name(), place.zone_name(), "{code}");
        }
    }
}
