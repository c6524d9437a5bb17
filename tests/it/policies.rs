//! The default bundle: its own tests, its files, and what its plugins are there for.

use redress::authoring::coverage::{Sort, measure};
use redress::bundle::Bundle;
use redress::case::{CaseFormat, read_case};
use redress::decision::Decision;
use redress::testing::run;
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{BundleFiles, Extensions, Policy, default_bundle, read_directory};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn load(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

#[test]
fn its_own_tests_pass() {
    let (bundle, findings) = Bundle::read(&default_bundle());
    let bundle = bundle.unwrap();
    let policy =
        Policy::compile(&bundle, &Extensions::new(), findings).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let case_file = |path: &str| {
        let text = fs::read_to_string(root().join("policies").join(path)).map_err(|error| error.to_string())?;
        Ok(Source::new(path, text))
    };
    let report = run(&policy, &bundle, &case_file, None);
    assert!(report.failed() == 0, "\n{}", report.to_text(false));
    assert!(report.passed() > 200, "{} tests", report.passed());
    let coverage = measure(&policy, &bundle, &Extensions::new(), &case_file, None);
    assert_eq!(coverage.percent(Sort::Rule), 100, "\n{}", coverage.to_text());
}

#[test]
fn it_loads_without_a_warning() {
    let policy = load(&default_bundle());
    assert!(policy.warnings().is_empty(), "\n{}", render_all(policy.warnings(), false));
}

/// Path and text of every file of a directory and below.
fn texts(directory: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(directory)
                    .unwrap()
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>();
                found.insert(name.join("/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn what_is_built_in_is_the_directory() {
    let built_in: BTreeMap<String, String> =
        default_bundle().iter().map(|(path, source)| (path.to_owned(), source.text().to_owned())).collect();
    let mut directory = texts(&root().join("policies"));
    // The guide to the format is for readers, not for the engine.
    directory.remove("README.md");
    assert_eq!(built_in.keys().collect::<Vec<_>>(), directory.keys().collect::<Vec<_>>());
    for (path, text) in &directory {
        assert!(built_in.get(path) == Some(text), "{path} differs");
    }
    let read = load(&read_directory(&root().join("policies")).unwrap_or_else(|found| panic!("{}", render_all(&found, false))));
    assert_eq!(read.name(), load(&default_bundle()).name());
}

/// The bundle without one of its plugins.
fn without(plugin: &str) -> BundleFiles {
    let mut files = default_bundle();
    let manifest = files.get("bundle.yaml").unwrap().text().to_owned();
    let mut kept = String::new();
    let mut inside = false;
    for line in manifest.lines() {
        inside = match line.strip_prefix("  - id: ") {
            Some(id) => id.trim() == plugin,
            None => inside && line.starts_with("    "),
        };
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    assert_ne!(kept, manifest, "there is no plugin `{plugin}`");
    files.insert("bundle.yaml", kept);
    files
}

fn decide(files: &BundleFiles, case: &str, at: &str) -> Decision {
    let path = format!("examples/cases/{case}");
    let source = Source::new(path.clone(), fs::read_to_string(root().join(path)).unwrap());
    let case = read_case(&source, CaseFormat::Yaml).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    crate::oracle::decide(&load(files), &case, DateTime::parse(at).unwrap()).unwrap()
}

/// The money of a decision and what approval says, one line each.
fn money(decision: &Decision) -> String {
    let money = &decision.money;
    let mut text = format!("{}\n", decision.status.word());
    if let Some(penalties) = &money.penalty_reimbursement {
        let _ = writeln!(text, "penalties {}", penalties.amount);
        for (word, lines) in [("approved", &penalties.approved_lines), ("refused", &penalties.refused_lines)] {
            for line in lines {
                let _ = writeln!(text, "  {word} {} {}: {}", line.kind.as_deref().unwrap_or("-"), line.amount, line.because);
            }
        }
    }
    if let Some(goodwill) = &money.goodwill {
        let word = |word: &Option<Arc<str>>| word.as_deref().unwrap_or("-").to_owned();
        let _ = writeln!(text, "goodwill {} {} as {}", goodwill.amount, word(&goodwill.kind), word(&goodwill.instrument));
        let _ = writeln!(text, "  {}", decision.part("goodwill").unwrap().because());
    }
    let letters: Vec<&str> = decision.letters.iter().map(|letter| &*letter.kind).collect();
    let _ =
        writeln!(text, "letters {}\nsigned by {}", letters.join(", "), decision.approval.required_role.as_deref().unwrap_or("-"));
    text
}

/// What one decision says and the other does not.
fn difference(with: &Decision, without: &Decision) -> String {
    let (with, without) = (money(with), money(without));
    let only = |these: &str, those: &str, sign: &str| {
        these
            .lines()
            .filter(|line| !those.lines().any(|other| other == *line))
            .map(|line| format!("{sign} {line}\n"))
            .collect::<String>()
    };
    format!("{}{}", only(&with, &without, "with   "), only(&without, &with, "without"))
}

#[test]
fn without_the_formulas_a_tax_penalty_would_not_be_covered() {
    let decide = |files: &BundleFiles| decide(files, "wrong-tax-on-invoice.yaml", "2026-04-30T12:00:00Z");
    insta::assert_snapshot!(difference(&decide(&default_bundle()), &decide(&without("penalty-formulas"))), @r"
    with    penalties 2259.00 BRL
    with      approved tax_penalty 2079.00 BRL: The penalty for the late payment came from our mistake, and is covered as far as the law provides for it.
    with      approved tax_interest 180.00 BRL: The interest for the late payment came from our mistake, and is covered as far as the law provides for it.
    with    signed by controller
    without penalties 0.00 BRL
    without   refused tax_penalty 2079.00 BRL: The penalty for the late payment came from our mistake, and is covered as far as the law provides for it.
    without   refused tax_interest 180.00 BRL: The interest for the late payment came from our mistake, and is covered as far as the law provides for it.
    without signed by team_leader
    ");
}

#[test]
fn without_the_ladder_the_first_offer_would_be_repeated() {
    let decide = |files: &BundleFiles| decide(files, "rejected-offer.yaml", "2026-05-20T12:00:00Z");
    insta::assert_snapshot!(difference(&decide(&default_bundle()), &decide(&without("second-offer"))), @r"
    with    goodwill 35.00 GBP second_offer as bill_credit
    with      The first offer did not settle it, so we offer more, in another form. What is owed is paid either way.
    with    letters correction_notice, second_offer
    with    signed by team_leader
    without goodwill 25.00 GBP retention as discount
    without   The mistake was ours, and we would like the customer to stay.
    without letters correction_notice
    without signed by agent
    ");
}
