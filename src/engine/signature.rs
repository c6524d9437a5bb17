//! Signed bundles: the manifest of the files' digests, and an ed25519 signature below it.
//!
//! ```text
//! redress bundle 1
//! 6b0c... 412 bundle.yaml
//! 91fe... 1730 decisions/goodwill.yaml
//! key ed25519:5f3a...
//! signature 0c77...
//! ```
//!
//! What is signed is the text above `key`, byte for byte. Its first line says what it is, so that no signature made for
//! something else ever fits.

use super::directory::{SIGNATURE_FILE, read_directory, read_signature};
use super::file_digests::{FileDigest, FileDigests, hash_of, is_hex};
use super::key::{KeyId, SigningKey, TrustedKeys};
use crate::bundle::BundleFiles;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use std::collections::BTreeMap;
use std::path::Path;

const FIRST_LINE: &str = "redress bundle 1";
const SIGN_AGAIN: &str = "put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`";

/// The signature of a bundle, as its `bundle.sig` holds it. The same files and key give the same text.
///
/// # Errors
/// Files that cannot be signed: too many, too large, or with paths that mean another file elsewhere.
pub fn sign(files: &BundleFiles, key: &SigningKey) -> Result<String, Diagnostics> {
    let signed = format!("{FIRST_LINE}\n{}", FileDigests::of(files)?.text());
    let signature: String = key.sign(&signed).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{signed}key {}\nsignature {signature}\n", key.id()))
}

/// Are these the files that somebody trusted has signed, all of them and no other? Policy tests may be absent, as the
/// [`Store`](super::Store) keeps none. Gives the key that signed.
///
/// # Errors
/// Every way in which they are not: not signed, by a key that is not trusted, a signature that is none, each file that was
/// changed, added, or taken away.
pub fn verify(files: &BundleFiles, signature: Option<&Source>, trusted: &TrustedKeys) -> Result<KeyId, Diagnostics> {
    let Some(source) = signature else {
        let help = "`redress sign DIR --key FILE` signs it";
        let message = format!("the bundle is not signed: it has no `{SIGNATURE_FILE}`");
        return Err(one(Diagnostic::global(Code::Unsigned, message).help(help)));
    };
    let signature = Signature::parse(source).map_err(one)?;
    match trusted.verify(signature.key, signature.signed, &signature.bytes) {
        Some(true) => compare(&signature, source, &FileDigests::of(files)?).map(|()| signature.key),
        Some(false) => {
            let message = format!(
                "the signature does not belong to the lines above it: `{SIGNATURE_FILE}` was changed after it was signed"
            );
            let help = "put back the file that was signed, or sign again: `redress sign DIR --key FILE`";
            Err(one(Diagnostic::error(Code::SignatureWrong, source, signature.span, message).help(help)))
        }
        None => {
            let ids: Vec<String> = trusted.ids().map(|id| format!("`{id}`")).collect();
            let help = if ids.is_empty() { "no key is trusted".to_owned() } else { format!("trusted: {}", ids.join(", ")) };
            let message = format!("the bundle is signed with the key `{}`, which is not trusted", signature.key);
            Err(one(Diagnostic::error(Code::KeyNotTrusted, source, signature.key_span, message).help(help)))
        }
    }
}

/// Reads the bundle of a directory, and refuses it unless somebody trusted has signed exactly these files. What was verified is
/// what is given back: nothing is read a second time.
///
/// # Errors
/// A directory or files that cannot be read, and whatever [`verify`] finds.
pub fn read_signed_directory(directory: &Path, trusted: &TrustedKeys) -> Result<(BundleFiles, KeyId), Diagnostics> {
    let files = read_directory(directory)?;
    let signature = read_signature(directory)?;
    let key = verify(&files, signature.as_ref(), trusted)?;
    Ok((files, key))
}

fn one(finding: Diagnostic) -> Diagnostics {
    std::iter::once(finding).collect()
}

