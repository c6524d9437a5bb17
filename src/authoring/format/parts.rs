//! A document cut into its parts, each comment beside what it speaks of.

use super::comments::{Comment, column, is_after_blank};
use super::records::Kind;
use crate::text::{Key, Node, NodeKind, Scalar, Span, Style};

/// An entry of a mapping, an item of a list, or the whole document.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) key: Option<&'a Key>,
    pub(super) node: &'a Node,
    /// Comments on lines of their own before it.
    pub(super) leading: Vec<&'a Comment>,
    /// Is the line above it blank?
    pub(super) after_blank: bool,
    /// Comments on its line: behind the key where more lines follow, else behind the value.
    pub(super) behind: Vec<&'a Comment>,
    pub(super) shape: Shape<'a>,
}

/// How a value is laid out.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    /// On the line of its key.
    Inline,
    /// As a block of text.
    Text,
    /// Part by part on lines of their own, with the comments behind the last one.
    Parts(Vec<Part<'a>>, Vec<&'a Comment>),
}

/// What the parts are cut out of.
pub(super) struct Cutter<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    pub(super) comments: &'a [Comment],
}

impl<'a> Cutter<'a> {
    /// The whole document.
    pub(super) fn document(&self, root: &'a Node) -> Part<'a> {
        self.part(None, root, Span::new(0, self.text.len()), &[])
    }

    fn inside(&self, span: Span) -> &'a [Comment] {
        let from = self.comments.partition_point(|comment| comment.at < span.start);
        let to = self.comments.partition_point(|comment| comment.at < span.end);
        self.comments.get(from..to).unwrap_or(&[])
    }

    /// Is a collection written between brackets?
    fn is_flow(&self, node: &Node) -> bool {
        let first = self.text.as_bytes().get(node.span.start);
        match node.kind {
            NodeKind::List(_) => first != Some(&b'-'),
            // A mapping of one entry between the brackets of a list needs no brackets of its own.
            NodeKind::Map(_) => first == Some(&b'{'),
            _ => false,
        }
    }

    /// Does a line end between two places?
    fn is_parted(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|between| between.contains('\n'))
    }

    /// A part with the comments in `range`: from the end of its key to where the next part begins.
    fn part(&self, key: Option<&'a Key>, node: &'a Node, range: Span, path: &[&'a str]) -> Part<'a> {
        let start = key.map_or(node.span.start, |key| key.span.start);
        let mut part = Part {
            key,
            node,
            leading: Vec::new(),
            after_blank: is_after_blank(self.text, start),
            behind: Vec::new(),
            shape: Shape::Inline,
        };
        let is_flow = self.is_flow(node);
        match &node.kind {
            NodeKind::List(items) if !items.is_empty() => {
                let children = items.iter().map(|item| (None, item)).collect();
                self.collection(&mut part, children, range, path, is_flow);
            }
            NodeKind::Map(entries) if !entries.is_empty() => {
                let children = entries.iter().map(|entry| (Some(&entry.key), &entry.value)).collect();
                self.collection(&mut part, children, range, path, is_flow);
            }
            kind => {
                let is_text = matches!(kind, NodeKind::Scalar(Scalar { style: Style::Block, .. }));
                for comment in self.inside(range) {
                    if comment.has_line { part.leading.push(comment) } else { part.behind.push(comment) }
                }
                if is_text {
                    part.shape = Shape::Text;
                }
            }
        }
        part
    }

    fn collection(
        &self,
        part: &mut Part<'a>,
        children: Vec<(Option<&'a Key>, &'a Node)>,
        range: Span,
        path: &[&'a str],
        is_flow: bool,
    ) {
        if is_flow && self.inside(part.node.span).is_empty() {
            for comment in self.inside(range) {
                if comment.has_line { part.leading.push(comment) } else { part.behind.push(comment) }
            }
            return;
        }
        let starts: Vec<usize> = children.iter().map(|(key, node)| key.map_or(node.span.start, |key| key.span.start)).collect();
        let indent = if is_flow { usize::MAX } else { column(self.text, part.node.span.start) };
        let first = starts.first().copied().unwrap_or(range.end);
        let mut waiting: Vec<&Comment> = Vec::new();
        for comment in self.inside(Span::new(range.start, first)) {
            // One behind a dash speaks of its item.
            let is_behind = !comment.has_line && part.key.is_some() && !self.is_parted(range.start, comment.at);
            if is_behind { part.behind.push(comment) } else { waiting.push(comment) }
        }
        let mut parts = Vec::with_capacity(children.len());
        let nexts = starts.iter().skip(1).copied().chain([range.end]);
        for ((key, node), next) in children.into_iter().zip(nexts) {
            let from = key.map_or(node.span.start, |key| key.span.end);
            let end = node.span.end.max(from);
            let gap = self.inside(Span::new(end, next));
            let is_open = matches!(node.kind, NodeKind::List(_) | NodeKind::Map(_)) && !self.is_flow(node);
            let own = gap.iter().take_while(|comment| {
                if comment.has_line { is_open && comment.column > indent } else { !self.is_parted(end, comment.at) }
            });
            let own = own.count();
            let until = gap.get(own).map_or(next, |comment| comment.at);
            let mut inner = path.to_vec();
            inner.push(key.map_or("*", |key| key.text.as_str()));
            let mut child = self.part(key, node, Span::new(from, until), &inner);
            let mut leading = std::mem::take(&mut waiting);
            leading.append(&mut child.leading);
            child.leading = leading;
            // A blank line above the first part stands above the whole.
            child.after_blank &= !parts.is_empty() || !child.leading.is_empty();
            parts.push(child);
            waiting.extend(gap.iter().skip(own));
        }
        self.sort(&mut parts, path);
        part.shape = Shape::Parts(parts, waiting);
    }

    /// Puts the parts of a mapping with known keys into the order of the guide. A comment that stands free, as a heading of
    /// several keys does, keeps all of them where they are.
    fn sort(&self, parts: &mut [Part<'a>], path: &[&str]) {
        let Some(order) = self.kind.order(path) else { return };
        let place = |part: &Part<'_>| part.key.and_then(|key| order.iter().position(|known| *known == key.text));
        let heads = parts.iter().skip(1).any(|part| part.after_blank && !part.leading.is_empty());
        // The outputs of an `otherwise` have names of the author: that is no such mapping.
        if heads || parts.iter().any(|part| place(part).is_none()) || parts.is_sorted_by_key(place) {
            return;
        }
        // What stands at the top of a document speaks of all of it.
        let of_whole = path.is_empty().then(|| parts.first_mut().map(|first| std::mem::take(&mut first.leading)));
        parts.sort_by_key(|part| place(part));
        if let (Some(Some(mut leading)), Some(first)) = (of_whole, parts.first_mut()) {
            leading.append(&mut first.leading);
            first.leading = leading;
        }
    }
}
