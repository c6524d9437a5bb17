//! What a YAML document may say at a cursor, by the keys that lead there.

use super::proposals::{Proposals, facts, in_path, outputs, readable};
use super::{Completion, CompletionKind, Here, cell, expression, table};
use crate::authoring::names::format::Document;
use crate::authoring::names::meaning::Within;
use crate::authoring::names::name::NameKind;
use crate::authoring::names::spot::{Slot, Spot, Step};
use crate::case::registry;
use crate::value::Kind;

/// Proposals in a YAML document.
pub(super) fn propose(here: &Here<'_>) -> Vec<Completion> {
    let spot = Spot::at(here.text, here.offset);
    let document = Document::of(here.path);
    let within = within(here, document);
    let keys = spot.keys();
    match spot.slot {
        Slot::Comment => Vec::new(),
        Slot::Block(begin) => in_block(here, &keys, begin, within),
        Slot::Key | Slot::Value => {
            let cursor = Cursor { here, spot: &spot, document, within };
            cursor.named(&keys).unwrap_or_else(|| cursor.of_format())
        }
    }
}

/// Whose names may be used: those of the decision of the file, or of the one that a plugin follows.
fn within(here: &Here<'_>, document: Document) -> Within {
    match document {
        Document::Decision => {
            let named = here.text.lines().find_map(|line| line.trim_start().strip_prefix("decision:"));
            let name = named.map(|name| name.split(" #").next().unwrap_or("").trim().trim_matches(['"', '\'']));
            Within::decision(name.and_then(|name| here.meanings.decision(name)))
        }
        Document::Manifest => {
            let mut plugins = here.index.bundle.iter().flat_map(|bundle| &bundle.manifest.plugins);
            let last = plugins.rfind(|plugin| plugin.place.span.start <= here.offset);
            let decision = last.and_then(|plugin| here.meanings.decision(&plugin.after.value));
            Within { decision, own_outputs: true, no_lets: true }
        }
        _ => Within::default(),
    }
}

fn in_block(here: &Here<'_>, keys: &[&str], begin: usize, within: Within) -> Vec<Completion> {
    let written = here.text.get(begin..here.offset).unwrap_or("");
    if keys.last() == Some(&"table") {
        return table::propose(here, begin, within);
    }
    if keys.contains(&"because") {
        return expression::reason(here, begin, within);
    }
    match written.trim_start().strip_prefix('=') {
        Some(rest) => expression::propose(here, here.offset - rest.len(), within),
        None => Vec::new(),
    }
}

struct Cursor<'a, 'h> {
    here: &'a Here<'h>,
    spot: &'a Spot,
    document: Document,
    within: Within,
}

