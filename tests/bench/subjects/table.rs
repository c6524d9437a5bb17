//! The generated table as a bundle of one decision, and its cases as cases.

use super::generated::{self, FAULTS, Facts, REGIONS, Row, Span, TIERS};
use super::load::load;
use redress::case::vocabulary::{Liability, ReasonCode, Tier};
use redress::value::{Date, DateTime, Place};
use redress::{BundleFiles, Case, Fact, Money, Policy, Value};
use std::sync::LazyLock;

/// The decision of the bundle, and its one output.
pub(crate) const DECISION: &str = "rate";
pub(crate) const OUTPUT: &str = "row";

/// A table with its cases, each with the row that it hits.
pub(crate) struct Subject {
    pub(crate) rows: Vec<Row>,
    pub(crate) policy: Policy,
    pub(crate) facts: Vec<Facts>,
    pub(crate) hits: Vec<usize>,
    pub(crate) cases: Vec<Case>,
}

impl Subject {
    pub(crate) fn new(rows: usize) -> Self {
        let rows = generated::table(rows);
        let policy = load(&files(&rows));
        let (facts, hits): (Vec<Facts>, Vec<usize>) = generated::cases(&rows).into_iter().unzip();
        let cases = facts.iter().map(case).collect();
        Self { rows, policy, facts, hits, cases }
    }
}

/// The day whose policy applies to every case.
pub(crate) fn policy_date() -> Date {
    static DAY: LazyLock<Date> = LazyLock::new(|| Date::parse("2026-03-02").unwrap());
    *DAY
}

/// The instant at which every case is decided.
pub(crate) fn at() -> DateTime {
    static INSTANT: LazyLock<DateTime> = LazyLock::new(|| DateTime::parse("2026-03-05T10:00:00Z").unwrap());
    *INSTANT
}

/// The row that a case hits, by the table alone.
pub(crate) fn first_hit(table: &redress::evaluation::Table<'_>, case: &Case) -> Option<usize> {
    table.first_hit(case, policy_date()).unwrap()
}

/// The row that a case hits, out of a whole decision with its trace kept.
pub(crate) fn evaluated(policy: &Policy, case: &Case) -> usize {
    row_of(policy.evaluate(case, at()).unwrap().output(DECISION, OUTPUT))
}

fn row_of(output: Fact<Value>) -> usize {
    match output {
        Fact::Known(Value::Integer(row)) => usize::try_from(row).unwrap(),
        other => panic!("no row: {other:?}"),
    }
}

/// The bundle: one decision over six facts of the case, its table kept as CSV.
pub(crate) fn files(rows: &[Row]) -> BundleFiles {
    let mut files = BundleFiles::shown_below("bench");
    files.insert("bundle.yaml", "{bundle: bench, version: 1, currency: USD}\n");
    files.insert(
        "decisions/rate.yaml",
        "decision: rate\nhit: first\noutputs:\n  row: {type: integer}\ntable: rate.csv\notherwise:\n  row: -1\n  because: No row.\n",
    );
    files.insert("decisions/rate.csv", csv(rows));
    files
}

fn csv(rows: &[Row]) -> String {
    let mut text = String::from(
        "id,customer.tier,customer.tenure_months,dispute.disputed_amount,finding.liability,history.disputes_12m,complaint.jurisdiction,=> row,because\n",
    );
    for (at, row) in rows.iter().enumerate() {
        let cells = cells(row).map(|cell| format!("\"{cell}\"")).join(",");
        text.push_str(&format!("r{at},{cells},{at},Row {at}.\n"));
    }
    text
}

/// The cells of a row as a bundle writes them.
pub(crate) fn cells(row: &Row) -> [String; 6] {
    let amount = row.amount_cents.map_or_else(|| "-".to_owned(), |(over, to)| format!("({}..{}]", cents(over), cents(to)));
    [
        members(&row.tiers, &TIERS),
        span(row.tenure_months),
        amount,
        members(&row.faults, &FAULTS),
        span(row.disputes),
        members(&row.regions, &REGIONS),
    ]
}

