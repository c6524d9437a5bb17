//! From a case and its decision to the variables of a letter, written as their reader writes amounts and days.

use super::dates::Dates;
use super::locale::{Language, Locale};
use super::names::Names;
use super::quotes::{quoted, without_names};
use super::vocabulary::{Shape, VARIABLES};
use super::words::Words;
use crate::bundle::language_of;
use crate::case::Case;
use crate::case::vocabulary::{Liability, RootCause};
use crate::decision::{ConsequentialLine, Decision, Part};
use crate::limits::LETTER_ITEMS_MAX;
use crate::text::steers;
use crate::value::{Date, Fact, Money, Value as Known, Zone};
use minijinja::Value;
use std::collections::BTreeMap;

/// The decision that names the independent body for a customer, with `name` and `address`.
pub(crate) const EXTERNAL_ROUTE: &str = "external_route";
/// The decision that collects sentences which a law asks for: `kind`, and one output for each language.
pub(crate) const STATUTORY_SENTENCES: &str = "statutory_sentences";

/// Instruments that are documents of their own.
const DOCUMENTS: [&str; 2] = ["corrected_invoice", "complementary_document"];

/// For whom a letter is written.
pub(crate) struct Reader<'a> {
    pub(crate) kind: &'a str,
    pub(crate) tag: &'a str,
    pub(crate) language: Language,
    pub(crate) words: &'a Words,
    pub(crate) company: &'a str,
    pub(crate) contact: &'a str,
}

/// What a letter is written from, and what it is held against.
pub(crate) struct Facts {
    pub(crate) values: BTreeMap<&'static str, Value>,
    /// Every text that a letter may print.
    pub(crate) given: Vec<String>,
    pub(crate) names: Names,
    pub(crate) sentences: Vec<String>,
}

impl Facts {
    /// Everything that a letter may say about a case.
    pub(crate) fn new(case: &Case, decision: &Decision, reader: &Reader<'_>) -> Self {
        let country = case.complaint.jurisdiction.known().map_or_else(String::new, |place| place.country().to_owned());
        let zone = case.zone();
        let locale = Locale::new(reader.language, reader.tag, &country);
        let names = Names::of(case, decision, &[reader.company, reader.contact]);
        let (language, words) = (reader.language, reader.words);
        let mut teller = Teller { locale, language, zone, words, names, values: BTreeMap::new(), given: Vec::new() };
        // What a case does not have is nothing, and no list has items; a letter can ask for both.
        for variable in VARIABLES {
            let nothing = match variable.shape {
                Shape::Texts | Shape::Items(_) | Shape::Item(_) => Value::from(Vec::<Value>::new()),
                Shape::Flag => Value::from(false),
                _ => Value::from(()),
            };
            teller.values.insert(variable.name, nothing);
        }
        teller.text("company", Some(reader.company));
        teller.text("contact", Some(reader.contact));
        teller.word("salutation", "phrases", Some("salutation"));
        teller.complaint(case, decision);
        teller.finding(case, decision);
        teller.money(decision);
        teller.what_follows(case, decision);
        teller.relationship(case, decision);
        let sentences = sentences(decision, reader);
        teller.texts("statutory_sentences", &sentences);
        Self { values: teller.values, given: teller.given, names: teller.names, sentences }
    }
}

struct Teller<'a> {
    locale: Locale,
    language: Language,
    zone: Zone,
    words: &'a Words,
    names: Names,
    values: BTreeMap<&'static str, Value>,
    given: Vec<String>,
}

