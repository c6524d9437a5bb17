//! The two readers of JSON cases are one: the quick one gives the case that the thorough one gives, or leaves the text to it.

mod texts;

use crate::invariants::cases::{any_case, document};
use proptest::prelude::*;
use proptest::sample::select;
use redress::Case;
use redress::case::{CaseFormat, read_case, read_quickly, read_text, read_tree};
use redress::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_NODES_MAX, FACT_LIST_ITEMS_MAX, FACT_TEXT_BYTES_MAX};
use redress::text::{Diagnostics, Source, render_all};
use texts::{change, changed, own_facts, written};

fn source(text: &str) -> Source {
    Source::new("case.json", text)
}

/// The case with all that its comparison passes over: the offsets of instants.
fn whole(case: Case) -> (Case, String) {
    let text = serde_json::to_string(&case).unwrap();
    (case, text)
}

/// The quick reader takes the text, and both readers give the same.
fn check_taken(text: &str) -> Result<(), TestCaseError> {
    check_alone(text)?;
    let source = source(text);
    let tree = read_tree(&source, CaseFormat::Json).map_err(|found| TestCaseError::fail(render_all(&found, false)))?;
    prop_assert_eq!(read_quickly(&source).map(whole), Some(whole(tree)), "{}", text);
    Ok(())
}

/// A text alone gives the case that it gives in a source, or the same findings; its place is kept where the case does not say which it is.
fn check_alone(text: &str) -> Result<(), TestCaseError> {
    let found = |read: Result<Case, Diagnostics>| read.map_err(|found| render_all(&found, false));
    let (alone, read) = (found(Case::from_json(text)), found(read_case(&source(text), CaseFormat::Json)));
    if let Ok(alone) = &alone {
        prop_assert!(alone.place.is_some() || alone.complaint.case_id.is_known(), "{}", text);
    }
    let without_place = |read: Result<Case, String>| {
        read.map(|mut case| {
            case.place = None;
            whole(case)
        })
    };
    prop_assert_eq!(without_place(alone), without_place(read), "{}", text);
    Ok(())
}

/// Whatever the quick reader takes, both readers give the same.
fn check_alike(text: &str) -> Result<(), TestCaseError> {
    check_alone(text)?;
    let source = source(text);
    let Some(quick) = read_quickly(&source) else { return Ok(()) };
    let tree = read_tree(&source, CaseFormat::Json);
    let tree = tree.map_err(|found| TestCaseError::fail(format!("{text}\n{}", render_all(&found, false))))?;
    prop_assert_eq!(whole(quick), whole(tree), "{}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_without_mistakes_is_read_quickly(
        facts in any_case(),
        short in any::<bool>(),
        turn in 0..16usize,
        space in select(&["", " ", "\r\n\t"][..]),
        own in own_facts(),
    ) {
        let own = [("attributes", own.clone()), ("input", own)];
        let text = written(&document(&facts), short, turn, space, &own);
        check_taken(&text)?;
        check_taken(&format!("\u{feff}{text}\n"))?;
        let source = source(&format!("[{text},{text} ]"));
        for (at, case) in read_text(&source, CaseFormat::Json).into_iter().enumerate() {
            let start = 1 + at * (text.len() + 1) + space.len();
            let place = case.unwrap().place.unwrap();
            prop_assert_eq!((place.span.start, place.span.end), (start, start + text.len() - space.len()));
        }
    }

    #[test]
    fn a_case_that_was_tampered_with_is_read_alike(
        facts in any_case(),
        short in any::<bool>(),
        own in own_facts(),
        changes in proptest::collection::vec(proptest::collection::vec(change(), 1..3), 24),
    ) {
        let text = written(&document(&facts), short, 0, "", &[("input", own)]);
        for changes in &changes {
            check_alike(&changed(&text, changes))?;
        }
    }

    /// The digest of a case tells all that its JSON text tells, and nothing else.
    #[test]
    fn a_digest_is_that_of_the_facts(facts in any_case(), own in own_facts(), changes in proptest::collection::vec(change(), 1..3)) {
        let text = written(&document(&facts), false, 0, "", &[("attributes", own.clone())]);
        let again = written(&document(&facts), true, 3, " ", &[("attributes", own)]);
        let read = |text: &str| read_case(&source(text), CaseFormat::Json);
        let (case, same) = (read(&text).unwrap(), read(&again).unwrap());
        prop_assert_eq!(case.digest(), same.digest(), "{}", text);
        if let Ok(other) = read(&changed(&text, &changes)) {
            let told = serde_json::to_string(&case).unwrap() == serde_json::to_string(&other).unwrap();
            prop_assert_eq!(case.digest() == other.digest(), told, "{:?}", changes);
        }
    }
}

/// What a text is read as, and by whom.
fn told(text: &str) -> String {
    let source = source(text);
    let shown = |case: &Case| case.to_json().to_string();
    let quick = read_quickly(&source).map(|case| shown(&case));
    match (quick, read_tree(&source, CaseFormat::Json)) {
        (Some(quick), Ok(tree)) if quick == shown(&tree) => format!("quick: {quick}"),
        (None, Ok(tree)) => format!("slow: {}", shown(&tree)),
        (None, Err(found)) => found.iter().next().map(|first| first.message.clone()).unwrap_or_default(),
        (quick, tree) => panic!("{text}: {quick:?} {tree:?}"),
    }
}

