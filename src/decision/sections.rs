//! Which section of a decision takes which outputs of the decision that bears its name.
//!
//! Checked when a bundle is loaded, used when a decision is put together, printed by `redress schema decision`.

/// What an output of a section has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// An amount of money.
    Money,
    /// A list of money.
    MoneyList,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// True or false.
    Boolean,
    /// A name: an enum or text.
    Name,
    /// One of these names, and no other.
    OneOf(&'static [&'static str]),
    /// A day.
    Date,
    /// A day or an instant.
    Moment,
}

/// How many results a section takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One.
    Single,
    /// One for each item of a list.
    ForEach,
    /// Any number.
    Collect,
}

/// One section.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The decision that fills it.
    pub decision: &'static str,
    /// How many results it takes.
    pub shape: Shape,
    /// Outputs that the decision has to declare.
    pub outputs: &'static [(&'static str, Wanted)],
    /// Outputs that it may declare and that the section then shows.
    pub optional: &'static [(&'static str, Wanted)],
    /// Is it money that we owe, as against money that we give?
    pub owed: bool,
}

/// The outcomes that a case can have.
pub const OUTCOMES: [&str; 5] = ["uphold", "partly_uphold", "reject", "provisional", "concede_by_deadline"];
/// What can be proposed for a relationship.
pub const RELATIONSHIP_ACTIONS: [&str; 6] = ["keep", "retain", "watch", "expectation_notice", "managed_exit", "exit_blocked"];
/// What has to stop while a case is open.
pub const HOLDS: [&str; 5] = ["collection", "late_fees", "credit_reporting", "service_suspension", "auto_collection"];

const MONEY: &[(&str, Wanted)] = &[("amount", Wanted::Money)];

/// Every section, in the order in which a decision shows them.
pub const SECTIONS: &[Section] = &[
    Section {
        decision: "outcome",
        shape: Shape::Single,
        outputs: &[("value", Wanted::OneOf(&OUTCOMES))],
        optional: &[],
        owed: false,
    },
    Section {
        decision: "correction",
        shape: Shape::Single,
        outputs: &[("amount", Wanted::Money), ("instrument", Wanted::Name)],
        optional: &[],
        owed: true,
    },
    Section { decision: "related_charges", shape: Shape::Single, outputs: MONEY, optional: &[], owed: true },
    Section {
        decision: "statutory_redress",
        shape: Shape::Single,
        outputs: &[("amount", Wanted::Money), ("multiple", Wanted::Decimal), ("basis", Wanted::Name)],
        optional: &[],
        owed: true,
    },
    Section { decision: "interest", shape: Shape::Single, outputs: MONEY, optional: &[("basis", Wanted::Name)], owed: true },
    Section {
        decision: "penalties",
        shape: Shape::ForEach,
        outputs: &[("approved", Wanted::Money), ("refused", Wanted::Money)],
        optional: &[],
        owed: true,
    },
    Section {
        decision: "goodwill",
        shape: Shape::Single,
        outputs: &[("amount", Wanted::Money), ("kind", Wanted::Name), ("instrument", Wanted::Name)],
        optional: &[],
        owed: false,
    },
    Section { decision: "provisional_credit", shape: Shape::Single, outputs: MONEY, optional: &[], owed: false },
    Section {
        decision: "totals",
        shape: Shape::Single,
        outputs: &[("owed", Wanted::Money), ("discretionary", Wanted::Money), ("credit", Wanted::Money)],
        optional: &[],
        owed: false,
    },
    Section {
        decision: "terms",
        shape: Shape::Single,
        outputs: &[("payment_plan", Wanted::MoneyList), ("due_date_extension_days", Wanted::Integer)],
        optional: &[("fees_waived", Wanted::Boolean)],
        owed: false,
    },
    Section {
        decision: "holds",
        shape: Shape::Single,
        outputs: &[
            ("collection", Wanted::Boolean),
            ("late_fees", Wanted::Boolean),
            ("credit_reporting", Wanted::Boolean),
            ("service_suspension", Wanted::Boolean),
            ("auto_collection", Wanted::Boolean),
        ],
        optional: &[],
        owed: false,
    },
    Section {
        decision: "approval",
        shape: Shape::Single,
        outputs: &[("required_role", Wanted::Name)],
        optional: &[("second_person", Wanted::Boolean)],
        owed: false,
    },
    Section {
        decision: "escalation",
        shape: Shape::Single,
        outputs: &[("level", Wanted::Integer), ("target", Wanted::Name), ("trigger", Wanted::Name)],
        optional: &[],
        owed: false,
    },
    Section {
        decision: "relationship",
        shape: Shape::Single,
        outputs: &[("action", Wanted::OneOf(&RELATIONSHIP_ACTIONS)), ("earliest_exit_on", Wanted::Date)],
        optional: &[],
        owed: false,
    },
    Section {
        decision: "plan",
        shape: Shape::Collect,
        outputs: &[("step", Wanted::Name), ("owner", Wanted::Name), ("due_at", Wanted::Moment)],
        optional: &[("done_when", Wanted::Name)],
        owed: false,
    },
    Section { decision: "letters", shape: Shape::Collect, outputs: &[("kind", Wanted::Name)], optional: &[], owed: false },
    Section {
        decision: "prevention",
        shape: Shape::Single,
        outputs: &[
            ("root_cause", Wanted::Name),
            ("corrective_action", Wanted::Name),
            ("verify_on", Wanted::Date),
            ("look_back_accounts", Wanted::Integer),
            ("look_back_total", Wanted::Money),
        ],
        optional: &[("owner", Wanted::Name), ("due_on", Wanted::Date), ("look_back_action", Wanted::Name)],
        owed: false,
    },
];

/// The section that a decision of this name fills.
#[must_use]
pub fn section(decision: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.decision == decision)
}

impl Wanted {
    /// In words for a message.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Money => "money".to_owned(),
            Self::MoneyList => "a list of money".to_owned(),
            Self::Integer => "an integer".to_owned(),
            Self::Decimal => "a decimal".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Name => "an enum or text".to_owned(),
            Self::OneOf(names) => format!("an enum of {}", names.join(", ")),
            Self::Date => "a date".to_owned(),
            Self::Moment => "a date or a datetime".to_owned(),
        }
    }
}
