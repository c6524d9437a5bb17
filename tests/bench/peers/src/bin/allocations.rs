//! Counts what is asked of the allocator: for each decision, and by what a loaded bundle holds.

#[path = "../../../subjects/mod.rs"]
mod subjects;

use redress::BundleFiles;
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use subjects::{bundle, json, load, scripts, table};

struct Counting;

static CALLS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicU64 = AtomicU64::new(0);
static PEAK: AtomicU64 = AtomicU64::new(0);

fn count(bytes: usize) {
    CALLS.fetch_add(1, Relaxed);
    BYTES.fetch_add(bytes as u64, Relaxed);
    let live = LIVE.fetch_add(bytes as u64, Relaxed) + bytes as u64;
    PEAK.fetch_max(live, Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged; counting touches nothing but atomics.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as u64, Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size() as u64, Relaxed);
        count(size);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let (table, bundle, json, scripts) =
        (table::Subject::new(1_000), bundle::Subject::new(), json::Subject::new(), scripts::Subject::new());
    let rows = table.policy.table(table::DECISION).expect("a decision over facts");
    let mut untraced = bundle.untraced();
    let mut case = 0;
    let mut next = || {
        case = (case + 1) % table.cases.len();
        &table.cases[case]
    };
    let each = [
        (
            "the row of a table of 1,000 rows, typed case",
            per_call(|| {
                black_box(table::first_hit(&rows, next()));
            }),
        ),
        ("default bundle, in memory, trace on", per_call(|| drop(black_box(bundle.traced())))),
        ("default bundle, in memory, trace off", per_call(&mut untraced)),
        ("default bundle, in memory, one plugin reached", per_call(|| drop(black_box(scripts.with_plugin())))),
        ("default bundle, the decision as a document", per_call(|| drop(black_box(bundle.document())))),
        ("default bundle, JSON in, JSON out", per_call(|| drop(black_box(json.decide())))),
        ("reading a case from JSON", per_call(|| drop(black_box(json.read())))),
    ];
    let loaded = [
        ("default bundle", held(load::default_files())),
        ("10,000 rules: 100 decisions of 100 rules", held(load::many_rules())),
        ("10,000 rules: one table in a CSV file", held(load::long_table())),
    ];
    let listed = |figures: &[(&str, (f64, f64))]| {
        let items: Vec<String> = figures.iter().map(|(what, (one, other))| format!("[\"{what}\", {one}, {other}]")).collect();
        items.join(", ")
    };
    println!("{{\"each\": [{}], \"loaded\": [{}]}}", listed(&each), listed(&loaded));
}

/// Allocations and bytes of one call.
fn per_call(mut call: impl FnMut()) -> (f64, f64) {
    const CALLS_MEASURED: u64 = 2_560;
    // What is made once (tables of names, time zones, buffers of a thread) is there after the first calls.
    (0..256).for_each(|_| call());
    let (calls, bytes) = (CALLS.load(Relaxed), BYTES.load(Relaxed));
    (0..CALLS_MEASURED).for_each(|_| call());
    let per = |now: u64, before: u64| (now - before) as f64 / CALLS_MEASURED as f64;
    (per(CALLS.load(Relaxed), calls), per(BYTES.load(Relaxed), bytes))
}

/// Megabytes that a loaded bundle holds, and the most while it was loaded; its files as texts come on top and are not counted.
fn held(files: BundleFiles) -> (f64, f64) {
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let policy = load::load(&files);
    let megabytes = |bytes: u64| bytes.saturating_sub(before) as f64 / 1e6;
    let held = (megabytes(LIVE.load(Relaxed)), megabytes(PEAK.load(Relaxed)));
    drop(policy);
    held
}
