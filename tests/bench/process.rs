//! The program as a whole process, on the case that is built in.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::process::{Command, Stdio};

fn process(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("process");
    group.bench_function("redress decide", |bencher| {
        bencher.iter(|| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_redress"));
            program.args(["decide", "--example", "--at", "2026-03-05"]).current_dir(std::env::temp_dir());
            assert!(program.stdout(Stdio::null()).status().unwrap().success());
        });
    });
}

criterion_group!(benches, process);
criterion_main!(benches);
