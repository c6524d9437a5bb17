//! The conditions of a row as one expression, in the languages that have no tables.

use crate::subjects::generated::{FAULTS, REGIONS, Row, Span, TIERS};

/// How a language writes it.
pub struct Dialect {
    /// How it names the six facts.
    pub names: [&'static str; 6],
    /// What joins conditions.
    pub and: &'static str,
    /// A name has one of these values, which are quoted already.
    pub one_of: fn(&str, &[String]) -> String,
    /// What admits everything.
    pub always: &'static str,
}

/// All conditions of a row, in the order of the columns. Amounts are in whole cents.
pub fn condition(row: &Row, dialect: &Dialect) -> String {
    let [tier, tenure, amount, fault, disputes, region] = dialect.names;
    let mut all = Vec::new();
    all.extend(one_of(tier, &row.tiers, &TIERS, dialect));
    all.extend(ends(tenure, row.tenure_months));
    if let Some((over, to)) = row.amount_cents {
        all.push(format!("{amount} > {over}"));
        all.push(format!("{amount} <= {to}"));
    }
    all.extend(one_of(fault, &row.faults, &FAULTS, dialect));
    all.extend(ends(disputes, row.disputes));
    all.extend(one_of(region, &row.regions, &REGIONS, dialect));
    if all.is_empty() { dialect.always.to_owned() } else { all.join(dialect.and) }
}

fn one_of(name: &str, members: &[usize], names: &[&str], dialect: &Dialect) -> Option<String> {
    let members: Vec<String> = members.iter().map(|at| format!("\"{}\"", names[*at])).collect();
    (!members.is_empty()).then(|| (dialect.one_of)(name, &members))
}

fn ends(name: &str, span: Span) -> Vec<String> {
    let mut ends = Vec::new();
    ends.extend(span.from.map(|from| format!("{name} >= {from}")));
    ends.extend(span.to.map(|to| format!("{name} <= {to}")));
    ends
}
