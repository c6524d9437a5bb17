//! Decisions taken again from what was recorded, and compared byte by byte.

use super::difference::Difference;
use super::key::MaskingKey;
use super::masking::Masking;
use super::record::DecisionRecord;
use crate::bundle::BundleFiles;
use crate::case::{Case, CaseFormat, read_case};
use crate::evaluation::Circumstances;
use crate::policy::{Extensions, Policy};
use crate::text::Source;
use std::collections::BTreeMap;

/// Finds the bundle of a digest, or says why it is not at hand.
type Find<'a> = Box<dyn FnMut(&str) -> Result<BundleFiles, String> + 'a>;

/// Takes decisions again.
pub struct Replay<'a> {
    find: Find<'a>,
    extensions: Extensions,
    /// Policies that were asked for, by their digest and the directory below which their files are shown.
    policies: BTreeMap<(String, String), Result<Policy, String>>,
    cases: BTreeMap<String, Case>,
    key: Option<MaskingKey>,
}

/// What became of a record that was taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replayed {
    /// The decision is the same in every byte.
    Same,
    /// It is another one: the first field.
    Other(Difference),
    /// The case cannot be decided at all now.
    Undecided(String),
    /// It cannot be taken again.
    Impossible(Obstacle),
}

/// Why a decision cannot be taken again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Obstacle {
    /// The journal keeps no cases, and the case was not given.
    NoCase,
    /// Facts of the case are masked, and the case was not given.
    Masked,
    /// The case was given, but without the key with which the record is masked nobody can compare.
    NoKey(String),
    /// The bundle that decided is not at hand, and why.
    NoBundle(String, String),
    /// The case in the record cannot be read.
    BadCase(String),
}

impl<'a> Replay<'a> {
    /// With a way to find the bundle of a digest, and with the functions and plugins of the service that decided.
    #[must_use]
    pub fn new(find: impl FnMut(&str) -> Result<BundleFiles, String> + 'a, extensions: Extensions) -> Self {
        Self { find: Box::new(find), extensions, policies: BTreeMap::new(), cases: BTreeMap::new(), key: None }
    }

    /// With the key with which personal facts were masked.
    #[must_use]
    pub fn with_key(mut self, key: MaskingKey) -> Self {
        self.key = Some(key);
        self
    }

    /// With a case that the journal may not keep, or only masked. It is found again by its digest.
    pub fn give_case(&mut self, case: Case) {
        let digest = case.digest();
        if let Some(key) = &self.key {
            let own = std::collections::BTreeSet::new();
            self.cases.insert(Masking::new(key, &own).case_digest(&digest), case.clone());
        }
        self.cases.insert(digest, case);
    }

    /// Takes a decision again.
    #[must_use]
    pub fn take(&mut self, told: &DecisionRecord) -> Replayed {
        let masked = told.masked.as_ref().filter(|masked| !masked.facts.is_empty());
        let case = match (self.cases.get(&told.case_digest), &told.case, masked) {
            (Some(case), ..) => Ok(case.clone()),
            (None, None, _) => Err(Obstacle::NoCase),
            (None, Some(_), Some(_)) => Err(Obstacle::Masked),
            (None, Some(text), None) => read(text),
        };
        let case = match case {
            Ok(case) => case,
            Err(obstacle) => return Replayed::Impossible(obstacle),
        };
        let policy = match self.policy(told) {
            Ok(policy) => policy,
            Err(why) => return Replayed::Impossible(Obstacle::NoBundle(told.bundle.digest.clone(), why)),
        };
        let circumstances = Circumstances::new().in_quarantine(quarantined(&told.decision));
        let evaluated = policy.everything().under(circumstances);
        let decided = evaluated.evaluate(&case, told.at).map(|evaluation| evaluation.decision());
        let text = match decided {
            Ok(decision) => decision.to_json_line(),
            Err(error) => return Replayed::Undecided(error.to_string()),
        };
        let text = match (&told.masked, &self.key) {
            (None, _) => text,
            (Some(masked), Some(key)) if masked.key == key.id() => {
                let mut masking = Masking::new(key, policy.personal());
                let masked = serde_json::to_string(&case)
                    .map_err(|error| error.to_string())
                    .and_then(|case| masking.case(&case).map_err(|error| error.to_string()))
                    .and_then(|_| masking.decision(&text).map_err(|error| error.to_string()));
                match masked {
                    Ok(text) => text,
                    Err(error) => return Replayed::Impossible(Obstacle::BadCase(error)),
                }
            }
            (Some(masked), _) => return Replayed::Impossible(Obstacle::NoKey(masked.key.clone())),
        };
        Difference::between(&told.decision, &text).map_or(Replayed::Same, Replayed::Other)
    }
}

impl Replay<'_> {
    /// The policy that decided, with the places that it had.
    fn policy(&mut self, told: &DecisionRecord) -> Result<Policy, String> {
        let digest = &told.bundle.digest;
        let key = (digest.clone(), told.shown_in.clone());
        if let Some(known) = self.policies.get(&key) {
            return known.clone();
        }
        let found = (self.find)(digest).and_then(|files| {
            if files.digest() != *digest {
                return Err("what was found is another bundle".to_owned());
            }
            Policy::load(&files.moved_below(&told.shown_in), &self.extensions).map_err(|findings| {
                let first = findings.iter().next().map_or_else(String::new, |first| first.message.clone());
                format!("it does not load here: {first}")
            })
        });
        self.policies.insert(key, found.clone());
        found
    }
}

fn read(text: &str) -> Result<Case, Obstacle> {
    read_case(&Source::new("case", text), CaseFormat::Json).map_err(|findings| {
        let first = findings.iter().next().map_or_else(String::new, |first| first.message.clone());
        Obstacle::BadCase(first)
    })
}

/// The plugins that were in quarantine when it was decided.
fn quarantined(decision: &str) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Told {
        audit: Audit,
    }
    #[derive(serde::Deserialize)]
    struct Audit {
        #[serde(default)]
        quarantined: Vec<String>,
    }
    serde_json::from_str(decision).map_or_else(|_| Vec::new(), |told: Told| told.audit.quarantined)
}
