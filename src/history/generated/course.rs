//! How a case goes on: what it costs to argue, the pool that pays, messages, offers and steps.

use super::chance::Chance;
use super::market::Market;
use super::quarrel::Quarrel;
use super::relationship::{hundredths, known};
use crate::case::groups::{Budget, Contact, Economics, ExitRequest, LinkedCases, Offer, StepDone};
use crate::case::vocabulary::{Direction, ExitRequester, OfferResponse, ReasonCode};
use crate::value::{DateTime, Duration};

const HOUR_SECONDS: i64 = 3_600;

pub(super) fn economics(market: &Market, quarrel: &Quarrel, chance: &mut Chance) -> Economics {
    let hard = matches!(quarrel.reason, ReasonCode::Tax | ReasonCode::Quality | ReasonCode::Unrecognised);
    let minutes = chance.quantile(&[(0, 8), (250, 20), (500, 38), (750, 70), (950, 150), (1000, 240)]);
    let mut economics = Economics::default();
    economics.handler_rate_per_hour = market.money(100 * chance.between(28, 52)).into();
    economics.estimated_minutes = if hard { minutes * 3 / 2 } else { minutes }.into();
    economics.escalation_cost = market.money(1_000 * chance.between(6, 40)).into();
    economics.chance_of_escalation = hundredths(chance.between(1, 22)).into();
    economics.chance_customer_right = hundredths(chance.between(5, 75)).into();
    economics
}

/// Not every company tells the pool with its cases.
pub(super) fn budget(market: &Market, chance: &mut Chance) -> Budget {
    let mut budget = Budget::default();
    if chance.per_mille(250) {
        budget.pool_id = format!("care-{}", market.country.code).into();
        budget.remaining = market.money(100_000 + 1_000 * chance.below(5_000)).into();
    }
    budget
}

pub(super) fn exit_request(chance: &mut Chance) -> Option<ExitRequest> {
    let by = [(60, ExitRequester::Agent), (30, ExitRequester::Manager), (10, ExitRequester::System)];
    chance.per_mille(2).then(|| {
        let mut request = ExitRequest::default();
        request.by = known(chance.pick(&by));
        request.reason = "more disputes than orders".to_owned().into();
        request
    })
}

pub(super) fn linked_cases(market: &Market, quarrel: &Quarrel, chance: &mut Chance) -> Option<LinkedCases> {
    chance.per_mille(12).then(|| {
        let count = chance.between(2, 9);
        let mut linked = LinkedCases::default();
        linked.count = count.into();
        linked.credit_total = market.money(quarrel.cents * count * chance.between(40, 100) / 100).into();
        linked
    })
}

fn later(from: DateTime, hours: i64) -> Option<DateTime> {
    from.plus(Duration::from_seconds(hours * HOUR_SECONDS)).ok()
}

pub(super) fn correspondence(received: DateTime, channel: &str, chance: &mut Chance) -> Vec<Contact> {
    let count = chance.pick(&[(45, 0), (30, 1), (17, 2), (8, 3)]).unwrap_or(0);
    let mut hours = 0;
    let mut contact = |at: i64| {
        hours += chance.between(3, 60);
        let is_ours = at % 2 == 0;
        let mut contact = Contact::default();
        contact.at = known(later(received, hours));
        contact.direction = if is_ours { Direction::Out } else { Direction::In }.into();
        contact.channel = channel.to_owned().into();
        if is_ours {
            contact.letter = if at == 0 { "acknowledgement" } else { "progress_update" }.to_owned().into();
        }
        contact
    };
    (0..count).map(&mut contact).collect()
}

pub(super) fn offers(market: &Market, rejected: i64, received: DateTime, chance: &mut Chance) -> Vec<Offer> {
    (0..rejected)
        .map(|at| {
            let mut offer = Offer::default();
            offer.amount = market.money(500 * chance.between(2, 14)).into();
            offer.instrument = "bill_credit".to_owned().into();
            offer.offered_on = known(later(received, 48 + 96 * at).map(DateTime::day_as_written));
            offer.response = OfferResponse::Rejected.into();
            offer
        })
        .collect()
}

/// The first steps of a case, in their order; most cases are looked at before any of them.
pub(super) fn steps_done(received: DateTime, chance: &mut Chance) -> Vec<StepDone> {
    let count = chance.pick(&[(62, 0), (20, 1), (10, 2), (5, 3), (3, 4)]).unwrap_or(0);
    let mut hours = 0;
    let mut step = |name: &str| {
        hours += chance.between(1, 40);
        let mut done = StepDone::default();
        done.step = name.to_owned().into();
        done.at = known(later(received, hours));
        done
    };
    ["acknowledge", "investigate", "share_findings", "correct"].into_iter().take(count).map(&mut step).collect()
}
