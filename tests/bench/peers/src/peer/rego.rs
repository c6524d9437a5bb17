//! Rego by regorus: one rule with an `else` a row, compiled for its virtual machine, which is kept from case to case. Amounts in
//! whole cents.

use super::{Peer, REGO};
use crate::expression::{Dialect, condition};
use crate::subjects::generated::{FAULTS, Facts, REGIONS, TIERS};
use crate::subjects::table::Subject;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::utils::limits::PolicyLengthConfig;
use regorus::{Engine, Value};
use std::fmt::Display;
use std::num::{NonZeroU32, NonZeroUsize};

const DIALECT: Dialect = Dialect {
    names: ["input.tier", "input.tenure", "input.amount", "input.fault", "input.disputes", "input.region"],
    and: "\n    ",
    one_of: |name, members| match members {
        [only] => format!("{name} == {only}"),
        members => format!("{name} in {{{}}}", members.join(", ")),
    },
    always: "true",
};

/// Far above what comes as default, so that no table is refused for its length alone.
const LENGTHS: PolicyLengthConfig = PolicyLengthConfig {
    max_col: NonZeroU32::new(10_000).unwrap(),
    max_file_bytes: NonZeroUsize::new(64 << 20).unwrap(),
    max_lines: NonZeroUsize::new(1_000_000).unwrap(),
};

pub fn peer(subject: &'static Subject) -> Peer {
    Peer::tried(REGO, prepare(subject))
}

fn prepare(subject: &'static Subject) -> Result<impl FnMut(usize) -> Option<usize> + 'static, String> {
    let mut policy = String::from("package bench\n\nimport rego.v1\n\n");
    for (at, row) in subject.rows.iter().enumerate() {
        let head = if at == 0 { "row := 0" } else { "else" };
        let value = if at == 0 { String::new() } else { format!(" := {at}") };
        policy.push_str(&format!("{head}{value} if {{\n    {}\n}}\n", condition(row, &DIALECT)));
    }
    let mut engine = Engine::new();
    engine.set_policy_length_config(LENGTHS);
    engine.add_policy("bench.rego".to_owned(), policy).map_err(|error| first_line(&error))?;
    let compiled = engine.compile_with_entrypoint(&"data.bench.row".into()).map_err(|error| first_line(&error))?;
    let program = Compiler::compile_from_policy(&compiled, &["data.bench.row"]).map_err(|error| first_line(&error))?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_max_instructions(usize::MAX);
    let cases: Vec<Value> = subject.facts.iter().map(input).collect();
    Ok(move |case: usize| {
        machine.set_input(cases[case].clone());
        let row = machine.execute().ok()?;
        usize::try_from(row.as_i64().ok()?).ok()
    })
}

fn first_line(error: &impl Display) -> String {
    error.to_string().lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

fn input(facts: &Facts) -> Value {
    serde_json::json!({
        "tier": TIERS[facts.tier], "tenure": facts.tenure_months, "amount": facts.amount_cents, "fault": FAULTS[facts.fault],
        "disputes": facts.disputes, "region": REGIONS[facts.region],
    })
    .into()
}
