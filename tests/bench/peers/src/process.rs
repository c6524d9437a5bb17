//! What has to be measured by a process of its own: the program as a whole, and allocations.

use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const OWN: &str = env!("CARGO_MANIFEST_DIR");
const REDRESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");

/// The program `redress` on one case.
#[derive(serde::Deserialize)]
pub struct WholeProcess {
    /// The median over many runs.
    pub wall_ms: f64,
    /// The most that any run held.
    pub resident_mb: f64,
}

pub fn whole() -> Result<WholeProcess, String> {
    let program = build(Path::new(REDRESS), "redress")?;
    run(&build(Path::new(OWN), "whole_process")?, &[program.to_string_lossy().as_ref()])
}

/// What was asked of the allocator.
#[derive(serde::Deserialize)]
pub struct Allocations {
    /// What was done, how many allocations it took, and how many bytes.
    pub each: Vec<(String, f64, f64)>,
    /// What was loaded, the megabytes that it holds, and the most that loading held.
    pub loaded: Vec<(String, f64, f64)>,
}

pub fn allocations() -> Result<Allocations, String> {
    run(&build(Path::new(OWN), "allocations")?, &[])
}

fn run<T: DeserializeOwned>(program: &Path, arguments: &[&str]) -> Result<T, String> {
    let done = Command::new(program).args(arguments).stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    serde_json::from_slice(&done.stdout).map_err(|error| format!("{}: {error}", program.display()))
}

/// Builds one program of a package in its release profile, and gives its path.
fn build(package: &Path, name: &str) -> Result<PathBuf, String> {
    // Where this program was built: <target>/release/peers.
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = own.ancestors().nth(2).unwrap_or(package);
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--message-format=json", "--bin", name, "--target-dir"])
        .arg(target)
        .current_dir(package)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    let messages = String::from_utf8_lossy(&built.stdout).into_owned();
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .ok_or_else(|| format!("`{name}` could not be built"))
}
