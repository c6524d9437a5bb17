//! Is a bundle written for this engine?

use crate::bundle::Manifest;
use crate::text::{Code, Diagnostic, Diagnostics};

pub(super) fn check(manifest: &Manifest, out: &mut Diagnostics) {
    if let Some(engine) = &manifest.engine {
        match fits_engine(&engine.value) {
            Some(true) => {}
            Some(false) => {
                let message =
                    format!("this bundle is written for engine `{}`, this is {}", engine.value, env!("CARGO_PKG_VERSION"));
                let help = "run it with an engine of that version, or check the bundle with this one and change `engine`";
                out.push(Diagnostic::at(Code::EngineVersion, &engine.place, message).help(help));
            }
            None => {
                let message = format!("`{}` is not a range of versions", engine.value);
                out.push(Diagnostic::at(Code::EngineVersion, &engine.place, message).help("write `\">=0.1\"` or `\"0.1\"`"));
            }
        }
    }
}

/// Does this engine lie in a range such as `>=0.1` or `0.1`? Nothing when it is not a range.
fn fits_engine(range: &str) -> Option<bool> {
    let numbers = |text: &str| text.trim().split('.').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>();
    let own = numbers(env!("CARGO_PKG_VERSION"))?;
    match range.trim().strip_prefix(">=") {
        Some(least) => numbers(least).map(|least| own >= least),
        None => numbers(range).map(|wanted| own.starts_with(&wanted)),
    }
}
