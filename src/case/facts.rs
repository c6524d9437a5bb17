//! The one table of facts: path, kind, unit, meaning, getter.
//!
//! Tables, scripts, the checker, the JSON Schema, the hints and the documentation all read it.

use super::dispute_case::{BriefGetter, Case, Getter, InnerGetter, Part};
use super::leaf::Traits;
use crate::value::{Brief, Fact, Given, Kind, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The number of a fact in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub(crate) u16);

impl FactId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What the registry knows of one fact.
pub struct FactSpec {
    /// Its dotted path: `dispute.disputed_amount`; below a list it stands for all items: `dispute.related_charges.amount`.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// Its unit, empty if it has none.
    pub unit: &'static str,
    /// Its meaning, in a few words.
    pub about: &'static str,
    /// A billing dispute cannot be decided without it.
    pub required: bool,
    /// It may be given as `unknown`.
    pub knowable: bool,
    /// It tells who the customer is.
    pub personal: bool,
    /// It is computed when it is not given.
    pub derived: bool,
    /// Between 0 and 1.
    pub share: bool,
    /// Not below zero.
    pub not_negative: bool,
    /// Somebody can still bring it about, or put it right, while the dispute is open: a finding that an investigation establishes, a
    /// proof that is handed in, an offer that is accepted, a step that is taken. Of a record: it can be taken back; of a list: it can
    /// grow. Never who the customer is, where, what came before or what somebody is worth: nobody is to be told to be somebody else.
    pub actionable: bool,
    /// It collects a field of every item of a list.
    pub projection: bool,
    /// Is it told in brief as it lies, without being put together first?
    pub(crate) is_at_hand: bool,
    get: Getter,
    brief: BriefGetter,
}

impl FactSpec {
    /// Reads the fact out of a case.
    #[must_use]
    pub fn read(&self, case: &Case) -> Fact<Value> {
        (self.get)(case).into_fact()
    }

    /// Reads the fact out of a case, borrowed where the case holds it as such.
    #[inline]
    #[must_use]
    pub fn given<'c>(&self, case: &'c Case) -> Given<'c> {
        (self.get)(case)
    }

    /// Reads the fact out of a case, in brief.
    #[inline]
    pub(crate) fn brief(&self, case: &Case) -> Brief {
        (self.brief)(case)
    }
}

impl std::fmt::Debug for FactSpec {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} ({})", self.path, self.kind.word())
    }
}

/// How a fact is read: as it is, in brief, and whether the latter is at hand.
type Getters = (Getter, BriefGetter, bool);

/// The getters of a fact whose brief form is told by the fact itself.
fn of_whole(get: impl Fn(&Case) -> Given<'_> + Send + Sync + 'static) -> Getters {
    let get = Arc::new(get);
    let whole = get.clone();
    (Box::new(move |case| whole(case)), Box::new(move |case| get(case).view().into()), false)
}

/// All facts of a dispute case.
#[derive(Debug)]
pub struct Registry {
    facts: Vec<FactSpec>,
    by_path: BTreeMap<String, FactId>,
    groups: Vec<&'static str>,
    required: Vec<FactId>,
}

/// The registry of facts.
#[must_use]
pub fn registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::build);
    &REGISTRY
}

