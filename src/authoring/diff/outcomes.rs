//! What one side of a decision gives where certain rules match and certain guardrails apply.

use super::amount::Amount;
use super::meaning::{Meaning, World, holds};
use super::words;
use crate::bundle::ParamValue;
use crate::policy::compiled::{Better, Decision, Formula, Rule};
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::rule::HitPolicy;
use crate::value::{Fact, Value};

/// An output: what it means, what it is where that is written down, and how it is shown.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) literal: Option<Literal>,
    pub(super) shown: String,
    /// What bounds or changes it: which guardrail or plugin, and how.
    pub(super) by: Vec<(String, String)>,
    /// What has to be worked out although it does not change the value: where that fails, there is no value.
    pub(super) caveats: Vec<String>,
}

/// What comes out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Outcome {
    /// The meaning, output by output; one entry that stands for all where there are no outputs.
    pub(super) texts: Vec<String>,
    /// Is the output of that place written down, so that another text is another value?
    pub(super) literal: Vec<bool>,
    pub(super) shown: Vec<Told>,
    /// The rules.
    pub(super) by: Vec<String>,
    pub(super) caveats: Vec<String>,
}

/// An output as it is shown, with what bounds or changes it: which guardrail or plugin, and how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) output: String,
    pub(super) text: String,
    pub(super) by: Vec<(String, String)>,
}

impl Told {
    pub(super) fn plain(text: String) -> Self {
        Self { output: String::new(), text, by: Vec::new() }
    }
}

impl Outcome {
    fn said(text: &str, by: Vec<String>) -> Self {
        Self {
            texts: vec![text.to_owned()],
            literal: vec![true],
            shown: vec![Told::plain(text.to_owned())],
            by,
            caveats: Vec::new(),
        }
    }

    /// That it cannot be decided.
    pub(super) fn fault() -> Self {
        Self::said("cannot be decided", Vec::new())
    }
}

/// One side of a decision in a world.
pub(super) struct Giving<'p> {
    pub(super) meaning: Meaning<'p>,
    pub(super) world: World,
    pub(super) decision: &'p Decision,
}

