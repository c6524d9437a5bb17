//! JSON Schema 2020-12 of cases, decisions and bundles, so that an editor completes and checks while one types.
//!
//! Generated from the registry of facts and the registry of sections. Order of the files in `schema/`, each using only those
//! before it: `shape`, `case`, `decision`, `cell`, `plugin`, `law`, `bundle`.

mod bundle;
mod case;
mod cell;
mod decision;
mod law;
mod plugin;
mod shape;

use serde_json::Value;

/// Which schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaOf {
    /// Of a case, as it is read.
    Case,
    /// Of a decision, as it is written.
    Decision,
    /// Of every YAML file of a bundle.
    Bundle,
}

/// The schema, with its keys in a fixed order.
#[must_use]
pub fn schema(of: SchemaOf) -> Value {
    match of {
        SchemaOf::Case => case::schema(),
        SchemaOf::Decision => decision::schema(),
        SchemaOf::Bundle => bundle::schema(),
    }
}
