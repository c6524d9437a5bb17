//! Rust without an engine: an `if` for every row, and a loop over typed rows.

use super::{IF_CHAIN, IF_CHAIN_CALLS, Peer, ROWS};
use crate::subjects::generated::{self, Row, Span};
use crate::subjects::table::Subject;
use rust_decimal::Decimal;

include!(concat!(env!("OUT_DIR"), "/if_chains.rs"));

/// A case in typed fields, amounts as decimals.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    tier: Tier,
    tenure_months: i64,
    amount: Decimal,
    fault: Fault,
    disputes: i64,
    region: Region,
}

impl Facts {
    fn new(from: &generated::Facts) -> Self {
        Self {
            tier: Tier::ALL[from.tier],
            tenure_months: from.tenure_months,
            amount: Decimal::new(from.amount_cents, 2),
            fault: Fault::ALL[from.fault],
            disputes: from.disputes,
            region: Region::ALL[from.region],
        }
    }
}

/// One `if` a row, written by `build.rs`: amounts compared by the operator, as one would write it.
pub fn if_chain(subject: &'static Subject) -> Peer {
    Peer::new(IF_CHAIN, chain(subject, [plain_10, plain_100, plain_1000, plain_10000]))
}

/// The same, with the comparison of amounts kept in a function of its own, which makes less code.
pub fn if_chain_with_calls(subject: &'static Subject) -> Peer {
    Peer::new(IF_CHAIN_CALLS, chain(subject, [called_10, called_100, called_1000, called_10000]))
}

fn chain(subject: &Subject, of_size: [fn(&Facts) -> Option<usize>; 4]) -> impl FnMut(usize) -> Option<usize> + 'static {
    let at = generated::SIZES.iter().position(|size| *size == subject.rows.len()).expect("code for every size");
    let (chain, cases) = (of_size[at], subject.facts.iter().map(Facts::new).collect::<Vec<_>>());
    move |case| chain(&cases[case])
}

#[inline(never)]
fn over(amount: &Decimal, limit: &Decimal) -> bool {
    amount > limit
}

struct TypedRow {
    tiers: Vec<Tier>,
    tenure_months: Span,
    amount: Option<(Decimal, Decimal)>,
    faults: Vec<Fault>,
    disputes: Span,
    regions: Vec<Region>,
}

impl TypedRow {
    fn new(row: &Row) -> Self {
        Self {
            tiers: row.tiers.iter().map(|at| Tier::ALL[*at]).collect(),
            tenure_months: row.tenure_months,
            amount: row.amount_cents.map(|(over, to)| (Decimal::new(over, 2), Decimal::new(to, 2))),
            faults: row.faults.iter().map(|at| Fault::ALL[*at]).collect(),
            disputes: row.disputes,
            regions: row.regions.iter().map(|at| Region::ALL[*at]).collect(),
        }
    }

    fn admits(&self, case: &Facts) -> bool {
        (self.tiers.is_empty() || self.tiers.contains(&case.tier))
            && self.tenure_months.holds(case.tenure_months)
            && self.amount.is_none_or(|(over, to)| over < case.amount && case.amount <= to)
            && (self.faults.is_empty() || self.faults.contains(&case.fault))
            && self.disputes.holds(case.disputes)
            && (self.regions.is_empty() || self.regions.contains(&case.region))
    }
}

/// The rows as data, one after the other.
pub fn rows(subject: &'static Subject) -> Peer {
    let rows: Vec<TypedRow> = subject.rows.iter().map(TypedRow::new).collect();
    let cases: Vec<Facts> = subject.facts.iter().map(Facts::new).collect();
    Peer::new(ROWS, move |case| rows.iter().position(|row| row.admits(&cases[case])))
}
