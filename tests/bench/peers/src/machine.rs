//! What the measurements ran on.

use std::process::Command;

/// The versions that Cargo.lock names are those that ran.
const LOCK: &str = include_str!("../Cargo.lock");
const PACKAGES: [&str; 8] = ["redress", "zen-engine", "cedar-policy", "cel", "regorus", "rhai", "rust_decimal", "serde_json"];

pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    pub system: String,
    pub rustc: String,
    /// Package and version.
    pub packages: Vec<(&'static str, String)>,
}

impl Machine {
    pub fn here() -> Self {
        let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model =
            cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned()));
        Self {
            cpu: model.unwrap_or_else(|| "a processor that tells no name".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            rustc: said("rustc", &["--version"]),
            packages: PACKAGES.into_iter().filter_map(|name| version(name).map(|version| (name, version))).collect(),
        }
    }
}

fn said(program: &str, arguments: &[&str]) -> String {
    let said = Command::new(program).args(arguments).output();
    said.map_or_else(|error| error.to_string(), |said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn version(package: &str) -> Option<String> {
    let named = format!("name = \"{package}\"");
    let mut lines = LOCK.lines().skip_while(|line| *line != named);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}
