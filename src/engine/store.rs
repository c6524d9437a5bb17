//! The store: bundles kept by their digest, so that an old one is found again.
//!
//! ```text
//! STORE/
//!   redress-store        says that it is one, and in which form
//!   objects/6b/0c...     each file once, by the digest of its bytes
//!   bundles/fb58...      what belongs to the bundle of that digest
//!   signatures/fb58...   which object is its signature, if it has one
//!   last-good            the digest of the bundle that last decided well
//!   incoming/            what is not finished
//! ```
//!
//! Objects are written first and the record of the bundle last, each in one step, so that what is visible is whole, however
//! many processes write. Nothing that is read is believed: its digest is taken again.
//!
//! Order of the files, each using only those before it: `error`, `writing`, `record`.

mod error;
mod record;
mod writing;

use super::clock::now;
use super::directory::{SIGNATURE_FILE, read};
use super::file_digests::{FileDigests, hash_of, is_hex, number};
use crate::bundle::BundleFiles;
use crate::decision::PolicyName;
use crate::limits::{DOCUMENT_BYTES_MAX, STORE_BUNDLES_MAX};
use crate::text::{Code, Diagnostic, Source};
use crate::value::DateTime;
use blake3::Hash;
pub use error::StoreError;
use record::Record;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use writing::INCOMING;

const MARK: &str = "redress-store";
const MARK_TEXT: &str = "redress store 1\n";
const OBJECTS: &str = "objects";
const BUNDLES: &str = "bundles";
const SIGNATURES: &str = "signatures";
const LAST_GOOD: &str = "last-good";
/// How a digest begins where decisions name it.
const DIGEST: &str = "blake3:";
/// The fewest digits by which a bundle can be asked for.
const PREFIX_DIGITS_MIN: usize = 8;

/// A directory that keeps bundles by their digest. Any number of processes may use it at once.
#[derive(Clone, Debug)]
pub struct Store {
    directory: PathBuf,
}

/// What a store knows of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredBundle {
    /// Its name, version and digest, as decisions name them.
    pub name: PolicyName,
    /// When it was stored first.
    pub stored_at: DateTime,
    /// How many files decide in it.
    pub files: usize,
    /// How large they are, in bytes.
    pub bytes: usize,
    /// Is its signature kept too? Whose it is, and whether it fits, `verify` says.
    pub is_signed: bool,
}

/// A bundle out of a store: the files that decide, without policy tests.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoredFiles {
    /// What the store knows of it.
    pub about: StoredBundle,
    /// Its files.
    pub files: BundleFiles,
    /// Its signature, if it was stored with one.
    pub signature: Option<Source>,
}

/// Everything in a store.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct StoreList {
    /// The bundles, those first that were stored first.
    pub bundles: Vec<StoredBundle>,
    /// What cannot be read.
    pub damaged: Vec<StoreError>,
}

impl Store {
    /// Opens a store; in a directory that does not exist or is empty, makes one.
    ///
    /// # Errors
    /// When the directory holds something else, or cannot be made.
    pub fn open(directory: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let store = Self { directory: directory.into() };
        if store.is_marked()? {
            return Ok(store);
        }
        writing::make(&store.directory)?;
        let entries = fs::read_dir(&store.directory).map_err(|error| StoreError::system(&store.directory, "read", &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| StoreError::system(&store.directory, "read", &error))?;
            // Another process may be making the same store.
            if entry.file_name() != INCOMING && entry.file_name() != MARK {
                // ... and may have gone on to fill it since it was looked at.
                if store.is_marked()? {
                    return Ok(store);
                }
                return Err(StoreError::NoStore { path: store.directory, reason: "it holds other files" });
            }
        }
        writing::write(&store.directory, &store.directory.join(MARK), MARK_TEXT.as_bytes())?;
        Ok(store)
    }

    /// Opens a store that is there already; it may be one that cannot be written to.
    ///
    /// # Errors
    /// When there is none.
    pub fn open_existing(directory: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let store = Self { directory: directory.into() };
        if store.is_marked()? {
            return Ok(store);
        }
        let reason = if store.directory.exists() { "it holds no `redress-store`" } else { "it does not exist" };
        Err(StoreError::NoStore { path: store.directory, reason })
    }

