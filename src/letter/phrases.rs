//! Phrases that no letter may hold, by language: what they are, why, and what to write instead.
//!
//! Words of a phrase are separated by spaces; `one|other` is either of them, `*` up to three words in between, `#` a number in words.
//! A phrase never reaches over the end of a sentence. Case, accents and what is not seen make no difference.

use super::locale::Language;
use super::prose::folded;
use crate::text::Code;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// Phrases with one reason.
struct Rule {
    code: Code,
    /// What is wrong, after the phrase itself.
    wrong: &'static str,
    help: &'static str,
    english: &'static [&'static str],
    spanish: &'static [&'static str],
    portuguese: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        code: Code::LetterConditional,
        wrong: "apologises only on a condition",
        help: "say plainly what went wrong and that we are sorry for it: `we are sorry that you were charged twice`",
        english: &[
            "sorry|apologise|apologize|apologies|apology|regret if|should",
            "sorry|apologise|apologize|apologies|apology|regret in case",
            "sorry|apologise|apologize|apologies|apology|regret in the event",
            "sorry|apologise|apologize|apologies|apology|regret for|about any",
            "if you feel|felt",
            "sorry|apologise|apologize|apologies|regret you feel|felt",
            "sorry|apologise|apologize|apologies|regret that you feel|felt",
            "any inconvenience|inconveniences",
            "may|might|could have caused|felt|experienced|suffered",
            "if we made|caused|did",
            "if we have made|caused",
            "if there was|were a|an|any|some mistake|mistakes|error|errors|problem|problems|inconvenience|inconveniences",
            "if this|it|that|something|anything caused|upset|offended",
            "any mistake|mistakes|error|errors we may|might",
        ],
        spanish: &[
            "lamentamos|sentimos|disculpas|disculpa|perdón|disculpe|disculpamos si",
            "lamentamos|sentimos|disculpas|disculpa|perdón|disculpe|disculpamos mucho|muchísimo|profundamente|sinceramente si",
            "molestias|molestia|inconvenientes|inconveniente|perjuicios|problemas|errores|error que * haya|hayan|hubiera|hubieran|hubiese|hubiesen",
            "cualquier|cualesquiera inconveniente|inconvenientes|molestia|molestias|perjuicio|perjuicios|error",
            "posible|posibles|eventual|eventuales inconveniente|inconvenientes|molestia|molestias|perjuicio|perjuicios|error|errores",
            "si se sintió|siente|sintiera|ha",
            "si usted se|siente|sintió",
            "pudiera|pudieran|pudo|pudimos|pueda|puedan|podamos haber|haberle|causar|causarle|ocasionar|ocasionarle",
            "hayamos|hubiéramos podido|causado|ocasionado",
            "si hemos cometido|causado|ocasionado",
            "si hubo un|algún error",
        ],
        portuguese: &[
            "desculpas|desculpa|desculpe|desculpem|lamentamos|sentimos se",
            "desculpas|desculpa|desculpe|desculpem|lamentamos|sentimos muito|muitíssimo|profundamente|sinceramente se|caso",
            "desculpas|desculpa|desculpe|desculpem|lamentamos|sentimos caso tenha|tenhamos|haja|você|isso",
            "qualquer|quaisquer|eventual|eventuais inconveniente|inconvenientes|transtorno|transtornos|incômodo|incômodos|erro|erros|prejuízo|prejuízos",
            "se você sentiu|sente|se",
            "caso você se|tenha",
            "possa|possam|possamos|pode|podemos ter causado|causar|gerado|gerar",
            "tenhamos causado|gerado",
            "se erramos",
            "se houve um|algum erro|problema",
            "se houve erros|problemas|transtornos",
        ],
    },
    Rule {
        code: Code::LetterBlame,
        wrong: "blames somebody",
        help: "say what failed in the process: `the payment was matched to another account`",
        english: &[
            "human error",
            "our|an|the employee|agent|colleague|clerk|representative|associate failed|forgot|made|did|missed",
            "failed to follow",
            "carelessness|negligence|incompetence|careless|negligent",
            "fault of",
            "your|our fault|negligence",
            "your own mistake|error",
            "you should have",
            "you failed to",
            "as you should know",
        ],
        spanish: &[
            "error|errores|fallo humano|humanos",
            "culpa",
            "negligencia|descuido|incompetencia",
            "usted debió|debería|debiera",
            "usted no se fijó",
        ],
        portuguese: &[
            "erro|falha humano|humana",
            "culpa",
            "negligência|descuido|incompetência",
            "você deveria|devia",
            "você não prestou",
        ],
    },
    Rule {
        code: Code::LetterPromise,
        wrong: "promises what the decision does not hold",
        help: "say what is decided, with an amount or a day of the decision: `we check on {{ verify_on }} that it holds`",
        english: &[
            "guarantee|guarantees|guaranteed",
            "promise|promises",
            "never happen again",
            "not|won't happen again",
            "a business|working|calendar|full day",
            "# business|working|calendar|full day|days",
            "# day|days|week|weeks|month|months|hour|hours",
            "within|in a day|week|month",
            "within|in|after|next * few|several|couple * day|days|week|weeks|month|months|hour|hours",
        ],
        spanish: &[
            "garantizamos|garantizo|garantizado|garantizada",
            "prometemos|prometo",
            "nunca más",
            "no volverá a ocurrir|suceder|pasar",
            "no se repetirá",
            "# día|días|semana|semanas|mes|meses|hora|horas",
            "unos|pocos|algunos|unas|pocas|algunas días|semanas|meses|horas",
            "unos|unas pocos|pocas|cuantos|cuantas días|semanas|meses|horas",
        ],
        portuguese: &[
            "garantimos|garanto|garantido|garantida",
            "prometemos|prometo",
            "nunca mais",
            "não voltará a acontecer|ocorrer",
            "não se repetirá",
            "não vai acontecer|ocorrer|se",
            "# dia|dias|mês|meses|hora|horas|semana|semanas",
            "poucos|alguns|poucas|algumas|uns|umas dias|semanas|meses|horas",
            "uns|umas poucos|poucas dias|semanas|meses|horas",
        ],
    },
    Rule {
        code: Code::LetterBargain,
        wrong: "makes a gesture a condition",
        help: "what is owed is put right first and asks for nothing; the gesture comes on top: `you need not do anything to receive it`",
        english: &[
            "once|if|when|after|unless|until you accept|sign|agree|withdraw",
            "once|if|when|after|unless|until you have accepted|signed|agreed|withdrawn",
            "once|if|when|after|unless|until you've accepted|signed|agreed|withdrawn",
            "as soon as you accept|sign|agree|withdraw|have|confirm",
            "provided|providing you accept|sign|agree|withdraw",
            "in|as exchange|return for",
            "in return",
            "on|under the|one condition",
            "on condition that",
            "subject to your acceptance|agreement|consent",
            "provided that you",
            "full and final",
            "withdraw|withdrawing|drop|dropping your|the|this complaint|dispute|claim",
            "waive|waives|waiving|waiver your|all|any|of * right|rights|claim|claims",
        ],
        spanish: &[
            "si|cuando|siempre acepta|aceptara|firma|retira|desiste",
            "si usted acepta|firma|retira|desiste",
            "si|cuando lo|la|los|las|nos|ya acepta|acepte|firma|firme|retira|retire",
            "una vez que * acepte|firme|retire|desista",
            "una vez aceptada|aceptado|firmada|firmado",
            "a cambio",
            "a condición de",
            "con la condición",
            "siempre que|y acepte|retire|desista|cuando",
            "sujeto|sujeta a su aceptación",
            "finiquito",
            "retire|retirar|desista|desistir|renuncie|renunciar * reclamo|reclamación|queja|disputa|derecho|derechos",
        ],
        portuguese: &[
            "se|caso|quando você aceitar|aceite|assinar|assine|concordar|retirar|desistir",
            "se|caso aceitar|aceite|assinar|assine",
            "se|caso o|a|os|as|nos|já aceitar|aceite|assinar|assine",
            "assim|depois|após que aceitar|aceite|assinar",
            "assim|depois|após que você aceitar|aceite|assinar",
            "em troca",
            "sob|com a condição",
            "desde que você|retire|aceite|desista",
            "sujeito|sujeita à sua aceitação",
            "quitação",
            "retirar|retire|desistir|desista|renunciar|renuncie * reclamação|contestação|queixa|disputa|direito|direitos",
        ],
    },
    Rule {
        code: Code::LetterNames,
        wrong: "names a person or a team",
        help: "a letter comes from the company: write `we`",
        english: TEAMS_ENGLISH,
        spanish: TEAMS_SPANISH,
        portuguese: TEAMS_PORTUGUESE,
    },
];

