//! Rules: which row matches, and what comes of it.

use super::frame::Frame;
use super::trace::{Beside, Hit};
use crate::policy::compiled::{Better, Decision, Formula, Rule};
use crate::rule::{FirstRow, HitPolicy, Inputs};
use crate::script::Unsettled;
use crate::value::{Brief, Given};
use std::cmp::Ordering;

/// The rules that decide.
pub(super) enum Hits {
    One(Hit),
    /// Several, of which the best decides.
    Rivals(Vec<usize>),
    List(Vec<usize>),
}

/// Which rules decide. Several where only one may, and none where there is no `otherwise`, is for the definition to tell.
pub(super) fn hits<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>) -> Result<Hits, Unsettled> {
    let decision = frame.decision;
    let situation = frame.situation;
    frame.note_columns();
    if decision.hit == HitPolicy::First {
        let FirstRow(row) =
            decision.matcher.quick_first(&mut Columns { frame }, situation.policy_date, situation).ok_or(Unsettled)?;
        return Ok(Hits::One(row.map_or(Hit::Otherwise, Hit::Row)));
    }
    let mut rows = decision.matcher.quick(&mut Columns { frame }, situation.policy_date, situation).ok_or(Unsettled)?;
    Ok(match decision.hit {
        HitPolicy::Unique | HitPolicy::Any | HitPolicy::Priority => match (rows.next(), rows.next()) {
            (None, _) => Hits::One(Hit::Otherwise),
            (Some(row), None) => Hits::One(Hit::Row(row)),
            (Some(first), Some(second)) if decision.hit == HitPolicy::Priority && by_amount(decision) => {
                Hits::Rivals([first, second].into_iter().chain(rows).collect())
            }
            (Some(_), Some(_)) => return Err(Unsettled),
        },
        HitPolicy::Collect => Hits::List(rows.collect()),
        _ => return Err(Unsettled),
    })
}

/// The columns of the table of a frame's decision.
pub(crate) struct Columns<'f, 's, 'a, const TRACED: bool> {
    pub(crate) frame: &'f mut Frame<'s, 'a, TRACED>,
}

impl<'a, const TRACED: bool> Inputs<'a> for Columns<'_, '_, 'a, TRACED> {
    #[inline]
    fn brief(&mut self, column: usize) -> Brief {
        self.frame.column(column)
    }

    fn given(&mut self, column: usize) -> Option<Given<'a>> {
        self.frame.decision.columns.get(column).and_then(|path| self.frame.path(path).ok())
    }
}

/// The rule that hit.
pub(super) fn rule<'a, const TRACED: bool>(frame: &Frame<'_, 'a, TRACED>, hit: Hit) -> Result<&'a Rule, Unsettled> {
    let decision = frame.decision;
    match hit {
        Hit::Row(row) => decision.rules.get(row).ok_or(Unsettled),
        Hit::Otherwise => decision.otherwise.as_ref().ok_or(Unsettled),
        Hit::Values | Hit::Script => Err(Unsettled),
    }
}

/// Is the best told by how much it is, and not by names?
fn by_amount(decision: &Decision) -> bool {
    decision.priority.iter().all(|(_, better)| *better == Better::More)
}

/// Of several rules the best; of equals the first written. The draft is what it gives. The others are told beside it that grant
/// something by another law.
pub(super) fn best<const TRACED: bool>(
    frame: &mut Frame<'_, '_, TRACED>,
    rows: &[usize],
) -> Result<(Hit, Vec<Beside>), Unsettled> {
    let decision = frame.decision;
    let mut rivals = Vec::with_capacity(rows.len());
    for row in rows {
        draft(frame, rule(frame, Hit::Row(*row))?)?;
        let outputs: Vec<Brief> = (0..decision.outputs.len()).map(|output| frame.draft_in_brief(output)).collect();
        // An amount of so many digits that it is kept elsewhere is not compared here.
        if decision.priority.iter().any(|(output, _)| outputs.get(*output).is_none_or(|brief| brief.is_long())) {
            return Err(Unsettled);
        }
        rivals.push(Beside { row: *row, outputs });
    }
    let mut best = 0;
    for (at, rival) in rivals.iter().enumerate() {
        if let Some(sofar) = rivals.get(best)
            && is_more(decision, &rival.outputs, &sofar.outputs)?
        {
            best = at;
        }
    }
    let pack = |row: usize| decision.rules.get(row).and_then(|rule| rule.law.as_ref()?.pack.as_deref());
    let best = rivals.remove(best);
    for (output, brief) in best.outputs.iter().enumerate() {
        frame.set_brief(output, *brief);
    }
    let of_best = pack(best.row);
    rivals.retain(|rival| grants(decision, &rival.outputs) && pack(rival.row).is_some_and(|pack| Some(pack) != of_best));
    Ok((Hit::Row(best.row), rivals))
}

