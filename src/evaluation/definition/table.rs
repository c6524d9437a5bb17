//! Rules and hit policies: which rows match, and what comes of them.

use super::draft::{Draft, Ending};
use super::frame::{Frame, trouble};
use crate::decision::{Citation, Few, Missed, Outputs, Refusal, RuleNote};
use crate::evaluation::situation::Situation;
use crate::limits::NEAR_MISSES_MAX;
use crate::policy::Program;
use crate::policy::compiled::{Better, Decision, Formula, Rule};
use crate::rule::{HitPolicy, NearMiss};
use crate::script::{Fault, Outcome, Stop};
use crate::value::{Fact, Given, Trouble, Value, View, arithmetic};
use std::cmp::Ordering;
use std::sync::Arc;

/// Decides by rules.
pub(crate) fn decide(frame: &mut Frame<'_>) -> Result<Ending, Stop> {
    let decision = frame.decision;
    let mut inputs = Vec::with_capacity(decision.columns.len());
    for column in &decision.columns {
        inputs.push(frame.path(column)?.to_fact());
    }
    let situation = frame.situation;
    let views: Vec<Fact<View<'_>>> = inputs.iter().map(Fact::view).collect();
    let rows =
        decision.matcher.matches(&views, situation.policy_date, situation).map_err(|found| unjudged(frame, &inputs, &found))?;
    let hits: Vec<usize> = match decision.hit {
        HitPolicy::First => rows.first().into_iter().collect(),
        _ => rows.collect(),
    };
    match decision.hit {
        hit if hit.is_list() || hit == HitPolicy::CollectCount => collected(frame, &hits),
        _ if hits.is_empty() => not_matched(frame, &inputs),
        HitPolicy::Unique if hits.len() > 1 => Ok(conflict(frame, &hits, "only one of them may match")),
        HitPolicy::First | HitPolicy::Unique => one(frame, hits.first().copied()),
        HitPolicy::Any => any(frame, &hits),
        HitPolicy::Priority => best(frame, &hits),
        _ => aggregate(frame, &hits),
    }
}

/// A condition that cannot be judged, with what it speaks of.
fn unjudged(frame: &Frame<'_>, inputs: &[Fact<Value>], found: &Trouble) -> Stop {
    let decision = frame.decision;
    let fails = |column: usize, fact: &Fact<Value>| {
        (0..decision.matcher.len()).any(|row| decision.matcher.cell(row, column).holds(fact, frame.situation).is_err())
    };
    let column = inputs.iter().enumerate().find(|(column, fact)| fails(*column, fact)).map(|(column, _)| column);
    let name = column.and_then(|column| decision.columns.get(column)).map(|path| format!("`{}`: ", path.written));
    Stop::Fault(Fault::runtime(format!("{}{found}", name.unwrap_or_default()), None))
}

/// The outputs of a rule; those that it leaves out have their defaults.
fn outputs(frame: &mut Frame<'_>, rule: &Rule) -> Result<Outputs, Stop> {
    let decision = frame.decision;
    let mut values = Vec::with_capacity(decision.outputs.len());
    for (output, formula) in decision.outputs.iter().zip(&rule.then) {
        let value = match (formula, &output.default) {
            (Some(Formula::Literal(literal)), _) | (None, Some(literal)) => frame.situation.literal(literal)?,
            (Some(formula), _) => match frame.formula(formula, &output.kind, &output.name, &rule.place)? {
                Outcome::Known(value) => Fact::Known(value),
                Outcome::Absent(absent) => return Err(Stop::Needs(absent)),
            },
            (None, None) => Fact::Missing,
        };
        values.push((output.name.clone(), value));
    }
    Ok(Outputs::new(values))
}

/// A rule that decided, with its reason filled in.
pub(crate) fn note(frame: &mut Frame<'_>, rule: &Rule, outputs: &Outputs) -> RuleNote {
    let before = frame.draft.replace(outputs.clone());
    let language = frame.situation.language();
    let because = frame.because(rule.because.for_language(language));
    frame.draft = before;
    RuleNote::new(citation(frame, rule), because)
}

fn citation(frame: &Frame<'_>, rule: &Rule) -> Arc<Citation> {
    rule.citation(&frame.decision.name, &frame.situation.program.laws)
}

fn rule<'a>(frame: &Frame<'a>, row: usize) -> Option<&'a Rule> {
    frame.decision.rules.get(row)
}

fn one(frame: &mut Frame<'_>, row: Option<usize>) -> Result<Ending, Stop> {
    let Some(rule) = row.and_then(|row| rule(frame, row)) else { return Ok(Ending::no_rule(Vec::new())) };
    let outputs = outputs(frame, rule)?;
    let note = note(frame, rule, &outputs);
    Ok(Ending::Decided(Draft::single(outputs, vec![note])))
}

