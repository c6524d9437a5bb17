//! What a letter may name: a closed list of facts of the case and its decision. Whatever is not here cannot stand in a letter.

use crate::decision::sections::{OUTCOMES, RELATIONSHIP_ACTIONS};

/// What a letter can do with a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Printed as it is.
    Text,
    /// An amount, printed as the reader writes amounts.
    Money,
    /// A day, printed as the reader writes days.
    Day,
    /// A whole number; `plural` puts the right word behind it.
    Number,
    /// True or false: asked with `if`, never printed.
    Flag,
    /// A name of the engine: compared with one of its values, never printed. Nothing where the values are the bundle's own.
    Name(&'static [&'static str]),
    /// Texts, one after the other: walked with `for`, or printed with `list`.
    Texts,
    /// Items with fields, walked with `for`.
    Items(&'static [Variable]),
    /// One of these items: its fields are printed.
    Item(&'static [Variable]),
}

/// One variable, or one field of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// Its name in a template.
    pub name: &'static str,
    /// What it is.
    pub shape: Shape,
    /// Is it there in every case? What may be absent belongs under an `if`.
    pub always: bool,
    /// Its meaning.
    pub about: &'static str,
}

impl Variable {
    const fn always(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, always: true, about }
    }

    const fn maybe(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, always: false, about }
    }
}

impl Shape {
    /// In words, for a message.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Money => "an amount",
            Self::Day => "a day",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Name(_) => "a name of the engine",
            Self::Texts | Self::Items(_) => "a list",
            Self::Item(_) => "an item of a list",
        }
    }
}

/// Who made the error, as a letter may ask.
const LIABILITIES: &[&str] =
    &["our_error", "shared", "third_party", "customer_error", "misunderstanding", "no_error", "undetermined"];

const LINE: &[Variable] = &[
    Variable::maybe("id", Shape::Text, "its number on the invoice"),
    Variable::maybe("billed", Shape::Money, "what was billed"),
    Variable::maybe("claimed", Shape::Money, "what the customer says is right, where that is something"),
    Variable::always("nothing_claimed", Shape::Flag, "does the customer say that nothing is due?"),
];
const CHARGE: &[Variable] = &[
    Variable::always("name", Shape::Text, "what it is, from the list of words"),
    Variable::always("amount", Shape::Money, "how much of it"),
];
const INSTALMENT: &[Variable] =
    &[Variable::always("number", Shape::Number, "its number, from 1"), Variable::always("amount", Shape::Money, "how much")];
const OFFER: &[Variable] =
    &[Variable::maybe("amount", Shape::Money, "how much"), Variable::maybe("on", Shape::Day, "when it was made")];
const INCIDENT: &[Variable] = &[
    Variable::always("name", Shape::Text, "what it was, from the list of words"),
    Variable::maybe("on", Shape::Day, "when it was"),
];

