//! Conditions in tables, with the symbols that are at home there: only where they are proved to be the same condition.

use crate::case::registry;
use crate::rule::{Cell, CellNames, Dialect};
use crate::value::Kind;

/// Words of a comparison, and the symbols for them. Words of time have none that reads as well.
const SYMBOLS: [(&str, &str); 5] =
    [("at least ", ">= "), ("over ", "> "), ("at most ", "<= "), ("under ", "< "), ("not ", "!= ")];

/// Every parameter there may be: where a bound is one, both forms name the same.
struct AnyParam<'k>(&'k Kind);

impl CellNames for AnyParam<'_> {
    fn param(&self, _path: &str) -> Option<(usize, Kind)> {
        let item = if let Kind::List(item) = self.0 { item } else { self.0 };
        Some((0, item.clone()))
    }
}

/// A condition as a table writes it. Of which kind its column is has to be known, and is for facts of the registry: elsewhere `over 60`
/// may well be the name of a value.
pub(super) fn in_symbols(heading: &str, cell: &str) -> String {
    if cell == "any" {
        return "-".to_owned();
    }
    let candidate: Vec<String> = cell.split(", ").map(symbol).collect();
    let candidate = candidate.join(", ");
    if candidate != cell && is_same(heading, cell, &candidate) { candidate } else { cell.to_owned() }
}

fn symbol(item: &str) -> String {
    let found = SYMBOLS.iter().find_map(|(word, symbol)| item.strip_prefix(word).map(|rest| (symbol, rest.trim_start())));
    match found {
        // A list of what is excluded has brackets, and no symbol.
        Some((_, rest)) if rest.starts_with('(') => item.to_owned(),
        Some((symbol, rest)) => format!("{symbol}{rest}"),
        None => item.to_owned(),
    }
}

/// Is it proved that two cells of a column are one condition?
pub(super) fn is_same(heading: &str, one: &str, other: &str) -> bool {
    let is_any = |cell: &str| matches!(cell, "any" | "-");
    if one == other || (is_any(one) && is_any(other)) {
        return true;
    }
    let Some(fact) = registry().find(heading).and_then(|fact| registry().spec(fact)) else { return false };
    let read = |text: &str| Cell::parse_text(text, &fact.kind, Dialect::Table, &AnyParam(&fact.kind)).ok();
    read(one).is_some_and(|one| read(other) == Some(one))
}
