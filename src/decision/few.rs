//! A list that mostly has one item.

use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::slice;

/// A list that mostly has one item, which then needs no memory of its own. It reads like a slice.
#[derive(Clone)]
pub struct Few<T>(Held<T>);

#[derive(Clone)]
enum Held<T> {
    Nothing,
    One(T),
    Several(Vec<T>),
}

impl<T> Few<T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Held::Nothing)
    }

    /// A list of one item.
    #[must_use]
    pub const fn one(item: T) -> Self {
        Self(Held::One(item))
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        if let Held::Several(items) = &mut self.0 {
            return items.push(item);
        }
        self.0 = match std::mem::replace(&mut self.0, Held::Nothing) {
            Held::One(first) => Held::Several(vec![first, item]),
            _ => Held::One(item),
        };
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::Nothing => &[],
            Held::One(item) => slice::from_ref(item),
            Held::Several(items) => items,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Held::Nothing => &mut [],
            Held::One(item) => slice::from_mut(item),
            Held::Several(items) => items,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Held::Several(items))
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::new();
        few.extend(items);
        few
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self).finish()
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn is_the_same_list_however_it_is_held() {
        for len in [0_usize, 1, 2, 9] {
            let items: Vec<usize> = (0..len).collect();
            let few: Few<usize> = items.iter().copied().collect();
            assert_eq!(few, Few::from(items.clone()));
            assert_eq!(*few, *items);
            assert_eq!(format!("{few:?}"), format!("{items:?}"));
            assert_eq!(serde_json::to_string(&few).unwrap(), serde_json::to_string(&items).unwrap());
        }
        assert_eq!(Few::one(7), Few::from(vec![7]));
    }
}
