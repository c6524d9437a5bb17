//! The generated tables, decided by every engine: answers compared first, then timed.

use crate::peer::{self, Peer};
use crate::subjects::generated::{CASES, SIZES};
use crate::subjects::table::Subject;
use crate::timing::{Contender, Times, interleaved};
use std::time::{Duration, Instant};

/// A slow engine decides fewer cases in one turn, still spread evenly over the rows.
const TURN_MOST: Duration = Duration::from_millis(30);
const CASES_MIN: usize = 16;

/// What came of one engine at one size.
pub struct Cell {
    pub name: &'static str,
    pub times: Result<Times, String>,
}

/// All engines at one size.
pub struct Line {
    pub rows: usize,
    pub in_memory: Vec<Cell>,
    pub from_json: Vec<Cell>,
    /// Bytes of the shortest and the longest case as JSON.
    pub json_bytes: (usize, usize),
}

impl Line {
    pub fn in_memory(&self, name: &str) -> Option<&Times> {
        find(&self.in_memory, name)
    }

    pub fn from_json(&self, name: &str) -> Option<&Times> {
        find(&self.from_json, name)
    }
}

fn find<'a>(cells: &'a [Cell], name: &str) -> Option<&'a Times> {
    cells.iter().find(|cell| cell.name == name).and_then(|cell| cell.times.as_ref().ok())
}

/// All sizes.
pub fn measure(note: impl Fn(&str)) -> Vec<Line> {
    SIZES.into_iter().map(|rows| line(rows, &note)).collect()
}

fn line(rows: usize, note: &impl Fn(&str)) -> Line {
    note(&format!("{rows} rows: loading"));
    // The engines borrow it until the program ends.
    let subject: &'static Subject = Box::leak(Box::new(Subject::new(rows)));
    let bytes =
        subject.facts.iter().map(|facts| crate::subjects::table::case_json(facts, crate::subjects::table::Amounts::Text).len());
    let json_bytes = bytes.fold((usize::MAX, 0), |(least, most), bytes| (least.min(bytes), most.max(bytes)));
    note(&format!("{rows} rows: in memory"));
    let in_memory = contest(subject, peer::in_memory(subject));
    note(&format!("{rows} rows: from JSON"));
    let from_json = contest(subject, peer::from_json(subject));
    Line { rows, in_memory, from_json, json_bytes }
}

fn contest(subject: &Subject, mut peers: Vec<Peer>) -> Vec<Cell> {
    for peer in &mut peers {
        compare(subject, peer);
    }
    let mut refused = Vec::new();
    let mut contenders = Vec::new();
    for peer in &mut peers {
        match &mut peer.decide {
            Ok(decide) => {
                let cases = spread(decide.as_mut());
                refused.push((peer.name, None));
                contenders.push(Contender::of_units(cases.len(), move || decide.run(&cases)));
            }
            Err(reason) => refused.push((peer.name, Some(reason.clone()))),
        }
    }
    let mut times = interleaved(contenders).into_iter();
    refused
        .into_iter()
        .filter_map(|(name, reason)| {
            let times = match reason {
                Some(reason) => Err(reason),
                None => Ok(times.next()?),
            };
            Some(Cell { name, times })
        })
        .collect()
}

/// Every answer to every case has to be the right one, or nothing is timed.
fn compare(subject: &Subject, peer: &mut Peer) {
    let Ok(decide) = &mut peer.decide else { return };
    for (case, expected) in subject.hits.iter().enumerate() {
        let answer = decide.answer(case);
        assert_eq!(
            answer,
            Some(*expected),
            "{} at {} rows: case {case}, {:?}, hits another row",
            peer.name,
            subject.rows.len(),
            subject.facts[case]
        );
    }
}

fn spread(decide: &mut dyn peer::Decide) -> Vec<usize> {
    let few: Vec<usize> = every(CASES_MIN);
    let begun = Instant::now();
    decide.run(&few);
    let each = begun.elapsed().as_secs_f64() / few.len() as f64;
    let affordable = (TURN_MOST.as_secs_f64() / each) as usize;
    every(affordable.clamp(CASES_MIN, CASES))
}

/// So many cases, as evenly spread as they are.
fn every(count: usize) -> Vec<usize> {
    (0..count).map(|at| (2 * at + 1) * CASES / (2 * count)).collect()
}
