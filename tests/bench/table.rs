//! One table: growth with its rows, the matcher alone and the whole decision, and what near misses cost who asks for them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use subjects::generated::SIZES;
use subjects::table::{self, Subject};

fn table(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("table");
    for rows in SIZES {
        let subject = Subject::new(rows);
        let table = subject.policy.table(table::DECISION).unwrap();
        let mut cases = subject.cases.iter().cycle();
        group.bench_function(BenchmarkId::new("first hit", rows), |bencher| {
            bencher.iter(|| table::first_hit(&table, black_box(cases.next().unwrap())));
        });
        group.bench_function(BenchmarkId::new("decision", rows), |bencher| {
            bencher.iter(|| table::evaluated(&subject.policy, black_box(cases.next().unwrap())));
        });
    }
}

criterion_group!(benches, table);
criterion_main!(benches);
