//! What is contested: the invoice, what the customer says of it, and what the investigation found.

use super::chance::Chance;
use super::figures::{REPORTING_DAYS, amounts, not_paid_back, paid_back_per_mille, reasons, root_causes};
use super::market::Market;
use super::relationship::{Standing, hundredths, known};
use crate::case::groups::{
    ConsequentialCharge, Dispute, DisputedLine, Finding, FiscalDocument, Invoice, PaymentContext, RelatedCharge,
};
use crate::case::vocabulary::{
    ConsequentialChargeKind, CustomerRequest, Evidence, FindingStatus, FiscalKind, InstructionSource, Liability, Product,
    ReasonCode, RelatedChargeKind, RootCause, Severity,
};
use crate::value::{Date, DateTime};

/// What settles a quarrel. Amounts are in US cents, before they are told in the money of the place.
#[derive(Clone, Copy)]
pub(super) struct Quarrel {
    pub(super) reason: ReasonCode,
    pub(super) cents: i64,
    /// How large it is among those of its kind, from 0 to 999: what it does to the customer follows it.
    size: i64,
    related_cents: i64,
    issued: Date,
    product: Product,
}

/// In so many of a thousand invoices of Latin America the tax is what is contested.
const TAX_PER_MILLE: i64 = 130;

impl Quarrel {
    pub(super) fn draw(market: &Market, standing: Standing, received: Date, chance: &mut Chance) -> Option<Self> {
        let is_taxed = market.is_latin_america() && chance.per_mille(TAX_PER_MILLE);
        let reason = chance.pick(reasons(market.product, standing.is_business(), is_taxed))?;
        let size = chance.below(1000);
        let knots = amounts(market.product, reason, standing.is_business());
        let cents = rounded(chance.quantile_near(knots, size, 1), chance);
        let related_cents = if chance.per_mille(180) { (cents * chance.between(1, 6) / 100).max(50) } else { 0 };
        let issued = received.plus_days(-chance.quantile(REPORTING_DAYS)).ok()?;
        Some(Self { reason, cents, size, related_cents, issued, product: market.product })
    }
}

/// Prices end as prices do: many in whole units, many in 99 or 50 hundredths.
fn rounded(cents: i64, chance: &mut Chance) -> i64 {
    let whole = (cents / 100).max(1) * 100;
    match chance.below(10) {
        0..4 => whole,
        4..6 => whole - 1,
        6 => whole - 50,
        _ => cents,
    }
}

pub(super) fn invoice(number: u64, market: &Market, quarrel: &Quarrel, chance: &mut Chance) -> Invoice {
    let total = quarrel.cents * chance.quantile(&[(0, 100), (350, 100), (600, 160), (850, 400), (1000, 1600)]) / 100;
    let paid = match chance.below(100) {
        0..45 => total,
        45..55 => total * chance.between(10, 90) / 100,
        _ => 0,
    };
    let mut invoice = Invoice::default();
    invoice.invoice_id = format!("I-{number:08}").into();
    invoice.statement_sent_on = quarrel.issued.into();
    invoice.issued_on = quarrel.issued.into();
    invoice.due_on = known(quarrel.issued.plus_days(chance.pick(&[(30, 15), (30, 25), (40, 30)]).unwrap_or(30)).ok());
    invoice.total = market.money(total).into();
    invoice.paid = market.money(paid).into();
    if market.country.fiscal != FiscalKind::None {
        let mut document = FiscalDocument::default();
        document.kind = market.country.fiscal.into();
        document.authorised_at = known(quarrel.issued.begins_in(market.place.zone()).ok());
        document.tax_value_affected = (quarrel.reason == ReasonCode::Tax || chance.per_mille(40)).into();
        document.recipient_acknowledged = chance.per_mille(300).into();
        invoice.fiscal_document = document.into();
    }
    invoice
}

