//! Histories that nobody lived: made-up cases whose facts go together as they do in real files, the same for a seed everywhere.
//!
//! `FIGURES.md` beside this file tells every distribution: which were counted in public files, and which are set by us. Nothing
//! about real customers may be said from cases that are made up.
//!
//! Order of the files, each using only those before it: `chance`, `market`, `figures`, `relationship`, `quarrel`, `course`, `gaps`.

#![expect(
    clippy::field_reassign_with_default,
    reason = "facts are drawn one by one, and the order in which they are drawn is kept"
)]

mod chance;
mod course;
mod figures;
mod gaps;
mod market;
mod quarrel;
mod relationship;

use crate::case::Case;
use crate::case::vocabulary::{Channel, NoticeForm};
use chance::Chance;
use market::Market;
use quarrel::Quarrel;
use relationship::{Standing, known};
use std::ops::Range;

/// The first day of a generated history, a Monday: 2025-06-30, in seconds since 1970.
const FIRST_DAY_SECONDS: i64 = 1_751_241_600;
const WEEKS: i64 = 52;
const DAY_SECONDS: i64 = 86_400;

/// Made-up cases, one after the other. The nth case depends on the seed and on n alone: a longer history begins with a shorter one,
/// and any part of it can be made without the rest.
///
/// ```
/// use redress::history::GeneratedCases;
///
/// let some: Vec<String> = GeneratedCases::new(7).take(3).map(|case| case.id().to_owned()).collect();
/// assert_eq!(some, ["G-00000001", "G-00000002", "G-00000003"]);
/// ```
#[derive(Clone, Debug)]
pub struct GeneratedCases {
    seed: u64,
    numbers: Range<u64>,
}

impl GeneratedCases {
    /// The endless history of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self::part(seed, 1..u64::MAX)
    }

    /// The cases with these numbers; the first case of a history has the number 1.
    #[must_use]
    pub fn part(seed: u64, numbers: Range<u64>) -> Self {
        Self { seed, numbers }
    }
}

impl Iterator for GeneratedCases {
    type Item = Case;

    fn next(&mut self) -> Option<Case> {
        let number = self.numbers.next()?;
        generate(&mut Chance::new(self.seed, number), number)
    }
}

