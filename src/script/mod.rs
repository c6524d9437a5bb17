//! Expressions, scripts and plugins: the only room that names rhai.
//!
//! An *expression* (`= ...` in a bundle) is parsed by Rhai and lowered to a typed tree that is evaluated natively. A *script* (a
//! `.rhai` file) runs in a hardened Rhai engine. A *native plugin* is a Rust function. All three share the operators and the host
//! functions, and none of them can reach the system.
//!
//! Order of the files, each using only those before it: `outcome`, `allowance`, `context`, `names`, `operator`, `parameter`, `function`,
//! `standard`, `location`, `syntax`, `engine`, `functions`, `expression`, `template`, `draft`, `check`, `extent`, `reads`, `normal`, `program`, `direct`,
//! `hook`, `native`, `plugin`, `statements`.

mod allowance;
mod check;
mod context;
mod direct;
mod draft;
mod engine;
mod expression;
mod extent;
mod function;
mod functions;
mod hook;
mod location;
mod names;
mod native;
mod normal;
mod operator;
mod outcome;
mod parameter;
mod plugin;
mod program;
mod reads;
mod standard;
pub(crate) mod statements;
mod syntax;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use allowance::NotLowered;
pub use allowance::{CancelToken, ScriptLimits};
pub use context::CallContext;
pub use draft::Draft;
pub use expression::{Expression, coerce};
pub(crate) use expression::{Reader, Unsettled, fit};
pub use function::{Body, Gives, HostFunction, KindRule};
pub use functions::{Functions, LibraryFunction, is_reserved};
pub use hook::{Attachment, BoundHook, Hook};
pub use names::{FactPath, Names, PathError, Resolution};
pub(crate) use native::Registered;
pub use native::{BoundNative, NativePlugin, Plugin, PluginBody, PluginCall, PluginFacts, PluginFault};
pub use outcome::{Absent, CallSite, Fault, FaultKind, Outcome, Stop};
pub use parameter::{Given, Parameter, Takes};
pub use plugin::{BoundPlugin, FailurePolicy};
pub use program::Script;
pub use reads::ReadPath;
pub use template::Template;
