//! Bundles to load, check and compile.

use super::generated::{self, FAULTS, REGIONS, Row, Span, TIERS};
use super::table;
use redress::text::render_all;
use redress::{BundleFiles, Extensions, Policy, default_bundle};

const DECISIONS: usize = 100;
const RULES_EACH: usize = 100;

pub(crate) fn default_files() -> BundleFiles {
    default_bundle()
}

/// One decision with 10,000 rows, kept as CSV.
pub(crate) fn long_table() -> BundleFiles {
    table::files(&generated::table(DECISIONS * RULES_EACH))
}

/// A hundred decisions of a hundred rules each, written one by one.
pub(crate) fn many_rules() -> BundleFiles {
    rules(DECISIONS)
}

/// So many decisions of a hundred rules each.
pub(crate) fn rules(decisions: usize) -> BundleFiles {
    let rows = generated::table(decisions * RULES_EACH);
    let mut files = BundleFiles::shown_below("bench");
    files.insert("bundle.yaml", "{bundle: bench, version: 1, currency: USD}\n");
    for (at, rows) in rows.chunks(RULES_EACH).enumerate() {
        files.insert(format!("decisions/rate_{at}.yaml"), decision(at, rows));
    }
    files
}

fn decision(at: usize, rows: &[Row]) -> String {
    const FACTS: [&str; 6] = [
        "customer.tier",
        "customer.tenure_months",
        "dispute.disputed_amount",
        "finding.liability",
        "history.disputes_12m",
        "complaint.jurisdiction",
    ];
    let mut text = format!("decision: rate_{at}\nhit: first\noutputs:\n  row: {{type: integer}}\nrules:\n");
    for (number, row) in rows.iter().enumerate() {
        text.push_str(&format!("  - id: r{number}\n    when:\n"));
        for (fact, condition) in FACTS.iter().zip(conditions(row)).filter(|(_, condition)| !condition.is_empty()) {
            text.push_str(&format!("      {fact}: {condition}\n"));
        }
        text.push_str(&format!("    then: {{row: {number}}}\n    because: Row {number}.\n"));
    }
    text.push_str("otherwise:\n  row: -1\n  because: No row.\n");
    text
}

/// The conditions of a rule in words, as YAML has them.
fn conditions(row: &Row) -> [String; 6] {
    let list = |members: &[usize], names: &[&str]| match members {
        [] => String::new(),
        members => format!("[{}]", members.iter().map(|at| names[*at]).collect::<Vec<_>>().join(", ")),
    };
    let span = |span: Span| match (span.from, span.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("at least {from}"),
        (None, Some(to)) => format!("at most {to}"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    let amount = |(over, to): (i64, i64)| format!("over {} and at most {}", table::cents(over), table::cents(to));
    [
        list(&row.tiers, &TIERS),
        span(row.tenure_months),
        row.amount_cents.map_or_else(String::new, amount),
        list(&row.faults, &FAULTS),
        span(row.disputes),
        list(&row.regions, &REGIONS),
    ]
}

pub(crate) fn load(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| {
        // A generated bundle can have thousands of mistakes.
        let told: String = render_all(&found, false).chars().take(2_000).collect();
        panic!("{told}")
    })
}
