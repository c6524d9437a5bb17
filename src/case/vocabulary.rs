//! The closed lists of names that facts take their values from.

use super::canonical::Canonical;
use super::leaf::Leaf;
use super::reading::{self, Reading};
use super::typed::{Taking, Typed};
use crate::text::Node;
use crate::value::{Brief, EnumKind, Given, Kind, View};
use std::fmt;
use std::sync::{Arc, LazyLock};

macro_rules! vocabulary {
    ($(
        $(#[doc = $doc:literal])+
        $order:ident $name:ident { $($(#[doc = $member_doc:literal])* $member:ident = $text:literal,)+ }
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $member_doc])*
                #[doc = concat!("Written `", $text, "`.")]
                $member,
            )+
        }

        impl $name {
            /// Every value, in the order declared.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The name as written in cases and bundles.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$member => $text,)+
                }
            }

            /// The value of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$member),)+
                    _ => None,
                }
            }

            fn names() -> &'static Arc<EnumKind> {
                static NAMES: LazyLock<Arc<EnumKind>> =
                    LazyLock::new(|| Arc::new(EnumKind::new([$($text),+], vocabulary!(@ $order))));
                &NAMES
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.name())
            }
        }

        impl Canonical for $name {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }
        }

        impl Typed for $name {
            fn take(taking: &mut Taking<'_>) -> Option<Self> {
                Self::parse(taking.json.plain()?)
            }
        }

        impl Leaf for $name {
            fn kind() -> Kind {
                Kind::Enum(Self::names().clone())
            }

            #[inline]
            fn given(&self) -> Given<'_> {
                // Positions follow the declaration, as those of the names do.
                Given::Known(View::Enum(Self::names(), *self as u16))
            }

            #[inline]
            fn brief(&self) -> Brief {
                Brief::of_position(Self::names(), *self as u16)
            }

            fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self> {
                reading::member(node, Self::names(), path, reading).and_then(|value| Self::parse(value.name()))
            }
        }
    )+};
    (@ ordered) => { true };
    (@ plain) => { false };
}

