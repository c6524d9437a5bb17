//! The end of a journal: found, mended where a line is torn, and written on.

use super::error::{JournalError, folder_of};
use super::reader::Lines;
use super::record::{Entry, Link, Record, is_begun, is_newer};
use super::segment;
use crate::limits::JOURNAL_RECORD_BYTES_MAX;
use crate::value::DateTime;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// How much of the end of a file is read at first, in bytes.
const CHUNK_BYTES: u64 = 64 * 1024;

/// The open segment, ready for the next record.
#[derive(Debug)]
pub(super) struct Tail {
    path: PathBuf,
    /// None between closing a segment and opening the next.
    file: Option<Arc<File>>,
    /// How long what is written is, without what a write that failed left behind.
    size: u64,
    pub(super) link: Link,
    /// Did a write fail that may have left something behind?
    is_unclean: bool,
    /// Decisions that left since the last record and are not told yet.
    pub(super) untold: u64,
    /// Why nothing is written any more.
    pub(super) stopped: Option<String>,
    /// Why a closed segment is not packed.
    pub(super) unpacked: Option<String>,
}

impl Tail {
    /// Finds the end of a journal, takes away a torn line, and begins one where there is none. Whoever calls it holds the lock.
    pub(super) fn open(path: &Path) -> Result<Self, JournalError> {
        let mut tail = Self {
            path: path.to_owned(),
            file: None,
            size: 0,
            link: Link::default(),
            is_unclean: false,
            untold: 0,
            stopped: None,
            unpacked: None,
        };
        tail.pack();
        let file = tail.opened()?;
        let failed = |doing| move |error: io::Error| JournalError::system(path, doing, &error);
        let size = file.metadata().map_err(failed("read"))?.len();
        let (begin, torn) = last_line(path, &file, size)?;
        refuse_foreign(path, &torn)?;
        let mut mended = None;
        if torn.is_empty() {
            tail.size = size;
        } else if std::str::from_utf8(&torn).is_ok_and(|line| Record::parse(line).is_ok()) {
            // All of it is there but the line break.
            tail.size = size;
            tail.put("\n")?;
        } else {
            tail.size = begin;
            // Nothing is taken from a file before it is known to be a journal.
            tail.last_link(&file)?;
            file.set_len(begin).map_err(failed("written"))?;
            mended = Some(size - begin);
        }
        tail.link = tail.last_link(&file)?;
        file.sync_all().map_err(failed("written"))?;
        if let Some(bytes) = mended {
            tail.append(&Entry::Mended { bytes }, u64::MAX, true)?;
        }
        Ok(tail)
    }

    /// What the next record follows.
    fn last_link(&self, file: &File) -> Result<Link, JournalError> {
        let last = match self.size.checked_sub(1) {
            Some(end) => Some((self.path.clone(), last_line(&self.path, file, end)?.1)),
            None => match segment::all(&self.path)?.pop() {
                Some(closed) => {
                    let lines = Lines::open(&closed.path)?;
                    let last = lines.last().transpose()?;
                    Some((closed.path, last.map_or_else(Vec::new, |line| line.bytes)))
                }
                None => None,
            },
        };
        let Some((path, bytes)) = last else { return Ok(Link::default()) };
        let text = std::str::from_utf8(&bytes).map_err(|_| "is not as it was written".to_owned());
        if text.as_ref().is_ok_and(|line| is_newer(line)) {
            return Err(JournalError::Newer(path));
        }
        let read = text.and_then(Record::parse);
        read.map(|record| record.link())
            .map_err(|reason| JournalError::Damaged { path, reason: format!("its last line {reason}") })
    }

    /// Writes a record, and before it how many decisions are not recorded. Where it fails, nothing of it stays.
    pub(super) fn append(&mut self, entry: &Entry, segment_bytes: u64, is_synced: bool) -> Result<(), JournalError> {
        if let Some(reason) = &self.stopped {
            return Err(JournalError::Stopped { path: self.path.clone(), reason: reason.clone() });
        }
        let mut text = String::new();
        let now = now();
        let mut link = self.link.clone();
        if self.untold > 0 {
            link = link.write(&mut text, now, &Entry::Lost { decisions: self.untold });
        }
        link = link.write(&mut text, now, entry);
        if text.len() >= JOURNAL_RECORD_BYTES_MAX {
            return Err(JournalError::Record(format!("it is larger than {JOURNAL_RECORD_BYTES_MAX} bytes")));
        }
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if self.size > 0 && self.size.saturating_add(length) > segment_bytes {
            self.close_segment()?;
        }
        self.put(&text)?;
        if is_synced && let Err(error) = self.sync() {
            self.stopped = Some(error.to_string());
            return Err(JournalError::Stopped { path: self.path.clone(), reason: error.to_string() });
        }
        (self.link, self.untold) = (link, 0);
        Ok(())
    }

    /// The file that is written, for whoever brings it to the disk.
    pub(super) fn file(&self) -> Option<Arc<File>> {
        self.file.clone()
    }

    fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), |file| file.sync_data())
    }

    /// Adds a text at the end, or nothing.
    fn put(&mut self, text: &str) -> Result<(), JournalError> {
        let file = self.opened()?;
        self.stands_still(&file)?;
        let failed = |error| JournalError::system(&self.path, "written", &error);
        if self.is_unclean {
            file.set_len(self.size).map_err(failed)?;
            self.is_unclean = false;
        }
        if let Err(error) = (&*file).write_all(text.as_bytes()) {
            // What cannot be taken away now is taken away before the next record.
            self.is_unclean = file.set_len(self.size).is_err();
            return Err(failed(error));
        }
        self.size = self.size.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// The open segment; a new one where there is none.
    fn opened(&mut self) -> Result<Arc<File>, JournalError> {
        if let Some(file) = &self.file {
            return Ok(file.clone());
        }
        let path = &self.path;
        let is_there = match fs::metadata(path) {
            Ok(about) if !about.is_file() => return Err(JournalError::NoFile(path.clone())),
            about => about.is_ok(),
        };
        let file = segment::private().read(true).append(true).create(true).open(path);
        let file = Arc::new(file.map_err(|error| JournalError::system(path, "written", &error))?);
        if !is_there {
            segment::settle(folder_of(path)).map_err(|error| JournalError::system(path, "written", &error))?;
        }
        self.file = Some(file.clone());
        Ok(file)
    }

    /// A journal that was moved or taken away would be written where nobody finds it.
    #[cfg(unix)]
    fn stands_still(&self, file: &File) -> Result<(), JournalError> {
        use std::os::unix::fs::MetadataExt;
        let (here, there) = (file.metadata(), fs::metadata(&self.path));
        match (here, there) {
            (Ok(here), Ok(there)) if (here.dev(), here.ino()) == (there.dev(), there.ino()) => Ok(()),
            _ => Err(JournalError::Gone(self.path.clone())),
        }
    }

    /// An open file cannot be moved or taken away here.
    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "nothing can happen to it")]
    fn stands_still(&self, _file: &File) -> Result<(), JournalError> {
        Ok(())
    }

    /// Closes the open segment. It is whole on the disk before it has its other name.
    fn close_segment(&mut self) -> Result<(), JournalError> {
        let file = self.opened()?;
        self.stands_still(&file)?;
        let closed = segment::closed(&self.path, segment::next_number(&self.path)?);
        let failed = |error| JournalError::system(&self.path, "written", &error);
        if self.is_unclean {
            file.set_len(self.size).map_err(failed)?;
            self.is_unclean = false;
        }
        file.sync_all().map_err(failed)?;
        fs::rename(&self.path, &closed).map_err(|error| JournalError::system(&closed, "written", &error))?;
        (self.file, self.size) = (None, 0);
        segment::settle(folder_of(&self.path)).map_err(failed)?;
        self.opened()?;
        self.pack();
        Ok(())
    }

    /// Packs what is closed. A segment that cannot be packed keeps nobody from recording.
    fn pack(&mut self) {
        self.unpacked = segment::pack_all(&self.path).err().map(|error| error.to_string());
    }
}

/// Refuses a file that ends with something that no journal was writing when it was broken off. A machine that lost its power may leave
/// zeros.
fn refuse_foreign(path: &Path, torn: &[u8]) -> Result<(), JournalError> {
    if std::str::from_utf8(torn).is_ok_and(is_newer) {
        return Err(JournalError::Newer(path.to_owned()));
    }
    if is_begun(torn) || torn.iter().all(|byte| *byte == 0) {
        return Ok(());
    }
    let reason = "it ends with something that is no record, and is left as it is".to_owned();
    Err(JournalError::Damaged { path: path.to_owned(), reason })
}

/// What stands between the last line break before an end and that end: where it begins, and its bytes.
fn last_line(path: &Path, mut file: &File, end: u64) -> Result<(u64, Vec<u8>), JournalError> {
    let most = u64::try_from(JOURNAL_RECORD_BYTES_MAX).unwrap_or(u64::MAX);
    let failed = |error| JournalError::system(path, "read", &error);
    let mut chunk = CHUNK_BYTES;
    loop {
        let begin = end.saturating_sub(chunk);
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(begin)).map_err(failed)?;
        file.take(end - begin).read_to_end(&mut bytes).map_err(failed)?;
        if let Some(at) = bytes.iter().rposition(|byte| *byte == b'\n') {
            let line = bytes.split_off(at + 1);
            let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
            return Ok((end.saturating_sub(length), line));
        }
        if begin == 0 {
            return Ok((0, bytes));
        }
        if chunk > most {
            let reason = format!("it ends with more than {JOURNAL_RECORD_BYTES_MAX} bytes that are no record");
            return Err(JournalError::Damaged { path: path.to_owned(), reason });
        }
        chunk = chunk.saturating_mul(4);
    }
}

/// The present, in whole seconds.
fn now() -> DateTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(DateTime::from_unix_seconds).unwrap_or(DateTime::UNIX_EPOCH)
}
