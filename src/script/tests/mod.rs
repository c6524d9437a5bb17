//! Tests of the room as a whole: expressions, scripts, the two against each other, and hostile scripts.

mod calls;
mod direct;
mod expressions;
mod functions;
mod hostile;
mod loading;
mod mistakes;
mod parity;
mod plugins;
mod scripts;

use super::{Absent, CallContext, Expression, Functions, Outcome, Resolution, Stop};
use crate::text::{Diagnostics, Place, Source, Span, render_all};
use crate::value::{
    Calendar, Currency, Date, DateTime, Decimal, EnumKind, EnumValue, Fact, FieldKind, Kind, Money, Place as Territory, Record,
    RecordKind, Value,
};
use std::sync::{Arc, OnceLock};

/// A small world of facts.
pub(super) struct World {
    slots: Vec<(&'static str, Kind, Outcome)>,
}

pub(super) fn money(text: &str) -> Value {
    Value::Money(Money::parse(text).unwrap())
}

pub(super) fn decimal(text: &str) -> Value {
    Value::Decimal(Decimal::parse(text).unwrap())
}

fn field(name: &str, kind: Kind) -> FieldKind {
    FieldKind { name: name.into(), kind, about: "", actionable: false, personal: false }
}

fn table(fields: &[(&str, &str)]) -> (Kind, Outcome) {
    let kind = Arc::new(RecordKind {
        name: "table of amounts",
        fields: fields.iter().map(|(name, _)| field(name, Kind::Money)).collect(),
    });
    let values = fields.iter().map(|(_, amount)| Fact::Known(money(amount))).collect();
    (Kind::Record(kind.clone()), Outcome::Known(Value::Record(Record::new(kind, values))))
}

impl World {
    pub(super) fn shared() -> &'static Self {
        static WORLD: OnceLock<World> = OnceLock::new();
        WORLD.get_or_init(Self::new)
    }

    fn new() -> Self {
        let tier = Arc::new(EnumKind::new(["standard", "silver", "gold", "platinum"], true));
        let severity = Arc::new(EnumKind::new(["trivial", "minor", "moderate", "severe"], true));
        let liability = Arc::new(EnumKind::new(["our_error", "shared", "customer"], false));
        let charge_kind = Arc::new(EnumKind::new(["late_fee", "interest", "overdraft"], false));
        let charge = Arc::new(RecordKind {
            name: "consequential charge",
            fields: vec![field("kind", Kind::Enum(charge_kind.clone())), field("amount", Kind::Money), field("note", Kind::Text)],
        });
        let one = |kind: &str, amount: Option<&str>, note: Option<&str>| {
            let kind = Value::Enum(EnumValue::named(&charge_kind, kind).unwrap());
            let amount = amount.map_or(Fact::Missing, |amount| Fact::Known(money(amount)));
            let note = note.map_or(Fact::Unknown, |note| Fact::Known(Value::text(note)));
            Value::Record(Record::new(charge.clone(), vec![Fact::Known(kind), amount, note]))
        };
        let charges = Kind::List(Box::new(Kind::Record(charge.clone())));
        let exit =
            Arc::new(RecordKind { name: "exit request", fields: vec![field("by", Kind::Text), field("fee", Kind::Money)] });
        let known = |value: Value| Outcome::Known(value);
        let missing = |name: &str| Outcome::Absent(Absent::missing(name));
        let unknown = |name: &str| Outcome::Absent(Absent::unknown(name));
        let named = |kind: &Arc<EnumKind>, name: &str| known(Value::Enum(EnumValue::named(kind, name).unwrap()));
        let (base_kind, base) =
            table(&[("trivial", "0 USD"), ("minor", "10.00 USD"), ("moderate", "25.00 USD"), ("severe", "60.00 USD")]);
        let (short_kind, short) = table(&[("trivial", "0 USD"), ("minor", "10.00 USD"), ("moderate", "25.00 USD")]);
        let slots = vec![
            ("customer.tier", Kind::Enum(tier.clone()), named(&tier, "gold")),
            ("customer.tenure_months", Kind::Integer, known(Value::Integer(93))),
            ("customer.name", Kind::Text, missing("customer.name")),
            ("customer.score", Kind::Decimal, unknown("customer.score")),
            ("finding.severity", Kind::Enum(severity.clone()), named(&severity, "minor")),
            ("finding.liability", Kind::Enum(liability), unknown("finding.liability")),
            ("finding.confirmed", Kind::Boolean, known(Value::Boolean(true))),
            ("dispute.amount", Kind::Money, known(money("64.20 USD"))),
            ("dispute.foreign", Kind::Money, known(money("5.00 EUR"))),
            (
                "dispute.charges",
                charges.clone(),
                known(Value::list([
                    one("late_fee", Some("12.50 USD"), Some("a")),
                    one("interest", Some("0.65 USD"), Some("b")),
                    one("overdraft", None, Some("c")),
                ])),
            ),
            ("dispute.vague", charges.clone(), known(Value::list([one("late_fee", Some("12.50 USD"), None)]))),
            ("dispute.none", charges.clone(), known(Value::list([]))),
            ("dispute.untold", charges, missing("dispute.untold")),
            ("dispute.tags", Kind::List(Box::new(Kind::Text)), known(Value::list([Value::text("card"), Value::text("loan")]))),
            (
                "exit_request",
                Kind::Record(exit.clone()),
                known(Value::Record(Record::new(exit, vec![Fact::Known(Value::text("customer"))]))),
            ),
            (
                "complaint.received_at",
                Kind::DateTime,
                known(Value::DateTime(DateTime::parse("2026-03-02T23:30:00-05:00").unwrap())),
            ),
            ("complaint.day", Kind::Date, known(Value::Date(Date::parse("2026-03-02").unwrap()))),
            ("complaint.jurisdiction", Kind::Place, known(Value::Place(Territory::parse("US-VA").unwrap()))),
            ("history.disputes", Kind::Integer, known(Value::Integer(4))),
            ("history.upheld", Kind::Integer, known(Value::Integer(1))),
            ("history.none", Kind::Integer, known(Value::Integer(0))),
            ("params.goodwill.base", base_kind, base),
            ("params.goodwill.short", short_kind, short),
            ("params.cap", Kind::Money, known(money("50.00 USD"))),
            ("params.share", Kind::Decimal, known(decimal("0.15"))),
            ("base", Kind::Money, missing("finding.harm")),
            ("other.amount", Kind::Money, missing("-")),
            ("x.missing", Kind::Integer, missing("x.missing")),
        ];
        Self { slots }
    }