const TEAMS_ENGLISH: &[&str] = &[
    "team|teams|department|departments|division|supervisor|supervisors|employee|employees|colleague|colleagues|clerk|clerks|staff",
    "manager|managers|agent|agents|representative|representatives|handler|handlers",
];
const TEAMS_SPANISH: &[&str] = &[
    "equipo|equipos|departamento|departamentos|supervisor|supervisora|empleado|empleada|empleados|colega|colegas",
    "gerente|gerentes|agente|agentes|representante|representantes|compañero|compañera|gestor|gestora",
];
const TEAMS_PORTUGUESE: &[&str] = &[
    "equipe|equipes|departamento|departamentos|setor|setores|supervisor|supervisora|funcionário|funcionária|funcionários",
    "colega|colegas|gerente|gerentes|agente|agentes|representante|representantes|atendente|atendentes|colaborador|colaboradora",
];

/// Numbers in words, as far as periods are written with them. `twenty-one` is read as two words, and the last of them is here.
const NUMBERS_ENGLISH: &str = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred";
const NUMBERS_SPANISH: &str = "un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinte|veintiún|veintiuno|veintidós|veintitrés|veinticuatro|veinticinco|veintiséis|veintisiete|veintiocho|veintinueve|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento";
const NUMBERS_PORTUGUESE: &str = "um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quatorze|quinze|dezesseis|dezasseis|dezessete|dezassete|dezoito|dezenove|dezanove|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|cento";

