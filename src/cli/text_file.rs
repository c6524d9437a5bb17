//! A text read whole, but never more of it than a document may have.

use super::exit::Failure;
use crate::history::Mapping;
use crate::limits::DOCUMENT_BYTES_MAX;
use crate::text::{Code, Diagnostic, Source};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads a text. One byte more than allowed is read too, so that whoever parses it finds it too long.
#[expect(clippy::result_large_err, reason = "one finding a file; nobody hands it on in a loop")]
pub(super) fn read(reader: impl Read, name: &str) -> Result<Source, Diagnostic> {
    let mut bytes = Vec::new();
    let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| Diagnostic::global(Code::Unreadable, format!("`{name}` cannot be read: {error}")))?;
    String::from_utf8(bytes).map(|text| Source::new(name, text)).map_err(|error| {
        let message = format!("`{name}` is not UTF-8 text: byte {} does not fit", error.utf8_error().valid_up_to() + 1);
        Diagnostic::global(Code::Unreadable, message).help("save it as UTF-8")
    })
}

/// Reads a text file.
pub(super) fn open(path: &Path) -> Result<Source, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Failure::system(&format!("`{name}` cannot be read"), &error))?;
    read(file, &name).map_err(|finding| Failure::Environment { message: finding.message, help: finding.help })
}

/// Reads the mapping of a CSV file.
pub(super) fn read_mapping(path: &Path) -> Result<Mapping, Failure> {
    Mapping::read(&open(path)?).map_err(|findings| Failure::Findings {
        findings,
        message: format!("no case can be read with `{}` until this is mended", path.display()),
    })
}
