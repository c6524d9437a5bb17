//! Names, conditions and values in plain language.

use super::document::{Phrase, Piece, anchor};
use crate::authoring::diff::words;
use crate::authoring::explain::words::plain;
use crate::bundle::{MoneyMeaning, ParamPeriod, ParamValue};
use crate::policy::Program;
use crate::policy::compiled::{Because, Condition as Asked, Formula};
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::rule::{Bound, Cell, Comparison, Condition};
use crate::script::FactPath;
use crate::value::{Currency, Date, Decimal, Fact, Kind, Money, Value};

/// What names and values are said by: the policy, and the day as of which it is told.
pub(super) struct Words<'p> {
    pub(super) program: &'p Program,
    pub(super) as_of: Option<Date>,
}

impl Words<'_> {
    /// What a path speaks of: `the customer's tier`.
    pub(super) fn subject(&self, path: &FactPath) -> Phrase {
        let entry = self.program.slots.get(path.slot);
        match entry.map(|entry| entry.slot) {
            Some(Slot::Output { decision, output }) => self.output(decision, output),
            Some(Slot::Own { .. }) => {
                let name = path.written.rsplit('.').next().unwrap_or(&path.written);
                Phrase::of("the ").name(plain(name))
            }
            Some(Slot::Let { .. }) => Phrase::default().name(plain(&path.written)),
            Some(Slot::Param(param)) => self.param(param, &path.written),
            Some(Slot::Pack(pack)) => self.pack(pack),
            Some(Slot::Clock { clock, passed }) => {
                let Some(clock) = self.program.obligations.list.get(clock) else { return Phrase::of(&*path.written) };
                let what = match (passed, clock.window) {
                    (true, true) => "the closing of ",
                    (true, false) => "the missing of ",
                    (false, _) => "the day of ",
                };
                Phrase::of(what).link(anchor("clock", &clock.id), &*clock.id)
            }
            Some(Slot::At) => Phrase::of("the present time"),
            Some(Slot::PolicyDate) => Phrase::of("the day whose policy applies"),
            Some(Slot::Fact(_) | Slot::Extra(_)) => {
                let name = entry.map_or("", |entry| &*entry.name);
                Phrase::default().fact(anchor("fact", name), possessive(&path.written))
            }
            _ => Phrase::of(possessive(&path.written)),
        }
    }

    /// What a question of the registry or of the bundle asks, where a path is answered with yes or no.
    fn question(&self, path: &FactPath) -> Option<Phrase> {
        let entry = self.program.slots.get(path.slot).filter(|_| path.kind == Kind::Boolean)?;
        let about = match entry.slot {
            Slot::Fact(_) => entry.fact.map(|fact| fact.about)?,
            Slot::Extra(at) => self.program.extras.get(at).map(|doc| doc.about.as_str())?,
            _ => return None,
        };
        // Without its owner, a question such as "Abroad?" says too little.
        let owned = about.contains(' ').then_some(about)?;
        Some(Phrase::default().fact(anchor("fact", &entry.name), format!("\u{201c}{owned}\u{201d}")))
    }

    /// A pack, and where it is told.
    pub(super) fn pack(&self, pack: usize) -> Phrase {
        let name = self.program.packs.get(pack).map_or("", |pack| &*pack.name);
        Phrase::of("the pack ").link(anchor("pack", name), name)
    }

    /// An output of a decision: `the severity's level`; of a decision with one output, the decision.
    pub(super) fn output(&self, decision: usize, output: usize) -> Phrase {
        let Some(found) = self.program.decisions.get(decision) else { return Phrase::default() };
        let name = found.outputs.get(output).map_or("", |output| &*output.name);
        let link = Phrase::default().link(anchor("decision", &found.name), plain(&found.name));
        if found.outputs.len() == 1 && matches!(name, "value" | "amount" | "is") {
            return Phrase::of("the ").then(link);
        }
        Phrase::of("the ").name(plain(name)).text(" of ").then(link)
    }

    /// A parameter by its value, where that is one value; else by its name.
    pub(super) fn param(&self, param: usize, written: &str) -> Phrase {
        let periods = self.program.params.periods(param);
        let name = short_name(written);
        let link = Phrase::default().link(anchor("figure", written.trim_start_matches("params.")), name);
        match self.periods(periods) {
            [only] => Phrase::of(param_text(&only.value)).text(" (").then(link).text(")"),
            _ => link,
        }
    }

    /// The periods that hold on the day as of which the policy is told; all of them, where none is named.
    pub(super) fn periods<'d>(&self, periods: &'d [ParamPeriod]) -> &'d [ParamPeriod] {
        let Some(day) = self.as_of else { return periods };
        let holds = |period: &ParamPeriod| day.is_within(period.from, period.until);
        let last = periods.iter().rposition(holds);
        last.and_then(|at| periods.get(at..=at)).unwrap_or(periods)
    }

    /// Is something in force on the day as of which the policy is told?
    pub(super) fn in_force(&self, from: Option<Date>, until: Option<Date>) -> bool {
        self.as_of.is_none_or(|day| day.is_within(from, until))
    }

    /// Conditions that all have to hold: `the customer's tier is gold and ...`. That of a pack comes with its rules anyhow.
    pub(super) fn all(&self, conditions: &[Asked]) -> Phrase {
        Phrase::joined(conditions.iter().map(|asked| self.condition(&asked.path, &asked.cell)).collect(), "and")
    }

    /// One condition as a sentence.
    pub(super) fn condition(&self, path: &FactPath, cell: &Cell) -> Phrase {
        let entry = self.program.slots.get(path.slot);
        let subject = self.subject(path);
        match entry.map(|entry| entry.slot) {
            Some(Slot::Pack(_)) if is_true(cell) => return subject.text(" applies"),
            Some(Slot::Clock { passed: true, clock }) if is_true(cell) => {
                let is_window = self.program.obligations.list.get(clock).is_some_and(|clock| clock.window);
                let id = Phrase::of("the clock ").then(Phrase(subject.0.into_iter().skip(1).collect()));
                return id.text(if is_window { " has closed" } else { " was missed" });
            }
            _ => {}
        }
        if let Some(question) = self.question(path) {
            return question.text(" is answered with ").then(self.wanted(cell, &path.kind));
        }
        if matches!(path.kind, Kind::List(_)) {
            return several(subject).text(" ").then(self.wanted_of_list(cell, &path.kind));
        }
        subject.text(" is ").then(self.wanted(cell, &path.kind))
    }

    /// What a cell asks for: `gold or silver`, `at least 100.00`, `not given`.
    pub(super) fn wanted(&self, cell: &Cell, kind: &Kind) -> Phrase {
        match cell {
            Cell::Any => Phrase::of("anything"),
            Cell::OneOf(conditions) => {
                Phrase::joined(conditions.iter().map(|condition| self.one(condition, kind)).collect(), "or")
            }
        }
    }

    fn wanted_of_list(&self, cell: &Cell, kind: &Kind) -> Phrase {
        let Cell::OneOf(conditions) = cell else { return Phrase::of("may be anything") };
        let item = if let Kind::List(item) = kind { item } else { kind };
        let mut said: Vec<Phrase> = Vec::new();
        let mut included: Vec<Phrase> = Vec::new();
        for condition in conditions {
            match condition {
                Condition::Missing => said.push(Phrase::of("are not given")),
                Condition::Unknown => said.push(Phrase::of("are not known")),
                Condition::Empty => said.push(Phrase::of("are none at all")),
                Condition::Present => said.push(Phrase::of("are given")),
                Condition::Not(inner) => {
                    let inner = Phrase::joined(inner.iter().map(|each| self.one(each, item)).collect(), "nor");
                    said.push(Phrase::of("include no ").then(inner));
                }
                other => included.push(self.one(other, item)),
            }
        }
        if !included.is_empty() {
            said.insert(0, Phrase::of("include ").then(Phrase::joined(included, "or")));
        }
        Phrase::joined(said, "or")
    }

    fn one(&self, condition: &Condition, kind: &Kind) -> Phrase {
        match condition {
            Condition::Equal(bound) => self.bound(bound, kind),
            Condition::Compare(comparison, bound) => {
                Phrase::of(format!("{} ", compared(*comparison, kind))).then(self.bound(bound, kind))
            }
            Condition::Within(interval) if interval.from_included && interval.to_included => {
                self.bound(&interval.from, kind).text(" to ").then(self.bound(&interval.to, kind))
            }
            Condition::Within(interval) => {
                let lower = if interval.from_included { Comparison::AtLeast } else { Comparison::Over };
                let upper = if interval.to_included { Comparison::AtMost } else { Comparison::Under };
                Phrase::of(format!("{} ", compared(lower, kind)))
                    .then(self.bound(&interval.from, kind))
                    .text(format!(" and {} ", compared(upper, kind)))
                    .then(self.bound(&interval.to, kind))
            }
            Condition::Not(inner) if matches!(inner.as_slice(), [Condition::Unknown]) => Phrase::of("known"),
            Condition::Not(inner) => {
                let all = Phrase::joined(inner.iter().map(|each| self.one(each, kind)).collect(), "nor");
                Phrase::of(if inner.len() == 1 { "not " } else { "neither " }).then(all)
            }
            Condition::Missing => Phrase::of("not given"),
            Condition::Present => Phrase::of("given"),
            Condition::Empty => Phrase::of("empty"),
            Condition::Unknown => Phrase::of("not known"),
        }
    }

    fn bound(&self, bound: &Bound, kind: &Kind) -> Phrase {
        match bound {
            Bound::Value(value) => Phrase::of(value_text(value, kind)),
            Bound::Amount(amount) => Phrase::of(self.amount(*amount)),
            Bound::Param { slot, path } => match self.program.slots.get(*slot).map(|entry| entry.slot) {
                Some(Slot::Param(param)) => self.param(param, path),
                _ => Phrase::default().code(&**path),
            },
        }
    }

    /// A bare amount, in the currency that it means.
    pub(super) fn amount(&self, amount: Decimal) -> String {
        match self.program.money {
            MoneyMeaning::In(currency) => Money::new(amount, currency).to_string(),
            MoneyMeaning::OfCase => amount.to_fixed(2),
        }
    }

    /// A value that is given.
    pub(super) fn formula(&self, formula: &Formula, kind: &Kind) -> Phrase {
        match formula {
            Formula::Literal(literal) => Phrase::of(self.literal(literal, kind)),
            Formula::Expression(_) => {
                let text = words::formula(formula);
                let text = text.trim_start_matches('=').trim();
                self.name(text).unwrap_or_else(|| Phrase::default().code(text))
            }
        }
    }

    pub(super) fn literal(&self, literal: &Literal, kind: &Kind) -> String {
        match literal {
            Literal::Plain(Fact::Known(value), _) => value_text(value, kind),
            Literal::Plain(Fact::Missing, _) => "left open".to_owned(),
            Literal::Plain(Fact::Unknown, _) => "not known".to_owned(),
            Literal::Bare(amount) => self.amount(*amount),
            Literal::OfCase(amount) => amount.to_fixed(2),
        }
    }

    /// An expression that is a name and nothing else.
    fn name(&self, text: &str) -> Option<Phrase> {
        let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
        if !is_name || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let slots = &self.program.slots;
        let found = (0..slots.len()).filter_map(|number| slots.get(number)).find(|entry| *entry.name == *text);
        Some(match found.map(|entry| entry.slot) {
            Some(Slot::Output { decision, output }) => self.output(decision, output),
            Some(Slot::Param(param)) => self.param(param, text),
            Some(Slot::Fact(_) | Slot::Extra(_)) => Phrase::default().fact(anchor("fact", text), possessive(text)),
            Some(Slot::Let { .. }) => Phrase::default().name(plain(text)),
            _ => return None,
        })
    }

    /// A reason: figures by their values, other names in words.
    pub(super) fn because(&self, because: &Because) -> Option<String> {
        let name = |path: &FactPath| {
            let param = match self.program.slots.get(path.slot).map(|entry| entry.slot) {
                Some(Slot::Param(param)) => self.periods(self.program.params.periods(param)),
                _ => &[],
            };
            match param {
                [only] => param_text(&only.value),
                _ => format!("\u{2039}{}\u{203a}", short_name(&path.written)),
            }
        };
        let text = words::one_line(&because.for_language(None)?.written(&mut |path| name(path)));
        (!text.is_empty()).then_some(text)
    }
}

