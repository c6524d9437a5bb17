//! The manifest of a bundle's files: the digest, the size and the path of each. It is what a signature covers, and what the
//! store knows of a bundle.
//!
//! One line a file, sorted by path: 64 digits of blake3 (those that `b3sum` prints), the bytes, the path.

use crate::bundle::BundleFiles;
use crate::limits::{BUNDLE_BYTES_MAX, BUNDLE_FILES_MAX, BUNDLE_PATH_BYTES_MAX, DOCUMENT_BYTES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, steers};
use blake3::Hash;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileDigest {
    pub(super) hash: Hash,
    pub(super) bytes: usize,
    pub(super) path: String,
}

impl FileDigest {
    pub(super) fn line(&self) -> String {
        format!("{} {} {}\n", self.hash.to_hex(), self.bytes, self.path)
    }

    /// Reads a line back, without its line break. Each file has one way to be written.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let wrong = || "a line of a file has its 64 digits of blake3, its bytes and its path".to_owned();
        let (hash, rest) = line.split_once(' ').ok_or_else(wrong)?;
        let (bytes, path) = rest.split_once(' ').ok_or_else(wrong)?;
        let hash = hash_of(hash).ok_or_else(wrong)?;
        let bytes = number(bytes).filter(|bytes| *bytes <= DOCUMENT_BYTES_MAX).ok_or_else(wrong)?;
        match fault_of(path) {
            Some(fault) => Err(format!("the path of a file {fault}")),
            None => Ok(Self { hash, bytes, path: path.to_owned() }),
        }
    }
}

/// A digest in its one way of writing: 64 lower-case hexadecimal digits.
pub(super) fn hash_of(text: &str) -> Option<Hash> {
    if is_hex(text) { Hash::from_hex(text).ok() } else { None }
}

/// Nothing but lower-case hexadecimal digits?
pub(super) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A number in its one way of writing: no sign, no leading zero.
pub(super) fn number(text: &str) -> Option<usize> {
    text.parse::<usize>().ok().filter(|number| number.to_string() == text)
}

/// Why a path names no file inside a bundle, on every system.
fn fault_of(path: &str) -> Option<&'static str> {
    if path.len() > BUNDLE_PATH_BYTES_MAX {
        return Some("is too long");
    }
    if path.contains(steers) {
        return Some("holds control characters");
    }
    if path.contains(['\\', ':']) {
        return Some("holds a `\\` or a `:`, which mean something else on other systems");
    }
    let leads_out = path.split('/').any(|part| part.is_empty() || part == "." || part == "..");
    leads_out.then_some("is not a plain path below the directory of the bundle")
}

/// All of them, sorted by path, each path once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileDigests {
    list: Vec<FileDigest>,
    bytes: usize,
}

impl FileDigests {
    /// Of the files of a bundle.
    pub(super) fn of(files: &BundleFiles) -> Result<Self, Diagnostics> {
        let (mut digests, mut out) = (Self::default(), Diagnostics::new());
        for (path, source) in files.iter() {
            let text = source.text();
            if let Some(fault) = fault_of(path) {
                let message = format!("the path `{path}` {fault}");
                out.push(Diagnostic::global(Code::BadPath, message).help("rename the file"));
            } else if text.len() > DOCUMENT_BYTES_MAX {
                let message = format!("`{path}` is larger than {DOCUMENT_BYTES_MAX} bytes");
                out.push(Diagnostic::global(Code::TooLarge, message));
            } else if let Err(message) = digests.push(FileDigest::of(path, text)) {
                out.push(Diagnostic::global(Code::TooLarge, message));
                break;
            }
        }
        if out.has_errors() { Err(out) } else { Ok(digests) }
    }

    /// Adds the next one.
    pub(super) fn push(&mut self, file: FileDigest) -> Result<(), String> {
        if self.list.last().is_some_and(|last| last.path >= file.path) {
            return Err("files stand in the order of their paths, each once".to_owned());
        }
        self.bytes = self.bytes.saturating_add(file.bytes);
        self.list.push(file);
        if self.list.len() > BUNDLE_FILES_MAX {
            return Err(format!("the bundle has more than the {BUNDLE_FILES_MAX} files that are allowed"));
        }
        if self.bytes > BUNDLE_BYTES_MAX {
            return Err(format!("the bundle has more than the {BUNDLE_BYTES_MAX} bytes that are allowed"));
        }
        Ok(())
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, FileDigest> {
        self.list.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Of all files together.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn text(&self) -> String {
        self.iter().map(FileDigest::line).collect()
    }

    #[cfg(feature = "signing")]
    pub(super) fn get(&self, path: &str) -> Option<&FileDigest> {
        let at = self.list.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.list.get(at)
    }
}

impl FileDigest {
    fn of(path: &str, text: &str) -> Self {
        Self { hash: blake3::hash(text.as_bytes()), bytes: text.len(), path: path.to_owned() }
    }
}
