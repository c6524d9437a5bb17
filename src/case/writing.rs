//! A case as it is written: the JSON in which it is read, and its digest.

use super::canonical::Canonical;
use super::dispute_case::Case;
use super::extra::{Extra, ExtraFact};
use super::typed::Filled;
use crate::text::{Entry, Node, NodeKind, Style};
use crate::value::{Fact, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Room for the bytes of a case of the usual size; a larger one makes it grow.
const CANONICAL_BYTES: usize = 1024;

impl Serialize for Case {
    /// Missing facts are left out, unknown ones are the text `unknown`.
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        group(&mut map, "complaint", &self.complaint)?;
        group(&mut map, "customer", &self.customer)?;
        group(&mut map, "account", &self.account)?;
        group(&mut map, "invoice", &self.invoice)?;
        group(&mut map, "dispute", &self.dispute)?;
        group(&mut map, "finding", &self.finding)?;
        group(&mut map, "history", &self.history)?;
        group(&mut map, "economics", &self.economics)?;
        group(&mut map, "budget", &self.budget)?;
        fact(&mut map, "exit_request", &self.exit_request)?;
        fact(&mut map, "correspondence", &self.correspondence)?;
        fact(&mut map, "offers", &self.offers)?;
        fact(&mut map, "linked_cases", &self.linked_cases)?;
        fact(&mut map, "steps_done", &self.steps_done)?;
        own_facts(&mut map, "attributes", &self.attributes)?;
        own_facts(&mut map, "input", &self.input)?;
        map.end()
    }
}

impl Case {
    /// The case as JSON, in the form in which it is read; missing facts are left out.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        // Writing a value into memory has nothing that could fail.
        serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
    }

    /// The digest of the case as it was understood: the same facts give the same digest, in whatever form they were written.
    /// Decisions tell it as the `input_hash` of their audit.
    #[must_use]
    pub fn digest(&self) -> String {
        ["blake3:", &blake3::hash(&self.canonical()).to_hex()].concat()
    }

    /// The bytes of which the digest is taken.
    fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(CANONICAL_BYTES);
        self.complaint.put(&mut out);
        self.customer.put(&mut out);
        self.account.put(&mut out);
        self.invoice.put(&mut out);
        self.dispute.put(&mut out);
        self.finding.put(&mut out);
        self.history.put(&mut out);
        self.economics.put(&mut out);
        self.budget.put(&mut out);
        self.exit_request.put(&mut out);
        self.correspondence.put(&mut out);
        self.offers.put(&mut out);
        self.linked_cases.put(&mut out);
        self.steps_done.put(&mut out);
        self.attributes.put(&mut out);
        self.input.put(&mut out);
        out
    }
}

impl Canonical for Extra {
    /// As JSON, since nothing has said yet what these facts are.
    #[expect(clippy::expect_used, reason = "the names of a mapping are texts, and memory takes what is written to it")]
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.iter().count() as u64).to_le_bytes());
        for (name, fact) in self.iter() {
            name.put(out);
            serde_json::to_writer(&mut *out, fact).expect("a fact is JSON");
            out.push(u8::MAX);
        }
    }
}

fn fact<M: SerializeMap>(map: &mut M, name: &'static str, fact: &Fact<impl Serialize>) -> Result<(), M::Error> {
    if fact.is_missing() { Ok(()) } else { map.serialize_entry(name, fact) }
}

fn group<M: SerializeMap>(map: &mut M, name: &'static str, group: &(impl Filled + Serialize)) -> Result<(), M::Error> {
    if group.is_empty() { Ok(()) } else { map.serialize_entry(name, group) }
}

fn own_facts<M: SerializeMap>(map: &mut M, name: &'static str, facts: &Extra) -> Result<(), M::Error> {
    if facts.is_empty() { Ok(()) } else { map.serialize_entry(name, facts) }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter())
    }
}

impl Serialize for ExtraFact {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            // A mapping of JSON values keeps its names in order.
            Self::Given(value @ (Value::List(_) | Value::Record(_))) => value.to_json().serialize(out),
            Self::Given(value) => value.serialize(out),
            Self::Written(node, _) => AsWritten(node).serialize(out),
        }
    }
}

/// A node that no declaration has read yet, as JSON that reads back to the same node.
struct AsWritten<'n>(&'n Node);

impl Serialize for AsWritten<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match &self.0.kind {
            NodeKind::Null => out.serialize_unit(),
            NodeKind::List(items) => out.collect_seq(items.iter().map(AsWritten)),
            NodeKind::Map(entries) => {
                let mut entries: Vec<&Entry> = entries.iter().collect();
                entries.sort_by_key(|entry| &entry.key.text);
                out.collect_map(entries.into_iter().map(|entry| (&entry.key.text, AsWritten(&entry.value))))
            }
            NodeKind::Scalar(scalar) => {
                let bare = matches!(scalar.style, Style::Plain | Style::Bare);
                match scalar.text.as_str() {
                    "true" if bare => out.serialize_bool(true),
                    "false" if bare => out.serialize_bool(false),
                    text => match text.parse::<i64>() {
                        Ok(number) if bare => out.serialize_i64(number),
                        _ => out.serialize_str(text),
                    },
                }
            }
        }
    }
}
