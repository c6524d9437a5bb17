//! What runs: decisions and guardrails with every name resolved.

use crate::case::ExtraFact;
use crate::rule::{Cell, HitPolicy, Matcher};
use crate::script::{Expression, FactPath, FailurePolicy, Plugin, Template};
use crate::text::{Place, Source, Span};
use crate::value::{Date, Decimal, Fact, Kind, Rounding, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A literal of a declared kind, as far as it can be known before a case is there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// The same for every case; missing where the author wrote `missing`.
    Plain(Fact<Value>),
    /// A bare amount, in the currency that it means.
    Bare(Decimal),
    /// An amount in the currency of the case.
    OfCase(Decimal),
}

/// Where a value comes from.
#[derive(Debug)]
pub(crate) enum Formula {
    Literal(Literal),
    Expression(Expression),
}

/// A reason, by language.
#[derive(Debug, Default)]
pub(crate) struct Because {
    /// Language (empty where none is named) and text.
    pub(crate) texts: Vec<(String, Template)>,
}

impl Because {
    /// The text for a language: that language, its base (`es` for `es-MX`), no language named, English, the first.
    pub(crate) fn for_language(&self, language: Option<&str>) -> Option<&Template> {
        let find = |wanted: &str| self.texts.iter().find(|(each, _)| each == wanted).map(|(_, text)| text);
        let given =
            language.and_then(|language| find(language).or_else(|| language.split_once('-').and_then(|(base, _)| find(base))));
        given.or_else(|| find("")).or_else(|| find("en")).or_else(|| self.texts.first().map(|(_, text)| text))
    }
}

/// A rule, without its conditions.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    /// One entry an output; nothing where the default stands.
    pub(crate) then: Vec<Option<Formula>>,
    pub(crate) because: Because,
    pub(crate) source: Option<String>,
    pub(crate) place: Place,
}

/// A condition: what is read, and what it has to be.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) path: FactPath,
    pub(crate) cell: Cell,
}

/// A derived input.
#[derive(Debug)]
pub(crate) struct Let {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) formula: Formula,
    pub(crate) place: Place,
}

/// An output.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Literal>,
    pub(crate) round: Option<Rounding>,
    /// Its value, in a decision that is a formula only.
    pub(crate) formula: Option<Formula>,
    pub(crate) place: Place,
}

/// A script that decides instead of rules, or a plugin that follows a decision.
#[derive(Debug)]
pub(crate) struct Hooked {
    /// The id of the plugin, or the name of the decision.
    pub(crate) id: String,
    pub(crate) body: Plugin,
    pub(crate) settings: Arc<BTreeMap<String, Value>>,
    pub(crate) on_failure: FailurePolicy,
    pub(crate) place: Place,
}

/// What a guardrail bounds or forbids, and what it says.
#[derive(Debug)]
pub(crate) struct Guardrail {
    pub(crate) id: String,
    pub(crate) when: Vec<Condition>,
    pub(crate) because: Because,
    pub(crate) source: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: Place,
    pub(crate) verb: Verb,
}

/// What a guardrail does.
#[derive(Debug)]
pub(crate) enum Verb {
    /// No more than the formula says.
    Cap { output: usize, at: Formula },
    /// No less.
    Floor { output: usize, at: Formula },
    /// Not these values, unless ...; then these instead.
    Forbid { values: Vec<(usize, Cell)>, unless: Vec<Condition>, instead: Vec<(usize, Formula)> },
    /// These approve as well.
    RequireApproval { roles: Vec<String>, second_person: bool },
    /// These stop.
    Hold { holds: Vec<String> },
    /// This person or team looks at it.
    Refer { target: String },
}

/// A decision that runs.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) name: Arc<str>,
    pub(crate) hit: HitPolicy,
    /// Order of output values: the output, and its names from best to worst.
    pub(crate) priority: Vec<(usize, Vec<String>)>,
    pub(crate) required: Vec<FactPath>,
    /// The list it is decided for.
    pub(crate) for_each: Option<FactPath>,
    pub(crate) lets: Vec<Let>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) columns: Vec<FactPath>,
    pub(crate) matcher: Matcher,
    pub(crate) rules: Vec<Rule>,
    pub(crate) otherwise: Option<Rule>,
    pub(crate) script: Option<Hooked>,
    pub(crate) plugins: Vec<Hooked>,
    /// Guardrails that bound its outputs: `forbid`, then `floor`, then `cap`.
    pub(crate) bounds: Vec<Guardrail>,
    /// Is the case owed what it decides?
    pub(crate) owed: bool,
    pub(crate) place: Place,
}

impl Decision {
    /// A decision that nobody wrote, in whose name finished drafts are looked at.
    pub(crate) fn nobody() -> Self {
        Self {
            name: "".into(),
            hit: HitPolicy::First,
            priority: Vec::new(),
            required: Vec::new(),
            for_each: None,
            lets: Vec::new(),
            outputs: Vec::new(),
            columns: Vec::new(),
            matcher: Matcher::new(Vec::new(), Vec::new()),
            rules: Vec::new(),
            otherwise: None,
            script: None,
            plugins: Vec::new(),
            bounds: Vec::new(),
            owed: false,
            place: Source::new("", "").place(Span::default()),
        }
    }

    /// Several results, as a list?
    pub(crate) fn listed(&self) -> bool {
        self.for_each.is_some() || self.hit.is_list()
    }
}

/// What stands in for a missing fact.
#[derive(Clone, Debug)]
pub(crate) struct Assumption {
    pub(crate) value: Literal,
}

/// A fact of the bundle, read from a case.
pub(crate) fn extra_fact<'c>(case: &'c crate::case::Case, path: &str) -> Option<&'c ExtraFact> {
    match path.split_once('.') {
        Some(("attributes", name)) => case.attributes.get(name),
        Some(("input", name)) => case.input.get(name),
        _ => None,
    }
}