impl Giving<'_> {
    /// What comes out where these rules match, in the order written, and these guardrails apply.
    pub(super) fn outcome(&self, rows: &[usize], bounds: &[usize]) -> Outcome {
        let decision = self.decision;
        if let Some(script) = &decision.script {
            let text = self.meaning.hooked(script);
            let outputs =
                decision.outputs.iter().map(|output| Self::opaque(&output.name, &text, &format!("by {}", script.body.word())));
            return self.bounded(outputs.collect(), vec![script.body.word().to_owned()], bounds);
        }
        if decision.outputs.iter().any(|output| output.formula.is_some()) {
            let outputs = decision.outputs.iter().map(|output| {
                let formula = output.formula.as_ref();
                let default = output.default.as_ref().map(Meaning::literal);
                match formula {
                    Some(formula @ Formula::Literal(_)) => self.given(Some(formula), None),
                    Some(formula) => {
                        let given = self.given(Some(formula), None);
                        let text = format!("{} else {default:?}", given.text);
                        Given { text, ..given }
                    }
                    None => self.given(None, output.default.as_ref()),
                }
            });
            return self.bounded(outputs.collect(), Vec::new(), bounds);
        }
        let rules: Vec<&Rule> = rows.iter().filter_map(|row| decision.rules.get(*row)).collect();
        let names = |rules: &[&Rule]| rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>();
        match (decision.hit, rules.as_slice()) {
            (hit, all) if hit.is_list() => self.list(all),
            (HitPolicy::CollectCount, all) => {
                let text = all.len().to_string();
                let given = Given {
                    text: text.clone(),
                    literal: Some(Literal::plain(Fact::Known(count(all.len())))),
                    shown: text,
                    by: Vec::new(),
                    caveats: self.worked_out(all),
                };
                self.bounded(vec![given], names(all), bounds)
            }
            (_, []) => match &decision.otherwise {
                Some(otherwise) => self.bounded(self.outputs(otherwise), vec!["otherwise".to_owned()], bounds),
                None => Outcome::said("no rule", Vec::new()),
            },
            (HitPolicy::First, [first, ..]) | (_, [first]) => {
                self.bounded(self.outputs(first), vec![first.id.to_string()], bounds)
            }
            (HitPolicy::Unique, all) => {
                let mut names = names(all);
                names.sort();
                Outcome::said("conflict", names)
            }
            (HitPolicy::Any, all) => self.any(all, bounds),
            (HitPolicy::Priority, all) => self.best(all, bounds),
            (_, all) => self.aggregate(all, bounds),
        }
    }

    pub(super) fn opaque(output: &str, text: &str, shown: &str) -> Given {
        Given { text: format!("{output} of {text}"), literal: None, shown: shown.to_owned(), by: Vec::new(), caveats: Vec::new() }
    }

    pub(super) fn given(&self, formula: Option<&Formula>, default: Option<&Literal>) -> Given {
        match (formula, default) {
            (Some(Formula::Literal(literal)), _) | (None, Some(literal)) => Given {
                text: Meaning::literal(literal),
                literal: Some(literal.clone()),
                shown: words::literal(literal),
                by: Vec::new(),
                caveats: Vec::new(),
            },
            (Some(formula), _) => match self.constant(formula) {
                Some(literal) => {
                    let shown = words::literal(&literal);
                    Given { text: Meaning::literal(&literal), literal: Some(literal), shown, by: Vec::new(), caveats: Vec::new() }
                }
                None => Given {
                    text: self.meaning.formula(formula),
                    literal: None,
                    shown: words::formula(formula),
                    by: Vec::new(),
                    caveats: Vec::new(),
                },
            },
            (None, None) => {
                let literal = Literal::plain(Fact::Missing);
                Given {
                    text: Meaning::literal(&literal),
                    literal: Some(literal),
                    shown: "missing".to_owned(),
                    by: Vec::new(),
                    caveats: Vec::new(),
                }
            }
        }
    }

    /// The value of a formula that is nothing but a parameter.
    fn constant(&self, formula: &Formula) -> Option<Literal> {
        let Formula::Expression(expression) = formula else { return None };
        let [slot] = expression.reads.as_slice() else { return None };
        let program = self.meaning.program;
        let Some(Slot::Param(param)) = program.slots.get(*slot).map(|entry| entry.slot) else { return None };
        // The whole expression is this one reading.
        if expression.normal(&mut |_| "it".to_owned()) != "it" {
            return None;
        }
        match &program.params.periods(param).iter().find(|period| holds(period, self.world.day))?.value {
            ParamValue::Plain(value) => Some(Literal::plain(Fact::Known(value.clone()))),
            ParamValue::CaseMoney(amount) => Some(Literal::OfCase(*amount)),
            ParamValue::ByCurrency(amounts) => Some(Literal::OfCase(*amounts.get(&self.world.currency?)?)),
        }
    }

    fn outputs(&self, rule: &Rule) -> Vec<Given> {
        let all = self.decision.outputs.iter().zip(&rule.then);
        all.map(|(output, formula)| self.given(formula.as_ref(), output.default.as_ref())).collect()
    }

    /// Formulas whose values do not matter, but which have to be worked out.
    fn worked_out(&self, rules: &[&Rule]) -> Vec<String> {
        let all = rules.iter().flat_map(|rule| self.outputs(rule));
        let mut texts: Vec<String> = all.filter(|given| given.literal.is_none()).map(|given| given.text).collect();
        texts.sort();
        texts.dedup();
        texts
    }

    fn list(&self, rules: &[&Rule]) -> Outcome {
        let mut all: Vec<(Vec<usize>, &Rule, Vec<Given>)> =
            rules.iter().map(|rule| (Vec::new(), *rule, self.outputs(rule))).collect();
        let mut certain = all.iter().all(|(_, _, outputs)| outputs.iter().all(|given| given.literal.is_some()));
        if self.decision.hit == HitPolicy::CollectRanked {
            match all.iter().map(|(_, _, outputs)| self.rank(outputs)).collect::<Option<Vec<_>>>() {
                Some(ranks) => {
                    for (item, rank) in all.iter_mut().zip(ranks) {
                        item.0 = rank;
                    }
                    all.sort_by(|one, other| one.0.cmp(&other.0));
                }
                None => certain = false,
            }
        }
        let texts: Vec<String> = all
            .iter()
            .map(|(_, _, outputs)| outputs.iter().map(|given| given.text.clone()).collect::<Vec<_>>().join(", "))
            .collect();
        let shown: Vec<String> = all
            .iter()
            .map(|(_, _, outputs)| outputs.iter().map(|given| given.shown.clone()).collect::<Vec<_>>().join(", "))
            .collect();
        let shown = if shown.is_empty() { "nothing".to_owned() } else { shown.join("; ") };
        Outcome {
            texts: vec![format!("{texts:?}")],
            literal: vec![certain],
            shown: vec![Told::plain(shown)],
            by: all.iter().map(|(_, rule, _)| rule.id.to_string()).collect(),
            caveats: Vec::new(),
        }
    }

    fn any(&self, rules: &[&Rule], bounds: &[usize]) -> Outcome {
        let all: Vec<Vec<Given>> = rules.iter().map(|rule| self.outputs(rule)).collect();
        let names: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
        let texts = |outputs: &[Given]| outputs.iter().map(|given| given.text.clone()).collect::<Vec<_>>();
        let mut different: Vec<Vec<String>> = all.iter().map(|outputs| texts(outputs)).collect();
        different.sort();
        different.dedup();
        match all.into_iter().next() {
            Some(first) if different.len() == 1 => self.bounded(first, names, bounds),
            _ => {
                let certain = different.iter().all(|texts| texts.iter().all(|text| !text.starts_with('=')));
                let text = if certain { "conflict".to_owned() } else { format!("one of {different:?}, or a conflict") };
                Outcome { literal: vec![certain], ..Outcome::said(&text, names) }
            }
        }
    }

    /// Where outputs stand in the declared order; none where that is not written down.
    fn rank(&self, outputs: &[Given]) -> Option<Vec<usize>> {
        let place = |(output, better): &(usize, Better)| {
            let Better::Named(names) = better else { return None };
            let name = match outputs.get(*output)?.literal.as_ref()? {
                Literal::Plain(Fact::Known(value), _) => Some(value.to_string()),
                Literal::Plain(..) => None,
                Literal::Bare(_) | Literal::OfCase(_) => return None,
            };
            Some(names.iter().position(|each| Some(each) == name.as_ref()).unwrap_or(names.len()))
        };
        self.decision.priority.iter().map(place).collect()
    }

    fn best(&self, rules: &[&Rule], bounds: &[usize]) -> Outcome {
        let ranked: Option<Vec<(Vec<usize>, usize)>> =
            rules.iter().enumerate().map(|(at, rule)| Some((self.rank(&self.outputs(rule))?, at))).collect();
        let names: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
        match ranked.and_then(|ranked| ranked.into_iter().min()).and_then(|(_, at)| rules.get(at)) {
            Some(best) => {
                let mut outcome = self.bounded(self.outputs(best), vec![best.id.to_string()], bounds);
                outcome.caveats.extend(self.worked_out(rules));
                outcome
            }
            None => {
                let texts: Vec<Vec<String>> =
                    rules.iter().map(|rule| self.outputs(rule).into_iter().map(|given| given.text).collect()).collect();
                Outcome { literal: vec![false], ..Outcome::said(&format!("the best of {texts:?}"), names) }
            }
        }
    }

    fn aggregate(&self, rules: &[&Rule], bounds: &[usize]) -> Outcome {
        let names: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
        let all: Vec<Given> = rules.iter().filter_map(|rule| self.outputs(rule).into_iter().next()).collect();
        let whole = all.iter().map(|given| given.literal.as_ref()).try_fold(None, |sofar: Option<Amount>, literal| {
            let next = Amount::of(literal?)?;
            Some(Some(match sofar {
                None => next,
                Some(sofar) => sofar.join(self.decision.hit, &next)?,
            }))
        });
        let given = match whole.flatten() {
            Some(amount) => {
                let literal = amount.literal();
                Given {
                    text: Meaning::literal(&literal),
                    shown: words::literal(&literal),
                    literal: Some(literal),
                    by: Vec::new(),
                    caveats: Vec::new(),
                }
            }
            None => {
                let mut texts: Vec<&str> = all.iter().map(|given| given.text.as_str()).collect();
                texts.sort_unstable();
                let shown = all.iter().map(|given| given.shown.as_str()).collect::<Vec<_>>().join(", ");
                let hit = self.decision.hit;
                Given {
                    text: format!("{hit} {texts:?}"),
                    literal: None,
                    shown: format!("{} of {shown}", hit.words().trim_start_matches("collect ")),
                    by: Vec::new(),
                    caveats: Vec::new(),
                }
            }
        };
        self.bounded(vec![given], names, bounds)
    }
}

fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
