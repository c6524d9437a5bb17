//! The Common Expression Language: one compiled expression a row, the first that holds. Amounts in whole cents, since it has no
//! decimals.

use super::{CEL, Peer};
use crate::expression::{Dialect, condition};
use crate::subjects::generated::{FAULTS, Facts, REGIONS, TIERS};
use crate::subjects::table::Subject;
use cel::{Context, Env, Program, Value};
use std::sync::Arc;

const DIALECT: Dialect = Dialect {
    names: ["tier", "tenure", "amount", "fault", "disputes", "region"],
    and: " && ",
    one_of: |name, members| match members {
        [only] => format!("{name} == {only}"),
        members => format!("{name} in [{}]", members.join(", ")),
    },
    always: "true",
};

pub fn peer(subject: &'static Subject) -> Peer {
    let env = Arc::new(Env::stdlib());
    let programs: Result<Vec<Program>, String> =
        subject.rows.iter().map(|row| env.compile(&condition(row, &DIALECT)).map_err(|error| error.to_string())).collect();
    let cases: Vec<Context> = subject.facts.iter().map(|facts| context(facts, &env)).collect();
    Peer::tried(
        CEL,
        programs.map(|programs| {
            move |case: usize| programs.iter().position(|row| matches!(row.execute(&cases[case]), Ok(Value::Bool(true))))
        }),
    )
}

fn context(facts: &Facts, env: &Arc<Env>) -> Context<'static, 'static> {
    let mut context = Context::with_env(env.clone());
    context.add_variable_from_value("tier", TIERS[facts.tier]);
    context.add_variable_from_value("tenure", Value::Int(facts.tenure_months));
    context.add_variable_from_value("amount", Value::Int(facts.amount_cents));
    context.add_variable_from_value("fault", FAULTS[facts.fault]);
    context.add_variable_from_value("disputes", Value::Int(facts.disputes));
    context.add_variable_from_value("region", REGIONS[facts.region]);
    context
}
