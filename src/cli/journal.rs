//! `redress journal`: is a journal whole, and what does it say of one decision?

use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::recording::{exit_of, failure, key_of};
use super::terminal::Terminal;
use crate::journal::{Break, Entry, Place, Record, Records, Verification};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};

/// Verify a journal of decisions, and show what it holds
#[derive(Debug, Args)]
pub(super) struct JournalCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Verify(Verify),
    Show(Show),
}

/// Verify the chain of a journal: every record, gaps, and where it breaks first
#[derive(Debug, Args)]
struct Verify {
    /// The journal, with all of its segments; or one closed segment
    #[arg(value_name = "FILE")]
    journal: PathBuf,
    /// Fail unless the record of this digest is in it: the latest one, which was kept elsewhere
    #[arg(long, value_name = "DIGEST")]
    expect: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

/// Show what a journal holds of a decision
#[derive(Debug, Args)]
struct Show {
    /// The number of a record, of a case or of a decision; the first 8 or more digits of the latter are enough
    id: String,
    /// The journal, with all of its segments; or one closed segment
    #[arg(long, value_name = "FILE")]
    journal: PathBuf,
    /// The key with which personal facts are masked, to find a decision by the number that was given out
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// How records are written; in JSON one line each
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

impl JournalCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        match &self.action {
            Action::Verify(verify) => verify.run(terminal),
            Action::Show(show) => show.run(terminal),
        }
    }
}

impl Verify {
    fn run(&self, terminal: &Terminal) -> Done {
        if let Some(digest) = self.expect.as_deref().filter(|digest| !is_digest(digest)) {
            return Err(Failure::Usage {
                message: format!("`{digest}` is no digest of a record"),
                help: "name its 64 digits, or the first 8 or more of them".to_owned(),
            });
        }
        let found = Verification::of(&self.journal, self.expect.as_deref()).map_err(|error| failure(&error))?;
        let text = match self.format {
            Report::Text => text(&self.journal, &found, self.expect.as_deref()),
            Report::Json => format!("{:#}\n", json_of(&found)),
        };
        terminal.print(&text)?;
        Ok(if found.is_sound() { Exit::Fine } else { Exit::Findings })
    }
}

/// Is it a digest, or the first 8 or more digits of one?
fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("blake3:").unwrap_or(text);
    (8..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn text(journal: &Path, found: &Verification, expected: Option<&str>) -> String {
    let mut lines = vec![format!("journal {}", journal.display())];
    let mut line = |name: &str, text: String| lines.push(format!("  {name:<10}{text}"));
    line("segments", found.segments.to_string());
    line("records", told_records(found));
    line("decisions", format!("{}, {} with the case, {} masked", found.decisions, found.with_case, found.masked));
    for (name, list) in [("bundles", &found.bundles), ("engines", &found.engines)] {
        for (at, (what, count)) in list.iter().enumerate() {
            line(if at == 0 { name } else { "" }, format!("{what}: {count}"));
        }
    }
    if found.lost > 0 {
        line("lost", format!("{} decisions left unrecorded: {}", found.lost, places(&found.lost_at)));
    }
    if !found.mended_at.is_empty() {
        line("mended", format!("the rest of a torn line was taken away: {}", places(&found.mended_at)));
    }
    if !found.clock_back_at.is_empty() {
        line("clock", format!("it was behind the record before: {}", places(&found.clock_back_at)));
    }
    if let Some(check) = &found.last_check {
        line("latest", check.clone());
    }
    if found.holds == Some(false) {
        lines.push(format!("error: no record has the digest {}", expected.unwrap_or_default()));
        lines.push("  = help: records were taken from the end, or it is the digest of another journal".to_owned());
    }
    match &found.broken {
        Some(Break { place, reason, is_torn, .. }) => {
            lines.push(format!("error: {place} {reason}"));
            let help = if *is_torn {
                "no whole record is lost: the next `redress decide --journal` takes the rest of the line away and goes on"
            } else {
                "what stands before is as it was written; what follows is not proved: compare it with a copy"
            };
            lines.push(format!("  = help: {help}"));
        }
        None if found.holds == Some(false) => lines.push("the chain of what is here is whole".to_owned()),
        None => lines.push("the chain is whole".to_owned()),
    }
    lines.join("\n") + "\n"
}

fn told_records(found: &Verification) -> String {
    match (found.first_number, found.last_number, found.first_at, found.last_at) {
        (Some(first), Some(last), Some(since), Some(until)) => {
            format!("{}, from {first} to {last}, written from {since} to {until}", found.records)
        }
        _ => "none".to_owned(),
    }
}

/// The first few places.
fn places(list: &[Place]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = list.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = list.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

fn json_of(found: &Verification) -> Value {
    let places = |list: &[Place]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "whole": found.broken.is_none(),
        "holds": found.holds,
        "break": found.broken.as_ref().map(|it| json!({"place": it.place.to_string(), "reason": it.reason, "torn": it.is_torn})),
        "segments": found.segments,
        "records": found.records,
        "first_number": found.first_number,
        "last_number": found.last_number,
        "first_at": found.first_at.map(|at| at.to_string()),
        "last_at": found.last_at.map(|at| at.to_string()),
        "last_check": found.last_check,
        "decisions": found.decisions,
        "with_case": found.with_case,
        "masked": found.masked,
        "lost": found.lost,
        "lost_at": places(&found.lost_at),
        "mended_at": places(&found.mended_at),
        "clock_back_at": places(&found.clock_back_at),
        "bundles": found.bundles,
        "engines": found.engines,
    })
}

