//! Plugins written in Rust.

use super::{end, load, unharmed};
use redress::value::{Fact, Money, Value};
use redress::{Draft, Extensions, NativePlugin, PluginCall, PluginFault};
use std::fmt::Write;

/// What panics once more when it is let go.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("again");
    }
}

fn with(call: &PluginCall<'_>, name: &str, value: Value) -> Draft {
    let mut draft = call.draft.clone();
    draft.outputs.insert(name.into(), Fact::Known(value));
    draft
}

type Body = fn(&PluginCall<'_>) -> Result<Draft, PluginFault>;

const HOSTILE: &[(&str, Body)] = &[
    ("it panics", |_| panic!("a bug")),
    ("it panics with what panics again", |_| std::panic::panic_any(Bomb)),
    ("it indexes out of bounds", |call| Ok(with(call, "amount", Value::Integer([1, 2][call.settings.len() + 7])))),
    ("it refuses", |_| Err(PluginFault::Refused("closed".to_owned()))),
    ("it reads what it did not declare", |call| call.facts.need("input.text").map(|_| call.draft.clone())),
    ("a number for money", |call| Ok(with(call, "amount", Value::Integer(5)))),
    ("a text for money", |call| Ok(with(call, "amount", Value::text("five")))),
    ("another currency", |call| Ok(with(call, "amount", Value::Money(Money::parse("5.00 EUR").unwrap())))),
    ("an output that is none", |call| Ok(with(call, "bonus", Value::Integer(5)))),
    ("a thousand outputs that are none", |call| {
        let more = (0..1_000).map(|n| (format!("o{n}").into(), Fact::Known(Value::Integer(n))));
        Ok(Draft { outputs: call.draft.outputs.clone().into_iter().chain(more).collect(), because: None })
    }),
    ("an unknown amount", |call| {
        let mut draft = call.draft.clone();
        draft.outputs.insert("amount".into(), Fact::Unknown);
        Ok(draft)
    }),
    ("an amount taken away", |call| {
        let mut draft = call.draft.clone();
        draft.outputs.insert("amount".into(), Fact::Missing);
        Ok(draft)
    }),
    ("a huge text", |call| Ok(with(call, "note", Value::text("x".repeat(1_000_000))))),
    ("a huge list", |call| Ok(with(call, "note", Value::list(vec![Value::Integer(1); 100_000])))),
    ("a list of long texts", |call| Ok(with(call, "note", Value::list(vec![Value::text("x".repeat(60_000)); 1_000])))),
    ("lists in lists", |call| Ok(with(call, "note", (0..200).fold(Value::Integer(1), |inner, _| Value::list([inner]))))),
    ("a huge name", |call| Ok(with(call, &"x".repeat(2_000_000), Value::Integer(1)))),
    ("a huge reason", |call| Ok(Draft { because: Some("x".repeat(1_000_000).into()), ..call.draft.clone() })),
    ("an empty draft", |_| Ok(Draft::default())),
];

#[test]
fn every_native_plugin_ends_in_its_fault_and_harms_nothing() {
    let (mut shown, mut most) = (String::new(), 0);
    let mut reference = None;
    for (name, body) in HOSTILE {
        let plugin = NativePlugin::new("hostile", ["input.n"], *body);
        let policy = load("native: hostile", "", &Extensions::new().plugin(plugin)).unwrap();
        let ended = end(&policy, &mut most).replace("the plugin `hostile` failed: ", "");
        let _ = writeln!(shown, "{name}: {ended}");
        let after = unharmed(&policy);
        assert_eq!(*reference.get_or_insert_with(|| after.clone()), after, "after {name}");
    }
    insta::assert_snapshot!(shown, @"
    it panics: panic at bundle.yaml:10:27: the plugin `hostile` panicked
    it panics with what panics again: panic at bundle.yaml:10:27: the plugin `hostile` panicked
    it indexes out of bounds: panic at bundle.yaml:10:27: the plugin `hostile` panicked
    it refuses: refused at bundle.yaml:10:27: closed
    it reads what it did not declare: refused at bundle.yaml:10:27: the plugin did not declare that it reads `input.text`
    a number for money: wrong_return at bundle.yaml:10:6: `amount`: an amount of money is wanted, not a whole number
    a text for money: wrong_return at bundle.yaml:10:6: `amount`: an amount of money is wanted, not text
    another currency: currency at bundle.yaml:10:6: `amount`: an amount in EUR for a case in USD; money never changes currency silently
    an output that is none: wrong_return at bundle.yaml:10:6: it returned `bonus`, which is not an output (amount, note)
    a thousand outputs that are none: wrong_return at bundle.yaml:10:6: it returned `o0`, which is not an output (amount, note)
    an unknown amount: wrong_return at bundle.yaml:10:6: it returned an unknown value for `amount`
    an amount taken away: wrong_return at bundle.yaml:10:6: it returned nothing for `amount`, which may not be left out
    a huge text: size_limit at bundle.yaml:10:27: `note`: a text is longer than 65536 bytes
    a huge list: size_limit at bundle.yaml:10:27: `note`: a list is longer than 10000 items
    a list of long texts: size_limit at bundle.yaml:10:27: `note`: the draft is larger than 1048576 bytes
    lists in lists: size_limit at bundle.yaml:10:27: `note`: a value is nested more than 16 deep
    a huge name: size_limit at bundle.yaml:10:27: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`: the draft is larger than 1048576 bytes
    a huge reason: size_limit at bundle.yaml:10:27: `because` is longer than 65536 bytes
    an empty draft: no fault, amount Some(Money(5.00 USD))
    ");
}
