//! Bundles that are not what somebody trusted has signed, and keys that are none.

use crate::signing::{OTHER_PUBLIC, PRIVATE, PUBLIC, bundle, key, source, trusted};
use redress::engine::{SigningKey, TrustedKeys, sign, verify};
use redress::text::render_all;
use redress::{BundleFiles, Diagnostics};

fn said<T: std::fmt::Debug>(result: Result<T, Diagnostics>) -> String {
    render_all(&result.unwrap_err(), false)
}

fn signature() -> String {
    sign(&bundle(), &key()).unwrap()
}

/// What is said when the signature file is this.
fn of_text(text: impl Into<String>) -> String {
    said(verify(&bundle(), Some(&source(text)), &trusted()))
}

#[test]
fn not_signed() {
    insta::assert_snapshot!(said(verify(&bundle(), None, &trusted())), @r"
    error[R0901]: the bundle is not signed: it has no `bundle.sig`
      = help: `redress sign DIR --key FILE` signs it

    1 error
    ");
}

#[test]
fn signed_by_somebody_else() {
    let other = TrustedKeys::new().with_pem("other.pub", OTHER_PUBLIC).unwrap();
    insta::assert_snapshot!(said(verify(&bundle(), Some(&source(signature())), &other)), @r"
    error[R0902]: the bundle is signed with the key `ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1`, which is not trusted
     --> bundle.sig:5:1
      |
    5 | key ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: trusted: `ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a`

    1 error
    ");
    insta::assert_snapshot!(said(verify(&bundle(), Some(&source(signature())), &TrustedKeys::new())), @r"
    error[R0902]: the bundle is signed with the key `ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1`, which is not trusted
     --> bundle.sig:5:1
      |
    5 | key ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: no key is trusted

    1 error
    ");
}

#[test]
fn files_that_were_changed_added_or_taken_away() {
    let mut files = BundleFiles::new();
    for (path, source) in bundle().iter().filter(|(path, _)| *path != "bundle.yaml") {
        files.insert(path, source.text());
    }
    files.insert("decisions/fee.yaml", "decision: fee\noutputs: {amount: {type: money, value: 9.00}}\n");
    files.insert("scripts/late.rhai", "fn late() { 1 }\n");
    insta::assert_snapshot!(said(verify(&files, Some(&source(signature())), &trusted())), @r"
    error[R0907]: `bundle.yaml` was signed and is gone
     --> bundle.sig:2:1
      |
    2 | a1f27fc4b44255c915f6f433aa4f4b92026272173f7e61f4f465563a375d4971 39 bundle.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    error[R0905]: `decisions/fee.yaml` was changed after it was signed
     --> bundle.sig:3:1
      |
    3 | 9fa0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e 60 decisions/fee.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    error[R0906]: `scripts/late.rhai` was added after the bundle was signed
      = help: put back what was signed; or, if the change is wanted, sign again: `redress sign DIR --key FILE`

    3 errors
    ");
}

#[test]
fn a_signature_of_another_list() {
    let (signed, rest) = signature().split_once("key ").map(|(signed, rest)| (signed.to_owned(), rest.to_owned())).unwrap();
    let digits = blake3::hash(b"decision: other\n").to_hex();
    insta::assert_snapshot!(of_text(format!("{signed}{digits} 16 zones/other.yaml\nkey {rest}")), @r"
    error[R0904]: the signature does not belong to the lines above it: `bundle.sig` was changed after it was signed
     --> bundle.sig:7:1
      |
    7 | signature bca19ae8a580708fd79b6a35d8309a190679fe4123b066cb03845da19961f3a9d909fe760c37b25c5b711c013cf9607b1e19d7a964818f138e98045d7e384503
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
}

#[test]
fn files_that_are_no_signature() {
    let text = signature();
    insta::assert_snapshot!(of_text(""), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: the file ends before its signature does
     --> bundle.sig:1:1
      |
    1 |
      | ^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text("-----BEGIN PGP SIGNATURE-----\n"), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: its first line has to be `redress bundle 1`
     --> bundle.sig:1:1
      |
    1 | -----BEGIN PGP SIGNATURE-----
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text(text.replace('\n', "\r\n")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: its first line has to be `redress bundle 1`
     --> bundle.sig:1:1
      |
    1 | redress bundle 1
      | ^^^^^^^^^^^^^^^^
      |
      = help: its line ends were changed, and so may be those of the bundle; for git, `* -text` in `.gitattributes` keeps them

    1 error
    ");
    insta::assert_snapshot!(of_text(text.replace(" 60 ", " 060 ")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: a line of a file has its 64 digits of blake3, its bytes and its path
     --> bundle.sig:3:1
      |
    3 | 9fa0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e 060 decisions/fee.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text(text.replace("decisions/fee.yaml", "../fee.yaml")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: the path of a file is not a plain path below the directory of the bundle
     --> bundle.sig:3:1
      |
    3 | 9fa0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e 60 ../fee.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text(text.replace("decisions/fee.yaml", "a.yaml")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: files stand in the order of their paths, each once
     --> bundle.sig:3:1
      |
    3 | 9fa0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e 60 a.yaml
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
}

#[test]
fn files_that_are_no_signature_at_their_end() {
    let text = signature();
    insta::assert_snapshot!(of_text(text.replace("key ed25519:", "key rsa:")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: a key is written `ed25519:` and 64 hexadecimal digits
     --> bundle.sig:5:1
      |
    5 | key rsa:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text(text.trim_end()), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: the file ends before its signature does
     --> bundle.sig:6:1
      |
    6 | signature bca19ae8a580708fd79b6a35d8309a190679fe4123b066cb03845da19961f3a9d909fe760c37b25c5b711c013cf9607b1e19d7a964818f138e98045d7e384503
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    insta::assert_snapshot!(of_text(format!("{text}# checked by care\n")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: something stands behind the signature
     --> bundle.sig:7:1
      |
    7 | # checked by care
      | ^^^^^^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
    let (signed, _) = text.rsplit_once("signature ").unwrap();
    insta::assert_snapshot!(of_text(format!("{signed}signature 00\n")), @r"
    error[R0903]: `bundle.sig` is no signature that can be read: a signature is written `signature` and 128 hexadecimal digits
     --> bundle.sig:6:1
      |
    6 | signature 00
      | ^^^^^^^^^^^^
      |
      = help: put back the file that was signed, or sign again: `redress sign DIR --key FILE`

    1 error
    ");
}

#[test]
fn paths_that_cannot_be_signed() {
    let mut files = bundle();
    files.insert("scripts/a\nb.rhai", "");
    files.insert("../outside.yaml", "");
    insta::assert_snapshot!(said(sign(&files, &key())), @r"
    error[R0909]: the path `../outside.yaml` is not a plain path below the directory of the bundle
      = help: rename the file

    error[R0909]: the path `scripts/a
                  b.rhai` holds control characters
      = help: rename the file

    2 errors
    ");
}

#[test]
fn keys_that_are_none() {
    let private = |pem: &str| said(SigningKey::from_pem("release.key", pem));
    let public = |pem: &str| said(TrustedKeys::new().with_pem("release.key.pub", pem));
    insta::assert_snapshot!(private("our secret"), @r"
    error[R0908]: `release.key` is not a private ed25519 key in PEM
      = help: `redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`

    1 error
    ");
    insta::assert_snapshot!(private(PUBLIC), @r"
    error[R0908]: `release.key` is not a private ed25519 key in PEM
      = help: this is a public key; who signs needs the private one

    1 error
    ");
    insta::assert_snapshot!(private(&PRIVATE.replace("PRIVATE", "ENCRYPTED PRIVATE")), @r"
    error[R0908]: `release.key` is not a private ed25519 key in PEM
      = help: it is locked with a password; `openssl pkey -in FILE -out OTHER` writes it without

    1 error
    ");
    // The beginning of a key for RSA.
    insta::assert_snapshot!(private("-----BEGIN PRIVATE KEY-----\nMIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAq7BFUpkGp3+LQmlQ\n-----END PRIVATE KEY-----\n"), @r"
    error[R0908]: `release.key` is not a private ed25519 key in PEM
      = help: `redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`

    1 error
    ");
    insta::assert_snapshot!(public(""), @r"
    error[R0908]: `release.key.pub` holds no public ed25519 key in PEM
      = help: `redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`

    1 error
    ");
    insta::assert_snapshot!(public(PRIVATE), @r"
    error[R0908]: `release.key.pub` holds no public ed25519 key in PEM
      = help: this is a private key, which nobody but the signer needs; name its public half

    1 error
    ");
    insta::assert_snapshot!(public(&format!("{PUBLIC}and more\n")), @r"
    error[R0908]: `release.key.pub` holds no public ed25519 key in PEM
      = help: `redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`

    1 error
    ");
    // The neutral element: every signature would fit.
    insta::assert_snapshot!(public("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n"), @r"
    error[R0908]: `release.key.pub` holds a key for which anybody can sign
      = help: `redress sign --new-key FILE` makes a key, and so does `openssl genpkey -algorithm ed25519`

    1 error
    ");
    insta::assert_snapshot!(said(SigningKey::read(std::path::Path::new("no/such.key"))), @"
    error[R0001]: the key `no/such.key` cannot be read: No such file or directory (os error 2)
      = help: name a file that is there and may be read

    1 error
    ");
}