#[test]
fn what_is_read_quickly() {
    let texts = [
        "{}",
        r#" {"complaint": null, "offers": null, "exit_request": "unknown", "input": null} "#,
        r#"{"complaint": {"case_id": "caf\u00e9 \"x\"", "received_at": "2026-03-02", "time_zone": "Asia/Tokyo"}}"#,
        r#"{"steps_done": [{"step": "letter", "at": "2026-07-01"}], "complaint": {"jurisdiction": "BR-SP"}}"#,
        r#"{"complaint": {"received_at": "2026-03-02T09:30:00.250-05:30"}}"#,
        r#"{"history": {"disputes_12m": -0, "goodwill_12m": "-0.00 USD"}, "finding": {"our_share": 0.5, "confidence": "1.000"}}"#,
        r#"{"dispute": {"disputed_amount": {"currency": "JPY", "amount": "+0064.20"}}}"#,
        r#"{"input": {"a": [1, "2", {"b": null}], "c": 1.50}}"#,
        r#"{"customer": {"vulnerability_flags": [], "tier": "gold"}, "history": {"open_regulated_rights": ["unknown"]}}"#,
        // Correct, and left to the thorough reader.
        r#"{"compl\u0061int": {}}"#,
        r#"{"complaint": {"regulator_reference": "\u0075nknown"}}"#,
        r#"{"input": {"a": 1e3}}"#,
        // Wrong.
        "[]",
        "[{}]",
        r#"{"complaint": {}, "complaint": {}}"#,
        r#"{"history": {"disputes_12m": null, "disputes_12m": 1}}"#,
        r#"{"history": {"disputes_12m": -1}}"#,
        r#"{"history": {"disputes_12m": 1.0}}"#,
        r#"{"history": {"disputes_12m": 9223372036854775808}}"#,
        r#"{"finding": {"our_share": 1.01}}"#,
        r#"{"finding": {"our_share": 1e-1}}"#,
        r#"{"complaint": {"case_id": "unknown"}}"#,
        r#"{"complaint": {"case_id": 7}}"#,
        r#"{"complaint": {"time_zone": "Nowhere"}}"#,
        r#"{"complaint": "unknown"}"#,
        r#"{"input": {"a": 1, "a": 2}}"#,
        r#"{"input": {"a": {"b": 1, "b": 2}}}"#,
        r#"{"dispute": {"disputed_amount": {"amount": 1, "currency": "USD"}}}"#,
        "{} {}",
        r#"{"complaint": {},}"#,
        r#"{"complaint": {"case_id": "a	b"}}"#,
    ];
    let shown: Vec<String> = texts.iter().map(|text| format!("{text}\n    {}", told(text))).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {}
        quick: {}
     {"complaint": null, "offers": null, "exit_request": "unknown", "input": null} 
        quick: {"exit_request":"unknown"}
    {"complaint": {"case_id": "caf\u00e9 \"x\"", "received_at": "2026-03-02", "time_zone": "Asia/Tokyo"}}
        quick: {"complaint":{"case_id":"café \"x\"","received_at":"2026-03-02T00:00:00+09:00","time_zone":"Asia/Tokyo"}}
    {"steps_done": [{"step": "letter", "at": "2026-07-01"}], "complaint": {"jurisdiction": "BR-SP"}}
        quick: {"complaint":{"jurisdiction":"BR-SP"},"steps_done":[{"at":"2026-07-01T00:00:00-03:00","step":"letter"}]}
    {"complaint": {"received_at": "2026-03-02T09:30:00.250-05:30"}}
        quick: {"complaint":{"received_at":"2026-03-02T09:30:00.25-05:30"}}
    {"history": {"disputes_12m": -0, "goodwill_12m": "-0.00 USD"}, "finding": {"our_share": 0.5, "confidence": "1.000"}}
        quick: {"finding":{"confidence":"1","our_share":"0.5"},"history":{"disputes_12m":0,"goodwill_12m":{"amount":"0.00","currency":"USD"}}}
    {"dispute": {"disputed_amount": {"currency": "JPY", "amount": "+0064.20"}}}
        quick: {"dispute":{"disputed_amount":{"amount":"64.2","currency":"JPY"}}}
    {"input": {"a": [1, "2", {"b": null}], "c": 1.50}}
        quick: {"input":{"a":[1,"2",{"b":null}],"c":"1.50"}}
    {"customer": {"vulnerability_flags": [], "tier": "gold"}, "history": {"open_regulated_rights": ["unknown"]}}
        quick: {"customer":{"tier":"gold","vulnerability_flags":[]},"history":{"open_regulated_rights":["unknown"]}}
    {"compl\u0061int": {}}
        slow: {}
    {"complaint": {"regulator_reference": "\u0075nknown"}}
        slow: {"complaint":{"regulator_reference":"unknown"}}
    {"input": {"a": 1e3}}
        slow: {"input":{"a":"1e3"}}
    []
        a case is a mapping of groups of facts, found a list
    [{}]
        a case is a mapping of groups of facts, found a list
    {"complaint": {}, "complaint": {}}
        the key `complaint` stands twice in this mapping
    {"history": {"disputes_12m": null, "disputes_12m": 1}}
        the key `disputes_12m` stands twice in this mapping
    {"history": {"disputes_12m": -1}}
        `history.disputes_12m` is never below zero, found `-1`
    {"history": {"disputes_12m": 1.0}}
        `history.disputes_12m` expects a whole number, found `1.0`
    {"history": {"disputes_12m": 9223372036854775808}}
        `history.disputes_12m` expects a whole number, found `9223372036854775808`
    {"finding": {"our_share": 1.01}}
        `finding.our_share` lies between 0 and 1, found `1.01`
    {"finding": {"our_share": 1e-1}}
        `finding.our_share`: `1e-1` is not a number
    {"complaint": {"case_id": "unknown"}}
        `complaint.case_id` cannot be unknown
    {"complaint": {"case_id": 7}}
        `complaint.case_id` expects text, found `7`
    {"complaint": {"time_zone": "Nowhere"}}
        `complaint.time_zone`: `Nowhere` is not a time zone of the IANA database (such as `America/Sao_Paulo`)
    {"complaint": "unknown"}
        `complaint` expects a mapping of facts, found `unknown`
    {"input": {"a": 1, "a": 2}}
        the key `a` stands twice in this mapping
    {"input": {"a": {"b": 1, "b": 2}}}
        the key `b` stands twice in this mapping
    {"dispute": {"disputed_amount": {"amount": 1, "currency": "USD"}}}
        `dispute.disputed_amount` has an amount that is a JSON number; on its way such a number may pass through binary floating point
    {} {}
        something follows the end of the document
    {"complaint": {},}
        a comma behind the last entry
    {"complaint": {"case_id": "a	b"}}
        a line break or control character stands in a text
    "#);
}

