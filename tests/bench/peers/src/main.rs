//! Measures redress beside other engines and against its own goals, and writes the results, the tables of the README and the chart.

mod chart;
mod expression;
mod goals;
mod machine;
mod peer;
mod process;
mod readme;
mod results;
#[path = "../../subjects/mod.rs"]
mod subjects;
mod tables;
mod timing;

use std::path::Path;

/// Some engines walk ten thousand rows by recursion when they compile them.
const STACK_BYTES: usize = 1 << 30;

fn main() {
    let measured = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(run).map(std::thread::JoinHandle::join);
    match measured {
        Ok(Ok(Ok(()))) => {}
        Ok(Ok(Err(reason))) => fail(&reason),
        Ok(Err(_)) => std::process::exit(1),
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(reason: &str) {
    eprintln!("error: {reason}");
    std::process::exit(1);
}

fn run() -> Result<(), String> {
    let note = |what: &str| eprintln!("{what}");
    // First, as in a service: before other engines have strewn what they hold over the heap.
    let alone = goals::of_redress(note);
    let lines = tables::measure(note);
    let mut all = goals::of_tables(&lines);
    all.extend(alone.goals);
    let found = results::Results {
        machine: machine::Machine::here(),
        lines: &lines,
        goals: &all,
        times: &alone.times,
        latencies: &alone.latencies,
        allocations: &alone.allocations,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    write("results.json", results::json(&found))?;
    write("chart.svg", chart::svg(&lines))?;
    let path = folder.join("README.md");
    let before = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    write("README.md", readme::filled(&before, &found)?)?;
    for goal in &all {
        println!("{} {}: {} (goal: {})", if goal.met { "met   " } else { "MISSED" }, goal.what, goal.measured, goal.goal);
    }
    Ok(())
}
