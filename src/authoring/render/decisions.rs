//! Decisions: what each is for, what it reads, and its rules in sentences or as a table.

use super::document::{Block, Card, Phrase, Piece, Section, Tone, anchor, title};
use super::phrases::Words;
use super::remarks::{dated, law};
use crate::authoring::explain::words::plain;
use crate::bundle::{Bundle, DecisionDoc, TableDoc};
use crate::policy::Program;
use crate::policy::compiled::{Better, Decision, Rule};
use crate::policy::slots::Slot;
use crate::rule::{Cell, HitPolicy};
use crate::script::FactPath;
use crate::value::Kind;

/// A table with more columns than this is told rule by rule: a page is not as wide.
const TABLE_COLUMNS_MAX: usize = 7;

/// The documents of a decision: the first declares it, the others add to it.
fn documents<'b>(bundle: &'b Bundle, name: &str) -> Vec<&'b DecisionDoc> {
    let of_packs = bundle.packs.iter().flat_map(|pack| &pack.decisions);
    bundle.decisions.iter().chain(of_packs).filter(|doc| doc.name.value == name).collect()
}

/// How the decisions hang together, in the order in which they are taken.
pub(super) fn overview(words: &Words<'_>, bundle: &Bundle) -> Section {
    let program = words.program;
    let mut section = Section::new("order", "How the decisions hang together");
    section.paragraph(Phrase::of(
        "In the order in which they are taken: each decision comes after those that it reads. Which of them are read is found in their \
         rules; nobody has to say it.",
    ));
    let link = |at: &usize| {
        let name = program.decisions.get(*at).map_or("", |decision| &*decision.name);
        Phrase::default().link(anchor("decision", name), plain(name))
    };
    let mut rows = Vec::new();
    for at in &program.order {
        let Some(decision) = program.decisions.get(*at) else { continue };
        let needs: Vec<Phrase> = program.order.iter().filter(|other| decision.needs.contains(other)).map(link).collect();
        let readers = program.order.iter().filter(|other| program.decisions.get(**other).is_some_and(|it| it.needs.contains(at)));
        let readers: Vec<Phrase> = readers.map(link).collect();
        let none = |list: Vec<Phrase>, what: &str| if list.is_empty() { Phrase::of(what) } else { Phrase::joined(list, "and") };
        let about = documents(bundle, &decision.name).first().map_or_else(String::new, |doc| doc.about.clone());
        let about = Phrase::written(&first_sentence(&about));
        let about = if decision.owed { about.text(" ").badge(Tone::Plain, "owed") } else { about };
        rows.push((None, vec![link(at).capital(), about, none(needs, "facts of the case alone"), none(readers, "nobody")]));
    }
    let head = ["Decision", "What it is for", "Reads", "Is read by"].map(Phrase::of).to_vec();
    section.blocks.push(Block::Table { caption: "The decisions in their order".to_owned(), head, rows });
    section
}

fn first_sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.find(". ").and_then(|end| text.get(..=end)).map_or(text.clone(), str::to_owned)
}

/// Every decision, in the order in which they are taken.
pub(super) fn decisions(words: &Words<'_>, bundle: &Bundle) -> Section {
    let mut section = Section::new("decisions", "The decisions");
    for decision in words.program.order.iter().filter_map(|at| words.program.decisions.get(*at)) {
        section.inside.push(Telling { words, decision, documents: documents(bundle, &decision.name) }.section());
    }
    section
}

struct Telling<'t> {
    words: &'t Words<'t>,
    decision: &'t Decision,
    documents: Vec<&'t DecisionDoc>,
}

