//! The bytes of a file of a history, unpacked as they are read.

use super::files::{HistoryError, HistoryFile, Packing};
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a file that were read so far, packed as they lie there: what tells how far a run has come.
#[derive(Clone, Debug, Default)]
pub(super) struct BytesRead(pub(super) Arc<AtomicU64>);

impl BytesRead {
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
