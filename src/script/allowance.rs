//! What one call into a script or a plugin may spend, and the flag that ends it.

use crate::limits::{
    SCRIPT_CALL_LEVELS_MAX, SCRIPT_LIST_ITEMS_MAX, SCRIPT_MAP_ENTRIES_MAX, SCRIPT_OPERATIONS_MAX, SCRIPT_TEXT_BYTES_MAX,
    SCRIPT_VARIABLES_MAX, SCRIPT_WALL_CLOCK_MS_MAX,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a limit cannot be lowered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotLowered {
    /// There is no limit of that name.
    Unknown,
    /// It is as low as this already.
    AtMost(String),
}

macro_rules! script_limits {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ty = $most:expr;)+) => {
        /// What one call into a script may spend. The numbers of [`crate::limits`] unless the program that embeds the engine sets
        /// others; a bundle may lower them for one plugin or decision, never raise them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct ScriptLimits {
            $($(#[doc = $doc])+ pub $name: $kind,)+
        }

        impl Default for ScriptLimits {
            fn default() -> Self {
                Self { $($name: $most,)+ }
            }
        }

        impl ScriptLimits {
            /// The names under which a bundle lowers them.
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Lowers the limit of that name.
            ///
            /// # Errors
            /// When there is no limit of that name, or the number is larger than the limit as it is.
            pub(crate) fn lower(&mut self, name: &str, to: u64) -> Result<(), NotLowered> {
                match name {
                    $(stringify!($name) => match <$kind>::try_from(to) {
                        Ok(to) if to <= self.$name => {
                            self.$name = to;
                            Ok(())
                        }
                        _ => Err(NotLowered::AtMost(self.$name.to_string())),
                    },)+
                    _ => Err(NotLowered::Unknown),
                }
            }
        }
    };
}

script_limits! {
    /// Operations; natives charge by the size of what they are given.
    operations: u64 = SCRIPT_OPERATIONS_MAX;
    /// The wall-clock backstop, in milliseconds. A build without optimisation, which is many times slower, gets as many times more.
    wall_clock_ms: u64 = SCRIPT_WALL_CLOCK_MS_MAX;
    /// The deepest nesting of calls. Each level takes stack: a program that raises this has to run on larger stacks.
    call_levels: usize = SCRIPT_CALL_LEVELS_MAX;
    /// Variables alive at once.
    variables: usize = SCRIPT_VARIABLES_MAX;
    /// The longest text that is built, in bytes.
    text_bytes: usize = SCRIPT_TEXT_BYTES_MAX;
    /// The longest list that is built, in items.
    list_items: usize = SCRIPT_LIST_ITEMS_MAX;
    /// The largest map that is built, in entries.
    map_entries: usize = SCRIPT_MAP_ENTRIES_MAX;
}

/// A flag by which a program ends the scripts that decide a case for it. Cheap to clone; every clone is the same flag.
#[derive(Clone, Debug, Default)]
pub struct CancelToken {
    raised: Arc<AtomicBool>,
}

impl CancelToken {
    /// A flag that is not raised.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Raises it, for good: what runs under it ends at its next operation, and what would begin does not.
    pub fn cancel(&self) {
        self.raised.store(true, Ordering::Relaxed);
    }

    /// Is it raised?
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }
}
