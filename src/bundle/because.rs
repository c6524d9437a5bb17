//! The reason of a rule, in one language or several.

use super::keys;
use super::written::Written;
use crate::text::{Diagnostics, Node, Source};

/// A reason: one text, or a text a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BecauseDoc {
    /// Language (empty where none is named) and text.
    pub texts: Vec<(String, Written<String>)>,
}

impl BecauseDoc {
    /// The reason of a rule or guardrail. Where its key is mistyped a text stands in, so that its absence is not reported as well.
    pub(crate) fn below(keys: &keys::Keys<'_>, out: &mut Diagnostics) -> Option<Self> {
        if keys.is_mistyped("because") {
            return Some(Self::one(Written::new("reported at its key".to_owned(), keys.place())));
        }
        keys.get("because").and_then(|node| Self::read(node, keys.source, out))
    }

    pub(crate) fn read(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let texts: Vec<_> = match node.as_map() {
            Some(entries) => entries
                .iter()
                .filter_map(|entry| keys::text(&entry.value, source, "because", out).map(|text| (entry.key.text.clone(), text)))
                .collect(),
            None => keys::text(node, source, "because", out).map(|text| (String::new(), text)).into_iter().collect(),
        };
        (!texts.is_empty()).then_some(Self { texts })
    }

    pub(crate) fn one(text: Written<String>) -> Self {
        Self { texts: vec![(String::new(), text)] }
    }
}