impl Show {
    fn run(&self, terminal: &Terminal) -> Done {
        let key = self.key.as_deref().map(key_of).transpose()?;
        let (mut shown, mut exit): (u64, Exit) = (0, Exit::Fine);
        for read in Records::open(&self.journal).map_err(|error| failure(&error))? {
            let (place, record) = match read {
                Ok(read) => read,
                Err(error) => {
                    terminal.fail(&failure(&error));
                    exit = exit.max(exit_of(&error));
                    continue;
                }
            };
            if !record.is_meant_by(&self.id, key.as_ref()) {
                continue;
            }
            let text = match self.format {
                Report::Text => page(&place, &record)?,
                Report::Json => format!("{}\n", record.to_json()),
            };
            let between = if shown > 0 && self.format == Report::Text { "\n" } else { "" };
            terminal.print(&format!("{between}{text}"))?;
            shown += 1;
        }
        if shown > 0 {
            return Ok(exit);
        }
        terminal.complain(&format!("error: `{}` holds no record `{}`", self.journal.display(), self.id))?;
        let masked =
            "a decision whose personal facts are masked is found with `--key`, by its case, or by the number of its record";
        terminal.complain(&format!("  = help: {masked}"))?;
        Ok(exit.max(Exit::Findings))
    }
}

/// A record for a person.
fn page(place: &Place, record: &Record) -> Result<String, Failure> {
    let mut text = format!("record {}, {place}\n", record.number);
    let mut line = |name: &str, told: &str| text.push_str(&format!("  {name:<10}{told}\n"));
    line("written", &record.written_at.to_string());
    line("engine", &record.engine);
    line("follows", record.previous.as_deref().unwrap_or("nothing: it is the first"));
    line("digest", &record.check);
    match &record.entry {
        Entry::Lost { decisions } => line("lost", &format!("{decisions} decisions left that could not be recorded")),
        Entry::Mended { bytes } => line("mended", &format!("{bytes} bytes of a torn line were taken away")),
        Entry::Decision(told) => {
            line("case", &format!("{}, {}", told.case_id, told.case_digest));
            line("bundle", &format!("{} {}, {}", told.bundle.bundle, told.bundle.version, told.bundle.digest));
            line("at", &told.at.to_string());
            if let Some(masked) = &told.masked {
                let facts = if masked.facts.is_empty() { "nothing".to_owned() } else { masked.facts.join(", ") };
                line("masked", &format!("{facts}; by the key {}", masked.key));
            }
            for (name, document) in [("decision", Some(&told.decision)), ("case", told.case.as_ref())] {
                let Some(document) = document else { continue };
                let value: serde_yaml::Value = serde_yaml::from_str(document).map_err(io::Error::other)?;
                text.push_str(&format!("\n{name}:\n"));
                for row in serde_yaml::to_string(&value).map_err(io::Error::other)?.lines() {
                    text.push_str(&format!("  {row}\n"));
                }
            }
        }
    }
    Ok(text)
}
