//! Never more than once for the same loss: what a law adds, held against the multiple that it says it comes to.

use super::part::{FaultNote, Part};
use crate::value::{Decimal, Fact, Money, Value};

/// What such a fault is called.
pub(crate) const KIND: &str = "double_counting";

/// A redress that pays more than its own multiple leaves room for, so that a part of the loss is counted twice: once as the correction,
/// once more as redress. A person looks at it; what is owed stands until then.
///
/// `multiple` is (correction + redress) / correction. One that is left at 1 speaks of no multiple: a fixed sum, an award.
pub(super) fn find(parts: &[Part]) -> Option<FaultNote> {
    let find = |name: &str| parts.iter().find(|part| *part.name == *name && part.is_decided());
    let (redress, correction) = (find("statutory_redress")?, find("correction")?);
    let Fact::Known(Value::Decimal(multiple)) = redress.output("multiple") else { return None };
    let amount = |part: &Part| match part.output("amount") {
        Fact::Known(Value::Money(amount)) => Some(amount),
        _ => None,
    };
    let (paid, corrected) = (amount(redress)?, amount(correction)?);
    // What a guardrail raised says so itself.
    if redress.changes.iter().any(|change| &*change.output == "amount") {
        return None;
    }
    if !is_beyond(multiple, paid, corrected) {
        return None;
    }
    let message = format!(
        "it pays {paid} on top of a correction of {corrected}, and says that both together are {multiple} times the correction: a part \
         of the loss would be paid twice"
    );
    let rule = redress.rules.first();
    let mut note = FaultNote::new(&redress.name, KIND, message, None);
    note.place = rule.map(|rule| rule.citation.place().to_owned()).filter(|place| !place.is_empty());
    Some(note)
}

/// Does a redress pay beyond what its multiple leaves room for, where it says one?
pub(crate) fn is_beyond(multiple: Decimal, paid: Money, corrected: Money) -> bool {
    let beyond = || {
        let further = multiple.minus(Decimal::ONE).ok().filter(|further| !further.is_zero() && !further.is_negative())?;
        let beyond = paid.minus(corrected.times(further).ok()?).ok()?;
        // An amount is rounded to its smallest unit, and may be that much off.
        let unit = Money::new(Decimal::new(1, corrected.currency().digits()), corrected.currency());
        beyond.compare(unit).ok().map(std::cmp::Ordering::is_gt)
    };
    beyond().unwrap_or(false)
}
