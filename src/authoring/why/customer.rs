//! An answer that a customer may read: what could still change our answer, in the language of the case.
//!
//! It holds no name of a rule, no figure, nothing of what a customer is worth and nothing of other customers, and it promises nothing. The
//! sentences are a closed list; the guard of letters reads them all the same, and what it refuses is not shown.

use super::answer::{Answer, FactChange};
use super::open::StillOpen;
use crate::case::Case;
use crate::decision::Decision;
use crate::letter::{Language, note};
use serde::Serialize;

/// What a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CustomerAnswer {
    /// The language that it is in: `en`, `es` or `pt-BR`.
    pub language: &'static str,
    /// What is said.
    pub text: String,
}

/// The same in each language: English, Spanish, Portuguese.
type Said = [&'static str; 3];

const SO_ALREADY: Said = [
    "Our answer already is what you asked about.",
    "Nuestra respuesta ya es la que usted esperaba.",
    "Nossa resposta já é a que você esperava.",
];
const COULD_CHANGE: Said = [
    "This is what could still change our answer:",
    "Esto es lo que todavía podría cambiar nuestra respuesta:",
    "Isto é o que ainda poderia mudar a nossa resposta:",
];
const PLEASE_SEND: Said = [
    "If you have something to add to it, please send it to us, and we look at your case again. What follows from it we can only say once we know it.",
    "Si tiene algo que agregar, envíenoslo y revisamos su caso de nuevo. Lo que resulte solo lo podemos decir cuando lo conozcamos.",
    "Se tiver algo a acrescentar, envie para nós e analisamos o seu caso de novo. O que resulta disso só podemos dizer quando o conhecermos.",
];
const NOTHING_LEFT: Said = [
    "Our answer rests on facts that neither you nor we can still change. If you think that one of them is wrong, please tell us which one and why, and we look at it again.",
    "Nuestra respuesta se basa en hechos que ni usted ni nosotros podemos cambiar ya. Si cree que alguno no es correcto, díganos cuál y por qué, y lo revisamos de nuevo.",
    "Nossa resposta se apoia em fatos que nem você nem nós podemos mais mudar. Se você acha que algum deles não está certo, diga qual e por quê, e o analisamos de novo.",
];
const NOT_FOUND: Said = [
    "We have found nothing yet that would change our answer. If you know something that we do not know, please tell us, and we look at your case again.",
    "Todavía no hemos encontrado nada que cambie nuestra respuesta. Si usted sabe algo que nosotros no sabemos, díganoslo y revisamos su caso de nuevo.",
    "Ainda não encontramos nada que mude a nossa resposta. Se você sabe algo que nós não sabemos, conte para nós e analisamos o seu caso de novo.",
];
const MORE: Said = ["more information about your case", "más información sobre su caso", "mais informações sobre o seu caso"];

/// What a change means to a customer: by the fact, and by what it becomes where that makes a difference.
const MEANINGS: [(&str, &str, Said); 19] = [
    (
        "dispute.consequential_charges.evidence",
        "receipt",
        [
            "a receipt for the cost that you told us about",
            "un recibo del gasto del que nos habló",
            "um recibo do gasto que você nos informou",
        ],
    ),
    (
        "dispute.consequential_charges.evidence",
        "official_notice",
        [
            "an official notice about the cost that you told us about",
            "un aviso oficial sobre el gasto del que nos habló",
            "um aviso oficial sobre o gasto que você nos informou",
        ],
    ),
    (
        "complaint.notice_form",
        "written",
        ["your complaint in writing", "su reclamación por escrito", "a sua reclamação por escrito"],
    ),
    (
        "dispute.customer_request",
        "payment_plan",
        ["a request for a payment plan", "la solicitud de un plan de pagos", "o pedido de um plano de pagamento"],
    ),
    (
        "dispute.customer_request",
        "longer_terms",
        ["a request for more time to pay", "la solicitud de más tiempo para pagar", "o pedido de mais prazo para pagar"],
    ),
    ("dispute.customer_request", "", ["another request from you", "otra solicitud de su parte", "outro pedido da sua parte"]),
    (
        "dispute.deficient_service",
        "",
        [
            "new facts about the service that you received",
            "nuevos datos sobre el servicio que recibió",
            "novos dados sobre o serviço que você recebeu",
        ],
    ),
    (
        "exit_request",
        "",
        [
            "taking back the request to end the contract",
            "retirar la solicitud de terminar el contrato",
            "retirar o pedido de encerrar o contrato",
        ],
    ),
    (
        "offers.response",
        "",
        [
            "your answer to the offer that we made",
            "su respuesta a la oferta que le hicimos",
            "a sua resposta à oferta que fizemos",
        ],
    ),
    ("finding.status", "", ["the end of our investigation", "el final de nuestra investigación", "o fim da nossa investigação"]),
    (
        "finding.liability",
        "",
        [
            "new facts about how the error came about",
            "nuevos datos sobre cómo se produjo el error",
            "novos dados sobre como o erro aconteceu",
        ],
    ),
    (
        "finding.our_share",
        "",
        [
            "new facts about our part in the error",
            "nuevos datos sobre nuestra parte en el error",
            "novos dados sobre a nossa parte no erro",
        ],
    ),
    (
        "finding.justified_mistake",
        "",
        [
            "new facts about how the error came about",
            "nuevos datos sobre cómo se produjo el error",
            "novos dados sobre como o erro aconteceu",
        ],
    ),
    (
        "finding.correct_amount",
        "",
        [
            "new facts about what should have been billed",
            "nuevos datos sobre lo que se debió facturar",
            "novos dados sobre o que deveria ter sido cobrado",
        ],
    ),
    (
        "finding.confidence",
        "",
        ["more certainty about what happened", "más certeza sobre lo que ocurrió", "mais certeza sobre o que aconteceu"],
    ),
    (
        "finding.root_cause",
        "",
        [
            "new facts about how the error came about",
            "nuevos datos sobre cómo se produjo el error",
            "novos dados sobre como o erro aconteceu",
        ],
    ),
    (
        "finding.severity",
        "",
        [
            "new facts about how much it affected you",
            "nuevos datos sobre cuánto le afectó",
            "novos dados sobre quanto isso afetou você",
        ],
    ),
    (
        "invoice.fiscal_document",
        "",
        ["new facts about the tax document", "nuevos datos sobre el documento fiscal", "novos dados sobre o documento fiscal"],
    ),
    (
        "steps_done",
        "",
        ["a step that we still have to take", "un paso que todavía nos falta dar", "um passo que ainda precisamos dar"],
    ),
];

fn position(language: Language) -> (usize, &'static str) {
    match language {
        Language::English => (0, "en"),
        Language::Spanish => (1, "es"),
        Language::Portuguese => (2, "pt-BR"),
    }
}

fn in_language(said: &Said, language: Language) -> &'static str {
    said.get(position(language).0).copied().unwrap_or_default()
}

