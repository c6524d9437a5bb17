//! Obligations, as their file says them: clocks and holds.

use super::because::BecauseDoc;
use super::keys::Keys;
use super::law_doc::LawDoc;
use super::written::Written;
use crate::decision::OnBreach;
use crate::limits::DUE_LINES_MAX;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place, Source};
use crate::value::{Date, Stretch};

/// What becomes of a clock that would end on a day off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Roll {
    /// It ends on the next business day.
    #[default]
    Next,
    /// It ends on that day all the same.
    Stay,
    /// It ends on the business day before.
    Previous,
}

/// What a clock runs from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// The day or instant that a fact gives.
    Fact(Written<String>),
    /// A step: when it was done, else when it is due.
    Step(Written<String>),
}

/// One line of `due`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDoc {
    /// When it applies.
    pub when: Vec<(Written<String>, Node)>,
    /// How long.
    pub within: Written<Stretch>,
    /// From when.
    pub after: After,
    /// An outer limit, from the same event.
    pub at_most: Option<Written<Stretch>>,
    /// What becomes of it on a day off, where that differs from its obligation.
    pub roll: Option<Roll>,
    /// Where it stands.
    pub place: Place,
}

/// One obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationDoc {
    /// Its id.
    pub id: Written<String>,
    /// Its meaning.
    pub about: String,
    /// When it applies.
    pub when: Vec<(Written<String>, Node)>,
    /// When it does not.
    pub unless: Vec<(Written<String>, Node)>,
    /// The step that it asks for.
    pub step: Option<Written<String>>,
    /// When that is due: the first line that applies.
    pub due: Vec<DueDoc>,
    /// Is it a way that stays open until then, and nothing that is owed? When it closes nothing is missed.
    pub window: bool,
    /// What a missed clock brings.
    pub on_breach: Vec<Written<OnBreach>>,
    /// What has to stop while it applies.
    pub holds: Vec<Written<String>>,
    /// The calendar of its business days, where that differs from its bundle or pack.
    pub calendar: Option<Written<String>>,
    /// What becomes of it on a day off.
    pub roll: Roll,
    /// Its reason.
    pub because: Option<BecauseDoc>,
    /// The law or manual it rests on.
    pub source: Option<String>,
    /// Where that can be read, and whether somebody checked it.
    pub law: LawDoc,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Where it stands.
    pub place: Place,
    /// A part of it could not be read, which is reported where it stands.
    pub unread: bool,
}

const KEYS: [&str; 17] = [
    "id",
    "about",
    "when",
    "unless",
    "step",
    "due",
    "window",
    "on_breach",
    "holds",
    "calendar",
    "roll",
    "because",
    "source",
    "address",
    "verified",
    "from",
    "until",
];
const DUE_KEYS: [&str; 5] = ["when", "within", "after", "at_most", "roll"];

/// Reads one file of `obligations/`.
pub(crate) fn read_obligations(node: &Node, source: &Source, out: &mut Diagnostics) -> Vec<ObligationDoc> {
    let Some(keys) = Keys::open(node, source, "a file of obligations", &["obligations", "about", "owner"], out) else {
        return Vec::new();
    };
    keys.need("obligations", out);
    keys.list("obligations", out).iter().filter_map(|item| read_obligation(item, source, out)).collect()
}

fn read_obligation(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<ObligationDoc> {
    let keys = Keys::open(node, source, "an obligation", &KEYS, out)?;
    let id = keys.need_text("id", out);
    let step = keys.text("step", out);
    let due = read_due(&keys, out);
    let holds = keys.texts("holds", out);
    let unread = KEYS.iter().any(|key| keys.is_mistyped(key)) || due.is_none();
    let due = due.unwrap_or_default();
    if due.is_empty() && holds.is_empty() && !unread {
        let message = "an obligation has to say when something is `due`, or what `holds`";
        let help = "add `due: {within: 10 business days, after: complaint.received_at}` or `holds: [collection]`";
        out.push(Diagnostic::at(Code::BadObligation, &keys.place(), message).help(help));
    }
    if step.is_none() && !due.is_empty() && !keys.is_mistyped("step") {
        let message = "an obligation that is due has to name the `step` that it asks for";
        let help = "add `step: acknowledge`; the clock stops when `steps_done` of the case names that step";
        out.push(Diagnostic::at(Code::BadObligation, &keys.place(), message).help(help));
    }
    let on_breach = read_breach(&keys, out);
    if let (Some(written), true) = (on_breach.first(), due.is_empty() && !unread) {
        let message = "nothing is due here, so nothing can be missed";
        out.push(Diagnostic::at(Code::BadObligation, &written.place, message).help("take `on_breach` away, or add `due`"));
    }
    let window = keys.flag("window", out).unwrap_or(false);
    if let (Some(written), true, false) = (on_breach.first(), window, due.is_empty()) {
        let message = "a window that closes breaks nothing, so there is nothing for `on_breach` to bring";
        let help = "take `on_breach` away, or `window: true` where the step is owed by then";
        out.push(Diagnostic::at(Code::BadObligation, &written.place, message).help(help));
    }
    if window && due.is_empty() && !unread {
        let message = "a window has to say until when it is open";
        let help = "add `due: {within: 3 business days, after: complaint.received_at}`, or take `window` away";
        out.push(Diagnostic::at(Code::BadObligation, &keys.place(), message).help(help));
    }
    let roll = read_roll(&keys, out);
    let (from, until) = keys.period("this obligation", &keys.place(), out);
    Some(ObligationDoc {
        id: id?,
        about: keys.text("about", out).map_or_else(String::new, |about| about.value),
        when: keys.nodes("when", out),
        unless: keys.nodes("unless", out),
        step,
        due,
        window,
        on_breach,
        holds,
        calendar: keys.text("calendar", out),
        roll: roll.unwrap_or_default(),
        because: BecauseDoc::below(&keys, out),
        source: keys.text("source", out).map(|text| text.value),
        law: LawDoc::below(&keys, out),
        from,
        until,
        place: keys.place(),
        unread,
    })
}

/// The lines of `due`: a list, or one line alone. Nothing where a line could not be read.
fn read_due(keys: &Keys<'_>, out: &mut Diagnostics) -> Option<Vec<DueDoc>> {
    let Some(node) = keys.get("due") else { return Some(Vec::new()) };
    let lines = match node.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(node),
    };
    if lines.len() > DUE_LINES_MAX {
        let message = format!("`due` has {} lines, more than the {DUE_LINES_MAX} that are allowed", lines.len());
        out.push(Diagnostic::error(Code::TooLarge, keys.source, node.span, message));
        return None;
    }
    // Each line is read, so that each says what is wrong with it.
    let read: Vec<Option<DueDoc>> = lines.iter().map(|line| read_line(line, keys.source, out)).collect();
    let read: Option<Vec<DueDoc>> = read.into_iter().collect();
    if let Some(lines) = &read {
        let always = lines.iter().position(|line| line.when.is_empty());
        if let Some(line) = always.and_then(|at| lines.get(at + 1)) {
            let message = "this line of `due` is never reached: the one before it always applies";
            out.push(Diagnostic::at(Code::BadObligation, &line.place, message).help("put the line without a `when` last"));
        }
        let hours = |line: &DueDoc| line.within.value.is_in_hours();
        let other = lines.first().and_then(|first| lines.iter().find(|line| hours(line) != hours(first)));
        if let Some(line) = other {
            let message = "lines of one `due` in hours and in days: hours end at an instant, days at the end of a day";
            let help = "count all lines alike, or write two obligations for the same step";
            out.push(Diagnostic::at(Code::BadObligation, &line.within.place, message).help(help));
            return None;
        }
    }
    read
}

