//! What is said below a rule, a guardrail or a clock: where it comes from, who checked that, and since when it holds.

use super::document::{Phrase, Tone, anchor};
use crate::decision::Law;
use crate::value::Date;

/// The law or manual, its pack, and whether somebody checked it.
pub(super) fn law(law: Option<&Law>, source: Option<&str>) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    let address = law.and_then(|law| law.address.as_deref());
    match (source, address) {
        (Some(source), Some(address)) => remarks.push(Phrase::of("Source: ").address(address, source)),
        (Some(source), None) => remarks.push(Phrase::of(format!("Source: {source}"))),
        (None, Some(address)) => remarks.push(Phrase::of("Source: ").address(address, address)),
        (None, None) => {}
    }
    let Some(law) = law else { return remarks };
    if let Some(pack) = &law.pack {
        remarks.push(Phrase::of("Pack ").link(anchor("pack", pack), &**pack));
    }
    match law.verified {
        Some(true) => remarks.push(Phrase::default().badge(Tone::Good, "checked against its source")),
        Some(false) => remarks.push(Phrase::default().badge(Tone::Attention, "not verified")),
        None => {}
    }
    remarks
}

/// Since when something holds, and until when.
pub(super) fn dated(from: Option<Date>, until: Option<Date>) -> Option<Phrase> {
    Some(Phrase::of(match (from, until) {
        (None, None) => return None,
        (Some(from), None) => format!("In force from {from}"),
        (None, Some(until)) => format!("In force until {until}"),
        (Some(from), Some(until)) => format!("In force from {from} until {until}"),
    }))
}
