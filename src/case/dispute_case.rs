//! The case.

use super::extra::Extra;
use super::groups::{
    Account, Budget, Complaint, Contact, Customer, Dispute, Economics, ExitRequest, Finding, History, Invoice, LinkedCases,
    Offer, StepDone,
};
use super::leaf::{Leaf, Traits};
use super::reading::Reading;
use super::record::{Fields, TakesBriefs, check_record, read_field, read_record};
use super::vocabulary::Direction;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place as TextPlace};
use crate::value::{Brief, Currency, Date, Fact, Given, Kind, View, Zone};
use std::borrow::Cow;

/// One billing complaint, as the engine receives it.
///
/// Every fact may be missing, unknown or known; a decision tells the three apart. Build one in Rust by setting fields, or read it
/// from a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Case {
    /// The contact itself.
    pub complaint: Complaint,
    /// Who the customer is.
    pub customer: Customer,
    /// The account that was billed.
    pub account: Account,
    /// The invoice in dispute.
    pub invoice: Invoice,
    /// What the customer says.
    pub dispute: Dispute,
    /// What the investigation found.
    pub finding: Finding,
    /// What happened before.
    pub history: History,
    /// What it costs to argue.
    pub economics: Economics,
    /// The pool that pays goodwill.
    pub budget: Budget,
    /// Somebody asked to end the relationship.
    pub exit_request: Fact<ExitRequest>,
    /// Every message so far.
    pub correspondence: Fact<Vec<Contact>>,
    /// Earlier offers in this case, oldest first.
    pub offers: Fact<Vec<Offer>>,
    /// Cases with the same cause that are decided together.
    pub linked_cases: Fact<LinkedCases>,
    /// What has been done so far; stops the clocks of that step.
    pub steps_done: Fact<Vec<StepDone>>,
    /// Facts of the company, declared in the bundle.
    pub attributes: Extra,
    /// Facts of a plain table bundle, declared in it.
    pub input: Extra,
    /// Where the case was read from, if it was read from a document.
    pub place: Option<TextPlace>,
}

/// A part of a case, seen by whoever walks over all of its facts.
pub(crate) enum Part {
    /// A group of facts that is always there.
    Group { name: &'static str, fields: Vec<PartField> },
    /// A record or a list that may be left out.
    Whole {
        name: &'static str,
        about: &'static str,
        kind: Kind,
        traits: Traits,
        get: fn(&Case) -> Given<'_>,
        brief: fn(&Case) -> Brief,
        inner: fn(&Case, usize) -> Given<'_>,
    },
}

/// Reads one fact out of a case.
pub(crate) type Getter = Box<dyn Fn(&Case) -> Given<'_> + Send + Sync>;

/// Reads the field at a position below a fact.
pub(crate) type InnerGetter = Box<dyn Fn(&Case, usize) -> Given<'_> + Send + Sync>;

/// Reads one fact out of a case, in brief.
pub(crate) type BriefGetter = Box<dyn Fn(&Case) -> Brief + Send + Sync>;

/// One fact of a group.
pub(crate) struct PartField {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) traits: Traits,
    pub(crate) kind: Kind,
    pub(crate) get: Getter,
    pub(crate) brief: BriefGetter,
    pub(crate) inner: InnerGetter,
}

/// Makes getters of a case out of those of one of its groups.
struct OfGroup<A> {
    access: A,
    briefs: Vec<BriefGetter>,
}

impl<G, A: Fn(&Case) -> &G + Copy + Send + Sync + 'static> TakesBriefs<G> for OfGroup<A> {
    fn take(&mut self, brief: impl Fn(&G) -> Brief + Copy + Send + Sync + 'static) {
        let access = self.access;
        self.briefs.push(Box::new(move |case| brief(access(case))));
    }
}

fn group<G: Fields>(name: &'static str, access: impl Fn(&Case) -> &G + Copy + Send + Sync + 'static) -> Part {
    let mut of_group = OfGroup { access, briefs: Vec::new() };
    G::briefs(&mut of_group);
    let fields = G::fields()
        .iter()
        .zip(of_group.briefs)
        .map(|(field, brief)| PartField {
            name: field.name,
            about: field.about,
            unit: field.unit,
            traits: field.traits,
            kind: field.kind.clone(),
            get: Box::new(move |case| (field.given)(access(case))),
            brief,
            inner: Box::new(move |case, at| (field.inner)(access(case), at)),
        })
        .collect();
    Part::Group { name, fields }
}

