//! Fixes are carried out, and do what they say: the finding is gone, and nothing is broken that was not.
//!
//! The example of every code is mended by each of its fixes; `tests/it/bad_input` does the same with every bundle of its own.

use crate::diagnostics::Page;
use redress::authoring::across::across_layers;
use redress::authoring::analysis::analyse;
use redress::authoring::mutation::mutate;
use redress::bundle::{Bundle, BundleFiles};
use redress::case::{CaseFormat, read_text};
use redress::text::fix::apply;
use redress::text::{Code, Diagnostic, Diagnostics, Fix, Severity};
use redress::{Extensions, Policy};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// All that is said about files: a bundle, and cases beside it.
fn findings(files: &BundleFiles) -> Vec<Diagnostic> {
    let mut bundle = BundleFiles::new();
    let mut found = Diagnostics::new();
    for (path, source) in files.iter() {
        match path {
            "case.yaml" => {
                let read = read_text(source, CaseFormat::Yaml);
                read.into_iter().filter_map(Result::err).for_each(|wrong| found.extend(wrong));
            }
            "cases.csv" | "mapping.yaml" => {}
            _ => bundle.insert(path, source.text()),
        }
    }
    found.extend(of_bundle(&bundle));
    found.into_vec()
}

fn of_bundle(files: &BundleFiles) -> Diagnostics {
    let (bundle, found) = Bundle::read(files);
    let Some(bundle) = bundle else { return found };
    let policy = match Policy::compile(&bundle, &Extensions::new(), found) {
        Ok(policy) => policy,
        Err(found) => return found,
    };
    let mut found = policy.warnings().clone();
    found.extend(across_layers(&bundle, &policy));
    found.extend(analyse(&policy));
    if files.iter().any(|(_, source)| source.text().contains("mutants_allowed")) {
        let no_files = |_: &str| Err("no case files".to_owned());
        let tried = mutate(&bundle, &Extensions::new(), &no_files, &bundle.mutants_allowed()).unwrap();
        found.extend(tried.stale);
    }
    found
}

/// The files after a fix.
fn mended(files: &BundleFiles, fix: &Fix) -> BundleFiles {
    let texts: BTreeMap<&str, &str> = files.iter().map(|(path, source)| (path, source.text())).collect();
    let changed = apply([fix], |name| texts.get(name).copied()).unwrap_or_else(|error| panic!("`{}`: {error}", fix.title));
    assert!(!changed.is_empty(), "`{}` changes nothing", fix.title);
    let mut mended = BundleFiles::new();
    for (path, text) in texts {
        mended.insert(path, changed.get(path).map_or(text, String::as_str));
    }
    mended
}

/// What a fix of a finding fails to do, with what the text then says.
fn failing(files: &BundleFiles, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix, uncovers: bool) -> Option<String> {
    let after_files = mended(files, fix);
    let after = findings(&after_files);
    let name = |each: &Diagnostic| (each.code, each.message.clone());
    let count = |list: &[Diagnostic]| list.iter().filter(|each| name(each) == name(finding)).count();
    let is_gone = count(&after) < count(before);
    let is_new = |each: &&Diagnostic| each.severity == Severity::Error && !before.iter().any(|known| name(known) == name(each));
    let new: Vec<String> = after.iter().filter(is_new).map(|each| format!("{}: {}", each.code, each.message)).collect();
    // A mistake can hide others; a fix of a warning has no such excuse.
    let may_uncover = finding.severity == Severity::Error && uncovers;
    if is_gone && (new.is_empty() || may_uncover) {
        return None;
    }
    let mut told = format!("{}: {}\n  fix: {}\n", finding.code, finding.message, fix.title);
    if !is_gone {
        told.push_str("  the finding stays\n");
    }
    for line in new {
        writeln!(told, "  then {line}").unwrap();
    }
    for (path, source) in after_files.iter() {
        if files.get(path).is_none_or(|before| before.text() != source.text()) {
            writeln!(told, "-- {path} --\n{}", source.text()).unwrap();
        }
    }
    Some(told)
}

/// What the fixes of a bundle fail to do. Those of an error may uncover others where that is so.
pub(crate) fn failures(files: &BundleFiles, uncovers: bool) -> Vec<String> {
    let before = findings(files);
    let fixes = before.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
    fixes.filter_map(|(finding, fix)| failing(files, &before, finding, fix, uncovers)).collect()
}