impl Registry {
    /// The fact of a dotted path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FactId> {
        self.by_path.get(path).copied()
    }

    /// What is known of a fact.
    #[must_use]
    pub fn spec(&self, id: FactId) -> Option<&FactSpec> {
        self.facts.get(id.index())
    }

    /// Every fact, in the order of the case.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &FactSpec)> {
        (0u16..).map(FactId).zip(&self.facts)
    }

    /// The facts that every dispute has to tell, in that order.
    pub(crate) fn required(&self) -> impl Iterator<Item = &FactSpec> {
        self.required.iter().filter_map(|id| self.spec(*id))
    }

    /// The names of the top-level groups.
    #[must_use]
    pub fn groups(&self) -> &[&'static str] {
        &self.groups
    }

    fn build() -> Self {
        let mut registry = Self { facts: Vec::new(), by_path: BTreeMap::new(), groups: Vec::new(), required: Vec::new() };
        for part in Case::parts() {
            match part {
                Part::Group { name, fields } => {
                    registry.groups.push(name);
                    for field in fields {
                        let path = format!("{name}.{}", field.name);
                        let derived: Option<fn(&Case) -> Given<'_>> = match path.as_str() {
                            "account.age_days" => Some(Case::account_age_days),
                            "complaint.last_update_on" => Some(Case::last_update_on),
                            _ => None,
                        };
                        let get: Getters = match derived {
                            Some(derived) => of_whole(move |case| match (field.get)(case) {
                                Given::Missing => derived(case),
                                given => given,
                            }),
                            None => (field.get, field.brief, true),
                        };
                        registry.add(&path, field.kind, field.unit, field.about, field.traits, get, field.inner);
                    }
                }
                Part::Whole { name, about, kind, traits, get, brief, inner } => {
                    registry.groups.push(name);
                    let get: Getters = (Box::new(get), Box::new(brief), true);
                    registry.add(name, kind, "", about, traits, get, Box::new(inner));
                }
            }
        }
        registry
    }

    #[expect(clippy::too_many_arguments, reason = "one private call site per shape; a struct would only repeat `FactSpec`")]
    fn add(
        &mut self,
        path: &str,
        kind: Kind,
        unit: &'static str,
        about: &'static str,
        traits: Traits,
        get: Getters,
        inner: InnerGetter,
    ) {
        let (record, listed) = match &kind {
            Kind::Record(record) => (Some(record.clone()), false),
            Kind::List(item) => match &**item {
                Kind::Record(record) => (Some(record.clone()), true),
                _ => (None, false),
            },
            _ => (None, false),
        };
        self.push(path, kind, unit, about, traits, false, get);
        let Some(record) = record else { return };
        let inner: Arc<InnerGetter> = Arc::new(inner);
        for (at, field) in record.fields.iter().enumerate() {
            let inner = inner.clone();
            let kind = if listed { Kind::List(Box::new(field.kind.clone())) } else { field.kind.clone() };
            let personal = traits.personal || field.personal;
            let inner_traits = Traits { personal, actionable: field.actionable, ..Traits::default() };
            let path = format!("{path}.{}", field.name);
            self.push(&path, kind, "", field.about, inner_traits, listed, of_whole(move |case| inner(case, at)));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one private call site per shape; a struct would only repeat `FactSpec`")]
    fn push(
        &mut self,
        path: &str,
        kind: Kind,
        unit: &'static str,
        about: &'static str,
        traits: Traits,
        projection: bool,
        (get, brief, is_at_hand): Getters,
    ) {
        let id = FactId(u16::try_from(self.facts.len()).unwrap_or(u16::MAX));
        self.by_path.insert(path.to_owned(), id);
        self.required.extend(traits.required.then_some(id));
        self.facts.push(FactSpec {
            path: path.to_owned(),
            kind,
            unit,
            about,
            required: traits.required,
            knowable: !traits.certain,
            personal: traits.personal,
            derived: traits.derived,
            share: traits.share,
            not_negative: traits.not_negative,
            actionable: traits.actionable,
            projection,
            is_at_hand,
            get,
            brief,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::vocabulary::{CreditGrade, Tier};
    use crate::value::{Decimal, Money, Place};

    #[test]
    fn a_fact_in_brief_is_what_its_getter_gives() {
        let mut case = Case::new();
        case.complaint.case_id = "C-1".to_owned().into();
        case.complaint.jurisdiction = Place::parse("EU-ES").unwrap().into();
        case.customer.tier = Tier::Gold.into();
        case.customer.credit_risk_grade = CreditGrade::D.into();
        case.customer.tenure_months = 77.into();
        case.customer.churn_risk = Decimal::new(25, 2).into();
        case.customer.vulnerable = true.into();
        case.customer.leave_threat = Fact::Unknown;
        case.customer.annual_contribution = Money::parse("-12.50 USD").unwrap().into();
        case.customer.lifetime_value = Money::parse("123456789012345678901234.5 EUR").unwrap().into();
        let mut told = Vec::new();
        for (_, fact) in registry().iter() {
            let brief = fact.brief(&case);
            if brief == Brief::LONG {
                continue;
            }
            assert_eq!(brief, fact.given(&case).view().into(), "{}", fact.path);
            if brief != Brief::MISSING {
                told.push(fact.path.as_str());
            }
        }
        insta::assert_snapshot!(told.join("\n"), @r"
        complaint.jurisdiction
        customer.tier
        customer.tenure_months
        customer.annual_contribution
        customer.churn_risk
        customer.leave_threat
        customer.vulnerable
        customer.credit_risk_grade
        ");
    }

    #[test]
    fn what_somebody_can_still_bring_about() {
        let actionable: Vec<&str> =
            registry().iter().filter(|(_, fact)| fact.actionable).map(|(_, fact)| fact.path.as_str()).collect();
        insta::assert_snapshot!(actionable.join("\n"), @"
        complaint.notice_form
        invoice.fiscal_document.tax_value_affected
        invoice.fiscal_document.recipient_acknowledged
        dispute.customer_request
        dispute.deficient_service
        dispute.consequential_charges.evidence
        finding.status
        finding.liability
        finding.our_share
        finding.justified_mistake
        finding.correct_amount
        finding.confidence
        finding.root_cause
        finding.accounts_affected
        finding.severity
        exit_request
        offers.response
        steps_done
        steps_done.step
        ");
        // Who somebody is, what came before and what a customer is worth is nothing that a case is told to change.
        let fixed = ["customer.", "account.", "history.", "economics.", "budget.", "linked_cases"];
        assert!(!registry().iter().any(|(_, fact)| fact.actionable
            && (fact.personal || fact.derived || fixed.iter().any(|group| fact.path.starts_with(group)))));
    }
}
