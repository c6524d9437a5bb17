//! The kinds of values: what a fact, an output, a parameter or an expression may hold.

use std::fmt;
use std::sync::Arc;

/// The kind of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// An exact decimal number.
    Decimal,
    /// An amount in a currency.
    Money,
    /// Free text.
    Text,
    /// One of a closed list of names.
    Enum(Arc<EnumKind>),
    /// A country or a part of one.
    Place,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// A length of time.
    Duration,
    /// A list of one kind.
    List(Box<Kind>),
    /// A group of named fields.
    Record(Arc<RecordKind>),
}

/// A closed list of names.
#[derive(Debug, PartialEq, Eq)]
pub struct EnumKind {
    /// The names, from the least to the most where they are ordered.
    pub names: Vec<Arc<str>>,
    /// Does `at least moderate` make sense?
    pub ordered: bool,
}

impl EnumKind {
    /// A closed list of names.
    pub fn new<T: Into<Arc<str>>>(names: impl IntoIterator<Item = T>, ordered: bool) -> Self {
        Self { names: names.into_iter().map(Into::into).collect(), ordered }
    }

    /// The position of a name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|each| &**each == name).and_then(|at| u16::try_from(at).ok())
    }

    /// The name at a position.
    #[must_use]
    pub fn name(&self, position: u16) -> &str {
        self.names.get(usize::from(position)).map_or("", |name| name)
    }
}

/// A group of named fields.
#[derive(Debug, PartialEq, Eq)]
pub struct RecordKind {
    /// What one of them is called: `consequential charge`.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: Vec<FieldKind>,
}

/// One field of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldKind {
    /// Its name.
    pub name: Arc<str>,
    /// Its kind.
    pub kind: Kind,
    /// What it means, in a few words.
    pub about: &'static str,
    /// Can somebody still bring it about, or put it right?
    pub actionable: bool,
    /// Does it tell who the customer is, or what somebody said?
    pub personal: bool,
}

impl RecordKind {
    /// The position of a field.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| &*field.name == name)
    }
}

impl Kind {
    /// Are the values of this kind in an order that cells can compare?
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        match self {
            Self::Integer | Self::Decimal | Self::Money | Self::Date | Self::DateTime | Self::Duration => true,
            Self::Enum(kind) => kind.ordered,
            Self::Boolean | Self::Text | Self::Place | Self::List(_) | Self::Record(_) => false,
        }
    }

    /// Is it a number without a unit?
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// May a value of kind `other` stand where this kind is declared? An integer may stand for a decimal.
    #[must_use]
    pub fn takes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Decimal, Self::Integer) => true,
            (Self::Enum(mine), Self::Enum(theirs)) => theirs.names.iter().all(|name| mine.names.contains(name)),
            (Self::List(mine), Self::List(theirs)) => mine.takes(theirs),
            _ => self == other,
        }
    }

    /// The word that a bundle writes: `money`, `enum`, `list of text`.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Boolean => "boolean".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::Decimal => "decimal".to_owned(),
            Self::Money => "money".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Enum(_) => "enum".to_owned(),
            Self::Place => "place".to_owned(),
            Self::Date => "date".to_owned(),
            Self::DateTime => "datetime".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::List(item) => format!("list of {}", item.word()),
            Self::Record(record) => record.name.to_owned(),
        }
    }
}

impl fmt::Display for Kind {
    /// In words for a message: `a date`, `one of gold, silver`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => out.write_str("true or false"),
            Self::Integer => out.write_str("a whole number"),
            Self::Decimal => out.write_str("a number"),
            Self::Money => out.write_str("an amount of money"),
            Self::Text => out.write_str("text"),
            Self::Enum(kind) => {
                out.write_str("one of ")?;
                for (at, name) in kind.names.iter().enumerate() {
                    if at > 0 {
                        out.write_str(", ")?;
                    }
                    out.write_str(name)?;
                }
                Ok(())
            }
            Self::Place => out.write_str("a place"),
            Self::Date => out.write_str("a date"),
            Self::DateTime => out.write_str("a time with its offset"),
            Self::Duration => out.write_str("a length of time"),
            Self::List(item) => write!(out, "a list ({item} each)"),
            Self::Record(record) => write!(out, "a {}", record.name),
        }
    }
}
