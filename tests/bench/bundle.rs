//! The whole default bundle, in memory: all decisions, guardrails, every reason kept or none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use subjects::bundle::Subject;

fn bundle(criterion: &mut Criterion) {
    let subject = Subject::new();
    let mut group = criterion.benchmark_group("bundle");
    group.bench_function("trace on", |bencher| bencher.iter(|| subject.traced()));
    let mut untraced = subject.untraced();
    group.bench_function("trace off", |bencher| bencher.iter(&mut untraced));
    group.bench_function("document", |bencher| bencher.iter(|| subject.document()));
}

criterion_group!(benches, bundle);
criterion_main!(benches);
