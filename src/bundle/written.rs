//! Something an author wrote, with its place.

use crate::text::{Node, Place};

/// A value with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Written<T> {
    /// A value at a place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

/// What may stand in `let`, `then`, `otherwise`, `value`, `at` and `instead`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// `= ...`, or a bare `params.x.y`: the text of the expression.
    Expression(String),
    /// A literal of the declared kind.
    Literal(Node),
}

impl Formula {
    /// Tells expressions from literals: a text that begins with `=`, as in a spreadsheet, or the path of a parameter.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        let Some(text) = node.as_text() else { return Self::Literal(node.clone()) };
        if let Some(expression) = text.trim_start().strip_prefix('=') {
            return Self::Expression(expression.to_owned());
        }
        let is_path = text.strip_prefix("params.").is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.')
        });
        if is_path { Self::Expression(text.to_owned()) } else { Self::Literal(node.clone()) }
    }
}
