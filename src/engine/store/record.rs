//! What a store knows of one bundle, as text.
//!
//! ```text
//! redress stored bundle 1
//! bundle "small"
//! version "1.0"
//! stored_at 2026-03-05T10:00:00Z
//! 6b0c... 412 bundle.yaml
//! 91fe... 1730 decisions/goodwill.yaml
//! check 4be2...
//! ```
//!
//! The last line is the digest of those above it.

use crate::engine::file_digests::{FileDigest, FileDigests, hash_of};
use crate::value::DateTime;

const FIRST_LINE: &str = "redress stored bundle 1";

/// The record of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) bundle: String,
    pub(super) version: String,
    pub(super) stored_at: DateTime,
    pub(super) files: FileDigests,
}

impl Record {
    pub(super) fn text(&self) -> String {
        // Names may hold anything; in JSON each stays on its line.
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let text = format!(
            "{FIRST_LINE}\nbundle {}\nversion {}\nstored_at {}\n{}",
            quoted(&self.bundle),
            quoted(&self.version),
            self.stored_at,
            self.files.text()
        );
        format!("{text}check {}\n", blake3::hash(text.as_bytes()).to_hex())
    }

    /// Reads it back; `None` when one byte is not as it was written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let above = text.strip_suffix('\n')?;
        let (above, check) = above.rsplit_once('\n')?;
        let above = text.get(..=above.len())?;
        if hash_of(check.strip_prefix("check ")?)? != blake3::hash(above.as_bytes()) {
            return None;
        }
        let mut lines = above.split_terminator('\n');
        lines.next().filter(|first| *first == FIRST_LINE)?;
        let bundle = serde_json::from_str(lines.next()?.strip_prefix("bundle ")?).ok()?;
        let version = serde_json::from_str(lines.next()?.strip_prefix("version ")?).ok()?;
        let stored_at = DateTime::parse(lines.next()?.strip_prefix("stored_at ")?).ok()?;
        let mut files = FileDigests::default();
        for line in lines {
            files.push(FileDigest::parse(line).ok()?).ok()?;
        }
        Some(Self { bundle, version, stored_at, files })
    }
}
