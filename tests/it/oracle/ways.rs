//! One bundle, one case, every way in which it can be decided: the same bytes.
//!
//! * the quick way and the definition, with and without a trace, with the near misses of an explanation;
//! * one thread, and several that share an engine;
//! * the bundle as it was written, after `redress fmt`, and out of a store, where `redress bundle pack` put it.
//!
//! After `fmt` the digest is that of other texts, so that the number of the decision is another one, and places are other lines: these
//! are taken out, nothing else is.

use super::decide;
use super::reach::Reach;
use redress::authoring::explain::{View, explain};
use redress::authoring::format::format;
use redress::engine::{Engine, Store};
use redress::letter::LetterError;
use redress::text::render_all;
use redress::value::DateTime;
use redress::{BundleFiles, Case, DecideError, Decision, Extensions, Policy};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A case and when it is decided.
pub(super) type Asked = (Case, DateTime);

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("redress-oracle-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn bundle(files: &[(String, String)]) -> BundleFiles {
    let mut bundle = BundleFiles::new();
    for (path, text) in files {
        bundle.insert(path.as_str(), text.as_str());
    }
    bundle
}

fn load(bundle: &BundleFiles) -> Policy {
    Policy::load(bundle, &Extensions::new()).unwrap_or_else(|found| panic!("{}\n{}", render_all(&found, false), whole(bundle)))
}

fn whole(bundle: &BundleFiles) -> String {
    bundle.iter().map(|(path, source)| format!("=== {path}\n{}", source.text())).collect()
}

/// Everything that is told of a case: the decision, its explanation as JSON and as text, its letters.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    decision: String,
    explained: String,
    page: String,
    letters: String,
}

impl Told {
    fn new(
        policy: &Policy,
        case: &Case,
        decided: &Result<Decision, DecideError>,
        explained: &Result<Decision, DecideError>,
    ) -> Self {
        let json = |decided: &Result<Decision, DecideError>| match decided {
            Ok(decision) => decision.to_json_line(),
            Err(error) => error.to_string(),
        };
        let mut view = View::default();
        view.trace = true;
        Self {
            decision: json(decided),
            explained: json(explained),
            page: explained.as_ref().map_or_else(ToString::to_string, |decision| explain(decision, &view)),
            letters: decided
                .as_ref()
                .map_or_else(|_| String::new(), |decision| letters(policy, case, decision, &mut Reach::default())),
        }
    }

    /// Without the digest, the number that comes of it, and the lines that places name.
    fn without_places(&self, digest: &str) -> [String; 3] {
        let number =
            self.decision.split_once("\"decision_id\":\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or("none");
        [&self.decision, &self.explained, &self.letters]
            .map(|text| without_places(&text.replace(digest, "digest").replace(number, "number")))
    }
}

/// The letters of a decision, each as it is written or refused.
pub(super) fn letters(policy: &Policy, case: &Case, decision: &Decision, reach: &mut Reach) -> String {
    let mut text = String::new();
    let language = case.complaint.language.known().map_or("en", |language| language);
    for item in &decision.letters {
        match policy.letters().write(&item.kind, language, case, decision) {
            Ok(letter) => {
                reach.count("a letter");
                if letter.language != language {
                    reach.count("a letter in another language than asked");
                }
                text.push_str(&redress::authoring::letters::letter_page(&letter, 80, false));
            }
            Err(LetterError::Refused(found)) => text.push_str(&render_all(&found, false)),
            Err(other) => text.push_str(&other.to_string()),
        }
    }
    text
}

/// `decisions/d.yaml:12:5` becomes `decisions/d.yaml`.
fn without_places(text: &str) -> String {
    let mut pieces = text.split(".yaml:");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(".yaml");
        out.push_str(piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'));
    }
    out
}

fn quick(policy: &Policy, (case, at): &Asked) -> Told {
    Told::new(policy, case, &policy.decide(case, *at), &policy.explain(case, *at))
}

fn by_definition(policy: &Policy, (case, at): &Asked) -> Told {
    let explained = policy.everything().by_definition().evaluate(case, *at).map(|evaluation| evaluation.explained());
    Told::new(policy, case, &policy.decide_by_definition(case, *at), &explained)
}

/// Decides all cases every way; what they came to.
pub(super) fn every_way(files: &[(String, String)], cases: &[Asked]) -> (Policy, Vec<Result<Decision, DecideError>>) {
    let written = bundle(files);
    let policy = load(&written);
    let decided: Vec<Result<Decision, DecideError>> = cases.iter().map(|(case, at)| decide(&policy, case, *at)).collect();
    let told: Vec<Told> = cases.iter().map(|asked| quick(&policy, asked)).collect();
    for (asked, told) in cases.iter().zip(&told) {
        assert_eq!(by_definition(&policy, asked), *told);
    }
    shared(&written, cases, &told);
    formatted(files, &policy, cases, &told);
    packed(&written, &policy, cases, &told);
    (policy, decided)
}

/// Two threads ask one engine, each in an order of its own.
fn shared(written: &BundleFiles, cases: &[Asked], told: &[Told]) {
    let engine = Engine::builder().open_files(written).unwrap();
    let policy = load(written);
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let (engine, policy) = (&engine, &policy);
            scope.spawn(move || {
                for at in 0..cases.len() {
                    let number = (at + thread * 3) % cases.len();
                    let (case, when) = &cases[number];
                    let here = Told::new(policy, case, &engine.decide_at(case, *when), &engine.explain_at(case, *when));
                    assert_eq!(here, told[number]);
                }
            });
        }
    });
}

fn formatted(files: &[(String, String)], policy: &Policy, cases: &[Asked], told: &[Told]) {
    let format_one = |(path, text): &(String, String)| {
        (path.clone(), format(path, text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}")))
    };
    let formatted: Vec<(String, String)> = files.iter().map(format_one).collect();
    assert_eq!(formatted.iter().map(format_one).collect::<Vec<_>>(), formatted);
    let after = load(&bundle(&formatted));
    for (asked, told) in cases.iter().zip(told) {
        let here = quick(&after, asked).without_places(&after.name().digest);
        assert_eq!(here, told.without_places(&policy.name().digest));
    }
}

/// Into a store and out of it, and into a folder as `unpack` does.
fn packed(written: &BundleFiles, policy: &Policy, cases: &[Asked], told: &[Told]) {
    let folder = Folder::new();
    let store = Store::open(folder.0.join("store")).unwrap();
    let digest = store.put(written, None, policy.name()).unwrap();
    let stored = store.get(&digest).unwrap();
    let unpacked = folder.0.join("unpacked");
    for (path, source) in stored.files.iter() {
        let file: PathBuf = unpacked.join(Path::new(path));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, source.text()).unwrap();
    }
    let read = redress::engine::read_directory(&unpacked).unwrap();
    for files in [stored.files.moved_below(written.shown_in()), read.moved_below(written.shown_in())] {
        let after = load(&files);
        assert_eq!(after.name(), policy.name());
        for (asked, told) in cases.iter().zip(told) {
            assert_eq!(quick(&after, asked), *told);
        }
    }
}
