//! A function of the service's own, for the expressions and scripts of its bundle: the price list that the billing system knows.
//!
//! Managers write `list_price(attributes.tariff)` beside the standard functions. Calls are checked when the bundle is loaded.
//!
//! `cargo run --example custom_function`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use redress::case::{CaseFormat, read_case};
use redress::script::{Gives, Parameter, Takes};
use redress::text::{Source, render_all};
use redress::value::{DateTime, Kind};
use redress::{BundleFiles, Case, CaseStatus, Engine, Fact, HostFunction, Money, OpenError, Value};
use std::collections::BTreeMap;
use std::error::Error;

const MANIFEST: &str = "\
bundle: tariffs
version: 1
currency: USD
facts:
  attributes.tariff: {type: text, about: What the customer signed for}
";

const OVERCHARGE: &str = "\
decision: overcharge
about: What was billed above the price list.
outputs:
  amount:
    type: money
    value: = max(invoice.total - list_price(attributes.tariff), money(0.00))
";

/// The function: a pure function of its arguments. The price list is read once, when the service starts; a function that asked a
/// database at every call would make decisions that nobody can repeat.
fn list_price(prices: BTreeMap<String, Money>) -> HostFunction {
    let parameters = vec![Parameter::new("tariff", Takes::Kind(Kind::Text))];
    HostFunction::new("list_price", parameters, Gives::Kind(Kind::Money), move |_context, arguments| {
        let tariff = arguments.first().and_then(Value::as_name).unwrap_or_default();
        // A tariff that nobody knows has no price: the result is missing, so a person finds out. It is not zero.
        Ok(prices.get(tariff).map_or(Fact::Missing, |price| Fact::Known(Value::Money(*price))))
    })
    .about("The price of a tariff, as it stood when the service started.")
    .example("list_price(\"basic\")", "20.00 USD")
}

fn prices() -> Result<BTreeMap<String, Money>, Box<dyn Error>> {
    Ok(BTreeMap::from([("basic".to_owned(), Money::parse("20.00 USD")?), ("family".to_owned(), Money::parse("35.50 USD")?)]))
}

fn bundle(overcharge: &str) -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", MANIFEST);
    files.insert("decisions/overcharge.yaml", overcharge);
    files
}

fn case(text: &str) -> Result<Case, String> {
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).map_err(|found| render_all(&found, false))
}

/// Registers the function, decides with it, and shows what is found when it is called wrongly.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::builder().function(list_price(prices()?))?.open_files(&bundle(OVERCHARGE))?;
    let at = DateTime::parse("2026-03-05T10:00:00Z")?;

    let decision = engine.decide_at(&case("{invoice: {total: 42.00 USD}, attributes: {tariff: family}}")?, at)?;
    let amount = decision.part("overcharge").map(|part| part.output("amount"));
    println!("family at 42.00: {amount:?}");
    assert_eq!(amount, Some(Fact::Known(Money::parse("6.50 USD")?.into())));

    // A missing result is never taken for zero.
    let decision = engine.decide_at(&case("{invoice: {total: 42.00 USD}, attributes: {tariff: forgotten}}")?, at)?;
    assert_ne!(decision.status, CaseStatus::Decided);

    // A wrong call is found when the bundle is loaded, with file, line and column.
    let wrong = OVERCHARGE.replace("list_price(attributes.tariff)", "list_price(attributes.tariff, 2)");
    let refused = Engine::builder().function(list_price(prices()?))?.open_files(&bundle(&wrong)).err();
    let Some(OpenError::Bundle(findings)) = refused else { return Err("the bundle should be refused".into()) };
    println!("{}", render_all(&findings, false));
    assert_eq!(findings.iter().map(|each| each.message.as_str()).collect::<Vec<_>>(), ["`list_price` takes 1 argument, not 2"]);

    // A name stands for one function only.
    let taken = HostFunction::new("min", Vec::new(), Gives::Kind(Kind::Integer), |_, _| Ok(Fact::Known(Value::from(0))));
    assert!(matches!(Engine::builder().function(taken), Err(OpenError::Function(_))));
    Ok(())
}
