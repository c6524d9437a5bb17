//! One plugin in Rhai: with it, without it, and a bare call of the same function.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use subjects::scripts::{Bare, Subject};

fn scripts(criterion: &mut Criterion) {
    let (subject, bare) = (Subject::new(), Bare::new());
    let mut group = criterion.benchmark_group("scripts");
    group.bench_function("with the plugin", |bencher| bencher.iter(|| subject.with_plugin()));
    group.bench_function("without the plugin", |bencher| bencher.iter(|| subject.without_plugin()));
    group.bench_function("bare call", |bencher| bencher.iter(|| bare.call()));
}

criterion_group!(benches, scripts);
criterion_main!(benches);
