//! The public keys that a command trusts.

use super::exit::Failure;
use crate::engine::TrustedKeys;
use std::path::PathBuf;

/// Reads them from their files.
pub(super) fn read(files: &[PathBuf]) -> Result<TrustedKeys, Failure> {
    let keys = files.iter().try_fold(TrustedKeys::new(), |keys, file| keys.with_file(file));
    keys.map_err(|findings| Failure::Findings { findings, message: "without its key, nothing can be verified".to_owned() })
}
