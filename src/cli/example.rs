//! The cases that are built into the program, so that its first command needs no file.

use crate::case::CaseFormat;
use crate::text::Source;

/// An example: its name, and its case as YAML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    pub(super) name: &'static str,
    text: &'static str,
}

macro_rules! examples {
    ($($name:literal,)+) => {
        /// Every example, by name.
        pub(super) const EXAMPLES: &[Example] =
            &[$(Example { name: $name, text: include_str!(concat!("../../examples/cases/", $name, ".yaml")) },)+];
    };
}

examples![
    "agreed-fee-disputed-again",
    "close-a-card-request",
    "deficient-service",
    "duplicate-charge",
    "early-billing",
    "late-fee-vulnerable-customer",
    "misread-proration",
    "petition-not-answered",
    "rejected-offer",
    "unrecognised-debit",
    "unrequested-service",
    "wrong-tax-on-invoice",
];

/// The example that is meant when none is named.
pub(super) const FIRST: &str = "duplicate-charge";

impl Example {
    /// How the case is written.
    pub(super) const FORMAT: CaseFormat = CaseFormat::Yaml;

    /// The example of that name.
    pub(super) fn find(name: &str) -> Option<Self> {
        EXAMPLES.iter().copied().find(|example| example.name == name)
    }

    /// The text, under the name of the example.
    pub(super) fn source(self) -> Source {
        Source::new(format!("example {}", self.name), self.text)
    }

    /// The text as it is written to a file.
    pub(super) fn text(self) -> &'static str {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::read_text;

    #[test]
    fn every_example_is_a_case_of_its_own() {
        assert!(Example::find(FIRST).is_some());
        for example in EXAMPLES {
            let cases = read_text(&example.source(), Example::FORMAT);
            let cases: Vec<_> = cases.into_iter().map(|case| case.map(|case| case.id().to_owned())).collect();
            assert!(matches!(cases.as_slice(), [Ok(id)] if !id.is_empty()), "{}: {cases:?}", example.name);
        }
    }
}
