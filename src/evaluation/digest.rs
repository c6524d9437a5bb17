//! The numbers of a case and of its decision.

use crate::case::Case;
use crate::value::DateTime;

/// The number of a case.
pub(crate) fn of_case(case: &Case) -> String {
    case.digest()
}

/// The number of a decision: the same case, policy and time give the same number, and so do the same plugins in quarantine.
pub(crate) fn of_decision(input: &str, policy: &str, at: DateTime, quarantined: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    let at = at.in_utc().to_string();
    for part in [input, policy, &at].into_iter().chain(quarantined.iter().map(String::as_str)) {
        hasher.update(part.as_bytes());
        hasher.update(b"\n");
    }
    let hex = hasher.finalize().to_hex();
    hex.get(..32).unwrap_or(&hex).to_owned()
}
