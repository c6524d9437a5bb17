//! Generated tables over facts of every type, under every hit policy, held against every combination of segments: every overlap, gap,
//! dead rule, redundant rule and idle column that is reported is there, and none is missing.
//!
//! Which value satisfies which cell is asked of the engine, one cell and one value at a time; what follows for a table is counted here.

use super::super::load;
use crate::semantics::case;
use proptest::prelude::*;
use redress::authoring::analysis::analyse;
use redress::decision::PartStatus;
use redress::text::{Code, render_all};
use redress::{Diagnostics, Policy};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

/// A fact, its type as a bundle declares it, cells, and one value of every segment that these cells cut.
struct Column {
    fact: &'static str,
    kind: &'static str,
    cells: &'static [&'static str],
    values: &'static [&'static str],
}

const COLUMNS: [Column; 13] = [
    Column {
        fact: "input.yes",
        kind: "{type: boolean}",
        cells: &["-", "true", "!= true", "false, missing", "unknown"],
        values: &["true", "false"],
    },
    Column {
        fact: "input.n",
        kind: "{type: integer}",
        cells: &[
            "-",
            "<= 3",
            "> 3",
            "3 to 7",
            "[3..7)",
            "(3..7]",
            "not 5",
            "5",
            ">= 10",
            "missing",
            "3, unknown",
            "present",
            "not (3, 5)",
        ],
        values: &["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
    },
    Column {
        fact: "input.x",
        kind: "{type: decimal}",
        cells: &["-", "<= 0.5", "> 0.5", "[0.5..0.75)", "!= 0.6", "0.6", "< 0.5, missing"],
        values: &["0.4", "0.5", "0.55", "0.6", "0.7", "0.75", "0.8"],
    },
    Column {
        fact: "input.sum",
        kind: "{type: money}",
        cells: &["-", "<= 100", "> 100", "[50..100)", "50 to 100", "!= 100", "100", "missing, unknown"],
        values: &["49.99 USD", "50.00 USD", "75.00 USD", "100.00 USD", "100.01 USD"],
    },
    Column {
        fact: "input.level",
        kind: "{type: enum, values: [low, middle, high], ordered: true}",
        cells: &["-", "low", ">= middle", "< high", "not low", "low to middle", "high, missing", "present"],
        values: &["low", "middle", "high"],
    },
    Column {
        fact: "input.tint",
        kind: "{type: enum, values: [red, green, blue]}",
        cells: &["-", "red", "red, blue", "not red", "not (red, blue)", "green, unknown", "missing"],
        values: &["red", "green", "blue"],
    },
    Column {
        fact: "input.word",
        kind: "{type: text}",
        cells: &["-", "ant", "ant, bee", "not ant", "not (ant, bee)", "bee, missing"],
        values: &["ant", "bee", "cat"],
    },
    Column {
        fact: "input.place",
        kind: "{type: place}",
        cells: &["-", "US", "US-VA", "EU", "ES", "not US", "ES-MD, GB", "not (EU, GB)"],
        values: &["US", "US-VA", "US-CA", "ES", "ES-MD", "ES-CT", "FR", "FR-75", "GB", "GB-SCT", "JP"],
    },
    Column {
        fact: "input.day",
        kind: "{type: date}",
        cells: &[
            "-",
            "before 2026-03-01",
            "on or after 2026-03-01",
            "2026-03-01",
            "2026-03-01 to 2026-03-31",
            "after 2026-03-31",
            "!= 2026-03-01",
        ],
        values: &["2026-02-28", "2026-03-01", "2026-03-15", "2026-03-31", "2026-04-01"],
    },
    Column {
        fact: "input.moment",
        kind: "{type: datetime}",
        cells: &["-", "before 2026-03-01T12:00:00Z", "on or after 2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", "missing"],
        values: &["2026-03-01T11:59:59Z", "2026-03-01T12:00:00Z", "2026-03-01T12:00:01Z"],
    },
    Column {
        fact: "input.span",
        kind: "{type: duration}",
        cells: &["-", "<= 2 days", "> 2 days", "1 day to 3 days", "2 days", "unknown"],
        values: &["1 hour", "1 day", "30 hours", "2 days", "60 hours", "3 days", "4 days"],
    },
    Column {
        fact: "input.numbers",
        kind: "{type: list of integer}",
        cells: &["-", "3", "not 3", "empty", "present", "<= 2", "not (3, 7)", "missing"],
        values: &[
            "[]",
            "[1]",
            "[3]",
            "[5]",
            "[7]",
            "[1, 3]",
            "[1, 5]",
            "[1, 7]",
            "[3, 5]",
            "[3, 7]",
            "[5, 7]",
            "[1, 3, 5]",
            "[1, 3, 7]",
            "[1, 5, 7]",
            "[3, 5, 7]",
            "[1, 3, 5, 7]",
        ],
    },
    Column {
        fact: "input.levels",
        kind: "{type: list of enum, values: [low, middle, high], ordered: true}",
        cells: &["-", "low", ">= middle", "not high", "empty", "low, missing"],
        values: &["[]", "[low]", "[middle]", "[high]", "[low, middle]", "[low, high]", "[middle, high]", "[low, middle, high]"],
    },
];

const LEVELS: [&str; 3] = ["low", "middle", "high"];
const HITS: [&str; 8] = ["unique", "first", "any", "priority", "collect", "collect sum", "collect count", "collect ranked"];

fn manifest() -> String {
    let facts: Vec<String> = COLUMNS.iter().map(|column| format!("  {}: {}\n", column.fact, column.kind)).collect();
    format!("bundle: test\nversion: 1\ncurrency: USD\nfacts:\n{}", facts.concat())
}

/// The facts of a case; what is missing is left out.
fn facts(given: &[(&str, &str)]) -> String {
    // A list is told by its items, or as `empty`, or as `given` where any item will do.
    let column = |fact: &str| COLUMNS.iter().find(|column| column.fact == fact).unwrap();
    let written = |(fact, value): &(&str, &str)| match *value {
        "empty" => format!("{fact}: []"),
        "given" => format!("{fact}: {}", column(fact).values.last().unwrap()),
        items if column(fact).kind.contains("list of") && items != "unknown" && !items.starts_with('[') => {
            format!("{fact}: [{items}]")
        }
        _ => format!("{fact}: {value}"),
    };
    given.iter().filter(|(_, value)| *value != "missing").map(written).collect::<Vec<_>>().join("; ")
}

/// The ids of the rules that decide a case.
fn hits(policy: &Policy, given: &[(&str, &str)]) -> (PartStatus, BTreeSet<usize>) {
    let (case, at) = case(&facts(given));
    let decision = policy.decide(&case, at).unwrap();
    let part = decision.part("fee").unwrap();
    let rules = part.rules.iter().filter_map(|rule| rule.rule().strip_prefix('r')?.parse().ok());
    (part.status, rules.collect())
}

/// Of every column, of every value (missing and unknown come last), which cells it satisfies.
static SATISFIES: LazyLock<Vec<Vec<Vec<bool>>>> = LazyLock::new(|| {
    let of_column = |column: &Column| {
        let mut text = "decision: fee\nhit: collect\noutputs: {number: {type: integer}}\ntable: |\n".to_owned();
        let _ = writeln!(text, "  | id | {} | => number | because |", column.fact);
        for (at, cell) in column.cells.iter().enumerate() {
            let _ = writeln!(text, "  | r{at} | {cell} | {at} | Cell {at}. |");
        }
        let policy = loaded(&text).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let of_value = |value: &str| {
            let (_, holding) = hits(&policy, &[(column.fact, value)]);
            (0..column.cells.len()).map(|cell| holding.contains(&cell)).collect::<Vec<bool>>()
        };
        let all: Vec<Vec<bool>> = values(column).map(of_value).collect();
        // Values that no cell tells apart would be one segment twice; a cell that holds for none would say nothing.
        assert!((0..column.cells.len()).all(|cell| all.iter().any(|value| value[cell])), "{}", column.fact);
        all
    };
    COLUMNS.iter().map(of_column).collect()
});

fn values(column: &Column) -> impl Iterator<Item = &'static str> {
    column.values.iter().copied().chain(["missing", "unknown"])
}

