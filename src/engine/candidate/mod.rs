//! A candidate beside the policy that decides: in shadow it decides every case too, off the answer path; staged, it answers for a
//! share of the customers. A stop-loss drops it by itself.
//!
//! Order of the files, each using only those before it: `summary`, `stop_loss`, `tally`, `carried`.

mod carried;
mod stop_loss;
mod summary;
mod tally;

pub use carried::Candidate;
pub(super) use carried::{Carried, Ending};
pub use stop_loss::StopLoss;
pub use summary::Summary;
pub use tally::{Arm, CandidateReport, Difference, Mode};
