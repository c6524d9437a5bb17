//! One record: a line of JSON that ends with the digest of all that stands before it.

use super::key::MaskingKey;
use super::masking::quoted;
use crate::decision::PolicyName;
use crate::value::DateTime;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fmt::Write;

/// The version of the form.
const FORMAT: u32 = 1;
/// How a line of the first version begins.
const BEGINS: &str = "{\"format\":";
/// What stands between a record and its digest.
const CHECK: &str = ",\"check\":\"";
/// What stands behind it.
const END: &str = "\"}";
/// How a digest begins.
const DIGEST: &str = "blake3:";
/// How long the end of a line is: everything from the comma before `check`.
const CHECK_BYTES: usize = CHECK.len() + DIGEST.len() + 64 + END.len();
/// The version of the engine that writes.
const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What the next record follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// The number of the last record, 0 before the first.
    pub(super) number: u64,
    /// Its digest.
    pub(super) digest: Option<String>,
}

/// A record of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Its number, from 1.
    pub number: u64,
    /// When it was written, by the clock of the machine.
    pub written_at: DateTime,
    /// The version of the engine that wrote it.
    pub engine: String,
    /// What it says.
    pub entry: Entry,
    /// The digest of the record before; none for the first.
    pub previous: Option<String>,
    /// Its own digest.
    pub check: String,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// A decision.
    Decision(Box<DecisionRecord>),
    /// So many decisions left since the record before that could not be recorded.
    Lost {
        /// How many.
        decisions: u64,
    },
    /// The journal ended with a part of a line, which was taken away before it went on.
    Mended {
        /// How long the part was.
        bytes: u64,
    },
}

/// A decision as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecisionRecord {
    /// The number of the case.
    pub case_id: String,
    /// The digest of the case: `blake3:...`, or `keyed:...` where personal facts are masked.
    pub case_digest: String,
    /// The bundle that decided.
    pub bundle: PolicyName,
    /// What the places in the decision begin with: the directory below which the files of the bundle were shown.
    pub shown_in: String,
    /// What time it was taken to be, with the offset in which it was said: reasons may print it.
    pub at: DateTime,
    /// The number of the decision, or what stands for it where personal facts are masked.
    pub decision_id: String,
    /// The decision as JSON, byte by byte.
    pub decision: String,
    /// The case as JSON, if it was kept.
    pub case: Option<String>,
    /// What was masked, if personal facts are.
    pub masked: Option<MaskedFacts>,
}

/// Which facts of a record were replaced.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MaskedFacts {
    /// With which key.
    pub key: String,
    /// Their paths, sorted; none where the case holds nothing personal.
    pub facts: Vec<String>,
}

impl MaskedFacts {
    pub(super) fn new<'f>(key: &MaskingKey, facts: impl Iterator<Item = &'f str>) -> Self {
        Self { key: key.id(), facts: facts.map(str::to_owned).collect() }
    }
}

/// A line, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    format: u32,
    kind: Kind,
    number: u64,
    written_at: String,
    engine: String,
    case_id: Option<String>,
    case_digest: Option<String>,
    bundle: Option<Bundle>,
    at: Option<String>,
    decision_id: Option<String>,
    #[serde(borrow)]
    decision: Option<&'a RawValue>,
    #[serde(borrow)]
    case: Option<&'a RawValue>,
    masked: Option<MaskedFacts>,
    decisions: Option<u64>,
    bytes: Option<u64>,
    previous: Option<String>,
    check: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Decision,
    Lost,
    Mended,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    name: String,
    version: String,
    digest: String,
    shown_in: String,
}

impl Record {
    /// Reads a line back, without its line break.
    ///
    /// # Errors
    /// What is wrong with it, as the rest of a sentence about the line.
    pub fn parse(line: &str) -> Result<Self, String> {
        match format_of(line) {
            Some(format) if format > FORMAT => {
                return Err(format!("is of form {format}, which a newer version wrote; this one reads form {FORMAT}"));
            }
            Some(_) => {}
            None => return Err("is no record of a journal".to_owned()),
        }
        let (told, check) = halves(line).ok_or("does not end with its digest")?;
        if digest(told) != check {
            return Err("is not as it was written: its digest is another one".to_owned());
        }
        let read: Line = serde_json::from_str(line).map_err(|error| format!("is no record of a journal: {error}"))?;
        read.into_record().ok_or_else(|| "is no record of a journal: something is missing in it".to_owned())
    }

    /// As a line of JSON, as it stands in the journal.
    #[must_use]
    pub fn to_json(&self) -> String {
        let before = Link { number: self.number.saturating_sub(1), digest: self.previous.clone() };
        let mut line = String::new();
        before.write_by(&mut line, &self.engine, self.written_at, &self.entry);
        line.truncate(line.trim_end().len());
        line
    }

    pub(super) fn link(&self) -> Link {
        Link { number: self.number, digest: Some(self.check.clone()) }
    }

