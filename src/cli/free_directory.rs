//! A directory that is written whole: one that is new or empty, as nothing is ever overwritten.

use super::exit::Failure;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// A directory with nothing in it.
#[derive(Debug)]
pub(super) struct FreeDirectory<'p> {
    path: &'p Path,
}

impl<'p> FreeDirectory<'p> {
    /// The directory, if it is empty or does not exist yet.
    pub(super) fn new(path: &'p Path) -> Result<Self, Failure> {
        if is_free(path)? {
            return Ok(Self { path });
        }
        Err(Failure::Environment {
            message: format!("`{}` is not empty, and nothing is ever overwritten", path.display()),
            help: Some("name a directory that does not exist yet".to_owned()),
        })
    }

    /// Writes a file into it; `inside` is its path there.
    pub(super) fn write(&self, inside: &str, text: &str) -> Result<(), Failure> {
        let path = self.path.join(inside);
        let failed = |error| Failure::system(&format!("`{}` cannot be written", path.display()), &error);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        // Two names that differ in their case alone are one file on some systems.
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)
    }
}

fn is_free(directory: &Path) -> Result<bool, Failure> {
    if !directory.exists() {
        return Ok(true);
    }
    let mut entries =
        fs::read_dir(directory).map_err(|error| Failure::system(&format!("`{}` cannot be read", directory.display()), &error))?;
    Ok(entries.next().is_none())
}
