//! The document that is rendered: sections of blocks, and blocks of phrases. It knows neither Markdown nor HTML.

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Strong(String),
    /// A name that the policy gives to something.
    Name(String),
    /// A fact, by the anchor under which its meaning is told.
    Fact(String, String),
    /// An expression, a file, an id.
    Code(String),
    /// A reference inside the document, by anchor.
    Link(String, String),
    /// An address outside of it.
    Address(String, String),
    /// A short remark that stands out, and how it is meant.
    Badge(Tone, String),
}

/// How a remark is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Good,
    Attention,
}

/// A line of pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase(pub(super) Vec<Piece>);

impl Phrase {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(text.into()));
        self
    }

    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }

    pub(super) fn name(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Name(text.into()));
        self
    }

    pub(super) fn fact(mut self, anchor: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.push(Piece::Fact(anchor.into(), text.into()));
        self
    }

    /// A text of the author, in which backticks mark names.
    pub(super) fn written(text: &str) -> Self {
        let parts = text.split('`').enumerate();
        let is_marked = text.matches('`').count().is_multiple_of(2);
        if !is_marked {
            return Self::of(text);
        }
        parts
            .filter(|(_, part)| !part.is_empty())
            .fold(Self::default(), |phrase, (at, part)| if at % 2 == 1 { phrase.code(part) } else { phrase.text(part) })
    }

    pub(super) fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Code(text.into()));
        self
    }

    pub(super) fn link(mut self, anchor: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.push(Piece::Link(anchor.into(), text.into()));
        self
    }

    pub(super) fn address(mut self, address: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.push(Piece::Address(address.into(), text.into()));
        self
    }

    pub(super) fn badge(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.0.push(Piece::Badge(tone, text.into()));
        self
    }

    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(super) fn joined(phrases: Vec<Self>, last: &str) -> Self {
        let count = phrases.len();
        let mut whole = Self::default();
        for (at, phrase) in phrases.into_iter().enumerate() {
            whole = match at {
                0 => whole,
                _ if at + 1 == count => whole.text(format!(" {last} ")),
                _ => whole.text(", "),
            };
            whole = whole.then(phrase);
        }
        whole
    }

    /// Begins with a capital, where it begins with a text.
    pub(super) fn capital(mut self) -> Self {
        if let Some(Piece::Text(text) | Piece::Name(text) | Piece::Strong(text) | Piece::Link(_, text) | Piece::Fact(_, text)) =
            self.0.first_mut()
        {
            let mut chars = text.chars();
            if let Some(first) = chars.next() {
                *text = first.to_uppercase().chain(chars).collect();
            }
        }
        self
    }
}

/// The name of a rule, a guardrail or a clock as words, unless it is the sign of a law.
pub(super) fn title(id: &str) -> String {
    if id.chars().any(char::is_uppercase) { id.to_owned() } else { id.replace(['-', '_'], " ") }
}

/// A rule, a guardrail or a clock: a name, what it says, and remarks below.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) anchor: String,
    pub(super) title: Phrase,
    pub(super) lines: Vec<Phrase>,
    /// Its reason, in the words of the policy.
    pub(super) because: Option<String>,
    /// Where it comes from, since when it holds.
    pub(super) remarks: Vec<Phrase>,
}

/// A row of a table, with its anchor, where it has one.
pub(super) type Row = (Option<String>, Vec<Phrase>);

/// A part of a section.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Phrase),
    /// Terms and what is said of each.
    Terms(Vec<(String, Phrase)>),
    Points(Vec<Phrase>),
    Cards(Vec<Card>),
    Table {
        caption: String,
        head: Vec<Phrase>,
        /// Each with the anchor of its row, where it has one. The first cell heads its row.
        rows: Vec<Row>,
    },
    /// A small heading inside a section.
    Heading(String),
}

/// A section with an anchor.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
    pub(super) inside: Vec<Section>,
}

impl Section {
    pub(super) fn new(anchor: impl Into<String>, title: impl Into<String>) -> Self {
        Self { anchor: anchor.into(), title: title.into(), blocks: Vec::new(), inside: Vec::new() }
    }

    pub(super) fn paragraph(&mut self, phrase: Phrase) {
        self.blocks.push(Block::Paragraph(phrase));
    }
}

/// The whole document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) subtitle: Phrase,
    /// What it is at a glance.
    pub(super) glance: Vec<(String, Phrase)>,
    pub(super) sections: Vec<Section>,
}

/// An anchor: letters, digits, `-`, `_` and `.` alone.
pub(super) fn anchor(kind: &str, name: &str) -> String {
    let sound = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '-' };
    format!("{kind}-{}", name.chars().map(sound).collect::<String>())
}