fn read_line(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<DueDoc> {
    let keys = Keys::open(node, source, "a line of `due`", &DUE_KEYS, out)?;
    let within = keys.need_text("within", out).and_then(|written| stretch(written, out));
    let after = keys.need_text("after", out).and_then(|written| read_after(written, out));
    let at_most = keys.text("at_most", out);
    let bounded = at_most.is_some();
    let at_most = at_most.and_then(|written| stretch(written, out));
    let roll = read_roll(&keys, out);
    if bounded && at_most.is_none() {
        return None;
    }
    let (within, at_most_unit) = (within?, at_most.as_ref().map(|bound| bound.value.is_in_hours()));
    if let (Some(in_hours), Some(bound)) = (at_most_unit, &at_most)
        && in_hours != within.value.is_in_hours()
    {
        let message = "hours and days cannot bound each other: hours end at an instant, days at the end of a day";
        let help =
            if in_hours { "bound it in days: `at_most: 90 calendar days`" } else { "bound it in hours: `at_most: 720 hours`" };
        out.push(Diagnostic::at(Code::BadObligation, &bound.place, message).help(help));
        return None;
    }
    Some(DueDoc { when: keys.nodes("when", out), within, after: after?, at_most, roll, place: keys.place() })
}

fn stretch(written: Written<String>, out: &mut Diagnostics) -> Option<Written<Stretch>> {
    match Stretch::parse(&written.value) {
        Ok(stretch) => Some(Written::new(stretch, written.place)),
        Err(trouble) => {
            out.push(Diagnostic::at(Code::BadStretch, &written.place, trouble.to_string()));
            None
        }
    }
}

fn read_after(written: Written<String>, out: &mut Diagnostics) -> Option<After> {
    match written.value.trim().split_once(' ') {
        None => Some(After::Fact(written)),
        Some(("step", name)) if !name.trim().contains(' ') => {
            Some(After::Step(Written::new(name.trim().to_owned(), written.place)))
        }
        Some(_) => {
            let message = format!("`{}` is neither a fact nor a step", written.value);
            let help = "write a date fact, as `complaint.received_at`, or a step, as `step provisional_credit`";
            out.push(Diagnostic::at(Code::BadObligation, &written.place, message).help(help));
            None
        }
    }
}

fn word<T: Copy>(written: &Written<String>, key: &str, words: &[(&str, T)], out: &mut Diagnostics) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == written.value).map(|(_, value)| *value);
    if found.is_none() {
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let help = did_you_mean(&written.value, words.iter().map(|(word, _)| *word))
            .unwrap_or_else(|| format!("write one of {}", known.join(", ")));
        out.push(Diagnostic::at(Code::BadValue, &written.place, format!("`{key}` cannot be `{}`", written.value)).help(help));
    }
    found
}

fn read_roll(keys: &Keys<'_>, out: &mut Diagnostics) -> Option<Roll> {
    let written = keys.text("roll", out)?;
    word(&written, "roll", &[("next", Roll::Next), ("none", Roll::Stay), ("previous", Roll::Previous)], out)
}

fn read_breach(keys: &Keys<'_>, out: &mut Diagnostics) -> Vec<Written<OnBreach>> {
    let words = OnBreach::ALL.map(|each| (each.word(), each));
    let mut list = Vec::new();
    for written in keys.texts("on_breach", out) {
        if let Some(value) = word(&written, "on_breach", &words, out) {
            list.push(Written::new(value, written.place));
        }
    }
    list
}