impl Teller<'_> {
    /// A text of the bundle, or one that we make.
    fn said(&mut self, text: &str) -> Value {
        let text = in_one_line(text);
        self.given.push(text.clone());
        Value::from(text)
    }

    /// A text of the case: whoever wrote it, it is quoted.
    fn quoted(&mut self, text: &str) -> Value {
        match without_names(&in_one_line(text), &self.names) {
            Some(text) => {
                let value = Value::from(quoted(&text, self.language));
                self.given.push(text);
                value
            }
            None => Value::from(()),
        }
    }

    fn quotation(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            let value = self.quoted(text);
            self.values.insert(name, value);
        }
    }

    fn text(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            let value = self.said(text);
            self.values.insert(name, value);
        }
    }

    fn texts(&mut self, name: &'static str, texts: &[String]) {
        let list: Vec<Value> = texts.iter().take(LETTER_ITEMS_MAX).map(|text| self.said(text)).collect();
        self.values.insert(name, Value::from(list));
    }

    fn word(&mut self, name: &'static str, section: &str, of: Option<&str>) {
        let word = of.and_then(|of| self.words.of(section, of)).map(str::to_owned);
        self.text(name, word.as_deref());
    }

    fn name(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.values.insert(name, Value::from(value));
        }
    }

    fn flag(&mut self, name: &'static str, value: bool) {
        self.values.insert(name, Value::from(value));
    }

    fn number(&mut self, name: &'static str, value: Option<i64>) {
        if let Some(value) = value.filter(|value| *value != 0) {
            self.given.push(value.to_string());
            self.values.insert(name, Value::from(value));
        }
    }

    fn day(&mut self, name: &'static str, day: Option<Date>) {
        if let Some(day) = day {
            let value = self.of_day(day);
            self.values.insert(name, value);
        }
    }

    /// An amount, zero too.
    fn amount(&mut self, name: &'static str, money: Option<Money>) {
        if let Some(money) = money {
            let value = self.of_money(money);
            self.values.insert(name, value);
        }
    }

    /// An amount that is told only where there is something.
    fn more_than_nothing(&mut self, name: &'static str, money: Option<Money>) {
        self.amount(name, money.filter(|money| !money.amount().is_zero()));
    }

    fn of_money(&mut self, money: Money) -> Value {
        let written = self.locale.money(money);
        self.said(&written)
    }

    fn of_day(&mut self, day: Date) -> Value {
        let written = self.locale.day(day);
        self.said(&written)
    }

    fn items(&mut self, name: &'static str, items: Vec<Vec<(&'static str, Value)>>) {
        let list: Vec<Value> = items.into_iter().take(LETTER_ITEMS_MAX).map(Value::from_pairs).collect();
        self.values.insert(name, Value::from(list));
    }

    fn complaint(&mut self, case: &Case, decision: &Decision) {
        self.day("written_on", Some(decision.at.day_in(&self.zone)));
        self.quotation("case_id", Some(case.id()));
        self.day("received_on", case.complaint.received_at.known().map(|at| at.day_in(&self.zone)));
        let dispute = &case.dispute;
        self.word("reason", "reasons", dispute.reason_code.known().map(|code| code.name()));
        self.amount("disputed_amount", dispute.disputed_amount.known().copied());
        self.amount("correct_amount", case.finding.correct_amount.known().copied());
        self.amount("requested_amount", dispute.requested_amount.known().copied());
        let invoice = &case.invoice;
        self.quotation("invoice_id", invoice.invoice_id.known().map(String::as_str));
        self.day("invoice_issued_on", invoice.issued_on.known().copied());
        self.day("invoice_due_on", invoice.due_on.known().copied());
        self.amount("invoice_total", invoice.total.known().copied());
        self.more_than_nothing("invoice_paid", invoice.paid.known().copied());
        let mut lines = Vec::new();
        for line in dispute.disputed_lines.known().into_iter().flatten() {
            let id = line.line_id.known().map_or(Value::from(()), |id| self.quoted(id));
            let billed = line.billed.known().map_or(Value::from(()), |money| self.of_money(*money));
            let claimed = line.claimed_correct.known().copied();
            let nothing = claimed.is_some_and(|money| money.amount().is_zero());
            let claimed = claimed.filter(|_| !nothing).map_or(Value::from(()), |money| self.of_money(money));
            lines.push(vec![("id", id), ("billed", billed), ("claimed", claimed), ("nothing_claimed", Value::from(nothing))]);
        }
        self.items("lines", lines);
    }

    fn finding(&mut self, case: &Case, decision: &Decision) {
        self.name("outcome", decision.outcome.as_deref());
        let liability = case.finding.liability.known().copied();
        self.name("liability", liability.map(Liability::name));
        self.flag("our_error", matches!(liability, Some(Liability::OurError | Liability::Shared)));
        let cause = case.finding.root_cause.known().filter(|cause| **cause != RootCause::None);
        let recorded = decision.prevention.root_cause.as_ref().and(cause);
        self.word("cause", "causes", recorded.map(|cause| cause.name()));
        let action = decision.prevention.corrective_action.as_ref();
        self.flag("process_changed", action.is_some());
        self.day("verify_on", action.and_then(|action| action.verify_on));
    }

    fn money(&mut self, decision: &Decision) {
        let money = &decision.money;
        let correction = money.correction.as_ref();
        self.more_than_nothing("correction", correction.map(|part| part.amount));
        self.word("correction_form", "instruments", correction.and_then(|part| part.instrument.as_deref()));
        let document = correction.and_then(|part| part.instrument.as_deref()).filter(|name| DOCUMENTS.contains(name));
        self.word("new_document", "instruments", document);
        self.more_than_nothing("related_charges", money.related_charges_reversed);
        let redress = money.statutory_redress.as_ref();
        self.more_than_nothing("redress", redress.map(|part| part.amount));
        self.text("redress_law", redress.and_then(|part| law(part.basis.as_deref()?)));
        let interest = money.interest.as_ref();
        self.more_than_nothing("interest", interest.map(|part| part.amount));
        self.text("interest_law", interest.and_then(|part| law(part.basis.as_deref()?)));
        if let Some(penalties) = &money.penalty_reimbursement {
            self.more_than_nothing("penalties", Some(penalties.amount));
            let paid = self.charges(&penalties.approved_lines);
            self.items("penalties_paid", paid);
            let refused = self.charges(&penalties.refused_lines);
            self.items("penalties_refused", refused);
        }
        let owed = [
            correction.map(|part| part.amount),
            money.related_charges_reversed,
            redress.map(|part| part.amount),
            interest.map(|part| part.amount),
            money.penalty_reimbursement.as_ref().map(|part| part.amount),
        ];
        let paid = money.penalty_reimbursement.as_ref().map_or(0, |penalties| penalties.approved_lines.len().saturating_sub(1));
        let parts = owed.iter().flatten().filter(|amount| !amount.amount().is_zero()).count() + paid;
        self.number("owed_parts", i64::try_from(parts).ok());
        let mut owed = owed.into_iter().flatten();
        let sum = owed.next().and_then(|first| owed.try_fold(first, |sum, part| sum.plus(part).ok()));
        self.more_than_nothing("owed", sum);
        let goodwill = money.goodwill.as_ref().filter(|part| !part.amount.amount().is_zero());
        self.more_than_nothing("goodwill", goodwill.map(|part| part.amount));
        self.word("goodwill_form", "instruments", goodwill.and_then(|part| part.instrument.as_deref()));
        self.name("goodwill_kind", goodwill.and_then(|part| part.kind.as_deref()));
        self.more_than_nothing("total", money.total_cost);
        self.more_than_nothing("provisional_credit", money.provisional_credit.as_ref().map(|part| part.amount));
        let plan = decision.terms.payment_plan.as_ref().map_or(&[][..], |plan| &plan.instalments);
        let mut instalments = Vec::new();
        for (at, amount) in plan.iter().enumerate() {
            let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
            self.given.push(number.to_string());
            instalments.push(vec![("number", Value::from(number)), ("amount", self.of_money(*amount))]);
        }
        self.number("instalment_count", i64::try_from(plan.len()).ok());
        self.items("instalments", instalments);
        self.number("extension_days", decision.terms.due_date_extension_days);
    }

    fn charges(&mut self, lines: &[ConsequentialLine]) -> Vec<Vec<(&'static str, Value)>> {
        let mut charges = Vec::new();
        for line in lines {
            let word = line.kind.as_deref().and_then(|kind| self.words.of("charges", kind)).map(str::to_owned);
            if let Some(word) = word {
                charges.push(vec![("name", self.said(&word)), ("amount", self.of_money(line.amount))]);
            }
        }
        charges
    }

    fn what_follows(&mut self, case: &Case, decision: &Decision) {
        let holds: Vec<String> =
            decision.holds.names().into_iter().filter_map(|hold| self.words.of("holds", hold)).map(str::to_owned).collect();
        self.texts("holds", &holds);
        let dates = Dates::new(decision, &self.zone);
        self.day("answer_by", dates.answer);
        self.day("correct_by", dates.correction);
        self.day("next_update_on", dates.update);
        self.day("confirm_on", dates.confirmation);
        let step = |names: &[&str]| decision.plan.iter().find(|step| names.contains(&step.step.as_ref()));
        self.flag("evidence_needed", step(&["ask_for_receipts", "ask_for_evidence"]).is_some());
        self.flag("meeting", step(&["customer_meeting"]).is_some());
        let mut offers = Vec::new();
        for offer in case.offers.known().into_iter().flatten() {
            let amount = offer.amount.known().map_or(Value::from(()), |money| self.of_money(*money));
            let on = offer.offered_on.known().map_or(Value::from(()), |day| self.of_day(*day));
            offers.push(vec![("amount", amount), ("on", on)]);
        }
        self.items("earlier_offers", offers);
        let route = decision.part(EXTERNAL_ROUTE).filter(|part| part.is_decided());
        self.text("route_name", route.and_then(|part| output(part, "name")).as_deref());
        self.text("route_address", route.and_then(|part| output(part, "address")).as_deref());
    }

    fn relationship(&mut self, case: &Case, decision: &Decision) {
        self.name("relationship", decision.relationship.action.as_deref());
        self.day("exit_on", decision.relationship.earliest_exit_on);
        let history = &case.history;
        self.day("notice_given_on", history.behaviour_notice_on.known().copied());
        let mut incidents = Vec::new();
        for incident in history.behaviour_incidents.known().into_iter().flatten() {
            let word = incident.kind.known().and_then(|kind| self.words.of("incidents", kind.name())).map(str::to_owned);
            let on = incident.on.known().map_or(Value::from(()), |day| self.of_day(*day));
            if let Some(word) = word {
                incidents.push(vec![("name", self.said(&word)), ("on", on)]);
            }
        }
        self.items("incidents", incidents);
        self.number("disputes", history.disputes_12m.known().copied());
        self.number("disputes_upheld", history.disputes_upheld_12m.known().copied());
        self.number("times_explained", history.same_topic_explained.known().copied());
    }
}