macro_rules! whole {
    ($name:ident: $type:ty $([$($flag:ident)+])?, $about:literal) => {
        Part::Whole {
            name: stringify!($name),
            about: $about,
            kind: <$type as Leaf>::kind(),
            traits: Traits { $($($flag: true,)+)? ..Traits::default() },
            get: |case| match &case.$name {
                Fact::Missing => Given::Missing,
                Fact::Unknown => Given::Unknown,
                Fact::Known(value) => value.given(),
            },
            brief: |case| match &case.$name {
                Fact::Missing => Brief::MISSING,
                Fact::Unknown => Brief::UNKNOWN,
                Fact::Known(value) => value.brief(),
            },
            inner: |case, at| match &case.$name {
                Fact::Missing => Given::Missing,
                Fact::Unknown => Given::Unknown,
                Fact::Known(value) => value.field(at),
            },
        }
    };
}

impl Case {
    /// A case in which nothing is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every part of a case, in the order in which it is written.
    pub(crate) fn parts() -> Vec<Part> {
        vec![
            group("complaint", |case| &case.complaint),
            group("customer", |case| &case.customer),
            group("account", |case| &case.account),
            group("invoice", |case| &case.invoice),
            group("dispute", |case| &case.dispute),
            group("finding", |case| &case.finding),
            group("history", |case| &case.history),
            group("economics", |case| &case.economics),
            group("budget", |case| &case.budget),
            whole!(exit_request: ExitRequest [actionable], "Somebody asked to end the relationship"),
            whole!(correspondence: Vec<Contact>, "Every message so far"),
            whole!(offers: Vec<Offer>, "Earlier offers in this case, oldest first"),
            whole!(linked_cases: LinkedCases, "Cases with the same cause that are decided together"),
            whole!(steps_done: Vec<StepDone> [actionable], "What has been done so far"),
        ]
    }

    /// Reads one top-level group; false when it was wrong, nothing when there is no such group.
    pub(crate) fn read_group(&mut self, name: &str, node: &Node, reading: &mut Reading<'_>) -> Option<bool> {
        fn set<G: Fields>(slot: &mut G, node: &Node, path: &str, reading: &mut Reading<'_>) -> bool {
            if node.is_null() {
                return true;
            }
            read_record(node, path, reading).is_some_and(|record| {
                *slot = record;
                true
            })
        }
        let plain = Traits::default();
        Some(match name {
            "complaint" => set(&mut self.complaint, node, name, reading),
            "customer" => set(&mut self.customer, node, name, reading),
            "account" => set(&mut self.account, node, name, reading),
            "invoice" => set(&mut self.invoice, node, name, reading),
            "dispute" => set(&mut self.dispute, node, name, reading),
            "finding" => set(&mut self.finding, node, name, reading),
            "history" => set(&mut self.history, node, name, reading),
            "economics" => set(&mut self.economics, node, name, reading),
            "budget" => set(&mut self.budget, node, name, reading),
            "exit_request" => read_field(&mut self.exit_request, node, name, plain, reading),
            "correspondence" => read_field(&mut self.correspondence, node, name, plain, reading),
            "offers" => read_field(&mut self.offers, node, name, plain, reading),
            "linked_cases" => read_field(&mut self.linked_cases, node, name, plain, reading),
            "steps_done" => read_field(&mut self.steps_done, node, name, plain, reading),
            _ => return None,
        })
    }

    /// What is wrong with a case, beyond what its types hold: ranges, the name of the time zone. A case that was read has been
    /// checked; one that a program builds or changes is checked here, and before it is decided.
    #[must_use]
    pub fn check(&self) -> Diagnostics {
        let mut out = Diagnostics::new();
        check_record(&self.customer, "customer", &mut out);
        check_record(&self.account, "account", &mut out);
        check_record(&self.invoice, "invoice", &mut out);
        check_record(&self.dispute, "dispute", &mut out);
        check_record(&self.finding, "finding", &mut out);
        check_record(&self.history, "history", &mut out);
        check_record(&self.economics, "economics", &mut out);
        let plain = Traits::default();
        if let Fact::Known(offers) = &self.offers {
            offers.check("offers", plain, &mut out);
        }
        if let Fact::Known(linked) = &self.linked_cases {
            linked.check("linked_cases", plain, &mut out);
        }
        if let Fact::Known(name) = &self.complaint.time_zone
            && let Err(trouble) = Zone::parse(name)
        {
            let path = "complaint.time_zone";
            out.push(Diagnostic::global(Code::WrongType, format!("`{path}`: {trouble}")).path(path));
        }
        out
    }

