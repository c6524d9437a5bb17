//! A bundle that changes while an engine decides: what is taken, what is rejected, and that nobody ever sees half of it.

mod candidates;
#[cfg(feature = "watch")]
mod following;
mod keeping;
#[cfg(feature = "cli")]
mod log;
mod quarantine;
mod readers;
mod taking;

use redress::case::{CaseFormat, read_case};
use redress::engine::Change;
use redress::text::{Source, render_all};
use redress::value::{DateTime, Fact};
use redress::{Case, Decision, Engine, Reload, ReloadEvent};
use std::fs;
use std::path::{Path, PathBuf};

/// A directory of its own for one test, with a bundle in it.
pub(crate) struct Place {
    root: PathBuf,
}

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reload").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        // Links on the way to the directory would show in messages.
        Self { root: root.canonicalize().unwrap() }
    }

    pub(crate) fn bundle(&self) -> PathBuf {
        self.root.join("bundle")
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Writes files below the place, as they are, one after the other.
    pub(crate) fn write<P: AsRef<str>, T: AsRef<str>>(&self, below: &str, files: &[(P, T)]) {
        for (path, text) in files {
            let path = self.root.join(below).join(path.as_ref());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text.as_ref()).unwrap();
        }
    }

    /// The text without the path of this machine.
    pub(crate) fn plain(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.root.display()), "")
    }
}

/// A bundle whose version and two decisions, in files of their own, all say the same number.
pub(crate) fn bundle(number: usize) -> Vec<(String, String)> {
    let manifest = format!(
        "bundle: small\nversion: {number}\ncurrency: USD\nparams: {{n: {number}}}\nfacts: {{input.n: {{type: integer}}}}\n"
    );
    let decision = |name: &str, value: &str| format!("decision: {name}\noutputs: {{n: {{type: integer, value: {value}}}}}\n");
    vec![
        ("bundle.yaml".to_owned(), manifest),
        ("decisions/left.yaml".to_owned(), decision("left", "= params.n")),
        ("decisions/right.yaml".to_owned(), decision("right", &number.to_string())),
    ]
}

/// What makes that bundle a wrong one.
pub(crate) const BROKEN: (&str, &str) =
    ("decisions/right.yaml", "decision: right\noutputs: {n: {type: integer, value: = params.m}}\n");

pub(crate) fn case() -> Case {
    read_case(&Source::new("case.yaml", "input: {n: 1}"), CaseFormat::Yaml).unwrap()
}

pub(crate) fn decide(engine: &Engine, case: &Case) -> Decision {
    engine.decide_at(case, DateTime::parse("2026-03-05T10:00:00Z").unwrap()).unwrap()
}

/// The numbers that a decision was made from: the version of its policy, and what both decisions say.
pub(crate) fn numbers(decision: &Decision) -> [String; 3] {
    let said = |name: &str| {
        let part = decision.parts.iter().find(|part| *part.name == *name).unwrap();
        match part.output("n") {
            Fact::Known(value) => value.to_string(),
            other => format!("{other:?}"),
        }
    };
    [decision.policy.version.clone(), said("left"), said("right")]
}

/// The one number that all of a decision says; a torn policy would say two.
pub(crate) fn number(engine: &Engine) -> String {
    let [version, left, right] = numbers(&decide(engine, &case()));
    assert_eq!((&left, &right), (&version, &version), "one policy says one number");
    version
}

/// What became of a change, without digests and times.
pub(crate) fn shown(reload: &Reload) -> String {
    match reload {
        Reload::Taken { before, now } => format!("taken: {} instead of {}", now.version, before.version),
        Reload::Unchanged => "unchanged".to_owned(),
        Reload::Rejected(rejection) => format!("rejected:\n{}", render_all(&rejection.findings, false)),
        other => format!("{other:?}"),
    }
}

/// What happened to an engine, without digests and times.
pub(crate) fn told(event: &ReloadEvent) -> String {
    match &event.change {
        Change::Reload(reload) => shown(reload),
        Change::Carried(name) => format!("carried: {}", name.version),
        Change::Dropped(dropped) => format!("dropped: {}, {}", dropped.report.candidate.version, dropped.because),
        other => format!("{other:?}"),
    }
}
