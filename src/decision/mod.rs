//! What goes out: the sections and which outputs they take, the parts with their reasons, the decision as one object.
//!
//! Order of the files, each using only those before it: `few`, `sections`, `law`, `citation`, `inputs`, `outputs`, `refusal`, `part`,
//! `clock`, `section`, `explanation`, `verdict`, `explaining`, `double_counting`, `assembly`.

pub(crate) mod assembly;
mod citation;
mod clock;
pub(crate) mod double_counting;
mod explaining;
mod explanation;
mod few;
mod inputs;
mod law;
mod outputs;
mod part;
mod refusal;
mod section;
pub mod sections;
mod verdict;

pub use assembly::{Assembly, assemble};
pub use citation::{Citation, Laws};
pub use clock::{Clock, ClockState, Due, OnBreach};
pub(crate) use explaining::{CLOCKS, GUARDRAILS};
pub use explanation::{Effect, Explanation};
pub use few::Few;
pub use inputs::{Inputs, ReadNote};
pub(crate) use inputs::{Read, Reads};
pub use law::{Law, PackNote};
pub use outputs::Outputs;
pub use part::{CallNote, Change, FaultNote, Missed, Part, PartStatus, RuleNote};
pub(crate) use refusal::Found;
pub use refusal::Refusal;
pub use section::{
    Approval, Audit, ConsequentialLine, CorrectionMoney, CorrectiveAction, Escalation, GoodwillMoney, Holds, LetterItem,
    LookBack, MoneySection, PaymentPlan, PenaltyMoney, PlanStep, Prevention, ProvisionalMoney, RejectedAlternative, Relationship,
    Safeguard, SafeguardResult, StatutoryMoney, Terms,
};
pub use verdict::{CaseStatus, Decision, PolicyName};
