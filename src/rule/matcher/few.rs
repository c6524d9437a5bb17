//! A short list of numbers that needs no allocation until it is long.

/// How many numbers need no allocation.
const INLINE: usize = 16;

#[derive(Clone, Debug)]
pub(super) struct Few {
    inline: [u32; INLINE],
    len: usize,
    /// All of them, once they are more than fit.
    spilled: Vec<u32>,
}

impl Few {
    #[inline]
    pub(super) fn new() -> Self {
        Self { inline: [0; INLINE], len: 0, spilled: Vec::new() }
    }

    #[inline]
    pub(super) fn push(&mut self, number: u32) {
        if let Some(free) = self.inline.get_mut(self.len) {
            *free = number;
        } else {
            if self.spilled.is_empty() {
                self.spilled.extend_from_slice(&self.inline);
            }
            self.spilled.push(number);
        }
        self.len += 1;
    }

    #[inline]
    pub(super) fn as_slice(&self) -> &[u32] {
        if self.len <= INLINE { self.inline.get(..self.len).unwrap_or(&[]) } else { &self.spilled }
    }

    /// Exchanges the last number and the first.
    #[inline]
    pub(super) fn last_to_front(&mut self) {
        let numbers = if self.len <= INLINE { self.inline.get_mut(..self.len) } else { Some(self.spilled.as_mut_slice()) };
        if let Some([first, .., last]) = numbers {
            std::mem::swap(first, last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn keeps_all_numbers_in_order() {
        for len in [0, 1, 15, 16, 17, 40] {
            let mut few = Few::new();
            (0..len).for_each(|number| few.push(number));
            assert_eq!(few.as_slice(), (0..len).collect::<Vec<_>>());
            few.last_to_front();
            assert_eq!(few.as_slice().first(), len.checked_sub(1).as_ref());
        }
    }
}
