//! Which template a customer gets, and in whose name.

use redress::case::{CaseFormat, read_text};
use redress::letter::{LetterError, Letters};
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{Case, Policy};

/// A letter with a line of its own.
fn letter(act: &str) -> String {
    format!(
        "Subject: A bill\n\n[listen]\nYou wrote to us.\n\n[acknowledge]\nWe read it.\n\n[act]\n{act}\n\n[thank]\nThank you.\n"
    )
}

fn policy(bundle: &str, letters: &[(&str, String)]) -> Result<Policy, String> {
    let manifest = format!("bundle: small\nversion: 1\ncurrency: USD\n{bundle}");
    let files = letters.iter().map(|(path, text)| ((*path).to_owned(), text.clone()));
    Policy::from_files(files.chain([("bundle.yaml".to_owned(), manifest)])).map_err(|found| render_all(&found, false))
}

fn case() -> Case {
    let text = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US}
customer: {customer_id: C-1}
dispute: {disputed_amount: 64.20 USD}
";
    read_text(&Source::new("case.yaml", text), CaseFormat::Yaml).remove(0).unwrap()
}

/// What the letter says under `[act]`, and in which language it is.
fn act(policy: &Policy, language: &str, day: &str) -> String {
    let at = DateTime::parse(&format!("{day}T10:00:00Z")).unwrap();
    let decision = policy.decide(&case(), at).unwrap();
    let letters: &Letters = policy.letters();
    let letter = letters.write("apology", language, &case(), &decision).unwrap();
    let act = letter.body.split("\n\n").nth(2).unwrap_or_default().to_owned();
    format!(
        "{language}, {day}: {act} [{}{}]\n",
        letter.language,
        letter.asked_for.map_or_else(String::new, |asked| format!(", not {asked}"))
    )
}

#[test]
fn a_language_is_the_same_however_its_tag_is_written() {
    let letters = [
        ("letters/apology.en.txt", letter("It is put right.")),
        ("letters/apology.es.txt", letter("Está corregido.")),
        ("letters/apology.pt-BR.txt", letter("Está corrigido.")),
    ];
    let policy = policy("", &letters).unwrap();
    let tags = ["en", "EN", "ES", "es_MX", "es-mx", "pt_BR", "PT-br", "pt", "fr"];
    insta::assert_snapshot!(tags.map(|tag| act(&policy, tag, "2026-03-05")).concat(), @"
    en, 2026-03-05: It is put right. [en]
    EN, 2026-03-05: It is put right. [en]
    ES, 2026-03-05: Está corregido. [es]
    es_MX, 2026-03-05: Está corregido. [es]
    es-mx, 2026-03-05: Está corregido. [es]
    pt_BR, 2026-03-05: Está corrigido. [pt-BR]
    PT-br, 2026-03-05: Está corrigido. [pt-BR]
    pt, 2026-03-05: Está corrigido. [pt-BR, not pt]
    fr, 2026-03-05: It is put right. [en, not fr]
    ");
}

#[test]
fn a_company_signs_with_the_name_it_has_on_that_day() {
    let bundle = "params:\n  company:\n    name:\n      - {from: 2020-01-01, until: 2026-12-31, value: Old Company}\n      - {from: 2027-01-01, value: New Company}\n";
    let policy = policy(bundle, &[("letters/apology.en.txt", letter("{{ company }} has put it right."))]).unwrap();
    let days = ["2019-05-01", "2026-12-31", "2027-01-01"];
    insta::assert_snapshot!(days.map(|day| act(&policy, "en", day)).concat(), @"
    en, 2019-05-01: Old Company has put it right. [en]
    en, 2026-12-31: Old Company has put it right. [en]
    en, 2027-01-01: New Company has put it right. [en]
    ");
}

#[test]
fn each_kind_has_one_letter_a_language() {
    let letters =
        [("letters/apology.en.txt", letter("It is put right.")), ("letters/old/apology.en.txt", letter("It was put right."))];
    insta::assert_snapshot!(policy("", &letters).unwrap_err(), @"
    error[R0204]: the letter `apology` in `en` is written twice
     --> letters/old/apology.en.txt:1:1
      |
    1 | Subject: A bill
      | ^
      |
     ::: letters/apology.en.txt:1:1
      |
    1 | Subject: A bill
      | - the first one
      |
      = help: keep one of them; each kind has one file a language

    1 error
    ");
}

#[test]
fn a_month_a_verb_and_the_company_are_no_persons() {
    let bundle = "params: {company: {name: Example Company, contact: care@example.com}}\n";
    let text = "Will you look at what {{ company }} did on {{ received_on }}? May we?";
    let policy = policy(bundle, &[("letters/apology.en.txt", letter(text))]).unwrap();
    let mut shown = String::new();
    for actor in ["May Brown", "Example Company", "Will Grant", "May"] {
        let case = format!(
            "
complaint: {{case_id: D-1, received_at: 2026-05-04T10:00:00Z, language: en, jurisdiction: US}}
customer: {{customer_id: C-1}}
dispute: {{disputed_amount: 64.20 USD}}
correspondence: [{{direction: out, actor: {actor}, at: 2026-05-04T12:00:00Z}}]
"
        );
        let case = read_text(&Source::new("case.yaml", case), CaseFormat::Yaml).remove(0).unwrap();
        let decision = policy.decide(&case, DateTime::parse("2026-05-05T10:00:00Z").unwrap()).unwrap();
        let said = match policy.letters().write("apology", "en", &case, &decision) {
            Ok(letter) => letter.body.split("\n\n").nth(2).unwrap_or_default().to_owned(),
            Err(LetterError::Refused(found)) => {
                found.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
            }
            Err(other) => other.to_string(),
        };
        shown.push_str(&format!("{actor}: {said}\n"));
    }
    insta::assert_snapshot!(shown, @"
    May Brown: Will you look at what Example Company did on May 4, 2026? May we?
    Example Company: Will you look at what Example Company did on May 4, 2026? May we?
    Will Grant: Will you look at what Example Company did on May 4, 2026? May we?
    May: the letter names `May`, a person in the case
    ");
}
