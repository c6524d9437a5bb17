//! What a change of a policy does: two bundles compared, every region of cases that comes out differently, with a case of each.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use redress::authoring::diff::compare;
use subjects::diff::{default_bundle, tree};

fn comparing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("diff");
    group.sample_size(10);
    let pairs = [
        ("default bundle, nothing changed", default_bundle("", "")),
        ("default bundle, a cap lowered", default_bundle("per_case_cap: 250.00 case", "per_case_cap: 150.00 case")),
        ("tree of 1500 rules x 15 columns, a bound moved", tree(1_500, 15)),
    ];
    for (name, (old, new)) in &pairs {
        group.bench_function(*name, |bencher| bencher.iter(|| compare(old, new)));
    }
    group.finish();
}

criterion_group!(benches, comparing);
criterion_main!(benches);
