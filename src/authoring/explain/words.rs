//! Values and names as a manager reads them.

use crate::case::registry;
use crate::value::{Fact, Kind, Value};

/// How many columns of a value are shown.
const VALUE_COLUMNS_MAX: usize = 120;
/// Up to so many members of a closed list are named.
const MEMBERS_SHOWN_MAX: usize = 8;

/// A name out of a policy as words: `team_leader` is `team leader`.
pub(in crate::authoring) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// A value as it is shown in a trace.
pub(super) fn shown(value: &Fact<Value>) -> String {
    match value {
        Fact::Missing => "missing".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => crate::authoring::page::cut(&value.to_string(), VALUE_COLUMNS_MAX),
    }
}

/// The first twelve signs of a digest.
pub(in crate::authoring) fn short_digest(digest: &str) -> &str {
    let digits = digest.split_once(':').map_or(digest, |(_, digits)| digits);
    digits.get(..12).unwrap_or(digits)
}

/// What a fact is, and what may be given for it; nothing when the registry does not know it.
pub(super) fn meaning(path: &str) -> Option<String> {
    let registry = registry();
    let spec = registry.find(path).and_then(|id| registry.spec(id))?;
    let takes = match &spec.kind {
        Kind::Enum(names) if names.names.len() > MEMBERS_SHOWN_MAX => {
            "a name out of a list; `redress schema case` shows it".to_owned()
        }
        Kind::Money => "an amount such as `64.20 USD`".to_owned(),
        kind => kind.to_string(),
    };
    Some(format!("{} ({takes})", spec.about))
}

/// `a`, `a and b`, `a, b and c`.
pub(in crate::authoring) fn enumeration<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_fact_is_and_takes() {
        let all =
            ["finding.liability", "dispute.disputed_amount", "dispute.reason_code", "complaint.received_at", "attributes.x"]
                .map(|path| meaning(path).unwrap_or_else(|| "nothing".to_owned()));
        insta::assert_snapshot!(all.join("\n"), @r"
        Who made the error (one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined)
        The amount in question (an amount such as `64.20 USD`)
        What is said to be wrong (a name out of a list; `redress schema case` shows it)
        When it reached us; starts every clock (a time with its offset)
        nothing
        ");
    }

    #[test]
    fn lists_names() {
        let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(
            [enumeration(&names[..0]), enumeration(&names[..1]), enumeration(&names[..2]), enumeration(&names)],
            ["", "a", "a and b", "a, b and c"]
        );
    }

    #[test]
    fn shortens_a_digest() {
        assert_eq!(short_digest("blake3:0123456789abcdef"), "0123456789ab");
        assert_eq!(short_digest("0123"), "0123");
    }
}