pub(super) fn dispute(market: &Market, quarrel: &Quarrel, received: Date, chance: &mut Chance) -> Dispute {
    let lines = chance.pick(&[(800, 1), (130, 2), (70, 3)]).unwrap_or(1);
    let mut dispute = Dispute::default();
    dispute.reason_code = quarrel.reason.into();
    dispute.disputed_lines = disputed_lines(market, quarrel, lines, chance).into();
    dispute.disputed_amount = market.money(quarrel.cents).into();
    dispute.customer_request = known(chance.pick(requests(quarrel.reason)));
    let asked = match chance.below(100) {
        0..65 => Some(quarrel.cents),
        65..80 => Some(quarrel.cents + quarrel.related_cents),
        80..92 => Some(quarrel.cents * chance.between(105, 180) / 100),
        _ => None,
    };
    dispute.requested_amount = known(asked.map(|cents| market.money(cents)));
    dispute.error_date = known(quarrel.issued.plus_days(-chance.below(20)).ok());
    dispute.related_charges = related(market, quarrel, chance).into();
    if matches!(quarrel.product, Product::CreditCard | Product::DebitAccount) {
        let mut context = PaymentContext::default();
        context.point_of_sale = chance.per_mille(300).into();
        context.foreign = chance.per_mille(70).into();
        context.account_30_days_or_less = chance.per_mille(25).into();
        dispute.payment_context = context.into();
    }
    let is_about_service = matches!(quarrel.reason, ReasonCode::Quality | ReasonCode::NotDelivered);
    dispute.deficient_service = (is_about_service && chance.per_mille(550)).into();
    dispute.occurrences = known(chance.pick(&[(860, 1), (100, 2), (30, 3), (10, 4)]));
    dispute.consequential_charges = consequential(market, quarrel, received, chance).into();
    dispute
}

fn disputed_lines(market: &Market, quarrel: &Quarrel, lines: i64, chance: &mut Chance) -> Vec<DisputedLine> {
    let each = quarrel.cents / lines;
    let of_line = |at: i64| if at == 1 { quarrel.cents - each * (lines - 1) } else { each };
    (1..=lines)
        .map(|at| {
            let billed = of_line(at);
            let right = if chance.per_mille(600) { 0 } else { billed * chance.between(10, 90) / 100 };
            let mut line = DisputedLine::default();
            line.line_id = at.to_string().into();
            line.billed = market.money(billed).into();
            line.claimed_correct = market.money(right).into();
            line
        })
        .collect()
}

fn requests(reason: ReasonCode) -> &'static [(i64, CustomerRequest)] {
    use CustomerRequest as R;
    match reason {
        ReasonCode::NotUnderstood => &[(80, R::Explain), (15, R::Correct), (5, R::Apologise)],
        ReasonCode::LateCharge | ReasonCode::Terms => {
            &[(40, R::Correct), (20, R::Refund), (20, R::PaymentPlan), (15, R::LongerTerms), (5, R::Explain)]
        }
        ReasonCode::Quality | ReasonCode::NotDelivered => {
            &[(40, R::Refund), (25, R::Compensate), (20, R::Correct), (10, R::Cancel), (5, R::Apologise)]
        }
        _ => &[(45, R::Correct), (32, R::Refund), (8, R::Explain), (6, R::Compensate), (5, R::PaymentPlan), (4, R::Cancel)],
    }
}

fn related(market: &Market, quarrel: &Quarrel, chance: &mut Chance) -> Vec<RelatedCharge> {
    use RelatedChargeKind as K;
    if quarrel.related_cents == 0 {
        return Vec::new();
    }
    let kinds: &[(i64, K)] = match quarrel.product {
        Product::CreditCard | Product::Loan => &[(80, K::FinanceCharge), (20, K::LateFee)],
        _ => &[(60, K::LateFee), (25, K::LateInterest), (15, K::Tax)],
    };
    let mut charge = RelatedCharge::default();
    charge.kind = known(chance.pick(kinds));
    charge.amount = market.money(quarrel.related_cents).into();
    vec![charge]
}

/// What others made the customer pay because of it.
fn consequential(market: &Market, quarrel: &Quarrel, received: Date, chance: &mut Chance) -> Vec<ConsequentialCharge> {
    use ConsequentialChargeKind as K;
    let (share, kinds): (i64, &[(i64, K)]) = match quarrel.reason {
        ReasonCode::Tax => (600, &[(55, K::TaxPenalty), (35, K::TaxInterest), (10, K::TaxPrincipal)]),
        ReasonCode::PaymentNotApplied | ReasonCode::Duplicate | ReasonCode::Unrecognised => {
            (150, &[(45, K::OverdraftFee), (35, K::BankFee), (20, K::LateFee)])
        }
        _ => (25, &[(50, K::LateFee), (30, K::BankFee), (20, K::ThirdPartyPenalty)]),
    };
    let count = if chance.per_mille(share) { chance.pick(&[(75, 1), (25, 2)]).unwrap_or(1) } else { 0 };
    (0..count).map(|_| charge(market, quarrel, kinds, received, chance)).collect()
}