    /// Keeps the files that decide, and the signature if there is one. Gives the digest, by which decisions name the bundle too.
    /// What is there already stays; what is damaged is written anew.
    ///
    /// # Errors
    /// When the bundle cannot be stored or the store cannot be written. What was stored before is not touched by that.
    pub fn put(&self, files: &BundleFiles, signature: Option<&Source>, name: &PolicyName) -> Result<String, StoreError> {
        let (files, digest) = (files.deciding(), files.digest());
        if name.digest != digest {
            return Err(StoreError::OtherBundle { policy: name.digest.clone(), files: digest });
        }
        let digests = FileDigests::of(&files).map_err(StoreError::Refused)?;
        let signature = signature.map(Source::text);
        if signature.is_some_and(|text| text.len() > DOCUMENT_BYTES_MAX) {
            return Err(too_large(SIGNATURE_FILE));
        }
        writing::sweep(&self.directory);
        for (_, source) in files.iter() {
            self.put_object(source.text())?;
        }
        // Apart from the record, so that whoever stores the bundle without a signature takes none away.
        if let Some(text) = signature {
            let line = format!("{} {}\n", self.put_object(text)?.to_hex(), text.len());
            writing::write(&self.directory, &self.signature_path(bare(&digest)), line.as_bytes())?;
        }
        let before = self.record(bare(&digest)).ok();
        let record = Record {
            bundle: name.bundle.clone(),
            version: name.version.clone(),
            stored_at: before.as_ref().map_or_else(now, |before| before.stored_at),
            files: digests,
        };
        if before.as_ref() != Some(&record) {
            let text = record.text();
            if text.len() > DOCUMENT_BYTES_MAX {
                return Err(too_large("the list of its files"));
            }
            writing::write(&self.directory, &self.record_path(bare(&digest)), text.as_bytes())?;
        }
        Ok(digest)
    }

    /// The bundle of a digest, or of the first 8 or more digits of one.
    ///
    /// # Errors
    /// When there is none, or several, or when one byte of it is not as it was stored.
    pub fn get(&self, digest: &str) -> Result<StoredFiles, StoreError> {
        let digits = self.find(digest)?;
        let record = self.record(&digits)?;
        let about = self.about(&digits, &record);
        let short = digits.get(..12).unwrap_or(&digits);
        let mut files = BundleFiles::shown_below(format!("{}@{short}", about.name.bundle));
        for file in record.files.iter() {
            files.insert(&file.path, self.object(file.hash, file.bytes)?);
        }
        let signature = self.signature(&digits)?.map(|text| Source::new(SIGNATURE_FILE, text));
        if files.digest() != about.name.digest {
            return Err(StoreError::damaged(&self.record_path(&digits), "names the files of another bundle"));
        }
        Ok(StoredFiles { about, files, signature })
    }

    /// Every bundle. Their records are read, not their files.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn list(&self) -> Result<StoreList, StoreError> {
        let mut list = StoreList::default();
        for digits in self.names()? {
            match self.record(&digits) {
                Ok(record) => list.bundles.push(self.about(&digits, &record)),
                Err(error) => list.damaged.push(error),
            }
        }
        list.bundles.sort_by(|a, b| (a.stored_at, &a.name.digest).cmp(&(b.stored_at, &b.name.digest)));
        Ok(list)
    }

    /// The digest of the bundle that was last said to be good, if one was.
    ///
    /// # Errors
    /// When what was written there cannot be read.
    pub fn last_good(&self) -> Result<Option<String>, StoreError> {
        let path = self.directory.join(LAST_GOOD);
        let Some(text) = text_of(&path)? else { return Ok(None) };
        let digits =
            text.strip_prefix(DIGEST).and_then(|rest| rest.strip_suffix('\n')).filter(|digits| hash_of(digits).is_some());
        match digits {
            Some(digits) if self.record_path(digits).exists() => Ok(Some(format!("{DIGEST}{digits}"))),
            Some(digits) => {
                let reason = format!("names a bundle that the store does not hold: {DIGEST}{digits}");
                Err(StoreError::LastGood { path, reason })
            }
            None => Err(StoreError::LastGood { path, reason: "holds no digest".to_owned() }),
        }
    }

    /// Says of a stored bundle that it is good: the one to start on when a newer one is not.
    ///
    /// # Errors
    /// When the store does not hold it whole, or cannot be written.
    pub fn set_last_good(&self, digest: &str) -> Result<(), StoreError> {
        let digest = self.get(digest)?.about.name.digest;
        writing::write(&self.directory, &self.directory.join(LAST_GOOD), format!("{digest}\n").as_bytes())
    }
}

impl Store {
    fn is_marked(&self) -> Result<bool, StoreError> {
        if self.directory.exists() && !self.directory.is_dir() {
            return Err(StoreError::NoStore { path: self.directory.clone(), reason: "it is no directory" });
        }
        match text_of(&self.directory.join(MARK))? {
            Some(text) if text == MARK_TEXT => Ok(true),
            Some(_) => {
                let reason = "its `redress-store` is not of a form that this version knows";
                Err(StoreError::NoStore { path: self.directory.clone(), reason })
            }
            None => Ok(false),
        }
    }