fn loaded(decision: &str) -> Result<Policy, Diagnostics> {
    load(&[("bundle.yaml", &manifest()), ("decisions/fee.yaml", decision)])
}

/// A table: which columns, under which hit policy, the cells of each rule with what it gives, and whether it has an `otherwise`.
#[derive(Clone, Debug)]
struct Table {
    columns: Vec<usize>,
    hit: &'static str,
    rules: Vec<(Vec<usize>, usize)>,
    otherwise: bool,
}

fn tables() -> impl Strategy<Value = Table> {
    let columns = prop::collection::btree_set(0..COLUMNS.len(), 1..4);
    let rules = prop::collection::vec((prop::collection::vec(any::<u8>(), 3), 0..LEVELS.len()), 1..6);
    (columns, prop::sample::select(&HITS[..]), rules, any::<bool>()).prop_map(|(columns, hit, rules, otherwise)| {
        let columns: Vec<usize> = columns.into_iter().collect();
        let cells = |numbers: &[u8]| -> Vec<usize> {
            let cells = columns.iter().zip(numbers);
            cells.map(|(column, number)| usize::from(*number) % COLUMNS[*column].cells.len()).collect()
        };
        let rules = rules.iter().map(|(numbers, level)| (cells(numbers), *level)).collect();
        Table { columns: columns.clone(), hit, rules, otherwise: otherwise && !hit.starts_with("collect") }
    })
}

