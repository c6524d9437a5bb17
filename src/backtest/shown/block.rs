//! What a page is made of.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(String),
    /// Something that somebody should look at.
    Attention(String),
    Sentence(String),
    /// What stands behind a name: `policy     default 2026.11.1`.
    Facts(Vec<(String, String)>),
    Table(Table),
}

/// A table. Its first `texts` columns hold words, the others figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) texts: usize,
    /// Does the last column hold several figures, with commas between them?
    pub(super) lists: bool,
    /// Rows that are not shown, since there are too many.
    pub(super) more: usize,
}

/// A table shows so many rows, where it could be long.
pub(super) const ROWS_MAX: usize = 12;

impl Table {
    pub(super) fn new(head: &[&str], texts: usize) -> Self {
        Self { head: head.iter().map(|&name| name.to_owned()).collect(), texts, ..Self::default() }
    }

    /// With several figures in the last column.
    pub(super) fn with_lists(mut self) -> Self {
        self.lists = true;
        self
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Keeps the first rows, and says how many more there are.
    pub(super) fn cut(mut self, most: usize) -> Self {
        self.more = self.rows.len().saturating_sub(most);
        self.rows.truncate(most);
        self
    }

    /// The block, unless it has no rows.
    pub(super) fn block(self) -> Option<Block> {
        (!self.rows.is_empty()).then_some(Block::Table(self))
    }
}

pub(super) fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}
