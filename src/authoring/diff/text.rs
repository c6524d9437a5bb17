//! A difference as text for a terminal.

use super::Difference;
use super::change::{Change, ChangeKind, Note};
use super::effect::{Effect, Region, Shown, Verdict};
use super::history::Weight;
use super::outcome::Turned;
use super::sentences::{self, Side};
use crate::authoring::explain::View;
use crate::authoring::page::{Ink, Page};

/// Up to so many names are listed in a sentence.
const NAMES_SHOWN_MAX: usize = 12;

/// The text of a difference; `origins` says where each side came from.
#[must_use]
pub fn to_text(found: &Difference, origins: (&str, &str), view: &View) -> String {
    let mut page = Page::new(view.width, view.colour);
    page.flow("before  ", "        ", &[(Ink::Plain, &sentences::policy(&found.old, origins.0))]);
    page.flow("after   ", "        ", &[(Ink::Plain, &sentences::policy(&found.new, origins.1))]);
    page.block(|page| changes(page, &found.changes));
    page.block(|page| effects(page, found));
    page.block(|page| {
        if let Some(weight) = &found.history {
            history(page, weight);
        }
    });
    page.block(|page| {
        let ink = if found.equal { Ink::Good } else { Ink::Attention };
        page.flow("", "", &[(ink, &sentences::verdict(found))]);
    });
    page.into_text()
}

fn changes(page: &mut Page, changes: &[Change]) {
    if changes.is_empty() {
        page.flow("", "", &[(Ink::Plain, "Nothing that the policy says was changed.")]);
        return;
    }
    page.line(&[(Ink::Bold, &format!("Changed ({})", changes.len()))]);
    for change in changes {
        let word = format!("  {:<11}", change.subject.word());
        let hang = " ".repeat(15);
        let alone = matches!(change.notes.as_slice(), [Note { what, .. }] if what.is_empty());
        let what = match change.notes.as_slice() {
            [note] if alone => format!(": {}", sentences::note(note)),
            _ => String::new(),
        };
        let about = if change.wording { " (no effect on what is decided)" } else { "" };
        let head = [(Ink::Bold, change.name.as_str()), (Ink::Plain, " "), (ink_of(change.change), change.change.word())];
        page.flow(&word, &hang, &[head.as_slice(), &[(Ink::Plain, &what), (Ink::Dim, about)]].concat());
        if !alone {
            for note in &change.notes {
                page.flow(&" ".repeat(15), &" ".repeat(17), &[(Ink::Plain, &sentences::note(note))]);
            }
        }
    }
}

fn ink_of(change: ChangeKind) -> Ink {
    match change {
        ChangeKind::Added => Ink::Good,
        ChangeKind::Removed => Ink::Bad,
        _ => Ink::Plain,
    }
}

fn effects(page: &mut Page, found: &Difference) {
    let told: Vec<&Effect> = found.told().collect();
    if told.is_empty() {
        return;
    }
    page.line(&[(Ink::Bold, "What comes of it")]);
    for effect in told.iter().filter(|effect| effect.verdict != Verdict::Through) {
        let ink = match effect.verdict {
            Verdict::Differs | Verdict::Removed => Ink::Bad,
            _ => Ink::Attention,
        };
        page.flow("  ", "      ", &[(Ink::Bold, &effect.decision), (ink, &format!(" {}", sentences::effect(effect)))]);
        for (at, region) in effect.regions.iter().enumerate() {
            self::region(page, at + 1, region);
        }
    }
    let through: Vec<&Effect> = told.iter().copied().filter(|effect| effect.verdict == Verdict::Through).collect();
    if !through.is_empty() {
        let text = sentences::through(&through, NAMES_SHOWN_MAX);
        page.flow("  ", "  ", &[(Ink::Plain, &text)]);
    }
    let equal = found.effects.iter().filter(|effect| effect.verdict == Verdict::Equal).count();
    if equal > 0 {
        page.flow("  ", "  ", &[(Ink::Plain, &sentences::equal(equal, found.effects.len()))]);
    }
}

fn region(page: &mut Page, number: usize, region: &Region) {
    let hang = " ".repeat(12);
    page.flow(&format!("   {number:>2}. "), &hang, &[(Ink::Plain, &sentences::when(region))]);
    page.flow("       before  ", &" ".repeat(15), &[(Ink::Plain, &sentences::side(region, Side::Before))]);
    page.flow("       after   ", &" ".repeat(15), &[(Ink::Plain, &sentences::side(region, Side::After))]);
    match &region.shown {
        Some(shown) => example(page, shown),
        None => page.flow("       ", &" ".repeat(15), &[(Ink::Dim, sentences::not_shown(region))]),
    }
    if let Some(falling) = &region.history {
        page.flow("       history ", &" ".repeat(15), &[(Ink::Plain, &sentences::falling(falling))]);
    }
}

fn example(page: &mut Page, shown: &Shown) {
    let facts = sentences::facts(shown);
    page.flow("       case    ", &" ".repeat(15), &[(Ink::Plain, &facts)]);
    for Turned { what, before, after } in &shown.turned {
        page.flow("               ", &" ".repeat(17), &[(Ink::Plain, &format!("{what}: {before} -> ")), (Ink::Bold, after)]);
    }
}

fn history(page: &mut Page, weight: &Weight) {
    page.line(&[(Ink::Bold, "In the history")]);
    page.flow("  ", "  ", &[(Ink::Plain, &sentences::weight(weight))]);
    for costs in weight.money.values() {
        page.flow("  ", "    ", &[(Ink::Plain, &sentences::costs(costs))]);
    }
    for shift in &weight.shifts {
        page.flow("  - ", "    ", &[(Ink::Bold, &shift.decision), (Ink::Plain, &format!(" {}", sentences::shift(shift)))]);
        for costs in shift.money.values() {
            page.flow("      ", "        ", &[(Ink::Plain, &sentences::costs(costs))]);
        }
    }
    if weight.beyond > 0 {
        page.flow("  - ", "    ", &[(Ink::Plain, &format!("{} more cases, by other rules", weight.beyond))]);
    }
}
