//! The rows found.

use super::few::Few;
use super::sets::{Set, Sets};
use std::iter::FusedIterator;

/// The numbers of the rows that match, from 0, in the order written.
///
/// Found while it is iterated: who wants the first only, pays for the first only.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    found: Found<'a>,
}

#[derive(Clone, Debug)]
enum Found<'a> {
    /// The rows of a table of no more than 64.
    Bits(u64),
    /// What several sets have in common.
    Common(Common<'a>),
    /// Few rows, already looked at again.
    Checked { rows: Few<u32>, next: usize },
    /// Rows from the definition.
    Listed(std::vec::IntoIter<usize>),
}

/// Walks the sets by blocks of 64 words, words and bits, and skips what is empty in any of them.
#[derive(Clone, Debug)]
pub(super) struct Common<'a> {
    sets: &'a Sets,
    chosen: Few<Set>,
    /// The next block to be looked at.
    block: usize,
    /// Words of the block before that are still to be looked at.
    words: u64,
    /// The word being looked at, and its rows still to be given.
    word: usize,
    bits: u64,
}

impl<'a> Common<'a> {
    /// The rows of one or more sets.
    #[inline]
    pub(super) fn new(sets: &'a Sets, chosen: Few<Set>) -> Self {
        Self { sets, chosen, block: 0, words: 0, word: 0, bits: 0 }
    }

    /// The first row that is still to come.
    #[inline]
    fn peek(&self) -> Option<usize> {
        if self.bits != 0 {
            return Some(self.word * 64 + self.bits.trailing_zeros() as usize);
        }
        let chosen = self.chosen.as_slice();
        let (mut block, mut words) = (self.block, self.words);
        loop {
            while words != 0 {
                let word = (block - 1) * 64 + words.trailing_zeros() as usize;
                words &= words - 1;
                let bits = self.sets.common_word(chosen, word);
                if bits != 0 {
                    return Some(word * 64 + bits.trailing_zeros() as usize);
                }
            }
            words = self.sets.common_block(chosen, block)?;
            block += 1;
        }
    }
}

impl Iterator for Common<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            if self.bits != 0 {
                let bit = self.bits.trailing_zeros() as usize;
                self.bits &= self.bits - 1;
                return Some(self.word * 64 + bit);
            }
            if self.words != 0 {
                self.word = (self.block - 1) * 64 + self.words.trailing_zeros() as usize;
                self.words &= self.words - 1;
                self.bits = self.sets.common_word(self.chosen.as_slice(), self.word);
                continue;
            }
            self.words = self.sets.common_block(self.chosen.as_slice(), self.block)?;
            self.block += 1;
        }
    }
}

impl<'a> Rows<'a> {
    #[inline]
    pub(super) fn bits(bits: u64) -> Self {
        Self { found: Found::Bits(bits) }
    }

    #[inline]
    pub(super) fn common(common: Common<'a>) -> Self {
        Self { found: Found::Common(common) }
    }

    pub(super) fn checked(rows: Few<u32>) -> Self {
        Self { found: Found::Checked { rows, next: 0 } }
    }

    pub(super) fn listed(rows: Vec<usize>) -> Self {
        Self { found: Found::Listed(rows.into_iter()) }
    }

    /// The first of the rows that are still to come.
    #[must_use]
    #[inline]
    pub fn first(&self) -> Option<usize> {
        match &self.found {
            Found::Bits(bits) => (*bits != 0).then(|| bits.trailing_zeros() as usize),
            Found::Common(common) => common.peek(),
            Found::Checked { rows, next } => rows.as_slice().get(*next).map(|row| *row as usize),
            Found::Listed(rows) => rows.as_slice().first().copied(),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        match &mut self.found {
            Found::Bits(bits) => (*bits != 0).then(|| {
                let row = bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                row
            }),
            Found::Common(common) => common.next(),
            Found::Checked { rows, next } => {
                let row = rows.as_slice().get(*next).map(|row| *row as usize);
                *next += 1;
                row
            }
            Found::Listed(rows) => rows.next(),
        }
    }
}

impl FusedIterator for Rows<'_> {}
