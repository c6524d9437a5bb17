//! Signed bundles: what is taken, and that nothing which was changed ever is.

use redress::engine::{
    KeyId, SigningKey, Store, TrustedKeys, read_signature, read_signed_directory, sign, verify, write_signature,
};
use redress::text::{Source, render_all};
use redress::{BundleFiles, Diagnostics, Policy, default_bundle};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The key of RFC 8410, section 10.3, in its plain form and with attributes and its public half.
pub(crate) const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
const PRIVATE_WITH_PUBLIC: &str = "-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
";
/// Its public half, section 10.1.
pub(crate) const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
";
/// The public key of the first test of RFC 8032, section 7.1.
pub(crate) const OTHER_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
";

pub(crate) fn key() -> SigningKey {
    SigningKey::from_pem("test.key", PRIVATE).unwrap()
}

pub(crate) fn trusted() -> TrustedKeys {
    TrustedKeys::new().with_pem("test.key.pub", PUBLIC).unwrap()
}

pub(crate) fn bundle() -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", "bundle: small\nversion: 1\ncurrency: USD\n");
    files.insert("decisions/fee.yaml", "decision: fee\noutputs: {amount: {type: money, value: 5.00}}\n");
    files.insert("tests/fee.yaml", "tests: []\n");
    files
}

pub(crate) fn source(text: impl Into<String>) -> Source {
    Source::new("bundle.sig", text)
}

fn told(result: Result<KeyId, Diagnostics>) -> String {
    match result {
        Ok(key) => format!("signed by {key}"),
        Err(found) => render_all(&found, false),
    }
}

fn place(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("signing").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn write(directory: &Path, files: &BundleFiles) {
    for (path, source) in files.iter() {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source.text()).unwrap();
    }
}

#[test]
fn a_signature_says_what_it_signs() {
    let text = sign(&bundle(), &key()).unwrap();
    insta::assert_snapshot!(text, @r"
    redress bundle 1
    a1f27fc4b44255c915f6f433aa4f4b92026272173f7e61f4f465563a375d4971 39 bundle.yaml
    9fa0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e 60 decisions/fee.yaml
    789b748aea6c04e675a53f02e3095547e0225393cc820c4b22ea2f7e934010b8 10 tests/fee.yaml
    key ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1
    signature bca19ae8a580708fd79b6a35d8309a190679fe4123b066cb03845da19961f3a9d909fe760c37b25c5b711c013cf9607b1e19d7a964818f138e98045d7e384503
    ");
    assert_eq!(sign(&bundle(), &SigningKey::from_pem("test.key", PRIVATE_WITH_PUBLIC).unwrap()).unwrap(), text);
    insta::assert_snapshot!(told(verify(&bundle(), Some(&source(text)), &trusted())), @"signed by ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    insta::assert_snapshot!(format!("{:?}", key()), @"SigningKey(ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1)");
}

#[test]
fn several_keys_may_be_trusted() {
    let text = source(sign(&bundle(), &key()).unwrap());
    let both = TrustedKeys::new().with_pem("both.pub", &format!("{OTHER_PUBLIC}\n{}", PUBLIC.replace('\n', "\r\n"))).unwrap();
    assert_eq!(both.ids().count(), 2);
    assert_eq!(verify(&bundle(), Some(&text), &both), Ok(key().id()));
}

#[test]
fn one_bit_of_the_signature_file_that_is_changed_is_found() {
    let text = sign(&bundle(), &key()).unwrap();
    for (at, bit) in (0..text.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1 << bit;
        // What is no text is refused where it is read.
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(verify(&bundle(), Some(&source(changed)), &trusted()).is_err(), "bit {bit} of byte {at}");
        }
    }
    for end in 0..text.len() {
        assert!(verify(&bundle(), Some(&source(&text[..end])), &trusted()).is_err(), "{end} bytes of it");
    }
}

#[test]
fn one_bit_of_a_file_that_is_changed_is_found() {
    let signature = source(sign(&bundle(), &key()).unwrap());
    for (path, file) in bundle().iter() {
        for (at, bit) in (0..file.text().len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut bytes = file.text().as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                let mut files = bundle();
                files.insert(path, changed);
                let found = verify(&files, Some(&signature), &trusted()).unwrap_err();
                let messages: Vec<&str> = found.iter().map(|each| each.message.as_str()).collect();
                assert_eq!(messages, [format!("`{path}` was changed after it was signed")]);
            }
        }
    }
}

