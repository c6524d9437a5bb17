//! A file that is replaced in one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process;

/// Puts a text in the place of a file, in one step: whoever reads meanwhile finds the old text or the new one. Permissions stay; a
/// link stays a link, and what it leads to is replaced.
///
/// # Errors
/// When the file is not there, may not be changed, or cannot be written beside.
pub fn replace_file(path: &Path, text: &str) -> Result<(), io::Error> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        // A rename asks the folder, not the file, whether it may be replaced.
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Hidden files are no part of a bundle, so whoever follows it does not take this one for a new document.
    let unfinished = path.with_file_name(format!(".{name}.{}", process::id()));
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&unfinished, &path)).inspect_err(|_| {
        // What cannot be taken away harms nobody.
        let _ = fs::remove_file(&unfinished);
    })
}
