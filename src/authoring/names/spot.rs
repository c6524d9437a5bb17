//! Where a cursor stands in a YAML document that is being written: told from the text before it alone, so that it may break off anywhere.

use crate::text::Span;

/// A step from the root of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list.
    Item,
}

/// What would be written at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A key, or an item of a list.
    Key,
    /// The value of the last key, or an item in brackets.
    Value,
    /// A line of a block scalar, which begins at this offset.
    Block(usize),
    /// A comment.
    Comment,
}

/// Where a cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// From the root to the mapping or list that the cursor is in; for a value, its key is the last.
    pub(super) path: Vec<Step>,
    pub(super) slot: Slot,
    /// Where the scalar at the cursor begins.
    pub(super) start: usize,
    /// Does the cursor stand in braces or brackets?
    pub(super) in_flow: bool,
}

struct Frame {
    /// The column in which the key or the dash stands.
    column: usize,
    step: Step,
}

/// A bracket that is open.
struct Open {
    is_map: bool,
    /// The key whose value is being written.
    key: Option<String>,
    /// Where the scalar that is being written begins.
    start: usize,
}

impl Spot {
    /// Reads the text up to an offset.
    pub(super) fn at(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let mut scan = Scan { frames: Vec::new(), block: None, scalar: None };
        let mut start = 0;
        loop {
            let end = before.get(start..).and_then(|rest| rest.find('\n')).map(|at| start + at);
            let line = before.get(start..end.unwrap_or(before.len())).unwrap_or("");
            match scan.line(before, line, start, end.is_none()) {
                Next::Found(spot) => return spot,
                Next::From(next) => start = next,
            }
        }
    }

    /// The keys of the path, without its list items.
    pub(super) fn keys(&self) -> Vec<&str> {
        let key = |step: &Step| matches!(step, Step::Key(_));
        self.path.iter().filter(|step| key(step)).map(|step| if let Step::Key(key) = step { key.as_str() } else { "" }).collect()
    }
}

enum Next {
    Found(Spot),
    /// Go on at this offset.
    From(usize),
}

struct Scan {
    frames: Vec<Frame>,
    /// The column of the key that a block scalar belongs to, and where its first line begins.
    block: Option<(usize, usize)>,
    /// Where a plain or quoted scalar begins that goes on.
    scalar: Option<usize>,
}

impl Scan {
    fn spot(&self, slot: Slot, start: usize) -> Spot {
        Spot { path: self.frames.iter().map(|frame| frame.step.clone()).collect(), slot, start, in_flow: false }
    }

