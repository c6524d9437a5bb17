//! Files that another program wrote (`tests/parquet/README.md`), read from any row on, and with any byte of them changed.

use crate::history::{HistoryFile, HistoryPosition, Mapping, Pieces};
use crate::text::{Source, render_all};
use std::fs;
use std::path::{Path, PathBuf};

const MAPPING: &str = "mapping: tickets
currency: GBP
time_zone: UTC
facts:
  complaint.case_id: {column: ticket}
  complaint.received_at: {column: opened}
  complaint.language: {constant: en, because: The desk works in English.}
  complaint.jurisdiction: {constant: GB, because: The desk is in Britain.}
  customer.customer_id: {column: customer}
  dispute.reason_code: {constant: PRICE, because: Nothing hangs on it here.}
  dispute.disputed_amount: {column: amount}
actual: {paid: {column: refunded}}
";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parquet").join(name)
}

/// What a file tells from a row on: cases, findings, and why it breaks off.
fn told(path: &Path, mapping: Option<&Mapping>, from: usize) -> Vec<String> {
    let position = HistoryPosition { lines: from, ..HistoryPosition::default() };
    let mut pieces = match Pieces::open(vec![HistoryFile::named(path)], mapping, position) {
        Ok(pieces) => pieces,
        Err(error) => return vec![error.to_string()],
    };
    let mut told = Vec::new();
    while let Ok(Some(piece)) = pieces.next_piece() {
        piece.read(
            |_| true,
            |_, row| {
                told.push(match row {
                    Ok(Some(case)) => format!("{} {} {:?}", case.line, case.case.id(), case.case.dispute.disputed_amount),
                    Ok(None) => "left out".to_owned(),
                    Err((found, line)) => format!("{line}: {}", render_all(&found, false).lines().next().unwrap_or_default()),
                });
            },
        );
    }
    told.extend(pieces.broken().map(str::to_owned));
    told
}

#[test]
fn a_run_goes_on_at_any_row_of_any_group() {
    let mapping = Mapping::read(&Source::new("mapping.yaml", MAPPING)).unwrap();
    let path = fixture("tickets.parquet");
    let whole = told(&path, Some(&mapping), 0);
    insta::assert_snapshot!(whole.join("\n"), @"
    1 T-1 Known(64.20 GBP)
    2 T-2 Known(0.10 GBP)
    3 T-3 Known(12345678901234.57 GBP)
    4 T-4 Known(5.00 GBP)
    5 T-5 Known(5.00 GBP)
    6: error[R0703]: column `refunded`: `0.30000000000000004` is no amount in GBP: the column holds binary fractions, and this one is not exact; save it as DECIMAL, or rounded
    7: error[R0703]: column `refunded`: `NaN` is not a number
    ");
    for from in 0..=whole.len() {
        assert_eq!(told(&path, Some(&mapping), from), whole[from..], "from {from}");
    }
}

/// Whatever a damaged file says of itself, it is read to an end, and nothing but what it holds is told.
#[test]
fn a_damaged_file_ends_with_a_sentence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/damaged.parquet");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mapping = Mapping::read(&Source::new("mapping.yaml", MAPPING)).unwrap();
    for (name, mapping) in [("cases.parquet", None), ("tickets.parquet", Some(&mapping))] {
        let whole = fs::read(fixture(name)).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0b0101_1010;
            fs::write(&path, &bytes).unwrap();
            assert!(told(&path, mapping, 0).len() <= 9, "{name} with byte {at} changed");
            fs::write(&path, &whole[..at]).unwrap();
            assert!(told(&path, mapping, 0).len() <= 9, "{name} cut at {at}");
        }
    }
}
