//! The program `redress`.

use std::process::ExitCode;

fn main() -> ExitCode {
    redress::cli::run()
}
