//! redress decides billing disputes: a case meets a policy bundle and becomes a decision, with every reason.
#![allow(missing_docs, dead_code, unused)]
pub mod limits;
pub mod text;
pub mod value;
pub mod case;
pub mod decision;
pub mod bundle;
pub mod rule;
pub mod script;
pub mod policy;
pub mod evaluation;
pub mod engine;
