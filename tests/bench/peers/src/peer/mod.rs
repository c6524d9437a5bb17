//! The engines that decide the generated table, one file each.

mod cedar;
mod cel;
mod hand_written;
mod own;
mod rego;
mod rhai;
mod zen;

use crate::subjects::table::Subject;

/// How an engine answers the cases of one table.
pub trait Decide {
    /// The row that a case hits.
    fn answer(&mut self, case: usize) -> Option<usize>;
    /// Decides these cases and throws the answers away.
    fn run(&mut self, cases: &[usize]);
}

// A blanket for closures, so that the loop over the cases is compiled together with what it calls.
impl<F: FnMut(usize) -> Option<usize>> Decide for F {
    fn answer(&mut self, case: usize) -> Option<usize> {
        self(case)
    }

    fn run(&mut self, cases: &[usize]) {
        for case in cases {
            std::hint::black_box(self(std::hint::black_box(*case)));
        }
    }
}

/// An engine at one size of the table.
pub struct Peer {
    /// What the tables of results call it.
    pub name: &'static str,
    /// How it decides, or why it cannot.
    pub decide: Result<Box<dyn Decide>, String>,
}

impl Peer {
    fn new(name: &'static str, decide: impl FnMut(usize) -> Option<usize> + 'static) -> Self {
        Self { name, decide: Ok(Box::new(decide)) }
    }

    fn tried<D: FnMut(usize) -> Option<usize> + 'static>(name: &'static str, decide: Result<D, String>) -> Self {
        Self { name, decide: decide.map(|decide| Box::new(decide) as Box<dyn Decide>) }
    }
}

/// What stands in the tables of results for redress and for what it is compared with.
pub const TABLE: &str = "redress, table";
pub const DECISION: &str = "redress, decision with trace";
pub const IF_CHAIN: &str = "Rust by hand, `if` chain";
pub const IF_CHAIN_CALLS: &str = "the same, amounts compared by a call";
pub const ROWS: &str = "Rust by hand, rows";
pub const ZEN: &str = "ZEN";
pub const ZEN_TRACED: &str = "ZEN with trace";
pub const CEL: &str = "CEL";
pub const REGO: &str = "Rego";
pub const CEDAR: &str = "Cedar";
pub const RHAI: &str = "Rhai";

/// Every engine with the case in memory, in the form that is cheapest for it.
pub fn in_memory(subject: &'static Subject) -> Vec<Peer> {
    vec![
        own::table(subject),
        own::decision(subject),
        hand_written::if_chain(subject),
        hand_written::if_chain_with_calls(subject),
        hand_written::rows(subject),
        zen::in_memory(ZEN, subject, false),
        zen::in_memory(ZEN_TRACED, subject, true),
        rhai::peer(subject),
        cel::peer(subject),
        rego::peer(subject),
        cedar::peer(subject),
    ]
}

/// The engines that read a case from a JSON text.
pub fn from_json(subject: &'static Subject) -> Vec<Peer> {
    vec![
        own::from_json_by_table(subject),
        own::from_json(subject),
        zen::from_json(ZEN, subject, false),
        zen::from_json(ZEN_TRACED, subject, true),
    ]
}
