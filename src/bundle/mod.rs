//! The bundle as written: every file, every document, every place; nothing is resolved or typed yet.
//!
//! Order of the files, each using only those before it: `files`, `written`, `keys`, `kinds`, `because`, `params`, `plugin_doc`,
//! `letter_doc`, `manifest`, `law_doc`, `decision_doc`, `guardrail_doc`, `calendar_doc`, `obligation_doc`, `pack_doc`, `moment`, `test_doc`,
//! `rooms`, `whole`.

mod because;
mod calendar_doc;
mod decision_doc;
mod files;
mod guardrail_doc;
mod keys;
mod kinds;
mod law_doc;
mod letter_doc;
mod manifest;
mod moment;
mod obligation_doc;
mod pack_doc;
mod params;
mod plugin_doc;
mod rooms;
mod test_doc;
mod whole;
mod written;

pub use because::BecauseDoc;
pub use calendar_doc::CalendarDoc;
pub use decision_doc::{BindingDoc, DecisionDoc, ForEachDoc, LetDoc, OtherwiseDoc, OutputDoc, RuleDoc, TableDoc};
pub use files::BundleFiles;
pub use guardrail_doc::{GuardrailDoc, VerbDoc};
pub(crate) use keys::in_order;
pub use law_doc::LawDoc;
pub use letter_doc::{LetterDoc, WORD_SECTIONS, WordsDoc, is_same_tag, is_tag, language_of};
pub use manifest::{AssumeDoc, ExtraFactDoc, Manifest, MoneyMeaning};
pub use moment::Moment;
pub use obligation_doc::{After, DueDoc, ObligationDoc, Roll};
pub use pack_doc::PackDoc;
#[cfg(feature = "schema")]
pub(crate) use params::is_money_by_currency;
#[cfg(feature = "backtest")]
pub(crate) use params::params_of;
pub use params::{ParamDoc, ParamPeriod, ParamValue};
pub use plugin_doc::{LimitsDoc, PluginDoc, QuarantineDoc};
pub(crate) use test_doc::read_allowed_mutants;
pub use test_doc::{AllowedMutant, TestDoc, TestFile};
pub use whole::Bundle;
pub use written::{Formula, Written};
