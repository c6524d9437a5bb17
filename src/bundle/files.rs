//! The files of a bundle, wherever they came from.

use crate::text::Source;
use std::collections::BTreeMap;

/// The text files of a bundle by their path in it (`decisions/goodwill.yaml`), with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct BundleFiles {
    files: BTreeMap<String, Source>,
    shown_below: String,
}

impl BundleFiles {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No files yet; diagnostics show their paths below `directory`.
    #[must_use]
    pub fn shown_below(directory: impl Into<String>) -> Self {
        let mut shown_below = directory.into();
        if !shown_below.is_empty() && !shown_below.ends_with('/') {
            shown_below.push('/');
        }
        Self { files: BTreeMap::new(), shown_below }
    }

    /// The same files, shown below another directory. Reasons of a decision name places, so the bytes of a decision depend on it.
    #[must_use]
    pub fn moved_below(&self, directory: &str) -> Self {
        let mut moved = Self::shown_below(directory);
        for (path, source) in &self.files {
            moved.insert(path, source.text());
        }
        moved
    }

    /// The directory below which its paths are shown, with a slash at the end; empty where they are shown as they are.
    #[must_use]
    pub fn shown_in(&self) -> &str {
        &self.shown_below
    }

    /// Adds a file.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        let source = Source::new(format!("{}{path}", self.shown_below), text);
        self.files.insert(path, source);
    }

    /// The file of that path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.get(path)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.files.iter().map(|(path, source)| (path.as_str(), source))
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files that decide: all but the policy tests.
    #[must_use]
    pub fn deciding(&self) -> Self {
        let files =
            self.files.iter().filter(|(path, _)| Self::decides(path)).map(|(path, source)| (path.clone(), source.clone()));
        Self { files: files.collect(), shown_below: self.shown_below.clone() }
    }

    /// Does a file decide? All do but the policy tests of the bundle and of its packs.
    pub(crate) fn decides(path: &str) -> bool {
        let of_pack = path.strip_prefix("packs/").and_then(|rest| rest.split_once('/')).map(|(_, inside)| inside);
        !of_pack.unwrap_or(path).starts_with("tests/")
    }

    /// The digest of the files that decide, paths and texts, independent of the place they were read from.
    #[must_use]
    pub fn digest(&self) -> String {
        digest(self.iter().filter(|(path, _)| Self::decides(path)))
    }

    /// The digest of all files, policy tests too.
    #[must_use]
    pub fn digest_of_all(&self) -> String {
        digest(self.iter())
    }
}

fn digest<'f>(files: impl Iterator<Item = (&'f str, &'f Source)>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, source) in files {
        for part in [path.as_bytes(), source.text().as_bytes()] {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(part);
        }
    }
    format!("blake3:{}", hasher.finalize().to_hex())
}
