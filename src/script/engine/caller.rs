//! How a function of a script is called.
//!
//! Rhai finds out which function a name means with arguments of these types, and remembers it until the call is over. As every
//! function of ours takes any type, it asks several times for each. What it finds hangs on nothing but the engine and the script, so
//! it is kept from call to call.

use crate::limits::SCRIPT_RESOLUTIONS_KEPT_MAX;
use rhai::{Caches, Dynamic, Engine, EvalAltResult, EvalContext, FnArgsVec, Module, Scope, Shared};
use std::fmt;
use std::sync::{Arc, Mutex};

/// How many levels of calls Rhai counts before the function itself.
pub(super) const LEVELS: usize = 2;

/// Getters and functions of a script; of two with the same name the last one counts.
pub(crate) type Modules = [Shared<Module>; 2];

/// Calls functions of one script in one engine.
#[derive(Clone)]
pub(crate) struct Caller {
    engine: Arc<Engine>,
    modules: Modules,
    /// What was found out, once for as many calls as ran at the same time.
    #[expect(clippy::vec_box, reason = "each call takes one out and puts it back, and one is a kilobyte and a half")]
    kept: Arc<Mutex<Vec<Box<Caches>>>>,
}

impl Caller {
    pub(crate) fn new(engine: Arc<Engine>, modules: Modules) -> Self {
        Self { engine, modules, kept: Arc::default() }
    }

    /// Calls a function that the script has.
    pub(crate) fn call(&self, function: &str, arguments: &mut [Dynamic]) -> Result<Dynamic, Box<EvalAltResult>> {
        // Nobody waits for the lock: Rhai finds out anew what others hold.
        let mut found = self.kept.try_lock().ok().and_then(|mut kept| kept.pop()).unwrap_or_default();
        let mut global = self.engine.new_global_runtime_state();
        global.lib.extend(self.modules.iter().cloned());
        let mut scope = Scope::new();
        let mut context = EvalContext::new(&self.engine, &mut global, &mut found, &mut scope, None);
        let mut arguments: FnArgsVec<&mut Dynamic> = arguments.iter_mut().collect();
        let given = context.call_fn_raw(function, false, false, &mut arguments);
        // What a call that broke off leaves behind is not looked into.
        if given.is_ok()
            && found.fn_resolution_cache_mut().dict.len() <= SCRIPT_RESOLUTIONS_KEPT_MAX
            && let Ok(mut kept) = self.kept.try_lock()
        {
            kept.push(found);
        }
        given
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Caller")
    }
}
