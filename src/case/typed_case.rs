//! Whole cases taken straight from a JSON text.

use super::cursor::Cursor;
use super::dispute_case::Case;
use super::extra::Extra;
use super::leaf::Traits;
use super::typed::{Filled, Taking, take_entries, take_fact};
use crate::limits::DOCUMENT_DEPTH_MAX;
use crate::text::{Entry, Key, Node, NodeKind, Place, Scalar, Source, Span, Style};
use crate::value::{Fact, Zone};
use std::cell::OnceCell;

/// The deepest nesting inside of one fact of a company, in levels: around it stand its group, the case, and the list of cases.
const FACT_DEPTH_MAX: usize = DOCUMENT_DEPTH_MAX - 3;
/// The most keys of one mapping in a fact of a company that are compared with one another.
const FACT_KEYS_MAX: usize = 64;

/// What a case is taken from. Places stand in a source, which a text alone becomes once one is asked for.
pub(super) enum Origin<'t> {
    Source(&'t Source),
    Text { name: &'static str, text: &'t str, source: OnceCell<Source> },
}

impl<'t> Origin<'t> {
    /// A text that is not kept unless it has to be.
    pub(super) fn text_alone(name: &'static str, text: &'t str) -> Self {
        Self::Text { name, text, source: OnceCell::new() }
    }

    fn text(&self) -> &'t str {
        match self {
            Self::Source(source) => source.text(),
            Self::Text { text, .. } => text,
        }
    }

    fn place(&self, span: Span) -> Place {
        match self {
            Self::Source(source) => source.place(span),
            Self::Text { name, text, source } => source.get_or_init(|| Source::new(*name, *text)).place(span),
        }
    }

    /// Where a case stands. Of a text alone that is kept only where the case does not say which it is, and is pointed at for it.
    fn place_of(&self, case: &Case, span: Span) -> Option<Place> {
        let is_kept = matches!(self, Self::Source(_)) || !case.complaint.case_id.is_known();
        is_kept.then(|| self.place(span))
    }
}

/// Fills an empty case with the one of a JSON document, if that is written without any mistake; `None` tells nothing of what is wrong, or
/// whether anything is, and leaves the case half filled. A case is large, so it is filled where it lies.
pub(super) fn take_case(origin: &Origin<'_>, case: &mut Case) -> Option<()> {
    let mut taking = Taking::new(origin)?;
    taking.case(origin, case)?;
    taking.json.is_done().then_some(())
}

/// The case or the list of cases of a JSON document, if all of it is written without any mistake.
pub(super) fn take_cases(source: &Source) -> Option<Vec<Case>> {
    let origin = &Origin::Source(source);
    let mut taking = Taking::new(origin)?;
    if taking.json.peek()? == b'{' {
        let mut cases = vec![Case::default()];
        take_case(origin, cases.first_mut()?)?;
        return Some(cases);
    }
    let mut cases = Vec::new();
    let mut more = taking.json.enter(b'[', b']')?;
    while more {
        cases.push(Case::default());
        taking.case(origin, cases.last_mut()?)?;
        more = taking.json.another(b']')?;
    }
    // A list without cases is a mistake.
    (taking.json.is_done() && !cases.is_empty()).then_some(cases)
}

impl<'t> Taking<'t> {
    fn new(origin: &Origin<'t>) -> Option<Self> {
        Some(Self { json: Cursor::new(origin.text())?, zone: Zone::utc(), has_days: false, last_currency: None })
    }

    fn case(&mut self, origin: &Origin<'_>, case: &mut Case) -> Option<()> {
        let start = self.json.start();
        self.facts(case, origin)?;
        if self.has_days {
            // The zone may stand behind the days that are read in it, so such a case is read twice.
            self.zone = case.zone();
            self.json.go_back(start);
            *case = Case::default();
            self.facts(case, origin)?;
            (self.zone, self.has_days) = (Zone::utc(), false);
        }
        if let Fact::Known(name) = &case.complaint.time_zone {
            Zone::parse(name).ok()?;
        }
        case.place = origin.place_of(case, self.json.span(start));
        Some(())
    }

