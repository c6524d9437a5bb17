//! The bytes of a file of a history, unpacked as they are read.

use super::files::{HistoryError, HistoryFile, Packing};
use super::stream::StreamFormat;
use crate::limits::DOCUMENT_BYTES_MAX;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a Parquet file begins with.
const PARQUET_MARK: &[u8] = b"PAR1";

/// Bytes of a file that were read so far, packed as they lie there: what tells how far a run has come.
#[derive(Clone, Debug, Default)]
pub(super) struct BytesRead(pub(super) Arc<AtomicU64>);

impl BytesRead {
    #[cfg(feature = "parquet")]
    pub(super) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A reader that counts.
struct Counted<R> {
    inner: R,
    read: BytesRead,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The unpacked bytes of a file; those that were read count into `read`.
pub(super) fn open(file: &HistoryFile, read: &BytesRead) -> Result<Box<dyn Read>, HistoryError> {
    let failed = |error| HistoryError::unreadable(&file.path, error);
    let counted: Box<dyn Read> = if file.is_standard_input() {
        Box::new(Counted { inner: io::stdin(), read: read.clone() })
    } else {
        Box::new(Counted { inner: File::open(&file.path).map_err(failed)?, read: read.clone() })
    };
    unpacked(counted, file).map_err(failed)
}

/// The unpacked bytes of a file whose bytes were read.
pub(super) fn open_bytes(file: &HistoryFile, bytes: Vec<u8>) -> Result<Box<dyn Read>, HistoryError> {
    unpacked(Box::new(Cursor::new(bytes)), file).map_err(|error| HistoryError::unreadable(&file.path, error))
}

/// The form of a file: what its name tells, else what its first line looks like. No more is read, so that a live stream is not held up.
pub(super) fn format_of(
    file: &HistoryFile,
    bytes: Box<dyn Read>,
    has_mapping: bool,
) -> Result<(StreamFormat, Box<dyn Read>), HistoryError> {
    if let Some(format) = file.format {
        return Ok((format, bytes));
    }
    let mut reader = BufReader::new(bytes);
    let mut start = Vec::new();
    let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX);
    while start.trim_ascii().is_empty() && start.len() <= DOCUMENT_BYTES_MAX {
        let line = (&mut reader).take(most).read_until(b'\n', &mut start);
        if line.map_err(|error| HistoryError::unreadable(&file.path, error))? == 0 {
            break;
        }
    }
    let format = if start.starts_with(PARQUET_MARK) {
        StreamFormat::Parquet
    } else if has_mapping {
        StreamFormat::Csv
    } else {
        StreamFormat::of_start(&String::from_utf8_lossy(&start))
    };
    Ok((format, Box::new(Cursor::new(start).chain(reader))))
}

#[cfg(feature = "compressed")]
fn unpacked(bytes: Box<dyn Read>, file: &HistoryFile) -> io::Result<Box<dyn Read>> {
    // Several packed files one behind the other are one packed file.
    Ok(match file.packing {
        Packing::Plain => bytes,
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
        Packing::Zstandard => Box::new(zstd::Decoder::new(bytes)?),
    })
}

#[cfg(not(feature = "compressed"))]
fn unpacked(bytes: Box<dyn Read>, file: &HistoryFile) -> io::Result<Box<dyn Read>> {
    match file.packing {
        Packing::Plain => Ok(bytes),
        Packing::Gzip | Packing::Zstandard => Err(io::Error::other("this program was built without packed files")),
    }
}
