//! Days that letters promise: from the clocks and the plan of the decision, and none that has passed.

use super::policy;
use redress::case::{CaseFormat, read_text};
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{Case, Decision, Policy};
use std::fmt::Write;

fn decided(policy: &Policy, case: &str, at: &str) -> (Case, Decision) {
    let case = read_text(&Source::new("case.yaml", case), CaseFormat::Yaml).remove(0);
    let case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let decision = policy.decide(&case, DateTime::parse(at).unwrap()).unwrap();
    (case, decision)
}

/// The sentences of a letter that promise a day, in every language.
fn promised(kind: &str, case: &str, at: &str) -> String {
    let policy = policy();
    let (case, decision) = decided(&policy, case, at);
    let mut shown = String::new();
    for language in super::LANGUAGES {
        let letter = policy.letters().write(kind, language, &case, &decision).unwrap();
        let sentences = letter.body.split_inclusive(". ").flat_map(|text| text.split('\n'));
        let told = ["by ", "a más tardar", "até "];
        for sentence in sentences.filter(|sentence| told.iter().any(|word| sentence.contains(word)) && sentence.contains("2026"))
        {
            writeln!(shown, "{language}: {}", sentence.trim()).unwrap();
        }
    }
    if shown.is_empty() { "no day".to_owned() } else { shown }
}

const DEBIT: &str = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00-05:00, language: en, jurisdiction: US-VA}
customer: {customer_id: C-1, segment: consumer}
account: {product: debit_account, first_deposit_at: 2020-01-01}
dispute: {reason_code: UNRECOGNISED, disputed_amount: 240.00 USD}
";
const TELECOM: &str = "
complaint: {case_id: D-1, received_at: 2026-04-06T10:00:00-03:00, language: pt-BR, jurisdiction: BR}
customer: {customer_id: C-1, segment: consumer}
account: {product: telecom}
dispute: {reason_code: UNRECOGNISED, disputed_amount: 119.70 BRL}
";
const MEXICO: &str = "
complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00-06:00, language: es-MX, jurisdiction: MX}
customer: {customer_id: C-1, segment: consumer}
account: {product: services}
invoice: {total: 500.00 MXN, paid: 500.00 MXN}
dispute: {reason_code: PRICE, disputed_amount: 100.00 MXN}
finding: {status: complete, liability: our_error, confidence: 0.95}
";

#[test]
fn the_answer_is_promised_by_the_earliest_clock_of_a_law() {
    insta::assert_snapshot!(promised("progress_update", DEBIT, "2026-03-05T12:00:00-05:00"), @"
    en: You will hear from us again by March 9, 2026, even where there is nothing new.
    en: You will have our answer by April 21, 2026 at the latest.
    es: Volverá a tener noticias nuestras a más tardar el 9 de marzo de 2026, aunque no haya novedades.
    es: Tendrá nuestra respuesta a más tardar el 21 de abril de 2026.
    pt-BR: Você voltará a ter notícias nossas até 9 de março de 2026, mesmo que não haja novidade.
    pt-BR: Você terá nossa resposta até 21 de abril de 2026.
    ");
    // Seven days of the one law come before the thirty of the other, and before the next update.
    insta::assert_snapshot!(promised("progress_update", TELECOM, "2026-04-07T12:00:00-03:00"), @"
    en: You will have our answer by 13 April 2026 at the latest.
    es: Tendrá nuestra respuesta a más tardar el 13 de abril de 2026.
    pt-BR: Você terá nossa resposta até 13 de abril de 2026.
    ");
    insta::assert_snapshot!(promised("acknowledgement", TELECOM, "2026-04-13T12:00:00-03:00"), @"
    en: You will have our answer by 13 April 2026 at the latest.
    es: Tendrá nuestra respuesta a más tardar el 13 de abril de 2026.
    pt-BR: Você terá nossa resposta até 13 de abril de 2026.
    ");
}

#[test]
fn a_day_that_has_passed_is_promised_to_nobody() {
    insta::assert_snapshot!(promised("progress_update", TELECOM, "2026-04-14T12:00:00-03:00"), @"no day");
    let answered = format!("{TELECOM}steps_done: [{{step: answer, at: 2026-04-08T10:00:00-03:00}}]\n");
    insta::assert_snapshot!(promised("acknowledgement", &answered, "2026-04-09T12:00:00-03:00"), @"
    en: You will hear from us again by 13 April 2026, even where there is nothing new.
    es: Volverá a tener noticias nuestras a más tardar el 13 de abril de 2026, aunque no haya novedades.
    pt-BR: Você voltará a ter notícias nossas até 13 de abril de 2026, mesmo que não haja novidade.
    ");
}

#[test]
fn what_is_owed_is_promised_by_its_clock() {
    insta::assert_snapshot!(promised("correction_notice", MEXICO, "2026-03-05T12:00:00-06:00"), @"
    en: This is done by 9 March 2026 at the latest.
    es: Lo haremos a más tardar el 9 de marzo de 2026.
    pt-BR: Faremos isso até 9 de março de 2026.
    ");
    insta::assert_snapshot!(promised("apology", MEXICO, "2026-03-09T12:00:00-06:00"), @"
    en: We are putting it right: $100.00 comes back to you, by 9 March 2026 at the latest.
    es: Lo estamos corrigiendo: le devolvemos $100.00, a más tardar el 9 de marzo de 2026.
    pt-BR: Estamos corrigindo isso e devolvemos MXN 100,00 a você, até 9 de março de 2026.
    ");
    insta::assert_snapshot!(promised("findings", MEXICO, "2026-03-10T12:00:00-06:00"), @"no day");
    let done = format!("{MEXICO}steps_done: [{{step: correct, at: 2026-03-05T10:00:00-06:00}}]\n");
    insta::assert_snapshot!(promised("findings", &done, "2026-03-06T12:00:00-06:00"), @"no day");
}
