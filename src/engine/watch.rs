//! A directory that is followed while an engine decides: a changed bundle is taken as soon as it stands still and is sound.

use super::following::{Followed, Following, Watch};
use super::live::Engine;
use super::loading::Found;
use super::reload::Built;
use crate::text::{Diagnostics, render_all};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a directory cannot be followed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WatchError {
    /// The engine was opened with files in memory.
    #[error("this engine was opened with files in memory: there is no directory to follow")]
    NoDirectory,
    /// The system gave no thread.
    #[error("the directory cannot be followed: {0}")]
    System(#[from] io::Error),
}

/// Follows a directory until it is dropped.
#[must_use = "the directory is followed only as long as this lives"]
#[derive(Debug)]
pub struct Watching {
    engine: Engine,
    following: Option<Following>,
}

/// The directory of an engine.
struct Home {
    engine: Engine,
    directory: PathBuf,
}

impl Followed for Home {
    type Found = Result<Found, Diagnostics>;
    type Built = Built;

    fn paths(&self) -> Vec<PathBuf> {
        vec![self.directory.clone()]
    }

    fn read(&self) -> (String, Self::Found) {
        let found = self.engine.shared.origin.read();
        let print = match &found {
            Ok(found) => {
                let signature = found.signature.as_ref().map_or("", |source| source.text());
                format!("{} {signature}", found.files.digest_of_all())
            }
            Err(findings) => render_all(findings, false),
        };
        (print, found)
    }

    fn build(&mut self, found: Self::Found) -> Built {
        self.engine.build(found)
    }

    fn take(&mut self, built: Built) {
        self.engine.put_in_place(built);
    }
}

impl Engine {
    /// Follows the directory of the bundle: a changed bundle is taken as soon as it stands still and is sound.
    ///
    /// # Errors
    /// When there is no directory to follow, or no thread to do it.
    pub fn watch(&self) -> Result<Watching, WatchError> {
        self.watch_with(Watch::default())
    }

    /// Follows the directory of the bundle with other intervals.
    ///
    /// # Errors
    /// When there is no directory to follow, or no thread to do it.
    pub fn watch_with(&self, watch: Watch) -> Result<Watching, WatchError> {
        let directory = self.shared.origin.directory().ok_or(WatchError::NoDirectory)?.to_owned();
        let home = Home { engine: self.clone(), directory };
        let following = Following::begin(home, watch, String::new())?;
        self.shared.record().watchers += 1;
        Ok(Watching { engine: self.clone(), following: Some(following) })
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Its thread has ended before it is said that nobody watches.
        drop(self.following.take());
        self.engine.shared.record().watchers -= 1;
    }
}
