//! Why a cell cannot be read.

use crate::text::{Code, Diagnostic, Fix, Place, Span};

/// A mistake in the text of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The stable code.
    pub code: Code,
    /// One sentence in domain words.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// What to write in the place of the span, where that is all that is to be done.
    pub instead: Option<String>,
    /// Where in the text of the cell, in bytes.
    pub span: Span,
}

impl CellError {
    pub(super) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, instead: None, span }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a text that is to stand in the place of the mistake.
    pub(super) fn instead(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help = Some(format!("write `{text}`"));
        self.instead = Some(text);
        self
    }

    pub(super) fn help_opt(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// As a diagnostic at the place of the mistake, which the caller knows.
    #[must_use]
    pub fn at(self, place: &Place) -> Diagnostic {
        let fix = self.instead.and_then(|text| Fix::plain(place, &text));
        let fix = fix.map(|fix| if self.code == Code::SymbolInYaml { fix.safe() } else { fix });
        Diagnostic::at(self.code, place, self.message).help_opt(self.help).fix(fix)
    }
}
