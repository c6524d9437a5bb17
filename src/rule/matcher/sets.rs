//! Sets of rows as bits, and what several of them have in common.

use std::collections::HashMap;

/// How many words are put together at once: as many as a line of the processor's cache has.
const STRIDE: usize = 8;

/// Words that lie in one line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Stride([u64; STRIDE]);

impl Stride {
    /// All rows.
    pub(super) const FULL: Self = Self([u64::MAX; STRIDE]);
    const EMPTY: Self = Self([0; STRIDE]);

    /// Keeps what both have.
    #[inline]
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= *other);
    }

    /// The first row, counted from the first of the stride.
    #[inline]
    pub(super) fn first(&self) -> Option<usize> {
        if self.0.iter().fold(0, |all, word| all | word) == 0 {
            return None;
        }
        let (at, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at * 64 + word.trailing_zeros() as usize)
    }
}

/// How many rows a stride has.
pub(super) const STRIDE_ROWS: usize = STRIDE * 64;

/// One set: where its strides begin, and how many rows it has, so that who chooses among sets need not look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set {
    at: u32,
    pub(super) size: u32,
}

/// Sets of rows. A set is known by its first stride.
#[derive(Clone, Debug)]
pub(super) struct Sets {
    /// How many words a set takes.
    words: usize,
    /// One bit for each word that is not empty, `blocks` words for each set.
    summaries: Vec<u64>,
    blocks: usize,
    /// The rows, `strides` for each set.
    rows: Vec<Stride>,
    strides: usize,
    /// The set of all rows.
    full: Set,
    /// Sets by their words, while the index is built.
    known: HashMap<Box<[u64]>, Set>,
}

impl Sets {
    /// Sets of that many rows, the set of all of them among them.
    pub(super) fn new(rows: usize) -> Self {
        let words = rows.div_ceil(64).max(1);
        let mut sets = Self {
            words,
            summaries: Vec::new(),
            blocks: words.div_ceil(64),
            rows: Vec::new(),
            strides: words.div_ceil(STRIDE),
            full: Set { at: 0, size: 0 },
            known: HashMap::new(),
        };
        let mut full = sets.blank();
        (0..rows).filter_map(|row| u32::try_from(row).ok()).for_each(|row| flip(&mut full, row));
        sets.full = sets.intern(&full);
        sets
    }

    /// How many bytes each set takes.
    pub(super) fn set_bytes(&self) -> usize {
        self.blocks * size_of::<u64>() + self.strides * size_of::<Stride>()
    }

    /// The words of a set without rows, not yet among the sets.
    pub(super) fn blank(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// The set with these words.
    pub(super) fn intern(&mut self, words: &[u64]) -> Set {
        if let Some(known) = self.known.get(words) {
            return *known;
        }
        // The limit of an index keeps its sets far below what a `u32` counts.
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let set = Set { at, size: words.iter().map(|word| word.count_ones()).sum() };
        for block in words.chunks(64) {
            let used = block.iter().enumerate().filter(|(_, word)| **word != 0);
            self.summaries.push(used.fold(0, |summary, (at, _)| summary | 1 << at));
        }
        for chunk in words.chunks(STRIDE) {
            let mut stride = Stride::EMPTY;
            stride.0.iter_mut().zip(chunk).for_each(|(word, given)| *word = *given);
            self.rows.push(stride);
        }
        self.known.insert(words.into(), set);
        set
    }

    /// No more sets will come.
    pub(super) fn finish(&mut self) {
        self.known = HashMap::new();
        self.summaries.shrink_to_fit();
        self.rows.shrink_to_fit();
    }

    /// The set of all rows.
    #[inline]
    pub(super) fn full(&self) -> Set {
        self.full
    }

    /// How many bytes all sets take.
    pub(super) fn bytes(&self) -> usize {
        self.rows.len() * size_of::<Stride>() + self.summaries.len() * size_of::<u64>()
    }

    /// The rows of a set up to the 64th.
    pub(super) fn first_word(&self, set: Set) -> u64 {
        self.word(set, 0)
    }

    /// How many strides the rows of a set take.
    #[inline]
    pub(super) fn strides(&self) -> usize {
        self.strides
    }

    /// The rows of a set.
    #[inline]
    pub(super) fn rows_of(&self, set: Set) -> &[Stride] {
        let from = set.at as usize;
        self.rows.get(from..from + self.strides).unwrap_or(&[])
    }

    /// The first row that all the sets have; of none, the first of all rows.
    #[inline]
    pub(super) fn first_common(&self, chosen: &[Set]) -> Option<usize> {
        let (first, others) = chosen.split_first().unwrap_or((&self.full, &[]));
        self.rows_of(*first).iter().enumerate().find_map(|(at, stride)| {
            let common = self.common(stride, others, at);
            common.first().map(|row| at * STRIDE_ROWS + row)
        })
    }

    /// What the other sets have in common with a stride at that number of a first one. A function of its own keeps the stride in wide
    /// registers: where its words are looked at one by one, they are put together one by one.
    #[inline(never)]
    fn common(&self, stride: &Stride, others: &[Set], at: usize) -> Stride {
        let mut common = *stride;
        for set in others {
            common.keep(self.rows.get(set.at as usize + at).unwrap_or(&Stride::EMPTY));
        }
        common
    }

    /// Do all rows fit into one word?
    #[inline]
    pub(super) fn is_small(&self) -> bool {
        self.words == 1
    }

    /// Does a set have that row?
    pub(super) fn has(&self, set: Set, row: usize) -> bool {
        self.word(set, row / 64) >> (row % 64) & 1 == 1
    }

    #[inline]
    fn word(&self, set: Set, word: usize) -> u64 {
        let stride = self.rows.get(set.at as usize + word / STRIDE);
        stride.and_then(|stride| stride.0.get(word % STRIDE)).copied().unwrap_or(0)
    }

    /// The rows of a word that all the sets have.
    #[inline]
    pub(super) fn common_word(&self, chosen: &[Set], word: usize) -> u64 {
        let mut common = u64::MAX;
        for set in chosen {
            common &= self.word(*set, word);
            if common == 0 {
                break;
            }
        }
        common
    }

    /// The words of a block that are empty in none of the sets; none behind the last block.
    #[inline]
    pub(super) fn common_block(&self, chosen: &[Set], block: usize) -> Option<u64> {
        let summary = |set: Set| {
            let number = set.at as usize / self.strides;
            self.summaries.get(number * self.blocks + block).copied().unwrap_or(0)
        };
        (block < self.blocks).then(|| chosen.iter().fold(u64::MAX, |common, set| common & summary(*set)))
    }
}

/// Puts a row into a set that lacks it, and takes it out of one that has it.
pub(super) fn flip(set: &mut [u64], row: u32) {
    if let Some(word) = set.get_mut(row as usize / 64) {
        *word ^= 1 << (row % 64);
    }
}