/// Are these outputs more than those, and not merely as much?
fn is_more(decision: &Decision, these: &[Brief], those: &[Brief]) -> Result<bool, Unsettled> {
    for (output, _) in &decision.priority {
        let (Some(this), Some(that)) = (these.get(*output), those.get(*output)) else { return Err(Unsettled) };
        let order = match (this.is_known(), that.is_known()) {
            (true, true) => this.order(*that).ok_or(Unsettled)?,
            (this, that) => this.cmp(&that),
        };
        if order != Ordering::Equal {
            return Ok(order == Ordering::Greater);
        }
    }
    Ok(false)
}

/// Is there something of which the most counts?
fn grants(decision: &Decision, outputs: &[Brief]) -> bool {
    decision
        .priority
        .iter()
        .filter_map(|(output, _)| outputs.get(*output))
        .any(|brief| brief.amount().or_else(|| brief.number()).is_some_and(|units| units.mantissa != 0))
}

/// Sets the draft to the outputs of a rule; those that it leaves out have their defaults.
pub(super) fn draft<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, rule: &'a Rule) -> Result<(), Unsettled> {
    if let Some(constants) = &rule.constants {
        frame.set_all(constants);
        return Ok(());
    }
    let decision = frame.decision;
    for (at, (output, formula)) in decision.outputs.iter().zip(&rule.then).enumerate() {
        let brief = match (formula, &output.default) {
            (Some(formula), _) => frame.formula_in_brief(formula, &output.kind),
            (None, Some(literal)) => frame.situation.brief(literal).fit(&output.kind),
            (None, None) => Brief::MISSING,
        };
        // A formula without a value is for the definition to tell; a literal may say that there is none.
        let is_set = brief.is_known()
            || brief.number_written().is_some()
            || !brief.is_long() && !matches!(formula, Some(Formula::Expression(_)));
        if is_set {
            frame.set_brief(at, brief);
        } else {
            draft_at_length(frame, at, formula.as_ref())?;
        }
    }
    Ok(())
}

/// The same for one output that a register does not hold.
#[inline(never)]
fn draft_at_length<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    at: usize,
    formula: Option<&'a Formula>,
) -> Result<(), Unsettled> {
    let output = frame.decision.outputs.get(at).ok_or(Unsettled)?;
    let given = match (formula, &output.default) {
        (Some(Formula::Literal(literal)), _) | (None, Some(literal)) => frame.situation.give(literal).ok_or(Unsettled)?,
        (Some(formula), _) => match frame.formula_at_length(formula, &output.kind)? {
            Given::Missing | Given::Unknown => return Err(Unsettled),
            known => known,
        },
        (None, None) => Given::Missing,
    };
    frame.set(at, given);
    Ok(())
}

/// Sets the draft to the values of the outputs.
pub(super) fn values<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>) -> Result<(), Unsettled> {
    let decision = frame.decision;
    for (at, output) in decision.outputs.iter().enumerate() {
        let formula = output.formula.as_ref().ok_or(Unsettled)?;
        let brief = frame.formula_in_brief(formula, &output.kind);
        if brief.is_known() {
            frame.set_brief(at, brief);
            continue;
        }
        let given = match (frame.formula(formula, &output.kind)?, &output.default) {
            (Given::Missing, Some(default)) => frame.situation.give(default).ok_or(Unsettled)?,
            (Given::Missing | Given::Unknown, _) => return Err(Unsettled),
            (known, _) => known,
        };
        frame.set(at, given);
    }
    Ok(())
}