vocabulary! {
    /// How the complaint reached us.
    plain Channel {
        Phone = "phone", Email = "email", Letter = "letter", WebForm = "web_form", Chat = "chat", Social = "social",
        Regulator = "regulator", InPerson = "in_person",
    }
    /// Was notice given by word of mouth or in writing? Some laws ask for one of them.
    plain NoticeForm { Oral = "oral", Written = "written", }
    /// What kind of customer.
    plain Segment {
        Consumer = "consumer", MicroBusiness = "micro_business", SmallBusiness = "small_business", Enterprise = "enterprise",
        PublicBody = "public_body",
    }
    /// The commercial tier of a customer.
    ordered Tier { Standard = "standard", Silver = "silver", Gold = "gold", Strategic = "strategic", }
    /// What makes a customer vulnerable.
    plain Vulnerability {
        Health = "health", LifeEvent = "life_event", Resilience = "resilience", Capability = "capability",
        OlderPerson = "older_person", Servicemember = "servicemember",
    }
    /// Credit risk, from the weakest to the strongest.
    ordered CreditGrade { D = "D", C = "C", B = "B", A = "A", }
    /// What the account is for.
    plain Product {
        CreditCard = "credit_card", DebitAccount = "debit_account", Loan = "loan", Telecom = "telecom", Utility = "utility",
        Saas = "saas", Goods = "goods", Services = "services", Insurance = "insurance", Other = "other",
    }
    /// The form of the contract.
    plain ContractType {
        FixedTerm = "fixed_term", Indefinite = "indefinite", FrameworkPayment = "framework_payment", OneOff = "one_off",
    }
    /// The kind of fiscal document behind an invoice.
    plain FiscalKind {
        Nfe = "nfe", Nfse = "nfse", Cfdi = "cfdi", Dte = "dte", FacturaElectronica = "factura_electronica", None = "none",
    }
    /// What the customer says is wrong.
    plain ReasonCode {
        /// Price or rate differs from contract, quote or purchase order.
        Price = "PRICE",
        /// Quantity, hours or metered usage wrong or estimated.
        Quantity = "QUANTITY",
        /// Same invoice or charge billed twice.
        Duplicate = "DUPLICATE",
        /// Charge not recognised, not ordered or not authorised.
        Unrecognised = "UNRECOGNISED",
        /// Billed after cancellation, downgrade or return.
        AfterCancellation = "AFTER_CANCELLATION",
        /// Goods or service not received, late or incomplete.
        NotDelivered = "NOT_DELIVERED",
        /// Defective, damaged, outage or below the service level.
        Quality = "QUALITY",
        /// Agreed discount, promotion or rebate not applied.
        DiscountMissing = "DISCOUNT_MISSING",
        /// Payment not posted or posted to another account.
        PaymentNotApplied = "PAYMENT_NOT_APPLIED",
        /// Promised credit or refund has not arrived.
        CreditNotIssued = "CREDIT_NOT_ISSUED",
        /// Late fee, interest, collection or reconnection charge.
        LateCharge = "LATE_CHARGE",
        /// Set-up, renewal, minimum-term or early-termination fee.
        ContractFee = "CONTRACT_FEE",
        /// Tax rate, base, exemption or fiscal document wrong.
        Tax = "TAX",
        /// Freight, handling, fuel or other ancillary charge.
        Freight = "FREIGHT",
        /// Due date, payment terms or billing period wrong.
        Terms = "TERMS",
        /// Purchase order, bill-to, tax number or format missing.
        ReferenceData = "REFERENCE_DATA",
        /// Arithmetic, currency, rounding or proration fault.
        Calculation = "CALCULATION",
        /// The bill is right but was not understood.
        NotUnderstood = "NOT_UNDERSTOOD",
        /// None of the above; to be coded again before closing.
        Other = "OTHER",
    }
    /// What the customer asks for.
    plain CustomerRequest {
        Explain = "explain", Correct = "correct", Refund = "refund", Compensate = "compensate", PaymentPlan = "payment_plan",
        LongerTerms = "longer_terms", Cancel = "cancel", Apologise = "apologise",
    }
    /// What kind of charge was billed because of the disputed part.
    plain RelatedChargeKind {
        FinanceCharge = "finance_charge", LateFee = "late_fee", LateInterest = "late_interest",
        FixedRecoveryCharge = "fixed_recovery_charge", Tax = "tax",
    }
    /// What kind of cost fell on the customer because of our error.
    plain ConsequentialChargeKind {
        TaxPrincipal = "tax_principal", TaxPenalty = "tax_penalty", TaxInterest = "tax_interest", LateFee = "late_fee",
        BankFee = "bank_fee", OverdraftFee = "overdraft_fee", ThirdPartyPenalty = "third_party_penalty",
    }
    /// What proves a cost, from the weakest to the strongest.
    ordered Evidence { None = "none", ClaimOnly = "claim_only", Receipt = "receipt", OfficialNotice = "official_notice", }
    /// How far the investigation has come.
    plain FindingStatus { NotStarted = "not_started", InProgress = "in_progress", Complete = "complete", }
    /// Who made the error, if there was one.
    plain Liability {
        OurError = "our_error", Shared = "shared", ThirdParty = "third_party", CustomerError = "customer_error",
        Misunderstanding = "misunderstanding", NoError = "no_error", Undetermined = "undetermined",
    }
    /// Why it happened.
    plain RootCause {
        PriceMaster = "price_master", ContractSetup = "contract_setup", UsageFeed = "usage_feed", TaxSetup = "tax_setup",
        ManualEntry = "manual_entry", SystemFault = "system_fault", PaymentPosting = "payment_posting",
        LateDelivery = "late_delivery", Instruction = "instruction", Communication = "communication", None = "none",
    }
    /// Who gave the instruction that led to the error: provenance, never shown to the customer.
    plain InstructionSource { None = "none", Customer = "customer", Team = "team", Management = "management", }
    /// How badly the error hit the customer.
    ordered Severity {
        Trivial = "trivial", Minor = "minor", Moderate = "moderate", Serious = "serious", Severe = "severe",
    }
    /// What a customer did that staff had to be protected from.
    plain IncidentKind { Abuse = "abuse", Threat = "threat", FraudSuspected = "fraud_suspected", Gaming = "gaming", }
    /// Who asked to end the relationship.
    plain ExitRequester { Agent = "agent", Manager = "manager", System = "system", }
    /// Did a message come in or go out?
    plain Direction { In = "in", Out = "out", }
    /// What became of an offer.
    plain OfferResponse { Pending = "pending", Accepted = "accepted", Rejected = "rejected", }
}
