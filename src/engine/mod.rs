//! The live policy: bundles from directories, the bundle that is built in, and the engine that services share.
//!
//! Order of the files, each using only those before it: `clock`, `directory`, `replacing`, `revision`, `built_in`, `quarantine`, `live_policy`,
//! `file_digests`, `key`, `signature`, `store` (the folder has an order of its own), `in_force`, `loading`, `candidate`,
//! `status`, `subscribers`, `recorder`, `live`, `reload`, `builder`, `rollout`, `sentinels`, `following`, `watch`.

mod builder;
mod built_in;
mod candidate;
mod clock;
mod directory;
mod file_digests;
#[cfg(feature = "watch")]
mod following;
mod in_force;
#[cfg(feature = "signing")]
mod key;
mod live;
mod live_policy;
mod loading;
mod quarantine;
mod recorder;
mod reload;
mod replacing;
mod revision;
mod rollout;
#[cfg(feature = "watch")]
mod sentinels;
#[cfg(feature = "signing")]
mod signature;
mod status;
mod store;
mod subscribers;
#[cfg(feature = "watch")]
mod watch;

pub use builder::{EngineBuilder, OpenError};
pub use built_in::default_bundle;
pub use candidate::{Arm, Candidate, CandidateReport, Difference, Mode, StopLoss, Summary};
pub use directory::{SIGNATURE_FILE, read_directory, read_signature, write_signature};
#[cfg(feature = "cli")]
#[cfg(feature = "cli")]
pub(crate) use directory::{belongs, read_text};
#[cfg(feature = "watch")]
pub use following::Watch;
#[cfg(feature = "cli")]
pub(crate) use following::{Followed, Following};
pub use in_force::InForce;
#[cfg(feature = "signing")]
pub use key::{KeyId, SigningKey, TrustedKeys};
pub use live::Engine;
pub use quarantine::Quarantined;
pub use reload::RollBackError;
pub use replacing::replace_file;
pub use revision::{RevisionError, path_in_repository, read_revision};
pub use rollout::CarryError;
#[cfg(feature = "signing")]
pub use signature::{read_signed_directory, sign, verify};
pub use status::{Change, Dropped, Rejection, Reload, ReloadEvent, Status};
pub use store::{Store, StoreError, StoreList, StoredBundle, StoredFiles};
pub use subscribers::Subscription;
#[cfg(feature = "watch")]
pub use watch::{WatchError, Watching};
