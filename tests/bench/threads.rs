//! One policy shared by two threads, beside arithmetic on two threads, which shares nothing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use subjects::{bundle, threads};

fn on_threads(criterion: &mut Criterion) {
    let bundle = bundle::Subject::new();
    let decision = threads::decision(&bundle);
    let mut group = criterion.benchmark_group("threads");
    for threads in threads::THREADS {
        group.bench_function(BenchmarkId::new("decision", threads), |bencher| {
            bencher.iter_custom(|times| threads::time(threads, times, &decision));
        });
        group.bench_function(BenchmarkId::new("arithmetic", threads), |bencher| {
            bencher.iter_custom(|times| threads::time(threads, times, &threads::arithmetic));
        });
    }
}

criterion_group!(benches, on_threads);
criterion_main!(benches);
