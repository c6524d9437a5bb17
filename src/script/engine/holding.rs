//! How much the variables of a script hold.
//!
//! Rhai looks at the size of a list, map or text when it is given back or written out, but not when it is put under a key, and a key
//! of a map has no size for it: `map[key] = list` in a loop would hold two hundred megabytes before the operations end it. So every few
//! operations the variables of the function that runs are weighed.

use super::running::{Snag, charge, weighs_now};
use crate::limits::SCRIPT_VARIABLES_BYTES_MAX;
use rhai::{Array, Dynamic, Engine, EvalAltResult, Map, Scope};

/// What a map needs for an entry beside its key and value, in bytes, about.
const ENTRY_BYTES: usize = 64;
/// How deep a value is looked into; what is nested deeper is refused for its size elsewhere.
const DEPTH_MAX: usize = 32;
/// Weighing takes work of its own: one operation for so many bytes.
const BYTES_PER_OPERATION: usize = 1_024;

/// What a value holds of memory, in bytes, about.
pub(super) fn weight(value: &Dynamic) -> usize {
    below(value, 0)
}

fn below(value: &Dynamic, depth: usize) -> usize {
    let own = size_of::<Dynamic>();
    if depth > DEPTH_MAX {
        return own;
    }
    if value.is_variant() {
        return own;
    }
    if value.is_string() {
        return own + value.as_immutable_string_ref().map_or(0, |text| text.len());
    }
    if let Some(items) = value.read_lock::<Array>() {
        return items.iter().fold(own, |sum, item| sum.saturating_add(below(item, depth + 1)));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let entry = |key: &str, item| ENTRY_BYTES + key.len() + below(item, depth + 1);
        return map.iter().fold(own, |sum, (key, item)| sum.saturating_add(entry(key, item)));
    }
    own
}

/// May so much be held?
pub(super) fn room_for(bytes: usize) -> Result<(), Box<EvalAltResult>> {
    if bytes <= SCRIPT_VARIABLES_BYTES_MAX {
        return Ok(());
    }
    Err(Snag::Size(format!("the script holds more than {SCRIPT_VARIABLES_BYTES_MAX} bytes at once")).into_error())
}

/// Weighs the variables of the function that runs, every few operations.
pub(super) fn register(engine: &mut Engine) {
    #[expect(
        deprecated,
        reason = "rhai calls its hook on variables unstable; the version is pinned and the tests of hostile scripts hold what we use"
    )]
    engine.on_var(|_, _, context| {
        if weighs_now() {
            weigh(context.scope())?;
        }
        Ok(None)
    });
}

/// By itself, since hardly any of the variables that a script asks for is the one at which it is time.
#[cold]
fn weigh(variables: &Scope<'_>) -> Result<(), Box<EvalAltResult>> {
    let bytes = variables.iter_raw().fold(0, |sum: usize, (_, _, value)| sum.saturating_add(weight(value)));
    room_for(bytes)?;
    let operations = bytes / BYTES_PER_OPERATION;
    if operations > 0 { charge(operations * 8) } else { Ok(()) }
}
