//! Instructions of one decision, counted by valgrind.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

#[path = "../subjects/mod.rs"]
mod subjects;

use gungraun::{library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use subjects::{bundle, json, scripts, table};

/// What is measured stays alive, so that taking it apart is not counted; one call before, so that what is made once is there.
fn kept<S, R>(subject: S, call: fn(&'static S) -> R) -> &'static S {
    let subject: &'static S = Box::leak(Box::new(subject));
    drop(black_box(call(subject)));
    subject
}

fn hits(subject: &table::Subject) -> usize {
    let table = subject.policy.table(table::DECISION).unwrap();
    subject.cases.iter().filter_map(|case| table::first_hit(&table, black_box(case))).sum()
}

fn with_rows(rows: usize) -> &'static table::Subject {
    kept(table::Subject::new(rows), hits)
}

// All 256 cases; divide by their number.
#[library_benchmark]
#[bench::rows_10(args = (10), setup = with_rows)]
#[bench::rows_100(args = (100), setup = with_rows)]
#[bench::rows_1000(args = (1_000), setup = with_rows)]
#[bench::rows_10000(args = (10_000), setup = with_rows)]
fn first_hits_of_256_cases(subject: &'static table::Subject) -> usize {
    hits(subject)
}

fn the_bundle() -> &'static bundle::Subject {
    kept(bundle::Subject::new(), |subject| drop(subject.traced()))
}

#[library_benchmark]
#[bench::case(setup = the_bundle)]
fn default_bundle_traced(subject: &'static bundle::Subject) {
    drop(black_box(subject.traced()));
}

#[library_benchmark]
#[bench::case(setup = the_bundle)]
fn default_bundle_untraced(subject: &'static bundle::Subject) {
    subject.untraced()();
}

fn the_plugin() -> &'static scripts::Subject {
    kept(scripts::Subject::new(), |subject| drop(subject.with_plugin()))
}

#[library_benchmark]
#[bench::case(setup = the_plugin)]
fn one_plugin_reached(subject: &'static scripts::Subject) {
    drop(black_box(subject.with_plugin()));
}

fn the_text() -> &'static json::Subject {
    kept(json::Subject::new(), json::Subject::decide)
}

#[library_benchmark]
#[bench::case(setup = the_text)]
fn json_in_and_out(subject: &'static json::Subject) -> String {
    subject.decide()
}

#[library_benchmark]
#[bench::case(setup = the_text)]
fn reading_a_case(subject: &'static json::Subject) -> redress::Case {
    subject.read()
}

library_benchmark_group!(
    name = decisions;
    benchmarks =
        first_hits_of_256_cases,
        default_bundle_traced,
        default_bundle_untraced,
        one_plugin_reached,
        json_in_and_out,
        reading_a_case
);

main!(library_benchmark_groups = decisions);
