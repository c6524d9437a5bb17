//! Every line is what serde writes, of texts and of every kind of datum that serde knows.

use super::json_line;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::{Number, Value};
use std::collections::BTreeMap;
use std::fmt;

/// The line of a value, which serde writes too.
fn told(value: &(impl Serialize + ?Sized)) -> String {
    let line = json_line(value, 0).unwrap();
    assert_eq!(line, serde_json::to_string(value).unwrap());
    line
}

#[test]
fn texts_are_escaped() {
    let texts = [
        "",
        "a",
        "seven b",
        "eight by",
        "a text of more than two words that nothing in it interrupts",
        "\"",
        "say \"no\"",
        "`C:\\bills\\2026`",
        "/ and ' are themselves",
        "line\nline\r\nline\ttab",
        "a bell \u{7} in a longer text, and another \u{1b}",
        "reembolso até 5 €, sim",
        "„ja“ 😀😀 \"nein\" 😀",
    ];
    insta::assert_snapshot!(texts.map(told).join("\n"), @r#"
    ""
    "a"
    "seven b"
    "eight by"
    "a text of more than two words that nothing in it interrupts"
    "\""
    "say \"no\""
    "`C:\\bills\\2026`"
    "/ and ' are themselves"
    "line\nline\r\nline\ttab"
    "a bell \u0007 in a longer text, and another \u001b"
    "reembolso até 5 €, sim"
    "„ja“ 😀😀 \"nein\" 😀"
    "#);
    let controls: String = (0..0x20).map(char::from).collect();
    insta::assert_snapshot!(told(&controls), @r#""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#);
}

/// Whatever stands around it: a text is copied in words of eight bytes, and its end in words that overlap.
#[test]
fn what_is_escaped_is_found_at_every_place() {
    for middle in [
        "\"", "\\", "\n", "\u{0}", "\u{1f}", " ", "!", "#", "[", "]", "\u{7f}", "\u{2028}", "\u{feff}", "é", "€", "😀", "\"\"",
        "\"!", "\u{1f} ",
    ] {
        for (before, behind) in (0..20).flat_map(|before| (0..20).map(move |behind| (before, behind))) {
            told(&format!("{}{middle}{}", "x".repeat(before), "y".repeat(behind)));
            told(&format!("{}{middle}{}", "ß".repeat(before), " ".repeat(behind)));
        }
    }
    for (one, other) in (0..0x80_u8).flat_map(|one| (0..0x80).map(move |other| (one, other))) {
        let (one, other) = (char::from(one), char::from(other));
        told(&format!("{one}{other}"));
        told(&format!("in {one}{other} a word"));
    }
}

#[derive(serde::Serialize)]
struct Everything<'a> {
    flags: (bool, bool),
    small: (i8, i16, i32, u8, u16, u32),
    large: (i64, u64, i128, u128),
    least: (i8, i64, i128),
    #[serde(rename = "a \"name\" with quotes")]
    fractions: (f32, f64, f64, f64, f64),
    #[serde(serialize_with = "bytes")]
    bytes: &'a [u8],
    letters: [char; 4],
    nothing: Option<u8>,
    something: Option<&'a str>,
    unit: (),
    unit_struct: Unit,
    newtype: Newtype<'a>,
    tuple: Tuple,
    empty: Empty,
    lists: (Vec<u8>, Vec<Vec<u8>>, [u8; 0]),
    variants: [Variant<'a>; 6],
    mapping: BTreeMap<&'a str, Value>,
    no_mapping: BTreeMap<&'a str, Value>,
    pieces: Pieces<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<u8>,
    #[serde(flatten)]
    more: BTreeMap<&'a str, &'a str>,
}

#[derive(serde::Serialize)]
struct Unit;

#[derive(serde::Serialize)]
struct Newtype<'a>(&'a str);

#[derive(serde::Serialize)]
struct Tuple(u8, &'static str);

#[derive(serde::Serialize)]
struct Empty {}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Variant<'a> {
    Nothing,
    One(&'a str),
    Two(u8, bool),
    NoItems(),
    Names { one: u8, two: Option<u8> },
    NoNames {},
}

/// Written piece by piece.
struct Pieces<'a>(&'a [&'a str]);

impl fmt::Display for Pieces<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| out.write_str(piece))
    }
}

impl Serialize for Pieces<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

fn bytes<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
    out.serialize_bytes(bytes)
}

