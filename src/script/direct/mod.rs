//! Functions of scripts without Rhai: the same draft, in a third of the time and less.
//!
//! When a script is bound its functions are lowered to a tree of our own, in which every variable has a place, every fact and every function
//! a number, and every operator and host function stands where it is used. What is lowered:
//!
//! | of a script | |
//! |---|---|
//! | statements | `let`, `=`, `+=` and the like of variables and of fields of a map, `if`, `for`, `while`, `loop`, `return`, `break`, `continue` |
//! | values | constants, texts with `${...}`, lists, maps, operators, `&&`, `||`, `??`, fields, items, calls |
//! | functions | those of the script, host functions, `len`, `is_empty`, `push`, `pop`, and with a closure that takes nothing but facts and settings from outside: `map`, `filter`, `some`, `all` |
//!
//! A function with anything else (other closures, `x?.y`) runs in Rhai as it always did. So does every call that is not settled here,
//! from its beginning: functions have no effects, and Rhai is the one that says what is wrong and where. The tests of scripts call each
//! function both ways.
//!
//! Order of the files, each using only those before it: `tree`, `lowering`, `calls`, `thing`, `spending`, `running`, `values`.

mod calls;
mod lowering;
mod running;
mod spending;
mod thing;
mod tree;
mod values;

use self::lowering::{Lowering, given};
use self::running::{Run, World};
use self::thing::Thing;
use self::tree::Function;
use super::allowance::ScriptLimits;
use super::check::Definition;
use super::context::CallContext;
use super::draft::{BECAUSE, Draft};
use super::expression::Unsettled;
use super::functions::Functions;
use super::names::FactPath;
use super::reads::ReadPath;
use crate::value::{Fact, Value};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A function of a script with all that it calls, lowered.
#[derive(Clone, Debug)]
pub(super) struct Direct {
    functions: Arc<[Function]>,
}

impl Direct {
    /// Lowers a function, which is given the draft or not; nothing where it cannot run directly.
    pub(super) fn of(
        function: &str,
        with_draft: bool,
        own: &[Definition],
        functions: &Functions,
        reads: (&[ReadPath], &[FactPath]),
    ) -> Option<Self> {
        let functions = Lowering::new(own, functions, reads).functions(function, given(with_draft))?;
        Some(Self { functions: functions.into() })
    }

    /// Calls it with what the paths give that it reads, and with the draft that it may change.
    pub(super) fn call(
        &self,
        facts: &[Fact<Value>],
        draft: Option<&Draft>,
        settings: &BTreeMap<String, Value>,
        (context, limits): (&CallContext<'_>, &ScriptLimits),
    ) -> Result<Draft, Unsettled> {
        if context.is_cancelled() {
            return Err(Unsettled);
        }
        let world = World { functions: &self.functions, facts, settings, context, limits };
        let arguments = draft.map(map).into_iter().collect();
        // Where a host function panics Rhai calls it once more, and tells where.
        let returned = catch_unwind(AssertUnwindSafe(|| Run::new(world).call(0, arguments))).map_err(|_| Unsettled)?;
        returned.map_err(|_| Unsettled).and_then(|returned| taken(returned, limits))
    }
}

/// A draft as a script sees it.
fn map(draft: &Draft) -> Thing {
    let outputs = draft.outputs.iter().map(|(name, fact)| (name.clone(), Thing::of(fact.clone())));
    let because = draft.because.clone().map_or(Thing::NOTHING, |because| Thing::Fact(Fact::Known(Value::Text(because))));
    Thing::Map(outputs.chain([(BECAUSE.into(), because)]).collect())
}

/// The draft that a script returned.
fn taken(returned: Thing, limits: &ScriptLimits) -> Result<Draft, Unsettled> {
    let Thing::Map(entries) = returned else { return Err(Unsettled) };
    let mut draft = Draft::default();
    for (name, thing) in entries {
        let fact = match thing {
            Thing::Fact(fact) => fact,
            own => Fact::Known(own.into_known()?),
        };
        if *name != *BECAUSE {
            draft.outputs.insert(name, fact);
            continue;
        }
        draft.because = match fact {
            Fact::Missing => None,
            Fact::Known(Value::Text(text)) if text.len() <= limits.text_bytes => Some(text),
            _ => return Err(Unsettled),
        };
    }
    Ok(draft)
}
