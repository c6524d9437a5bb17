//! GoRules ZEN: a decision table in a graph, compiled before it is timed.

use super::Peer;
use crate::subjects::generated::{FAULTS, Facts, REGIONS, Row, Span, TIERS};
use crate::subjects::table::{Amounts, Subject, case_json, cents};
use futures_executor::block_on;
use serde_json::{Value, json};
use zen_engine::model::GraphContent;
use zen_engine::{Decision, EvaluationOptions};
use zen_expression::variable::Variable;

/// Where the facts stand: flat in memory, the cheapest for ZEN, and in their groups in the JSON text of a case.
const FLAT: [&str; 6] = ["tier", "tenure_months", "amount", "fault", "disputes", "region"];
const GROUPED: [&str; 6] = [
    "customer.tier",
    "customer.tenure_months",
    "dispute.disputed_amount.amount",
    "finding.liability",
    "history.disputes_12m",
    "complaint.jurisdiction",
];

pub fn in_memory(name: &'static str, subject: &'static Subject, trace: bool) -> Peer {
    let decision = decision(&subject.rows, &FLAT);
    let cases: Vec<Variable> = subject.facts.iter().map(flat).collect();
    Peer::new(name, move |case| evaluate(&decision, cases[case].clone(), trace))
}

pub fn from_json(name: &'static str, subject: &'static Subject, trace: bool) -> Peer {
    let decision = decision(&subject.rows, &GROUPED);
    let texts: Vec<String> = subject.facts.iter().map(|facts| case_json(facts, Amounts::Number)).collect();
    Peer::new(name, move |case| {
        let read: Variable = serde_json::from_str(&texts[case]).ok()?;
        evaluate(&decision, read, trace)
    })
}

fn evaluate(decision: &Decision, case: Variable, trace: bool) -> Option<usize> {
    let response = block_on(decision.evaluate_with_opts(case, EvaluationOptions { trace, max_depth: 10 })).ok()?;
    match response.result.dot("row")? {
        Variable::Number(row) => row.try_into().ok(),
        _ => None,
    }
}

fn flat(facts: &Facts) -> Variable {
    let amount: Value = serde_json::from_str(&cents(facts.amount_cents)).expect("a number");
    let case = json!({
        "tier": TIERS[facts.tier], "tenure_months": facts.tenure_months, "amount": amount, "fault": FAULTS[facts.fault],
        "disputes": facts.disputes, "region": REGIONS[facts.region],
    });
    case.into()
}

fn decision(rows: &[Row], fields: &[&str; 6]) -> Decision {
    let inputs: Vec<Value> =
        fields.iter().enumerate().map(|(at, field)| json!({"id": format!("c{at}"), "name": field, "field": field})).collect();
    let rules: Vec<Value> = rows.iter().enumerate().map(|(at, row)| rule(at, row)).collect();
    let graph = json!({
        "nodes": [
            {"id": "in", "name": "request", "type": "inputNode", "content": {}},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "first", "passThrough": false, "inputs": inputs, "rules": rules,
                "outputs": [{"id": "row", "name": "row", "field": "row"}],
            }},
            {"id": "out", "name": "response", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "table"},
            {"id": "e2", "sourceId": "table", "targetId": "out"},
        ],
    });
    let content: GraphContent = serde_json::from_value(graph).expect("a graph");
    let mut decision = Decision::from(content);
    decision.compile();
    decision
}

fn rule(at: usize, row: &Row) -> Value {
    let amount = row.amount_cents.map_or_else(String::new, |(over, to)| format!("({}..{}]", cents(over), cents(to)));
    json!({
        "_id": format!("r{at}"),
        "c0": members(&row.tiers, &TIERS),
        "c1": span(row.tenure_months),
        "c2": amount,
        "c3": members(&row.faults, &FAULTS),
        "c4": span(row.disputes),
        "c5": members(&row.regions, &REGIONS),
        "row": at.to_string(),
    })
}

/// An empty cell admits everything.
fn members(members: &[usize], names: &[&str]) -> String {
    members.iter().map(|at| format!("\"{}\"", names[*at])).collect::<Vec<_>>().join(", ")
}

fn span(span: Span) -> String {
    match (span.from, span.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(">= {from}"),
        (None, Some(to)) => format!("<= {to}"),
        (Some(from), Some(to)) => format!("[{from}..{to}]"),
    }
}
