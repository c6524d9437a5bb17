//! What was counted in real files, and what is set by us where none tells it. `FIGURES.md` beside this file says which is which,
//! and where each comes from.

use crate::case::vocabulary::{Channel, Liability, Product, ReasonCode, RootCause};

/// Shares of a thousand and US cents.
pub(super) type Knots = &'static [(i64, i64)];

use ReasonCode::{
    AfterCancellation, Calculation, ContractFee, CreditNotIssued, DiscountMissing, Duplicate, Freight, LateCharge, NotDelivered,
    NotUnderstood, Other, PaymentNotApplied, Price, Quality, Quantity, ReferenceData, Tax, Terms, Unrecognised,
};

/// NYC, types of complaint, each read as a reason; `Other` is what has no type.
const NYC_REASONS: &[(i64, ReasonCode)] = &[
    (512, Calculation),
    (426, Price),
    (508, AfterCancellation),
    (866, Quality),
    (573, NotDelivered),
    (303, ContractFee),
    (104, CreditNotIssued),
    (713, DiscountMissing),
    (286, Other),
];
/// CFPB, issues of complaints about cards that are about a bill, each read as a reason (the purchases by their sub-issues).
const CFPB_REASONS: &[(i64, ReasonCode)] = &[
    (36, Unrecognised),
    (31, NotDelivered),
    (31, Quality),
    (31, CreditNotIssued),
    (33, ContractFee),
    (17, LateCharge),
    (29, PaymentNotApplied),
    (32, DiscountMissing),
    (25, AfterCancellation),
    (74, Other),
];
const SUBSCRIPTION_REASONS: &[(i64, ReasonCode)] = &[
    (190, Price),
    (120, Quantity),
    (60, Duplicate),
    (50, Unrecognised),
    (150, AfterCancellation),
    (120, Quality),
    (110, DiscountMissing),
    (40, PaymentNotApplied),
    (40, LateCharge),
    (50, ContractFee),
    (20, Calculation),
    (40, NotUnderstood),
    (10, Other),
];
const BUSINESS_REASONS: &[(i64, ReasonCode)] = &[
    (200, Price),
    (140, Quantity),
    (70, Duplicate),
    (110, Tax),
    (60, Freight),
    (70, Terms),
    (110, ReferenceData),
    (60, Calculation),
    (80, PaymentNotApplied),
    (60, ContractFee),
    (40, CreditNotIssued),
];
/// Where the tax authority takes part in every invoice.
const TAXED_REASONS: &[(i64, ReasonCode)] = &[(1, Tax)];

pub(super) fn reasons(product: Product, is_business: bool, is_taxed: bool) -> &'static [(i64, ReasonCode)] {
    if is_taxed {
        return TAXED_REASONS;
    }
    match product {
        _ if is_business => BUSINESS_REASONS,
        Product::CreditCard | Product::DebitAccount | Product::Loan => CFPB_REASONS,
        Product::Telecom | Product::Utility | Product::Saas => SUBSCRIPTION_REASONS,
        _ => NYC_REASONS,
    }
}

/// NYC, money paid back in the three types of complaint that are about bills.
const NYC_BILLS: Knots = &[
    (0, 100),
    (50, 900),
    (100, 1_600),
    (250, 7_000),
    (500, 21_800),
    (750, 80_000),
    (900, 301_800),
    (950, 475_000),
    (990, 1_698_800),
    (1000, 2_500_000),
];
/// NYC, money paid back for an overcharge.
const NYC_OVERCHARGES: Knots =
    &[(0, 100), (100, 700), (250, 2_100), (500, 10_000), (750, 24_500), (900, 76_200), (980, 300_000), (1000, 900_000)];
/// NYC, money paid back for the quality of work.
const NYC_WORK: Knots =
    &[(0, 2_000), (100, 16_000), (250, 54_100), (500, 150_000), (750, 400_000), (900, 800_000), (1000, 2_000_000)];
/// CFPB, the first amount that a complaint about a purchase names.
const CFPB_PURCHASES: Knots =
    &[(0, 300), (100, 2_000), (250, 20_000), (500, 55_000), (750, 150_000), (900, 460_000), (990, 1_000_000), (1000, 1_500_000)];
/// CFPB, the first amount that a complaint about fees or interest names.
const CFPB_FEES: Knots = &[(0, 100), (100, 300), (250, 3_000), (500, 16_000), (750, 45_000), (900, 300_000), (1000, 500_000)];
const SUBSCRIPTIONS: Knots =
    &[(0, 200), (100, 900), (250, 1_900), (500, 4_500), (750, 11_000), (900, 26_000), (980, 90_000), (1000, 250_000)];
const BUSINESSES: Knots = &[
    (0, 1_000),
    (100, 8_000),
    (250, 26_000),
    (500, 95_000),
    (750, 320_000),
    (900, 1_100_000),
    (980, 4_000_000),
    (1000, 12_000_000),
];

pub(super) fn amounts(product: Product, reason: ReasonCode, is_business: bool) -> Knots {
    match (product, reason) {
        _ if is_business => BUSINESSES,
        (Product::CreditCard | Product::DebitAccount | Product::Loan, ContractFee | LateCharge | PaymentNotApplied) => CFPB_FEES,
        (Product::CreditCard | Product::DebitAccount | Product::Loan, _) => CFPB_PURCHASES,
        (Product::Telecom | Product::Utility | Product::Saas, _) => SUBSCRIPTIONS,
        (_, Price | DiscountMissing) => NYC_OVERCHARGES,
        (Product::Services, Quality) => NYC_WORK,
        _ => NYC_BILLS,
    }
}

