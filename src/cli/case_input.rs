//! Cases from files, directories and standard input; a history is read as a stream, never whole.

use super::example::Example;
use super::exit::Failure;
use super::text_file;
use crate::case::{Case, CaseFormat, read_text};
use crate::history::{CsvCases, JsonLines, Mapping, StreamFormat};
use crate::limits::{DIRECTORY_DEPTH_MAX, DOCUMENT_BYTES_MAX};
use crate::text::{Diagnostics, Source};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Where cases come from.
#[derive(Clone, Debug)]
pub(super) enum CaseInput {
    File(PathBuf),
    StandardInput,
    Example(Example),
}

/// A case, or every mistake in it.
pub(super) type ReadCase = Result<Case, Diagnostics>;

/// Cases, opened.
pub(super) struct OpenCases {
    pub(super) cases: Box<dyn Iterator<Item = ReadCase>>,
    /// How many, where that is known before they are read: a history may be endless.
    pub(super) count: Option<usize>,
}

impl CaseInput {
    /// What the arguments name: files as they are, directories as all case files below them, sorted.
    ///
    /// What cannot be found or read is told apart from the rest, which is decided all the same.
    pub(super) fn of_arguments(arguments: &[PathBuf], mapping: Option<&Path>) -> (Vec<Self>, Vec<Failure>) {
        let (mut inputs, mut failures) = (Vec::new(), Vec::new());
        for argument in arguments {
            if argument.as_os_str() == STANDARD_INPUT {
                inputs.push(Self::StandardInput);
            } else if argument.is_dir() {
                let mut files = Vec::new();
                let walked = walk(argument, 0, mapping, &mut files).map_err(|error| unreadable(argument, &error));
                match walked {
                    Ok(()) if files.is_empty() => failures.push(no_cases(argument)),
                    Ok(()) => inputs.extend(files.into_iter().map(Self::File)),
                    Err(failure) => failures.push(failure),
                }
            } else {
                inputs.push(Self::File(argument.clone()));
            }
        }
        (inputs, failures)
    }

    /// The one case of a file or of standard input. `wanted` is what it is read for, for whoever names several.
    pub(super) fn one(path: &Path, wanted: &str) -> Result<Case, Failure> {
        let input = if path.as_os_str() == STANDARD_INPUT { Self::StandardInput } else { Self::File(path.to_owned()) };
        let shown =
            if path.as_os_str() == STANDARD_INPUT { "standard input".to_owned() } else { format!("`{}`", path.display()) };
        if path.is_dir() {
            let help = "name one case file".to_owned();
            return Err(Failure::Usage { message: format!("{wanted} belongs to one case, and {shown} is a directory"), help });
        }
        let mut cases = input.open(None)?.cases;
        match (cases.next(), cases.next()) {
            (Some(Ok(case)), None) => Ok(case),
            (Some(Err(findings)), _) => {
                Err(Failure::Findings { findings, message: format!("the case in {shown} cannot be read until this is mended") })
            }
            (Some(Ok(_)), Some(_)) => {
                let help = "put the case that is meant into a file of its own".to_owned();
                Err(Failure::Usage { message: format!("{wanted} belongs to one case, and {shown} holds several"), help })
            }
            (None, _) => {
                Err(Failure::Usage { message: format!("there is no case in {shown}"), help: "name a case file".to_owned() })
            }
        }
    }

    /// Opens it.
    pub(super) fn open(&self, mapping: Option<&Mapping>) -> Result<OpenCases, Failure> {
        match self {
            Self::Example(example) => Ok(OpenCases::of_text(&example.source(), Example::FORMAT)),
            Self::File(path) => {
                let name = path.display().to_string();
                let file = File::open(path).map_err(|error| unreadable(path, &error))?;
                match StreamFormat::of_name(&name) {
                    Some(format) => open(file, &name, format, mapping),
                    None => open_unknown(file, &name, mapping),
                }
            }
            Self::StandardInput => open_unknown(io::stdin(), "standard input", mapping),
        }
    }
}

