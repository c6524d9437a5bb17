//! Cost against rows, both on a logarithmic scale, one line an engine. Every line carries its name at its end, so that there is no
//! legend to look up; colours follow the reader's light or dark background.

use crate::peer::{CEDAR, CEL, DECISION, IF_CHAIN, REGO, RHAI, ROWS, TABLE, ZEN, ZEN_TRACED};
use crate::tables::Line;
use std::fmt::Write;

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 560.0;
const LEFT: f64 = 78.0;
const RIGHT: f64 = 680.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 500.0;
const LABEL_GAP: f64 = 17.0;

/// An engine, its class of colour.
const ENGINES: [(&str, &str); 10] = [
    (TABLE, "own"),
    (DECISION, "whole"),
    (IF_CHAIN, "chain"),
    (ROWS, "rows"),
    (ZEN, "zen"),
    (ZEN_TRACED, "traced"),
    (RHAI, "rhai"),
    (CEL, "cel"),
    (REGO, "rego"),
    (CEDAR, "cedar"),
];

const STYLE: &str = "
  text { font-family: system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 13px; fill: #24292f }
  .title { font-size: 16px; font-weight: 600 }
  .page { fill: #ffffff } .grid { stroke: #d0d7de; stroke-width: 1 } .lead { stroke: #8c959f; stroke-width: 1; fill: none }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .own { stroke: #0969da; --c: #0969da } .whole { stroke: #54aeff; --c: #0a7bd6 } .chain { stroke: #57606a; --c: #57606a }
  .rows { stroke: #8c959f; --c: #6e7781 } .zen { stroke: #bc4c00; --c: #bc4c00 } .traced { stroke: #e16f24; --c: #c4580f }
  .rhai { stroke: #8250df; --c: #8250df } .cel { stroke: #1a7f37; --c: #1a7f37 } .rego { stroke: #bf3989; --c: #bf3989 }
  .cedar { stroke: #9a6700; --c: #9a6700 }
  .line.own { stroke-width: 3.5 } .line.whole { stroke-width: 3 } .line.traced, .line.rows { stroke-dasharray: 6 4 }
  text.name { fill: var(--c); stroke: none } circle { stroke: none; fill: var(--c) }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .page { fill: #0d1117 } .grid { stroke: #30363d } .lead { stroke: #6e7681 }
    .own { stroke: #58a6ff; --c: #58a6ff } .whole { stroke: #a5d6ff; --c: #a5d6ff } .chain { stroke: #c9d1d9; --c: #c9d1d9 }
    .rows { stroke: #8b949e; --c: #8b949e } .zen { stroke: #f0883e; --c: #f0883e } .traced { stroke: #ffb77c; --c: #ffb77c }
    .rhai { stroke: #bc8cff; --c: #bc8cff } .cel { stroke: #56d364; --c: #56d364 } .rego { stroke: #f778ba; --c: #f778ba }
    .cedar { stroke: #e3b341; --c: #e3b341 }
  }
";

pub fn svg(lines: &[Line]) -> String {
    let figures =
        lines.iter().flat_map(|line| ENGINES.iter().filter_map(|(name, _)| line.in_memory(name).map(|times| times.median())));
    let (least, most) = figures.fold((f64::INFINITY, 0.0_f64), |(least, most), figure| (least.min(figure), most.max(figure)));
    let decades = (least.log10().floor(), most.log10().ceil().max(least.log10().floor() + 1.0));
    let scale = Scale { rows: sizes(lines), decades };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Time of one decision against the rows of the table\">\n<style>{STYLE}</style>\n<rect class=\"page\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n<text class=\"title\" x=\"{LEFT}\" y=\"28\">Time of one decision, by rows of the table (6 columns, first hit)</text>\n"
    );
    grid(&mut out, &scale);
    let mut ends = Vec::new();
    for (name, class) in ENGINES {
        let points: Vec<(f64, f64)> = lines
            .iter()
            .filter_map(|line| line.in_memory(name).map(|times| (scale.x(line.rows as f64), scale.y(times.median()))))
            .collect();
        let Some(last) = points.last().copied() else { continue };
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        writeln!(out, "<polyline class=\"line {class}\" points=\"{}\"/>", path.join(" ")).ok();
        for (x, y) in &points {
            writeln!(out, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>").ok();
        }
        ends.push((name, class, last));
    }
    names(&mut out, ends);
    out.push_str("</svg>\n");
    out
}

struct Scale {
    rows: (f64, f64),
    /// Powers of ten of a nanosecond.
    decades: (f64, f64),
}

impl Scale {
    fn x(&self, rows: f64) -> f64 {
        let (first, last) = (self.rows.0.log10(), self.rows.1.log10());
        LEFT + (rows.log10() - first) / (last - first) * (RIGHT - LEFT)
    }

    fn y(&self, nanoseconds: f64) -> f64 {
        let (first, last) = self.decades;
        BOTTOM - (nanoseconds.log10() - first) / (last - first) * (BOTTOM - TOP)
    }
}

fn sizes(lines: &[Line]) -> (f64, f64) {
    let of = |line: Option<&Line>| line.map_or(1.0, |line| line.rows as f64);
    (of(lines.first()), of(lines.last()))
}

fn grid(out: &mut String, scale: &Scale) {
    for decade in scale.decades.0 as i32..=scale.decades.1 as i32 {
        let y = scale.y(10_f64.powi(decade));
        writeln!(out, "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\"/>").ok();
        writeln!(out, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", LEFT - 10.0, y + 4.0, decade_name(decade)).ok();
    }
    let mut rows = scale.rows.0;
    while rows <= scale.rows.1 * 1.001 {
        let x = scale.x(rows);
        writeln!(out, "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{BOTTOM}\"/>").ok();
        writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{} rows</text>",
            BOTTOM + 24.0,
            crate::goals::short(rows)
        )
        .ok();
        rows *= 10.0;
    }
}

fn decade_name(decade: i32) -> String {
    let (unit, name) = match decade {
        ..=2 => (decade, "ns"),
        3..=5 => (decade - 3, "µs"),
        6..=8 => (decade - 6, "ms"),
        _ => (decade - 9, "s"),
    };
    format!("{} {name}", 10_i64.pow(unit.max(0).unsigned_abs()))
}

/// The names beside the ends of their lines, moved apart where they would touch.
fn names(out: &mut String, mut ends: Vec<(&str, &str, (f64, f64))>) {
    ends.sort_by(|(.., one), (.., other)| one.1.total_cmp(&other.1));
    let mut places: Vec<f64> = ends.iter().map(|(.., (_, y))| *y).collect();
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + LABEL_GAP);
    }
    // What was pushed below the page goes up again.
    let mut lowest = BOTTOM + 4.0;
    for place in places.iter_mut().rev() {
        *place = place.min(lowest);
        lowest = *place - LABEL_GAP;
    }
    for ((name, class, (x, y)), place) in ends.into_iter().zip(places) {
        let (from, bend, to) = (x + 6.0, RIGHT + 16.0, RIGHT + 26.0);
        writeln!(
            out,
            "<polyline class=\"lead\" points=\"{from:.1},{y:.1} {:.1},{y:.1} {bend:.1},{place:.1} {to:.1},{place:.1}\"/>",
            from + 3.0
        )
        .ok();
        writeln!(
            out,
            "<text class=\"name {class}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            to + 5.0,
            place + 4.5,
            name.replace('`', "")
        )
        .ok();
    }
}
