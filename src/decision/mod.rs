//! What goes out: the sections and which outputs they take, the parts with their reasons, the decision as one object.
//!
//! Order of the files, each using only those before it: `sections`, `law`, `part`, `clock`, `section`, `verdict`, `explaining`,
//! `double_counting`, `assembly`.

pub(crate) mod assembly;
mod clock;
pub(crate) mod double_counting;
mod explaining;
mod law;
mod part;
mod section;
pub mod sections;
mod verdict;

pub use assembly::{Assembly, assemble};
pub use clock::{Clock, ClockState, Due, OnBreach};
pub use explaining::Laws;
pub(crate) use explaining::{CLOCKS, GUARDRAILS};
pub use law::{Law, PackNote};
pub use part::{CallNote, Change, FaultNote, Inputs, Missed, Outputs, Part, PartStatus, ReadNote, RuleNote};
pub use section::{
    Approval, Audit, ConsequentialLine, CorrectionMoney, CorrectiveAction, Escalation, Explanation, GoodwillMoney, Holds,
    LetterItem, LookBack, MoneySection, PaymentPlan, PenaltyMoney, PlanStep, Prevention, ProvisionalMoney, RejectedAlternative,
    Relationship, Safeguard, SafeguardResult, StatutoryMoney, Terms,
};
pub use verdict::{CaseStatus, Decision, PolicyName};