/// Every variable, in the order in which the guide for managers lists them.
pub const VARIABLES: &[Variable] = &[
    Variable::always("company", Shape::Text, "the name of the company: `params.company.name`"),
    Variable::always("contact", Shape::Text, "how it is reached: `params.company.contact`"),
    Variable::always("salutation", Shape::Text, "how the letter begins, from the list of words: no name is guessed"),
    Variable::always("written_on", Shape::Day, "the day of the decision"),
    Variable::always("case_id", Shape::Text, "the number of the case"),
    Variable::always("received_on", Shape::Day, "the day on which the complaint reached us"),
    Variable::always("reason", Shape::Text, "what the customer says is wrong, from the list of words"),
    Variable::maybe("disputed_amount", Shape::Money, "the amount in dispute"),
    Variable::maybe("correct_amount", Shape::Money, "what should have been billed for it, zero too"),
    Variable::maybe("requested_amount", Shape::Money, "what the customer asks for"),
    Variable::maybe("invoice_id", Shape::Text, "the number of the invoice"),
    Variable::maybe("invoice_issued_on", Shape::Day, "the day of its issue"),
    Variable::maybe("invoice_due_on", Shape::Day, "the day on which it is due"),
    Variable::maybe("invoice_total", Shape::Money, "its total"),
    Variable::maybe("invoice_paid", Shape::Money, "what has been paid of it"),
    Variable::maybe("lines", Shape::Items(LINE), "the lines of the invoice in dispute"),
    Variable::maybe("outcome", Shape::Name(&OUTCOMES), "how the case ended"),
    Variable::maybe("liability", Shape::Name(LIABILITIES), "who made the error"),
    Variable::always("our_error", Shape::Flag, "was the error ours, or ours in part?"),
    Variable::maybe(
        "cause",
        Shape::Text,
        "what failed in the process, from the list of words; only where the decision records a cause",
    ),
    Variable::always("process_changed", Shape::Flag, "is the cause being mended?"),
    Variable::maybe("verify_on", Shape::Day, "when it is checked that the mending holds"),
    Variable::maybe("correction", Shape::Money, "what is taken off or paid back"),
    Variable::maybe("correction_form", Shape::Text, "by which document, from the list of words"),
    Variable::maybe("new_document", Shape::Text, "the invoice or tax document that we issue for it, from the list of words"),
    Variable::maybe("related_charges", Shape::Money, "fees and interest taken back because they hung on the wrong part"),
    Variable::maybe("redress", Shape::Money, "what a law adds"),
    Variable::maybe("redress_law", Shape::Text, "that law, without the id of our rule"),
    Variable::maybe("interest", Shape::Money, "interest on what is owed"),
    Variable::maybe("interest_law", Shape::Text, "the law behind it"),
    Variable::maybe("penalties", Shape::Money, "costs that our error caused and that we pay, together"),
    Variable::maybe("penalties_paid", Shape::Items(CHARGE), "these costs one by one"),
    Variable::maybe("penalties_refused", Shape::Items(CHARGE), "costs that we do not pay"),
    Variable::maybe("owed", Shape::Money, "all that is owed, together"),
    Variable::maybe("owed_parts", Shape::Number, "of how many amounts that is the sum"),
    Variable::maybe("goodwill", Shape::Money, "the gesture on top of what is owed"),
    Variable::maybe("goodwill_form", Shape::Text, "in which form, from the list of words"),
    Variable::maybe("goodwill_kind", Shape::Name(&[]), "which kind of gesture the policy names"),
    Variable::maybe("total", Shape::Money, "what is owed and the gesture, together"),
    Variable::maybe("provisional_credit", Shape::Money, "a credit that stands until the investigation is done"),
    Variable::maybe("instalments", Shape::Items(INSTALMENT), "the instalments of a payment plan"),
    Variable::maybe("instalment_count", Shape::Number, "how many"),
    Variable::maybe("extension_days", Shape::Number, "so many days more to pay"),
    Variable::maybe("holds", Shape::Texts, "what stands still while the case is open, from the list of words"),
    Variable::maybe(
        "answer_by",
        Shape::Day,
        "when the answer is due: the earliest clock of the steps `answer`, `final_response`, `resolve` and `share_findings`",
    ),
    Variable::maybe(
        "correct_by",
        Shape::Day,
        "when what is owed is put right: the earliest clock of the steps `correct` and `refund`, or the plan's own day",
    ),
    Variable::maybe("next_update_on", Shape::Day, "when the customer hears from us next"),
    Variable::maybe("confirm_on", Shape::Day, "when we ask whether it is settled"),
    Variable::always("evidence_needed", Shape::Flag, "do we ask for a receipt or an official notice?"),
    Variable::always("meeting", Shape::Flag, "do we propose a meeting?"),
    Variable::maybe("relationship", Shape::Name(&RELATIONSHIP_ACTIONS), "what becomes of the relationship"),
    Variable::maybe("exit_on", Shape::Day, "the earliest day on which the account ends"),
    Variable::maybe("notice_given_on", Shape::Day, "the day on which we said what we expect"),
    Variable::maybe("incidents", Shape::Items(INCIDENT), "what we had to protect people from"),
    Variable::maybe("disputes", Shape::Number, "disputes in twelve months"),
    Variable::maybe("disputes_upheld", Shape::Number, "of these, upheld"),
    Variable::maybe("times_explained", Shape::Number, "how often this same charge was explained before"),
    Variable::maybe("earlier_offers", Shape::Items(OFFER), "earlier offers in this case"),
    Variable::maybe("route_name", Shape::Text, "the independent body for this customer: the decision `external_route`"),
    Variable::maybe("route_address", Shape::Text, "how it is reached"),
    Variable::maybe("statutory_sentences", Shape::Texts, "sentences that a law asks for: the decision `statutory_sentences`"),
];

/// The section of the list of words that a variable prints from.
pub(crate) fn word_section(variable: &str) -> Option<&'static str> {
    match variable {
        "salutation" => Some("phrases"),
        "reason" => Some("reasons"),
        "cause" => Some("causes"),
        "correction_form" | "new_document" | "goodwill_form" => Some("instruments"),
        "holds" => Some("holds"),
        "penalties_paid" | "penalties_refused" => Some("charges"),
        "incidents" => Some("incidents"),
        _ => None,
    }
}

/// The variable of that name.
pub(crate) fn variable(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|variable| variable.name == name)
}
