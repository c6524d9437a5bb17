//! The groups of facts of a dispute case. The comment of a field is its meaning, as the schema and the checker tell it.

use super::leaf::{Leaf, Traits};
use super::reading::Reading;
use super::record::{Field, Fields, TakesBriefs, check_record, read_field, read_record, record};
use super::vocabulary::{
    Channel, ConsequentialChargeKind, ContractType, CreditGrade, CustomerRequest, Direction, Evidence, ExitRequester,
    FindingStatus, FiscalKind, IncidentKind, InstructionSource, Liability, NoticeForm, OfferResponse, Product, ReasonCode,
    RelatedChargeKind, RootCause, Segment, Severity, Tier, Vulnerability,
};
use crate::text::{Diagnostics, Node};
use crate::value::{Brief, Date, DateTime, Decimal, Fact, FieldKind, Given, Kind, Money, Place, Record, RecordKind, Value};
use std::fmt;
use std::sync::{Arc, LazyLock};

record! {
    /// The contact itself.
    Complaint as "complaint" {
        /// The number under which the complaint is kept
        case_id: String [required certain],
        /// When it reached us; starts every clock
        received_at: DateTime [required certain],
        /// How it reached us
        channel: Channel,
        /// By word of mouth or in writing
        notice_form: NoticeForm [actionable],
        /// Set when it came through a regulator or an ombudsman
        regulator_reference: String,
        /// The customer's language, as BCP 47 names it
        language: String [required certain],
        /// Whose law governs the relationship
        jurisdiction: Place [required certain],
        /// IANA name of the customer's time zone; else that of the jurisdiction
        time_zone: String [certain],
        /// The day whose policy applies; else the day of receipt
        policy_date: Date [certain],
        /// The day of our latest message to the customer, out of the correspondence
        last_update_on: Date [derived],
    }
    /// Who the customer is, and what the relationship is worth.
    Customer as "customer" {
        /// The number under which the customer is kept
        customer_id: String [required certain personal],
        /// What kind of customer
        segment: Segment,
        /// The commercial tier
        tier: Tier,
        /// How long the customer has been with us
        tenure_months: i64 [not_negative] | "months",
        /// What the customer pays in a year
        annual_revenue: Money [personal],
        /// Revenue of a year less the cost to serve; may be negative
        annual_contribution: Money [personal],
        /// What the relationship is expected to be worth
        lifetime_value: Money [personal],
        /// How likely the customer is to leave
        churn_risk: Decimal [share],
        /// Has the customer said that they will leave?
        leave_threat: bool,
        /// Is the customer vulnerable?
        vulnerable: bool [personal],
        /// What makes the customer vulnerable
        vulnerability_flags: Vec<Vulnerability> [personal],
        /// Does the customer depend on this service: energy, water, telecom access, a basic account?
        essential_service: bool,
        /// Credit risk
        credit_risk_grade: CreditGrade [personal],
    }
    /// The account that was billed.
    Account as "account" {
        /// The number of the account
        account_id: String [personal],
        /// What it is for
        product: Product,
        /// The form of its contract
        contract_type: ContractType,
        /// The day the contract began
        contract_start: Date,
        /// The notice we must give to end it
        provider_notice_period_days: i64 [not_negative] | "calendar days",
        /// The first deposit
        first_deposit_at: Date,
        /// Days from the first deposit (else the start of the contract) to the receipt of the complaint
        age_days: i64 [derived] | "calendar days",
        /// Length of a billing cycle
        billing_cycle_days: i64 [not_negative] | "calendar days",
        /// How long payment has been overdue
        delinquent_days: i64 [not_negative] | "calendar days",
        /// The day on which the amount is collected automatically
        auto_collection_on: Date,
    }
    /// The fiscal document behind an invoice.
    FiscalDocument as "fiscal document" {
        /// Its kind
        kind: FiscalKind,
        /// When the authority authorised it
        authorised_at: DateTime,
        /// Is a tax value wrong on it?
        tax_value_affected: bool [actionable],
        /// Has its recipient acknowledged it?
        recipient_acknowledged: bool [actionable],
    }
    /// The invoice in dispute.
    Invoice as "invoice" {
        /// Its number
        invoice_id: String,
        /// The day on which the statement was sent
        statement_sent_on: Date,
        /// The day of issue
        issued_on: Date,
        /// The day on which it is due
        due_on: Date,
        /// Its total
        total: Money,
        /// What has been paid of it
        paid: Money [not_negative],
        /// The fiscal document
        fiscal_document: FiscalDocument,
    }
    /// One line of the invoice that the customer contests.
    DisputedLine as "disputed line" {
        /// Its number on the invoice
        line_id: String,
        /// What was billed
        billed: Money,
        /// What the customer says is right
        claimed_correct: Money,
    }
    /// A charge billed because of the disputed part.
    RelatedCharge as "related charge" {
        /// Its kind
        kind: RelatedChargeKind,
        /// How much
        amount: Money [not_negative],
    }
    /// How the disputed payment was made.
    PaymentContext as "payment context" {
        /// At a point of sale?
        point_of_sale: bool,
        /// Abroad?
        foreign: bool,
        /// On an account not older than 30 days?
        account_30_days_or_less: bool,
    }
    /// A cost that fell on the customer because of our error.
    ConsequentialCharge as "consequential charge" {
        /// Its kind
        kind: ConsequentialChargeKind,
        /// Who received it
        payee: String [personal],
        /// What the customer claims
        amount: Money [not_negative],
        /// The amount from which it was computed
        base_amount: Money [not_negative],
        /// When the underlying payment was due
        due_on: Date,
        /// When it was paid
        paid_on: Date,
        /// What proves it
        evidence: Evidence [actionable],
        /// Days by which the customer could have made it smaller
        mitigation_delay_days: i64 [not_negative] | "calendar days",
    }
    /// What the customer says.
    Dispute as "dispute" {
        /// What is said to be wrong
        reason_code: ReasonCode [required],
        /// The lines in question
        disputed_lines: Vec<DisputedLine>,
        /// The amount in question
        disputed_amount: Money [required not_negative],
        /// What the customer asks for
        customer_request: CustomerRequest [actionable],
        /// The amount the customer asks for
        requested_amount: Money [not_negative],
        /// The day of the error
        error_date: Date,
        /// Charges billed because of the disputed part
        related_charges: Vec<RelatedCharge>,
        /// How the payment was made
        payment_context: PaymentContext,
        /// Was the service deficient?
        deficient_service: bool [actionable],
        /// How many times the same error hit this account
        occurrences: i64 [not_negative] | "times",
        /// Costs that fell on the customer because of our error
        consequential_charges: Vec<ConsequentialCharge>,
    }
    /// What the investigation found.
    Finding as "finding" {
        /// How far it has come
        status: FindingStatus [actionable],
        /// Who made the error
        liability: Liability [actionable],
        /// Our share of the error
        our_share: Decimal [actionable share],
        /// Was it a mistake that the law excuses?
        justified_mistake: bool [actionable],
        /// What should have been billed for the disputed part
        correct_amount: Money [actionable not_negative],
        /// How sure the finding is
        confidence: Decimal [actionable share],
        /// Why it happened
        root_cause: RootCause [actionable],
        /// Who gave the instruction behind it; provenance, never shown to the customer
        instruction_source: InstructionSource,
        /// How many accounts the same cause hit
        accounts_affected: i64 [actionable not_negative] | "accounts",
        /// How badly it hit the customer
        severity: Severity [actionable],
        /// Contacts the customer needed to get it put right
        impact_contacts: i64 [not_negative] | "contacts",
    }
    /// Something that staff had to be protected from.
    BehaviourIncident as "behaviour incident" {
        /// When
        on: Date,
        /// What
        kind: IncidentKind,
    }
    /// What happened before.
    History as "history" {
        /// Disputes in twelve months
        disputes_12m: i64 [not_negative] | "disputes",
        /// Of these, upheld
        disputes_upheld_12m: i64 [not_negative] | "disputes",
        /// Invoices in twelve months
        invoices_12m: i64 [not_negative] | "invoices",
        /// Goodwill granted in twelve months
        goodwill_12m: Money [not_negative],
        /// How often goodwill was granted in twelve months
        goodwill_count_12m: i64 [not_negative] | "times",
        /// Small claims credited in twelve months
        small_claims_12m: i64 [not_negative] | "times",
        /// Has the one-time courtesy credit been used?
        courtesy_credit_used: bool,
        /// How often this same charge was explained before
        same_topic_explained: i64 [not_negative] | "times",
        /// How many offers of this case were rejected
        offers_rejected: i64 [not_negative] | "offers",
        /// Incidents of behaviour
        behaviour_incidents: Vec<BehaviourIncident> [personal],
        /// The day on which we gave notice of what we expect
        behaviour_notice_on: Date [personal],
        /// Legal rights in progress at the time of an exit request
        open_regulated_rights: Vec<String> [personal],
    }
    /// What it costs to argue.
    Economics as "economics" {
        /// What an hour of handling costs
        handler_rate_per_hour: Money [not_negative],
        /// How long handling would take
        estimated_minutes: i64 [not_negative] | "minutes",
        /// What an escalation costs
        escalation_cost: Money [not_negative],
        /// How likely an escalation is
        chance_of_escalation: Decimal [share],
        /// How likely it is that the customer is right
        chance_customer_right: Decimal [share],
    }
    /// The pool that pays goodwill.
    Budget as "budget" {
        /// Its name
        pool_id: String,
        /// What is left in it
        remaining: Money,
    }
    /// Somebody asked to end the relationship.
    ExitRequest as "exit request" {
        /// Who
        by: ExitRequester,
        /// Why
        reason: String [personal],
    }
    /// One message of the correspondence.
    Contact as "contact" {
        /// When
        at: DateTime,
        /// In or out
        direction: Direction,
        /// By which channel
        channel: String,
        /// Who wrote or spoke
        actor: String [personal],
        /// What it said
        summary: String [personal],
        /// Where the document is kept
        document: String [personal],
        /// The kind of letter that it was
        letter: String,
        /// The step of the plan that it took
        step: String,
    }
    /// An earlier offer in this case.
    Offer as "offer" {
        /// How much
        amount: Money [not_negative],
        /// In which form
        instrument: String,
        /// When
        offered_on: Date,
        /// What became of it
        response: OfferResponse [actionable],
    }
    /// Cases with the same cause that are decided together.
    LinkedCases as "group of linked cases" {
        /// How many
        count: i64 [not_negative] | "cases",
        /// The credit of all of them together
        credit_total: Money [not_negative],
    }
    /// A step that has been taken.
    StepDone as "step done" {
        /// Which
        step: String [actionable],
        /// When
        at: DateTime,
    }
}
