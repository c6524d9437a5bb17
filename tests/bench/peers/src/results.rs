//! The results for programs.

use crate::goals::Goal;
use crate::machine::Machine;
use crate::process::Allocations;
use crate::tables::{Cell, Line};
use crate::timing::Times;
use serde_json::{Map, Value, json};

pub struct Results<'a> {
    pub machine: Machine,
    pub lines: &'a [Line],
    pub goals: &'a [Goal],
    pub times: &'a [(&'static str, Times)],
    pub latencies: &'a [(&'static str, Vec<f64>)],
    pub allocations: &'a Result<Allocations, String>,
}

pub fn json(of: &Results<'_>) -> String {
    let packages: Map<String, Value> =
        of.machine.packages.iter().map(|(name, version)| ((*name).to_owned(), version.clone().into())).collect();
    let whole = json!({
        "machine": {
            "cpu": of.machine.cpu, "cores": of.machine.cores, "system": of.machine.system, "rustc": of.machine.rustc,
            "packages": packages,
        },
        "unit": "nanoseconds for a decision",
        "tables": of.lines.iter().map(|line| json!({
            "rows": line.rows,
            "in_memory": cells(&line.in_memory),
            "from_json": cells(&line.from_json),
            "json_bytes": line.json_bytes,
        })).collect::<Vec<_>>(),
        "alone": of.times.iter().map(|(name, times)| ((*name).to_owned(), figures(times))).collect::<Map<_, _>>(),
        "microseconds_of_a_decision_while": of.latencies.iter().map(|(while_, taken)| {
            let [median, most_of_100, most_of_1000, worst] = spread(taken);
            ((*while_).to_owned(), json!({"median": median, "p99": most_of_100, "p99.9": most_of_1000, "worst": worst, "decisions": taken.len()}))
        }).collect::<Map<_, _>>(),
        "goals": of.goals.iter().map(|goal| json!({
            "what": goal.what, "goal": goal.goal, "measured": goal.measured, "figure": goal.figure, "met": goal.met,
        })).collect::<Vec<_>>(),
        "allocations": match of.allocations {
            Ok(found) => json!({
                "each": found.each.iter().map(|(what, calls, bytes)| json!({"what": what, "allocations": calls, "bytes": bytes})).collect::<Vec<_>>(),
                "loaded": found.loaded.iter().map(|(what, held, peak)| json!({"what": what, "megabytes": held, "megabytes_at_most": peak})).collect::<Vec<_>>(),
            }),
            Err(reason) => reason.clone().into(),
        },
    });
    format!("{whole:#}\n")
}

fn cells(cells: &[Cell]) -> Map<String, Value> {
    let figure = |cell: &Cell| match &cell.times {
        Ok(times) => figures(times),
        Err(reason) => json!({"refused": reason}),
    };
    cells.iter().map(|cell| (cell.name.to_owned(), figure(cell))).collect()
}

fn figures(times: &Times) -> Value {
    let rounded = |figure: f64| (figure * 10.0).round() / 10.0;
    json!({"median": rounded(times.median()), "min": rounded(times.min())})
}

/// Median, 99 and 99.9 of a hundred, and the worst of sorted figures.
pub fn spread(sorted: &[f64]) -> [f64; 4] {
    let at = |share: f64| {
        let last = sorted.len().saturating_sub(1);
        let figure = sorted.get((last as f64 * share) as usize).copied().unwrap_or(f64::NAN);
        (figure * 10.0).round() / 10.0
    };
    [at(0.5), at(0.99), at(0.999), at(1.0)]
}
