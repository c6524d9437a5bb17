//! Where customers live: law, money, language. Set by us; no file tells where a company has its customers.

use super::chance::Chance;
use crate::case::vocabulary::{FiscalKind, Product};
use crate::value::{Currency, Decimal, Money, Place};

/// A country, and how it does business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Country {
    pub(super) code: &'static str,
    places: &'static [(i64, &'static str)],
    currency: &'static str,
    languages: &'static [(i64, &'static str)],
    /// What stands for one US cent, in thousandths of the minor unit: prices have another size in other money.
    minor_units_per_mille: i64,
    /// What an invoice is, to the tax authority.
    pub(super) fiscal: FiscalKind,
    products: &'static [(i64, Product)],
}

use Product::{CreditCard, DebitAccount, Goods, Insurance, Loan, Other, Saas, Services, Telecom, Utility};

const ALL_TRADES: &[(i64, Product)] = &[
    (300, CreditCard),
    (90, DebitAccount),
    (40, Loan),
    (210, Telecom),
    (60, Utility),
    (50, Saas),
    (130, Goods),
    (90, Services),
    (20, Insurance),
    (10, Other),
];
const TELECOM_AND_GOODS: &[(i64, Product)] = &[
    (80, CreditCard),
    (50, DebitAccount),
    (420, Telecom),
    (110, Utility),
    (40, Saas),
    (180, Goods),
    (110, Services),
    (10, Other),
];

const COUNTRIES: &[(i64, Country)] = &[
    (
        460,
        Country {
            code: "US",
            places: &[
                (14, "US-VA"),
                (22, "US-CA"),
                (17, "US-TX"),
                (12, "US-NY"),
                (12, "US-FL"),
                (8, "US-IL"),
                (7, "US-GA"),
                (8, "US"),
            ],
            currency: "USD",
            languages: &[(88, "en"), (12, "es")],
            minor_units_per_mille: 1000,
            fiscal: FiscalKind::None,
            products: ALL_TRADES,
        },
    ),
    (
        170,
        Country {
            code: "BR",
            places: &[(45, "BR-SP"), (18, "BR-RJ"), (17, "BR-MG"), (20, "BR")],
            currency: "BRL",
            languages: &[(97, "pt-BR"), (3, "en")],
            minor_units_per_mille: 2600,
            fiscal: FiscalKind::Nfse,
            products: TELECOM_AND_GOODS,
        },
    ),
    (
        120,
        Country {
            code: "GB",
            places: &[(84, "GB"), (16, "GB-SCT")],
            currency: "GBP",
            languages: &[(100, "en")],
            minor_units_per_mille: 780,
            fiscal: FiscalKind::None,
            products: ALL_TRADES,
        },
    ),
    (
        80,
        Country {
            code: "MX",
            places: &[(40, "MX"), (35, "MX-CMX"), (25, "MX-JAL")],
            currency: "MXN",
            languages: &[(98, "es"), (2, "en")],
            minor_units_per_mille: 9500,
            fiscal: FiscalKind::Cfdi,
            products: TELECOM_AND_GOODS,
        },
    ),
    (
        60,
        Country {
            code: "DE",
            places: &[(100, "DE")],
            currency: "EUR",
            languages: &[(92, "de"), (8, "en")],
            minor_units_per_mille: 900,
            fiscal: FiscalKind::None,
            products: ALL_TRADES,
        },
    ),
    (
        40,
        Country {
            code: "ES",
            places: &[(80, "ES"), (20, "ES-CT")],
            currency: "EUR",
            languages: &[(95, "es"), (5, "en")],
            minor_units_per_mille: 850,
            fiscal: FiscalKind::FacturaElectronica,
            products: ALL_TRADES,
        },
    ),
    (
        30,
        Country {
            code: "CO",
            places: &[(60, "CO"), (40, "CO-DC")],
            currency: "COP",
            languages: &[(100, "es")],
            minor_units_per_mille: 1_600_000,
            fiscal: FiscalKind::FacturaElectronica,
            products: TELECOM_AND_GOODS,
        },
    ),
    (
        20,
        Country {
            code: "CL",
            places: &[(100, "CL")],
            currency: "CLP",
            languages: &[(100, "es")],
            // The peso has no minor unit.
            minor_units_per_mille: 5200,
            fiscal: FiscalKind::Dte,
            products: TELECOM_AND_GOODS,
        },
    ),
    (
        20,
        Country {
            code: "AR",
            places: &[(70, "AR"), (30, "AR-B")],
            currency: "ARS",
            languages: &[(100, "es")],
            minor_units_per_mille: 700_000,
            fiscal: FiscalKind::FacturaElectronica,
            products: TELECOM_AND_GOODS,
        },
    ),
];

/// Where one case belongs.
pub(super) struct Market {
    pub(super) country: Country,
    pub(super) place: Place,
    pub(super) currency: Currency,
    pub(super) language: &'static str,
    pub(super) product: Product,
}

impl Market {
    /// Nothing only where a code in the lists above is wrong, which the tests of this folder would find.
    pub(super) fn draw(chance: &mut Chance) -> Option<Self> {
        let country = chance.pick(COUNTRIES)?;
        Some(Self {
            country,
            place: Place::parse(chance.pick(country.places)?).ok()?,
            currency: Currency::parse(country.currency).ok()?,
            language: chance.pick(country.languages)?,
            product: chance.pick(country.products)?,
        })
    }

    /// An amount of so many US cents, as large as people here would pay.
    pub(super) fn money(&self, us_cents: i64) -> Money {
        let minor = us_cents * self.country.minor_units_per_mille / 1000;
        Money::new(Decimal::new(minor, self.currency.digits()), self.currency)
    }

    pub(super) fn is_latin_america(&self) -> bool {
        ["BR", "MX", "CO", "CL", "AR"].contains(&self.country.code)
    }
}