    /// The number of the case, empty when it has none.
    #[must_use]
    pub fn id(&self) -> &str {
        self.complaint.case_id.known().map_or("", String::as_str)
    }

    /// The time zone: the one given, else that of the jurisdiction, else UTC.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone_of_it().into_owned()
    }

    /// The same, borrowed where it is that of the jurisdiction.
    pub(crate) fn zone_of_it(&self) -> Cow<'static, Zone> {
        let given = self.complaint.time_zone.known().and_then(|name| Zone::parse(name).ok());
        let of_place = || self.complaint.jurisdiction.known().map(|place| Cow::Borrowed(place.zone()));
        given.map(Cow::Owned).or_else(of_place).unwrap_or_else(|| Cow::Owned(Zone::utc()))
    }

    /// The day whose policy applies: the one given, else the day of receipt in the time zone of the case.
    #[must_use]
    pub fn policy_date(&self) -> Option<Date> {
        self.policy_date_in(&self.zone_of_it())
    }

    /// The same, where the time zone of the case is at hand.
    pub(crate) fn policy_date_in(&self, zone: &Zone) -> Option<Date> {
        let given = self.complaint.policy_date.known().copied();
        given.or_else(|| self.complaint.received_at.known().map(|at| at.day_in(zone)))
    }

    /// Has [`Case::check`] nothing to say?
    pub(crate) fn is_sound(&self) -> bool {
        let zone = self.complaint.time_zone.known();
        let plain = Traits::default();
        self.customer.is_sound(plain)
            && self.account.is_sound(plain)
            && self.invoice.is_sound(plain)
            && self.dispute.is_sound(plain)
            && self.finding.is_sound(plain)
            && self.history.is_sound(plain)
            && self.economics.is_sound(plain)
            && self.offers.known().is_none_or(|offers| offers.is_sound(plain))
            && self.linked_cases.known().is_none_or(|linked| linked.is_sound(plain))
            && zone.is_none_or(|name| Zone::parse(name).is_ok())
    }

    /// The currency of the case: that of the disputed amount, else of the invoice.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let amounts = [&self.dispute.disputed_amount, &self.invoice.total, &self.invoice.paid];
        amounts.into_iter().find_map(Fact::known).map(|money| money.currency())
    }

    /// The day of the latest message that went out; unknown where there may have been a later one.
    pub(crate) fn last_update_on(&self) -> Given<'_> {
        let contacts = match &self.correspondence {
            Fact::Known(contacts) => contacts.as_slice(),
            Fact::Unknown => return Given::Unknown,
            Fact::Missing => &[],
        };
        let sent = || contacts.iter().filter(|contact| matches!(contact.direction, Fact::Known(Direction::Out)));
        if sent().any(|contact| contact.at.is_unknown()) {
            return Given::Unknown;
        }
        match sent().filter_map(|contact| contact.at.known()).max() {
            Some(at) => Given::Known(View::Date(at.day_in(&self.zone_of_it()))),
            None => Given::Missing,
        }
    }

    /// Days from the first deposit, else the start of the contract, to the receipt of the complaint.
    pub(crate) fn account_age_days(&self) -> Given<'_> {
        // A deposit that was made on an unknown day is no reason to count from the contract instead.
        let since = match &self.account.first_deposit_at {
            Fact::Missing => &self.account.contract_start,
            given => given,
        };
        let received = self.complaint.received_at.known().map(|at| at.day_in(&self.zone_of_it()));
        match (since, received) {
            (Fact::Unknown, _) => Given::Unknown,
            (Fact::Known(since), Some(received)) => Given::Known(View::Integer(since.days_until(received))),
            _ => Given::Missing,
        }
    }
}
