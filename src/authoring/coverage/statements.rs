//! Which statements of scripts run: the tests run a second time, with scripts that tell.

use super::{Item, Sort};
use crate::bundle::Bundle;
use crate::policy::{Extensions, Policy};
use crate::script::statements::observed;
use crate::script::{Gives, HostFunction, Parameter, Takes};
use crate::testing::Prepared;
use crate::text::Place;
use crate::value::{Fact, Kind, Value};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What an observed script calls before each of its statements.
const CALLED: &str = "statement_is_reached";

/// The policy with scripts that tell what they run.
pub(super) struct Observer {
    policy: Option<Policy>,
    places: Vec<Place>,
    reached: Arc<Mutex<BTreeSet<i64>>>,
    pub(super) unobserved: Vec<String>,
}

impl Observer {
    pub(super) fn new(bundle: &Bundle, extensions: &Extensions) -> Self {
        let reached = Arc::new(Mutex::new(BTreeSet::new()));
        let mut observer = Self { policy: None, places: Vec::new(), reached: reached.clone(), unobserved: Vec::new() };
        let scripts = bundle.files.iter().filter(|(path, _)| path.ends_with(".rhai"));
        let mut files = bundle.files.clone();
        let mut all = Vec::new();
        for (path, source) in scripts {
            all.push(path.to_owned());
            if let Some(seen) = observed(source, CALLED, observer.places.len()) {
                files.insert(path, seen.text);
                observer.places.extend(seen.places);
            }
        }
        if all.is_empty() {
            return observer;
        }
        let number = Parameter::new("number", Takes::Kind(Kind::Integer));
        let note = HostFunction::new(CALLED, vec![number], Gives::Kind(Kind::Boolean), move |_, arguments| {
            if let Some(Value::Integer(number)) = arguments.first() {
                reached.lock().unwrap_or_else(PoisonError::into_inner).insert(*number);
            }
            Ok(Fact::Known(Value::Boolean(true)))
        });
        observer.policy = extensions.clone().function(note).ok().and_then(|extensions| Policy::load(&files, &extensions).ok());
        if observer.policy.is_none() {
            observer.unobserved = all;
            observer.places.clear();
        }
        observer
    }

    /// Runs the tests.
    pub(super) fn run(&self, tests: &[Prepared<'_>]) {
        let Some(policy) = &self.policy else { return };
        let selection = policy.everything().without_trace();
        for (case, at) in tests.iter().filter_map(|prepared| prepared.case.as_ref().ok()) {
            // What keeps a case from being decided is told by the test itself.
            drop(selection.evaluate(case, *at));
        }
    }

    pub(super) fn items(&self) -> Vec<Item> {
        let reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let item = |(number, place): (i64, &Place)| Item {
            sort: Sort::Statement,
            name: first_line(place),
            place: place.clone(),
            reached: reached.contains(&number),
        };
        (0..).zip(&self.places).map(item).collect()
    }
}

/// The line of a statement, from its first word.
fn first_line(place: &Place) -> String {
    let rest = place.source.text().get(place.span.start..).unwrap_or("");
    rest.lines().next().unwrap_or("").trim().to_owned()
}
