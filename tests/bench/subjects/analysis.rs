//! Tables to be analysed: a decision tree taken apart into rules, and tables that are made to resist.
//!
//! A decision tree over the columns is grown at random until it has as many leaves as the table is to have rules; the way to each leaf
//! is a rule, so that the rules part all cases among them. Then one rule in ten is spoiled, one half of these by a wider condition,
//! which makes it overlap others, the other half by a narrower one, which leaves cases to no rule. Tables of such a kind, and of these
//! sizes, are what Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa measure ("Semantics and Analysis of DMN Decision Tables",
//! BPM 2016); theirs were grown from a data set of loans, ours are not, so that figures beside theirs tell an order of magnitude.

use redress::text::render_all;
use redress::{BundleFiles, Extensions, Policy};

/// The range of a column of whole numbers.
const NUMBERS_MAX: usize = 10_000;
/// The names of the other columns.
const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
/// One rule in so many is spoiled.
const SPOILED_EVERY: usize = 10;

/// Random numbers, the same everywhere.
struct Random(u64);

impl Random {
    /// Less than a bound (splitmix64).
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bound = u64::try_from(bound).unwrap();
        usize::try_from((mixed ^ (mixed >> 31)) % bound).unwrap()
    }
}

/// What a leaf holds of one column: from a number up to, and without, another.
pub(crate) type Span = (usize, usize);

/// Every other column holds numbers, the rest names by their place.
fn whole(column: usize) -> Span {
    (0, if column.is_multiple_of(2) { NUMBERS_MAX } else { NAMES.len() })
}

/// The rules of a tree of so many leaves over so many columns, some of them spoiled.
fn tree(rules: usize, columns: usize, seed: u64) -> Vec<Vec<Span>> {
    let mut random = Random(seed);
    let mut leaves: Vec<Vec<Span>> = vec![(0..columns).map(whole).collect()];
    while leaves.len() < rules {
        let at = random.below(leaves.len());
        let column = random.below(columns);
        let (from, to) = leaves[at][column];
        if to - from < 2 {
            continue;
        }
        let cut = from + 1 + random.below(to - from - 1);
        let mut other = leaves[at].clone();
        leaves[at][column].1 = cut;
        other[column].0 = cut;
        leaves.push(other);
    }
    for at in (0..leaves.len()).step_by(SPOILED_EVERY) {
        let asked: Vec<usize> = (0..columns).filter(|column| leaves[at][*column] != whole(*column)).collect();
        let column = asked[random.below(asked.len())];
        let (from, to) = leaves[at][column];
        let step = ((to - from) / 4).max(1);
        leaves[at][column] = if at.is_multiple_of(2 * SPOILED_EVERY) {
            (from.saturating_sub(step), (to + step).min(whole(column).1))
        } else if to - from > step {
            (from + step, to)
        } else {
            (from, to)
        };
    }
    leaves
}

fn cell(column: usize, (from, to): Span) -> String {
    match whole(column) {
        all if all == (from, to) => "-".to_owned(),
        _ if column.is_multiple_of(2) => match (from, to) {
            (0, to) => format!("< {to}"),
            (from, NUMBERS_MAX) => format!(">= {from}"),
            (from, to) => format!("[{from}..{to})"),
        },
        _ => NAMES[from..to].join(", "),
    }
}

/// A bundle of one table, kept as CSV, in which the first rule that matches decides.
fn files(columns: usize, kinds: impl Fn(usize) -> String, rows: impl Iterator<Item = Vec<String>>) -> BundleFiles {
    let mut files = BundleFiles::shown_below("bench");
    let facts: String = (0..columns).map(|at| format!("  input.c{at}: {}\n", kinds(at))).collect();
    files.insert("bundle.yaml", format!("bundle: bench\nversion: 1\ncurrency: USD\nfacts:\n{facts}"));
    files.insert("decisions/rate.yaml", "decision: rate\nhit: first\noutputs:\n  row: {type: integer}\ntable: rate.csv\n");
    let names: String = (0..columns).map(|at| format!("input.c{at},")).collect();
    let mut text = format!("id,{names}=> row,because\n");
    for (at, cells) in rows.enumerate() {
        let cells: String = cells.iter().map(|cell| format!("\"{cell}\",")).collect();
        text.push_str(&format!("r{at},{cells}{at},Row {at}.\n"));
    }
    files.insert("decisions/rate.csv", text);
    files
}

/// The table of a tree.
pub(crate) fn random_tree(rules: usize, columns: usize) -> Policy {
    changed_tree(rules, columns, |_| {})
}

/// The same once somebody has changed its rules.
pub(crate) fn changed_tree(rules: usize, columns: usize, change: impl FnOnce(&mut [Vec<Span>])) -> Policy {
    let kind = |column: usize| {
        if column.is_multiple_of(2) {
            "{type: integer}".to_owned()
        } else {
            format!("{{type: enum, values: [{}]}}", NAMES.join(", "))
        }
    };
    let mut rows = tree(rules, columns, 0x5EED_0005);
    change(&mut rows);
    load(&files(columns, kind, rows.iter().map(|row| row.iter().enumerate().map(|(column, span)| cell(column, *span)).collect())))
}

/// Every combination of truths with an even number of them: no two rules meet, none has a neighbour, and half of all cases are free.
pub(crate) fn parity(columns: usize) -> Policy {
    let rows = (0..1_u32 << columns).filter(|row| row.count_ones().is_multiple_of(2));
    let rows = rows.map(|row| (0..columns).map(|column| (row >> column & 1 == 1).to_string()).collect());
    load(&files(columns, |_| "{type: boolean}".to_owned(), rows))
}

/// Each rule asks for few truths, chosen at random among many columns, so that no cut parts the rules.
pub(crate) fn tangled(rules: usize, columns: usize) -> Policy {
    let mut random = Random(0x5EED_0006);
    let rows = (0..rules).map(|_| {
        let mut cells = vec!["-".to_owned(); columns];
        for _ in 0..6 {
            let column = random.below(columns);
            cells[column] = (random.below(2) == 1).to_string();
        }
        cells
    });
    load(&files(columns, |_| "{type: boolean}".to_owned(), rows.collect::<Vec<_>>().into_iter()))
}

fn load(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

/// How many findings there are, each code with its count.
pub(crate) fn counted(policy: &Policy) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for finding in &redress::authoring::analysis::analyse(policy) {
        *counts.entry(finding.code.to_string()).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}
