//! Cases as JSON texts, written in many ways, and tampered with.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value as Json, json};

/// Any value of a fact that a bundle declares, as JSON text.
fn own_value() -> BoxedStrategy<String> {
    let plain = select(
        &[
            "null",
            "true",
            "false",
            "0",
            "-12",
            "0.10",
            "-0",
            "123456789012345678901234567890.5",
            "\"\"",
            "\"unknown\"",
            "\"64.20 USD\"",
            "\"a \\\"quoted\\\" \\u00e9\\n text\"",
            "\"ключ\"",
        ][..],
    );
    let plain = plain.prop_map(str::to_owned);
    plain
        .prop_recursive(3, 12, 3, |inner| {
            let items = proptest::collection::vec(inner, 0..3);
            let list = items.clone().prop_map(|items| format!("[{}]", items.join(", ")));
            let map = items.prop_map(|items| {
                let entries = items.iter().enumerate().map(|(at, item)| format!("\"{}\": {item}", ["b", "a", "ö c"][at]));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            });
            prop_oneof![list, map]
        })
        .boxed()
}

/// The group of facts that a bundle declares, as JSON text.
pub(super) fn own_facts() -> impl Strategy<Value = String> {
    proptest::collection::btree_map(select(&["plan", "a", "visits", "x y"][..]), own_value(), 0..4).prop_map(|facts| {
        let entries = facts.iter().map(|(name, value)| format!("\"{name}\": {value}"));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
    })
}

/// A token of a JSON text: a string, a mark, or a run of anything else.
fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let mut escaped = false;
                let close = rest[1..].find(|c| {
                    let closes = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    closes
                });
                close.map_or(rest.len(), |at| at + 2)
            }
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            c if c.is_whitespace() => c.len_utf8(),
            _ => rest.find(|c: char| "{}[],:\"".contains(c) || c.is_whitespace()).unwrap_or(rest.len()),
        };
        found.push(rest[..length].to_owned());
        rest = &rest[length..];
    }
    found.retain(|token| !token.trim().is_empty());
    found
}

/// The case as JSON text with its money in one text or in two, its groups in any order, and white space of that kind.
pub(super) fn written(facts: &Json, short: bool, turn: usize, space: &str, own: &[(&str, String)]) -> String {
    fn value(json: &Json, short: bool) -> String {
        match json {
            Json::Object(map) => match (map.get("amount"), map.get("currency")) {
                (Some(Json::String(amount)), Some(Json::String(currency))) if short => format!("\"{amount} {currency}\""),
                _ => {
                    let entries = map.iter().map(|(name, inner)| format!("{}:{}", json!(name), value(inner, short)));
                    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
                }
            },
            Json::Array(items) => format!("[{}]", items.iter().map(|item| value(item, short)).collect::<Vec<_>>().join(",")),
            other => other.to_string(),
        }
    }
    let Json::Object(groups) = facts else { panic!("a case is a mapping") };
    let mut entries: Vec<String> = groups.iter().map(|(name, group)| format!("\"{name}\":{}", value(group, short))).collect();
    entries.extend(own.iter().map(|(name, facts)| format!("\"{name}\":{facts}")));
    let turn = turn % entries.len().max(1);
    entries.rotate_left(turn);
    let text = format!("{{{}}}", entries.join(","));
    let spaced: Vec<String> = tokens(&text).into_iter().map(|token| format!("{space}{token}")).collect();
    spaced.concat()
}

