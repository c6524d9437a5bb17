//! Cases that were really decided: each choice of facts once.

use super::lever::{Choice, Lever, changed};
use crate::authoring::finder::Document;
use crate::evaluation::Selection;
use crate::limits::WHY_EVALUATIONS_MAX;
use crate::value::{Fact, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// What each decision gave, by its number and that of the output; nothing for a decision that was not decided.
pub(super) type Given = Rc<Vec<Vec<Option<Fact<Value>>>>>;

/// See the module.
pub(super) struct Trials<'g> {
    selection: &'g Selection<'g>,
    document: &'g Document,
    /// Of each decision, how many outputs it has; none where it does not lead to the outcome.
    outputs: Vec<usize>,
    known: HashMap<Vec<Choice>, Option<Given>>,
    /// How many cases were decided.
    pub(super) decided: usize,
}

impl<'g> Trials<'g> {
    pub(super) fn new(selection: &'g Selection<'g>, document: &'g Document, outputs: Vec<usize>) -> Self {
        Self { selection, document, outputs, known: HashMap::new(), decided: 0 }
    }

    /// May no more cases be decided?
    pub(super) fn is_spent(&self) -> bool {
        self.decided >= WHY_EVALUATIONS_MAX
    }

    /// What the decisions give by these choices; nothing where the case cannot be decided at all.
    pub(super) fn decide(&mut self, levers: &[Lever], choices: &[Choice]) -> Option<Given> {
        if let Some(known) = self.known.get(choices) {
            return known.clone();
        }
        self.decided += 1;
        let given = self.run(levers, choices);
        self.known.insert(choices.to_vec(), given.clone());
        given
    }

    fn run(&self, levers: &[Lever], choices: &[Choice]) -> Option<Given> {
        let document = changed(self.document, levers, choices);
        let case = document.case()?;
        let evaluation = self.selection.evaluate(&case, document.at).ok()?;
        let of = |(decision, outputs): (usize, &usize)| (0..*outputs).map(|at| evaluation.output_at(decision, at)).collect();
        Some(Rc::new(self.outputs.iter().enumerate().map(of).collect()))
    }
}
