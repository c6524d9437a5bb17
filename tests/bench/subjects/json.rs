//! A case from JSON to a decision in JSON, and the floor under it: serde reading the same text into typed fields, and serialising a
//! decision that is there already.

use super::bundle;
use redress::case::vocabulary::{
    Channel, ContractType, CustomerRequest, FindingStatus, InstructionSource, Liability, NoticeForm, Product, ReasonCode,
    RelatedChargeKind, RootCause, Segment, Severity, Tier,
};
use redress::value::{Currency, Date, DateTime, Decimal, Place};
use redress::{Case, Decision};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;
use std::marker::PhantomData;

pub(crate) struct Subject {
    bundle: bundle::Subject,
    /// The case as JSON.
    pub(crate) text: String,
    decision: Decision,
}

impl Subject {
    pub(crate) fn new() -> Self {
        let bundle = bundle::Subject::new();
        let (text, decision) = (bundle.case.to_json().to_string(), bundle.document());
        assert_eq!(decision.to_json_line(), serde_json::to_string(&decision).unwrap());
        Self { bundle, text, decision }
    }

    /// JSON in, JSON out, every reason kept.
    pub(crate) fn decide(&self) -> String {
        let case = read(&self.text);
        self.bundle.policy.evaluate(&case, self.bundle.at).unwrap().decision().to_json_line()
    }

    /// The part of it that reads the case.
    pub(crate) fn read(&self) -> Case {
        read(&self.text)
    }

    /// The case in typed fields, by serde.
    pub(crate) fn parse_typed(&self) -> impl Sized {
        serde_json::from_str::<TypedCase>(&self.text).unwrap()
    }

    /// A decision that is there already, by serde.
    pub(crate) fn serialise(&self) -> String {
        serde_json::to_string(&self.decision).unwrap()
    }
}

/// A case from JSON, checked.
pub(crate) fn read(text: &str) -> Case {
    Case::from_json(text).unwrap_or_else(|found| panic!("{found:?}"))
}

/// Every fact that the example gives, in its type. Amounts, dates and names are parsed, not kept as text.
#[derive(Deserialize)]
struct TypedCase {
    complaint: Complaint,
    customer: Customer,
    account: Account,
    invoice: Invoice,
    dispute: Dispute,
    finding: Finding,
    history: History,
}

#[derive(Deserialize)]
struct Complaint {
    case_id: String,
    received_at: Parsed<DateTime>,
    channel: Parsed<Channel>,
    notice_form: Parsed<NoticeForm>,
    language: String,
    jurisdiction: Parsed<Place>,
}

#[derive(Deserialize)]
struct Customer {
    #[serde(rename = "customer_id")]
    id: String,
    segment: Parsed<Segment>,
    tier: Parsed<Tier>,
    tenure_months: i64,
    annual_revenue: Amount,
    annual_contribution: Amount,
    churn_risk: Parsed<Decimal>,
    leave_threat: bool,
    vulnerable: bool,
    essential_service: bool,
}

#[derive(Deserialize)]
struct Account {
    #[serde(rename = "account_id")]
    id: String,
    product: Parsed<Product>,
    contract_type: Parsed<ContractType>,
    contract_start: Parsed<Date>,
    delinquent_days: i64,
}

#[derive(Deserialize)]
struct Invoice {
    #[serde(rename = "invoice_id")]
    id: String,
    statement_sent_on: Parsed<Date>,
    issued_on: Parsed<Date>,
    due_on: Parsed<Date>,
    total: Amount,
    paid: Amount,
}

#[derive(Deserialize)]
struct Dispute {
    reason_code: Parsed<ReasonCode>,
    disputed_lines: Vec<Line>,
    disputed_amount: Amount,
    customer_request: Parsed<CustomerRequest>,
    requested_amount: Amount,
    error_date: Parsed<Date>,
    related_charges: Vec<RelatedCharge>,
    occurrences: i64,
    consequential_charges: Vec<RelatedCharge>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "line_id")]
    id: String,
    billed: Amount,
    claimed_correct: Amount,
}

#[derive(Deserialize)]
struct RelatedCharge {
    kind: Parsed<RelatedChargeKind>,
    amount: Amount,
}

#[derive(Deserialize)]
struct Finding {
    status: Parsed<FindingStatus>,
    liability: Parsed<Liability>,
    our_share: Parsed<Decimal>,
    correct_amount: Amount,
    confidence: Parsed<Decimal>,
    root_cause: Parsed<RootCause>,
    instruction_source: Parsed<InstructionSource>,
    accounts_affected: i64,
    severity: Parsed<Severity>,
    impact_contacts: i64,
}

#[derive(Deserialize)]
struct History {
    disputes_12m: i64,
    disputes_upheld_12m: i64,
    invoices_12m: i64,
    goodwill_12m: Amount,
    goodwill_count_12m: i64,
    small_claims_12m: i64,
    courtesy_credit_used: bool,
    same_topic_explained: i64,
    offers_rejected: i64,
    behaviour_incidents: Vec<String>,
    open_regulated_rights: Vec<String>,
}

#[derive(Deserialize)]
struct Amount {
    amount: Parsed<Decimal>,
    currency: Parsed<Currency>,
}

/// A value that is written as text.
struct Parsed<T>(T);

trait FromText: Sized {
    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! from_text {
    ($($name:ident,)+; $($result:ident,)+) => {
        $(impl FromText for $name {
            fn from_text(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        })+
        $(impl FromText for $result {
            fn from_text(text: &str) -> Option<Self> {
                Self::parse(text).ok()
            }
        })+
    };
}

from_text! {
    Channel, ContractType, CustomerRequest, FindingStatus, InstructionSource, Liability, NoticeForm, Product, ReasonCode,
    RelatedChargeKind, RootCause, Segment, Severity, Tier,;
    Currency, Date, DateTime, Decimal, Place,
}

impl<'de, T: FromText> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text<T>(PhantomData<T>);
        impl<T: FromText> Visitor<'_> for Text<T> {
            type Value = T;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
                T::from_text(text).ok_or_else(|| E::custom(text))
            }
        }
        from.deserialize_str(Text(PhantomData)).map(Self)
    }
}