fn compare(signature: &Signature<'_>, source: &Source, present: &FileDigests) -> Result<(), Diagnostics> {
    let mut out = Diagnostics::new();
    for file in signature.files.iter() {
        let path = &file.path;
        let span = signature.spans.get(path).copied().unwrap_or_default();
        match present.get(path) {
            Some(found) if found == file => {}
            Some(_) => {
                let message = format!("`{path}` was changed after it was signed");
                out.push(Diagnostic::error(Code::FileChanged, source, span, message).help(SIGN_AGAIN));
            }
            None if !BundleFiles::decides(path) => {}
            None => {
                let message = format!("`{path}` was signed and is gone");
                out.push(Diagnostic::error(Code::FileGone, source, span, message).help(SIGN_AGAIN));
            }
        }
    }
    for file in present.iter().filter(|file| signature.files.get(&file.path).is_none()) {
        let message = format!("`{}` was added after the bundle was signed", file.path);
        out.push(Diagnostic::global(Code::FileAdded, message).help(SIGN_AGAIN));
    }
    if out.has_errors() { Err(out) } else { Ok(()) }
}

/// A signature file, read.
struct Signature<'s> {
    /// The text that is signed.
    signed: &'s str,
    files: FileDigests,
    /// Where each path stands.
    spans: BTreeMap<String, Span>,
    key: KeyId,
    key_span: Span,
    bytes: [u8; 64],
    span: Span,
}

/// The lines of a signature file that are not read yet.
struct Lines<'s> {
    source: &'s Source,
    at: usize,
}

impl<'s> Lines<'s> {
    /// The next line and where it stands, if it is there and ends as a line does.
    #[expect(clippy::result_large_err, reason = "one finding a file")]
    fn next(&mut self) -> Result<(&'s str, Span), Diagnostic> {
        let rest = self.source.text().get(self.at..).unwrap_or("");
        let Some((line, _)) = rest.split_once('\n') else {
            let message = "the file ends before its signature does";
            return Err(self.malformed(Span::new(self.at, self.at + rest.len()), message));
        };
        let span = Span::new(self.at, self.at + line.len());
        self.at += line.len() + 1;
        Ok((line, span))
    }

    fn malformed(&self, span: Span, message: &str) -> Diagnostic {
        let message = format!("`{SIGNATURE_FILE}` is no signature that can be read: {message}");
        let help = if self.source.text().contains('\r') {
            "its line ends were changed, and so may be those of the bundle; for git, `* -text` in `.gitattributes` keeps them"
        } else {
            "put back the file that was signed, or sign again: `redress sign DIR --key FILE`"
        };
        Diagnostic::error(Code::SignatureSyntax, self.source, span, message).help(help)
    }
}

impl<'s> Signature<'s> {
    #[expect(clippy::result_large_err, reason = "one finding a file")]
    fn parse(source: &'s Source) -> Result<Self, Diagnostic> {
        let mut lines = Lines { source, at: 0 };
        let (first, span) = lines.next()?;
        if first != FIRST_LINE {
            return Err(lines.malformed(span, &format!("its first line has to be `{FIRST_LINE}`")));
        }
        let (mut files, mut spans) = (FileDigests::default(), BTreeMap::new());
        let (key, key_span) = loop {
            let before = lines.at;
            let (line, span) = lines.next()?;
            if let Some(key) = line.strip_prefix("key ") {
                break ((key, before), span);
            }
            let file = FileDigest::parse(line).map_err(|wrong| lines.malformed(span, &wrong))?;
            spans.insert(file.path.clone(), span);
            files.push(file).map_err(|wrong| lines.malformed(span, &wrong))?;
        };
        let (key, end) = key;
        let key = key.strip_prefix("ed25519:").and_then(hash_of).map(|key| KeyId::of(*key.as_bytes()));
        let key = key.ok_or_else(|| lines.malformed(key_span, "a key is written `ed25519:` and 64 hexadecimal digits"))?;
        let (line, span) = lines.next()?;
        let bytes = line.strip_prefix("signature ").and_then(bytes_of);
        let bytes =
            bytes.ok_or_else(|| lines.malformed(span, "a signature is written `signature` and 128 hexadecimal digits"))?;
        if lines.at < source.text().len() {
            return Err(lines.malformed(Span::new(lines.at, source.text().len()), "something stands behind the signature"));
        }
        let signed = source.text().get(..end).unwrap_or("");
        Ok(Self { signed, files, spans, key, key_span, bytes, span })
    }
}

fn bytes_of(text: &str) -> Option<[u8; 64]> {
    if text.len() != 128 || !is_hex(text) {
        return None;
    }
    let mut bytes = [0; 64];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
