//! Text as a reader meets it, word by word, each with its place: what the guard looks at.

use crate::text::Span;

/// A word, or the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Folded as phrases are, and as written where that is another text.
    Word { lower: String, text: Option<String>, span: Span },
    /// Something that is printed where the case is known.
    Printed,
    /// Nothing is said across it.
    Break,
}

/// A word as a reader takes it in: without case, accents, and what is not seen; letters of other scripts that look Latin are Latin.
pub(crate) fn folded(word: &str) -> String {
    // Most words, and the same by the longer way.
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase).filter(|c| !is_unseen(*c)).map(plain).collect()
}

/// Joins letters, or stands above one, and is no letter itself.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

fn plain(c: char) -> char {
    match c {
        '’' | 'ʼ' => '\'',
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'а' | 'α' => 'a',
        'ç' | 'с' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'е' | 'ε' => 'e',
        'һ' => 'h',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'і' | 'ı' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ō' | 'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'υ' => 'u',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'ý' | 'у' => 'y',
        other => other,
    }
}

/// Words in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prose {
    pub(crate) tokens: Vec<Token>,
}

impl Prose {
    /// The words of a text that begins at a byte of its source.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let mut prose = Self::default();
        prose.add(text, offset);
        prose
    }

    /// Adds text that begins at a byte of its source.
    pub(crate) fn add(&mut self, text: &str, offset: usize) {
        let mut start: Option<usize> = None;
        let mut lines = 0;
        for (at, c) in text.char_indices() {
            // A point or comma between two digits belongs to the number.
            let joins = matches!(c, '.' | ',' | '\'' | '’') && start.is_some() && {
                let after = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
                digits || (matches!(c, '\'' | '’') && after.is_some_and(char::is_alphabetic))
            };
            if c.is_alphanumeric() || joins || (start.is_some() && is_unseen(c)) {
                start.get_or_insert(at);
                lines = 0;
                continue;
            }
            if let Some(start) = start.take() {
                self.word(text, start, at, offset);
            }
            if c == '\n' {
                lines += 1;
            }
            if matches!(c, '.' | '!' | '?' | ';' | ':' | '¿' | '¡') || lines == 2 {
                self.tokens.push(Token::Break);
            }
        }
        if let Some(start) = start {
            self.word(text, start, text.len(), offset);
        }
    }

    fn word(&mut self, text: &str, start: usize, end: usize, offset: usize) {
        let word = text.get(start..end).unwrap_or_default();
        let lower = folded(word);
        let text = (lower != word).then(|| word.to_owned());
        self.tokens.push(Token::Word { lower, text, span: Span::new(offset + start, offset + end) });
    }

    /// Something is printed here.
    pub(crate) fn print(&mut self) {
        self.tokens.push(Token::Printed);
    }

    /// What follows is not read in one go with what stands before.
    pub(crate) fn break_off(&mut self) {
        self.tokens.push(Token::Break);
    }

    /// The words with their places.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, Span)> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Word { lower, text, span } => Some((text.as_ref().unwrap_or(lower).as_str(), *span)),
            Token::Printed | Token::Break => None,
        })
    }

    /// Where a name of one or several words stands.
    pub(crate) fn places_of(&self, name: &str, with_case: bool) -> Vec<Span> {
        let told = |word: &str| if with_case { word.to_owned() } else { word.to_lowercase() };
        let name: Vec<String> = Self::of(name, 0).words().map(|(word, _)| told(word)).collect();
        let words: Vec<(String, Span)> = self.words().map(|(word, span)| (told(word), span)).collect();
        if name.is_empty() {
            return Vec::new();
        }
        let matches = |window: &&[(String, Span)]| window.iter().map(|(word, _)| word).eq(name.iter());
        let found = words.windows(name.len()).filter(matches);
        found.filter_map(|window| Some(window.first()?.1.to(window.last()?.1))).collect()
    }
}