#[test]
fn limits_hold_for_both() {
    let list = |count: usize| format!(r#"{{"history": {{"open_regulated_rights": [{}]}}}}"#, vec!["\"\""; count].join(","));
    let text = |bytes: usize| format!(r#"{{"complaint": {{"case_id": "{}"}}}}"#, "x".repeat(bytes));
    let nested = |levels: usize| format!(r#"{{"input": {{"a": {}{}}}}}"#, "[".repeat(levels), "]".repeat(levels));
    let wide = |nodes: usize| format!(r#"{{"input": {{"a": [{}]}}}}"#, vec!["1"; nodes].join(","));
    let long = |bytes: usize| format!("{{}}{}", " ".repeat(bytes));
    let texts = [
        list(FACT_LIST_ITEMS_MAX),
        list(FACT_LIST_ITEMS_MAX + 1),
        text(FACT_TEXT_BYTES_MAX),
        text(FACT_TEXT_BYTES_MAX + 1),
        nested(61),
        nested(62),
        nested(63),
        nested(100_000),
        wide(DOCUMENT_NODES_MAX / 2),
        wide(DOCUMENT_NODES_MAX - 10),
        wide(DOCUMENT_NODES_MAX),
        long(DOCUMENT_BYTES_MAX - 2),
        long(DOCUMENT_BYTES_MAX),
    ];
    let shown: Vec<String> = texts
        .iter()
        .map(|text| {
            let told = told(text);
            format!("{}... {} bytes: {}", &text[..30.min(text.len())].trim_end(), text.len(), &told[..70.min(told.len())])
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {"history": {"open_regulated_r... 30041 bytes: quick: {"history":{"open_regulated_rights":["","","","","","","","",""
    {"history": {"open_regulated_r... 30044 bytes: `history.open_regulated_rights` has 10001 items, more than the 10000 t
    {"complaint": {"case_id": "xxx... 65566 bytes: quick: {"complaint":{"case_id":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    {"complaint": {"case_id": "xxx... 65567 bytes: `complaint.case_id` has 65537 bytes, more than the 65536 that one text
    {"input": {"a": [[[[[[[[[[[[[[... 140 bytes: quick: {"input":{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    {"input": {"a": [[[[[[[[[[[[[[... 142 bytes: slow: {"input":{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    {"input": {"a": [[[[[[[[[[[[[[... 144 bytes: lists and mappings are nested more than 64 levels deep
    {"input": {"a": [[[[[[[[[[[[[[... 200018 bytes: lists and mappings are nested more than 64 levels deep
    {"input": {"a": [1,1,1,1,1,1,1... 500019 bytes: quick: {"input":{"a":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
    {"input": {"a": [1,1,1,1,1,1,1... 999999 bytes: quick: {"input":{"a":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
    {"input": {"a": [1,1,1,1,1,1,1... 1000019 bytes: the document has more than 500000 keys and values
    {}... 8388608 bytes: quick: {}
    {}... 8388610 bytes: the text has 8388610 bytes; a document may have 8388608
    "#);
}