    /// Is this what somebody means who asks for a number of a record, of a case or of a decision, or for the first digits of one?
    #[must_use]
    pub fn is_meant_by(&self, asked: &str, key: Option<&MaskingKey>) -> bool {
        if asked.parse() == Ok(self.number) {
            return true;
        }
        let Entry::Decision(told) = &self.entry else { return false };
        let of_decision = |id: &str| told.decision_id == id || (id.len() >= 8 && told.decision_id.starts_with(id));
        told.case_id == asked
            || of_decision(asked)
            || key.is_some_and(|key| told.decision_id == super::masking::decision_id(key, asked))
    }
}

impl Line<'_> {
    fn into_record(self) -> Option<Record> {
        let entry = match self.kind {
            Kind::Lost => Entry::Lost { decisions: self.decisions? },
            Kind::Mended => Entry::Mended { bytes: self.bytes? },
            Kind::Decision => {
                let Bundle { name, version, digest, shown_in } = self.bundle?;
                Entry::Decision(Box::new(DecisionRecord {
                    case_id: self.case_id?,
                    case_digest: self.case_digest?,
                    bundle: PolicyName { bundle: name, version, digest },
                    shown_in,
                    at: DateTime::parse(&self.at?).ok()?,
                    decision_id: self.decision_id?,
                    decision: self.decision?.get().to_owned(),
                    case: self.case.map(|case| case.get().to_owned()),
                    masked: self.masked,
                }))
            }
        };
        Some(Record {
            number: Some(self.number).filter(|_| self.format == FORMAT)?,
            written_at: DateTime::parse(&self.written_at).ok()?,
            engine: self.engine,
            entry,
            previous: self.previous,
            check: self.check,
        })
    }
}

impl Link {
    /// Adds the line of the record that follows, and gives what the one after it follows.
    pub(super) fn write(&self, out: &mut String, written_at: DateTime, entry: &Entry) -> Self {
        self.write_by(out, ENGINE, written_at, entry)
    }

    fn write_by(&self, out: &mut String, engine: &str, written_at: DateTime, entry: &Entry) -> Self {
        let start = out.len();
        let number = self.number.saturating_add(1);
        let kind = match entry {
            Entry::Decision(_) => "decision",
            Entry::Lost { .. } => "lost",
            Entry::Mended { .. } => "mended",
        };
        // Writing into memory has nothing that could fail.
        let _ = write!(
            out,
            "{BEGINS}{FORMAT},\"kind\":\"{kind}\",\"number\":{number},\"written_at\":\"{written_at}\",\"engine\":{}",
            quoted(engine)
        );
        let _ = match entry {
            Entry::Decision(told) => told.write(out),
            Entry::Lost { decisions } => write!(out, ",\"decisions\":{decisions}"),
            Entry::Mended { bytes } => write!(out, ",\"bytes\":{bytes}"),
        };
        let _ = match &self.digest {
            Some(digest) => write!(out, ",\"previous\":\"{digest}\""),
            None => write!(out, ",\"previous\":null"),
        };
        let check = digest(out.get(start..).unwrap_or_default());
        let _ = writeln!(out, "{CHECK}{check}{END}");
        Self { number, digest: Some(check) }
    }
}

impl DecisionRecord {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let PolicyName { bundle, version, digest } = &self.bundle;
        write!(out, ",\"case_id\":{},\"case_digest\":{}", quoted(&self.case_id), quoted(&self.case_digest))?;
        write!(out, ",\"bundle\":{{\"name\":{},\"version\":{}", quoted(bundle), quoted(version))?;
        write!(out, ",\"digest\":{},\"shown_in\":{}}}", quoted(digest), quoted(&self.shown_in))?;
        write!(out, ",\"at\":\"{}\"", self.at)?;
        write!(out, ",\"decision_id\":{},\"decision\":{}", quoted(&self.decision_id), self.decision)?;
        if let Some(case) = &self.case {
            write!(out, ",\"case\":{case}")?;
        }
        if let Some(MaskedFacts { key, facts }) = &self.masked {
            write!(out, ",\"masked\":{{\"key\":{},\"facts\":{}}}", quoted(key), serde_json::Value::from(facts.clone()))?;
        }
        Ok(())
    }
}

/// The form of a line, if it tells one.
fn format_of(line: &str) -> Option<u32> {
    line.strip_prefix(BEGINS).and_then(|rest| rest.split_once(',')?.0.parse().ok())
}

/// Did a newer version write the line?
pub(super) fn is_newer(line: &str) -> bool {
    format_of(line).is_some_and(|format| format > FORMAT)
}

/// Can this be the beginning of a line of this form, however short?
pub(super) fn is_begun(bytes: &[u8]) -> bool {
    let begins = format!("{BEGINS}{FORMAT},\"kind\":\"");
    bytes.iter().zip(begins.as_bytes()).all(|(one, other)| one == other)
}

/// What a line says, and its digest.
fn halves(line: &str) -> Option<(&str, &str)> {
    let (told, end) = line.split_at_checked(line.len().checked_sub(CHECK_BYTES)?)?;
    let check = end.strip_prefix(CHECK)?.strip_suffix(END)?;
    Some((told, check))
}

fn digest(told: &str) -> String {
    format!("{DIGEST}{}", blake3::hash(told.as_bytes()).to_hex())
}
