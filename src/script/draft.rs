//! The draft of a decision: what a script decision returns, and what a plugin may change.

use super::engine::held::{Settings, Unknown, describe, to_dynamic, to_fact};
use super::outcome::Absent;
use crate::limits::SCRIPT_TEXT_BYTES_MAX;
use crate::value::{Fact, Value};
use rhai::{Dynamic, Map};
use std::collections::BTreeMap;

/// The outputs of a decision before guardrails and rounding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The outputs by name; a missing one has no value.
    pub outputs: BTreeMap<String, Fact<Value>>,
    /// The reason that will be printed.
    pub because: Option<String>,
}

/// The name under which a draft carries its reason.
const BECAUSE: &str = "because";

impl Draft {
    /// A map that a script can change.
    pub(crate) fn to_map(&self) -> Map {
        let mut map = Map::new();
        for (name, fact) in &self.outputs {
            let value = match fact {
                Fact::Known(value) => to_dynamic(value.clone()),
                Fact::Missing => Dynamic::UNIT,
                Fact::Unknown => Dynamic::from(Unknown(Absent { unknown: true, facts: Vec::new() })),
            };
            map.insert(name.as_str().into(), value);
        }
        let because = self.because.as_ref().map_or(Dynamic::UNIT, |because| to_dynamic(Value::text(because.as_str())));
        map.insert(BECAUSE.into(), because);
        map
    }

    /// The draft that a script returned, or in a sentence why it is none.
    pub(crate) fn from_dynamic(returned: Dynamic) -> Result<Self, String> {
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
                draft.outputs.insert(name.to_string(), fact);
                continue;
            }
            draft.because = match fact {
                Fact::Missing => None,
                Fact::Known(Value::Text(text)) if text.len() <= SCRIPT_TEXT_BYTES_MAX => Some(text.to_string()),
                Fact::Known(Value::Text(_)) => return Err(format!("`because` is longer than {SCRIPT_TEXT_BYTES_MAX} bytes")),
                Fact::Known(other) => return Err(format!("`because` is text, not {}", other.kind())),
                Fact::Unknown => return Err("`because` is text, not an unknown value".to_owned()),
            };
        }
        Ok(draft)
    }
}