impl Table {
    /// The table with some of its rules, as text. Under `collect` it shows every rule that holds.
    fn text(&self, hit: &str) -> String {
        let is_number = hit == "collect sum" || hit == "collect count";
        let mut text = format!("decision: fee\nhit: {hit}\n");
        if hit == "priority" || hit == "collect ranked" {
            text.push_str("priority: {level: [high, middle, low]}\n");
        }
        text.push_str(if is_number {
            "outputs: {level: {type: integer}}\n"
        } else {
            "outputs: {level: {type: enum, values: [low, middle, high]}}\n"
        });
        let headings: Vec<&str> = self.columns.iter().map(|column| COLUMNS[*column].fact).collect();
        let _ = writeln!(text, "table: |\n  | id | {} | => level | because |", headings.join(" | "));
        for (at, (cells, level)) in self.rules.iter().enumerate() {
            let cells: Vec<&str> = self.columns.iter().zip(cells).map(|(column, cell)| COLUMNS[*column].cells[*cell]).collect();
            let given = if is_number { level.to_string() } else { LEVELS[*level].to_owned() };
            let _ = writeln!(text, "  | r{at} | {} | {given} | It is {level}. |", cells.join(" | "));
        }
        if self.otherwise {
            text.push_str("otherwise: {level: low, because: It is 0.}\n");
        }
        text
    }

    /// Every combination of values, by their numbers.
    fn points(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![Vec::new()];
        for column in &self.columns {
            let count = SATISFIES[*column].len();
            all = all.iter().flat_map(|point| (0..count).map(move |value| [&point[..], &[value]].concat())).collect();
        }
        all
    }

    fn is_known(&self, point: &[usize]) -> bool {
        self.columns.iter().zip(point).all(|(column, value)| *value < COLUMNS[*column].values.len())
    }

    /// For each rule whether it holds a point; a column that is left out holds everything.
    fn holding(&self, point: &[usize], without: Option<usize>) -> Vec<bool> {
        let holds = |cells: &Vec<usize>| {
            let places = self.columns.iter().zip(point).zip(cells).enumerate();
            places.into_iter().all(|(at, ((column, value), cell))| Some(at) == without || SATISFIES[*column][*value][*cell])
        };
        self.rules.iter().map(|(cells, _)| holds(cells)).collect()
    }

    /// The rule that decides: the first of those that hold, or under `priority` the first of those that give most.
    fn deciding(&self, holding: &[bool]) -> Option<usize> {
        let rank = |row: &usize| if self.hit == "priority" { (LEVELS.len() - self.rules[*row].1, *row) } else { (0, *row) };
        (0..holding.len()).filter(|row| holding[*row]).min_by_key(rank)
    }

    /// What a rule means; `otherwise` gives what `low` gives, for the same reason.
    fn meaning(&self, row: Option<usize>) -> Option<usize> {
        row.map(|row| self.rules[row].1).or(self.otherwise.then_some(0))
    }

