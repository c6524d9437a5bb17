//! Loading, checking and compiling bundles.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use subjects::load;

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10);
    let bundles = [
        ("default bundle", load::default_files()),
        ("100 decisions of 100 rules", load::many_rules()),
        ("one table of 10000 rows", load::long_table()),
    ];
    for (name, files) in &bundles {
        group.bench_function(*name, |bencher| bencher.iter(|| load::load(files)));
    }
}

criterion_group!(benches, loading);
criterion_main!(benches);
