//! Does the chain hold? Records counted, gaps told, and where it breaks first.

use super::error::JournalError;
use super::reader::{Lines, Place};
use super::record::{Entry, Link, Record};
use super::segment;
use crate::value::DateTime;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// What was found in a journal.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Verification {
    /// Records in the order of the chain, up to the first break.
    pub records: u64,
    /// Decisions among them.
    pub decisions: u64,
    /// Of these, with the whole case.
    pub with_case: u64,
    /// Of these, with personal facts masked.
    pub masked: u64,
    /// How many decisions left that could not be recorded, by the records that tell it.
    pub lost: u64,
    /// Places where decisions were lost.
    pub lost_at: Vec<Place>,
    /// Places where the rest of a torn line was taken away.
    pub mended_at: Vec<Place>,
    /// Places where the clock of the machine was behind that of the record before.
    pub clock_back_at: Vec<Place>,
    /// How many segments there are.
    pub segments: usize,
    /// The number of the first record; 1 where the journal is here from its beginning.
    pub first_number: Option<u64>,
    /// The number of the last record.
    pub last_number: Option<u64>,
    /// When the first record was written.
    pub first_at: Option<DateTime>,
    /// When the last one was.
    pub last_at: Option<DateTime>,
    /// The digest of the last record.
    pub last_check: Option<String>,
    /// Decisions by the bundle that decided, as `name version (digest)`.
    pub bundles: BTreeMap<String, u64>,
    /// Records by the version of the engine.
    pub engines: BTreeMap<String, u64>,
    /// Where the chain breaks first; what lies behind is not counted.
    pub broken: Option<Break>,
    /// Was the record there that was asked for?
    pub holds: Option<bool>,
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Break {
    /// The line.
    pub place: Place,
    /// What is wrong with it, as the rest of a sentence about the line.
    pub reason: String,
    /// Is it no more than the part of a line that was being written, behind all whole records?
    pub is_torn: bool,
}

impl Verification {
    /// Goes through a journal with all of its segments, or through the one closed segment that is named. With `sought`, tells too
    /// whether the record of that digest is in it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(journal: &Path, sought: Option<&str>) -> Result<Self, JournalError> {
        let mut found = Self { holds: sought.map(|_| false), ..Self::default() };
        let mut lines = Lines::open(journal)?;
        found.segments = lines.count;
        let mut before: Option<Link> = (!segment::is_closed(journal)).then(Link::default);
        while let Some(line) = lines.next() {
            let line = match line {
                Ok(line) => line,
                // A packed segment that was changed does not unpack; anything else is the system's.
                Err(JournalError::System { path, reason, kind, .. }) if segment::is_closed(&path) && is_of_unpacking(kind) => {
                    let place = Place { path, line: 1 };
                    found.broken =
                        Some(Break { place, reason: format!("and what follows cannot be unpacked: {reason}"), is_torn: false });
                    break;
                }
                Err(error) => return Err(error),
            };
            match line.record().and_then(|record| follows(before.as_ref(), &record).map(|()| record)) {
                Ok(record) => {
                    before = Some(record.link());
                    found.take(line.place, record, sought);
                }
                Err(reason) => {
                    let is_torn = !line.is_ended && lines.next().is_none();
                    found.broken = Some(Break { place: line.place, reason, is_torn });
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Is the chain whole, and the record there that was asked for?
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.broken.is_none() && self.holds != Some(false)
    }

    fn take(&mut self, place: Place, record: Record, sought: Option<&str>) {
        self.records += 1;
        *self.engines.entry(record.engine).or_default() += 1;
        match record.entry {
            Entry::Decision(told) => {
                self.decisions += 1;
                self.with_case += u64::from(told.case.is_some());
                self.masked += u64::from(told.masked.is_some());
                let digest = told.bundle.digest.strip_prefix("blake3:").unwrap_or(&told.bundle.digest).to_owned();
                let short = digest.get(..12).unwrap_or(&digest);
                *self.bundles.entry(format!("{} {} ({short})", told.bundle.bundle, told.bundle.version)).or_default() += 1;
            }
            Entry::Lost { decisions } => {
                self.lost = self.lost.saturating_add(decisions);
                self.lost_at.push(place.clone());
            }
            Entry::Mended { .. } => self.mended_at.push(place.clone()),
        }
        if self.last_at.is_some_and(|last| record.written_at < last) {
            self.clock_back_at.push(place);
        }
        if sought.is_some_and(|sought| is_meant(&record.check, sought)) {
            self.holds = Some(true);
        }
        self.first_number.get_or_insert(record.number);
        self.first_at.get_or_insert(record.written_at);
        (self.last_number, self.last_at, self.last_check) = (Some(record.number), Some(record.written_at), Some(record.check));
    }
}

/// Is it what is said of bytes that cannot be unpacked?
fn is_of_unpacking(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Other | ErrorKind::InvalidData | ErrorKind::UnexpectedEof)
}

/// Is this the digest, or the first 8 or more digits of it?
fn is_meant(check: &str, sought: &str) -> bool {
    let (check, sought) = (check.trim_start_matches("blake3:"), sought.trim_start_matches("blake3:"));
    sought.len() >= 8 && check.starts_with(sought)
}

/// Does a record follow what stands before it? Nothing is known of what stood before one closed segment.
fn follows(before: Option<&Link>, record: &Record) -> Result<(), String> {
    let Some(before) = before else { return Ok(()) };
    let due = before.number.saturating_add(1);
    if record.number > due && before.number == 0 {
        return Err(format!("is record {}: those before it are not here", record.number));
    }
    if record.number > due {
        let last = record.number - 1;
        return Err(if due == last {
            format!("is record {}: record {due} is missing", record.number)
        } else {
            format!("is record {}: the records {due} to {last} are missing", record.number)
        });
    }
    if record.number < due {
        return Err(format!("is record {}, and record {due} was to follow", record.number));
    }
    if record.previous != before.digest {
        return Err(format!("does not follow record {}: it names another digest of it", before.number));
    }
    Ok(())
}
