//! What runs: decisions and guardrails with every name resolved.

use super::literal::Literal;
use crate::bundle::{LawDoc, is_same_tag, language_of};
use crate::decision::{Citation, Law, Laws};
use crate::rule::{Cell, HitPolicy, LoneCell, Matcher};
use crate::script::{BoundPlugin, Expression, FactPath, FailurePolicy, Template};
use crate::text::{Place, Source, Span};
use crate::value::{Brief, Date, Kind, Rounding, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Where a value comes from.
#[derive(Debug)]
pub(crate) enum Formula {
    Literal(Literal),
    Expression(Expression),
}

impl Formula {
    /// Do two formulas of one decision say the same, as far as their texts tell?
    pub(crate) fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(one), Self::Literal(other)) => one == other,
            (Self::Expression(one), Self::Expression(other)) => one.text() == other.text(),
            _ => false,
        }
    }
}

/// A reason, by language.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Because {
    /// Language (empty where none is named) and text.
    pub(crate) texts: Vec<(String, Template)>,
}

impl Because {
    /// The text for a language: that language, its base (`es` for `es-MX`), no language named, English, the first.
    pub(crate) fn for_language(&self, language: Option<&str>) -> Option<&Template> {
        let find = |wanted: &str| self.texts.iter().find(|(each, _)| is_same_tag(each, wanted)).map(|(_, text)| text);
        let given = language.and_then(|language| find(language).or_else(|| find(language_of(language))));
        given.or_else(|| find("")).or_else(|| find("en")).or_else(|| self.texts.first().map(|(_, text)| text))
    }
}

/// A rule, without its conditions.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: Arc<str>,
    /// One entry an output; nothing where the default stands.
    pub(crate) then: Vec<Option<Formula>>,
    /// All its outputs in brief, where they are the same for every case.
    pub(crate) constants: Option<Box<[Brief]>>,
    pub(crate) because: Because,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) law: Option<Arc<Law>>,
    pub(crate) place: Place,
    /// Where its conditions stand in the text of its place, by column.
    pub(crate) cells: Box<[(usize, Span)]>,
    /// As decisions cite it, once one does.
    pub(crate) citation: OnceLock<Arc<Citation>>,
}

impl Rule {
    /// Does it give the same as another rule of its decision?
    pub(crate) fn gives(&self, other: &Self) -> bool {
        self.then.len() == other.then.len()
            && self.then.iter().zip(&other.then).all(|pair| match pair {
                (None, None) => true,
                (Some(one), Some(other)) => one.says(other),
                _ => false,
            })
    }

    /// Where its condition on a column stands; the rule where it has none.
    pub(crate) fn cell_place(&self, column: usize) -> Place {
        match self.cells.iter().find(|(asked, _)| *asked == column) {
            Some((_, span)) => Place { span: *span, ..self.place.clone() },
            None => self.place.clone(),
        }
    }

    /// Does it, or a condition of it, stand there?
    pub(crate) fn stands_at(&self, place: &Place) -> bool {
        let is_own = self.place.span == place.span || self.cells.iter().any(|(_, span)| *span == place.span);
        is_own && self.place.source == place.source
    }

    /// As decisions cite it, by the name of its decision.
    pub(crate) fn citation(&self, decision: &str, laws: &Laws) -> Arc<Citation> {
        let cite = || Citation::new(decision, &self.id, laws).resting_on(self.source.clone()).standing_at(&self.place).into();
        self.citation.get_or_init(cite).clone()
    }
}

/// Where a rule comes from, as explanations tell it.
pub(crate) fn law(doc: &LawDoc) -> Option<Arc<Law>> {
    Law::of(doc.pack.as_deref(), doc.address.as_deref(), doc.verified)
}

/// A condition: what is read, and what it has to be.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) path: FactPath,
    pub(crate) cell: Cell,
    /// The same cell, ready for facts in brief.
    pub(crate) quick: LoneCell,
}

impl Condition {
    /// Its bounds are looked up for every case, also where they could never change.
    pub(crate) fn look_up_bounds(&mut self) {
        self.quick = LoneCell::new(&self.path.kind, &self.cell, &|_| None);
    }
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

/// When a plugin that keeps failing is not called for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarantineRule {
    /// How many cases in a row it may fail in.
    pub after: u64,
    /// For how many minutes it is not called then.
    pub cool_down_minutes: u64,
}

/// A script or native plugin that decides instead of rules, or a plugin that follows a decision.
#[derive(Debug)]
pub(crate) struct Hooked {
    /// The id of the plugin, or the name of the decision.
    pub(crate) id: String,
    pub(crate) body: BoundPlugin,
    pub(crate) settings: Arc<BTreeMap<String, Value>>,
    pub(crate) on_failure: FailurePolicy,
    /// A plugin runs where all of this holds of the facts and of the draft.
    pub(crate) when: Vec<Condition>,
    pub(crate) quarantine: Option<QuarantineRule>,
    /// Its number among all of the policy.
    pub(crate) number: usize,
    pub(crate) place: Place,
}

/// What a guardrail bounds or forbids, and what it says.
#[derive(Debug)]
pub(crate) struct Guardrail {
    pub(crate) id: String,
    pub(crate) when: Vec<Condition>,
    pub(crate) because: Because,
    pub(crate) source: Option<String>,
    pub(crate) law: Option<Arc<Law>>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: Place,
    pub(crate) verb: Verb,
}

