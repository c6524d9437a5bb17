//! The customer, the account, and what happened between us before.

use super::chance::Chance;
use super::figures::{BUSINESS_REVENUE, CONSUMER_REVENUE, EARLIER_DISPUTES, OLDER_PER_MILLE, SERVICEMEMBER_PER_MILLE, TENURE};
use super::market::Market;
use crate::case::groups::{Account, BehaviourIncident, Customer, History};
use crate::case::vocabulary::{ContractType, CreditGrade, IncidentKind, Product, Segment, Tier, Vulnerability};
use crate::value::{Date, Decimal, Fact};

/// What settles most of a relationship: facts that belong together are drawn near it.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// How much the customer brings, from 0 to 999: tenure, revenue and tier follow it.
    pub(super) worth: i64,
    pub(super) segment: Segment,
    /// Disputes in the last twelve months.
    pub(super) disputes: i64,
    /// Of these, upheld.
    pub(super) upheld: i64,
    /// Has the customer had to come back to us often?
    pub(super) contacts: i64,
}

const SEGMENTS: &[(i64, Segment)] = &[
    (860, Segment::Consumer),
    (60, Segment::MicroBusiness),
    (45, Segment::SmallBusiness),
    (25, Segment::Enterprise),
    (10, Segment::PublicBody),
];
const SEGMENTS_OF_BUSINESS_GOODS: &[(i64, Segment)] = &[
    (230, Segment::Consumer),
    (190, Segment::MicroBusiness),
    (310, Segment::SmallBusiness),
    (220, Segment::Enterprise),
    (50, Segment::PublicBody),
];
const CONTACTS: &[(i64, i64)] = &[(600, 1), (220, 2), (100, 3), (50, 4), (20, 5), (10, 7)];

impl Standing {
    pub(super) fn draw(market: &Market, chance: &mut Chance) -> Self {
        let segments = if market.product == Product::Saas { SEGMENTS_OF_BUSINESS_GOODS } else { SEGMENTS };
        let disputes = chance.pick(EARLIER_DISPUTES).unwrap_or(0);
        // Who disputes often is right less often.
        let right = if disputes > 3 { 220 } else { 480 };
        let upheld = (0..disputes).filter(|_| chance.per_mille(right)).count();
        Self {
            worth: chance.below(1000),
            segment: chance.pick(segments).unwrap_or(Segment::Consumer),
            disputes,
            upheld: i64::try_from(upheld).unwrap_or(0),
            contacts: chance.pick(CONTACTS).unwrap_or(1),
        }
    }

    pub(super) fn is_business(self) -> bool {
        self.segment != Segment::Consumer
    }
}

/// A share of one in hundredths.
pub(super) fn hundredths(number: i64) -> Decimal {
    Decimal::new(number.clamp(0, 100), 2)
}

pub(super) fn customer(number: u64, market: &Market, standing: Standing, chance: &mut Chance) -> Customer {
    let revenues = if standing.is_business() { BUSINESS_REVENUE } else { CONSUMER_REVENUE };
    let revenue = chance.quantile_near(revenues, standing.worth, 150);
    // What is left of it: less where somebody disputes often, since that is work.
    let margin = chance.between(-6, 42) - 4 * standing.disputes;
    let contribution = revenue * margin / 100;
    let years = chance.between(2, 7);
    let flags = vulnerabilities(market, standing, chance);
    let churn = chance.between(0, 34) + 9 * (standing.contacts - 1) + if standing.worth < 200 { 12 } else { 0 };
    let mut customer = Customer::default();
    customer.customer_id = format!("C-{number:08}").into();
    customer.segment = standing.segment.into();
    customer.tier = tier(standing, chance).into();
    customer.tenure_months = chance.quantile_near(TENURE, standing.worth, 250).into();
    customer.annual_revenue = market.money(revenue).into();
    customer.annual_contribution = market.money(contribution).into();
    customer.lifetime_value = market.money(contribution * years).into();
    customer.churn_risk = hundredths(churn).into();
    customer.leave_threat = chance.per_mille(30 + 45 * (standing.contacts - 1)).into();
    customer.vulnerable = (!flags.is_empty()).into();
    customer.vulnerability_flags = flags.into();
    let is_essential = matches!(market.product, Product::Utility | Product::Telecom | Product::DebitAccount);
    customer.essential_service = (is_essential && !standing.is_business() && chance.per_mille(700)).into();
    let grades = [(7, CreditGrade::D), (18, CreditGrade::C), (40, CreditGrade::B), (35, CreditGrade::A)];
    customer.credit_risk_grade = known(chance.pick(&grades));
    customer
}

fn tier(standing: Standing, chance: &mut Chance) -> Tier {
    match chance.between(standing.worth - 120, standing.worth + 120) {
        ..600 => Tier::Standard,
        600..850 => Tier::Silver,
        850..980 => Tier::Gold,
        _ => Tier::Strategic,
    }
}

