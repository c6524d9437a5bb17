//! What no letter may say, in three languages.

use super::{about, findings};

/// Each line as a letter, and what is said about it.
fn each(language: &str, lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n  {}\n", findings(language, line).replace('\n', "\n  "))).collect()
}

#[test]
fn english() {
    insta::assert_snapshot!(each("en", &[
        "We are sorry if this was annoying.",
        "We apologise for any inconvenience you may have felt.",
        "We are sorry that you were charged twice.",
        "If you feel that this is unfair, tell us.",
        "It was due to human error by our clerk.",
        "You should have read the terms.",
        "This is the fault of another.",
        "We guarantee that it is over.",
        "It will never happen again.",
        "You will have it within five business days.",
        "We pay $64.20 on May 12, 2026.",
        "Once you accept the offer, we will correct the bill.",
        "We pay it in exchange for your silence.",
        "This is in full and final settlement.",
        "Our billing team looked at it.",
        "Your account manager will call.",
        "We pay {{ disputed_amount }}. You need not do anything for it.",
    ]), @"
    We are sorry if this was annoying.
      R1123: `sorry if` apologises only on a condition
    We apologise for any inconvenience you may have felt.
      R1123: `apologise for any` apologises only on a condition
      R1123: `may have felt` apologises only on a condition
    We are sorry that you were charged twice.
      fine
    If you feel that this is unfair, tell us.
      R1123: `If you feel` apologises only on a condition
    It was due to human error by our clerk.
      R1122: `human error` blames somebody
      R1121: `clerk` names a person or a team
    You should have read the terms.
      R1122: `You should have` blames somebody
    This is the fault of another.
      R1122: `fault of` blames somebody
    We guarantee that it is over.
      R1124: `guarantee` promises what the decision does not hold
    It will never happen again.
      R1124: `never happen again` promises what the decision does not hold
    You will have it within five business days.
      R1124: `five business days` promises what the decision does not hold
    We pay $64.20 on May 12, 2026.
      R1124: `64.20` is a number that no decision holds
      R1124: `12` is a number that no decision holds
      R1124: `2026` is a number that no decision holds
    Once you accept the offer, we will correct the bill.
      R1125: `Once you accept` makes a gesture a condition
    We pay it in exchange for your silence.
      R1125: `in exchange for` makes a gesture a condition
    This is in full and final settlement.
      R1125: `full and final` makes a gesture a condition
    Our billing team looked at it.
      R1121: `team` names a person or a team
    Your account manager will call.
      R1121: `manager` names a person or a team
    We pay {{ disputed_amount }}. You need not do anything for it.
      fine
    ");
}

#[test]
fn spanish() {
    insta::assert_snapshot!(each("es", &[
        "Lamentamos si esto le molestó.",
        "Disculpe cualquier inconveniente.",
        "Lamentamos las molestias que le hayamos podido causar.",
        "Lamentamos que se le haya cobrado dos veces.",
        "Fue un error humano.",
        "Usted debió leer el contrato.",
        "Le garantizamos que se acabó.",
        "No volverá a ocurrir.",
        "Lo tendrá en cinco días.",
        "Si acepta la oferta, corregimos la factura.",
        "Una vez que usted acepte, le pagamos.",
        "Se lo damos a cambio de su silencio.",
        "Debe retirar su reclamación.",
        "Nuestro equipo lo revisó.",
        "Le devolvemos {{ disputed_amount }}.",
    ]), @"
    Lamentamos si esto le molestó.
      R1123: `Lamentamos si` apologises only on a condition
    Disculpe cualquier inconveniente.
      R1123: `cualquier inconveniente` apologises only on a condition
    Lamentamos las molestias que le hayamos podido causar.
      R1123: `hayamos podido` apologises only on a condition
    Lamentamos que se le haya cobrado dos veces.
      fine
    Fue un error humano.
      R1122: `error humano` blames somebody
    Usted debió leer el contrato.
      R1122: `Usted debió` blames somebody
    Le garantizamos que se acabó.
      R1124: `garantizamos` promises what the decision does not hold
    No volverá a ocurrir.
      R1124: `No volverá a ocurrir` promises what the decision does not hold
    Lo tendrá en cinco días.
      R1124: `cinco días` promises what the decision does not hold
    Si acepta la oferta, corregimos la factura.
      R1125: `Si acepta` makes a gesture a condition
    Una vez que usted acepte, le pagamos.
      R1125: `Una vez que usted acepte` makes a gesture a condition
    Se lo damos a cambio de su silencio.
      R1125: `a cambio` makes a gesture a condition
    Debe retirar su reclamación.
      R1125: `retirar su reclamación` makes a gesture a condition
    Nuestro equipo lo revisó.
      R1121: `equipo` names a person or a team
    Le devolvemos {{ disputed_amount }}.
      fine
    ");
}

#[test]
fn portuguese() {
    insta::assert_snapshot!(each("pt-BR", &[
        "Pedimos desculpas se isso incomodou.",
        "Pedimos desculpas por qualquer inconveniente.",
        "Lamentamos eventuais transtornos.",
        "Lamentamos que a cobrança tenha sido feita duas vezes.",
        "Foi falha humana.",
        "Você deveria ter lido o contrato.",
        "Garantimos que acabou.",
        "Isso não voltará a acontecer.",
        "Você recebe em cinco dias.",
        "Se você aceitar a oferta, corrigimos a fatura.",
        "Assim que aceitar, pagamos.",
        "Damos isso em troca do seu silêncio.",
        "É preciso retirar sua contestação.",
        "Nossa equipe verificou.",
        "Devolvemos {{ disputed_amount }} a você.",
    ]), @"
    Pedimos desculpas se isso incomodou.
      R1123: `desculpas se` apologises only on a condition
    Pedimos desculpas por qualquer inconveniente.
      R1123: `qualquer inconveniente` apologises only on a condition
    Lamentamos eventuais transtornos.
      R1123: `eventuais transtornos` apologises only on a condition
    Lamentamos que a cobrança tenha sido feita duas vezes.
      fine
    Foi falha humana.
      R1122: `falha humana` blames somebody
    Você deveria ter lido o contrato.
      R1122: `Você deveria` blames somebody
    Garantimos que acabou.
      R1124: `Garantimos` promises what the decision does not hold
    Isso não voltará a acontecer.
      R1124: `não voltará a acontecer` promises what the decision does not hold
    Você recebe em cinco dias.
      R1124: `cinco dias` promises what the decision does not hold
    Se você aceitar a oferta, corrigimos a fatura.
      R1125: `Se você aceitar` makes a gesture a condition
    Assim que aceitar, pagamos.
      R1125: `Assim que aceitar` makes a gesture a condition
    Damos isso em troca do seu silêncio.
      R1125: `em troca` makes a gesture a condition
    É preciso retirar sua contestação.
      R1125: `retirar sua contestação` makes a gesture a condition
    Nossa equipe verificou.
      R1121: `equipe` names a person or a team
    Devolvemos {{ disputed_amount }} a você.
      fine
    ");
}

#[test]
fn a_phrase_across_a_branch_is_found_when_the_letter_is_written() {
    insta::assert_snapshot!(about("en", "We are sorry\n{% if our_error %}\nthat\n{% else %}\nif\n{% endif %}\nthis was annoying."), @"
    error[R1123]: `sorry if` apologises only on a condition
     --> letter apology.en of case D-1:7:8
      |
    7 | We are sorry if this was annoying.
      |        ^^^^^^^^
      |
      = help: say plainly what went wrong and that we are sorry for it: `we are sorry that you were charged twice`

    1 error
    ");
}

#[test]
fn a_person_of_the_case_is_not_named() {
    insta::assert_snapshot!(about("en", "Maria looked at it, and Silva too."), @"
    error[R1121]: the letter names `Maria`, a person in the case
     --> letter apology.en of case D-1:7:1
      |
    7 | Maria looked at it, and Silva too.
      | ^^^^^
      |
      = help: a letter comes from the company: it names no person

    error[R1121]: the letter names `Silva`, a person in the case
     --> letter apology.en of case D-1:7:25
      |
    7 | Maria looked at it, and Silva too.
      |                         ^^^^^
      |
      = help: a letter comes from the company: it names no person

    2 errors
    ");
    insta::assert_snapshot!(findings("en", "Paul is a name of the customer's own."), @"fine");
}