    /// The facts that a message tells of a case.
    fn told<'m>(message: &'m str, before: &str) -> Vec<(&'m str, &'m str)> {
        let Some((_, told)) = message.split_once(before) else { return Vec::new() };
        let starts: Vec<usize> = told.match_indices("input.").map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([told.len()]);
        starts.iter().zip(ends).map(|(start, end)| told[*start..end].trim_end_matches(", ").split_once(" = ").unwrap()).collect()
    }

    /// A whole case of what is told: the other columns have some known value.
    fn case_of<'m>(&self, told: &[(&'m str, &'m str)]) -> Vec<(&'m str, &'m str)> {
        let others = self.columns.iter().map(|column| &COLUMNS[*column]);
        let others = others.filter(|column| told.iter().all(|(fact, _)| *fact != column.fact));
        told.iter().copied().chain(others.map(|column| (column.fact, column.values[0]))).collect()
    }
}

/// The rules that findings of a code name first.
fn named(found: &Diagnostics, code: Code) -> Vec<usize> {
    let of_code = found.iter().filter(|finding| finding.code == code);
    of_code.map(|finding| finding.message.split('`').nth(1).unwrap().trim_start_matches('r').parse().unwrap()).collect()
}

fn says(found: &Diagnostics, code: Code) -> bool {
    found.iter().any(|finding| finding.code == code)
}

/// Overlaps, where there may be none: each pair that is named, with its case.
fn overlaps(table: &Table, found: &Diagnostics) -> Result<BTreeSet<(usize, usize)>, TestCaseError> {
    let all = loaded(&Table { otherwise: false, ..table.clone() }.text("collect")).unwrap();
    let mut pairs = BTreeSet::new();
    for finding in found {
        prop_assert_eq!(finding.code, Code::Overlap, "{}", render_all(found, false));
        let mut rules = finding.message.split('`').skip(1).step_by(2).map(|rule| rule[1..].parse::<usize>().unwrap());
        let pair = (rules.next().unwrap(), rules.next().unwrap());
        let (_, holding) = hits(&all, &table.case_of(&Table::told(&finding.message, " with ")));
        prop_assert!(holding.contains(&pair.0) && holding.contains(&pair.1), "{}", finding.message);
        prop_assert!(pairs.insert((pair.0.min(pair.1), pair.0.max(pair.1))));
    }
    Ok(pairs)
}