fn not_matched(frame: &mut Frame<'_>, inputs: &[Fact<Value>]) -> Result<Ending, Stop> {
    let decision = frame.decision;
    let views: Vec<Fact<View<'_>>> = inputs.iter().map(Fact::view).collect();
    let nearest = near(decision, frame.situation, &views)?;
    match &decision.otherwise {
        Some(otherwise) => {
            let outputs = outputs(frame, otherwise)?;
            let note = note(frame, otherwise, &outputs);
            let mut draft = Draft::single(outputs, vec![note]);
            draft.nearest = nearest;
            Ok(Ending::Decided(draft))
        }
        None => Ok(Ending::no_rule(nearest)),
    }
}

/// The rules that came closest, where none matched, each with the conditions that failed.
pub(crate) fn near(decision: &Decision, situation: &Situation<'_>, inputs: &[Fact<View<'_>>]) -> Result<Vec<Missed>, Stop> {
    let misses = decision.matcher.near_misses(inputs, situation.policy_date, situation, NEAR_MISSES_MAX).map_err(trouble)?;
    let input = |column| inputs.get(column).copied().map(Given::from);
    Ok(missed_rules((decision, situation.program), None, input, listed(&misses)).collect())
}

/// The rows that came closest, where none matched.
pub(crate) fn nearest(decision: &Decision, situation: &Situation<'_>, inputs: &[Fact<View<'_>>]) -> Result<Vec<NearMiss>, Stop> {
    let day = situation.policy_date;
    if decision.matcher.matches(inputs, day, situation).map_err(trouble)?.first().is_some() {
        return Ok(Vec::new());
    }
    decision.matcher.near_misses(inputs, day, situation, NEAR_MISSES_MAX).map_err(trouble)
}

/// The rules that one condition kept from deciding, where others did, or from standing in a list. Of `first`, those above the one that
/// decided: what stands below it is not asked.
pub(crate) fn beside(decision: &Decision, situation: &Situation<'_>, inputs: &[Fact<View<'_>>]) -> Result<Vec<NearMiss>, Stop> {
    let day = situation.policy_date;
    let first = decision.matcher.matches(inputs, day, situation).map_err(trouble)?.first();
    if first.is_none() && !decision.hit.is_list() && decision.hit != HitPolicy::CollectCount {
        // The nearest stand in the decision already.
        return Ok(Vec::new());
    }
    let above = first.filter(|_| decision.hit == HitPolicy::First).unwrap_or(usize::MAX);
    decision.matcher.missed_by_one(inputs, day, situation, (above, NEAR_MISSES_MAX)).map_err(trouble)
}

/// Rules that nearly matched, of an item where there is one, each with the conditions that failed; `input` gives that of a column. A row
/// is told with the columns whose conditions failed.
pub(crate) fn missed_rules<'v>(
    (decision, program): (&Decision, &Program),
    item: Option<usize>,
    mut input: impl FnMut(usize) -> Option<Given<'v>>,
    misses: impl ExactSizeIterator<Item = (usize, impl Iterator<Item = usize>)>,
) -> impl ExactSizeIterator<Item = Missed> {
    misses.map(move |(row, columns)| {
        let (mut failed, mut actionable) = (Few::new(), Vec::new());
        for column in columns {
            let (Some(path), Some(given)) = (decision.columns.get(column), input(column)) else { continue };
            failed.push(Refusal::new(path.written.clone(), given.into_fact(), decision.matcher.cell_text(row, column)));
            actionable.extend(program.actionable(decision, path));
        }
        let rule = decision.rules.get(row).map_or_else(|| "".into(), |rule| rule.id.clone());
        Missed::new(rule, failed, actionable).of_item(item)
    })
}

/// As [`missed_rules`] takes them.
pub(crate) fn listed(misses: &[NearMiss]) -> impl ExactSizeIterator<Item = (usize, impl Iterator<Item = usize>)> {
    misses.iter().map(|miss| (miss.row, miss.failed.iter().copied()))
}

fn conflict(frame: &mut Frame<'_>, hits: &[usize], why: &str) -> Ending {
    let notes: Vec<RuleNote> =
        hits.iter().filter_map(|row| rule(frame, *row)).map(|rule| RuleNote::new(citation(frame, rule), "".into())).collect();
    let names: Vec<String> = notes.iter().map(|note| format!("`{}`", note.rule())).collect();
    let message = format!("the rules {} match at once, and {why}", names.join(" and "));
    Ending::Conflict { notes, message }
}

