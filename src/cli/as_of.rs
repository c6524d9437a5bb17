//! The bundle that was in force on a day, beside today's.

use super::bundle_choice::BundleChoice;
use super::exit::Failure;
use crate::authoring::explain::{View, explain};
use crate::bundle::Moment;
use crate::case::Case;
use crate::decision::Decision;
use crate::engine::{InForce, Store, StoreError};
use crate::journal::Difference;
use crate::policy::{Extensions, Policy};
use crate::value::Date;
use serde_json::{Value, json};
use std::path::Path;

/// The parts of a decision that say what happens; the others tell why.
const TOLD: [&str; 9] = ["status", "outcome", "money", "terms", "holds", "approval", "escalation", "relationship", "prevention"];
/// The most differences that are told of one case.
const DIFFERENCES_MAX: usize = 20;

/// Two policies: the one that was in force on a day, and today's.
pub(super) struct Then {
    day: Date,
    found: InForce,
    earlier: Policy,
    today: Policy,
    origin: String,
    /// Are near misses told too?
    explains: bool,
}

/// What a policy says of a case, or why it says nothing.
type Answer = Result<Decision, String>;

impl Then {
    /// Finds the bundle in a store that has the name of today's.
    pub(super) fn find(day: Date, store: &Path, choice: &BundleChoice, explains: bool) -> Result<Self, Failure> {
        let today = choice.policy()?;
        let name = today.name().bundle.clone();
        let failed = |error: StoreError| Failure::Environment { message: error.to_string(), help: error.help() };
        let found = Store::open_existing(store).and_then(|store| store.in_force(&name, day)).map_err(failed)?;
        let Some(found) = found else {
            let shown = store.display();
            return Err(Failure::Environment {
                message: format!("the store `{shown}` holds no bundle `{name}` that was in force on {day}"),
                help: Some(format!(
                    "`redress bundle list --store {shown}` shows what it holds; `redress bundle pack` adds to it"
                )),
            });
        };
        let earlier = Policy::load(&found.stored.files, &Extensions::new()).map_err(|findings| Failure::Findings {
            findings,
            message: format!("the bundle of {day} cannot decide anything here"),
        })?;
        Ok(Self { day, found, earlier, today, origin: choice.origin(), explains })
    }

    /// Decides a case by both: as of that day, and as of a moment.
    fn answers(&self, case: &Case, at: Moment) -> (Answer, Answer) {
        let decide = |policy: &Policy, moment: Moment| {
            let at = moment.in_zone(&case.zone()).map_err(|trouble| trouble.to_string())?;
            let decided = if self.explains { policy.explain(case, at) } else { policy.decide(case, at) };
            decided.map_err(|error| error.to_string())
        };
        (decide(&self.earlier, Moment::Day(self.day)), decide(&self.today, at))
    }

    /// Both decisions for a person, what differs first, and whether there is one of both.
    pub(super) fn text(&self, case: &Case, at: Moment, view: &View) -> (String, bool) {
        let (then, today) = self.answers(case, at);
        let name = self.earlier.name();
        let digits = name.digest.trim_start_matches("blake3:");
        let later = if self.found.is_stored_later { ", which is after that day: its own dates alone say it" } else { "" };
        let mut text = format!("{}: as of {}, beside today's\n", case.id(), self.day);
        text.push_str(&format!(
            "  in force then: {} {} ({}), stored at {}{later}\n",
            name.bundle,
            name.version,
            digits.get(..12).unwrap_or(digits),
            self.found.stored.about.stored_at
        ));
        match (&then, &today) {
            (Ok(then), Ok(today)) => {
                let differences = differences(then, today);
                if differences.is_empty() {
                    text.push_str("  what happens is the same\n");
                }
                for Difference { path, before, after, .. } in &differences {
                    let told = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                    text.push_str(&format!("  {path}: {} then, {} today\n", told(before), told(after)));
                }
            }
            _ => text.push_str("  they cannot be compared\n"),
        }
        for (heading, answer, origin) in [
            (format!("As of {}", self.day), &then, "from the store".to_owned()),
            ("Today".to_owned(), &today, self.origin.clone()),
        ] {
            let fill = "─".repeat(view.width.saturating_sub(heading.chars().count() + 4));
            text.push_str(&format!("\n── {heading} {fill}\n\n"));
            let view = View { origin: Some(origin), ..view.clone() };
            match answer {
                Ok(decision) => text.push_str(&explain(decision, &view)),
                Err(reason) => text.push_str(&format!("no decision: {reason}\n")),
            }
        }
        (text, then.is_ok() && today.is_ok())
    }

    /// Both decisions for a program.
    pub(super) fn json(&self, case: &Case, at: Moment) -> (Value, bool) {
        let (then, today) = self.answers(case, at);
        let told = |answer: &Answer| match answer {
            Ok(decision) => json!({"decision": decision.to_json()}),
            Err(reason) => json!({"error": reason}),
        };
        let differences = match (&then, &today) {
            (Ok(then), Ok(today)) => differences(then, today)
                .into_iter()
                .map(|Difference { path, before, after, .. }| json!({"path": path, "then": before, "today": after}))
                .collect(),
            _ => Vec::new(),
        };
        let mut then_told = told(&then);
        if let Some(map) = then_told.as_object_mut() {
            map.insert("day".to_owned(), self.day.to_string().into());
            map.insert("stored_at".to_owned(), self.found.stored.about.stored_at.to_string().into());
            map.insert("stored_later".to_owned(), self.found.is_stored_later.into());
        }
        let is_whole = then.is_ok() && today.is_ok();
        (json!({"case_id": case.id(), "then": then_told, "today": told(&today), "differences": differences}), is_whole)
    }
}

/// The fields of what happens in which two decisions differ.
fn differences(then: &Decision, today: &Decision) -> Vec<Difference> {
    let found = Difference::all(&then.to_json_line(), &today.to_json_line(), DIFFERENCES_MAX, &|key| TOLD.contains(&key));
    found.into_iter().collect()
}
