//! Runs a program many times and prints how long it took and how much memory it held. A small process of its own: until a child
//! becomes another program it counts the memory of the one that began it.

use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 61;

fn main() {
    let program = std::env::args().nth(1).expect("the program to run");
    let (mut walls, mut resident_kb) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let child = Command::new(&program)
            .args(["decide", "--example", "--at", "2026-03-05"])
            .current_dir(std::env::temp_dir())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program begins");
        let most = wait(child.id());
        walls.push(begun.elapsed().as_secs_f64() * 1e3);
        resident_kb = resident_kb.max(most);
    }
    walls.sort_by(f64::total_cmp);
    println!("{{\"wall_ms\": {}, \"resident_mb\": {}}}", walls[ROUNDS / 2], resident_kb as f64 / 1e3);
}

/// Waits for a child; its largest resident set, in kilobytes.
fn wait(child: u32) -> i64 {
    let mut status = 0;
    // SAFETY: plain numbers, for which all zeroes is a value.
    let mut usage = unsafe { std::mem::zeroed::<libc::rusage>() };
    // SAFETY: both pointers are to locals that live through the call; nobody else waits for this child.
    let ended = unsafe { libc::wait4(child.cast_signed(), &raw mut status, 0, &raw mut usage) };
    assert!(ended > 0 && status == 0, "the program ended with status {status}");
    usage.ru_maxrss
}
