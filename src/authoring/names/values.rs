//! Values of closed lists: where a fact or an output is given one, or asked for one.

use super::collecting::{Collecting, segments};
use super::meaning::Within;
use super::name::{Name, NameKind, Role};
use crate::bundle::Written;
use crate::text::{Node, NodeKind, Place, Source, Span};
use crate::value::{EnumKind, Kind};
use std::sync::Arc;

/// A closed list: whose values they are, and which.
pub(super) struct Closed {
    owner: String,
    list: Arc<EnumKind>,
}

impl Closed {
    /// The list that a kind is, or that the items of a list are out of.
    pub(super) fn of(owner: String, kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Enum(list) => Some(Self { owner, list: list.clone() }),
            Kind::List(item) => Self::of(owner, item),
            _ => None,
        }
    }

    /// The list behind a path: of a fact, or of an output of a decision.
    pub(super) fn behind(path: &str, within: Within, found: &Collecting<'_>) -> Option<Self> {
        let path = segments(path);
        let spelled = found.meanings.spell(&path, within);
        let (last, used) = spelled.last()?;
        if used.end < path.len() {
            return None;
        }
        let owner = match last.kind {
            NameKind::Fact => last.text.clone(),
            NameKind::Output => format!("{}.{}", last.within, last.text),
            // A decision with one output may be named alone.
            NameKind::Decision => {
                let number = found.meanings.decision(&last.text)?;
                let (output, _) = found.meanings.outline.catalog.decisions.get(number)?.outputs.first()?;
                format!("{}.{output}", last.text)
            }
            _ => return None,
        };
        Self::of(owner, &found.meanings.kind(&path, within)?)
    }

    fn name(&self, value: &str) -> Option<Name> {
        self.list.position(value).map(|_| Name::new(NameKind::Value, self.owner.as_str(), value))
    }
}

/// The values in a cell, a list or a literal.
pub(super) fn values(node: &Node, source: &Source, closed: Option<&Closed>, role: Role, found: &mut Collecting<'_>) {
    match &node.kind {
        NodeKind::Scalar(scalar) => values_in(&scalar.text, &source.place(node.span), closed, role, found),
        NodeKind::List(items) => items.iter().for_each(|item| values(item, source, closed, role, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| values(&entry.value, source, closed, role, found)),
        NodeKind::Null => {}
    }
}

/// The values in the text of a cell: each word of it that is one.
pub(super) fn values_in(text: &str, place: &Place, closed: Option<&Closed>, role: Role, found: &mut Collecting<'_>) {
    let Some(closed) = closed else { return };
    let is_between = |c: char| c.is_whitespace() || ",()[]".contains(c);
    let mut start = 0;
    for word in text.split(is_between) {
        if let Some(name) = closed.name(word) {
            found.part(text, place, Span::new(start, start + word.len()), name, role);
        }
        start += word.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
}

/// The list itself: the `values` of a declared type.
pub(super) fn declared(owner: &str, declaration: Option<&Node>, source: &Source, found: &mut Collecting<'_>) {
    let listed = declaration.and_then(|node| node.get("values"));
    for item in listed.and_then(Node::as_list).unwrap_or_default() {
        if let Some(text) = item.as_text() {
            let written = Written::new(text.to_owned(), source.place(item.span));
            found.whole(&written, Name::new(NameKind::Value, owner, text), Role::Defines);
        }
    }
}
