//! What is not on file: no company knows everything of every case.

use super::chance::Chance;
use crate::case::Case;
use crate::value::Fact;

/// Each fact of the case that may be left out is left out or made unknown so often, in a thousand.
macro_rules! leave_out {
    ($case:ident, $chance:ident, $missing:expr, $unknown:expr; $($group:ident: $($fact:ident)+;)+) => {
        $($(
            match $chance.below(1000) {
                share if share < $missing => $case.$group.$fact = Fact::Missing,
                share if share < $missing + $unknown && $case.$group.$fact.is_known() => $case.$group.$fact = Fact::Unknown,
                _ => {}
            }
        )+)+
    };
}

/// Most cases stay as they are; some lose a few facts, and a few lose most of them.
pub(super) fn leave_gaps(case: &mut Case, chance: &mut Chance) {
    let (missing, unknown) = match chance.below(100) {
        0..78 => return,
        78..95 => (80, 40),
        _ => (450, 100),
    };
    leave_out!(case, chance, missing, unknown;
        complaint: notice_form;
        customer: segment tier tenure_months annual_revenue annual_contribution lifetime_value churn_risk leave_threat vulnerable
            vulnerability_flags essential_service credit_risk_grade;
        account: product contract_type contract_start provider_notice_period_days billing_cycle_days delinquent_days;
        invoice: statement_sent_on issued_on due_on total paid;
        dispute: disputed_lines customer_request requested_amount error_date related_charges deficient_service occurrences
            consequential_charges;
        finding: status liability our_share correct_amount confidence root_cause accounts_affected severity impact_contacts;
        history: disputes_12m disputes_upheld_12m goodwill_12m goodwill_count_12m small_claims_12m courtesy_credit_used
            same_topic_explained offers_rejected behaviour_incidents open_regulated_rights;
        economics: handler_rate_per_hour estimated_minutes escalation_cost chance_of_escalation chance_customer_right;
    );
    if chance.below(1000) < missing {
        case.correspondence = Fact::Missing;
        case.steps_done = Fact::Missing;
    }
}