/// Without what would steer a terminal.
fn in_one_line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_whitespace() || !steers(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A law as a customer reads it: without the id of our rule that stands before it.
fn law(basis: &str) -> Option<&str> {
    let is_id =
        |text: &str| text.contains('-') && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let law = basis.split_once(", ").filter(|(id, _)| is_id(id)).map_or(basis, |(_, law)| law);
    (law != "none" && !is_id(law)).then_some(law)
}

/// A text output of a part.
fn output(part: &Part, name: &str) -> Option<String> {
    match part.output(name) {
        Fact::Known(value) => value.as_name().map(str::to_owned),
        Fact::Missing | Fact::Unknown => None,
    }
}

/// The sentences that a law asks for in this letter, each once.
fn sentences(decision: &Decision, reader: &Reader<'_>) -> Vec<String> {
    let results = decision.part(STATUTORY_SENTENCES).filter(|part| part.is_decided()).map_or(&[][..], |part| &part.results);
    let mut sentences: Vec<String> = Vec::new();
    for outputs in results {
        let text = |name: &str| match outputs.get(name) {
            Fact::Known(Known::Text(text)) => Some(text.to_string()),
            Fact::Known(other) => other.as_name().map(str::to_owned),
            Fact::Missing | Fact::Unknown => None,
        };
        if text("kind").as_deref() != Some(reader.kind) {
            continue;
        }
        if let Some(sentence) = text(language_of(reader.tag)).or_else(|| text("en"))
            && !sentences.contains(&sentence)
        {
            sentences.push(sentence);
        }
    }
    sentences
}