fn meaning(change: &FactChange, language: Language) -> &'static str {
    let is_of = |fact: &str| change.fact == fact || change.fact.strip_prefix(fact).is_some_and(|rest| rest.starts_with('.'));
    let exact = MEANINGS.iter().find(|(fact, to, _)| is_of(fact) && *to == change.to);
    let any = || MEANINGS.iter().find(|(fact, to, _)| is_of(fact) && to.is_empty());
    in_language(exact.or_else(any).map_or(&MORE, |(_, _, said)| said), language)
}

/// What a customer is told, in the language of the case where it is one that letters know, else in English.
#[must_use]
pub fn customer_answer(answer: &Answer, case: &Case) -> CustomerAnswer {
    if answer.is_so {
        return said_to(case, &answer.decision, &Telling::Plain(&SO_ALREADY));
    }
    if answer.ways.is_empty() {
        return said_to(case, &answer.decision, &Telling::Plain(if answer.proven { &NOTHING_LEFT } else { &NOT_FOUND }));
    }
    said_to(case, &answer.decision, &Telling::Ways(answer.ways.iter().map(|way| way.changes.as_slice()).collect()))
}

/// What a customer is told of a decision that nobody asked a question about: what could still change it. Ways that turn nothing that a
/// customer sees are left out.
#[must_use]
pub fn customer_open(open: &StillOpen, case: &Case) -> CustomerAnswer {
    let ways: Vec<&[FactChange]> = open.seen_by_customer().collect();
    said_to(case, &open.decision, &if ways.is_empty() { Telling::Plain(&NOT_FOUND) } else { Telling::Ways(ways) })
}

/// What is to be told.
enum Telling<'a> {
    Plain(&'static Said),
    Ways(Vec<&'a [FactChange]>),
}

fn said_to(case: &Case, decision: &Decision, telling: &Telling<'_>) -> CustomerAnswer {
    let tag = case.complaint.language.known().map_or("en", String::as_str);
    let language = Language::of_tag(tag).unwrap_or(Language::English);
    let said = |text: &Said| in_language(text, language).to_owned();
    let text = match telling {
        Telling::Plain(text) => said(text),
        Telling::Ways(ways) => {
            let mut lines: Vec<String> = Vec::new();
            for changes in ways {
                let mut parts: Vec<String> = Vec::new();
                for change in *changes {
                    let part = meaning(change, language).to_owned();
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
                let line = format!("- {}", language.list(&parts));
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            format!("{}\n{}\n\n{}", said(&COULD_CHANGE), lines.join("\n"), said(&PLEASE_SEND))
        }
    };
    // What the guard refuses is not shown; that nothing was found says nothing wrong.
    let refused = note(&text, language, case, decision).has_errors();
    CustomerAnswer { language: position(language).1, text: if refused { said(&NOT_FOUND) } else { text } }
}
