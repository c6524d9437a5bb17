//! The default bundle and one case of the examples, which reaches every decision and no script that does anything.

use super::load::load;
use redress::case::{CaseFormat, read_case};
use redress::text::Source;
use redress::value::DateTime;
use redress::{Case, Policy, default_bundle};

pub(crate) struct Subject {
    pub(crate) policy: Policy,
    pub(crate) case: Case,
    pub(crate) at: DateTime,
}

impl Subject {
    pub(crate) fn new() -> Self {
        let policy = load(&default_bundle());
        Self { policy, case: example(include_str!("../../../examples/cases/duplicate-charge.yaml")), at: at() }
    }

    /// All decisions, every reason kept.
    pub(crate) fn traced(&self) -> impl Sized {
        self.policy.evaluate(&self.case, self.at).unwrap()
    }

    /// All decisions, without reasons. The selection is made once, as a service would.
    pub(crate) fn untraced(&self) -> impl FnMut() {
        let everything = self.policy.everything().without_trace();
        move || drop(std::hint::black_box(everything.evaluate(&self.case, self.at).unwrap()))
    }

    /// All decisions, and the document that a caller is given.
    pub(crate) fn document(&self) -> redress::Decision {
        self.policy.evaluate(&self.case, self.at).unwrap().decision()
    }
}

/// The instant at which the examples are decided.
pub(crate) fn at() -> DateTime {
    DateTime::parse("2026-06-01T10:00:00Z").unwrap()
}

/// A case of the examples.
pub(crate) fn example(yaml: &str) -> Case {
    read_case(&Source::new("case.yaml", yaml), CaseFormat::Yaml).unwrap_or_else(|found| panic!("{found:?}"))
}
