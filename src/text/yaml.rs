//! YAML 1.2 text to the document tree.
//!
//! Tags, anchors, aliases, directives and further documents are refused, each with what to write instead. A mistake that
//! leaves no doubt about what was meant (`>= 100`, a comma that cuts an expression) is reported, put right in a copy of the
//! text and the copy is read again, so that one run finds all of them; the tree then holds the meaning that was suggested.
//!
//! Order of the files in `yaml/`, each using only those before it: `finding`, `symbol`, `here`, `mistake`, `comma`, `tree`.

mod comma;
mod finding;
mod here;
mod mistake;
mod symbol;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use granit_parser::{Event, Parser};

pub(crate) use self::comma::leaves_open;
use self::finding::{Mistake, Repair};
pub(super) use self::finding::{duplicate_key, empty, too_deep, too_long, too_many_nodes};
use self::tree::{Tree, bytes};
use super::codes::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::node::Node;
use super::source::{Source, Span};
use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, DOCUMENT_ERRORS_MAX};

/// So many bytes are read once more after repairs: a long text with many mistakes at its end is not read for ever.
const READ_AGAIN_BYTES_MAX: usize = 2 * DOCUMENT_BYTES_MAX;

/// Reads one YAML document.
///
/// `None` when the text gives no tree that can be trusted. A tree may come together with errors in `out`: then every one of
/// them has been put right in the tree as its help suggests (`>= 100` reads `at least 100`, a key that stands twice keeps its
/// first value), and it is sound to look for more mistakes in it.
///
/// Plain `null`, `~` and nothing at all are [`Null`](super::NodeKind::Null); every other scalar keeps its exact text. The
/// span of a quoted scalar holds its quotes, that of a block scalar its content without the header line and without the
/// blank lines around it, that of a missing value is empty and stands where the value would.
pub fn parse(source: &Source, out: &mut Diagnostics) -> Option<Node> {
    if source.text().len() > DOCUMENT_BYTES_MAX {
        out.push(too_long(source));
        return None;
    }
    let mut repaired = Repaired { text: source.text().to_owned(), readings: BTreeMap::new(), found: Vec::new() };
    let mut read_again = 0;
    let (tree, mut found) = loop {
        match read(source, &repaired) {
            Reading::Done(tree, found) => break (tree, found),
            Reading::Repair(repair, mut found) => {
                read_again += repair.problem.place.as_ref().map_or(0, |place| place.span.start);
                let may_repair = read_again <= READ_AGAIN_BYTES_MAX && repaired.found.len() < DOCUMENT_ERRORS_MAX;
                if !may_repair || !repaired.apply(&repair) {
                    found.push(repair.problem);
                    break (None, found);
                }
                repaired.found.push(repair.problem);
            }
        }
    };
    found.extend(repaired.found);
    found.sort_by_key(|problem| problem.place.as_ref().map(|place| place.span.start));
    found.truncate(DOCUMENT_ERRORS_MAX);
    for problem in found {
        out.push(problem);
    }
    tree
}

/// The text with mistakes put right, byte for byte of the same length, so that every place stays what it was.
struct Repaired {
    text: String,
    /// What a scalar that begins at this byte really says.
    readings: BTreeMap<usize, String>,
    found: Vec<Diagnostic>,
}

impl Repaired {
    /// Puts one mistake right; false if that would change nothing, which would go on for ever.
    fn apply(&mut self, repair: &Repair) -> bool {
        let mut changed = false;
        for (at, with) in &repair.replace {
            let range = *at..at + with.len();
            if self.text.get(range.clone()).is_some_and(|old| old != *with) {
                self.text.replace_range(range, with);
                changed = true;
            }
        }
        if let Some((at, text)) = &repair.reading {
            self.readings.insert(*at, text.clone());
        }
        changed
    }
}

enum Reading {
    Done(Option<Node>, Vec<Diagnostic>),
    Repair(Box<Repair>, Vec<Diagnostic>),
}

/// Reads the repaired text once, up to its end or to the first mistake that stops the parser.
fn read(source: &Source, repaired: &Repaired) -> Reading {
    let mut options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: DOCUMENT_DEPTH_MAX,
        block_nesting_limit: DOCUMENT_DEPTH_MAX,
    };
    options.set_emit_comments(false);
    let mut tree = Tree::new(source, &repaired.readings);
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(&repaired.text, options) {
        let taken = match event {
            Ok((Event::DocumentStart(..), span)) if documents > 0 => {
                tree.report(second_document(source, bytes(span)));
                break;
            }
            Ok((Event::DocumentStart(..), _)) => {
                documents += 1;
                Ok(())
            }
            Ok((event, span)) => tree.take(event, span),
            Err(error) => Err(mistake::explain(source, &repaired.readings, &tree.context(), &error)),
        };
        match taken {
            Ok(()) => {}
            Err(Mistake::Repairable(repair)) => return Reading::Repair(repair, tree.found),
            Err(Mistake::Fatal(problem)) => {
                tree.found.retain(|found| found.code != Code::CommaCut || !same_line(found, &problem));
                tree.found.push(*problem);
                return Reading::Done(None, tree.found);
            }
        }
        if tree.found.len() >= DOCUMENT_ERRORS_MAX {
            return Reading::Done(None, tree.found);
        }
    }
    let (tree, found) = tree.finish();
    Reading::Done(tree, found)
}

/// A stray word on the line where the parser gives up is mostly a consequence of the same mistake.
fn same_line(one: &Diagnostic, other: &Diagnostic) -> bool {
    let line = |problem: &Diagnostic| problem.place.as_ref().map(|place| place.line_column().0);
    line(one) == line(other)
}

fn second_document(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::error(Code::YamlFeature, source, span, "a second document begins here")
        .help("one file holds one document; remove the `---` or put the rest into a file of its own")
}