fn members(members: &[usize], names: &[&str]) -> String {
    if members.is_empty() {
        return "-".to_owned();
    }
    members.iter().map(|at| names[*at]).collect::<Vec<_>>().join(", ")
}

fn span(span: Span) -> String {
    match (span.from, span.to) {
        (None, None) => "-".to_owned(),
        (Some(from), None) => format!(">= {from}"),
        (None, Some(to)) => format!("<= {to}"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("[{from}..{to}]"),
    }
}

pub(crate) fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A case with these facts and no more than every case must have.
pub(crate) fn case(facts: &Facts) -> Case {
    let mut case = Case::new();
    case.complaint.case_id = "D-1".to_owned().into();
    case.complaint.received_at = DateTime::parse("2026-03-02T09:30:00-05:00").unwrap().into();
    case.complaint.language = "en".to_owned().into();
    case.complaint.jurisdiction = Place::parse(REGIONS[facts.region]).unwrap().into();
    case.customer.customer_id = "C-7".to_owned().into();
    case.customer.tier = Tier::parse(TIERS[facts.tier]).unwrap().into();
    case.customer.tenure_months = facts.tenure_months.into();
    case.dispute.reason_code = ReasonCode::Duplicate.into();
    case.dispute.disputed_amount = Money::parse(&format!("{} USD", cents(facts.amount_cents))).unwrap().into();
    case.finding.liability = Liability::parse(FAULTS[facts.fault]).unwrap().into();
    case.history.disputes_12m = facts.disputes.into();
    case
}

/// The same facts inside a whole case of about 1.1 KB, as JSON. Engines that cannot read an amount kept as text get a number.
pub(crate) fn case_json(facts: &Facts, amounts: Amounts) -> String {
    let money = |cents_: i64| {
        let amount = cents(cents_);
        match amounts {
            Amounts::Text => format!(r#"{{"amount":"{amount}","currency":"USD"}}"#),
            Amounts::Number => format!(r#"{{"amount":{amount},"currency":"USD"}}"#),
        }
    };
    let fixed = money(41_275);
    let (disputed, tier, fault, region) =
        (money(facts.amount_cents), TIERS[facts.tier], FAULTS[facts.fault], REGIONS[facts.region]);
    let (tenure, disputes) = (facts.tenure_months, facts.disputes);
    format!(
        concat!(
            r#"{{"complaint":{{"case_id":"D-1001","received_at":"2026-03-02T10:15:00-05:00","channel":"letter","#,
            r#""notice_form":"written","language":"en","jurisdiction":"{region}"}},"#,
            r#""customer":{{"customer_id":"C-20417","segment":"consumer","tier":"{tier}","tenure_months":{tenure},"#,
            r#""annual_revenue":{fixed},"churn_risk":0.1,"leave_threat":false,"vulnerable":false}},"#,
            r#""account":{{"account_id":"A-88120","product":"credit_card","contract_type":"indefinite","#,
            r#""contract_start":"2023-01-15","billing_cycle_days":30,"delinquent_days":0}},"#,
            r#""invoice":{{"invoice_id":"ST-2026-02","issued_on":"2026-02-20","due_on":"2026-03-17","total":{fixed}}},"#,
            r#""dispute":{{"reason_code":"DUPLICATE","disputed_amount":{disputed},"customer_request":"correct","occurrences":1}},"#,
            r#""finding":{{"status":"complete","liability":"{fault}","our_share":1,"confidence":0.98,"#,
            r#""root_cause":"payment_posting","accounts_affected":1,"severity":"minor","impact_contacts":1}},"#,
            r#""history":{{"disputes_12m":{disputes},"disputes_upheld_12m":0,"invoices_12m":12,"goodwill_count_12m":0}}}}"#,
        ),
        region = region,
        tier = tier,
        tenure = tenure,
        fixed = fixed,
        disputed = disputed,
        fault = fault,
        disputes = disputes,
    )
}

/// How amounts stand in a JSON text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amounts {
    Text,
    Number,
}