fn vulnerabilities(market: &Market, standing: Standing, chance: &mut Chance) -> Vec<Vulnerability> {
    let serves = if market.country.code == "US" { SERVICEMEMBER_PER_MILLE } else { 0 };
    let shares = [
        (40, Vulnerability::Health),
        (40, Vulnerability::LifeEvent),
        (45, Vulnerability::Resilience),
        (20, Vulnerability::Capability),
        (OLDER_PER_MILLE, Vulnerability::OlderPerson),
        (serves, Vulnerability::Servicemember),
    ];
    let is_person = !standing.is_business();
    shares.into_iter().filter(|(share, _)| chance.per_mille(*share) && is_person).map(|(_, flag)| flag).collect()
}

pub(super) fn account(number: u64, market: &Market, tenure_months: i64, received: Date, chance: &mut Chance) -> Account {
    let contracts = match market.product {
        Product::CreditCard | Product::DebitAccount => [(85, ContractType::Indefinite), (15, ContractType::FrameworkPayment)],
        Product::Goods | Product::Services => [(80, ContractType::OneOff), (20, ContractType::Indefinite)],
        Product::Loan | Product::Insurance => [(95, ContractType::FixedTerm), (5, ContractType::Indefinite)],
        _ => [(45, ContractType::FixedTerm), (55, ContractType::Indefinite)],
    };
    let start = received.plus_months(-tenure_months).and_then(|day| day.plus_days(-chance.below(28))).ok();
    let mut account = Account::default();
    account.account_id = format!("A-{number:08}").into();
    account.product = market.product.into();
    account.contract_type = known(chance.pick(&contracts));
    account.contract_start = known(start);
    account.provider_notice_period_days = known(chance.pick(&[(55, 30), (30, 60), (15, 90)]));
    if matches!(market.product, Product::CreditCard | Product::DebitAccount) {
        account.first_deposit_at = known(start.and_then(|day| day.plus_days(chance.below(10)).ok()));
    }
    account.billing_cycle_days = known(chance.pick(&[(88, 30), (8, 90), (4, 365)]));
    let overdue: &[(i64, i64)] = &[(850, 0), (900, 9), (960, 30), (1000, 120)];
    account.delinquent_days = if chance.per_mille(850) { 0 } else { chance.quantile_near(overdue, 925, 74) }.into();
    if chance.per_mille(350) {
        account.auto_collection_on = known(received.plus_days(chance.between(1, 25)).ok());
    }
    account
}

pub(super) fn history(market: &Market, standing: Standing, received: Date, chance: &mut Chance) -> History {
    let granted = (0..standing.upheld).filter(|_| chance.per_mille(350)).count();
    let granted = i64::try_from(granted).unwrap_or(0);
    let gestures = (0..granted).map(|_| 500 * chance.between(2, 12)).sum();
    let incidents = incidents(standing, received, chance);
    let mut history = History::default();
    history.disputes_12m = standing.disputes.into();
    history.disputes_upheld_12m = standing.upheld.into();
    history.invoices_12m = known(chance.pick(&[(80, 12), (10, 4), (6, 1), (4, 24)]));
    history.goodwill_12m = market.money(gestures).into();
    history.goodwill_count_12m = granted.into();
    history.small_claims_12m = i64::from(standing.disputes > 0 && chance.per_mille(180)).into();
    history.courtesy_credit_used = chance.per_mille(60 + 90 * standing.disputes.min(5)).into();
    history.same_topic_explained = chance.below(1 + (standing.disputes - standing.upheld).min(4)).into();
    history.offers_rejected = if chance.per_mille(955) { 0 } else { chance.between(1, 2) }.into();
    if !incidents.is_empty() && chance.per_mille(400) {
        history.behaviour_notice_on = known(received.plus_days(-chance.between(3, 120)).ok());
    }
    history.behaviour_incidents = incidents.into();
    let rights = if chance.per_mille(30) { vec!["complaint".to_owned()] } else { Vec::new() };
    history.open_regulated_rights = rights.into();
    history
}

fn incidents(standing: Standing, received: Date, chance: &mut Chance) -> Vec<BehaviourIncident> {
    let kinds =
        [(70, IncidentKind::Abuse), (8, IncidentKind::Threat), (12, IncidentKind::FraudSuspected), (10, IncidentKind::Gaming)];
    let count = if chance.per_mille(8 + 6 * standing.disputes) { chance.between(1, 2) } else { 0 };
    let one = |chance: &mut Chance| {
        let mut incident = BehaviourIncident::default();
        incident.on = known(received.plus_days(-chance.between(1, 300)).ok());
        incident.kind = known(chance.pick(&kinds));
        incident
    };
    (0..count).map(|_| one(chance)).collect()
}

/// A fact that is known if there is a value for it.
pub(super) fn known<T>(value: Option<T>) -> Fact<T> {
    value.map_or(Fact::Missing, Fact::Known)
}
