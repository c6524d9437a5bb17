//! The files of a bundle out of a directory.

use crate::bundle::BundleFiles;
use crate::limits::{BUNDLE_BYTES_MAX, BUNDLE_FILES_MAX, DIRECTORY_DEPTH_MAX, DOCUMENT_BYTES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Source};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process;

/// The folders that a bundle has; others beside `bundle.yaml` are not looked into.
pub(super) const ROOMS: [&str; 8] =
    ["calendars", "decisions", "guardrails", "obligations", "scripts", "letters", "packs", "tests"];

/// Reads every file of a bundle; what cannot be read is reported, all of it.
///
/// # Errors
/// A directory or files that cannot be read.
pub fn read_directory(directory: &Path) -> Result<BundleFiles, Diagnostics> {
    let mut reading = Reading { files: BundleFiles::shown_below(shown(directory)), bytes: 0, out: Diagnostics::new() };
    match fs::metadata(directory) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            reading.refuse(format!("`{}` is not a directory; a bundle is a directory with a `bundle.yaml`", directory.display()));
            return Err(reading.out);
        }
        Err(error) => {
            let message = format!("the bundle `{}` cannot be read: {}", directory.display(), reason(&error));
            let help = "`redress new DIR` writes a bundle to start from";
            reading.out.push(Diagnostic::global(Code::Unreadable, message).help(help));
            return Err(reading.out);
        }
    }
    reading.file(&directory.join("bundle.yaml"), "bundle.yaml");
    for room in ROOMS {
        reading.folder(&directory.join(room), room, 1);
    }
    if reading.out.has_errors() { Err(reading.out) } else { Ok(reading.files) }
}

/// The name of the file that holds the signature of a bundle, beside its `bundle.yaml`. It is no part of the bundle itself.
pub const SIGNATURE_FILE: &str = "bundle.sig";

/// Reads the signature of a bundle, if there is one.
///
/// # Errors
/// A signature file that cannot be read.
pub fn read_signature(directory: &Path) -> Result<Option<Source>, Diagnostics> {
    let file = directory.join(SIGNATURE_FILE);
    let refuse = |code, message: String| std::iter::once(Diagnostic::global(code, message)).collect::<Diagnostics>();
    let bytes = match read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(refuse(Code::Unreadable, format!("`{SIGNATURE_FILE}` cannot be read: {}", reason(&error))));
        }
    };
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(refuse(Code::TooLarge, format!("`{SIGNATURE_FILE}` is larger than {DOCUMENT_BYTES_MAX} bytes")));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(Source::new(shown(&file), text))),
        Err(_) => Err(refuse(Code::SignatureSyntax, format!("`{SIGNATURE_FILE}` is no text"))),
    }
}

/// Writes the signature of a bundle, in one step: whoever reads meanwhile finds the old one or the new one.
///
/// # Errors
/// When it cannot be written.
pub fn write_signature(directory: &Path, text: &str) -> Result<(), io::Error> {
    let unfinished = directory.join(format!(".{SIGNATURE_FILE}.{}", process::id()));
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&unfinished, directory.join(SIGNATURE_FILE))).inspect_err(|_| {
        // What cannot be taken away harms nobody: hidden files are no part of a bundle.
        let _ = fs::remove_file(&unfinished);
    })
}

/// Is a file or folder of that name looked at? Editors leave hidden files and copies beside what they save.
pub(super) fn is_read(name: &str) -> bool {
    !name.starts_with('.') && !name.ends_with('~')
}

/// Would a file at this path be read with the bundle? Only the folders of a bundle are looked into, and nothing hidden in them.
#[cfg(feature = "cli")]
pub(crate) fn belongs(path: &str) -> bool {
    let mut names = path.split('/');
    let is_in_room = names.next().is_some_and(|first| ROOMS.contains(&first)) && path.contains('/');
    path == "bundle.yaml" || (is_in_room && names.all(is_read))
}

fn shown(directory: &Path) -> String {
    directory.to_string_lossy().replace('\\', "/")
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// What was read so far.
struct Reading {
    files: BundleFiles,
    bytes: usize,
    out: Diagnostics,
}

impl Reading {
    fn refuse(&mut self, message: String) {
        self.out.push(Diagnostic::global(Code::Unreadable, message));
    }

    /// Has it more than a bundle may have? Whoever reads the bundle says so.
    fn is_full(&self) -> bool {
        self.files.len() > BUNDLE_FILES_MAX || self.bytes > BUNDLE_BYTES_MAX
    }

    fn folder(&mut self, folder: &Path, inside: &str, depth: usize) {
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(error) => return self.refuse(format!("`{inside}` cannot be read: {}", reason(&error))),
        };
        let mut names: Vec<_> = entries.iter().map(fs::DirEntry::file_name).collect();
        names.sort();
        for name in names {
            let shown = name.to_string_lossy();
            if !is_read(&shown) || self.is_full() {
                continue;
            }
            let (at, path) = (folder.join(&name), format!("{inside}/{shown}"));
            match (fs::metadata(&at), at.is_symlink()) {
                (Err(error), _) => self.refuse(format!("`{path}` cannot be read: {}", reason(&error))),
                (Ok(found), _) if !found.is_dir() => self.file(&at, &path),
                // A link may lead back to where it lies.
                (Ok(_), true) => self.refuse(format!("`{path}` is a link to a directory; such links are not followed")),
                (Ok(_), false) if depth >= DIRECTORY_DEPTH_MAX => {
                    self.refuse(format!("`{path}` lies more than {DIRECTORY_DEPTH_MAX} levels deep"));
                }
                (Ok(_), false) => self.folder(&at, &path, depth + 1),
            }
        }
    }

    fn file(&mut self, file: &Path, path: &str) {
        match read(file) {
            Ok(bytes) if bytes.len() > DOCUMENT_BYTES_MAX => {
                let message = format!("`{path}` is larger than {DOCUMENT_BYTES_MAX} bytes");
                self.out.push(Diagnostic::global(Code::TooLarge, message));
            }
            Ok(bytes) => {
                self.bytes += bytes.len();
                match String::from_utf8(bytes) {
                    Ok(text) => self.files.insert(path, text),
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to() + 1;
                        let message = format!("`{path}` is not UTF-8 text: byte {at} does not fit");
                        self.out.push(Diagnostic::global(Code::Unreadable, message).help("save it as UTF-8"));
                    }
                }
            }
            // A bundle without its `bundle.yaml` is reported where bundles are read.
            Err(error) if error.kind() == ErrorKind::NotFound && path == "bundle.yaml" => {}
            Err(error) => self.refuse(format!("`{path}` cannot be read: {}", reason(&error))),
        }
    }
}

/// The text of a file, as large as a document may be.
pub(crate) fn read_text(file: &Path) -> Result<String, String> {
    let bytes = read(file).map_err(|error| reason(&error))?;
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(format!("it is larger than {DOCUMENT_BYTES_MAX} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// The bytes of a file; one more than a document may have, at most.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    // A pipe or a device would be waited for.
    if !fs::metadata(file)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(DOCUMENT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