fn charge(
    market: &Market,
    quarrel: &Quarrel,
    kinds: &[(i64, ConsequentialChargeKind)],
    received: Date,
    chance: &mut Chance,
) -> ConsequentialCharge {
    let kind = chance.pick(kinds);
    let is_tax = quarrel.reason == ReasonCode::Tax;
    let cents = if is_tax { quarrel.cents * chance.between(2, 22) / 100 } else { chance.between(500, 4_500) };
    let late_days = chance.between(1, 60);
    let due = received.plus_days(-chance.between(5, 40) - late_days).ok();
    let mut charge = ConsequentialCharge::default();
    charge.kind = known(kind);
    charge.payee = if is_tax { "tax authority" } else { "bank" }.to_owned().into();
    charge.amount = market.money(cents.max(1)).into();
    charge.base_amount = market.money(quarrel.cents).into();
    charge.due_on = known(due);
    charge.paid_on = known(due.and_then(|due| due.plus_days(late_days).ok()));
    charge.evidence = known(chance.pick(&[
        (10, Evidence::None),
        (20, Evidence::ClaimOnly),
        (45, Evidence::Receipt),
        (25, Evidence::OfficialNotice),
    ]));
    charge.mitigation_delay_days = chance.quantile(&[(0, 0), (600, 5), (900, 28), (1000, 70)]).into();
    charge
}

pub(super) fn finding(market: &Market, quarrel: &Quarrel, standing: Standing, chance: &mut Chance) -> Finding {
    let status = chance
        .pick(&[(80, FindingStatus::Complete), (13, FindingStatus::InProgress), (7, FindingStatus::NotStarted)])
        .unwrap_or(FindingStatus::Complete);
    let mut finding = Finding::default();
    finding.status = status.into();
    finding.impact_contacts = standing.contacts.into();
    finding.severity = severity(quarrel, standing, chance).into();
    finding.accounts_affected = accounts(quarrel, chance).into();
    if status != FindingStatus::Complete {
        if status == FindingStatus::InProgress {
            finding.liability = Liability::Undetermined.into();
        }
        return finding;
    }
    let is_ours = chance.per_mille(paid_back_per_mille(quarrel.product, quarrel.reason));
    let liability = if is_ours {
        chance.pick(&[(92, Liability::OurError), (8, Liability::Shared)])
    } else {
        chance.pick(not_paid_back(quarrel.reason))
    };
    finding.liability = known(liability);
    let right = match liability {
        Some(Liability::OurError) if chance.per_mille(620) => Some(0),
        Some(Liability::OurError | Liability::Shared) => Some(quarrel.cents * chance.between(5, 90) / 100),
        Some(Liability::ThirdParty) if chance.per_mille(300) => Some(0),
        Some(Liability::Undetermined) | None => None,
        Some(_) => Some(quarrel.cents),
    };
    finding.correct_amount = known(right.map(|cents| market.money(cents)));
    let shares = [(40, 50), (30, 60), (20, 75), (10, 25)];
    finding.our_share = match liability {
        Some(Liability::OurError) => hundredths(100).into(),
        Some(Liability::Shared) => known(chance.pick(&shares).map(hundredths)),
        _ => hundredths(0).into(),
    };
    finding.justified_mistake = (is_ours && chance.per_mille(20)).into();
    let is_sure = chance.per_mille(920);
    finding.confidence = hundredths(if is_sure { chance.between(70, 99) } else { chance.between(35, 65) }).into();
    let cause = if is_ours { chance.pick(root_causes(quarrel.reason)) } else { Some(RootCause::None) };
    finding.root_cause = known(cause);
    finding.instruction_source = known(chance.pick(&[
        (955, InstructionSource::None),
        (20, InstructionSource::Customer),
        (15, InstructionSource::Team),
        (10, InstructionSource::Management),
    ]));
    finding
}

/// A larger amount, and having to come back, hurt more.
fn severity(quarrel: &Quarrel, standing: Standing, chance: &mut Chance) -> Severity {
    match chance.below(500) + quarrel.size / 2 + 60 * (standing.contacts - 1) {
        ..200 => Severity::Trivial,
        200..560 => Severity::Minor,
        560..880 => Severity::Moderate,
        880..1030 => Severity::Serious,
        _ => Severity::Severe,
    }
}

fn accounts(quarrel: &Quarrel, chance: &mut Chance) -> i64 {
    let is_shared = matches!(quarrel.reason, ReasonCode::Price | ReasonCode::Tax | ReasonCode::Quantity);
    let share = if is_shared { 100 } else { 45 };
    if chance.per_mille(share) { chance.quantile(&[(0, 2), (550, 8), (800, 24), (950, 120), (1000, 400)]) } else { 1 }
}

/// The moment so many seconds after the beginning of a day in UTC.
pub(super) fn moment(day_seconds: i64, seconds: i64) -> Option<DateTime> {
    DateTime::from_unix_seconds(day_seconds + seconds)
}
