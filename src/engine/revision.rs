//! The files of a bundle out of a git repository, as they were at some revision. Nothing is checked out: `git` is asked for the list of
//! files and for their bytes.

use super::directory::{ROOMS, is_read};
use crate::bundle::BundleFiles;
use crate::limits::{BUNDLE_BYTES_MAX, BUNDLE_FILES_MAX, DIRECTORY_DEPTH_MAX, DOCUMENT_BYTES_MAX};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use thiserror::Error;

/// Why a revision gives no bundle. [`RevisionError::help`] says what to do about it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevisionError {
    /// The program `git` cannot be run.
    #[error("git cannot be run: {0}")]
    NoGit(String),
    /// The directory lies in no repository.
    #[error("`{}` lies in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// The repository has no such revision.
    #[error("there is no git revision `{0}`")]
    NoRevision(String),
    /// At that revision, nothing that is a bundle lies there.
    #[error("at the revision `{revision}` there is no bundle in `{path}`: it holds no `bundle.yaml`")]
    NoBundle {
        /// The revision.
        revision: String,
        /// The directory that was looked into.
        path: String,
    },
    /// A file of the bundle that cannot be taken.
    #[error("`{path}` at the revision `{revision}` {reason}")]
    File {
        /// The revision.
        revision: String,
        /// The file.
        path: String,
        /// Why not.
        reason: String,
    },
    /// `git` did not do what it was asked.
    #[error("git gave up: {0}")]
    Failed(String),
}

impl RevisionError {
    /// What to do about it, if there is something.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NoGit(_) => Some("install git, or name two directories"),
            Self::NoRepository(_) => Some("run it inside a repository, or name two directories"),
            Self::NoRevision(_) => Some("`git log --oneline` lists revisions; a directory is named as `./DIR`"),
            Self::NoBundle { .. } => Some("name the directory of the bundle behind the revision: `main:policies`"),
            Self::File { .. } | Self::Failed(_) => None,
        }
    }
}

/// Reads a bundle out of the repository around `directory`: the one that lies in `path` (from the root of the repository; empty for the
/// root itself) at `revision`, anything that names a commit.
///
/// # Errors
/// Where there is no git, no repository, no such revision, no bundle there, and for files that cannot be taken.
pub fn read_revision(directory: &Path, revision: &str, path: &str) -> Result<BundleFiles, RevisionError> {
    let git = Git { directory };
    git.inside()?;
    let commit = git.commit(revision)?;
    let path = path.trim_matches('/');
    let no_bundle = || RevisionError::NoBundle { revision: revision.to_owned(), path: shown(path) };
    let tree = git.tree(&commit, path)?.ok_or_else(no_bundle)?;
    let listed = git.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", &tree])?;
    let refused =
        |path: &str, reason: String| RevisionError::File { revision: revision.to_owned(), path: path.to_owned(), reason };
    let entries = entries(&listed).ok_or_else(|| RevisionError::Failed("its list of files cannot be read".to_owned()))?;
    let wanted: Vec<&Entry<'_>> = entries.iter().filter(|entry| belongs(entry.path)).collect();
    if wanted.iter().all(|entry| entry.path != "bundle.yaml") {
        return Err(no_bundle());
    }
    if wanted.len() > BUNDLE_FILES_MAX || wanted.iter().map(|entry| entry.bytes).sum::<usize>() > BUNDLE_BYTES_MAX {
        let reason = format!("is larger than a bundle may be: {BUNDLE_FILES_MAX} files, {BUNDLE_BYTES_MAX} bytes");
        return Err(refused(&shown(path), reason));
    }
    for entry in &wanted {
        let reason = if !entry.is_file {
            "is a link or another repository, and no file".to_owned()
        } else if entry.bytes > DOCUMENT_BYTES_MAX {
            format!("is larger than {DOCUMENT_BYTES_MAX} bytes")
        } else if entry.path.matches('/').count() > DIRECTORY_DEPTH_MAX {
            format!("lies more than {DIRECTORY_DEPTH_MAX} levels deep")
        } else {
            continue;
        };
        return Err(refused(entry.path, reason));
    }
    let mut files = BundleFiles::shown_below(format!("{revision}:{path}"));
    let bytes = git.objects(&wanted)?;
    let mut bytes = bytes.as_slice();
    for entry in &wanted {
        let text = next_object(&mut bytes, entry).ok_or_else(|| RevisionError::Failed("it left out a file".to_owned()))?;
        let text = String::from_utf8(text).map_err(|_| refused(entry.path, "is not UTF-8 text".to_owned()))?;
        files.insert(entry.path, text);
    }
    Ok(files)
}

/// Where a directory lies in its repository, from the root of it: `policies`, or nothing for the root itself.
///
/// # Errors
/// Where there is no git or no repository.
pub fn path_in_repository(directory: &Path) -> Result<String, RevisionError> {
    let git = Git { directory };
    git.inside()?;
    let prefix = git.run(&["rev-parse", "--show-prefix"])?;
    Ok(String::from_utf8_lossy(&prefix).trim().trim_end_matches('/').to_owned())
}

