//! Events of the parser to the document tree.

mod refused;

use std::collections::BTreeMap;

use granit_parser::{Event, ScalarStyle, StructureStyle};

use crate::limits::{DOCUMENT_DEPTH_MAX, DOCUMENT_NODES_MAX, KEY_BYTES_MAX};
use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::node::{Entry, Key, Node, NodeKind, Style};
use crate::text::source::{Source, Span};

use super::comma::{Commas, Written, scalar_node};
use super::finding::{Mistake, brief, empty, too_deep, too_many_nodes};
use super::here::{Context, line_start};
use super::mistake::tab_indent;
use super::symbol;

/// The tree as far as it was read.
pub(super) struct Tree<'a> {
    source: &'a Source,
    /// What repaired scalars say, by their first byte.
    readings: &'a BTreeMap<usize, String>,
    frames: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    /// A finding left something out of the tree: what is missing in it may not be missing in the text.
    broken: bool,
    /// For each anchor, its finding.
    anchors: BTreeMap<usize, usize>,
    last: Context,
    /// Findings that do not stop the parser.
    pub(super) found: Vec<Diagnostic>,
}

/// A list or mapping that is not closed yet.
struct Frame {
    span: Span,
    in_flow: bool,
    /// It stands where a mapping wants a key.
    is_key: bool,
    /// How many findings there were before it.
    found_before: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Written>, key: Option<WrittenKey> },
}

/// A key that waits for its value.
struct WrittenKey {
    key: Key,
    /// Refused already: its entry is left out.
    refused: bool,
}

type Taken = Result<(), Mistake>;

impl<'a> Tree<'a> {
    pub(super) fn new(source: &'a Source, readings: &'a BTreeMap<usize, String>) -> Self {
        Self {
            source,
            readings,
            frames: Vec::new(),
            root: None,
            nodes: 0,
            broken: false,
            anchors: BTreeMap::new(),
            last: Context::default(),
            found: Vec::new(),
        }
    }

    /// Where the reader stands, to explain an error of the parser.
    pub(super) fn context(&self) -> Context {
        let open = self.frames.last().filter(|frame| frame.in_flow).map(|frame| frame.span);
        Context { open, ..self.last }
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.found.push(problem);
    }

    /// The finished tree, if it can be trusted.
    pub(super) fn finish(mut self) -> (Option<Node>, Vec<Diagnostic>) {
        let is_empty = match &self.root {
            None => true,
            Some(root) => root.is_null() && root.span.start == root.span.end,
        };
        if is_empty {
            self.found.push(empty(self.source));
            self.broken = true;
        }
        (self.root.filter(|_| !self.broken), self.found)
    }

    /// Takes one event.
    pub(super) fn take(&mut self, event: Event<'_>, place: granit_parser::Span) -> Taken {
        let span = bytes(place);
        let tag = place.tag_span().map(bytes);
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, span, tag)?,
            Event::SequenceStart(style, ..) => {
                if style == StructureStyle::Flow
                    && let Some(repair) = symbol::interval(self.source, span.start)
                {
                    return Err(repair.into());
                }
                let start = if style == StructureStyle::Block { self.first_dash(span) } else { span.start };
                self.open(Span::new(start, span.end), style, tag, Content::List(Vec::new()))?;
            }
            Event::MappingStart(style, ..) => {
                self.open(span, style, tag, Content::Map { entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Anchor(id, name) => self.anchor(id, &name, span),
            Event::Alias(id) => self.alias(Some(id), span)?,
            Event::UnresolvedAlias(_) => self.alias(None, span)?,
            _ => {}
        }
        self.last.read_to = self.last.read_to.max(span.end);
        Ok(())
    }

    fn in_flow(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.in_flow)
    }

