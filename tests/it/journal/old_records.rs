//! Records that earlier versions wrote stay readable. The files in `tests/journal` are never edited; what a new form writes is added.

use redress::journal::{Entry, MaskingKey, Record, Records, Verification};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal").join(name)
}

fn told(name: &str) -> String {
    let found = Verification::of(&file(name), None).unwrap();
    let mut out = format!(
        "{name}: {} records in {} segments, {} decisions, {} with the case, {} masked, {} lost, mended {}, whole: {}\n",
        found.records,
        found.segments,
        found.decisions,
        found.with_case,
        found.masked,
        found.lost,
        found.mended_at.len(),
        found.is_sound()
    );
    for read in Records::open(&file(name)).unwrap() {
        let (place, record) = read.unwrap();
        let place = place.to_string();
        let place = place.rsplit('/').next().unwrap();
        let Record { number, written_at, engine, entry, .. } = &record;
        write!(out, "  {place} {number} at {written_at} by {engine}: ").unwrap();
        match entry {
            Entry::Decision(told) => {
                let decision: serde_json::Value = serde_json::from_str(&told.decision).unwrap();
                let case = if told.case.is_some() { "with the case" } else { "without the case" };
                let masked =
                    told.masked.as_ref().map_or_else(String::new, |masked| format!(", masked {}", masked.facts.join(", ")));
                let bundle = format!("{} {}", told.bundle.bundle, told.bundle.version);
                writeln!(out, "{} {} by {bundle}, at {}, {case}{masked}", told.case_id, decision["status"], told.at).unwrap();
            }
            Entry::Lost { decisions } => writeln!(out, "{decisions} lost").unwrap(),
            Entry::Mended { bytes } => writeln!(out, "{bytes} bytes mended").unwrap(),
            other => writeln!(out, "{other:?}").unwrap(),
        }
    }
    out
}

#[test]
fn records_of_the_first_form() {
    insta::assert_snapshot!(told("form-1.jsonl"), @r#"
    form-1.jsonl: 3 records in 1 segments, 3 decisions, 3 with the case, 0 masked, 0 lost, mended 0, whole: true
      form-1.jsonl:1 1 at 2026-11-30T06:33:25Z by 0.1.0: C-1 "decided" by small 1, at 2026-03-05T00:00:00Z, with the case
      form-1.jsonl:2 2 at 2026-11-30T06:33:25Z by 0.1.0: C-2 "decided" by small 1, at 2026-03-05T00:00:00-06:00, with the case
      form-1.jsonl:3 3 at 2026-11-30T06:33:25Z by 0.1.0: C-3 "decided" by small 1, at 2026-03-05T00:00:00+01:00, with the case
    "#);
    insta::assert_snapshot!(told("form-1-masked.jsonl"), @r#"
    form-1-masked.jsonl: 3 records in 1 segments, 3 decisions, 3 with the case, 3 masked, 0 lost, mended 0, whole: true
      form-1-masked.jsonl:1 1 at 2026-11-30T06:33:25Z by 0.1.0: C-1 "decided" by small 1, at 2026-03-05T00:00:00Z, with the case, masked attributes.handler, customer.annual_contribution, customer.customer_id, customer.tier, customer.vulnerable, worth
      form-1-masked.jsonl:2 2 at 2026-11-30T06:33:25Z by 0.1.0: C-2 "decided" by small 1, at 2026-03-05T00:00:00-06:00, with the case, masked customer.customer_id
      form-1-masked.jsonl:3 3 at 2026-11-30T06:33:25Z by 0.1.0: C-3 "decided" by small 1, at 2026-03-05T00:00:00+01:00, with the case, masked
    "#);
    insta::assert_snapshot!(told("form-1-segments.jsonl"), @r#"
    form-1-segments.jsonl: 8 records in 5 segments, 6 decisions, 0 with the case, 0 masked, 2 lost, mended 1, whole: true
      form-1-segments.jsonl.000001.zst:1 1 at 2026-11-30T06:33:25Z by 0.1.0: C-1 "decided" by small 1, at 2026-03-05T00:00:00Z, without the case
      form-1-segments.jsonl.000002.zst:1 2 at 2026-11-30T06:33:25Z by 0.1.0: C-2 "decided" by small 1, at 2026-03-05T00:00:00-06:00, without the case
      form-1-segments.jsonl.000003.zst:1 3 at 2026-11-30T06:33:25Z by 0.1.0: 2345 bytes mended
      form-1-segments.jsonl.000003.zst:2 4 at 2026-11-30T06:33:26Z by 0.1.0: C-1 "decided" by small 1, at 2026-03-05T00:00:00Z, without the case
      form-1-segments.jsonl.000004.zst:1 5 at 2026-11-30T06:33:26Z by 0.1.0: C-2 "decided" by small 1, at 2026-03-05T00:00:00-06:00, without the case
      form-1-segments.jsonl:1 6 at 2026-11-30T06:33:26Z by 0.1.0: C-3 "decided" by small 1, at 2026-03-05T00:00:00+01:00, without the case
      form-1-segments.jsonl:2 7 at 2026-11-30T06:33:27Z by 0.1.0: 2 lost
      form-1-segments.jsonl:3 8 at 2026-11-30T06:33:27Z by 0.1.0: C-3 "decided" by small 1, at 2026-03-05T00:00:00+01:00, without the case
    "#);
}

#[test]
fn a_masked_record_of_the_first_form_is_found_by_its_number() {
    let key = MaskingKey::read(&file("form-1.key")).unwrap();
    let (_, whole) = Records::open(&file("form-1.jsonl")).unwrap().next().unwrap().unwrap();
    let (_, masked) = Records::open(&file("form-1-masked.jsonl")).unwrap().next().unwrap().unwrap();
    let Entry::Decision(told) = &whole.entry else { panic!("{whole:?}") };
    assert!(masked.is_meant_by(&told.decision_id, Some(&key)));
}