    pub(super) fn resolve(&self, path: &[&str]) -> Resolution {
        for used in (1..=path.len()).rev() {
            let name = path[..used].join(".");
            if let Some(slot) = self.slots.iter().position(|(each, ..)| *each == name) {
                return Resolution::Found { slot, kind: self.slots[slot].1.clone(), used };
            }
        }
        let known = self.slots.iter().map(|(name, ..)| *name);
        Resolution::Unknown { help: crate::text::nearest::did_you_mean(&path.join("."), known) }
    }

    pub(super) fn read(&self, slot: usize) -> Result<Outcome, Stop> {
        let (name, _, outcome) = &self.slots[slot];
        if *name == "other.amount" { Err(Stop::NotDecided("other".to_owned())) } else { Ok(outcome.clone()) }
    }
}

pub(super) fn functions() -> &'static Functions {
    static FUNCTIONS: OnceLock<Functions> = OnceLock::new();
    FUNCTIONS.get_or_init(Functions::standard)
}

pub(super) fn in_context<T>(act: impl FnOnce(&CallContext<'_>) -> T) -> T {
    let calendar = Arc::new(Calendar::default());
    act(&CallContext::new(Some(Currency::parse("USD").unwrap()), &calendar))
}

/// A scalar that stands alone in a file.
pub(super) fn scalar(text: &str) -> Place {
    let source = Source::new("test.yaml", text);
    source.place(Span::new(0, text.len()))
}

pub(super) fn compile(text: &str) -> Result<Expression, String> {
    let mut out = Diagnostics::new();
    let world = World::shared();
    let place = scalar(text);
    let expression = Expression::compile(text, &place, &mut |path: &[&str]| world.resolve(path), functions(), &mut out);
    expression.ok_or_else(|| messages(&out))
}

pub(super) fn evaluate(expression: &Expression) -> Result<Outcome, Stop> {
    let world = World::shared();
    in_context(|context| expression.evaluate(&mut |slot| world.read(slot), context))
}

pub(super) fn show(result: &Result<Outcome, Stop>) -> String {
    match result {
        Ok(Outcome::Known(value)) => value.to_string(),
        Ok(Outcome::Absent(absent)) => Stop::Needs(absent.clone()).to_string(),
        Err(stop) => format!("stop: {stop}"),
    }
}

/// Diagnostics in one line each.
pub(super) fn messages(out: &Diagnostics) -> String {
    let lines: Vec<String> = out
        .iter()
        .map(|each| {
            let place = each
                .place
                .as_ref()
                .map(|place| format!("{}:{} ", place.line_column().0, place.line_column().1))
                .unwrap_or_default();
            let help = each.help.as_ref().map(|help| format!(" [{help}]")).unwrap_or_default();
            format!("{} {place}{}{help}", each.code, each.message)
        })
        .collect();
    lines.join("\n")
}

pub(super) fn rendered(out: &Diagnostics) -> String {
    render_all(out, false)
}
