//! One plugin of the default bundle that does something: the second offer. Beside it the same case under the bundle without that
//! plugin, and a bare call of the same function in an engine of Rhai alone.

use super::bundle::{at, example};
use super::load::load;
use redress::{BundleFiles, Case, Policy, default_bundle};
use rhai::{AST, Dynamic, Engine, Map, Scope};
use rust_decimal::Decimal;

const SCRIPT: &str = include_str!("../../../policies/scripts/second_offer.rhai");

pub(crate) struct Subject {
    with_plugin: Policy,
    without_plugin: Policy,
    case: Case,
}

impl Subject {
    pub(crate) fn new() -> Self {
        let subject = Self {
            with_plugin: load(&default_bundle()),
            without_plugin: load(&bundle_without_second_offer()),
            case: example(include_str!("../../../examples/cases/rejected-offer.yaml")),
        };
        let kind = |policy: &Policy| policy.evaluate(&subject.case, at()).unwrap().output("goodwill", "kind");
        assert_ne!(kind(&subject.with_plugin), kind(&subject.without_plugin), "the plugin does something");
        subject
    }

    pub(crate) fn with_plugin(&self) -> impl Sized {
        self.with_plugin.evaluate(&self.case, at()).unwrap()
    }

    pub(crate) fn without_plugin(&self) -> impl Sized {
        self.without_plugin.evaluate(&self.case, at()).unwrap()
    }
}

fn bundle_without_second_offer() -> BundleFiles {
    let mut files = BundleFiles::shown_below("policies");
    for (path, source) in default_bundle().iter() {
        // It is the last one of the file.
        let text = source.text().split("\n  - id: second-offer\n").next().unwrap_or_default();
        files.insert(path, text);
    }
    files
}

/// The function of the script, called with maps as a program that embeds Rhai would build them.
pub(crate) struct Bare {
    engine: Engine,
    script: AST,
    facts: Dynamic,
    draft: Dynamic,
    settings: Dynamic,
}

impl Bare {
    pub(crate) fn new() -> Self {
        let mut engine = Engine::new();
        engine.register_fn("is_unknown", |_: Dynamic| false);
        engine.register_fn("round_down_to", |amount: Decimal, step: Decimal| (amount / step).floor() * step);
        // Rhai alone does not add a decimal to a number that is written in a script.
        engine.register_fn("+", |one: f64, other: Decimal| Decimal::try_from(one).unwrap() + other);
        let script = engine.compile(SCRIPT).unwrap();
        let text = |text: &str| Dynamic::from(text.to_owned());
        let number = |text: &str| Dynamic::from(Decimal::from_str_exact(text).unwrap());
        let map = |entries: Vec<(&str, Dynamic)>| {
            Dynamic::from_map(entries.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>())
        };
        let offer = map(vec![("response", text("rejected")), ("amount", number("25.00")), ("instrument", text("discount"))]);
        let bare = Self {
            facts: map(vec![
                ("history", map(vec![("offers_rejected", Dynamic::from(1_i64))])),
                ("offers", Dynamic::from_array(vec![offer])),
            ]),
            draft: map(vec![
                ("kind", text("gesture")),
                ("amount", number("20.00")),
                ("instrument", text("bill_credit")),
                ("because", text("")),
            ]),
            settings: map(vec![("uplift", number("0.5")), ("step", number("5.00"))]),
            engine,
            script,
        };
        let told = bare.call().cast::<Map>();
        assert_eq!(told["kind"].to_string(), "second_offer", "the function does the same");
        bare
    }

    pub(crate) fn call(&self) -> Dynamic {
        let arguments = (self.facts.clone(), self.draft.clone(), self.settings.clone());
        self.engine.call_fn(&mut Scope::new(), &self.script, "goodwill", arguments).unwrap()
    }
}