fn check(table: &Table) -> Result<(), TestCaseError> {
    let points = table.points();
    let holding: Vec<Vec<bool>> = points.iter().map(|point| table.holding(point, None)).collect();
    let rows = 0..table.rules.len();
    let policy = loaded(&table.text(table.hit));

    let mut apart = BTreeSet::new();
    if table.hit == "unique" || table.hit == "any" {
        for second in rows.clone() {
            let differs = |first: &usize| table.hit == "unique" || table.rules[*first].1 != table.rules[second].1;
            let meets = |first: &usize| holding.iter().any(|point| point[*first] && point[second]);
            apart.extend((0..second).filter(differs).filter(meets).map(|first| (first, second)));
        }
    }
    let policy = match policy {
        Err(found) => {
            prop_assert_eq!(overlaps(table, &found)?, apart, "{}", render_all(&found, false));
            return Ok(());
        }
        Ok(policy) => policy,
    };
    prop_assert_eq!(&apart, &BTreeSet::new());
    prop_assert!(policy.warnings().is_empty(), "{}", render_all(policy.warnings(), false));
    let found = analyse(&policy);
    let shown = render_all(&found, false);
    prop_assert!(!says(&found, Code::NotAnalysed) && !says(&found, Code::CellOutOfReach), "{}", shown);

    // Rules that never decide.
    let decided: Vec<Option<usize>> = holding.iter().map(|point| table.deciding(point)).collect();
    let decides: BTreeSet<usize> = decided.iter().flatten().copied().collect();
    let is_ranked = table.hit == "first" || table.hit == "priority";
    let dead: Vec<usize> = rows.clone().filter(|row| is_ranked && !decides.contains(row)).collect();
    prop_assert_eq!(&named(&found, Code::NeverDecides), &dead, "{}", shown);

    // Rules without which all stays as it is.
    let redundant = named(&found, Code::RedundantRule);
    let is_covered = |row: usize, others: &dyn Fn(usize) -> bool| {
        let same = |other: &usize| *other != row && others(*other) && table.rules[*other].1 == table.rules[row].1;
        let by: Vec<usize> = rows.clone().filter(same).collect();
        holding.iter().filter(|point| point[row]).all(|point| by.iter().any(|other| point[*other]))
    };
    match table.hit {
        "first" => {
            let without = |row: usize, point: &[bool]| {
                let rest: Vec<bool> = point.iter().enumerate().map(|(at, holds)| *holds && at != row).collect();
                table.meaning(table.deciding(&rest))
            };
            let adds = |row: usize| holding.iter().zip(&decided).any(|(point, hit)| without(row, point) != table.meaning(*hit));
            let expected: Vec<usize> = rows.clone().filter(|row| !dead.contains(row) && !adds(*row)).collect();
            prop_assert_eq!(&redundant, &expected, "{}", shown);
        }
        "any" => {
            // Those that stay hold all cases of those that go, and each of them holds one of its own.
            let stays = |row: usize| !redundant.contains(&row);
            for row in rows.clone() {
                prop_assert_eq!(is_covered(row, &stays), !stays(row), "r{}\n{}", row, shown);
            }
        }
        _ => prop_assert!(redundant.is_empty(), "{}", shown),
    }
    let repeats = |row: usize| {
        (0..row).any(|first| table.rules[first].1 == table.rules[row].1 && holding.iter().all(|point| point[first] == point[row]))
    };
    let repeated: Vec<usize> = rows.clone().filter(|row| table.hit.starts_with("collect") && repeats(*row)).collect();
    prop_assert_eq!(&named(&found, Code::RepeatedRule), &repeated, "{}", shown);

    // Cases that no rule decides.
    let has_gaps = !table.otherwise && (!table.hit.starts_with("collect") || table.hit == "collect sum");
    let is_free = |at: &usize| holding[*at].iter().all(|holds| !holds);
    let free: Vec<usize> = (0..points.len()).filter(is_free).collect();
    let known_free = free.iter().any(|at| table.is_known(&points[*at]));
    prop_assert_eq!(says(&found, Code::Gap), has_gaps && known_free, "{}", shown);
    prop_assert_eq!(says(&found, Code::GapWhenMissing), has_gaps && !known_free && !free.is_empty(), "{}", shown);
    for gap in found.iter().filter(|finding| finding.code == Code::Gap) {
        let (status, _) = hits(&policy, &table.case_of(&Table::told(&gap.message, " with ")));
        prop_assert_eq!(status, PartStatus::NoRule, "{}", gap.message);
    }
    let idle_otherwise = table.otherwise && free.is_empty();
    prop_assert_eq!(says(&found, Code::OtherwiseNeverDecides), idle_otherwise, "{}", shown);

    // Columns that make no difference: none of their cells asks for anything, or none of them matters.
    let is_explained = !dead.is_empty() || !redundant.is_empty() || !repeated.is_empty();
    let mut idle = BTreeSet::new();
    for (at, column) in table.columns.iter().enumerate().filter(|_| !is_explained) {
        let is_asked = table.rules.iter().any(|(cells, _)| SATISFIES[*column].iter().any(|value| !value[cells[at]]));
        let wide = |point: &Vec<usize>| table.meaning(table.deciding(&table.holding(point, Some(at))));
        let is_same = || points.iter().zip(&decided).all(|(point, hit)| wide(point) == table.meaning(*hit));
        if !is_asked || (!table.hit.starts_with("collect") && is_same()) {
            idle.insert(COLUMNS[*column].fact);
        }
    }
    let told = found.iter().filter(|finding| finding.code == Code::ColumnWithoutEffect);
    let told: BTreeSet<&str> = told.map(|finding| finding.message.split('`').nth(1).unwrap()).collect();
    prop_assert_eq!(told, idle, "{}", shown);
    Ok(())
}

proptest! {
    #![proptest_config(crate::invariants::config(120))]

    #[test]
    fn every_finding_about_any_table_is_real_and_none_is_missing(table in tables()) {
        check(&table)?;
    }
}