/// Of a list, what all of its items are called.
fn several(mut subject: Phrase) -> Phrase {
    if let Some(Piece::Fact(_, text) | Piece::Text(text)) = subject.0.last_mut()
        && !text.ends_with('s')
    {
        text.push('s');
    }
    subject
}

fn is_true(cell: &Cell) -> bool {
    matches!(cell, Cell::OneOf(conditions) if matches!(conditions.as_slice(), [Condition::Equal(Bound::Value(Value::Boolean(true)))]))
}

fn compared(comparison: Comparison, kind: &Kind) -> &'static str {
    comparison.words(matches!(kind, Kind::Date | Kind::DateTime))
}

/// A value as a reader says it.
pub(super) fn value_text(value: &Value, kind: &Kind) -> String {
    match value {
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::Enum(value) => plain(value.name()),
        // A text is quoted where it would be taken for words of the sentence.
        Value::Text(text) if matches!(kind, Kind::Text) => format!("\u{201c}{text}\u{201d}"),
        Value::Text(text) => plain(text),
        Value::List(items) => items.iter().map(|item| value_text(item, kind)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A value of a parameter.
pub(super) fn param_text(value: &ParamValue) -> String {
    match value {
        ParamValue::Plain(Value::Text(text)) => text.to_string(),
        ParamValue::Plain(value) => value_text(value, &Kind::Decimal),
        // Which currency it is in is said once, where the figures stand.
        ParamValue::CaseMoney(amount) => amount.to_fixed(2),
        ParamValue::ByCurrency(amounts) => {
            let each = |(currency, amount): (&Currency, &Decimal)| Money::new(*amount, *currency).to_string();
            amounts.iter().map(each).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// The last part of a path in words, with the part above it where it is needed: `per case cap`.
pub(super) fn short_name(path: &str) -> String {
    let inside = path.trim_start_matches("params.");
    plain(inside).replace('.', ", ")
}

/// `customer.tier` is `the customer's tier`, `dispute.disputed_amount` is `the disputed amount`, `history.disputes_12m` is `the
/// disputes of the last 12 months`.
pub(super) fn possessive(path: &str) -> String {
    let parts: Vec<String> = path.split('.').map(plain).collect();
    // These groups are nobody's: what stands in them is named without them.
    let is_owner = |part: &&str| !matches!(*part, "attributes" | "input" | "history");
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(is_owner).collect();
    let Some((last, owners)) = parts.split_last() else { return path.to_owned() };
    let mut said = String::from("the ");
    for (at, owner) in owners.iter().enumerate() {
        let next = parts.get(at + 1).unwrap_or(last);
        if next.starts_with(owner) {
            continue;
        }
        said.push_str(owner);
        said.push_str(if owner.ends_with('s') { "' " } else { "'s " });
    }
    let day = last.strip_suffix(" at").or_else(|| last.strip_suffix(" on"));
    match (last.strip_suffix(" 12m"), day) {
        (Some(counted), _) => said + counted + " of the last 12 months",
        (None, Some(day)) => said + day + " date",
        (None, None) => said + *last,
    }
}