impl<'h> Cursor<'_, 'h> {
    /// Does the cursor stand where a value is written, be it an item of a list?
    fn is_value(&self) -> bool {
        self.spot.slot == Slot::Value || self.spot.path.last() == Some(&Step::Item)
    }

    fn start(&self) -> usize {
        self.spot.start.min(self.here.offset)
    }

    fn proposals(&self) -> Proposals<'h> {
        Proposals::of(self.here, self.here.word(self.start(), |c| in_path(c) || c == '/'))
    }

    /// Proposals of names of the bundle; nothing where the place is one for keys and words of the format.
    fn named(&self, keys: &[&str]) -> Option<Vec<Completion>> {
        let keys = if keys.last() == Some(&"not") { keys.get(..keys.len() - 1)? } else { keys };
        if let Some(at) = keys.iter().rposition(|key| matches!(*key, "when" | "unless")) {
            return match keys.get(at + 1..)? {
                [] if self.spot.slot == Slot::Key => Some(self.conditions()),
                [column] if self.is_value() => Some(self.cell(column)),
                _ => Some(Vec::new()),
            };
        }
        if keys.contains(&"because") && self.is_value() {
            return Some(expression::reason(self.here, self.start(), self.within));
        }
        match (self.document, keys) {
            (Document::Decision, _) => self.in_decision(keys),
            (Document::Guardrails, ["guardrails", rest @ ..]) => self.in_guardrail(rest),
            (Document::Obligations, [.., "after"]) if self.is_value() => Some(self.events()),
            (Document::Manifest, ["assume"]) if !self.is_value() => Some(self.facts()),
            (Document::Manifest, ["assume", fact]) if self.is_value() => Some(self.given(fact)),
            (Document::Manifest, ["plugins", "after"]) if self.is_value() => Some(self.decisions()),
            (Document::Manifest, ["plugins", "script"]) if self.is_value() => Some(self.files(".rhai")),
            (Document::Manifest, ["packs"]) if self.is_value() => Some(self.packs()),
            (Document::Tests, ["tests", "given"]) if !self.is_value() => Some(self.facts()),
            (Document::Tests, ["tests", "given", fact]) if self.is_value() => Some(self.given(fact)),
            (Document::Tests, ["tests", "expect"]) if !self.is_value() => Some(self.expectations()),
            (Document::Tests, ["tests", "expect", "rules" | "not_rules"]) => Some(self.rules()),
            (Document::Tests, ["tests", "expect", path]) if self.is_value() => Some(self.expected(path)),
            _ => None,
        }
    }

    /// Keys and words of the format.
    fn of_format(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        if self.is_value() && (self.spot.slot == Slot::Value || self.document.keys(&self.spot.path).is_empty()) {
            for value in self.document.values(&self.spot.path) {
                list.add(CompletionKind::Value, &value, "", "");
            }
            return list.finish();
        }
        for (key, about) in self.document.keys(&self.spot.path) {
            list.add(CompletionKind::Key, key, "", about);
        }
        list.followed_by(": ", self.here)
    }

    fn conditions(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        readable(self.here, self.within, &mut list);
        list.followed_by(": ", self.here)
    }

    fn cell(&self, column: &str) -> Vec<Completion> {
        let path: Vec<&str> = column.split('.').collect();
        let kind = self.here.meanings.kind(&path, self.within);
        kind.map_or_else(Vec::new, |kind| cell::propose(self.here, self.start(), &kind))
    }

    fn in_decision(&self, keys: &[&str]) -> Option<Vec<Completion>> {
        let decision = self.within.decision;
        let doc = decision.and_then(|decision| self.here.meanings.document(decision));
        let kind_of = |name: &str| {
            doc.and_then(|doc| doc.outputs.iter().find(|output| output.name.value == name)).map(|output| &output.kind)
        };
        let formula = |kind: Option<&Kind>| Some(expression::formula(self.here, self.start(), kind, self.within));
        match keys {
            ["let", name] | ["let", name, "value"] if self.is_value() => {
                let lets = decision.map_or(&[][..], |decision| self.here.meanings.lets(decision));
                formula(lets.iter().find(|each| &*each.name == *name).and_then(|each| each.kind.as_ref()))
            }
            ["outputs", name, "value" | "default"] if self.is_value() => formula(kind_of(name)),
            ["rules", "then"] | ["otherwise" | "priority"] if !self.is_value() => {
                let mut list = self.proposals();
                for output in doc.map_or(&[][..], |doc| &doc.outputs) {
                    list.add(CompletionKind::Output, &output.name.value, output.kind.to_string(), output.about.as_str());
                }
                for (key, about) in self.document.keys(&self.spot.path) {
                    list.add(CompletionKind::Key, key, "", about);
                }
                Some(list.followed_by(": ", self.here))
            }
            ["rules", "then", output] | ["otherwise", output] if self.is_value() && *output != "source" => {
                formula(kind_of(output))
            }
            ["priority", output] if self.is_value() => {
                let mut list = self.proposals();
                if let Some(kind) = kind_of(output) {
                    cell::values(kind, &mut list);
                }
                Some(list.finish())
            }
            ["required"] if self.is_value() => Some(self.facts_of(|_| true)),
            ["for_each"] => Some(self.facts_of(|kind| matches!(kind, Kind::List(_)))),
            ["script"] if self.is_value() => Some(self.files(".rhai")),
            ["table"] if self.is_value() => Some(self.files(".csv")),
            _ => None,
        }
    }

    fn in_guardrail(&self, keys: &[&str]) -> Option<Vec<Completion>> {
        match keys {
            ["cap" | "floor"] if self.is_value() => Some(self.outputs().finish()),
            ["forbid" | "instead"] if !self.is_value() => Some(self.outputs().followed_by(": ", self.here)),
            ["forbid", output] if self.is_value() => Some(self.cell(output)),
            ["at"] | ["instead", _] if self.is_value() => {
                let kind = keys.get(1).and_then(|path| self.kind(path));
                Some(expression::formula(self.here, self.start(), kind.as_ref(), self.within))
            }
            _ => None,
        }
    }

    fn kind(&self, path: &str) -> Option<Kind> {
        self.here.meanings.kind(&path.split('.').collect::<Vec<_>>(), self.within)
    }

    fn outputs(&self) -> Proposals<'h> {
        let mut list = self.proposals();
        outputs(self.here, None, &mut list);
        list
    }

    fn decisions(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        for doc in &self.here.meanings.outline.decisions {
            list.add(CompletionKind::Decision, &doc.name.value, "", doc.about.as_str());
        }
        list.finish()
    }

    fn facts(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        facts(self.here, &mut list);
        list.followed_by(": ", self.here)
    }

    fn facts_of(&self, wanted: impl Fn(&Kind) -> bool) -> Vec<Completion> {
        let mut list = self.proposals();
        for (_, fact) in registry().iter().filter(|(_, fact)| wanted(&fact.kind)) {
            list.add(CompletionKind::Fact, &fact.path, fact.kind.to_string(), fact.about);
        }
        list.finish()
    }

    /// What a clock may run from: days and instants, and steps.
    fn events(&self) -> Vec<Completion> {
        let mut found = self.facts_of(|kind| matches!(kind, Kind::Date | Kind::DateTime));
        let mut list = Proposals::of(self.here, self.here.word(self.start(), |c| in_path(c) || c == ' '));
        for (step, _) in self.here.index.names().filter(|(name, _)| name.kind == NameKind::Step) {
            list.add(CompletionKind::Value, &format!("step {}", step.text), "when it was done, else when it is due", "");
        }
        found.extend(list.finish());
        found
    }

    /// Values of a fact, as a case gives them.
    fn given(&self, fact: &str) -> Vec<Completion> {
        let mut list = self.proposals();
        if let Some(kind) = self.kind(fact) {
            cell::values(&kind, &mut list);
        }
        list.add(CompletionKind::Value, "missing", "not given", "");
        list.add(CompletionKind::Value, "unknown", "given as unknown", "");
        list.finish()
    }

    fn files(&self, ending: &str) -> Vec<Completion> {
        let mut list = self.proposals();
        let folder = self.here.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (path, _) in self.here.index.files.iter().filter(|(path, _)| path.ends_with(ending)) {
            // A table stands beside its decision; scripts are named from the bundle on.
            let beside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).filter(|_| ending == ".csv");
            list.add(CompletionKind::File, beside.unwrap_or(path), "", "");
        }
        list.finish()
    }

    fn packs(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        let folders =
            self.here.index.files.iter().filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix("/bundle.yaml"));
        folders.for_each(|pack| list.add(CompletionKind::Pack, pack, "", ""));
        list.finish()
    }

    fn rules(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        for (name, _) in self.here.index.names().filter(|(name, _)| name.kind == NameKind::Rule) {
            list.add(CompletionKind::Rule, &format!("{}/{}", name.within, name.text), "", "");
        }
        for doc in self.here.meanings.outline.decisions.iter().filter(|doc| doc.otherwise.is_some()) {
            list.add(CompletionKind::Rule, &format!("{}/otherwise", doc.name.value), "where no rule matches", "");
        }
        list.finish()
    }

    fn expectations(&self) -> Vec<Completion> {
        let mut list = self.proposals();
        for (key, about) in self.document.keys(&self.spot.path) {
            list.add(CompletionKind::Key, key, "", about);
        }
        for doc in &self.here.meanings.outline.decisions {
            for output in &doc.outputs {
                let label = format!("parts.{}.outputs.{}", doc.name.value, output.name.value);
                list.add(CompletionKind::Output, &label, output.kind.to_string(), output.about.as_str());
            }
        }
        for clock in self.here.meanings.outline.catalog.clocks.iter().filter(|clock| clock.due.is_some()) {
            list.add(CompletionKind::Clock, &format!("clocks.{}.due", clock.id), "", "When it is due");
        }
        list.followed_by(": ", self.here)
    }

    fn expected(&self, path: &str) -> Vec<Completion> {
        let segments: Vec<&str> = path.split('.').collect();
        let kind = match segments.as_slice() {
            ["parts", decision, "outputs", output, ..] => self.kind(&format!("{decision}.{output}")),
            _ => self.kind(path),
        };
        kind.map_or_else(Vec::new, |kind| cell::propose(self.here, self.start(), &kind))
    }
}
