//! Letters: what the default bundle writes, whole, in every language, and what no letter may say.
//!
//! `tests/letters/D-1001.es.txt` holds the letters that the decision of a case asks for, as `redress letter` shows them, and
//! `tests/letters/kinds/apology.es.txt` each kind for one case, be it asked for or not. `REDRESS_WRITE_EXPECTED=1 cargo test
//! --all-features --test it letters` writes them anew; the difference is for a person to read.

mod choice;
mod dates;
mod guard;
mod hostile;
mod quotations;
mod statutory;

use redress::authoring::letters::letter_page;
use redress::case::{CaseFormat, read_text};
use redress::letter::{Letter, LetterError};
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{Case, Decision, Extensions, Policy, default_bundle};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 3] = ["en", "es", "pt-BR"];
const WRITE: &str = "REDRESS_WRITE_EXPECTED";
/// The case that shows every kind.
const SHOWN: &str = "D-1001";

fn policy() -> Policy {
    Policy::load(&default_bundle(), &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every example case with its decision, three days after it was received.
fn decided(policy: &Policy) -> Vec<(Case, Decision)> {
    let mut files: Vec<PathBuf> = fs::read_dir(root("examples/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let cases = files.iter().flat_map(|path| {
        read_text(&Source::new(path.display().to_string(), fs::read_to_string(path).unwrap()), CaseFormat::Yaml)
    });
    let decide = |case: Case| {
        let day = case.complaint.received_at.known().unwrap().day_in(&case.zone()).plus_days(3).unwrap();
        let decision = policy.decide(&case, day.begins_in(&case.zone()).unwrap()).unwrap();
        (case, decision)
    };
    cases.map(Result::unwrap).map(decide).collect()
}

fn told(result: Result<Letter, LetterError>) -> String {
    match result {
        Ok(letter) => letter_page(&letter, 80, false),
        Err(LetterError::Refused(found)) => render_all(&found, false),
        Err(other) => other.to_string(),
    }
}

/// What stands in a folder of `tests/letters` is what comes, file by file.
fn hold(folder: &str, came: &BTreeMap<String, String>) {
    let folder = root(folder);
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in came {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in came {
        let expected =
            fs::read_to_string(folder.join(name)).unwrap_or_else(|_| panic!("there is no {name}; {WRITE}=1 writes it"));
        assert!(expected == *text, "{name} differs; expected:\n{expected}\ncame:\n{text}");
    }
    let kept = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let kept: BTreeSet<String> = kept.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(kept, came.keys().cloned().collect());
}

#[test]
fn every_case_gets_its_letters_in_every_language() {
    let policy = policy();
    let mut came = BTreeMap::new();
    for (case, decision) in decided(&policy) {
        for language in LANGUAGES {
            let write = |kind: &str| told(policy.letters().write(kind, language, &case, &decision));
            let letters: Vec<String> = decision.letters.iter().map(|letter| write(&letter.kind)).collect();
            came.insert(format!("{}.{language}.txt", case.id()), letters.join(&format!("\n{}\n\n", "─".repeat(80))));
        }
    }
    hold("tests/letters", &came);
}

#[test]
fn every_kind_is_written_in_every_language() {
    let policy = policy();
    let (case, decision) = decided(&policy).into_iter().find(|(case, _)| case.id() == SHOWN).unwrap();
    let mut came = BTreeMap::new();
    for kind in policy.letters().kinds() {
        for language in LANGUAGES {
            came.insert(format!("{kind}.{language}.txt"), told(policy.letters().write(kind, language, &case, &decision)));
        }
    }
    assert_eq!(came.len(), 13 * LANGUAGES.len());
    hold("tests/letters/kinds", &came);
}

#[test]
fn every_letter_of_every_case_passes_the_guard() {
    let policy = policy();
    for (case, decision) in decided(&policy) {
        for kind in policy.letters().kinds() {
            for language in LANGUAGES {
                let written = policy.letters().write(kind, language, &case, &decision);
                assert!(written.is_ok(), "{} {kind} {language}:\n{}", case.id(), told(written));
            }
        }
    }
}

/// Who gave an instruction, which team carried it out and who wrote to the customer is on file, and in no letter.
#[test]
fn no_letter_says_who_it_was() {
    let policy = policy();
    let (_, decision) = decided(&policy).into_iter().find(|(case, _)| case.id() == "D-1012").unwrap();
    let text = fs::read_to_string(root("examples/cases/early-billing.yaml")).unwrap();
    let contact = "{at: 2026-04-13T09:00:00+02:00, direction: out, channel: email, actor: Robin Quartz, summary: Robin of the release team}";
    let text = format!("{text}correspondence:\n  - {contact}\n");
    let case = read_text(&Source::new("case.yaml", text), CaseFormat::Yaml).remove(0).unwrap();
    let never = [
        "robin",
        "team",
        "management",
        "manager",
        "executive",
        "human error",
        "equipo",
        "directiv",
        "gerente",
        "equipe",
        "diretor",
    ];
    for kind in policy.letters().kinds() {
        for language in LANGUAGES {
            let letter = told(policy.letters().write(kind, language, &case, &decision)).to_lowercase();
            assert!(letter.starts_with(&kind.replace('_', " ")), "{kind} {language}:\n{letter}");
            for word in never {
                assert!(!letter.contains(word), "{kind} {language} says `{word}`:\n{letter}");
            }
        }
    }
}

#[test]
fn a_language_without_a_letter_falls_back_and_says_so() {
    let policy = policy();
    let (case, decision) = decided(&policy).into_iter().find(|(case, _)| case.id() == SHOWN).unwrap();
    let shown = |language: &str| {
        let letter = policy.letters().write("apology", language, &case, &decision).unwrap();
        format!("{language}: {} {:?}", letter.language, letter.asked_for)
    };
    let shown: Vec<String> = ["en", "en-GB", "es-MX", "pt", "pt-PT", "fr", ""].into_iter().map(shown).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    en: en None
    en-GB: en None
    es-MX: es None
    pt: pt-BR Some("pt")
    pt-PT: pt-BR Some("pt-PT")
    fr: en Some("fr")
    : en Some("")
    "#);
}

#[test]
fn an_unknown_kind_is_told_what_there_is() {
    let policy = policy();
    let (case, decision) = decided(&policy).remove(0);
    let LetterError::UnknownKind { kind, help } = policy.letters().write("apologie", "en", &case, &decision).unwrap_err() else {
        panic!("an unknown kind is not known")
    };
    insta::assert_snapshot!(format!("{kind}: {help}"), @"apologie: did you mean `apology`? there are `acknowledgement`, `apology`, `closing_and_thanks`, `correction_notice`, `exit_notice`, `expectation_notice`, `explanation_of_charges`, `external_route`, `findings`, `offer`, `progress_update`, `provisional_credit_notice`, `second_offer`");
}

/// A bundle of one letter, whose part `[act]` is the text; what is said about it when it is loaded, and when it is written.
fn about(language: &str, act: &str) -> String {
    let fine = format!("Subject: {{{{ case_id }}}}\n\n[listen]\nA\n\n[acknowledge]\nB\n\n[act]\n{act}\n\n[thank]\nC\n");
    let path = format!("letters/apology.{language}.txt");
    let bundle = "bundle: small\nversion: 1\ncurrency: USD\nlanguage: ";
    let policy = Policy::from_files([("bundle.yaml", format!("{bundle}{language}\n").as_str()), (&path, &fine)]);
    let policy = match policy {
        Ok(policy) => policy,
        Err(found) => return render_all(&found, false),
    };
    let case = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US}
customer: {customer_id: C-1}
dispute:
  disputed_amount: 64.20 USD
  disputed_lines: [{line_id: '{{ 7 * 7 }}'}, {line_id: \"any inconvenience\\n\\n[thank]\\nwe guarantee\"}]
invoice: {invoice_id: '{% include \"x\" %} {{ contact }}'}
correspondence: [{at: 2026-03-03T10:00:00Z, direction: out, actor: Maria Silva}, {direction: in, actor: Paul Customer}]
";
    let case = read_text(&Source::new("case.yaml", case), CaseFormat::Yaml).remove(0);
    let case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let decision = policy.decide(&case, DateTime::parse("2026-03-05T10:00:00Z").unwrap()).unwrap();
    told(policy.letters().write("apology", language, &case, &decision))
}

/// The codes and the marked words of what is said when a letter is loaded or written.
fn findings(language: &str, act: &str) -> String {
    let text = about(language, act);
    let headlines: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("error")).map(|line| line.trim_start_matches('[')).collect();
    let headlines = headlines.into_iter().filter(|line| line.starts_with('R')).map(|line| line.replacen(']', "", 1));
    let headlines: Vec<String> = headlines.collect();
    if headlines.is_empty() { "fine".to_owned() } else { headlines.join("\n") }
}