/// One case; nothing only where a list of this folder is empty or names a place that there is none of.
fn generate(chance: &mut Chance, number: u64) -> Option<Case> {
    let day = FIRST_DAY_SECONDS + DAY_SECONDS * (7 * chance.below(WEEKS) + chance.pick(figures::WEEKDAYS)?);
    let hour = chance.pick(figures::HOURS)?;
    let received = quarrel::moment(day, 3_600 * hour + chance.below(4 * 3_600))?;
    let today = received.day_as_written();
    let market = Market::draw(chance)?;
    let standing = Standing::draw(&market, chance);
    let channel = chance.pick(figures::CHANNELS)?;
    let quarrel = Quarrel::draw(&market, standing, today, chance)?;

    let mut case = Case::new();
    case.complaint.case_id = format!("G-{number:08}").into();
    case.complaint.received_at = received.into();
    case.complaint.channel = channel.into();
    let spoken = matches!(channel, Channel::Phone | Channel::InPerson);
    case.complaint.notice_form = if spoken { NoticeForm::Oral } else { NoticeForm::Written }.into();
    if channel == Channel::Regulator {
        case.complaint.regulator_reference = format!("R-{number:08}").into();
    }
    case.complaint.language = market.language.to_owned().into();
    case.complaint.jurisdiction = market.place.into();
    case.customer = relationship::customer(number, &market, standing, chance);
    let tenure = case.customer.tenure_months.known().copied().unwrap_or(0);
    case.account = relationship::account(number, &market, tenure, today, chance);
    case.invoice = quarrel::invoice(number, &market, &quarrel, chance);
    case.dispute = quarrel::dispute(&market, &quarrel, today, chance);
    case.finding = quarrel::finding(&market, &quarrel, standing, chance);
    case.history = relationship::history(&market, standing, today, chance);
    case.economics = course::economics(&market, &quarrel, chance);
    case.budget = course::budget(&market, chance);
    case.exit_request = known(course::exit_request(chance));
    case.correspondence = course::correspondence(received, channel.name(), chance).into();
    let rejected = case.history.offers_rejected.known().copied().unwrap_or(0);
    case.offers = course::offers(&market, rejected, received, chance).into();
    case.linked_cases = known(course::linked_cases(&market, &quarrel, chance));
    case.steps_done = course::steps_done(received, chance).into();
    gaps::leave_gaps(&mut case, chance);
    Some(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{CaseFormat, read_case};
    use crate::text::Source;
    use std::collections::BTreeMap;

    fn line(case: &Case) -> String {
        serde_json::to_string(case).unwrap()
    }

    #[test]
    fn a_case_depends_on_its_seed_and_its_number_alone() {
        let whole: Vec<String> = GeneratedCases::new(5).take(300).map(|case| line(&case)).collect();
        for from in [1, 2, 77, 298] {
            let part: Vec<String> = GeneratedCases::part(5, from..from + 3).map(|case| line(&case)).collect();
            let at = usize::try_from(from).unwrap() - 1;
            assert_eq!(part, whole[at..at + 3]);
        }
        assert_ne!(GeneratedCases::new(6).next().map(|case| line(&case)).as_deref(), whole.first().map(String::as_str));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_on_every_machine() {
        let mut hash = blake3::Hasher::new();
        GeneratedCases::new(1).take(1000).for_each(|case| {
            hash.update(line(&case).as_bytes());
        });
        insta::assert_snapshot!(hash.finalize().to_hex().to_string(), @"78782ad58b27a6c1626e45dc449e74f90e0d24611dab75fb1cd1dd89c4e3e5a4");
    }

    #[test]
    fn every_case_is_sound_and_is_read_back_as_it_was_written() {
        for case in GeneratedCases::new(2).take(3000) {
            assert!(case.check().is_empty(), "{}: {:?}", case.id(), case.check());
            let source = Source::new("line", line(&case));
            let mut read = read_case(&source, CaseFormat::JsonLines).unwrap_or_else(|found| panic!("{found:?}"));
            read.place = None;
            assert_eq!(line(&read), line(&case));
            assert_eq!(read.digest(), case.digest());
        }
    }

    /// How many of a thousand cases have what `of` tells.
    fn shares(of: impl Fn(&Case) -> Option<&'static str>) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        GeneratedCases::new(3).take(20_000).for_each(|case| *counts.entry(of(&case).unwrap_or("not told")).or_default() += 1);
        counts.iter().map(|(name, count)| format!("{name} {}", (count + 10) / 20)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn cases_are_spread_as_the_figures_say() {
        let known = [
            shares(|case| case.dispute.reason_code.known().map(|it| it.name())),
            shares(|case| case.account.product.known().map(|it| it.name())),
            shares(|case| case.customer.tier.known().map(|it| it.name())),
            shares(|case| case.finding.liability.known().map(|it| it.name())),
            shares(|case| case.finding.severity.known().map(|it| it.name())),
            shares(|case| case.customer.vulnerable.known().map(|it| if *it { "vulnerable" } else { "not vulnerable" })),
        ];
        insta::assert_snapshot!(known.join("\n"), @"
        AFTER_CANCELLATION 89, CALCULATION 42, CONTRACT_FEE 68, CREDIT_NOT_ISSUED 37, DISCOUNT_MISSING 94, DUPLICATE 30, FREIGHT 11, LATE_CHARGE 26, NOT_DELIVERED 53, NOT_UNDERSTOOD 11, OTHER 79, PAYMENT_NOT_APPLIED 50, PRICE 108, QUALITY 108, QUANTITY 59, REFERENCE_DATA 19, TAX 61, TERMS 11, UNRECOGNISED 45
        credit_card 219, debit_account 73, goods 139, insurance 13, loan 26, not told 49, other 10, saas 43, services 96, telecom 262, utility 71
        gold 102, not told 50, silver 231, standard 577, strategic 40
        customer_error 84, misunderstanding 110, no_error 169, not told 116, our_error 245, shared 21, third_party 44, undetermined 213
        minor 457, moderate 384, not told 48, serious 48, severe 8, trivial 55
        not told 48, not vulnerable 747, vulnerable 205
        ");
    }
}
