//! Without a screen: a few lines after every save, for a pipe or a log.

use super::eyes::News;
use crate::authoring::watch::{Session, tests_to_json, tests_to_lines, to_json, to_lines};
use crate::cli::check::Report;
use crate::cli::exit::{Done, Exit};
use crate::cli::terminal::Terminal;
use serde_json::{Value as Json, json};
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// Writes until nobody tells anything any more.
pub(super) fn write(news: &Receiver<News>, format: Report, terminal: &Terminal) -> Done {
    let mut session: Option<Session> = None;
    for news in news {
        match news {
            News::Looked(look, took) => {
                match &mut session {
                    Some(session) => session.see(look),
                    None => session = Some(Session::begin(look)),
                }
                let Some(session) = &session else { continue };
                terminal.print(&match format {
                    Report::Text => to_lines(session),
                    Report::Json => line(to_json(session), took),
                })?;
            }
            News::Tested(number, tests, took) => {
                let Some(session) = session.as_mut().filter(|session| session.number() == number) else { continue };
                session.tested(number, tests);
                terminal.print(&match format {
                    Report::Text => tests_to_lines(session),
                    Report::Json => line(tests_to_json(session), took),
                })?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn line(mut document: Json, took: Duration) -> String {
    if let Some(fields) = document.as_object_mut() {
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        fields.insert("took_ms".to_owned(), json!(millis));
    }
    format!("{document}\n")
}
