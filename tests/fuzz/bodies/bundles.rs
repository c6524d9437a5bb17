//! Whole bundles: loaded, checked, formatted, and cases decided with what loads, both ways. Files and cases stand in one text, each
//! below a line `-- PATH --`; what is called `case...` is a case.

use super::findings::hold;
use super::sections;
use redress::authoring::across::across_layers;
use redress::authoring::analysis::analyse;
use redress::authoring::format::{NotFormatted, format};
use redress::bundle::Bundle;
use redress::case::{CaseFormat, read_text};
use redress::decision::{Outputs, Part};
use redress::text::Source;
use redress::value::DateTime;
use redress::{BundleFiles, Case, Decision, Extensions, Policy};

const FILES_MAX: usize = 40;
const CASES_MAX: usize = 5;

/// Decided where a text brings no case of its own.
const CASE: &str = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US-VA}
customer: {customer_id: C-1, tier: gold, vulnerable: unknown}
dispute: {disputed_amount: 64.20 USD, related_charges: [{kind: late_interest, amount: 3.15 USD}]}
finding: {liability: our_error, severity: minor, correct_amount: 0.00 USD}
";

pub(super) fn run(text: &str) {
    let sections = sections::cut(text);
    let (mut files, mut tidy, mut cases) = (BundleFiles::new(), BundleFiles::new(), Vec::new());
    for (path, text) in sections.iter().take(FILES_MAX) {
        if path.starts_with("case") {
            cases.push((*path, text.as_str()));
            continue;
        }
        files.insert(*path, text.as_str());
        match format(path, text) {
            Ok(formatted) => tidy.insert(*path, formatted),
            Err(NotFormatted::Unreadable(found)) => {
                hold(&found);
                tidy.insert(*path, text.as_str());
            }
            Err(refused) => panic!("{refused}"),
        }
    }
    if cases.is_empty() {
        cases.push(("case.yaml", CASE));
    }
    let (bundle, found) = Bundle::read(&files);
    hold(&found);
    let policy = match Policy::load(&files, &Extensions::new()) {
        Ok(policy) => policy,
        Err(found) => {
            assert!(found.has_errors());
            hold(&found);
            assert!(Policy::load(&tidy, &Extensions::new()).is_err(), "formatted, it loads");
            return;
        }
    };
    let bundle = bundle.expect("a bundle that loads can be read");
    hold(policy.warnings());
    hold(&analyse(&policy));
    hold(&across_layers(&bundle, &policy));
    let formatted = Policy::load(&tidy, &Extensions::new())
        .unwrap_or_else(|found| panic!("formatted, it does not load: {}", redress::text::render_all(&found, false)));
    decide(&policy, &formatted, &cases);
}

fn decide(policy: &Policy, formatted: &Policy, cases: &[(&str, &str)]) {
    let at = DateTime::parse("2026-03-05T00:00:00Z").unwrap();
    for (path, text) in cases.iter().take(CASES_MAX) {
        let source = Source::new(*path, *text);
        let read = read_text(&source, CaseFormat::of_name(path).unwrap_or_else(|| CaseFormat::of_text(text)));
        for case in read.into_iter().take(CASES_MAX).filter_map(Result::ok) {
            hold(&policy.check_case(&case));
            let decided = both_ways(policy, &case, at);
            let again = both_ways(formatted, &case, at);
            assert_eq!(decided.as_ref().map(told), again.as_ref().map(told), "formatted, it decides otherwise");
        }
    }
}

/// What a decision says, without the places and digests of its bundle.
fn told(decision: &Decision) -> Vec<String> {
    let rules = |part: &Part| part.rules.iter().map(|rule| format!("{} {:?}", rule.rule(), rule.item)).collect::<Vec<_>>();
    decision.parts.iter().map(|part| format!("{} {:?} {:?} {:?}", part.name, part.status, rules(part), part.results)).collect()
}

/// A decision by the quick way, which has to be that of the definition, with and without a trace.
pub(super) fn both_ways(policy: &Policy, case: &Case, at: DateTime) -> Option<Decision> {
    match (policy.decide(case, at), policy.decide_by_definition(case, at)) {
        (Ok(quick), Ok(slow)) => {
            assert_eq!(quick.to_json_line(), slow.to_json_line());
            let untraced = policy.everything().without_trace();
            let untraced = untraced.evaluate(case, at).unwrap();
            for part in quick.parts.iter().filter(|part| part.is_decided() && !part.listed) {
                for (name, value) in part.results.first().into_iter().flat_map(Outputs::iter) {
                    assert_eq!(untraced.output(&part.name, name), *value, "{}.{name}", part.name);
                }
            }
            policy.explain(case, at).expect("what is decided can be explained");
            Some(quick)
        }
        (Err(quick), Err(slow)) => {
            assert_eq!(quick.to_string(), slow.to_string());
            None
        }
        (quick, slow) => panic!("the quick way: {quick:?}\nthe definition: {slow:?}"),
    }
}
