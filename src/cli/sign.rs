//! `redress sign`: says by a signature that a bundle is ours, and how it is.

use super::bundle_choice::BundleChoice;
use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use crate::engine::{SIGNATURE_FILE, SigningKey, sign, write_signature};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  redress sign --new-key release.key          a new key: release.key, which nobody else may see, and release.key.pub
  redress sign policies --key release.key     writes policies/bundle.sig
  redress verify policies --key release.key.pub

A private key of `openssl genpkey -algorithm ed25519` does as well.";

/// Sign a bundle, or make a key to sign with
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sign {
    /// The bundle; else `./policies`
    #[arg(value_name = "DIR", conflicts_with = "new_key")]
    bundle: Option<PathBuf>,
    /// The private key, a PEM file
    #[arg(long, value_name = "FILE", required_unless_present = "new_key", conflicts_with = "new_key")]
    key: Option<PathBuf>,
    /// Make a key instead: FILE and, for those who verify, FILE.pub
    #[arg(long, value_name = "FILE")]
    new_key: Option<PathBuf>,
    /// Sign a bundle that does not load here, as it calls functions or plugins of a service
    #[arg(long, conflicts_with = "new_key")]
    unchecked: bool,
}

impl Sign {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        match (&self.new_key, &self.key) {
            (Some(path), _) => create(path, terminal),
            (None, Some(path)) => self.sign(path, terminal),
            (None, None) => Err(Failure::Usage {
                message: "there is no key to sign with".to_owned(),
                help: "`--key FILE` names one, `--new-key FILE` makes one".to_owned(),
            }),
        }
    }

    fn sign(&self, key: &Path, terminal: &Terminal) -> Done {
        let unsigned = |findings| Failure::Findings { findings, message: "nothing was signed".to_owned() };
        let key = SigningKey::read(key).map_err(unsigned)?;
        let choice = BundleChoice::find_directory(self.bundle.as_deref())?;
        let name = choice.sound_name(self.unchecked)?;
        let text = sign(choice.files(), &key).map_err(unsigned)?;
        let directory = choice.directory().unwrap_or(Path::new("."));
        let file = directory.join(SIGNATURE_FILE);
        write_signature(directory, &text)
            .map_err(|error| Failure::system(&format!("`{}` cannot be written", file.display()), &error))?;
        terminal.print(&format!(
            "bundle {} {}, {}: {} files signed with {}\nwritten to {}\n",
            name.bundle,
            name.version,
            choice.origin(),
            choice.files().len(),
            key.id(),
            file.display()
        ))?;
        Ok(Exit::Fine)
    }
}

fn create(path: &Path, terminal: &Terminal) -> Done {
    let key = SigningKey::create(path).map_err(|error| Failure::Environment { message: error.to_string(), help: None })?;
    let shown = path.display();
    terminal.print(&format!(
        "{shown}      the private key; who has it can sign\n\
         {shown}.pub  the public key, for those who verify\n\
         {}\n",
        key.id()
    ))?;
    Ok(Exit::Fine)
}
