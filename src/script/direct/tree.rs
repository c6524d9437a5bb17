//! What a function of a script is once it is lowered.

use crate::script::function::HostFunction;
use crate::script::operator::Operator;
use crate::value::{Kind, Value};
use std::sync::Arc;

/// A function of a script, for one way in which it is called.
#[derive(Clone, Debug)]
pub(super) struct Function {
    /// The places of its parameters that are values, and of every variable.
    pub(super) places: usize,
    pub(super) body: Vec<Statement>,
}

/// One statement. Its value is that of the block if it is the last one.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    /// Something that does nothing, such as another name for a group of facts.
    Nothing,
    /// A variable begins, or is given another value: its place among those of the function.
    Set(usize, Node),
    /// `x += 1`
    Change(usize, Operator, Node),
    /// `draft.amount = ...`
    SetField(usize, Arc<str>, Node),
    /// `draft.amount += ...`
    ChangeField(usize, Arc<str>, Operator, Node),
    /// `for item in list { ... }`: the place of the variable.
    For(usize, Node, Vec<Statement>),
    Range(Box<Range>),
    While(Node, Vec<Statement>),
    Value(Node),
    Return(Option<Node>),
    Break,
    Continue,
}

/// Something that has a value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// `()`
    Nothing,
    Constant(Value),
    /// A variable.
    Place(usize),
    /// One of the facts that the function reads, by its number.
    Fact(usize),
    Setting(Arc<str>),
    Field(Box<Node>, Arc<str>),
    Item(Box<(Node, Node)>),
    Binary(Operator, Box<(Node, Node)>),
    Negate(Box<Node>),
    Not(Box<Node>),
    Every(Vec<Node>),
    Either(Vec<Node>),
    Coalesce(Vec<Node>),
    If(Box<If>),
    Block(Vec<Statement>),
    Text(Vec<Node>),
    List(Vec<Node>),
    Map(Vec<(Arc<str>, Node)>),
    Len(Box<Node>),
    IsEmpty(Box<Node>),
    /// Adds to the list in that place.
    Push(usize, Box<Node>),
    /// Takes the last item from the list in that place.
    Pop(usize),
    Host(Box<Host>),
    /// A function of the script, by its number.
    Own(usize, Vec<Node>),
    Over(Box<Over>),
}

/// `for i in 0..5 { ... }`
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) place: usize,
    pub(super) from: Node,
    pub(super) to: Node,
    /// Does `to` belong to it?
    pub(super) inclusive: bool,
    pub(super) body: Vec<Statement>,
}

/// What a closure is asked of each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Map,
    Filter,
    Some,
    All,
}

/// `list.filter(|x| ...)`
#[derive(Clone, Debug)]
pub(super) struct Over {
    pub(super) asked: Asked,
    pub(super) list: Node,
    /// The place of what the closure is given.
    pub(super) place: usize,
    pub(super) body: Vec<Statement>,
}

#[derive(Clone, Debug)]
pub(super) struct If {
    pub(super) test: Node,
    pub(super) then: Vec<Statement>,
    pub(super) otherwise: Vec<Statement>,
}

/// A call of a host function.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) function: HostFunction,
    pub(super) arguments: Vec<Node>,
    /// The kind of the list that it adds up, where that is told whatever the case.
    pub(super) list: Option<Kind>,
}