    /// The digits of the one bundle that a digest or the beginning of one means.
    fn find(&self, digest: &str) -> Result<String, StoreError> {
        let digits = bare(digest);
        if !is_hex(digits) || !(PREFIX_DIGITS_MIN..=64).contains(&digits.len()) {
            return Err(StoreError::BadDigest(digest.to_owned()));
        }
        if digits.len() == 64 {
            let is_there = self.record_path(digits).exists();
            return if is_there { Ok(digits.to_owned()) } else { Err(StoreError::Unknown { digest: digest.to_owned() }) };
        }
        let mut found: Vec<String> = self.names()?.into_iter().filter(|name| name.starts_with(digits)).collect();
        match (found.len(), found.pop()) {
            (1, Some(one)) => Ok(one),
            (_, Some(last)) => {
                let digests = found.into_iter().chain([last]).map(|digits| format!("{DIGEST}{digits}")).collect();
                Err(StoreError::Ambiguous { prefix: digest.to_owned(), digests })
            }
            (_, None) => Err(StoreError::Unknown { digest: digest.to_owned() }),
        }
    }

    /// The digits of every stored bundle, sorted.
    fn names(&self) -> Result<Vec<String>, StoreError> {
        let folder = self.directory.join(BUNDLES);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::system(&folder, "read", &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| StoreError::system(&folder, "read", &error))?;
            if names.len() >= STORE_BUNDLES_MAX {
                return Err(StoreError::TooMany(STORE_BUNDLES_MAX));
            }
            names.extend(entry.file_name().to_str().filter(|name| hash_of(name).is_some()).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    fn record_path(&self, digits: &str) -> PathBuf {
        self.directory.join(BUNDLES).join(digits)
    }

    fn record(&self, digits: &str) -> Result<Record, StoreError> {
        let path = self.record_path(digits);
        let text = text_of(&path)?.ok_or_else(|| StoreError::damaged(&path, "is gone"))?;
        Record::parse(&text).ok_or_else(|| StoreError::damaged(&path, "is not what was written"))
    }

    fn about(&self, digits: &str, record: &Record) -> StoredBundle {
        let (bundle, version) = (record.bundle.clone(), record.version.clone());
        StoredBundle {
            name: PolicyName { bundle, version, digest: format!("{DIGEST}{digits}") },
            stored_at: record.stored_at,
            files: record.files.len(),
            bytes: record.files.bytes(),
            is_signed: self.signature_path(digits).exists(),
        }
    }

    fn signature_path(&self, digits: &str) -> PathBuf {
        self.directory.join(SIGNATURES).join(digits)
    }

    fn signature(&self, digits: &str) -> Result<Option<String>, StoreError> {
        let path = self.signature_path(digits);
        let Some(line) = text_of(&path)? else { return Ok(None) };
        let parts = line.strip_suffix('\n').and_then(|line| line.split_once(' '));
        match parts.and_then(|(hash, bytes)| Some((hash_of(hash)?, number(bytes)?))) {
            Some((hash, bytes)) => self.object(hash, bytes).map(Some),
            None => Err(StoreError::damaged(&path, "is not what was written")),
        }
    }

    fn object_path(&self, hash: Hash) -> PathBuf {
        let digits = hash.to_hex();
        let (folder, name) = digits.split_at_checked(2).unwrap_or((&digits, ""));
        self.directory.join(OBJECTS).join(folder).join(name)
    }

    fn object(&self, hash: Hash, bytes: usize) -> Result<String, StoreError> {
        let path = self.object_path(hash);
        let text = text_of(&path)?.ok_or_else(|| StoreError::damaged(&path, "is gone"))?;
        if text.len() == bytes && blake3::hash(text.as_bytes()) == hash {
            Ok(text)
        } else {
            Err(StoreError::damaged(&path, "is not what was written"))
        }
    }

    fn put_object(&self, text: &str) -> Result<Hash, StoreError> {
        let hash = blake3::hash(text.as_bytes());
        if self.object(hash, text.len()).is_err() {
            writing::write(&self.directory, &self.object_path(hash), text.as_bytes())?;
        }
        Ok(hash)
    }
}

fn bare(digest: &str) -> &str {
    digest.strip_prefix(DIGEST).unwrap_or(digest)
}

fn too_large(what: &str) -> StoreError {
    let message = format!("{what} is larger than {DOCUMENT_BYTES_MAX} bytes");
    StoreError::Refused(std::iter::once(Diagnostic::global(Code::TooLarge, message)).collect())
}

/// The text of a file of the store; `None` when there is none.
fn text_of(path: &Path) -> Result<Option<String>, StoreError> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::system(path, "read", &error)),
    };
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(StoreError::damaged(path, "is larger than anything that is stored"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| StoreError::damaged(path, "is not what was written"))
}
