//! What a fact can be.

/// Something that a case may leave out, may give as unknown, or may give.
///
/// The three are never confused: an unknown fact is not a missing one, and neither is a `false`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Fact<T> {
    /// The case does not speak of it.
    #[default]
    Missing,
    /// The case says that nobody knows it.
    Unknown,
    /// The case gives it.
    Known(T),
}

impl<T> Fact<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing | Self::Unknown => None,
        }
    }

    /// Is it known?
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// Is it missing?
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Is it given as unknown?
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The same state, with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Missing => Fact::Missing,
            Self::Unknown => Fact::Unknown,
            Self::Known(value) => Fact::Known(change(value)),
        }
    }

    /// A borrowed view.
    pub fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Missing => Fact::Missing,
            Self::Unknown => Fact::Unknown,
            Self::Known(value) => Fact::Known(value),
        }
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}
