//! A difference as Markdown, for the page of a pull request.

use super::Difference;
use super::change::{Change, Note};
use super::effect::{Effect, Region, Shown, Verdict};
use super::history::Weight;
use super::sentences::{self, Side};
use crate::authoring::markup::in_markdown;

/// Up to so many names are listed in a sentence.
const NAMES_SHOWN_MAX: usize = 12;

/// The Markdown of a difference; `origins` says where each side came from.
#[must_use]
pub fn to_markdown(found: &Difference, origins: (&str, &str)) -> String {
    let mut out = String::from("## What this change of the policy does\n\n");
    out.push_str(&format!("**{}**\n\n", in_markdown(&sentences::verdict(found))));
    out.push_str(&format!("| | |\n|---|---|\n| before | {} |\n", in_markdown(&sentences::policy(&found.old, origins.0))));
    out.push_str(&format!("| after | {} |\n", in_markdown(&sentences::policy(&found.new, origins.1))));
    effects(found, &mut out);
    if let Some(weight) = &found.history {
        history(weight, &mut out);
    }
    changes(&found.changes, &mut out);
    out
}

/// Text as code, in a cell of a table too.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ").replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn changes(changes: &[Change], out: &mut String) {
    if changes.is_empty() {
        out.push_str("\nNothing that the policy says was changed.\n");
        return;
    }
    out.push_str(&format!("\n### Changed ({})\n\n| what | name | | before | after |\n|---|---|---|---|---|\n", changes.len()));
    for change in changes {
        let word = if change.wording { format!("{}, words only", change.change.word()) } else { change.change.word().to_owned() };
        let head = format!("| {} | {} | {word} |", change.subject.word(), code(&change.name));
        if change.notes.is_empty() {
            out.push_str(&format!("{head} | |\n"));
        }
        for (at, Note { what, before, after }) in change.notes.iter().enumerate() {
            let start = if at == 0 { head.clone() } else { "| | | |".to_owned() };
            let side = |text: &Option<String>| match text {
                Some(text) if what.is_empty() => code(text),
                Some(text) => code(&format!("{what}: {text}")),
                None => String::new(),
            };
            out.push_str(&format!("{start} {} | {} |\n", side(before), side(after)));
        }
    }
}

fn effects(found: &Difference, out: &mut String) {
    let told: Vec<&Effect> = found.told().collect();
    if told.is_empty() {
        return;
    }
    out.push_str("\n### What comes of it\n\n");
    for effect in told.iter().filter(|effect| effect.verdict != Verdict::Through) {
        out.push_str(&format!("{} {}.\n", code(&effect.decision), in_markdown(&sentences::effect(effect))));
        if !effect.regions.is_empty() {
            out.push_str("\n| | cases | before | after |\n|---|---|---|---|\n");
            for (at, region) in effect.regions.iter().enumerate() {
                let sides = [Side::Before, Side::After].map(|side| in_markdown(&sentences::side(region, side)));
                out.push_str(&format!(
                    "| {} | {} | {} | {} |\n",
                    at + 1,
                    in_markdown(&sentences::when(region)),
                    sides[0],
                    sides[1]
                ));
            }
            for (at, region) in effect.regions.iter().enumerate() {
                example(at + 1, region, out);
            }
        }
        out.push('\n');
    }
    let through: Vec<&Effect> = told.iter().copied().filter(|effect| effect.verdict == Verdict::Through).collect();
    if !through.is_empty() {
        out.push_str(&format!("{}\n\n", in_markdown(&sentences::through(&through, NAMES_SHOWN_MAX))));
    }
    let equal = found.effects.iter().filter(|effect| effect.verdict == Verdict::Equal).count();
    if equal > 0 {
        out.push_str(&format!("{}\n", in_markdown(&sentences::equal(equal, found.effects.len()))));
    }
}

/// One concrete case, folded away.
fn example(number: usize, region: &Region, out: &mut String) {
    if let Some(falling) = &region.history {
        out.push_str(&format!("\nRegion {number} in the history: {}.\n", in_markdown(&sentences::falling(falling))));
    }
    let Some(Shown { case, at, turned }) = &region.shown else {
        out.push_str(&format!("\nRegion {number}: {}.\n", sentences::not_shown(region)));
        return;
    };
    out.push_str(&format!("\n<details><summary>A case of region {number}, decided at {at}</summary>\n\n"));
    out.push_str("| | before | after |\n|---|---|---|\n");
    for each in turned {
        out.push_str(&format!("| {} | {} | {} |\n", code(&each.what), code(&each.before), code(&each.after)));
    }
    out.push_str(&format!("\n```json\n{case:#}\n```\n\n</details>\n"));
}

fn history(weight: &Weight, out: &mut String) {
    out.push_str(&format!("\n### In the history\n\n{}\n", in_markdown(&sentences::weight(weight))));
    for costs in weight.money.values() {
        out.push_str(&format!("\n{}\n", in_markdown(&sentences::costs(costs))));
    }
    if weight.shifts.is_empty() {
        return;
    }
    out.push_str("\n| decision | by | total before | total after |\n|---|---|---:|---:|\n");
    for shift in &weight.shifts {
        let by = in_markdown(&sentences::shift(shift));
        let mut lines = shift.money.values();
        let first = lines.next().map_or_else(|| "| |".to_owned(), |costs| format!("{} | {} |", costs.before, costs.after));
        out.push_str(&format!("| {} | {by} | {first}\n", code(&shift.decision)));
        for costs in lines {
            out.push_str(&format!("| | | {} | {} |\n", costs.before, costs.after));
        }
    }
    if weight.beyond > 0 {
        out.push_str(&format!("\n{} more cases change by other rules.\n", weight.beyond));
    }
}
