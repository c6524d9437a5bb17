//! Expressions and scripts as words and signs, and the dotted names in them: also of a text that is half typed and does not parse.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name or a word of the language.
    Word,
    /// A number, or a piece of a text in quotes.
    Constant,
    /// One sign.
    Sign,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) sort: Sort,
    pub(super) text: &'t str,
    /// Its first byte.
    pub(super) start: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is(&self, sign: &str) -> bool {
        self.sort != Sort::Constant && self.text == sign
    }
}

/// The tokens of a text, those of the expressions inside interpolated texts among them.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader { text, at: 0, found: Vec::new() };
    reader.read(false);
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Token<'t>>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, sort: Sort, length: usize) {
        let end = (self.at + length).min(self.text.len());
        if let Some(text) = self.text.get(self.at..end) {
            self.found.push(Token { sort, text, start: self.at });
        }
        self.at = end;
    }

    /// Reads to the end, or to the brace that ends an interpolation.
    fn read(&mut self, inside: bool) {
        let mut depth = 0_usize;
        while let Some(first) = self.rest().chars().next() {
            let rest = self.rest();
            let run = |take: fn(char) -> bool| rest.find(|c| !take(c)).unwrap_or(rest.len());
            match first {
                _ if first.is_whitespace() => self.at += first.len_utf8(),
                _ if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
                _ if rest.starts_with("/*") => self.at += rest.find("*/").map_or(rest.len(), |end| end + 2),
                '"' | '\'' => self.take(Sort::Constant, quoted(rest, first)),
                '`' => self.interpolated(),
                _ if first.is_alphabetic() || first == '_' => {
                    self.take(Sort::Word, run(|c| c.is_alphanumeric() || c == '_'));
                }
                _ if first.is_ascii_digit() => {
                    let whole = run(|c| c.is_ascii_alphanumeric() || c == '_');
                    let after = rest.get(whole..).unwrap_or("");
                    let is_decimal =
                        after.starts_with('.') && after.get(1..).is_some_and(|c| c.starts_with(|c: char| c.is_ascii_digit()));
                    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
                    let decimals = if is_decimal { 1 + digits(after.get(1..).unwrap_or("")) } else { 0 };
                    self.take(Sort::Constant, whole + decimals);
                }
                '}' if inside && depth == 0 => return,
                _ => {
                    match first {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    self.take(Sort::Sign, first.len_utf8());
                }
            }
        }
    }

    /// A text in backticks, with expressions in `${ }`.
    fn interpolated(&mut self) {
        let mut from = 1;
        loop {
            let rest = self.rest();
            let end = rest.get(from..).and_then(|rest| rest.find(['`', '$'])).map_or(rest.len(), |at| from + at);
            let after = rest.get(end..).unwrap_or("");
            if after.starts_with("${") {
                self.take(Sort::Constant, end + 2);
                self.read(true);
                from = 0;
            } else if after.starts_with('$') {
                from = end + 1;
            } else {
                return self.take(Sort::Constant, end + 1);
            }
            if self.rest().is_empty() {
                return;
            }
        }
    }
}

/// The length of a text in quotes, or of what is left where it is not closed.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            // A quote that is not closed ends with its line.
            '\n' => return at,
            _ if c == quote && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

/// A dotted name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain<'t> {
    /// Its segments, with where each stands.
    pub(super) segments: Vec<(&'t str, Range<usize>)>,
    /// Is the last segment called, as a function or as a method?
    pub(super) called: bool,
    /// The numbers of its tokens.
    pub(super) tokens: Range<usize>,
}

impl<'t> Chain<'t> {
    pub(super) fn first(&self) -> &'t str {
        self.segments.first().map_or("", |(text, _)| text)
    }

    /// The segments that name a value: all of them, but not what is called.
    pub(super) fn path(&self) -> &[(&'t str, Range<usize>)] {
        let named = self.segments.len() - usize::from(self.called);
        self.segments.get(..named).unwrap_or_default()
    }

    /// What is called.
    pub(super) fn call(&self) -> Option<&(&'t str, Range<usize>)> {
        self.segments.last().filter(|_| self.called)
    }
}

/// The dotted names among tokens, in the order written. Fields of something that is no name (`f(x).amount`) come without it.
pub(super) fn chains<'t>(tokens: &[Token<'t>]) -> Vec<Chain<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    let is = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token.is(sign));
    // `.` and `?.` lead to a field; two dots are a range.
    let dot = |at: usize| {
        let behind = if is(at, "?") && is(at + 1, ".") { at + 2 } else { at + 1 };
        ((is(at, ".") || behind == at + 2) && !is(behind, ".")).then_some(behind)
    };
    while let Some(token) = tokens.get(at) {
        let begins = token.sort == Sort::Word && !(at > 0 && is(at - 1, ".") && !(at > 1 && is(at - 2, ".")));
        if !begins {
            at += 1;
            continue;
        }
        let start = at;
        let mut segments = vec![(token.text, token.start..token.end())];
        at += 1;
        while let Some(next) =
            dot(at).and_then(|next| tokens.get(next).filter(|token| token.sort == Sort::Word).map(|token| (next, token)))
        {
            segments.push((next.1.text, next.1.start..next.1.end()));
            at = next.0 + 1;
        }
        let is_key = is(at, ":") && !is(at + 1, ":");
        if !is_key {
            found.push(Chain { segments, called: is(at, "("), tokens: start..at });
        }
    }
    found
}

/// The names that a text gives itself: of `let`, of loops, and the parameters of closures.
pub(super) fn locals<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = |by: usize| tokens.get(at + by);
        if matches!(token.text, "let" | "const" | "for") && token.sort == Sort::Word {
            let opened = usize::from(next(1).is_some_and(|next| next.is("(")));
            found.extend(next(1 + opened).filter(|next| next.sort == Sort::Word).map(|next| next.text));
            if opened == 1 && next(3).is_some_and(|next| next.is(",")) {
                found.extend(next(4).map(|next| next.text));
            }
        }
        found.extend(closure(tokens, at).into_iter().map(|(name, _)| name));
    }
    found
}

/// The parameters of the closure that begins at a token, with the numbers of their tokens: `|x, y|` behind a bracket, a comma or `=`.
pub(super) fn closure<'t>(tokens: &[Token<'t>], at: usize) -> Vec<(&'t str, usize)> {
    let opens = |token: &Token<'_>| ["(", ",", "=", "["].iter().any(|sign| token.is(sign));
    let begins = tokens.get(at).is_some_and(|token| token.is("|"))
        && at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(opens);
    let mut names = Vec::new();
    if !begins {
        return names;
    }
    for (number, token) in tokens.iter().enumerate().skip(at + 1) {
        match token.sort {
            Sort::Word => names.push((token.text, number)),
            _ if token.is(",") => {}
            _ if token.is("|") => return names,
            _ => break,
        }
    }
    Vec::new()
}