impl CaseInput {
    /// The cases of a file that was read whole.
    pub(super) fn of_text(path: &Path, text: Vec<u8>, mapping: Option<&Mapping>) -> Result<OpenCases, Failure> {
        let name = path.display().to_string();
        match StreamFormat::of_name(&name) {
            Some(format) => open(Cursor::new(text), &name, format, mapping),
            None => open_unknown(Cursor::new(text), &name, mapping),
        }
    }
}

impl OpenCases {
    fn of_text(source: &Source, format: CaseFormat) -> Self {
        let cases = read_text(source, format);
        Self { count: Some(cases.len()), cases: Box::new(cases.into_iter()) }
    }

    fn of_stream(cases: impl Iterator<Item = ReadCase> + 'static) -> Self {
        Self { count: None, cases: Box::new(cases) }
    }
}

/// Opens what does not tell its form by its name. Only its first line is looked at, so that a live stream is not held up.
fn open_unknown(reader: impl Read + 'static, name: &str, mapping: Option<&Mapping>) -> Result<OpenCases, Failure> {
    let mut reader = BufReader::new(reader);
    let mut start = Vec::new();
    while start.trim_ascii().is_empty() {
        let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX);
        let count =
            (&mut reader).take(most).read_until(b'\n', &mut start).map_err(|error| unreadable(Path::new(name), &error))?;
        if count == 0 || start.len() > DOCUMENT_BYTES_MAX {
            break;
        }
    }
    let format = match mapping {
        Some(_) => StreamFormat::Csv,
        None => StreamFormat::of_start(&String::from_utf8_lossy(&start)),
    };
    open(Cursor::new(start).chain(reader), name, format, mapping)
}

fn open(reader: impl Read + 'static, name: &str, format: StreamFormat, mapping: Option<&Mapping>) -> Result<OpenCases, Failure> {
    match format {
        StreamFormat::JsonLines => Ok(OpenCases::of_stream(JsonLines::open(reader, name))),
        StreamFormat::Document(format) => Ok(document(reader, name, format)),
        StreamFormat::Csv => {
            let mapping = mapping.ok_or_else(|| Failure::Usage {
                message: format!("`{name}` is a table: what its columns mean has to be said by a mapping"),
                help: "name one: `redress decide --mapping mapping.yaml cases.csv`".to_owned(),
            })?;
            let cases = CsvCases::open(reader, name, mapping).map_err(|findings| Failure::Findings {
                findings,
                message: format!("no case of `{name}` can be read until this is mended"),
            })?;
            Ok(OpenCases::of_stream(cases))
        }
    }
}

/// One document.
fn document(reader: impl Read, name: &str, format: CaseFormat) -> OpenCases {
    match text_file::read(reader, name) {
        Ok(source) => OpenCases::of_text(&source, format),
        Err(finding) => OpenCases { cases: Box::new(std::iter::once(Err(std::iter::once(finding).collect()))), count: Some(1) },
    }
}

/// Every case file below a directory, in the order of their paths. Hidden files, links to directories and the mapping are passed
/// over.
fn walk(directory: &Path, depth: usize, mapping: Option<&Path>, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = std::fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        let kind = entry.file_type()?;
        if name.to_string_lossy().starts_with('.') || mapping == Some(path.as_path()) {
            continue;
        }
        if kind.is_dir() {
            if depth >= DIRECTORY_DEPTH_MAX {
                return Err(io::Error::other(format!("`{}` lies more than {DIRECTORY_DEPTH_MAX} levels deep", path.display())));
            }
            walk(&path, depth + 1, mapping, files)?;
        } else if path.is_file() && StreamFormat::of_name(&name.to_string_lossy()).is_some() {
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::system(&format!("`{}` cannot be read", path.display()), error)
}

fn no_cases(directory: &Path) -> Failure {
    Failure::Environment {
        message: format!("there is no case file below `{}`", directory.display()),
        help: Some("case files end in .yaml, .yml, .json, .jsonl, .ndjson or .csv".to_owned()),
    }
}