/// What a token may become.
const TOKENS: [&str; 70] = [
    "null",
    "\"unknown\"",
    "\"\\u0075nknown\"",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-3",
    "12.0",
    "1.5",
    "0.5",
    "1e3",
    "00",
    "01",
    "+1",
    ".5",
    "5.",
    "-",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "12345678901234567890123456789",
    "0.12345678901234567890123456789",
    "\"1\"",
    "\"0.5\"",
    "\"0.50000000000000000000000000000000\"",
    "\"1.01\"",
    "\"-1\"",
    "\"\"",
    "\"x\"",
    "\"x\\ty\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\x\"",
    "\"a\nb\"",
    "\"64.20 USD\"",
    "\" 64.20\\tUSD \"",
    "\"64.20\u{a0}USD\"",
    "\"-1 USD\"",
    "\"64.20 usd\"",
    "\"USD\"",
    "{\"amount\":\"1.00\",\"currency\":\"EUR\"}",
    "{\"currency\":\"EUR\",\"amount\":\"1\"}",
    "{\"amount\":1,\"currency\":\"EUR\"}",
    "{\"amount\":\"1\"}",
    "{}",
    "[]",
    "[null]",
    "[\"unknown\"]",
    "\"2026-03-02\"",
    "\"2026-02-30\"",
    "\"2026-03-02T09:30:00Z\"",
    "\"2026-03-02T09:30:00.5-05:30\"",
    "\"2026-03-02T09:30:60Z\"",
    "\"2026-03-02t09:30:00z\"",
    "\"2026-03-02 09:30:00Z\"",
    "\"2026-03-02T09:30:00\"",
    "\"-009999-01-02T00:00:00Z\"",
    "\"BR-SP\"",
    "\"Asia/Tokyo\"",
    "\"EST5EDT\"",
    "\"Nowhere\"",
    "\"gold\"",
    "\"amount\"",
    "\"case_id\"",
    "\"received_at\"",
    "\"complaint\"",
    "\"attributes\"",
    "\"input\"",
];

/// What stands in no JSON, or in other places of it.
const NOISE: [&str; 22] = [
    "\u{feff}", "\u{a0}", "\u{b}", "\u{c}", "//x\n", "/**/", "#", "'", "\"", "\\", ",", ":", "{", "}", "[", "]", "é", "\u{0}",
    "\n", "\t", "\r", "x",
];

#[derive(Clone, Debug)]
pub(super) enum Change {
    /// A value becomes another.
    Value(Index, &'static str),
    /// A value becomes that of another fact which is as long, mostly of the same kind.
    Other(Index, Index),
    /// A key becomes another.
    Key(Index, &'static str),
    Insert(Index, &'static str),
    Remove(Index),
    /// A stretch of tokens stands again at another place, mostly an entry of a mapping.
    Repeat(Index, usize, Index),
}

pub(super) fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<Index>(), select(&["null", "\"unknown\""][..])).prop_map(|(at, token)| Change::Value(at, token)),
        6 => (any::<Index>(), select(&TOKENS[..])).prop_map(|(at, token)| Change::Value(at, token)),
        6 => (any::<Index>(), any::<Index>()).prop_map(|(at, from)| Change::Other(at, from)),
        1 => (any::<Index>(), select(&TOKENS[..])).prop_map(|(at, token)| Change::Key(at, token)),
        1 => (any::<Index>(), select(&NOISE[..])).prop_map(|(at, noise)| Change::Insert(at, noise)),
        1 => any::<Index>().prop_map(Change::Remove),
        1 => (any::<Index>(), 1..6usize, any::<Index>()).prop_map(|(from, count, to)| Change::Repeat(from, count, to)),
    ]
}

pub(super) fn changed(text: &str, changes: &[Change]) -> String {
    let mut tokens = tokens(text);
    for change in changes {
        let is_key = |at: &usize| tokens.get(at + 1).is_some_and(|next| next == ":");
        let is_plain = |at: &usize| !"{}[],:".contains(tokens[*at].as_str());
        let (keys, values): (Vec<usize>, Vec<usize>) = (0..tokens.len()).filter(is_plain).partition(is_key);
        match change {
            Change::Value(at, new) if !values.is_empty() => (*new).clone_into(&mut tokens[*at.get(&values)]),
            Change::Other(at, from) if !values.is_empty() => {
                let at = *at.get(&values);
                let alike: Vec<usize> = values.iter().copied().filter(|each| tokens[*each].len() == tokens[at].len()).collect();
                let other = tokens[*from.get(&alike)].clone();
                tokens[at] = other;
            }
            Change::Key(at, new) if !keys.is_empty() => (*new).clone_into(&mut tokens[*at.get(&keys)]),
            Change::Insert(at, noise) => tokens.insert(at.index(tokens.len() + 1), (*noise).to_owned()),
            Change::Remove(at) if !tokens.is_empty() => drop(tokens.remove(at.index(tokens.len()))),
            Change::Repeat(from, count, to) if !tokens.is_empty() => {
                let from = from.index(tokens.len());
                let copy = tokens[from..(from + count).min(tokens.len())].to_vec();
                let to = to.index(tokens.len() + 1);
                tokens.splice(to..to, copy);
            }
            // There is nothing that could be changed.
            _ => {}
        }
    }
    tokens.concat()
}
