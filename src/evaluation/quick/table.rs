//! Rules: which row matches, and what comes of it.

use super::frame::Frame;
use super::trace::Hit;
use crate::policy::compiled::{Formula, Rule};
use crate::rule::{FirstRow, HitPolicy, Inputs};
use crate::script::Unsettled;
use crate::value::{Brief, Given};

/// The rules that decide.
pub(super) enum Hits {
    One(Hit),
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
            (Some(_), Some(_)) => return Err(Unsettled),
        },
        HitPolicy::Collect => Hits::List(rows.collect()),
        _ => return Err(Unsettled),
    })
}

/// The columns of the table of a frame's decision.
struct Columns<'f, 's, 'a, const TRACED: bool> {
    frame: &'f mut Frame<'s, 'a, TRACED>,
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

/// Sets the draft to the outputs of a rule; those that it leaves out have their defaults.
pub(super) fn draft<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, rule: &'a Rule) -> Result<(), Unsettled> {
    let decision = frame.decision;
    for (at, (output, formula)) in decision.outputs.iter().zip(&rule.then).enumerate() {
        let brief = match (formula, &output.default) {
            (Some(formula), _) => frame.formula_in_brief(formula, &output.kind),
            (None, Some(literal)) => frame.situation.brief(literal).fit(&output.kind),
            (None, None) => Brief::MISSING,
        };
        // A formula without a value is for the definition to tell; a literal may say that there is none.
        let is_set = brief.is_known() || !brief.is_long() && !matches!(formula, Some(Formula::Expression(_)));
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
