//! What the fuzz targets do, by the name of the target. The bodies are shared with the tests of redress, which replay every seed and
//! everything that was found.

#[path = "../bodies/mod.rs"]
mod bodies;

use std::path::Path;
use std::{env, fs, io, process};

/// Names a directory: a target writes its seeds into `corpus/TARGET` of it and its words into `TARGET.dict`, and ends.
const SEEDS: &str = "REDRESS_FUZZ_SEEDS";

/// Runs one input of a target. A panic is a finding.
pub fn run(target: &str, data: &[u8]) {
    bodies::run(target, data);
}

/// What a target does before its first input.
pub fn begin(target: &str) {
    let Some(directory) = env::var_os(SEEDS) else { return };
    match write_seeds(target, Path::new(&directory)) {
        Ok(()) => process::exit(0),
        Err(error) => {
            eprintln!("the seeds of {target} cannot be written: {error}");
            process::exit(1);
        }
    }
}

fn write_seeds(target: &str, directory: &Path) -> io::Result<()> {
    let corpus = directory.join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let seeds = bodies::seeds(target);
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number:05}")), seed)?;
    }
    let words = bodies::words(target);
    fs::write(directory.join(format!("{target}.dict")), &words)?;
    println!("{target}: {} seeds, {} words", seeds.len(), words.lines().count());
    Ok(())
}
