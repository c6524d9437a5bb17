//! The files of a bundle out of a directory.

use crate::bundle::BundleFiles;
use crate::limits::{BUNDLE_FILES_MAX, DOCUMENT_BYTES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics};
use std::fs;
use std::path::Path;

/// The folders that a bundle has; others beside `bundle.yaml` are not looked into.
const ROOMS: [&str; 7] = ["decisions", "guardrails", "obligations", "scripts", "letters", "packs", "tests"];

/// Reads every file of a bundle; what cannot be read is reported, all of it.
///
/// # Errors
/// A directory or files that cannot be read.
pub fn read_directory(directory: &Path) -> Result<BundleFiles, Diagnostics> {
    let mut out = Diagnostics::new();
    let mut files = BundleFiles::shown_below(shown(directory));
    match fs::metadata(directory) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            let message = format!("`{}` is not a directory; a bundle is a directory with a `bundle.yaml`", directory.display());
            out.push(Diagnostic::global(Code::Unreadable, message));
            return Err(out);
        }
        Err(error) => {
            let message = format!("the bundle `{}` cannot be read: {}", directory.display(), reason(&error));
            let help = "`redress new DIR` writes a bundle to start from";
            out.push(Diagnostic::global(Code::Unreadable, message).help(help));
            return Err(out);
        }
    }
    read_file(&directory.join("bundle.yaml"), "bundle.yaml", &mut files, &mut out);
    for room in ROOMS {
        read_folder(&directory.join(room), room, &mut files, &mut out);
    }
    if out.has_errors() { Err(out) } else { Ok(files) }
}

fn shown(directory: &Path) -> String {
    directory.to_string_lossy().replace('\\', "/")
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn read_folder(folder: &Path, inside: &str, files: &mut BundleFiles, out: &mut Diagnostics) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => {
            let message = format!("`{inside}` cannot be read: {}", reason(&error));
            out.push(Diagnostic::global(Code::Unreadable, message));
            return;
        }
    };
    let mut names: Vec<(String, bool)> = Vec::new();
    for entry in entries {
        match entry.and_then(|entry| fs::metadata(entry.path()).map(|found| (entry.file_name(), found.is_dir()))) {
            Ok((name, is_directory)) => names.push((name.to_string_lossy().into_owned(), is_directory)),
            Err(error) => {
                out.push(Diagnostic::global(
                    Code::Unreadable,
                    format!("a file of `{inside}` cannot be read: {}", reason(&error)),
                ));
            }
        }
    }
    names.sort();
    // Editors leave hidden files and copies beside what they save.
    for (name, is_directory) in names.into_iter().filter(|(name, _)| !name.starts_with('.') && !name.ends_with('~')) {
        let path = format!("{inside}/{name}");
        if is_directory {
            read_folder(&folder.join(&name), &path, files, out);
        } else if files.len() <= BUNDLE_FILES_MAX {
            read_file(&folder.join(&name), &path, files, out);
        }
    }
}

fn read_file(file: &Path, path: &str, files: &mut BundleFiles, out: &mut Diagnostics) {
    let too_large = fs::metadata(file).is_ok_and(|found| found.len() > DOCUMENT_BYTES_MAX as u64);
    if too_large {
        let message = format!("`{path}` is larger than {DOCUMENT_BYTES_MAX} bytes");
        out.push(Diagnostic::global(Code::TooLarge, message));
        return;
    }
    match fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => files.insert(path, text),
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            let message = format!("`{path}` is not UTF-8 text (byte {at})");
            out.push(Diagnostic::global(Code::Unreadable, message).help("save it as UTF-8"));
        }
        // A bundle without its `bundle.yaml` is reported where bundles are read.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && path == "bundle.yaml" => {}
        Err(error) => {
            out.push(Diagnostic::global(Code::Unreadable, format!("`{path}` cannot be read: {}", reason(&error))));
        }
    }
}