fn shown(path: &str) -> String {
    if path.is_empty() { "the root of the repository".to_owned() } else { path.to_owned() }
}

/// Is it a file that a bundle has?
fn belongs(path: &str) -> bool {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    path == "bundle.yaml" || (first != path && ROOMS.contains(&first) && parts.all(is_read))
}

/// A file of a tree.
struct Entry<'a> {
    object: &'a str,
    path: &'a str,
    bytes: usize,
    is_file: bool,
}

/// The lines of `git ls-tree -r -z -l`: mode, type, object and size, then a tab and the path.
fn entries(listed: &[u8]) -> Option<Vec<Entry<'_>>> {
    let text = std::str::from_utf8(listed).ok()?;
    text.split('\0')
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (about, path) = line.split_once('\t')?;
            let mut words = about.split_ascii_whitespace();
            let (mode, kind, object, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
            let is_file = kind == "blob" && mode.starts_with("100");
            Some(Entry { object, path, bytes: size.parse().unwrap_or(0), is_file })
        })
        .collect()
}

/// The bytes of the next object of `git cat-file --batch`: a line with its name, type and size, then the bytes and a line feed.
fn next_object(bytes: &mut &[u8], entry: &Entry<'_>) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let size: usize = head.strip_prefix(entry.object)?.strip_prefix(" blob ")?.parse().ok()?;
    let found = bytes.get(end + 1..end + 1 + size)?.to_vec();
    *bytes = bytes.get(end + 2 + size..)?;
    Some(found)
}

/// The program `git`, run in a directory.
struct Git<'a> {
    directory: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.directory).args(arguments).stdin(Stdio::null());
        // What it says is read here, and so it has to be said in English. `LANGUAGE` does not count in this locale.
        command.env("LC_ALL", "C");
        command
    }

    fn output(&self, arguments: &[&str]) -> Result<(bool, Vec<u8>, String), RevisionError> {
        let output = self.command(arguments).output().map_err(|error| no_git(&error))?;
        let said = String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned();
        Ok((output.status.success(), output.stdout, said))
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, RevisionError> {
        match self.output(arguments)? {
            (true, found, _) => Ok(found),
            (false, _, said) => Err(RevisionError::Failed(said)),
        }
    }

    /// Is there a repository around the directory?
    fn inside(&self) -> Result<(), RevisionError> {
        match self.output(&["rev-parse", "--git-dir"])? {
            (true, ..) => Ok(()),
            (false, _, said) if said.contains("not a git repository") || said.contains("cannot change to") => {
                Err(RevisionError::NoRepository(self.directory.to_owned()))
            }
            (false, _, said) => Err(RevisionError::Failed(said)),
        }
    }

    fn commit(&self, revision: &str) -> Result<String, RevisionError> {
        let unknown = || RevisionError::NoRevision(revision.to_owned());
        // What begins with a dash would be taken for an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Err(unknown());
        }
        let (found, name, _) = self.output(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        let name = String::from_utf8_lossy(&name).trim().to_owned();
        if found && !name.is_empty() { Ok(name) } else { Err(unknown()) }
    }

    /// The tree of a directory at a commit, if it is there.
    fn tree(&self, commit: &str, path: &str) -> Result<Option<String>, RevisionError> {
        let (found, name, _) = self.output(&["rev-parse", "--verify", "--quiet", &format!("{commit}:{path}")])?;
        let name = String::from_utf8_lossy(&name).trim().to_owned();
        if !found || name.is_empty() {
            return Ok(None);
        }
        let kind = self.run(&["cat-file", "-t", &name])?;
        Ok((kind.trim_ascii() == b"tree").then_some(name))
    }

    /// The bytes of files, one after the other.
    fn objects(&self, wanted: &[&Entry<'_>]) -> Result<Vec<u8>, RevisionError> {
        let asked: String = wanted.iter().map(|entry| format!("{}\n", entry.object)).collect();
        let mut command = self.command(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| no_git(&error))?;
        let stdin = child.stdin.take();
        // Asked from aside: both pipes fill up.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            child.wait_with_output()
        });
        let output = output.map_err(|error| no_git(&error))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(RevisionError::Failed("it did not give the files".to_owned()))
        }
    }
}

fn no_git(error: &io::Error) -> RevisionError {
    RevisionError::NoGit(match error.kind() {
        io::ErrorKind::NotFound => "there is no program of that name".to_owned(),
        _ => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What git says in other languages is not understood here.
    #[test]
    fn git_is_asked_to_speak_english() {
        let command = Git { directory: Path::new(".") }.command(&["rev-parse"]);
        let set: Vec<_> =
            command.get_envs().map(|(name, value)| (name.to_str(), value.and_then(|value| value.to_str()))).collect();
        assert_eq!(set, [(Some("LC_ALL"), Some("C"))]);
    }
}