    /// Does a mapping wait for its next key?
    fn wants_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { content: Content::Map { key: None, .. }, .. }))
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span, tag: Option<Span>) -> Taken {
        let is_plain = style == ScalarStyle::Plain;
        if is_plain
            && self.in_flow()
            && !self.readings.contains_key(&span.start)
            && let Some(repair) = symbol::interval_open_left(self.source, span)
        {
            return Err(repair.into());
        }
        if is_plain && span.start < span.end {
            self.last.plain = Some(span);
        }
        if self.wants_key() {
            return self.key(text, is_plain, span, tag);
        }
        if let Some(tag) = tag.filter(|tag| self.in_flow() && self.source.slice(*tag).contains('(')) {
            return Err(symbol::bad_tag(self.source, tag.start, true).into());
        }
        let node = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.block(text, span),
            _ => self.flow_scalar(text, is_plain, span),
        };
        let node = match tag {
            Some(tag) => self.tagged(node, tag),
            None => node,
        };
        self.place(node)
    }

    fn flow_scalar(&self, text: &str, is_plain: bool, span: Span) -> Node {
        if let Some(reading) = self.readings.get(&span.start).filter(|_| is_plain && span.start < span.end) {
            return scalar_node(span, reading.clone(), Style::Plain);
        }
        if is_plain && span.start == span.end {
            return Node { span: self.nothing_at(span), kind: NodeKind::Null };
        }
        if is_plain && matches!(text, "null" | "~") {
            return Node { span, kind: NodeKind::Null };
        }
        scalar_node(span, text.to_owned(), if is_plain { Style::Plain } else { Style::Quoted })
    }

    /// A missing value stands behind the `:` of its key; the parser places it before.
    fn nothing_at(&self, span: Span) -> Span {
        let colon = self.colon_after(span.start).map_or(span.start, |colon| colon + 1);
        Span::new(colon, colon)
    }

    /// The place of the `:` that follows a key.
    fn colon_after(&self, end: usize) -> Option<usize> {
        let rest = self.source.text().get(end..)?;
        let found = end + rest.len() - rest.trim_start().len();
        self.source.text().get(found..)?.starts_with(':').then_some(found)
    }

    /// Where a block list begins. The parser names the first item if the list is not indented deeper than its key.
    fn first_dash(&self, span: Span) -> usize {
        let is_value = matches!(self.frames.last(), Some(Frame { content: Content::Map { key: Some(_), .. }, .. }));
        if !is_value {
            return span.start;
        }
        let mut start = self.last.read_to;
        for line in self.source.slice(Span::new(start, span.start)).split_inclusive('\n') {
            let code = line.trim_start();
            if code.starts_with('-') {
                return start + line.len() - code.len();
            }
            start += line.len();
        }
        span.start
    }

    fn block(&mut self, text: &str, span: Span) -> Node {
        if !text.is_empty() {
            let written = self.source.slice(span);
            return scalar_node(Span::new(span.start, span.start + written.trim_end().len()), text.to_owned(), Style::Block);
        }
        let header = self.block_header(span);
        if let Some((problem, words)) = symbol::empty_block(self.source, header) {
            self.found.push(problem);
            return scalar_node(header, words, Style::Plain);
        }
        scalar_node(header, String::new(), Style::Block)
    }

    /// The `|` or `>` with its indicators that begins an empty block, which the parser's own span may leave out.
    fn block_header(&self, span: Span) -> Span {
        let from = self.last.read_to.min(span.end);
        let between = self.source.text().get(from..span.end).unwrap_or("");
        let mut start = from;
        for line in between.split_inclusive('\n') {
            let code = line.split(" #").next().unwrap_or("");
            if !line.trim_start().starts_with('#')
                && let Some(at) = code.find(['|', '>'])
            {
                let header = code.get(at..).unwrap_or("").trim_end();
                return Span::new(start + at, start + at + header.len());
            }
            start += line.len();
        }
        span
    }

    fn key(&mut self, text: &str, is_plain: bool, span: Span, tag: Option<Span>) -> Taken {
        let refusal = if let Some(tag) = tag {
            Some(symbol::refused_tag(self.source, tag))
        } else if is_plain && span.start == span.end {
            let message = "a `:` without a key before it";
            let length = self.source.text().get(span.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let span = Span::new(span.start, span.start + length);
            Some(Diagnostic::error(Code::Syntax, self.source, span, message).help("write the key, or remove the line"))
        } else if is_plain && text == "<<" {
            let message = "merge keys (`<<`) are refused";
            let help = "write the entries out here, so that this place says all that holds for it";
            Some(Diagnostic::error(Code::YamlFeature, self.source, span, message).help(help))
        } else if text.len() > KEY_BYTES_MAX {
            let message =
                format!("the key `{}` has {} bytes, more than the {KEY_BYTES_MAX} of the longest", brief(text), text.len());
            Some(Diagnostic::error(Code::TooLarge, self.source, span, message).help("is a `:` missing before it, or a quote?"))
        } else {
            None
        };
        let in_flow = self.in_flow();
        if !in_flow {
            self.last.key = Some(span);
            let start = line_start(self.source.text(), span.start);
            if let Some(tab) = self.source.slice(Span::new(start, span.start)).find('\t') {
                return Err(tab_indent(self.source, Span::new(start + tab, span.start)).into());
            }
        }
        let refused = refusal.is_some();
        if let Some(problem) = refusal {
            self.broken = true;
            self.found.push(problem);
        }
        self.count(span)?;
        let text = self.readings.get(&span.start).filter(|_| is_plain).cloned().unwrap_or_else(|| text.to_owned());
        self.set_key(WrittenKey { key: Key { text, span }, refused });
        Ok(())
    }

    fn set_key(&mut self, written: WrittenKey) {
        if let Some(Frame { content: Content::Map { key, .. }, .. }) = self.frames.last_mut() {
            *key = Some(written);
        }
    }

    fn open(&mut self, span: Span, style: StructureStyle, tag: Option<Span>, content: Content) -> Taken {
        if self.frames.len() >= DOCUMENT_DEPTH_MAX {
            let end = (span.start + 1).min(self.source.text().len());
            return Err(too_deep(self.source, Span::new(span.start, end)).into());
        }
        if let Some(tag) = tag {
            let written = self.source.slice(tag);
            let problem = if matches!(written, "!" | "!=") {
                let words = if matches!(content, Content::List(_)) { "{not: [...]}" } else { "{not: ...}" };
                symbol::tag(self.source, tag, words)
            } else {
                symbol::refused_tag(self.source, tag)
            };
            self.broken = true;
            self.found.push(problem);
        }
        let is_key = self.wants_key();
        self.frames.push(Frame { span, in_flow: style == StructureStyle::Flow, is_key, found_before: self.found.len(), content });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Taken {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let (kind, last) = match frame.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span);
                (NodeKind::List(if frame.in_flow { self.mended(|commas| commas.mend_list(items)) } else { items }), last)
            }
            Content::Map { entries, .. } => {
                let last = entries.last().map(|written| written.entry.key.span.to(written.entry.value.span));
                let entries = if frame.in_flow { self.mended(|commas| commas.mend_map(entries)) } else { plain_entries(entries) };
                (NodeKind::Map(self.unique(entries, frame.in_flow)), last)
            }
        };
        // The parser ends a block where the next line begins; what belongs to it ends with its last entry.
        let span = if frame.in_flow { frame.span.to(end) } else { frame.span.to(last.unwrap_or(frame.span)) };
        if frame.in_flow && !self.in_flow() && end.start < end.end {
            self.last.closed = Some(span);
        }
        if frame.is_key {
            self.broken = true;
            // What is wrong inside a key that cannot be one follows from that.
            self.found.truncate(frame.found_before);
            let message = format!("`{}` cannot be a key: a key is a single word or text", brief(self.source.slice(span)));
            let help = "a text that begins with `{` or `[` wants quotes";
            self.found.push(Diagnostic::error(Code::Syntax, self.source, span, message).help(help));
            self.set_key(WrittenKey { key: Key { text: String::new(), span }, refused: true });
            return Ok(());
        }
        self.place(Node { span, kind })
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node) -> Taken {
        self.count(node.span)?;
        let stray = node.is_null() && node.span.start == node.span.end && self.in_flow() && self.is_stray();
        match self.frames.last_mut() {
            None => self.root = Some(node),
            Some(Frame { content: Content::List(items), .. }) => items.push(node),
            Some(Frame { content: Content::Map { entries, key }, .. }) => {
                if let Some(WrittenKey { key, refused: false }) = key.take() {
                    entries.push(Written { entry: Entry { key, value: node }, stray });
                }
            }
        }
        Ok(())
    }

    /// Is the key that waits for its value a bare word without `:`?
    fn is_stray(&self) -> bool {
        match self.frames.last() {
            Some(Frame { content: Content::Map { key: Some(written), .. }, .. }) => {
                self.colon_after(written.key.span.end).is_none()
            }
            _ => false,
        }
    }

    fn count(&mut self, span: Span) -> Taken {
        self.nodes += 1;
        if self.nodes > DOCUMENT_NODES_MAX {
            return Err(too_many_nodes(self.source, span).into());
        }
        Ok(())
    }

    fn mended<T>(&mut self, mend: impl FnOnce(&mut Commas<'_>) -> T) -> T {
        let mut commas = Commas::new(self.source, self.readings);
        let mended = mend(&mut commas);
        self.broken |= commas.broken;
        self.found.append(&mut commas.found);
        mended
    }
}

fn plain_entries(entries: Vec<Written>) -> Vec<Entry> {
    entries.into_iter().map(|written| written.entry).collect()
}

/// The byte range of a parser's span; reading from a string slice always has one.
pub(super) fn bytes(span: granit_parser::Span) -> Span {
    span.byte_range().map_or_else(Span::default, |range| Span::new(range.start, range.end))
}
