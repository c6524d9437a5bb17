//! How a policy is asked to decide.

use super::circumstances::{Circumstances, PluginCalls};
use super::error::{DecideError, UnknownDecision, no_case_id};
use super::situation::read_extras;
use super::whole::{Evaluation, Way};
use crate::case::Case;
use crate::decision::Decision;
use crate::policy::{Policy, Program};
use crate::text::Diagnostics;
use crate::value::DateTime;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

impl Policy {
    /// Decides a case as of an instant: the whole decision, with every reason.
    ///
    /// # Errors
    /// When the case is wrong, when the policy does not hold on its day, or when a plugin refuses.
    pub fn decide(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        self.evaluate(case, at).map(|evaluation| evaluation.decision())
    }

    /// As [`Policy::decide`], and the near misses of every part that rules decided: an explanation that is asked for.
    ///
    /// # Errors
    /// As for [`Policy::decide`].
    pub fn explain(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        self.evaluate(case, at).map(|evaluation| evaluation.explained())
    }

    /// Decides a case in memory: what every decision comes to, and what is needed to tell why once that is asked.
    ///
    /// # Errors
    /// As for [`Policy::decide`].
    pub fn evaluate<'a>(&'a self, case: &'a Case, at: DateTime) -> Result<Evaluation<'a>, DecideError> {
        let how = (Way::Traced, &Circumstances::default());
        Evaluation::new(&self.program, &self.program.order, case, at, how, &mut PluginCalls::default())
    }

    /// As [`Policy::decide`], by the definition of every decision and not by the quick way: slow, and the same in every byte.
    ///
    /// # Errors
    /// As for [`Policy::decide`].
    #[doc(hidden)]
    pub fn decide_by_definition(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        self.everything().by_definition().evaluate(case, at).map(|evaluation| evaluation.decision())
    }

    /// All decisions, to be evaluated with or without a trace.
    #[must_use]
    pub fn everything(&self) -> Selection<'_> {
        Selection::of(&self.program, Cow::Borrowed(&self.program.order))
    }

    /// Some decisions, and what they need: only those are evaluated.
    ///
    /// # Errors
    /// A name that no decision has.
    pub fn select(&self, decisions: &[&str]) -> Result<Selection<'_>, UnknownDecision> {
        let program = &self.program;
        let mut wanted: Vec<usize> = Vec::new();
        for name in decisions {
            let number = program.decisions.iter().position(|decision| *decision.name == **name);
            wanted.push(number.ok_or_else(|| UnknownDecision::new(name, self.decisions()))?);
        }
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        while let Some(number) = wanted.pop() {
            if needed.insert(number)
                && let Some(decision) = program.decisions.get(number)
            {
                wanted.extend(&decision.needs);
            }
        }
        let order: Vec<usize> = program.order.iter().copied().filter(|number| needed.contains(number)).collect();
        Ok(Selection::of(program, Cow::Owned(order)))
    }

    /// What is wrong with a case for this policy: what [`Case::check`] finds, and the facts that the bundle declares.
    #[must_use]
    pub fn check_case(&self, case: &Case) -> Diagnostics {
        let mut out = case.check();
        if let Err(found) = read_extras(&self.program, case, &case.zone()) {
            out.extend(found);
        }
        if self.program.disputes && case.complaint.case_id.known().is_none() {
            out.push(no_case_id(case));
        }
        out
    }
}

/// Decisions to be evaluated.
#[derive(Clone)]
pub struct Selection<'p> {
    program: &'p Program,
    order: Cow<'p, [usize]>,
    way: Way,
    circumstances: Circumstances,
}

impl<'p> Selection<'p> {
    fn of(program: &'p Program, order: Cow<'p, [usize]>) -> Self {
        Self { program, order, way: Way::Traced, circumstances: Circumstances::default() }
    }

    /// Under circumstances: plugins in quarantine, a flag that cancels.
    #[must_use]
    pub fn under(mut self, circumstances: Circumstances) -> Self {
        self.circumstances = circumstances;
        self
    }

    /// By the definition of every decision and not by the quick way: slow, and the same in every byte.
    #[doc(hidden)]
    #[must_use]
    pub fn by_definition(mut self) -> Self {
        self.way = Way::ByDefinition;
        self
    }

    /// Without notes of what is read. An explanation that is asked for all the same is worked out anew.
    #[must_use]
    pub fn without_trace(mut self) -> Self {
        self.way = Way::Untraced;
        self
    }

    /// Evaluates them for a case as of an instant.
    ///
    /// # Errors
    /// As for [`Policy::decide`].
    pub fn evaluate<'a>(&'a self, case: &'a Case, at: DateTime) -> Result<Evaluation<'a>, DecideError> {
        self.evaluate_noting(case, at, &mut PluginCalls::default())
    }

    /// As [`Selection::evaluate`], and notes which plugins were called and whether they failed, also where there is no decision.
    ///
    /// # Errors
    /// As for [`Policy::decide`].
    pub fn evaluate_noting<'a>(
        &'a self,
        case: &'a Case,
        at: DateTime,
        calls: &mut PluginCalls,
    ) -> Result<Evaluation<'a>, DecideError> {
        Evaluation::new(self.program, &self.order, case, at, (self.way, &self.circumstances), calls)
    }
}

impl fmt::Debug for Selection<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.order.iter().filter_map(|number| self.program.decisions.get(*number)).map(|decision| &*decision.name);
        out.debug_list().entries(names).finish()
    }
}
