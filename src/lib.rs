//! **redress** decides billing disputes: what is owed, whether penalties that an error caused are covered, how large a goodwill
//! credit is, who must approve, when to escalate, and, rarely, when a relationship ends.
//!
//! A [`Case`] (what the customer says, what the investigation found, who the customer is) meets a [`Policy`] (YAML decisions,
//! Rhai plugins, guardrails that operations managers edit) and becomes a [`Decision`] with every reason. The same case, policy and
//! time give the same decision, everywhere.
//!
//! # In order of use
//!
//! 1. Open a bundle: [`Engine::open`] for a directory, [`Policy::from_files`] where there is no file system,
//!    [`default_bundle`] for the policy that is built in.
//! 2. Get a case: read one with [`case::read_text`], or build a [`Case`] in Rust.
//! 3. Decide: [`Engine::decide`] as of now, [`Engine::decide_at`] as of any instant, [`Policy::decide`] without an engine.
//! 4. Read the [`Decision`]: sections for the common questions, [`decision::Part`]s for every decision of the bundle.
//!
//! ```
//! use redress::{Case, Policy, case, default_bundle};
//! use redress::value::{DateTime, Money, Place};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::load(&default_bundle(), &redress::Extensions::new()).map_err(|found| redress::text::render_all(&found, false))?;
//!
//! let mut case = Case::new();
//! case.complaint.case_id = "D-1".to_owned().into();
//! case.complaint.received_at = DateTime::parse("2026-03-02T09:30:00-05:00")?.into();
//! case.complaint.language = "en".to_owned().into();
//! case.complaint.jurisdiction = Place::parse("US-VA")?.into();
//! case.customer.customer_id = "C-7".to_owned().into();
//! case.dispute.reason_code = case::vocabulary::ReasonCode::Duplicate.into();
//! case.dispute.disputed_amount = Money::parse("64.20 USD")?.into();
//! case.finding.liability = case::vocabulary::Liability::OurError.into();
//! case.finding.correct_amount = Money::parse("0.00 USD")?.into();
//!
//! let decision = policy.decide(&case, DateTime::parse("2026-03-05T10:00:00Z")?)?;
//! assert_eq!(decision.outcome.as_deref(), Some("uphold"));
//! assert_eq!(decision.money.correction.map(|owed| owed.amount.to_string()).as_deref(), Some("64.20 USD"));
//! # Ok(())
//! # }
//! ```
//!
//! # Rooms
//!
//! The modules are the rooms of the house, in the order of its layers: a room uses only rooms above it. What a service needs stands
//! at the root of the crate as well.

pub mod limits;
pub mod text;
pub mod value;

pub mod case;
pub mod decision;

pub mod bundle;

pub mod holidays;
pub mod letter;
pub mod rule;
pub mod script;

pub mod policy;

pub mod evaluation;

pub mod testing;

#[cfg(feature = "journal")]
pub mod journal;

pub mod engine;
#[cfg(feature = "history")]
pub mod history;

pub mod authoring;

#[cfg(feature = "backtest")]
pub mod backtest;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod lsp;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use bundle::BundleFiles;
pub use case::Case;
pub use decision::{CaseStatus, Decision};
pub use engine::{Engine, EngineBuilder, OpenError, Reload, ReloadEvent, Status, default_bundle, read_directory};
pub use evaluation::DecideError;
pub use policy::{Extensions, Policy};
pub use script::{CancelToken, Draft, HostFunction, NativePlugin, Plugin, PluginCall, PluginFault, ScriptLimits};
pub use text::{Diagnostic, Diagnostics};
pub use value::{Fact, Money, Value};

/// The Rust blocks of the README, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
