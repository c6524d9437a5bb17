//! Cedar: one policy a row. It says which policies permit, not which is first, so all of them are looked at and the least number is
//! taken. Amounts in whole cents.

use super::{CEDAR, Peer};
use crate::expression::{Dialect, condition};
use crate::subjects::generated::{FAULTS, Facts, REGIONS, TIERS};
use crate::subjects::table::Subject;
use cedar_policy::{Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, RestrictedExpression};

const DIALECT: Dialect = Dialect {
    names: ["context.tier", "context.tenure", "context.amount", "context.fault", "context.disputes", "context.region"],
    and: " && ",
    one_of: |name, members| match members {
        [only] => format!("{name} == {only}"),
        members => format!("[{}].contains({name})", members.join(", ")),
    },
    always: "true",
};

pub fn peer(subject: &'static Subject) -> Peer {
    Peer::tried(CEDAR, prepare(subject))
}

fn prepare(subject: &'static Subject) -> Result<impl FnMut(usize) -> Option<usize> + 'static, String> {
    let mut policies = PolicySet::new();
    for (at, row) in subject.rows.iter().enumerate() {
        let text = format!("permit(principal, action, resource) when {{ {} }};", condition(row, &DIALECT));
        let policy = Policy::parse(Some(PolicyId::new(at.to_string())), text).map_err(|error| error.to_string())?;
        policies.add(policy).map_err(|error| error.to_string())?;
    }
    let requests: Vec<Request> = subject.facts.iter().map(request).collect::<Result<_, String>>()?;
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    Ok(move |case: usize| {
        let response = authorizer.is_authorized(&requests[case], &policies, &entities);
        let permitting = response.diagnostics().reason();
        permitting.filter_map(|id| AsRef::<str>::as_ref(id).parse().ok()).min()
    })
}

fn request(facts: &Facts) -> Result<Request, String> {
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let context = Context::from_pairs([
        ("tier".to_owned(), text(TIERS[facts.tier])),
        ("tenure".to_owned(), RestrictedExpression::new_long(facts.tenure_months)),
        ("amount".to_owned(), RestrictedExpression::new_long(facts.amount_cents)),
        ("fault".to_owned(), text(FAULTS[facts.fault])),
        ("disputes".to_owned(), RestrictedExpression::new_long(facts.disputes)),
        ("region".to_owned(), text(REGIONS[facts.region])),
    ])
    .map_err(|error| error.to_string())?;
    let entity = |text: &str| text.parse::<EntityUid>().map_err(|error| error.to_string());
    Request::new(entity("Case::\"case\"")?, entity("Action::\"decide\"")?, entity("Table::\"table\"")?, context, None)
        .map_err(|error| error.to_string())
}