    fn facts(&mut self, case: &mut Case, origin: &Origin<'_>) -> Option<()> {
        let plain = Traits::default();
        take_entries!(self {
            complaint => self.group(&mut case.complaint)?,
            customer => self.group(&mut case.customer)?,
            account => self.group(&mut case.account)?,
            invoice => self.group(&mut case.invoice)?,
            dispute => self.group(&mut case.dispute)?,
            finding => self.group(&mut case.finding)?,
            history => self.group(&mut case.history)?,
            economics => self.group(&mut case.economics)?,
            budget => self.group(&mut case.budget)?,
            exit_request => take_fact(&mut case.exit_request, plain, self)?,
            correspondence => take_fact(&mut case.correspondence, plain, self)?,
            offers => take_fact(&mut case.offers, plain, self)?,
            linked_cases => take_fact(&mut case.linked_cases, plain, self)?,
            steps_done => take_fact(&mut case.steps_done, plain, self)?,
            attributes => self.own_facts(&mut case.attributes, origin)?,
            input => self.own_facts(&mut case.input, origin)?,
        })
    }

    fn group(&mut self, group: &mut impl Filled) -> Option<()> {
        if self.json.peek()? == b'n' { self.json.skip("null").then_some(()) } else { group.fill(self) }
    }

    /// Facts that a bundle declares: text and place are kept.
    fn own_facts(&mut self, facts: &mut Extra, origin: &Origin<'_>) -> Option<()> {
        if self.json.peek()? == b'n' {
            return self.json.skip("null").then_some(());
        }
        let mut more = self.json.enter(b'{', b'}')?;
        while more {
            let name = self.json.key()?;
            if facts.get(name).is_some() {
                return None;
            }
            let node = self.node(FACT_DEPTH_MAX)?;
            let place = origin.place(node.span);
            facts.write(name.to_owned(), node, place);
            more = self.json.another(b'}')?;
        }
        Some(())
    }

    /// One value of any shape, with so many levels of nesting at most.
    fn node(&mut self, levels: usize) -> Option<Node> {
        let start = self.json.start();
        let scalar = |text: &str, style| NodeKind::Scalar(Scalar { text: text.to_owned(), style });
        let kind = match self.json.peek()? {
            b'"' => scalar(&self.json.string()?, Style::Quoted),
            b'n' => self.json.skip("null").then_some(NodeKind::Null)?,
            b't' => self.json.skip("true").then(|| scalar("true", Style::Bare))?,
            b'f' => self.json.skip("false").then(|| scalar("false", Style::Bare))?,
            b'[' => NodeKind::List(self.items(levels.checked_sub(1)?)?),
            b'{' => NodeKind::Map(self.entries(levels.checked_sub(1)?)?),
            _ => scalar(self.json.number()?, Style::Bare),
        };
        Some(Node { span: self.json.span(start), kind })
    }

    fn items(&mut self, levels: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        let mut more = self.json.enter(b'[', b']')?;
        while more {
            items.push(self.node(levels)?);
            more = self.json.another(b']')?;
        }
        Some(items)
    }

    fn entries(&mut self, levels: usize) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut more = self.json.enter(b'{', b'}')?;
        while more {
            let start = self.json.start();
            let text = self.json.key()?;
            // Between its quotes.
            let span = Span::new(start, start + text.len() + 2);
            if entries.len() == FACT_KEYS_MAX || entries.iter().any(|entry| entry.key.text == text) {
                return None;
            }
            let value = self.node(levels)?;
            entries.push(Entry { key: Key { text: text.to_owned(), span }, value });
            more = self.json.another(b'}')?;
        }
        Some(entries)
    }
}
