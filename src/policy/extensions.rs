//! What a service adds to the engine: functions for expressions and scripts, and plugins written in Rust.

use crate::script::{Functions, HostFunction, Plugin, Registered, ScriptLimits};

/// Functions and plugins that a service brings along.
#[derive(Clone, Debug, Default)]
pub struct Extensions {
    pub(crate) functions: Functions,
    pub(crate) plugins: Vec<Registered>,
}

impl Extensions {
    /// The standard functions and no plugins.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a function that expressions and scripts may call.
    ///
    /// # Errors
    /// When the name is taken or is no name for a function.
    pub fn function(mut self, function: HostFunction) -> Result<Self, String> {
        self.functions = self.functions.with(function)?;
        Ok(self)
    }

    /// With other limits for scripts. A bundle may lower them for one plugin or decision, never raise them.
    #[must_use]
    pub fn script_limits(mut self, limits: ScriptLimits) -> Self {
        self.functions = self.functions.with_limits(limits);
        self
    }

    /// With a plugin that a bundle may name as `native: NAME`; one of the same name is replaced.
    #[must_use]
    pub fn plugin(mut self, plugin: impl Plugin + 'static) -> Self {
        let plugin = Registered::new(plugin);
        self.plugins.retain(|each| each.name != plugin.name);
        self.plugins.push(plugin);
        self
    }

    /// Every function, standard ones included.
    #[must_use]
    pub fn functions(&self) -> &Functions {
        &self.functions
    }
}