#[test]
fn every_kind_of_datum_is_written() {
    let everything = Everything {
        flags: (true, false),
        small: (-1, 2, -3, 4, 5, 6),
        large: (i64::MAX, u64::MAX, i128::MAX, u128::MAX),
        least: (i8::MIN, i64::MIN, i128::MIN),
        fractions: (0.1, 1.0, -1e300, f64::NAN, f64::INFINITY),
        bytes: b"\0A\xff",
        letters: ['a', '"', '\n', '€'],
        nothing: None,
        something: Some("here"),
        unit: (),
        unit_struct: Unit,
        newtype: Newtype("inside"),
        tuple: Tuple(7, "two"),
        empty: Empty {},
        lists: (vec![], vec![vec![], vec![1], vec![2, 3]], []),
        variants: [
            Variant::Nothing,
            Variant::One("it"),
            Variant::Two(1, true),
            Variant::NoItems(),
            Variant::Names { one: 1, two: None },
            Variant::NoNames {},
        ],
        mapping: BTreeMap::from([("", Value::Null), ("say \"no\"", 1.into())]),
        no_mapping: BTreeMap::new(),
        pieces: Pieces(&["", "one ", "\"two\"", "\n", "three"]),
        left_out: None,
        more: BTreeMap::from([("last", "of all")]),
    };
    insta::assert_snapshot!(told(&everything).replace(",\"", ",\n\""), @r#"
    {"flags":[true,false],
    "small":[-1,2,-3,4,5,6],
    "large":[9223372036854775807,18446744073709551615,170141183460469231731687303715884105727,340282366920938463463374607431768211455],
    "least":[-128,-9223372036854775808,-170141183460469231731687303715884105728],
    "a \"name\" with quotes":[0.1,1.0,-1e+300,null,null],
    "bytes":[0,65,255],
    "letters":["a",
    "\"",
    "\n",
    "€"],
    "nothing":null,
    "something":"here",
    "unit":null,
    "unit_struct":null,
    "newtype":"inside",
    "tuple":[7,
    "two"],
    "empty":{},
    "lists":[[],[[],[1],[2,3]],[]],
    "variants":["nothing",{"one":"it"},{"two":[1,true]},{"no_items":[]},{"names":{"one":1,
    "two":null}},{"no_names":{}}],
    "mapping":{"":null,
    "say \"no\"":1},
    "no_mapping":{},
    "pieces":"one \"two\"\nthree",
    "last":"of all"}
    "#);
}

/// A mapping of any keys.
struct Pairs<K>(Vec<K>);

impl<K: Serialize> Serialize for Pairs<K> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        for (value, key) in self.0.iter().enumerate() {
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}

#[test]
fn keys_are_texts_or_become_such() {
    let keys = [
        told(&Pairs(vec!["a", "\"b\"", ""])),
        told(&Pairs(vec![0_i64, -1, i64::MIN])),
        told(&Pairs(vec![u128::MAX])),
        told(&Pairs(vec![true, false])),
        told(&Pairs(vec!['c', '"', '0'])),
        told(&Pairs(vec![1.5, -0.0])),
        told(&Pairs(vec![1.5_f32])),
        told(&Pairs(vec![Variant::Nothing])),
        told(&Pairs(vec![Some(Newtype("inside"))])),
        told(&Pairs(vec![Pieces(&["two", " pieces"])])),
    ];
    insta::assert_snapshot!(keys.join("\n"), @r#"
    {"a":0,"\"b\"":1,"":2}
    {"0":0,"-1":1,"-9223372036854775808":2}
    {"340282366920938463463374607431768211455":0}
    {"true":0,"false":1}
    {"c":0,"\"":1,"0":2}
    {"1.5":0,"-0.0":1}
    {"1.5":0}
    {"nothing":0}
    {"inside":0}
    {"two pieces":0}
    "#);
}

#[test]
fn other_keys_cannot_be_written() {
    fn refused(key: impl Serialize) {
        let pairs = Pairs(vec![key]);
        assert_eq!(json_line(&pairs, 0).unwrap_err().to_string(), "a key has to be a text");
        assert!(serde_json::to_string(&pairs).is_err());
    }
    refused(None::<&str>);
    refused(());
    refused(Unit);
    refused([1, 2]);
    refused(f64::NAN);
    refused(f32::INFINITY);
    refused(Tuple(1, "a"));
    refused(Empty {});
    refused(BTreeMap::from([("a", 1)]));
    refused(Variant::One("a"));
    refused(Variant::Two(1, true));
    refused(Variant::Names { one: 1, two: None });
}

#[test]
fn a_value_may_refuse_to_be_written() {
    struct Stubborn;
    impl Serialize for Stubborn {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("not me"))
        }
    }
    assert_eq!(json_line(&[Stubborn], 0).unwrap_err().to_string(), "not me");
}

/// Texts of any characters, more often of those that are escaped.
fn text() -> impl Strategy<Value = String> {
    let character =
        prop_oneof![2 => any::<char>(), 1 => "[\\x00-\\x7f]".prop_map(|text| text.chars().next().unwrap()), 3 => Just('a')];
    vec(character, 0..40).prop_map(|characters| characters.into_iter().collect())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        text().prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            vec((text(), inner), 0..6).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_written_as_serde_writes_it(text in text()) {
        told(&text);
        let pieces: Vec<&str> = text.split_inclusive('a').collect();
        prop_assert_eq!(told(&Pieces(&pieces)), told(&text));
    }

    #[test]
    fn any_value_is_written_as_serde_writes_it(value in value()) {
        told(&value);
    }
}
