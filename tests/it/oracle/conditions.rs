//! Conditions of every form on facts of every type, as YAML and as tables have them.

/// A form of a condition: its name, how YAML writes it, how a table does.
pub(super) type Form = (&'static str, &'static str, &'static str);

/// A fact, its type, and the forms that its type knows.
pub(super) type Column = (&'static str, &'static str, &'static [Form]);

const MISSING: Form = ("missing", "missing", "missing");
const PRESENT: Form = ("present", "present", "present");
const UNKNOWN: Form = ("unknown", "unknown", "unknown");
const ANY: Form = ("any", "any", "-");
const EMPTY: Form = ("empty", "empty", "empty");

/// What rules look at.
pub(super) const COLUMNS: [Column; 20] = [
    (
        "input.n",
        "integer",
        &[
            ("value", "5", "5"),
            ("several", "[1, 5, 12]", "1, 5, 12"),
            ("at least", "at least 3", ">= 3"),
            ("over", "over 3", "> 3"),
            ("at most", "at most 5", "<= 5"),
            ("under", "under 5", "< 5"),
            ("interval", "3 to 7", "3 to 7"),
            ("open interval", "[3 to 4, 5 to 6]", "(2..12)"),
            ("not", "not 5", "!= 5"),
            ("not several", "{not: [1, 5]}", "not (1, 5)"),
            ("value or missing", "[5, missing]", "5, missing"),
            ("value or unknown", "[5, unknown]", "5, unknown"),
            ("parameter", "over params.count", "> params.count"),
            MISSING,
            PRESENT,
            UNKNOWN,
            ANY,
        ],
    ),
    (
        "input.x",
        "decimal",
        &[
            ("value", "0.25", "0.25"),
            ("at least", "at least 0.25", ">= 0.25"),
            ("over", "over 0.25", "> 0.25"),
            ("at most", "at most 1.5", "<= 1.5"),
            ("under", "under 1.5", "< 1.5"),
            ("interval", "0.1 to 1.5", "[0.1..1.5]"),
            ("not", "not 1.5", "!= 1.5"),
            ("parameter", "at most params.share", "<= params.share"),
            ("value or missing", "[0.25, missing]", "0.25, missing"),
            UNKNOWN,
        ],
    ),
    (
        "input.sum",
        "money",
        &[
            ("value", "5.00", "5.00"),
            ("in a currency", "at least 5.00 USD", ">= 5.00 USD"),
            ("at least", "at least 5.00", ">= 5.00"),
            ("over", "over 5.00", "> 5.00"),
            ("at most", "at most 20.00", "<= 20.00"),
            ("under", "under 20.00", "< 20.00"),
            ("interval", "5.00 to 20.00", "[5.00..20.00]"),
            ("not", "not 20.00", "!= 20.00"),
            ("parameter", "at most params.step", "<= params.step"),
            ("parameter over time", "at most params.cap", "<= params.cap"),
            MISSING,
            PRESENT,
            UNKNOWN,
        ],
    ),
    (
        "input.level",
        "ordered names",
        &[
            ("value", "middle", "middle"),
            ("several", "[low, high]", "low, high"),
            ("at least", "at least middle", ">= middle"),
            ("over", "over low", "> low"),
            ("at most", "at most middle", "<= middle"),
            ("under", "under high", "< high"),
            ("interval", "low to middle", "low to middle"),
            ("not", "not low", "!= low"),
            ("value or unknown", "[high, unknown]", "high, unknown"),
        ],
    ),
    (
        "input.tint",
        "names",
        &[
            ("value", "red", "red"),
            ("several", "[red, blue]", "red, blue"),
            ("not", "not red", "!= red"),
            ("not several", "{not: [red, blue]}", "not (red, blue)"),
            ("value or missing", "[green, missing]", "green, missing"),
            MISSING,
            PRESENT,
            UNKNOWN,
        ],
    ),
    (
        "input.word",
        "text",
        &[
            ("value", "ant", "ant"),
            ("several", "[ant, bee]", "ant, bee"),
            ("not", "not ant", "!= ant"),
            ("not several", "{not: [ant, bee]}", "not (ant, bee)"),
            ("quoted", "'\"at least 5\"'", "\"at least 5\""),
            MISSING,
            PRESENT,
            UNKNOWN,
        ],
    ),
    (
        "input.yes",
        "boolean",
        &[
            ("value", "true", "true"),
            ("not", "not true", "!= true"),
            ("value or unknown", "[false, unknown]", "false, unknown"),
            MISSING,
        ],
    ),
    (
        "input.day",
        "date",
        &[
            ("value", "2026-03-02", "2026-03-02"),
            ("before", "before 2026-03-02", "< 2026-03-02"),
            ("after", "after 2026-02-01", "> 2026-02-01"),
            ("on or after", "on or after 2026-03-02", ">= 2026-03-02"),
            ("on or before", "on or before 2026-03-02", "<= 2026-03-02"),
            ("interval", "2026-01-01 to 2026-03-31", "[2026-01-01..2026-03-31]"),
            ("not", "not 2026-03-02", "!= 2026-03-02"),
            MISSING,
            UNKNOWN,
        ],
    ),
    (
        "input.moment",
        "instant",
        &[
            ("before", "before 2026-03-02T12:00:00Z", "< 2026-03-02T12:00:00Z"),
            ("on or after", "on or after 2026-03-02T12:00:00Z", ">= 2026-03-02T12:00:00Z"),
            ("value", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"),
            PRESENT,
        ],
    ),
    (
        "input.span",
        "duration",
        &[
            ("value", "2 days", "2 days"),
            ("at least", "at least 2 days", ">= 2 days"),
            ("under", "under 48 hours", "< 48 hours"),
            ("interval", "1 day to 1 week", "1 day to 1 week"),
            MISSING,
        ],
    ),
    (
        "input.place",
        "place",
        &[
            ("value", "US-VA", "US-VA"),
            ("country", "US", "US"),
            ("union", "EU", "EU"),
            ("several", "[GB, ES]", "GB, ES"),
            ("not", "not US", "!= US"),
            MISSING,
        ],
    ),
    (
        "input.numbers",
        "list of numbers",
        &[
            ("item", "3", "3"),
            ("at least", "at least 5", ">= 5"),
            ("not", "not 2", "!= 2"),
            ("several", "[2, 9]", "2, 9"),
            EMPTY,
            PRESENT,
            MISSING,
            UNKNOWN,
        ],
    ),
    ("input.words", "list of texts", &[("item", "ant", "ant"), ("not", "not bee", "!= bee"), EMPTY]),
    (
        "input.levels",
        "list of names",
        &[("item", "high", "high"), ("at least", "at least middle", ">= middle"), ("not", "not low", "!= low")],
    ),
    ("input.sums", "list of money", &[("over", "over 5.00", "> 5.00"), EMPTY]),
    ("input.days", "list of dates", &[("before", "before 2026-03-02", "< 2026-03-02"), ("item", "2026-03-02", "2026-03-02")]),
    ("twice", "derived number", &[("over", "over 6", "> 6"), ("at most", "at most 6", "<= 6"), ("value", "10", "10"), MISSING]),
    (
        "more",
        "derived amount",
        &[("at least", "at least 6.00", ">= 6.00"), ("under", "under 6.00", "< 6.00"), ("not", "not 5.333", "!= 5.333")],
    ),
    ("third", "derived quotient", &[("over", "over 0.2", "> 0.2"), ("at most", "at most 0.2", "<= 0.2"), UNKNOWN]),
    ("params.count", "parameter", &[("at least", "at least 4", ">= 4"), ("value", "3", "3")]),
];

/// What rules look at that decide items one by one.
pub(super) const OF_ITEMS: [Column; 3] = [
    ("charge.kind", "names of an item", &[("value", "late_fee", "late_fee"), ("not", "not late_fee", "!= late_fee"), MISSING]),
    ("charge.evidence", "ordered names of an item", &[("at least", "at least receipt", ">= receipt"), UNKNOWN]),
    ("charge.amount", "money of an item", &[("over", "over 5.00", "> 5.00"), ("at most", "at most 5.00", "<= 5.00")]),
];

/// Conditions of which one at most holds: by these the rules of a `unique` decision keep apart.
pub(super) const APART: [(&str, [&str; 3]); 5] = [
    ("input.n", ["under 3", "3 to 7", "over 7"]),
    ("input.level", ["low", "middle", "high"]),
    ("input.place", ["US", "EU", "GB"]),
    ("input.sum", ["at most 5.00", "5.01 to 20.00", "over 20.00"]),
    ("input.day", ["before 2026-03-02", "2026-03-02", "after 2026-03-02"]),
];

/// Values of each fact, as a case writes them.
pub(super) const VALUES: [(&str, &[&str]); 16] = [
    ("input.n", &["1", "3", "5", "12", "-4"]),
    ("input.x", &["0.25", "1.5", "0.1", "1", "-3.125", "0.0000000000000000000000001"]),
    ("input.sum", &["5.00 USD", "5.00 EUR", "12.345 USD", "20.00 USD", "7.50 EUR", "1000 JPY", "3.125 BHD", "-2.00 USD"]),
    ("input.level", &["low", "middle", "high"]),
    ("input.tint", &["red", "green", "blue"]),
    ("input.word", &["ant", "bee", "\"at least 5\""]),
    ("input.yes", &["true", "false"]),
    ("input.day", &["2026-03-02", "2026-01-15", "2024-02-29"]),
    ("input.moment", &["2026-03-02T12:00:00Z", "2026-03-01T09:00:00-05:00"]),
    ("input.span", &["2 days", "1 hour", "3 weeks"]),
    ("input.place", &["US", "US-VA", "ES", "GB"]),
    ("input.numbers", &["[]", "[3]", "[2, 9]"]),
    ("input.words", &["[]", "[ant]", "[bee, cat]"]),
    ("input.levels", &["[low]", "[middle, high]", "[]"]),
    ("input.sums", &["[]", "[6.00 USD, 1.00 USD]", "[2.00 EUR]"]),
    ("input.days", &["[2026-03-02]", "[2026-01-01, 2026-05-01]"]),
];