#[test]
fn a_signed_directory_is_read_whole_or_not_at_all() {
    let directory = place("directory");
    let files = bundle();
    write(&directory, &files);
    let refused = |trusted: &TrustedKeys| {
        let found = read_signed_directory(&directory, trusted).unwrap_err();
        found.iter().map(|each| format!("{}: {}\n", each.code, each.message)).collect::<String>()
    };
    assert!(refused(&trusted()).starts_with("R0901: "), "{}", refused(&trusted()));

    write_signature(&directory, &sign(&files, &key()).unwrap()).unwrap();
    let (read, by) = read_signed_directory(&directory, &trusted()).unwrap();
    assert_eq!((read.digest(), by), (files.digest(), key().id()));
    assert!(refused(&TrustedKeys::new()).starts_with("R0902: "));
    let names: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "nothing unfinished is left: {names:?}");

    fs::write(directory.join("decisions/late.yaml"), "decision: late\n").unwrap();
    assert_eq!(refused(&trusted()), "R0906: `decisions/late.yaml` was added after the bundle was signed\n");
    fs::remove_file(directory.join("decisions/late.yaml")).unwrap();

    fs::write(directory.join("bundle.sig"), [0xff, 0xfe]).unwrap();
    assert_eq!(refused(&trusted()), "R0903: `bundle.sig` is no text\n");
    fs::write(directory.join("bundle.sig"), vec![b'a'; 9_000_000]).unwrap();
    assert_eq!(refused(&trusted()), "R0006: `bundle.sig` is larger than 8388608 bytes\n");
    fs::remove_file(directory.join("bundle.sig")).unwrap();
    fs::create_dir(directory.join("bundle.sig")).unwrap();
    assert_eq!(refused(&trusted()), "R0001: `bundle.sig` cannot be read: it is no file\n");
}

#[test]
fn what_the_store_keeps_is_still_signed() {
    let store = Store::open(place("store")).unwrap();
    let files = default_bundle();
    let signature = source(sign(&files, &key()).unwrap());
    let policy = Policy::load(&files, &redress::Extensions::new()).unwrap();
    let digest = store.put(&files, Some(&signature), policy.name()).unwrap();
    let stored = store.get(&digest).unwrap();
    assert!(stored.files.len() < files.len(), "policy tests are not kept");
    assert_eq!(verify(&stored.files, stored.signature.as_ref(), &trusted()), Ok(key().id()));
}

#[test]
fn keys_are_made_for_their_owner_alone() {
    let directory = place("keys");
    let path = directory.join("release.key");
    let made = SigningKey::create(&path).unwrap();
    let public = directory.join("release.key.pub");
    assert_eq!(SigningKey::read(&path).unwrap().id(), made.id());
    assert_eq!(TrustedKeys::new().with_file(&public).unwrap().ids().collect::<Vec<_>>(), [made.id()]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_ne!(SigningKey::create(&directory.join("other.key")).unwrap().id(), made.id());

    let before = fs::read_to_string(&path).unwrap();
    assert!(SigningKey::create(&path).is_err());
    fs::remove_file(&public).unwrap();
    assert!(SigningKey::create(&path).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    assert!(!public.exists());
    fs::write(directory.join("third.key.pub"), PUBLIC).unwrap();
    assert!(SigningKey::create(&directory.join("third.key")).is_err());
    assert!(!directory.join("third.key").exists());
}

fn openssl(directory: &Path, arguments: &str) -> Option<Output> {
    Command::new("openssl").args(arguments.split_whitespace()).current_dir(directory).output().ok()
}

fn is_fine(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Beside the fixed keys above; where there is no `openssl`, they are what is tested.
#[test]
fn openssl_and_we_read_each_other() {
    let directory = place("openssl");
    let Some(made) = openssl(&directory, "genpkey -algorithm ed25519 -out their.key") else {
        eprintln!("skipped: there is no `openssl` here");
        return;
    };
    is_fine(&made);
    is_fine(&openssl(&directory, "pkey -in their.key -pubout -out their.key.pub").unwrap());
    let ours = SigningKey::create(&directory.join("our.key")).unwrap();
    is_fine(&openssl(&directory, "pkey -in our.key -pubout -out our.again.pub").unwrap());
    let read = |name: &str| fs::read_to_string(directory.join(name)).unwrap();
    assert_eq!(read("our.again.pub"), read("our.key.pub"));

    let theirs = SigningKey::read(&directory.join("their.key")).unwrap();
    for (key, public) in [(theirs, "their.key.pub"), (ours, "our.key.pub")] {
        let text = sign(&bundle(), &key).unwrap();
        let trusted = TrustedKeys::new().with_file(&directory.join(public)).unwrap();
        assert_eq!(verify(&bundle(), Some(&source(&text)), &trusted), Ok(key.id()));

        let (signed, rest) = text.split_at(text.find("key ed25519:").unwrap());
        let digits = rest.split_once("signature ").unwrap().1.trim_end();
        let bytes: Vec<u8> = (0..64).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect();
        fs::write(directory.join("signed"), signed).unwrap();
        fs::write(directory.join("signature"), bytes).unwrap();
        is_fine(
            &openssl(&directory, &format!("pkeyutl -verify -pubin -inkey {public} -rawin -in signed -sigfile signature"))
                .unwrap(),
        );
    }
    write(&directory, &bundle());
    assert_eq!(read_signature(&directory).unwrap(), None);
}
