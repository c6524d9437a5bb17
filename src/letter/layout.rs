//! The parts of a letter: a subject, then listen, acknowledge, act and thank, each below its heading, in this order.

use crate::limits::LETTER_TEMPLATE_BYTES_MAX;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};

/// A part of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Subject,
    Listen,
    Acknowledge,
    Act,
    Thank,
}

impl Part {
    pub(crate) const ALL: [Self; 5] = [Self::Subject, Self::Listen, Self::Acknowledge, Self::Act, Self::Thank];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Listen => "listen",
            Self::Acknowledge => "acknowledge",
            Self::Act => "act",
            Self::Thank => "thank",
        }
    }

    /// What belongs into it, for whoever left it out.
    fn purpose(self) -> &'static str {
        match self {
            Self::Subject => "what the letter is about, on its first line: `Subject: Your bill of {{ invoice_issued_on }}`",
            Self::Listen => "what the customer told us, in a sentence of our own",
            Self::Acknowledge => "what we found and what we are sorry for",
            Self::Act => "what we do, and when",
            Self::Thank => "thanks, and how we can be reached",
        }
    }
}

const SUBJECT: &str = "Subject:";

/// Cuts a template into its parts; every part that is missing, empty, unknown or out of order is reported.
pub(crate) fn parts(source: &Source, out: &mut Diagnostics) -> Vec<(Part, Span)> {
    if source.text().len() > LETTER_TEMPLATE_BYTES_MAX {
        let message = format!("the template is larger than the {LETTER_TEMPLATE_BYTES_MAX} bytes that are allowed");
        out.push(Diagnostic::error(Code::LetterTooLarge, source, Span::new(0, 0), message));
        return Vec::new();
    }
    let mut found: Vec<(Part, Span)> = Vec::new();
    let mut misspelt = false;
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim_end();
        let span = Span::new(start, start + text.len());
        if let Some(rest) = text.strip_prefix(SUBJECT).filter(|_| found.is_empty()) {
            found.push((Part::Subject, Span::new(start + text.len() - rest.len(), start + text.len())));
            continue;
        }
        let Some(name) = heading(text) else {
            match found.last_mut() {
                // The subject is one line.
                Some((part, span)) if *part != Part::Subject => span.end = at,
                _ if text.trim().is_empty() || misspelt => {}
                _ => {
                    let message = "this line stands before the first part of the letter";
                    let help = "a letter begins with `Subject: ...`; then come `[listen]`, `[acknowledge]`, `[act]` and `[thank]`, each on a line of its own";
                    out.push(Diagnostic::error(Code::LetterPart, source, span, message).help(help));
                    return found;
                }
            }
            continue;
        };
        match Part::ALL.into_iter().find(|part| part.name() == name && *part != Part::Subject) {
            Some(part) => {
                if let Some((earlier, _)) = found.iter().find(|(earlier, _)| *earlier >= part) {
                    let message = if *earlier == part {
                        format!("`[{name}]` stands twice")
                    } else {
                        format!("`[{name}]` comes after `[{}]`", earlier.name())
                    };
                    let help = "the order is listen, acknowledge, act, thank: nobody is told what we do before they hear that we listened";
                    out.push(Diagnostic::error(Code::LetterPart, source, span, message).help(help));
                    misspelt = true;
                }
                found.push((part, Span::new(at, at)));
            }
            None => {
                let names = Part::ALL.into_iter().skip(1).map(Part::name);
                let help = did_you_mean(name, names)
                    .unwrap_or_else(|| "the parts are `[listen]`, `[acknowledge]`, `[act]` and `[thank]`".to_owned());
                out.push(
                    Diagnostic::error(Code::LetterPart, source, span, format!("a letter has no part `[{name}]`")).help(help),
                );
                misspelt = true;
            }
        }
    }
    if !misspelt {
        complete(&found, source, out);
    }
    found
}

/// The name of a line that is nothing but `[name]`.
fn heading(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(name)
}

fn complete(found: &[(Part, Span)], source: &Source, out: &mut Diagnostics) {
    for part in Part::ALL {
        let heading = if part == Part::Subject { "a subject".to_owned() } else { format!("the part `[{}]`", part.name()) };
        let (span, message) = match found.iter().find(|(each, _)| *each == part) {
            Some((_, span)) if !source.slice(*span).trim().is_empty() => continue,
            Some((_, span)) => (Span::new(span.start, span.start), format!("{heading} of this letter is empty")),
            None => (
                Span::new(0, 0),
                format!("this letter has not {heading}").replace("has not a", "has no").replace("has not the", "lacks the"),
            ),
        };
        out.push(Diagnostic::error(Code::LetterPart, source, span, message).help(format!("it says {}", part.purpose())));
    }
}
