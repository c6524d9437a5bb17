//! Addresses of files as clients write them, and paths.

use lsp_types::Uri;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

/// The path of a file; nothing for what is no file, such as a text that was never saved.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let decoded = decode(path)?;
    // `/c:/bundle` is `c:/bundle`.
    let is_drive = cfg!(windows) && decoded.as_bytes().get(2) == Some(&b':');
    Some(plain(Path::new(if is_drive { decoded.trim_start_matches('/') } else { &decoded })))
}

/// The address of a file; nothing where its path is not absolute.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let path = plain(path);
    if !path.is_absolute() {
        return None;
    }
    let shown = path.to_string_lossy().replace('\\', "/");
    let root = if shown.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{root}{}", encode(&shown))).ok()
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (rest.next()?, rest.next()?);
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(digit(high)? * 16 + digit(low)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn encode(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        for path in ["/srv/bundles/a b/decisions/ü%20.yaml", "/x/#1?.yaml", "/"] {
            let uri = uri_of(Path::new(path)).unwrap();
            assert_eq!(path_of(&uri), Some(PathBuf::from(path)), "{}", uri.as_str());
        }
        assert_eq!(uri_of(Path::new("/a b/ü")).unwrap().as_str(), "file:///a%20b/%C3%BC");
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for text in ["untitled:Untitled-1", "git:/srv/a.yaml", "file://"] {
            assert_eq!(Uri::from_str(text).ok().and_then(|uri| path_of(&uri)), None, "{text}");
        }
        assert_eq!(uri_of(Path::new("decisions/a.yaml")), None);
    }

    #[test]
    fn detours_are_taken_out() {
        assert_eq!(plain(Path::new("/srv/policies/tests/../../examples/./a.yaml")), PathBuf::from("/srv/examples/a.yaml"));
    }
}
