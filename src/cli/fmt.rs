//! `redress fmt`: documents in their canonical form.

use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use super::text_file;
use crate::authoring::format::{NotFormatted, format, line_diff};
use crate::engine::replace_file;
use crate::limits::DIRECTORY_DEPTH_MAX;
use crate::text::Source;
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// Where the documents lie when nothing is named.
const USUAL: &str = "policies";

/// Write documents in their canonical form: comments stay, and so does the meaning
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files, directories with all YAML documents below them, or `-` for standard input; else `./policies`
    #[arg(value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// Change nothing: show what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// Format standard input to standard output, as `-` does
    #[arg(long, conflicts_with = "paths")]
    stdin: bool,
}

/// How many documents of each kind there were.
#[derive(Default)]
struct Count {
    changed: usize,
    unchanged: usize,
    failed: usize,
}

impl Fmt {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let is_input = |path: &PathBuf| path.as_os_str() == STANDARD_INPUT;
        if self.stdin || self.paths.iter().any(is_input) {
            if self.paths.len() > 1 {
                let message = "standard input is formatted alone".to_owned();
                return Err(Failure::Usage { message, help: "leave the other paths out".to_owned() });
            }
            return self.standard_input(terminal);
        }
        let mut exit = Exit::Fine;
        let mut count = Count::default();
        for path in self.files()? {
            match self.file(&path, &mut count, terminal) {
                Ok(()) => {}
                Err(failure) => {
                    count.failed += 1;
                    exit = exit.max(terminal.fail(&failure));
                }
            }
        }
        terminal.remark(&self.summary(&count))?;
        Ok(if self.check && count.changed > 0 { exit.max(Exit::Findings) } else { exit })
    }

    fn summary(&self, count: &Count) -> String {
        let done = if self.check { "would change" } else { "formatted" };
        let mut said = vec![format!("{} {done}", count.changed), format!("{} as they were", count.unchanged)];
        if count.failed > 0 {
            said.push(format!("{} left alone, since something is wrong with them", count.failed));
        }
        said.join(", ")
    }

    /// The documents that are named, each once and in order.
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let usual = [PathBuf::from(USUAL)];
        let named: &[PathBuf] = if self.paths.is_empty() { &usual } else { &self.paths };
        let mut files: Vec<PathBuf> = Vec::new();
        for path in named {
            let failed = |error: io::Error| Failure::system(&format!("`{}` cannot be read", path.display()), &error);
            if !path.is_dir() {
                let found = path.metadata().map_err(failed);
                if self.paths.is_empty() && found.is_err() {
                    let help = "name files or directories: `redress fmt my-policies`".to_owned();
                    return Err(Failure::Usage { message: format!("there is no directory `{USUAL}` here"), help });
                }
                found?;
                if !is_document(path) {
                    let message = format!("`{}` is no YAML document", path.display());
                    let help = "letters, scripts, CSV tables and JSON stay as they are written".to_owned();
                    return Err(Failure::Usage { message, help });
                }
                files.push(path.clone());
                continue;
            }
            let before = files.len();
            walk(path, 0, &mut files).map_err(failed)?;
            if files.len() == before {
                let message = format!("there is no YAML document in `{}`", path.display());
                return Err(Failure::Environment { message, help: None });
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        files.retain(|file| seen.insert(file.clone()));
        Ok(files)
    }

    fn file(&self, path: &Path, count: &mut Count, terminal: &Terminal) -> Result<(), Failure> {
        let source = text_file::open(path)?;
        let formatted = formatted(&source)?;
        if formatted == source.text() {
            count.unchanged += 1;
            return Ok(());
        }
        if self.check {
            terminal.print(&line_diff(source.name(), source.text(), &formatted))?;
        } else {
            replace_file(path, &formatted)
                .map_err(|error| Failure::system(&format!("`{}` cannot be written", path.display()), &error))?;
            terminal.print(&format!("{}\n", path.display()))?;
        }
        count.changed += 1;
        Ok(())
    }

    fn standard_input(&self, terminal: &Terminal) -> Done {
        // The name says that it is YAML; which document it is, its first key says.
        let source = text_file::read(io::stdin(), "standard-input.yaml")
            .map_err(|finding| Failure::Environment { message: finding.message, help: finding.help })?;
        let formatted = formatted(&source)?;
        if !self.check {
            terminal.print(&formatted)?;
            return Ok(Exit::Fine);
        }
        terminal.print(&line_diff(source.name(), source.text(), &formatted))?;
        Ok(if formatted == source.text() { Exit::Fine } else { Exit::Findings })
    }
}

/// The canonical form of a document.
fn formatted(source: &Source) -> Result<String, Failure> {
    format(source.name(), source.text()).map_err(|refused| match refused {
        NotFormatted::Unreadable(findings) => {
            Failure::Findings { findings, message: format!("`{}` is not formatted until this is mended", source.name()) }
        }
        NotFormatted::Differs { .. } => Failure::Environment { message: refused.to_string(), help: None },
    })
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// All documents below a directory, sorted; hidden files and links to directories are left out.
fn walk(directory: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = std::fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            if depth < DIRECTORY_DEPTH_MAX {
                walk(&path, depth + 1, files)?;
            }
        } else if is_document(&path) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}
