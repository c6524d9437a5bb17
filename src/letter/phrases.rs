//! Phrases that no letter may hold, by language: what they are, why, and what to write instead.
//!
//! Words of a phrase are separated by spaces; `one|other` is either of them, `*` up to three words in between. A phrase never reaches
//! over the end of a sentence.

use super::locale::Language;
use crate::text::Code;
use std::collections::BTreeMap;
use std::sync::LazyLock;

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
            "sorry|apologise|apologize|apologies|apology|regret for|about any",
            "if you feel|felt",
            "sorry|apologise|apologize|apologies|regret that you feel|felt",
            "any inconvenience",
            "may|might|could have caused|felt|experienced|suffered",
            "if we made|caused",
            "if we have made|caused",
            "if there was|were a|an|any mistake|error",
            "any mistake|mistakes|error|errors we may|might",
        ],
        spanish: &[
            "lamentamos|sentimos|disculpas|disculpa|perdón|disculpe|disculpamos si",
            "cualquier|cualesquiera inconveniente|inconvenientes|molestia|molestias|perjuicio|perjuicios|error",
            "posibles|eventuales inconvenientes|molestias|perjuicios|errores",
            "si se sintió|siente|sintiera|ha",
            "si usted se|siente|sintió",
            "pudiera|pudieran|pudo|pudimos|pueda|puedan|podamos haber|haberle|causar|causarle|ocasionar|ocasionarle",
            "hayamos|hubiéramos podido|causado|ocasionado",
            "si hemos cometido|causado|ocasionado",
            "si hubo un|algún error",
        ],
        portuguese: &[
            "desculpas|desculpa|desculpe|desculpem|lamentamos|sentimos se",
            "desculpas|desculpa|desculpe|desculpem|lamentamos|sentimos caso tenha|tenhamos|haja|você|isso",
            "qualquer|quaisquer|eventual|eventuais inconveniente|inconvenientes|transtorno|transtornos|incômodo|incômodos|erro|erros|prejuízo|prejuízos",
            "se você sentiu|sente|se",
            "caso você se|tenha",
            "possa|possam|possamos|pode|podemos ter causado|causar|gerado|gerar",
            "tenhamos causado|gerado",
            "se erramos",
            "se houve um|algum erro",
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
            "a|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety business|working|calendar|full day|days",
            "one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety day|days|week|weeks|month|months|hour|hours",
            "within|in a|few|several day|days|week|weeks",
        ],
        spanish: &[
            "garantizamos|garantizo|garantizado|garantizada",
            "prometemos|prometo",
            "nunca más",
            "no volverá a ocurrir|suceder|pasar",
            "no se repetirá",
            "un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta|sesenta|noventa día|días|semana|semanas|mes|meses|hora|horas",
            "unos|pocos|algunos días",
        ],
        portuguese: &[
            "garantimos|garanto|garantido|garantida",
            "prometemos|prometo",
            "nunca mais",
            "não voltará a acontecer|ocorrer",
            "não se repetirá",
            "não vai acontecer|ocorrer|se",
            "um|dois|três|quatro|cinco|seis|sete|oito|nove|dez|quinze|vinte|trinta|sessenta|noventa dia|dias|mês|meses|hora|horas",
            "uma|duas|três|quatro semana|semanas",
            "poucos|alguns dias",
        ],
    },
    Rule {
        code: Code::LetterBargain,
        wrong: "makes a gesture a condition",
        help: "what is owed is put right first and asks for nothing; the gesture comes on top: `you need not do anything to receive it`",
        english: &[
            "once|if|when|after|unless|until you accept|sign|agree|withdraw",
            "once|if|when|after|unless|until you have accepted|signed|agreed|withdrawn",
            "in|as exchange|return for",
            "in return",
            "on|under the|one condition",
            "on condition that",
            "subject to your acceptance|agreement|consent",
            "provided that you",
            "full and final",
            "withdraw|withdrawing|drop|dropping your|the|this complaint|dispute|claim",
            "waive|waiving your",
        ],
        spanish: &[
            "si|cuando|siempre acepta|aceptara|firma|retira|desiste",
            "si usted acepta|firma|retira|desiste",
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

/// One phrase, ready to be looked for.
pub(crate) struct Phrase {
    pub(crate) code: Code,
    pub(crate) wrong: &'static str,
    pub(crate) help: &'static str,
    /// What follows the first word.
    pub(crate) rest: Vec<Step>,
}

/// A step of a phrase.
pub(crate) enum Step {
    /// One of these words.
    Word(Vec<&'static str>),
    /// Some words, or none.
    Gap,
}

/// The phrases of a language by their first word.
pub(crate) type Phrases = BTreeMap<&'static str, Vec<Phrase>>;

/// The phrases of a language.
pub(crate) fn phrases(language: Language) -> &'static Phrases {
    static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.english));
    static SPANISH: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.spanish));
    static PORTUGUESE: LazyLock<Phrases> = LazyLock::new(|| compiled(|rule| rule.portuguese));
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
        Language::Portuguese => &PORTUGUESE,
    }
}

fn compiled(of: impl Fn(&Rule) -> &'static [&'static str]) -> Phrases {
    let mut all = Phrases::new();
    for rule in RULES {
        for written in of(rule) {
            let mut words = written.split(' ');
            let first = words.next().unwrap_or_default();
            for word in first.split('|') {
                let rest = words.clone().map(|word| if word == "*" { Step::Gap } else { Step::Word(word.split('|').collect()) });
                let phrase = Phrase { code: rule.code, wrong: rule.wrong, help: rule.help, rest: rest.collect() };
                all.entry(word).or_default().push(phrase);
            }
        }
    }
    all
}
