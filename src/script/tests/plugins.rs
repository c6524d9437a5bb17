//! Native plugins: the same facts, draft and settings as a script, the same faults.

use super::scripts::show;
use super::{World, in_context, messages, money, scalar};
use crate::script::{Attachment, BoundPlugin, Draft, FailurePolicy, NativePlugin, PluginCall, PluginFault, Registered};
use crate::text::Diagnostics;
use crate::value::{Decimal, Fact, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

fn run(reads: &[&str], call: impl Fn(&PluginCall<'_>) -> Result<Draft, PluginFault> + Send + Sync + 'static) -> String {
    let plugin = Registered::new(NativePlugin::new("loyalty", reads.iter().copied(), call));
    let world = World::shared();
    let mut out = Diagnostics::new();
    let Some(bound) =
        plugin.bind("fee", Attachment::After, &scalar("plugin: loyalty"), &mut |path: &[&str]| world.resolve(path), &mut out)
    else {
        return messages(&out);
    };
    let plugin = BoundPlugin::Native(bound);
    let draft = Draft { outputs: [("amount".into(), Fact::Known(money("10.00 USD")))].into(), because: None };
    let settings: BTreeMap<String, Value> = [("years".to_owned(), Value::Integer(5))].into();
    let result = in_context(|context| plugin.call(&mut |slot| world.read(slot), Some(draft), &Arc::new(settings), context));
    format!("{} slots: {}", plugin.slots().len(), show(&result))
}

/// What panics once more when it is let go.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("again");
    }
}

fn giving(value: Value) -> Draft {
    Draft { outputs: [("amount".into(), Fact::Known(value))].into(), because: None }
}

#[test]
fn native_plugins() {
    let lines = [
        run(&["customer.tenure_months"], |call| {
            let months = call.facts.need("customer.tenure_months")?.as_decimal().unwrap_or_default();
            let mut draft = call.draft.clone();
            if let Some(Fact::Known(Value::Money(amount))) = draft.outputs.get("amount").cloned() {
                let factor = months.divided_by(Decimal::from(12))?;
                draft.outputs.insert("amount".into(), Fact::Known(Value::Money(amount.times(factor)?)));
            }
            draft.because = Some(format!("after {} years", call.settings.len()).into());
            Ok(draft)
        }),
        run(&["customer.name", "customer.score", "x.missing"], |call| {
            let shown = |path| call.facts.get(path).map(|fact| format!("{fact:?}"));
            let because = Some(format!("{} {}", shown("customer.name")?, shown("customer.score")?).into());
            Ok(Draft { because, ..call.draft.clone() })
        }),
        run(&["customer.name"], |call| call.facts.need("customer.name").map(|_| Draft::default())),
        run(&["customer.tier"], |call| call.facts.get("customer.teir").map(|_| Draft::default())),
        run(&["customer.teir"], |_| Ok(Draft::default())),
        run(&["other.amount"], |_| Ok(Draft::default())),
        run(&["dispute.charges.amount"], |call| {
            let because = Some(format!("{}", call.facts.need("dispute.charges.amount")?).into());
            Ok(Draft { because, ..Draft::default() })
        }),
        run(&[], |_| Err(PluginFault::Refused("no mandate for this product".to_owned()))),
        run(&[], |_| panic!("a bug")),
        run(&[], |_| std::panic::panic_any(Bomb)),
        run(&[], |call| {
            let because = Some(format!("{} {:?}", call.decision, call.attachment).into());
            Ok(Draft { because, ..Draft::default() })
        }),
        run(&[], |_| Ok(Draft { because: Some("x".repeat(100_000).into()), ..Draft::default() })),
        run(&[], |_| Ok(giving(Value::text("x".repeat(100_000))))),
        run(&[], |_| Ok(giving(Value::list(vec![Value::Integer(1); 20_000])))),
        run(&[], |_| Ok(giving(Value::list(vec![Value::text("x".repeat(2_000)); 1_000])))),
        run(&[], |_| Ok(giving((0..50).fold(Value::Integer(1), |inner, _| Value::list([inner]))))),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    1 slots: amount: 77.50 USD, because after 1 years
    3 slots: amount: 10.00 USD, because Missing Unknown
    1 slots: missing: customer.name
    1 slots: refused fault: test.yaml:1:1: the plugin did not declare that it reads `customer.teir`; did you mean `customer.tier`?
    R0403 1:1 the plugin `loyalty` cannot be given what it reads: nothing is called `customer.teir` [did you mean `customer.tier`?]
    1 slots: `other` is not decided
    1 slots: because [12.50 USD, 0.65 USD]
    0 slots: refused fault: test.yaml:1:1: no mandate for this product
    0 slots: panic fault: test.yaml:1:1: the plugin `loyalty` panicked
    0 slots: panic fault: test.yaml:1:1: the plugin `loyalty` panicked
    0 slots: because fee After
    0 slots: size limit fault: test.yaml:1:1: `because` is longer than 65536 bytes
    0 slots: size limit fault: test.yaml:1:1: `amount`: a text is longer than 65536 bytes
    0 slots: size limit fault: test.yaml:1:1: `amount`: a list is longer than 10000 items
    0 slots: size limit fault: test.yaml:1:1: `amount`: the draft is larger than 1048576 bytes
    0 slots: size limit fault: test.yaml:1:1: `amount`: a value is nested more than 16 deep
    ");
}

#[test]
fn failure_policies() {
    let shown = ["escalate", "skip", "refuse", "ignore"]
        .map(|word| FailurePolicy::parse(word).map_or_else(|e| e, |policy| policy.to_string()));
    insta::assert_snapshot!(shown.join("\n"), @r"
    escalate
    skip
    refuse
    `ignore` is not what can happen on a failure; write `escalate`, `skip` or `refuse`
    ");
}
