//! The typed tree of an expression.

use crate::script::function::HostFunction;
use crate::script::names::{FactPath, Fields};
use crate::script::operator::Operator;
use crate::text::Place;
use crate::value::{Fact, Kind, Value};

/// One node. Places are those of what may fail.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A value written down.
    Constant(Value, Place),
    /// A fact, a parameter, an output.
    Read(FactPath),
    /// Fields below a computed value.
    Below(Box<Tree>, Fields),
    /// An entry of a record by its name, or an item of a list by its number.
    Index(Box<(Tree, Tree)>, Place),
    /// `-x`
    Negate(Box<Tree>, Place),
    /// `!x`
    Not(Box<Tree>, Place),
    /// `a + b` and its like.
    Binary(Operator, Box<(Tree, Tree)>, Place),
    /// `a && b && ...`
    Every(Vec<Tree>, Place),
    /// `a || b || ...`
    Either(Vec<Tree>, Place),
    /// `a ?? b ?? ...`
    Coalesce(Vec<Tree>),
    /// `if a { b } else { c }`
    If(Box<(Tree, Tree, Tree)>, Place),
    /// A text with values in it.
    Text(Vec<Tree>, Place),
    /// `[a, b]`
    List(Vec<Tree>),
    /// A call of a host function.
    Call(Box<Call>),
    /// `is_missing(x)` and `is_unknown(x)`.
    Looks(Fact<()>, Box<Tree>),
}

/// A call of a host function.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) function: HostFunction,
    pub(super) arguments: Vec<Tree>,
    /// `sum` and `total` begin with nothing of this kind, so that an empty list has a sum.
    pub(super) begins: Option<Kind>,
    pub(super) place: Place,
}