    fn column(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.column)
    }

    fn line(&mut self, text: &str, line: &str, start: usize, is_last: bool) -> Next {
        let behind = Next::From(start + line.len() + 1);
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if let Some((column, begin)) = self.block {
            if (content.is_empty() && !is_last) || indent > column {
                return if is_last { Next::Found(self.spot(Slot::Block(begin), start + indent)) } else { behind };
            }
            self.block = None;
        }
        if content.starts_with('#') {
            return if is_last { Next::Found(self.spot(Slot::Comment, start)) } else { behind };
        }
        if content.trim().is_empty() {
            if !is_last {
                return behind;
            }
            self.leave(indent, false);
            return Next::Found(self.spot(Slot::Key, start + line.len()));
        }
        self.entry(text, content, (indent, start + indent), is_last, behind)
    }

    /// Leaves what does not hold a line in this column.
    fn leave(&mut self, column: usize, is_dash: bool) {
        while let Some(last) = self.frames.last() {
            let stays = last.column < column || (last.column == column && is_dash && last.step != Step::Item);
            if stays {
                break;
            }
            self.frames.pop();
            self.scalar = None;
        }
    }

    fn entry(&mut self, text: &str, content: &str, (column, at): (usize, usize), is_last: bool, behind: Next) -> Next {
        let (mut content, mut column, mut at) = (content, column, at);
        while content == "-" || content.starts_with("- ") {
            self.leave(column, true);
            self.frames.push(Frame { column, step: Step::Item });
            let rest = content.get(1..).unwrap_or("");
            let spaces = rest.len() - rest.trim_start().len();
            content = rest.trim_start();
            column += 1 + spaces;
            at += 1 + spaces;
        }
        if let Some(scalar) = self.scalar.filter(|_| column > self.column()) {
            // A text over several lines goes on, unless this is a key.
            if key_end(content).is_none() {
                return if is_last { Next::Found(self.spot(Slot::Value, scalar)) } else { behind };
            }
        }
        if content.starts_with(['{', '[']) {
            return self.flow(text, at);
        }
        let Some((key, length)) = key_end(content) else {
            if is_last {
                self.leave(column, false);
                return Next::Found(self.spot(Slot::Key, at));
            }
            // An item that is a scalar, or half a word.
            return behind;
        };
        self.leave(column, false);
        self.frames.push(Frame { column, step: Step::Key(key) });
        self.scalar = None;
        let value = content.get(length..).unwrap_or("");
        let trimmed = value.trim_start();
        let value_at = at + length + (value.len() - trimmed.len());
        if trimmed.starts_with(['{', '[']) {
            return self.flow(text, value_at);
        }
        let comment = if value.starts_with(' ') && trimmed.starts_with('#') { Some(0) } else { trimmed.find(" #") };
        if let Some(_comment) = comment.filter(|_| is_last) {
            return Next::Found(self.spot(Slot::Comment, value_at));
        }
        if is_last {
            return Next::Found(self.spot(Slot::Value, value_at));
        }
        if trimmed.starts_with(['|', '>']) {
            self.block = Some((column, value_at + trimmed.len() + 1));
        } else if !trimmed.trim().is_empty() && comment != Some(0) {
            self.scalar = Some(value_at);
        }
        behind
    }

    /// Reads braces and brackets from their first on, up to where they close.
    fn flow(&mut self, text: &str, from: usize) -> Next {
        let mut open: Vec<Open> = Vec::new();
        let mut quote: Option<char> = None;
        let mut chars = text.get(from..).unwrap_or("").char_indices().map(|(at, c)| (from + at, c)).peekable();
        let fresh = |text: &str, at: usize| {
            let rest = text.get(at..).unwrap_or("");
            at + (rest.len() - rest.trim_start().len())
        };
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            if let Some(closing) = quote {
                if c == closing {
                    quote = None;
                }
                continue;
            }
            match c {
                '"' | '\'' if open.last().is_some_and(|open| open.start == at) => quote = Some(c),
                '{' | '[' => open.push(Open { is_map: c == '{', key: None, start: fresh(text, at + 1) }),
                '}' | ']' => {
                    open.pop();
                    if open.is_empty() {
                        let line_end = text.get(at..).and_then(|rest| rest.find('\n')).map(|end| at + end + 1);
                        return match line_end {
                            Some(next) => Next::From(next),
                            None => Next::Found(self.spot(Slot::Comment, at)),
                        };
                    }
                }
                ',' => {
                    if let Some(last) = open.last_mut() {
                        last.start = fresh(text, at + 1);
                        last.key = None;
                    }
                }
                ':' if next.is_none_or(char::is_whitespace) => {
                    if let Some(last) = open.last_mut().filter(|open| open.is_map && open.key.is_none()) {
                        last.key = Some(unquoted(text.get(last.start..at).unwrap_or("")));
                        last.start = fresh(text, at + 1);
                    }
                }
                '#' if text.get(..at).is_some_and(|before| before.ends_with(' ')) => {
                    while chars.peek().is_some_and(|(_, c)| *c != '\n') {
                        chars.next();
                    }
                }
                _ => {}
            }
        }
        let mut spot = self.spot(Slot::Value, text.len());
        spot.in_flow = true;
        for (level, each) in open.iter().enumerate() {
            match (&each.key, each.is_map) {
                (Some(key), _) => spot.path.push(Step::Key(key.clone())),
                (None, false) => spot.path.push(Step::Item),
                (None, true) => {}
            }
            if level + 1 == open.len() {
                spot.slot = if each.is_map && each.key.is_none() { Slot::Key } else { Slot::Value };
                spot.start = each.start;
            }
        }
        Next::Found(spot)
    }
}

/// The key that a line begins with, and how long it is with its colon.
fn key_end(content: &str) -> Option<(String, usize)> {
    if let Some(quote) = content.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let end = content.get(1..)?.find(quote)? + 2;
        let colon = content.get(end..)?;
        return colon.starts_with(':').then(|| (unquoted(content.get(..end).unwrap_or("")), end + 1));
    }
    let ends = |at: usize| content.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']));
    let at = content.match_indices(':').map(|(at, _)| at).find(|at| ends(*at))?;
    let is_comment = content.get(..at).is_some_and(|key| key.contains(" #"));
    (!is_comment && at > 0).then(|| (content.get(..at).unwrap_or("").trim().to_owned(), at + 1))
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

/// The word at a cursor: what is typed of it before, and what stands behind.
pub(super) fn word(text: &str, offset: usize, from: usize, holds: impl Fn(char) -> bool) -> Span {
    let before = text.get(from.min(offset)..offset).unwrap_or("");
    let start = before
        .rfind(|c| !holds(c))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let rest = text.get(offset..).unwrap_or("");
    let end = rest.find(|c| !holds(c)).unwrap_or(rest.len());
    Span::new(from.min(offset) + start, offset + end)
}
