//! The store: what is put in comes out, and what was damaged never does.

use proptest::prelude::*;
use redress::decision::PolicyName;
use redress::engine::{Store, StoreError};
use redress::text::Source;
use redress::{BundleFiles, Policy, default_bundle};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A directory of its own for one test, which does not exist yet.
fn place(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("store").join(name);
    // A test may have left a file where its directory was.
    let _ = fs::remove_file(&directory);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    directory
}

fn bundle(version: u32) -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", format!("bundle: small\nversion: {version}\ncurrency: USD\n"));
    files.insert("decisions/fee.yaml", "decision: fee\noutputs: {amount: {type: money, value: 5.00}}\n");
    files.insert("tests/fee.yaml", "tests: []\n");
    files
}

fn name(files: &BundleFiles) -> PolicyName {
    Policy::load(files, &redress::Extensions::new()).unwrap().name().clone()
}

/// The name that any files would have.
fn any_name(files: &BundleFiles) -> PolicyName {
    let mut any = name(&bundle(1));
    any.digest = files.digest();
    any
}

fn texts(files: &BundleFiles) -> BTreeMap<String, String> {
    files.iter().map(|(path, source)| (path.to_owned(), source.text().to_owned())).collect()
}

/// What is said of an error, with the directory of the store as `STORE`.
fn said(error: &StoreError, store: &Path) -> String {
    let help = error.help().map(|help| format!("\n  = help: {help}")).unwrap_or_default();
    format!("{error}{help}").replace(store.to_str().unwrap(), "STORE")
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

fn files_of(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(directory, &mut found);
    found.sort();
    found
}

#[test]
fn what_is_put_in_comes_out() {
    let directory = place("there-and-back");
    let store = Store::open(&directory).unwrap();
    let files = default_bundle();
    let signature = Source::new("bundle.sig", "whatever it says\n");
    let digest = store.put(&files, Some(&signature), &name(&files)).unwrap();
    assert_eq!(digest, files.digest());

    let stored = store.get(&digest).unwrap();
    assert_eq!(texts(&stored.files), texts(&files.deciding()));
    assert_eq!(stored.files.digest(), digest);
    assert_eq!(stored.signature.unwrap().text(), signature.text());
    assert_eq!(stored.about.name, name(&files));
    assert!(stored.about.is_signed);
    assert_eq!(name(&store.get(&digest[..7 + 8]).unwrap().files), name(&files));

    // Stored again without its signature, it keeps the one it has, and nothing is written twice.
    let before = files_of(&directory);
    assert_eq!(store.put(&files, None, &name(&files)).unwrap(), digest);
    assert_eq!(files_of(&directory), before);
    assert!(store.get(&digest).unwrap().signature.is_some());
    assert_eq!(store.list().unwrap().bundles, [stored.about]);
}

#[test]
fn two_versions_share_the_files_that_are_the_same() {
    let directory = place("shared");
    let store = Store::open(&directory).unwrap();
    let digests: Vec<String> = [bundle(1), bundle(2)].iter().map(|files| store.put(files, None, &name(files)).unwrap()).collect();
    assert_eq!(files_of(&directory.join("objects")).len(), 3);
    let list = store.list().unwrap();
    let mut versions: Vec<&str> = list.bundles.iter().map(|each| each.name.version.as_str()).collect();
    versions.sort_unstable();
    assert_eq!(versions, ["1", "2"]);
    assert!(list.damaged.is_empty());

    assert_eq!(store.last_good().unwrap(), None);
    store.set_last_good(&digests[1]).unwrap();
    store.set_last_good(&digests[0][..20]).unwrap();
    assert_eq!(store.last_good().unwrap().as_ref(), Some(&digests[0]));
    assert_eq!(Store::open_existing(&directory).unwrap().last_good().unwrap().as_ref(), Some(&digests[0]));
}

#[test]
fn one_byte_that_is_not_as_it_was_written_is_found() {
    let directory = place("flipped");
    let store = Store::open(&directory).unwrap();
    let files = bundle(1);
    let signature = Source::new("bundle.sig", "whatever it says\n");
    let digest = store.put(&files, Some(&signature), &name(&files)).unwrap();
    store.set_last_good(&digest).unwrap();
    let mut flipped = 0;
    for path in files_of(&directory) {
        let bytes = fs::read(&path).unwrap();
        let at_fault = |what: &str| {
            let found = match path.strip_prefix(&directory).unwrap().to_str().unwrap() {
                "redress-store" => Store::open_existing(&directory).is_err() && Store::open(&directory).is_err(),
                "last-good" => store.last_good().is_err(),
                _ => store.get(&digest).is_err(),
            };
            assert!(found, "{what} in {}", path.display());
        };
        for (at, bit) in (0..bytes.len()).flat_map(|at| [(at, 1 << (at % 8)), (at, 0x20)]) {
            let mut other = bytes.clone();
            other[at] ^= bit;
            fs::write(&path, &other).unwrap();
            at_fault(&format!("bit {bit:#x} of byte {at}"));
            flipped += 1;
        }
        fs::write(&path, &bytes[1..]).unwrap();
        at_fault("the first byte gone");
        fs::write(&path, [&bytes[..], b"\n"].concat()).unwrap();
        at_fault("a line break more");
        fs::write(&path, b"").unwrap();
        at_fault("nothing left");
        fs::write(&path, &bytes).unwrap();
    }
    assert!(flipped > 1_000, "{flipped}");
    assert_eq!(texts(&store.get(&digest).unwrap().files), texts(&files.deciding()));
}

#[test]
fn what_is_damaged_is_named_and_written_anew() {
    let directory = place("damaged");
    let store = Store::open(&directory).unwrap();
    let (files, other) = (bundle(1), bundle(2));
    let digest = store.put(&files, None, &name(&files)).unwrap();
    store.put(&other, None, &name(&other)).unwrap();
    let object = |text: &str| {
        let all = files_of(&directory.join("objects"));
        all.into_iter().find(|path| fs::read_to_string(path).unwrap().contains(text)).unwrap()
    };
    let fee = object("decision: fee");
    fs::write(&fee, "decision: fee\noutputs: {amount: {type: money, value: 9.00}}\n").unwrap();
    insta::assert_snapshot!(said(&store.get(&digest).unwrap_err(), &directory), @r"
    the store is damaged: `STORE/objects/9f/a0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e` is not what was written
      = help: store the same bundle again (`redress bundle pack`): what is damaged or gone is written anew
    ");
    fs::remove_file(&fee).unwrap();
    insta::assert_snapshot!(said(&store.get(&digest).unwrap_err(), &directory), @r"
    the store is damaged: `STORE/objects/9f/a0d57c4604cf9d26145a3eb828a20fd04b8c388e4faea778bdd46248378b6e` is gone
      = help: store the same bundle again (`redress bundle pack`): what is damaged or gone is written anew
    ");
    assert!(store.set_last_good(&digest).is_err(), "what is damaged is not good");
    store.put(&files, None, &name(&files)).unwrap();
    assert_eq!(texts(&store.get(&digest).unwrap().files), texts(&files.deciding()));

    let record = directory.join("bundles").join(&digest[7..]);
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("version \"1\"", "version \"9\"")).unwrap();
    let list = store.list().unwrap();
    assert_eq!(list.bundles.len(), 1);
    insta::assert_snapshot!(said(&list.damaged[0], &directory), @r"
    the store is damaged: `STORE/bundles/aec0fbdd87cf899c2b2b663e4c9b8f34b8031853bfce4244913793f42e52a0a2` is not what was written
      = help: store the same bundle again (`redress bundle pack`): what is damaged or gone is written anew
    ");
    store.put(&files, None, &name(&files)).unwrap();
    assert_eq!(store.list().unwrap().bundles.len(), 2);

    fs::write(directory.join("last-good"), format!("blake3:{}\n", "0".repeat(64))).unwrap();
    insta::assert_snapshot!(said(&store.last_good().unwrap_err(), &directory), @r"
    `STORE/last-good` names a bundle that the store does not hold: blake3:0000000000000000000000000000000000000000000000000000000000000000
      = help: take the file away; the next bundle that is good writes it anew
    ");
}

#[test]
fn a_record_that_names_the_files_of_another_bundle_is_refused() {
    let directory = place("exchanged");
    let store = Store::open(&directory).unwrap();
    let digests: Vec<String> = [bundle(1), bundle(2)].iter().map(|files| store.put(files, None, &name(files)).unwrap()).collect();
    let record = |digest: &str| directory.join("bundles").join(&digest[7..]);
    fs::copy(record(&digests[1]), record(&digests[0])).unwrap();
    insta::assert_snapshot!(said(&store.get(&digests[0]).unwrap_err(), &directory), @r"
    the store is damaged: `STORE/bundles/aec0fbdd87cf899c2b2b663e4c9b8f34b8031853bfce4244913793f42e52a0a2` names the files of another bundle
      = help: store the same bundle again (`redress bundle pack`): what is damaged or gone is written anew
    ");
}

#[test]
fn a_digest_is_asked_for_exactly() {
    let directory = place("asked");
    let store = Store::open(&directory).unwrap();
    let files = bundle(1);
    let digest = store.put(&files, None, &name(&files)).unwrap();
    // Another record whose digits begin alike.
    let twin = format!("{}{}", &digest[7..7 + 10], "0".repeat(54));
    fs::write(directory.join("bundles").join(&twin), "").unwrap();
    let ask = |digest: &str| said(&store.get(digest).unwrap_err(), &directory);
    insta::assert_snapshot!(ask(&digest[..7 + 9]), @r"
    `blake3:aec0fbdd8` is the beginning of several digests: blake3:aec0fbdd87000000000000000000000000000000000000000000000000000000, blake3:aec0fbdd87cf899c2b2b663e4c9b8f34b8031853bfce4244913793f42e52a0a2
      = help: give more digits
    ");
    insta::assert_snapshot!(ask("blake3:00000000"), @r"
    the store holds no bundle `blake3:00000000`
      = help: `redress bundle list` shows those that it holds
    ");
    insta::assert_snapshot!(ask(&"0".repeat(64)), @r"
    the store holds no bundle `0000000000000000000000000000000000000000000000000000000000000000`
      = help: `redress bundle list` shows those that it holds
    ");
    insta::assert_snapshot!(ask("fb583b3"), @r"
    `fb583b3` is no digest
      = help: a digest has 64 digits, 0-9 and a-f; the first 8 or more are enough
    ");
    insta::assert_snapshot!(ask("../../../etc"), @r"
    `../../../etc` is no digest
      = help: a digest has 64 digits, 0-9 and a-f; the first 8 or more are enough
    ");
    assert!(store.get(&digest[..7 + 11]).is_ok());
}

#[test]
fn paths_that_lead_out_are_never_stored() {
    let directory = place("paths");
    let store = Store::open(&directory).unwrap();
    let mut said_of = String::new();
    for path in
        ["../bundle.yaml", "/etc/passwd", "decisions//fee.yaml", "decisions/./fee.yaml", "C:/fee.yaml", "a\\b.yaml", "a\nb", ""]
    {
        let mut files = bundle(1);
        files.insert(path, "text");
        let Err(StoreError::Refused(found)) = store.put(&files, None, &any_name(&files)) else { panic!("{path:?} is stored") };
        said_of.push_str(&found.iter().map(|each| format!("{}: {}\n", each.code, each.message)).collect::<String>());
    }
    insta::assert_snapshot!(said_of, @r"
    R0909: the path `../bundle.yaml` is not a plain path below the directory of the bundle
    R0909: the path `/etc/passwd` is not a plain path below the directory of the bundle
    R0909: the path `decisions//fee.yaml` is not a plain path below the directory of the bundle
    R0909: the path `decisions/./fee.yaml` is not a plain path below the directory of the bundle
    R0909: the path `C:/fee.yaml` holds a `\` or a `:`, which mean something else on other systems
    R0909: the path `a\b.yaml` holds a `\` or a `:`, which mean something else on other systems
    R0909: the path `a
    b` holds control characters
    R0909: the path `` is not a plain path below the directory of the bundle
    ");
    assert_eq!(files_of(&directory), [directory.join("redress-store")]);

    let (files, other) = (bundle(1), bundle(2));
    let error = store.put(&files, None, &name(&other)).unwrap_err().to_string();
    assert!(error.ends_with("they are not the same bundle"), "{error}");
}

#[test]
fn another_directory_is_no_store() {
    let directory = place("other");
    insta::assert_snapshot!(said(&Store::open_existing(&directory).unwrap_err(), &directory), @r"
    `STORE` is no store: it does not exist
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("letter.txt"), "Dear customer").unwrap();
    insta::assert_snapshot!(said(&Store::open(&directory).unwrap_err(), &directory), @r"
    `STORE` is no store: it holds other files
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    insta::assert_snapshot!(said(&Store::open_existing(&directory).unwrap_err(), &directory), @r"
    `STORE` is no store: it holds no `redress-store`
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    assert_eq!(files_of(&directory), [directory.join("letter.txt")]);

    fs::remove_file(directory.join("letter.txt")).unwrap();
    fs::write(directory.join("redress-store"), "redress store 2\n").unwrap();
    insta::assert_snapshot!(said(&Store::open(&directory).unwrap_err(), &directory), @r"
    `STORE` is no store: its `redress-store` is not of a form that this version knows
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
}

/// The system refuses in each of the places that a store writes to; permissions would not stop whoever may do everything.
#[test]
fn what_the_system_refuses_is_said_and_leaves_no_half() {
    let directory = place("refused");
    let above = directory.parent().unwrap().to_owned();
    fs::create_dir_all(&above).unwrap();
    fs::write(&directory, "a file").unwrap();
    insta::assert_snapshot!(said(&Store::open(&directory).unwrap_err(), &directory), @r"
    `STORE` is no store: it is no directory
      = help: `redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty
    ");
    fs::remove_file(&directory).unwrap();

    let store = Store::open(&directory).unwrap();
    let files = bundle(1);
    let put = || said(&store.put(&files, None, &name(&files)).unwrap_err(), &directory);
    fs::write(directory.join("objects"), "").unwrap();
    insta::assert_snapshot!(put(), @"`STORE/objects/a1` cannot be made: Not a directory (os error 20)");
    fs::remove_file(directory.join("objects")).unwrap();

    fs::remove_dir(directory.join("incoming")).unwrap();
    fs::write(directory.join("incoming"), "").unwrap();
    insta::assert_snapshot!(put(), @"`STORE/incoming` cannot be made: File exists (os error 17)");
    fs::remove_file(directory.join("incoming")).unwrap();

    let record = directory.join("bundles").join(&files.digest()[7..]);
    fs::create_dir_all(&record).unwrap();
    let refused = put();
    assert!(refused.starts_with("`STORE/bundles/") && refused.contains("cannot be written: "), "{refused}");
    assert!(files_of(&directory.join("incoming")).is_empty());
    fs::remove_dir(&record).unwrap();

    assert!(store.list().unwrap().bundles.is_empty());
    let digest = store.put(&files, None, &name(&files)).unwrap();
    fs::create_dir_all(directory.join("last-good")).unwrap();
    assert!(store.set_last_good(&digest).is_err());
    assert!(store.last_good().is_err());
    assert!(files_of(&directory.join("incoming")).is_empty());
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let directory = place("read-only");
    let store = Store::open(&directory).unwrap();
    let (files, other) = (bundle(1), bundle(2));
    let digest = store.put(&files, None, &name(&files)).unwrap();
    let folders = ["objects", "bundles", "incoming", ""].map(|folder| directory.join(folder));
    let allow = |mode| folders.iter().for_each(|folder| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap());
    allow(0o555);
    let is_bound = File::create(directory.join("incoming/probe")).is_err();
    let (read, put) = (Store::open(&directory).unwrap().get(&digest), store.put(&other, None, &name(&other)));
    allow(0o755);
    assert_eq!(texts(&read.unwrap().files), texts(&files.deciding()));
    // Whoever may do everything is bound by no permission; the test before this one refuses by other means.
    if is_bound {
        let error = said(&put.unwrap_err(), &directory);
        assert!(error.contains("Permission denied"), "{error}");
    }
}

#[test]
fn what_was_left_behind_is_swept() {
    let directory = place("swept");
    let store = Store::open(&directory).unwrap();
    let (old, young) = (directory.join("incoming/1-1"), directory.join("incoming/1-2"));
    for path in [&old, &young] {
        fs::write(path, "half of a f").unwrap();
    }
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    let files = bundle(1);
    let digest = store.put(&files, None, &name(&files)).unwrap();
    assert_eq!(files_of(&directory.join("incoming")), [young]);
    assert!(store.get(&digest).is_ok());
}

#[test]
fn many_write_at_once() {
    let directory = place("at-once");
    let bundles: Vec<(BundleFiles, PolicyName)> = (1..=4).map(bundle).map(|files| (files.clone(), name(&files))).collect();
    std::thread::scope(|scope| {
        for turn in 0..8 {
            let (directory, bundles) = (&directory, &bundles);
            scope.spawn(move || {
                let store = Store::open(directory).unwrap();
                for (files, name) in bundles.iter().cycle().skip(turn).take(bundles.len()) {
                    match store.get(&name.digest) {
                        Ok(stored) => assert_eq!(texts(&stored.files), texts(&files.deciding())),
                        Err(StoreError::Unknown { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                    let digest = store.put(files, None, name).unwrap();
                    store.set_last_good(&digest).unwrap();
                    assert!(store.last_good().unwrap().is_some());
                }
            });
        }
    });
    let store = Store::open_existing(&directory).unwrap();
    let list = store.list().unwrap();
    assert_eq!((list.bundles.len(), list.damaged.len()), (4, 0));
    assert!(files_of(&directory.join("incoming")).is_empty());
}

fn any_files() -> impl Strategy<Value = BTreeMap<String, String>> {
    let path = prop_oneof![Just("bundle.yaml".to_owned()), "(decisions|scripts|tests|letters)/[a-zé _.-]{0,8}[a-z]"];
    prop::collection::btree_map(path, any::<String>(), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_files_come_out_as_they_went_in(all in prop::collection::vec((any_files(), any::<Option<String>>()), 1..4)) {
        let directory = place("any");
        let store = Store::open(&directory).unwrap();
        let mut digests = Vec::new();
        for (texts, signature) in &all {
            let mut files = BundleFiles::new();
            for (path, text) in texts {
                files.insert(path, text);
            }
            let signature = signature.as_ref().map(|text| Source::new("bundle.sig", text.as_str()));
            digests.push((store.put(&files, signature.as_ref(), &any_name(&files)).unwrap(), files));
        }
        for (digest, files) in &digests {
            let stored = store.get(digest).unwrap();
            prop_assert_eq!(texts(&stored.files), texts(&files.deciding()));
            prop_assert_eq!(&stored.files.digest(), digest);
        }
    }
}
