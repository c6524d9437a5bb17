//! `redress bundle`: bundles kept by their digest, and found again.

use super::bundle_choice::BundleChoice;
use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::free_directory::FreeDirectory;
use super::terminal::Terminal;
use super::trusted;
use crate::engine::{SIGNATURE_FILE, Store, StoreError, StoreList, StoredBundle, verify};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Keep bundles in a store, by the digest that decisions name
#[derive(Debug, Args)]
pub(super) struct BundleCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Pack(Pack),
    Unpack(Unpack),
    List(List),
}

/// Put what decides in a bundle, and its signature, into a store; prints its digest
#[derive(Debug, Args)]
struct Pack {
    /// The bundle; else `./policies`
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// The store, a directory; made if it is new or empty
    #[arg(long, value_name = "STORE")]
    store: PathBuf,
    /// Refuse the bundle unless it was signed with this public key, a PEM file; may be given several times
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// Keep a bundle that does not load here, as it calls functions or plugins of a service
    #[arg(long)]
    unchecked: bool,
}

/// Write a bundle of a store into a directory
#[derive(Debug, Args)]
struct Unpack {
    /// Its digest, or the first 8 or more digits of it
    digest: String,
    /// The store
    #[arg(long, value_name = "STORE")]
    store: PathBuf,
    /// A directory that is empty or does not exist yet
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// List the bundles of a store
#[derive(Debug, Args)]
struct List {
    /// The store
    #[arg(long, value_name = "STORE")]
    store: PathBuf,
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

impl BundleCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        match &self.action {
            Action::Pack(pack) => pack.run(terminal),
            Action::Unpack(unpack) => unpack.run(terminal),
            Action::List(list) => list.run(terminal),
        }
    }
}

impl Pack {
    fn run(&self, terminal: &Terminal) -> Done {
        let choice = BundleChoice::find_directory(self.bundle.as_deref())?;
        let name = choice.sound_name(self.unchecked)?;
        let signature = choice.signature()?;
        if !self.keys.is_empty() {
            let keys = trusted::read(&self.keys)?;
            let message = "nothing was stored".to_owned();
            verify(choice.files(), signature.as_ref(), &keys).map_err(|findings| Failure::Findings { findings, message })?;
        }
        let store = Store::open(&self.store).map_err(failure)?;
        let digest = store.put(choice.files(), signature.as_ref(), &name).map_err(failure)?;
        terminal.print(&format!("{digest}\n"))?;
        Ok(Exit::Fine)
    }
}

impl Unpack {
    fn run(&self, terminal: &Terminal) -> Done {
        let store = Store::open_existing(&self.store).map_err(failure)?;
        let stored = store.get(&self.digest).map_err(failure)?;
        let free = FreeDirectory::new(&self.to)?;
        // The manifest comes last: without it, what is half-written is no bundle.
        let (first, last): (Vec<_>, Vec<_>) = stored.files.iter().partition(|(path, _)| *path != "bundle.yaml");
        for (path, source) in first {
            free.write(path, source.text())?;
        }
        if let Some(signature) = &stored.signature {
            free.write(SIGNATURE_FILE, signature.text())?;
        }
        for (path, source) in last {
            free.write(path, source.text())?;
        }
        let (name, shown) = (&stored.about.name, self.to.display());
        let files = stored.files.len() + usize::from(stored.signature.is_some());
        terminal.print(&format!("bundle {} {}: {files} files written to {shown}\n", name.bundle, name.version))?;
        Ok(Exit::Fine)
    }
}

impl List {
    fn run(&self, terminal: &Terminal) -> Done {
        let store = Store::open_existing(&self.store).map_err(failure)?;
        let mut list = store.list().map_err(failure)?;
        let last_good = store.last_good().unwrap_or_else(|error| {
            list.damaged.push(error);
            None
        });
        let text = match self.format {
            Report::Text => text(&list, last_good.as_deref()),
            Report::Json => {
                let bundles: Vec<Value> = list.bundles.iter().map(|each| json_of(each, last_good.as_deref())).collect();
                format!("{:#}\n", Value::from(bundles))
            }
        };
        terminal.print(&text)?;
        for error in &list.damaged {
            terminal.fail(&failure(error.clone()));
        }
        Ok(if list.damaged.is_empty() { Exit::Fine } else { Exit::Environment })
    }
}

fn failure(error: StoreError) -> Failure {
    let message = "nothing was stored".to_owned();
    match error {
        StoreError::Refused(findings) => Failure::Findings { findings, message },
        error => Failure::Environment { message: error.to_string(), help: error.help() },
    }
}

fn text(list: &StoreList, last_good: Option<&str>) -> String {
    let mut rows = vec![["DIGEST", "STORED", "FILES", "BYTES", "SIGNED", "BUNDLE"].map(str::to_owned)];
    for each in &list.bundles {
        let name = &each.name;
        let digits = name.digest.split(':').next_back().unwrap_or("");
        let good = if last_good == Some(&name.digest) { " (last good)" } else { "" };
        rows.push([
            digits.get(..12).unwrap_or(digits).to_owned(),
            each.stored_at.to_string(),
            each.files.to_string(),
            each.bytes.to_string(),
            if each.is_signed { "yes" } else { "no" }.to_owned(),
            format!("{} {}{good}", name.bundle, name.version),
        ]);
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let (stored, files, bytes) = (width(1), width(2), width(3));
    let line = |[digest, at, count, size, signed, name]: &[String; 6]| {
        format!("{digest:<12}  {at:<stored$}  {count:>files$}  {size:>bytes$}  {signed:<6}  {name}\n")
    };
    rows.iter().map(line).collect()
}

fn json_of(each: &StoredBundle, last_good: Option<&str>) -> Value {
    json!({
        "bundle": each.name.bundle,
        "version": each.name.version,
        "digest": each.name.digest,
        "stored_at": each.stored_at.to_string(),
        "files": each.files,
        "bytes": each.bytes,
        "signed": each.is_signed,
        "last_good": last_good == Some(&each.name.digest),
    })
}
