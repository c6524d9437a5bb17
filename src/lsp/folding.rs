//! What can be folded: whatever lines are indented below one, and runs of comments. It goes by lines alone, so that it holds in a
//! file that is broken as well, and in scripts.

use super::outline::lines;
use super::workspace::Workspace;
use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

/// `textDocument/foldingRange`
pub(super) fn of_document(workspace: &Workspace, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let source = workspace.text(&params.text_document.uri)?;
    Some(folds(source.text()))
}

/// A line that holds something.
struct Line<'t> {
    number: u32,
    indent: usize,
    text: &'t str,
}

impl Line<'_> {
    fn is_comment(&self) -> bool {
        self.text.starts_with('#') || self.text.starts_with("//")
    }

    /// Does the list below a key stand where the key stands?
    fn is_item_of(&self, key: &Self) -> bool {
        self.indent == key.indent && self.text.starts_with("- ") && !key.text.starts_with("- ")
    }
}

fn folds(text: &str) -> Vec<FoldingRange> {
    let all: Vec<Line<'_>> = lines(text)
        .zip(0..)
        .map(|((_, line), number)| Line { number, indent: line.len() - line.trim_start().len(), text: line.trim() })
        .filter(|line| !line.text.is_empty())
        .collect();
    let mut folds = comments(&all);
    for (at, line) in all.iter().enumerate().filter(|(_, line)| !line.is_comment()) {
        let rest = all.get(at + 1..).unwrap_or_default();
        let below = rest.iter().take_while(|next| next.indent > line.indent || next.is_item_of(line));
        let Some(last) = below.last() else { continue };
        // What closes a block of a script belongs to it, and stays in sight.
        folds.push(fold(line.number, last.number, None));
    }
    folds.sort_by_key(|fold| (fold.start_line, fold.end_line));
    folds
}

fn comments(all: &[Line<'_>]) -> Vec<FoldingRange> {
    let mut folds: Vec<FoldingRange> = Vec::new();
    for line in all.iter().filter(|line| line.is_comment()) {
        match folds.last_mut() {
            Some(run) if run.end_line + 1 == line.number => run.end_line = line.number,
            _ => folds.push(fold(line.number, line.number, Some(FoldingRangeKind::Comment))),
        }
    }
    folds.retain(|run| run.end_line > run.start_line);
    folds
}

fn fold(start_line: u32, end_line: u32, kind: Option<FoldingRangeKind>) -> FoldingRange {
    FoldingRange { start_line, start_character: None, end_line, end_character: None, kind, collapsed_text: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let line = |fold: FoldingRange| {
            let kind = fold.kind.map_or(String::new(), |_| " comment".to_owned());
            format!("{}-{}{kind}", fold.start_line + 1, fold.end_line + 1)
        };
        folds(text).into_iter().map(line).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn rules_tables_and_comments() {
        let text = "# one\n# two\ndecision: a\nrules:\n- id: x\n  when: {}\n\n- id: y\ntable: |\n  | a | b |\n  | 1 | 2 |\n";
        assert_eq!(shown(text), "1-2 comment, 4-8, 5-6, 9-11");
    }

    #[test]
    fn a_broken_file_and_a_script() {
        assert_eq!(shown("rules: [\n  - id: {{{\n     x\n"), "1-3, 2-3");
        assert_eq!(shown("/// What\n/// it does\nfn a() {\n    if x {\n        1\n    }\n}\n"), "1-2 comment, 3-6, 4-5");
    }
}
