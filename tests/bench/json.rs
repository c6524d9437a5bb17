//! A case in JSON, a decision in JSON, and the floor under both.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use subjects::json::Subject;

fn json(criterion: &mut Criterion) {
    let subject = Subject::new();
    let mut group = criterion.benchmark_group("json");
    group.bench_function("in and out", |bencher| bencher.iter(|| subject.decide()));
    group.bench_function("reading the case", |bencher| bencher.iter(|| subject.read()));
    group.bench_function("typed serde parse", |bencher| bencher.iter(|| subject.parse_typed()));
    group.bench_function("serialising the decision", |bencher| bencher.iter(|| subject.serialise()));
}

criterion_group!(benches, json);
criterion_main!(benches);
