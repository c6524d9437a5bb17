//! The key with which personal facts are replaced.

use super::error::JournalError;
use crate::limits::KEY_FILE_BYTES_MAX;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How many digits of a key's own digest tell which one it is.
const ID_DIGITS: usize = 16;
/// What the digest of a key is taken of.
const ID_OF: &str = "redress journal: which key";

/// A secret of 32 bytes. Who has it can find out whether a guess about a masked fact is right; nobody else can.
#[derive(Clone)]
pub struct MaskingKey {
    bytes: [u8; 32],
}

impl MaskingKey {
    /// Of 32 bytes that nobody can guess.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self { bytes }
    }

    /// Out of a file: one line of 64 hexadecimal digits, as `openssl rand -hex 32` writes it.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn read(path: &Path) -> Result<Self, JournalError> {
        let failed = |error| JournalError::system(path, "read", &error);
        let mut text = String::new();
        let most = u64::try_from(KEY_FILE_BYTES_MAX).unwrap_or(u64::MAX);
        let read = File::open(path).map_err(failed)?.take(most).read_to_string(&mut text);
        let refuse = |reason| JournalError::NoKey { path: path.to_owned(), reason };
        match read {
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => return Err(refuse("it is no text")),
            Err(error) => return Err(failed(error)),
            Ok(_) => {}
        }
        match blake3::Hash::from_hex(text.trim_ascii()) {
            Ok(bytes) => Ok(Self { bytes: bytes.into() }),
            Err(_) => Err(refuse("it is not 64 hexadecimal digits")),
        }
    }

    /// Which key it is: 16 digits that tell nothing of it.
    #[must_use]
    pub fn id(&self) -> String {
        blake3::keyed_hash(&self.bytes, ID_OF.as_bytes()).to_hex().chars().take(ID_DIGITS).collect()
    }

    /// What stands for a value: 64 digits that depend on the key, on what the value is, and on the value.
    pub(super) fn digits(&self, what: &str, value: &str) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.bytes);
        hasher.update(what.as_bytes()).update(b"\n").update(value.as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

impl fmt::Debug for MaskingKey {
    /// Only which one it is.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MaskingKey({})", self.id())
    }
}
