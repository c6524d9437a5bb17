//! A change: one part of a policy that was added, removed, changed, renamed or moved.

use serde::Serialize;

/// What happened to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It says the same under another name.
    Renamed,
    /// It stands at another place of an order that matters.
    Moved,
}

impl ChangeKind {
    /// As it is shown: `added`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
        }
    }
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// What the whole bundle says of itself: currency, the days on which it decides.
    Bundle,
    /// A parameter.
    Parameter,
    /// A fact that the bundle declares.
    Fact,
    /// What stands in for a missing fact.
    Assumption,
    /// A decision as a whole: its hit policy, its order of values, what it requires.
    Decision,
    /// A derived input of a decision.
    Let,
    /// An output of a decision.
    Output,
    /// A rule of a decision, or its `otherwise`.
    Rule,
    /// A guardrail.
    Guardrail,
    /// A plugin, or the script that decides.
    Plugin,
    /// A function of a script file.
    Script,
    /// A clock, or a hold without one.
    Clock,
    /// A calendar of holidays that clocks count by.
    Calendar,
    /// A pack of law.
    Pack,
    /// A letter, in one language.
    Letter,
}

impl Subject {
    /// As it is shown: `parameter`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bundle => "bundle",
            Self::Parameter => "parameter",
            Self::Fact => "fact",
            Self::Assumption => "assumption",
            Self::Decision => "decision",
            Self::Let => "let",
            Self::Output => "output",
            Self::Rule => "rule",
            Self::Guardrail => "guardrail",
            Self::Plugin => "plugin",
            Self::Script => "script",
            Self::Clock => "clock",
            Self::Calendar => "calendar",
            Self::Pack => "pack",
            Self::Letter => "letter",
        }
    }
}

/// One thing that a part says, before and after; nothing where it did not say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// What: the path of a condition, an output, `because`; empty where the part is one value.
    pub what: String,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Note {
    pub(super) fn new(what: impl Into<String>, before: Option<String>, after: Option<String>) -> Self {
        Self { what: what.into(), before, after }
    }

    pub(super) fn both(what: impl Into<String>, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self::new(what, Some(before.into()), Some(after.into()))
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What happened.
    pub change: ChangeKind,
    /// To what.
    pub subject: Subject,
    /// Its name; of a part of a decision with the decision before it: `goodwill/our-error`.
    pub name: String,
    /// What differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Is it about words alone: reasons, sources, names?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wording: bool,
    /// Where it stands now, or stood: `decisions/goodwill.yaml:12:5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl Change {
    pub(super) fn new(change: ChangeKind, subject: Subject, name: impl Into<String>) -> Self {
        Self { change, subject, name: name.into(), notes: Vec::new(), wording: false, place: None }
    }

    pub(super) fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        self.notes.extend(notes);
        self
    }

    pub(super) fn at(mut self, place: &(impl ToString + ?Sized)) -> Self {
        self.place = Some(place.to_string());
        self
    }

    pub(super) fn of_wording(mut self, wording: bool) -> Self {
        self.wording = wording;
        self
    }
}

/// Names of one side beside names of the other, in the order of the new side; what is gone comes last.
pub(super) fn beside<'a, T>(old: &'a [(String, T)], new: &'a [(String, T)]) -> Vec<(&'a str, Option<&'a T>, Option<&'a T>)> {
    let find = |list: &'a [(String, T)], name: &str| list.iter().find(|(each, _)| each == name).map(|(_, item)| item);
    let kept = new.iter().map(|(name, item)| (name.as_str(), find(old, name), Some(item)));
    let gone = old.iter().filter(|(name, _)| find(new, name).is_none()).map(|(name, item)| (name.as_str(), Some(item), None));
    kept.chain(gone).collect()
}

/// Is it added, removed, or there on both sides?
pub(super) fn kind_of<T>(old: Option<&T>, new: Option<&T>) -> ChangeKind {
    match (old, new) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    }
}
