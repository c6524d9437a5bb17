//! Hit policies: what happens when several rules match, or none.

use crate::text::nearest;
use std::fmt;

/// What a decision does with the rules that match; DMN's hit policies, written as words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitPolicy {
    /// At most one rule may match; several are a conflict.
    #[default]
    Unique,
    /// The first that matches, in the order written.
    First,
    /// Several may match if their outputs are equal.
    Any,
    /// The best by the declared order of output values.
    Priority,
    /// All, in the order written.
    Collect,
    /// The sum of the single output over all that match.
    CollectSum,
    /// The least of the single output.
    CollectMin,
    /// The most of the single output.
    CollectMax,
    /// How many match.
    CollectCount,
    /// All, by the declared order of output values.
    CollectRanked,
}

impl HitPolicy {
    /// Every policy, in the order in which the format lists them.
    pub const ALL: [Self; 10] = [
        Self::Unique,
        Self::First,
        Self::Any,
        Self::Priority,
        Self::Collect,
        Self::CollectSum,
        Self::CollectMin,
        Self::CollectMax,
        Self::CollectCount,
        Self::CollectRanked,
    ];

    /// Reads the words behind `hit:`.
    ///
    /// # Errors
    /// What to do instead, as the help of a message.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        Self::ALL.into_iter().find(|policy| policy.words() == text).ok_or_else(|| {
            nearest::did_you_mean(&text, Self::ALL.iter().map(|policy| policy.words())).unwrap_or_else(|| {
                "write `unique`, `first`, `any`, `priority` or `collect` (also with `sum`, `min`, `max`, `count`, `ranked`)"
                    .to_owned()
            })
        })
    }

    /// The words behind `hit:`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unique => "unique",
            Self::First => "first",
            Self::Any => "any",
            Self::Priority => "priority",
            Self::Collect => "collect",
            Self::CollectSum => "collect sum",
            Self::CollectMin => "collect min",
            Self::CollectMax => "collect max",
            Self::CollectCount => "collect count",
            Self::CollectRanked => "collect ranked",
        }
    }

    /// Does the decision give a list of hits?
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Collect | Self::CollectRanked)
    }

    /// Does the decision give one value computed over all hits?
    #[must_use]
    pub fn is_aggregate(self) -> bool {
        matches!(self, Self::CollectSum | Self::CollectMin | Self::CollectMax | Self::CollectCount)
    }

    /// Does it need a declared order of output values?
    #[must_use]
    pub fn is_ranked(self) -> bool {
        matches!(self, Self::Priority | Self::CollectRanked)
    }

    /// Are overlapping rules a mistake, or one unless their outputs agree?
    #[must_use]
    pub fn forbids_overlap(self) -> bool {
        matches!(self, Self::Unique | Self::Any)
    }
}

impl fmt::Display for HitPolicy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_or_explained() {
        let shown: Vec<String> = ["first", "collect  sum", "collect", "frist", "collect summ", "U", "", "collect first"]
            .iter()
            .map(|text| match HitPolicy::parse(text) {
                Ok(policy) => format!("{text} -> {policy}"),
                Err(help) => format!("{text} -> {help}"),
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        first -> first
        collect  sum -> collect sum
        collect -> collect
        frist -> did you mean `first`?
        collect summ -> did you mean `collect sum`?
        U -> write `unique`, `first`, `any`, `priority` or `collect` (also with `sum`, `min`, `max`, `count`, `ranked`)
         -> write `unique`, `first`, `any`, `priority` or `collect` (also with `sum`, `min`, `max`, `count`, `ranked`)
        collect first -> did you mean `collect count`?
        ");
        assert!(HitPolicy::ALL.iter().all(|policy| HitPolicy::parse(policy.words()) == Ok(*policy)));
    }
}
