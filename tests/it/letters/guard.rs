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

#[test]
#[expect(clippy::too_many_lines, reason = "one snapshot, read from top to bottom")]
fn ways_round_a_phrase() {
    let english = each(
        "en",
        &[
            "We are sorry you feel that way.",
            "If there were any errors, we apologise.",
            "We apologise in case this reached you late.",
            "You will hear from us within a few days.",
            "You will hear from us in a couple of weeks.",
            "It takes twelve days.",
            "It takes twenty-one calendar days.",
            "Provided you accept, we pay.",
            "Once you've accepted, we pay.",
            "As soon as you accept, we pay.",
            "You waive any further claims.",
            "We waive your late fee.",
            "We guaran\u{200b}tee it.",
            "Any incon\u{ad}venience is ours.",
            "Any inc\u{43e}nvenience is ours.",
        ],
    );
    let spanish = each(
        "es",
        &[
            "Nunca mas. No volvera a ocurrir.",
            "No volvera\u{301} a ocurrir.",
            "Lamentamos las molestias que esto le haya podido ocasionar.",
            "Lamentamos mucho si esto le afectó.",
            "Si lo acepta, le pagamos.",
            "Le respondemos en catorce días.",
            "Le respondemos en unos pocos días.",
        ],
    );
    let portuguese = each(
        "pt-BR",
        &[
            "Não voltara a acontecer.",
            "Sentimos muito se isso incomodou.",
            "Respondemos em catorze dias.",
            "Respondemos em poucas horas.",
            "Se o aceitar, pagamos.",
        ],
    );
    let shown = [english, spanish, portuguese].concat();
    let shown =
        shown.replace('\u{200b}', "(200b)").replace('\u{ad}', "(ad)").replace('\u{301}', "(301)").replace('\u{43e}', "(43e)");
    insta::assert_snapshot!(shown, @"
    We are sorry you feel that way.
      R1123: `sorry you feel` apologises only on a condition
    If there were any errors, we apologise.
      R1123: `If there were any errors` apologises only on a condition
    We apologise in case this reached you late.
      R1123: `apologise in case` apologises only on a condition
    You will hear from us within a few days.
      R1124: `within a few days` promises what the decision does not hold
    You will hear from us in a couple of weeks.
      R1124: `in a couple of weeks` promises what the decision does not hold
    It takes twelve days.
      R1124: `twelve days` promises what the decision does not hold
    It takes twenty-one calendar days.
      R1124: `one calendar days` promises what the decision does not hold
    Provided you accept, we pay.
      R1125: `Provided you accept` makes a gesture a condition
    Once you've accepted, we pay.
      R1125: `Once you've accepted` makes a gesture a condition
    As soon as you accept, we pay.
      R1125: `As soon as you accept` makes a gesture a condition
    You waive any further claims.
      R1125: `waive any further claims` makes a gesture a condition
    We waive your late fee.
      fine
    We guaran(200b)tee it.
      R1124: `guaran(200b)tee` promises what the decision does not hold
    Any incon(ad)venience is ours.
      R1123: `Any incon(ad)venience` apologises only on a condition
    Any inc(43e)nvenience is ours.
      R1123: `Any inc(43e)nvenience` apologises only on a condition
    Nunca mas. No volvera a ocurrir.
      R1124: `Nunca mas` promises what the decision does not hold
      R1124: `No volvera a ocurrir` promises what the decision does not hold
    No volvera(301) a ocurrir.
      R1124: `No volvera(301) a ocurrir` promises what the decision does not hold
    Lamentamos las molestias que esto le haya podido ocasionar.
      R1123: `molestias que esto le haya` apologises only on a condition
    Lamentamos mucho si esto le afectó.
      R1123: `Lamentamos mucho si` apologises only on a condition
    Si lo acepta, le pagamos.
      R1125: `Si lo acepta` makes a gesture a condition
    Le respondemos en catorce días.
      R1124: `catorce días` promises what the decision does not hold
    Le respondemos en unos pocos días.
      R1124: `unos pocos días` promises what the decision does not hold
    Não voltara a acontecer.
      R1124: `Não voltara a acontecer` promises what the decision does not hold
    Sentimos muito se isso incomodou.
      R1123: `Sentimos muito se` apologises only on a condition
    Respondemos em catorze dias.
      R1124: `catorze dias` promises what the decision does not hold
    Respondemos em poucas horas.
      R1124: `poucas horas` promises what the decision does not hold
    Se o aceitar, pagamos.
      R1125: `Se o aceitar` makes a gesture a condition
    ");
}

#[test]
fn what_a_template_cannot_print() {
    insta::assert_snapshot!(each("en", &[
        "{{ \"x\" if our_error else outcome }}",
        "{{ \"put right\" if our_error else \"looked at\" }}",
        "{{ (\"x\" if our_error else outcome) | capital }}",
        "{{ not our_error }}",
        "{{ 30 }} days",
        "{% for line in lines %}{% for word in line %}{{ word }}{% endfor %}{% endfor %}",
        "{% for line in lines %}{{ line }}{% endfor %}",
        "{{ lines.billed }}",
    ]), @r#"
    {{ "x" if our_error else outcome }}
      R1104: `outcome` is a name of the engine and cannot be printed
    {{ "put right" if our_error else "looked at" }}
      fine
    {{ ("x" if our_error else outcome) | capital }}
      R1104: an `if` inside of another expression cannot be used in a letter
    {{ not our_error }}
      R1104: `not our_error` is neither a text nor a fact, and cannot be printed
    {{ 30 }} days
      R1104: `30` is neither a text nor a fact, and cannot be printed
    {% for line in lines %}{% for word in line %}{{ word }}{% endfor %}{% endfor %}
      R1104: a loop walks over a list of the case or the decision
    {% for line in lines %}{{ line }}{% endfor %}
      R1104: `item` is an item of a list and cannot be printed
    {{ lines.billed }}
      R1103: `lines` is a list, and a field belongs to one of its items
    "#);
}
