//! The live policy: bundles from directories, the bundle that is built in, and the engine that services share.
//!
//! Order of the files, each using only those before it: `directory`, `built_in`, `live`.

mod built_in;
mod directory;
mod live;

pub use built_in::default_bundle;
pub use directory::read_directory;
pub use live::{Engine, EngineBuilder, OpenError};
