//! A changed bundle: from reading its directory to serving, and how long decisions take meanwhile.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

mod subjects;

use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;
use subjects::{bundle, reload};

fn reloading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reload");
    group.sample_size(10);
    let bundles = [("default bundle", reload::default_bundle()), ("1000 rules", reload::thousand_rules())];
    for (name, mut subject) in bundles {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| subject.reload()).sum());
        });
        let (_watching, taken) = subject.follow();
        group.bench_function(format!("{name}, from the last event, quiet period apart"), |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| subject.follow_one(&taken)).sum());
        });
    }
    group.finish();
}

fn deciding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decision with its document");
    let (case, at) = (bundle::Subject::new().case, bundle::at());
    let mut subject = reload::default_bundle();
    let engine = subject.engine.clone();
    let mean = |taken: &[Duration]| taken.iter().sum::<Duration>() / u32::try_from(taken.len()).unwrap();
    let mut measure = |name: &str, meanwhile: &mut (dyn FnMut() + Send)| {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let taken = reload::latencies(&engine, &case, at, Duration::from_millis(200), &mut *meanwhile);
                mean(&taken) * u32::try_from(times).unwrap_or(u32::MAX)
            });
        });
    };
    measure("alone", &mut || std::thread::sleep(Duration::from_millis(1)));
    measure("while the bundle is reloaded without pause", &mut || {
        subject.reload();
    });
}

criterion_group!(benches, reloading, deciding);
criterion_main!(benches);
