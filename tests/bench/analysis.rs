//! Everything that `redress check` looks for in one table: overlaps, gaps, rules that never decide, rules and columns that change
//! nothing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use subjects::analysis::{counted, parity, random_tree, tangled};

fn analysing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("analysis");
    group.sample_size(10);
    let tables = [
        ("tree of 1500 rules x 15 columns", random_tree(1_500, 15)),
        ("tree of 10000 rules x 6 columns", random_tree(10_000, 6)),
        ("parity of 12 columns, 2048 rules", parity(12)),
        ("tangle of 400 rules x 40 columns", tangled(400, 40)),
    ];
    for (name, policy) in &tables {
        group.bench_function(*name, |bencher| bencher.iter(|| counted(policy)));
    }
}

criterion_group!(benches, analysing);
criterion_main!(benches);
