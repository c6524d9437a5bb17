//! Many threads decide without pause while the bundle is exchanged under them.

use super::{BROKEN, Place, bundle, case, decide, number, numbers};
use redress::{BundleFiles, Engine};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const READERS: usize = 8;

/// The version behind the digest of each of the first bundles.
fn digests(bundles: usize) -> BTreeMap<String, String> {
    let digest = |number| {
        let mut files = BundleFiles::new();
        for (path, text) in bundle(number) {
            files.insert(path, text);
        }
        files.digest()
    };
    (0..=bundles).map(|number| (digest(number), number.to_string())).collect()
}

/// Exchanges the bundle that often while readers decide; the number of decisions they made.
fn exchange(place: &Place, reloads: usize, digests: &BTreeMap<String, String>) -> usize {
    place.write("bundle", &bundle(0));
    let engine = Engine::open(place.bundle()).unwrap();
    let (over, decided) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                let case = case();
                while !over.load(Ordering::Relaxed) {
                    let decision = decide(&engine, &case);
                    let [version, left, right] = numbers(&decision);
                    assert_eq!((&left, &right), (&version, &version), "a decision from two policies");
                    assert_eq!(digests.get(&decision.policy.digest), Some(&version), "it names the digest it was made under");
                    decided.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for round in 1..=reloads {
            place.write("bundle", &bundle(round));
            assert!(engine.reload().is_taken(), "round {round}");
        }
        over.store(true, Ordering::Relaxed);
    });
    assert_eq!(number(&engine), reloads.to_string());
    decided.into_inner()
}

#[test]
fn readers_see_whole_policies_through_500_reloads() {
    let decided = exchange(&Place::new("readers"), 500, &digests(500));
    assert!(decided >= READERS, "{decided} decisions");
}

#[test]
fn good_and_bad_bundles_in_turn_end_on_the_last_good_one() {
    let place = Place::new("in-turn");
    place.write("bundle", &bundle(0));
    let engine = Engine::open(place.bundle()).unwrap();
    for round in 1..=50 {
        place.write("bundle", &bundle(round));
        if round % 2 == 0 {
            place.write("bundle", &[BROKEN]);
        }
        let is_taken = engine.reload().is_taken();
        assert_eq!(is_taken, round % 2 == 1, "round {round}");
        assert_eq!(number(&engine), if is_taken { round } else { round - 1 }.to_string());
    }
    let status = engine.status();
    assert_eq!((status.loads, status.rejections, status.is_stale()), (26, 25, true));
}

/// `cargo test --release --test it -- --ignored --nocapture ten_thousand`
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes; README names the command"]
fn memory_stays_flat_through_ten_thousand_reloads() {
    let resident = || {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
        pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096 / 1024
    };
    let place = Place::new("ten-thousand");
    let digests = digests(10_000);
    exchange(&place, 500, &digests);
    let before = resident();
    let decided = exchange(&place, 10_000, &digests);
    let after = resident();
    println!("10000 reloads, {decided} decisions beside them; resident {before} KiB after 500, {after} KiB after 10500");
    assert!(after < before + before / 10, "resident memory grew from {before} to {after} KiB");
}
