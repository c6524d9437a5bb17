//! The draft of a decision: what a script decision returns, and what a plugin may change.

use super::engine::held::{Settings, Unknown, describe, to_dynamic, to_fact};
use super::outcome::Absent;
use crate::limits::{FACT_LIST_ITEMS_MAX, FACT_TEXT_BYTES_MAX, PLUGIN_DRAFT_BYTES_MAX, PLUGIN_DRAFT_DEPTH_MAX};
use crate::value::{Fact, Value};
use rhai::{Dynamic, Map};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The outputs of a decision before guardrails and rounding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The outputs by name; a missing one has no value.
    pub outputs: BTreeMap<Arc<str>, Fact<Value>>,
    /// The reason that will be printed.
    pub because: Option<Arc<str>>,
}

/// The name under which a draft carries its reason.
pub(super) const BECAUSE: &str = "because";

impl Draft {
    /// A map that a script can change, and the names of the outputs, in order.
    pub(crate) fn into_map(self) -> (Map, Vec<Arc<str>>) {
        let (mut map, mut names) = (Map::new(), Vec::with_capacity(self.outputs.len()));
        for (name, fact) in self.outputs {
            let value = match fact {
                Fact::Known(value) => to_dynamic(value),
                Fact::Missing => Dynamic::UNIT,
                Fact::Unknown => Dynamic::from(Unknown(Absent { unknown: true, facts: Vec::new() })),
            };
            map.insert((&*name).into(), value);
            names.push(name);
        }
        map.insert(BECAUSE.into(), self.because.map_or(Dynamic::UNIT, |because| to_dynamic(Value::Text(because))));
        (map, names)
    }

    /// The draft that a script returned, or in a sentence why it is none. `names` are those that it was given, in order.
    pub(crate) fn from_dynamic(returned: Dynamic, names: &[Arc<str>], text_bytes: usize) -> Result<Self, String> {
        let returned = returned.flatten();
        let Some(map) = returned.read_lock::<Map>() else {
            let what = match to_fact(&returned) {
                Ok(Fact::Missing) => "nothing".to_owned(),
                Ok(Fact::Known(value)) => value.kind().to_string(),
                _ if returned.is::<Settings>() => "its settings".to_owned(),
                _ => describe(&returned).to_owned(),
            };
            return Err(format!(
                "the script returned {what}, not a draft; a draft is a map: `#{{amount: ..., because: \"...\"}}`"
            ));
        };
        let mut draft = Self::default();
        for (name, value) in map.iter() {
            let fact = to_fact(value).map_err(|what| format!("the output `{name}` is {what}"))?;
            if name != BECAUSE {
                let known = names.binary_search_by(|each| (**each).cmp(name)).ok().and_then(|at| names.get(at));
                draft.outputs.insert(known.cloned().unwrap_or_else(|| name.as_str().into()), fact);
                continue;
            }
            draft.because = match fact {
                Fact::Missing => None,
                Fact::Known(Value::Text(text)) if text.len() <= text_bytes => Some(text),
                Fact::Known(Value::Text(_)) => return Err(format!("`because` is longer than {text_bytes} bytes")),
                Fact::Known(other) => return Err(format!("`because` is text, not {}", other.kind())),
                Fact::Unknown => return Err("`because` is text, not an unknown value".to_owned()),
            };
        }
        Ok(draft)
    }

    /// What is too large about it, in a sentence. Scripts are held to their limits while they run; a native plugin is held to these
    /// when it is done.
    pub(crate) fn too_large(&self) -> Option<String> {
        let mut weight = Weight(self.because.as_ref().map_or(0, |because| because.len()));
        if weight.0 > FACT_TEXT_BYTES_MAX {
            return Some(format!("`because` is longer than {FACT_TEXT_BYTES_MAX} bytes"));
        }
        for (name, fact) in &self.outputs {
            let added = fact.known().map_or(Ok(()), |value| weight.add(value, 0));
            if let Err(message) = added.and_then(|()| weight.bytes(name.len())) {
                return Some(format!("`{}`: {message}", name.chars().take(40).collect::<String>()));
            }
        }
        None
    }
}

/// How large a draft is, in bytes of its texts and sixteen for every value.
struct Weight(usize);

impl Weight {
    fn bytes(&mut self, more: usize) -> Result<(), String> {
        self.0 = self.0.saturating_add(more).saturating_add(16);
        if self.0 <= PLUGIN_DRAFT_BYTES_MAX {
            return Ok(());
        }
        Err(format!("the draft is larger than {PLUGIN_DRAFT_BYTES_MAX} bytes"))
    }

    fn add(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        if depth > PLUGIN_DRAFT_DEPTH_MAX {
            return Err(format!("a value is nested more than {PLUGIN_DRAFT_DEPTH_MAX} deep"));
        }
        match value {
            Value::Text(text) if text.len() > FACT_TEXT_BYTES_MAX => {
                Err(format!("a text is longer than {FACT_TEXT_BYTES_MAX} bytes"))
            }
            Value::Text(text) => self.bytes(text.len()),
            Value::List(items) if items.len() > FACT_LIST_ITEMS_MAX => {
                Err(format!("a list is longer than {FACT_LIST_ITEMS_MAX} items"))
            }
            Value::List(items) => items.iter().try_for_each(|item| self.add(item, depth + 1)),
            Value::Record(record) => {
                let fields = (0..record.kind().fields.len()).filter_map(|at| record.at(at).known().cloned());
                fields.into_iter().try_for_each(|value| self.add(&value, depth + 1))
            }
            _ => self.bytes(0),
        }
    }
}
