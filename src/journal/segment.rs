//! The segments of a journal: where they lie, and how a closed one is packed.

use super::error::{JournalError, folder_of};
use crate::limits::JOURNAL_SEGMENTS_MAX;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// How many digits the number of a closed segment has.
const DIGITS: usize = 6;
/// How a packed segment ends.
const PACKED: &str = ".zst";
/// How one ends that is not packed to its end.
const UNFINISHED: &str = ".zst.part";
/// How much work goes into packing; more brings little.
const LEVEL: i32 = 3;

/// A closed segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) number: u32,
    pub(super) path: PathBuf,
    pub(super) is_packed: bool,
}

/// A name beside that of the journal.
pub(super) fn beside(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.file_name().map_or_else(OsString::new, OsString::from);
    name.push(ending);
    journal.with_file_name(name)
}

/// Where a closed segment lies before it is packed.
pub(super) fn closed(journal: &Path, number: u32) -> PathBuf {
    beside(journal, &format!(".{number:0DIGITS$}"))
}

/// Is this the name of one closed segment?
pub(super) fn is_closed(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(PACKED).unwrap_or(&name).rsplit_once('.').is_some_and(|(_, number)| number_of(number).is_some())
}

fn number_of(digits: &str) -> Option<u32> {
    let is_number = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// The closed segments of a journal, the oldest first. Where one lies there packed and unpacked, packing was broken off after its end
/// and both say the same.
pub(super) fn all(journal: &Path) -> Result<Vec<Segment>, JournalError> {
    let folder = folder_of(journal);
    let failed = |error| JournalError::system(folder, "read", &error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let begins = journal.file_name().unwrap_or_default().as_encoded_bytes();
    let mut segments = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        let rest = name.as_encoded_bytes().strip_prefix(begins).and_then(|rest| rest.strip_prefix(b"."));
        let Some(rest) = rest.and_then(|rest| std::str::from_utf8(rest).ok()) else { continue };
        let digits = rest.strip_suffix(PACKED).unwrap_or(rest);
        if let Some(number) = number_of(digits) {
            let path = journal.with_file_name(&name);
            segments.push(Segment { number, path, is_packed: digits.len() < rest.len() });
        }
    }
    segments.sort_by_key(|segment| (segment.number, segment.is_packed));
    segments.dedup_by_key(|segment| segment.number);
    Ok(segments)
}

/// The number of the segment that is closed next.
pub(super) fn next_number(journal: &Path) -> Result<u32, JournalError> {
    let last = all(journal)?.last().map_or(0, |segment| segment.number);
    if last >= JOURNAL_SEGMENTS_MAX {
        return Err(JournalError::Record(format!("the journal has {JOURNAL_SEGMENTS_MAX} closed segments; begin another one")));
    }
    Ok(last + 1)
}

/// Reads a segment, packed or not.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    let file = File::open(path)?;
    let is_packed = path.to_string_lossy().ends_with(PACKED);
    Ok(if is_packed { Box::new(zstd::Decoder::new(file)?) } else { Box::new(file) })
}

/// Packs closed segments that are not packed yet. Each is whole under one of its two names at every moment.
pub(super) fn pack_all(journal: &Path) -> Result<(), JournalError> {
    for segment in all(journal)?.iter().filter(|segment| !segment.is_packed) {
        let packed = with_ending(&segment.path, PACKED);
        let unfinished = with_ending(&segment.path, UNFINISHED);
        let failed = |error| JournalError::system(&packed, "written", &error);
        let done = pack(&segment.path, &unfinished).and_then(|()| fs::rename(&unfinished, &packed));
        if let Err(error) = done {
            // What cannot be taken away is written over next time.
            let _ = fs::remove_file(&unfinished);
            return Err(failed(error));
        }
        settle(folder_of(journal)).map_err(failed)?;
        fs::remove_file(&segment.path).map_err(failed)?;
    }
    Ok(())
}

fn pack(from: &Path, to: &Path) -> io::Result<()> {
    let mut input = BufReader::new(File::open(from)?);
    let mut encoder = zstd::Encoder::new(BufWriter::new(private().create(true).truncate(true).open(to)?), LEVEL)?;
    // So that a changed byte is found when it is unpacked.
    encoder.include_checksum(true)?;
    io::copy(&mut input, &mut encoder)?;
    let mut output = encoder.finish()?;
    output.flush()?;
    output.get_ref().sync_all()
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file that only its owner may read, as what it tells is about people.
pub(super) fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Has the system keep the names in a folder, as it keeps what is in the files.
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    // Who may write to a folder may not always read it, and not every file system keeps names on demand.
    #[cfg(unix)]
    if let Ok(open) = File::open(folder)
        && let Err(error) = open.sync_all()
        && error.kind() != ErrorKind::InvalidInput
    {
        return Err(error);
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