impl Telling<'_> {
    fn program(&self) -> &Program {
        self.words.program
    }

    fn section(&self) -> Section {
        let decision = self.decision;
        let mut section = Section::new(anchor("decision", &decision.name), capital(&plain(&decision.name)));
        let doc = self.documents.first();
        if let Some(doc) = doc.filter(|doc| !doc.about.is_empty()) {
            section.paragraph(Phrase::written(&doc.about));
        }
        section.blocks.push(Block::Terms(self.facts()));
        if !decision.lets.is_empty() {
            section.blocks.push(Block::Heading("Worked out first".to_owned()));
            let each = decision.lets.iter().map(|it| (plain(&it.name), self.words.formula(&it.formula, &it.kind)));
            section.blocks.push(Block::Terms(each.collect()));
        }
        if !decision.rules.is_empty() && !decision.lets.is_empty() {
            section.blocks.push(Block::Heading("Rules".to_owned()));
        }
        self.rules(&mut section);
        for (number, plugin) in decision.plugins.iter().enumerate() {
            let lead = if number == 0 { "Then " } else { "After it, " };
            let mut said = Phrase::of(lead).text("the plugin ").link(anchor("plugin", &plugin.id), &plugin.id);
            said = if plugin.when.is_empty() {
                said.text(" may change the result.")
            } else {
                said.text(" may change the result, where ").then(self.words.all(&plugin.when)).text(".")
            };
            section.paragraph(said);
        }
        let bounds = decision.bounds.iter().filter(|it| self.words.in_force(it.from, it.until));
        let links: Vec<Phrase> = bounds.map(|it| Phrase::default().link(anchor("guardrail", &it.id), title(&it.id))).collect();
        if !links.is_empty() {
            section.paragraph(Phrase::of("Whatever comes out of it is bounded by ").then(Phrase::joined(links, "and")).text("."));
        }
        section
    }

    /// What is known of it at a glance.
    fn facts(&self) -> Vec<(String, Phrase)> {
        let decision = self.decision;
        let mut terms: Vec<(String, Phrase)> = Vec::new();
        let outputs = decision.outputs.iter().map(|output| {
            let mut said = Phrase::default().name(plain(&output.name)).text(format!(" ({}", kind_text(&output.kind)));
            if let Some(default) = &output.default {
                said = said.text(format!("; else {}", self.words.literal(default, &output.kind)));
            }
            if let Some(round) = output.round {
                said = said.text(format!("; rounded {round}"));
            }
            said.text(")")
        });
        terms.push(("Gives".to_owned(), Phrase::joined(outputs.collect(), "and")));
        if let Some(list) = &decision.for_each {
            let each = self.documents.first().and_then(|doc| doc.for_each.as_ref()).map_or("item", |each| &each.name);
            let said = Phrase::of(format!("once for each {each} in ")).then(self.words.subject(list));
            terms.push(("Decided".to_owned(), said));
        }
        if !decision.required.is_empty() {
            let all = decision.required.iter().map(|path| self.words.subject(path)).collect();
            terms.push(("Needs".to_owned(), Phrase::joined(all, "and").text("; without it nothing is decided here")));
        }
        if decision.owed {
            let said = "Money that we owe: it never depends on who the customer is, and no limit lowers it.";
            terms.push(("Owed".to_owned(), Phrase::of(said)));
        }
        if let Some(owner) = self.documents.first().map(|doc| &doc.owner).filter(|owner| !owner.is_empty()) {
            terms.push(("Owner".to_owned(), Phrase::of(title(owner))));
        }
        terms
    }

    fn rules(&self, section: &mut Section) {
        let decision = self.decision;
        if let Some(script) = &decision.script {
            let said =
                Phrase::of(format!("A {} decides it: ", script.body.word())).link(anchor("plugin", &script.id), &script.id);
            section.paragraph(said.text("."));
            return;
        }
        let formulas: Vec<Phrase> = decision
            .outputs
            .iter()
            .filter_map(|output| {
                let formula = output.formula.as_ref()?;
                let said = Phrase::default().name(plain(&output.name)).text(" is ");
                Some(said.then(self.words.formula(formula, &output.kind)))
            })
            .collect();
        if !formulas.is_empty() {
            section.paragraph(Phrase::of("It is worked out:"));
            section.blocks.push(Block::Points(formulas));
            return;
        }
        let rows: Vec<usize> = (0..decision.rules.len())
            .filter(|row| {
                let dates = decision.matcher.dates(*row);
                self.words.in_force(dates.from, dates.until)
            })
            .collect();
        if !rows.is_empty() {
            section.paragraph(Phrase::of(self.how_many_match()));
        }
        let is_of_pack =
            |row: &usize| decision.rules.get(*row).and_then(|rule| rule.law.as_ref()).is_some_and(|law| law.pack.is_some());
        let (of_law, own): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(is_of_pack);
        if !of_law.is_empty() && !own.is_empty() {
            section.blocks.push(Block::Heading("By law, before the rules of the bundle".to_owned()));
        }
        self.cards(&of_law, section);
        if !of_law.is_empty() && !own.is_empty() {
            section.blocks.push(Block::Heading("By the bundle".to_owned()));
        }
        let is_table =
            self.documents.first().is_some_and(|doc| matches!(doc.table, Some(TableDoc::Inline(_) | TableDoc::File(_))));
        let columns = self.columns_asked(&own);
        if is_table && columns.len() + self.outputs_given(&own).len() < TABLE_COLUMNS_MAX {
            self.table(&own, &columns, section);
        } else {
            self.cards(&own, section);
        }
        if let Some(rule) = &decision.otherwise {
            let lead = if decision.rules.is_empty() { "Always" } else { "Otherwise" };
            let card = self.card(rule, Phrase::of(lead), Phrase::default(), None);
            section.blocks.push(Block::Cards(vec![card]));
        } else if !decision.hit.is_list() && !decision.rules.is_empty() && decision.hit != HitPolicy::CollectCount {
            section.paragraph(Phrase::of("Where no rule applies, a person decides."));
        }
    }

    fn how_many_match(&self) -> String {
        let decision = self.decision;
        let order = |last: &str| {
            let each = |(output, better): &(usize, Better)| {
                let output = decision.outputs.get(*output).map_or_else(String::new, |output| plain(&output.name));
                match better {
                    Better::Named(names) => {
                        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
                        format!("{output}: {}", names.join(" before "))
                    }
                    Better::More => format!("the largest {output}"),
                }
            };
            format!("{last} ({})", decision.priority.iter().map(each).collect::<Vec<_>>().join("; "))
        };
        match decision.hit {
            HitPolicy::Unique => "At most one of these rules applies to a case:".to_owned(),
            HitPolicy::First => "From top to bottom, the first rule that applies decides:".to_owned(),
            HitPolicy::Any => "Rules that apply to one case give the same:".to_owned(),
            HitPolicy::Priority => order("Of the rules that apply, the best one decides") + ":",
            HitPolicy::Collect => "Every rule that applies adds its result:".to_owned(),
            HitPolicy::CollectRanked => order("Every rule that applies adds its result, the best first") + ":",
            HitPolicy::CollectSum => "The results of all rules that apply are added up:".to_owned(),
            HitPolicy::CollectMin => "The least result of all rules that apply counts:".to_owned(),
            HitPolicy::CollectMax => "The largest result of all rules that apply counts:".to_owned(),
            HitPolicy::CollectCount => "The rules that apply are counted:".to_owned(),
        }
    }

    /// The columns that some of these rules asks about.
    fn columns_asked(&self, rows: &[usize]) -> Vec<usize> {
        let asks = |column: &usize| rows.iter().any(|row| *self.decision.matcher.cell(*row, *column) != Cell::Any);
        (0..self.decision.columns.len()).filter(asks).collect()
    }

    fn outputs_given(&self, rows: &[usize]) -> Vec<usize> {
        let given = |output: &usize| {
            rows.iter()
                .filter_map(|row| self.decision.rules.get(*row))
                .any(|rule| rule.then.get(*output).is_some_and(Option::is_some))
        };
        (0..self.decision.outputs.len()).filter(given).collect()
    }

    fn table(&self, rows: &[usize], columns: &[usize], section: &mut Section) {
        let decision = self.decision;
        let outputs = self.outputs_given(rows);
        let mut head = vec![Phrase::of("Rule")];
        head.extend(columns.iter().filter_map(|column| decision.columns.get(*column)).map(|path| self.heading(path)));
        head.extend(
            outputs
                .iter()
                .filter_map(|at| decision.outputs.get(*at))
                .map(|output| Phrase::of("\u{2192} ").name(plain(&output.name))),
        );
        head.push(Phrase::of("Reason"));
        let mut body = Vec::new();
        for row in rows {
            let Some(rule) = decision.rules.get(*row) else { continue };
            let mut cells = vec![Phrase::of(title(&rule.id))];
            for column in columns {
                let kind = decision.columns.get(*column).map_or(&Kind::Text, |path| &path.kind);
                let cell = decision.matcher.cell(*row, *column);
                cells.push(if *cell == Cell::Any { Phrase::of("\u{2013}") } else { self.words.wanted(cell, kind) });
            }
            for at in &outputs {
                let output = decision.outputs.get(*at);
                let formula = rule.then.get(*at).and_then(Option::as_ref);
                cells.push(match (output, formula) {
                    (Some(output), Some(formula)) => self.words.formula(formula, &output.kind),
                    _ => Phrase::of("\u{2013}"),
                });
            }
            let mut because = Phrase::of(self.words.because(&rule.because).unwrap_or_default());
            for remark in self.remarks(rule, Some(*row)) {
                because = because.text(" ").then(remark);
            }
            cells.push(because);
            body.push((Some(self.rule_anchor(rule)), cells));
        }
        let caption = format!("The rules of {}", plain(&decision.name));
        section.blocks.push(Block::Table { caption, head, rows: body });
    }

    /// What heads a column: the subject without its article.
    fn heading(&self, path: &FactPath) -> Phrase {
        let mut subject = self.words.subject(path);
        if let Some(Piece::Text(text) | Piece::Fact(_, text)) = subject.0.first_mut() {
            *text = text.strip_prefix("the ").unwrap_or(text).to_owned();
        }
        subject.0.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        subject.capital()
    }

    fn rule_anchor(&self, rule: &Rule) -> String {
        anchor("rule", &format!("{}--{}", self.decision.name, rule.id))
    }

    fn cards(&self, rows: &[usize], section: &mut Section) {
        let mut cards = Vec::new();
        for row in rows {
            let Some(rule) = self.decision.rules.get(*row) else { continue };
            let conditions: Vec<Phrase> = (0..self.decision.columns.len())
                .filter_map(|column| {
                    let path = self.decision.columns.get(column)?;
                    let cell = self.decision.matcher.cell(*row, column);
                    // That of its pack is told by its mark.
                    let is_pack = matches!(self.program().slots.get(path.slot).map(|entry| entry.slot), Some(Slot::Pack(_)));
                    (*cell != Cell::Any && !is_pack).then(|| self.words.condition(path, cell))
                })
                .collect();
            let title = Phrase::of(title(&rule.id));
            let when = if conditions.is_empty() {
                Phrase::of("In every case")
            } else {
                Phrase::of("If ").then(Phrase::joined(conditions, "and"))
            };
            cards.push(self.card(rule, title, when, Some(*row)));
        }
        if !cards.is_empty() {
            section.blocks.push(Block::Cards(cards));
        }
    }

    fn card(&self, rule: &Rule, title: Phrase, when: Phrase, row: Option<usize>) -> Card {
        let given: Vec<Phrase> = self
            .decision
            .outputs
            .iter()
            .zip(&rule.then)
            .filter_map(|(output, formula)| {
                let value = self.words.formula(formula.as_ref()?, &output.kind);
                Some(Phrase::default().name(plain(&output.name)).text(" is ").then(value))
            })
            .collect();
        let given = Phrase::joined(given, "and");
        let line = match (when.is_empty(), given.is_empty()) {
            (true, true) => Phrase::of("What each output is by default."),
            (true, false) => given.capital().text("."),
            (false, true) => when.text(", what each output is by default."),
            (false, false) => when.text(", then ").then(given).text("."),
        };
        Card {
            anchor: self.rule_anchor(rule),
            title,
            lines: vec![line],
            because: self.words.because(&rule.because),
            remarks: self.remarks(rule, row),
        }
    }

    fn remarks(&self, rule: &Rule, row: Option<usize>) -> Vec<Phrase> {
        let mut remarks = law(rule.law.as_deref(), rule.source.as_deref());
        if let Some(row) = row {
            let dates = self.decision.matcher.dates(row);
            remarks.extend(dated(dates.from, dates.until));
        }
        remarks
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A kind in words.
fn kind_text(kind: &Kind) -> String {
    match kind {
        Kind::Enum(names) => {
            let names: Vec<String> = names.names.iter().map(|name| plain(name)).collect();
            crate::authoring::explain::words::enumeration(&names).replace(" and ", " or ")
        }
        Kind::Money => "an amount".to_owned(),
        Kind::Boolean => "yes or no".to_owned(),
        other => other.to_string(),
    }
}
