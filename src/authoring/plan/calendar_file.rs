//! A timeline as a calendar file, RFC 5545, that a person can import: an all-day event for each step that has a day and is not done.

use super::timeline::{Entry, State, Timeline};
use crate::text::steers;

/// A line of a calendar file holds so many octets at most, without its line break (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;
/// A reminder comes at nine in the morning of the day before: an all-day event begins at midnight.
const REMINDER: &str = "-PT15H";

/// The calendar file of a timeline: lines end in CR LF.
#[must_use]
pub fn calendar_file(timeline: &Timeline) -> String {
    let mut file = File::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//redress//plan//EN", "CALSCALE:GREGORIAN"] {
        file.line(line);
    }
    file.text("X-WR-CALNAME", &format!("Case {}", timeline.case_id));
    let stamp = utc(timeline);
    for entry in timeline.entries.iter().filter(|entry| !matches!(entry.state, State::Done | State::Closed)) {
        let Some(day) = entry.day else { continue };
        file.line("BEGIN:VEVENT");
        // The same step or clock of the same case is the same event, whenever the file is written.
        file.text("UID", &format!("{}-{}@redress", timeline.case_id, entry.key));
        file.line(&format!("DTSTAMP:{stamp}"));
        file.line(&format!("DTSTART;VALUE=DATE:{}", day.to_string().replace('-', "")));
        // The end of an all-day event is the day after it.
        if let Ok(next) = day.plus_days(1) {
            file.line(&format!("DTEND;VALUE=DATE:{}", next.to_string().replace('-', "")));
        }
        file.text("SUMMARY", &summary(timeline, entry));
        file.text("DESCRIPTION", &entry.because);
        if let Some(owner) = &entry.owner {
            file.text("CATEGORIES", &owner.replace('_', " "));
        }
        // It takes up nobody's day.
        file.line("TRANSP:TRANSPARENT");
        file.line("BEGIN:VALARM");
        file.line("ACTION:DISPLAY");
        file.text("DESCRIPTION", &summary(timeline, entry));
        file.line(&format!("TRIGGER:{REMINDER}"));
        file.line("END:VALARM");
        file.line("END:VEVENT");
    }
    file.line("END:VCALENDAR");
    file.text
}

fn summary(timeline: &Timeline, entry: &Entry) -> String {
    let owner = entry.owner.as_deref().map_or_else(String::new, |owner| format!(" ({})", owner.replace('_', " ")));
    let state = match entry.state {
        State::Overdue => ", overdue",
        State::Until => ", open until today",
        _ => "",
    };
    format!("{}: {}{owner}{state}", timeline.case_id, entry.step.replace('_', " "))
}

/// The instant of the decision, as `20260305T050000Z`.
fn utc(timeline: &Timeline) -> String {
    let written = timeline.at.in_utc().to_string();
    let seconds = written.get(..19).unwrap_or(&written);
    format!("{}Z", seconds.replace(['-', ':'], ""))
}

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    /// A property whose value is text: escaped, so that nothing in it ends the line or the value.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                '\t' => line.push(' '),
                c if steers(c) => {}
                c => line.push(c),
            }
        }
        self.line(&line);
    }

    /// A line, folded: what is longer goes on in the next line, behind a space.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE_OCTETS_MAX {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, DateTime};
    use proptest::prelude::*;

    fn timeline(case_id: &str, because: &str) -> Timeline {
        let day = Date::parse("2026-03-12").unwrap();
        let entry = |step: &str, state, day| Entry {
            day,
            state,
            step: step.to_owned(),
            owner: Some("account_management".to_owned()),
            because: because.to_owned(),
            key: if state == State::Overdue { format!("{step}-2") } else { step.to_owned() },
        };
        Timeline {
            case_id: case_id.to_owned(),
            at: DateTime::parse("2026-03-05T00:00:00-05:00").unwrap(),
            today: Date::parse("2026-03-05").unwrap(),
            entries: vec![
                entry("received", State::Done, Some(day)),
                entry("confirm", State::Due, Some(day)),
                entry("confirm", State::Overdue, Some(day)),
                entry("explain", State::Open, None),
            ],
        }
    }

    #[test]
    fn an_event_is_a_day_with_a_reminder() {
        insta::assert_snapshot!(calendar_file(&timeline("D-1", "We ask; they answer, or not.")).replace("\r\n", "\n"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//redress//plan//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Case D-1
        BEGIN:VEVENT
        UID:D-1-confirm@redress
        DTSTAMP:20260305T050000Z
        DTSTART;VALUE=DATE:20260312
        DTEND;VALUE=DATE:20260313
        SUMMARY:D-1: confirm (account management)
        DESCRIPTION:We ask\; they answer\, or not.
        CATEGORIES:account management
        TRANSP:TRANSPARENT
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:D-1: confirm (account management)
        TRIGGER:-PT15H
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:D-1-confirm-2@redress
        DTSTAMP:20260305T050000Z
        DTSTART;VALUE=DATE:20260312
        DTEND;VALUE=DATE:20260313
        SUMMARY:D-1: confirm (account management)\, overdue
        DESCRIPTION:We ask\; they answer\, or not.
        CATEGORIES:account management
        TRANSP:TRANSPARENT
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:D-1: confirm (account management)\, overdue
        TRIGGER:-PT15H
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        ");
    }

    /// Reads a calendar file back: unfolded, name and value of each line, texts with their escapes undone.
    fn read_back(file: &str) -> Vec<(String, String)> {
        assert!(file.ends_with("\r\n"));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_OCTETS_MAX));
        let unfolded = file.replace("\r\n ", "");
        let mut read = Vec::new();
        for line in unfolded.split_terminator("\r\n") {
            let (name, value) = line.split_once(':').unwrap();
            let mut text = String::new();
            let mut chars = value.chars();
            while let Some(c) = chars.next() {
                let unescaped = if c == '\\' { chars.next().unwrap() } else { c };
                text.push(if c == '\\' && unescaped == 'n' { '\n' } else { unescaped });
            }
            read.push((name.to_owned(), text));
        }
        read
    }

    proptest! {
        #[test]
        fn whatever_a_policy_says_reads_back(because in "[a-zA-Zéü日本;,:\\\\\n\"' ]{0,200}", id in "[A-Z0-9;,:\\\\é-]{1,90}") {
            let file = calendar_file(&timeline(&id, &because));
            let read = read_back(&file);
            let values = |name: &str| read.iter().filter(|(each, _)| each == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
            prop_assert_eq!(values("BEGIN"), ["VCALENDAR", "VEVENT", "VALARM", "VEVENT", "VALARM"]);
            prop_assert_eq!(values("UID"), [format!("{id}-confirm@redress"), format!("{id}-confirm-2@redress")]);
            let told = values("DESCRIPTION");
            prop_assert_eq!(told.first(), Some(&because));
        }
    }
}