/// One phrase, ready to be looked for.
pub(crate) struct Phrase {
    pub(crate) code: Code,
    pub(crate) wrong: &'static str,
    pub(crate) help: &'static str,
    /// What follows the first word.
    pub(crate) rest: Arc<[Step]>,
}

/// A step of a phrase.
pub(crate) enum Step {
    /// One of these words.
    Word(Vec<String>),
    /// Some words, or none.
    Gap,
}

/// The phrases of a language by their first word.
pub(crate) type Phrases = HashMap<String, Vec<Phrase>>;

/// The phrases of a language.
pub(crate) fn phrases(language: Language) -> &'static Phrases {
    static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.english, NUMBERS_ENGLISH));
    static SPANISH: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.spanish, NUMBERS_SPANISH));
    static PORTUGUESE: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.portuguese, NUMBERS_PORTUGUESE));
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
        Language::Portuguese => &PORTUGUESE,
    }
}

fn compiled(of: impl Fn(&Rule) -> &'static [&'static str], numbers: &'static str) -> Phrases {
    let words = |step: &'static str| if step == "#" { numbers } else { step }.split('|').map(folded);
    let step = |step: &'static str| if step == "*" { Step::Gap } else { Step::Word(words(step).collect()) };
    let mut all = Phrases::new();
    for rule in RULES {
        for written in of(rule) {
            let mut steps = written.split(' ');
            let first = steps.next().unwrap_or_default();
            let rest: Arc<[Step]> = steps.map(step).collect();
            for word in words(first) {
                let phrase = Phrase { code: rule.code, wrong: rule.wrong, help: rule.help, rest: rest.clone() };
                all.entry(word).or_default().push(phrase);
            }
        }
    }
    all
}
