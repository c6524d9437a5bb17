//! The tables of the README, each between two markers.

use crate::goals::short;
use crate::peer::{IF_CHAIN, ZEN};
use crate::results::Results;
use crate::tables::{Cell, Line};
use crate::timing::Times;

/// The README with its tables made anew.
pub fn filled(before: &str, of: &Results<'_>) -> Result<String, String> {
    let sections = [
        ("machine", machine(of)),
        ("in-memory", peers(of.lines, IF_CHAIN, |line| &line.in_memory)),
        ("from-json", peers(of.lines, ZEN, |line| &line.from_json)),
        ("goals", goals(of)),
        ("alone", alone(of)),
        ("latencies", latencies(of)),
        ("allocations", allocations(of)),
    ];
    sections.into_iter().try_fold(before.to_owned(), |text, (name, section)| replaced(&text, name, &section))
}

fn replaced(text: &str, name: &str, section: &str) -> Result<String, String> {
    let (begin, end) = (format!("<!-- {name}: written by the command -->\n"), format!("<!-- end of {name} -->"));
    let missing = || format!("README.md has no place for `{name}`");
    let (head, rest) = text.split_once(&begin).ok_or_else(missing)?;
    let (_, tail) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!("{head}{begin}{section}{end}{tail}"))
}

fn machine(of: &Results<'_>) -> String {
    let machine = &of.machine;
    let packages: Vec<String> = machine.packages.iter().map(|(name, version)| format!("{name} {version}")).collect();
    format!("{}, {} cores, {}; {}; {}.\n", machine.cpu, machine.cores, machine.system, machine.rustc, packages.join(", "))
}

/// A line for each engine, a column for each size; below the time how many times that of `base` it is.
fn peers(lines: &[Line], base: &str, of: impl Fn(&Line) -> &[Cell]) -> String {
    let sizes: Vec<String> = lines.iter().map(|line| format!("{} rows", short(line.rows as f64))).collect();
    let mut text = format!("| | {} |\n|---|{}\n", sizes.join(" | "), "---:|".repeat(sizes.len()));
    let mut notes: Vec<String> = Vec::new();
    let Some(first) = lines.first() else { return text };
    for cell in of(first) {
        let name = cell.name;
        let figures: Vec<String> = lines
            .iter()
            .map(|line| {
                let at = |name: &str| of(line).iter().find(|cell| cell.name == name).map(|cell| &cell.times);
                match (at(name), at(base)) {
                    (Some(Ok(times)), Some(Ok(base))) => {
                        format!("{} ({}) · {}", nanoseconds(times.median()), nanoseconds(times.min()), ratio(times, base))
                    }
                    (Some(Ok(times)), _) => format!("{} ({})", nanoseconds(times.median()), nanoseconds(times.min())),
                    (Some(Err(reason)), _) => {
                        notes.push(format!("{name} refuses {} rows: {reason}", short(line.rows as f64)));
                        "refused".to_owned()
                    }
                    (None, _) => "–".to_owned(),
                }
            })
            .collect();
        text.push_str(&format!("| {name} | {} |\n", figures.join(" | ")));
    }
    for note in notes {
        text.push_str(&format!("\n{note}\n"));
    }
    text
}

fn ratio(times: &Times, base: &Times) -> String {
    let times_as_long = times.over(base);
    if times_as_long < 0.1 {
        format!("1/{} ×", short((1.0 / times_as_long).round()))
    } else {
        format!("{} ×", short(times_as_long))
    }
}

/// In the unit that reads best.
fn nanoseconds(figure: f64) -> String {
    match figure {
        figure if figure < 1e3 => format!("{} ns", short(figure)),
        figure if figure < 1e6 => format!("{} µs", short(figure / 1e3)),
        figure => format!("{} ms", short(figure / 1e6)),
    }
}

fn goals(of: &Results<'_>) -> String {
    let mut text = String::from("| what | goal | measured | |\n|---|---|---|---|\n");
    for goal in of.goals {
        let met = if goal.met { "met" } else { "**missed**" };
        text.push_str(&format!("| {} | {} | {} | {met} |\n", goal.what, goal.goal, goal.measured));
    }
    text
}

fn alone(of: &Results<'_>) -> String {
    let mut text = String::from("| | median | least |\n|---|---:|---:|\n");
    for (name, times) in of.times {
        text.push_str(&format!("| {name} | {} | {} |\n", nanoseconds(times.median()), nanoseconds(times.min())));
    }
    text
}

fn allocations(of: &Results<'_>) -> String {
    let found = match of.allocations {
        Ok(found) => found,
        Err(reason) => return format!("Not measured: {reason}\n"),
    };
    let mut text = String::from("| one call | allocations | bytes |\n|---|---:|---:|\n");
    for (what, calls, bytes) in &found.each {
        text.push_str(&format!("| {what} | {} | {} |\n", short(*calls), short(*bytes)));
    }
    text.push_str("\n| loaded | holds | most while it is loaded |\n|---|---:|---:|\n");
    for (what, held, most) in &found.loaded {
        text.push_str(&format!("| {what} | {} MB | {} MB |\n", short(*held), short(*most)));
    }
    text
}

fn latencies(of: &Results<'_>) -> String {
    let mut text = String::from(
        "| meanwhile | decisions | median | 99 of 100 within | 99.9 of 100 within | worst |\n|---|---:|---:|---:|---:|---:|\n",
    );
    for (meanwhile, taken) in of.latencies {
        let figures = crate::results::spread(taken).map(|figure| nanoseconds(figure * 1e3));
        text.push_str(&format!("| {meanwhile} | {} | {} |\n", short(taken.len() as f64), figures.join(" | ")));
    }
    text
}