#[test]
fn the_examples_of_all_codes_are_mended_by_their_fixes() {
    let (mut with, mut without) = (String::new(), Vec::new());
    let mut failed = Vec::new();
    for code in Code::ALL {
        let mut files = BundleFiles::new();
        for (path, bytes) in Page::read(code.page()).wrong {
            if let Ok(text) = String::from_utf8(bytes) {
                files.insert(path, text);
            }
        }
        failed.extend(failures(&files, false));
        let found = findings(&files);
        let fixes: Vec<&Fix> = found.iter().filter(|each| each.code == *code).flat_map(|each| &each.fixes).collect();
        if fixes.is_empty() {
            without.push(code.to_string());
        }
        for fix in fixes {
            writeln!(with, "{code} {}: {}{}", code.title(), fix.title, if fix.is_safe { " (safe)" } else { "" }).unwrap();
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    insta::assert_snapshot!(format!("{with}\nwithout a fix: {}\n", without.join(" ")), @"
    R0004 a key stands twice in one mapping: take the second one out
    R0005 YAML tags, anchors and aliases are refused: remove it (safe)
    R0007 a tab indents a line: indent with two spaces for each tab
    R0008 a stray key in a flow mapping: a comma cut a value in two: put it in quotes (safe)
    R0101 a fact or group of facts that does not exist: write `tier`
    R0103 a value that is not among the known ones: write `gold`
    R0108 a fact that cannot be unknown: take `language` out
    R0201 a key that does not exist here: write `owner`
    R0207 a file that the bundle names does not exist: write `scripts/fee.rhai`
    R0213 a parameter that nothing reads: take `params.waiver` out
    R0214 a fact that the bundle declares and no decision reads: take `attributes.contract_kind` out
    R0231 a pack that is not in the folder `packs/`: write `us-reg-e`
    R0232 what a pack says contradicts the bundle it adds to: take `hit` out
    R0302 a cell that can never hold: write `10 to 60`
    R0303 a cell that always holds: write `31 to 60`
    R0305 a symbol where YAML wants the word form: write `at least 36` (safe)
    R0307 two rules of a `unique` or `any` decision overlap: write `hit: first`
    R0309 a rule that never decides, because others take all of its cases: take `gold` out
    R0310 cases that no rule decides: let `small` ask for `dispute.disputed_amount: at most 500.00 USD`
    R0312 a rule without which everything would be decided the same: take `new` out
    R0313 a rule that repeats another: take `gold-again` out
    R0314 a cell that no value of its fact can satisfy: take `sure` out
    R0315 a cell that every known value of its fact satisfies: take `finding.confidence` out
    R0315 a cell that every known value of its fact satisfies: write `not unknown`
    R0317 rules that could be one: let `gold` hold the cases of all
    R0323 an `otherwise` that never decides, because rules hold every case: take `otherwise` out
    R0402 a function that does not exist: write `min`
    R0403 a name that nothing defines: write `customer.tier`
    R0408 a script that lacks the function it is called for: call it `fee`
    R0411 a function of a script that nothing calls: take `half` out
    R0504 an output that is not declared: write `amount`
    R0506 a rule that asks for what no decision gives: take `half` out
    R0507 a plugin that never runs: take `double` out
    R0508 a plugin that writes what its decision does not declare: write `amount`
    R0603 a guardrail that says nothing, or several things at once: take `instead` out
    R0604 a rule whose amount a guardrail always cuts: write `refund: 25.00 USD`
    R0803 an allowed change that needs no permission: take `fee/small: the rule is left out` out (safe)
    R1002 a calendar that does not exist: write `US`
    R1004 a stretch of time that cannot be read: write `10 calendar days`
    R1004 a stretch of time that cannot be read: write `10 business days`
    R1103 a variable that letters do not have: write `received_on`

    without a fix: R0001 R0002 R0003 R0006 R0102 R0104 R0105 R0106 R0202 R0203 R0204 R0205 R0206 R0208 R0209 R0210 R0212 R0233 R0234 R0301 R0304 R0306 R0308 R0311 R0316 R0318 R0319 R0320 R0321 R0322 R0401 R0404 R0405 R0406 R0407 R0409 R0410 R0501 R0502 R0503 R0505 R0601 R0602 R0605 R0606 R0701 R0702 R0703 R0801 R0802 R0901 R0902 R0903 R0904 R0905 R0906 R0907 R0908 R0909 R1001 R1003 R1005 R1101 R1102 R1104 R1105 R1106 R1107 R1108 R1109 R1121 R1122 R1123 R1124 R1125 R1126
    ");
}
