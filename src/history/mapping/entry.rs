//! An entry of a mapping: what it fills, and how one row fills it.

use super::condition::Conditions;
use super::origin::{Context, Found, FromColumn, Given, Origin, Refusal};
use super::target::{Target, entry};
use crate::text::{Node, NodeKind, Span};

/// An entry of a mapping.
#[derive(Clone, Debug)]
pub(crate) struct MappingEntry {
    pub(crate) target: Target,
    /// Where its name stands.
    pub(crate) span: Span,
    pub(crate) form: Form,
}

/// How a row fills it.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    One(Origin),
    /// A list out of one cell, divided at a separator.
    Split(FromColumn, String),
    Items(Items),
}

/// A list, item by item.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    /// When no item is found.
    pub(crate) otherwise: Given,
}

#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) when: Conditions,
    pub(crate) shape: ItemShape,
}

#[derive(Clone, Debug)]
pub(crate) enum ItemShape {
    Value(Box<Origin>),
    Record(Vec<(String, Origin)>),
}

impl MappingEntry {
    /// The value for one row. `behind` is what has to be added to a place in the mapping so that it lies behind the row.
    pub(crate) fn value<'m>(&'m self, row: &Context<'_>, behind: usize) -> Result<Option<Node>, Refusal<'m>> {
        match &self.form {
            Form::One(origin) => origin.find(row).map(|found| found.into_node(behind)),
            Form::Split(from, separator) => {
                if row.cells.get(from.column).text.is_empty() {
                    return from.find(row).map(|found| found.into_node(behind));
                }
                let found = from.find_all(separator, row)?;
                let items: Vec<Node> = found.into_iter().filter_map(|each| each.into_node(behind)).collect();
                let span = row.cells.get(from.column).span;
                Ok((!items.is_empty()).then_some(Node { span, kind: NodeKind::List(items) }))
            }
            Form::Items(items) => items.value(row, behind),
        }
    }
}

impl Items {
    fn value<'m>(&'m self, row: &Context<'_>, behind: usize) -> Result<Option<Node>, Refusal<'m>> {
        let mut list = Vec::new();
        for item in &self.items {
            if !item.when.hold(row.cells, row.forms)? {
                continue;
            }
            match &item.shape {
                ItemShape::Value(origin) => list.extend(origin.find(row)?.into_node(behind)),
                ItemShape::Record(fields) => {
                    let mut entries = Vec::new();
                    let is_constant = |origin: &Origin| matches!(origin, Origin::Constant(_));
                    let mut span = None;
                    let mut is_told = fields.iter().all(|(_, origin)| is_constant(origin));
                    for (name, origin) in fields {
                        if let Some(node) = origin.find(row)?.into_node(behind) {
                            is_told |= !is_constant(origin);
                            span = span.or(Some(node.span));
                            entries.push(entry(name, node));
                        }
                    }
                    list.extend(span.filter(|_| is_told).map(|span| Node { span, kind: NodeKind::Map(entries) }));
                }
            }
        }
        if list.is_empty() {
            return Ok(self.otherwise.as_ref().map(|node| moved(node, behind)));
        }
        let span = list.first().map_or_else(Span::default, |first| first.span);
        Ok(Some(Node { span, kind: NodeKind::List(list) }))
    }
}

impl Found<'_> {
    fn into_node(self, behind: usize) -> Option<Node> {
        match self {
            Self::Missing => None,
            Self::InRow(node) => Some(node),
            Self::InMapping(node) => Some(moved(node, behind)),
        }
    }
}

/// A node of the mapping with its places moved behind the text of the row.
fn moved(node: &Node, behind: usize) -> Node {
    let span = Span::new(node.span.start + behind, node.span.end + behind);
    let kind = match &node.kind {
        NodeKind::List(items) => NodeKind::List(items.iter().map(|item| moved(item, behind)).collect()),
        NodeKind::Map(entries) => {
            NodeKind::Map(entries.iter().map(|each| entry(&each.key.text, moved(&each.value, behind))).collect())
        }
        NodeKind::Null | NodeKind::Scalar(_) => node.kind.clone(),
    };
    Node { span, kind }
}
