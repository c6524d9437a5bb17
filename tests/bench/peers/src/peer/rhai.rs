//! Rhai alone: the table as a script, one `if` a row. Amounts in whole cents.

use super::{Peer, RHAI};
use crate::expression::{Dialect, condition};
use crate::subjects::generated::{FAULTS, Facts, REGIONS, TIERS};
use crate::subjects::table::Subject;
use rhai::{CallFnOptions, Engine, ImmutableString, Scope};

const DIALECT: Dialect = Dialect {
    names: ["tier", "tenure", "amount", "fault", "disputes", "region"],
    and: " && ",
    one_of: |name, members| {
        let equal: Vec<String> = members.iter().map(|member| format!("{name} == {member}")).collect();
        if equal.len() == 1 { equal.join("") } else { format!("({})", equal.join(" || ")) }
    },
    always: "true",
};

type Arguments = (ImmutableString, i64, i64, ImmutableString, i64, ImmutableString);

pub fn peer(subject: &'static Subject) -> Peer {
    let engine = Engine::new();
    let mut script = format!("fn decide({}) {{\n", DIALECT.names.join(", "));
    for (at, row) in subject.rows.iter().enumerate() {
        script.push_str(&format!("    if {} {{ return {at}; }}\n", condition(row, &DIALECT)));
    }
    script.push_str("    -1\n}\n");
    let cases: Vec<Arguments> = subject.facts.iter().map(arguments).collect();
    let compiled = engine.compile(script).map_err(|error| error.to_string());
    Peer::tried(
        RHAI,
        compiled.map(|script| {
            move |case: usize| {
                let options = CallFnOptions::new().eval_ast(false);
                let row: i64 =
                    engine.call_fn_with_options(options, &mut Scope::new(), &script, "decide", cases[case].clone()).ok()?;
                usize::try_from(row).ok()
            }
        }),
    )
}

fn arguments(facts: &Facts) -> Arguments {
    (
        TIERS[facts.tier].into(),
        facts.tenure_months,
        facts.amount_cents,
        FAULTS[facts.fault].into(),
        facts.disputes,
        REGIONS[facts.region].into(),
    )
}
