//! Expressions: compiled, evaluated by what they mean, and then in a policy both ways.

use super::findings::hold;
use redress::case::{CaseFormat, read_case, registry};
use redress::script::{CallContext, Expression, Functions, Outcome, Resolution};
use redress::text::{Diagnostics, Source, Span};
use redress::value::{Calendar, Currency, DateTime, Kind};
use redress::{BundleFiles, Case, Extensions, Policy};
use std::sync::{Arc, LazyLock};

const MANIFEST: &str = "bundle: one
version: 1
currency: USD
";

const CASE: &str = "
complaint: {case_id: D-1, received_at: 2026-03-02T23:30:00-05:00, language: en, jurisdiction: US-VA}
customer: {customer_id: C-1, tier: gold, tenure_months: 93, vulnerable: unknown}
account: {billing_cycle_days: 30}
invoice: {total: 240.00 USD, paid: 240.00 USD, issued_on: 2026-03-01}
dispute:
  disputed_amount: 64.20 USD
  error_date: 2026-01-10
  disputed_lines: [{line_id: a}, {line_id: b}]
  related_charges: [{kind: late_interest, amount: 3.15 USD}, {kind: late_fee, amount: 12.50 USD}]
finding: {liability: our_error, severity: minor, correct_amount: 0.00 USD}
";

static THE_CASE: LazyLock<Case> = LazyLock::new(|| {
    read_case(&Source::new("case.yaml", CASE), CaseFormat::Yaml)
        .unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)))
});
static FUNCTIONS: LazyLock<Functions> = LazyLock::new(Functions::standard);

/// The longest name in front of a path that the registry knows.
fn resolve(path: &[&str]) -> Resolution {
    for used in (1..=path.len()).rev() {
        if let Some(id) = registry().find(&path[..used].join("."))
            && let Some(spec) = registry().spec(id)
        {
            return Resolution::Found { slot: id.index(), kind: spec.kind.clone(), used };
        }
    }
    Resolution::Unknown { help: None }
}

fn read(slot: usize) -> Outcome {
    let (_, spec) = registry().iter().nth(slot).expect("a slot is one that was given out");
    Outcome::of(spec.read(&THE_CASE), &spec.path)
}

pub(super) fn run(text: &str) {
    let source = Source::new("x.yaml", text);
    let mut found = Diagnostics::new();
    let place = source.place(Span::new(0, text.len()));
    let compiled = Expression::compile(text, &place, &mut resolve, &FUNCTIONS, &mut found);
    hold(&found);
    let Some(expression) = compiled else { return assert!(!found.is_empty(), "no expression, and not a word about it") };
    let calendar = Arc::new(Calendar::default());
    let context = CallContext::new(Currency::parse("USD").ok(), &calendar);
    let value = expression.evaluate(&mut |slot| Ok(read(slot)), &context);
    if let (Ok(Outcome::Known(value)), Some(kind)) = (&value, &expression.kind) {
        assert!(!value.to_string().contains('\0'));
        in_a_policy(text, kind);
    }
}

/// The quick way says what the definition says.
fn in_a_policy(text: &str, kind: &Kind) {
    if matches!(kind, Kind::Enum(_) | Kind::Record(_) | Kind::List(_)) {
        return;
    }
    let written = text.trim().strip_prefix('=').unwrap_or(text.trim());
    let quoted = serde_json::Value::from(format!("= {written}"));
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", MANIFEST);
    files.insert(
        "decisions/it.yaml",
        format!("decision: it\nlet: {{x: {quoted}}}\noutputs: {{value: {{type: {}, value: = x}}}}\n", kind.word()),
    );
    let policy = match Policy::load(&files, &Extensions::new()) {
        Ok(policy) => policy,
        Err(found) => return hold(&found),
    };
    hold(policy.warnings());
    let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
    super::bundles::both_ways(&policy, &THE_CASE, at);
}
