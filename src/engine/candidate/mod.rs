//! A candidate beside the policy that decides: in shadow it decides every case too, off the answer path; staged, it answers for a
//! share of the customers. A stop-loss drops it by itself.
//!
//! Order of the files, each using only those before it: `brief`, `stop_loss`, `tally`, `carried`.

mod brief;
mod carried;
mod stop_loss;
mod tally;

pub use brief::Brief;
pub use carried::Candidate;
pub(super) use carried::{Carried, Ending};
pub use stop_loss::StopLoss;
pub use tally::{Arm, CandidateReport, Difference, Mode};
