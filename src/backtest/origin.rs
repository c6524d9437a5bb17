//! Which decision brought a difference about: the first on the way to an amount in which two policies part ways.

use crate::evaluation::{Evaluation, GistReader};
use crate::policy::{Policy, Program};

/// The decisions of two policies, side by side by their names.
pub(crate) struct Ways<'p> {
    before: &'p Program,
    after: &'p Program,
    /// For each decision of the candidate, the number of that name in the other policy.
    twins: Vec<Option<usize>>,
}

/// One case, decided by both, each with the reader of its policy.
pub(crate) type Sides<'s, 'e> = (&'s Evaluation<'e>, &'s GistReader);

impl<'p> Ways<'p> {
    pub(crate) fn of(before: &'p Policy, after: &'p Policy) -> Self {
        let (before, after): (&Program, &Program) = (&before.program, &after.program);
        let twin = |name: &str| before.decisions.iter().position(|each| *each.name == *name);
        Self { before, after, twins: after.decisions.iter().map(|each| twin(&each.name)).collect() }
    }

    /// Do the two policies name their clocks alike, number by number?
    pub(crate) fn same_clocks(&self) -> bool {
        let names = |program: &'p Program| program.obligations.list.iter().map(|each| &each.id);
        names(self.before).eq(names(self.after))
    }

    /// Where the two part ways on the way to a decision: its name, and what decided there before and after.
    pub(crate) fn origin(&self, name: &str, before: Sides<'_, '_>, after: Sides<'_, '_>) -> (String, String, String) {
        let number = self.after.decisions.iter().position(|each| *each.name == *name);
        let told = |number: Option<usize>, (evaluation, reader): Sides<'_, '_>| match number {
            Some(number) => evaluation.decided_by(reader, number),
            None => "no such decision".to_owned(),
        };
        let Some(number) = number else {
            let was = self.before.decisions.iter().position(|each| *each.name == *name);
            return (name.to_owned(), told(was, before), told(None, after));
        };
        let origin = self.first(number, before.0, after.0, 0);
        let name = self.after.decisions.get(origin).map_or_else(String::new, |decision| decision.name.to_string());
        (name, told(self.twins.get(origin).copied().flatten(), before), told(Some(origin), after))
    }

    /// The first decision on the way to this one that differs while nothing that it reads does. Decisions read earlier ones only, so that
    /// it is found after as many steps as there are decisions; the depth is a second bound.
    fn first(&self, number: usize, before: &Evaluation<'_>, after: &Evaluation<'_>, depth: usize) -> usize {
        let needs = self.after.decisions.get(number).map(|decision| &decision.needs);
        let found = needs.into_iter().flatten().copied().find(|need| self.differs(*need, before, after));
        match found {
            Some(need) if depth < self.after.decisions.len() => self.first(need, before, after, depth + 1),
            _ => number,
        }
    }

    /// Does a decision come to something else?
    fn differs(&self, number: usize, before: &Evaluation<'_>, after: &Evaluation<'_>) -> bool {
        let Some(decision) = self.after.decisions.get(number) else { return false };
        let Some(twin) = self.twins.get(number).copied().flatten() else { return true };
        let old = self.before.decisions.get(twin);
        decision.outputs.iter().enumerate().any(|(at, output)| {
            let was = old.and_then(|old| old.outputs.iter().position(|each| each.name == output.name));
            let was = was.and_then(|was| before.output_at(twin, was));
            let is = after.output_at(number, at);
            match (was, is) {
                // The names of two policies are of two kinds, and the same name is the same.
                (Some(was), Some(is)) => was.known().map(ToString::to_string) != is.known().map(ToString::to_string),
                (None, None) => false,
                _ => true,
            }
        })
    }
}
