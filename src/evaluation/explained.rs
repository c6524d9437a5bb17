//! A decision with its near misses: the rules that one condition kept from deciding, where another did.
//!
//! They are looked for when somebody asks for an explanation, so that a decision that nobody looks into costs nothing for them. Where no
//! rule matched, the nearest stand in every decision: they are all that it has to tell.

use super::definition;
use super::whole::Evaluation;
use crate::decision::{Decision, Missed};
use crate::policy::compiled::Decision as Decided;
use crate::rule::NearMiss;
use crate::value::{Fact, Given, Value, View};

impl Evaluation<'_> {
    /// The whole decision, with every reason and with the near misses of every part that rules decided.
    #[must_use]
    pub fn explained(&self) -> Decision {
        let mut decision = self.decision();
        let decisions = &self.situation.program.decisions;
        for part in decision.parts.iter_mut().filter(|part| part.is_decided()) {
            let Some(number) = decisions.iter().position(|each| each.name == part.name) else { continue };
            part.nearest.extend(self.near_misses(number));
            part.nearest.sort_by_key(|missed| missed.item);
        }
        decision
    }

    /// The near misses of a decision, of each of its items where it has a loop. What cannot be read any more has none.
    fn near_misses(&self, number: usize) -> Vec<Missed> {
        let of = |decision: &Decided, inputs: &[Fact<View<'_>>]| {
            let misses = definition::beside(decision, &self.situation, inputs).unwrap_or_default();
            let input = |column| inputs.get(column).copied().map(Given::from);
            definition::missed_rules((decision, self.situation.program), None, input, definition::listed(&misses)).collect()
        };
        self.of_each_run(number, of).into_iter().map(|(item, missed)| missed.of_item(item)).collect()
    }

    /// The rows of a decision that came closest, whether one matched or none did, of each of its items where it has a loop.
    pub(crate) fn near_rows(&self, number: usize) -> Vec<(Option<usize>, NearMiss)> {
        self.of_each_run(number, |decision, inputs| {
            let near = definition::nearest(decision, &self.situation, inputs).unwrap_or_default();
            near.into_iter().chain(definition::beside(decision, &self.situation, inputs).unwrap_or_default()).collect()
        })
    }

    fn of_each_run<T>(&self, number: usize, of: impl Fn(&Decided, &[Fact<View<'_>>]) -> Vec<T>) -> Vec<(Option<usize>, T)> {
        let Some(decision) = self.situation.program.decisions.get(number).filter(|decision| !decision.rules.is_empty()) else {
            return Vec::new();
        };
        let of_item = |number_of_item: Option<usize>, item: Option<&Value>| {
            let read = self.read(Some(number), item, &decision.columns);
            let inputs: Vec<Fact<Value>> = read.into_iter().map(|fact| fact.unwrap_or(Fact::Missing)).collect();
            let views: Vec<Fact<View<'_>>> = inputs.iter().map(Fact::view).collect();
            of(decision, &views).into_iter().map(move |each| (number_of_item, each)).collect::<Vec<_>>()
        };
        if decision.for_each.is_none() {
            return of_item(None, None);
        }
        self.items(number).iter().enumerate().flat_map(|(at, item)| of_item(Some(at + 1), Some(item))).collect()
    }
}
