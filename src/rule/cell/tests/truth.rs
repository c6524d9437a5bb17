//! Which facts satisfy which cells.

use super::*;

#[test]
fn truth_of_every_kind_of_fact() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "tier",
            &[
                "any",
                "gold",
                "not gold",
                "missing",
                "present",
                "unknown",
                "gold, missing",
                "not unknown",
                "params.best",
                "not (gold, missing)",
            ],
            &["gold", "silver", "missing", "unknown"],
        ),
        (
            "list of tier",
            &["gold", "not gold", "empty", "present", "missing", "not empty", "gold, empty"],
            &["gold silver", "silver", "[]", "missing", "unknown"],
        ),
        (
            "money",
            &["at most 100", "at most params.small_claim.tolerance", "100 EUR", "not 100 EUR, missing"],
            &["90 USD", "100 EUR", "missing", "unknown"],
        ),
        ("place", &["US", "EU", "not US-VA"], &["US-VA", "US", "ES", "EU-ES", "unknown"]),
        ("severity", &["at least moderate", "trivial to minor"], &["minor", "severe", "missing"]),
        ("integer", &["at least 10 and under 50", "not (1, over 5)"], &["10", "50", "1", "2"]),
    ];
    let mut shown = String::new();
    for (word, cells, facts) in table {
        for text in *cells {
            let cell = Cell::parse_text(text, &kind(word), Dialect::Table, &Params).unwrap();
            let answers: Vec<String> = facts
                .iter()
                .map(|text| {
                    let fact = fact(word, text);
                    let judgement = match cell.judge(fact.view(), &Dollars) {
                        Ok(judgement) => format!("{judgement:?}").to_lowercase(),
                        Err(trouble) => trouble.to_string(),
                    };
                    if let (Ok(holds), true) = (cell.holds(&fact, &Dollars), judgement.len() < 5) {
                        assert_eq!(holds, judgement == "yes");
                    }
                    format!("{text}: {judgement}")
                })
                .collect();
            shown += &format!("{text}   {}\n", answers.join("; "));
        }
    }
    insta::assert_snapshot!(shown, @r"
    any   gold: yes; silver: yes; missing: yes; unknown: yes
    gold   gold: yes; silver: no; missing: open; unknown: open
    not gold   gold: no; silver: yes; missing: open; unknown: open
    missing   gold: no; silver: no; missing: yes; unknown: no
    present   gold: yes; silver: yes; missing: no; unknown: yes
    unknown   gold: no; silver: no; missing: no; unknown: yes
    gold, missing   gold: yes; silver: no; missing: yes; unknown: open
    not unknown   gold: yes; silver: yes; missing: no; unknown: no
    params.best   gold: yes; silver: no; missing: open; unknown: open
    not (gold, missing)   gold: no; silver: yes; missing: open; unknown: open
    gold   gold silver: yes; silver: no; []: no; missing: open; unknown: open
    not gold   gold silver: no; silver: yes; []: yes; missing: open; unknown: open
    empty   gold silver: no; silver: no; []: yes; missing: open; unknown: open
    present   gold silver: yes; silver: yes; []: no; missing: no; unknown: yes
    missing   gold silver: no; silver: no; []: no; missing: yes; unknown: no
    not empty   gold silver: yes; silver: yes; []: no; missing: open; unknown: open
    gold, empty   gold silver: yes; silver: no; []: yes; missing: open; unknown: open
    at most 100   90 USD: yes; 100 EUR: an amount in EUR meets an amount in USD; money never changes currency silently; missing: open; unknown: open
    at most params.small_claim.tolerance   90 USD: yes; 100 EUR: an amount in EUR meets an amount in USD; money never changes currency silently; missing: open; unknown: open
    100 EUR   90 USD: an amount in USD meets an amount in EUR; money never changes currency silently; 100 EUR: yes; missing: open; unknown: open
    not 100 EUR, missing   90 USD: an amount in USD meets an amount in EUR; money never changes currency silently; 100 EUR: no; missing: yes; unknown: open
    US   US-VA: yes; US: yes; ES: no; EU-ES: no; unknown: open
    EU   US-VA: no; US: no; ES: yes; EU-ES: yes; unknown: open
    not US-VA   US-VA: no; US: yes; ES: yes; EU-ES: yes; unknown: open
    at least moderate   minor: no; severe: yes; missing: open
    trivial to minor   minor: yes; severe: no; missing: open
    at least 10 and under 50   10: yes; 50: no; 1: no; 2: no
    not (1, over 5)   10: no; 50: no; 1: no; 2: yes
    ");
}

#[test]
fn a_refusal_says_what_was_asked() {
    let at_most = Cell::parse_text("<= 100", &Kind::Money, Dialect::Table, &Params).unwrap();
    let not_gold = Cell::parse_text("not gold", &kind("list of tier"), Dialect::Table, &Params).unwrap();
    let shown = [
        at_most.refusal("totals.credit", &fact("money", "120.00 USD")),
        at_most.refusal("totals.credit", &Fact::Missing),
        at_most.refusal("totals.credit", &Fact::Unknown),
        not_gold.refusal("customer.tiers", &fact("list of tier", "gold silver")),
        not_gold.refusal("customer.tiers", &fact("list of tier", "[]")),
    ];
    insta::assert_snapshot!(shown.join("\n"), @r"
    `totals.credit` is 120.00 USD, the rule asks for at most 100
    `totals.credit` is missing, the rule asks for at most 100
    `totals.credit` is unknown, the rule asks for at most 100
    `customer.tiers` is [gold, silver], the rule asks for not gold
    `customer.tiers` is empty, the rule asks for not gold
    ");
}
