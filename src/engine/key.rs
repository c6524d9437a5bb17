//! Keys of ed25519: those that sign, and those that are trusted. They are kept as PEM, as `openssl` writes it.

use crate::limits::KEY_FILE_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes};
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----";
const PUBLIC_END: &str = "-----END PUBLIC KEY-----";
const MAKE: &str = "`redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`";

/// The name of a key: the public key itself. Shown as `ed25519:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

impl KeyId {
    pub(super) fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ed25519:")?;
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

/// A private key: who holds it can sign. Its `Debug` form shows the public half, and it is wiped from memory when it is dropped.
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.id())
    }
}

impl SigningKey {
    /// Reads a private key in PEM (PKCS#8), as `openssl genpkey -algorithm ed25519` writes it. `name` is how it is called in
    /// findings.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_pem(name: &str, pem: &str) -> Result<Self, Diagnostics> {
        let help = if pem.contains(PUBLIC) {
            "this is a public key; who signs needs the private one"
        } else if pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") {
            "it is locked with a password; `openssl pkey -in FILE -out OTHER` writes it without"
        } else {
            MAKE
        };
        let wrong = || bad_key(name, "is not a private ed25519 key in PEM", help);
        if !pem.contains(PRIVATE) {
            return Err(wrong());
        }
        let key = ed25519_dalek::SigningKey::from_pkcs8_pem(pem.trim()).map_err(|_| wrong())?;
        Ok(Self { key })
    }

    /// Reads the private key of a file.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        Self::from_pem(&path.display().to_string(), &read(path)?)
    }

    /// Makes a new key by the chance that the system offers, and writes it to a file that nobody but its owner can read (on
    /// Unix), and its public half beside it, as `FILE.pub`. Nothing is ever overwritten.
    ///
    /// # Errors
    /// When one of the files is there already or cannot be written.
    pub fn create(path: &Path) -> Result<Self, io::Error> {
        let public_path = public_path(path);
        if public_path.symlink_metadata().is_ok() {
            return Err(named(&public_path, &io::ErrorKind::AlreadyExists.into()));
        }
        let mut secret = Zeroizing::new([0_u8; 32]);
        getrandom::fill(secret.as_mut())
            .map_err(|error| io::Error::other(format!("the system gives no random bytes: {error}")))?;
        let key = ed25519_dalek::SigningKey::from_bytes(&secret);
        // Without its public half, which it says anyhow: other programs do not read the newer form.
        let pair = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
        let private = pair.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
        let key = Self { key };
        write_new(path, private.as_bytes(), true)?;
        if let Err(error) = write_new(&public_path, key.public_pem()?.as_bytes(), false) {
            // Half a pair is no use to anybody; that it cannot be taken back changes nothing about the error.
            let _ = fs::remove_file(path);
            return Err(error);
        }
        Ok(key)
    }

    /// The name of its public half.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId(self.key.verifying_key().to_bytes())
    }

    fn public_pem(&self) -> Result<String, io::Error> {
        self.key.verifying_key().to_public_key_pem(LineEnding::LF).map_err(io::Error::other)
    }

    pub(super) fn sign(&self, text: &str) -> [u8; 64] {
        self.key.sign(text.as_bytes()).to_bytes()
    }
}

/// The public keys whose signatures are taken.
#[derive(Clone, Debug, Default)]
pub struct TrustedKeys {
    keys: Vec<VerifyingKey>,
}

impl TrustedKeys {
    /// None yet: nothing that is signed would be taken.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the public keys of a text in PEM, as `openssl pkey -pubout` writes them; one or several. `name` is how it is called
    /// in findings.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn with_pem(mut self, name: &str, pem: &str) -> Result<Self, Diagnostics> {
        let what = "holds no public ed25519 key in PEM";
        if pem.contains("PRIVATE KEY-----") {
            return Err(bad_key(name, what, "this is a private key, which nobody but the signer needs; name its public half"));
        }
        let mut rest = pem.trim();
        if rest.is_empty() {
            return Err(bad_key(name, what, MAKE));
        }
        while !rest.is_empty() {
            let end = rest.find(PUBLIC_END).map_or(rest.len(), |at| at + PUBLIC_END.len());
            let (one, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let key = VerifyingKey::from_public_key_pem(one).map_err(|_| bad_key(name, what, MAKE))?;
            if key.is_weak() {
                return Err(bad_key(name, "holds a key for which anybody can sign", MAKE));
            }
            self.keys.push(key);
            rest = after.trim_start();
        }
        Ok(self)
    }

    /// Adds the public keys of a file.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn with_file(self, path: &Path) -> Result<Self, Diagnostics> {
        let pem = read(path)?;
        self.with_pem(&path.display().to_string(), &pem)
    }

    /// The names of the keys.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> {
        self.keys.iter().map(|key| KeyId(key.to_bytes()))
    }

    /// Is it a signature of the text by this key? `None` when the key is not trusted.
    pub(super) fn verify(&self, key: KeyId, text: &str, signature: &[u8; 64]) -> Option<bool> {
        let key = self.keys.iter().find(|each| each.as_bytes() == &key.0)?;
        Some(key.verify_strict(text.as_bytes(), &Signature::from_bytes(signature)).is_ok())
    }
}

/// `FILE.pub` for `FILE`.
fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

fn bad_key(name: &str, what: &str, help: &str) -> Diagnostics {
    std::iter::once(Diagnostic::global(Code::BadKey, format!("`{name}` {what}")).help(help)).collect()
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", path.display()))
}

/// The text of a key file, wiped from memory when it is dropped.
fn read(path: &Path) -> Result<Zeroizing<String>, Diagnostics> {
    let unreadable = |error: io::Error| -> Diagnostics {
        let message = format!("the key `{}` cannot be read: {error}", path.display());
        std::iter::once(Diagnostic::global(Code::Unreadable, message)).collect()
    };
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(unreadable(io::Error::other("it is no file")));
    }
    // With room for all of it: a text that grows leaves copies behind.
    let mut text = Zeroizing::new(String::with_capacity(KEY_FILE_BYTES_MAX));
    let most = u64::try_from(KEY_FILE_BYTES_MAX).unwrap_or(u64::MAX);
    let file = File::open(path).map_err(unreadable)?;
    match file.take(most).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(bad_key(&path.display().to_string(), "is no text", MAKE)),
        Err(error) => Err(unreadable(error)),
    }
}

fn write_new(path: &Path, bytes: &[u8], is_secret: bool) -> Result<(), io::Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = is_secret;
    let mut file = options.open(path).map_err(|error| named(path, &error))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a key is no key. That it cannot be taken back changes nothing about the error.
        let _ = fs::remove_file(path);
        named(path, &error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first test of RFC 8032, section 7.1.
    #[test]
    fn a_signature_is_the_one_of_the_standard() {
        let pem =
            format!("{PRIVATE}\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n");
        let key = SigningKey::from_pem("rfc8032.key", &pem).unwrap();
        assert_eq!(key.id().to_string(), "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature: String = key.sign("").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            signature,
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        );
    }
}
