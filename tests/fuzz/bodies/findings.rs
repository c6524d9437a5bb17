//! What has to hold of every finding, whatever it is about.

use redress::text::{Diagnostics, Place, fix, render_all, to_json};

/// How many findings of one input are shown as a person sees them: drawing them takes longer than finding them.
const SHOWN: usize = 5;

pub(super) fn hold(found: &Diagnostics) {
    for finding in found {
        assert!(!finding.message.trim().is_empty(), "{finding:?}");
        let labels = finding.labels.iter().map(|label| &label.place);
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.place);
        for place in finding.place.iter().chain(labels).chain(edits) {
            lies_within(place);
        }
        for fix in &finding.fixes {
            let text_of = |name: &str| {
                let of_file = fix.edits.iter().find(|edit| edit.place.source.name() == name);
                of_file.map(|edit| edit.place.source.text())
            };
            if let Err(refused) = fix::apply([fix], text_of) {
                panic!("a fix that cannot be carried out: {refused}: {finding:?}");
            }
        }
    }
    let first: Diagnostics = found.iter().take(SHOWN).cloned().collect();
    for colour in [false, true] {
        let shown = render_all(&first, colour);
        let allowed = |letter: char| letter == '\n' || (colour && letter == '\u{1b}');
        let wrong = shown.chars().find(|letter| letter.is_control() && !allowed(*letter));
        assert!(wrong.is_none(), "{wrong:?} reaches the terminal: {shown:?}");
    }
    assert_eq!(to_json(&first).as_array().map(Vec::len), Some(first.len()));
}

/// A place is a part of its text, and cuts no letter.
pub(super) fn lies_within(place: &Place) {
    let (text, span) = (place.source.text(), place.span);
    assert!(text.get(span.start..span.end).is_some(), "{span:?} does not lie within {} bytes: {place}", text.len());
    let (line, column) = place.line_column();
    assert!(line >= 1 && column >= 1);
}
