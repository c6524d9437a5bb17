//! Names that no letter may hold: people who wrote or spoke for us, teams and roles.

use crate::case::Case;
use crate::case::vocabulary::Direction;
use crate::decision::Decision;
use std::collections::BTreeSet;

/// Names that no letter may hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// People who wrote or spoke for us, as written.
    pub(crate) people: BTreeSet<String>,
    /// Teams and roles, in any case of letters.
    pub(crate) teams: BTreeSet<String>,
}

impl Names {
    /// The names in a case and its decision; what the company calls itself is none.
    pub(crate) fn of(case: &Case, decision: &Decision, company: &[&str]) -> Self {
        Self { people: people(case, company), teams: teams(decision) }
    }
}

/// Parts of names that are words as well: alone they name nobody.
const WORDS_TOO: [&str; 24] = [
    "abril", "agosto", "april", "august", "bill", "cruz", "day", "domingo", "frank", "grace", "grant", "hope", "june", "long",
    "luz", "maio", "mark", "may", "mayo", "paz", "price", "rosa", "rose", "will",
];

/// The names of those who wrote or spoke for us. A role such as `care` is no name, and the company is no person.
fn people(case: &Case, company: &[&str]) -> BTreeSet<String> {
    let contacts = case.correspondence.known().into_iter().flatten();
    let ours = contacts.filter(|contact| contact.direction.known() != Some(&Direction::In));
    let actors = ours.filter_map(|contact| contact.actor.known());
    let us: Vec<&str> = company.iter().flat_map(|name| name.split_whitespace()).collect();
    let is_ours = |name: &str| name.split_whitespace().all(|word| us.iter().any(|own| own.eq_ignore_ascii_case(word)));
    let mut names = BTreeSet::new();
    for actor in actors.filter(|actor| actor.chars().any(char::is_uppercase) && !is_ours(actor)) {
        names.insert(actor.clone());
        // A first or a last name alone names a person too.
        let words = actor.split_whitespace().filter(|word| word.chars().count() > 2 && !is_ours(word));
        let words = words.filter(|word| !WORDS_TOO.contains(&word.to_lowercase().as_str()));
        names.extend(words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned));
    }
    names
}

/// Names of teams and roles of more than one word: one word alone, such as `tax`, is a word of the language.
fn teams(decision: &Decision) -> BTreeSet<String> {
    let owners = decision.plan.iter().filter_map(|step| step.owner.as_deref());
    let roles = decision.approval.required_role.as_deref().into_iter().chain(decision.approval.also.iter().map(String::as_str));
    let names = owners.chain(roles).chain(decision.escalation.target.as_deref());
    names.map(|name| name.replace(['_', '-'], " ")).filter(|name| name.contains(' ')).collect()
}
