//! Goodwill: under every cap, and never less for a worse mistake.

use super::cases::{Facts, any_case, case, gesture};
use super::{config, decide};
use proptest::prelude::*;
use redress::value::{Decimal, Fact, Money, Rounding};
use redress::{Case, Decision};

/// What a cap allows; nothing where it is not known.
fn allowed(cap: Option<Money>, zero: Money) -> Money {
    cap.filter(|cap| !cap.amount().is_negative()).unwrap_or(zero)
}

fn in_steps(money: Money) -> Money {
    money.rounded(Rounding::parse("down to 5.00").unwrap()).unwrap()
}

/// The limits of `guardrails/goodwill.yaml`, worked out from the case.
fn caps(case: &Case, decision: &Decision, zero: Money) -> Vec<(&'static str, Money)> {
    let of = |amount: &str| Money::new(Decimal::parse(amount).unwrap(), zero.currency());
    let share = |money: Money, share: &str| in_steps(money.times(Decimal::parse(share).unwrap()).unwrap());
    let per_year = case.history.goodwill_12m.known().map(|granted| in_steps(of("300.00").minus(*granted).unwrap()));
    let invoice = match case.invoice.total {
        Fact::Missing => case.dispute.disputed_amount.known().copied(),
        Fact::Unknown => None,
        Fact::Known(total) => Some(total),
    };
    let pool = match case.budget.remaining {
        Fact::Missing => Some(of("250.00")),
        Fact::Unknown => None,
        Fact::Known(remaining) => Some(in_steps(remaining)),
    };
    let mut caps = vec![("goodwill-per-case", of("250.00")), ("goodwill-per-year", allowed(per_year, zero))];
    if case.history.goodwill_count_12m.known().is_none_or(|count| *count >= 3) {
        caps.push(("goodwill-times-a-year", zero));
    }
    caps.push(("goodwill-share-of-invoice", allowed(invoice.map(|invoice| share(invoice, "0.80")), zero)));
    caps.push(("goodwill-pool", allowed(pool, zero)));
    if decision.relationship.action.as_deref() == Some("retain") {
        let contribution = case.customer.annual_contribution.known().map(|contribution| share(*contribution, "0.50"));
        caps.push(("retention-below-contribution", allowed(contribution, zero)));
    }
    caps
}

fn goodwill(facts: &Facts) -> Option<Money> {
    decide(facts).money.goodwill.map(|goodwill| goodwill.amount)
}

proptest! {
    #![proptest_config(config(64))]

    /// Invariant 2, *capped goodwill*: it never exceeds any cap, and the cap that bound it is named.
    #[test]
    fn capped_goodwill(facts in prop_oneof![gesture(), any_case()]) {
        let (case, decision) = (case(&facts), decide(&facts));
        let Some(goodwill) = &decision.money.goodwill else { return Ok(()) };
        let zero = Money::zero(goodwill.amount.currency());
        let caps = caps(&case, &decision, zero);
        for (id, cap) in &caps {
            prop_assert!(goodwill.amount.compare(*cap).unwrap().is_le(), "{} over {id} of {cap}", goodwill.amount);
        }
        let smallest = caps.iter().map(|(_, cap)| cap.amount()).min().unwrap();
        let named = caps.iter().find(|(_, cap)| cap.amount() == smallest).map(|(id, _)| *id);
        let change = decision.part("goodwill").unwrap().changes.iter().find(|change| change.by == "cap");
        match (&goodwill.capped_by, change) {
            (Some(by), Some(change)) => {
                prop_assert_eq!(Some(by.as_str()), named);
                prop_assert_eq!(&change.id, by);
                prop_assert_eq!(goodwill.amount.amount(), smallest);
            }
            (None, None) => {}
            other => prop_assert!(false, "{other:?}"),
        }
    }

    /// Invariant 5, *monotone*: a worse mistake never earns less.
    #[test]
    fn more_severity_never_lowers_goodwill(facts in prop_oneof![3 => gesture(), 1 => any_case()]) {
        let mut least: Option<Money> = None;
        for severity in ["trivial", "minor", "moderate", "serious", "severe"] {
            let mut facts = facts.clone();
            facts.insert("finding.severity".to_owned(), severity.into());
            let Some(amount) = goodwill(&facts) else { continue };
            if let Some(least) = least {
                prop_assert!(amount.compare(least).unwrap().is_ge(), "{severity}: {amount} after {least}");
            }
            least = Some(amount);
        }
    }
}
