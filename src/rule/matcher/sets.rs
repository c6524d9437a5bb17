//! Sets of rows as bits, and what several of them have in common.

use std::collections::HashMap;

/// How many words are put together at once where there are many: enough for wide registers, little enough that the first rows come
/// without the rest.
const STRIDE: usize = 8;

/// Sets of rows. A set is known by where it begins: with its size, then a summary (one bit for each word that is not empty),
/// then the words of its rows.
#[derive(Clone, Debug)]
pub(super) struct Sets {
    /// How many words the summary of a set takes.
    blocks: usize,
    /// How many words its rows take.
    words: usize,
    bits: Vec<u64>,
    /// The set of all rows.
    full: u32,
    /// Sets by their words, while the index is built.
    known: HashMap<Box<[u64]>, u32>,
}

impl Sets {
    /// Sets of that many rows, the set of all of them among them.
    pub(super) fn new(rows: usize) -> Self {
        let words = rows.div_ceil(64).max(1);
        // Whoever looks through many words takes them by strides.
        let words = if words > STRIDE { words.next_multiple_of(STRIDE) } else { words };
        let mut sets = Self { blocks: words.div_ceil(64), words, bits: Vec::new(), full: 0, known: HashMap::new() };
        let mut full = sets.blank();
        (0..rows).filter_map(|row| u32::try_from(row).ok()).for_each(|row| flip(&mut full, row));
        sets.full = sets.intern(&full);
        sets
    }

    /// How many bytes each set takes.
    pub(super) fn set_bytes(&self) -> usize {
        (1 + self.blocks + self.words) * size_of::<u64>()
    }

    /// The words of a set without rows, not yet among the sets.
    pub(super) fn blank(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// The set with these words.
    pub(super) fn intern(&mut self, words: &[u64]) -> u32 {
        if let Some(known) = self.known.get(words) {
            return *known;
        }
        // The limit of an index keeps its words far below what a `u32` counts.
        let set = u32::try_from(self.bits.len()).unwrap_or(u32::MAX);
        self.bits.push(words.iter().map(|word| u64::from(word.count_ones())).sum());
        for block in words.chunks(64) {
            let used = block.iter().enumerate().filter(|(_, word)| **word != 0);
            self.bits.push(used.fold(0, |summary, (at, _)| summary | 1 << at));
        }
        self.bits.extend_from_slice(words);
        self.known.insert(words.into(), set);
        set
    }

    /// No more sets will come.
    pub(super) fn finish(&mut self) {
        self.known = HashMap::new();
    }

    /// The set of all rows.
    #[inline]
    pub(super) fn full(&self) -> u32 {
        self.full
    }

    /// How many bytes all sets take.
    pub(super) fn bytes(&self) -> usize {
        self.bits.len() * size_of::<u64>()
    }

    #[inline]
    fn at(&self, set: u32, offset: usize) -> u64 {
        self.bits.get(set as usize + offset).copied().unwrap_or(0)
    }

    /// How many rows a set has.
    #[inline]
    pub(super) fn size(&self, set: u32) -> u64 {
        self.at(set, 0)
    }

    /// The rows of a set up to the 64th.
    pub(super) fn first_word(&self, set: u32) -> u64 {
        self.at(set, 1 + self.blocks)
    }

    /// How many words the rows of a set take.
    #[inline]
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// The words of the rows of a set.
    #[inline]
    pub(super) fn rows_of(&self, set: u32) -> &[u64] {
        let from = set as usize + 1 + self.blocks;
        self.bits.get(from..from + self.words).unwrap_or(&[])
    }

    /// The first row that all the sets have.
    #[inline]
    pub(super) fn first_common(&self, chosen: &[u32]) -> Option<usize> {
        for from in (0..self.words).step_by(STRIDE) {
            let mut common = [u64::MAX; STRIDE];
            for set in chosen {
                let stride = self.rows_of(*set).get(from..).and_then(|words| words.first_chunk::<STRIDE>());
                common.iter_mut().zip(stride.unwrap_or(&[0; STRIDE])).for_each(|(word, other)| *word &= *other);
            }
            if let Some((at, word)) = common.iter().enumerate().find(|(_, word)| **word != 0) {
                return Some((from + at) * 64 + word.trailing_zeros() as usize);
            }
        }
        None
    }

    /// Do all rows fit into one word?
    pub(super) fn is_small(&self) -> bool {
        self.words == 1
    }

    /// Does a set have that row?
    pub(super) fn has(&self, set: u32, row: usize) -> bool {
        self.at(set, 1 + self.blocks + row / 64) >> (row % 64) & 1 == 1
    }

    /// The rows of a word that all the sets have.
    #[inline]
    pub(super) fn common_word(&self, chosen: &[u32], word: usize) -> u64 {
        let offset = 1 + self.blocks + word;
        let mut common = u64::MAX;
        for set in chosen {
            common &= self.at(*set, offset);
            if common == 0 {
                break;
            }
        }
        common
    }

    /// The words of a block that are empty in none of the sets; none behind the last block.
    #[inline]
    pub(super) fn common_block(&self, chosen: &[u32], block: usize) -> Option<u64> {
        (block < self.blocks).then(|| chosen.iter().fold(u64::MAX, |common, set| common & self.at(*set, 1 + block)))
    }
}

/// Puts a row into a set that lacks it, and takes it out of one that has it.
pub(super) fn flip(set: &mut [u64], row: u32) {
    if let Some(word) = set.get_mut(row as usize / 64) {
        *word ^= 1 << (row % 64);
    }
}
