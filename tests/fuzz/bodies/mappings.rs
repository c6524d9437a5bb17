//! Mappings, and the CSV that they explain: the mapping, a line `-- cases.csv --`, the table.

use super::cases::comes_back;
use super::findings::hold;
use super::sections;
use redress::history::{CsvCases, Mapping};
use redress::text::Source;

/// The most rows that are read of one table.
const ROWS_MAX: usize = 100;

pub(super) fn run(text: &str) {
    let files = sections::cut(text);
    let [(_, mapping), (_, table), ..] = files.as_slice() else { return };
    let mapping = match Mapping::read(&Source::new("mapping.yaml", mapping.as_str())) {
        Ok(mapping) => mapping,
        Err(found) => {
            assert!(found.has_errors());
            return hold(&found);
        }
    };
    for assumption in mapping.assumptions() {
        super::findings::lies_within(&assumption.place);
    }
    let mut cases = match CsvCases::open(table.as_bytes(), "cases.csv", &mapping) {
        Ok(cases) => cases,
        Err(found) => return hold(&found),
    };
    let mut rows = 0;
    while let Some(read) = cases.next_with_actual().filter(|_| rows < ROWS_MAX) {
        rows += 1;
        match read {
            Ok(read) => {
                assert!(read.line >= 1 && read.line <= table.lines().count() + 1, "line {}", read.line);
                comes_back(&read.case);
            }
            Err(found) => hold(&found),
        }
    }
}
