//! Writes the generated tables as Rust code: what a programmer would write by hand, one `if` a row.

#[path = "../subjects/generated.rs"]
#[allow(dead_code, reason = "the build needs the tables, not the cases")]
mod generated;

use generated::{FAULTS, REGIONS, Row, SIZES, Span, TIERS};
use std::fmt::Write;

/// A function of ten thousand rows would take the compiler minutes.
const ROWS_A_FUNCTION: usize = 50;

/// How two decimals are compared: by the operator, which the compiler copies into every row, or by a call of one function.
const FORMS: [(&str, Comparison); 2] =
    [("plain", |limit| format!("case.amount > {limit}")), ("called", |limit| format!("over(&case.amount, &{limit})"))];

type Comparison = fn(&str) -> String;

fn main() {
    println!("cargo::rerun-if-changed=../subjects/generated.rs");
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::new();
    for (name, members) in [("Tier", &TIERS[..]), ("Fault", &FAULTS[..]), ("Region", &REGIONS[..])] {
        let members: Vec<String> = members.iter().map(|member| variant(member)).collect();
        let listed: Vec<String> = members.iter().map(|member| format!("{name}::{member}")).collect();
        writeln!(code, "#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum {name} {{ {} }}", members.join(", ")).unwrap();
        writeln!(code, "impl {name} {{ pub const ALL: &[Self] = &[{}]; }}", listed.join(", ")).unwrap();
    }
    for size in SIZES {
        let rows = generated::table(size);
        for (form, over) in FORMS {
            chain(&mut code, &rows, form, over);
        }
    }
    let path = std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("if_chains.rs");
    std::fs::write(path, code).unwrap();
}

fn chain(code: &mut String, rows: &[Row], form: &str, over: Comparison) {
    let size = rows.len();
    let mut parts = Vec::new();
    for (part, chunk) in rows.chunks(ROWS_A_FUNCTION).enumerate() {
        let name = format!("{form}_{size}_part_{part}");
        writeln!(code, "#[inline(never)]\nfn {name}(case: &Facts) -> Option<usize> {{").unwrap();
        for (at, row) in chunk.iter().enumerate() {
            writeln!(code, "    if {} {{ return Some({}); }}", condition(row, over), part * ROWS_A_FUNCTION + at).unwrap();
        }
        code.push_str("    None\n}\n");
        parts.push(name);
    }
    writeln!(code, "pub fn {form}_{size}(case: &Facts) -> Option<usize> {{").unwrap();
    for part in parts {
        writeln!(code, "    if let Some(row) = {part}(case) {{ return Some(row); }}").unwrap();
    }
    code.push_str("    None\n}\n");
}

fn condition(row: &Row, over: Comparison) -> String {
    let mut all = Vec::new();
    let one_of = |field: &str, kind: &str, members: &[usize], names: &[&str]| {
        let members: Vec<String> = members.iter().map(|at| format!("{kind}::{}", variant(names[*at]))).collect();
        (!members.is_empty()).then(|| format!("matches!(case.{field}, {})", members.join(" | ")))
    };
    let span = |field: &str, span: Span| {
        let mut ends = Vec::new();
        ends.extend(span.from.map(|from| format!("case.{field} >= {from}")));
        ends.extend(span.to.map(|to| format!("case.{field} <= {to}")));
        ends
    };
    all.extend(one_of("tier", "Tier", &row.tiers, &TIERS));
    all.extend(span("tenure_months", row.tenure_months));
    if let Some((least, most)) = row.amount_cents {
        all.push(over(&decimal(least)));
        all.push(format!("!({})", over(&decimal(most))));
    }
    all.extend(one_of("fault", "Fault", &row.faults, &FAULTS));
    all.extend(span("disputes", row.disputes));
    all.extend(one_of("region", "Region", &row.regions, &REGIONS));
    if all.is_empty() { "true".to_owned() } else { all.join(" && ") }
}

/// A decimal that the compiler makes, with two digits after the point.
fn decimal(cents: i64) -> String {
    format!("const {{ Decimal::from_parts({cents}, 0, 0, false, 2) }}")
}

/// `our_error` as `OurError`, `US` as `Us`.
fn variant(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..].to_lowercase();
    name.split('_').map(word).collect()
}
