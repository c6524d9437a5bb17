//! What a difference says, in sentences that text and Markdown share.

use super::Difference;
use super::change::Note;
use super::effect::{Effect, Region, Shown, Verdict};
use super::history::{Costs, Falling, Shift, Weight};
use crate::decision::PolicyName;

/// Which side of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The first twelve signs of a digest.
fn short(digest: &str) -> &str {
    let digits = digest.split_once(':').map_or(digest, |(_, digits)| digits);
    digits.get(..12).unwrap_or(digits)
}

pub(super) fn policy(name: &PolicyName, origin: &str) -> String {
    format!("{} {} ({}), {origin}", name.bundle, name.version, short(&name.digest))
}

pub(super) fn note(note: &Note) -> String {
    let what = if note.what.is_empty() { String::new() } else { format!("{}: ", note.what) };
    match (&note.before, &note.after) {
        (Some(before), Some(after)) => format!("{what}{before} -> {after}"),
        (Some(before), None) => format!("{what}{before} -> (nothing)"),
        (None, Some(after)) => format!("{what}{after}"),
        (None, None) => what,
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

pub(super) fn effect(effect: &Effect) -> String {
    let all = effect.regions.len() + effect.more;
    let more = if effect.more > 0 { format!(", the first {} of which are shown", effect.regions.len()) } else { String::new() };
    let reason = effect.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    match effect.verdict {
        Verdict::Differs => {
            let seen = effect.regions.iter().filter(|region| region.shown.is_some() || region.certain).count();
            let may = if seen < all { format!(", and may in {} more", all - seen) } else { String::new() };
            format!("comes out differently in {}{may}{more}{reason}", count(seen, "region", "regions"))
        }
        Verdict::NotProven if all > 0 => {
            format!("may come out differently in {}{more}; that it does is not proven{reason}", count(all, "region", "regions"))
        }
        Verdict::NotProven => format!("is not proven to decide as before{reason}"),
        Verdict::Added => "is new".to_owned(),
        Verdict::Removed => "is gone".to_owned(),
        Verdict::Through => format!("through {}", effect.through.join(", ")),
        Verdict::Equal => "decides as before".to_owned(),
    }
}

pub(super) fn through(effects: &[&Effect], most: usize) -> String {
    let mut names: Vec<String> =
        effects.iter().take(most).map(|effect| format!("{} (through {})", effect.decision, effect.through.join(", "))).collect();
    if effects.len() > most {
        names.push(format!("{} more", effects.len() - most));
    }
    format!("Decide as before by what they are given, which may change: {}.", names.join(", "))
}

pub(super) fn equal(equal: usize, all: usize) -> String {
    if equal == all {
        format!("It is proved that all {} decide as before.", count(equal, "decision", "decisions"))
    } else {
        format!("{equal} of {all} decisions are proved to decide as before.")
    }
}

pub(super) fn when(region: &Region) -> String {
    if region.when.is_empty() {
        return "every case".to_owned();
    }
    region.when.iter().map(|bounds| format!("{}: {}", bounds.path, bounds.is)).collect::<Vec<_>>().join("; ")
}

/// What decided on one side, and what came out.
pub(super) fn side(region: &Region, side: Side) -> String {
    let (by, given) = match side {
        Side::Before => (&region.before_by, &region.before),
        Side::After => (&region.after_by, &region.after),
    };
    let given = given.iter().map(|(output, text)| format!("{output} {text}").trim().to_owned()).collect::<Vec<_>>().join(", ");
    match (by.first(), given.is_empty()) {
        (None, _) => given,
        (Some(rule), true) => rule.clone(),
        (Some(rule), false) => format!("{rule}: {given}"),
    }
}

pub(super) fn not_shown(region: &Region) -> &'static str {
    if region.certain {
        "no whole case was found that reaches this region; it may be one that no case can reach"
    } else {
        "no case was found that comes out differently; that there is none is not proven"
    }
}

/// The facts of a case in one line.
pub(super) fn facts(shown: &Shown) -> String {
    let mut list = Vec::new();
    flatten("", &shown.case, &mut list);
    list.push(format!("decided at {}", shown.at));
    list.join(", ")
}

fn flatten(path: &str, value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            // An amount is one thing.
            if let (2, Some(amount), Some(currency)) = (fields.len(), fields.get("amount"), fields.get("currency")) {
                let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                return out.push(format!("{path} {} {}", text(amount), text(currency)));
            }
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, out);
            }
        }
        serde_json::Value::String(text) => out.push(format!("{path} {text}")),
        other => out.push(format!("{path} {other}")),
    }
}

pub(super) fn weight(weight: &Weight) -> String {
    let unread = if weight.unread > 0 { format!("; {} could not be read or decided", weight.unread) } else { String::new() };
    format!("{} of {} come out differently{unread}.", weight.changed, cases(weight.cases))
}

/// What of a history lies in a region.
pub(super) fn falling(falling: &Falling) -> String {
    let Some(first) = &falling.first else { return "no case comes out differently here".to_owned() };
    let first = if falling.cases == 1 { first.clone() } else { format!("first {first}") };
    let money: Vec<String> = falling.money.values().map(costs).collect();
    let money = if money.is_empty() { String::new() } else { format!("; {}", money.join("; ")) };
    format!("{}, {first}{money}", cases(falling.cases))
}

fn cases(count: u64) -> String {
    if count == 1 { "1 case".to_owned() } else { format!("{count} cases") }
}

pub(super) fn costs(costs: &Costs) -> String {
    let difference = match costs.after.minus(costs.before) {
        Ok(difference) if difference.amount().is_zero() => "no difference".to_owned(),
        Ok(difference) if difference.amount().is_negative() => difference.to_string(),
        Ok(difference) => format!("+{difference}"),
        Err(_) => "beyond what can be counted".to_owned(),
    };
    format!("total {} -> {} ({difference})", costs.before, costs.after)
}

pub(super) fn shift(shift: &Shift) -> String {
    let rule = |name: &str| if name.is_empty() { "(nothing)".to_owned() } else { name.to_owned() };
    let by = if shift.before == shift.after {
        format!("by {}", rule(&shift.before))
    } else {
        format!("{} -> {}", rule(&shift.before), rule(&shift.after))
    };
    let first = if shift.cases == 1 { format!(": {}", shift.first) } else { format!(", first {}", shift.first) };
    format!("{by}: {}{first}", cases(shift.cases))
}

pub(super) fn verdict(found: &Difference) -> String {
    let differs: Vec<&str> = of(found, |verdict| matches!(verdict, Verdict::Differs | Verdict::Added | Verdict::Removed));
    let open: Vec<&str> = of(found, |verdict| verdict == Verdict::NotProven);
    match (found.equal, differs.is_empty(), open.is_empty()) {
        (true, ..) => "No decision changes: proved for every case.".to_owned(),
        (false, false, true) => format!("Decisions change: {}.", differs.join(", ")),
        (false, false, false) => format!("Decisions change: {}. Not proven: {}.", differs.join(", "), open.join(", ")),
        (false, true, false) => format!("Not proven that no decision changes: {}.", open.join(", ")),
        (false, true, true) => "The bundles do not decide the same cases.".to_owned(),
    }
}

fn of(found: &Difference, wanted: impl Fn(Verdict) -> bool) -> Vec<&str> {
    found.effects.iter().filter(|effect| wanted(effect.verdict)).map(|effect| effect.decision.as_str()).collect()
}
