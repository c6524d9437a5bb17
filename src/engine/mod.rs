//! The live policy: bundles from directories, the bundle that is built in, and the engine that services share.
//!
//! Order of the files, each using only those before it: `clock`, `directory`, `built_in`, `loading`, `candidate`, `status`,
//! `subscribers`, `live`, `reload`, `rollout`, `sentinels`, `watch`.

mod built_in;
mod candidate;
mod clock;
mod directory;
mod live;
mod loading;
mod reload;
mod rollout;
#[cfg(feature = "watch")]
mod sentinels;
mod status;
mod subscribers;
#[cfg(feature = "watch")]
mod watch;

pub use built_in::default_bundle;
pub use candidate::{Arm, Brief, Candidate, CandidateReport, Difference, Mode, StopLoss};
pub use directory::read_directory;
pub use live::{Engine, EngineBuilder, OpenError};
pub use rollout::CarryError;
pub use status::{Change, Dropped, Rejection, Reload, ReloadEvent, Status};
pub use subscribers::Subscription;
#[cfg(feature = "watch")]
pub use watch::{Watch, WatchError, Watching};