impl Guardrail {
    /// The bounds of its conditions are looked up for every case, also where they could never change.
    pub(crate) fn look_up_bounds(&mut self, kinds: &[Kind]) {
        self.when.iter_mut().for_each(Condition::look_up_bounds);
        if let Verb::Forbid { values, quick, unless, .. } = &mut self.verb {
            unless.iter_mut().for_each(Condition::look_up_bounds);
            let again = values.iter().zip(quick);
            for ((output, cell), quick) in again {
                if let Some(kind) = kinds.get(*output) {
                    *quick = LoneCell::new(kind, cell, &|_| None);
                }
            }
        }
    }

    /// Does it hold on that day?
    pub(crate) fn in_force(&self, day: Date) -> bool {
        day.is_within(self.from, self.until)
    }
}

/// What a guardrail does.
#[derive(Debug)]
pub(crate) enum Verb {
    /// No more than the formula says.
    Cap { output: usize, at: Formula },
    /// No less.
    Floor { output: usize, at: Formula },
    /// Not these values, unless ...; then these instead.
    Forbid { values: Vec<(usize, Cell)>, quick: Vec<LoneCell>, unless: Vec<Condition>, instead: Vec<(usize, Formula)> },
    /// These approve as well.
    RequireApproval { roles: Vec<String>, second_person: bool },
    /// These stop.
    Hold { holds: Vec<String> },
    /// This person or team looks at it.
    Refer { target: String },
}

/// Where the columns of a table lie.
#[derive(Debug, Default)]
pub(crate) struct ColumnsAt {
    /// The register of each; none that exists for one that lies below a slot.
    pub(crate) registers: Vec<usize>,
    /// The slots that are read with them: the word and the bits in a note of what was read.
    pub(crate) noted: Vec<(usize, u64)>,
}

/// What makes one value of an output better than another, where the best of several rules decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Better {
    /// Its name stands earlier here; names that do not stand here come last.
    Named(Vec<String>),
    /// It is more: amounts of money and numbers.
    More,
}

/// A slot that a decision may read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) slot: usize,
    /// The number of its name, among those of all slots.
    pub(crate) name: u32,
    /// Its place in the order of the decision's text.
    pub(crate) place: u32,
}

/// What the documents of all cases of a decision share.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The names of its outputs.
    pub(crate) outputs: Arc<[Arc<str>]>,
    /// What it may read, in the order of the names.
    pub(crate) reading: Vec<Reading>,
    /// Its script or its values, which are no rules, as they are cited, once they are.
    citation: OnceLock<Arc<Citation>>,
}

impl Shared {
    pub(crate) fn new(outputs: &[Output]) -> Self {
        Self { outputs: outputs.iter().map(|output| output.name.clone()).collect(), ..Self::default() }
    }
}

/// A decision that runs.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) name: Arc<str>,
    pub(crate) hit: HitPolicy,
    /// Order of output values: the output, and what makes one of its values better.
    pub(crate) priority: Vec<(usize, Better)>,
    pub(crate) required: Vec<FactPath>,
    /// The list it is decided for.
    pub(crate) for_each: Option<FactPath>,
    pub(crate) lets: Vec<Let>,
    pub(crate) outputs: Vec<Output>,
    /// Which of them are rounded: amounts of money, lists of such, and what says so.
    pub(crate) rounded: Vec<usize>,
    pub(crate) columns: Vec<FactPath>,
    pub(crate) columns_at: ColumnsAt,
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
    /// The slots that it may read, in the order in which its text does: the order in which a trace lists them.
    pub(crate) reading: Vec<usize>,
    /// What the documents of all its cases share.
    pub(crate) shared: Shared,
    /// The other decisions that it reads.
    pub(crate) needs: BTreeSet<usize>,
    /// The registers of its first output and of its first derived input; the others follow.
    pub(crate) outputs_at: usize,
    pub(crate) lets_at: usize,
}

impl Output {
    /// Is it rounded whatever decides it?
    pub(crate) fn is_rounded(&self) -> bool {
        match (&self.kind, self.round) {
            (Kind::Money, _) | (Kind::Decimal, Some(_)) => true,
            (Kind::List(item), _) => **item == Kind::Money,
            _ => false,
        }
    }
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
            rounded: Vec::new(),
            columns: Vec::new(),
            columns_at: ColumnsAt::default(),
            matcher: Matcher::new(Vec::new(), Vec::new()),
            rules: Vec::new(),
            otherwise: None,
            script: None,
            plugins: Vec::new(),
            bounds: Vec::new(),
            owed: false,
            place: Source::new("", "").place(Span::default()),
            reading: Vec::new(),
            shared: Shared::default(),
            needs: BTreeSet::new(),
            outputs_at: 0,
            lets_at: 0,
        }
    }

    /// Where a slot stands in the order in which a trace lists what was read.
    pub(crate) fn rank(&self, slot: usize) -> usize {
        self.reading.iter().position(|each| *each == slot).unwrap_or(self.reading.len() + slot)
    }

    /// As decisions cite what decides where that is no rule: its script, else the values of its outputs.
    pub(crate) fn citation(&self, laws: &Laws) -> Arc<Citation> {
        let cite = || {
            let (what, place) = match &self.script {
                Some(script) => (script.body.word(), &script.place),
                None => ("value", &self.place),
            };
            Citation::new(&self.name, what, laws).standing_at(place).into()
        };
        self.shared.citation.get_or_init(cite).clone()
    }

    /// Several results, as a list?
    pub(crate) fn listed(&self) -> bool {
        self.for_each.is_some() || self.hit.is_list()
    }
}