/// How often, in a thousand, money came back: NYC by type of complaint; CFPB closed with monetary relief, by issue, for cards.
pub(super) fn paid_back_per_mille(product: Product, reason: ReasonCode) -> i64 {
    let is_card = matches!(product, Product::CreditCard | Product::DebitAccount | Product::Loan);
    match reason {
        ContractFee | LateCharge if is_card => 340,
        PaymentNotApplied if is_card => 310,
        DiscountMissing if is_card => 190,
        AfterCancellation if is_card => 120,
        Other if is_card => 160,
        _ if is_card => 270,
        Calculation => 510,
        Price => 431,
        AfterCancellation => 392,
        DiscountMissing => 381,
        Quality => 275,
        NotDelivered => 292,
        ContractFee => 254,
        CreditNotIssued => 337,
        Duplicate | Tax | ReferenceData | PaymentNotApplied => 620,
        NotUnderstood => 60,
        Quantity | LateCharge | Freight | Terms | Unrecognised | Other => 325,
    }
}

/// What a finding says where no money came back. Set by us; 2 or 3 of a hundred mediations in NYC ended as invalid complaints.
pub(super) fn not_paid_back(reason: ReasonCode) -> &'static [(i64, Liability)] {
    match reason {
        NotUnderstood => &[(80, Liability::Misunderstanding), (20, Liability::NoError)],
        NotDelivered | Freight => &[
            (35, Liability::ThirdParty),
            (25, Liability::NoError),
            (20, Liability::CustomerError),
            (15, Liability::Undetermined),
            (5, Liability::Misunderstanding),
        ],
        _ => &[
            (36, Liability::NoError),
            (22, Liability::Misunderstanding),
            (17, Liability::CustomerError),
            (18, Liability::Undetermined),
            (7, Liability::ThirdParty),
        ],
    }
}

/// Why a mistake of that kind happens.
pub(super) fn root_causes(reason: ReasonCode) -> &'static [(i64, RootCause)] {
    use RootCause as C;
    match reason {
        Price | DiscountMissing => &[(50, C::PriceMaster), (30, C::ContractSetup), (12, C::ManualEntry), (8, C::Instruction)],
        Quantity => &[(70, C::UsageFeed), (20, C::ManualEntry), (10, C::SystemFault)],
        Tax => &[(75, C::TaxSetup), (25, C::ManualEntry)],
        PaymentNotApplied | LateCharge | CreditNotIssued => {
            &[(72, C::PaymentPosting), (18, C::ManualEntry), (10, C::SystemFault)]
        }
        NotDelivered | Freight => &[(80, C::LateDelivery), (20, C::ManualEntry)],
        AfterCancellation | ContractFee | Terms => &[(60, C::ContractSetup), (25, C::ManualEntry), (15, C::SystemFault)],
        NotUnderstood => &[(90, C::Communication), (10, C::Instruction)],
        _ => &[(45, C::SystemFault), (35, C::ManualEntry), (15, C::PaymentPosting), (5, C::Instruction)],
    }
}

pub(super) const CHANNELS: &[(i64, Channel)] = &[
    (38, Channel::Phone),
    (20, Channel::Email),
    (18, Channel::WebForm),
    (12, Channel::Chat),
    (4, Channel::Letter),
    (3, Channel::Social),
    (3, Channel::InPerson),
    (2, Channel::Regulator),
];

/// CFPB, complaints received by day of the week, from Monday.
pub(super) const WEEKDAYS: &[(i64, i64)] = &[(113, 0), (143, 1), (157, 2), (105, 3), (111, 4), (37, 5), (34, 6)];
/// CFPB, complaints received by hour in UTC, put together by four.
pub(super) const HOURS: &[(i64, i64)] = &[(110, 0), (39, 4), (65, 8), (156, 12), (177, 16), (153, 20)];

/// CFPB, consumers who said that they are older, or serve in the armed forces, in a thousand. The second only in the United States.
pub(super) const OLDER_PER_MILLE: i64 = 94;
pub(super) const SERVICEMEMBER_PER_MILLE: i64 = 114;

/// How long the customer has been with us, in months, by standing.
pub(super) const TENURE: Knots = &[(0, 0), (100, 4), (250, 11), (500, 31), (750, 74), (900, 132), (1000, 300)];
/// What a consumer pays in a year, by standing.
pub(super) const CONSUMER_REVENUE: Knots =
    &[(0, 3_000), (100, 12_000), (250, 24_000), (500, 48_000), (750, 96_000), (900, 180_000), (1000, 600_000)];
/// The same of a business.
pub(super) const BUSINESS_REVENUE: Knots =
    &[(0, 60_000), (250, 360_000), (500, 1_200_000), (750, 4_800_000), (900, 18_000_000), (1000, 90_000_000)];
/// Days from the invoice to the complaint.
pub(super) const REPORTING_DAYS: Knots = &[(0, 0), (100, 2), (250, 5), (500, 12), (750, 28), (900, 58), (970, 95), (1000, 240)];
/// Disputes in twelve months, this one not counted.
pub(super) const EARLIER_DISPUTES: &[(i64, i64)] =
    &[(640, 0), (210, 1), (80, 2), (32, 3), (16, 4), (9, 6), (6, 8), (4, 10), (3, 14)];
