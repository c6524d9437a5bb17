//! Cells in YAML.

use super::*;
use crate::text::{Diagnostics, Source, yaml};

#[test]
fn yaml_wants_the_words() {
    let shown = lines(
        Dialect::Yaml,
        &[
            (
                "integer",
                &[
                    "at least 100",
                    ">= 100",
                    "!= 5",
                    "10..50",
                    "[10..50)",
                    "(10..50]",
                    "-",
                    "",
                    "1, 2",
                    "not (1, 2)",
                    "> x",
                    "at least 10 and under 50",
                ],
            ),
            ("text", &["Smith, John", "\"at least 5\"", "at least 5", "missing", "Missing", "> 5", "!= a"]),
            ("tier", &["!= gold", "gold, silver", "any"]),
            ("date", &[">= 2026-01-01"]),
        ],
    );
    insta::assert_snapshot!(shown, @r#"
    integer
      at least 100 -> at least 100
      >= 100 -> R0305 at `>= 100`: `>= 100` is written in words in YAML
        help: write `at least 100`
      != 5 -> R0305 at `!= 5`: `!= 5` is written in words in YAML
        help: write `not 5`
      10..50 -> R0305 at `10..50`: `10..50` is written in words in YAML
        help: write `10 to 50`
      [10..50) -> R0305 at `[10..50)`: `[10..50)` is written in words in YAML
        help: write `at least 10 and under 50`
      (10..50] -> R0305 at `(10..50]`: `(10..50]` is written in words in YAML
        help: write `over 10 and at most 50`
      - -> R0305 at `-`: `-` stands for any value in tables only
        help: write `any`
       -> R0301 at ``: the cell is empty
        help: write `any` where every value will do, or leave the key out
      1, 2 -> R0301 at `1, 2`: several values in one text
        help: alternatives are a list in YAML: `[1, 2]`
      not (1, 2) -> not (1, 2)
      > x -> R0305 at `> x`: `> x` is written in words in YAML
        help: write `at least`, `over`, `at most`, `under`, `not`, or `10 to 50`
      at least 10 and under 50 -> at least 10 and under 50
    text
      Smith, John -> "Smith, John"
      "at least 5" -> "at least 5"
      at least 5 -> R0304 at `at least 5`: `at least` compares by order, and the column has none: it holds text
        help: to take the text as it stands, write `'"at least 5"'`
      missing -> missing
      Missing -> R0301 at `Missing`: `Missing` is not in small letters
        help: write `missing`, or `'"Missing"'` for the word itself
      > 5 -> R0304 at `> 5`: `>` compares by order, and the column has none: it holds text
        help: to take the text as it stands, write `'"> 5"'`
      != a -> R0305 at `!= a`: `!= a` is written in words in YAML
        help: write `not a`
    tier
      != gold -> R0305 at `!= gold`: `!= gold` is written in words in YAML
        help: write `not gold`
      gold, silver -> R0301 at `gold, silver`: several values in one text
        help: alternatives are a list in YAML: `[gold, silver]`
      any -> any
    date
      >= 2026-01-01 -> R0305 at `>= 2026-01-01`: `>= 2026-01-01` is written in words in YAML
        help: write `on or after 2026-01-01`
    "#);
}

#[test]
fn yaml_nodes_are_read_whole() {
    let text = "\
a: [gold, silver, missing]
b: {not: [gold, silver]}
c: 'gold'
d: '\"gold\"'
e: {not: gold}
f: [gold, {not: [silver]}]
g: [goldd, [silver], '', any]
h: {nott: gold}
i: {not: [gold, not silver]}
j: []
k:
l: [standard, silver, gold]
m: {not: [standard, silver, gold]}
n: \"goldd\"
o: {not: []}
p: [any]
q: {not: [goldd, silverr]}
r: {a: 1, b: 2}
s: 'not goldd'
t: [unknown]
u: [gold, silver]
v: not goldd
w: not
  goldd
x: \"not \\u0067oldd\"
";
    let source = Source::new("rules.yaml", text);
    let mut out = Diagnostics::new();
    let tree = yaml::parse(&source, &mut out).unwrap();
    assert!(out.is_empty(), "{out:?}");
    let mut shown = String::new();
    for entry in tree.as_map().unwrap() {
        let mut out = Diagnostics::new();
        let cell = Cell::parse_node(&entry.value, &source, &kind("tier"), &Params, &mut out);
        if let Some(cell) = cell {
            shown += &format!("{}: {cell}\n", entry.key.text);
        }
        for found in &out {
            let place = found.place.as_ref().unwrap();
            shown += &format!("{}: {} {place} `{}` {}\n", entry.key.text, found.code, source.slice(place.span), found.message);
            if let Some(help) = &found.help {
                shown += &format!("    help: {help}\n");
            }
        }
    }
    insta::assert_snapshot!(shown, @r#"
    a: gold, silver, missing
    b: not (gold, silver)
    c: gold
    d: gold
    e: not gold
    f: R0301 rules.yaml:6:4 `[gold, {not: [silver]}]` `gold` adds nothing beside `not silver`: alternatives are joined by *or*
        help: for none of them write `not (silver, gold)`
    g: R0103 rules.yaml:7:5 `goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    g: R0301 rules.yaml:7:12 `[silver]` a list inside the list of a cell
        help: each item of the list is a text: a value, `at least 5`, `missing`
    g: R0301 rules.yaml:7:22 `''` an empty item
        help: for an empty text write `'""'`
    g: R0303 rules.yaml:7:26 `any` `any` among others: the cell always holds
        help: write `any` alone, or leave it out
    h: R0201 rules.yaml:8:5 `nott` unknown key `nott` in a cell
        help: did you mean `not`?
    i: R0301 rules.yaml:9:17 `not silver` a `not` inside a `not`
        help: leave both out
    j: R0302 rules.yaml:10:4 `[]` a list without alternatives never holds
        help: name the values, or write `any`
    k: R0301 rules.yaml:11:3 `` nothing stands behind the key
        help: write `any` where every value will do, or leave the key out
    l: R0303 rules.yaml:12:4 `[standard, silver, gold]` the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
    m: R0302 rules.yaml:13:4 `{not: [standard, silver, gold]}` `not (standard, silver, gold)` never holds: it leaves no value
        help: widen it until a value lies in it: `[5..6]`, `at least 5`; or take the rule away
    n: R0103 rules.yaml:14:5 `goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    o: R0303 rules.yaml:15:10 `[]` a `not` of nothing holds for every known value
    p: R0303 rules.yaml:16:5 `any` a list with `any` alone
        help: write `any` without brackets
    q: R0103 rules.yaml:17:11 `goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    q: R0103 rules.yaml:17:18 `silverr` `silverr` is not one of standard, silver, gold
        help: did you mean `silver`?
    r: R0301 rules.yaml:18:4 `{a: 1, b: 2}` a cell is a text, a list or `{not: [...]}`, not a mapping
        help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`
    s: R0103 rules.yaml:19:9 `goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    t: unknown
    u: gold, silver
    v: R0103 rules.yaml:22:8 `goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    w: R0103 rules.yaml:23:4 `not
      goldd` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    x: R0103 rules.yaml:25:4 `"not \u0067oldd"` `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
    "#);
}
