//! A finding about what somebody wrote: coded, placed, with a way to mend it.

use super::codes::Code;
use super::fix::Fix;
use super::nearest;
use super::rewrites;
use super::source::{Place, Source, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is taken; somebody should look.
    Warning,
    /// Something worth knowing.
    Advice,
}

/// A second place that helps to understand the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there.
    pub text: String,
}

/// One finding. Messages are lowercase, without a final period, with what the author wrote in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where, if it is about a place in a text.
    pub place: Option<Place>,
    /// Path of the fact or key in its document (`complaint.received_at`), empty if there is none.
    pub path: String,
    /// One sentence in domain words.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// The cases that it is about, as the conditions of a rule: name and cell. Empty where that is not told.
    pub region: Vec<(String, String)>,
    /// What it weighs in a history, once it was weighed.
    pub weight: Option<Weight>,
    /// Ways to mend it that a program can carry out, the likeliest first. Any one of them is enough.
    pub fixes: Vec<Fix>,
}

/// How much of a history falls into a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// How many cases.
    pub cases: u64,
    /// Of how many that were looked at.
    pub of: u64,
    /// What these cases dispute, an amount a currency.
    pub disputed: Vec<String>,
}

impl Weight {
    /// ``12 of 313 cases fall into it, with 4310.00 USD in dispute``
    #[must_use]
    pub fn told(&self) -> String {
        let fall = if self.cases == 1 { "falls" } else { "fall" };
        let cases = if self.of == 1 { "case" } else { "cases" };
        let count = if self.cases == 0 { "none".to_owned() } else { self.cases.to_string() };
        let money =
            if self.disputed.is_empty() { String::new() } else { format!(", with {} in dispute", self.disputed.join(" and ")) };
        format!("{count} of {} {cases} {fall} into it{money}", self.of)
    }
}

impl Diagnostic {
    /// An error at a span of a source.
    pub fn error(code: Code, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place: Some(source.place(span)),
            path: String::new(),
            message: message.into(),
            help: None,
            labels: Vec::new(),
            region: Vec::new(),
            weight: None,
            fixes: Vec::new(),
        }
    }

    /// An error at a place.
    pub fn at(code: Code, place: &Place, message: impl Into<String>) -> Self {
        Self::error(code, &place.source, place.span, message)
    }

    /// An error about a whole file or about no text at all.
    pub fn global(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place: None,
            path: String::new(),
            message: message.into(),
            help: None,
            labels: Vec::new(),
            region: Vec::new(),
            weight: None,
            fixes: Vec::new(),
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same as a piece of advice.
    #[must_use]
    pub fn advice(mut self) -> Self {
        self.severity = Severity::Advice;
        self
    }

    /// With a way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a way to mend it that a program can carry out, where there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into());
        self
    }

    /// With a text that is to stand at its place instead: as help, and as a fix.
    #[must_use]
    pub fn instead(self, text: &str) -> Self {
        let fix = self.place.as_ref().map(|place| Fix::instead(place, text));
        self.help(format!("write `{text}`")).fix(fix)
    }

    /// With the rewrite that its message ends with, or that is usual for its code, where it has none of its own; and with the fix that
    /// the question in its help is.
    fn with_rewrite(mut self) -> Self {
        if let (true, Some(place), Some(help)) = (self.fixes.is_empty(), &self.place, &self.help)
            && self.code != Code::UnmappedValue
        {
            // What an unmapped value is, the mapping has to say: a history is not rewritten.
            self.fixes.extend(nearest::asked(help).and_then(|word| Fix::meant(place, word)));
        }
        if self.help.is_none() {
            match rewrites::parted(&self.message) {
                Some((message, rewrite)) => {
                    let told =
                        self.place.as_ref().filter(|place| message.contains(&format!("`{}`", place.source.slice(place.span))));
                    if let Some(place) = told {
                        self.fixes.extend(rewrites::alternatives(&rewrite).into_iter().map(|text| Fix::instead(place, text)));
                    }
                    (self.message, self.help) = (message.to_owned(), Some(rewrite));
                }
                None => self.help = rewrites::usual(self.code).map(str::to_owned),
            }
        }
        self
    }

    /// With a help line if there is one.
    #[must_use]
    pub fn help_opt(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// With the path of the key or fact in its document.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// With the cases that it is about, as the conditions of a rule.
    #[must_use]
    pub fn region(mut self, region: Vec<(String, String)>) -> Self {
        self.region = region;
        self
    }

    /// With a second place.
    #[must_use]
    pub fn label(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: place.clone(), text: text.into() });
        self
    }
}

/// All findings of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one. A finding without a message follows from one that was reported already, and is left out.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !diagnostic.message.is_empty() {
            self.list.push(diagnostic.with_rewrite());
        }
    }

    /// Adds all of another run.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Is there an error among them?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|each| each.severity == Severity::Error)
    }

    /// Is there nothing at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// In the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// By file, then place, then code: the order in which they are shown.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let key =
                |d: &Diagnostic| d.place.as_ref().map(|p| (p.source.name().to_owned(), p.source.first_line(), p.span.start));
            key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code)).then_with(|| a.message.cmp(&b.message))
        });
    }

    /// The list itself.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self { list: iter.into_iter().map(Diagnostic::with_rewrite).collect() }
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