fn any(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Ending, Stop> {
    let all = evaluated(frame, hits)?;
    let Some((first, _)) = all.first() else { return Ok(Ending::no_rule(Vec::new())) };
    if all.iter().any(|(outputs, _)| outputs != first) {
        return Ok(conflict(frame, hits, "they do not say the same"));
    }
    let outputs = first.clone();
    Ok(Ending::Decided(Draft::single(outputs, all.into_iter().map(|(_, note)| note).collect())))
}

fn evaluated(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Vec<(Outputs, RuleNote)>, Stop> {
    let mut all = Vec::with_capacity(hits.len());
    for row in hits {
        if let Some(rule) = rule(frame, *row) {
            let outputs = outputs(frame, rule)?;
            let note = note(frame, rule, &outputs);
            all.push((outputs, note));
        }
    }
    Ok(all)
}

/// Where the value of an output stands among these names; what is not named comes last.
fn place(names: &[String], value: &Fact<Value>) -> usize {
    let name = value.known().map(ToString::to_string);
    names.iter().position(|each| Some(each) == name.as_ref()).unwrap_or(names.len())
}

/// Where the outputs of a rule stand in the declared order.
fn rank(frame: &Frame<'_>, outputs: &Outputs) -> Vec<usize> {
    let place = |(output, better): &(usize, Better)| match better {
        Better::Named(names) => place(names, &outputs.at(*output)),
        Better::More => 0,
    };
    frame.decision.priority.iter().map(place).collect()
}

/// Are these outputs better than those, and not merely as good?
fn is_better(frame: &Frame<'_>, these: &Outputs, those: &Outputs) -> Result<bool, Stop> {
    for (output, better) in &frame.decision.priority {
        let (this, that) = (these.at(*output), those.at(*output));
        let order = match better {
            Better::Named(names) => place(names, &that).cmp(&place(names, &this)),
            Better::More => match (this.known(), that.known()) {
                (Some(this), Some(that)) => arithmetic::compare(this, that).map_err(trouble)?,
                (this, that) => this.is_some().cmp(&that.is_some()),
            },
        };
        if order != Ordering::Equal {
            return Ok(order == Ordering::Greater);
        }
    }
    Ok(false)
}

/// The best decides; of equals the first written. Where the most counts, every other law that grants something is named beside it: it is
/// kept by the same sum, which is owed once.
fn best(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Ending, Stop> {
    let all = evaluated(frame, hits)?;
    let mut best = 0;
    for (at, (outputs, _)) in all.iter().enumerate() {
        if let Some((sofar, _)) = all.get(best)
            && is_better(frame, outputs, sofar)?
        {
            best = at;
        }
    }
    let pack = |at: usize| hits.get(at).and_then(|row| rule(frame, *row)?.law.as_ref()?.pack.clone());
    let of_best = pack(best);
    let mut notes = Vec::new();
    let mut decided = None;
    for (at, (outputs, note)) in all.into_iter().enumerate() {
        if at == best {
            notes.insert(0, note);
            decided = Some(outputs);
        } else if grants(frame, &outputs) && pack(at).is_some_and(|pack| Some(&pack) != of_best.as_ref()) {
            notes.push(note);
        }
    }
    Ok(match decided {
        Some(outputs) => Ending::Decided(Draft::single(outputs, notes)),
        None => Ending::no_rule(Vec::new()),
    })
}

/// Is there something of which the most counts?
fn grants(frame: &Frame<'_>, outputs: &Outputs) -> bool {
    frame
        .decision
        .priority
        .iter()
        .any(|(output, better)| *better == Better::More && outputs.at(*output).known().is_some_and(|value| !is_zero(value)))
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Money(money) => money.amount().is_zero(),
        Value::Decimal(number) => number.is_zero(),
        Value::Integer(number) => *number == 0,
        _ => false,
    }
}

fn collected(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Ending, Stop> {
    if frame.decision.hit == HitPolicy::CollectCount {
        return counted(frame, hits);
    }
    let mut all = evaluated(frame, hits)?;
    if frame.decision.hit == HitPolicy::CollectRanked {
        all.sort_by_key(|(outputs, _)| rank(frame, outputs));
    }
    let (results, rules) = all.into_iter().unzip();
    Ok(Ending::Decided(Draft::listed(results, rules)))
}

fn counted(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Ending, Stop> {
    let notes = evaluated(frame, hits)?.into_iter().map(|(_, note)| note).collect();
    let count = i64::try_from(hits.len()).unwrap_or(i64::MAX);
    Ok(Ending::Decided(Draft::single(only(frame, Value::Integer(count)), notes)))
}

/// The single output of an aggregate.
fn only(frame: &Frame<'_>, value: Value) -> Outputs {
    let name = frame.decision.outputs.first().map(|output| output.name.clone());
    Outputs::new(name.map(|name| (name, Fact::Known(value))).into_iter().collect())
}

fn aggregate(frame: &mut Frame<'_>, hits: &[usize]) -> Result<Ending, Stop> {
    let hit = frame.decision.hit;
    let all = evaluated(frame, hits)?;
    let mut whole: Option<Value> = None;
    let mut notes = Vec::with_capacity(all.len());
    for (outputs, note) in all {
        if let Fact::Known(value) = outputs.at(0) {
            whole = Some(match whole {
                None => value,
                Some(sofar) => join(hit, sofar, value)?,
            });
        }
        notes.push(note);
    }
    Ok(match whole {
        Some(value) => Ending::Decided(Draft::single(only(frame, value), notes)),
        None => Ending::no_rule(Vec::new()),
    })
}

fn join(hit: HitPolicy, sofar: Value, value: Value) -> Result<Value, Stop> {
    let keep = match hit {
        HitPolicy::CollectMin => Ordering::Less,
        HitPolicy::CollectMax => Ordering::Greater,
        _ => return arithmetic::add(&sofar, &value).map_err(trouble),
    };
    let order = arithmetic::compare(&value, &sofar).map_err(trouble)?;
    Ok(if order == keep { value } else { sofar })
}
