//! redress itself.

use super::{DECISION, Peer, TABLE};
use crate::subjects::json;
use crate::subjects::table::{self, Amounts, Subject};

/// The table of the bundle: a typed case in, the number of a row out. Near misses are derived when asked for.
pub fn table(subject: &'static Subject) -> Peer {
    let table = subject.policy.table(table::DECISION).expect("a decision over facts");
    Peer::new(TABLE, move |case| table::first_hit(&table, &subject.cases[case]))
}

/// The whole evaluation of the bundle, reasons kept, and its output read.
pub fn decision(subject: &'static Subject) -> Peer {
    Peer::new(DECISION, |case| Some(table::evaluated(&subject.policy, &subject.cases[case])))
}

/// A case from JSON, checked, then the table.
pub fn from_json_by_table(subject: &'static Subject) -> Peer {
    let texts = texts(subject);
    let table = subject.policy.table(table::DECISION).expect("a decision over facts");
    Peer::new(TABLE, move |case| table::first_hit(&table, &json::read(&texts[case])))
}

/// A case from JSON, checked, then the whole evaluation.
pub fn from_json(subject: &'static Subject) -> Peer {
    let texts = texts(subject);
    Peer::new(DECISION, move |case| Some(table::evaluated(&subject.policy, &json::read(&texts[case]))))
}

fn texts(subject: &Subject) -> Vec<String> {
    subject.facts.iter().map(|facts| table::case_json(facts, Amounts::Text)).collect()
}
