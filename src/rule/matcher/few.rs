//! A short list that needs no allocation until it is long.

/// How many items need no allocation.
const INLINE: usize = 16;

#[derive(Clone, Debug)]
pub(super) struct Few<T> {
    inline: [T; INLINE],
    len: usize,
    /// All of them, once they are more than fit.
    spilled: Vec<T>,
}

impl<T: Copy> Few<T> {
    /// An empty list, whose free room is filled with something.
    #[inline]
    pub(super) fn new(filling: T) -> Self {
        Self { inline: [filling; INLINE], len: 0, spilled: Vec::new() }
    }

    #[inline]
    pub(super) fn push(&mut self, item: T) {
        if let Some(free) = self.inline.get_mut(self.len) {
            *free = item;
        } else {
            if self.spilled.is_empty() {
                self.spilled.extend_from_slice(&self.inline);
            }
            self.spilled.push(item);
        }
        self.len += 1;
    }

    #[inline]
    pub(super) fn as_slice(&self) -> &[T] {
        if self.len <= INLINE { self.inline.get(..self.len).unwrap_or(&[]) } else { &self.spilled }
    }

    /// Exchanges the first item and the one with the least key.
    #[inline]
    pub(super) fn least_to_front(&mut self, key: impl Fn(&T) -> u32) {
        let items = if self.len <= INLINE { self.inline.get_mut(..self.len) } else { Some(self.spilled.as_mut_slice()) };
        let Some(items) = items else { return };
        let least = items.iter().enumerate().min_by_key(|(_, item)| key(item)).map_or(0, |(at, _)| at);
        if least > 0 {
            items.swap(0, least);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn keeps_all_items_in_order() {
        for len in [0_usize, 1, 15, 16, 17, 40] {
            let mut few = Few::new(0);
            (0..len).for_each(|number| few.push(number));
            assert_eq!(few.as_slice(), (0..len).collect::<Vec<_>>());
            few.least_to_front(|item| u32::try_from(1_000 - item).unwrap());
            assert_eq!(few.as_slice().first(), len.checked_sub(1).as_ref());
        }
    }
}
